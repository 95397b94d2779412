//! A source with the model that it gives and the place of each text in it.

use std::cell::OnceCell;

use patra_core::{Code, Diagnostic, Material, Severity, Source, Span, Text};

use super::apply::Change;
use super::field::Index;
use super::{NewPart, Part, Place, Position};
use crate::{Passage, ReadOptions, read_passages};

/// A source that can be edited.
#[derive(Debug)]
pub struct Document {
    text: String,
    options: ReadOptions,
    material: Material,
    passages: Vec<Passage>,
    errors: Vec<Code>,
    fields: OnceCell<Index>,
}

impl Document {
    /// Reads a source; `None` if it is empty.
    #[must_use]
    pub fn read(text: String, options: &ReadOptions) -> Option<Self> {
        let source = Source::new(text);
        let (read, mut passages) = read_passages(&source, options);
        passages.sort_by_key(|passage| (passage.span.start(), passage.span.end()));
        let material = read.material?;
        let errors = errors(&read.diagnostics);
        let (text, options) = (source.text().to_owned(), options.clone());
        Some(Document { text, options, material, passages, errors, fields: OnceCell::new() })
    }

    /// The source.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The source, without the rest.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// The model that the source gives.
    #[must_use]
    pub fn material(&self) -> &Material {
        &self.material
    }

    /// The document with another text in a field and every other byte as it was; `None` if the source can't say it there.
    #[must_use]
    pub fn with_text(&self, place: Place, new: &Text) -> Option<Document> {
        let mut intended = self.material.clone();
        place.set(&mut intended, new);
        self.with(&self.set_text(place, new), &intended)
    }

    /// The document without a part; `None` if it can't be removed alone.
    #[must_use]
    pub fn without(&self, part: Part) -> Option<Document> {
        let mut intended = self.material.clone();
        part.remove_from(&mut intended);
        self.with(&self.remove(part), &intended)
    }

    /// The document with a new part; `None` if it can't be put there.
    #[must_use]
    pub fn with_part(&self, part: &NewPart, position: Position) -> Option<Document> {
        let mut intended = self.material.clone();
        part.insert_into(&mut intended, position);
        intended.assign_ids();
        self.with(&self.insert(part, position), &intended)
    }

    fn with(&self, change: &Change, intended: &Material) -> Option<Document> {
        let applied = self.apply(std::slice::from_ref(change), &|some| {
            if some.is_empty() { self.material.clone() } else { intended.clone() }
        });
        if applied.failed.is_empty() { Document::read(applied.text, &self.options) } else { None }
    }

    pub(super) fn options(&self) -> &ReadOptions {
        &self.options
    }

    pub(super) fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// Codes of the errors in the source, in order.
    pub(super) fn errors(&self) -> &[Code] {
        &self.errors
    }

    pub(super) fn fields(&self) -> &Index {
        self.fields.get_or_init(|| Index::of(&self.material))
    }

    /// The passages that begin in a span, in order.
    pub(super) fn passages_in(&self, span: Span) -> &[Passage] {
        let from = self.passages.partition_point(|passage| passage.span.start() < span.start());
        let end = span.end().max(span.start() + 1);
        let length = self.passages[from..].partition_point(|passage| passage.span.start() < end);
        &self.passages[from..from + length]
    }

    /// The passages of a text that begin in a span.
    pub(super) fn within<'d>(&'d self, text: &'d Text, span: Span) -> impl Iterator<Item = &'d Passage> {
        self.passages_in(span).iter().filter(move |passage| passage.text == *text)
    }

    /// The last passage of a text that begins before a span.
    pub(super) fn before(&self, text: &Text, span: Span) -> Option<&Passage> {
        let to = self.passages.partition_point(|passage| passage.span.start() < span.start());
        self.passages[..to].iter().rev().find(|passage| passage.text == *text)
    }

    /// The source of a span.
    pub(super) fn written(&self, span: Span) -> &str {
        self.text.get(span.start()..span.end()).unwrap_or_default()
    }
}

fn errors(problems: &[Diagnostic]) -> Vec<Code> {
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let mut codes: Vec<Code> = errors.map(|problem| problem.code).collect();
    codes.sort();
    codes
}
