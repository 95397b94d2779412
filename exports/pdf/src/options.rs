//! What a caller may choose.

use std::collections::BTreeMap;

use patra_core::WorksheetOptions;

/// What is made, and on what.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PdfOptions {
    /// What is printed.
    pub paper: Paper,
    /// What the draw of a worksheet and of its key follows from: another seed gives another sheet. The worksheet names it,
    /// so that its key can be made again.
    pub seed: u64,
    /// Whether a worksheet, its key and cards have the [short code](patra_core::Id::code) of each item in small print.
    pub marks: bool,
    /// How cards are printed.
    pub cards: CardOptions,
    /// The size of the sheet.
    pub sheet: Sheet,
    /// The bytes of the pictures, by the `source` of the figure as it is written. A figure whose picture is missing shows
    /// its alternative text, with a warning.
    pub media: BTreeMap<String, Vec<u8>>,
}

impl Default for PdfOptions {
    fn default() -> Self {
        PdfOptions {
            paper: Paper::default(),
            seed: WorksheetOptions::default().seed,
            marks: true,
            cards: CardOptions::default(),
            sheet: Sheet::default(),
            media: BTreeMap::new(),
        }
    }
}

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Paper {
    /// All that the material says, to read; the answers to its questions on the last page.
    #[default]
    Handout,
    /// Exercises to write on, as [`patra_core::Worksheet`] draws them by the seed. No answer is anywhere in the file.
    Worksheet,
    /// The answers to the worksheet of the same seed, numbered as it is.
    Answers,
    /// Cards to cut out, eight a sheet: the questions of the practice items on its front, their answers on its back.
    Cards,
}

/// How cards are printed.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CardOptions {
    /// How the printer turns the sheet: it says where on the back the answer to a question stands.
    pub flip: Flip,
    /// How far everything on the backs is moved, to the right and down, in millimetres of at most
    /// [`MOST_OFFSET`](Self::MOST_OFFSET) either way: what a printer that feeds its sheets askew needs. The sheet that
    /// `calibration` adds tells how much.
    pub back_offset: (f32, f32),
    /// Whether a sheet comes first that shows how far the printer moves the backs.
    pub calibration: bool,
}

impl CardOptions {
    /// The farthest that backs can be moved without passing what printers reach, in millimetres.
    pub const MOST_OFFSET: f32 = 8.0;
}

/// Over which edge a printer turns an upright sheet to print its back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Flip {
    /// Over the long edge, as a page of a book is turned: left and right change places.
    #[default]
    LongEdge,
    /// Over the short edge, as a page of a wall calendar is turned: top and bottom change places.
    ShortEdge,
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
