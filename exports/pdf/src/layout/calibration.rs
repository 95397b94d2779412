//! The sheet that shows how far a printer moves the back: a cross on its front, and on its back the scale to read it by.

use std::rc::Rc;

use super::card::back_offset;
use super::{Align, Column, Draw, Frame, NodeId, Page, Role, Shape, Slice, Tree};
use crate::text::Rich;
use crate::theme::MM;

/// How far the scale reaches from its middle, in millimetres.
const REACH: i32 = 10;

/// The front and the back of the sheet.
pub(super) fn sheet(column: &mut Column<'_>) -> [Page; 2] {
    let (width, height) = column.options.sheet.points();
    let theme = column.theme;
    let middle = (width / 2.0, height / 2.0);
    let mut front = Marks::default();
    let arm = 15.0 * MM;
    front.fill(middle.0 - arm, middle.1 - 0.4, 2.0 * arm, 0.8);
    front.fill(middle.0 - 0.4, middle.1 - arm, 0.8, 2.0 * arm);
    let line = 100.0 * MM;
    let top = height * 0.72;
    front.fill(middle.0 - line / 2.0, top, line, 0.6);
    for end in [-1.0, 1.0] {
        front.fill(middle.0 + end * line / 2.0 - 0.3, top - 5.0, 0.6, 10.0);
    }

    let (right, down) = back_offset(&column.options.cards);
    let origin = (middle.0 + right, middle.1 + down);
    let mut back = Marks::default();
    let mut numbers = Vec::new();
    let node = column.tree.add(Tree::ROOT, Role::Paragraph);
    for step in -REACH..=REACH {
        let away = step as f32 * MM;
        let long = if step % 5 == 0 { 7.0 } else { 4.0 };
        back.fill(origin.0 + away - 0.2, origin.1 - long / 2.0, 0.4, long);
        back.fill(origin.0 - long / 2.0, origin.1 + away - 0.2, long, 0.4);
        if step % 5 == 0 && step != 0 {
            let style = column.body().sized(7.0);
            // A scale is read from left to right in every script.
            let rtl = std::mem::replace(&mut column.rtl, false);
            let line = column.lines(&Rich::plain(&step.to_string(), &style), f32::MAX).into_iter().next();
            column.rtl = rtl;
            let Some(line) = line.map(Rc::new) else { continue };
            for (x, base) in
                [(origin.0 + away - line.width / 2.0, origin.1 - 6.5), (origin.0 + 6.0, origin.1 + away + 2.5)]
            {
                numbers.push(Draw { cell: 0, node, shape: Shape::Line { line: Rc::clone(&line), x, base } });
            }
        }
    }
    let reach = REACH as f32 * MM;
    back.fill(origin.0 - reach, origin.1 - 0.2, 2.0 * reach, 0.4);
    back.fill(origin.0 - 0.2, origin.1 - reach, 0.4, 2.0 * reach);
    back.0.append(&mut numbers);

    let frame = Frame { x: width * 0.18, width: width * 0.64, bars: Rc::default() };
    [(front, "calibrate-size", top + 14.0), (back, "calibrate-light", height * 0.62)].map(|(marks, message, y)| {
        let mut page = Page::default();
        page.slices.push((0.0, Rc::new(Slice { draws: marks.0, ..Slice::default() })));
        let style = column.body();
        let rich = Rich::plain(&column.label(message), &style);
        let node = column.tree.add(Tree::ROOT, Role::Paragraph);
        let mut y = y;
        for slice in column.paragraph_slices(&rich, theme.sizes.body, &frame, Align::Centre, node) {
            let height = slice.height;
            page.slices.push((y, Rc::new(slice)));
            y += height;
        }
        page
    })
}

/// What is there for looks.
#[derive(Default)]
struct Marks(Vec<Draw>);

impl Marks {
    fn fill(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let colour = crate::text::Colour([0x1c, 0x1c, 0x1e]);
        self.0.push(Draw { cell: 0, node: NodeId(0), shape: Shape::Fill { x, y, width, height, colour } });
    }
}
