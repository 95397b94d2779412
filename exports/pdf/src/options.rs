//! What a caller may choose.

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Material, Span, WorksheetOptions, phrase};
use patra_fonts::{FAMILIES, Family};

use crate::layout::GUTTER;
use crate::text::{FontFile, families};
use crate::theme::{MM, Margins, Theme};

/// What is made, and on what.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PdfOptions {
    /// What is printed.
    pub paper: Paper,
    /// What the draw of a worksheet and of its key follows from: another seed gives another sheet. The worksheet names it,
    /// so that its key can be made again.
    pub seed: u64,
    /// The most questions in one exercise of a worksheet; without a number, all that there are. The key has to be made with the
    /// same number.
    pub questions: Option<usize>,
    /// The sets of a test, by the letters that they are called; without any, the test is one without a letter. The key is to all
    /// of them.
    pub sets: Vec<char>,
    /// The set that is printed, from 0.
    pub set: usize,
    /// Whether papers have [short codes](patra_core::Id::code) in small print: a worksheet, its key and cards that of each
    /// item, as the sheet of practice has it; a handout that of each thing that is asked about, as the sheets of terms,
    /// comparisons and questions have it, and so has the back of a card after the item's.
    pub marks: bool,
    /// Whether a handout has a table of contents.
    pub contents: Contents,
    /// The material in another language, to be set beside its own words: a handout of two columns. Other papers have one.
    pub beside: Option<Edition>,
    /// How cards are printed.
    pub cards: CardOptions,
    /// How a booklet is printed.
    pub booklet: BookletOptions,
    /// The size of the sheet.
    pub sheet: Sheet,
    /// How it looks.
    pub theme: Theme,
    /// Fonts to take letters from before the embedded ones, in this order where the theme names no families.
    pub fonts: Vec<FontFile>,
    /// How much wider the margin is on the side where sheets are bound or punched, in millimetres of at most
    /// [`MOST_BINDING`](Self::MOST_BINDING): on the left of odd pages and the right of even ones, and the other way round where
    /// lines run from right to left. Cards have none.
    pub binding: f32,
    /// Whether sheets are printed on one side, so that all are bound on the side of the first.
    pub single_sided: bool,
    /// The bytes of the pictures, by the `source` of the figure as it is written. A figure whose picture is missing shows
    /// its alternative text, with a warning.
    pub media: BTreeMap<String, Vec<u8>>,
}

impl Default for PdfOptions {
    fn default() -> Self {
        PdfOptions {
            paper: Paper::default(),
            seed: WorksheetOptions::default().seed,
            questions: WorksheetOptions::default().longest,
            sets: Vec::new(),
            set: 0,
            marks: true,
            contents: Contents::default(),
            beside: None,
            cards: CardOptions::default(),
            booklet: BookletOptions::default(),
            sheet: Sheet::default(),
            theme: Theme::default(),
            fonts: Vec::new(),
            binding: 0.0,
            single_sided: false,
            media: BTreeMap::new(),
        }
    }
}

impl PdfOptions {
    /// The greatest room for binding, in millimetres.
    pub const MOST_BINDING: f32 = 30.0;

    /// Why no paper can be made so, if none can.
    #[must_use]
    pub fn problem(&self) -> Option<Diagnostic> {
        let margins = self.theme.margins;
        let sound = |mm: f32| (Margins::LEAST..=Margins::MOST).contains(&mm);
        let message = if ![margins.top, margins.side, margins.bottom].into_iter().all(sound) {
            phrase!(
                "margins are {$least} to {$most} mm wide",
                least = Margins::LEAST.to_string(),
                most = Margins::MOST.to_string()
            )
        } else if !(0.0..=Self::MOST_BINDING).contains(&self.binding) {
            phrase!("the room for binding is 0 to {$most} mm wide", most = Self::MOST_BINDING.to_string())
        } else if !(0.0..=BookletOptions::MOST_CREEP).contains(&self.booklet.creep) {
            let message =
                phrase!("the creep of a booklet is 0 to {$most} mm", most = BookletOptions::MOST_CREEP.to_string());
            return Some(Diagnostic::new(Code::PaperOption, Span::NONE, message));
        } else if self.measure() < LEAST_MEASURE {
            let left = format!("{:.0}", self.measure() / MM);
            phrase!("the margins and the binding leave lines {$left} mm long, too short to read", left)
        } else if self.is_bilingual() && self.half() < LEAST_MEASURE {
            let left = format!("{:.0}", self.half() / MM);
            phrase!("two columns leave lines {$left} mm long, too short to read", left)
        } else {
            return None;
        };
        let problem = Diagnostic::new(Code::PaperOption, Span::NONE, message);
        Some(problem.with_hint("take narrower margins, less room for binding, or a larger sheet"))
    }

    /// The families to take letters from before others: those that the theme names, and the others given.
    pub(crate) fn preferred(&self) -> Result<Vec<&'static Family>, Diagnostic> {
        let given = families(&self.fonts)?;
        let mut preferred: Vec<&'static Family> = Vec::new();
        for name in &self.theme.families {
            let known = given.iter().copied().chain(FAMILIES).find(|family| family.name.eq_ignore_ascii_case(name));
            let Some(family) = known else {
                let message = phrase!("no font at hand is of the family `{$name}` that the theme names", name);
                let names: Vec<String> =
                    given.iter().copied().chain(FAMILIES).map(|family| format!("`{}`", family.name)).collect();
                let problem = Diagnostic::new(Code::Font, Span::NONE, message);
                let names = names.join(", ");
                return Err(problem.with_hint(phrase!("give its file as a font, or take one of {$names}", names)));
            };
            preferred.push(family);
        }
        let others = given.into_iter().filter(|family| !preferred.iter().any(|known| std::ptr::eq(*known, *family)));
        let others: Vec<&'static Family> = others.collect();
        preferred.extend(others);
        Ok(preferred)
    }

    /// How long lines are, in points.
    pub(crate) fn measure(&self) -> f32 {
        self.page().0 - 2.0 * self.theme.edges(self.page()).side - self.binding * MM
    }

    /// How long the lines of one of two columns are, in points.
    fn half(&self) -> f32 {
        (self.measure() - GUTTER) / 2.0
    }

    /// Whether two editions are set side by side.
    pub(crate) fn is_bilingual(&self) -> bool {
        self.beside.is_some() && matches!(self.paper, Paper::Handout | Paper::Booklet)
    }

    /// Width and height of a page, in points: those of the sheet, and of a booklet those of half a sheet.
    pub(crate) fn page(&self) -> (f32, f32) {
        let (width, height) = self.sheet.points();
        if self.paper == Paper::Booklet { (height / 2.0, width) } else { (width, height) }
    }

    /// How far to the right a page stands for its binding, in points; `page` is from 0.
    pub(crate) fn bound(&self, page: usize, rtl: bool) -> f32 {
        // A booklet is bound at its fold, however it is printed.
        let single_sided = self.single_sided && self.paper != Paper::Booklet;
        let turned = !single_sided && page % 2 == 1;
        if turned != rtl || self.paper == Paper::Cards { 0.0 } else { self.binding * MM }
    }
}

/// An edition of a material, to be set beside another.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Edition {
    /// The edition, with its ids assigned: what has the same id says the same.
    pub material: Material,
    /// The bytes of its pictures, by the `source` of the figure as it is written.
    pub media: BTreeMap<String, Vec<u8>>,
}

impl Edition {
    /// An edition with its pictures.
    #[must_use]
    pub fn new(material: Material, media: BTreeMap<String, Vec<u8>>) -> Self {
        Edition { material, media }
    }
}

/// The shortest line in which a table still reads, in points: 60 mm.
const LEAST_MEASURE: f32 = 170.0;

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
    /// All questions that the author wrote, numbered through with their marks, in the [set](PdfOptions::set) that is asked for. No
    /// answer is anywhere in the file.
    Test,
    /// The answers to all sets of the test of the same seed.
    TestKey,
    /// Cards to cut out, eight a sheet: the questions of the practice items on its front, their answers on its back.
    Cards,
    /// The handout on pages of half a sheet, two on each side of a sheet, so that the sheets folded and stapled together are a
    /// booklet. Its pages are filled up to a multiple of four with empty ones at its end.
    Booklet,
}

/// Whether a handout has a table of contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Contents {
    /// Where it has nine pages or more, and three sections.
    #[default]
    Auto,
    /// Wherever it has a section.
    Always,
    /// Never.
    Never,
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

/// How a booklet is printed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BookletOptions {
    /// Over which edge the printer turns its sheets, which lie on their side: over the short one unless said otherwise, so
    /// that both sides are upright on the screen. Over the long one, all backs are upside down.
    pub flip: Flip,
    /// How far the pages of the innermost sheet are moved towards the fold, in millimetres of at most
    /// [`MOST_CREEP`](Self::MOST_CREEP), and those of the others in proportion: inner sheets stick out of a thick booklet,
    /// and lose more where its edge is trimmed.
    pub creep: f32,
}

impl Default for BookletOptions {
    fn default() -> Self {
        BookletOptions { flip: Flip::ShortEdge, creep: 0.0 }
    }
}

impl BookletOptions {
    /// The greatest creep, in millimetres: half the least margin.
    pub const MOST_CREEP: f32 = 5.0;
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
    /// 8.5 in × 14 in.
    Legal,
    /// 148 mm × 210 mm (ISO 216), half of A4. Margins are narrower on it.
    A5,
}

impl Sheet {
    /// Every size.
    pub const ALL: [Sheet; 4] = [Sheet::A4, Sheet::Letter, Sheet::Legal, Sheet::A5];

    /// The size of a name: `a4`, `letter`, `legal` or `a5`.
    #[must_use]
    pub fn named(name: &str) -> Option<Sheet> {
        Sheet::ALL.into_iter().find(|sheet| sheet.name() == name)
    }

    /// Its name, as [`named`](Self::named) takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Sheet::A4 => "a4",
            Sheet::Letter => "letter",
            Sheet::Legal => "legal",
            Sheet::A5 => "a5",
        }
    }

    /// Width and height, in points of 1/72 inch.
    #[must_use]
    pub fn points(self) -> (f32, f32) {
        match self {
            Sheet::A4 => (595.276, 841.89),
            Sheet::Letter => (612.0, 792.0),
            Sheet::Legal => (612.0, 1008.0),
            Sheet::A5 => (419.528, 595.276),
        }
    }
}
