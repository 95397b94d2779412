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
    /// A number in tenths: 125 stands for 12.5.
    Tenths(i64),
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

    /// How much of something comes to each, rounded to tenths; missing where there is nothing to share it among.
    pub(crate) fn mean(sum: usize, among: usize) -> Self {
        match (sum.saturating_mul(10).saturating_add(among / 2)).checked_div(among) {
            Some(tenths) => Value::Tenths(i64::try_from(tenths).unwrap_or(i64::MAX)),
            None => Value::Missing,
        }
    }

    /// The words, where the cell holds any.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(words) => Some(words),
            Value::Missing | Value::Integer(_) | Value::Tenths(_) | Value::Truth(_) | Value::Date(_) => None,
        }
    }

    /// The cell as it stands in a CSV file before quoting.
    #[must_use]
    pub fn to_field(&self) -> Cow<'_, str> {
        match self {
            Value::Missing => Cow::Borrowed(""),
            Value::Text(words) => Cow::Borrowed(words),
            Value::Integer(n) => Cow::Owned(n.to_string()),
            Value::Tenths(n) => Cow::Owned(tenths(*n)),
            Value::Truth(true) => Cow::Borrowed("true"),
            Value::Truth(false) => Cow::Borrowed("false"),
            Value::Date(day) => Cow::Owned(day.to_string()),
        }
    }
}

/// A number of tenths with a point, and without it where it is whole, which would look like a number in another form.
fn tenths(n: i64) -> String {
    let sign = if n < 0 { "-" } else { "" };
    match (n.unsigned_abs() / 10, n.unsigned_abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_field())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_rounded_and_written_shortly() {
        let means = [(7, 2), (8, 2), (1, 3), (2, 3), (0, 3), (99, 100)];
        let shown = means.map(|(sum, among)| Value::mean(sum, among).to_string());
        assert_eq!(shown, ["3.5", "4", "0.3", "0.7", "0", "1"]);
        assert_eq!(Value::mean(1, 0), Value::Missing);
        assert_eq!([Value::Tenths(-5), Value::Tenths(-20)].map(|value| value.to_string()), ["-0.5", "-2"]);
    }
}
