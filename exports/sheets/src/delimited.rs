//! CSV as RFC 4180 has it: commas, CRLF, quotes only where a field needs them.

use std::io::Write;

use patra_core::{Code, Diagnostic, Phrase, phrase};

use crate::value::FIRST_ROW;
use crate::{Error, ErrorKind, Sheet, Value, guard};

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// The bytes of a sheet's file.
pub(crate) fn csv(sheet: &Sheet<'_>, byte_order_mark: bool, guarded: bool) -> Result<Vec<u8>, Error> {
    // Growing step by step would take the memory twice.
    let words: usize = sheet.rows.iter().flat_map(|row| &row.cells).map(room).sum();
    let mut bytes = Vec::with_capacity(words + (sheet.rows.len() + 1) * ROOM_IN_A_ROW);
    if byte_order_mark {
        bytes.extend_from_slice(BYTE_ORDER_MARK);
    }
    write(sheet, guarded, &mut bytes).map_err(|error| {
        // Writing into memory has no way to fail, but the crate that does it can't know.
        let message = Phrase::verbatim(format!("`{}`: {error}", sheet.name.as_str()));
        Error::new(ErrorKind::Cells, vec![Diagnostic::new(Code::SheetCellLost, patra_core::Span::NONE, message)])
    })?;
    Ok(bytes)
}

/// About as many bytes as a row takes beside its cells, a header among them.
const ROOM_IN_A_ROW: usize = 16;

/// As many bytes as a cell takes as a rule, with what parts it from the next.
fn room(cell: &Value<'_>) -> usize {
    match cell {
        Value::Missing => 1,
        Value::Text(words) => words.len() + 1,
        _ => 6,
    }
}

fn write(sheet: &Sheet<'_>, guarded: bool, bytes: &mut Vec<u8>) -> csv::Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .quote_style(csv::QuoteStyle::Necessary)
        .from_writer(&mut *bytes);
    writer.write_record(sheet.schema().columns.iter().map(|column| column.name))?;
    for row in &sheet.rows {
        for cell in &row.cells {
            match cell {
                Value::Text(words) if guarded => writer.write_field(guard::guarded(words).as_bytes())?,
                other => writer.write_field(other.to_field().as_bytes())?,
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()?;
    drop(writer);
    bytes.flush()?;
    Ok(())
}

/// Every cell that CSV, or what reads it, can't hold: NUL ends a cell in pandas and is refused by others.
pub(crate) fn lost(sheets: &[Sheet<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for sheet in sheets {
        for (i, row) in sheet.rows.iter().enumerate() {
            for (column, cell) in sheet.schema().columns.iter().zip(&row.cells) {
                if cell.as_text().is_some_and(|words| words.contains('\0')) {
                    let message = phrase!(
                        "row {$row} of `{$sheet}` has a NUL character in `{$column}`, which readers of CSV can't take",
                        row = i + FIRST_ROW,
                        sheet = sheet.name.as_str(),
                        column = column.name
                    );
                    found.push(Diagnostic::new(Code::SheetCellLost, row.span, message));
                }
            }
        }
    }
    found
}
