//! The lines of the source with what is known of their neighbours.

use patra_core::{Block, Diagnostic, Span};

use super::line::{Line, Look};
use super::series::{Role, Series};

/// All lines, and quick ways from one to others.
pub(crate) struct Page<'s> {
    pub lines: Vec<Line<'s>>,
    next_filled: Vec<usize>,
    pub series: Series,
}

/// Blocks told from the lines, up to and without the line `end`.
pub(crate) struct Found {
    pub blocks: Vec<Block>,
    pub end: usize,
    pub guesses: Vec<Diagnostic>,
}

impl<'s> Page<'s> {
    pub(crate) fn new(lines: Vec<Line<'s>>) -> Self {
        let mut next_filled = vec![lines.len(); lines.len() + 1];
        for at in (0..lines.len()).rev() {
            next_filled[at] = if lines[at].is_blank() { next_filled[at + 1] } else { at };
        }
        let series = Series::new(&lines);
        Page { lines, next_filled, series }
    }

    /// The first line from `at` on that is not blank; the number of lines where there is none.
    pub(crate) fn filled(&self, at: usize) -> usize {
        self.next_filled.get(at).copied().unwrap_or(self.lines.len())
    }

    /// The first line from `at` on that is not blank, if there is one.
    pub(crate) fn line_from(&self, at: usize) -> Option<&Line<'s>> {
        self.lines.get(self.filled(at))
    }

    /// Whether an item of a list stands at `at`.
    pub(crate) fn is_item(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| match line.look {
            Look::Bullet(_) => true,
            Look::Number(_) => self.series.role(at) == Role::Item,
            _ => false,
        })
    }

    /// Whether the line is words and nothing else: plain text, or a number that counts nothing.
    pub(crate) fn is_words(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| match line.look {
            Look::Text => true,
            Look::Number(_) => self.series.role(at) == Role::Words,
            _ => false,
        })
    }

    /// The span from the line `first` to before the line `end`, without blank lines at its end.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        let last = (first..end.min(self.lines.len())).rev().find(|&at| !self.lines[at].is_blank());
        let start = self.lines.get(first).map_or(0, |line| line.span.start());
        Span::new(start, last.map_or(start, |at| self.lines[at].span.end()))
    }
}
