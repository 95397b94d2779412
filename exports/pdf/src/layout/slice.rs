//! Slices: the strips a column is made of, none of which a page's end divides.

use std::rc::Rc;

use patra_core::Id;

use super::{NodeId, Picture};
use crate::text::{Colour, Line};

/// A strip of the column. Lengths are in points; y runs down from the slice's top, x from the sheet's left edge.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slice {
    pub(crate) height: f32,
    /// The space above it, left out at the top of a page.
    pub(crate) before: f32,
    pub(crate) keep: Keep,
    pub(crate) draws: Vec<Draw>,
    /// What runs along the side of it or behind it, through all slices that share it.
    pub(crate) bars: Rc<[Bar]>,
    /// The table row it belongs to; 0 for none. The strips of a row that stand on one page are drawn cell by cell.
    pub(crate) row: u32,
    /// What is set again above it where it begins a page: the header of its table.
    pub(crate) head: Option<Rc<Vec<Slice>>>,
    /// What begins here.
    pub(crate) anchors: Vec<Id>,
    /// The bookmark whose heading this is.
    pub(crate) bookmark: Option<usize>,
}

impl Slice {
    /// The base line of the first line of text in it.
    pub(crate) fn base(&self) -> Option<f32> {
        self.draws.iter().find_map(|draw| if let Shape::Line { base, .. } = draw.shape { Some(base) } else { None })
    }

    /// Moves what is drawn in it: down, with room made above, and to the right.
    pub(crate) fn shift(&mut self, down: f32, right: f32) {
        self.height += down;
        for draw in &mut self.draws {
            match &mut draw.shape {
                Shape::Line { x, base: y, .. }
                | Shape::Fill { x, y, .. }
                | Shape::Dots { x, y, .. }
                | Shape::Box { x, y, .. }
                | Shape::Picture { x, y, .. } => {
                    *x += right;
                    *y += down;
                }
            }
        }
        if right != 0.0 && !self.bars.is_empty() {
            self.bars = self.bars.iter().map(|bar| Bar { x: bar.x + right, ..bar.clone() }).collect();
        }
    }
}

/// Whether a page may end above a slice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Keep {
    /// It may.
    #[default]
    May,
    /// Only where there is no better place.
    Avoid,
    /// Only where the slices would not fit any page together.
    Never,
}

/// Something drawn, and the element of the structure that it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Draw {
    /// The cell of its row.
    pub(crate) cell: u16,
    pub(crate) node: NodeId,
    pub(crate) shape: Shape,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// A line of text, its left end at `x`.
    Line { line: Rc<Line>, x: f32, base: f32 },
    /// A filled rectangle.
    Fill { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    /// A row of square dots of a size, one each `step`, which ends before `x + width`.
    Dots { x: f32, y: f32, width: f32, size: f32, step: f32, colour: Colour },
    /// The outline of a square, as a box to tick.
    Box { x: f32, y: f32, size: f32, colour: Colour },
    /// A picture.
    Picture { picture: Picture, x: f32, y: f32, width: f32, height: f32 },
}

/// What runs along a block from its first slice on a page to its last.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    /// Tells the bars of different blocks apart.
    pub(crate) block: u32,
    pub(crate) x: f32,
    pub(crate) width: f32,
    pub(crate) colour: Colour,
}
