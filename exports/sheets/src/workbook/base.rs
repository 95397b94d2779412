//! The last worksheet: what cells held when they were written. It is hidden, and spreadsheets keep it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::{BASE_SHEET, MAX_WORKSHEET_ROWS, Sheet};

/// Writes a row for each of `count` rows that may be changed: the sheet, the key, the digest.
pub(super) fn write(worksheet: &mut Worksheet, sheets: &[Sheet<'_>], count: usize) -> Result<(), XlsxError> {
    worksheet.set_name(BASE_SHEET)?.set_hidden(true);
    for (column, name) in [(0, "sheet"), (1, "row"), (2, "digest")] {
        worksheet.write_string(0, column, name)?;
    }
    if count >= MAX_WORKSHEET_ROWS {
        // A merge then compares with the source alone, and says so.
        return Ok(());
    }
    let mut row = 0;
    for sheet in sheets {
        for (key, digest) in crate::base::digests(sheet) {
            row += 1;
            worksheet.write_string(row, 0, sheet.name.as_str())?;
            worksheet.write_string(row, 1, key)?;
            worksheet.write_string(row, 2, digest)?;
        }
    }
    Ok(())
}
