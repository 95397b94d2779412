//! The sides of a booklet's sheets: two pages on each.

use super::canvas::Canvas;
use super::document::{Imposed, Sheaf, Spot};
use super::fonts::Fonts;
use crate::layout::{Column, Laid, Side};
use crate::options::Flip;
use crate::theme::{MM, Theme};

/// Sheets as they are drawn, and where on them each page is, by its number from 0.
pub(crate) struct Drawn {
    pub(crate) sheaf: Sheaf,
    pub(crate) spots: Vec<PageSpot>,
}

/// Where a page is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PageSpot {
    side: usize,
    x: f32,
    /// The height of the sheet, where the page is upside down on it.
    turned: Option<f32>,
}

impl PageSpot {
    /// A place on the page so far from its lower edge. On a page upside down it is the sheet's upper edge, below which all of it
    /// is in sight.
    pub(crate) fn at(self, y: f32) -> Spot {
        match self.turned {
            None => Spot { page: self.side, x: Some(self.x), y },
            Some(height) => Spot { page: self.side, x: Some(self.x), y: height },
        }
    }
}

/// Draws the sides of all sheets.
pub(crate) fn booklet(laid: &Laid, sides: &[Side], column: &mut Column<'_>, theme: &Theme, fonts: &mut Fonts) -> Drawn {
    let options = column.options;
    let (width, height) = options.page();
    let sheet = (2.0 * width, height);
    let home = column.home();
    let long_edge = options.booklet.flip == Flip::LongEdge;
    let mut sheaf = Sheaf::new();
    let mut spots = vec![PageSpot::default(); laid.pages.len()];
    for (number, side) in sides.iter().enumerate() {
        let mut canvas = Canvas::new(fonts, &mut column.tree, home, height);
        let turned = long_edge && side.back;
        if turned {
            canvas.turn(sheet);
        }
        let creep = options.booklet.creep * MM * side.sheet as f32 / side.around.max(1) as f32;
        let mut stretches = Vec::new();
        for (place, x, shift) in [(side.left, 0.0, creep), (side.right, width, -creep)] {
            let Some(at) = place else { continue };
            let (Some(page), Some(running)) = (laid.pages.get(at), laid.running.get(at)) else { continue };
            let from = canvas.marked.len();
            canvas.shift = x + shift + options.bound(at, column.rtl);
            canvas.page(page, laid.top, theme);
            canvas.running(running, theme);
            canvas.finish();
            stretches.push((at, from..canvas.marked.len()));
            if let Some(spot) = spots.get_mut(at) {
                let x = if turned { width - x } else { x };
                *spot = PageSpot { side: number, x, turned: turned.then_some(height) };
            }
        }
        fold_marks(&mut canvas, (width, height), theme);
        if turned {
            canvas.turned(sheet);
        }
        canvas.finish();
        sheaf.add_side(canvas, stretches);
    }
    let duplex = if long_edge { "DuplexFlipLongEdge" } else { "DuplexFlipShortEdge" };
    sheaf.imposed = Some(Imposed { duplex, labels: sides.iter().map(Side::label).collect() });
    Drawn { sheaf, spots }
}

/// Where to fold: a mark above the text and one below it, where no page has anything.
fn fold_marks(canvas: &mut Canvas<'_>, (middle, height): (f32, f32), theme: &Theme) {
    let (away, long, thick) = (4.0 * MM, 4.0 * MM, 0.4);
    canvas.shift = 0.0;
    for y in [away, height - away - long] {
        canvas.fill([middle - thick / 2.0, y, thick, long], theme.colours.rule);
    }
}
