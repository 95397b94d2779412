//! Sources as rows of a table that another library holds.

use std::sync::{Mutex, PoisonError};

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatchReader};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};
use pyo3_arrow::PyRecordBatchReader;

/// The columns that say something of a source; others are passed over.
const COLUMNS: [&str; 4] = ["path", "text", "name", "lock"];

/// The rows, taken batch by batch from a stream of the Arrow C data interface.
#[pyclass(frozen, module = "patra._patra")]
pub(crate) struct SourceRows(Mutex<State>);

struct State {
    reader: Box<dyn RecordBatchReader + Send>,
    /// The columns of the batch at hand: strings, and of `text` also bytes.
    columns: Vec<(&'static str, ArrayRef)>,
    row: usize,
    rows: usize,
}

#[pymethods]
impl SourceRows {
    /// The rows of whatever has `__arrow_c_stream__`.
    #[new]
    #[pyo3(signature = (table, /))]
    fn new(table: PyRecordBatchReader) -> PyResult<Self> {
        let reader = table.into_reader()?;
        let schema = reader.schema();
        if schema.column_with_name("path").is_none() && schema.column_with_name("text").is_none() {
            return Err(PyValueError::new_err("the table has neither a column `path` nor a column `text`"));
        }
        for name in COLUMNS {
            if let Some((_, field)) = schema.column_with_name(name) {
                plain_type(name, field.data_type())?;
            }
        }
        Ok(SourceRows(Mutex::new(State { reader, columns: Vec::new(), row: 0, rows: 0 })))
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while state.row == state.rows {
            if !state.refill()? {
                return Ok(None);
            }
        }
        let row = PyDict::new(py);
        for (name, column) in &state.columns {
            let at = state.row;
            if column.is_null(at) {
                row.set_item(name, py.None())?;
            } else if let Some(words) = column.as_string_opt::<i64>() {
                row.set_item(name, PyString::new(py, words.value(at)))?;
            } else {
                row.set_item(name, PyBytes::new(py, column.as_binary::<i64>().value(at)))?;
            }
        }
        state.row += 1;
        Ok(Some(row))
    }
}

impl State {
    /// Takes the next batch, where there is one.
    fn refill(&mut self) -> PyResult<bool> {
        let broken = |error: ArrowError| PyValueError::new_err(format!("the table can't be read: {error}"));
        let Some(batch) = self.reader.next().transpose().map_err(broken)? else { return Ok(false) };
        self.columns.clear();
        for name in COLUMNS {
            if let Some(column) = batch.column_by_name(name) {
                let column = cast(column, &plain_type(name, column.data_type())?).map_err(broken)?;
                self.columns.push((name, column));
            }
        }
        (self.row, self.rows) = (0, batch.num_rows());
        Ok(true)
    }
}

/// The one type that all of a column's types are brought to.
fn plain_type(name: &str, found: &DataType) -> PyResult<DataType> {
    match found {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => Ok(DataType::LargeUtf8),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView if name == "text" => Ok(DataType::LargeBinary),
        DataType::Dictionary(_, values) => plain_type(name, values),
        other => Err(PyTypeError::new_err(format!("the column `{name}` holds strings, not {other}"))),
    }
}
