//! What a caller may choose.

use std::collections::BTreeMap;

/// What is made, and on what.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct PdfOptions {
    /// What is printed: the handout, with all that the material says.
    pub paper: Paper,
    /// The size of the sheet.
    pub sheet: Sheet,
    /// The bytes of the pictures, by the `source` of the figure as it is written. A figure whose picture is missing shows
    /// its alternative text, with a warning.
    pub media: BTreeMap<String, Vec<u8>>,
}

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Paper {
    /// All that the material says, to read; the answers to its questions on the last page.
    #[default]
    Handout,
}

/// The size of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sheet {
    /// 210 mm × 297 mm (ISO 216).
    #[default]
    A4,
    /// 8.5 in × 11 in.
    Letter,
}

impl Sheet {
    /// Width and height, in points of 1/72 inch.
    #[must_use]
    pub fn points(self) -> (f32, f32) {
        match self {
            Sheet::A4 => (595.276, 841.89),
            Sheet::Letter => (612.0, 792.0),
        }
    }
}
