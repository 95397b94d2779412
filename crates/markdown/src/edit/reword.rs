//! New words for a text, the marks of the words that stay kept.

use patra_core::{Gap, Run, Spelled, Text};
use unicode_segmentation::UnicodeSegmentation;

/// A stretch of the plain words, in code points, and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) with: String,
    pub(super) into: Into,
}

/// Where the words of a hunk go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Into {
    /// Into the leaf with this number, at a place in it, in code points.
    Leaf(usize, usize),
    /// Before the run with this number, of the runs that stand in no other.
    Top(usize),
}

/// A run that holds words and no runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    pub(super) start: usize,
    pub(super) end: usize,
    depth: usize,
    /// The number of the outermost run that it is in.
    top: usize,
    plain: bool,
    verbatim: bool,
}

/// The leaves of a text, in order.
pub(super) fn leaves(text: &Text) -> Vec<Leaf> {
    fn walk(text: &Text, next: Option<char>, depth: usize, top: Option<usize>, at: &mut usize, out: &mut Vec<Leaf>) {
        for (index, Spelled { run, open, close, next, .. }) in text.spelled(next).enumerate() {
            let top = top.unwrap_or(index);
            *at += open.chars().count();
            let mut leaf = |length: usize, plain, verbatim| {
                out.push(Leaf { start: *at, end: *at + length, depth, top, plain, verbatim });
                *at += length;
            };
            match run {
                Run::Plain(words) => leaf(words.chars().count(), true, false),
                Run::Code(words) | Run::Math(words) => leaf(words.chars().count(), false, true),
                Run::Break => leaf(1, false, false),
                Run::Strong(_)
                | Run::Emphasis(_)
                | Run::Superscript(_)
                | Run::Subscript(_)
                | Run::Strikeout(_)
                | Run::Link(_)
                | Run::Gap(_)
                | Run::Language(_) => {
                    run.inner().into_iter().for_each(|inner| walk(inner, next, depth + 1, Some(top), at, out));
                }
            }
            *at += close.chars().count();
        }
    }
    let mut out = Vec::new();
    walk(text, None, 0, None, &mut 0, &mut out);
    out
}

/// What to change for the plain words of a text to be `new`.
pub(super) fn hunks(text: &Text, new: &str) -> Vec<Hunk> {
    let old = text.to_plain();
    let leaves = leaves(text);
    let tops = text.runs().len();
    difference(&old, new)
        .into_iter()
        .map(|(start, end, with)| {
            let into = place(&leaves, tops, start, end);
            Hunk { start, end, with, into }
        })
        .collect()
}

/// What to change for a text to be `new` that has the same runs with other words in them; `None` where it has others.
pub(super) fn leaf_hunks(text: &Text, new: &Text) -> Option<Vec<Hunk>> {
    fn walk(
        old: &Text,
        new: &Text,
        next: Option<char>,
        leaf: &mut usize,
        at: &mut usize,
        out: &mut Vec<Hunk>,
    ) -> Option<()> {
        if old.runs().len() != new.runs().len() {
            return None;
        }
        for (Spelled { run: old, open, close, next, .. }, new) in old.spelled(next).zip(new.runs()) {
            *at += open.chars().count();
            match (old, new) {
                (Run::Plain(old), Run::Plain(new))
                | (Run::Code(old), Run::Code(new))
                | (Run::Math(old), Run::Math(new)) => {
                    for (start, end, with) in difference(old, new) {
                        out.push(Hunk { start: *at + start, end: *at + end, with, into: Into::Leaf(*leaf, start) });
                    }
                    *at += old.chars().count();
                    *leaf += 1;
                }
                (Run::Break, Run::Break) => {
                    *at += 1;
                    *leaf += 1;
                }
                (old, new) => {
                    if std::mem::discriminant(old) != std::mem::discriminant(new) {
                        return None;
                    }
                    walk(old.inner()?, new.inner()?, next, leaf, at, out)?;
                }
            }
            *at += close.chars().count();
        }
        Some(())
    }
    let mut out = Vec::new();
    walk(text, new, None, &mut 0, &mut 0, &mut out)?;
    Some(out)
}

/// Where words go that take the place of `start..end`: where the first of those stood; between two runs, to the one that
/// stands in fewer others.
fn place(leaves: &[Leaf], tops: usize, start: usize, end: usize) -> Into {
    let at = leaves.iter().position(|leaf| leaf.start <= start && start < leaf.end);
    if start < end {
        let Some(index) = at else { return Into::Top(tops) };
        let leaf = leaves[index];
        // A mark of which nothing is left holds nothing.
        if leaf.depth > 0 && leaf.start == start && leaf.end < end {
            return Into::Top(leaf.top);
        }
        return Into::Leaf(index, start - leaf.start);
    }
    let left = leaves.iter().rposition(|leaf| leaf.end == start && leaf.start < start);
    match (left, at) {
        (_, Some(index)) if leaves[index].start < start => Into::Leaf(index, start - leaves[index].start),
        (None, None) => Into::Top(0),
        (Some(left), None) => {
            let leaf = leaves[left];
            if leaf.depth == 0 && leaf.plain { Into::Leaf(left, leaf.end - leaf.start) } else { Into::Top(tops) }
        }
        (None, Some(right)) => {
            let leaf = leaves[right];
            if leaf.depth == 0 && leaf.plain { Into::Leaf(right, 0) } else { Into::Top(0) }
        }
        (Some(left), Some(right)) => {
            let (l, r) = (leaves[left], leaves[right]);
            if l.top != r.top && (l.depth > 0 || !l.plain) && (r.depth > 0 || !r.plain) {
                Into::Top(r.top)
            } else if l.plain && (l.depth <= r.depth || !r.plain) {
                Into::Leaf(left, l.end - l.start)
            } else if r.plain {
                Into::Leaf(right, 0)
            } else {
                Into::Leaf(left, l.end - l.start)
            }
        }
    }
}

/// The text with other plain words. Words that stay keep their marks where that gives exactly these words; else all marks go.
#[must_use]
pub fn with_words(text: &Text, new: &str) -> Text {
    let made = reworded(text, &hunks(text, new));
    if made.to_plain() == new {
        return made;
    }
    let mut plain = Text::default();
    for (index, line) in new.split('\n').enumerate() {
        if index > 0 {
            plain.push(Run::Break);
        }
        plain.push(Run::Plain(line.to_owned()));
    }
    plain
}

/// A text with the gap at `index`, in reading order, changed.
#[must_use]
pub fn with_gap(text: &Text, index: usize, change: &mut dyn FnMut(&mut Gap)) -> Text {
    fn walk(text: &Text, index: usize, at: &mut usize, change: &mut dyn FnMut(&mut Gap)) -> Text {
        text.runs()
            .iter()
            .map(|run| match run {
                Run::Gap(Gap { text, number, hint }) => {
                    let own = *at == index;
                    *at += 1;
                    let text = walk(text, index, at, change);
                    let mut gap = Gap { text, number: *number, hint: hint.clone() };
                    if own {
                        change(&mut gap);
                    }
                    Run::Gap(gap)
                }
                run => run.map_inner(|inner| walk(inner, index, at, change)),
            })
            .collect()
    }
    walk(text, index, &mut 0, change)
}

/// The text with the hunks made.
pub(super) fn reworded(text: &Text, hunks: &[Hunk]) -> Text {
    let mut leaf = 0;
    let mut at = 0;
    rebuilt(text, None, hunks, &mut leaf, &mut at, true)
}

fn rebuilt(text: &Text, next: Option<char>, hunks: &[Hunk], leaf: &mut usize, at: &mut usize, outermost: bool) -> Text {
    let mut out = Text::default();
    let inserted = |out: &mut Text, words: &str| {
        for (index, line) in words.split('\n').enumerate() {
            if index > 0 {
                out.push(Run::Break);
            }
            out.push(Run::Plain(line.to_owned()));
        }
    };
    let top = |out: &mut Text, number: usize| {
        for hunk in hunks.iter().filter(|hunk| hunk.into == Into::Top(number)) {
            inserted(out, &hunk.with);
        }
    };
    for (index, Spelled { run, open, close, next, .. }) in text.spelled(next).enumerate() {
        if outermost {
            top(&mut out, index);
        }
        *at += open.chars().count();
        let mut words = |words: &str, out: &mut Text, plain: bool| {
            let own = *leaf;
            *leaf += 1;
            let (mut kept, mut offset) = (String::new(), 0);
            let insert = |offset: usize, kept: &mut String, out: &mut Text| {
                for hunk in hunks.iter().filter(|hunk| hunk.into == Into::Leaf(own, offset)) {
                    if plain {
                        out.push(Run::Plain(std::mem::take(kept)));
                        inserted(out, &hunk.with);
                    } else {
                        kept.push_str(&hunk.with);
                    }
                }
            };
            for c in words.chars() {
                insert(offset, &mut kept, out);
                if !hunks.iter().any(|hunk| hunk.start <= *at && *at < hunk.end) {
                    kept.push(c);
                }
                offset += 1;
                *at += 1;
            }
            insert(offset, &mut kept, out);
            kept
        };
        match run {
            Run::Plain(plain) => {
                let kept = words(plain, &mut out, true);
                out.push(Run::Plain(kept));
            }
            Run::Code(code) => {
                let kept = words(code, &mut out, false);
                out.push(Run::Code(kept));
            }
            Run::Math(tex) => {
                let kept = words(tex, &mut out, false);
                out.push(Run::Math(kept));
            }
            Run::Break => {
                let kept = words("\n", &mut out, true);
                if kept.is_empty() {
                    continue;
                }
                out.push(Run::Break);
            }
            run => {
                let run = run.map_inner(|inner| rebuilt(inner, next, hunks, leaf, at, false));
                // A mark of which nothing is left goes.
                if run.inner().is_some_and(|inner| !inner.is_empty()) {
                    out.push(run);
                }
            }
        }
        *at += close.chars().count();
    }
    if outermost {
        top(&mut out, text.runs().len());
    }
    out
}

impl Leaf {
    /// Whether its words stand to the letter, as code does.
    pub(super) fn is_verbatim(&self) -> bool {
        self.verbatim
    }
}

/// The most pairs of words that are compared with each other.
const MAX_PAIRS: usize = 1 << 20;

/// Where `new` differs from `old`: stretches of `old` in code points, and what takes their place. By words, so that marks
/// between two changes stay, and of the words no more than the letters that differ.
fn difference(old: &str, new: &str) -> Vec<(usize, usize, String)> {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_word_bounds().collect(), new.split_word_bounds().collect());
    let lead = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[lead..].iter().rev().zip(b[lead..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (old_words, new_words) = (&a[lead..a.len() - tail], &b[lead..b.len() - tail]);
    let mut at = a[..lead].iter().map(|word| word.chars().count()).sum::<usize>();
    let mut out: Vec<(usize, usize, String)> = Vec::new();
    let mut change = |at: usize, gone: &[&str], come: &[&str]| {
        let (gone, come) = (gone.concat(), come.concat());
        if gone == come {
            return;
        }
        let (x, y): (Vec<&str>, Vec<&str>) = (gone.graphemes(true).collect(), come.graphemes(true).collect());
        let lead = x.iter().zip(&y).take_while(|(x, y)| x == y).count();
        let tail = x[lead..].iter().rev().zip(y[lead..].iter().rev()).take_while(|(x, y)| x == y).count();
        let count = |letters: &[&str]| letters.iter().map(|letter| letter.chars().count()).sum::<usize>();
        let start = at + count(&x[..lead]);
        out.push((start, start + count(&x[lead..x.len() - tail]), y[lead..y.len() - tail].concat()));
    };
    if old_words.len().saturating_mul(new_words.len()) > MAX_PAIRS {
        change(at, old_words, new_words);
        return out;
    }
    // The longest common subsequence, by the table of its lengths.
    let width = new_words.len() + 1;
    let mut lengths = vec![0_u32; (old_words.len() + 1) * width];
    for i in (0..old_words.len()).rev() {
        for j in (0..new_words.len()).rev() {
            lengths[i * width + j] = if old_words[i] == new_words[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let (mut from_i, mut from_j, mut from_at) = (0, 0, at);
    while i < old_words.len() && j < new_words.len() {
        if old_words[i] == new_words[j] {
            // A space between two words that both change belongs to the change.
            let lone = old_words[i].trim().is_empty()
                && (i > from_i || j > from_j)
                && old_words.get(i + 1).zip(new_words.get(j + 1)).is_some_and(|(x, y)| x != y);
            if !lone {
                change(from_at, &old_words[from_i..i], &new_words[from_j..j]);
                at += old_words[i].chars().count();
                (i, j) = (i + 1, j + 1);
                (from_i, from_j, from_at) = (i, j, at);
                continue;
            }
            at += old_words[i].chars().count();
            (i, j) = (i + 1, j + 1);
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            at += old_words[i].chars().count();
            i += 1;
        } else {
            j += 1;
        }
    }
    change(from_at, &old_words[from_i..], &new_words[from_j..]);
    out
}

#[cfg(test)]
mod tests {
    use patra_core::Link;

    use super::*;

    fn text(runs: impl IntoIterator<Item = Run>) -> Text {
        runs.into_iter().collect()
    }

    fn plain(words: &str) -> Run {
        Run::Plain(words.into())
    }

    fn strong(words: &str) -> Run {
        Run::Strong(words.into())
    }

    fn to(text: &Text, new: &str) -> Text {
        let made = reworded(text, &hunks(text, new));
        assert_eq!(made.to_plain(), new);
        made
    }

    #[test]
    fn marks_of_words_that_stay_are_kept() {
        let old = text([plain("यह "), strong("बड़ा"), plain(" घर है, और "), strong("नया"), plain(" भी।")]);
        let new = to(&old, "वह बड़ा मकान है, और नया भी।");
        assert_eq!(new, text([plain("वह "), strong("बड़ा"), plain(" मकान है, और "), strong("नया"), plain(" भी।")]));
        assert_eq!(to(&old, "यह छोटा घर है, और नया भी।").runs()[1], strong("छोटा"));
    }

    #[test]
    fn words_between_two_runs_go_to_the_outer_one() {
        let old = text([strong("नोट"), plain(" पढ़ो")]);
        assert_eq!(to(&old, "नोट: पढ़ो"), text([strong("नोट"), plain(": पढ़ो")]));
        assert_eq!(to(&text([strong("क")]), "क ख"), text([strong("क"), plain(" ख")]));
        assert_eq!(to(&text([strong("क")]), "ग क"), text([plain("ग "), strong("क")]));
        assert_eq!(to(&Text::default(), "क"), Text::plain("क"));
    }

    #[test]
    fn gaps_stay_gaps_and_go_when_empty() {
        let gap = |words: &str| Run::Gap(Gap { text: words.into(), number: None, hint: Some("h".into()) });
        let old = text([plain("पानी "), gap("शून्य"), plain(" पर जमता है")]);
        assert_eq!(to(&old, "पानी सौ पर उबलता है"), text([plain("पानी "), gap("सौ"), plain(" पर उबलता है")]));
        assert_eq!(to(&old, "पानी  पर जमता है"), Text::plain("पानी  पर जमता है"));
    }

    #[test]
    fn line_feeds_are_breaks() {
        assert_eq!(to(&Text::plain("क ख"), "क\nख"), text([plain("क"), Run::Break, plain("ख")]));
        assert_eq!(to(&text([plain("क"), Run::Break, plain("ख")]), "क ख"), Text::plain("क ख"));
    }

    #[test]
    fn the_words_are_those_asked_for_wherever_they_go() {
        let inner = Text::from("– ");
        let link = Run::Link(Link { text: text([Run::Strong(inner)]), target: "#a".into() });
        for (old, new) in [(text([link]), "र=?**…[x]"), (text([strong("क "), plain("ख"), strong(" ग")]), "ख क ग ख क")]
        {
            assert_eq!(with_words(&old, new).to_plain(), new);
        }
    }

    #[test]
    fn scripts_and_struck_words_stay_through_an_edit() {
        let old = text([plain("3 × 10"), Run::Superscript("8".into()), plain(" मी., "), Run::Strikeout("कल".into())]);
        let new = to(&old, "3 × 10^9 मी., ~~परसों~~");
        assert_eq!(
            new,
            text([plain("3 × 10"), Run::Superscript("9".into()), plain(" मी., "), Run::Strikeout("परसों".into())])
        );
        // Without its mark it is another number.
        assert_eq!(with_words(&old, "3 × 108 मी., ~~कल~~"), Text::plain("3 × 108 मी., ~~कल~~"));
    }

    #[test]
    fn no_more_than_what_differs_is_changed() {
        assert_eq!(difference("एक दो तीन", "एक दो चार"), [(6, 9, "चार".to_owned())]);
        assert_eq!(difference("क्षमा", "क्षमाएँ"), [(5, 5, "एँ".to_owned())]);
        assert_eq!(difference("a b c", "a b c"), []);
    }
}
