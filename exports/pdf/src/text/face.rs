//! Faces: what is read from a TrueType file, besides what the shaper reads.

use std::sync::{LazyLock, OnceLock};

use harfrust::Font;
use patra_fonts::{FAMILIES, Family, Style};

/// A face among all the embedded ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FaceId(pub(crate) u16);

/// A face, with its outlines at hand. Lengths are in font units, 1000 to the em.
pub(crate) struct Face {
    pub(crate) family: &'static Family,
    pub(crate) font: Font,
    pub(crate) ascent: i32,
    pub(crate) descent: i32,
    data: &'static [u8],
    glyf: &'static [u8],
    loca: &'static [u8],
    hmtx: &'static [u8],
    long_loca: bool,
    metrics: usize,
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
        .flat_map(|family| family.faces().iter().map(move |file| Slot { family, file, face: OnceLock::new() }));
    slots.collect()
});

impl FaceId {
    /// How many faces there are.
    pub(crate) fn count() -> usize {
        SLOTS.len()
    }

    /// The face of a family nearest to a style.
    pub(crate) fn of(family: &'static Family, style: Style) -> FaceId {
        let file = family.face(style);
        let at = SLOTS.iter().position(|slot| std::ptr::eq(slot.file, file)).unwrap_or(0);
        FaceId(u16::try_from(at).unwrap_or(0))
    }

    /// Whether the face itself slopes.
    pub(crate) fn is_italic(self) -> bool {
        matches!(SLOTS[usize::from(self.0)].file.style, Style::Italic | Style::BoldItalic)
    }

    /// The face; `None` where its file is broken, which a test excludes.
    pub(crate) fn face(self) -> Option<&'static Face> {
        let slot = &SLOTS[usize::from(self.0)];
        slot.face.get_or_init(|| Face::read(slot.family, slot.file.bytes)).as_ref()
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
            data,
            glyf: table(data, b"glyf")?,
            loca: table(data, b"loca")?,
            hmtx: table(data, b"hmtx")?,
            long_loca: i16_at(head, 50)? != 0,
            metrics: usize::from(u16_at(hhea, 34)?),
        })
    }

    /// The outline of a glyph as it stands in the file; empty for one that draws nothing.
    pub(crate) fn outline(&self, glyph: u16) -> &'static [u8] {
        let at = |i: usize| {
            if self.long_loca {
                self.loca.get(4 * i..4 * i + 4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]) as usize)
            } else {
                u16_at(self.loca, 2 * i).map(|half| 2 * usize::from(half))
            }
        };
        let i = usize::from(glyph);
        at(i).zip(at(i + 1)).and_then(|(start, end)| self.glyf.get(start..end)).unwrap_or(&[])
    }

    /// How far a glyph moves the pen.
    pub(crate) fn advance(&self, glyph: u16) -> i32 {
        let i = usize::from(glyph).min(self.metrics.saturating_sub(1));
        u16_at(self.hmtx, 4 * i).map_or(0, i32::from)
    }

    /// The thickness of the file's strokes, as OS/2 tells it: 400 for normal, 700 for bold.
    pub(crate) fn weight(&self) -> u16 {
        table(self.data, b"OS/2").and_then(|os2| u16_at(os2, 4)).unwrap_or(400)
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
        assert!(i16_at(face.outline(ka), 0).expect("a header") > 0);
        assert!(face.outline(u16::MAX).is_empty());
    }
}
