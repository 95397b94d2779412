//! Tables of options in a book's file, which whoever reads the book makes something of.

use std::ops::Range;

use patra_core::{Phrase, Span, phrase};
use toml::de::{DeTable, DeValue};

/// A table beside `[book]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionTable {
    /// Its name: `papers` of `[papers]`.
    pub name: String,
    /// Where it is named.
    pub span: Span,
    /// What stands in it.
    pub options: Vec<BookOption>,
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookOption {
    /// Its name.
    pub name: String,
    /// Where its name stands.
    pub span: Span,
    /// What it is set to.
    pub value: OptionValue,
    /// Where that stands.
    pub value_span: Span,
}

/// What an option is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionValue {
    /// `true` or `false`.
    Switch(bool),
    /// Words in quotes, or a number as it is written.
    Words(String),
    /// Several of them, each with its place.
    List(Vec<(String, Span)>),
}

/// The table of this name. What is no option's value is told, with its place.
pub(super) fn read(
    text: &str,
    (name, at): (&str, Range<usize>),
    table: &DeTable<'_>,
    tell: &mut dyn FnMut(Range<usize>, Phrase, Phrase),
) -> OptionTable {
    let mut options = Vec::new();
    for (key, value) in table {
        let name = key.get_ref();
        let words = |value: &DeValue<'_>, at: Range<usize>| match value {
            DeValue::String(words) => Some(words.clone().into_owned()),
            DeValue::Integer(_) | DeValue::Float(_) => text.get(at).map(str::to_owned),
            _ => None,
        };
        let value_at = value.span();
        let read = match value.get_ref() {
            DeValue::Boolean(on) => Some(OptionValue::Switch(*on)),
            DeValue::Array(values) => {
                let list = values.iter().map(|value| Some((words(value.get_ref(), value.span())?, span(value.span()))));
                list.collect::<Option<Vec<_>>>().map(OptionValue::List)
            }
            other => words(other, value_at.clone()).map(OptionValue::Words),
        };
        match read {
            Some(value) => options.push(BookOption {
                name: name.clone().into_owned(),
                span: span(key.span()),
                value,
                value_span: span(value_at),
            }),
            None => {
                let message = phrase!("`{$name}` is set to what no option takes", name);
                tell(
                    value_at,
                    message,
                    phrase!("write words in quotes, a number, `true`, or a list of words or numbers"),
                );
            }
        }
    }
    OptionTable { name: name.to_owned(), span: span(at), options }
}

fn span(at: Range<usize>) -> Span {
    Span::new(at.start, at.end)
}
