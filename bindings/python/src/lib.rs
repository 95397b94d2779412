//! The native part of the Python package `patra`: the model, its readers and its exporters.
//!
//! `Core` holds a material; the rest of the package is written in Python on top of it, and makes Python
//! objects of the model's parts only where they are asked for.

mod batch;
mod book;
mod classes;
mod core;
mod export;
mod intake;
mod lock;
mod options;
mod problem;
mod quiz;
mod sheet;
mod source_row;
mod task;
mod view;

use pyo3::prelude::*;

/// The command's: a material is many small texts.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The native part of patra.
#[pymodule(gil_used = false)]
mod _patra {
    use std::ffi::OsString;

    use pyo3::prelude::*;
    use pyo3::types::PyTuple;

    use crate::{intake, problem, task};

    #[pymodule_export]
    use crate::batch::{Batch, batch};
    #[pymodule_export]
    use crate::book::{Cancellation, is_book, source_files, sources_in};
    #[pymodule_export]
    use crate::core::Core;
    #[pymodule_export]
    use crate::export::{deck, pdf, plan};
    #[pymodule_export]
    use crate::lock::Locks;
    #[pymodule_export]
    use crate::options::{CallSettings, call_settings, option_names};
    #[pymodule_export]
    use crate::quiz::quiz;
    #[pymodule_export]
    use crate::sheet::{Register, register, sheets, tables, workbook};
    #[pymodule_export]
    use crate::source_row::SourceRows;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        task::note_panics();
        let kinds = PyTuple::new(module.py(), patra_core::Kind::ALL.map(patra_core::Kind::name))?;
        module.add("KINDS", kinds)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }

    /// Runs the `patra` command with these arguments, the first of which is its name; gives back its exit code.
    #[pyfunction]
    #[pyo3(signature = (arguments, /))]
    fn command(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
        task::detached(py, || patra_cli::run(arguments).code())
    }

    /// The name and the text of each edition of the course that comes with patra.
    #[pyfunction]
    fn editions() -> [(&'static str, &'static str); 2] {
        patra_cli::EDITIONS
    }

    /// Panics, for the test of what becomes of a panic.
    #[pyfunction]
    fn panic(py: Python<'_>) -> PyResult<()> {
        task::interruptible(py, || std::panic::panic_any("on purpose"))
    }

    /// Waits for some milliseconds, for the test of what Ctrl-C does to work that takes long.
    #[pyfunction]
    #[pyo3(signature = (milliseconds, /))]
    fn wait(py: Python<'_>, milliseconds: u64) -> PyResult<()> {
        task::interruptible(py, move || std::thread::sleep(std::time::Duration::from_millis(milliseconds)))
    }

    /// An id as an author wrote it, brought to NFC and lower case.
    #[pyfunction]
    #[pyo3(signature = (text, /))]
    fn id(py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<String> {
        let text = intake::words(text, "id")?;
        let id = patra_core::Id::new(&text);
        id.map(|id| id.as_str().to_owned()).map_err(|e| problem::model_error(py, &format!("the id `{text}`: {e}")))
    }

    /// The short code by which lines on paper, cards and rows of the sheets are matched.
    #[pyfunction]
    #[pyo3(signature = (id, /))]
    fn code(py: Python<'_>, id: &str) -> PyResult<String> {
        let id = patra_core::Id::new(id).map_err(|e| problem::model_error(py, &format!("the id `{id}`: {e}")))?;
        Ok(id.code())
    }

    /// The label of a numbered thing by the marker that its list begins with, such as `(ग)` for `(क)` and 3.
    #[pyfunction]
    #[pyo3(signature = (marker, number, /))]
    fn label(marker: &str, number: u32) -> PyResult<String> {
        let marker: patra_core::ListMarker = marker
            .parse()
            .map_err(|e: patra_core::ListMarkerError| pyo3::exceptions::PyValueError::new_err(e.to_string()))?;
        Ok(marker.label(number))
    }

    /// A BCP 47 tag in its usual spelling.
    #[pyfunction]
    #[pyo3(signature = (tag, /))]
    fn language(py: Python<'_>, tag: &Bound<'_, PyAny>) -> PyResult<String> {
        Ok(intake::language(py, tag)?.to_string())
    }

    /// Whether a language's lines run from the right.
    #[pyfunction]
    #[pyo3(signature = (tag, /))]
    fn right_to_left(py: Python<'_>, tag: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(intake::language(py, tag)?.direction() == patra_core::Direction::RightToLeft)
    }
}
