//! Marks inside a text: what plain words alone do not tell.

use patra_core::{Id, Run, Span, Spelled, Text};

use super::Collector;
use crate::{SheetName, Value};

/// A marked run with its place in the plain words, in code points.
struct Mark<'a> {
    run: &'a Run,
    start: usize,
    length: usize,
}

impl<'a> Collector<'a> {
    /// Adds a row for each mark of the text that stands in a cell of a sheet.
    pub(super) fn marks(
        &mut self,
        sheet: SheetName,
        row: &str,
        field: &'static str,
        text: &'a Text,
        section: Option<&'a Id>,
        span: Span,
    ) {
        let mut marks = Vec::new();
        find(text, None, 0, &mut marks);
        for (i, mark) in marks.into_iter().enumerate() {
            let (kind, words) = match mark.run {
                Run::Strong(inner) => ("strong", Value::plain(inner)),
                Run::Emphasis(inner) => ("emphasis", Value::plain(inner)),
                Run::Superscript(_) => ("superscript", Value::words(alone(mark.run))),
                Run::Subscript(_) => ("subscript", Value::words(alone(mark.run))),
                Run::Strikeout(_) => ("strikeout", Value::words(alone(mark.run))),
                Run::Code(code) => ("code", Value::words(code.as_str())),
                Run::Link(link) => ("link", Value::plain(&link.text)),
                Run::Math(tex) => ("math", Value::words(tex.as_str())),
                Run::Gap(gap) => ("gap", Value::plain(&gap.text)),
                Run::Language(tagged) => ("language", Value::plain(&tagged.text)),
                Run::Plain(_) | Run::Break => continue,
            };
            let mut details = [Value::Missing, Value::Missing, Value::Missing, Value::Missing];
            match mark.run {
                Run::Link(link) => details[0] = Value::words(link.target.as_str()),
                Run::Language(tagged) => details[1] = Value::words(tagged.language.to_string()),
                Run::Gap(gap) => {
                    details[2] = gap.number.map_or(Value::Missing, |n| Value::Integer(i64::from(n)));
                    details[3] = gap.hint.as_deref().map_or(Value::Missing, Value::words);
                }
                _ => {}
            }
            let [target, language, number, hint] = details;
            self.push(
                SheetName::Marks,
                span,
                [
                    ("mark_id", Value::words(format!("{}.{row}.{field}.{}", sheet.as_str(), i + 1))),
                    ("section_id", section.map_or(Value::Missing, |id| Value::words(id.as_str()))),
                    ("sheet", Value::words(sheet.as_str())),
                    ("row_id", Value::words(row.to_owned())),
                    ("field", Value::words(field)),
                    ("ordinal", Value::count(i + 1)),
                    ("kind", Value::words(kind)),
                    ("start", Value::count(mark.start)),
                    ("length", Value::count(mark.length)),
                    ("text", words),
                    ("target", target),
                    ("mark_language", language),
                    ("gap_number", number),
                    ("hint", hint),
                ],
            );
        }
    }
}

/// The plain words of a run with its own mark: `^-1` is no formula to a spreadsheet, and is where the mark begins.
fn alone(run: &Run) -> String {
    Text::from_iter([run.clone()]).to_plain()
}

/// Finds the marks of a text that begins at `at`, and returns where it ends.
fn find<'a>(text: &'a Text, next: Option<char>, mut at: usize, marks: &mut Vec<Mark<'a>>) -> usize {
    for Spelled { run, open, close, next, .. } in text.spelled(next) {
        let start = at;
        let slot = marks.len();
        at += open.chars().count();
        match run {
            Run::Plain(words) => at += words.chars().count(),
            Run::Break => at += 1,
            Run::Code(words) | Run::Math(words) => {
                at += words.chars().count();
                marks.push(Mark { run, start, length: at - start });
            }
            Run::Strong(_)
            | Run::Emphasis(_)
            | Run::Superscript(_)
            | Run::Subscript(_)
            | Run::Strikeout(_)
            | Run::Link(_)
            | Run::Gap(_)
            | Run::Language(_) => {
                marks.push(Mark { run, start, length: 0 });
                at = run.inner().map_or(at, |inner| find(inner, next, at, marks));
                // A space after a script does not belong to it.
                at += close.trim_end().chars().count();
                if let Some(mark) = marks.get_mut(slot) {
                    mark.length = at - start;
                }
                at += close.len() - close.trim_end().len();
            }
        }
    }
    at
}
