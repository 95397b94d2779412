//! Why no sheets could be made.

use std::fmt;

use patra_core::Diagnostic;

/// Why no sheets could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    diagnostics: Vec<Diagnostic>,
}

/// The kinds of error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Rows that no key tells apart, or that refer to nothing: the material has [problems], its ids are not assigned, or
    /// the practice is not of this material. The diagnostics name each.
    ///
    /// [problems]: patra_core::Material::problems
    Keys,
    /// Cells that the format can't hold. The diagnostics name each.
    Cells,
    /// A sheet has more rows than a worksheet can: the sheet's name, the number of its rows.
    Rows(&'static str, usize),
    /// What writes the format failed, in its own words.
    Backend(String),
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, diagnostics: Vec<Diagnostic>) -> Self {
        Error { kind, diagnostics }
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Every offender with its place, where there are any.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::Keys => f.write_str("rows of the sheets can't be told apart or refer to nothing")?,
            ErrorKind::Cells => f.write_str("the sheets' format can't hold every cell")?,
            ErrorKind::Rows(name, count) => {
                write!(f, "`{name}` has {count} rows, and a worksheet holds {}", crate::MAX_WORKSHEET_ROWS)?;
            }
            ErrorKind::Backend(message) => write!(f, "the format could not be written: {message}")?,
        }
        match self.diagnostics.as_slice() {
            [] => Ok(()),
            [only] => write!(f, ": {}", only.message),
            [first, rest @ ..] => write!(f, ": {}, and {} more", first.message, rest.len()),
        }
    }
}

impl std::error::Error for Error {}
