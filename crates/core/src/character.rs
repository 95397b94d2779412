//! What ids, words and NFC need to know of a character, looked up in a table.
//!
//! Most texts are written in characters below U+1000: Latin, Greek, Cyrillic, Arabic and the scripts of India. For those
//! one look at a table tells what would otherwise be several searches, which is felt where a material has a hundred
//! thousand ids or a million words.

use std::sync::OnceLock;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

/// The blocks of the table, and the characters of a block. A block is filled when it is first asked of, for a text is written in
/// two or three of them and filling all takes as long as making a page.
const BLOCKS: usize = 32;
const BLOCK: usize = 128;

/// Part of a word: a letter, a digit or a mark.
const WORD: u16 = 1;
/// A combining mark.
const MARK: u16 = 2;
/// Alphabetic.
const LETTER: u16 = 4;
/// Draws nothing of its own.
const INVISIBLE: u16 = 8;
/// Changed by NFC, or perhaps together with its neighbours.
const COMPOSED: u16 = 16;
/// Has a combining class: two of these in a row may change places.
const ORDERED: u16 = 32;
/// Changed by lower case, and not in ASCII.
const CASED: u16 = 64;
/// Joins a word to the letters and digits beside it, whatever they are (UAX #29). Told of ASCII and the Brahmi scripts alone,
/// where no rule looks further than to the neighbours.
const JOINING: u16 = 128;

/// The Unicode blocks of the Brahmi scripts of India, from Devanagari to Malayalam.
const BRAHMI: std::ops::RangeInclusive<char> = '\u{900}'..='\u{D7F}';

/// The class of a character.
#[derive(Clone, Copy)]
pub(crate) struct Class(u16);

static CLASSES: [OnceLock<[u16; BLOCK]>; BLOCKS] = [const { OnceLock::new() }; BLOCKS];

fn block(number: usize) -> [u16; BLOCK] {
    std::array::from_fn(|place| {
        let c = u32::try_from(number * BLOCK + place).ok().and_then(char::from_u32);
        c.map_or(0, |c| Class::found(c).0 | if joins(c) { JOINING } else { 0 })
    })
}

impl Class {
    pub(crate) fn of(c: char) -> Class {
        let number = c as usize / BLOCK;
        match CLASSES.get(number) {
            Some(classes) => Class(classes.get_or_init(|| block(number))[c as usize % BLOCK]),
            None => Class::found(c),
        }
    }

    fn found(c: char) -> Class {
        let (letter, mark) = (c.is_alphabetic(), is_combining_mark(c));
        let composed = is_nfc_quick([c].into_iter()) != IsNormalized::Yes;
        let flags = [
            (letter || c.is_numeric() || mark, WORD),
            (mark, MARK),
            (letter, LETTER),
            (is_invisible(c), INVISIBLE),
            (composed, COMPOSED),
            (canonical_combining_class(c) != 0, ORDERED),
            (!c.is_ascii() && !c.to_lowercase().eq([c]), CASED),
        ];
        Class(flags.into_iter().filter(|(is, _)| *is).fold(0, |class, (_, flag)| class | flag))
    }

    pub(crate) fn is_word(self) -> bool {
        self.0 & WORD != 0
    }

    pub(crate) fn is_mark(self) -> bool {
        self.0 & MARK != 0
    }

    pub(crate) fn is_letter(self) -> bool {
        self.0 & LETTER != 0
    }

    pub(crate) fn is_invisible(self) -> bool {
        self.0 & INVISIBLE != 0
    }

    /// Whether it joins a word to any letter or digit beside it. Where this says no, the general rules may still say yes.
    pub(crate) fn is_joining(self) -> bool {
        self.0 & JOINING != 0
    }

    /// Whether NFC may change a text that holds it.
    pub(crate) fn may_change(self) -> bool {
        self.0 & (COMPOSED | ORDERED) != 0
    }

    /// Whether NFC changes it, or may make one character of it and the one before.
    pub(crate) fn may_compose(self) -> bool {
        self.0 & COMPOSED != 0
    }

    /// Whether it is a mark that may change places with another beside it.
    pub(crate) fn is_ordered(self) -> bool {
        self.0 & ORDERED != 0
    }
}

/// Asks the general rules, so that table and rules know the same Unicode.
fn joins(c: char) -> bool {
    let one = |text: String| text.split_word_bounds().count() == 1;
    (c.is_ascii() || BRAHMI.contains(&c))
        && c != '_'
        && [format!("a{c}"), format!("a{c}a"), format!("1{c}1")].into_iter().all(one)
}

/// Whether all that lower case and NFC do to a text is to lower its ASCII capitals.
pub(crate) fn only_ascii_folds(text: &str) -> bool {
    is_stable(text, COMPOSED | CASED)
}

/// Whether a text is in NFC for certain.
pub(crate) fn is_nfc(text: &str) -> bool {
    text.is_ascii() || is_stable(text, COMPOSED)
}

/// Whether no character is of one of the classes, and no marks may change places.
fn is_stable(text: &str, classes: u16) -> bool {
    let mut before = 0;
    text.chars().all(|c| {
        let class = Class::of(c).0;
        let moves = class & before & ORDERED != 0;
        before = class;
        class & classes == 0 && !moves
    })
}

/// Format characters that draw nothing of their own: soft hyphen, joiners, direction marks, word joiner, BOM.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn a_text_that_only_ascii_folds_is_folded_by_ascii_alone() {
        let marks =
            ['a', 'A', 'क', '\u{301}', '\u{323}', '\u{338}', '\u{93C}', '\u{94D}', '\u{9BE}', '\u{64B}', '\u{1E00}'];
        for c in (0..0x1100).filter_map(char::from_u32) {
            for mark in marks {
                for text in [
                    String::from_iter([c, mark]),
                    String::from_iter([mark, c]),
                    String::from_iter(['\u{5B0}', c, mark]),
                ] {
                    let folded: String = text.nfc().flat_map(char::to_lowercase).nfc().collect();
                    assert!(!only_ascii_folds(&text) || text.to_ascii_lowercase() == folded, "{text:?}");
                    assert!(!is_nfc(&text) || text == text.nfc().collect::<String>(), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn hindi_needs_no_folding() {
        assert!(only_ascii_folds("प्रश्न 1: BPO क्या है?") && is_nfc("प्रश्न 1: BPO क्या है?"));
        assert!(!only_ascii_folds("e\u{301}") && !is_nfc("e\u{301}"));
        assert!(!only_ascii_folds("Ж") && is_nfc("Ж"));
        assert!(!only_ascii_folds("\u{958}") && !is_nfc("\u{958}"));
    }
}
