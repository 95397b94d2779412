//! Why no deck could be made.

use std::fmt;

use patra_core::Diagnostic;

use crate::learner::CollectionError;

/// Why no deck could be made.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
}

/// The kinds of [`Error`].
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Something in the material can't be a card: all such problems, in the order of the source.
    Material(Vec<Diagnostic>),
    /// The collection could not be written in memory.
    Collection(String),
    /// A learner's collection could not be read.
    LearnerCollection(CollectionError),
    /// The package could not be packed.
    Package(String),
}

impl Error {
    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The problems of the material; empty where it isn't to blame.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match &self.kind {
            ErrorKind::Material(problems) => problems,
            ErrorKind::Collection(_) | ErrorKind::LearnerCollection(_) | ErrorKind::Package(_) => &[],
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Error { kind }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        ErrorKind::Collection(error.to_string()).into()
    }
}

impl From<zip::result::ZipError> for Error {
    fn from(error: zip::result::ZipError) -> Self {
        ErrorKind::Package(error.to_string()).into()
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        ErrorKind::Package(error.to_string()).into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::Material(problems) => match problems.as_slice() {
                [one] => write!(f, "the material does not fit a deck: {one}"),
                many => write!(f, "the material does not fit a deck: {} problems", many.len()),
            },
            ErrorKind::Collection(what) => write!(f, "the deck's collection could not be written: {what}"),
            ErrorKind::LearnerCollection(error) => error.fmt(f),
            ErrorKind::Package(what) => write!(f, "the deck could not be packed: {what}"),
        }
    }
}

impl std::error::Error for Error {}
