//! CSV and TSV.

use patra_cells::{DELIMITERS, MAX_COLUMNS, Record, closes_quotes, delimiter, records, separator_line};
use patra_core::{Code, Diagnostic, Phrase, Read, Source, Span, phrase};

use super::sheet::{Row, Sheet};
use super::{MAX_CELLS, MAX_ROWS, TableOptions, material, too_large};
use crate::guess;

/// Reads a table whose cells are parted by commas, semicolons, tabs or bars.
///
/// What parts the cells is found out, as is what the columns are, by the header in any of patra's languages; every guess is a
/// diagnostic ([`Code::Guessed`]). Cells are kept as they are written: `1.10` stays `1.10`. No word is lost but numbers
/// that count the rows: what has no place of its own stands with its row, under its header.
///
/// A file of more than [`MAX_ROWS`] rows or [`MAX_CELLS`] cells is refused.
///
/// ```
/// use patra_core::{Block, Source};
/// use patra_import::{TableOptions, read_delimited};
///
/// let source = Source::new("शब्द;अर्थ\nओस;रात की बूँदें\nपाला;जमी हुई ओस\n".to_owned());
/// let material = read_delimited(&source, &TableOptions::named("मौसम")).material.ok_or("nothing to read")?;
/// let Block::Terms(terms) = &material.sections[0].blocks[0] else { return Err("no terms") };
/// assert_eq!(terms.entries[1].term.to_plain(), "पाला");
/// # Ok::<(), &str>(())
/// ```
pub fn read_delimited(source: &Source, options: &TableOptions) -> Read {
    let text = source.text();
    let mut found = Vec::new();
    let named = separator_line(text);
    let skipped = named.map_or(0, |(_, length)| length);
    let body = &text[skipped..];
    let mark = named.map_or_else(|| delimiter(body, &DELIMITERS), |(mark, _)| mark);
    let quoted = closes_quotes(body, mark);
    let first = Span::new(skipped, (skipped + body.lines().next().map_or(0, str::len)).min(text.len()));
    if named.is_none() && body.as_bytes().contains(&mark) {
        let mark = name_of(mark);
        let message = phrase!("cells are parted by {$mark}, because it stands equally often in the lines", mark);
        found.push(guess::guess(first, message));
    }
    if !quoted && body.contains('"') {
        found.push(guess::guess(first, "quotes are taken for words, because one that opens a cell is never closed"));
    }
    let mut rows: Vec<Row> = Vec::new();
    let (mut cells, mut control, mut width, mut longer) = (0, None, None, None);
    let mut line = 1 + usize::from(skipped > 0);
    let mut seen = 0;
    for Record { cells: mut given, place } in records(body, mark, quoted) {
        // Rows are numbered as lines, so that one left blank counts; a cell of several lines is one row.
        let blank = body[seen..place.start.max(seen)].matches('\n').count();
        line += if seen == 0 { blank } else { blank.max(1) };
        seen = place.end;
        let span = Span::new(skipped + place.start, skipped + place.end);
        if given.len() > MAX_COLUMNS {
            let what = phrase!(
                "a row with {$given} cells; patra reads {$most} at most",
                given = given.len(),
                most = MAX_COLUMNS
            );
            found.push(too_large(span, what));
            return Read { material: None, diagnostics: found };
        }
        // A header that has all its cells says how many a row has; what a row has beyond that was parted by a mark in
        // its last cell that nobody put quotes around.
        let most = *width.get_or_insert(if given.iter().all(|cell| !cell.trim().is_empty()) { given.len() } else { 0 });
        if most > 1 && given.len() > most && given[most..].iter().any(|cell| !cell.trim().is_empty()) {
            let joined = given[most - 1..].join(&char::from(mark).to_string());
            given.truncate(most - 1);
            given.push(joined);
            longer.get_or_insert(span);
        }
        let mut row = Row { number: line, cells: given, span };
        for cell in &mut row.cells {
            if cell.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')) {
                control.get_or_insert(span);
                cell.retain(|c| !c.is_control() || matches!(c, '\n' | '\t'));
            }
            let trimmed = cell.trim();
            if trimmed.len() < cell.len() {
                *cell = trimmed.to_owned();
            }
        }
        if row.width() == 0 {
            continue;
        }
        // Those too that are empty take their place.
        cells += row.cells.len();
        rows.push(row);
        if rows.len() > MAX_ROWS || cells > MAX_CELLS {
            let what = phrase!(
                "more than {$rows} rows or {$cells} cells; patra reads no more",
                rows = MAX_ROWS,
                cells = MAX_CELLS
            );
            found.push(too_large(span, what));
            return Read { material: None, diagnostics: found };
        }
    }
    if let Some(span) = longer {
        let mark = name_of(mark);
        let message = phrase!(
            "this row has more cells than the first, so what follows {$mark} in its last cell is taken for the rest of that cell",
            mark
        );
        found.push(guess::guess(span, message));
    }
    if let Some(span) = control {
        let message = "a control character in a cell was left out";
        found.push(Diagnostic::new(Code::InvisibleRemoved, span, message));
    }
    material(vec![Sheet { rows, ..Sheet::default() }], found, options)
}

fn name_of(mark: u8) -> Phrase {
    match mark {
        b',' => phrase!("the comma"),
        b';' => phrase!("the semicolon"),
        b'\t' => phrase!("the tab"),
        _ => phrase!("the bar"),
    }
}
