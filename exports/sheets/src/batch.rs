//! The sheets as Apache Arrow record batches: columns in memory, as data-frame libraries hold them.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch};
use arrow_schema::{DataType, Field, Schema as ArrowSchema};
use patra_core::{Code, Diagnostic, Language, Material, Practice, Span, phrase};

use crate::descriptor::{foreign_key, labels};
use crate::{Column, ColumnKind, Error, ErrorKind, Sheet, SheetName, SheetsOptions, Value, tables};

const SECONDS_IN_A_DAY: i64 = 86_400;

/// Every sheet of a material as a record batch, in the order of [`SheetName::ALL`], with the columns that
/// `datapackage.json` declares.
///
/// | in the descriptor | in Arrow |
/// |---|---|
/// | `string` | `Utf8` |
/// | `integer` | `Int64` |
/// | `number` | `Float64` |
/// | `boolean` | `Boolean` |
/// | `date` | `Date32` |
///
/// A column that every row has a cell in is not nullable. The metadata of the batch's schema are `name`, `title` (in the
/// material's language), `title.en`, `title.hi`, `description`, `language`, and as JSON `primary_key` and `foreign_keys`,
/// which read as `primaryKey` and `foreignKeys` of a Table Schema; those of a field are `title`, `title.en`, `title.hi`
/// and `description`.
///
/// Arrow's types stand in this signature because they are the interface: programs exchange tables by them, through a C
/// ABI that does not change between versions.
///
/// [`SheetsOptions::byte_order_mark`] and [`SheetsOptions::spreadsheet_safe`] mean nothing here.
///
/// ```
/// use patra_core::{Material, Practice};
///
/// let material = Material { id: "course".parse()?, ..Material::default() };
/// let batches = patra_sheets::record_batches(&material, &Practice::default(), &Default::default())?;
/// let (name, batch) = &batches[0];
/// assert_eq!((name.as_str(), batch.num_rows()), ("materials", 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As for [`tables`], and where the words of a column are together longer than 2 GiB ([`ErrorKind::Cells`]).
pub fn record_batches(
    material: &Material,
    practice: &Practice,
    options: &SheetsOptions,
) -> Result<Vec<(SheetName, RecordBatch)>, Error> {
    let sheets = tables(material, practice, options)?;
    sheets.iter().map(|sheet| Ok((sheet.name, sheet.to_record_batch(&material.language)?))).collect()
}

impl Sheet<'_> {
    /// The sheet as a record batch, as [`record_batches`] has it, with titles in a language.
    ///
    /// # Errors
    /// Where the words of a column are together longer than 2 GiB ([`ErrorKind::Cells`]).
    pub fn to_record_batch(&self, language: &Language) -> Result<RecordBatch, Error> {
        let schema = self.schema();
        let fields: Vec<Field> = schema.columns.iter().map(|column| field(column, language)).collect();
        let mut arrays = Vec::with_capacity(fields.len());
        for (i, column) in schema.columns.iter().enumerate() {
            arrays.push(self.array(i, column)?);
        }
        let metadata = schema_metadata(self.name, language)?;
        let schema = Arc::new(ArrowSchema::new_with_metadata(fields, metadata));
        // The columns are as long as the schema says they are, and missing only where it lets them.
        RecordBatch::try_new(schema, arrays)
            .map_err(|error| Error::new(ErrorKind::Backend(error.to_string()), Vec::new()))
    }

    fn array(&self, position: usize, column: &Column) -> Result<ArrayRef, Error> {
        let cells = || self.rows.iter().map(|row| row.cells.get(position).unwrap_or(&Value::Missing));
        Ok(match column.kind {
            ColumnKind::Text => {
                let length: usize = cells().filter_map(Value::as_text).map(str::len).sum();
                // Where a word ends is told in 32 bits; the builder would panic.
                if i32::try_from(length).is_err() {
                    let message = phrase!(
                        "the column `{$column}` of `{$sheet}` holds {$length} bytes, and a column of a record batch 2 GiB",
                        column = column.name,
                        sheet = self.name.as_str(),
                        length
                    );
                    let problem = Diagnostic::new(Code::SheetCellLost, Span::NONE, message);
                    return Err(Error::new(ErrorKind::Cells, vec![problem.with_hint("the CSV files hold it")]));
                }
                let mut words = StringBuilder::with_capacity(self.rows.len(), length);
                cells().for_each(|cell| words.append_option(cell.as_text()));
                Arc::new(words.finish())
            }
            ColumnKind::Integer => Arc::new(
                cells().map(|cell| if let Value::Integer(n) = cell { Some(*n) } else { None }).collect::<Int64Array>(),
            ),
            ColumnKind::Number => Arc::new(cells().map(number).collect::<Float64Array>()),
            ColumnKind::Truth => Arc::new(
                cells()
                    .map(|cell| if let Value::Truth(truth) = cell { Some(*truth) } else { None })
                    .collect::<BooleanArray>(),
            ),
            ColumnKind::Date => Arc::new(cells().map(days).collect::<Date32Array>()),
        })
    }
}

/// The days of a date since 1970-01-01; the year 9999 is as late as there is.
fn days(cell: &Value<'_>) -> Option<i32> {
    match cell {
        Value::Date(day) => i32::try_from(day.unix_seconds() / SECONDS_IN_A_DAY).ok(),
        _ => None,
    }
}

/// The number that stands nearest to so many tenths, as parsing `12.5` gives it.
fn number(cell: &Value<'_>) -> Option<f64> {
    match cell {
        // Below 2^53, as the numbers of a material are, each has a float of its own.
        #[expect(clippy::cast_precision_loss, reason = "see above")]
        Value::Tenths(tenths) => Some(*tenths as f64 / 10.0),
        _ => None,
    }
}

fn field(column: &Column, language: &Language) -> Field {
    let kind = match column.kind {
        ColumnKind::Text => DataType::Utf8,
        ColumnKind::Integer => DataType::Int64,
        ColumnKind::Number => DataType::Float64,
        ColumnKind::Truth => DataType::Boolean,
        ColumnKind::Date => DataType::Date32,
    };
    let titles = labels(column.titles);
    Field::new(column.name, kind, !column.required).with_metadata(metadata([
        ("title", column.titles.get(language)),
        ("title.en", titles.en),
        ("title.hi", titles.hi),
        ("description", column.description),
    ]))
}

fn schema_metadata(name: SheetName, language: &Language) -> Result<HashMap<String, String>, Error> {
    let schema = name.schema();
    let json = |value: serde_json::Result<String>| {
        value.map_err(|error| Error::new(ErrorKind::Backend(error.to_string()), Vec::new()))
    };
    let keys: Vec<_> = schema.references.iter().map(|reference| foreign_key(schema, reference)).collect();
    let (primary, foreign) = (json(serde_json::to_string(&schema.primary_key()))?, json(serde_json::to_string(&keys))?);
    let titles = labels(schema.titles);
    Ok(metadata([
        ("name", name.as_str()),
        ("title", schema.titles.get(language)),
        ("title.en", titles.en),
        ("title.hi", titles.hi),
        ("description", schema.description),
        ("language", &language.to_string()),
        ("primary_key", &primary),
        ("foreign_keys", &foreign),
    ]))
}

/// Arrow keeps metadata in a hash map; what writes them into a file puts them in order.
fn metadata<const N: usize>(entries: [(&str, &str); N]) -> HashMap<String, String> {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}
