//! Texts written where there was none: a cell, an attribute, a hint, an answer.

use std::ops::Range;

use patra_core::{Block, Language, Question, Text};

use super::super::braces::{attached, before_block};
use super::super::lines::{container, line_of, newline};
use crate::edit::{Document, Edit, Field, Place};
use crate::{Setting, write_block, write_text};

impl Document {
    /// Writes a text where there was none.
    pub(super) fn filled(&self, place: Place, new: &Text) -> Option<Edit> {
        let text = self.text();
        if let Some(index) = place.field.cell() {
            let line = line_of(text, &(place.span.start()..place.span.start()));
            let range = cell(&text[line.clone()], index)?;
            let words = format!(" {} ", write_text(new, Setting::Cell));
            return Some(Edit::new(line.start + range.start..line.start + range.end, words));
        }
        let attribute = format!("{}=\"{}\"", place.field.attribute()?, write_text(new, Setting::Value));
        if place.field == Field::FullForm {
            let head = self.passages_in(place.span).first()?;
            return Some(attached(text, head.span.end(), &attribute));
        }
        before_block(text, place.span.start(), &attribute)
    }

    /// Writes the hint or the answer that a question did not have, on a line of its own: a hint below the question, an answer
    /// at the end.
    pub(super) fn added(&self, place: Place, new: &Text) -> Vec<Vec<Edit>> {
        let (text, span) = (self.text(), place.span);
        let Some(lead) = container(text, span.start()) else { return Vec::new() };
        let hint = place.field == Field::Hint;
        // In the language that the question's own keyword is in.
        let english = text[span.start()..].trim_start_matches('*').starts_with(|c: char| c.is_ascii_alphabetic());
        let language = if english { Language::default() } else { self.material().language.clone() };
        let part = Question {
            prompt: Text::plain("?"),
            answer: if hint { Text::plain("!") } else { new.clone() },
            hint: hint.then(|| new.clone()),
            ..Question::default()
        };
        let written = write_block(&Block::Question(part), &language, 1);
        let Some(line) = written.lines().nth(1) else { return Vec::new() };
        let newline = newline(text);
        if hint {
            let first = line_of(text, &(span.start()..span.start()));
            let open = if text[..first.end].ends_with('\n') { "" } else { newline };
            return vec![vec![Edit::new(first.end..first.end, format!("{open}{lead}{line}{newline}"))]];
        }
        let blank = format!("{newline}{}", lead.trim_end());
        vec![
            vec![Edit::new(span.end()..span.end(), format!("{newline}{lead}{line}"))],
            vec![Edit::new(span.end()..span.end(), format!("{blank}{newline}{lead}{line}"))],
        ]
    }
}

/// The range between the bars around a row's cell.
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
