//! Reference marks: the short codes by which a person tells that a card, a row and a line on paper are about one thing.

use std::collections::BTreeSet;
use std::rc::Rc;

use patra_core::{Id, Practice};

use super::{Column, Draw, Keep, NodeId, Role, Shape};
use crate::text::{Line, Rich};

/// From the text to a code beside it, in points.
const GAP: f32 = 6.0;

/// From a code to the sheet's edge, in points: 8 mm, since many printers leave 5 mm or more blank.
const EDGE: f32 = 22.7;

/// The width that a code needs, in points. In a margin too narrow for it, codes come nearer to the edge.
const LEGIBLE: f32 = 20.0;

/// The room for codes in a margin of a width, in points.
fn code_room(side: f32) -> f32 {
    (side - GAP - EDGE).max(LEGIBLE.min(side - GAP - 4.0))
}

impl Column<'_> {
    /// A code as a line that is small enough for the margin.
    fn code_line(&mut self, id: &Id) -> Option<Line> {
        let size = self.theme.sizes.mark;
        let style = self.body().coloured(self.theme.colours.muted).sized(size);
        let code = id.code();
        let line = self.lines(&Rich::plain(&code, &style), f32::MAX).into_iter().next()?;
        let room = code_room(self.theme.edges(self.options.page()).side);
        if line.width <= room {
            return Some(line);
        }
        self.lines(&Rich::plain(&code, &style.sized(size * room / line.width)), f32::MAX).into_iter().next()
    }

    /// Draws the short code of something in the margin, beside the slice at `at`: where its lines end, or where they start.
    pub(crate) fn margin_code(&mut self, at: usize, id: &Id, parent: NodeId, at_start: bool) {
        if !self.options.marks || id.is_unset() {
            return;
        }
        let Some(line) = self.code_line(id) else { return };
        let frame = self.frame();
        let x = if self.rtl != at_start { frame.x - GAP - line.width } else { frame.x + frame.width + GAP };
        let node = self.tree.add(parent, Role::Paragraph);
        let Some(slice) = self.slices.get_mut(at) else { return };
        let base = slice.base().unwrap_or(slice.height * 0.6);
        slice.draws.push(Draw { cell: u16::MAX, node, shape: Shape::Line { line: Rc::new(line), x, base } });
    }

    /// Draws the codes of all that is asked about beside where it begins. They are for looking up, not for reading aloud, so the
    /// document's structure has none.
    pub(crate) fn reference_marks(&mut self, practice: &Practice) {
        if !self.options.marks {
            return;
        }
        let asked: BTreeSet<&Id> = practice.items().iter().map(|item| &item.about).collect();
        let frame = self.frame();
        let side = self.theme.edges(self.options.page()).side;
        let step = self.theme.sizes.mark * 1.25;
        // The title is the material's, which may have the id of a term.
        let title = self.contents.map_or(0, |place| place.at);
        for at in title..self.slices.len() {
            let mut ids: Vec<Id> = self.slices[at].anchors.clone();
            ids.retain(|id| asked.contains(id));
            ids.dedup();
            let lines: Vec<Line> = ids.iter().filter_map(|id| self.code_line(id)).collect();
            let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
            if lines.is_empty() {
                continue;
            }
            let columns = (((code_room(side) + 3.0) / (widest + 3.0)) as usize).max(1);
            let first = self.slices[at].base().unwrap_or(step);
            let mut lowest = 0.0_f32;
            for (i, line) in lines.into_iter().enumerate() {
                let right = (widest + 3.0) * (i % columns) as f32;
                let x = if self.rtl { frame.x - GAP - right - line.width } else { frame.x + frame.width + GAP + right };
                let base = first + step * (i / columns) as f32;
                lowest = base + step * 0.3;
                let shape = Shape::Line { line: Rc::new(line), x, base };
                self.slices[at].draws.push(Draw { cell: u16::MAX, node: NodeId(0), shape });
            }
            // They end where what they are beside ends, and never stand beside something else.
            let with = self.slices[at + 1..]
                .iter()
                .take_while(|slice| slice.keep == Keep::Never && slice.anchors.is_empty())
                .map(|slice| slice.before + slice.height);
            let height = self.slices[at].height + with.sum::<f32>();
            if lowest > height {
                self.slices[at].height += lowest - height;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_away_from_the_edge_where_the_margin_lets_them() {
        for (side, left) in [(62.0, EDGE), (50.0, EDGE), (40.0, 14.0), (28.0, 4.0)] {
            assert!((side - GAP - code_room(side) - left).abs() < 0.1, "{side}");
        }
    }
}
