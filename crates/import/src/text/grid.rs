//! Rows of cells, and what they are: a comparison, terms or another table.

use patra_core::{
    Alignment, Aspect, Block, Column, Comparison, Diagnostic, Entry, Phrase, Row, Span, Subject, Table, Terms, phrase,
};

use super::inline;
use super::list::term_name;
use super::phrase::{before_colon, count_words, is_short};
use super::vocabulary::{compares, heads_aspects};
use crate::guess;

/// The cells of a line.
pub(crate) struct Line {
    pub cells: Vec<String>,
    pub span: Span,
}

/// Empty cells that are added to make rows equal: so many for each cell there is, and no more.
const MOST_ADDED: usize = 8;

/// The block that the rows make, the first of them the header; nothing where they are too uneven to be a table.
pub(crate) fn block(mut rows: Vec<Line>, span: Span, heading: &str, guesses: &mut Vec<Diagnostic>) -> Option<Block> {
    let written: usize = rows.iter().map(|row| row.cells.len()).sum();
    let used = |row: &Line| row.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let mut columns = rows.iter().map(used).max().unwrap_or(0);
    if columns == 0 || columns.saturating_mul(rows.len()) > written.saturating_mul(MOST_ADDED) + 64 {
        return None;
    }
    let body = rows.get(1..).unwrap_or_default().iter().map(used).max().unwrap_or(0);
    let mut moved = false;
    if let Some(header) = rows.first_mut() {
        let words = used(header);
        // The header's first cell, which is empty, was lost, so that its cells stand one too far to the front.
        let lost = words >= 2 && body == words + 1 && header.cells.first().is_some_and(|cell| !cell.is_empty());
        if lost {
            header.cells.insert(0, String::new());
            columns = columns.max(body);
            moved = true;
            guesses.push(guess::guess(
                header.span,
                "the header lacks its first cell, because it has one cell fewer than the rows below it",
            ));
        }
    }
    let mut ragged = None;
    for row in &mut rows {
        row.cells.truncate(columns.max(used(row)));
        if row.cells.len() < columns {
            ragged = ragged.or(Some(row.span).filter(|_| !moved || row.cells.len() + 1 < columns));
            row.cells.resize(columns, String::new());
        }
    }
    if let Some(span) = ragged {
        guesses.push(guess::guess(
            span,
            "empty cells were added at the end of this row and others, because it is shorter than the longest",
        ));
    }
    let mut rows = rows.into_iter();
    let header = rows.next()?;
    let rows: Vec<Line> = rows.collect();
    if let Some(why) = comparing(&header, &rows, heading, moved) {
        guesses.push(guess::comparison(span, columns - 1, rows.len(), why));
        return Some(comparison(header, rows, span));
    }
    if are_terms(&header, &rows) {
        let rows: Vec<Line> = std::iter::once(header).chain(rows).collect();
        guesses.push(guess::rows(span, rows.len(), guess::sentences()));
        return Some(terms(rows, span));
    }
    let column = |cell: &String| Column { heading: inline::text(cell), alignment: Alignment::Start };
    let row = |row: Line| Row { cells: row.cells.iter().map(|cell| inline::text(cell)).collect(), span: row.span };
    Some(Block::Table(Table {
        columns: header.cells.iter().map(column).collect(),
        rows: rows.into_iter().map(row).collect(),
        span,
    }))
}

/// Why the table is a comparison, if it is.
pub(crate) fn comparing(header: &Line, rows: &[Line], heading: &str, moved: bool) -> Option<Phrase> {
    let subjects = header.cells.get(1..).unwrap_or_default();
    let named = |cell: &String| !cell.is_empty() && is_short(cell, 10);
    let aspects = rows.iter().all(|row| row.cells.first().is_some_and(named));
    let counted = rows.iter().all(|row| !row.cells[0].chars().any(char::is_alphabetic));
    if subjects.len() < 2 || !subjects.iter().all(named) || rows.is_empty() || !aspects || counted {
        return None;
    }
    let corner = header.cells[0].as_str();
    if heads_aspects(corner) {
        Some(phrase!("its first column names aspects"))
    } else if rows.iter().all(|row| before_colon(&row.cells[0]).is_some()) {
        Some(phrase!("each row begins with a few words and a colon"))
    } else if moved || corner.is_empty() {
        Some(phrase!("the first cell of its header is empty"))
    } else if compares(heading) && is_short(corner, 4) {
        Some(phrase!("the heading above it says so"))
    } else {
        None
    }
}

fn comparison(header: Line, rows: Vec<Line>, span: Span) -> Block {
    let mut names = header.cells.into_iter();
    let corner = term_name(&names.next().unwrap_or_default());
    let subjects =
        names.map(|name| Subject { name: term_name(&name), span: header.span, ..Subject::default() }).collect();
    let aspect = |row: Line| {
        let mut cells = row.cells.into_iter();
        let name = term_name(&cells.next().unwrap_or_default());
        Aspect { name, cells: cells.map(|cell| inline::text(&cell)).collect(), span: row.span, ..Aspect::default() }
    };
    let aspects = rows.into_iter().map(aspect).collect();
    Block::Comparison(Comparison { corner, subjects, aspects, span, ..Comparison::default() })
}

/// Two columns without a header: words, and what is said of them.
pub(crate) fn are_terms(header: &Line, rows: &[Line]) -> bool {
    let described =
        |row: &Line| is_short(&row.cells[0], 6) && !row.cells[0].is_empty() && count_words(&row.cells[1], 5) >= 5;
    header.cells.len() == 2 && described(header) && rows.len() >= 2 && rows.iter().all(described)
}

fn terms(rows: Vec<Line>, span: Span) -> Block {
    let entry = |row: Line| Entry {
        term: term_name(&row.cells[0]),
        description: inline::text(&row.cells[1]),
        span: row.span,
        ..Entry::default()
    };
    Block::Terms(Terms { entries: rows.into_iter().map(entry).collect(), span, ..Terms::default() })
}
