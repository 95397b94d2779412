//! Hiding a term in its own meaning, so that the meaning can be asked without giving the term away.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::stem::{stem, stems};
use crate::word::{fold_word, words as words_of};
use crate::{Run, Spelled, Text};

/// What stands in place of a hidden word.
pub(super) const BLANK: &str = "____";

/// `text`, whose [words](crate::word::fold) are `words` or some of them, with every whole-word occurrence of `term` blanked.
///
/// Words are those of UAX #29, compared by their [stems](stem()) in NFC and lower case, whatever marks they carry. `CAT` is
/// hidden in `two cats`, not in `category`.
pub(super) fn mask(text: Text, words: &str, term: &str) -> Text {
    // A stem begins a word, so a text that does not hold its letters does not hold the word.
    let may_hold = words_of(term).next().is_some_and(|word| words.contains(stem(&word)));
    if may_hold { mask_stems(&text, &stems(term)) } else { text }
}

/// `text` with every occurrence of the words that have these stems blanked. Formulas stay whole.
fn mask_stems(text: &Text, words: &[String]) -> Text {
    let hidden = occurrences(&text.to_plain(), words);
    if hidden.is_empty() { text.clone() } else { Masker { hidden: &hidden, at: 0 }.text(text, None) }
}

/// Where words with these stems stand, one after another, in bytes.
fn occurrences(text: &str, stems: &[String]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if stems.is_empty() {
        return found;
    }
    let places: Vec<(usize, &str)> = text.unicode_word_indices().collect();
    let folded: Vec<String> = places.iter().map(|(_, word)| stem(&fold_word(word)).to_owned()).collect();
    let mut i = 0;
    while i < folded.len() {
        if folded[i..].starts_with(stems) {
            let (last, word) = places[i + stems.len() - 1];
            found.push(places[i].0..last + word.len());
            i += stems.len();
        } else {
            i += 1;
        }
    }
    found
}

/// Copies a text without what is hidden. An occurrence may go over several runs: the blank stands in the first.
struct Masker<'a> {
    /// Ranges of the plain text, ascending.
    hidden: &'a [Range<usize>],
    /// How much of the plain text was passed.
    at: usize,
}

impl Masker<'_> {
    fn text(&mut self, text: &Text, next: Option<char>) -> Text {
        text.spelled(next)
            .map(|Spelled { run, open, close, next, .. }| {
                self.at += open.len();
                let run = match run {
                    Run::Plain(s) => Run::Plain(self.words(s)),
                    Run::Code(s) => Run::Code(self.words(s)),
                    Run::Math(s) => {
                        self.at += s.len();
                        Run::Math(s.clone())
                    }
                    Run::Break => {
                        self.at += 1;
                        Run::Break
                    }
                    run => run.map_inner(|inner| self.text(inner, next)),
                };
                self.at += close.len();
                run
            })
            .collect()
    }

    fn words(&mut self, words: &str) -> String {
        let start = self.at;
        self.at += words.len();
        let mut out = String::with_capacity(words.len());
        let mut copied = start;
        let passed = self.hidden.partition_point(|range| range.end <= start);
        for range in self.hidden[passed..].iter().take_while(|range| range.start < self.at) {
            if range.start >= start {
                out.push_str(&words[copied - start..range.start - start]);
                out.push_str(BLANK);
            }
            copied = range.end.min(self.at);
        }
        out.push_str(&words[copied - start..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::fold;

    fn hidden(text: &Text, term: &str) -> Text {
        mask(text.clone(), &fold(text), term)
    }

    fn masked(text: &str, term: &str) -> String {
        hidden(&text.into(), term).to_plain()
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
        assert_eq!(hidden(&text, "bpo").runs()[0], Run::Strong(BLANK.into()));
        assert_eq!(hidden(&text, "?"), text);
        let text: Text = [Run::Plain("यह ".into()), Run::Strong("कॉल".into()), Run::Plain(" सेंटर है, कॉल सेंटर".into())]
            .into_iter()
            .collect();
        let masked = hidden(&text, "कॉल सेंटर");
        assert_eq!(masked.to_plain(), "यह ____ है, ____");
        assert_eq!(masked.runs()[1], Run::Strong(BLANK.into()));
    }
}
