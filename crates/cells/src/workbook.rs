//! Workbooks in XLSX.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use calamine::{Data, ExcelDateTime, Reader, Xlsx, XlsxError};
use patra_core::{Phrase, phrase};

use crate::number_format::{Moment, moment_shown};
use crate::shown;

/// The columns that are looked at: a table to read or to learn from has not nearly as many.
pub const MAX_COLUMNS: usize = 256;

/// The most bytes that a workbook may unpack to, whatever its size, and what a small one may unpack to: so much, and so many times
/// its size. A file of one sign over and over is a thousand times smaller when it is packed.
const MAX_UNPACKED: u64 = 1 << 30;
const MIN_UNPACKED: u64 = 64 << 20;
const MAX_RATIO: u64 = 100;

/// A workbook in XLSX.
pub struct Workbook {
    xlsx: Xlsx<Cursor<Vec<u8>>>,
}

/// A worksheet as it looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worksheet {
    /// Its rows by their numbers, from 1, each from the first column on; rows without a cell are left out.
    pub rows: BTreeMap<usize, Vec<String>>,
    /// The cells that were merged.
    pub merged: Vec<Merged>,
    /// How many cells hold an error such as `#REF!`.
    pub errors: usize,
    /// The first of those: row from 1, column from 0.
    pub first_error: Option<(usize, usize)>,
    /// The first cell to the right of [`MAX_COLUMNS`], which is not among the rows: row from 1, column from 0.
    pub beyond: Option<(usize, usize)>,
}

/// Cells that were merged into one: rows from 1, columns from 0, the last ones too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Merged {
    pub first_row: usize,
    pub last_row: usize,
    pub first_column: usize,
    pub last_column: usize,
}

/// What is held of a worksheet at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Rows that have a cell.
    pub rows: usize,
    /// Cells, those too that are empty and stand before one that isn't in its row.
    pub cells: usize,
    /// The words of all cells, in bytes.
    pub bytes: usize,
}

/// Why a worksheet wasn't read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WorksheetError {
    /// It is damaged: why.
    Unreadable(Phrase),
    /// It passes one of the [`Limits`].
    TooLarge,
}

/// A cell by what it holds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ValueCell {
    /// Nothing.
    Missing,
    /// Words.
    Words(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Truth(bool),
    /// A day without a time, as ISO 8601 writes it.
    Day(String),
    /// Another point or stretch of time, as it may be shown.
    Time(String),
    /// An error of the spreadsheet's: `#NAME?`.
    Error(String),
    /// A formula, without its `=`.
    Formula(String),
}

/// What the libraries that read a workbook say.
fn verbatim(error: impl std::fmt::Display) -> Phrase {
    Phrase::verbatim(error.to_string())
}

impl Workbook {
    /// Opens a workbook.
    ///
    /// # Errors
    /// Where it is none, or unpacks to more than a gigabyte, or to far more than files of its size do: why.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Phrase> {
        let most = MAX_UNPACKED.min(MIN_UNPACKED + MAX_RATIO * bytes.len() as u64);
        let mut archive =
            zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| phrase!("it is no ZIP archive, or is cut short"))?;
        let mut left = most;
        for index in 0..archive.len() {
            // What an archive says of its sizes need not be true.
            let entry = archive.by_index(index).map_err(verbatim)?;
            let size = io::copy(&mut entry.take(left + 1), &mut io::sink()).map_err(verbatim)?;
            left = left
                .checked_sub(size)
                .ok_or_else(|| phrase!("it unpacks to more than {$most} MB", most = most >> 20))?;
        }
        let xlsx = Xlsx::new(archive.into_inner()).map_err(verbatim)?;
        Ok(Workbook { xlsx })
    }

    /// The names of its sheets, in their order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.xlsx.sheet_names()
    }

    /// Visits what the cells of a worksheet hold, row by row: row from 1, column from 0. A sheet that is no worksheet, such as
    /// a chart, has none.
    ///
    /// # Errors
    /// Where the worksheet can't be read: why.
    pub fn values(&mut self, name: &str, mut visit: impl FnMut(usize, usize, ValueCell)) -> Result<(), Phrase> {
        // Row by row: a range is as large as its last cell is far, and one may stand at the end of the sheet.
        let mut reader = match self.xlsx.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
            Err(error) => return Err(verbatim(error)),
        };
        while let Some(found) = reader.next_cell_with_formula().map_err(verbatim)? {
            let formula = found.formula.filter(|formula| !formula.is_empty());
            let cell = match formula.as_deref() {
                // As LibreOffice saves truth values.
                Some("TRUE()") => ValueCell::Truth(true),
                Some("FALSE()") => ValueCell::Truth(false),
                Some(formula) => ValueCell::Formula(formula.to_owned()),
                None => value(&found.value.into()),
            };
            visit(found.pos.0 as usize + 1, found.pos.1 as usize, cell);
        }
        Ok(())
    }

    /// A worksheet as it looks, of a formula what came of it; `None` for a sheet that is no worksheet.
    ///
    /// # Errors
    /// Where it can't be read, or passes a limit.
    pub fn worksheet(&mut self, name: &str, most: Limits) -> Result<Option<Worksheet>, WorksheetError> {
        let unreadable = |error: XlsxError| WorksheetError::Unreadable(verbatim(error));
        let mut sheet = Worksheet::default();
        let mut reader = match self.xlsx.worksheet_cells_reader(name) {
            Ok(reader) => reader,
            Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
            Err(error) => return Err(unreadable(error)),
        };
        let formats: Vec<(String, Option<u32>)> = reader
            .styles()
            .iter()
            .map(|style| style.number_format.clone().map_or_else(Default::default, |f| (f.format_code, f.format_id)))
            .collect();
        let (mut held, mut bytes) = (0, 0);
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(unreadable)? {
            let (row, column) = cell.get_position();
            let (row, column) = (row as usize + 1, column as usize);
            let value: Data = cell.get_value().clone().into();
            let format = formats.get(style).map_or(("", None), |(code, id)| (code.as_str(), *id));
            let words = look(&value, format);
            if words.trim().is_empty() {
                continue;
            }
            if matches!(value, Data::Error(_)) {
                sheet.errors += 1;
                sheet.first_error.get_or_insert((row, column));
            }
            if column >= MAX_COLUMNS {
                sheet.beyond.get_or_insert((row, column));
                continue;
            }
            bytes += words.len();
            let cells = sheet.rows.entry(row).or_default();
            let before = cells.len();
            cells.resize(before.max(column + 1), String::new());
            held += cells.len() - before;
            cells[column] = words;
            if sheet.rows.len() > most.rows || held > most.cells || bytes > most.bytes {
                return Err(WorksheetError::TooLarge);
            }
        }
        drop(reader);
        let merged = self.xlsx.merge_cells_by_sheet_name(name).map_err(unreadable)?;
        sheet.merged = merged
            .into_iter()
            .map(|region| Merged {
                first_row: region.start.0 as usize + 1,
                last_row: region.end.0 as usize + 1,
                first_column: region.start.1 as usize,
                last_column: region.end.1 as usize,
            })
            .collect();
        Ok(Some(sheet))
    }
}

/// A value in its format.
fn look(value: &Data, (code, id): (&str, Option<u32>)) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(words) => line_feeds(words),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has floats alone")]
        Data::Int(n) => shown(*n as f64, code),
        Data::Float(n) => shown(*n, code),
        Data::Bool(truth) => (if *truth { "TRUE" } else { "FALSE" }).to_owned(),
        // 14 and 22 are the formats that look otherwise in each country.
        Data::DateTime(moment) if id == Some(22) => moment_shown(&parts(moment), "yyyy-mm-dd hh:mm", false),
        Data::DateTime(moment) => moment_shown(&parts(moment), code, id == Some(14)),
        Data::DateTimeIso(words) | Data::DurationIso(words) => words.clone(),
        Data::Error(error) => error.to_string(),
    }
}

fn line_feeds(words: &str) -> String {
    // `_x000D_` is how XLSX writes a carriage return.
    let words = words.replace("_x000D_\n", "\n").replace("_x000D_", "\n");
    if words.contains('\r') { words.replace("\r\n", "\n").replace('\r', "\n") } else { words }
}

fn parts(moment: &ExcelDateTime) -> Moment {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    Moment { year, month, day, hour, minute, second, days: moment.as_f64() }
}

/// What a cell without a formula holds.
fn value(data: &Data) -> ValueCell {
    match data {
        Data::Empty => ValueCell::Missing,
        Data::String(words) if words.is_empty() => ValueCell::Missing,
        Data::String(words) => ValueCell::Words(words.clone()),
        // The numbers of a sheet are far below 2^53, to which each has a float of its own.
        #[expect(clippy::cast_precision_loss, reason = "see above")]
        Data::Int(n) => ValueCell::Number(*n as f64),
        Data::Float(n) => ValueCell::Number(*n),
        Data::Bool(truth) => ValueCell::Truth(*truth),
        Data::DateTime(moment) => time(moment),
        Data::DateTimeIso(moment) => match moment.split('T').next() {
            Some(day) if moment.len() <= 10 || moment.contains("T00:00:00") => ValueCell::Day(day.to_owned()),
            _ => ValueCell::Time(moment.clone()),
        },
        Data::DurationIso(duration) => ValueCell::Time(duration.clone()),
        Data::Error(error) => ValueCell::Error(error.to_string()),
    }
}

fn time(moment: &ExcelDateTime) -> ValueCell {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    if moment.is_datetime() && (hour, minute, second, milli) == (0, 0, 0, 0) && moment.as_f64() >= 1.0 {
        ValueCell::Day(format!("{year:04}-{month:02}-{day:02}"))
    } else if moment.as_f64() < 1.0 {
        ValueCell::Time(format!("{hour:02}:{minute:02}:{second:02}"))
    } else {
        ValueCell::Time(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"))
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Formula, Workbook as Writer};

    use super::*;

    fn written(fill: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Workbook {
        let mut writer = Writer::new();
        fill(writer.add_worksheet().set_name("एक").expect("a name"));
        Workbook::open(writer.save_to_buffer().expect("written")).expect("opened")
    }

    #[test]
    fn cells_look_as_excel_shows_them() {
        let mut workbook = written(|sheet| {
            let number = |code: &str| Format::new().set_num_format(code);
            sheet.write_number_with_format(0, 0, 1.1, &number("0.00")).expect("written");
            sheet.write_number_with_format(0, 1, 0.5, &number("0%")).expect("written");
            sheet.write_number_with_format(0, 2, 46086.0, &number("dd-mm-yyyy")).expect("written");
            sheet.write_number(0, 3, 12.0).expect("written");
            sheet.write_string(1, 0, "00123").expect("written");
            sheet.write_formula(1, 2, Formula::new("=1+1").set_result("2")).expect("written");
            sheet.write_boolean(2, 1, true).expect("written");
            sheet.write_string(2, 0, "क\nख").expect("written");
            sheet.write_formula(3, 1, Formula::new("=1/0").set_result("#DIV/0!")).expect("written");
            sheet.write_formula(3, 2, Formula::new("=1/0").set_result("#DIV/0!")).expect("written");
            sheet.merge_range(4, 0, 5, 1, "मिला", &Format::new()).expect("written");
        });
        assert_eq!(workbook.names(), ["एक"]);
        let limits = Limits { rows: 5, cells: 15, bytes: 100 };
        let sheet = workbook.worksheet("एक", limits).expect("read").expect("a worksheet");
        assert_eq!(sheet.rows[&1], ["1.10", "50%", "05-03-2026", "12"]);
        assert_eq!(sheet.rows[&2], ["00123", "", "2"]);
        assert_eq!(sheet.rows[&3], ["क\nख", "TRUE"]);
        let merged = Merged { first_row: 5, last_row: 6, first_column: 0, last_column: 1 };
        assert_eq!((sheet.rows[&5].as_slice(), sheet.merged.as_slice()), (&["मिला".to_owned()][..], &[merged][..]));
        assert_eq!((sheet.errors, sheet.first_error), (2, Some((4, 1))));
        // What is empty before a cell is held too: four, three, two, three and one.
        for less in [Limits { rows: 4, ..limits }, Limits { cells: 12, ..limits }, Limits { bytes: 40, ..limits }] {
            assert_eq!(workbook.worksheet("एक", less), Err(WorksheetError::TooLarge), "{less:?}");
        }
        assert!(workbook.worksheet("एक", Limits { cells: 13, ..limits }).is_ok());
    }

    #[test]
    fn what_is_no_workbook_is_told() {
        for bytes in [&b""[..], b"PK\x03\x04", b"a,b\n"] {
            assert!(Workbook::open(bytes.to_vec()).is_err());
        }
    }
}
