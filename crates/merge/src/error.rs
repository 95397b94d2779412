//! Why sheets could not be read at all.

use std::fmt;

use patra_core::Phrase;

/// Why sheets could not be read at all: what and where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    message: Phrase,
    hint: Option<Phrase>,
}

impl Error {
    pub(crate) fn new(message: impl Into<Phrase>) -> Self {
        Error { message: message.into(), hint: None }
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<Phrase>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What is wrong, and where.
    #[must_use]
    pub fn message(&self) -> &Phrase {
        &self.message
    }

    /// What to do about it, where patra knows.
    #[must_use]
    pub fn hint(&self) -> Option<&Phrase> {
        self.hint.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
