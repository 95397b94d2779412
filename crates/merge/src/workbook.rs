//! Workbooks in XLSX.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Reader, Xlsx};
use patra_core::Date;

use crate::Error;
use crate::book::{Grid, PageRow};
use crate::cell::Cell;

/// The most bytes that a workbook may unpack to.
const MAX_UNPACKED: u64 = 1 << 30;

/// The worksheets of a workbook.
///
/// # Errors
/// Where it is none, or unpacks to more than a gigabyte.
pub(crate) fn grids(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Error> {
    let unreadable = |why: String| {
        Error::new(format!("`{name}` can't be read as a workbook: {why}")).with_hint("save it as XLSX or as CSV")
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(error.to_string()))?;
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| unreadable(error.to_string()))?;
        unpacked = unpacked.saturating_add(entry.size());
    }
    if unpacked > MAX_UNPACKED {
        return Err(unreadable("it unpacks to more than a gigabyte".to_owned()));
    }
    drop(archive);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(error.to_string()))?;
    let mut grids = Vec::new();
    for worksheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&worksheet).map_err(|error| unreadable(error.to_string()))?;
        let formulas = workbook.worksheet_formula(&worksheet).map_err(|error| unreadable(error.to_string()))?;
        let Some((top, left)) = range.start() else {
            grids.push(Grid { name: worksheet, rows: Vec::new(), typed: true });
            continue;
        };
        let rows = range.rows().enumerate().map(|(index, row)| {
            let at = top.saturating_add(u32::try_from(index).unwrap_or(u32::MAX));
            let cells = row.iter().enumerate().map(|(column, data)| {
                let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
                match formulas.get_value((at, column)) {
                    Some(formula) if !formula.is_empty() => match formula.as_str() {
                        // As LibreOffice saves truth values.
                        "TRUE()" => Cell::Truth(true),
                        "FALSE()" => Cell::Truth(false),
                        _ => Cell::Formula(formula.clone()),
                    },
                    _ => cell(data),
                }
            });
            // Columns before the first that holds anything.
            let lead = std::iter::repeat_n(Cell::Missing, left as usize);
            PageRow { number: at as usize + 1, cells: lead.chain(cells).collect() }
        });
        grids.push(Grid { name: worksheet, rows: rows.collect(), typed: true });
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
