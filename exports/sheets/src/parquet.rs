//! The sheets as Parquet files.

use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use patra_core::{Material, Practice};

use crate::descriptor::{self, FileFormat};
use crate::{Error, ErrorKind, SheetFile, Sheets, SheetsOptions, tables};

/// Who wrote the file, in the form that readers look for a version in.
const CREATED_BY: &str = concat!("patra version ", env!("CARGO_PKG_VERSION"));

/// Every sheet of a material as a Parquet file, `terms.parquet`, and the descriptor of them all, `datapackage.json`.
///
/// Columns, types and metadata are those of [`record_batches`](crate::record_batches), which Arrow's readers get back as they were. Compressed
/// with Snappy, which every reader knows; no time of writing, so the same input gives the same bytes. Cells are exact:
/// [`SheetsOptions::byte_order_mark`] and [`SheetsOptions::spreadsheet_safe`] mean nothing here.
///
/// # Errors
/// As for [`record_batches`](crate::record_batches).
pub fn parquet(material: &Material, practice: &Practice, options: &SheetsOptions) -> Result<Sheets, Error> {
    let backend = |error: ParquetError| Error::new(ErrorKind::Backend(error.to_string()), Vec::new());
    let sheets = tables(material, practice, options)?;
    let mut files = Vec::with_capacity(sheets.len() + 1);
    for sheet in &sheets {
        let batch = sheet.to_record_batch(&material.language)?;
        let properties =
            WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by(CREATED_BY.into()).build();
        let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).map_err(backend)?;
        writer.write(&batch).map_err(backend)?;
        files.push(SheetFile {
            name: format!("{}.parquet", sheet.name.as_str()),
            bytes: writer.into_inner().map_err(backend)?,
        });
    }
    let descriptor = descriptor::descriptor(material, &sheets, &files, FileFormat::Parquet)?;
    files.push(SheetFile { name: "datapackage.json".into(), bytes: descriptor });
    Ok(Sheets { files })
}
