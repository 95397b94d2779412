//! Workbooks in XLSX.

use std::io::{self, Cursor, Read};

use calamine::{Data, ExcelDateTime, Reader, Xlsx, XlsxError};
use patra_core::Date;

use crate::Error;
use crate::book::{Grid, PageRow};
use crate::cell::Cell;

/// The most bytes that a workbook may unpack to.
const MAX_UNPACKED: u64 = 1 << 30;

/// The columns that are looked at: no sheet of patra's has nearly as many.
const MAX_COLUMNS: usize = 256;

/// The worksheets of a workbook.
///
/// # Errors
/// Where it is none, or unpacks to more than a gigabyte.
pub(crate) fn grids(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Error> {
    let unreadable = |why: String| {
        Error::new(format!("`{name}` can't be read as a workbook: {why}")).with_hint("save it as XLSX or as CSV")
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(error.to_string()))?;
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        // What an archive says of its sizes need not be true.
        let entry = archive.by_index(index).map_err(|error| unreadable(error.to_string()))?;
        let read = io::copy(&mut entry.take(left + 1), &mut io::sink());
        let size = read.map_err(|error| unreadable(error.to_string()))?;
        left = left.checked_sub(size).ok_or_else(|| unreadable("it unpacks to more than a gigabyte".to_owned()))?;
    }
    drop(archive);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(error.to_string()))?;
    let mut grids = Vec::new();
    for worksheet in workbook.sheet_names() {
        // Row by row: a range is as large as its last cell is far, and one may stand at the end of the sheet.
        let mut reader = match workbook.worksheet_cells_reader(&worksheet) {
            Ok(reader) => reader,
            // A chart, say.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(unreadable(error.to_string())),
        };
        let mut rows: Vec<PageRow> = Vec::new();
        while let Some(found) = reader.next_cell_with_formula().map_err(|error| unreadable(error.to_string()))? {
            let (row, column) = (found.pos.0 as usize, found.pos.1 as usize);
            let formula = found.formula.filter(|formula| !formula.is_empty());
            let cell = match formula.as_deref() {
                // As LibreOffice saves truth values.
                Some("TRUE()") => Cell::Truth(true),
                Some("FALSE()") => Cell::Truth(false),
                Some(formula) => Cell::Formula(formula.to_owned()),
                None => cell(&found.value.into()),
            };
            if column >= MAX_COLUMNS || cell.is_missing() {
                continue;
            }
            if rows.last().is_none_or(|last| last.number != row + 1) {
                rows.push(PageRow { number: row + 1, cells: Vec::new() });
            }
            if let Some(last) = rows.last_mut() {
                last.cells.resize(last.cells.len().max(column + 1), Cell::Missing);
                last.cells[column] = cell;
            }
        }
        grids.push(Grid { name: worksheet, rows, typed: true });
    }
    Ok(grids)
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Missing,
        Data::String(words) if words.is_empty() => Cell::Missing,
        Data::String(words) => Cell::Words(words.clone()),
        // The numbers of a sheet are far below 2^53, to which each has a float of its own.
        #[expect(clippy::cast_precision_loss, reason = "see above")]
        Data::Int(n) => Cell::Number(*n as f64),
        Data::Float(n) => Cell::Number(*n),
        Data::Bool(truth) => Cell::Truth(*truth),
        Data::DateTime(moment) => time(moment),
        Data::DateTimeIso(moment) => match moment.split('T').next().unwrap_or(moment).parse() {
            Ok(day) if moment.len() <= 10 || moment.contains("T00:00:00") => Cell::Day(day),
            _ => Cell::Time(moment.clone()),
        },
        Data::DurationIso(duration) => Cell::Time(duration.clone()),
        Data::Error(error) => Cell::Error(error.to_string()),
    }
}

fn time(moment: &ExcelDateTime) -> Cell {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let date: Result<Date, _> = format!("{year:04}-{month:02}-{day:02}").parse();
    match date {
        Ok(day) if moment.is_datetime() && (hour, minute, second, milli) == (0, 0, 0, 0) && moment.as_f64() >= 1.0 => {
            Cell::Day(day)
        }
        _ if moment.as_f64() < 1.0 => Cell::Time(format!("{hour:02}:{minute:02}:{second:02}")),
        _ => Cell::Time(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")),
    }
}
