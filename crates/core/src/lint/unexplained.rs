//! Terms that are used and never explained.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::{Learnt, Lint};
use crate::word::words;
use crate::{Block, Code, Definition, Id, Link, Run, Section, Span, Text};

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
        each_text(block, &mut |text| {
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
                    used.entry(word.to_owned()).or_insert_with(|| (block.span(), around(block, section)));
                }
            }
            text.walk(&mut |run| {
                if let Run::Link(Link { target, .. }) = run
                    && let Some(id) = target.strip_prefix('#').filter(|id| !id.is_empty())
                {
                    dangling.push((id, block.span(), around(block, section)));
                }
            });
        });
    });
    for (word, (span, section)) in used {
        if !explained.contains(&word.to_lowercase()) {
            let message = format!("`{word}` is used and never explained");
            let hint = "define it, or write its words before it, as in `words (ABC)`";
            lint.advise_at(Code::Unexplained, section, span, message, hint);
        }
    }
    for (id, span, section) in dangling {
        if !lint.places.has(id) {
            let message = format!("the link leads to `#{id}`, which is not in the material");
            let hint = "write what it leads to, or take the link away";
            lint.advise_at(Code::Unexplained, section, span, message, hint);
        }
    }
}

/// The id of a block that has one, else that of its section.
fn around<'a>(block: &'a Block, section: &'a Section) -> &'a Id {
    match block {
        Block::Definition(b) => &b.id,
        Block::Terms(b) => &b.id,
        Block::Comparison(b) => &b.id,
        Block::Question(b) => &b.id,
        Block::Cloze(b) => &b.id,
        Block::Table(_)
        | Block::List(_)
        | Block::Paragraph(_)
        | Block::Note(_)
        | Block::Quote(_)
        | Block::Code(_)
        | Block::Math(_)
        | Block::Figure(_) => &section.id,
    }
}

fn is_abbreviation(word: &str) -> bool {
    LENGTH.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()) && !is_roman(word)
}

/// `II`, `XIV`: numbers, not abbreviations.
fn is_roman(word: &str) -> bool {
    word.bytes().all(|b| b"IVXLC".contains(&b))
}

/// Every text of a block itself, without the blocks inside it.
fn each_text<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a Text)) {
    match block {
        Block::Definition(b) => [&b.term, &b.meaning].into_iter().chain(&b.full_form).for_each(visit),
        Block::Terms(b) => {
            b.entries.iter().flat_map(|entry| [&entry.term, &entry.description]).chain(&b.kind).for_each(visit)
        }
        Block::Comparison(b) => {
            b.subjects.iter().map(|subject| &subject.name).for_each(&mut *visit);
            b.aspects.iter().flat_map(|aspect| [&aspect.name].into_iter().chain(&aspect.cells)).for_each(visit);
        }
        Block::Table(b) => {
            b.columns
                .iter()
                .map(|column| &column.heading)
                .chain(b.rows.iter().flat_map(|row| &row.cells))
                .for_each(visit);
        }
        Block::List(b) => b.items.iter().map(|item| &item.text).for_each(visit),
        Block::Paragraph(b) => visit(&b.text),
        Block::Figure(b) => b.caption.iter().for_each(visit),
        Block::Question(b) => {
            [&b.prompt, &b.answer]
                .into_iter()
                .chain(b.choices.iter().map(|choice| &choice.text))
                .chain(&b.hint)
                .for_each(visit);
        }
        Block::Cloze(b) => visit(&b.text),
        Block::Note(_) | Block::Quote(_) | Block::Code(_) | Block::Math(_) => {}
    }
}
