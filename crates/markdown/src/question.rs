//! Questions with what belongs to them.

use patra_core::{Code, Question, Room, RoomError, Span};

use crate::attribute::{self, Attributes};
use crate::block::{Blocks, whole, without_comments};
use crate::keyword::{self, Keyword};
use crate::node::{Inline, InlineKind, Node, NodeKind};
use crate::reader::Reader;
use crate::setting::Thing;

impl<'c> Reader<'c, '_> {
    /// A question, an answer or a hint.
    pub(crate) fn piece(&mut self, mut inlines: Vec<Inline<'c>>, blocks: &mut Blocks) {
        let range = whole(&inlines);
        let span = self.copy.span(&range);
        let Some(found) = keyword::leading(&inlines) else {
            self.paragraph(inlines, &range, blocks);
            return;
        };
        match (found, &mut blocks.question) {
            (Keyword::Question, _) => {
                blocks.close();
                keyword::take(&mut inlines);
                let mut attributes = blocks.take_pending();
                let parsed = attribute::take_trailing(&self.copy.text, &mut inlines);
                if let Some(trailing) = self.attributes(parsed) {
                    attributes.merge(trailing);
                }
                let id = self.take_id(Thing::Block, span, &mut attributes);
                let room = self.take_room(&mut attributes);
                self.refuse(&attributes, "a question");
                let prompt = self.text(inlines);
                blocks.question = Some((Question { id, prompt, room, span, ..Question::default() }, false));
            }
            (Keyword::Answer, Some((question, answered @ false))) => {
                *answered = true;
                keyword::take(&mut inlines);
                question.answer = self.text(inlines);
                question.span = join(question.span, span);
            }
            (Keyword::Hint, Some((question, _))) if question.hint.is_none() => {
                keyword::take(&mut inlines);
                question.hint = Some(self.text(inlines)).filter(|hint| !hint.is_empty());
                question.span = join(question.span, span);
            }
            (Keyword::Answer, _) => {
                self.report(
                    Code::QuestionSyntax,
                    &range,
                    "there is no question to which this is the answer",
                    "write the question before it: `Q: …`, or `\\:` for a colon that means nothing else",
                );
                self.running_text(inlines, &range, blocks);
            }
            (Keyword::Hint, _) => self.running_text(inlines, &range, blocks),
        }
    }

    /// Takes the room to write that attributes ask for: `lines=8` or `space=60mm`.
    pub(crate) fn take_room(&mut self, attributes: &mut Attributes) -> Option<Room> {
        let lines = attributes.take_value("lines");
        let space = attributes.take_value("space");
        let said = lines.as_ref().or(space.as_ref())?.clone();
        let room = match (lines, space) {
            (Some(range), None) => Room::lines(&self.typed(&range)),
            (None, Some(range)) => Room::space(&self.typed(&range)),
            _ => Err(RoomError::Ambiguous),
        };
        match room {
            Ok(room) => Some(room),
            Err(error) => {
                self.report(
                    Code::Attribute,
                    &said,
                    error,
                    "write `lines=8` for ruled lines, or `space=60mm` for blank space",
                );
                None
            }
        }
    }

    /// Fills in the answer, the choices and the hint from the blocks that belong to a question.
    pub(crate) fn question_body(&mut self, question: &mut Question, nodes: Vec<Node<'c>>) {
        let mut nodes = nodes.into_iter().peekable();
        let mut answered = false;
        let mut rest = Vec::new();
        while let Some(node) = nodes.peek() {
            match &node.kind {
                NodeKind::Paragraph(inlines) => {
                    let fits = match keyword::leading(inlines) {
                        Some(Keyword::Hint) => question.hint.is_none(),
                        Some(Keyword::Answer) => !answered,
                        Some(Keyword::Question) => false,
                        None => !answered && question.choices.is_empty() && !self.is_other_block(inlines),
                    };
                    let Some(Node { kind: NodeKind::Paragraph(inlines), .. }) = nodes.next_if(|_| fits) else { break };
                    for mut piece in pieces(inlines) {
                        match keyword::leading(&piece) {
                            Some(Keyword::Hint) if question.hint.is_none() => {
                                keyword::take(&mut piece);
                                question.hint = Some(self.text(piece)).filter(|hint| !hint.is_empty());
                            }
                            None | Some(Keyword::Answer) if !answered => {
                                keyword::take(&mut piece);
                                question.answer = self.text(piece);
                                answered = true;
                            }
                            // A second answer, another question: blocks of their own.
                            _ => {
                                let range = whole(&piece);
                                rest.push(Node { kind: NodeKind::Paragraph(piece), range });
                            }
                        }
                    }
                    if !rest.is_empty() {
                        break;
                    }
                }
                NodeKind::List(_, items)
                    if question.choices.is_empty() && items.iter().all(|item| item.task.is_some()) =>
                {
                    let Some(Node { kind: NodeKind::List(_, items), .. }) = nodes.next() else { break };
                    question.choices = items.into_iter().map(|item| self.choice(item)).collect();
                }
                // A comment stands where there is no answer.
                NodeKind::Html(html) if !answered && without_comments(html).trim().is_empty() => {
                    nodes.next();
                    answered = true;
                }
                _ => break,
            }
        }
        rest.extend(nodes);
        question.details = self.blocks(rest);
    }
}

pub(crate) fn join(a: Span, b: Span) -> Span {
    Span::new(a.start().min(b.start()), a.end().max(b.end()))
}

/// Parts a paragraph at the lines that begin with a keyword.
pub(crate) fn pieces(inlines: Vec<Inline<'_>>) -> Vec<Vec<Inline<'_>>> {
    let starts: Vec<bool> = (0..inlines.len())
        .map(|i| matches!(inlines[i].kind, InlineKind::SoftBreak) && keyword::leading(&inlines[i + 1..]).is_some())
        .collect();
    let mut pieces = vec![Vec::new()];
    for (inline, starts) in inlines.into_iter().zip(starts) {
        if starts {
            pieces.push(Vec::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(inline);
        }
    }
    pieces
}
