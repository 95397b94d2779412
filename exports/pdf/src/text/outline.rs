//! Outlines of TrueType glyphs: their boxes, and what is read of those of a font file.

use super::face::{i16_at, u16_at};
use super::font::clamp;
use super::shape::SLANT;

pub(super) const ARGS_ARE_WORDS: u16 = 0x0001;
pub(super) const ARGS_ARE_XY: u16 = 0x0002;
const HAVE_SCALE: u16 = 0x0008;
pub(super) const MORE_COMPONENTS: u16 = 0x0020;
const HAVE_XY_SCALE: u16 = 0x0040;
pub(super) const HAVE_TWO_BY_TWO: u16 = 0x0080;
pub(super) const HAVE_INSTRUCTIONS: u16 = 0x0100;

/// The box of a glyph, in font units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) x_min: i16,
    pub(crate) y_min: i16,
    pub(crate) x_max: i16,
    pub(crate) y_max: i16,
}

impl Bounds {
    pub(super) fn of(outline: &[u8]) -> Self {
        let at = |i| i16_at(outline, i).unwrap_or(0);
        Bounds { x_min: at(2), y_min: at(4), x_max: at(6), y_max: at(8) }
    }

    pub(super) fn joined(self, other: Bounds) -> Self {
        Bounds {
            x_min: self.x_min.min(other.x_min),
            y_min: self.y_min.min(other.y_min),
            x_max: self.x_max.max(other.x_max),
            y_max: self.y_max.max(other.y_max),
        }
    }

    pub(super) fn shifted(self, x: i16, y: i16) -> Self {
        Bounds {
            x_min: self.x_min.saturating_add(x),
            y_min: self.y_min.saturating_add(y),
            x_max: self.x_max.saturating_add(x),
            y_max: self.y_max.saturating_add(y),
        }
    }

    pub(super) fn sloped(self, slanted: bool) -> Self {
        if !slanted {
            return self;
        }
        let lean = |y: i16| clamp(i32::from(y) * SLANT / 16384);
        Bounds {
            x_min: self.x_min.saturating_add(lean(self.y_min)),
            x_max: self.x_max.saturating_add(lean(self.y_max)),
            ..self
        }
    }
}

/// A component of a composite glyph: its flags, its glyph, and the bytes of its place.
pub(super) struct Component<'a> {
    pub(super) flags: u16,
    pub(super) glyph: u16,
    pub(super) rest: &'a [u8],
}

/// The components of a composite glyph, one after the other.
pub(super) struct Components<'a> {
    data: &'a [u8],
    at: usize,
    done: bool,
}

impl<'a> Components<'a> {
    /// Those of an outline that is made of others.
    pub(super) fn of(outline: &'a [u8]) -> Self {
        Components { data: outline, at: 10, done: false }
    }
}

impl<'a> Iterator for Components<'a> {
    type Item = Component<'a>;

    fn next(&mut self) -> Option<Component<'a>> {
        if self.done {
            return None;
        }
        let (flags, glyph) = (u16_at(self.data, self.at)?, u16_at(self.data, self.at + 2)?);
        let mut length = if flags & ARGS_ARE_WORDS == 0 { 2 } else { 4 };
        length += match flags {
            f if f & HAVE_SCALE != 0 => 2,
            f if f & HAVE_XY_SCALE != 0 => 4,
            f if f & HAVE_TWO_BY_TWO != 0 => 8,
            _ => 0,
        };
        let rest = self.data.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        self.done = flags & MORE_COMPONENTS == 0;
        Some(Component { flags, glyph, rest })
    }
}

/// An outline without its hints, which would need the tables of its own font, and how many points it has.
pub(super) fn without_instructions(outline: &[u8], contours: usize) -> Option<(Vec<u8>, u32)> {
    let ends = 10 + 2 * contours;
    let points = if contours == 0 { 0 } else { u32::from(u16_at(outline, ends - 2)?) + 1 };
    let length = usize::from(u16_at(outline, ends)?);
    let rest = outline.get(ends + 2 + length..)?;
    let mut out = Vec::with_capacity(outline.len() - length);
    out.extend_from_slice(&outline[..ends]);
    out.extend_from_slice(&[0, 0]);
    out.extend_from_slice(rest);
    Some((out, points))
}
