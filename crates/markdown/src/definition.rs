//! Definitions: a term, its full form and its meaning.

use std::ops::Range;

use patra_core::{Block, Definition, Entry, Run, Span, Text};

use crate::attribute::{self, Attributes};
use crate::block::Blocks;
use crate::keyword::{self, Keyword};
use crate::node::{DefinitionNode, Inline, Node};
use crate::reader::Reader;
use crate::setting::Thing;

impl<'c> Reader<'c, '_> {
    pub(crate) fn definitions(
        &mut self,
        definitions: Vec<DefinitionNode<'c>>,
        range: &Range<usize>,
        blocks: &mut Blocks,
    ) {
        let mut as_terms = None;
        for (index, mut node) in definitions.into_iter().enumerate() {
            self.take_lines(&mut node.title, blocks);
            let mut attributes = blocks.take_pending();
            if index == 0 && attributes.take_class("terms") {
                as_terms = Some(self.empty_terms(&mut attributes, false, range));
                self.refuse(&attributes, "a list of terms");
                attributes = Attributes::default();
            }
            let span = self.copy.span(&node.range);
            if let Some(terms) = &mut as_terms {
                let parsed = attribute::take_trailing(&self.copy.text, &mut node.title);
                let mut own = self.attributes(parsed).unwrap_or_default();
                let id = self.take_id(Thing::Entry, span, &mut own);
                self.refuse(&own, "a term");
                let term = self.text(node.title);
                let (description, details) = self.body(node.bodies);
                terms.entries.push(Entry { id, term, description, details, span });
            } else if keyword::leading(&node.title) == Some(Keyword::Question) {
                self.piece(node.title, blocks);
                if let Some((mut question, _)) = blocks.question.take() {
                    self.question_body(&mut question, node.bodies.into_iter().flatten().collect());
                    question.span = span;
                    self.refuse(&attributes, "a question");
                    blocks.push(Block::Question(question));
                }
            } else {
                let mut definition = self.definition_head(node.title, span, &mut attributes);
                self.refuse(&attributes, "a definition");
                (definition.meaning, definition.details) = self.body(node.bodies);
                definition.span = span;
                blocks.push(Block::Definition(definition));
            }
        }
        if let Some(terms) = as_terms {
            blocks.push(Block::Terms(terms));
        }
    }

    /// A definition with its term, id and full form, which begins with `span`.
    pub(crate) fn definition_head(
        &mut self,
        mut title: Vec<Inline<'c>>,
        span: Span,
        attributes: &mut Attributes,
    ) -> Definition {
        let parsed = attribute::take_trailing(&self.copy.text, &mut title);
        if let Some(trailing) = self.attributes(parsed) {
            attributes.merge(trailing);
        }
        let id = self.take_id(Thing::Block, span, attributes);
        let written = attributes.take_value("full").map(|value| self.value(&value));
        let mut term = self.text(title);
        let mut full_form = written.filter(|full| !full.is_empty());
        if full_form.is_none()
            && !attributes.take_class("whole")
            && let Some((short, full)) = abbreviation(&term)
        {
            (term, full_form) = (short, Some(full));
        }
        Definition { id, term, full_form, ..Definition::default() }
    }

    fn body(&mut self, bodies: Vec<Vec<Node<'c>>>) -> (Text, Vec<Block>) {
        self.led_blocks(bodies.into_iter().flatten().collect())
    }
}

/// `BPO (Business Process Outsourcing)`: capitals, with as many words in brackets.
fn abbreviation(term: &Text) -> Option<(Text, Text)> {
    let [Run::Plain(words)] = term.runs() else { return None };
    let (short, rest) = words.split_once(" (")?;
    let full = rest.strip_suffix(')')?;
    let letters = short.chars().count();
    let fits = letters >= 2
        && short.chars().all(|c| c.is_ascii_uppercase())
        && full.split(' ').count() == letters
        && full.split(' ').all(|word| !word.is_empty())
        && !full.contains(['(', ')']);
    fits.then(|| (Text::plain(short), Text::plain(full)))
}

/// Whether [`abbreviation`] would part the words of a term.
pub(crate) fn reads_as_abbreviation(term: &Text) -> bool {
    abbreviation(term).is_some()
}
