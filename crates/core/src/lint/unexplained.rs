//! Terms that are used and never explained.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::{Learnt, Lint};
use crate::practice::words;
use crate::{Block, Code, Diagnostic, Id, Link, Run, Span, Text};

/// The shortest and the longest abbreviation, in letters.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=8;

/// Abbreviations in capitals that stand in the text and in no term, full form or bracket after their words; and links to
/// things that are not there.
pub(super) fn abbreviations(lint: &mut Lint<'_>, learnt: &[Learnt<'_>]) {
    let mut explained: BTreeSet<String> = learnt.iter().flat_map(|this| words(&this.term.to_plain())).collect();
    let mut used: BTreeMap<String, Span> = BTreeMap::new();
    let mut dangling = Vec::new();
    lint.material.walk_blocks(&mut |block, _| {
        if let Block::Definition(definition) = block {
            explained.extend(definition.full_form.iter().flat_map(|full| words(&full.to_plain())));
        }
        each_text(block, &mut |text| {
            let plain = text.to_plain();
            for (at, word) in plain.unicode_word_indices() {
                if is_abbreviation(word) {
                    // `Business Process Outsourcing (BPO)` explains it where it stands.
                    if plain[..at].ends_with(['(', '（']) && plain[at + word.len()..].starts_with([')', '）']) {
                        explained.insert(word.to_lowercase());
                    }
                    used.entry(word.to_owned()).or_insert_with(|| block.span());
                }
            }
            text.walk(&mut |run| {
                if let Run::Link(Link { target, .. }) = run
                    && let Some(id) = target.strip_prefix('#').filter(|id| !id.is_empty())
                {
                    dangling.push((id.to_owned(), block.span()));
                }
            });
        });
    });
    for (word, span) in used {
        if !explained.contains(&word.to_lowercase()) && !lint.material.practice.allow.contains(&Code::Unexplained) {
            let message = format!("`{word}` is used and never explained");
            lint.found.push(
                Diagnostic::new(Code::Unexplained, span, message)
                    .with_hint("define it, or write its words before it, as in `words (ABC)`"),
            );
        }
    }
    let mut known: BTreeSet<&str> = lint.spans.keys().map(Id::as_str).collect();
    lint.material.walk_sections(&mut |section, _| _ = known.insert(section.id.as_str()));
    let dangling: Vec<_> = dangling.into_iter().filter(|(id, _)| !known.contains(id.as_str())).collect();
    for (id, span) in dangling {
        let message = format!("the link leads to `#{id}`, which is not in the material");
        lint.found.push(
            Diagnostic::new(Code::Unexplained, span, message)
                .with_hint("write what it leads to, or take the link away"),
        );
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
