//! Numbered lines that belong together, and what they are: items of a list or headings.

use std::collections::BTreeMap;

use super::line::{Line, Look};
use super::marker::Style;
use super::phrase::{ends_question, ends_sentence, is_short};

/// What a numbered line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Role {
    /// Its number belongs to no series, so it is part of the words.
    #[default]
    Words,
    Item,
    Heading,
}

/// For each line its role, and which line has the number after its own.
pub(crate) struct Series {
    roles: Vec<Role>,
    next: Vec<Option<usize>>,
    value: Vec<u32>,
}

impl Series {
    pub(crate) fn role(&self, at: usize) -> Role {
        self.roles.get(at).copied().unwrap_or_default()
    }

    /// The line that has the number after that of line `at`.
    pub(crate) fn next(&self, at: usize) -> Option<usize> {
        self.next.get(at).copied().flatten()
    }

    /// The number of line `at`, in the reading that its series has.
    pub(crate) fn value(&self, at: usize) -> u32 {
        self.value.get(at).copied().unwrap_or(1)
    }

    /// Links each number to the nearest one below it that continues it, as brackets are matched, then decides for each
    /// series what its lines are. Takes linear time but for the look-up of an open number.
    pub(crate) fn new(lines: &[Line<'_>]) -> Self {
        let mut series = Series {
            roles: vec![Role::Words; lines.len()],
            next: vec![None; lines.len()],
            value: vec![1; lines.len()],
        };
        let mut open: BTreeMap<(Style, Vec<u32>, u32), Vec<usize>> = BTreeMap::new();
        let mut linked = vec![false; lines.len()];
        for (at, line) in lines.iter().enumerate() {
            let Look::Number(number) = &line.look else { continue };
            for reading in &number.readings {
                let key = (reading.style, number.above.clone(), reading.value);
                if let Some(before) = open.get_mut(&key).and_then(Vec::pop) {
                    series.next[before] = Some(at);
                    series.value[before] = reading.value - 1;
                    series.value[at] = reading.value;
                    linked[at] = true;
                    break;
                }
            }
            for reading in &number.readings {
                if !linked[at] || series.value[at] == reading.value {
                    open.entry((reading.style, number.above.clone(), reading.value + 1)).or_default().push(at);
                }
            }
        }
        let prose = prose_counts(lines);
        let firsts = (0..lines.len()).filter(|&at| !linked[at] && series.next[at].is_some());
        for at in firsts.collect::<Vec<_>>() {
            series.decide(at, lines, &prose);
        }
        series
    }

    fn decide(&mut self, first: usize, lines: &[Line<'_>], prose: &[(usize, usize)]) {
        let mut members = vec![first];
        while let Some(next) = self.next[members[members.len() - 1]] {
            members.push(next);
        }
        let role = if is_of_headings(&members, lines, prose) { Role::Heading } else { Role::Item };
        for at in members {
            self.roles[at] = role;
        }
    }
}

/// How many lines before each are not blank, and how many of these are plain text.
fn prose_counts(lines: &[Line<'_>]) -> Vec<(usize, usize)> {
    let mut counts = vec![(0, 0)];
    let (mut filled, mut text) = (0, 0);
    for line in lines {
        filled += usize::from(!line.is_blank());
        text += usize::from(line.is_text());
        counts.push((filled, text));
    }
    counts
}

/// Headings have something below each of them; where that is always one line right below, they are terms of a list.
fn is_of_headings(members: &[usize], lines: &[Line<'_>], prose: &[(usize, usize)]) -> bool {
    let title = |&at: &usize| {
        let rest = lines[at].rest();
        rest.chars().any(char::is_alphanumeric)
            && is_short(rest, 12)
            && (!ends_sentence(rest) || ends_question(rest))
            && !has_description(rest)
    };
    if !members.iter().all(title) {
        return false;
    }
    let asked = members.iter().all(|&at| ends_question(lines[at].rest()));
    // `1.1` numbers chapters, not items.
    let decimal = matches!(&lines[members[0]].look, Look::Number(number) if !number.above.is_empty());
    let mut one_line_each = !asked && !decimal;
    for pair in members.windows(2) {
        let (below, end) = (pair[0] + 1, pair[1]);
        let filled = prose[end].0 - prose[below].0;
        let text = prose[end].1 - prose[below].1;
        if filled == 0 {
            return false;
        }
        one_line_each &= filled == 1 && text == 1 && !lines[below].is_blank();
    }
    let last = members[members.len() - 1];
    let something_below = prose[lines.len()].0 > prose[last + 1].0;
    something_below && !one_line_each
}

/// Whether a title holds a description already, as `Term: what it is` does.
fn has_description(title: &str) -> bool {
    super::separator::split_items(&[title], &|_| false).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::invisible::Removed;
    use super::super::line::lines;
    use super::*;

    fn roles(text: &str) -> Vec<Role> {
        let lines = lines(text, &mut Removed::default());
        let series = Series::new(&lines);
        (0..lines.len()).filter(|&at| matches!(lines[at].look, Look::Number(_))).map(|at| series.role(at)).collect()
    }

    #[test]
    fn numbers_without_a_series_are_words() {
        assert_eq!(roles("7. बात\nऔर\n9. बात"), [Role::Words, Role::Words]);
    }

    #[test]
    fn marks_alone_are_no_headings() {
        assert_eq!(roles("a) :-\n• बात\n• और\nb) – :-\nबात\nऔर"), [Role::Item, Role::Item]);
        assert_eq!(roles("a) क :-\n• बात\n• और\nb) ख :-\nबात\nऔर"), [Role::Heading, Role::Heading]);
    }

    #[test]
    fn items_and_headings() {
        assert_eq!(roles("1. क\n2. ख\n3. ग"), [Role::Item; 3]);
        assert_eq!(roles("1. क\nएक लंबा वाक्य।\nदूसरा वाक्य।\n2. ख\nतीसरा वाक्य।"), [Role::Heading; 2]);
        assert_eq!(roles("1. क\nएक वाक्य।\n2. ख\nतीसरा वाक्य।"), [Role::Item; 2]);
    }

    #[test]
    fn a_list_inside_numbered_headings() {
        let text = "1. क\n1. एक\n2. दो\n2. ख\n1. तीन\n2. चार";
        let lines = lines(text, &mut Removed::default());
        let series = Series::new(&lines);
        assert_eq!(series.next(0), Some(3));
        assert_eq!(series.next(1), Some(2));
        assert_eq!((series.role(0), series.role(1)), (Role::Heading, Role::Item));
    }
}
