//! The guard that keeps a spreadsheet from altering a cell.

use std::borrow::Cow;

use crate::hazard::Hazard;

/// What is put before a cell.
pub(crate) const GUARD: char = '\'';

/// The words with the guard before them, where they need one or would else look guarded.
pub(crate) fn guarded(words: &str) -> Cow<'_, str> {
    if words.starts_with(GUARD) || Hazard::of(words).is_some() {
        Cow::Owned(format!("{GUARD}{words}"))
    } else {
        Cow::Borrowed(words)
    }
}

/// The words that a guarded cell stands for.
///
/// ```
/// assert_eq!(patra_sheets::unguarded("'=1+1"), "=1+1");
/// assert_eq!(patra_sheets::unguarded("क्षमा"), "क्षमा");
/// ```
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix(GUARD).unwrap_or(cell)
}
