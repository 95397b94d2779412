//! The files of a book, made by the command's own function.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::core::Core;
use crate::{lock, problem, task};

/// Files by their names, the number of items, that of the handout's pages, the lock's text, and warnings.
type Made<'py> = (Vec<(String, Bound<'py, PyBytes>)>, usize, Option<usize>, Option<String>, Bound<'py, PyTuple>);

/// The files of a book that was read by its path, with those of its editions.
#[pyfunction]
#[pyo3(signature = (core, editions, lock, earlier, now, /))]
pub(crate) fn book_files<'py>(
    py: Python<'py>,
    core: &Core,
    editions: Vec<PathBuf>,
    lock: Option<&str>,
    earlier: Option<Vec<u8>>,
    now: Option<i64>,
) -> PyResult<Made<'py>> {
    let lock = lock.map(|text| lock::parse(py, text)).transpose()?;
    let held = Arc::clone(&core.0);
    let made =
        task::interruptible(py, move || held.book().map(|book| book.make(&editions, lock.as_ref(), earlier, now)))?;
    match made.ok_or_else(|| PyValueError::new_err("the material was read from no book"))? {
        Ok(made) => {
            let warnings = problem::diagnostics(py, &made.diagnostics, core.place(None))?;
            let files = made.files.into_iter().map(|(name, bytes)| (name, PyBytes::new(py, &bytes)));
            let lock = made.lock.map(|lock| lock.to_string());
            Ok((files.collect(), made.items, made.pages, lock, warnings))
        }
        Err(error) => {
            let problems = problem::diagnostics(py, &error.diagnostics, core.place(None))?;
            Err(problem::export_error(py, &error.messages.join("; "), problems))
        }
    }
}

/// Whether a file of this name says what a book is made of.
#[pyfunction]
#[pyo3(signature = (name, /))]
pub(crate) fn is_book(name: &str) -> bool {
    patra_source::is_book(name)
}
