//! Terms that are used and never explained.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::{Learnt, Lint};
use crate::word::words;
use crate::{Block, Code, Definition, Id, Link, Run, Span, Text, phrase};

/// The shortest and the longest abbreviation, in letters.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=8;

/// Abbreviations in capitals that stand in the text and in no term, full form or bracket after their words; and links to
/// things that are not there.
pub(super) fn abbreviations(lint: &mut Lint<'_>, learnt: &[Learnt<'_>]) {
    let mut explained = BTreeSet::new();
    let mut explain = |text: &Text| explained.extend(words(&text.to_plain()).map(Cow::into_owned));
    learnt.iter().for_each(|this| explain(this.term));
    let mut used: BTreeMap<String, (Span, &Id)> = BTreeMap::new();
    let mut dangling = Vec::new();
    lint.material.walk_blocks(&mut |block, section| {
        if let Block::Definition(Definition { full_form: Some(full), .. }) = block {
            explained.extend(words(&full.to_plain()).map(Cow::into_owned));
        }
        let within = block.id().unwrap_or(&section.id);
        block.texts(&mut |text, span| {
            let plain = text.plain_words();
            let capitals = |pair: &[u8]| pair.iter().all(u8::is_ascii_uppercase);
            // Most texts have no two capitals in a row, which is told faster than their words are.
            let text_words = plain.as_bytes().windows(2).any(capitals).then(|| plain.unicode_word_indices());
            for (at, word) in text_words.into_iter().flatten() {
                if is_abbreviation(word) {
                    // `Business Process Outsourcing (BPO)` explains it where it stands.
                    if plain[..at].ends_with(['(', '（']) && plain[at + word.len()..].starts_with([')', '）']) {
                        explained.insert(word.to_lowercase());
                    }
                    used.entry(word.to_owned()).or_insert_with(|| (span, within));
                }
            }
            text.walk(&mut |run| {
                if let Run::Link(Link { target, .. }) = run
                    && let Some(id) = target.strip_prefix('#').filter(|id| !id.is_empty())
                {
                    dangling.push((id, span, within));
                }
            });
        });
    });
    for (word, (span, section)) in used {
        if !explained.contains(&word.to_lowercase()) {
            let message = phrase!("`{$word}` is used and never explained", word);
            let hint = "define it, or write its words before it, as in `words (ABC)`";
            lint.advise_at(Code::Unexplained, section, span, message, hint);
        }
    }
    for (id, span, section) in dangling {
        if !lint.places.has(id) {
            let message = phrase!("the link leads to `#{$id}`, which is not in the material", id);
            let hint = "write what it leads to, or take the link away";
            lint.advise_at(Code::Unexplained, section, span, message, hint);
        }
    }
}

fn is_abbreviation(word: &str) -> bool {
    LENGTH.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()) && !is_roman(word)
}

/// `II`, `XIV`: numbers, not abbreviations.
fn is_roman(word: &str) -> bool {
    word.bytes().all(|b| b"IVXLC".contains(&b))
}
