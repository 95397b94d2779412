//! Tables in memory, which other libraries take over without a copy.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray, StructArray};
use arrow_schema::{ArrowError, DataType, Field};
use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyList};
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

/// The rows of a sheet, or of any other table.
#[pyclass(frozen, module = "patra._patra")]
pub(crate) struct Batch(pub(crate) RecordBatch);

impl Batch {
    fn field(&self) -> Field {
        let schema = self.0.schema();
        Field::new_struct("", schema.fields().clone(), false).with_metadata(schema.metadata().clone())
    }
}

#[pymethods]
impl Batch {
    /// The names of the columns.
    fn columns(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// How many rows there are.
    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    /// What the schema says of the sheet: its titles, its keys.
    fn metadata(&self) -> BTreeMap<String, String> {
        self.0.schema().metadata().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// The cells of a column.
    #[pyo3(signature = (name, /))]
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let column = self.0.column_by_name(name).ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
        cells(py, column)
    }

    /// Whether the other has the same rows.
    #[pyo3(signature = (other, /))]
    fn same(&self, other: &Batch) -> bool {
        self.0 == other.0
    }

    /// The rows as a stream of the Arrow C data interface, in a capsule.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let rows: ArrayRef = Arc::new(StructArray::from(self.0.clone()));
        let one = std::iter::once(Ok::<_, ArrowError>(rows));
        Ok(to_stream_pycapsule(py, Box::new(ArrayIterator::new(one, Arc::new(self.field()))), requested_schema)?)
    }

    /// The schema, in a capsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.0.schema().as_ref())?)
    }
}

/// The cells of a column of a sheet as Python's own values.
fn cells<'py>(py: Python<'py>, column: &ArrayRef) -> PyResult<Bound<'py, PyList>> {
    match column.data_type() {
        DataType::Utf8 => PyList::new(py, column.as_string::<i32>()),
        DataType::Int64 => PyList::new(py, column.as_primitive::<Int64Type>()),
        DataType::Float64 => PyList::new(py, column.as_primitive::<Float64Type>()),
        DataType::Boolean => PyList::new(py, column.as_boolean()),
        DataType::Date32 => {
            let from = py.import(intern!(py, "datetime"))?.getattr(intern!(py, "date"))?;
            // Day 1 of the proleptic calendar is that of year 1; Arrow counts from 1970.
            let day = |days: i32| from.call_method1(intern!(py, "fromordinal"), (days + 719_163,));
            let days = column.as_primitive::<Date32Type>().iter();
            PyList::new(py, days.map(|days| days.map(day).transpose()).collect::<PyResult<Vec<_>>>()?)
        }
        other => Err(PyTypeError::new_err(format!("a sheet has no column of the type {other}"))),
    }
}

/// A table of columns, each with its name, its type (`string`, `integer` or `boolean`) and its cells.
#[pyfunction]
#[pyo3(signature = (columns, /))]
pub(crate) fn batch(columns: Vec<(String, String, Bound<'_, PyList>)>) -> PyResult<Batch> {
    let mut made = Vec::with_capacity(columns.len());
    for (name, kind, cells) in columns {
        let array: ArrayRef = match kind.as_str() {
            "string" => Arc::new(StringArray::from(cells.extract::<Vec<Option<String>>>()?)),
            "integer" => Arc::new(Int64Array::from(cells.extract::<Vec<Option<i64>>>()?)),
            "boolean" => Arc::new(BooleanArray::from(cells.extract::<Vec<Option<bool>>>()?)),
            other => return Err(PyTypeError::new_err(format!("a table has no column of the type {other}"))),
        };
        // Nullable even where nothing is missing: the tables of many workers are one table in the end.
        made.push((name, array, true));
    }
    let batch = RecordBatch::try_from_iter_with_nullable(made);
    Ok(Batch(batch.map_err(|error| PyValueError::new_err(error.to_string()))?))
}
