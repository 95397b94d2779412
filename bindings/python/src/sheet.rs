//! Sheets: as CSV files, as a workbook, and as tables in memory.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use patra_anki::Translation;
use patra_core::{Source, SourceMap, Warned};
use patra_sheets::SheetsOptions;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::batch::Batch;
use crate::core::Core;
use crate::export::{Failed, by_id, deck_media, made};
use crate::options::deck_options;
use crate::task;

/// What the sheets of a material tell beside the material, told once for all their forms.
#[pyclass(frozen, module = "patra._patra")]
pub(crate) struct Register(Arc<SheetsOptions>);

/// What the sheets tell: what those of the command do.
#[pyfunction]
#[pyo3(signature = (core, path, folder, pages, keywords, /))]
pub(crate) fn register(
    py: Python<'_>,
    core: &Core,
    path: Option<&str>,
    folder: Option<PathBuf>,
    pages: BTreeMap<String, usize>,
    keywords: &Bound<'_, PyDict>,
) -> PyResult<Register> {
    let (mut cards, mut options, translation) = deck_options(py, keywords)?;
    cards.media = deck_media(py, core, None, folder)?;
    let other = translation.map(|other| Arc::clone(&other.get().0));
    let held = Arc::clone(&core.0);
    let called = path.map(|path| {
        let (folder, name) = path.split_at(path.rfind(['/', '\\']).map_or(0, |at| at + 1));
        (folder.to_owned(), name.to_owned())
    });
    let options = task::interruptible(py, move || {
        cards.translation = other.map(|other| Translation::of(&other.material));
        options.pages = by_id(pages);
        (options.cards, options.changes) = patra_cli::register(&held.material, held.practice(), &cards);
        options.diagnostics = held.problems();
        options.sources = match held.book() {
            Some(book) => Some(book.sources_in_folder()),
            None => called.map(|(folder, name)| {
                // The names start from the folder of the source.
                let within = |name: &str| name.strip_prefix(&folder).unwrap_or(name).to_owned();
                let sources = held.sources().map(|sources| sources.renamed(within));
                // Without a text no problem has a place in it.
                sources.unwrap_or_else(|| SourceMap::new(name, Source::new(String::new())))
            }),
        };
        options
    })?;
    Ok(Register(Arc::new(options)))
}

/// The sheets' files by name, and what could not be shown in them.
#[pyfunction]
#[pyo3(signature = (core, path, register, /))]
pub(crate) fn sheets<'py>(
    py: Python<'py>,
    core: &Core,
    path: Option<&str>,
    register: &Register,
) -> PyResult<(Bound<'py, PyDict>, Bound<'py, PyTuple>)> {
    let (held, options) = (Arc::clone(&core.0), Arc::clone(&register.0));
    let result = task::interruptible(py, move || {
        let made = patra_sheets::sheets(&held.material, held.practice(), &options);
        made.map_err(|error| Failed::new(&error, error.diagnostics()))
    })?;
    let (sheets, warnings) = made(py, core, result, path)?;
    let files = PyDict::new(py);
    for file in sheets.files {
        files.set_item(file.name, PyBytes::new(py, &file.bytes))?;
    }
    Ok((files, warnings))
}

/// The workbook, and what could not be shown in it.
#[pyfunction]
#[pyo3(signature = (core, path, register, /))]
pub(crate) fn workbook<'py>(
    py: Python<'py>,
    core: &Core,
    path: Option<&str>,
    register: &Register,
) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyTuple>)> {
    let (held, options) = (Arc::clone(&core.0), Arc::clone(&register.0));
    let result = task::interruptible(py, move || {
        let made = patra_sheets::workbook(&held.material, held.practice(), &options);
        made.map_err(|error| Failed::new(&error, error.diagnostics()))
    })?;
    let (bytes, warnings) = made(py, core, result, path)?;
    Ok((PyBytes::new(py, &bytes), warnings))
}

/// The sheets by name, as tables.
#[pyfunction]
#[pyo3(signature = (core, path, register, /))]
pub(crate) fn tables(
    py: Python<'_>,
    core: &Core,
    path: Option<&str>,
    register: &Register,
) -> PyResult<Vec<(&'static str, Batch)>> {
    let (held, options) = (Arc::clone(&core.0), Arc::clone(&register.0));
    let result = task::interruptible(py, move || {
        let tables = patra_sheets::record_batches(&held.material, held.practice(), &options);
        let tables = tables.map_err(|error| Failed::new(&error, error.diagnostics()))?;
        Ok(Warned { output: tables, warnings: Vec::new() })
    })?;
    let (tables, _) = made(py, core, result, path)?;
    Ok(tables.into_iter().map(|(name, batch)| (name.as_str(), Batch(batch))).collect())
}
