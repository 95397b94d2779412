//! Words as comparison sees them: those of UAX #29, in NFC and lower case.
//!
//! The general rules ask several tables about every character. Nearly every word is Latin or Brahmi letters between blanks
//! and full stops, where the [class](Class) of each character tells enough; what it doesn't tell goes the general way.

use std::borrow::Cow;
use std::collections::BTreeSet;

use unicode_normalization::char::compose;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::{UnicodeSegmentation, UnicodeWords};

use crate::Text;
use crate::character::{Class, is_nfc};

/// What a character is to the words around it, where that can be told at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A letter or digit.
    Letter,
    /// A mark that belongs to the letter before it.
    Mark,
    /// What stands beside words and never within one, unless between two letters (`.`, `'`, `-`).
    Beside,
    /// Something that the general rules have to see.
    Other,
}

fn role(c: char, class: Class) -> Role {
    match c {
        _ if class.is_joining() && !class.is_mark() && class.is_word() => Role::Letter,
        _ if class.is_joining() => Role::Mark,
        // An underscore joins words; every other mark of ASCII parts them or stands at their edge.
        '_' => Role::Other,
        '!'..='~' | '‐'..='‧' | '।' | '॥' => Role::Beside,
        _ => Role::Other,
    }
}

/// The words of a text, in reading order: those of UAX #29, which hold a letter or a digit, in NFC and lower case.
///
/// ```
/// let words: Vec<_> = patra_core::words("कॉल सेंटर (Call-Centre) क्या है?").collect();
/// assert_eq!(words, ["कॉल", "सेंटर", "call", "centre", "क्या", "है"]);
/// ```
pub fn words(text: &str) -> Words<'_> {
    Words { rest: text, general: None }
}

/// The words of a text; see [`words`].
pub struct Words<'a> {
    rest: &'a str,
    /// The words of a stretch between blanks that the table does not know.
    general: Option<UnicodeWords<'a>>,
}

impl<'a> Iterator for Words<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Cow<'a, str>> {
        loop {
            if let Some(general) = &mut self.general {
                match general.next() {
                    Some(word) => return Some(fold_word(word)),
                    None => self.general = None,
                }
            }
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() {
                return None;
            }
            if let Some(word) = self.stretch() {
                return Some(word);
            }
        }
    }
}

impl<'a> Words<'a> {
    /// Takes what stands before the next blank; its word where the table finds it to be one.
    fn stretch(&mut self) -> Option<Cow<'a, str>> {
        let (mut start, mut end, mut capitals, mut unsure, mut known) = (None, None, false, false, true);
        let mut length = self.rest.len();
        for (at, c) in self.rest.char_indices() {
            if c == ' ' || c.is_whitespace() {
                length = at;
                break;
            }
            let class = Class::of(c);
            let role = role(c, class);
            match role {
                Role::Letter | Role::Mark => {
                    known &= end.is_none() && (start.is_some() || role == Role::Letter);
                    start.get_or_insert(at);
                    capitals |= c.is_ascii_uppercase();
                    unsure |= class.may_change();
                }
                Role::Beside => {
                    if start.is_some() {
                        end.get_or_insert(at);
                    }
                }
                Role::Other => known = false,
            }
        }
        let (stretch, rest) = self.rest.split_at(length);
        self.rest = rest;
        if !known {
            self.general = Some(stretch.unicode_words());
            return None;
        }
        let word = &stretch[start?..end.unwrap_or(length)];
        Some(match (capitals, unsure) {
            (false, false) => Cow::Borrowed(word),
            (false, true) => nfc(word),
            (true, false) => Cow::Owned(word.to_ascii_lowercase()),
            (true, true) => fold_word(word),
        })
    }
}

/// A word, or any text, in NFC and lower case.
pub(crate) fn fold_word(word: &str) -> Cow<'_, str> {
    let mut capitals = word.chars().filter(|c| c.is_uppercase()).peekable();
    if capitals.peek().is_none() {
        nfc(word)
    } else if capitals.all(|c| c.is_ascii()) {
        Cow::Owned(nfc(&word.to_ascii_lowercase()).into_owned())
    } else {
        Cow::Owned(word.nfc().flat_map(char::to_lowercase).nfc().collect())
    }
}

/// A text in NFC, the form in which texts are compared; borrowed where it is in NFC already, as most texts are.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) {
        return Cow::Borrowed(text);
    }
    let settled = is_nfc_quick(text.chars()) != IsNormalized::No && is_settled(text);
    if settled { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whether a text in which each character may stand in NFC is in NFC for certain: no two neighbours make one character, and
/// no two marks with combining classes stand together, which might have to change places or meet a letter further back.
fn is_settled(text: &str) -> bool {
    let mut before: Option<(char, Class)> = None;
    text.chars().all(|c| {
        let class = Class::of(c);
        let settled = before.is_none_or(|(a, of_a)| {
            (!class.may_compose() || compose(a, c).is_none()) && !(class.is_ordered() && of_a.is_ordered())
        });
        before = Some((c, class));
        settled
    })
}

/// The words of a text alone, so that two texts which differ in a full stop are one; signs where there are no words.
pub(crate) fn fold(text: &Text) -> String {
    let plain = text.plain_words();
    let mut folded = String::with_capacity(plain.len());
    for word in words(&plain) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word);
    }
    if folded.is_empty() { plain.trim().to_owned() } else { folded }
}

/// The words of a [folded](fold) text, each once.
pub(crate) fn distinct(folded: &str) -> BTreeSet<&str> {
    folded.split(' ').filter(|word| !word.is_empty()).collect()
}

/// Whether one of two sets of words says what the other says or less: whoever gives the one is not wrong about the other.
pub(crate) fn overlap(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> bool {
    a.is_subset(b) || b.is_subset(a)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The words by the general rules alone.
    fn general(text: &str) -> Vec<String> {
        text.split_whitespace()
            .flat_map(UnicodeSegmentation::unicode_words)
            .map(|word| word.nfc().flat_map(char::to_lowercase).nfc().collect())
            .collect()
    }

    fn special(text: &str) -> Vec<String> {
        words(text).map(Cow::into_owned).collect()
    }

    #[test]
    fn words_lie_between_marks_and_blanks() {
        assert_eq!(special("“कॉल सेंटर” (Call-Centre) क्या है?"), ["कॉल", "सेंटर", "call", "centre", "क्या", "है"]);
        assert_eq!(
            special("agent’s 3.14 a_b ग्राहक।अगला पढ\u{93c}ें"),
            ["agent’s", "3.14", "a_b", "ग्राहक", "अगला", "पढ\u{93c}ें"]
        );
        // Here NFC makes one character of two, and two of one.
        assert_eq!(special("न\u{93c} \u{958}"), ["\u{929}", "\u{915}\u{93c}"]);
        assert_eq!(fold(&"वे हमें फ़ोन करते हैं।".into()), fold(&"वे हमें फ़ोन करते हैं".into()));
        assert_ne!(fold(&"✓".into()), fold(&"✗".into()));
    }

    proptest! {
        #[test]
        fn the_table_agrees_with_the_general_rules(
            text in "([a-zA-Z0-9 .,'’_:;()\u{200d}-]|[\u{900}-\u{d7f}]|[क-हा-़्।०-९]|[কোৗ]|[éÉİßσΣ漢あ\u{300}]){0,24}"
        ) {
            prop_assert_eq!(special(&text), general(&text));
            prop_assert_eq!(nfc(&text).into_owned(), text.nfc().collect::<String>());
        }
    }
}
