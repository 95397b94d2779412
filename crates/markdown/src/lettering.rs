//! Lists whose markers CommonMark doesn't know: `(a)`, `i.`, `(क)`, `(१)`.

use std::ops::Range;

use patra_core::{ListDelimiter, ListMarker, ListStyle};

use crate::keyword;

/// The longest marker, in bytes: letters of India take three each.
const LONGEST: usize = 24;

/// A marker at the beginning of a line, and the number of its item.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) range: Range<usize>,
    pub(crate) marker: ListMarker,
    pub(crate) number: u32,
}

/// Markers that follow each other, as far as they are read.
struct Run {
    /// Where the line's marker begins in its line: the run ends where a line begins before that.
    indent: usize,
    /// The readings of the first marker that fit all markers after it.
    first: Vec<(ListMarker, u32)>,
    items: Vec<Range<usize>>,
}

/// Lists of a body whose markers CommonMark doesn't know.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lettered {
    /// The markers that make lists beyond doubt: two or more in a row that count up from the first number of their style.
    pub(crate) marks: Vec<Mark>,
    /// Where lines begin that would be a part of the last item, though a keyword begins them.
    pub(crate) breaks: Vec<usize>,
}

/// The lists of a body whose markers CommonMark doesn't know.
pub(crate) fn lettered(body: &str) -> Lettered {
    let mut lettered = Lettered::default();
    let marks = &mut lettered.marks;
    let mut runs = Vec::<Run>::new();
    let (mut start, mut blank, mut fence) = (0, true, None);
    for line in body.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '\t', '>']);
        let indent = line.len() - words.len();
        let at = start + indent;
        start += line.len();
        let words = words.trim_end();
        if let Some(mark) = fence {
            if words.starts_with(mark) {
                fence = None;
            }
            continue;
        }
        fence = ["```", "~~~"].into_iter().find(|mark| words.starts_with(mark));
        if words.is_empty() {
            blank = true;
            continue;
        }
        let found = label(words).map(|label| (at..at + label.len(), readings(label)));
        let found = found.filter(|(_, readings)| !readings.is_empty());
        match found {
            Some((range, readings)) => {
                close(&mut runs, marks, |run| run.indent > indent);
                let goes_on = runs.last_mut().is_some_and(|run| run.indent == indent && run.take(&range, &readings));
                if !goes_on {
                    close(&mut runs, marks, |run| run.indent == indent);
                    runs.push(Run { indent, first: readings, items: vec![range] });
                }
            }
            // A line of the item before it, unless it is a paragraph of its own or begins something else.
            None => {
                let keyword = keyword::keyword(words).is_some();
                let other = keyword || words.starts_with(['#', '|', ':']) || fence.is_some();
                let lists = marks.len();
                close(&mut runs, marks, |run| run.indent >= indent && (blank || other));
                // A line within a quote begins with the quote's mark.
                if keyword && !blank && marks.len() > lists && !line.starts_with('>') {
                    lettered.breaks.push(at - indent);
                }
            }
        }
        blank = false;
    }
    close(&mut runs, marks, |_| true);
    marks.sort_by_key(|mark| mark.range.start);
    lettered
}

/// Whether a text begins with what would be the first marker of a list: where its delimiter is.
pub(crate) fn first_marker(words: &str) -> Option<usize> {
    let label = label(words)?;
    let first = readings(label).iter().any(|(_, number)| *number == 1);
    first.then(|| label.len() - 1)
}

/// Whether CommonMark doesn't know a marker, in whatever digits it is.
pub(crate) fn is_own(marker: ListMarker) -> bool {
    marker.delimiter == ListDelimiter::TwoParens || marker.style.is_lettering() || is_roman(marker.style)
}

impl Run {
    /// Takes a further marker, if it counts on.
    fn take(&mut self, range: &Range<usize>, readings: &[(ListMarker, u32)]) -> bool {
        let after = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        let fits = |&(marker, first): &(ListMarker, u32)| {
            first.checked_add(after).is_some_and(|number| readings.contains(&(marker, number)))
        };
        if !self.first.iter().any(fits) {
            return false;
        }
        self.first.retain(fits);
        self.items.push(range.clone());
        true
    }
}

/// Ends the innermost runs as long as they are to end, and keeps the marks of those that are lists.
fn close(runs: &mut Vec<Run>, marks: &mut Vec<Mark>, ends: impl Fn(&Run) -> bool) {
    while let Some(run) = runs.pop_if(|run| ends(run)) {
        let Some(&(marker, first)) = run.first.iter().find(|(_, first)| *first == 1) else { continue };
        if run.items.len() > 1 {
            marks.extend((first..).zip(run.items).map(|(number, range)| Mark { range, marker, number }));
        }
    }
}

/// The word that a line begins with, if it may be a marker with something after it.
fn label(words: &str) -> Option<&str> {
    let label = words.split([' ', '\t']).next()?;
    let marks = label.len() <= LONGEST && label.len() < words.len() && label.ends_with(['.', ')']);
    marks.then_some(label)
}

/// The readings of a marker, without those that CommonMark knows and digits of India written in its way.
fn readings(label: &str) -> Vec<(ListMarker, u32)> {
    let mut readings = ListMarker::readings(label);
    readings.retain(|(marker, _)| is_own(*marker));
    readings
}

fn is_roman(style: ListStyle) -> bool {
    matches!(style, ListStyle::LowerRoman | ListStyle::UpperRoman)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> Vec<String> {
        lettered(body).marks.into_iter().map(|mark| format!("{}={}", &body[mark.range], mark.number)).collect()
    }

    #[test]
    fn markers_in_a_row_from_the_first_are_a_list() {
        assert_eq!(shown("(क) आम\n(ख) नीम\n(ग) बरगद\n"), ["(क)=1", "(ख)=2", "(ग)=3"]);
        assert_eq!(shown("Trees:\n  a) oak\nand elm\n\n  b) ash"), ["a)=1", "b)=2"]);
        assert_eq!(shown("(i) x\n    (a) p\n    (b) q\n(ii) y\n"), ["(i)=1", "(a)=1", "(b)=2", "(ii)=2"]);
        assert_eq!(shown("> (१) एक\n> (२) दो\n"), ["(१)=1", "(२)=2"]);
        // Two lists in a row.
        assert_eq!(shown("(a) x\n(b) y\n(a) z\n(b) w\n"), ["(a)=1", "(b)=2", "(a)=1", "(b)=2"]);
    }

    #[test]
    fn what_may_be_words_stays_words() {
        for body in [
            "(a) one alone\n",
            "(b) not from\n(c) the first\n",
            "(a) x\n\nA paragraph between.\n\n(b) y\n",
            "(a) x\n# Heading\n(b) y\n",
            "(a) x\nA: an answer\n(b) y\n",
            "```\n(a) x\n(b) y\n```\n",
            "a. x\nB. y\n",
            "(a)x\n(b)y\n",
            "(a)\n(b)\n",
            "1. x\n2. y\n",
            "१. एक\n२. दो\n",
            "see (a) x\nand (b) y\n",
            "आ. ह. जोशी\nई. दूसरा\n",
        ] {
            assert_eq!(shown(body), [""; 0], "{body:?}");
        }
    }

    #[test]
    fn a_keyword_ends_the_last_item() {
        assert_eq!(lettered("(a) x\n(b) y\nA: (b)\n").breaks, [12]);
        assert_eq!(lettered("(a) x\n(b) y\n\nA: (b)\n").breaks, [0; 0]);
        assert_eq!(lettered("(a) x\nA: (b)\n").breaks, [0; 0]);
        assert_eq!(lettered("> (a) x\n> (b) y\n> A: (b)\n").breaks, [0; 0]);
        assert_eq!(lettered("  (a) x\n  (b) y\n      A: inside\n").breaks, [0; 0]);
    }

    #[test]
    fn a_long_row_of_markers_takes_linear_time() {
        let body = "(a) x\n".repeat(20_000) + &"  (i) y\n (i) z\n".repeat(20_000);
        assert_eq!(lettered(&body), Lettered::default());
    }
}
