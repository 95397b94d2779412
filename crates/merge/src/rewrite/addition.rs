//! Texts written where there was none: a cell, an attribute, a hint, an answer.

use std::ops::Range;

use patra_core::{Block, Language, Material, Question, Text};
use patra_markdown::{Setting, write_block, write_text};

use super::{container, line_of};
use crate::attribute::{attached, before_block};
use crate::field::{Site, SiteKind};
use crate::front_matter::Replacement;
use crate::passage::Reading;
use crate::unit::Unit;

/// Ways to write a text where there was none.
pub(super) fn filled(new: &Text, site: Site, reading: &Reading) -> Vec<Replacement> {
    let text = &reading.text;
    match site.kind {
        SiteKind::Cell(index) => {
            let line = line_of(text, &(site.span.start()..site.span.start()));
            cell(&text[line.clone()], index)
                .map(|range| {
                    let words = format!(" {} ", write_text(new, Setting::Cell));
                    (line.start + range.start..line.start + range.end, words)
                })
                .into_iter()
                .collect()
        }
        SiteKind::Attribute(key) => {
            let attribute = format!("{key}=\"{}\"", write_text(new, Setting::Value));
            if key == "full" {
                let from = reading.passages.partition_point(|passage| passage.span.start() < site.span.start());
                return reading
                    .passages
                    .get(from)
                    .map(|p| attached(text, p.span.end(), &attribute))
                    .into_iter()
                    .collect();
            }
            before_block(text, site.span.start(), &attribute).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The hint or the answer that a question did not have, on a line of its own: a hint below the question, an answer at the end.
pub(super) fn added(
    new: &Text,
    unit: &Unit,
    reading: &Reading,
    changed: &dyn Fn() -> Material,
) -> Vec<Vec<Replacement>> {
    let (text, span) = (&reading.text, unit.site.holder);
    let Some(lead) = container(text, span.start()) else { return Vec::new() };
    let hint = unit.field.column == "hint";
    // In the language that the question's own keyword is in.
    let english = text[span.start()..].trim_start_matches('*').starts_with(|c: char| c.is_ascii_alphabetic());
    let language = if english { Language::default() } else { changed().language };
    let part = Question {
        prompt: Text::plain("?"),
        answer: if hint { Text::plain("!") } else { new.clone() },
        hint: hint.then(|| new.clone()),
        ..Question::default()
    };
    let written = write_block(&Block::Question(part), &language, 1);
    let Some(line) = written.lines().nth(1) else { return Vec::new() };
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if hint {
        let first = line_of(text, &(span.start()..span.start()));
        let open = if text[..first.end].ends_with('\n') { "" } else { newline };
        return vec![vec![(first.end..first.end, format!("{open}{lead}{line}{newline}"))]];
    }
    let blank = format!("{newline}{}", lead.trim_end());
    vec![
        vec![(span.end()..span.end(), format!("{newline}{lead}{line}"))],
        vec![(span.end()..span.end(), format!("{blank}{newline}{lead}{line}"))],
    ]
}

/// The range between the bars of a row's cell.
fn cell(row: &str, index: usize) -> Option<Range<usize>> {
    let bytes = row.as_bytes();
    let line = row.trim_end_matches(['\r', '\n', ' ', '\t']);
    let lead = line.find(|c: char| !matches!(c, ' ' | '\t' | '>'))?;
    let bars = (lead..line.len()).filter(|&i| bytes[i] == b'|' && (i == 0 || bytes[i - 1] != b'\\'));
    // Where cells begin and end; the row may have no bar before its first and after its last.
    let (mut ranges, mut from) = (Vec::new(), lead);
    for bar in bars {
        if bar > lead {
            ranges.push(from..bar);
        }
        from = bar + 1;
    }
    if from < line.len() {
        ranges.push(from..line.len());
    }
    ranges.get(index).cloned()
}
