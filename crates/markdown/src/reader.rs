//! What all parts of the reader share: the copy, the problems found, and attributes.

use std::borrow::Cow;
use std::ops::Range;

use patra_core::{Code, Diagnostic, Phrase, Span, Text, phrase};

use crate::attribute::{Attributes, Malformed};
use crate::copy::Copy;
use crate::include::{INCLUDE, Include};
use crate::node::{InlineKind, Node, NodeKind};
use crate::passage::Passage;
use crate::setting::Wish;
use crate::tree;

/// A reading under way.
pub(crate) struct Reader<'c, 's> {
    pub(crate) copy: &'c Copy<'s>,
    pub(crate) found: Vec<Diagnostic>,
    /// Whether `==words==` is a gap.
    pub(crate) highlight: bool,
    /// What the author wants of single things.
    pub(crate) wishes: Vec<Wish>,
    /// The files that are to stand in it.
    pub(crate) includes: Vec<Include>,
    /// Where each text stood, if that is asked.
    pub(crate) passages: Option<Vec<Passage>>,
}

impl Reader<'_, '_> {
    pub(crate) fn report(
        &mut self,
        code: Code,
        range: &Range<usize>,
        message: impl Into<Phrase>,
        hint: impl Into<Phrase>,
    ) {
        let hint = hint.into();
        let problem = Diagnostic::new(code, self.copy.span(range), message);
        self.found.push(if hint.is_empty() { problem } else { problem.with_hint(hint) });
    }

    /// A range of the copy as the author typed it.
    pub(crate) fn typed(&self, range: &Range<usize>) -> String {
        self.copy.restore(Cow::Borrowed(self.copy.text.get(range.clone()).unwrap_or(""))).into_owned()
    }

    pub(crate) fn malformed(&mut self, malformed: Malformed) {
        self.report(Code::Attribute, &malformed.range, malformed.message, "an id is written `{#its-id}`");
    }

    /// The attributes, or none where they are malformed, which is reported.
    pub(crate) fn attributes(&mut self, parsed: Option<Result<Attributes, Malformed>>) -> Option<Attributes> {
        match parsed? {
            Ok(attributes) => Some(attributes),
            Err(malformed) => {
                self.malformed(malformed);
                None
            }
        }
    }

    /// Reports what is left of attributes after a block took what it knows.
    pub(crate) fn refuse(&mut self, attributes: &Attributes, what: impl Into<Phrase>) {
        let what = what.into();
        if let Some((id, range)) = &attributes.id {
            self.report(
                Code::Attribute,
                range,
                phrase!("the id `{$id}` stands at {$what}, which has none", id, what),
                "take it out",
            );
        }
        for (class, range) in &attributes.classes {
            self.report(Code::Attribute, range, phrase!("`.{$class}` is not known at {$what}", class, what), "");
        }
        for (key, range, _) in &attributes.pairs {
            if key == INCLUDE {
                self.misplaced_include(range);
                continue;
            }
            self.report(Code::Attribute, range, phrase!("`{$key}` is not known at {$what}", key, what), "");
        }
    }

    /// The value of an attribute, which is Markdown, as text.
    pub(crate) fn value(&mut self, range: &Range<usize>) -> Text {
        let value = self.copy.text.get(range.clone()).unwrap_or("");
        let (text, found, passages) = inline_text(value, self.copy, self.copy.original(range.start), self.highlight);
        self.found.extend(found);
        if let Some(noted) = &mut self.passages {
            noted.extend(passages);
        }
        text
    }
}

/// Reads Markdown that is one run of text, wherever it stands, with the stand-ins of `copy`. Offsets in what is found
/// count from `base`.
pub(crate) fn inline_text(
    words: &str,
    copy: &Copy<'_>,
    base: usize,
    highlight: bool,
) -> (Text, Vec<Diagnostic>, Vec<Passage>) {
    // A full stop before it keeps the parser from seeing a list or a heading in it.
    let led = format!(".{words}");
    let part = copy.part(&led, base.wrapping_sub(1));
    let mut found = Vec::new();
    let tree = tree::parse(&part, &mut found);
    let mut nodes = tree.nodes.into_iter();
    let (Some(Node { kind: NodeKind::Paragraph(mut inlines), .. }), None) = (nodes.next(), nodes.next()) else {
        return (Text::plain(copy.restore(Cow::Borrowed(words))), found, Vec::new());
    };
    if let Some(first) = inlines.first_mut()
        && let InlineKind::Words { text, .. } = &mut first.kind
    {
        crate::keyword::skip(text, 1);
        first.range.start += 1;
    }
    let (wishes, includes) = (Vec::new(), Vec::new());
    let mut reader = Reader { copy: &part, found, highlight, wishes, includes, passages: Some(Vec::new()) };
    let text = reader.text(inlines);
    (text, reader.found, reader.passages.unwrap_or_default())
}

/// Moves what was found in a text without a place of its own to `span`.
pub(crate) fn at(span: Span, found: Vec<Diagnostic>) -> impl Iterator<Item = Diagnostic> {
    found.into_iter().map(move |mut problem| {
        problem.span = span;
        problem
    })
}
