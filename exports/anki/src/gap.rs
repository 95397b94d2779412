//! The numbers of gaps, which are the cards of a sentence.
//!
//! A learner's reviews hang on the number of a gap. An author who writes no numbers and puts in a gap before the others
//! must not shift them: with a lock, a gap keeps the number that its words had, and a new one gets a number that no gap of the sentence ever had.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{Gap, Text};

use crate::guid::{digest, hex};
use crate::lock::{Locked, LockedGap};

/// Gaps with their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbered {
    /// The number of each gap, in reading order.
    pub numbers: Vec<u16>,
    /// Every number that the sentence has or had.
    pub gaps: BTreeMap<u16, LockedGap>,
    /// The numbers that were there in the last build and are not now.
    pub lost: BTreeSet<u16>,
}

/// Numbers the gaps of a sentence.
///
/// A number the author wrote stands. Of the rest, gaps whose words the lock knows keep their number; then, where between two
/// kept gaps as many are unknown as numbers of the last build are free, they take those in order (their words were
/// mended); others get numbers never used.
pub(crate) fn number(text: &Text, locked: Option<&Locked>) -> Numbered {
    let gaps = text.gaps();
    let known = locked.map(|locked| &locked.gaps).filter(|known| !known.is_empty());
    let numbers = match known {
        None => gaps.iter().map(|(number, _)| *number).collect(),
        Some(known) => keep(&gaps, known),
    };
    let mut all: BTreeMap<u16, LockedGap> = BTreeMap::new();
    for (number, words) in known.into_iter().flatten() {
        all.insert(*number, LockedGap { words: words.words.clone(), live: false });
    }
    let mut joined: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for (number, (_, gap)) in numbers.iter().zip(&gaps) {
        joined.entry(*number).or_default().push(gap.text.to_plain());
    }
    for (number, words) in joined {
        all.insert(number, LockedGap { words: words_digest(&words), live: true });
    }
    let lost = known.into_iter().flatten().filter(|(number, gap)| gap.live && !all[number].live).map(|(n, _)| *n);
    Numbered { lost: lost.collect(), numbers, gaps: all }
}

/// Eight digits that tell the words of a sentence's gaps apart.
fn words_digest(words: &[String]) -> String {
    let parts: Vec<&str> = words.iter().map(String::as_str).collect();
    hex(&digest(&parts), 8)
}

fn keep(gaps: &[(u16, &Gap)], known: &BTreeMap<u16, LockedGap>) -> Vec<u16> {
    let mut numbers: Vec<Option<u16>> = gaps.iter().map(|(_, gap)| gap.number).collect();
    let written: BTreeSet<u16> = numbers.iter().flatten().copied().collect();
    let mut free: BTreeMap<u16, &LockedGap> =
        known.iter().filter(|(number, _)| !written.contains(number)).map(|(number, gap)| (*number, gap)).collect();
    // Words known before, those of the last build first.
    for live in [true, false] {
        for (number, (_, gap)) in numbers.iter_mut().zip(gaps) {
            if number.is_none() {
                let words = words_digest(&[gap.text.to_plain()]);
                let found = free.iter().find(|(_, locked)| locked.live == live && locked.words == words);
                if let Some(found) = found.map(|(number, _)| *number) {
                    free.remove(&found);
                    *number = Some(found);
                }
            }
        }
    }
    mend(&mut numbers, free);
    let mut next = known.keys().chain(&written).max().copied().unwrap_or(0);
    numbers
        .into_iter()
        .map(|number| {
            number.unwrap_or_else(|| {
                next = next.saturating_add(1);
                next
            })
        })
        .collect()
}

/// Gives to runs of unknown gaps the numbers free between their neighbours', where there are as many.
fn mend(numbers: &mut [Option<u16>], mut free: BTreeMap<u16, &LockedGap>) {
    let mut start = 0;
    while start < numbers.len() {
        if numbers[start].is_some() {
            start += 1;
            continue;
        }
        let end = numbers[start..].iter().position(Option::is_some).map_or(numbers.len(), |length| start + length);
        let below = if start == 0 { 0 } else { numbers[start - 1].unwrap_or(0) };
        let above = numbers.get(end).copied().flatten().unwrap_or(u16::MAX);
        if below < above {
            let between = free.iter().filter(|(number, gap)| gap.live && **number > below && **number < above);
            let between: Vec<u16> = between.map(|(number, _)| *number).collect();
            if between.len() == end - start {
                for (number, found) in numbers[start..end].iter_mut().zip(between) {
                    free.remove(&found);
                    *number = Some(found);
                }
            }
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use patra_core::Run;
    use proptest::prelude::*;

    use super::*;

    fn sentence(gaps: &[&str]) -> Text {
        let gap = |words: &&str| Run::Gap(Gap { text: (*words).into(), number: None, hint: None });
        gaps.iter().flat_map(|words| [gap(words), Run::Plain(" ".into())]).collect()
    }

    fn locked(numbered: Numbered) -> Locked {
        Locked {
            guid: "g".into(),
            content: 0,
            tags: 0,
            modified: 0,
            retired: false,
            gaps: numbered.gaps,
            subdeck: String::new(),
            label: String::new(),
        }
    }

    /// The numbers after each of several builds of a sentence.
    fn builds(sentences: &[&[&str]]) -> Vec<Vec<u16>> {
        let mut lock = None;
        let build = |gaps: &&[&str]| {
            let numbered = number(&sentence(gaps), lock.as_ref());
            let numbers = numbered.numbers.clone();
            lock = Some(locked(numbered));
            numbers
        };
        sentences.iter().map(build).collect()
    }

    #[test]
    fn a_gap_put_in_before_others_shifts_none() {
        assert_eq!(builds(&[&["क", "ख"], &["नया", "क", "ख"]]), [vec![1, 2], vec![3, 1, 2]]);
        assert_eq!(builds(&[&["क", "ख"], &["ख", "क"]]), [vec![1, 2], vec![2, 1]]);
    }

    #[test]
    fn a_mended_gap_keeps_its_number() {
        assert_eq!(builds(&[&["क", "ख", "ग"], &["क", "खख", "ग"]]), [vec![1, 2, 3], vec![1, 2, 3]]);
        assert_eq!(builds(&[&["क"], &["ख"]]), [vec![1], vec![1]]);
    }

    #[test]
    fn a_number_is_not_given_out_twice_and_comes_back_with_its_words() {
        let after = builds(&[&["क", "ख"], &["क"], &["क", "ग"], &["क", "ग", "ख"]]);
        assert_eq!(after, [vec![1, 2], vec![1], vec![1, 3], vec![1, 3, 2]]);
    }

    #[test]
    fn a_written_number_stands() {
        let first = number(&sentence(&["क", "ख"]), None);
        let mut text = sentence(&["ग"]);
        text.push(Run::Gap(Gap { text: "घ".into(), number: Some(2), hint: None }));
        let second = number(&text, Some(&locked(first)));
        assert_eq!(second.numbers, [1, 2]);
        assert!(second.lost.is_empty());
    }

    #[test]
    fn what_is_lost_is_told_once() {
        let first = number(&sentence(&["क", "ख"]), None);
        let second = number(&sentence(&["क"]), Some(&locked(first)));
        assert_eq!(second.lost, BTreeSet::from([2]));
        let third = number(&sentence(&["क"]), Some(&locked(second)));
        assert!(third.lost.is_empty());
    }

    proptest! {
        /// Words that stay keep their number, and no number changes hands but to words that replace others in place.
        #[test]
        fn reviews_stay_with_their_words(
            before in proptest::collection::btree_set("[a-f]", 1..6),
            after in proptest::sample::subsequence(vec!["a", "b", "c", "d", "e", "f", "g", "h"], 1..8).prop_shuffle(),
        ) {
            let before: Vec<&str> = before.iter().map(String::as_str).collect();
            let [old, new] = &builds(&[&before, &after])[..] else { unreachable!() };
            let old: BTreeMap<&str, u16> = before.iter().copied().zip(old.iter().copied()).collect();
            for (words, number) in after.iter().zip(new) {
                if let Some(had) = old.get(words) {
                    prop_assert_eq!(had, number);
                }
            }
            prop_assert_eq!(new.iter().collect::<BTreeSet<_>>().len(), new.len());
        }
    }
}
