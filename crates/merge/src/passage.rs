//! The source with the places of its texts.

use patra_core::{Code, Diagnostic, Material, Severity, Source, Span, Text};
use patra_markdown::{Passage, ReadOptions, read_passages};

/// A source, read.
pub(crate) struct Reading {
    pub(crate) text: String,
    pub(crate) material: Material,
    pub(crate) passages: Vec<Passage>,
    /// What is wrong with it, by kinds.
    pub(crate) errors: Vec<Code>,
}

impl Reading {
    /// Reads a source; `None` where nothing could be made of it.
    pub(crate) fn of(text: String, options: &ReadOptions) -> Option<Self> {
        let source = Source::new(text);
        let (read, mut passages) = read_passages(&source, options);
        passages.sort_by_key(|passage| (passage.span.start(), passage.span.end()));
        let material = read.material?;
        let errors = faults(&read.diagnostics);
        Some(Reading { text: source.text().to_owned(), material, passages, errors })
    }

    /// The passages of a text that stand in a span.
    pub(crate) fn within<'r>(&'r self, text: &'r Text, span: Span) -> impl Iterator<Item = &'r Passage> {
        let from = self.passages.partition_point(|passage| passage.span.start() < span.start());
        self.passages[from..]
            .iter()
            .take_while(move |passage| passage.span.start() < span.end().max(span.start() + 1))
            .filter(move |passage| passage.text == *text)
    }

    /// The last passage of a text that stands before a span.
    pub(crate) fn before(&self, text: &Text, span: Span) -> Option<&Passage> {
        let to = self.passages.partition_point(|passage| passage.span.start() < span.start());
        self.passages[..to].iter().rev().find(|passage| passage.text == *text)
    }

    /// What the passage is written as.
    pub(crate) fn written(&self, span: Span) -> &str {
        self.text.get(span.start()..span.end()).unwrap_or_default()
    }
}

/// The codes of the errors among problems, in order.
pub(crate) fn faults(problems: &[Diagnostic]) -> Vec<Code> {
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let mut codes: Vec<Code> = errors.map(|problem| problem.code).collect();
    codes.sort();
    codes
}
