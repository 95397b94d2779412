//! Printable handouts in PDF, whose every word can be searched, copied and read aloud.
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
mod options;
mod text;
mod theme;
mod write;

use std::collections::BTreeMap;
use std::rc::Rc;

use patra_core::{Id, Material, Messages, Practice, Severity, Warned};

pub use error::{Error, ErrorKind};
pub use options::{Paper, PdfOptions, Sheet};

use layout::{Bookmark, Column, NodeId, Page, handout, paginate};
use text::{Rich, Shaper};
use write::{Canvas, Fonts, Places, Sheaf};

/// A file, and where things are in it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub page_count: usize,
    /// The page, from 1, on which each thing with an id begins.
    pub pages: BTreeMap<Id, usize>,
}

/// Makes a PDF of a material whose ids are [assigned](Material::assign_ids).
///
/// The same material and options give the same bytes. What can't be shown as the author meant it is shown otherwise, with a
/// warning.
///
/// # Errors
/// Where a character stands in the material that no font can draw, every such place.
pub fn pdf(material: &Material, _practice: &Practice, options: &PdfOptions) -> Result<Warned<Pdf>, Error> {
    let theme = theme::Theme::default();
    let messages = Messages::of(material);
    let mut shaper = Shaper::new();
    let mut column = Column::new(material, options, &theme, &messages, &mut shaper);
    match options.paper {
        Paper::Handout => handout(&mut column, material),
    }
    let slices = std::mem::take(&mut column.slices);
    let pages = paginate(slices, column.page_height);
    let running = running_lines(&mut column, material, &pages);

    let diagnostics = std::mem::take(&mut column.diagnostics);
    if diagnostics.iter().any(|problem| problem.severity() == Severity::Error) {
        return Err(Error::unprintable(diagnostics));
    }
    let bookmarks = std::mem::take(&mut column.bookmarks);
    let sheet = options.sheet.points();
    let mut fonts = Fonts::new();
    let mut sheaf = Sheaf::default();
    for (page, running) in pages.iter().zip(&running) {
        let mut canvas = Canvas::new(&mut fonts, &column.tree, sheet.1);
        canvas.page(page, theme.margin_top, &theme);
        for line in running {
            match line {
                Running::Rule { x, y, width } => canvas.fill([*x, *y, *width, 0.5], theme.rule),
                Running::Line { line, x, y } => canvas.line(line, *x, *y, NodeId(0)),
            }
        }
        canvas.finish();
        sheaf.add(canvas, sheet);
    }
    let (places, begins) = places(&pages, &bookmarks, theme.margin_top, sheet.1);
    let bytes = write::document(sheaf, &fonts, &column.tree, &places, material, sheet).map_err(Error::write)?;
    let output = Pdf { bytes, page_count: pages.len(), pages: begins };
    Ok(Warned { output, warnings: diagnostics })
}

/// What stands above and below the text of each page.
enum Running {
    Rule { x: f32, y: f32, width: f32 },
    Line { line: Rc<text::Line>, x: f32, y: f32 },
}

/// The running header, the title and the section a page begins in, on all pages but the first; and the page's number.
fn running_lines(column: &mut Column<'_>, material: &Material, pages: &[Page]) -> Vec<Vec<Running>> {
    let theme = column.theme;
    let (_, height) = column.options.sheet.points();
    let frame = column.frame();
    let style = column.body().sized(theme.small).coloured(theme.muted);
    let title = material.title.to_plain();
    let mut section = String::new();
    let mut out = Vec::with_capacity(pages.len());
    for (i, page) in pages.iter().enumerate() {
        let mut running = Vec::new();
        // The outermost section that the page begins in, or that begins on it.
        let here = page.slices.iter().filter_map(|(_, slice)| slice.bookmark).filter_map(|at| column.bookmarks.get(at));
        let mut tops = here.filter(|bookmark| bookmark.depth == 1).map(|bookmark| bookmark.title.clone());
        let first = tops.next();
        let last = tops.next_back().or_else(|| first.clone());
        let begins = page.slices.first().is_some_and(|(_, slice)| slice.bookmark.is_some());
        let shown = if begins || section.is_empty() { first.unwrap_or_default() } else { section.clone() };
        if i > 0 {
            let y = theme.margin_top - 24.0;
            let half = layout::Frame { width: frame.width * 0.48, ..frame.clone() };
            let far = layout::Frame { x: frame.x + frame.width - half.width, ..half.clone() };
            let (near, far) = if column.rtl { (far, half) } else { (half, far) };
            running.extend(running_line(column, &title, &style, &near, layout::Align::Start, y));
            running.extend(running_line(column, &shown, &style, &far, layout::Align::End, y));
            running.push(Running::Rule { x: frame.x, y: y + 7.0, width: frame.width });
        }
        if let Some(last) = last {
            section = last;
        }
        let number = column.page_number(i + 1, pages.len());
        let y = height - theme.margin_bottom + 30.0;
        running.extend(running_line(column, &number, &style, &frame, layout::Align::Centre, y));
        out.push(running);
    }
    out
}

/// As much of a text as fits one line.
fn running_line(
    column: &mut Column<'_>,
    words: &str,
    style: &text::Style,
    frame: &layout::Frame,
    align: layout::Align,
    y: f32,
) -> Option<Running> {
    let lines = column.lines(&Rich::plain(words, style), frame.width);
    let line = lines.into_iter().next()?;
    let x = column.line_x(frame, align, line.width);
    Some(Running::Line { line: Rc::new(line), x, y })
}

/// Where named things and headings are.
fn places(pages: &[Page], bookmarks: &[Bookmark], top: f32, height: f32) -> (Places, BTreeMap<Id, usize>) {
    let mut places = Places { anchors: BTreeMap::new(), bookmarks: Vec::new() };
    let mut begins = BTreeMap::new();
    for (i, page) in pages.iter().enumerate() {
        for (y, slice) in &page.slices {
            let y = height - top - y + 4.0;
            for id in &slice.anchors {
                places.anchors.entry(id.to_string()).or_insert((i, y));
                begins.entry(id.clone()).or_insert(i + 1);
            }
            if let Some(bookmark) = slice.bookmark.and_then(|at| bookmarks.get(at)) {
                places.bookmarks.push((bookmark.clone(), i, y));
            }
        }
    }
    (places, begins)
}
