//! Two columns to match.

use std::rc::Rc;

use patra_core::{Answer, Match, Text};

use super::number::number;
use super::{Align, Column, Draw, Keep, NodeId, Role, Shape, Slice, Tree};
use crate::text::{Rich, natural_width};

impl Column<'_> {
    /// Two columns to match, each a list of its own, with a short rule for the letter before each line of the left.
    pub(super) fn matching(&mut self, exercise: &Match) {
        let theme = self.theme;
        let style = self.body();
        let label_style = style.bold().coloured(theme.colours.accent);
        let frame = self.frame();
        let left = frame.shortened(frame.width * 0.58, self.rtl);
        let right = frame.indented(frame.width * 0.46, self.rtl);
        let lists = [(); 2].map(|()| self.tree.add(Tree::ROOT, Role::List));
        if let Some(list) = self.tree.node_mut(lists[0]) {
            list.numbered = true;
        }
        let row = self.next_row();
        // Urdu's first letter is written out, and is wider than others are.
        let mut gutters = [0.0_f32; 2];
        let rule = theme.scaled(34.0).min(frame.width * 0.0722);
        for i in 0..exercise.items.len() {
            for (side, mark) in self.match_marks(i).into_iter().enumerate() {
                let pieces = self.pieces(&Rich::plain(&mark, &label_style));
                gutters[side] = gutters[side].max(natural_width(&pieces) + 7.0);
            }
        }
        for (i, item) in exercise.items.iter().enumerate() {
            self.span = self.places.span(&item.about);
            let mut sides = Vec::new();
            let left_text = match &item.answer {
                Answer::Text(text) => text.clone(),
                _ => Text::plain(item.plain_answer()),
            };
            let empty = Text::default();
            let right_text = exercise.right.get(i).unwrap_or(&empty);
            let marks = self.match_marks(i);
            for (side, (text, frame)) in [(&left_text, &left), (right_text, &right)].into_iter().enumerate() {
                let element = self.tree.add(lists[side], Role::Item);
                let label = self.tree.add(element, Role::Label);
                let body = self.tree.add(element, Role::Body);
                let node = self.tree.add(body, Role::Paragraph);
                let cell = if side == 0 { 1 } else { 2 };
                let before = if side == 0 { rule + 10.0 } else { 0.0 };
                let gutter = gutters[side];
                let outer = frame.indented(before, self.rtl);
                let inner = outer.indented(gutter, self.rtl);
                let rich = if side == 0 { self.rich(text, &style.bold()) } else { self.rich(text, &style) };
                let mut slices = self.paragraph_slices(&rich, style.size, &inner, Align::Start, node);
                if slices.is_empty() {
                    slices.push(Slice { height: style.size * 1.5, ..Slice::default() });
                }
                let base = slices[0].base().unwrap_or(style.size);
                if let Some(line) = self.lines(&Rich::plain(&marks[side], &label_style), f32::MAX).into_iter().next() {
                    let x = if self.rtl { outer.x + outer.width - line.width } else { outer.x };
                    let shape = Shape::Line { line: Rc::new(line), x, base };
                    slices[0].draws.insert(0, Draw { cell, node: label, shape });
                }
                if side == 0 {
                    let x = if self.rtl { frame.x + frame.width - rule } else { frame.x };
                    let shape = Shape::Fill { x, y: base + 2.0, width: rule, height: 0.6, colour: theme.colours.muted };
                    slices[0].draws.insert(0, Draw { cell: 0, node: NodeId(0), shape });
                }
                slices.iter_mut().flat_map(|slice| &mut slice.draws).for_each(|draw| draw.cell = cell);
                sides.push((slices, body));
            }
            let body = sides[0].1;
            let at = self.slices.len();
            let strips = zip_strips(sides.into_iter().map(|(slices, _)| slices).collect(), row);
            self.put(strips, if i == 0 { 4.0 } else { 9.0 }, Keep::May);
            self.margin_code(at, &item.id, body, true);
            if let Some(draw) = self.slices.get_mut(at).and_then(|slice| slice.draws.last_mut()) {
                draw.cell = 1;
            }
        }
    }

    /// What stands before a line of the left column, and before one of the right.
    fn match_marks(&self, i: usize) -> [String; 2] {
        [format!("{}.", number(i + 1, self.language)), format!("{}.", self.letter(i))]
    }
}

/// Slices of several columns side by side, in strips of a slice of each.
fn zip_strips(sides: Vec<Vec<Slice>>, row: u32) -> Vec<Slice> {
    let count = sides.iter().map(Vec::len).max().unwrap_or(0);
    let mut strips: Vec<Slice> = (0..count)
        .map(|i| Slice { row, keep: if i > 0 { Keep::Avoid } else { Keep::May }, ..Slice::default() })
        .collect();
    for slices in sides {
        for (strip, mut slice) in strips.iter_mut().zip(slices) {
            strip.height = strip.height.max(slice.height);
            strip.draws.append(&mut slice.draws);
        }
    }
    strips
}
