//! Workbooks in XLSX.

use patra_cells::{Limits, MAX_COLUMNS, Workbook, WorksheetError};
use patra_core::{Code, Diagnostic, Phrase, Read, Span, legacy_font, phrase};

use super::sheet::{Row, Sheet};
use super::{MAX_CELLS, MAX_ROWS, TableOptions, material, too_large};

/// The most words that are read of a workbook, in bytes: its cells may share words, and be far larger than the file. A small file
/// may have so many, and so many for each of its bytes.
const MAX_BYTES: usize = 256 << 20;
const MIN_BYTES: usize = 8 << 20;
const BYTES_A_BYTE: usize = 32;

/// Reads a workbook in XLSX: a section for each worksheet.
///
/// Cells are read as they look: a number or a day in its format, of a formula what came of it. A workbook has no lines, so its
/// diagnostics have no span and name the worksheet and the row. All else is as with
/// [`read_delimited`](crate::read_delimited).
pub fn read_workbook(bytes: Vec<u8>, options: &TableOptions) -> Read {
    let refused = |why: Phrase| {
        let message = phrase!("the file can't be read as a workbook: {$why}", why);
        let hint = "save it as XLSX (not XLS or with a password), or as CSV in UTF-8";
        let problem = Diagnostic::new(Code::Unreadable, Span::NONE, message).with_hint(hint);
        Read { material: None, diagnostics: vec![problem] }
    };
    let most = MAX_BYTES.min(MIN_BYTES + BYTES_A_BYTE * bytes.len());
    let mut workbook = match Workbook::open(bytes) {
        Ok(workbook) => workbook,
        Err(why) => return refused(why),
    };
    let mut found = Vec::new();
    let mut sheets = Vec::new();
    let mut left = Limits { rows: MAX_ROWS, cells: MAX_CELLS, bytes: most };
    for name in workbook.names() {
        let worksheet = match workbook.worksheet(&name, left) {
            Ok(Some(worksheet)) => worksheet,
            Ok(None) => continue,
            Err(WorksheetError::TooLarge) => {
                let what = phrase!(
                    "more than {$rows} rows, {$cells} cells or {$size} MB of words; patra reads no more",
                    rows = MAX_ROWS,
                    cells = MAX_CELLS,
                    size = most >> 20
                );
                found.push(too_large(Span::NONE, what));
                return Read { material: None, diagnostics: found };
            }
            Err(WorksheetError::Unreadable(why)) => return refused(why),
            Err(_) => return refused(phrase!("it is damaged")),
        };
        if let Some((row, _)) = worksheet.beyond {
            let what = phrase!(
                "a row with more than {$most} cells: row {$row} of `{$name}`",
                most = MAX_COLUMNS,
                row,
                name = &name
            );
            found.push(too_large(Span::NONE, what));
            return Read { material: None, diagnostics: found };
        }
        if let Some((row, column)) = worksheet.first_error {
            let cell = format!("{}{row}", column_name(column));
            let message = match worksheet.errors - 1 {
                0 => phrase!("an error of the spreadsheet's stands in cell {$cell} of `{$name}`", cell, name = &name),
                more => phrase!(
                    "an error of the spreadsheet's stands in cell {$cell} of `{$name}` and in {$more} more",
                    cell,
                    name = &name,
                    more
                ),
            };
            let hint = "mend the formula; the error is kept as text";
            found.push(Diagnostic::new(Code::CellUnclear, Span::NONE, message).with_hint(hint));
        }
        let rows: Vec<Row> = worksheet
            .rows
            .into_iter()
            .map(|(number, cells)| Row {
                number,
                cells: cells.into_iter().map(|cell| cell.trim().to_owned()).collect(),
                span: Span::NONE,
            })
            .collect();
        left.rows -= rows.len();
        left.cells -= rows.iter().map(|row| row.cells.len()).sum::<usize>();
        left.bytes -= rows.iter().flat_map(|row| &row.cells).map(String::len).sum::<usize>();
        let words = rows.iter().flat_map(|row| &row.cells).fold(String::new(), |words, cell| words + cell + "\n");
        if let Some(font) = legacy_font(&words) {
            let place = phrase!("the worksheet `{$name}`", name = &name);
            found.push(Diagnostic { span: Span::NONE, ..font.diagnostic(Some(place)) });
        }
        sheets.push(Sheet { name: Some(name), rows, merged: worksheet.merged });
    }
    material(sheets, found, options)
}

/// What a spreadsheet calls a column: `A`, `AB`.
fn column_name(mut column: usize) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        if column < 26 {
            return name;
        }
        column = column / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::column_name;

    #[test]
    fn columns_are_named_as_in_spreadsheets() {
        assert_eq!([0, 25, 26, 701, 702].map(column_name), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
