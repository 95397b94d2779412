//! Tables whose every cell came to stand on a line of its own.

use patra_core::phrase;

use super::grid::{self, Line as Cells};
use super::heading;
use super::page::{Found, Page};
use super::phrase::{count_words, ends_sentence, is_short};
use super::vocabulary::{compares, heads_aspects};
use crate::guess;

/// No flattened table is longer, in lines.
const LONGEST: usize = 160;

/// The table at the line, if its cells can be told: it begins with a word for aspects, or the heading says that things
/// are compared.
pub(super) fn flattened(page: &Page<'_>, at: usize, heading: &str) -> Option<Found> {
    let named = page.is_words(at) && heads_aspects(&page.lines[at].text);
    let announced = || page.is_words(at) && compares(heading) && is_name(&page.lines[at].text);
    if !named && !announced() {
        return None;
    }
    let run = run(page, at);
    let text = |i: usize| page.lines[run[i]].text.as_ref();
    let (columns, corner, cells) = if named {
        let columns = (3..=5)
            .find(|&columns| fits(&run, columns, &text))
            .map(|columns| (columns, run.len()))
            .or_else(|| begun(&run, &text).map(|cells| (3, cells)))?;
        (columns.0, true, columns.1)
    } else {
        (3, false, without_corner(&run, &text)?)
    };
    let end = run[cells - 1] + 1;
    let span = page.span(at, end);
    let mut words: Vec<(String, patra_core::Span)> =
        run[..cells].iter().map(|&line| (page.lines[line].text.to_string(), page.lines[line].span)).collect();
    if !corner {
        words.insert(0, (String::new(), words[0].1));
    }
    let row = |row: &[(String, patra_core::Span)]| Cells {
        cells: row.iter().map(|(words, _)| words.clone()).collect(),
        span: patra_core::Span::new(row[0].1.start(), row[row.len() - 1].1.end()),
    };
    let rows = words.chunks(columns).map(row).collect();
    let why = if corner {
        phrase!("they begin with a word for aspects")
    } else {
        phrase!("the heading above them says that things are compared")
    };
    let message = phrase!(
        "these lines are the cells of a table with {$columns} columns, because {$why} and short lines come at equal distances",
        columns,
        why
    );
    let mut guesses = vec![guess::guess(span, message)];
    let block = grid::block(rows, span, heading, &mut guesses)?;
    Some(Found { blocks: vec![block], end, guesses })
}

fn is_name(text: &str) -> bool {
    is_short(text, 6) && !ends_sentence(text)
}

/// The lines that may be cells: words without a mark of a heading. Where no blank lines stand between the first cells, a
/// blank line ends the table.
fn run(page: &Page<'_>, at: usize) -> Vec<usize> {
    let mut run = Vec::new();
    let loose = page.lines.get(at + 1).is_some_and(super::line::Line::is_blank);
    let mut line = at;
    while page.is_words(line) && run.len() < LONGEST {
        let text = &page.lines[line].text;
        let marked = super::phrase::before_colon_dash(text).is_some() || super::phrase::ends_question(text);
        if page.lines[line].has_pipe() || page.lines[line].has_tab() || (marked && !run.is_empty()) {
            break;
        }
        // A short line before a list is that list's heading.
        let before_list =
            page.is_item(page.filled(line + 1)) && heading::heading(page, line, heading::Above::default()).is_some();
        if before_list && !run.is_empty() {
            break;
        }
        run.push(line);
        line = if loose { page.filled(line + 1) } else { line + 1 };
    }
    run
}

/// Whether all lines are rows of so many columns, each led by a name, the other cells longer than the names on average.
fn fits<'t>(run: &[usize], columns: usize, text: &impl Fn(usize) -> &'t str) -> bool {
    let rows = run.len() / columns;
    if !run.len().is_multiple_of(columns) || rows < 3 || !(0..columns).all(|i| is_name(text(i))) {
        return false;
    }
    let names = (1..rows).map(|row| row * columns);
    let mut lengths = (0, 0);
    for i in columns..run.len() {
        let words = count_words(text(i), 60);
        *(if i % columns == 0 { &mut lengths.0 } else { &mut lengths.1 }) += words;
    }
    names.clone().all(|i| is_name(text(i))) && lengths.1 >= lengths.0 * (columns - 1)
}

/// How many lines make a header of three and two rows or more, each a name and two sentences.
fn begun<'t>(run: &[usize], text: &impl Fn(usize) -> &'t str) -> Option<usize> {
    let header = run.len() >= 9 && (0..3).all(|i| is_name(text(i)));
    header.then(|| 3 + rows(run, 3, text)).filter(|&cells| cells >= 9)
}

/// The same with a header of two, its first cell lost.
fn without_corner<'t>(run: &[usize], text: &impl Fn(usize) -> &'t str) -> Option<usize> {
    let header = run.len() >= 8 && (0..3).all(|i| is_name(text(i)));
    header.then(|| 2 + rows(run, 2, text)).filter(|&cells| cells >= 8)
}

fn rows<'t>(run: &[usize], first: usize, text: &impl Fn(usize) -> &'t str) -> usize {
    let sentence = |i: usize| ends_sentence(text(i)) || count_words(text(i), 8) > 6;
    (first..)
        .step_by(3)
        .take_while(|&i| i + 2 < run.len() && is_name(text(i)) && sentence(i + 1) && sentence(i + 2))
        .count()
        * 3
}
