//! What a cell holds.

use std::borrow::Cow;
use std::fmt;

use patra_core::{Date, Span, Text};

use crate::{Schema, SheetName};

/// The number that spreadsheets give the first row below the header; messages name rows so.
pub(crate) const FIRST_ROW: usize = 2;

/// What a cell holds. Words are borrowed from the material where they stand there as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Nothing. There are no empty words: a text without any is missing.
    Missing,
    /// Words.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Truth(bool),
    /// A day.
    Date(Date),
}

/// A sheet with its rows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Sheet<'a> {
    /// Which sheet it is.
    pub name: SheetName,
    /// Its rows, in the order of the source.
    pub rows: Vec<Row<'a>>,
}

/// A row of a sheet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Row<'a> {
    /// A value for each column of the sheet's schema, in its order.
    pub cells: Vec<Value<'a>>,
    /// Where what the row tells of stood in the source.
    pub span: Span,
}

impl<'a> Sheet<'a> {
    /// What the sheet holds.
    #[must_use]
    pub fn schema(&self) -> &'static Schema {
        self.name.schema()
    }

    /// The cells of a column, from the first row on; none where there is no such column.
    pub fn column(&self, column: &str) -> impl Iterator<Item = &Value<'a>> {
        let position = self.schema().position(column);
        self.rows.iter().filter_map(move |row| row.cells.get(position?))
    }
}

impl<'a> Value<'a> {
    pub(crate) fn words(words: impl Into<Cow<'a, str>>) -> Self {
        let words = words.into();
        if words.is_empty() { Value::Missing } else { Value::Text(words) }
    }

    pub(crate) fn plain(text: &'a Text) -> Self {
        match text.runs() {
            [patra_core::Run::Plain(words)] => Value::words(words.as_str()),
            _ => Value::words(text.to_plain()),
        }
    }

    /// A number of things; a material can't have more than fit.
    pub(crate) fn count(n: usize) -> Self {
        Value::Integer(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// The words, where the cell holds any.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(words) => Some(words),
            Value::Missing | Value::Integer(_) | Value::Truth(_) | Value::Date(_) => None,
        }
    }

    /// The cell as it stands in a CSV file before quoting.
    #[must_use]
    pub fn to_field(&self) -> Cow<'_, str> {
        match self {
            Value::Missing => Cow::Borrowed(""),
            Value::Text(words) => Cow::Borrowed(words),
            Value::Integer(n) => Cow::Owned(n.to_string()),
            Value::Truth(true) => Cow::Borrowed("true"),
            Value::Truth(false) => Cow::Borrowed("false"),
            Value::Date(day) => Cow::Owned(day.to_string()),
        }
    }
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_field())
    }
}
