//! The parser's events as a tree of bounded depth.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use patra_core::{Alignment, Code, Diagnostic, MAX_DEPTH, NoteKind, phrase};
use pulldown_cmark::{
    Alignment as Side, BlockQuoteKind, CodeBlockKind, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};

use crate::copy::Copy;
use crate::node::{CellNode, DefinitionNode, Inline, InlineKind, ItemNode, Node, NodeKind, TableNode};

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// What the parser made of a copy.
pub(crate) struct Tree<'c> {
    pub(crate) nodes: Vec<Node<'c>>,
    /// Ranges with words that no node holds: link definitions that nothing uses, cells beyond the header's.
    pub(crate) unheld: Vec<Range<usize>>,
    /// Whether a digit that the copier replaced turned out to start no list.
    pub(crate) idle_numerals: BTreeSet<usize>,
}

/// Reads the blocks of a copy.
pub(crate) fn parse<'c>(copy: &'c Copy<'_>, found: &mut Vec<Diagnostic>) -> Tree<'c> {
    let text: &'c str = &copy.text;
    let mut events = Parser::new_ext(text, OPTIONS).into_offset_iter();
    let mut builder = Builder {
        copy,
        text,
        stack: vec![Frame::new(Holder::Root, 0..text.len())],
        depth: 1,
        inline_depth: 0,
        held: Vec::new(),
        labels: BTreeSet::new(),
        items: Vec::new(),
        too_deep: None,
    };
    for (event, range) in events.by_ref() {
        builder.event(event, range);
    }
    builder.finish(&events, found)
}

enum Holder {
    Root,
    Quote(Option<NoteKind>),
    List(Option<u64>),
    Item,
    Footnote(String),
    Definitions,
    Title,
    Body,
    Table,
    Row,
    Cell,
    Paragraph,
    Heading(u8),
    Code(String),
    Html,
    Strong,
    Emphasis,
    Strike,
    Link {
        target: String,
        title: String,
    },
    Image {
        target: String,
        title: String,
    },
    /// What stands too deep: its content goes to what holds it.
    Flat,
}

struct Frame<'c> {
    holder: Holder,
    range: Range<usize>,
    nodes: Vec<Node<'c>>,
    inlines: Vec<Inline<'c>>,
    items: Vec<ItemNode<'c>>,
    definitions: Vec<DefinitionNode<'c>>,
    table: TableNode<'c>,
    cells: Vec<CellNode<'c>>,
    text: String,
    task: Option<bool>,
}

impl Frame<'_> {
    fn new(holder: Holder, range: Range<usize>) -> Self {
        Frame {
            holder,
            range,
            nodes: Vec::new(),
            inlines: Vec::new(),
            items: Vec::new(),
            definitions: Vec::new(),
            table: TableNode::default(),
            cells: Vec::new(),
            text: String::new(),
            task: None,
        }
    }
}

struct Builder<'c, 's> {
    copy: &'c Copy<'s>,
    text: &'c str,
    stack: Vec<Frame<'c>>,
    /// How deep a block stands that begins now; 1 in a section.
    depth: usize,
    inline_depth: usize,
    /// Ranges whose words some node holds.
    held: Vec<Range<usize>>,
    /// The labels of link definitions that something uses.
    labels: BTreeSet<String>,
    /// Where items of lists begin, in their order.
    items: Vec<usize>,
    too_deep: Option<Range<usize>>,
}

fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl<'c> Builder<'c, '_> {
    fn owned(&self, words: &str) -> String {
        self.copy.restore(Cow::Borrowed(words)).into_owned()
    }

    fn cow(&self, words: pulldown_cmark::CowStr<'c>) -> Cow<'c, str> {
        self.copy.restore(words.into())
    }

    fn event(&mut self, event: Event<'c>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(words) => self.words(words, range),
            Event::Code(code) => {
                let code = self.cow(code);
                self.inline(InlineKind::Code(code), range);
            }
            Event::InlineMath(tex) => {
                let tex = self.cow(tex);
                self.inline(InlineKind::Math { tex, display: false }, range);
            }
            Event::DisplayMath(tex) => {
                let tex = self.cow(tex);
                self.inline(InlineKind::Math { tex, display: true }, range);
            }
            Event::Html(html) => {
                self.held.push(range.clone());
                let html = self.owned(&html);
                match self.stack.last_mut() {
                    Some(frame) if matches!(frame.holder, Holder::Html) => frame.text.push_str(&html),
                    _ => self.node(NodeKind::Html(html), range),
                }
            }
            Event::InlineHtml(html) => {
                let html = self.cow(html);
                self.inline(InlineKind::Html(html), range);
            }
            Event::FootnoteReference(label) => {
                let label = self.cow(label);
                self.inline(InlineKind::Footnote(label), range);
            }
            Event::SoftBreak => self.inline(InlineKind::SoftBreak, range),
            Event::HardBreak => self.inline(InlineKind::HardBreak, range),
            Event::Rule => self.flush(),
            Event::TaskListMarker(ticked) => {
                self.held.push(range);
                if let Some(item) = self.stack.iter_mut().rev().find(|frame| matches!(frame.holder, Holder::Item)) {
                    item.task = Some(ticked);
                }
            }
        }
    }

    fn words(&mut self, words: pulldown_cmark::CowStr<'c>, range: Range<usize>) {
        if let Some(frame) = self.stack.last_mut()
            && matches!(frame.holder, Holder::Code(_))
        {
            frame.text.push_str(&words);
            self.held.push(range);
            return;
        }
        let as_typed = self.text.get(range.clone()) == Some(&*words);
        let escaped = as_typed
            && self.text.as_bytes().get(range.start.wrapping_sub(1)) == Some(&b'\\')
            && self.held.last().is_none_or(|held| held.end < range.start);
        let literal = if !as_typed {
            words.len()
        } else if escaped {
            words.chars().next().map_or(0, char::len_utf8)
        } else {
            0
        };
        // A stand-in has the length of what it stands for, so `literal` and offsets hold for the restored words too.
        let text = self.cow(words);
        self.inline(InlineKind::Words { text, literal }, range);
    }

    fn inline(&mut self, kind: InlineKind<'c>, range: Range<usize>) {
        self.held.push(range.clone());
        if let Some(frame) = self.stack.last_mut() {
            frame.inlines.push(Inline { kind, range });
        }
    }

    fn node(&mut self, kind: NodeKind<'c>, range: Range<usize>) {
        self.flush();
        if let Some(frame) = self.stack.last_mut() {
            frame.nodes.push(Node { kind, range });
        }
    }

    /// Makes a paragraph of words that stand in an item or a definition without one.
    fn flush(&mut self) {
        let Some(frame) = self.stack.last_mut() else { return };
        if let (Some(first), Some(last)) = (frame.inlines.first(), frame.inlines.last()) {
            let range = first.range.start..last.range.end;
            let inlines = std::mem::take(&mut frame.inlines);
            frame.nodes.push(Node { kind: NodeKind::Paragraph(inlines), range });
        }
    }

    /// The range of a list or an item from its mark on. The parser begins one that a tab indents at the line end before it.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let held = self.text.get(range.clone()).unwrap_or_default();
        let lead = held.len() - held.trim_start_matches(|c: char| c.is_whitespace() || c == '>').len();
        range.start + lead..range.end
    }

    fn start(&mut self, tag: Tag<'c>, range: Range<usize>) {
        let range = if matches!(tag, Tag::List(_) | Tag::Item) { self.trimmed(range) } else { range };
        let is_inline =
            matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. });
        if !is_inline {
            self.flush();
        }
        let mut alignments = Vec::new();
        let mut holder = match tag {
            Tag::Paragraph => Holder::Paragraph,
            Tag::Heading { level, .. } => Holder::Heading(level as u8),
            Tag::BlockQuote(kind) => {
                if kind.is_some() {
                    // Lines of the copy end with LF.
                    let line = self.text[range.start..].find('\n').unwrap_or(range.len());
                    self.held.push(range.start..range.start + line);
                }
                Holder::Quote(kind.map(note_kind))
            }
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => self.owned(&info),
                    CodeBlockKind::Indented => String::new(),
                };
                // Lines of the copy end with LF.
                let line = self.text[range.start..].find('\n').unwrap_or(range.len());
                self.held.push(range.start..range.start + line);
                Holder::Code(info)
            }
            Tag::HtmlBlock => Holder::Html,
            Tag::List(start) => Holder::List(start),
            Tag::Item => {
                self.items.push(range.start);
                Holder::Item
            }
            Tag::FootnoteDefinition(label) => {
                let end = self.text[range.start..].find("]:").map_or(range.end, |i| range.start + i + 2);
                self.held.push(range.start..end);
                Holder::Footnote(self.owned(&label))
            }
            Tag::DefinitionList => Holder::Definitions,
            Tag::DefinitionListTitle => Holder::Title,
            Tag::DefinitionListDefinition => Holder::Body,
            Tag::Table(sides) => {
                alignments = sides.into_iter().map(alignment).collect();
                Holder::Table
            }
            Tag::TableHead | Tag::TableRow => Holder::Row,
            Tag::TableCell => Holder::Cell,
            Tag::Strong => Holder::Strong,
            Tag::Emphasis => Holder::Emphasis,
            Tag::Strikethrough => Holder::Strike,
            Tag::Link { link_type, ref dest_url, ref title, ref id } => {
                self.label(id);
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                Holder::Link { target: format!("{scheme}{}", self.owned(dest_url)), title: self.owned(title) }
            }
            Tag::Image { ref dest_url, ref title, ref id, .. } => {
                self.label(id);
                Holder::Image { target: self.owned(dest_url), title: self.owned(title) }
            }
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => Holder::Flat,
        };
        match holder {
            Holder::Quote(_) | Holder::List(_) | Holder::Footnote(_) | Holder::Definitions => {
                if self.depth >= MAX_DEPTH {
                    self.too_deep.get_or_insert(range.start..range.start + 1);
                    holder = Holder::Flat;
                }
                self.depth += 1;
            }
            Holder::Item if self.depth > MAX_DEPTH => holder = Holder::Flat,
            Holder::Title | Holder::Body if self.depth > MAX_DEPTH => holder = Holder::Flat,
            Holder::Strong | Holder::Emphasis | Holder::Strike | Holder::Link { .. } | Holder::Image { .. } => {
                self.inline_depth += 1;
                // One level is left for a gap or a language, which the parser does not know of.
                if self.inline_depth >= MAX_DEPTH {
                    self.too_deep.get_or_insert(range.start..range.start + 1);
                    holder = Holder::Flat;
                }
            }
            _ => {}
        }
        let mut frame = Frame::new(holder, range);
        frame.table.alignments = alignments;
        self.stack.push(frame);
    }

    fn label(&mut self, id: &str) {
        if !id.is_empty() {
            self.labels.insert(folded(id));
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        let range = if matches!(tag, TagEnd::List(_) | TagEnd::Item) { self.trimmed(range) } else { range };
        let is_inline =
            matches!(tag, TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image);
        let holds_blocks = matches!(
            self.stack.last().map(|frame| &frame.holder),
            Some(Holder::Quote(_) | Holder::Item | Holder::Footnote(_) | Holder::Body | Holder::Flat | Holder::Root)
        );
        if !is_inline && holds_blocks {
            self.flush();
        }
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionList => {
                self.depth -= 1;
            }
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => {
                self.inline_depth -= 1;
                match tag {
                    TagEnd::Link => {
                        // The target stands after the words.
                        let words = self.stack.last().and_then(|frame| frame.inlines.last());
                        let from = words.map_or(range.start, |inline| inline.range.end);
                        self.held.push(from..range.end);
                    }
                    TagEnd::Image => self.held.push(range.clone()),
                    _ => {}
                }
            }
            _ => {}
        }
        if self.stack.len() < 2 {
            return;
        }
        let Some(frame) = self.stack.pop() else { return };
        self.close(frame, range);
    }

    fn close(&mut self, frame: Frame<'c>, range: Range<usize>) {
        let Some(parent) = self.stack.last_mut() else { return };
        let node = |kind| Node { kind, range: range.clone() };
        let inline = |kind| Inline { kind, range: range.clone() };
        match frame.holder {
            Holder::Root => {}
            Holder::Flat => {
                parent.nodes.extend(frame.nodes);
                parent.inlines.extend(frame.inlines);
            }
            Holder::Quote(kind) => parent.nodes.push(node(NodeKind::Quote(kind, frame.nodes))),
            Holder::List(start) => parent.nodes.push(node(NodeKind::List(start, frame.items))),
            Holder::Item => parent.items.push(ItemNode { task: frame.task, nodes: frame.nodes, range }),
            Holder::Footnote(label) => parent.nodes.push(node(NodeKind::Footnote(label, frame.nodes))),
            Holder::Definitions => parent.nodes.push(node(NodeKind::Definitions(frame.definitions))),
            Holder::Title => {
                parent.definitions.push(DefinitionNode { title: frame.inlines, bodies: Vec::new(), range });
            }
            Holder::Body => match parent.definitions.last_mut() {
                Some(definition) => {
                    definition.range.end = range.end;
                    definition.bodies.push(frame.nodes);
                }
                None => parent.nodes.extend(frame.nodes),
            },
            Holder::Table => parent.nodes.push(node(NodeKind::Table(frame.table))),
            Holder::Row => {
                parent.table.rows.push((frame.cells, range.clone()));
                // Cells beyond the header's are seen to with the table.
                self.held.push(range);
            }
            Holder::Cell => parent.cells.push(CellNode { inlines: frame.inlines }),
            Holder::Paragraph => parent.nodes.push(node(NodeKind::Paragraph(frame.inlines))),
            Holder::Heading(level) => parent.nodes.push(node(NodeKind::Heading(level, frame.inlines))),
            Holder::Code(info) => {
                let text = self.copy.restore(Cow::Owned(frame.text)).into_owned();
                parent.nodes.push(node(NodeKind::Code { info, text }));
            }
            Holder::Html => {
                let tags = || frame.text.split_whitespace();
                // Line breaks alone are an HTML block to the parser, but no HTML to a teacher.
                if tags().next().is_some() && tags().all(|tag| matches!(tag, "<br>" | "<br/>")) {
                    let breaks = tags().map(|_| inline(InlineKind::HardBreak)).collect();
                    parent.nodes.push(node(NodeKind::Paragraph(breaks)));
                } else {
                    parent.nodes.push(node(NodeKind::Html(frame.text)));
                }
            }
            Holder::Strong => parent.inlines.push(inline(InlineKind::Strong(frame.inlines))),
            Holder::Emphasis => parent.inlines.push(inline(InlineKind::Emphasis(frame.inlines))),
            Holder::Strike => parent.inlines.push(inline(InlineKind::Strike(frame.inlines))),
            Holder::Link { target, title } => {
                parent.inlines.push(inline(InlineKind::Link { inner: frame.inlines, target, title }));
            }
            Holder::Image { target, title } => {
                parent.inlines.push(inline(InlineKind::Image { inner: frame.inlines, target, title }));
            }
        }
    }

    fn finish(mut self, events: &OffsetIter<'c>, found: &mut Vec<Diagnostic>) -> Tree<'c> {
        while self.stack.len() > 1 {
            let Some(frame) = self.stack.pop() else { break };
            let range = frame.range.clone();
            self.close(frame, range);
        }
        self.flush();
        if let Some(range) = &self.too_deep {
            let message = phrase!("blocks or marks are nested more than {$max_depth} deep", max_depth = MAX_DEPTH);
            let span = self.copy.span(range);
            found.push(Diagnostic::new(Code::TooDeep, span, message).with_hint("take it out of what stands around it"));
        }
        for (label, definition) in events.reference_definitions().iter() {
            if self.labels.contains(&folded(label)) {
                self.held.push(definition.span.clone());
            }
        }
        let nodes = self.stack.pop().map(|frame| frame.nodes).unwrap_or_default();
        let idle_numerals =
            self.copy.numerals.iter().copied().filter(|at| self.items.binary_search(at).is_err()).collect();
        Tree { nodes, unheld: unheld(self.text, self.held), idle_numerals }
    }
}

/// Stretches with letters between the ranges held.
fn unheld(text: &str, mut held: Vec<Range<usize>>) -> Vec<Range<usize>> {
    held.sort_by_key(|range| range.start);
    let mut stretches = Vec::new();
    let mut done = 0;
    for range in held.into_iter().chain(std::iter::once(text.len()..text.len())) {
        if range.start > done
            && let Some(between) = text.get(done..range.start)
            // Nearly always marks, blanks and line ends.
            && between.bytes().any(|b| b.is_ascii_alphabetic() || b >= 0x80)
            && between.contains(char::is_alphabetic)
        {
            let lead = between.len() - between.trim_start().len();
            stretches.push(done + lead..done + between.trim_end().len());
        }
        done = done.max(range.end);
    }
    stretches
}

fn note_kind(kind: BlockQuoteKind) -> NoteKind {
    match kind {
        BlockQuoteKind::Note => NoteKind::Note,
        BlockQuoteKind::Tip => NoteKind::Tip,
        BlockQuoteKind::Important => NoteKind::Important,
        BlockQuoteKind::Warning => NoteKind::Warning,
        BlockQuoteKind::Caution => NoteKind::Caution,
    }
}

fn alignment(side: Side) -> Alignment {
    match side {
        Side::None | Side::Left => Alignment::Start,
        Side::Center => Alignment::Centre,
        Side::Right => Alignment::End,
    }
}
