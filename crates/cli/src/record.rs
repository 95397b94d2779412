//! Problems, told to a program: as JSON.

use patra_core::{Code, Diagnostic, Position, Severity, Source};
use serde_json::{Value, json};

use crate::report::{Voice, has_place};
use patra_build::input::Failure;

/// A problem with all that a program may want to know of it.
#[derive(Debug)]
pub(crate) struct Record {
    /// The name of the source, as it was given; `None` where the problem is none of a source's.
    pub(crate) file: Option<String>,
    pub(crate) code: Option<Code>,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) place: Option<Place>,
}

/// From where to where, the end excluded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) start: Spot,
    pub(crate) end: Spot,
}

/// A place in a source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    /// Line and column from 1, the column in graphemes.
    pub(crate) position: Position,
    /// The column from 1 in UTF-16 code units.
    pub(crate) utf16: usize,
    /// Bytes from the beginning of the source's text, which a byte order mark is no part of.
    pub(crate) byte: usize,
}

impl Spot {
    fn of(source: &Source, byte: usize) -> Self {
        let mut byte = byte.min(source.text().len());
        while !source.text().is_char_boundary(byte) {
            byte -= 1;
        }
        let (position, utf16) = (source.position(byte), source.utf16_column(byte));
        Spot { position, utf16, byte }
    }

    fn value(self) -> Value {
        json!({ "line": self.position.line, "column": self.position.column, "byte": self.byte })
    }
}

impl Record {
    /// A problem of a source.
    pub(crate) fn of(name: &str, source: &Source, diagnostic: &Diagnostic, voice: Voice) -> Self {
        let place = has_place(diagnostic).then(|| Place {
            start: Spot::of(source, diagnostic.span.start()),
            end: Spot::of(source, diagnostic.span.end()),
        });
        Record {
            file: Some(name.to_owned()),
            code: Some(diagnostic.code),
            severity: diagnostic.severity(),
            message: voice.say(&diagnostic.message).into_owned(),
            hint: diagnostic.hint.as_ref().map(|hint| voice.say(hint).into_owned()),
            place,
        }
    }

    /// What kept the command from doing its work.
    pub(crate) fn of_failure(failure: &Failure, voice: Voice) -> Self {
        Record {
            file: None,
            code: None,
            severity: Severity::Error,
            message: voice.say(&failure.message).into_owned(),
            hint: failure.hint.as_ref().map(|hint| voice.say(hint).into_owned()),
            place: None,
        }
    }
}

/// All problems as an array with an object for each; `docs/diagnostics.md` tells of its fields.
pub(crate) fn json(records: &[Record]) -> Value {
    let value = |record: &Record| {
        json!({
            "file": record.file,
            "code": record.code,
            "severity": record.severity.to_string(),
            "message": record.message,
            "hint": record.hint,
            "start": record.place.map(|place| place.start.value()),
            "end": record.place.map(|place| place.end.value()),
            "explain": record.code.map(|code| format!("patra explain {code}")),
        })
    };
    records.iter().map(value).collect()
}
