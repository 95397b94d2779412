//! Tables, and the comparisons among them.

use std::ops::Range;

use patra_core::{Alignment, Aspect, Block, Code, Column, Comparison, Row, Run, Subject, Table, Text, phrase};

use crate::attribute::{self, Attributes};
use crate::node::{CellNode, TableNode};
use crate::reader::Reader;
use crate::setting::Thing;

/// The cells of a row, the attributes of each, and where it stands.
type ReadRow = (Vec<(Text, Attributes)>, Range<usize>);

/// Whether a table with this first cell in its header compares what the other cells of the header name.
pub(crate) fn is_corner(text: &Text) -> bool {
    text.is_blank() || Comparison::is_corner(&text.to_plain())
}

impl<'c> Reader<'c, '_> {
    pub(crate) fn table(&mut self, table: TableNode<'c>, range: &Range<usize>, attributes: &mut Attributes) -> Block {
        let span = self.copy.span(range);
        let width = table.alignments.len();
        let mut rows = table.rows.into_iter();
        let head = rows.next();
        let mut heads: Vec<(Text, Attributes)> = Vec::new();
        let mut head_spans = Vec::new();
        for mut cell in head.into_iter().flat_map(|(cells, _)| cells) {
            head_spans.push(cell_range(&cell));
            heads.push(self.head(&mut cell));
        }
        let mut body: Vec<ReadRow> = Vec::new();
        for (cells, row) in rows {
            let count = cell_count(self.copy.text.get(row.clone()).unwrap_or(""));
            let mut read = Vec::new();
            for (column, mut cell) in cells.into_iter().enumerate() {
                let first = column == 0;
                read.push(if first {
                    self.head(&mut cell)
                } else {
                    (self.cell_text(cell.inlines), Attributes::default())
                });
            }
            if count != width {
                self.ragged(&row, count, width);
                if let (Some(extra), Some((last, _))) =
                    (excess(self.copy.text.get(row.clone()).unwrap_or(""), width), read.last_mut())
                {
                    last.push(Run::Plain(format!(" {}", self.copy.restore(extra.into()))));
                }
            }
            body.push((read, row));
        }
        let plain = attributes.take_class("table");
        let asked = attributes.take_class("comparison");
        let told = heads.first().is_some_and(|(corner, _)| is_corner(corner)) && width > 2 && !body.is_empty();
        if asked || (told && !plain) {
            return self.comparison(heads, &head_spans, body, attributes, span);
        }
        let mut columns = Vec::new();
        for ((heading, own), alignment) in heads.into_iter().zip(table.alignments) {
            self.refuse(&own, "a column of a plain table");
            columns.push(Column { heading, alignment });
        }
        let mut rows = Vec::new();
        for (cells, row) in body {
            let mut texts = Vec::new();
            for (text, own) in cells {
                self.refuse(&own, "a cell of a plain table");
                texts.push(text);
            }
            rows.push(Row { cells: texts, span: self.copy.span(&row) });
        }
        Block::Table(Table { columns, rows, span })
    }

    fn comparison(
        &mut self,
        heads: Vec<(Text, Attributes)>,
        head_ranges: &[Range<usize>],
        body: Vec<ReadRow>,
        attributes: &mut Attributes,
        span: patra_core::Span,
    ) -> Block {
        let id = self.take_id(Thing::Block, span, attributes);
        let mut corner = Text::default();
        let mut subjects = Vec::new();
        for (index, (name, mut own)) in heads.into_iter().enumerate() {
            if index == 0 {
                corner = name;
            } else {
                let id = own.take_id().unwrap_or_default();
                let span = head_ranges.get(index).map_or(span, |range| self.copy.span(range));
                subjects.push(Subject { id, name, span });
            }
            self.refuse(&own, "a head of a comparison");
        }
        let mut aspects = Vec::new();
        for (cells, row) in body {
            let mut cells = cells.into_iter();
            let (name, mut own) = cells.next().unwrap_or_default();
            let span = self.copy.span(&row);
            let id = self.take_id(Thing::Aspect, span, &mut own);
            self.refuse(&own, "an aspect of a comparison");
            let cells = cells.map(|(text, _)| text).collect();
            aspects.push(Aspect { id, name, cells, span });
        }
        Block::Comparison(Comparison { id, corner, subjects, aspects, span })
    }

    /// A cell that may have an id at its end.
    fn head(&mut self, cell: &mut CellNode<'c>) -> (Text, Attributes) {
        let mut inlines = std::mem::take(&mut cell.inlines);
        let parsed = attribute::take_trailing(&self.copy.text, &mut inlines);
        let attributes = self.attributes(parsed).unwrap_or_default();
        (self.cell_text(inlines), attributes)
    }

    fn ragged(&mut self, row: &Range<usize>, count: usize, width: usize) {
        let cells = |count: usize| phrase!("1 cell" | "{$count} cells", count);
        self.report(
            Code::RaggedTable,
            row,
            phrase!("the row has {$count}, but the header has {$width}", count = cells(count), width = cells(width)),
            "give every row as many cells as the header; write `\\|` for a bar that parts nothing",
        );
    }
}

fn cell_range(cell: &CellNode<'_>) -> Range<usize> {
    match (cell.inlines.first(), cell.inlines.last()) {
        (Some(first), Some(last)) => first.range.start..last.range.end,
        _ => 0..0,
    }
}

/// Where the bars stand that part the cells of a row, as pulldown-cmark parts them: a bar after a backslash is a word.
fn bars(row: &str) -> Vec<usize> {
    let bytes = row.as_bytes();
    (0..bytes.len()).filter(|&i| bytes[i] == b'|' && (i == 0 || bytes[i - 1] != b'\\')).collect()
}

/// How many cells a row has as it is written.
fn cell_count(row: &str) -> usize {
    let row = row.trim_matches([' ', '\t', '\n', '\r']);
    let bars = bars(row);
    let leading = usize::from(bars.first() == Some(&0));
    let trailing = usize::from(bars.len() > leading && bars.last() == Some(&(row.len() - 1)));
    bars.len() + 1 - leading - trailing
}

/// What stands in a row beyond `width` cells.
fn excess(row: &str, width: usize) -> Option<&str> {
    let row = row.trim_matches([' ', '\t', '\n', '\r']);
    let bars = bars(row);
    let leading = usize::from(bars.first() == Some(&0));
    let at = *bars.get(width - 1 + leading)?;
    let rest = &row[at..];
    rest.contains(char::is_alphanumeric).then_some(rest)
}

/// How a column stands is not read where its table is a comparison.
pub(crate) fn dashes(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::Start => "---",
        Alignment::Centre => ":---:",
        Alignment::End => "---:",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_as_written() {
        for (row, count) in
            [("| a | b |\n", 2), ("a | b", 2), ("| a |", 1), ("|a||", 2), ("| a \\| b | c", 2), ("||", 1), ("a", 1)]
        {
            assert_eq!(cell_count(row), count, "{row}");
        }
        assert_eq!(excess("| a | b | c |", 2), Some("| c |"));
        assert_eq!(excess("| a | b |", 2), None);
    }
}
