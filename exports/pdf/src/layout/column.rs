//! The column: where slices are made of lines.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use patra_core::{Code, Diagnostic, Id, Messages, Places, Span, Text, phrase};

use super::{Bar, ContentsPlace, Draw, Keep, NodeId, Pictures, Shape, Slice, Tree};
use crate::options::PdfOptions;
use crate::text::{LanguageNumber, Line, Rich, Shaper, Style, break_lines, is_sign, pieces};
use crate::theme::Theme;

/// A place of the column: where lines begin and how long they may be, in points from the sheet's left edge.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) x: f32,
    pub(crate) width: f32,
    /// What runs along all that is set in it.
    pub(crate) bars: Rc<[Bar]>,
}

/// Where a line stands in its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    Centre,
    End,
}

/// An entry of the outline.
#[derive(Clone, Debug)]
pub(crate) struct Bookmark {
    pub(crate) title: String,
    /// From 1.
    pub(crate) depth: usize,
    /// The id of its section, if it has one.
    pub(crate) id: Option<Id>,
}

/// All that is needed to set a material, and what has been set so far.
pub(crate) struct Column<'a> {
    pub(crate) shaper: &'a mut Shaper,
    pub(crate) theme: &'a Theme,
    pub(crate) options: &'a PdfOptions,
    pub(crate) messages: &'a Messages,
    pub(crate) language: &'a patra_core::Language,
    pub(crate) tree: Tree,
    pub(crate) slices: Vec<Slice>,
    pub(crate) bookmarks: Vec<Bookmark>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Whether lines run from right to left.
    pub(crate) rtl: bool,
    /// What stands in the source where the next problem is found.
    pub(crate) span: Span,
    /// What begins at the next slice.
    anchors: Vec<Id>,
    /// Whether a heading was set last, which what comes next stays with.
    pub(super) after_heading: bool,
    told: BTreeSet<(usize, char)>,
    blocks: u32,
    rows: u32,
    /// The questions met, to be answered at the end: number, and what to say; `None` for a task, which has a number alone.
    pub(crate) answers: Vec<Option<Answered>>,
    /// The height of the text on a page.
    pub(crate) page_height: f32,
    /// Where what items ask about stands in the source.
    pub(crate) places: Places,
    /// The subject and the aspect of each cell of a comparison.
    pub(crate) compared: BTreeMap<Id, (Text, Text)>,
    /// How high a line is at least that has a rule to write on, in points.
    pub(crate) writing: f32,
    /// The pictures of the edition that is set.
    pub(crate) media: &'a BTreeMap<String, Vec<u8>>,
    /// What was read of them.
    pub(super) pictures: Pictures,
    /// Where what is set stands, if not in the whole column.
    pub(crate) place: Option<Frame>,
    /// Where a table of contents goes.
    pub(crate) contents: Option<ContentsPlace>,
}

/// The answer to a question of the handout.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    pub(crate) number: usize,
    pub(crate) text: Text,
    pub(crate) details: Vec<patra_core::Block>,
    pub(crate) span: Span,
}

impl<'a> Column<'a> {
    pub(crate) fn new(
        material: &'a patra_core::Material,
        options: &'a PdfOptions,
        theme: &'a Theme,
        messages: &'a Messages,
        shaper: &'a mut Shaper,
    ) -> Self {
        let (_, height) = options.page();
        let edges = theme.edges(options.page());
        Column {
            shaper,
            theme,
            options,
            messages,
            language: &material.language,
            tree: Tree::new(),
            slices: Vec::new(),
            bookmarks: Vec::new(),
            diagnostics: Vec::new(),
            rtl: material.language.direction() == patra_core::Direction::RightToLeft,
            span: Span::NONE,
            anchors: Vec::new(),
            after_heading: false,
            told: BTreeSet::new(),
            blocks: 0,
            rows: 0,
            answers: Vec::new(),
            page_height: height - edges.top - edges.bottom,
            places: Places::default(),
            compared: BTreeMap::new(),
            writing: 0.0,
            contents: None,
            media: &options.media,
            pictures: Pictures::new(),
            place: None,
        }
    }

    /// The frame of the whole column, or of the one of two that is set.
    pub(crate) fn frame(&self) -> Frame {
        if let Some(place) = &self.place {
            return place.clone();
        }
        let side = self.theme.edges(self.options.page()).side;
        Frame { x: side, width: self.options.measure(), bars: Rc::default() }
    }

    /// A style for running text.
    pub(crate) fn body(&mut self) -> Style {
        Style {
            face: patra_fonts::Style::Regular,
            size: self.theme.sizes.body,
            colour: self.theme.colours.ink,
            underline: false,
            strike: false,
            ground: false,
            link: None,
            language: self.home(),
            raise: 0.0,
            blank: None,
            formula: None,
            script: 0,
        }
    }

    pub(crate) fn home(&mut self) -> LanguageNumber {
        self.shaper.language(self.language)
    }

    /// A number for a block whose bars run along it.
    pub(crate) fn next_block(&mut self) -> u32 {
        self.blocks += 1;
        self.blocks
    }

    pub(crate) fn next_row(&mut self) -> u32 {
        self.rows += 1;
        self.rows
    }

    /// The next slice set is where this id leads.
    pub(crate) fn anchor(&mut self, id: &Id) {
        if !id.is_unset() {
            self.anchors.push(id.clone());
        }
    }

    /// Tells of characters that no font has, once each in a place: a letter is an error, a sign a warning.
    pub(crate) fn tell_missing(&mut self, missing: &[char]) {
        for c in missing {
            if self.told.insert((self.span.start(), *c)) {
                let code = format!("{:04X}", u32::from(*c));
                let problem = if is_sign(c.encode_utf8(&mut [0; 4])) {
                    let message =
                        phrase!("no font at hand can draw the sign `{$c}` (U+{$code}): a box is in its place", c, code);
                    Diagnostic::new(Code::MissingSign, self.span, message)
                } else {
                    let message = phrase!("no font at hand can draw `{$c}` (U+{$code})", c, code);
                    Diagnostic::new(Code::MissingGlyph, self.span, message)
                };
                self.diagnostics.push(problem.with_hint("name a font that has it, by `--font FILE`"));
            }
        }
    }

    /// A fixed word or phrase in the material's language.
    pub(crate) fn label(&self, id: &str) -> String {
        self.messages.string(id, &[])
    }

    /// The lines of a text in a measure.
    pub(crate) fn lines(&mut self, rich: &Rich, measure: f32) -> Vec<Line> {
        let pieces = self.pieces(rich);
        let mut lines = break_lines(&pieces, measure, self.shaper);
        // No page is high enough to be parted inside a formula.
        for piece in lines.iter_mut().flat_map(|line| &mut line.pieces) {
            if let Some(fitted) = piece.fitted(f32::MAX, self.page_height * 0.9) {
                *piece = fitted;
            }
        }
        lines
    }

    /// A text in pieces.
    pub(crate) fn pieces(&mut self, rich: &Rich) -> Vec<crate::text::Piece> {
        let mut missing = Vec::new();
        let pieces = pieces(rich, self.rtl, self.shaper, &mut missing);
        self.tell_missing(&missing);
        pieces
    }

    /// How high a line is and how far below its top the base line lies, in points.
    ///
    /// The size and the language's script set both, so that lines stand evenly; a word of a script that reaches far beyond
    /// them makes room for itself.
    pub(crate) fn line_box(&mut self, line: &Line, size: f32) -> (f32, f32) {
        let home = self.home();
        let family = self.shaper.family(home);
        let (leading, centre) = home_box(family);
        let spread = self.theme.spacing.lines;
        let leading = leading * spread;
        let mut above = (leading / 2.0 + centre) * size;
        let mut below = leading * size - above;
        for piece in &line.pieces {
            let word = &piece.word;
            // Faces of one kind differ a little; only what would touch the next line counts.
            if word.leading * spread <= leading + 0.2 && piece.style.size <= size {
                continue;
            }
            let centre = (word.ascent + word.descent) as f32 / 2000.0;
            let wants = (word.leading * spread).max(leading);
            above = above.max((wants / 2.0 + centre) * piece.style.size + piece.style.raise);
            below = below.max((wants / 2.0 - centre) * piece.style.size);
        }
        for formula in line.pieces.iter().filter_map(|piece| piece.style.formula.as_ref()) {
            above = above.max(formula.height() + 1.5);
            below = below.max(formula.depth() + 1.5);
        }
        if self.writing > 0.0 && line.pieces.iter().any(|piece| piece.style.blank.is_some()) {
            above = above.max(self.writing - below);
        }
        (above + below, above)
    }

    /// Where a line that is `width` wide begins in a frame.
    pub(crate) fn line_x(&self, frame: &Frame, align: Align, width: f32) -> f32 {
        let room = (frame.width - width).max(0.0);
        match (align, self.rtl) {
            (Align::Start, false) | (Align::End, true) => frame.x,
            (Align::Start, true) | (Align::End, false) => frame.x + room,
            (Align::Centre, _) => frame.x + room / 2.0,
        }
    }

    /// Sets a paragraph and gives its slices: the first kept with what stands before as `keep` says, and no line alone at
    /// the top or the bottom of a page.
    pub(crate) fn paragraph_slices(
        &mut self,
        rich: &Rich,
        size: f32,
        frame: &Frame,
        align: Align,
        node: NodeId,
    ) -> Vec<Slice> {
        let lines = self.lines(rich, frame.width);
        let count = lines.len();
        let mut out = Vec::with_capacity(count);
        for (i, line) in lines.into_iter().enumerate() {
            let (height, base) = self.line_box(&line, size);
            let x = self.line_x(frame, align, line.width);
            out.push(Slice {
                height,
                keep: if i == 1 || (i > 0 && i + 1 == count) { Keep::Never } else { Keep::May },
                draws: vec![Draw { cell: 0, node, shape: Shape::Line { line: Rc::new(line), x, base } }],
                bars: Rc::clone(&frame.bars),
                ..Slice::default()
            });
        }
        out
    }

    /// Puts slices at the end of the column, with a space above the first.
    pub(crate) fn put(&mut self, mut slices: Vec<Slice>, before: f32, keep: Keep) {
        if let Some(first) = slices.first_mut() {
            first.before = before;
            first.keep = if std::mem::take(&mut self.after_heading) { Keep::Never } else { keep };
            first.anchors.append(&mut self.anchors);
        }
        self.slices.append(&mut slices);
    }

    /// Keeps what is put next with the heading that was put last.
    pub(crate) fn keep_heading(&mut self) {
        self.after_heading = true;
    }

    /// Sets a paragraph at the end of the column.
    pub(crate) fn paragraph(&mut self, rich: &Rich, size: f32, frame: &Frame, node: NodeId, before: f32, keep: Keep) {
        let slices = self.paragraph_slices(rich, size, frame, Align::Start, node);
        self.put(slices, before, keep);
    }

    /// Draws a label in the space before a frame's lines, on the base line of the slice at `at`.
    pub(crate) fn hang(&mut self, at: usize, rich: &Rich, frame: &Frame, gutter: f32, node: NodeId) {
        let lines = self.lines(rich, f32::MAX);
        let Some(line) = lines.into_iter().next() else { return };
        let base = self.slices.get(at).and_then(Slice::base);
        let x = if self.rtl { frame.x + frame.width + gutter - line.width } else { frame.x - gutter };
        let size = self.theme.sizes.body;
        let (height, own_base) = self.line_box(&line, size);
        let shape = Shape::Line { line: Rc::new(line), x, base: base.unwrap_or(own_base) };
        match self.slices.get_mut(at) {
            Some(slice) => slice.draws.insert(0, Draw { cell: 0, node, shape }),
            None => self.slices.push(Slice {
                height,
                draws: vec![Draw { cell: 0, node, shape }],
                bars: Rc::clone(&frame.bars),
                ..Slice::default()
            }),
        }
    }
}

/// The leading of a family and how far the middle of its letters lies above the base line, as multiples of the size.
fn home_box(family: &'static patra_fonts::Family) -> (f32, f32) {
    let face = crate::text::FaceId::of(family, patra_fonts::Style::Regular).face();
    let centre = face.map_or(0.3, |face| (face.ascent + face.descent) as f32 / 2000.0);
    (family.leading, centre)
}

impl Frame {
    /// The frame with a space cut off where its lines begin.
    pub(crate) fn indented(&self, by: f32, rtl: bool) -> Frame {
        // Deep nesting must leave room for a word.
        let by = by.min((self.width - 60.0).max(0.0));
        Frame { x: if rtl { self.x } else { self.x + by }, width: self.width - by, ..self.clone() }
    }

    /// The frame with a space cut off where its lines end.
    pub(crate) fn shortened(&self, by: f32, rtl: bool) -> Frame {
        self.indented(by, !rtl)
    }
}
