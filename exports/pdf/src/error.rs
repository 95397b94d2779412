//! Why no file was made.

use std::fmt;

use patra_core::{Code, Diagnostic, Span, phrase};

/// Why no file was made.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    diagnostics: Vec<Diagnostic>,
}

/// The kinds of reason.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The material holds something that can't be printed; [`Error::diagnostics`] has every place.
    Unprintable,
    /// The file could not be written out.
    Write(std::io::Error),
}

impl Error {
    pub(crate) fn unprintable(diagnostics: Vec<Diagnostic>) -> Self {
        Error { kind: ErrorKind::Unprintable, diagnostics }
    }

    pub(crate) fn write(error: std::io::Error) -> Self {
        let problem = Diagnostic::new(
            Code::TooLarge,
            Span::NONE,
            phrase!("the file could not be written: {$error}", error = error.to_string()),
        );
        Error { kind: ErrorKind::Write(error), diagnostics: vec![problem] }
    }

    /// What kind of reason it is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Every problem with its place, errors and warnings, in reading order.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::Write(error) => write!(f, "the PDF could not be written: {error}"),
            ErrorKind::Unprintable => {
                f.write_str("the material can't be printed")?;
                self.diagnostics.iter().take(1).try_for_each(|problem| write!(f, ": {}", problem.message))
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Write(error) => Some(error),
            ErrorKind::Unprintable => None,
        }
    }
}
