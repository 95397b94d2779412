//! Formulas as operators of a page's content stream.

use super::canvas::{Canvas, Stretch};
use super::content::Operand;
use crate::layout::{NodeId, Role};
use crate::math::{Curve, Formula, Mark, Step};
use crate::text::{Colour, Piece};

/// How far apart two letters may be placed that stand in one string, in ems.
const SLACK: f32 = 0.002;

/// Letters of one size and colour on one base line, each beginning where the last ends.
struct Run {
    font: String,
    size: f32,
    colour: Colour,
    y: f32,
    end: f32,
    codes: Vec<u8>,
}

impl Canvas<'_> {
    /// Draws a formula with its base line's left end at a place, in points from the sheet's lower left corner.
    ///
    /// All of it belongs to an element of its own below `node`, unless that is itself a formula.
    pub(super) fn formula(&mut self, formula: &Formula, [x, y]: [f32; 2], piece: &Piece, node: NodeId) {
        let own = self.formula_node(&formula.laid.tex, node);
        self.mark(Some(Stretch::of(own)));
        let (em, ink) = (formula.em, piece.style.colour);
        let last = formula.laid.marks.iter().rposition(|mark| matches!(mark, Mark::Word { .. }));
        let mut run: Option<Run> = None;
        for (i, mark) in formula.laid.marks.iter().enumerate() {
            if let Mark::Word { word, x: left, y: up, em: scale, colour } = mark {
                let (font, codes) = self.fonts.math(word, piece.space && Some(i) == last);
                let (left, base, size) = (x + left * em, y + up * em, scale * em);
                let colour = colour.unwrap_or(ink);
                let end = left + word.advance as f32 * size / 1000.0;
                if let Some(open) = &mut run
                    && (&open.font, open.size, open.colour, open.y) == (&font, size, colour, base)
                    && (open.end - left).abs() < SLACK * em
                {
                    open.codes.extend_from_slice(&codes);
                    open.end = end;
                    continue;
                }
                match &run {
                    Some(_) => self.show_run(run.take()),
                    None => self.push("BT", []),
                }
                self.set_font((font.clone(), size));
                self.colour(colour);
                self.push("Tm", [1.0, 0.0, 0.0, 1.0, left, base].map(Operand::Real));
                run = Some(Run { font, size, colour, y: base, end, codes: codes.to_vec() });
                continue;
            }
            if run.is_some() {
                self.show_run(run.take());
                self.push("ET", []);
            }
            match mark {
                Mark::Rule { x: left, y: up, width, height, colour } => {
                    self.colour(colour.unwrap_or(ink));
                    let rectangle = [x + left * em, y + up * em, width * em, height * em];
                    self.push("re", rectangle.map(Operand::Real));
                    self.push("f", []);
                }
                Mark::Curve(curve) => self.curve(curve, [x, y], em, ink),
                Mark::Word { .. } => {}
            }
        }
        if run.is_some() {
            self.show_run(run.take());
            self.push("ET", []);
        }
    }

    fn show_run(&mut self, run: Option<Run>) {
        if let Some(run) = run {
            self.push("Tj", [Operand::String(&run.codes)]);
        }
    }

    fn formula_node(&mut self, tex: &str, node: NodeId) -> NodeId {
        if node == NodeId(0) || self.tree.node(node).is_some_and(|node| node.role == Role::Formula) {
            return node;
        }
        let own = self.tree.add(node, Role::Formula);
        if let Some(element) = self.tree.node_mut(own) {
            element.alt = Some(tex.to_owned());
        }
        own
    }

    fn curve(&mut self, curve: &Curve, [x, y]: [f32; 2], em: f32, ink: Colour) {
        let colour = curve.colour.unwrap_or(ink);
        let place = |i: usize, part: f32| Operand::Real(if i.is_multiple_of(2) { x } else { y } + part * em);
        if let Some(thickness) = curve.thickness {
            self.push("q", []);
            self.push("RG", colour.0.map(|part| Operand::Real(f32::from(part) / 255.0)));
            self.push("w", [Operand::Real(thickness * em)]);
        } else {
            self.colour(colour);
        }
        for step in &curve.steps {
            match step {
                Step::Move(to) => self.push("m", [place(0, to[0]), place(1, to[1])]),
                Step::Line(to) => self.push("l", [place(0, to[0]), place(1, to[1])]),
                Step::Cubic(to) => self.push("c", std::array::from_fn::<_, 6, _>(|i| place(i, to[i]))),
                Step::Close => self.push("h", []),
            }
        }
        if curve.thickness.is_some() {
            self.push("S", []);
            self.push("Q", []);
        } else {
            self.push("f", []);
        }
    }
}
