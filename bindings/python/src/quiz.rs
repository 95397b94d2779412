//! Quizzes for learning systems.

use std::collections::BTreeMap;
use std::sync::Arc;

use patra_quiz::{QuizOptions, gift, moodle_xml, qti};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::core::Core;
use crate::export::{Failed, made};
use crate::task;

/// A quiz, and what could not be shown in it.
#[pyfunction]
#[pyo3(signature = (core, path, media, form, longest_match, /))]
pub(crate) fn quiz<'py>(
    py: Python<'py>,
    core: &Core,
    path: Option<&str>,
    media: BTreeMap<String, Vec<u8>>,
    form: &str,
    longest_match: usize,
) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyTuple>)> {
    let write = match form {
        "moodle_xml" => moodle_xml,
        "gift" => gift,
        "qti" => qti,
        _ => return Err(PyValueError::new_err(format!("{form} is no form of a quiz"))),
    };
    let mut options = QuizOptions::default();
    options.media = media;
    options.longest_match = longest_match;
    let held = Arc::clone(&core.0);
    let result = task::interruptible(py, move || {
        let made = write(&held.material, held.every_item(), &options);
        made.map_err(|error| Failed::new(&error, error.diagnostics()))
    })?;
    let (bytes, warnings) = made(py, core, result, path)?;
    Ok((PyBytes::new(py, &bytes), warnings))
}
