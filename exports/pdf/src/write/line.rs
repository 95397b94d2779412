//! Lines of text as operators of a page's content stream.

use std::rc::Rc;

use super::canvas::{Canvas, Link, Stretch};
use super::content::Operand;
use super::fonts::font_name;
use crate::layout::NodeId;
use crate::text::{Line, Piece};

impl Canvas<'_> {
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
        // The first akshara of a line is written in another way: see the rules in `akshara`.
        let mut opening = true;
        let mut rise = 0.0_f32;
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
                self.rise(&mut rise, 0.0);
                self.mark(None);
                self.push("ET", []);
                let y = self.height - y + piece.style.raise;
                self.formula(formula, [left, y], piece, node);
                self.mark(None);
                self.push("BT", []);
                (placed, opening) = (None, false);
                continue;
            }
            let last = at == end && (piece.word.rtl || order.last() == Some(&at));
            let (font, codes) = self.fonts.codes(piece, std::mem::take(&mut opening), last);
            let width = piece.width() + piece.space_width();
            if codes.is_empty() {
                continue;
            }
            let base = self.height - y;
            if piece.style.raise != rise {
                self.show(&mut run);
            }
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
            self.rise(&mut rise, piece.style.raise);
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
        self.rise(&mut rise, 0.0);
        if mixed {
            self.mark(None);
        }
        self.push("ET", []);
    }

    /// Raises what is shown next above the base line, in points. The place in the line stays, so that a script is on the line that
    /// it belongs to for every reader.
    fn rise(&mut self, last: &mut f32, rise: f32) {
        if *last != rise {
            self.push("Ts", [Operand::Real(rise)]);
            *last = rise;
        }
    }

    /// Draws the letters of a word that runs from right to left from its right end on: see the rules in `akshara`.
    fn letters(&mut self, piece: &Piece, font: usize, codes: &[u8], [right, base]: [f32; 2]) {
        let size = piece.style.size;
        let called = font_name(piece.style.face, font);
        for (mut data, from_right) in self.fonts.letters(piece, font, codes) {
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
}
