//! The TrueType file of an embedded font, written afresh: outlines of its parts, and composite glyphs made of them.

use foldhash::HashMap;

use super::face::i16_at;
use super::outline::{
    ARGS_ARE_WORDS, ARGS_ARE_XY, Bounds, Component, Components, HAVE_INSTRUCTIONS, HAVE_TWO_BY_TWO, MORE_COMPONENTS,
    without_instructions,
};
use super::shape::SLANT;
use super::{FaceId, Part};

/// The deepest nesting of composite glyphs that is followed in a font file.
const DEEPEST: u16 = 6;

/// How tall the box of a dash is at most, in font units. Pdfium takes it to stand on any line, and draws it as a rule if there is
/// nothing else in the glyph.
const FLAT: i16 = 150;

/// How wide the box is of a glyph that draws nothing, in font units.
const SPECK: u8 = 3;

/// A glyph of a source font.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct GlyphKey {
    pub(crate) face: FaceId,
    pub(crate) glyph: u16,
}

/// A TrueType font that grows glyph by glyph. Glyph 0 is the one for what is missing, and draws nothing.
pub(crate) struct Font {
    glyphs: Vec<Glyph>,
    bases: HashMap<GlyphKey, u16>,
    /// The glyph that only has a box.
    speck: Option<u16>,
}

struct Glyph {
    outline: Vec<u8>,
    advance: u16,
    bounds: Bounds,
    /// How deep its components nest; 0 for an outline.
    depth: u16,
    points: u32,
    contours: u32,
    components: u16,
}

impl Default for Font {
    fn default() -> Self {
        Font { glyphs: vec![Glyph::empty(600)], bases: HashMap::default(), speck: None }
    }
}

impl Glyph {
    fn empty(advance: u16) -> Self {
        Glyph {
            outline: Vec::new(),
            advance,
            bounds: Bounds::default(),
            depth: 0,
            points: 0,
            contours: 0,
            components: 0,
        }
    }
}

impl Font {
    /// How many glyphs it has.
    pub(crate) fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// How far each glyph moves the pen, in font units.
    pub(crate) fn advances(&self) -> impl Iterator<Item = u16> + '_ {
        self.glyphs.iter().map(|glyph| glyph.advance)
    }

    /// How far a glyph moves the pen, in font units.
    pub(crate) fn advance(&self, glyph: u16) -> u16 {
        self.glyphs.get(usize::from(glyph)).map_or(0, |glyph| glyph.advance)
    }

    /// The box of a glyph.
    #[cfg(test)]
    pub(crate) fn bounds_of(&self, glyph: u16) -> Bounds {
        self.glyphs.get(usize::from(glyph)).map(|glyph| glyph.bounds).unwrap_or_default()
    }

    /// The box that holds every glyph.
    pub(crate) fn bounds(&self) -> Bounds {
        let drawn = self.glyphs.iter().filter(|glyph| !glyph.outline.is_empty()).map(|glyph| glyph.bounds);
        drawn.reduce(Bounds::joined).unwrap_or_default()
    }

    /// The faces whose glyphs it holds.
    pub(crate) fn faces(&self) -> Vec<FaceId> {
        let mut faces: Vec<FaceId> = self.bases.keys().map(|key| key.face).collect();
        faces.sort_unstable();
        faces.dedup();
        faces
    }

    /// A glyph of a source font as it is.
    pub(crate) fn base(&mut self, key: GlyphKey) -> u16 {
        self.nested_base(key, DEEPEST)
    }

    fn nested_base(&mut self, key: GlyphKey, depth_left: u16) -> u16 {
        if let Some(glyph) = self.bases.get(&key) {
            return *glyph;
        }
        let Some(face) = key.face.face() else { return 0 };
        let source = &*face.outline(key.glyph);
        let mut glyph = Glyph::empty(u16::try_from(face.advance(key.glyph)).unwrap_or(u16::MAX));
        glyph.bounds = Bounds::of(source);
        match i16_at(source, 0) {
            None => {}
            Some(contours) if contours >= 0 => {
                if let Some((outline, points)) = without_instructions(source, usize::from(contours.unsigned_abs())) {
                    glyph.outline = outline;
                    glyph.points = points;
                    glyph.contours = u32::from(contours.unsigned_abs());
                }
            }
            Some(_) if depth_left == 0 => {}
            Some(_) => {
                let components = Components::of(source);
                let mut outline = source[..10].to_vec();
                let parts: Vec<Component> = components.collect();
                let last = parts.len().saturating_sub(1);
                for (i, part) in parts.iter().enumerate() {
                    let inner = self.nested_base(GlyphKey { face: key.face, glyph: part.glyph }, depth_left - 1);
                    glyph.add(&self.glyphs[usize::from(inner)]);
                    let mut flags = part.flags & !(HAVE_INSTRUCTIONS | MORE_COMPONENTS);
                    if i < last {
                        flags |= MORE_COMPONENTS;
                    }
                    outline.extend_from_slice(&flags.to_be_bytes());
                    outline.extend_from_slice(&inner.to_be_bytes());
                    outline.extend_from_slice(part.rest);
                }
                glyph.outline = outline;
            }
        }
        let id = self.push(glyph);
        self.bases.insert(key, id);
        id
    }

    /// A glyph made of others.
    pub(crate) fn composite(&mut self, parts: &[Part], advance: i32) -> u16 {
        let parts = self.based(parts);
        self.composed(&parts, advance)
    }

    /// Parts, each with its glyph in this font.
    fn based(&mut self, parts: &[Part]) -> Vec<(u16, Part)> {
        parts.iter().map(|part| (self.base(GlyphKey { face: part.face, glyph: part.glyph }), *part)).collect()
    }

    /// A glyph made of others whose box is not empty and, unless it is flat, reaches to a height, though nothing be drawn there.
    pub(crate) fn reaching(&mut self, parts: &[Part], advance: i32, height: i16) -> u16 {
        let mut parts = self.based(parts);
        let bounds = parts.iter().map(|(base, part)| self.placed(*base, part)).reduce(Bounds::joined);
        let reaches = |bounds: Bounds| {
            bounds.y_max.saturating_sub(bounds.y_min) <= FLAT || (bounds.y_min..=bounds.y_max).contains(&height)
        };
        if !bounds.is_some_and(reaches) {
            let part = Part { face: FaceId(0), glyph: 0, x: 0, y: height.into(), slanted: false };
            parts.push((self.speck(), part));
        }
        self.composed(&parts, advance)
    }

    /// A glyph that has a box, and draws nothing: there is nothing between its two points.
    fn speck(&mut self) -> u16 {
        if let Some(known) = self.speck {
            return known;
        }
        let bounds = Bounds { x_min: 0, y_min: 0, x_max: SPECK.into(), y_max: 0 };
        let mut outline = Vec::with_capacity(17);
        puti16s(&mut outline, &[1, bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max, 1, 0]);
        // Both points lie on the curve; the second is a byte to the right of the first.
        outline.extend_from_slice(&[0x31, 0x33, SPECK]);
        let id = self.push(Glyph { outline, bounds, points: 2, contours: 1, ..Glyph::empty(0) });
        self.speck = Some(id);
        id
    }

    /// The box of a glyph where a part puts it.
    fn placed(&self, base: u16, part: &Part) -> Bounds {
        self.glyphs[usize::from(base)].bounds.sloped(part.slanted).shifted(clamp(part.x), clamp(part.y))
    }

    fn composed(&mut self, parts: &[(u16, Part)], advance: i32) -> u16 {
        let mut glyph = Glyph::empty(u16::try_from(advance.max(0)).unwrap_or(u16::MAX));
        let mut outline = vec![0; 10];
        let mut bounds: Option<Bounds> = None;
        for (i, (base, part)) in parts.iter().enumerate() {
            glyph.add(&self.glyphs[usize::from(*base)]);
            let (x, y) = (clamp(part.x), clamp(part.y));
            let placed = self.placed(*base, part);
            bounds = Some(bounds.map_or(placed, |bounds| bounds.joined(placed)));
            let mut flags = ARGS_ARE_WORDS | ARGS_ARE_XY;
            if part.slanted {
                flags |= HAVE_TWO_BY_TWO;
            }
            if i + 1 < parts.len() {
                flags |= MORE_COMPONENTS;
            }
            for number in [flags, *base] {
                outline.extend_from_slice(&number.to_be_bytes());
            }
            for number in [x, y] {
                outline.extend_from_slice(&number.to_be_bytes());
            }
            if part.slanted {
                for number in [0x4000, 0, clamp(SLANT), 0x4000_i16] {
                    outline.extend_from_slice(&number.to_be_bytes());
                }
            }
        }
        if let Some(bounds) = bounds {
            glyph.bounds = bounds;
            outline[..2].copy_from_slice(&(-1_i16).to_be_bytes());
            for (i, number) in [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].into_iter().enumerate() {
                outline[2 + 2 * i..4 + 2 * i].copy_from_slice(&number.to_be_bytes());
            }
            glyph.outline = outline;
        }
        self.push(glyph)
    }

    fn push(&mut self, glyph: Glyph) -> u16 {
        let id = u16::try_from(self.glyphs.len()).unwrap_or(0);
        if usize::from(id) == self.glyphs.len() {
            self.glyphs.push(glyph);
        }
        id
    }

    /// The file: the tables that a CIDFontType2 program needs (ISO 32000-2, 9.9), and `post`.
    pub(crate) fn file(&self, ascent: i32, descent: i32) -> Vec<u8> {
        let count = u16::try_from(self.glyphs.len()).unwrap_or(u16::MAX);
        let (mut glyf, mut loca, mut hmtx) = (Vec::new(), Vec::new(), Vec::new());
        for glyph in &self.glyphs {
            put32(&mut loca, glyf.len());
            glyf.extend_from_slice(&glyph.outline);
            glyf.resize(glyf.len().next_multiple_of(4), 0);
            hmtx.extend_from_slice(&glyph.advance.to_be_bytes());
            // With the bearing at the box's edge, no reader shifts the outline.
            hmtx.extend_from_slice(&glyph.bounds.x_min.to_be_bytes());
        }
        put32(&mut loca, glyf.len());
        let all = self.bounds();
        let most = |of: &dyn Fn(&Glyph) -> u32| {
            u16::try_from(self.glyphs.iter().map(of).max().unwrap_or(0)).unwrap_or(u16::MAX)
        };
        let simple = |glyph: &Glyph| glyph.depth == 0;

        let mut head = Vec::with_capacity(54);
        head.extend_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x5f, 0x0f, 0x3c, 0xf5]);
        // Flags: base line at y = 0, bearing at x = 0. A thousand units; no dates.
        put16s(&mut head, &[3, 1000, 0, 0, 0, 0, 0, 0, 0, 0]);
        puti16s(&mut head, &[all.x_min, all.y_min, all.x_max, all.y_max]);
        put16s(&mut head, &[0, 3, 2, 1, 0]);

        let mut hhea = vec![0, 1, 0, 0];
        puti16s(&mut hhea, &[clamp(ascent), clamp(descent), 0]);
        put16s(&mut hhea, &[self.advances().max().unwrap_or(0)]);
        puti16s(&mut hhea, &[all.x_min, all.x_min, all.x_max, 1, 0, 0, 0, 0, 0, 0, 0]);
        put16s(&mut hhea, &[count]);

        let mut maxp = vec![0, 1, 0, 0];
        put16s(
            &mut maxp,
            &[
                count,
                most(&|g| if simple(g) { g.points } else { 0 }),
                most(&|g| if simple(g) { g.contours } else { 0 }),
                most(&|g| if simple(g) { 0 } else { g.points }),
                most(&|g| if simple(g) { 0 } else { g.contours }),
                2,
                0,
                0,
                0,
                0,
                0,
                0,
                most(&|g| u32::from(g.components)),
                most(&|g| u32::from(g.depth)),
            ],
        );
        let mut post = vec![0, 3, 0, 0, 0, 0, 0, 0];
        puti16s(&mut post, &[-100, 50]);
        post.resize(32, 0);
        sfnt(&mut [
            (*b"glyf", glyf),
            (*b"head", head),
            (*b"hhea", hhea),
            (*b"hmtx", hmtx),
            (*b"loca", loca),
            (*b"maxp", maxp),
            (*b"post", post),
        ])
    }
}

impl Glyph {
    fn add(&mut self, inner: &Glyph) {
        self.depth = self.depth.max(inner.depth + 1);
        self.points = self.points.saturating_add(inner.points);
        self.contours = self.contours.saturating_add(inner.contours);
        self.components = self.components.saturating_add(1);
    }
}

fn sfnt(tables: &mut [([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or(0);
    let power = count.checked_ilog2().unwrap_or(0);
    let range = 16 << power;
    let mut out = vec![0, 1, 0, 0];
    put16s(&mut out, &[count, range, u16::try_from(power).unwrap_or(0), 16 * count - range]);
    let mut offset = 12 + 16 * tables.len();
    let mut head_at = 0;
    for (tag, data) in tables.iter() {
        if tag == b"head" {
            head_at = offset;
        }
        out.extend_from_slice(tag);
        out.extend_from_slice(&checksum(data).to_be_bytes());
        put32(&mut out, offset);
        put32(&mut out, data.len());
        offset += data.len().next_multiple_of(4);
    }
    for (_, data) in tables.iter() {
        out.extend_from_slice(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xb1b0_afba_u32.wrapping_sub(checksum(&out));
    out[head_at + 8..head_at + 12].copy_from_slice(&adjustment.to_be_bytes());
    out
}

fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        u32::wrapping_add(sum, u32::from_be_bytes(word))
    })
}

pub(super) fn clamp(number: i32) -> i16 {
    number.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

fn put16s(out: &mut Vec<u8>, numbers: &[u16]) {
    numbers.iter().for_each(|number| out.extend_from_slice(&number.to_be_bytes()));
}

fn puti16s(out: &mut Vec<u8>, numbers: &[i16]) {
    numbers.iter().for_each(|number| out.extend_from_slice(&number.to_be_bytes()));
}

fn put32(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes());
}
