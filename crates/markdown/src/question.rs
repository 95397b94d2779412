//! Questions with what belongs to them.

use patra_core::{
    Block, Choice, Code, ListItem, ListMarker, ListStyle, Marks, Question, Room, RoomError, Run, Span, Text,
};

use crate::attribute::{self, Attributes};
use crate::block::{Blocks, Held, whole, without_comments};
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
                let lettering = self.take_marker("choices", &mut attributes);
                let marks = self.take_marks(&mut attributes);
                self.refuse(&attributes, "a question");
                let prompt = self.text(inlines);
                blocks.question =
                    Some((Question { id, prompt, room, lettering, marks, span, ..Question::default() }, false));
            }
            (Keyword::Answer, Some((question, answered @ false))) => {
                *answered = true;
                keyword::take(&mut inlines);
                question.answer = self.text(inlines);
                question.span = join(question.span, span);
                offer(question, &mut blocks.held);
                blocks.take_stem();
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

    /// Takes the marks that attributes give: `marks=3`.
    pub(crate) fn take_marks(&mut self, attributes: &mut Attributes) -> Option<Marks> {
        let range = attributes.take_value("marks")?;
        match Marks::parse(&self.typed(&range)) {
            Ok(marks) => Some(marks),
            Err(error) => {
                self.report(Code::Attribute, &range, error, "write `marks=3` after the question");
                None
            }
        }
    }

    /// Fills in the answer, the choices and the hint from the blocks that belong to a question.
    pub(crate) fn question_body(&mut self, question: &mut Question, nodes: Vec<Node<'c>>) {
        let nodes = self.take_body_stem(question, nodes);
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

impl<'c> Reader<'c, '_> {
    /// Takes what stands before an answer that says that it is one: it belongs to the question.
    fn take_body_stem(&mut self, question: &mut Question, mut nodes: Vec<Node<'c>>) -> Vec<Node<'c>> {
        let leads = |node: &Node<'c>| match &node.kind {
            NodeKind::Paragraph(inlines) => keyword::leading(inlines),
            _ => None,
        };
        // An answer after another question is that question's.
        let first = nodes.iter().position(|node| matches!(leads(node), Some(Keyword::Answer | Keyword::Question)));
        let Some(at) = first.filter(|&at| leads(&nodes[at]) == Some(Keyword::Answer)) else { return nodes };
        let rest = nodes.split_off(at);
        let is_own = |node: &Node<'c>| match &node.kind {
            NodeKind::List(_, items) => items.iter().all(|item| item.task.is_some()),
            NodeKind::Html(html) => without_comments(html).trim().is_empty(),
            _ => leads(node) == Some(Keyword::Hint),
        };
        let (own, stem): (Vec<_>, Vec<_>) = nodes.into_iter().partition(is_own);
        question.stem = self.blocks(stem);
        // A comment stands where the body begins with something else than words.
        own.into_iter().filter(|node| !matches!(node.kind, NodeKind::Html(_))).chain(rest).collect()
    }
}

/// Makes choices of the lettered list that stands last below a question, if the answer names some of its items.
fn offer(question: &mut Question, held: &mut Vec<Held>) {
    let Some(Held { block: Block::List(list), lettered: true }) = held.last() else { return };
    let offers = list.marker.style.is_lettering() && list.start == Some(1);
    if !offers || list.items.iter().any(|item| !item.blocks.is_empty() || item.text.is_blank()) {
        return;
    }
    let texts: Vec<String> = list.items.iter().map(|item| item.text.to_plain()).collect();
    let Some(named) = named(&question.answer.to_plain(), list.marker, &texts) else { return };
    question.lettering = Some(list.marker);
    if named.alone {
        question.answer = Text::default();
    } else {
        // A letter in the explanation would be another choice's where choices are drawn in another order.
        let mut runs = question.answer.runs().to_vec();
        if let Some(Run::Plain(words)) = runs.first_mut()
            && let Some((_, rest)) = words.split_once(' ')
        {
            *words = rest.trim_start().to_owned();
        }
        question.answer = runs.into_iter().collect();
    }
    let Some(Held { block: Block::List(list), .. }) = held.pop() else { return };
    let choice = |(at, item): (usize, ListItem)| {
        let correct = named.right.contains(&at);
        Choice { text: item.text, correct, span: item.span, ..Choice::default() }
    };
    question.choices = list.items.into_iter().enumerate().map(choice).collect();
}

/// Choices that an answer names.
struct Named {
    /// Their places, from 0.
    right: Vec<usize>,
    /// Whether the answer says no more than that.
    alone: bool,
}

/// The choices that an answer names: by their letters, `(ख)`, `b, c`; by a letter and the words, `(ख) H2O`; or by the words of
/// one alone.
fn named(answer: &str, marker: ListMarker, choices: &[String]) -> Option<Named> {
    let same = |words: &str, choice: &str| {
        let bare = |words: &str| words.trim().trim_end_matches(['.', '।']).trim_end().to_lowercase();
        bare(words) == bare(choice)
    };
    let place = |label: &str| {
        let bare = label.trim_start_matches('(').trim_end_matches([')', '.', '।']);
        let bare = match marker.style {
            ListStyle::LowerAlpha => bare.to_lowercase(),
            ListStyle::UpperAlpha => bare.to_uppercase(),
            _ => bare.to_owned(),
        };
        let number =
            ListMarker::readings(&format!("{bare}.")).into_iter().find(|(read, _)| read.style == marker.style)?.1;
        usize::try_from(number).ok()?.checked_sub(1).filter(|&at| at < choices.len())
    };
    let answer = answer.trim();
    let labels: Vec<&str> = answer
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '&'))
        .filter(|word| !word.is_empty() && !JOINS.contains(word))
        .collect();
    let right: Option<Vec<usize>> = labels.iter().map(|label| place(label)).collect();
    if let Some(right) = right.filter(|right| !right.is_empty()) {
        return Some(Named { right, alone: true });
    }
    // Before other words a letter alone could be one of them.
    let (first, rest) = answer.split_once(char::is_whitespace).unwrap_or((answer, ""));
    if first.ends_with([')', '.'])
        && let Some(at) = place(first)
    {
        return Some(Named { right: vec![at], alone: same(rest, &choices[at]) });
    }
    let mut like = (0..choices.len()).filter(|&at| same(answer, &choices[at]));
    match (like.next(), like.next()) {
        (Some(at), None) => Some(Named { right: vec![at], alone: true }),
        _ => None,
    }
}

/// Words between the letters of several choices.
const JOINS: [&str; 12] = ["and", "और", "तथा", "व", "एवं", "আৰু", "এবং", "ও", "ਅਤੇ", "અને", "आणि", "اور"];

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
