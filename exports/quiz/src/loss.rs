//! What a format can't hold, as warnings.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{Block, Code, Diagnostic, Id, Material, Phrase, Span};

/// The warnings of one quiz, in the order in which they came up.
pub(crate) struct Losses {
    spans: BTreeMap<Id, Span>,
    warnings: Vec<Diagnostic>,
    told: BTreeSet<String>,
    /// Where the question at hand stood.
    here: Span,
    /// Whether a character was left out of the question at hand.
    dropped: bool,
}

impl Losses {
    pub(crate) fn of(material: &Material) -> Self {
        let mut spans = BTreeMap::new();
        material.walk_blocks(&mut |block, _| {
            let (id, span) = match block {
                Block::Definition(b) => (&b.id, b.span),
                Block::Comparison(b) => (&b.id, b.span),
                Block::Question(b) => (&b.id, b.span),
                Block::Cloze(b) => (&b.id, b.span),
                Block::Terms(b) => {
                    spans.extend(b.entries.iter().map(|entry| (entry.id.clone(), entry.span)));
                    (&b.id, b.span)
                }
                _ => return,
            };
            spans.insert(id.clone(), span);
        });
        Losses { spans, warnings: Vec::new(), told: BTreeSet::new(), here: Span::NONE, dropped: false }
    }

    /// Turns to the next question, by the id of what it asks about.
    pub(crate) fn turn_to(&mut self, about: &Id) {
        self.finish();
        // The id of a cell begins with that of its comparison.
        let mut id = about.as_str();
        self.here = loop {
            if let Some(span) = Id::new(id).ok().and_then(|id| self.spans.get(&id)) {
                break *span;
            }
            match id.rfind('.') {
                Some(end) => id = &id[..end],
                None => break Span::NONE,
            }
        };
    }

    /// Says that the format can't hold something of the question at hand.
    pub(crate) fn lesser(&mut self, message: impl Into<Phrase>, hint: impl Into<Phrase>) {
        self.warnings.push(Diagnostic::new(Code::QuizLesser, self.here, message).with_hint(hint));
    }

    /// Says something that holds of the whole quiz, once.
    pub(crate) fn lesser_throughout(&mut self, message: &'static str, hint: impl Into<Phrase>) {
        if self.told.insert(message.to_owned()) {
            self.warnings.push(Diagnostic::new(Code::QuizLesser, Span::NONE, message).with_hint(hint));
        }
    }

    /// Says that a figure's picture is not carried.
    pub(crate) fn figure(&mut self, span: Span, message: Phrase, hint: impl Into<Phrase>) {
        if self.told.insert(format!("{message}{span:?}")) {
            self.warnings.push(Diagnostic::new(Code::MissingFigure, span, message).with_hint(hint));
        }
    }

    /// Notes that a control character was left out.
    pub(crate) fn drop_character(&mut self) {
        self.dropped = true;
    }

    fn finish(&mut self) {
        if std::mem::take(&mut self.dropped) {
            let message = "a control character, which no quiz can hold, was left out";
            self.warnings.push(Diagnostic::new(Code::InvisibleRemoved, self.here, message));
        }
    }

    pub(crate) fn into_warnings(mut self) -> Vec<Diagnostic> {
        self.finish();
        self.warnings
    }
}
