//! Sheets of data: CSV files with a Data Package descriptor, and a workbook.
//!
//! ```
//! use patra_core::{Block, Material, Paragraph, Practice, Section};
//!
//! let paragraph = Block::Paragraph(Paragraph { text: "नमस्ते".into(), ..Paragraph::default() });
//! let section = Section { id: "intro".parse()?, blocks: vec![paragraph], ..Section::default() };
//! let material = Material { id: "course".parse()?, sections: vec![section], ..Material::default() };
//!
//! let made = patra_sheets::sheets(&material, &Practice::default(), &patra_sheets::SheetsOptions::default())?;
//! assert_eq!(made.output.files[0].name, "materials.csv");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Start reading at [`SheetName`], which lists the sheets, then [`sheets`]; [`tables`] gives the same rows as
//! values and [`workbook()`] an XLSX file of them.
//!
//! Features, none of which is on by default: `arrow` adds `record_batches`, every sheet as an Apache Arrow record batch of
//! version 59 of the arrow crates; `parquet` adds `parquet`, every sheet as a Parquet file.

mod base;
#[cfg(feature = "arrow")]
mod batch;
mod collect;
mod delimited;
mod descriptor;
mod error;
mod guard;
mod hazard;
mod keys;
mod options;
mod parallel;
#[cfg(feature = "parquet")]
mod parquet;
mod record;
mod schema;
mod value;
mod workbook;

pub use base::{BASE_PROPERTY, BASE_SHEET, RowDigest};
#[cfg(feature = "arrow")]
pub use batch::record_batches;
pub use error::{Error, ErrorKind};
pub use guard::unguarded;
pub use hazard::{Finding, Hazard, hazards};
pub use options::SheetsOptions;
#[cfg(feature = "parquet")]
pub use parquet::parquet;
pub use record::{ChangedNote, DeckCard};
pub use schema::{Column, ColumnKind, Reference, Schema, SheetName, Titles};
pub use value::{Row, Sheet, Value};
pub use workbook::{MAX_CELL_LENGTH, workbook, write_workbook};

use patra_core::{Material, Practice, Warned};

use descriptor::FileFormat;

/// The most rows that a worksheet has, its header among them.
pub const MAX_WORKSHEET_ROWS: usize = 1_048_576;

/// The files of a material's sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sheets {
    /// A CSV file for each [`SheetName`], in that order, and `datapackage.json`.
    pub files: Vec<SheetFile>,
}

/// A file by its name within the folder of the sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SheetFile {
    /// The name: `terms.csv`.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Every sheet of a material with its rows as values.
///
/// # Errors
/// Where a row has no key or one that another row has, or refers to nothing ([`ErrorKind::Keys`]): the material's ids
/// are not [assigned](Material::assign_ids), it has [problems](Material::problems), or `practice` is of another one.
pub fn tables<'a>(
    material: &'a Material,
    practice: &'a Practice,
    options: &'a SheetsOptions,
) -> Result<Vec<Sheet<'a>>, Error> {
    tables_and_findings(material, practice, options).map(|(sheets, _)| sheets)
}

fn tables_and_findings<'a>(
    material: &'a Material,
    practice: &'a Practice,
    options: &'a SheetsOptions,
) -> Result<(Vec<Sheet<'a>>, Vec<Finding>), Error> {
    let (sheets, found) = collect::collect(material, practice, options);
    match keys::faults(&sheets) {
        faults if faults.is_empty() => Ok((sheets, found)),
        faults => Err(Error::new(ErrorKind::Keys, faults)),
    }
}

/// Every sheet of a material as a CSV file, and the descriptor of them all.
///
/// The warnings name the cells that a spreadsheet or a data-frame library would alter or run; there are none where
/// [`SheetsOptions::spreadsheet_safe`] guards them. Words of the vocabulary are named in the sheet of diagnostics only. An
/// author or tag that holds the mark which parts them is named too.
///
/// # Errors
/// As for [`tables`], and where a cell holds a NUL character ([`ErrorKind::Cells`]).
pub fn sheets(material: &Material, practice: &Practice, options: &SheetsOptions) -> Result<Warned<Sheets>, Error> {
    let (tables, found) = tables_and_findings(material, practice, options)?;
    let lost = delimited::lost(&tables);
    if !lost.is_empty() {
        return Err(Error::new(ErrorKind::Cells, lost));
    }
    // No one wrote the list of words, and no one can mend it: what of it would be altered stands in `diagnostics` alone.
    let written = found.iter().filter(|finding| finding.sheet != SheetName::Vocabulary);
    let mut warnings = if options.spreadsheet_safe { Vec::new() } else { hazard::warnings(written) };
    warnings.extend(collect::ambiguous_lists(material));
    let made = parallel::each(&tables, |sheet| {
        let bytes = delimited::csv(sheet, options.byte_order_mark, options.spreadsheet_safe)?;
        Ok(SheetFile { name: format!("{}.csv", sheet.name.as_str()), bytes })
    });
    let mut files = made.into_iter().collect::<Result<Vec<_>, Error>>()?;
    let format = FileFormat::Csv { guarded: options.spreadsheet_safe };
    let descriptor = descriptor::descriptor(material, &tables, &files, format)?;
    files.push(SheetFile { name: "datapackage.json".into(), bytes: descriptor });
    Ok(Warned { output: Sheets { files }, warnings })
}
