//! Tables: columns fitted to their text, rows kept whole where a page holds them.

use std::collections::BTreeSet;
use std::rc::Rc;

use patra_core::{Alignment, Code, Diagnostic, Id, phrase};

use super::tree::Scope;
use super::{Align, Column, Draw, Frame, Keep, NodeId, Role, Shape, Slice};
use crate::text::{Line, Piece, Rich, break_lines, longest_word, natural_width};

/// A table ready to be set.
#[derive(Default)]
pub(crate) struct Grid {
    pub(crate) heads: Vec<Rich>,
    pub(crate) alignments: Vec<Alignment>,
    pub(crate) rows: Vec<GridRow>,
    /// Whether the first cell of a row is its header.
    pub(crate) row_heads: bool,
    /// The cells, by row and column, to be filled in by hand: they keep the room of their words and do not show them.
    pub(crate) hidden: BTreeSet<(usize, usize)>,
    /// Whether every cell has a line around it.
    pub(crate) boxed: bool,
}

/// A row, and what begins there.
pub(crate) struct GridRow {
    pub(crate) cells: Vec<Rich>,
    pub(crate) anchors: Vec<Id>,
    pub(crate) span: patra_core::Span,
}

/// The narrowest column that still reads, in points.
const NARROWEST: f32 = 34.0;

struct Cell {
    lines: Vec<Line>,
    align: Align,
    node: NodeId,
    /// How high it is at least, in points.
    least: f32,
}

/// How a row looks beside its words.
#[derive(Clone, Copy, Default)]
struct Look {
    ground: Option<crate::text::Colour>,
    /// Whether a rule closes it.
    ruled: bool,
    /// Whether its cells have a line around them.
    boxed: bool,
}

/// The height of a line to be written by hand in a cell, in points.
const HAND_LINE: f32 = 21.0;

impl Column<'_> {
    /// Sets a table at the end of the column. One with more columns than fit is set in parts, each with the first column.
    pub(crate) fn table(&mut self, grid: &Grid, frame: &Frame, parent: NodeId, before: f32, keep: Keep) {
        let span = self.span;
        let heads: Vec<Vec<Piece>> = grid.heads.iter().map(|rich| self.pieces(rich)).collect();
        let mut rows: Vec<Vec<Vec<Piece>>> = Vec::with_capacity(grid.rows.len());
        for row in &grid.rows {
            self.span = if row.span.is_none() { span } else { row.span };
            rows.push(row.cells.iter().map(|rich| self.pieces(rich)).collect());
        }
        self.span = span;
        let columns = heads.len();
        if columns == 0 {
            return;
        }
        let padding = self.theme.spacing.padding;
        let mut wants = Vec::with_capacity(columns);
        for (i, head) in heads.iter().enumerate() {
            let cells = || std::iter::once(head).chain(rows.iter().filter_map(move |row| row.get(i)));
            let least = cells().map(|cell| longest_word(cell)).fold(0.0, f32::max) + 2.0 * padding;
            let most = cells().map(|cell| natural_width(cell)).fold(0.0, f32::max) + 2.0 * padding;
            wants.push(Want { least: least.max(NARROWEST), most: most.max(NARROWEST) });
        }
        let parts = parts(&wants, frame.width);
        if parts.len() > 1 {
            let message = phrase!(
                "a table of {$columns} columns is set in {$parts} parts, since no page is wide enough",
                columns,
                parts = parts.len()
            );
            self.diagnostics.push(
                Diagnostic::new(Code::TooWide, span, message)
                    .with_hint("turn rows into columns, or make several tables of it"),
            );
        }
        for (i, part) in parts.iter().enumerate() {
            let part_wants: Vec<Want> = part.iter().map(|column| wants[*column]).collect();
            let mut widths = fit(&part_wants, frame.width);
            if grid.boxed {
                // Room to write in.
                let sum: f32 = widths.iter().sum();
                widths.iter_mut().for_each(|width| *width *= frame.width / sum);
            }
            let (before, keep) = if i == 0 { (before, keep) } else { (2.0 * self.theme.spacing.paragraphs, Keep::May) };
            self.table_part(grid, &heads, &rows, part, &widths, frame, parent, (before, keep));
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one table, which nothing else holds")]
    fn table_part(
        &mut self,
        grid: &Grid,
        heads: &[Vec<Piece>],
        rows: &[Vec<Vec<Piece>>],
        part: &[usize],
        widths: &[f32],
        frame: &Frame,
        parent: NodeId,
        (before, keep): (f32, Keep),
    ) {
        let table = self.tree.add(parent, Role::Table);
        let align = |column: usize| match grid.alignments.get(column).copied().unwrap_or_default() {
            Alignment::Start => Align::Start,
            Alignment::Centre => Align::Centre,
            Alignment::End => Align::End,
        };
        let all_blank = heads.iter().all(Vec::is_empty);
        let mut head_slices = Vec::new();
        if !all_blank {
            let row_node = self.tree.add(table, Role::Row);
            let mut cells = Vec::new();
            for (column, width) in part.iter().zip(widths) {
                let lines = break_lines(&heads[*column], width - 2.0 * self.theme.spacing.padding, self.shaper);
                let node = self.tree.add(row_node, Role::Head(Scope::Column));
                cells.push(Cell { lines, align: align(*column), node, least: 0.0 });
            }
            let look = Look { ground: Some(self.theme.colours.head_ground), ruled: true, boxed: grid.boxed };
            head_slices = vec![self.row_slice(&cells, widths, frame, look)];
        }
        // What is set again on the next page is there for looks; the structure has the header once.
        let repeated: Vec<Slice> = head_slices.iter().cloned().map(for_looks).collect();
        let head_height: f32 = head_slices.iter().map(|slice| slice.height).sum();
        let repeated = Rc::new(repeated);
        let tallest = self.page_height - head_height;
        let start = self.slices.len();
        self.put(head_slices, before, keep);
        for (i, cells) in rows.iter().enumerate() {
            let row_node = self.tree.add(table, Role::Row);
            let mut set = Vec::new();
            for (column, width) in part.iter().zip(widths) {
                let empty = Vec::new();
                let pieces = cells.get(*column).unwrap_or(&empty);
                let measure = width - 2.0 * self.theme.spacing.padding;
                let (lines, least) = if grid.hidden.contains(&(i, *column)) {
                    let count = (natural_width(pieces) * 1.4 / measure).ceil().clamp(1.0, 6.0);
                    (Vec::new(), (count * HAND_LINE + 6.0).min(tallest))
                } else {
                    (break_lines(pieces, measure, self.shaper), 0.0)
                };
                let heads_row = grid.row_heads && *column == 0;
                let role = if heads_row { Role::Head(Scope::Row) } else { Role::Cell };
                let node = self.tree.add(row_node, role);
                set.push(Cell { lines, align: align(*column), node, least });
            }
            for id in grid.rows.get(i).map_or(&[][..], |row| &row.anchors) {
                self.anchor(id);
            }
            let look = Look { ground: None, ruled: true, boxed: grid.boxed };
            let whole = self.row_slice(&set, widths, frame, look);
            let mut slices =
                if whole.height <= tallest { vec![whole] } else { self.row_strips(&set, widths, frame, look) };
            for slice in &mut slices {
                slice.head = Some(Rc::clone(&repeated));
            }
            // The header and the first row stand together; so do the last two rows of a long table.
            let first = i == 0 && !all_blank;
            let keep = if first {
                Keep::Never
            } else if i == 0 {
                keep
            } else if i + 1 == rows.len() {
                Keep::Avoid
            } else {
                Keep::May
            };
            let above = if i == 0 && all_blank { before } else { 0.0 };
            self.put(slices, above, keep);
        }
        // A small table stays whole where it can.
        let slices = self.slices.get_mut(start..).unwrap_or_default();
        let height: f32 = slices.iter().map(|slice| slice.height).sum();
        if height <= self.page_height * 0.4 {
            slices
                .iter_mut()
                .skip(1)
                .filter(|slice| slice.keep == Keep::May)
                .for_each(|slice| slice.keep = Keep::Avoid);
        }
    }

    /// A row as one slice.
    fn row_slice(&mut self, cells: &[Cell], widths: &[f32], frame: &Frame, look: Look) -> Slice {
        let padding = self.theme.spacing.padding;
        let mut draws = Vec::new();
        let mut height = 0.0_f32;
        for (i, cell) in cells.iter().enumerate() {
            let inner = self.cell_frame(widths, i, frame);
            let mut y = padding * 0.7;
            for line in &cell.lines {
                let (line_height, base) = self.line_box(line, self.theme.sizes.table);
                let x = self.line_x(&inner, cell.align, line.width);
                let shape = Shape::Line { line: Rc::new(line.clone()), x, base: y + base };
                draws.push(Draw { cell: cell_number(i), node: cell.node, shape });
                y += line_height;
            }
            height = height.max(y + padding * 0.7).max(cell.least);
        }
        self.finish_row(draws, height, widths, frame, look)
    }

    /// A row that no page holds, as strips of a line of each cell.
    fn row_strips(&mut self, cells: &[Cell], widths: &[f32], frame: &Frame, look: Look) -> Vec<Slice> {
        let row = self.next_row();
        let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        let padding = self.theme.spacing.padding * 0.7;
        let mut out = Vec::with_capacity(count);
        for strip in 0..count {
            let mut draws = Vec::new();
            let top = if strip == 0 { padding } else { 0.0 };
            let mut height = 0.0_f32;
            for (i, cell) in cells.iter().enumerate() {
                let Some(line) = cell.lines.get(strip) else { continue };
                let inner = self.cell_frame(widths, i, frame);
                let (line_height, base) = self.line_box(line, self.theme.sizes.table);
                let x = self.line_x(&inner, cell.align, line.width);
                let shape = Shape::Line { line: Rc::new(line.clone()), x, base: top + base };
                draws.push(Draw { cell: cell_number(i), node: cell.node, shape });
                height = height.max(top + line_height);
            }
            let last = strip + 1 == count;
            let height = if last { height + padding } else { height };
            let mut slice = self.finish_row(draws, height, widths, frame, Look { ruled: last, ..look });
            slice.row = row;
            slice.keep = if strip == 1 || (last && strip > 0) { Keep::Never } else { Keep::May };
            out.push(slice);
        }
        out
    }

    fn finish_row(
        &self,
        mut draws: Vec<Draw>,
        height: f32,
        widths: &[f32],
        frame: &Frame,
        Look { ground, ruled, boxed }: Look,
    ) -> Slice {
        let width: f32 = widths.iter().sum();
        let x = if self.rtl { frame.x + frame.width - width } else { frame.x };
        let looks = |shape| Draw { cell: 0, node: NodeId(0), shape };
        if let Some(colour) = ground {
            draws.insert(0, looks(Shape::Fill { x, y: 0.0, width, height, colour }));
        }
        if ruled {
            let colour = self.theme.colours.rule;
            let rule = if ground.is_some() { 0.9 } else { 0.5 };
            draws.push(looks(Shape::Fill { x, y: height - rule, width, height: rule, colour }));
        }
        if boxed {
            let colour = self.theme.colours.rule;
            let mut edge = x;
            // From the left, whatever the order of the columns.
            let columns: Vec<f32> = if self.rtl { widths.iter().rev().copied().collect() } else { widths.to_vec() };
            for width in std::iter::once(0.0).chain(columns) {
                edge += width;
                draws.push(looks(Shape::Fill { x: edge - 0.25, y: 0.0, width: 0.5, height, colour }));
            }
            if ground.is_some() {
                draws.push(looks(Shape::Fill { x, y: 0.0, width, height: 0.5, colour }));
            }
        }
        Slice { height, draws, bars: Rc::clone(&frame.bars), ..Slice::default() }
    }

    /// Where the lines of a cell stand.
    fn cell_frame(&self, widths: &[f32], cell: usize, frame: &Frame) -> Frame {
        let before: f32 = widths[..cell].iter().sum();
        let width = widths[cell];
        let x = if self.rtl { frame.x + frame.width - before - width } else { frame.x + before };
        let padding = self.theme.spacing.padding;
        Frame { x: x + padding, width: (width - 2.0 * padding).max(1.0), ..frame.clone() }
    }
}

fn cell_number(i: usize) -> u16 {
    u16::try_from(i + 1).unwrap_or(u16::MAX)
}

fn for_looks(mut slice: Slice) -> Slice {
    slice.draws.iter_mut().for_each(|draw| draw.node = NodeId(0));
    slice.anchors.clear();
    slice
}

/// What a column's text wants: no word broken, and no line broken. In points, with the padding.
#[derive(Clone, Copy, Debug)]
struct Want {
    least: f32,
    most: f32,
}

/// Which columns stand side by side: all of them where no word has to be broken to less than a readable width, else
/// groups that each begin with the first column.
fn parts(wants: &[Want], width: f32) -> Vec<Vec<usize>> {
    // A column may break its longest words, but is not made narrower than this.
    let least = |i: usize| wants[i].least.min(width / 5.0);
    let all: f32 = (0..wants.len()).map(least).sum();
    if all <= width || wants.len() < 3 {
        return vec![(0..wants.len()).collect()];
    }
    let mut parts = Vec::new();
    let mut part = vec![0];
    let mut taken = least(0);
    for i in 1..wants.len() {
        if taken + least(i) > width && part.len() > 1 {
            parts.push(std::mem::replace(&mut part, vec![0]));
            taken = least(0);
        }
        part.push(i);
        taken += least(i);
    }
    parts.push(part);
    parts
}

/// The widths of columns side by side that are not wider together than `width`.
///
/// Each gets what its longest word needs, and what is left goes where lines are longest, so that rows are low.
fn fit(wants: &[Want], width: f32) -> Vec<f32> {
    let most: f32 = wants.iter().map(|want| want.most).sum();
    if most <= width {
        // A table that nearly fills the measure fills it; a small one stays small.
        let stretch = if most > width * 0.6 { width / most } else { 1.0 };
        return wants.iter().map(|want| want.most * stretch).collect();
    }
    let least: f32 = wants.iter().map(|want| want.least).sum();
    if least >= width {
        // Not even the words fit: all are narrowed alike, and the widest words broken.
        let capped: Vec<f32> = wants.iter().map(|want| want.least.min(width / 5.0).max(NARROWEST / 2.0)).collect();
        let sum: f32 = capped.iter().sum();
        return capped.iter().map(|least| least * width / sum).collect();
    }
    let mut widths: Vec<f32> = wants.iter().map(|want| want.least).collect();
    let mut left = width - least;
    // Columns that reach what they want leave the rest to the others: a few rounds settle it.
    for _ in 0..8 {
        let weight = |i: usize| (wants[i].most - widths[i]).max(0.0).sqrt();
        let sum: f32 = (0..wants.len()).map(weight).sum();
        if sum <= 0.0 || left <= 0.01 {
            break;
        }
        let shares: Vec<f32> =
            (0..wants.len()).map(|i| (left * weight(i) / sum).min((wants[i].most - widths[i]).max(0.0))).collect();
        for (width, share) in widths.iter_mut().zip(&shares) {
            *width += share;
            left -= share;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn want(least: f32, most: f32) -> Want {
        Want { least, most }
    }

    #[test]
    fn columns_fit_the_measure_and_their_words() {
        for wants in [
            vec![want(50.0, 80.0), want(60.0, 2000.0), want(40.0, 900.0)],
            vec![want(50.0, 80.0), want(60.0, 90.0)],
            vec![want(300.0, 300.0), want(300.0, 800.0)],
        ] {
            let widths = fit(&wants, 450.0);
            assert!(widths.iter().sum::<f32>() <= 450.1, "{widths:?}");
        }
        let widths = fit(&[want(50.0, 80.0), want(60.0, 2000.0), want(40.0, 900.0)], 450.0);
        assert!(widths[0] >= 50.0 && widths[1] > widths[2] && widths[2] > 100.0, "{widths:?}");
    }

    #[test]
    fn many_columns_are_parted_and_each_part_has_the_first() {
        let wants = vec![want(60.0, 100.0); 60];
        let parts = parts(&wants, 450.0);
        assert!(parts.len() > 8);
        assert!(parts.iter().all(|part| part[0] == 0 && part.len() <= 7));
        let all: Vec<usize> = parts.iter().flat_map(|part| part[1..].to_vec()).collect();
        assert_eq!(all, (1..60).collect::<Vec<_>>());
    }
}
