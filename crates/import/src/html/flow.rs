//! Nodes to paragraphs, headings and blocks, in the order of the page.

use std::collections::BTreeSet;

use patra_core::{
    Block, Code, CodeBlock, Diagnostic, Figure, Language, Math, Paragraph, Quote, Run, Span, Text, phrase,
};

use super::article::{Article, is_silent};
use super::head;
use super::inline::{Format, Inline};
use super::style::Styles;
use super::tree::{Index, Tree};
use super::{figure, list, math, question, table};
use crate::notes::Notes;
use crate::text::invisible::Removed;
use crate::text::script;

/// Lists, quotes and the like stand in each other no deeper than this; what is deeper is read as paragraphs. Well below
/// [`patra_core::MAX_DEPTH`].
pub(super) const DEEPEST: usize = 12;

/// No address of a link is longer, in bytes: browsers show none of a quarter of that.
const LONGEST_TARGET: usize = 8 << 10;

/// The addresses of all links together are no longer, in bytes: a link that is never closed stands in every paragraph.
const MOST_LINKED: usize = 16 << 20;

/// The page that is read.
pub(super) struct Page<'t> {
    pub tree: &'t Tree,
    pub styles: &'t Styles,
    pub article: &'t Article,
    pub language: &'t Language,
    /// Where the page is from: `https://example.org`.
    pub origin: Option<&'t str>,
}

/// What was told on the way.
#[derive(Default)]
pub(super) struct Told {
    pub notes: Notes,
    pub removed: Removed,
    /// Whether it was told that something is nested too deep.
    pub too_deep: bool,
    /// How long the addresses of all links are so far, in bytes.
    linked: usize,
}

impl Told {
    pub(super) fn kept(&mut self, span: Span, message: impl Into<patra_core::Phrase>) {
        self.notes.push(Diagnostic::new(Code::KeptAsText, span, message));
    }
}

/// A part of an article.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Heading {
        level: u8,
        text: Text,
        span: Span,
    },
    /// `tight` where only a line end parts it from the paragraph before it.
    Paragraph {
        text: Text,
        span: Span,
        tight: bool,
    },
    Block(Block),
}

/// Reads the inside of an element.
pub(super) struct Flow<'p, 't> {
    pub page: &'p Page<'t>,
    pub told: &'p mut Told,
    inline: Inline,
    pub out: Vec<Piece>,
    /// Pictures that stand in the paragraph, and come after it.
    figures: Vec<Figure>,
    /// Elements that were read with one before them.
    pub done: BTreeSet<Index>,
    /// How many lists and quotes it stands in.
    pub depth: usize,
    tight: bool,
}

/// How the walk goes on.
enum Step {
    /// Into the element, with so many marks opened for it.
    Into(usize),
    /// Past it.
    Past,
}

/// Elements of which each begins a paragraph of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "address"
            | "body"
            | "html"
            | "center"
            | "form"
            | "fieldset"
            | "legend"
            | "hgroup"
            | "figcaption"
            | "li"
            | "dt"
            | "dd"
            | "dl"
            | "ul"
            | "ol"
            | "menu"
            | "dir"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "summary"
            | "details"
            | "figure"
            | "blockquote"
            | "option"
            | "optgroup"
            | "noframes"
            | "search"
    )
}

impl<'p, 't> Flow<'p, 't> {
    pub(super) fn new(page: &'p Page<'t>, told: &'p mut Told, formats: Vec<Option<Format>>, depth: usize) -> Self {
        Flow {
            page,
            told,
            inline: Inline::within(formats),
            out: Vec::new(),
            figures: Vec::new(),
            done: BTreeSet::new(),
            depth,
            tight: false,
        }
    }

    /// The pieces inside an element, with the marks that are open around it.
    pub(super) fn within(&mut self, index: Index) -> Vec<Piece> {
        let mut flow = Flow::new(self.page, self.told, self.inline.formats(), self.depth + 1);
        flow.read(index);
        flow.out
    }

    /// The same without one of the elements inside it.
    pub(super) fn within_without(&mut self, index: Index, without: Option<Index>) -> Vec<Piece> {
        let mut flow = Flow::new(self.page, self.told, self.inline.formats(), self.depth + 1);
        flow.done.extend(without);
        flow.read(index);
        flow.out
    }

    /// The pieces of one element, with what it is itself.
    pub(super) fn alone(&mut self, index: Index) -> Vec<Piece> {
        let mut flow = Flow::new(self.page, self.told, self.inline.formats(), self.depth + 1);
        if let Some(parent) = self.page.tree.parent(index) {
            flow.walk(Some(index), parent, true);
        }
        flow.out
    }

    /// The words of a heading outside the article.
    pub(super) fn title(&mut self, index: Index) -> Text {
        let (text, figures) = self.line(index);
        self.push_figures(figures);
        super::inline::name(text)
    }

    /// The heading that the next block stands below.
    pub(super) fn heading_above(&self) -> String {
        let heading = self.out.iter().rev().find_map(|piece| match piece {
            Piece::Heading { text, .. } => Some(text.to_plain()),
            _ => None,
        });
        heading.unwrap_or_default()
    }

    /// The blocks inside an element that can hold no heading.
    pub(super) fn blocks(&mut self, index: Index) -> Vec<Block> {
        let pieces = self.within(index);
        into_blocks(pieces, self.told)
    }

    /// All words inside an element as one text, and the pictures that stand in it. Lines and paragraphs become lines of it.
    pub(super) fn text(&mut self, index: Index) -> (Text, Vec<Figure>) {
        let pieces = self.within(index);
        let mut text = Text::default();
        let mut figures = Vec::new();
        for piece in pieces {
            let mut lines = Vec::new();
            match piece {
                Piece::Heading { text, .. } | Piece::Paragraph { text, .. } => lines.push(text),
                Piece::Block(block) => lines_of(&block, &mut lines, &mut figures),
            }
            for line in lines.into_iter().filter(|line| !line.is_blank()) {
                if !text.is_empty() {
                    text.push(Run::Break);
                }
                text.append(line);
            }
        }
        (text, figures)
    }

    /// All words inside an element as one line, and the pictures that stand in it.
    pub(super) fn line(&mut self, index: Index) -> (Text, Vec<Figure>) {
        let (text, figures) = self.text(index);
        (one_line(&text), figures)
    }

    /// Reads all that is inside an element.
    pub(super) fn read(&mut self, root: Index) {
        self.walk(self.page.tree.first(root), root, false);
    }

    /// Reads from a child of `root` on: it alone, or all that come after it too.
    fn walk(&mut self, first: Option<Index>, root: Index, alone: bool) {
        let tree = self.page.tree;
        let mut opened: Vec<usize> = Vec::new();
        let mut at = first;
        while let Some(index) = at {
            if let Step::Into(marks) = self.enter(index) {
                opened.push(marks);
                if let Some(child) = tree.first(index) {
                    at = Some(child);
                    continue;
                }
                self.leave(index, opened.pop().unwrap_or(0));
            }
            let mut last = index;
            at = loop {
                if alone && Some(last) == first {
                    break None;
                }
                if let Some(next) = tree.next(last) {
                    break Some(next);
                }
                match tree.parent(last).filter(|&parent| parent != root) {
                    Some(parent) => {
                        self.leave(parent, opened.pop().unwrap_or(0));
                        last = parent;
                    }
                    None => break None,
                }
            };
        }
        self.flush();
    }

    /// Ends the paragraph.
    pub(super) fn flush(&mut self) {
        self.end_line();
        self.tight = false;
    }

    fn end_line(&mut self) {
        let tight = std::mem::replace(&mut self.tight, false);
        if let Some((text, span)) = self.inline.take() {
            let linked = self.inline.linked();
            if linked > 0 && !self.may_link(linked, span) {
                self.inline.unlink();
            }
            match math::with_math(text) {
                math::Found::Text(text) => self.out.push(Piece::Paragraph { text, span, tight }),
                math::Found::Formula(tex) => self.out.push(Piece::Block(Block::Math(Math { tex, span }))),
            }
            self.tight = true;
        }
        self.out.extend(self.figures.drain(..).map(|figure| Piece::Block(Block::Figure(figure))));
    }

    pub(super) fn push(&mut self, block: Block) {
        self.flush();
        self.out.push(Piece::Block(block));
    }

    pub(super) fn push_figures(&mut self, figures: Vec<Figure>) {
        self.figures.extend(figures);
        self.flush();
    }

    fn enter(&mut self, index: Index) -> Step {
        let tree = self.page.tree;
        if let Some(text) = tree.text(index) {
            self.inline.words(text, tree.span(index), &mut self.told.removed);
            return Step::Past;
        }
        let Some(element) = tree.element(index) else { return Step::Past };
        let name = tree.name(index);
        if is_silent(name) && !math::is_script(tree, index) {
            return Step::Past;
        }
        if self.page.article.left_out.contains_key(&index)
            || self.done.contains(&index)
            || self.page.article.title == Some(index)
        {
            if is_block(name) {
                self.flush();
            } else {
                self.inline.part();
            }
            return Step::Past;
        }
        if let Some(formula) = math::formula(tree, index) {
            let formula = match formula {
                math::Formula::Lossy(tex, block) => {
                    let message = phrase!("a part of the formula `{$tex}` has no form in LaTeX", tex = tex.clone());
                    self.told.kept(tree.span(index), message);
                    if block { math::Formula::Block(tex) } else { math::Formula::Inline(tex) }
                }
                formula => formula,
            };
            return match formula {
                math::Formula::Inline(tex) => {
                    self.inline.push(Run::Math(tex), tree.whole(index));
                    Step::Past
                }
                math::Formula::Block(tex) => {
                    self.push(Block::Math(Math { tex, span: tree.whole(index) }));
                    Step::Past
                }
                math::Formula::Nothing | math::Formula::Lossy(..) => Step::Past,
            };
        }
        if element.foreign {
            self.inline.part();
            return Step::Into(0);
        }
        if let Some(level) = heading_level(tree, index) {
            return self.heading(index, level);
        }
        let room = self.depth < DEEPEST;
        match name {
            "br" => {
                if self.inline.is_blank() {
                    self.tight = false;
                } else {
                    self.end_line();
                }
            }
            "hr" => self.flush(),
            "wbr" => {}
            "img" => figure::image(self, index),
            "ul" | "ol" | "menu" | "dir" if room => {
                self.flush();
                list::list(self, index);
            }
            "dl" if room => {
                self.flush();
                list::descriptions(self, index);
            }
            "table" if room => {
                self.flush();
                return if table::table(self, index) { Step::Past } else { self.open(index) };
            }
            "blockquote" if room => {
                self.flush();
                let blocks = self.blocks(index);
                if !blocks.is_empty() {
                    self.push(Block::Quote(Quote { blocks, span: tree.whole(index) }));
                }
            }
            "details" if room => {
                self.flush();
                question::details(self, index);
            }
            "figure" if room => {
                self.flush();
                return if figure::figure(self, index) { Step::Past } else { self.open(index) };
            }
            "pre" | "listing" | "xmp" => self.code_block(index),
            "code" | "kbd" | "samp" | "tt" => {
                let code = raw(self.page, index);
                let words = code.split_whitespace().collect::<Vec<_>>().join(" ");
                if code.starts_with(char::is_whitespace) {
                    self.inline.part();
                }
                if !words.is_empty() {
                    self.inline.push(Run::Code(words), tree.whole(index));
                }
                if code.ends_with(char::is_whitespace) {
                    self.inline.part();
                }
            }
            _ if list::is_word_item(tree, index) && room => {
                self.flush();
                list::word_list(self, index);
            }
            "ul" | "ol" | "menu" | "dir" | "dl" | "table" | "blockquote" | "details" | "figure" => {
                if !self.told.too_deep {
                    self.told.too_deep = true;
                    let message = phrase!(
                        "lists, tables and quotes are nested more than {$deepest} deep, so those inside are paragraphs",
                        deepest = DEEPEST
                    );
                    self.told.kept(tree.span(index), message);
                }
                return self.open(index);
            }
            _ => return self.open(index),
        }
        Step::Past
    }

    /// Goes into an element, which may begin a paragraph, and may say something of its words.
    fn open(&mut self, index: Index) -> Step {
        let tree = self.page.tree;
        let name = tree.name(index);
        if is_block(name) {
            self.flush();
        }
        let mut formats = Vec::new();
        let style = self.page.styles.style(tree, index);
        let strong = style.bold.unwrap_or(matches!(name, "b" | "strong"));
        let emphasis = style.italic.unwrap_or(matches!(name, "i" | "em" | "cite" | "dfn" | "var"));
        if let Some(language) = self.language_of(index) {
            formats.push(Format::Language(language));
        }
        // What a block is set in says nothing of single words.
        if name == "a" {
            formats.extend(self.link(index));
        }
        if strong {
            formats.push(Format::Strong);
        }
        if emphasis {
            formats.push(Format::Emphasis);
        }
        if style.struck == Some(true) || matches!(name, "del" | "s" | "strike") {
            formats.push(Format::Strikeout);
        }
        match style.raised.filter(|_| !is_block(name)).or(match name {
            "sup" => Some(true),
            "sub" => Some(false),
            _ => None,
        }) {
            Some(true) => formats.push(Format::Superscript),
            Some(false) => formats.push(Format::Subscript),
            None => {}
        }
        if let Some([before, _]) = self.around(index) {
            self.inline.words(before, tree.span(index), &mut self.told.removed);
        }
        let marks = formats.len();
        formats.into_iter().for_each(|format| self.inline.open(Some(format)));
        Step::Into(marks)
    }

    /// The link that an element is, unless its target is too long or a script.
    fn link(&mut self, index: Index) -> Option<Format> {
        let tree = self.page.tree;
        let href = tree.attribute(index, "href")?;
        if figure::is_script(href) {
            self.told.kept(tree.span(index), phrase!("a link that runs a script was left out; its words are kept"));
        }
        let target = figure::target(href, self.page.origin)?;
        if target.len() > LONGEST_TARGET {
            let message = phrase!("a link with an address of more than 8 KiB was left out; its words are kept");
            self.told.kept(tree.span(index), message);
            return None;
        }
        self.may_link(target.len(), tree.span(index)).then_some(Format::Link(target))
    }

    /// Counts the addresses of links that are written; says whether there is room for so many bytes more.
    fn may_link(&mut self, bytes: usize, span: Span) -> bool {
        let before = self.told.linked;
        self.told.linked = before.saturating_add(bytes);
        let fits = self.told.linked <= MOST_LINKED;
        if before <= MOST_LINKED && !fits {
            let message = phrase!("links that are never closed would fill the page; from here on words have none");
            self.told.kept(span, message);
        }
        fits
    }

    fn leave(&mut self, index: Index, marks: usize) {
        let name = self.page.tree.name(index);
        if is_block(name) {
            self.flush();
        }
        (0..marks).for_each(|_| self.inline.close());
        if let Some([_, after]) = self.around(index) {
            self.inline.words(after, self.page.tree.span(index), &mut self.told.removed);
        }
        if self.page.tree.element(index).is_some_and(|element| element.foreign) {
            self.inline.part();
        }
    }

    /// The signs that a browser draws around an element: the quotation marks of `q`, and around the reading of a word in `ruby` what
    /// tells it from the word, where the page writes none itself.
    fn around(&self, index: Index) -> Option<[&'static str; 2]> {
        let tree = self.page.tree;
        match tree.name(index) {
            "q" => Some(["“", "”"]),
            "rt" => {
                let written =
                    tree.parent(index).is_some_and(|ruby| tree.children(ruby).any(|part| tree.name(part) == "rp"));
                (!written).then_some([" (", ")"])
            }
            _ => None,
        }
    }

    /// The language that an element gives its words, where it is another than the material's.
    fn language_of(&mut self, index: Index) -> Option<Language> {
        let tree = self.page.tree;
        if tree.name(index) == "body" {
            return None;
        }
        let said = tree.attribute(index, "lang").and_then(head::language);
        let language = said.or_else(|| {
            let turned = tree.attribute(index, "dir").is_some_and(|dir| dir.eq_ignore_ascii_case("rtl"));
            turned.then(|| script::language(&raw(self.page, index)).0)
        })?;
        let known = language.primary() == self.page.language.primary() || language == Language::default();
        (!known).then_some(language)
    }

    fn heading(&mut self, index: Index, level: u8) -> Step {
        self.flush();
        let (text, figures) = self.line(index);
        let span = self.page.tree.whole(index);
        if !text.is_blank() {
            self.out.push(Piece::Heading { level, text, span });
        }
        self.push_figures(figures);
        Step::Past
    }

    fn code_block(&mut self, index: Index) {
        let tree = self.page.tree;
        let text = raw(self.page, index);
        let text = text.strip_prefix('\n').unwrap_or(&text).trim_end().to_owned();
        let classes =
            std::iter::once(index).chain(tree.inside(index)).filter_map(|inner| tree.attribute(inner, "class"));
        let language = classes.flat_map(str::split_ascii_whitespace).find_map(|class| {
            let name = class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"))?;
            (!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-')))
                .then(|| name.to_owned())
        });
        self.flush();
        if !text.trim().is_empty() {
            self.push(Block::Code(CodeBlock { language, text, span: tree.whole(index) }));
        }
    }

    pub(super) fn words(&mut self, words: &str, span: Span) {
        self.inline.words(words, span, &mut self.told.removed);
    }

    pub(super) fn later(&mut self, figure: Figure) {
        self.inline.part();
        self.figures.push(figure);
    }
}

/// The level of a heading; Word and Google Docs have a title above the first.
fn heading_level(tree: &Tree, index: Index) -> Option<u8> {
    match tree.name(index) {
        "h1" => return Some(1),
        "h2" => return Some(2),
        "h3" => return Some(3),
        "h4" => return Some(4),
        "h5" => return Some(5),
        "h6" => return Some(6),
        "p" => {
            let class = tree.attribute(index, "class")?;
            return class.split_ascii_whitespace().any(|class| matches!(class, "MsoTitle" | "title")).then_some(0);
        }
        _ => {}
    }
    (tree.attribute(index, "role")? == "heading").then_some(2)
}

/// The characters inside an element as they are, of what is read of it.
pub(super) fn raw(page: &Page<'_>, root: Index) -> String {
    let tree = page.tree;
    let mut out = String::new();
    let mut at = tree.first(root);
    while let Some(index) = at {
        if let Some(text) = tree.text(index) {
            out.push_str(text);
        }
        let name = tree.name(index);
        if name == "br" {
            out.push('\n');
        }
        let past = is_silent(name) || page.article.left_out.contains_key(&index);
        at = if past { tree.after(index, root) } else { tree.following(index, root) };
    }
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    out.chars().filter(kept).collect()
}

/// The text with a space for each line end.
pub(super) fn one_line(text: &Text) -> Text {
    text.runs().iter().map(|run| if *run == Run::Break { Run::Plain(" ".to_owned()) } else { run.clone() }).collect()
}

/// The texts of a block, one a line, and its pictures.
fn lines_of(block: &Block, lines: &mut Vec<Text>, figures: &mut Vec<Figure>) {
    match block {
        Block::List(list) => {
            for item in &list.items {
                lines.push(item.text.clone());
                item.blocks.iter().for_each(|block| lines_of(block, lines, figures));
            }
            return;
        }
        Block::Terms(terms) => {
            for entry in &terms.entries {
                let mut line = entry.term.clone();
                line.push(Run::Plain(": ".to_owned()));
                line.append(entry.description.clone());
                lines.push(line);
                entry.details.iter().for_each(|block| lines_of(block, lines, figures));
            }
            return;
        }
        Block::Code(code) => lines.extend(code.text.lines().map(|line| Text::from_iter([Run::Code(line.to_owned())]))),
        Block::Math(math) => lines.push(Text::from_iter([Run::Math(math.tex.clone())])),
        Block::Figure(figure) => {
            figures.push(figure.clone());
            return;
        }
        block => block.texts(&mut |text, _| lines.push(text.clone())),
    }
    block.children().into_iter().for_each(|block| lines_of(block, lines, figures));
}

/// The pieces as blocks: lines of one paragraph are joined, and a heading is strong words.
pub(super) fn into_blocks(pieces: Vec<Piece>, told: &mut Told) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Paragraph { text, span, tight } => match blocks.last_mut() {
                Some(Block::Paragraph(before)) if tight => {
                    before.text.push(Run::Break);
                    before.text.append(text);
                    before.span = Span::new(before.span.start(), span.end());
                }
                _ => blocks.push(Block::Paragraph(Paragraph { text, span })),
            },
            Piece::Heading { text, span, .. } => {
                told.kept(span, "a heading within a list, a table or a quote has no place in a material, so it is a paragraph in bold");
                let text = match text.runs() {
                    [Run::Strong(_)] => text,
                    _ => Text::from_iter([Run::Strong(text)]),
                };
                blocks.push(Block::Paragraph(Paragraph { text, span }));
            }
            Piece::Block(block) => blocks.push(block),
        }
    }
    blocks
}
