//! Pairs: which parts of two editions say the same.

use std::collections::BTreeMap;

/// How far ahead the block is sought that a block of the other edition pairs with.
const AHEAD: usize = 64;

/// Two things that say the same, or one that has no counterpart.
pub(super) type Paired<'x, T> = (Option<&'x T>, Option<&'x T>);

/// Pairs what says the same: things of the same id, and between them those alike, in their order. What has no counterpart
/// stands alone, where it would be.
pub(super) fn pairs<'x, T, K: Ord>(
    first: &'x [T],
    second: &'x [T],
    id: impl Fn(&'x T) -> Option<K>,
    like: impl Fn(&T, &T) -> bool,
) -> Vec<Paired<'x, T>> {
    let places: BTreeMap<K, usize> = second.iter().enumerate().filter_map(|(at, b)| Some((id(b)?, at))).collect();
    let mut out = Vec::with_capacity(first.len().max(second.len()));
    let (mut i, mut j) = (0, 0);
    for (at, a) in first.iter().enumerate() {
        // In another order than the first's, things of one id are not paired.
        let Some(other) = id(a).and_then(|id| places.get(&id).copied()).filter(|other| *other >= j) else { continue };
        pair_alike(&first[i..at], &second[j..other], &like, &mut out);
        out.push((Some(a), second.get(other)));
        (i, j) = (at + 1, other + 1);
    }
    pair_alike(&first[i..], &second[j..], &like, &mut out);
    out
}

/// Pairs what is alike, in its order.
fn pair_alike<'x, T>(first: &'x [T], second: &'x [T], like: &impl Fn(&T, &T) -> bool, out: &mut Vec<Paired<'x, T>>) {
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (first.get(i), second.get(j)) {
        if like(a, b) {
            out.push((Some(a), Some(b)));
            (i, j) = (i + 1, j + 1);
            continue;
        }
        // The nearest two that pair: what lies before them is alone.
        let nearest = (1..=AHEAD).find_map(|away| {
            let mut skipped = (0..=away).map(|of_first| (of_first, away - of_first));
            skipped.find(|(x, y)| first.get(i + x).zip(second.get(j + y)).is_some_and(|(a, b)| like(a, b)))
        });
        let (x, y) = nearest.unwrap_or((1, 1));
        out.extend(first[i..i + x].iter().map(|a| (Some(a), None)));
        out.extend(second[j..j + y].iter().map(|b| (None, Some(b))));
        (i, j) = (i + x, j + y);
    }
    out.extend(first[i..].iter().map(|a| (Some(a), None)));
    out.extend(second[j..].iter().map(|b| (None, Some(b))));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(first: &str, second: &str) -> String {
        let (first, second): (Vec<char>, Vec<char>) = (first.chars().collect(), second.chars().collect());
        // Capital letters have ids; the small ones after each other are alike.
        let id = |letter: &char| letter.is_uppercase().then_some(*letter);
        let like = |a: &char, b: &char| a.is_lowercase() && a == b;
        let name = |side: Option<&char>| side.copied().unwrap_or('-');
        let pairs = pairs(&first, &second, id, like);
        pairs.into_iter().map(|(a, b)| format!("{}{} ", name(a), name(b))).collect::<String>().trim().to_owned()
    }

    #[test]
    fn what_says_the_same_is_paired() {
        assert_eq!(paired("pAp", "pAp"), "pp AA pp");
        assert_eq!(paired("pAqp", "Ap"), "p- AA q- pp");
        assert_eq!(paired("pB", "pABq"), "pp -A BB -q");
        assert_eq!(paired("", "pq"), "-p -q");
        assert_eq!(paired("p", "q"), "p- -q");
        assert_eq!(paired("AB", "BA"), "-B AA B-");
    }
}
