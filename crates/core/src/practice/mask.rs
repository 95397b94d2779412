//! Hiding a term in its own meaning, so that the meaning can be asked without giving the term away.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation;

use super::stem::{stem, stems};
use crate::{Gap, Link, Run, Tagged, Text};

/// What stands in place of a hidden word.
pub(super) const BLANK: &str = "____";

/// `text` with every whole-word occurrence of `term` blanked.
///
/// Words are those of UAX #29, compared by their [stems](stem()) in NFC and lower case; an occurrence is looked for within one
/// run, since a term that changes its marks half-way is not met in practice. `CAT` is hidden in `two cats`, not in
/// `category`.
pub(super) fn mask(text: &Text, term: &str) -> Text {
    mask_stems(text, &stems(term))
}

fn fold(word: &str) -> String {
    // Most words of Indian languages are in NFC and have no case, which is told much faster than they are made so.
    if is_nfc_quick(word.chars()) == IsNormalized::Yes && !word.chars().any(|c| c.is_uppercase()) {
        return word.to_owned();
    }
    word.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// The words of a text (UAX #29) in NFC and lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.unicode_words().map(fold).collect()
}

/// `text` with every occurrence of the words that have these stems blanked.
pub(super) fn mask_stems(text: &Text, words: &[String]) -> Text {
    text.runs()
        .iter()
        .map(|run| match run {
            Run::Plain(s) => Run::Plain(mask_words(s, words)),
            Run::Code(s) => Run::Code(mask_words(s, words)),
            Run::Math(s) => Run::Math(s.clone()),
            Run::Break => Run::Break,
            Run::Strong(inner) => Run::Strong(mask_stems(inner, words)),
            Run::Emphasis(inner) => Run::Emphasis(mask_stems(inner, words)),
            Run::Link(link) => Run::Link(Link { text: mask_stems(&link.text, words), target: link.target.clone() }),
            Run::Gap(gap) => Run::Gap(Gap { text: mask_stems(&gap.text, words), ..gap.clone() }),
            Run::Language(tagged) => {
                Run::Language(Tagged { text: mask_stems(&tagged.text, words), language: tagged.language.clone() })
            }
        })
        .collect()
}

fn mask_words(text: &str, term: &[String]) -> String {
    if term.is_empty() {
        return text.to_owned();
    }
    let places: Vec<(usize, &str)> = text.unicode_word_indices().collect();
    let folded: Vec<String> = places.iter().map(|(_, word)| stem(&fold(word)).to_owned()).collect();
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut i = 0;
    while i < folded.len() {
        if folded[i..].starts_with(term) {
            let (last, word) = places[i + term.len() - 1];
            out.push_str(&text[copied..places[i].0]);
            out.push_str(BLANK);
            copied = last + word.len();
            i += term.len();
        } else {
            i += 1;
        }
    }
    out.push_str(&text[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str, term: &str) -> String {
        mask(&text.into(), term).to_plain()
    }

    #[test]
    fn whole_words_are_hidden() {
        assert_eq!(masked("A cat is a Cat, not a category.", "cat"), "A ____ is a ____, not a category.");
        assert_eq!(masked("कॉल सेंटर वह है जहाँ कॉल आती है।", "कॉल सेंटर"), "____ वह है जहाँ कॉल आती है।");
        assert_eq!(masked("दो भाषाओं में, नई भाषाएँ", "भाषा"), "दो ____ में, नई ____");
        assert_eq!(masked("कॉल सेंटरों का काम", "कॉल सेंटर"), "____ का काम");
        assert_eq!(masked("कॉल, सेंटर", "कॉल सेंटर"), "____");
        assert_eq!(masked("कमल", "कम"), "कमल");
    }

    #[test]
    fn marks_stay_around_what_is_hidden() {
        let text: Text = [Run::Strong("BPO".into()), Run::Plain(" काम".into())].into_iter().collect();
        assert_eq!(mask(&text, "bpo").runs()[0], Run::Strong(BLANK.into()));
        assert_eq!(mask(&text, "?"), text);
    }
}
