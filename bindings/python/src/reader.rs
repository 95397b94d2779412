//! Which reader reads what.

use patra_core::{Read, Source};
use patra_import::TextOptions;

/// Reads a source: text pasted from the web where its name ends in `.txt`, else patra's Markdown.
pub(crate) fn read(text: String, name: Option<&str>) -> (Read, Source) {
    let source = Source::new(text);
    let pasted = name.is_some_and(|name| name.to_ascii_lowercase().ends_with(".txt"));
    let read = if pasted { patra_import::read_text(&source, &TextOptions::default()) } else { Read::default() };
    (read, source)
}
