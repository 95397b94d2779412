//! The words of a cell.

use patra_core::{Run, Text};

/// The words as rich text: a line that ends in the cell is a line that ends in the text.
pub(crate) fn text(words: &str) -> Text {
    let mut text = Text::default();
    for (index, line) in words.trim().lines().enumerate() {
        if index > 0 {
            text.push(Run::Break);
        }
        text.push(Run::Plain(line.trim().replace('\t', " ")));
    }
    text
}

/// The words of a name, on one line.
pub(crate) fn name(words: &str) -> Text {
    Text::plain(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether words have at most `most` words.
pub(crate) fn is_short(words: &str, most: usize) -> bool {
    words.len() <= most * 48 && words.split_whitespace().take(most + 1).count() <= most
}

/// Whether words are no word: a number, a date, signs.
pub(crate) fn is_value(words: &str) -> bool {
    !words.chars().any(char::is_alphabetic)
}

/// Whether words ask something.
pub(crate) fn asks(words: &str) -> bool {
    words.trim_end_matches(['”', '"', '’', '\'', ')', ' ', '*']).ends_with(['?', '؟', '？'])
}
