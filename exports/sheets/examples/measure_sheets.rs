//! Measures the making of sheets: `cargo run --release --example measure_sheets [MODE] [LISTS]`, where the mode is `csv`,
//! `workbook`, `peer` (rust_xlsxwriter alone, in constant memory, on the same cells), `parquet` or `tables`. The usual 2,000
//! lists of terms make about 200,000 practice rows. Tells the time of what is measured alone, and the most memory that the
//! process took.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use patra_core::{Block, Entry, Material, Practice, Section, Terms};
use patra_sheets::{ColumnKind, Sheet, SheetsOptions, Value};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

/// What the command has too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ENTRIES: usize = 33;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mode = arguments.next().unwrap_or_else(|| "csv".to_owned());
    let lists: usize = arguments.next().map_or(Ok(2_000), |lists| lists.parse())?;
    let material = material(lists)?;
    let practice = Practice::of(&material);
    let options = SheetsOptions::default();
    let before = peak();
    let start = Start::now();
    let (bytes, time) = match mode.as_str() {
        "tables" => (patra_sheets::tables(&material, &practice, &options)?.len() as u64, start.elapsed()),
        "csv" => {
            let sheets = patra_sheets::sheets(&material, &practice, &options)?.output;
            (sheets.files.iter().map(|file| file.bytes.len() as u64).sum(), start.elapsed())
        }
        "workbook" => {
            let mut file = temporary()?;
            let made = patra_sheets::write_workbook(&material, &practice, &options, &mut file)?;
            assert!(made.warnings.is_empty());
            file.flush()?;
            (file.get_ref().metadata()?.len(), start.elapsed())
        }
        "peer" => {
            let sheets = patra_sheets::tables(&material, &practice, &options)?;
            let start = Start::now();
            let mut file = temporary()?;
            peer(&sheets, &mut file)?;
            file.flush()?;
            (file.get_ref().metadata()?.len(), start.elapsed())
        }
        #[cfg(feature = "parquet")]
        "parquet" => {
            let sheets = patra_sheets::parquet(&material, &practice, &options)?;
            (sheets.files.iter().map(|file| file.bytes.len() as u64).sum(), start.elapsed())
        }
        _ => return Err(format!("`{mode}` is no mode").into()),
    };
    tell(&mode, practice.items().len(), bytes, time, before);
    Ok(())
}

fn material(lists: usize) -> Result<Material> {
    let entry = |list: usize, i: usize| Entry {
        id: patra_core::Id::from_key(&format!("list {list} term {i}")),
        term: format!("शब्द {list}-{i}").into(),
        description: format!("सूची {list} का वर्णन, जिसमें कुछ और बातें भी कही गई हैं: संख्या {i} और {list}").into(),
        ..Entry::default()
    };
    let section = |list: usize| {
        let terms = Terms {
            kind: Some(format!("प्रकार {list}").into()),
            entries: (0..ENTRIES).map(|i| entry(list, i)).collect(),
            ..Terms::default()
        };
        Section { heading: format!("खंड {list}").into(), blocks: vec![Block::Terms(terms)], ..Section::default() }
    };
    let mut material = Material {
        title: "बड़ी सामग्री".into(),
        language: "hi".parse()?,
        sections: (0..lists).map(section).collect(),
        ..Material::default()
    };
    material.assign_ids();
    Ok(material)
}

/// A file that goes with the process.
fn temporary() -> Result<BufWriter<File>> {
    Ok(BufWriter::new(tempfile::tempfile()?))
}

/// The same cells by rust_xlsxwriter alone, as whoever uses it would write them: a worksheet a sheet in constant memory, each
/// cell in the format of its column.
fn peer(sheets: &[Sheet<'_>], out: &mut (impl Write + Send)) -> std::result::Result<(), XlsxError> {
    let (text, number, day) = (
        Format::new().set_num_format("@").set_text_wrap(),
        Format::new().set_num_format("0"),
        Format::new().set_num_format("yyyy-mm-dd"),
    );
    let mut workbook = Workbook::new();
    for sheet in sheets {
        let worksheet = workbook.add_worksheet_with_constant_memory()?.set_name(sheet.name.as_str())?;
        for (column, at) in sheet.schema().columns.iter().zip(0..) {
            worksheet.write_string(0, at, column.name)?;
            worksheet.set_column_width(at, if column.kind == ColumnKind::Text { 40.0 } else { 12.0 })?;
        }
        worksheet.set_freeze_panes(1, 0)?;
        for (row, at) in sheet.rows.iter().zip(1..) {
            for (cell, column) in row.cells.iter().zip(0..) {
                match cell {
                    Value::Text(words) => worksheet.write_string_with_format(at, column, &**words, &text)?,
                    #[expect(clippy::cast_precision_loss, reason = "the numbers of a material are small")]
                    Value::Integer(n) => worksheet.write_number_with_format(at, column, *n as f64, &number)?,
                    #[expect(clippy::cast_precision_loss, reason = "the numbers of a material are small")]
                    Value::Tenths(n) => worksheet.write_number_with_format(at, column, *n as f64 / 10.0, &number)?,
                    Value::Truth(truth) => worksheet.write_boolean(at, column, *truth)?,
                    Value::Date(date) => {
                        let date = ExcelDateTime::from_ymd(date.year(), date.month(), date.day())?;
                        worksheet.write_datetime_with_format(at, column, &date, &day)?
                    }
                    _ => continue,
                };
            }
        }
    }
    // What the workbook holds of each row that may be changed.
    let worksheet = workbook.add_worksheet_with_constant_memory()?.set_name(patra_sheets::BASE_SHEET)?;
    let mut at = 0;
    for sheet in sheets.iter().filter(|sheet| !sheet.schema().editable().is_empty()) {
        let digest = "0123456789".repeat(sheet.schema().editable().len() + 1);
        for key in sheet.column(sheet.schema().key).filter_map(Value::as_text) {
            worksheet.write_string(at, 0, sheet.name.as_str())?;
            worksheet.write_string(at, 1, key)?;
            worksheet.write_string(at, 2, digest.as_str())?;
            at += 1;
        }
    }
    workbook.save_to_writer(out)
}

/// When something began: by the clock, and by the time that all threads had on processors, which other programs take less part
/// in.
struct Start(Instant, Duration);

impl Start {
    fn now() -> Self {
        Start(Instant::now(), on_processor())
    }

    fn elapsed(&self) -> [Duration; 2] {
        [self.0.elapsed(), on_processor().saturating_sub(self.1)]
    }
}

/// The time that all threads were on processors, as Linux tells it in hundredths of a second: fields 14 and 15 of the line.
fn on_processor() -> Duration {
    let told = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = told.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// The most memory that the process took so far, in kB, as Linux tells it.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "an example tells its user on the terminal")]
fn tell(mode: &str, rows: usize, bytes: u64, time: [Duration; 2], before: u64) {
    let ([seconds, own], megabytes) = (time.map(|time| time.as_secs_f64()), bytes as f64 / 1e6);
    println!(
        "{mode}: {rows} practice rows, {seconds:.2} s ({own:.2} s on a processor), {megabytes:.0} MB, {:.0} MB/s ({:.0}), \
         memory {} MB more than the material's {} MB",
        megabytes / seconds,
        megabytes / own,
        peak().saturating_sub(before) / 1000,
        before / 1000
    );
}
