//! What is drawn on a page, as operators of its content stream (ISO 32000-2, annex A).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::content::{Content, Operand};
use crate::layout::{Draw, NodeId, Page, Picture, Role, Running, Shape, Slice, Tree};
use crate::svg::Drawing;
use crate::text::{AksharaFonts, Colour, Form, LanguageNumber, Line, Piece, Style, Word};
use crate::theme::Theme;

/// How far left of a letter each of those is placed that are drawn with its code, in points.
const ASIDE: f32 = 0.02;

/// The embedded fonts of a document, by style.
pub(crate) struct Fonts {
    styles: BTreeMap<patra_fonts::Style, AksharaFonts>,
    /// Those of formulas: their letters have other heights than text, and readers tell lines by the heights of fonts.
    math: AksharaFonts,
    /// The drawings met, each with itself as operators alone. Each is coded once, however many pages show it.
    drawings: BTreeMap<*const Drawing, [Rc<Drawing>; 2]>,
}

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
    height: f32,
    /// How far to the right all is drawn, in points: for the binding.
    pub(crate) shift: f32,
    /// The language of the document.
    home: LanguageNumber,
    open: Option<Stretch>,
    state: State,
}

/// What the content stream has last set.
#[derive(Default, PartialEq)]
struct State {
    font: Option<(String, f32)>,
    fill: Option<Colour>,
}

impl Fonts {
    pub(crate) fn new() -> Self {
        Fonts { styles: BTreeMap::new(), math: AksharaFonts::new(), drawings: BTreeMap::new() }
    }

    fn of(&mut self, style: patra_fonts::Style) -> &mut AksharaFonts {
        self.styles.entry(style).or_insert_with(AksharaFonts::new)
    }

    /// Every embedded font with the name it is called by on the pages, and its style; none for formulas.
    pub(crate) fn named(
        &self,
    ) -> impl Iterator<Item = (String, Option<patra_fonts::Style>, &crate::text::AksharaFont)> {
        let text = self.styles.iter().flat_map(|(style, fonts)| {
            fonts.fonts().iter().enumerate().map(|(i, font)| (font_name(*style, i), Some(*style), font))
        });
        text.chain(self.math.fonts().iter().enumerate().map(|(i, font)| (format!("M{i}"), None, font)))
    }

    /// The codes of a piece, and which of its style's fonts has them: one code for all of it where it opens a line, with the
    /// space after it where it ends one.
    pub(super) fn codes(&mut self, piece: &Piece, opening: bool, last: bool) -> (usize, Rc<[u8]>) {
        let form = Form { whole: opening && !piece.word.rtl, space: piece.space || last };
        let coded = self.of(piece.style.face).code(&piece.word, form);
        (coded.font, coded.codes)
    }

    /// The letters of a word that runs from right to left, in the order in which they are drawn, as the codes that show each and
    /// how far left of the word's right end they begin, in points: see the rules in `akshara`.
    pub(super) fn letters(&self, style: &Style, font: usize, codes: &[u8]) -> Vec<(Vec<u8>, f32)> {
        let font = self.styles.get(&style.face).and_then(|fonts| fonts.fonts().get(font));
        let (mut pen, mut aside) = (0.0, 0.0);
        let mut out = Vec::new();
        let mut letters = codes.chunks_exact(2);
        while let Some(code) = letters.next() {
            let number = u16::from_be_bytes([code[0], code[1]]);
            let advance = font.map_or(0, |font| font.advance(number));
            let mut data = code.to_vec();
            let mut width = f32::from(advance) * style.size / 1000.0;
            if font.is_some_and(|font| font.is_turned_space(number)) {
                // The plain space begins in the middle of this one, which is half as wide.
                data.extend(letters.next().into_iter().flatten());
                width *= 2.0;
            }
            aside = if advance == 0 { aside + ASIDE } else { 0.0 };
            pen += width;
            out.push((data, pen + aside));
        }
        out
    }

    /// A drawing as operators alone.
    fn drawing(&mut self, drawing: &Rc<Drawing>) -> Rc<Drawing> {
        let known = self.drawings.get(&Rc::as_ptr(drawing)).map(|[_, coded]| Rc::clone(coded));
        known.unwrap_or_else(|| {
            let form = super::drawing::coded(&drawing.form, self);
            let coded = Rc::new(Drawing { form, ..**drawing });
            // What is held stays where it is, so its address stands for it.
            self.drawings.insert(Rc::as_ptr(drawing), [Rc::clone(drawing), Rc::clone(&coded)]);
            coded
        })
    }

    /// The name of the font that has a word of a formula, and the word's codes.
    pub(crate) fn math(&mut self, word: &Word, space: bool) -> (String, Rc<[u8]>) {
        let coded = self.math.code(word, Form { whole: false, space });
        (format!("M{}", coded.font), coded.codes)
    }
}

pub(super) fn font_name(style: patra_fonts::Style, number: usize) -> String {
    let letter = match style {
        patra_fonts::Style::Regular => 'R',
        patra_fonts::Style::Bold => 'B',
        patra_fonts::Style::Italic => 'I',
        patra_fonts::Style::BoldItalic => 'Z',
    };
    format!("{letter}{number}")
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
                    pen += width;
                }
            }
            Shape::Picture { .. } => {}
        }
    }

    /// Adds a link from the words that are drawn, or widens the one before it where both lead to one place on one line.
    fn link(&mut self, rectangle: [f32; 4], piece: &Piece) {
        let Some(target) = &piece.style.link else { return };
        let Some(marked) = self.marked.len().checked_sub(1) else { return };
        let words = piece.word.clusters.iter().map(|cluster| &*cluster.text).chain(piece.space.then_some(" "));
        if let Some(last) = self.links.last_mut()
            && last.target == *target
            && last.rectangle[1] == rectangle[1]
            && ((last.rectangle[2] - rectangle[0]).abs() < 0.5 || (last.rectangle[0] - rectangle[2]).abs() < 0.5)
        {
            last.rectangle[0] = last.rectangle[0].min(rectangle[0]);
            last.rectangle[2] = last.rectangle[2].max(rectangle[2]);
            last.words.extend(words);
            return;
        }
        self.links.push(Link { rectangle, target: Rc::clone(target), words: words.collect(), marked });
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

    /// Draws a line of text with its base line at `y` from the sheet's upper edge.
    pub(crate) fn line(&mut self, line: &Line, x: f32, y: f32, node: NodeId) {
        if line.pieces.is_empty() {
            return;
        }
        // Marked content may not begin in one text object and end in another, so that of a line with several is in its own.
        let mut stretches = line.pieces.iter().map(|piece| self.stretch(piece, node));
        let first = stretches.next();
        let mixed = stretches.any(|stretch| Some(&stretch) != first.as_ref())
            || line.pieces.iter().any(|piece| piece.style.formula.is_some());
        self.mark(if mixed { None } else { first });
        self.push("BT", []);
        let mut placed: Option<f32> = None;
        let mut run: Vec<u8> = Vec::new();
        // The opening words of a line are one code each: see the rules in `akshara`.
        let mut opening = true;
        let order = line.visual_order();
        let mut lefts = vec![x + self.shift; line.pieces.len()];
        let mut pen = x + self.shift;
        for at in &order {
            let (Some(piece), Some(left)) = (line.pieces.get(*at), lefts.get_mut(*at)) else { continue };
            *left = pen;
            pen += piece.width() + piece.space_width();
        }
        let turned = line.pieces.iter().any(|piece| piece.level != 0);
        let end = line.pieces.len() - 1;
        for (at, (piece, left)) in line.pieces.iter().zip(lefts).enumerate() {
            if let Some(formula) = &piece.style.formula {
                self.show(&mut run);
                self.mark(None);
                self.push("ET", []);
                let y = self.height - y + piece.style.raise;
                self.formula(formula, [left, y], piece, node);
                self.mark(None);
                self.push("BT", []);
                (placed, opening) = (None, false);
                continue;
            }
            opening &= piece.word.mark_first;
            let last = at == end && (piece.word.rtl || order.last() == Some(&at));
            let (font, codes) = self.fonts.codes(piece, opening, last);
            let width = piece.width() + piece.space_width();
            if codes.is_empty() {
                continue;
            }
            let base = self.height - y + piece.style.raise;
            if mixed {
                let stretch = self.stretch(piece, node);
                if self.open.as_ref() != Some(&stretch) {
                    self.show(&mut run);
                    self.mark(Some(stretch));
                }
            }
            if node != NodeId(0) && piece.style.link.is_some() {
                let (bottom, top) = (self.height - y - piece.style.size * 0.35, self.height - y + piece.style.size);
                self.link([left, bottom, left + width, top], piece);
            }
            if turned {
                self.show(&mut run);
                placed = None;
            }
            if piece.word.rtl {
                self.colour(piece.style.colour);
                self.letters(piece, font, &codes, [left + width, base]);
                continue;
            }
            let font = (font_name(piece.style.face, font), piece.style.size);
            if placed != Some(base)
                || self.state.font.as_ref() != Some(&font)
                || self.state.fill != Some(piece.style.colour)
            {
                self.show(&mut run);
                if placed != Some(base) {
                    self.push("Tm", [1.0, 0.0, 0.0, 1.0, left, base].map(Operand::Real));
                    placed = Some(base);
                }
                self.set_font(font);
                self.colour(piece.style.colour);
            }
            run.extend_from_slice(&codes);
        }
        self.show(&mut run);
        if mixed {
            self.mark(None);
        }
        self.push("ET", []);
    }

    /// Draws the letters of a word that runs from right to left from its right end on: see the rules in `akshara`.
    fn letters(&mut self, piece: &Piece, font: usize, codes: &[u8], [right, base]: [f32; 2]) {
        let size = piece.style.size;
        let called = font_name(piece.style.face, font);
        for (mut data, from_right) in self.fonts.letters(&piece.style, font, codes) {
            let left = right - from_right;
            self.push("Tm", [1.0, 0.0, 0.0, 1.0, left, base].map(Operand::Real));
            let same = self.state.font.as_ref().is_some_and(|(name, last)| *name == called && *last == size);
            self.set_font((called.clone(), if same { size + 0.001 } else { size }));
            self.show(&mut data);
        }
    }

    /// What a piece is within the element that its line belongs to.
    fn stretch(&self, piece: &Piece, node: NodeId) -> Stretch {
        let style = &piece.style;
        if node == NodeId(0) {
            return Stretch::of(node);
        }
        let language = (style.language != self.home).then_some(style.language);
        Stretch { node, link: style.link.clone(), language }
    }

    /// Chooses a font and its size, in points.
    pub(super) fn set_font(&mut self, font: (String, f32)) {
        if self.state.font.as_ref() != Some(&font) {
            self.push("Tf", [Operand::Name(&font.0), Operand::Real(font.1)]);
            self.state.font = Some(font);
        }
    }

    fn show(&mut self, run: &mut Vec<u8>) {
        if !run.is_empty() {
            self.push("Tj", [Operand::String(run)]);
            run.clear();
        }
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
