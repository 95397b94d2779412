//! The sheets as one workbook for people: XLSX, a worksheet a sheet.

mod base;
mod readme;
mod width;

use std::collections::BTreeMap;
use std::io::Write;

use patra_core::{Code, Date, Diagnostic, Direction, Material, Phrase, Practice, Warned, phrase};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatUnderline, Table, TableColumn, TableStyle,
    Workbook, Worksheet, XlsxError,
};

use crate::hazard::shortened;
use crate::value::FIRST_ROW;
use crate::{ColumnKind, Error, ErrorKind, MAX_WORKSHEET_ROWS, Sheet, SheetName, SheetsOptions, Value, tables};

/// The most UTF-16 code units that a cell of a worksheet holds (ECMA-376 as Excel applies it).
pub const MAX_CELL_LENGTH: usize = 32_767;

/// The most links that Excel shows on a worksheet.
const MAX_LINKS: usize = 65_530;

/// The most rows of a sheet that are held until they are written. Words of such a sheet are kept once each, as every program
/// that writes workbooks does, and those of a larger one in their cells, which all that read workbooks know too.
const ROWS_IN_MEMORY: usize = 5_000;

/// The longest document property that every version of Excel takes.
const MAX_PROPERTY_LENGTH: usize = 255;

/// The paper, by its number in ECMA-376.
const A4: u8 = 9;

/// The day a workbook was made, where the material does not say when it was updated: the first a zip archive knows.
const EPOCH: (u16, u8, u8) = (1980, 1, 1);

/// The sheets of a material as a workbook in XLSX.
///
/// A worksheet for each sheet, named as its CSV file is, with columns titled in the material's language, filters, a
/// header that stays in view, and a link from each row to its section (in a sheet of more than 5,000 rows from the first of
/// each section, since links are held in memory); before them a readme. Words are text to the
/// letter, whatever they look like, and cells that are edited stay text; numbers, truth values and days are what they
/// are. `material_id` and `language`, the same in every row, are there but hidden. The same input gives the same bytes.
///
/// The warnings name cells with control characters other than tabs and line feeds: they are written as `_x000D_`, which
/// spreadsheets read back (a carriage return as a line feed) and some libraries leave as it is.
///
/// [`SheetsOptions::byte_order_mark`] and [`SheetsOptions::spreadsheet_safe`] mean nothing here.
///
/// # Errors
/// As for [`tables`]; where a cell is longer than [`MAX_CELL_LENGTH`] or holds a character that XML can't
/// ([`ErrorKind::Cells`]); where a sheet has more rows than a worksheet ([`ErrorKind::Rows`]).
pub fn workbook(material: &Material, practice: &Practice, options: &SheetsOptions) -> Result<Warned<Vec<u8>>, Error> {
    let mut bytes = Vec::new();
    let Warned { warnings, .. } = write_workbook(material, practice, options, &mut bytes)?;
    Ok(Warned { output: bytes, warnings })
}

/// Writes the workbook that [`workbook()`] makes. The rows of a large sheet wait in temporary files, so that the memory it
/// takes beside the [`tables`] does not grow with their number.
///
/// # Errors
/// As for [`workbook()`]; and where `out` or a temporary file can't be written ([`ErrorKind::Backend`]). `out` then holds a
/// part of a workbook.
pub fn write_workbook(
    material: &Material,
    practice: &Practice,
    options: &SheetsOptions,
    out: impl Write + Send,
) -> Result<Warned<()>, Error> {
    let sheets = tables(material, practice, options)?;
    let warnings = check(&sheets)?;
    write(material, &sheets, out).map_err(|error| Error::new(ErrorKind::Backend(error.to_string()), Vec::new()))?;
    Ok(Warned { output: (), warnings })
}

/// What a workbook holds in another form, if there is nothing that it can't hold.
fn check(sheets: &[Sheet<'_>]) -> Result<Vec<Diagnostic>, Error> {
    let (mut lost, mut escaped) = (Vec::new(), Vec::new());
    for sheet in sheets {
        let name = sheet.name.as_str();
        if sheet.rows.len() >= MAX_WORKSHEET_ROWS {
            return Err(Error::new(ErrorKind::Rows(name, sheet.rows.len()), Vec::new()));
        }
        for (i, row) in sheet.rows.iter().enumerate() {
            for (column, cell) in sheet.schema().columns.iter().zip(&row.cells) {
                let Some(words) = cell.as_text().filter(|words| !is_plain(words)) else { continue };
                let place = || {
                    let (row, header) = (i + FIRST_ROW, column.name);
                    phrase!("row {$row} of `{$name}`, column `{$header}`", row, name, header)
                };
                if let Some(reason) = unfit(words) {
                    let (place, cell) = (place(), shortened(words));
                    let message = phrase!("{$place}: `{$cell}` {$reason}", place, cell, reason);
                    let problem = Diagnostic::new(Code::SheetCellLost, row.span, message);
                    lost.push(problem.with_hint("the CSV files hold it"));
                } else if words.contains(|c: char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\x7F')) {
                    let message = phrase!(
                        "{$place}: `{$cell}` holds a control character, which is written as an escape",
                        place = place(),
                        cell = shortened(words)
                    );
                    escaped.push(Diagnostic::new(Code::SheetCell, row.span, message));
                }
            }
        }
    }
    if lost.is_empty() { Ok(escaped) } else { Err(Error::new(ErrorKind::Cells, lost)) }
}

/// Whether a worksheet holds the words as they are, told by their bytes: neither a control character nor U+FFFE and U+FFFF is
/// among them, which begin with EF in UTF-8, as few characters do, and they are not too long.
fn is_plain(words: &str) -> bool {
    words.len() <= MAX_CELL_LENGTH && words.bytes().all(|byte| byte >= 0x20 && byte != 0xEF)
}

/// Why a worksheet can't hold the words, if it can't.
fn unfit(words: &str) -> Option<Phrase> {
    // A UTF-16 code unit takes a byte of UTF-8 at least.
    if words.len() > MAX_CELL_LENGTH && words.encode_utf16().count() > MAX_CELL_LENGTH {
        return Some(phrase!(
            "is longer than a cell of a worksheet, which holds {$most} characters",
            most = MAX_CELL_LENGTH
        ));
    }
    // XML 1.0, section 2.2; other control characters are written as `_x0001_`, which spreadsheets read back.
    let c = words.chars().find(|c| matches!(c, '\0' | '\u{FFFE}' | '\u{FFFF}'))?;
    Some(phrase!("holds U+{$code}, which a workbook can't", code = format!("{:04X}", c as u32)))
}

/// How the kinds of cell look.
struct Formats {
    header: Format,
    text: Format,
    link: Format,
    number: Format,
    decimal: Format,
    truth: Format,
    day: Format,
}

impl Formats {
    fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        // `@` keeps what is typed into the cell as it is typed.
        let text = top.clone().set_num_format("@").set_text_wrap();
        Formats {
            header: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter),
            link: text.clone().set_font_color(Color::RGB(0x0005_63C1)).set_underline(FormatUnderline::Single),
            text,
            number: top.clone().set_num_format("0").set_align(FormatAlign::Center),
            decimal: top.clone().set_num_format("0.0").set_align(FormatAlign::Center),
            truth: top.clone(),
            day: top.set_num_format("yyyy-mm-dd"),
        }
    }

    fn of(&self, kind: ColumnKind) -> &Format {
        match kind {
            ColumnKind::Text => &self.text,
            ColumnKind::Integer => &self.number,
            ColumnKind::Number => &self.decimal,
            ColumnKind::Truth => &self.truth,
            ColumnKind::Date => &self.day,
        }
    }
}

fn write(material: &Material, sheets: &[Sheet<'_>], out: impl Write + Send) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(material)?);
    let formats = Formats::new();
    let sections = section_rows(sheets);
    let right_to_left = material.language.direction() == Direction::RightToLeft;
    readme::write(workbook.add_worksheet(), material, sheets)?.set_right_to_left(right_to_left);
    for sheet in sheets {
        let worksheet = add_worksheet(&mut workbook, sheet.rows.len())?;
        worksheet.set_name(sheet.name.as_str())?.set_right_to_left(right_to_left);
        write_sheet(worksheet, sheet, material, &formats, &sections)?;
    }
    let base: usize = sheets.iter().filter(|sheet| !sheet.schema().editable().is_empty()).map(|s| s.rows.len()).sum();
    base::write(add_worksheet(&mut workbook, base)?, sheets, base)?;
    // It packs worksheets in threads, and panics where the system gives it none: that ends in an error here.
    let _ = std::thread::Builder::new().spawn(|| {})?.join();
    workbook.save_to_writer(out)
}

fn add_worksheet(workbook: &mut Workbook, rows: usize) -> Result<&mut Worksheet, XlsxError> {
    if rows > ROWS_IN_MEMORY { workbook.add_worksheet_with_constant_memory() } else { Ok(workbook.add_worksheet()) }
}

fn properties(material: &Material) -> Result<DocProperties, XlsxError> {
    let (year, month, day) = material.updated.map_or(EPOCH, |day| (day.year(), day.month(), day.day()));
    let mut properties =
        DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?.and_hms(0, 0, 0)?);
    let (title, authors) = (material.title.to_plain(), material.authors.join(crate::collect::LIST_SEPARATOR));
    if title.encode_utf16().count() <= MAX_PROPERTY_LENGTH {
        properties = properties.set_title(title);
    }
    if authors.encode_utf16().count() <= MAX_PROPERTY_LENGTH {
        properties = properties.set_author(authors);
    }
    Ok(properties)
}

fn write_sheet(
    worksheet: &mut Worksheet,
    sheet: &Sheet<'_>,
    material: &Material,
    formats: &Formats,
    sections: &BTreeMap<&str, usize>,
) -> Result<(), XlsxError> {
    let columns = sheet.schema().columns;
    let (mut headers, mut widths) = (Vec::with_capacity(columns.len()), Vec::with_capacity(columns.len()));
    for (index, column) in (0_u16..).zip(columns) {
        let title = column.titles.get(&material.language);
        let cells = sheet.rows.iter().filter_map(|row| row.cells.get(usize::from(index)));
        let width = width::of_column(title, cells);
        worksheet.set_column_width(index, width)?;
        widths.push(width);
        worksheet.set_column_format(index, formats.of(column.kind))?;
        headers.push(TableColumn::new().set_header(title).set_header_format(&formats.header));
    }
    // The two columns that are the same in every row.
    worksheet.set_column_hidden(0)?.set_column_hidden(1)?;
    // A table has a row at least, empty where there is nothing to tell.
    let last_row = row_number(sheet.rows.len().max(1) - 1);
    let last_column = u16::try_from(columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    let large = sheet.rows.len() > ROWS_IN_MEMORY;
    if large {
        // A table would be noted for each of its cells. Filters there are all the same.
        for (index, column) in (0_u16..).zip(columns) {
            let title = column.titles.get(&material.language);
            worksheet.write_string_with_format(0, index, title, &formats.header)?;
        }
        worksheet.autofilter(0, 0, last_row, last_column)?;
    } else {
        let table = Table::new().set_name(sheet.name.as_str()).set_columns(&headers).set_style(TableStyle::Light1);
        worksheet.add_table(0, 0, last_row, last_column, &table)?;
    }
    worksheet.set_freeze_panes(1, 0)?;
    // Printed, a sheet is as wide as its paper, with the header on every page.
    worksheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;

    let mut links = 0;
    let mut above = "";
    for (i, row) in sheet.rows.iter().enumerate() {
        // LibreOffice does not find the height of a row by itself. Heights would be held for all rows of a large sheet.
        let height = if large { None } else { width::height_of_row(&row.cells, &widths) };
        if let Some(height) = height {
            worksheet.set_row_height(row_number(i), height)?;
        }
        for (index, (column, cell)) in (0_u16..).zip(columns.iter().zip(&row.cells)) {
            let (at, format) = (row_number(i), formats.of(column.kind));
            match cell {
                Value::Missing => {}
                Value::Text(words) => {
                    let section = match column.name {
                        "section_id" if sheet.name != SheetName::Sections && links < MAX_LINKS => {
                            let new = above != &**words;
                            above = words;
                            if new || !large { sections.get(&**words) } else { None }
                        }
                        _ => None,
                    };
                    if let Some(section) = section {
                        links += 1;
                        let target = format!("internal:'{}'!A{section}", SheetName::Sections.as_str());
                        let link = Some(&formats.link);
                        worksheet.write_url_with_options(at, index, target.as_str(), words.as_ref(), "", link)?;
                    } else {
                        worksheet.write_string_with_format(at, index, words.as_ref(), format)?;
                    }
                }
                // The numbers of a material are far below 2^53, to which each has a float of its own.
                #[expect(clippy::cast_precision_loss, reason = "see above")]
                Value::Integer(n) => {
                    worksheet.write_number_with_format(at, index, *n as f64, format)?;
                }
                #[expect(clippy::cast_precision_loss, reason = "see above")]
                Value::Tenths(n) => {
                    worksheet.write_number_with_format(at, index, *n as f64 / 10.0, format)?;
                }
                Value::Truth(truth) => {
                    worksheet.write_boolean_with_format(at, index, *truth, format)?;
                }
                Value::Date(day) => {
                    worksheet.write_datetime_with_format(at, index, &excel_day(*day)?, format)?;
                }
            }
        }
    }
    Ok(())
}

/// The row of each section in the sheet of sections, as spreadsheets number them.
fn section_rows<'a>(sheets: &'a [Sheet<'_>]) -> BTreeMap<&'a str, usize> {
    let sections = sheets.iter().find(|sheet| sheet.name == SheetName::Sections);
    let ids = sections.into_iter().flat_map(|sheet| sheet.column("section_id"));
    ids.enumerate().filter_map(|(i, id)| Some((id.as_text()?, i + FIRST_ROW))).collect()
}

/// The number, from 0, of the worksheet's row that holds a row of the sheet.
fn row_number(row: usize) -> u32 {
    // `check` has seen to it that the rows fit.
    u32::try_from(row + 1).unwrap_or(u32::MAX)
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(day.year(), day.month(), day.day())
}
