//! Terms and meanings that a learner will confuse.
//!
//! Two texts are near-equal where one becomes the other by changing, adding or dropping one unit: a grapheme of a term, a
//! word of a meaning. Both then share a text with one unit dropped, so near-equal ones are found by looking up dropped
//! texts in a table instead of comparing each with each (the deletion neighbourhood of Mor and Fraenkel, 1982).

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::{Learnt, Lint};
use crate::word::fold;
use crate::{Code, phrase};

/// Terms shorter than this, in graphemes, differ by one as a matter of course.
const SHORTEST_TERM: usize = 5;

/// Meanings shorter than this, in words, differ by one as a matter of course.
const SHORTEST_MEANING: usize = 5;

/// Texts longer than this, in units, are compared only for being equal: one unit among so many is not what tells them
/// apart, and the table stays linear in the source.
const LONGEST: usize = 60;

pub(super) fn terms(lint: &mut Lint<'_>, learnt: &[Learnt<'_>]) {
    let texts: Vec<String> = learnt.iter().map(|this| fold(this.term)).collect();
    let units: Vec<Vec<&str>> = texts.iter().map(|text| text.graphemes(true).collect()).collect();
    for (a, b) in near_equal(&units, SHORTEST_TERM) {
        // Terms that differ in a number alone are a series, not a slip.
        if digits_apart(&units[a], &units[b]) {
            continue;
        }
        let message = phrase!(
            "`{$term}` and `{$other}` are easily confused",
            term = learnt[a].term.to_plain(),
            other = learnt[b].term.to_plain()
        );
        lint.advise(
            Code::ConfusableTerms,
            learnt[b].id,
            message,
            "add a word that tells them apart, or a note that sets them side by side",
        );
    }
}

pub(super) fn meanings(lint: &mut Lint<'_>, learnt: &[Learnt<'_>]) {
    let units: Vec<Vec<&str>> = learnt.iter().map(|this| this.meaning.split(' ').collect()).collect();
    for (a, b) in near_equal(&units, SHORTEST_MEANING) {
        let message = phrase!(
            "what is said of `{$term}` and of `{$other}` differs in one word",
            term = learnt[a].term.to_plain(),
            other = learnt[b].term.to_plain()
        );
        lint.advise(Code::ConfusableMeanings, learnt[b].id, message, "say what sets each apart");
    }
}

fn digits_apart(a: &[&str], b: &[&str]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(x, y)| x == y || [x, y].iter().all(|unit| unit.chars().all(char::is_numeric)))
}

/// Pairs of unequal texts, of `shortest` units at least, that are one change apart: each text with the first that it is
/// near to.
fn near_equal(texts: &[Vec<&str>], shortest: usize) -> Vec<(usize, usize)> {
    // A dropped text to the first text that it came from and that text's length.
    let mut table: HashMap<u64, usize> = HashMap::new();
    let mut pairs = Vec::new();
    for (index, units) in texts.iter().enumerate() {
        if units.len() < shortest || units.len() > LONGEST {
            continue;
        }
        let keys = neighbourhood(units);
        let near = keys
            .iter()
            .filter_map(|key| table.get(key).copied())
            .filter(|&other| texts[other] != *units && one_apart(&texts[other], units))
            .min();
        if let Some(other) = near {
            pairs.push((other, index));
        }
        for key in keys {
            table.entry(key).or_insert(index);
        }
    }
    pairs
}

/// Digests of the text itself and of each text with one unit dropped, from the digests of its beginnings and ends.
fn neighbourhood(units: &[&str]) -> Vec<u64> {
    const BASE: u64 = 0x0100_0000_01b3;
    let digest =
        |unit: &str| unit.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(BASE));
    let digests: Vec<u64> = units.iter().map(|unit| digest(unit)).collect();
    // A polynomial digest: each unit's counts by its distance from the end.
    let mut ends = vec![(0_u64, 1_u64)];
    for d in digests.iter().rev() {
        let (sum, power) = ends[ends.len() - 1];
        ends.push((sum.wrapping_add(d.wrapping_mul(power)), power.wrapping_mul(BASE)));
    }
    let mut beginning = 0_u64;
    let mut keys = vec![ends[units.len()].0];
    for (index, d) in digests.iter().enumerate() {
        let (end, power) = ends[units.len() - index - 1];
        keys.push(beginning.wrapping_mul(power).wrapping_add(end));
        beginning = beginning.wrapping_mul(BASE).wrapping_add(*d);
    }
    keys
}

/// Whether one changed, added or dropped unit makes one text of the other.
fn one_apart(a: &[&str], b: &[&str]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    match long.len() - short.len() {
        0 => short[(same + 1).min(short.len())..] == long[(same + 1).min(long.len())..],
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(texts: &[&str]) -> Vec<(usize, usize)> {
        let units: Vec<Vec<&str>> = texts.iter().map(|text| text.graphemes(true).collect()).collect();
        near_equal(&units, 3)
    }

    #[test]
    fn one_change_is_near_and_two_are_not() {
        assert_eq!(near(&["abcde", "abxde"]), [(0, 1)]);
        assert_eq!(near(&["abcde", "abde"]), [(0, 1)]);
        assert_eq!(near(&["abcde", "abcdef"]), [(0, 1)]);
        assert_eq!(near(&["abcde", "axcxe"]), []);
        assert_eq!(near(&["abcde", "abcde"]), []);
        assert_eq!(near(&["संवेदना", "संवेदन"]), [(0, 1)]);
    }
}
