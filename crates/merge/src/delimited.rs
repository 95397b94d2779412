//! CSV as spreadsheets save it.

use patra_core::phrase;

use patra_cells::{Record, delimiter, records};

use crate::book::{Grid, PageRow};
use crate::cell::Cell;
use crate::{Error, encoding};

/// The rows of a file: parted by commas, semicolons or tabs, whichever its lines have.
///
/// # Errors
/// Where the file is no text, a cell holds NUL, or a row has more cells than the first.
pub(crate) fn grid(name: &str, bytes: &[u8]) -> Result<Grid, Error> {
    let text = encoding::text(name, bytes)?;
    // A bar is never what a spreadsheet puts between the cells of patra's sheets.
    let delimiter = delimiter(&text, b",;\t");
    let mut rows: Vec<PageRow> = Vec::new();
    let mut width = 0;
    for (index, Record { cells: record, .. }) in records(&text, delimiter, true).enumerate() {
        let number = index + 1;
        if index == 0 {
            width = record.len();
        } else if record.iter().skip(width).any(|cell| !cell.is_empty()) {
            let message = phrase!(
                "row {$number} of `{$name}` has {$cells} cells, but the first row has {$width}",
                number,
                name,
                cells = record.len(),
                width
            );
            return Err(Error::new(message).with_hint("a cell that holds the delimiter needs quotes around it"));
        }
        if let Some(column) = record.iter().position(|cell| cell.contains('\0')) {
            let message = phrase!(
                "row {$number} of `{$name}` has a NUL character in its cell {$column}",
                number,
                name,
                column = column + 1
            );
            return Err(Error::new(message));
        }
        let cells = record
            .into_iter()
            .take(width)
            .map(|cell| if cell.is_empty() { Cell::Missing } else { Cell::Words(cell) })
            .collect();
        rows.push(PageRow { number, cells });
    }
    Ok(Grid { name: name.to_owned(), rows, typed: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_parted_as_the_first_line_is() {
        for (text, cells) in [("a,b;c\n1,2\n", 2), ("a;b;c\n1;2;3", 3), ("a\t\"b,c,d\"\n", 2), ("a\n", 1)] {
            let grid = grid("x.csv", text.as_bytes()).expect("read");
            assert_eq!(grid.rows[0].cells.len(), cells, "{text}");
        }
    }

    #[test]
    fn what_no_sheet_may_hold_is_refused_with_its_place() {
        let fault = |text: &str| grid("x.csv", text.as_bytes()).err().expect("refused").to_string();
        assert_eq!(fault("a,b\n1,\0\n"), "row 2 of `x.csv` has a NUL character in its cell 2");
        assert!(fault("a,b\n1,2,3\n").starts_with("row 2 of `x.csv` has 3 cells"));
    }

    #[test]
    fn a_cell_of_ten_megabytes_is_read() {
        let cell = "क\"\n".repeat(2_000_000);
        let text = format!("a,b\n1,\"{}\"\n", cell.replace('"', "\"\""));
        let grid = grid("x.csv", text.as_bytes()).expect("read");
        assert_eq!(grid.rows[1].cells[1], Cell::Words(cell));
    }
}
