//! Rows of cells, from whichever file.

use patra_cells::Merged;
use patra_core::Span;

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

/// Puts what merged cells hold into each of them, within the rows given.
pub(crate) fn spread(rows: &mut [Row], merged: &[Merged]) {
    let width = rows.iter().map(Row::width).max().unwrap_or(0);
    for region in merged {
        let Some(words) = rows
            .iter()
            .find(|row| row.number == region.first_row)
            .map(|row| row.cell(region.first_column).to_owned())
            .filter(|words| !words.is_empty())
        else {
            continue;
        };
        let within = |row: &&mut Row| (region.first_row..=region.last_row).contains(&row.number);
        for row in rows.iter_mut().filter(within) {
            for column in region.first_column..=region.last_column.min(width.saturating_sub(1)) {
                row.cells.resize(row.cells.len().max(column + 1), String::new());
                if row.cells[column].is_empty() {
                    row.cells[column].clone_from(&words);
                }
            }
        }
    }
}
