//! The ends of a lock: its version in the first line, and in the last the number of its lines and their digest.

use std::fmt;

use sha1::{Digest as _, Sha1};

use super::LockError;
use crate::guid::hex;

/// The version of the form that is written. Version 1 has no line at its end; both are read.
pub(super) const VERSION: u32 = 2;

/// The beginning of the first line; the version follows.
pub(super) const HEADER: &str = "# patra.lock ";

/// The beginning of the last line; the number of lines above that say something, and their digest, follow.
pub(super) const END: &str = "# end ";

/// The last line of a lock whose lines were brought together by hand.
const MERGED: &str = "merged";

/// The header and the last line of a lock, against which its lines are checked.
#[derive(Default)]
pub(super) struct Ending {
    version: u32,
    lines: Count,
    /// The number and digest of the last line, and where it is.
    said: Option<(String, usize)>,
    ends: usize,
    /// Whether lines follow the last end.
    cut: bool,
}

impl Ending {
    pub(super) fn header(&mut self, rest: &str) -> Result<(), &'static str> {
        let version =
            rest.split(':').next().and_then(|number| number.parse().ok()).ok_or("the version is not a number")?;
        if version > VERSION {
            return Err("the lock was written by a later version of patra, which is needed to read it");
        }
        self.version = self.version.max(version);
        Ok(())
    }

    pub(super) fn line(&mut self, line: &str) {
        self.lines.add(line);
        self.cut = true;
    }

    pub(super) fn end(&mut self, said: &str, line: usize) {
        self.said = Some((said.trim_end().to_owned(), line));
        self.ends += 1;
        self.cut = false;
    }

    pub(super) fn check(self, lines: usize) -> Result<(), LockError> {
        if self.version < 2 && self.ends == 0 {
            return Ok(());
        }
        let Some((said, line)) = self.said.filter(|_| !self.cut) else {
            return Err(LockError { line: lines, what: "the lock was cut: its last line is missing" });
        };
        // Of the lines of two sides neither end is true.
        if self.ends > 1 || said == MERGED || said == self.lines.to_string() {
            return Ok(());
        }
        Err(LockError {
            line,
            what: "the lines above are not those that were written: some were cut, or changed by hand",
        })
    }
}

/// How many lines there were, and their digest.
#[derive(Default)]
pub(super) struct Count {
    lines: usize,
    digest: Sha1,
}

impl Count {
    pub(super) fn add(&mut self, line: &str) {
        self.lines += 1;
        self.digest.update(line);
        self.digest.update([0]);
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.lines, hex(&self.digest.clone().finalize(), 16))
    }
}
