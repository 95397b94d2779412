//! The word bank: words to fill gaps with, in a box.

use std::rc::Rc;

use patra_core::Text;

use super::{Bar, Column, Draw, Frame, Keep, NodeId, Role, Shape, Slice, Tree};
use crate::text::{Line, Rich, break_lines};

/// A line of words in its row, so far from where the row starts, in points.
struct Placed {
    line: Line,
    pen: f32,
    node: NodeId,
}

impl Column<'_> {
    /// Sets the words that the gaps of an exercise are filled with, in a box.
    pub(super) fn word_bank(&mut self, bank: &[Text]) {
        if bank.is_empty() {
            return;
        }
        let theme = self.theme;
        let frame = self.frame();
        let block = self.next_block();
        let edge = |x: f32| Bar { block, x, width: 0.8, colour: theme.colours.rule };
        let bars: Rc<[Bar]> = vec![edge(frame.x), edge(frame.x + frame.width - 0.8)].into();
        let inner = frame.indented(10.0, self.rtl).shortened(10.0, self.rtl);
        let inner = Frame { bars: Rc::clone(&bars), ..inner };
        let start = self.slices.len();
        let style = self.body();
        let small = style.bold().sized(theme.sizes.small).coloured(theme.colours.muted);
        let node = self.tree.add(Tree::ROOT, Role::Paragraph);
        let rich = Rich::plain(&self.label("word-bank"), &small);
        self.paragraph(&rich, small.size, &inner, node, 5.0, Keep::Never);
        let list = self.tree.add(Tree::ROOT, Role::List);
        let between = 20.0;
        let mut rows: Vec<Vec<Placed>> = Vec::new();
        let mut pen = f32::MAX;
        for words in bank {
            let item = self.tree.add(list, Role::Item);
            let body = self.tree.add(item, Role::Body);
            let rich = self.rich(words, &style);
            let pieces = self.pieces(&rich);
            for line in break_lines(&pieces, inner.width, self.shaper) {
                if pen + line.width > inner.width {
                    rows.push(Vec::new());
                    pen = 0.0;
                }
                let next = pen + line.width + between;
                rows.last_mut().into_iter().for_each(|row| row.push(Placed { line: line.clone(), pen, node: body }));
                pen = next;
            }
        }
        for row in rows {
            let (mut height, mut base) = (0.0_f32, 0.0_f32);
            for Placed { line, .. } in &row {
                let (own, own_base) = self.line_box(line, style.size);
                (height, base) = (height.max(own), base.max(own_base));
            }
            let draw = |Placed { line, pen, node }: Placed| {
                let x = if self.rtl { inner.x + inner.width - pen - line.width } else { inner.x + pen };
                Draw { cell: 0, node, shape: Shape::Line { line: Rc::new(line), x, base } }
            };
            let draws = row.into_iter().map(draw).collect();
            self.put(vec![Slice { height, draws, bars: Rc::clone(&bars), ..Slice::default() }], 1.0, Keep::Never);
        }
        let line =
            |y: f32| looks(Shape::Fill { x: frame.x, y, width: frame.width, height: 0.8, colour: theme.colours.rule });
        if let Some(first) = self.slices.get_mut(start) {
            first.shift(5.0, 0.0);
            first.draws.insert(0, line(0.0));
        }
        if let Some(last) = self.slices.get_mut(start..).and_then(<[Slice]>::last_mut) {
            last.height += 6.0;
            last.draws.push(line(last.height - 0.8));
        }
        // The sentences begin below the box.
        self.put(vec![Slice { height: 3.0, ..Slice::default() }], 0.0, Keep::Never);
    }
}

/// What is there for looks.
fn looks(shape: Shape) -> Draw {
    Draw { cell: 0, node: NodeId(0), shape }
}
