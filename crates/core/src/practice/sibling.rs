//! Wrong answers to choose among: terms of the same list that can't be right too.

use std::collections::BTreeSet;

use super::seed::{Seeded, rank};
use crate::word::{distinct, overlap};
use crate::{Choice, Entry, Id, Text};

/// How many wrong answers are drawn for a choice.
const DISTRACTORS: usize = 3;

/// How many entries are looked at for them, so that a list of equal entries costs no more than another.
const LOOKED_AT: usize = 64;

/// The entries of a list on a ring, each at the rank of its id: an item draws those that follow its own rank. So one entry
/// more or less changes few draws, and no draw looks at the whole list.
pub(super) struct Siblings<'a> {
    entries: &'a [Entry],
    /// The words of each entry's term and description.
    words: &'a [(String, String)],
    /// The words of each description, each once.
    meanings: Vec<BTreeSet<&'a str>>,
    /// Ranks with the entries they belong to, ascending.
    ring: Vec<(u64, usize)>,
}

impl<'a> Siblings<'a> {
    /// `words` are those of each entry's term and description, [folded](crate::word::fold).
    pub(super) fn of(entries: &'a [Entry], words: &'a [(String, String)]) -> Self {
        let meanings = words.iter().map(|(_, description)| distinct(description)).collect();
        let mut ring: Vec<(u64, usize)> =
            entries.iter().enumerate().map(|(index, entry)| (rank("", entry.id.as_str()), index)).collect();
        ring.sort_unstable();
        Siblings { entries, words, meanings, ring }
    }

    /// The entry among others that are called something else and mean something else, no part of one meaning being the
    /// whole of the other, in an order drawn by the item's id; none where fewer than two others can be found.
    pub(super) fn choices(&self, index: usize, item: &Id) -> Option<Vec<Choice>> {
        let term = &self.words[index].0;
        let start = self.ring.partition_point(|(place, _)| *place < rank(item.as_str(), ""));
        let mut seen = vec![term];
        let mut others = Vec::new();
        for step in 0..self.ring.len().min(LOOKED_AT) {
            let (_, at) = self.ring[(start + step) % self.ring.len()];
            let other = &self.words[at].0;
            let apart = || !overlap(&self.meanings[at], &self.meanings[index]);
            if at != index && !seen.contains(&other) && !other.is_empty() && apart() {
                seen.push(other);
                others.push(at);
            }
            if others.len() == DISTRACTORS {
                break;
            }
        }
        if others.len() < 2 {
            return None;
        }
        let choice = |at: usize| -> Text { self.entries[at].term.clone() };
        let mut choices: Vec<Choice> =
            others.into_iter().map(|at| Choice { text: choice(at), ..Choice::default() }).collect();
        choices.push(Choice { text: choice(index), correct: true, ..Choice::default() });
        Seeded::of(item.as_str()).shuffle(&mut choices);
        Some(choices)
    }
}
