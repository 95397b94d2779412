//! Things that seem to have been renamed: gone under one id, and new under another.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use patra_core::{Code, Diagnostic, Id, Kind, Span, phrase};

/// Something that is gone and something new that seems to be the same under another name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rename {
    /// The id under which learners have it.
    pub old: Id,
    /// The id under which it is new.
    pub new: Id,
    /// Where the new one stands in the source.
    pub span: Span,
}

impl Rename {
    /// The offer, as a warning.
    pub(crate) fn offer(&self) -> Diagnostic {
        let message = phrase!(
            "`{$new}` seems to be `{$old}` under another name; learners would get it as new, and its old cards retired",
            new = self.new,
            old = self.old
        );
        let hint = phrase!(
            "if it is the same, write `{#{$old}}` after it, or have `patra ids --write --renamed` do so; if not, let it be",
            old = self.old
        );
        Diagnostic::new(Code::ItemRenamed, self.span, message).with_hint(hint)
    }
}

/// How much of two names has to be the same, of 100 parts, for one to be taken for the other.
const ALIKE: usize = 60;

/// The shortest name, in characters, that is compared with others, and the longest.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=80;

/// More pairs of names than this are not compared: who replaces so much at once does not rename.
const MOST_PAIRS: usize = 100_000;

/// The notes of one thing: what each asks, by its kind.
#[derive(Default)]
struct Thing<'a> {
    asks: BTreeMap<&'a str, &'a str>,
    span: Span,
}

/// The things of a lock's items that are gone, each with the new one that it became. An item comes with what it asks, and a new
/// one with its place. `kept` are the items that are both in the lock and in the deck.
///
/// Two things are taken for one where they are asked in the same ways, and one question of them, which does not hold the name,
/// is the same; or their names are alike, but for more than a number. Each has to be like no other as much.
pub(crate) fn renames<'a>(
    gone: impl IntoIterator<Item = (&'a Id, &'a str)>,
    new: impl IntoIterator<Item = (&'a Id, &'a str, Span)>,
    kept: impl IntoIterator<Item = &'a Id>,
) -> Vec<Rename> {
    let kept: BTreeSet<&str> = kept.into_iter().map(|item| parts(item).0).collect();
    let gone = things(gone.into_iter().map(|(item, asks)| (item, asks, Span::NONE)), &kept);
    let new = things(new, &kept);
    let mut by_question: HashMap<(&str, &str), Vec<&str>> = HashMap::new();
    for (name, thing) in &new {
        thing.asks.iter().for_each(|(kind, asks)| by_question.entry((kind, asks)).or_default().push(name));
    }
    let compared = gone.len().saturating_mul(new.len()) <= MOST_PAIRS;
    // For each of the gone ones those it is like, and how much.
    let mut likes: Vec<(usize, &str, &str)> = Vec::new();
    for (old, was) in &gone {
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        for (kind, asks) in &was.asks {
            for name in by_question.get(&(*kind, *asks)).into_iter().flatten() {
                found.insert(name, 200);
            }
        }
        if compared {
            for name in new.keys() {
                let alike = likeness(old, name);
                if alike >= ALIKE {
                    *found.entry(name).or_default() += alike;
                }
            }
        }
        let same_ways = |name: &&str| new[name].asks.keys().eq(was.asks.keys());
        likes.extend(found.into_iter().filter(|(name, _)| same_ways(name)).map(|(name, alike)| (alike, *old, name)));
    }
    let best = |this: &(usize, &str, &str)| {
        likes.iter().filter(|other| *other != this).all(|other| {
            let rival = other.1 == this.1 || other.2 == this.2;
            !rival || other.0 < this.0
        })
    };
    let mut found: Vec<Rename> = likes
        .iter()
        .filter(|this| best(this))
        .filter_map(|(_, old, name)| {
            Some(Rename { old: Id::new(old).ok()?, new: Id::new(name).ok()?, span: new[name].span })
        })
        .collect();
    found.sort_by(|a, b| (a.span.start(), &a.new).cmp(&(b.span.start(), &b.new)));
    found
}

fn things<'a>(
    items: impl IntoIterator<Item = (&'a Id, &'a str, Span)>,
    kept: &BTreeSet<&str>,
) -> BTreeMap<&'a str, Thing<'a>> {
    let mut things: BTreeMap<&str, Thing<'_>> = BTreeMap::new();
    for (item, asks, span) in items {
        let (name, kind) = parts(item);
        // A thing that is still asked in another way has not been renamed.
        if !kept.contains(name) && !kind.is_empty() {
            let thing = things.entry(name).or_default();
            thing.asks.insert(kind, asks);
            thing.span = span;
        }
    }
    things
}

/// The id of what an item asks about, and in what way it asks.
fn parts(item: &Id) -> (&str, &str) {
    match item.as_str().rsplit_once('.') {
        Some((name, kind)) if kind == Kind::Gap.as_str() || kind.parse::<Kind>().is_ok() => (name, kind),
        _ => (item.as_str(), ""),
    }
}

/// How much of two names is the same, of 100 parts: what is left where as few characters as possible are changed, added or
/// dropped (Levenshtein). Nothing where they differ in numbers alone, as the parts of a series do.
fn likeness(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if !LENGTH.contains(&a.len()) || !LENGTH.contains(&b.len()) {
        return 0;
    }
    let words = |name: &[char]| name.iter().copied().filter(|c| !c.is_numeric()).collect::<String>();
    if words(&a) == words(&b) {
        return 0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    let longest = a.len().max(b.len());
    100 * (longest - row[b.len()]) / longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(gone: &[(&str, &str)], new: &[(&str, &str)], kept: &[&str]) -> Vec<(String, String)> {
        let id = |words: &str| Id::new(words).expect("an id");
        let gone: Vec<(Id, &str)> = gone.iter().map(|(item, asks)| (id(item), *asks)).collect();
        let new: Vec<(Id, &str)> = new.iter().map(|(item, asks)| (id(item), *asks)).collect();
        let kept: Vec<Id> = kept.iter().map(|item| id(item)).collect();
        renames(
            gone.iter().map(|(item, asks)| (item, *asks)),
            new.iter().map(|(item, asks)| (item, *asks, Span::NONE)),
            &kept,
        )
        .into_iter()
        .map(|rename| (rename.old.to_string(), rename.new.to_string()))
        .collect()
    }

    #[test]
    fn the_same_meaning_or_a_name_alike_is_a_rename() {
        let pair = |old: &str, new: &str| vec![(old.to_owned(), new.to_owned())];
        // The same meaning under another name altogether.
        assert_eq!(
            found(
                &[("ओस.meaning", "ओस क्या है?"), ("ओस.term", "रात की बूँदें?")],
                &[("शबनम.meaning", "शबनम क्या है?"), ("शबनम.term", "रात की बूँदें?")],
                &["जल.meaning"]
            ),
            pair("ओस", "शबनम")
        );
        // A slip mended.
        assert_eq!(found(&[("कॉल-सेन्टर.meaning", "a")], &[("कॉल-सेंटर.meaning", "b")], &[]), pair("कॉल-सेन्टर", "कॉल-सेंटर"));
    }

    #[test]
    fn what_has_nothing_in_common_is_no_rename() {
        assert_eq!(
            found(&[("नदी.meaning", "a"), ("नदी.term", "b")], &[("पर्वत.meaning", "c"), ("पर्वत.term", "d")], &[]),
            []
        );
        // One of a series, something asked in other ways, something that is still there.
        assert_eq!(found(&[("chapter-1.question", "a")], &[("chapter-2.question", "b")], &[]), []);
        assert_eq!(found(&[("call-centre.meaning", "a")], &[("call-center.choice", "b")], &[]), []);
        assert_eq!(found(&[("call-centre.meaning", "a")], &[("call-center.meaning", "b")], &["call-centre.term"]), []);
        // Two that are as like.
        let two = [("call-centre-a.meaning", "b"), ("call-centre-b.meaning", "c")];
        assert_eq!(found(&[("call-centre-x.meaning", "a")], &two, &[]), []);
    }
}
