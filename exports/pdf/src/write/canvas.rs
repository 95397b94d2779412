//! What is drawn on a page, as operators of its content stream (ISO 32000-2, annex A).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::content::{Content, Operand};
use super::fonts::Fonts;
use crate::layout::{Draw, NodeId, Page, Picture, Role, Running, Shape, Slice, Tree};
use crate::text::{Colour, LanguageNumber};
use crate::theme::Theme;

/// A rectangle that leads elsewhere: left, bottom, right and top in points from the sheet's lower left corner.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) rectangle: [f32; 4],
    pub(crate) target: Rc<str>,
    /// Its words.
    pub(crate) words: String,
    /// The marked content that its words are, by number.
    pub(crate) marked: usize,
}

/// A stretch of marked content: the element it belongs to, and what it is within that (ISO 32000-2, 14.7.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) node: NodeId,
    /// Where the words lead.
    pub(crate) link: Option<Rc<str>>,
    /// Their language, where it is not the document's.
    pub(crate) language: Option<LanguageNumber>,
}

impl Stretch {
    pub(super) fn of(node: NodeId) -> Self {
        Stretch { node, link: None, language: None }
    }
}

/// A page's operators, and what they say of its structure.
pub(crate) struct Canvas<'a> {
    pub(super) content: Content,
    /// What each marked-content id stands for.
    pub(crate) marked: Vec<Stretch>,
    pub(crate) links: Vec<Link>,
    /// Where figures are drawn: left, bottom, right and top in points.
    pub(crate) figures: Vec<(NodeId, [f32; 4])>,
    /// The pictures drawn, by the name they are called by.
    pub(crate) pictures: Vec<(String, Picture)>,
    pub(super) fonts: &'a mut Fonts,
    pub(super) tree: &'a mut Tree,
    pub(super) height: f32,
    /// How far to the right all is drawn, in points: for the binding.
    pub(crate) shift: f32,
    /// The language of the document.
    pub(super) home: LanguageNumber,
    pub(super) open: Option<Stretch>,
    pub(super) state: State,
}

/// What the content stream has last set.
#[derive(Default, PartialEq)]
pub(super) struct State {
    pub(super) font: Option<(String, f32)>,
    pub(super) fill: Option<Colour>,
}

impl<'a> Canvas<'a> {
    pub(crate) fn new(fonts: &'a mut Fonts, tree: &'a mut Tree, home: LanguageNumber, height: f32) -> Self {
        Canvas {
            content: Content::default(),
            marked: Vec::new(),
            links: Vec::new(),
            figures: Vec::new(),
            pictures: Vec::new(),
            fonts,
            tree,
            height,
            shift: 0.0,
            home,
            open: None,
            state: State::default(),
        }
    }

    /// Draws a page's slices; `top` is the distance of the text from the sheet's upper edge.
    pub(crate) fn page(&mut self, page: &Page, top: f32, theme: &Theme) {
        self.bars(page, top);
        let draws = ordered(page);
        for (y, draw) in &draws {
            self.behind(draw, top + y, theme);
        }
        for (y, draw) in &draws {
            match &draw.shape {
                Shape::Line { line, x, base } => self.line(line, *x, top + y + base, draw.node),
                Shape::Picture { picture, x, y: own, width, height } => {
                    self.picture(picture, [*x, top + y + own, *width, *height], draw.node);
                }
                Shape::Fill { .. } | Shape::Dots { .. } | Shape::Box { .. } => {}
            }
        }
    }

    /// Turns all that is drawn from here on upside down, on a sheet of such a width and height; [`turned`](Self::turned) ends it.
    pub(crate) fn turn(&mut self, (width, height): (f32, f32)) {
        self.push("q", []);
        self.push("cm", [-1.0, 0.0, 0.0, -1.0, width, height].map(Operand::Real));
    }

    /// Ends what is upside down, which began with the sheet.
    pub(crate) fn turned(&mut self, (width, height): (f32, f32)) {
        self.mark(None);
        self.push("Q", []);
        self.state = State::default();
        let rectangles = self.links.iter_mut().map(|link| &mut link.rectangle);
        for rectangle in rectangles.chain(self.figures.iter_mut().map(|(_, rectangle)| rectangle)) {
            let [left, bottom, right, top] = *rectangle;
            *rectangle = [width - right, height - top, width - left, height - bottom];
        }
    }

    /// Ends what is open, once all is drawn.
    pub(crate) fn finish(&mut self) {
        self.mark(None);
    }

    /// What runs along blocks, once for all slices of a block that stand on the page.
    fn bars(&mut self, page: &Page, top: f32) {
        let mut spans: Vec<(f32, f32, crate::layout::Bar)> = Vec::new();
        let mut open: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (y, slice) in &page.slices {
            for bar in slice.bars.iter() {
                let known = open.entry(bar.block).or_default();
                match known.iter().find(|at| spans[**at].2 == *bar) {
                    Some(at) => spans[*at].1 = y + slice.height,
                    None => {
                        known.push(spans.len());
                        spans.push((*y, y + slice.height, bar.clone()));
                    }
                }
            }
        }
        for (from, to, bar) in spans {
            self.fill([bar.x, top + from, bar.width, to - from], bar.colour);
        }
    }

    /// Draws what runs in the margins of all pages: for those who see it, and no part of what is read (ISO 32000-2,
    /// 14.8.2.2.2).
    pub(crate) fn running(&mut self, running: &[Running], theme: &Theme) {
        for (subtype, header) in [("Header", true), ("Footer", false)] {
            let middle = self.height / 2.0;
            let mut of = running.iter().filter(|line| (line.y() < middle) == header).peekable();
            if of.peek().is_none() {
                continue;
            }
            self.mark(None);
            self.push("BDC", [Operand::Name("Artifact"), Operand::Pagination(subtype)]);
            self.open = Some(Stretch::of(NodeId(0)));
            for line in of {
                match line {
                    Running::Rule { x, y, width } => self.fill([*x, *y, *width, 0.5], theme.colours.rule),
                    Running::Line { line, x, y } => self.line(line, *x, *y, NodeId(0)),
                }
            }
            self.mark(None);
        }
    }

    /// What lies behind a draw's text, or is all of it.
    fn behind(&mut self, draw: &Draw, y: f32, theme: &Theme) {
        match &draw.shape {
            Shape::Fill { x, y: own, width, height, colour } => self.fill([*x, y + own, *width, *height], *colour),
            Shape::Dots { x, y: own, width, size, step, colour } => {
                self.dots([*x, y + own, *width], (*size, *step), *colour);
            }
            Shape::Box { x, y: own, size, colour } => {
                let (own, thick) = (y + own, 0.8);
                self.fill([*x, own, *size, thick], *colour);
                self.fill([*x, own + size - thick, *size, thick], *colour);
                self.fill([*x, own, thick, *size], *colour);
                self.fill([x + size - thick, own, thick, *size], *colour);
            }
            Shape::Line { line, x, base } => {
                let mut pen = *x;
                for at in line.visual_order() {
                    let Some(piece) = line.pieces.get(at) else { continue };
                    let width = piece.width() + piece.space_width();
                    let size = piece.style.size;
                    if piece.style.blank.is_some() {
                        let shift = if piece.word.rtl { piece.space_width() } else { 0.0 };
                        self.fill([pen + shift, y + base + 2.0, piece.width(), 0.7], theme.colours.muted);
                    }
                    if piece.style.ground {
                        let joined = line.pieces.get(at + 1).is_some_and(|next| next.style.ground);
                        let wide = if joined { width } else { piece.width() } + 1.0;
                        self.fill([pen - 0.5, y + base - size, wide, size * 1.32], theme.colours.head_ground);
                    }
                    if piece.style.underline {
                        // The space after a word is underlined where the next word is.
                        let next = line.pieces.get(at + 1).is_some_and(|next| next.style.underline);
                        let (shift, width) = match (piece.word.rtl, next) {
                            (_, true) => (0.0, width),
                            (true, false) => (piece.space_width(), piece.width()),
                            (false, false) => (0.0, piece.width()),
                        };
                        self.fill([pen + shift, y + base + size * 0.24, width, 0.6], piece.style.colour);
                    }
                    if piece.style.strike {
                        let next = line.pieces.get(at + 1).is_some_and(|next| next.style.strike);
                        let shift = if piece.word.rtl && !next { piece.space_width() } else { 0.0 };
                        let middle = y + base - size * 0.28 - piece.style.raise;
                        let width = if next { width } else { piece.width() };
                        self.fill([pen + shift, middle, width, 0.7], piece.style.colour);
                    }
                    pen += width;
                }
            }
            Shape::Picture { .. } => {}
        }
    }

    /// Fills a rectangle; left, top, width and height from the sheet's upper left corner.
    pub(crate) fn fill(&mut self, [x, y, width, height]: [f32; 4], colour: Colour) {
        self.mark(Some(Stretch::of(NodeId(0))));
        self.colour(colour);
        self.push("re", [x + self.shift, self.height - y - height, width, height].map(Operand::Real));
        self.push("f", []);
    }

    /// Draws a row of dots as one dashed line; left, top and width.
    fn dots(&mut self, [x, y, width]: [f32; 3], (size, step): (f32, f32), colour: Colour) {
        self.mark(Some(Stretch::of(NodeId(0))));
        let middle = self.height - y - size / 2.0;
        self.push("q", []);
        self.push("RG", colour.0.map(|part| Operand::Real(f32::from(part) / 255.0)));
        self.push("w", [Operand::Real(size)]);
        self.push("d", [Operand::Array(&[size, step - size]), Operand::Real(0.0)]);
        self.push("m", [x + self.shift, middle].map(Operand::Real));
        self.push("l", [x + self.shift + width, middle].map(Operand::Real));
        self.push("S", []);
        self.push("Q", []);
    }

    fn picture(&mut self, picture: &Picture, [x, y, width, height]: [f32; 4], node: NodeId) {
        self.mark(Some(Stretch::of(node)));
        if node != NodeId(0) {
            let bottom = self.height - y - height;
            let left = x + self.shift;
            self.figures.push((node, [left, bottom, left + width, bottom + height]));
        }
        let known = self.pictures.iter().find(|(_, known)| Rc::ptr_eq(&known.data, &picture.data));
        let called = known.map_or_else(|| format!("P{}", self.pictures.len()), |(called, _)| called.clone());
        self.push("q", []);
        self.push("cm", [width, 0.0, 0.0, height, x + self.shift, self.height - y - height].map(Operand::Real));
        self.push("Do", [Operand::Name(&called)]);
        self.push("Q", []);
        if self.pictures.iter().all(|(known, _)| *known != called) {
            let mut picture = picture.clone();
            if let Some(drawing) = &picture.drawing {
                picture.drawing = Some(self.fonts.drawing(drawing));
            }
            self.pictures.push((called, picture));
        }
    }

    pub(super) fn colour(&mut self, colour: Colour) {
        if self.state.fill != Some(colour) {
            self.push("rg", colour.0.map(|part| Operand::Real(f32::from(part) / 255.0)));
            self.state.fill = Some(colour);
        }
    }

    /// Makes what follows belong to an element, or to none for what is there for looks (ISO 32000-2, 14.8.2.2).
    pub(super) fn mark(&mut self, stretch: Option<Stretch>) {
        if self.open == stretch {
            return;
        }
        if self.open.is_some() {
            self.push("EMC", []);
        }
        match &stretch {
            None => {}
            Some(Stretch { node: NodeId(0), .. }) => self.push("BMC", [Operand::Name("Artifact")]),
            Some(Stretch { node, link, language }) => {
                let role = self.tree.node(*node).map_or(Role::Paragraph, |node| node.role);
                let tag = match (link, language) {
                    (_, Some(_)) => "Span",
                    (Some(_), None) => "Link",
                    (None, None) => role.name(),
                };
                self.push("BDC", [Operand::Name(tag), Operand::Marked(self.marked.len())]);
                self.marked.extend(stretch.clone());
            }
        }
        self.open = stretch;
    }

    pub(super) fn push<'o>(&mut self, operator: &str, operands: impl IntoIterator<Item = Operand<'o>>) {
        self.content.push(operator, operands);
    }
}

/// A page's draws in the order in which they are read: the strips of a row cell by cell.
fn ordered(page: &Page) -> Vec<(f32, &Draw)> {
    let mut out: Vec<(f32, &Draw)> = Vec::new();
    let mut start = 0;
    let mut row = 0;
    for (y, slice) in &page.slices {
        let slice: &Slice = slice;
        if slice.row != row || row == 0 {
            start = out.len();
            row = slice.row;
        }
        out.extend(slice.draws.iter().map(|draw| (*y, draw)));
        if row != 0 {
            out[start..].sort_by_key(|(_, draw)| draw.cell);
        }
    }
    out
}
