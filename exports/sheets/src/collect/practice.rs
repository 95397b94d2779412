//! The sheets of what a learner is asked.

use patra_core::{Answer, Item, Run, Span, Spelled, Text};

use super::Collector;
use crate::{SheetName, Value};

/// Between the headings that an item stands under.
const HEADING_SEPARATOR: &str = " › ";

impl<'a> Collector<'a> {
    pub(super) fn practice(&mut self, item: &'a Item) {
        let about = item.about.as_str();
        let place = self.place_of(about);
        let context: Vec<String> = item.context.iter().map(Text::to_plain).collect();
        let prompt = match &item.answer {
            Answer::Gap(number) => Value::words(blanked(&item.prompt, Some(*number))),
            Answer::Text(_) | Answer::Members { .. } | Answer::Row(_) | Answer::Choices { .. } => {
                Value::plain(&item.prompt)
            }
        };
        let explanation = match &item.answer {
            Answer::Choices { explanation, .. } => Value::plain(explanation),
            Answer::Text(_) | Answer::Members { .. } | Answer::Row(_) | Answer::Gap(_) => Value::Missing,
        };
        let parts = parts(item);
        let page = place.2.clone();
        self.push(
            SheetName::Practice,
            place.1,
            [
                ("practice_id", Value::words(item.id.as_str())),
                ("about_id", Value::words(about)),
                ("section_id", Value::words(item.section.as_str())),
                ("block_id", place.0.map_or(Value::Missing, Value::words)),
                ("kind", Value::words(item.kind.as_str())),
                ("context", Value::words(context.join(HEADING_SEPARATOR))),
                ("prompt", prompt),
                ("answer", Value::words(item.plain_answer())),
                ("explanation", explanation),
                ("hint", item.hint.as_ref().map_or(Value::Missing, Value::plain)),
                ("answer_count", Value::count(parts.len())),
                ("code", Value::words(item.id.code())),
                ("page", place.2),
            ],
        );
        let ordered = matches!(item.answer, Answer::Members { ordered: true, .. });
        for (i, part) in parts.into_iter().enumerate() {
            self.push(
                SheetName::Answers,
                place.1,
                [
                    ("answer_id", Value::words(format!("{}.a{}", item.id, i + 1))),
                    ("practice_id", Value::words(item.id.as_str())),
                    ("section_id", Value::words(item.section.as_str())),
                    ("ordinal", Value::count(i + 1)),
                    ("subject", part.subject),
                    ("text", part.text),
                    ("correct", Value::Truth(part.correct)),
                    ("ordered", Value::Truth(ordered)),
                    ("page", page.clone()),
                ],
            );
        }
    }

    /// The block, the span and the page of what is asked about.
    pub(super) fn place_of(&self, about: &str) -> (Option<String>, Span, Value<'a>) {
        let Some((block, row)) = self.named.get(about) else { return (None, Span::NONE, Value::Missing) };
        let ids = self.sheets.get(SheetName::Ids as usize).and_then(|sheet| sheet.rows.get(*row));
        let page = ids.and_then(|row| row.cells.last().cloned()).unwrap_or(Value::Missing);
        (Some(block.clone()), ids.map_or(Span::NONE, |row| row.span), page)
    }
}

struct Part<'a> {
    subject: Value<'a>,
    text: Value<'a>,
    correct: bool,
}

fn parts(item: &Item) -> Vec<Part<'_>> {
    let right = |text| Part { subject: Value::Missing, text: Value::plain(text), correct: true };
    match &item.answer {
        // A task has no answer to be a row.
        Answer::Text(_) if !item.is_answered() => Vec::new(),
        Answer::Text(text) => vec![right(text)],
        Answer::Members { terms, .. } => terms.iter().map(right).collect(),
        Answer::Row(cells) => cells
            .iter()
            .map(|cell| Part { subject: Value::plain(&cell.subject), text: Value::plain(&cell.cell), correct: true })
            .collect(),
        Answer::Gap(number) => {
            item.prompt.gaps().into_iter().filter(|(n, _)| n == number).map(|(_, gap)| right(&gap.text)).collect()
        }
        Answer::Choices { choices, .. } => choices
            .iter()
            .map(|choice| Part { subject: Value::Missing, text: Value::plain(&choice.text), correct: choice.correct })
            .collect(),
    }
}

/// The plain words of a sentence with the gaps of a number blanked, or with all of them.
pub(super) fn blanked(text: &Text, number: Option<u16>) -> String {
    let numbers: Vec<u16> = text.gaps().into_iter().map(|(n, _)| n).collect();
    let mut out = String::new();
    write_blanked(text, None, number, &mut numbers.into_iter(), &mut out);
    out
}

fn write_blanked(
    text: &Text,
    next: Option<char>,
    number: Option<u16>,
    numbers: &mut std::vec::IntoIter<u16>,
    out: &mut String,
) {
    for Spelled { run, open, close, next, .. } in text.spelled(next) {
        out.push_str(open);
        match run {
            Run::Plain(words) | Run::Code(words) | Run::Math(words) => out.push_str(words),
            Run::Break => out.push('\n'),
            Run::Gap(gap) => {
                let own = numbers.next();
                if number.is_none() || own == number {
                    out.push('[');
                    out.push_str(gap.hint.as_deref().unwrap_or("…"));
                    out.push(']');
                    // The gaps inside it are hidden with it, but have numbers of their own.
                    for _ in gap.text.gaps() {
                        numbers.next();
                    }
                } else {
                    write_blanked(&gap.text, next, number, numbers, out);
                }
            }
            Run::Strong(_)
            | Run::Emphasis(_)
            | Run::Superscript(_)
            | Run::Subscript(_)
            | Run::Strikeout(_)
            | Run::Link(_)
            | Run::Language(_) => {
                if let Some(inner) = run.inner() {
                    write_blanked(inner, next, number, numbers, out);
                }
            }
        }
        out.push_str(close);
    }
}
