//! Faces: what is read from a TrueType file, besides what the shaper reads.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use harfrust::{Font, GlyphId};
use patra_fonts::{FAMILIES, Family, MATH, Style};

use super::given::{GivenFace, outline};

/// A face among all the embedded ones and those that users gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FaceId(pub(crate) u16);

/// A face, with its outlines at hand. Lengths are in font units, 1000 to the em.
pub(crate) struct Face {
    pub(crate) family: &'static Family,
    pub(crate) font: Font,
    pub(crate) ascent: i32,
    pub(crate) descent: i32,
    weight: u16,
    glyphs: Glyphs,
}

/// Where outlines and advances come from.
enum Glyphs {
    /// The tables of a TrueType file with a thousand units to the em.
    Tables { glyf: &'static [u8], loca: &'static [u8], hmtx: &'static [u8], long_loca: bool, metrics: usize },
    /// A font of any form, at its place in the design space.
    Drawn,
}

struct Slot {
    family: &'static Family,
    file: &'static patra_fonts::Face,
    face: OnceLock<Option<Face>>,
}

/// Faces are read once a process, when they are first needed.
static SLOTS: LazyLock<Vec<Slot>> = LazyLock::new(|| {
    let slots = FAMILIES
        .iter()
        .chain([&MATH])
        .flat_map(|family| family.faces().iter().map(move |file| Slot { family, file, face: OnceLock::new() }));
    slots.collect()
});

/// A family that users gave, with what tells it from others, and the number of its first face.
struct Given {
    key: String,
    family: &'static Family,
    first: usize,
}

/// The families that users gave, each once a process, and their faces. Numbers of faces follow those of the embedded ones; no
/// output hangs on them.
static GIVEN: RwLock<(Vec<Given>, Vec<&'static Slot>)> = RwLock::new((Vec::new(), Vec::new()));

/// The most faces that users can give in one process.
const MOST_GIVEN: usize = 10_000;

/// A family of faces that a user gave. `key` tells its faces from those of any other family; `None` where there are too many.
pub(super) fn give(key: String, faces: &[GivenFace]) -> Option<&'static Family> {
    let mut given = GIVEN.write().unwrap_or_else(PoisonError::into_inner);
    let (families, slots) = &mut *given;
    if let Some(known) = families.iter().find(|known| known.key == key) {
        return Some(known.family);
    }
    let first = faces.first().filter(|_| slots.len() + faces.len() <= MOST_GIVEN)?;
    let styles: Vec<Style> = faces.iter().map(|face| face.style).collect();
    let family = Family::kept(&first.family, first.leading, &styles);
    families.push(Given { key, family, first: SLOTS.len() + slots.len() });
    for (file, face) in family.faces().iter().zip(faces) {
        let read = Face {
            family,
            font: face.font.clone(),
            ascent: face.ascent,
            descent: face.descent,
            weight: face.weight,
            glyphs: Glyphs::Drawn,
        };
        slots.push(Box::leak(Box::new(Slot { family, file, face: OnceLock::from(Some(read)) })));
    }
    Some(family)
}

impl FaceId {
    /// How many embedded faces there are.
    #[cfg(test)]
    pub(crate) fn count() -> usize {
        SLOTS.len()
    }

    /// The face of a family nearest to a style.
    pub(crate) fn of(family: &'static Family, style: Style) -> FaceId {
        let file = family.face(style);
        let at = SLOTS.iter().position(|slot| std::ptr::eq(slot.file, file)).or_else(|| {
            let given = GIVEN.read().unwrap_or_else(PoisonError::into_inner);
            let known = given.0.iter().find(|known| std::ptr::eq(known.family, family))?;
            let within = family.faces().iter().position(|face| std::ptr::eq(face, file))?;
            Some(known.first + within)
        });
        FaceId(at.and_then(|at| u16::try_from(at).ok()).unwrap_or(0))
    }

    fn slot(self) -> Option<&'static Slot> {
        let at = usize::from(self.0);
        SLOTS.get(at).or_else(|| GIVEN.read().unwrap_or_else(PoisonError::into_inner).1.get(at - SLOTS.len()).copied())
    }

    /// The face for formulas that the typesetter calls by this name, such as `Main-Regular`.
    pub(crate) fn of_math(name: &str) -> Option<FaceId> {
        let at = SLOTS.iter().position(|slot| slot.file.name.strip_prefix("KaTeX_") == Some(name))?;
        u16::try_from(at).ok().map(FaceId)
    }

    /// Whether the face itself slopes.
    pub(crate) fn is_italic(self) -> bool {
        self.slot().is_some_and(|slot| matches!(slot.file.style, Style::Italic | Style::BoldItalic))
    }

    /// Whether it is of pictures, not letters, so that it has no say in the spaces of a text.
    pub(crate) fn is_pictorial(self) -> bool {
        self.slot().is_some_and(|slot| slot.family.name == "Noto Emoji")
    }

    /// The face; `None` where its file is broken, which a test excludes.
    pub(crate) fn face(self) -> Option<&'static Face> {
        let slot = self.slot()?;
        slot.face.get_or_init(|| Face::read(slot.family, slot.file.bytes())).as_ref()
    }
}

impl Face {
    fn read(family: &'static Family, data: &'static [u8]) -> Option<Face> {
        let head = table(data, b"head")?;
        let hhea = table(data, b"hhea")?;
        Some(Face {
            family,
            font: Font::new(data, 0)?,
            ascent: i32::from(i16_at(hhea, 4)?),
            descent: i32::from(i16_at(hhea, 6)?),
            // As OS/2 tells it: 400 for normal, 700 for bold.
            weight: table(data, b"OS/2").and_then(|os2| u16_at(os2, 4)).unwrap_or(400),
            glyphs: Glyphs::Tables {
                glyf: table(data, b"glyf")?,
                loca: table(data, b"loca")?,
                hmtx: table(data, b"hmtx")?,
                long_loca: i16_at(head, 50)? != 0,
                metrics: usize::from(u16_at(hhea, 34)?),
            },
        })
    }

    /// The outline of a glyph as it stands in the file; empty for one that draws nothing.
    pub(crate) fn outline(&self, glyph: u16) -> Cow<'static, [u8]> {
        let Glyphs::Tables { glyf, loca, long_loca, .. } = self.glyphs else {
            return Cow::Owned(outline(&self.font, glyph));
        };
        let at = |i: usize| {
            if long_loca {
                loca.get(4 * i..4 * i + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]) as usize)
            } else {
                u16_at(loca, 2 * i).map(|half| 2 * usize::from(half))
            }
        };
        let i = usize::from(glyph);
        Cow::Borrowed(at(i).zip(at(i + 1)).and_then(|(start, end)| glyf.get(start..end)).unwrap_or(&[]))
    }

    /// The glyph of a character; `None` where the face lacks it.
    pub(crate) fn glyph(&self, c: char) -> Option<u16> {
        let glyph = self.font.charmap().map_unicode(c)?;
        u16::try_from(glyph.to_u32()).ok().filter(|glyph| *glyph != 0)
    }

    /// How far a glyph moves the pen.
    pub(crate) fn advance(&self, glyph: u16) -> i32 {
        let Glyphs::Tables { hmtx, metrics, .. } = self.glyphs else {
            let advance = self.font.glyph_metrics().h_advance(GlyphId::new(u32::from(glyph)));
            return (advance * 1000.0 / f32::from(self.font.units_per_em())).round() as i32;
        };
        let i = usize::from(glyph).min(metrics.saturating_sub(1));
        u16_at(hmtx, 4 * i).map_or(0, i32::from)
    }

    /// The thickness of its strokes: 400 for normal, 700 for bold.
    pub(crate) fn weight(&self) -> u16 {
        self.weight
    }
}

fn table(data: &'static [u8], tag: &[u8; 4]) -> Option<&'static [u8]> {
    let count = usize::from(u16_at(data, 4)?);
    let entry = (0..count).filter_map(|i| data.get(12 + 16 * i..28 + 16 * i)).find(|entry| &entry[..4] == tag)?;
    let number = |at: usize| u32::from_be_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]]) as usize;
    data.get(number(8)..number(8).checked_add(number(12))?)
}

pub(crate) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2).map(|b| u16::from_be_bytes([b[0], b[1]]))
}

pub(crate) fn i16_at(data: &[u8], at: usize) -> Option<i16> {
    data.get(at..at + 2).map(|b| i16::from_be_bytes([b[0], b[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_face_reads() {
        for i in 0..FaceId::count() {
            let face = FaceId(i as u16).face().expect("a face that reads");
            assert!(face.ascent > 500 && face.descent < 0, "{}", face.family.name);
        }
    }

    #[test]
    fn a_glyph_has_its_outline_and_advance() {
        let family = patra_fonts::family_of("Deva").expect("a family");
        let face = FaceId::of(family, Style::Regular).face().expect("a face");
        let ka = face.font.charmap().map_unicode('क').expect("a glyph for ka");
        let ka = u16::try_from(ka.to_u32()).expect("a short glyph id");
        assert!(face.advance(ka) > 400, "{}", face.advance(ka));
        assert!(i16_at(&face.outline(ka), 0).expect("a header") > 0);
        assert!(face.outline(u16::MAX).is_empty());
    }
}
