//! The glyphs of Kruti Dev 010.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The sign of a short i, which is typed before its consonants.
pub(super) const SHORT_I: char = '\u{E000}';
/// The r above, which is typed after its syllable.
pub(super) const REPH: char = '\u{E001}';

/// What is typed, to what is drawn.
static GLYPHS: LazyLock<BTreeMap<&'static str, String>> =
    LazyLock::new(|| rows().map(|(typed, drawn, _)| (typed, drawn)).collect());

/// The rows of the data file: what is typed, what is drawn, and whether it is also written.
pub(super) fn rows() -> impl Iterator<Item = (&'static str, String, bool)> {
    include_str!("kruti-dev.tsv").lines().filter(|line| !line.starts_with("# ")).filter_map(|line| {
        let mut columns = line.split('\t');
        let (typed, drawn) = (columns.next()?, columns.next()?);
        let drawn = drawn.replace("<i>", &SHORT_I.to_string()).replace("<r>", &REPH.to_string());
        Some((typed, drawn, columns.next().is_none()))
    })
}

/// The most characters of what is typed for one glyph.
const LONGEST: usize = 4;

/// What the font draws, in the order in which it is typed.
pub(super) fn drawn(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len() * 3);
    let mut rest = typed;
    while let Some(first) = rest.chars().next() {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
        let ends: Vec<usize> = ends.collect();
        let found = ends.iter().rev().find_map(|&end| GLYPHS.get(&rest[..end]).map(|glyph| (glyph, end)));
        match found {
            Some((glyph, end)) => {
                out.push_str(glyph);
                rest = &rest[end..];
            }
            None => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    out
}
