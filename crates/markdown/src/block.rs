//! Nodes to the model's blocks.

use std::ops::Range;

use patra_core::{
    Block, Cloze, Code, CodeBlock, Diagnostic, Figure, Id, Math, Note, Paragraph, Question, Quote, Rectangle, Region,
    Run, Text, Verse,
};

use crate::attribute::{self, Attributes};
use crate::keyword;
use crate::node::{Inline, InlineKind, Node, NodeKind};
use crate::question::{join, pieces};
use crate::reader::Reader;
use crate::setting::Thing;

/// The blocks of one container while they are put together.
#[derive(Default)]
pub(crate) struct Blocks {
    pub(crate) done: Vec<Block>,
    /// Whether they are those of a section, and stand in no other block.
    pub(crate) in_section: bool,
    /// Attributes that wait for the block after them.
    pub(crate) pending: Attributes,
    /// A question that may still get choices, a hint or its answer, and whether it has had an answer.
    pub(crate) question: Option<(Question, bool)>,
    /// The blocks below that question: they belong to it if choices or an answer follow.
    pub(crate) held: Vec<Held>,
}

/// A block below a question.
pub(crate) struct Held {
    pub(crate) block: Block,
    /// Whether it is a list with markers that CommonMark doesn't know, which the source alone tells.
    pub(crate) lettered: bool,
}

impl Blocks {
    pub(crate) fn push(&mut self, block: Block) {
        self.push_list(block, false);
    }

    /// Adds a block, which is a list marked as [lettered](Held::lettered) or not.
    pub(crate) fn push_list(&mut self, block: Block, lettered: bool) {
        let waits = |(question, answered): &(Question, bool)| !answered && question.choices.is_empty();
        if self.question.as_ref().is_some_and(waits) && may_be_in_stem(&block) {
            self.held.push(Held { block, lettered });
            return;
        }
        self.close();
        self.done.push(block);
    }

    /// Ends the question. Parts of it that are lettered belong to it, also where no answer follows.
    pub(crate) fn close(&mut self) {
        let held = std::mem::take(&mut self.held);
        let Some((mut question, _)) = self.question.take() else { return };
        let parts = held.iter().take_while(|held| held.lettered).count();
        let mut held = held.into_iter().map(|held| held.block);
        question.stem.extend(held.by_ref().take(parts));
        self.done.push(Block::Question(question));
        self.done.extend(held);
    }

    /// Gives what waits below the question to it.
    pub(crate) fn take_stem(&mut self) {
        if let Some((question, _)) = &mut self.question {
            question.stem.extend(self.held.drain(..).map(|held| held.block));
        }
    }

    pub(crate) fn take_pending(&mut self) -> Attributes {
        std::mem::take(&mut self.pending)
    }
}

impl<'c> Reader<'c, '_> {
    /// The blocks of a section.
    pub(crate) fn section_blocks(&mut self, nodes: Vec<Node<'c>>) -> Vec<Block> {
        self.blocks_into(Blocks { in_section: true, ..Blocks::default() }, nodes)
    }

    /// The blocks of an item, a note.
    pub(crate) fn blocks(&mut self, nodes: Vec<Node<'c>>) -> Vec<Block> {
        self.blocks_into(Blocks::default(), nodes)
    }

    fn blocks_into(&mut self, mut blocks: Blocks, nodes: Vec<Node<'c>>) -> Vec<Block> {
        for node in nodes {
            self.block(node, &mut blocks);
        }
        blocks.close();
        if !blocks.pending.is_empty() {
            let range = blocks.pending.range.clone();
            let hint = "attributes on a line of their own belong to the list, table or paragraph after them";
            self.report(Code::Attribute, &range, "no block follows these attributes", hint);
        }
        blocks.done
    }

    fn block(&mut self, node: Node<'c>, blocks: &mut Blocks) {
        let Node { kind, range } = node;
        let span = self.copy.span(&range);
        match kind {
            NodeKind::Paragraph(inlines) => self.paragraph(inlines, &range, blocks),
            NodeKind::Heading(_, inlines) => {
                self.report(
                    Code::KeptAsText,
                    &range,
                    "a heading within a list, a quote or a note has no place in a material, so it was kept as text",
                    "move it out, or write it in bold",
                );
                let text = self.strong_text(inlines);
                self.refuse(&blocks.take_pending(), "a heading within another block");
                if has_gap(&text) {
                    blocks.push(Block::Cloze(Cloze { id: Id::default(), text, span }));
                } else if !text.is_empty() {
                    blocks.push(Block::Paragraph(Paragraph { text, span }));
                }
            }
            NodeKind::Quote(kind, nodes) => {
                let inner = self.blocks(nodes);
                self.refuse(&blocks.take_pending(), if kind.is_some() { "a note" } else { "a quote" });
                blocks.push(match kind {
                    Some(kind) => Block::Note(Note { kind, blocks: inner, span }),
                    None => Block::Quote(Quote { blocks: inner, span }),
                });
            }
            NodeKind::List(start, items) => {
                if items.iter().all(|item| item.task.is_some())
                    && blocks.pending.is_empty()
                    && let Some((question, _)) = &mut blocks.question
                    && question.choices.is_empty()
                {
                    question.choices = items.into_iter().map(|item| self.choice(item)).collect();
                    question.span = join(question.span, span);
                    blocks.take_stem();
                    return;
                }
                let mut attributes = blocks.take_pending();
                let lettered = start.is_some() && items.first().is_some_and(|item| self.is_lettered(item));
                let mut lists = Vec::new();
                self.list(start, items, &range, &mut attributes, &mut lists);
                self.refuse(&attributes, "a list");
                for list in lists {
                    let lettered = lettered && matches!(list, Block::List(_));
                    blocks.push_list(list, lettered);
                }
            }
            NodeKind::Code { info, text } => {
                let mut attributes = blocks.take_pending();
                let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
                let info = info.trim();
                let is_math = info == "math" && !attributes.take_class("code");
                self.refuse(&attributes, "code");
                blocks.push(if is_math {
                    Block::Math(Math { tex: text, span })
                } else {
                    let language = (!info.is_empty()).then(|| info.to_owned());
                    Block::Code(CodeBlock { language, text, span })
                });
            }
            NodeKind::Html(html) => self.html_block(&html, &range, blocks),
            NodeKind::Table(table) => {
                let mut attributes = blocks.take_pending();
                let block = self.table(table, &range, &mut attributes);
                self.refuse(&attributes, "a table");
                blocks.push(block);
            }
            NodeKind::Definitions(definitions) => self.definitions(definitions, &range, blocks),
            NodeKind::Footnote(label, nodes) => {
                self.report(
                    Code::KeptAsText,
                    &range,
                    "a footnote has no place in a material, so it was kept as text",
                    "",
                );
                let mut inner = self.blocks(nodes);
                let mut text = Text::plain(format!("[^{label}]: "));
                if let Some(Block::Paragraph(first)) = inner.first_mut() {
                    text.append(std::mem::take(&mut first.text));
                    first.text = text;
                } else {
                    inner.insert(0, Block::Paragraph(Paragraph { text, span }));
                }
                self.refuse(&blocks.take_pending(), "a footnote");
                blocks.close();
                blocks.done.extend(inner);
            }
        }
    }

    fn html_block(&mut self, html: &str, range: &Range<usize>, blocks: &mut Blocks) {
        let text = without_comments(html);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let span = self.copy.span(range);
        self.refuse(&blocks.take_pending(), "HTML");
        self.kept_as_text(range, "HTML");
        let mut kept = Text::default();
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                kept.push(Run::Break);
            }
            kept.push(Run::Plain(line.trim().to_owned()));
        }
        blocks.push(Block::Paragraph(Paragraph { text: kept, span }));
    }

    pub(crate) fn paragraph(&mut self, mut inlines: Vec<Inline<'c>>, range: &Range<usize>, blocks: &mut Blocks) {
        self.take_lines(&mut inlines, blocks);
        let (Some(first), Some(last)) = (inlines.first(), inlines.last()) else { return };
        let range = first.range.start..last.range.end.max(range.end);
        let span = self.copy.span(&range);
        if is_pictures(&inlines) {
            self.figures(inlines, blocks);
            return;
        }
        if let [Inline { kind: InlineKind::Math { tex, display: true }, .. }] = inlines.as_slice() {
            let tex = tex.trim().to_owned();
            self.refuse(&blocks.take_pending(), "a formula");
            blocks.push(Block::Math(Math { tex, span }));
            return;
        }
        if blocks.pending.take_class("verse") || is_verse(&inlines) {
            self.refuse(&blocks.take_pending(), "verse");
            let stanzas = self.stanzas(inlines);
            blocks.push(Block::Verse(Verse { stanzas, span }));
            return;
        }
        if keyword::leading(&inlines).is_some() {
            for piece in pieces(inlines) {
                self.piece(piece, blocks);
            }
            return;
        }
        self.running_text(inlines, &range, blocks);
    }

    /// A paragraph that is text and nothing else: with gaps or without.
    pub(crate) fn running_text(&mut self, mut inlines: Vec<Inline<'c>>, range: &Range<usize>, blocks: &mut Blocks) {
        let span = self.copy.span(range);
        let parsed = attribute::take_trailing(&self.copy.text, &mut inlines);
        let mut attributes = blocks.take_pending();
        if let Some(trailing) = self.attributes(parsed) {
            attributes.merge(trailing);
        }
        let text = self.text(inlines);
        let cloze = attributes.take_class("cloze") || has_gap(&text);
        if cloze {
            let id = self.take_id(Thing::Block, span, &mut attributes);
            self.refuse(&attributes, "a sentence with gaps");
            blocks.push(Block::Cloze(Cloze { id, text, span }));
        } else if !text.is_empty() {
            self.refuse(&attributes, "a paragraph");
            blocks.push(Block::Paragraph(Paragraph { text, span }));
        }
    }

    /// The lines of verse by stanzas. A bar before a line is not a part of it; a bar alone parts stanzas.
    fn stanzas(&mut self, inlines: Vec<Inline<'c>>) -> Vec<Vec<Text>> {
        let mut stanzas = vec![Vec::new()];
        for mut line in lines(inlines) {
            if let Some(Inline { kind: InlineKind::Words { text, literal: 0 }, range }) = line.first_mut()
                && let Some(rest) = text.strip_prefix('|')
            {
                let bar = text.len() - rest.trim_start_matches([' ', '\t']).len();
                keyword::skip(text, bar);
                range.start += bar;
                if text.is_empty() {
                    line.remove(0);
                }
            }
            let text = self.text(line);
            match stanzas.last_mut() {
                Some(stanza) if !text.is_blank() => stanza.push(text),
                _ => stanzas.push(Vec::new()),
            }
        }
        stanzas.retain(|stanza| !stanza.is_empty());
        stanzas
    }

    fn figures(&mut self, inlines: Vec<Inline<'c>>, blocks: &mut Blocks) {
        for inline in inlines {
            let InlineKind::Image { inner, target, title } = inline.kind else { continue };
            let span = self.copy.span(&inline.range);
            let words = whole(&inner);
            let alt = self.text(inner);
            let mut more = false;
            alt.walk(&mut |run| more |= matches!(run, Run::Link(_) | Run::Gap(_)));
            let alt =
                if more { self.kept_as_text(&words, "a link or a gap in an alternative text") } else { alt.to_plain() };
            let mut attributes = blocks.take_pending();
            let caption = match attributes.take_value("caption") {
                Some(value) => Some(self.value(&value)),
                None => (!title.is_empty()).then(|| Text::plain(title)),
            };
            let mut regions = Vec::new();
            for value in attributes.take_values("region") {
                regions.extend(self.region(&value));
            }
            self.refuse(&attributes, "a figure");
            blocks.push(Block::Figure(Figure { source: target, alt, caption, regions, span }));
        }
    }

    /// A region of a picture: `LEFT% TOP% WIDTH% HEIGHT% #id NAME`, the id where there is one.
    fn region(&mut self, value: &Range<usize>) -> Option<Region> {
        let words = self.copy.text.get(value.clone()).unwrap_or_default();
        let mut rest = words;
        let mut word = || {
            let (word, after) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
            rest = after;
            word
        };
        let parts = [word(), word(), word(), word()].map(hundredths);
        let at = match parts {
            [Some(left), Some(top), Some(width), Some(height)] => Rectangle::new(left, top, width, height),
            _ => None,
        };
        let mut id = Ok(Id::default());
        rest = rest.trim_start();
        if rest.starts_with('#') {
            let (written, after) = rest.split_once(' ').unwrap_or((rest, ""));
            id = Id::new(&written[1..]);
            rest = after;
        }
        let start = value.end - rest.len();
        let (Some(at), Ok(id), false) = (at, id, rest.trim().is_empty()) else {
            let message = "a region of a picture is not well-formed, or leaves the picture";
            let hint = "write where it lies, in hundredths of the picture, and its name: `region=\"LEFT% TOP% WIDTH% HEIGHT% NAME\"`";
            let problem = Diagnostic::new(Code::Attribute, self.copy.span(value), message).with_hint(hint);
            self.found.push(problem);
            return None;
        };
        let name = self.value(&(start..value.end));
        Some(Region { id, name, at })
    }

    /// The words that `nodes` begin with, and the blocks after them.
    pub(crate) fn led_blocks(&mut self, nodes: Vec<Node<'c>>) -> (Text, Vec<Block>) {
        let mut nodes = nodes.into_iter().peekable();
        let mut text = Text::default();
        if let Some(Node { kind: NodeKind::Paragraph(inlines), .. }) = nodes.peek()
            && !self.is_other_block(inlines)
            && let Some(Node { kind: NodeKind::Paragraph(inlines), .. }) = nodes.next()
        {
            text = self.text(inlines);
        }
        (text, self.blocks(nodes.collect()))
    }

    /// Whether a paragraph is an attribute, a formula or figures.
    pub(crate) fn is_other_block(&self, inlines: &[Inline<'c>]) -> bool {
        let attribute = inlines.first().is_some_and(|first| {
            let InlineKind::Words { text, literal: 0 } = &first.kind else { return false };
            let line_end = self.copy.text[first.range.start..].find('\n').map(|i| first.range.start + i);
            text.starts_with('{')
                && attribute::parse(&self.copy.text, first.range.start).is_some_and(|parsed| {
                    parsed.is_ok_and(|attributes| {
                        let rest = attributes.range.end..line_end.unwrap_or(self.copy.text.len());
                        self.copy.text.get(rest).is_some_and(|rest| rest.trim().is_empty())
                    })
                })
        });
        attribute
            || is_pictures(inlines)
            || matches!(inlines, [Inline { kind: InlineKind::Math { display: true, .. }, .. }])
    }
}

/// Whether a block below a question may belong to it, though what it belongs to is not said.
pub(crate) fn may_be_in_stem(block: &Block) -> bool {
    match block {
        Block::Comparison(_)
        | Block::Table(_)
        | Block::List(_)
        | Block::Paragraph(_)
        | Block::Verse(_)
        | Block::Note(_)
        | Block::Quote(_)
        | Block::Code(_)
        | Block::Math(_)
        | Block::Figure(_) => true,
        Block::Definition(_) | Block::Terms(_) | Block::Question(_) | Block::Cloze(_) => false,
    }
}

pub(crate) fn whole(inlines: &[Inline<'_>]) -> Range<usize> {
    match (inlines.first(), inlines.last()) {
        (Some(first), Some(last)) => first.range.start..last.range.end,
        _ => 0..0,
    }
}

fn has_gap(text: &Text) -> bool {
    let mut found = false;
    text.walk(&mut |run| found |= matches!(run, Run::Gap(_)));
    found
}

/// A number of hundredths with up to two decimals, `12.5%`, in ten-thousandths.
fn hundredths(word: &str) -> Option<u16> {
    let (whole, decimals) = word.strip_suffix('%')?.split_once('.').unwrap_or((word.strip_suffix('%')?, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    Some(whole.parse::<u16>().ok()? * 100 + format!("{decimals:0<2}").parse::<u16>().ok()?)
}

/// The lines of a paragraph, as the source has them.
fn lines<'c>(inlines: Vec<Inline<'c>>) -> Vec<Vec<Inline<'c>>> {
    let mut lines = vec![Vec::new()];
    for inline in inlines {
        match (&inline.kind, lines.last_mut()) {
            (InlineKind::SoftBreak | InlineKind::HardBreak, _) => lines.push(Vec::new()),
            (_, Some(line)) => line.push(inline),
            (_, None) => {}
        }
    }
    lines
}

/// Whether each line of a paragraph begins with a bar and none ends with one, as the rows of a table do.
fn is_verse(inlines: &[Inline<'_>]) -> bool {
    let is_break = |inline: &Inline<'_>| matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak);
    let mut words = false;
    let all = inlines.split(is_break).all(|line| {
        let Some(Inline { kind: InlineKind::Words { text, literal: 0 }, .. }) = line.first() else { return false };
        let Some(rest) = text.strip_prefix('|').filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) else {
            return false;
        };
        let more = line.len() > 1 || !rest.trim().is_empty();
        words |= more;
        let ends_with_bar = match line.last().map(|inline| &inline.kind) {
            Some(InlineKind::Words { text, literal }) => {
                text.get(*literal..).is_some_and(|raw| raw.trim_end().ends_with('|'))
            }
            _ => false,
        };
        !(more && ends_with_bar)
    });
    all && words
}

/// Whether a paragraph holds images and nothing else.
fn is_pictures(inlines: &[Inline<'_>]) -> bool {
    let blank = |inline: &Inline<'_>| match &inline.kind {
        InlineKind::SoftBreak => true,
        InlineKind::Words { text, .. } => text.trim().is_empty(),
        _ => false,
    };
    let is_picture = |inline: &Inline<'_>| matches!(inline.kind, InlineKind::Image { .. });
    inlines.iter().any(is_picture) && inlines.iter().all(|inline| is_picture(inline) || blank(inline))
}

/// HTML without its comments.
pub(crate) fn without_comments(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<!--") {
        out.push_str(&rest[..start]);
        let Some(end) = rest[start..].find("-->") else {
            // A comment that never ends is none: all that follows it would be gone.
            rest = &rest[start..];
            break;
        };
        rest = &rest[start + end + 3..];
    }
    out.push_str(rest);
    out
}
