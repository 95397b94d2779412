//! Why no quiz could be made.

use std::fmt;

use patra_core::Diagnostic;

/// Why no quiz could be made.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
}

/// The kinds of [`Error`].
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The package could not be packed.
    Package(String),
}

impl Error {
    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The problems of the material; none today, since what a format can't hold is a warning.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &[]
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Error { kind }
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
            ErrorKind::Package(what) => write!(f, "the quiz could not be packed: {what}"),
        }
    }
}

impl std::error::Error for Error {}
