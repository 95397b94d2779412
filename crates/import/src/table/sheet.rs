//! Rows of cells, from whichever file.

use patra_cells::Merged;
use patra_core::Span;

/// What merging may fill, in bytes of words: so many times what is written, and no more, and so much at least.
const MOST_REPEATED: usize = 8;
const ALLOWED: usize = 1 << 16;

/// What a cell counts for, in bytes, besides its words.
const CELL: usize = 8;

/// A sheet of cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    /// Its name, where it has one that says something.
    pub name: Option<String>,
    pub rows: Vec<Row>,
    pub merged: Vec<Merged>,
}

/// A row, with a cell at least.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// As spreadsheets number it, from 1.
    pub number: usize,
    /// The cells, trimmed.
    pub cells: Vec<String>,
    pub span: Span,
}

impl Row {
    /// The cell of a column; empty where there is none.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// How many cells hold something.
    pub(crate) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    /// The column after the last that holds something.
    pub(crate) fn width(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
    }
}

/// Fills merged cells, and knows how much it may fill: a file of a few bytes can merge more than there is memory for.
pub(crate) struct Spread {
    left: usize,
}

impl Default for Spread {
    fn default() -> Self {
        Spread { left: ALLOWED }
    }
}

impl Spread {
    /// For these sheets, all of them together.
    pub(crate) fn over(sheets: &[Sheet]) -> Self {
        let mut spread = Spread::default();
        let cells = sheets.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells);
        cells.filter(|cell| !cell.is_empty()).for_each(|cell| spread.written(cell.len()));
        spread
    }

    /// Allows for a cell of so many bytes that is written.
    pub(crate) fn written(&mut self, bytes: usize) {
        self.left = self.left.saturating_add((bytes + CELL).saturating_mul(MOST_REPEATED));
    }

    /// Takes off what one more cell of so many bytes takes; `false` where there is no room for it.
    #[must_use]
    pub(crate) fn repeat(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes + CELL);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// Puts what merged cells hold into each of them, within the rows given. Rows stand in the order of their numbers, and
    /// regions in that of their first rows. Returns whether all were filled.
    #[must_use]
    pub(crate) fn fill(&mut self, rows: &mut [Row], merged: &[Merged]) -> bool {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return true };
        let begin = merged.partition_point(|region| region.first_row < first.number);
        let end = merged.partition_point(|region| region.first_row <= last.number);
        let width = rows.iter().map(Row::width).max().unwrap_or(0);
        for region in merged.get(begin..end).unwrap_or_default() {
            let from = rows.partition_point(|row| row.number < region.first_row);
            let Some(first) = rows.get(from).filter(|row| row.number == region.first_row) else { continue };
            let words = first.cell(region.first_column).to_owned();
            if words.is_empty() {
                continue;
            }
            for row in rows[from..].iter_mut().take_while(|row| row.number <= region.last_row) {
                for column in region.first_column..=region.last_column.min(width.saturating_sub(1)) {
                    if !row.cell(column).is_empty() {
                        continue;
                    }
                    if !self.repeat(words.len()) {
                        return false;
                    }
                    row.cells.resize(row.cells.len().max(column + 1), String::new());
                    row.cells[column].clone_from(&words);
                }
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize, cells: &[&str]) -> Vec<Row> {
        let row = |at: usize| Row {
            number: at + 1,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            ..Row::default()
        };
        (0..count).map(row).collect()
    }

    fn region(rows: (usize, usize), columns: (usize, usize)) -> Merged {
        Merged { first_row: rows.0, last_row: rows.1, first_column: columns.0, last_column: columns.1 }
    }

    fn filled(rows: Vec<Row>, merged: &[Merged]) -> (bool, Vec<Row>) {
        let mut sheet = Sheet { rows, ..Sheet::default() };
        let whole = Spread::over(std::slice::from_ref(&sheet)).fill(&mut sheet.rows, merged);
        (whole, sheet.rows)
    }

    #[test]
    fn merged_cells_hold_the_words_of_the_first() {
        let mut table = rows(3, &["a", "", "c"]);
        table.remove(1);
        let (whole, table) = filled(table, &[region((1, 3), (0, 1)), region((2, 3), (2, 2)), region((7, 9), (0, 0))]);
        assert!(whole);
        assert!(table.iter().all(|row| row.cells == ["a", "a", "c"]), "{table:?}");
    }

    #[test]
    fn few_words_fill_no_endless_table() {
        let mut table = rows(2_000, &["a"]);
        table[0].cells.resize(250, String::new());
        table[0].cells[249] = "b".to_owned();
        let (whole, table) = filled(table, &[region((1, 2_000), (0, 249))]);
        assert!(!whole);
        let cells: usize = table.iter().map(Row::filled).sum();
        assert_eq!(cells, 2_001 + 2_001 * MOST_REPEATED + ALLOWED / (CELL + 1));
        let mut table = rows(2_000, &["a", ""]);
        table[0].cells[1] = "b".repeat(30_000);
        assert!(!filled(table, &[region((1, 2_000), (1, 1))]).0);
    }

    #[test]
    fn each_region_looks_at_its_own_rows_alone() {
        // Looking through all rows for each would take minutes.
        let merged: Vec<Merged> = (1..=100_000).map(|row| region((row, row), (0, 1))).collect();
        let (whole, table) = filled(rows(100_000, &["a", "", "c"]), &merged);
        assert!(whole && table.iter().all(|row| row.cells[1] == "a"));
    }
}
