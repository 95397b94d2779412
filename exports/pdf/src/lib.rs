//! Printable papers in PDF, handouts, worksheets, keys and cards, whose every word can be searched, copied and read aloud.
//!
//! ```
//! use patra_core::{Block, Material, Paragraph, Practice, Section};
//! use patra_pdf::{PdfOptions, pdf};
//!
//! let words = Paragraph { text: "शिक्षक पत्र छापते हैं।".into(), ..Paragraph::default() };
//! let section = Section { heading: "परिचय".into(), blocks: vec![Block::Paragraph(words)], ..Section::default() };
//! let mut material =
//!     Material { title: "पत्र".into(), language: "hi".parse()?, sections: vec![section], ..Material::default() };
//! material.assign_ids();
//!
//! let made = pdf(&material, &Practice::of(&material), &PdfOptions::default())?;
//! assert_eq!(made.output.page_count, 1);
//! assert!(made.output.bytes.starts_with(b"%PDF-1.7"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A shaped akshara is several glyphs, reordered and stacked, from which no reader can tell its text. Here each distinct
//! akshara is one glyph of the embedded font, with one code that stands for its text; the module `text::akshara` tells how.
//!
//! Start reading at [`pdf`]; a material goes through `layout` (slices, then pages) and `write` (operators, then objects),
//! and both use `text`.

mod error;
mod layout;
mod math;
mod options;
mod svg;
mod text;
mod theme;
mod write;

use std::collections::BTreeMap;
use std::ops::Deref;

use patra_core::{
    Code, Diagnostic, Id, Item, LeftOut, Material, Messages, Places, Practice, Severity, Span, TestPaper, Warned,
    WorksheetOptions, phrase,
};

pub use error::{Error, ErrorKind};
pub use options::{BookletOptions, CardOptions, Contents, Edition, Flip, Paper, PdfOptions, Sheet};
pub use text::FontFile;
pub use theme::{CardSizes, Colour, Colours, Margins, Sizes, Spacing, Theme};

use layout::{
    Bookmark, Column, Laid, Page, Voice, bilingual, booklet, cards, handout, key, running_lines, target, test,
    test_key, worksheet,
};
use text::Shaper;
use write::{Canvas, Destinations, Facts, Fonts, Sheaf, Spot};

/// A file, and where things are in it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has; of a booklet, how many sides of sheets.
    pub page_count: usize,
    /// The page, from 1, on which each thing with an id begins, as its foot says.
    pub pages: BTreeMap<Id, usize>,
}

/// Makes a PDF of a material whose ids are [assigned](Material::assign_ids).
///
/// The practice is a `&Practice`, or what can give one later: a handout asks for it only once its lines are set.
///
/// The same material and options give the same bytes. What can't be shown as the author meant it is shown otherwise, with a
/// warning.
///
/// # Errors
/// Where a character stands in the material that no font can draw, every such place.
pub fn pdf(
    material: &Material,
    practice: impl Deref<Target = Practice>,
    options: &PdfOptions,
) -> Result<Warned<Pdf>, Error> {
    made(material, &practice, options)
}

fn made(
    material: &Material,
    practice: &dyn Deref<Target = Practice>,
    options: &PdfOptions,
) -> Result<Warned<Pdf>, Error> {
    if let Some(problem) = options.problem() {
        return Err(Error::unprintable(vec![problem]));
    }
    let theme = if options.paper == Paper::Booklet || options.is_bilingual() {
        options.theme.of_booklet()
    } else {
        options.theme.clone()
    };
    let card_themes = theme.of_cards();
    let messages = Messages::of(material);
    let beside = options.beside.as_ref().filter(|_| options.is_bilingual());
    let beside_messages = beside.map(|edition| Messages::of(&edition.material));
    let mut shaper = Shaper::new();
    shaper.prefer(options.preferred().map_err(|problem| Error::unprintable(vec![problem]))?);
    let mut column = Column::new(material, options, &theme, &messages, &mut shaper);
    if !matches!(options.paper, Paper::Handout | Paper::Booklet) {
        column.places = Places::of(material);
    }
    let laid = match options.paper {
        Paper::Handout | Paper::Booklet => {
            match beside.zip(beside_messages.as_ref()) {
                Some((edition, second)) => {
                    let first = Voice { material, messages: &messages, media: &options.media };
                    bilingual(&mut column, [first, Voice::beside(edition, second)]);
                }
                None => handout(&mut column, material),
            }
            column.reference_marks(practice);
            let note = column.origin(material);
            flowed(&mut column, material, note.as_deref())
        }
        Paper::Worksheet | Paper::Answers => {
            let mut drawn = WorksheetOptions::default();
            drawn.seed = options.seed;
            drawn.longest = options.questions;
            let sheet = patra_core::Worksheet::of(material, &drawn);
            if sheet.exercises.is_empty() {
                column.diagnostics.push(nothing_asked(practice.items().is_empty()));
            }
            match options.paper {
                Paper::Answers => key(&mut column, material, &sheet),
                _ => {
                    column.diagnostics.extend(left_out(sheet.questions));
                    worksheet(&mut column, material, &sheet);
                }
            }
            let note = column.sheet_number(sheet.seed);
            flowed(&mut column, material, Some(&note))
        }
        Paper::Test | Paper::TestKey => {
            let names: Vec<String> = options.sets.iter().map(char::to_string).collect();
            let sets = TestPaper::sets(material, options.seed, names.len().max(options.set + 1));
            if sets[options.set].questions().next().is_none() {
                let message = "the source asks no questions, so a test is empty";
                let hint = "write questions: `Q:` and the words of one, then `A:` or choices";
                column.diagnostics.push(Diagnostic::new(Code::NothingAsked, Span::NONE, message).with_hint(hint));
            }
            let name = names.get(options.set);
            if options.paper == Paper::TestKey {
                test_key(&mut column, material, &sets, &names);
                flowed(&mut column, material, None)
            } else {
                test(&mut column, material, &sets[options.set], name.map(String::as_str));
                let note = name.map(|name| messages.string("set-name", &[("set", name)]));
                flowed(&mut column, material, note.as_deref())
            }
        }
        Paper::Cards => {
            if practice.items().is_empty() {
                // Where there are no items at all, the worksheet says the same, and it is told once.
                column.diagnostics.push(nothing_asked(true));
            } else if !practice.items().iter().any(Item::is_answered) {
                let message = "nothing that the material asks has an answer, so there are no cards";
                let hint = "write `A:` and the answer below a question";
                column.diagnostics.push(Diagnostic::new(Code::NothingAsked, Span::NONE, message).with_hint(hint));
            }
            cards(&mut column, material, practice, &card_themes)
        }
    };

    let diagnostics = std::mem::take(&mut column.diagnostics);
    if diagnostics.iter().any(|problem| problem.severity() == Severity::Error) {
        return Err(Error::unprintable(diagnostics));
    }
    let bookmarks = std::mem::take(&mut column.bookmarks);
    let sheet = options.page();
    let home = column.home();
    let mut fonts = Fonts::new();
    if options.paper == Paper::Booklet {
        let sides = booklet(laid.pages.len(), column.rtl);
        let drawn = write::booklet(&laid, &sides, &mut column, &theme, &mut fonts);
        let spot = |page: usize, y: f32| drawn.spots.get(page).map_or(Spot { page, x: None, y }, |spot| spot.at(y));
        let (destinations, begins) = destinations(&laid.pages, &bookmarks, laid.top, sheet.1, spot);
        let facts = Facts::of(material, options, &messages, column.shaper.tags());
        let sheet = (2.0 * sheet.0, sheet.1);
        let bytes =
            write::document(drawn.sheaf, &fonts, &column.tree, destinations, &facts, sheet).map_err(Error::write)?;
        let output = Pdf { bytes, page_count: sides.len(), pages: begins };
        return Ok(Warned { output, warnings: diagnostics });
    }
    let (destinations, begins) =
        destinations(&laid.pages, &bookmarks, laid.top, sheet.1, |page, y| Spot { page, x: None, y });
    let mut sheaf = Sheaf::new();
    // A page is held no longer than until it is drawn.
    for (page, running) in laid.pages.into_iter().zip(laid.running) {
        let mut canvas = Canvas::new(&mut fonts, &mut column.tree, home, sheet.1);
        canvas.shift = options.bound(sheaf.len(), column.rtl);
        canvas.page(&page, laid.top, &theme);
        canvas.running(&running, &theme);
        canvas.finish();
        sheaf.add(canvas);
    }
    let page_count = sheaf.len();
    let facts = Facts::of(material, options, &messages, column.shaper.tags());
    let bytes = write::document(sheaf, &fonts, &column.tree, destinations, &facts, sheet).map_err(Error::write)?;
    let output = Pdf { bytes, page_count, pages: begins };
    Ok(Warned { output, warnings: diagnostics })
}

/// The pages of a column that flows from page to page.
fn flowed(column: &mut Column<'_>, material: &Material, note: Option<&str>) -> Laid {
    let pages = column.pages_with_contents();
    let running = running_lines(column, material, &pages, note);
    Laid { pages, running, top: column.theme.edges(column.options.page()).top }
}

/// That a worksheet has not all questions, if it hasn't.
fn left_out(questions: LeftOut) -> Option<Diagnostic> {
    let LeftOut { of, count } = questions;
    (count > 0).then(|| {
        let message =
            phrase!("the worksheet leaves out {$count} of the {$of} questions that the source asks", count, of);
        let hint = "print all with `--questions all`, or others with another `--seed`";
        Diagnostic::new(Code::QuestionsLeftOut, Span::NONE, message).with_hint(hint)
    })
}

/// That a worksheet is empty, and whether there are no cards either.
fn nothing_asked(no_cards: bool) -> Diagnostic {
    let message = if no_cards {
        "nothing in the material can be asked, so the worksheet has no exercises and there are no cards"
    } else {
        "nothing in the material can be asked, so the worksheet has no exercises"
    };
    Diagnostic::new(Code::NothingAsked, Span::NONE, message)
        .with_hint("write terms with their meanings, comparisons, questions or sentences with gaps")
}

/// Where named things and headings are.
fn destinations(
    pages: &[Page],
    bookmarks: &[Bookmark],
    top: f32,
    height: f32,
    spot: impl Fn(usize, f32) -> Spot,
) -> (Destinations, BTreeMap<Id, usize>) {
    let mut destinations = Destinations { anchors: BTreeMap::new(), bookmarks: Vec::new() };
    let mut begins = BTreeMap::new();
    for (i, page) in pages.iter().enumerate() {
        for (y, slice) in &page.slices {
            let spot = spot(i, height - top - y + 4.0);
            for id in &slice.anchors {
                destinations.anchors.entry(id.to_string()).or_insert(spot);
                begins.entry(id.clone()).or_insert(i + 1);
            }
            if let Some((at, bookmark)) = slice.bookmark.and_then(|at| Some((at, bookmarks.get(at)?))) {
                if bookmark.id.is_none() {
                    destinations.anchors.entry(target(bookmark, at)).or_insert(spot);
                }
                destinations.bookmarks.push((bookmark.clone(), spot));
            }
        }
    }
    (destinations, begins)
}
