//! Lists: plain ones, terms with descriptions, choices.

use std::ops::Range;

use patra_core::{
    Block, Choice, Code, Entry, List, ListItem, ListMarker, ListMarkerError, Question, Run, Span, Terms, Text,
};

use crate::attribute::{self, Attributes};
use crate::keyword;
use crate::lettering::is_own;
use crate::node::{Inline, InlineKind, ItemNode, Node, NodeKind};
use crate::reader::Reader;
use crate::setting::Thing;

/// The class of a choice that keeps its place.
pub(crate) const PINNED: &str = "pinned";

/// An item's first paragraph, parted at the colon.
struct Parted<'c> {
    term: Vec<Inline<'c>>,
    attributes: Option<Range<usize>>,
    description: Vec<Inline<'c>>,
}

impl<'c> Reader<'c, '_> {
    pub(crate) fn list(
        &mut self,
        start: Option<u64>,
        items: Vec<ItemNode<'c>>,
        range: &Range<usize>,
        attributes: &mut Attributes,
        out: &mut Vec<Block>,
    ) {
        if attributes.take_class("definition") {
            items.into_iter().for_each(|item| out.push(self.definition_item(item)));
            return;
        }
        if attributes.take_class("question") {
            items.into_iter().for_each(|item| out.push(self.question_item(item)));
            return;
        }
        let plain = attributes.take_class("list");
        let asked = attributes.take_class("terms");
        let lettered = start.is_some() && items.first().is_some_and(|item| self.is_lettered(item));
        let terms =
            !plain && (asked || !lettered && items.iter().all(|item| item.task.is_none() && self.is_term(item)));
        if terms {
            let mut terms = self.empty_terms(attributes, start.is_some(), range);
            terms.entries = items.into_iter().map(|item| self.entry(item)).collect();
            out.push(Block::Terms(terms));
            return;
        }
        let written = attributes.take_value("start").and_then(|value| self.copy.text[value].parse().ok());
        let start = start.map(|start| written.unwrap_or_else(|| u32::try_from(start).unwrap_or(u32::MAX)));
        if start.is_some()
            && let Some(marker) = self.take_marker("marker", attributes)
        {
            let items = items.into_iter().map(|item| self.item(item)).collect();
            out.push(Block::List(List { start, marker, items, span: self.copy.span(range) }));
            return;
        }
        let mut lists: Vec<List> = Vec::new();
        let mut before = None;
        for item in items {
            let (marker, number) = match self.copy.marker(item.range.start).filter(|_| start.is_some()) {
                Some((marker, number)) => (marker, number),
                None => (ListMarker::default(), None),
            };
            // To the parser markers of its own kind that follow others continue their list.
            let counts_on = before.is_none_or(|(other, last): (ListMarker, Option<u32>)| {
                other == marker && (!is_own(marker) || number == last.and_then(|last| last.checked_add(1)))
            });
            before = Some((marker, number));
            let item = self.item(item);
            match lists.last_mut().filter(|_| counts_on) {
                Some(list) => list.items.push(item),
                None => {
                    let start = if lists.is_empty() { start } else { start.map(|_| number.unwrap_or(1)) };
                    lists.push(List { start, marker, items: vec![item], span: Span::NONE });
                }
            }
        }
        let whole = self.copy.span(range);
        let single = lists.len() == 1;
        for mut list in lists {
            let (first, last) = (list.items.first().map(|item| item.span), list.items.last().map(|item| item.span));
            list.span = match (first, last) {
                (Some(first), Some(last)) if !single => Span::new(first.start(), last.end()),
                _ => whole,
            };
            out.push(Block::List(list));
        }
    }

    /// Whether an item is marked in a way that CommonMark doesn't know.
    pub(crate) fn is_lettered(&self, item: &ItemNode<'c>) -> bool {
        self.copy.marker(item.range.start).is_some_and(|(marker, _)| is_own(marker))
    }

    /// Takes the marker that an attribute shows: `marker="(a)"`.
    pub(crate) fn take_marker(&mut self, key: &str, attributes: &mut Attributes) -> Option<ListMarker> {
        let said = attributes.take_value(key)?;
        match self.typed(&said).parse() {
            Ok(marker) => Some(marker),
            Err(error) => {
                let error: ListMarkerError = error;
                self.report(Code::Attribute, &said, error, "write the marker of the first item");
                None
            }
        }
    }

    /// A list of terms without entries, with what its attributes say.
    pub(crate) fn empty_terms(&mut self, attributes: &mut Attributes, ordered: bool, range: &Range<usize>) -> Terms {
        let id = self.take_id(Thing::Block, self.copy.span(range), attributes);
        let kind = attributes.take_value("kind").map(|value| self.value(&value)).filter(|kind| !kind.is_empty());
        let ordered = attributes.take_class("ordered") || ordered;
        Terms { id, kind, ordered, entries: Vec::new(), span: self.copy.span(range) }
    }

    fn item(&mut self, item: ItemNode<'c>) -> ListItem {
        let span = self.copy.span(&item.range);
        let (mut text, blocks) = self.led_blocks(item.nodes);
        if let Some(ticked) = item.task {
            self.report(
                Code::KeptAsText,
                &item.range,
                "a box to tick has no place in a list, so it was kept as text",
                "choices stand below a question: `Q: …`",
            );
            let mut boxed = Text::plain(if ticked { "[x] " } else { "[ ] " });
            boxed.append(std::mem::take(&mut text));
            text = boxed;
        }
        ListItem { text, blocks, span }
    }

    pub(crate) fn choice(&mut self, mut item: ItemNode<'c>) -> Choice {
        let span = self.copy.span(&item.range);
        let pinned = self.take_pinned(&mut item);
        let (mut text, blocks) = self.led_blocks(item.nodes);
        if !blocks.is_empty() {
            self.report(
                Code::KeptAsText,
                &item.range,
                "a choice is one run of text, so what stands below it was added to it",
                "move it to the answer",
            );
            blocks.iter().for_each(|block| append_words(block, &mut text));
        }
        Choice { text, correct: item.task == Some(true), pinned, span }
    }

    /// Takes `{.pinned}` from the end of a choice. Other braces are words.
    fn take_pinned(&mut self, item: &mut ItemNode<'c>) -> bool {
        let Some(Node { kind: NodeKind::Paragraph(inlines), .. }) = item.nodes.first_mut() else { return false };
        let text = &self.copy.text;
        let Some(range) = inlines.last().map(|last| last.range.clone()) else { return false };
        let Some(brace) = text.get(range.clone()).and_then(|words| words.rfind('{')) else { return false };
        let parsed = attribute::parse(text, range.start + brace);
        if !parsed.is_some_and(|parsed| parsed.is_ok_and(|mut attributes| attributes.take_class(PINNED))) {
            return false;
        }
        let Some(Ok(mut attributes)) = attribute::take_trailing(text, inlines) else { return false };
        let pinned = attributes.take_class(PINNED);
        self.refuse(&attributes, "a choice");
        pinned
    }

    /// Whether an item begins with a term in bold that something separates from its description.
    fn is_term(&self, item: &ItemNode<'c>) -> bool {
        let Some(Node { kind: NodeKind::Paragraph(inlines), .. }) = item.nodes.first() else { return false };
        let Some(Inline { kind: InlineKind::Strong(inner), .. }) = inlines.first() else { return false };
        let after = self.after_attributes(inlines).map(|(_, rest)| rest).unwrap_or_default();
        separator(after) > 0 || (ends_with_colon(inner).is_some() && !inner.is_empty())
    }

    /// The attributes right after a term in bold, and the words after those.
    fn after_attributes<'i>(&'i self, inlines: &'i [Inline<'c>]) -> Option<(Option<Range<usize>>, &'i str)> {
        let Some(Inline { kind: InlineKind::Words { text, literal: 0 }, range }) = inlines.get(1) else { return None };
        let lead = text.len() - text.trim_start_matches([' ', '\t']).len();
        if text[lead..].starts_with('{')
            && let Some(Ok(attributes)) = attribute::parse(&self.copy.text, range.start + lead)
        {
            let end = attributes.range.end;
            // The attributes may hold escapes and marks, each an inline of its own.
            let holder = inlines.iter().find(|inline| inline.range.contains(&end) || inline.range.end == end)?;
            let InlineKind::Words { text, .. } = &holder.kind else { return None };
            let rest = text.get(end - holder.range.start..)?;
            return Some((Some(attributes.range), rest));
        }
        Some((None, text))
    }

    /// Parts the first paragraph of an item of a list of terms.
    fn part(&mut self, mut inlines: Vec<Inline<'c>>) -> Parted<'c> {
        if !matches!(inlines.first().map(|inline| &inline.kind), Some(InlineKind::Strong(_))) {
            return part_at_colon(inlines);
        }
        let found = self.after_attributes(&inlines).and_then(|(attributes, _)| attributes);
        let mut rest = inlines.split_off(1);
        let mut term = match inlines.pop().map(|inline| inline.kind) {
            Some(InlineKind::Strong(inner)) => inner,
            _ => Vec::new(),
        };
        if let Some(attributes) = &found {
            let end = attributes.end;
            rest.retain(|inline| inline.range.end > end);
            if let Some(Inline { kind: InlineKind::Words { text, literal }, range }) = rest.first_mut()
                && range.start < end
            {
                keyword::skip(text, end - range.start);
                *literal = 0;
                range.start = end;
            }
        }
        let mut separated = false;
        if let Some(Inline { kind: InlineKind::Words { text, literal: 0 }, range }) = rest.first_mut() {
            let taken = separator(text);
            if taken > 0 {
                keyword::skip(text, taken);
                range.start += taken;
                separated = true;
            }
        }
        if !separated
            && let Some(colon) = ends_with_colon(&term)
            && let Some(Inline { kind: InlineKind::Words { text, .. }, range }) = term.last_mut()
        {
            let kept = text.len() - colon;
            match text {
                std::borrow::Cow::Borrowed(s) => *s = &s[..kept],
                std::borrow::Cow::Owned(s) => s.truncate(kept),
            }
            range.end -= colon;
        }
        trim_start(&mut rest);
        Parted { term, attributes: found, description: rest }
    }

    /// What an item's first paragraph has before and after its separator, the attributes in it, and the nodes that follow.
    fn parted(&mut self, mut nodes: Vec<Node<'c>>) -> (Parted<'c>, Attributes, Vec<Node<'c>>) {
        let first = match nodes.first_mut() {
            Some(Node { kind: NodeKind::Paragraph(inlines), .. }) => {
                let inlines = std::mem::take(inlines);
                nodes.remove(0);
                inlines
            }
            _ => Vec::new(),
        };
        let mut parted = self.part(first);
        let attributes = match parted.attributes.take() {
            Some(range) => {
                let parsed = attribute::parse(&self.copy.text, range.start);
                self.attributes(parsed).unwrap_or_default()
            }
            None => Attributes::default(),
        };
        (parted, attributes, nodes)
    }

    fn entry(&mut self, item: ItemNode<'c>) -> Entry {
        let span = self.copy.span(&item.range);
        let (parted, mut attributes, nodes) = self.parted(item.nodes);
        let id = self.take_id(Thing::Entry, span, &mut attributes);
        self.refuse(&attributes, "a term");
        let term = self.text(parted.term);
        let description = self.text(parted.description);
        Entry { id, term, description, details: self.blocks(nodes), span }
    }

    /// A definition written as an item, as is done within other blocks.
    fn definition_item(&mut self, item: ItemNode<'c>) -> Block {
        let span = self.copy.span(&item.range);
        let (parted, mut attributes, nodes) = self.parted(item.nodes);
        let mut definition = self.definition_head(parted.term, span, &mut attributes);
        self.refuse(&attributes, "a definition");
        definition.meaning = self.text(parted.description);
        definition.details = self.blocks(nodes);
        definition.span = span;
        Block::Definition(definition)
    }

    /// A question written as an item, as is done within other blocks: the prompt first, then what belongs to it.
    fn question_item(&mut self, item: ItemNode<'c>) -> Block {
        let span = self.copy.span(&item.range);
        let mut nodes = item.nodes;
        let mut question = Question { span, ..Question::default() };
        if let Some(Node { kind: NodeKind::Paragraph(inlines), .. }) = nodes.first_mut() {
            let mut inlines = std::mem::take(inlines);
            nodes.remove(0);
            keyword::take(&mut inlines);
            let parsed = attribute::take_trailing(&self.copy.text, &mut inlines);
            let mut attributes = self.attributes(parsed).unwrap_or_default();
            question.id = self.take_id(Thing::Block, span, &mut attributes);
            question.room = self.take_room(&mut attributes);
            question.lettering = self.take_marker("choices", &mut attributes);
            question.marks = self.take_marks(&mut attributes);
            self.refuse(&attributes, "a question");
            question.prompt = self.text(inlines);
        }
        self.question_body(&mut question, nodes);
        Block::Question(question)
    }
}

/// The bytes at the start of `words` that separate a term from its description, 0 where none do.
fn separator(words: &str) -> usize {
    let rest = words.trim_start_matches([' ', '\t']);
    let lead = words.len() - rest.len();
    let mark = if rest.starts_with("：") {
        '：'.len_utf8()
    } else if rest.starts_with(':') {
        1
    } else if let Some(dash) = ["–", "—", "-"].into_iter().find(|dash| rest.starts_with(dash)) {
        let spaced = lead > 0 && rest[dash.len()..].starts_with([' ', '\t']);
        if !spaced {
            return 0;
        }
        dash.len()
    } else {
        return 0;
    };
    let after = &rest[mark..];
    lead + mark + after.len() - after.trim_start_matches([' ', '\t']).len()
}

/// The length of the colon that a term in bold ends with: `**term:** description`.
fn ends_with_colon(inner: &[Inline<'_>]) -> Option<usize> {
    let Some(Inline { kind: InlineKind::Words { text, literal }, .. }) = inner.last() else { return None };
    let raw = text.get(*literal..)?;
    [":", "："].into_iter().find(|colon| raw.ends_with(colon)).map(str::len)
}

fn trim_start(inlines: &mut Vec<Inline<'_>>) {
    if let Some(Inline { kind: InlineKind::Words { text, literal: 0 }, range }) = inlines.first_mut() {
        let blank = text.len() - text.trim_start_matches([' ', '\t']).len();
        keyword::skip(text, blank);
        range.start += blank;
        if text.is_empty() {
            inlines.remove(0);
        }
    }
    if matches!(inlines.first().map(|inline| &inline.kind), Some(InlineKind::SoftBreak)) {
        inlines.remove(0);
    }
}

/// `term: description` without bold, in a list that says it holds terms.
fn part_at_colon(mut inlines: Vec<Inline<'_>>) -> Parted<'_> {
    let found = inlines.iter().enumerate().find_map(|(index, inline)| {
        let InlineKind::Words { text, literal } = &inline.kind else { return None };
        let at = text[*literal..].find([':', '：'])? + literal;
        Some((index, at, text[at..].chars().next().map_or(1, char::len_utf8)))
    });
    let Some((index, at, colon)) = found else {
        return Parted { term: inlines, attributes: None, description: Vec::new() };
    };
    let mut description = inlines.split_off(index);
    if let Some(Inline { kind: InlineKind::Words { text, literal }, range }) = description.first_mut() {
        let before = text[..at].to_owned();
        let middle = range.start + at;
        let first =
            Inline { kind: InlineKind::Words { text: before.into(), literal: *literal }, range: range.start..middle };
        keyword::skip(text, at + colon);
        *literal = 0;
        range.start = middle + colon;
        inlines.push(first);
    }
    trim_start(&mut description);
    Parted { term: inlines, attributes: None, description }
}

/// Adds the words of a block, a line each.
fn append_words(block: &Block, out: &mut Text) {
    let mut lines: Vec<Text> = Vec::new();
    match block {
        Block::Definition(b) => {
            lines.push(b.term.clone());
            lines.extend(b.full_form.clone());
            lines.push(b.meaning.clone());
        }
        Block::Terms(b) => lines.extend(b.entries.iter().flat_map(|e| [e.term.clone(), e.description.clone()])),
        Block::List(b) => lines.extend(b.items.iter().map(|item| item.text.clone())),
        Block::Comparison(b) => {
            lines.push(b.corner.clone());
            lines.extend(b.subjects.iter().map(|subject| subject.name.clone()));
            for aspect in &b.aspects {
                lines.push(aspect.name.clone());
                lines.extend(aspect.cells.iter().cloned());
            }
        }
        Block::Table(b) => {
            lines.extend(b.columns.iter().map(|column| column.heading.clone()));
            lines.extend(b.rows.iter().flat_map(|row| row.cells.iter().cloned()));
        }
        Block::Paragraph(b) => lines.push(b.text.clone()),
        Block::Verse(b) => lines.extend(b.lines().cloned()),
        Block::Cloze(b) => lines.push(b.text.clone()),
        Block::Question(b) => {
            lines.extend([b.prompt.clone(), b.answer.clone()]);
            lines.extend(b.hint.clone());
            lines.extend(b.choices.iter().map(|choice| choice.text.clone()));
        }
        Block::Code(b) => lines.push(Text::plain(b.text.clone())),
        Block::Math(b) => lines.push(Text::plain(b.tex.clone())),
        Block::Figure(b) => {
            lines.push(Text::plain(format!("![{}]({})", b.alt, b.source)));
            lines.extend(b.caption.clone());
            lines.extend(b.regions.iter().map(|region| region.name.clone()));
        }
        Block::Note(_) | Block::Quote(_) => {}
    }
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push(Run::Break);
        }
        out.append(line);
    }
    block.children().into_iter().for_each(|block| append_words(block, out));
}
