//! Fonts that users give: TrueType, OpenType with CFF outlines, collections and variable fonts, all brought to one form.
//!
//! Outlines of any kind are drawn and taken down as simple TrueType glyphs with a thousand units to the em, so that they can be
//! parts of the composite glyphs of an akshara font beside those of embedded families.

use std::fmt::Write as _;
use std::sync::Arc;

use harfrust::font::attribute;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathElement};
use harfrust::font::variation::Variation;
use harfrust::{Font, GlyphId, Tag};
use patra_core::{Code, Diagnostic, Phrase, Span, phrase};
use patra_fonts::{Family, Style};
use sha2::{Digest, Sha256};

use super::face::{give, u16_at};

/// The largest font file that is read, in bytes.
const LARGEST: usize = 64 << 20;

/// The most fonts of a collection that are looked at.
const MOST_IN_COLLECTION: u32 = 64;

/// The most points of a glyph; one that has more draws nothing.
const MOST_POINTS: usize = 16_000;

/// How far a curve may be from the one it stands for, in thousandths of the em.
const TOLERANCE: f32 = 0.3;

/// A font file that a user gave.
#[derive(Clone)]
pub struct FontFile {
    digest: [u8; 32],
    faces: Arc<[GivenFace]>,
}

/// A face of such a file, at its place in the design space. Lengths are in thousandths of the em.
#[derive(Clone)]
pub(super) struct GivenFace {
    pub(super) family: String,
    pub(super) style: Style,
    pub(super) font: Font,
    pub(super) ascent: i32,
    pub(super) descent: i32,
    pub(super) leading: f32,
    pub(super) weight: u16,
    /// The bytes of what tells it from other faces of its file.
    place: u32,
}

impl std::fmt::Debug for FontFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FontFile").field("families", &self.families().collect::<Vec<_>>()).finish()
    }
}

impl FontFile {
    /// Reads a font: TrueType, OpenType or a collection. `name` is what its problems call it. A variable font is taken in its
    /// weights of 400 and 700, as far as it has them, and otherwise as it is by default.
    ///
    /// # Errors
    /// Where it can't be read, or its makers don't let it be embedded or a part of it (OpenType, `OS/2`, `fsType`).
    pub fn read(name: &str, bytes: Vec<u8>) -> Result<FontFile, Diagnostic> {
        let broken = |why: Phrase| {
            Diagnostic::new(Code::Font, Span::NONE, phrase!("the font `{$name}` can't be read: {$why}", name, why))
                .with_hint("give a font in the form TTF, OTF or TTC")
        };
        if bytes.len() > LARGEST {
            return Err(broken(phrase!("it is larger than 64 MiB")));
        }
        let kind: [u8; 4] = bytes.first_chunk().copied().unwrap_or_default();
        if ![*b"\0\x01\0\0", *b"OTTO", *b"true", *b"ttcf"].contains(&kind) {
            let web = [*b"wOFF", *b"wOF2"].contains(&kind);
            return Err(broken(if web { phrase!("it is packed for the web") } else { phrase!("it is no font") }));
        }
        let digest = Sha256::digest(&bytes).into();
        let bytes = Arc::new(bytes);
        let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = bytes.clone();
        let mut faces = Vec::new();
        for index in 0..if kind == *b"ttcf" { MOST_IN_COLLECTION } else { 1 } {
            let Some(font) = Font::new(harfrust::font::Blob::from(Arc::clone(&shared)), index) else { break };
            if font.num_glyphs() == 0 || font.outline_glyphs().is_empty() {
                return Err(broken(phrase!("it has no outlines")));
            }
            if let Some(message) = forbidden(name, &bytes, index) {
                let problem = Diagnostic::new(Code::FontLicence, Span::NONE, message);
                return Err(
                    problem.with_hint("take another font, or ask its makers for a licence and a font that says so")
                );
            }
            add_faces(&font, name, index, &mut faces);
        }
        if faces.is_empty() {
            return Err(broken(phrase!("its tables are broken")));
        }
        Ok(FontFile { digest, faces: faces.into() })
    }

    /// The names of its families, by which a theme names them.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        let mut names: Vec<&str> = self.faces.iter().map(|face| face.family.as_str()).collect();
        names.dedup();
        names.into_iter()
    }
}

/// The faces of a font: one, or where it varies in weight a normal and a bold one.
fn add_faces(font: &Font, name: &str, index: u32, faces: &mut Vec<GivenFace>) {
    let weights = font.axes().get_by_tag(Tag::new(b"wght"));
    let places: Vec<Option<f32>> = match weights {
        Some(axis) => {
            let (normal, bold) = (400.0_f32, 700.0_f32);
            let clamp = |weight: f32| weight.max(axis.min_value()).min(axis.max_value());
            let (normal, bold) = (clamp(normal), clamp(bold));
            if bold >= normal + 100.0 { vec![Some(normal), Some(bold)] } else { vec![Some(normal)] }
        }
        None => vec![None],
    };
    for (i, weight) in places.into_iter().enumerate() {
        let attributes = font.default_attributes();
        let (font, weight) = match weight {
            Some(weight) => {
                let variation = Variation::new(Tag::new(b"wght"), weight);
                (font.instance_builder().variations([variation]).build(), weight)
            }
            None => (font.clone(), if attributes.weight >= attribute::Weight::SEMI_BOLD { 700.0 } else { 400.0 }),
        };
        let italic = attributes.style != attribute::Style::Normal;
        let style = match (weight >= 600.0, italic) {
            (false, false) => Style::Regular,
            (true, false) => Style::Bold,
            (false, true) => Style::Italic,
            (true, true) => Style::BoldItalic,
        };
        let units = f32::from(font.units_per_em());
        let line = font.metrics().h_line();
        let scaled = |length: f32| (length * 1000.0 / units).round() as i32;
        let (ascent, descent) = line.map_or((900, -300), |line| {
            (scaled(line.ascender.to_f64() as f32), scaled(line.descender.to_f64() as f32))
        });
        let (ascent, descent) = (ascent.clamp(300, 2000), descent.clamp(-2000, 0));
        faces.push(GivenFace {
            family: family_name(&font).unwrap_or_else(|| name.to_owned()),
            style,
            ascent,
            descent,
            leading: ((ascent - descent) as f32 / 1000.0 + 0.1).clamp(1.35, 3.0),
            weight: weight as u16,
            place: index * 2 + u32::try_from(i).unwrap_or(0),
            font,
        });
    }
}

/// The name that its makers gave a font's family.
fn family_name(font: &Font) -> Option<String> {
    use harfrust::font::name::NameId;
    let names = font.names();
    let name = |id| Some(names.get(id)?.english_or_first()?.name().chars().take(80).collect::<String>());
    [NameId::TYPOGRAPHIC_FAMILY_NAME, NameId::FAMILY_NAME]
        .into_iter()
        .filter_map(name)
        .map(|name| name.trim().to_owned())
        .find(|name| !name.is_empty() && !name.contains(char::is_control))
}

/// Why a font may not be embedded as a part of it, if it may not (OpenType 1.9, `OS/2`, `fsType`).
fn forbidden(name: &str, bytes: &[u8], index: u32) -> Option<Phrase> {
    let u32_at = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]) as usize);
    let start = if bytes.starts_with(b"ttcf") { u32_at(12 + 4 * index as usize)? } else { 0 };
    let count = usize::from(u16_at(bytes, start.checked_add(4)?)?);
    let entries = (0..count).map(|i| start + 12 + 16 * i);
    let os2 = entries.take_while(|at| bytes.len() > *at).find(|at| bytes.get(*at..at + 4) == Some(b"OS/2"))?;
    let kind = u16_at(bytes, u32_at(os2 + 8)?.checked_add(8)?)?;
    // The least restrictive of several holds.
    match kind {
        kind if kind & 0xf == 2 => {
            Some(phrase!("the font `{$name}` can't be embedded: its makers don't let it be embedded", name))
        }
        kind if kind & 0x100 != 0 => {
            Some(phrase!("the font `{$name}` can't be embedded: its makers don't let a part of it be embedded", name))
        }
        kind if kind & 0x200 != 0 => Some(phrase!(
            "the font `{$name}` can't be embedded: its makers let only its pictures be embedded, not its outlines",
            name
        )),
        _ => None,
    }
}

/// The families of given files, in their order, faces of one family together; with an error where there are too many.
pub(crate) fn families(files: &[FontFile]) -> Result<Vec<&'static Family>, Diagnostic> {
    let mut groups: Vec<(String, Vec<(&FontFile, &GivenFace)>)> = Vec::new();
    for file in files {
        for face in file.faces.iter() {
            let same = groups.iter_mut().find(|(name, _)| *name == face.family);
            match same {
                // Of two faces of one style the first is taken.
                Some((_, faces)) if faces.iter().any(|(_, other)| other.style == face.style) => {}
                Some((_, faces)) => faces.push((file, face)),
                None => groups.push((face.family.clone(), vec![(file, face)])),
            }
        }
    }
    let given = groups.into_iter().map(|(name, faces)| {
        let mut key = name;
        for (file, face) in &faces {
            let _ = write!(key, "\n{:?} {}", file.digest, face.place);
        }
        let faces: Vec<GivenFace> = faces.into_iter().map(|(_, face)| face.clone()).collect();
        give(key, &faces)
            .ok_or_else(|| Diagnostic::new(Code::Font, Span::NONE, "more fonts were given than one process can hold"))
    });
    given.collect()
}

/// A glyph as a simple TrueType outline with a thousand units to the em; empty where it draws nothing.
pub(super) fn outline(font: &Font, glyph: u16) -> Vec<u8> {
    let mut path: Vec<PathElement> = Vec::new();
    let glyphs = font.outline_glyphs();
    let Some(drawn) = glyphs.get(GlyphId::new(u32::from(glyph))) else { return Vec::new() };
    if drawn.draw(&DrawOptions::new(), DrawMemory::Scratch, &mut path).is_err() {
        return Vec::new();
    }
    let scale = 1000.0 / f32::from(font.units_per_em());
    let mut contours = Contours::default();
    for element in path {
        if contours.points > MOST_POINTS {
            return Vec::new();
        }
        let at = |x: f32, y: f32| (x * scale, y * scale);
        match element {
            PathElement::MoveTo { x, y } => contours.begin(at(x, y)),
            PathElement::LineTo { x, y } => contours.add(at(x, y), true),
            PathElement::QuadTo { cx0, cy0, x, y } => {
                contours.add(at(cx0, cy0), false);
                contours.add(at(x, y), true);
            }
            PathElement::CurveTo { cx0, cy0, cx1, cy1, x, y } => contours.cubic(at(cx0, cy0), at(cx1, cy1), at(x, y)),
            PathElement::Close => {}
        }
    }
    contours.glyph()
}

type Point = (f32, f32);

/// The contours of a glyph: points on the curve and between two of them those that bend it.
#[derive(Default)]
struct Contours {
    all: Vec<Vec<(i16, i16, bool)>>,
    pen: Point,
    points: usize,
}

impl Contours {
    fn begin(&mut self, at: Point) {
        self.all.push(Vec::new());
        self.add(at, true);
    }

    fn add(&mut self, at: Point, on: bool) {
        // Far outside any page; differences of two such numbers still fit 16 bits.
        let whole = |number: f32| number.round().clamp(-16_000.0, 16_000.0) as i16;
        self.pen = at;
        self.points += 1;
        if let Some(contour) = self.all.last_mut() {
            contour.push((whole(at.0), whole(at.1), on));
        }
    }

    /// A cubic curve as quadratic ones, as many as keep it within the tolerance.
    fn cubic(&mut self, one: Point, two: Point, end: Point) {
        let start = self.pen;
        let third = |a: f32, b: f32, c: f32, d: f32| d - 3.0 * c + 3.0 * b - a;
        let bend = third(start.0, one.0, two.0, end.0).hypot(third(start.1, one.1, two.1, end.1));
        let count = (bend * 3.0_f32.sqrt() / 36.0 / TOLERANCE).cbrt().ceil().clamp(1.0, 16.0);
        let at = |t: f32| {
            let (u, v) = (1.0 - t, t);
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                u * u * u * a + 3.0 * u * u * v * b + 3.0 * u * v * v * c + v * v * v * d
            };
            (mix(start.0, one.0, two.0, end.0), mix(start.1, one.1, two.1, end.1))
        };
        let slope = |t: f32| {
            let (u, v) = (1.0 - t, t);
            let mix =
                |a: f32, b: f32, c: f32, d: f32| 3.0 * (u * u * (b - a) + 2.0 * u * v * (c - b) + v * v * (d - c));
            (mix(start.0, one.0, two.0, end.0), mix(start.1, one.1, two.1, end.1))
        };
        for i in 0..count as usize {
            let (from, to) = (i as f32 / count, (i + 1) as f32 / count);
            let ((a, b), (c, d), step) = (at(from), at(to), to - from);
            let ((ax, ay), (cx, cy)) = (slope(from), slope(to));
            // The control point nearest to both of the cubic's: (3·c₁ + 3·c₂ − p₀ − p₃) / 4.
            let bent = (
                (3.0 * (a + ax * step / 3.0) + 3.0 * (c - cx * step / 3.0) - a - c) / 4.0,
                (3.0 * (b + ay * step / 3.0) + 3.0 * (d - cy * step / 3.0) - b - d) / 4.0,
            );
            self.add(bent, false);
            self.add((c, d), true);
        }
    }

    /// The glyph as it stands in a `glyf` table.
    fn glyph(mut self) -> Vec<u8> {
        for contour in &mut self.all {
            // A contour is closed of itself.
            if contour.len() > 1 && contour.first() == contour.last() {
                contour.pop();
            }
        }
        self.all.retain(|contour| contour.len() > 1);
        let points: Vec<(i16, i16, bool)> = self.all.concat();
        let Ok(count) = i16::try_from(self.all.len()) else { return Vec::new() };
        let bounds =
            |of: fn(&(i16, i16, bool)) -> i16| Some((points.iter().map(of).min()?, points.iter().map(of).max()?));
        let (Some((left, right)), Some((low, high))) = (bounds(|point| point.0), bounds(|point| point.1)) else {
            return Vec::new();
        };
        let mut out = Vec::with_capacity(10 + 5 * points.len());
        let mut put = |number: i16| out.extend_from_slice(&number.to_be_bytes());
        [count, left, low, right, high].into_iter().for_each(&mut put);
        let mut end = 0_usize;
        for contour in &self.all {
            end += contour.len();
            out.extend_from_slice(&u16::try_from(end - 1).unwrap_or(u16::MAX).to_be_bytes());
        }
        out.extend_from_slice(&[0, 0]);
        let (mut flags, mut xs, mut ys) = (Vec::with_capacity(points.len()), Vec::new(), Vec::new());
        let mut before = (0_i16, 0_i16);
        for (x, y, on) in &points {
            let mut flag = u8::from(*on);
            // One byte and a sign where the step is small, none where there is no step.
            for (step, short, same, bytes) in [(x - before.0, 2, 16, &mut xs), (y - before.1, 4, 32, &mut ys)] {
                match (step, u8::try_from(step.unsigned_abs())) {
                    (0, _) => flag |= same,
                    (_, Ok(byte)) => {
                        flag |= short | if step > 0 { same } else { 0 };
                        bytes.push(byte);
                    }
                    _ => bytes.extend_from_slice(&step.to_be_bytes()),
                }
            }
            before = (*x, *y);
            flags.push(flag);
        }
        out.extend(flags);
        out.append(&mut xs);
        out.append(&mut ys);
        out
    }
}
