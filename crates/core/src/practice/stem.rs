//! The stem of a word: what is left when its inflection is taken away.
//!
//! This is a light stemmer in the manner of Ramanathan and Rao ("A Lightweight Stemmer for Hindi", 2003), for all scripts
//! of the Brahmi family at once: their Unicode blocks are laid out alike, so that a vowel sign or an independent vowel has
//! the same offset in each. It errs towards hiding one word too many: a question that lacks a word can still be
//! answered, one that holds its answer is worthless.

use unicode_normalization::char::is_combining_mark;

use crate::word::words;

/// The shortest stem, in letters: shorter words are compared whole.
const SHORTEST: usize = 2;

/// The endings of English nouns and verbs, longest first.
const ENGLISH: [&str; 8] = ["'s", "’s", "ing", "ers", "er", "es", "ed", "s"];

/// What marks the plural and the cases in the languages that add to a word instead of changing its end; each needs a
/// stem of two letters before it.
const ADDED: [&str; 22] = [
    "गण",
    "हरू",
    "গুলো",
    "গুলি",
    "দের",
    "টি",
    "টা",
    "কে",
    "ମାନେ",
    "ମାନଙ୍କ",
    "ங்கள்",
    "கள்",
    "களை",
    "களின்",
    "களுக்கு",
    "த்தை",
    "లను",
    "లు",
    "ಗಳು",
    "ಗಳನ್ನು",
    "കൾ",
    "ങ്ങൾ",
];

/// The stem of a word in NFC and lower case.
pub(super) fn stem(word: &str) -> &str {
    let word = without_added(word);
    if word.chars().any(is_indic) { indic(word) } else { english(word) }
}

/// The stems of the words of a text.
pub(crate) fn stems(text: &str) -> Vec<String> {
    words(text).map(|word| stem(&word).to_owned()).collect()
}

fn letters(word: &str) -> usize {
    word.chars().filter(|c| !is_combining_mark(*c)).count()
}

fn without_added(word: &str) -> &str {
    ADDED.iter().filter_map(|ending| word.strip_suffix(ending)).find(|rest| letters(rest) >= SHORTEST).unwrap_or(word)
}

fn english(word: &str) -> &str {
    ENGLISH.iter().filter_map(|ending| word.strip_suffix(ending)).find(|rest| letters(rest) > SHORTEST).unwrap_or(word)
}

/// The offset in its block of a letter of a Brahmi script (U+0900 to U+0D7F, blocks of 128).
fn offset(c: char) -> Option<u32> {
    is_indic(c).then_some(u32::from(c) % 0x80)
}

fn is_indic(c: char) -> bool {
    ('\u{900}'..='\u{D7F}').contains(&c)
}

/// Takes away vowel signs, nasal signs, independent vowels after a vowel, and a glide between two vowels, from the end:
/// `भाषाओं`, `भाषाएँ` and `भाषा` all leave `भाष`; `नदियाँ` and `नदी` leave `नद`.
fn indic(word: &str) -> &str {
    const VIRAMA: u32 = 0x4d;
    const NUKTA: u32 = 0x3c;
    const YA: u32 = 0x2f;
    let mut rest = word;
    while let Some(last) = rest.chars().next_back() {
        let shorter = &rest[..rest.len() - last.len_utf8()];
        let before = shorter.chars().next_back();
        let ending = match offset(last) {
            Some(VIRAMA | NUKTA) => false,
            Some(0x05..=0x14) => true,
            Some(YA) => before.is_some_and(|c| matches!(offset(c), Some(0x3e..=0x4c))),
            Some(_) => is_combining_mark(last),
            None => false,
        };
        if !ending || letters(shorter) < SHORTEST {
            break;
        }
        rest = shorter;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_have_one_stem() {
        for forms in [
            &["भाषा", "भाषाओं", "भाषाएँ"][..],
            &["नदी", "नदियाँ", "नदियों"],
            &["लड़का", "लड़के", "लड़कों"],
            &["कंपनी", "कंपनियाँ", "कंपनियों"],
            &["सेवा", "सेवाएँ", "सेवाओं"],
            &["ভাষা", "ভাষাগুলো"],
            &["மலர்", "மலர்கள்"],
            &["agent", "agents", "agent's"],
        ] {
            let stems: Vec<&str> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|s| *s == stems[0]), "{forms:?}: {stems:?}");
        }
    }

    #[test]
    fn short_words_and_virama_stay() {
        assert_eq!(stem("को"), "को");
        assert_eq!(stem("सम्यक्"), "सम्यक्");
        assert_eq!(stem("पढ़"), "पढ़");
        assert_eq!(stem("as"), "as");
        assert_eq!(stem("bus"), "bus");
        assert_ne!(stem("कमल"), stem("कम"));
        assert_eq!(stem(""), "");
    }
}
