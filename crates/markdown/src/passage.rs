//! Where texts stood in the source.

use std::ops::Range;

use patra_core::{Span, Text};

use crate::reader::Reader;

/// A text of the material and where its words stood.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Passage {
    /// The text.
    pub text: Text,
    /// From its first mark or word to its last, without what introduces it: a keyword, the marks of a list, attributes.
    pub span: Span,
}

impl Reader<'_, '_> {
    pub(crate) fn note_passage(&mut self, range: &Range<usize>, text: &Text) {
        if let Some(passages) = &mut self.passages
            && !text.is_empty()
        {
            passages.push(Passage { text: text.clone(), span: self.copy.span(range) });
        }
    }
}
