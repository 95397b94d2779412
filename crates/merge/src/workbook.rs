//! Workbooks in XLSX.

use patra_cells::{MAX_COLUMNS, ValueCell, Workbook};
use patra_core::{Phrase, phrase};

use crate::Error;
use crate::book::{Grid, PageRow};
use crate::cell::Cell;

/// The worksheets of a workbook.
///
/// # Errors
/// Where it is none, or unpacks to more than a gigabyte.
pub(crate) fn grids(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Error> {
    let unreadable = |why: Phrase| {
        Error::new(phrase!("`{$name}` can't be read as a workbook: {$why}", name, why))
            .with_hint("save it as XLSX or as CSV")
    };
    let mut workbook = Workbook::open(bytes.to_vec()).map_err(unreadable)?;
    let mut grids = Vec::new();
    for worksheet in workbook.names() {
        let mut rows: Vec<PageRow> = Vec::new();
        let visit = |row: usize, column: usize, value: ValueCell| {
            let cell = cell(value);
            if column >= MAX_COLUMNS || cell.is_missing() {
                return;
            }
            if rows.last().is_none_or(|last| last.number != row) {
                rows.push(PageRow { number: row, cells: Vec::new() });
            }
            if let Some(last) = rows.last_mut() {
                last.cells.resize(last.cells.len().max(column + 1), Cell::Missing);
                last.cells[column] = cell;
            }
        };
        workbook.values(&worksheet, visit).map_err(unreadable)?;
        grids.push(Grid { name: worksheet, rows, typed: true });
    }
    Ok(grids)
}

fn cell(value: ValueCell) -> Cell {
    match value {
        ValueCell::Words(words) => Cell::Words(words),
        ValueCell::Number(number) => Cell::Number(number),
        ValueCell::Truth(truth) => Cell::Truth(truth),
        ValueCell::Day(day) => day.parse().map_or(Cell::Time(day), Cell::Day),
        ValueCell::Time(time) => Cell::Time(time),
        ValueCell::Error(error) => Cell::Error(error),
        ValueCell::Formula(formula) => Cell::Formula(formula),
        _ => Cell::Missing,
    }
}
