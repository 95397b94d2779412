//! Reasons not to read a database.

use std::fmt;

use patra_core::{Phrase, phrase};
use rusqlite::ErrorCode;

/// The reason why a database isn't read.
#[derive(Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// What should be a table is a view or a virtual table, or has columns that are computed: its name.
    NotTable(String),
    /// Reading it takes more steps than a database of its size needs.
    TooManySteps,
    /// SQLite can't read it.
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::OperationInterrupted) => Error::TooManySteps,
            _ => Error::Sqlite(error),
        }
    }
}

impl From<&Error> for Phrase {
    fn from(error: &Error) -> Self {
        match error {
            Error::NotTable(name) => phrase!("`{$name}` in it is not a plain table", name),
            Error::TooManySteps => phrase!("reading it takes more steps than a database of its size needs"),
            Error::Sqlite(error) => Phrase::verbatim(error.to_string()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Phrase::from(self))
    }
}

impl std::error::Error for Error {}
