//! What an edited cell holds.

use std::borrow::Cow;

use patra_core::{Date, Phrase, phrase};
use patra_sheets::ColumnKind;

/// What a cell of an edited sheet holds. Those of CSV hold words or nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Missing,
    Words(String),
    Number(f64),
    Truth(bool),
    /// A day without a time.
    Day(Date),
    /// Another point or stretch of time, as it may be shown.
    Time(String),
    /// An error of the spreadsheet's: `#NAME?`.
    Error(String),
    /// A formula, without its `=`.
    Formula(String),
}

/// What stands in the place of what a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alien(pub(crate) Phrase);

impl Cell {
    pub(crate) fn is_missing(&self) -> bool {
        match self {
            Cell::Missing => true,
            Cell::Words(words) => words.is_empty(),
            _ => false,
        }
    }

    /// The cell as CSV has it, or what it is where a column of this kind holds no such thing.
    pub(crate) fn field(&self, kind: ColumnKind) -> Result<Cow<'_, str>, Alien> {
        match (kind, self) {
            (_, Cell::Missing) => Ok(Cow::Borrowed("")),
            (_, Cell::Formula(formula)) => Err(Alien(phrase!("the formula `={$formula}`", formula))),
            (_, Cell::Error(error)) => Err(Alien(phrase!("the error `{$error}`", error))),
            (ColumnKind::Text, Cell::Words(words)) => Ok(line_feeds(words)),
            (ColumnKind::Integer, Cell::Words(words)) => {
                let number = words.trim();
                let whole = number.strip_suffix(".0").unwrap_or(number);
                match whole.parse::<i64>() {
                    Ok(n) => Ok(Cow::Owned(n.to_string())),
                    Err(_) => Ok(Cow::Borrowed(words)),
                }
            }
            (ColumnKind::Integer, Cell::Number(n)) => Ok(Cow::Owned(shown(*n))),
            (ColumnKind::Truth, Cell::Truth(truth)) => Ok(Cow::Borrowed(if *truth { "true" } else { "false" })),
            (ColumnKind::Truth, Cell::Number(n)) if *n == 1.0 => Ok(Cow::Borrowed("true")),
            (ColumnKind::Truth, Cell::Number(n)) if *n == 0.0 => Ok(Cow::Borrowed("false")),
            (ColumnKind::Truth, Cell::Words(words)) => match truth(words) {
                Some(true) => Ok(Cow::Borrowed("true")),
                Some(false) => Ok(Cow::Borrowed("false")),
                None => Err(Alien(phrase!("`{$words}`, which is neither true nor false", words))),
            },
            (ColumnKind::Date, Cell::Day(day)) => Ok(Cow::Owned(day.to_string())),
            (ColumnKind::Date, Cell::Words(words)) => match words.trim().parse::<Date>() {
                Ok(day) => Ok(Cow::Owned(day.to_string())),
                Err(_) => Err(Alien(phrase!("`{$words}`, which is no day, such as `2026-11-24`", words))),
            },
            (_, Cell::Number(n)) => Err(Alien(phrase!("the number `{$number}`", number = shown(*n)))),
            (_, Cell::Truth(truth)) => {
                Err(Alien(phrase!("the truth value `{$truth}`", truth = truth.to_string().to_uppercase())))
            }
            (_, Cell::Day(day)) => Err(Alien(phrase!("the date `{$day}`", day = day.to_string()))),
            (_, Cell::Time(time)) => Err(Alien(phrase!("the time `{$time}`", time))),
            (_, Cell::Words(words)) => Ok(Cow::Borrowed(words)),
        }
    }
}

/// A number as a spreadsheet shows it.
pub(crate) fn shown(n: f64) -> String {
    n.to_string()
}

/// The truth values as spreadsheets in English and in Indian languages write them.
fn truth(words: &str) -> Option<bool> {
    match words.trim().to_lowercase().as_str() {
        "true" | "1" | "yes" | "सही" | "सत्य" | "हाँ" => Some(true),
        "false" | "0" | "no" | "गलत" | "ग़लत" | "असत्य" | "नहीं" => Some(false),
        _ => None,
    }
}

/// Line ends as the sheets have them: spreadsheets write CR LF and CR too.
fn line_feeds(words: &str) -> Cow<'_, str> {
    if words.contains('\r') {
        Cow::Owned(words.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(words)
    }
}
