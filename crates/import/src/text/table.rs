//! Tables drawn with pipes or tabs.

use patra_core::Diagnostic;

use super::grid::{self, Line as Cells};
use super::line::Look;
use super::page::{Found, Page};

/// Blank lines that may stand between two rows.
const MOST_BLANK: usize = 2;

/// Whether a table begins at the line.
pub(super) fn begins(page: &Page<'_>, at: usize) -> bool {
    begins_with_pipes(page, at) || begins_with_tabs(page, at)
}

/// The table that begins at the line; `heading` is what it stands below.
pub(super) fn table(page: &Page<'_>, at: usize, heading: &str) -> Option<Found> {
    let (rows, end) = if begins_with_pipes(page, at) {
        piped(page, at)
    } else if begins_with_tabs(page, at) {
        tabbed(page, at)
    } else {
        return None;
    };
    let span = page.span(at, end);
    let mut guesses: Vec<Diagnostic> = Vec::new();
    let block = grid::block(rows, span, heading, &mut guesses)?;
    Some(Found { blocks: vec![block], end, guesses })
}

fn begins_with_pipes(page: &Page<'_>, at: usize) -> bool {
    let Some(line) = page.lines.get(at) else { return false };
    if line.look == Look::TableRule {
        return page.line_from(at + 1).is_some_and(|row| row.has_pipe());
    }
    if !line.has_pipe() || matches!(line.look, Look::Hash { .. }) {
        return false;
    }
    let Some(second) = page.line_from(at + 1) else { return false };
    if second.look == Look::TableRule {
        return true;
    }
    // Without a drawn line, pipes must not be dandas: `वाक्य है| अगला` has no space before its bar.
    let width = |text: &str| (text.starts_with('|') || !text.contains('|') || spaced(text)).then(|| cells(text).len());
    match (width(&line.text), width(&second.text)) {
        (Some(one), Some(two)) => second.has_pipe() && one >= 2 && one == two && page.filled(at + 1) == at + 1,
        _ => false,
    }
}

/// Whether white space stands before each bar.
fn spaced(text: &str) -> bool {
    let mut before = ' ';
    text.chars().all(|c| {
        let stands = c != '|' || before.is_whitespace() || before == '|';
        before = c;
        stands
    })
}

/// The cells of a line; a bar at either end of the line parts nothing, and `\|` is a bar in a cell.
fn cells(text: &str) -> Vec<String> {
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').filter(|inner| !inner.ends_with('\\')).unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '|' => cells.push(String::new()),
            '\\' if chars.peek() == Some(&'|') => {
                chars.next();
                cells.last_mut().into_iter().for_each(|cell| cell.push('|'));
            }
            c => cells.last_mut().into_iter().for_each(|cell| cell.push(c)),
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

fn piped(page: &Page<'_>, first: usize) -> (Vec<Cells>, usize) {
    let mut rows = Vec::new();
    let mut at = first;
    let mut end = first;
    while let Some(line) = page.lines.get(at) {
        if line.is_blank() {
            let next = page.filled(at);
            let goes_on = page.lines.get(next).is_some_and(|row| row.has_pipe() && cells(&row.text).len() > 1);
            if next - at > MOST_BLANK || !goes_on {
                break;
            }
            at = next;
            continue;
        }
        if line.look != Look::TableRule {
            if !line.has_pipe() {
                break;
            }
            rows.push(Cells { cells: cells(&line.text), span: line.span });
        }
        at += 1;
        end = at;
    }
    (rows, end)
}

fn tab_cells(page: &Page<'_>, at: usize) -> Option<Vec<String>> {
    let line = page.lines.get(at)?;
    if !line.has_tab() || matches!(line.look, Look::Bullet(_) | Look::Hash { .. }) {
        return None;
    }
    let mut cells: Vec<String> = line.text.split('\t').map(|cell| cell.trim().to_owned()).collect();
    if matches!(line.look, Look::Number(_)) && cells.len() == 2 {
        return None;
    }
    if line.leading_tab {
        cells.insert(0, String::new());
    }
    Some(cells)
}

fn begins_with_tabs(page: &Page<'_>, at: usize) -> bool {
    match (tab_cells(page, at), tab_cells(page, at + 1)) {
        (Some(one), Some(two)) => one.len().abs_diff(two.len()) <= 1,
        _ => false,
    }
}

fn tabbed(page: &Page<'_>, first: usize) -> (Vec<Cells>, usize) {
    let mut rows = Vec::new();
    let mut at = first;
    while let Some(cells) = tab_cells(page, at) {
        rows.push(Cells { cells, span: page.lines[at].span });
        at += 1;
    }
    // A tab before every line indents the table and makes no column.
    if rows.iter().all(|row| row.cells.first().is_some_and(String::is_empty)) {
        rows.iter_mut().for_each(|row| drop(row.cells.remove(0)));
    }
    (rows, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_at_the_ends_part_nothing() {
        assert_eq!(cells("| क | ख |"), ["क", "ख"]);
        assert_eq!(cells("क | ख | |"), ["क", "ख", ""]);
        assert_eq!(cells(r"क \| ख | ग"), ["क | ख", "ग"]);
    }

    #[test]
    fn bars_typed_for_dandas_are_no_table() {
        assert!(!spaced("यह है| वह है|"));
        assert!(spaced("यह | वह |"));
    }
}
