//! What stands above and below the text of each page.

use std::rc::Rc;

use patra_core::Material;

use super::{Align, Column, Frame, Page};
use crate::text::{Line, Rich, Style};

/// How much of the measure a note beside the page's number may take.
pub(super) const NOTE: f32 = 0.38;

/// A rule or a line in the margins of a page.
pub(crate) enum Running {
    Rule { x: f32, y: f32, width: f32 },
    Line { line: Rc<Line>, x: f32, y: f32 },
}

impl Running {
    /// How far below the sheet's upper edge it stands, in points.
    pub(crate) fn y(&self) -> f32 {
        match self {
            Running::Rule { y, .. } | Running::Line { y, .. } => *y,
        }
    }
}

/// The running header, the title and the section a page begins in, on all pages but the first; and the page's number, with
/// a note beside it if there is one.
pub(crate) fn running_lines(
    column: &mut Column<'_>,
    material: &Material,
    pages: &[Page],
    note: Option<&str>,
) -> Vec<Vec<Running>> {
    let theme = column.theme;
    let (_, height) = column.options.page();
    let edges = theme.edges(column.options.page());
    // Far enough from the text, and on narrow margins within what printers reach.
    let header = edges.top - (15.5 + theme.sizes.small).min(edges.top * 0.4);
    let footer = height - (edges.bottom - 21.5 - theme.sizes.small).max(edges.bottom * 0.4);
    let frame = column.frame();
    let style = column.body().sized(theme.sizes.small).coloured(theme.colours.muted);
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
            let y = header;
            let half = Frame { width: frame.width * 0.48, ..frame.clone() };
            let far = Frame { x: frame.x + frame.width - half.width, ..half.clone() };
            let (near, far) = if column.rtl { (far, half) } else { (half, far) };
            running.extend(running_line(column, &title, &style, &near, Align::Start, y));
            running.extend(running_line(column, &shown, &style, &far, Align::End, y));
            running.push(Running::Rule { x: frame.x, y: y + 0.82 * theme.sizes.small, width: frame.width });
        }
        if let Some(last) = last {
            section = last;
        }
        let number = column.page_number(i + 1, pages.len());
        let y = footer;
        let beside = Frame { width: frame.width * NOTE, ..frame.clone() };
        let beside = if column.rtl { Frame { x: frame.x + frame.width - beside.width, ..beside } } else { beside };
        running.extend(note.and_then(|note| running_line(column, note, &style, &beside, Align::Start, y)));
        running.extend(running_line(column, &number, &style, &frame, Align::Centre, y));
        out.push(running);
    }
    out
}

/// As much of a text as fits one line.
pub(crate) fn running_line(
    column: &mut Column<'_>,
    words: &str,
    style: &Style,
    frame: &Frame,
    align: Align,
    y: f32,
) -> Option<Running> {
    let lines = column.lines(&Rich::plain(words, style), frame.width);
    let line = lines.into_iter().next()?;
    let x = column.line_x(frame, align, line.width);
    Some(Running::Line { line: Rc::new(line), x, y })
}
