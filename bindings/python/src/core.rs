//! A material, held for Python.

use std::sync::{Arc, OnceLock};

use patra_core::{Diagnostic, Material, Practice, Source, Warned};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::problem::{self, Place};
use crate::view::View;
use crate::{intake, task};

/// A material in its native form.
#[pyclass(frozen, module = "patra._patra")]
pub(crate) struct Core(Arc<Held>);

/// A material with what it was read from and what follows from it.
struct Held {
    material: Material,
    /// What was noticed when ids were derived.
    derived: Vec<Diagnostic>,
    source: Option<Arc<Source>>,
    practice: OnceLock<Practice>,
}

impl Held {
    fn practice(&self) -> &Practice {
        self.practice.get_or_init(|| Practice::of(&self.material))
    }
}

/// A core where one could be made, and what was found wrong.
type Found<'py> = (Option<Core>, Bound<'py, PyTuple>);

impl Core {
    fn hold(material: Material, derived: Vec<Diagnostic>, source: Option<Arc<Source>>) -> Self {
        Core(Arc::new(Held { material, derived, source, practice: OnceLock::new() }))
    }

    fn place<'a>(&'a self, path: Option<&'a str>) -> Place<'a> {
        self.0.source.as_deref().map_or(Place::Nowhere(path), |source| Place::Text(source, path))
    }
}

/// Why an exporter made nothing: what its error says, and the problems it names.
struct Failed {
    message: String,
    problems: Vec<Diagnostic>,
}

impl Failed {
    fn new(error: &impl std::error::Error, problems: &[Diagnostic]) -> Self {
        Failed { message: error.to_string(), problems: problems.to_vec() }
    }
}

impl Core {
    /// What an exporter made, and its warnings; or `patra.ExportError`.
    fn made<'py, T>(
        &self,
        py: Python<'py>,
        made: Result<Warned<T>, Failed>,
        path: Option<&str>,
    ) -> PyResult<(T, Bound<'py, PyTuple>)> {
        match made {
            Ok(made) => Ok((made.output, problem::diagnostics(py, &made.warnings, self.place(path))?)),
            Err(failed) => {
                let problems = problem::diagnostics(py, &failed.problems, self.place(path))?;
                // Problems say more than their sum: the message is made of them where there are any.
                let message = if problems.is_empty() { failed.message.as_str() } else { "" };
                Err(problem::export_error(py, message, problems))
            }
        }
    }
}

#[pymethods]
impl Core {
    /// A material from its fields.
    #[staticmethod]
    #[pyo3(signature = (fields, /))]
    fn new(py: Python<'_>, fields: &Bound<'_, PyDict>) -> PyResult<Self> {
        task::attached(py, || {
            let mut material = Material::default();
            intake::set_fields(&mut material, fields)?;
            let derived = material.assign_ids();
            Ok(Core::hold(material, derived, None))
        })
    }

    /// The same with some fields changed.
    #[pyo3(signature = (fields, /))]
    fn changed(&self, py: Python<'_>, fields: &Bound<'_, PyDict>) -> PyResult<Self> {
        task::attached(py, || {
            let mut material = self.0.material.clone();
            intake::set_fields(&mut material, fields)?;
            let derived = material.assign_ids();
            Ok(Core::hold(material, derived, self.0.source.clone()))
        })
    }

    /// A material from its stored form. `by_key` tells the place of a problem by the keys that lead to it.
    #[staticmethod]
    #[pyo3(signature = (stored, path, by_key, /))]
    fn from_json<'py>(
        py: Python<'py>,
        stored: &Bound<'py, PyAny>,
        path: Option<&str>,
        by_key: bool,
    ) -> PyResult<Found<'py>> {
        let json = match text_of(py, stored, path)? {
            Ok(json) => json,
            Err(problems) => return Ok((None, problems)),
        };
        let (read, json) = task::detached(py, move || (Material::from_json(&json), json))?;
        match read {
            Ok(material) => Ok((Some(Core::hold(material, Vec::new(), None)), PyTuple::empty(py))),
            Err(problem) => {
                let source = Source::new(json);
                let place = if by_key { Place::Keys(&source) } else { Place::Text(&source, path) };
                Ok((None, problem::diagnostics(py, &[problem], place)?))
            }
        }
    }

    #[getter]
    fn id(&self) -> &str {
        self.0.material.id.as_str()
    }

    #[getter]
    fn language(&self) -> String {
        self.0.material.language.to_string()
    }

    #[getter]
    fn subject(&self) -> Option<&str> {
        self.0.material.subject.as_deref()
    }

    #[getter]
    fn authors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.0.material.authors)
    }

    #[getter]
    fn licence(&self) -> Option<&str> {
        self.0.material.licence.as_deref()
    }

    #[getter]
    fn source(&self) -> Option<&str> {
        self.0.material.source.as_deref()
    }

    #[getter]
    fn updated(&self) -> Option<String> {
        self.0.material.updated.map(|date| date.to_string())
    }

    #[getter]
    fn tags<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.0.material.tags)
    }

    fn title<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        task::attached(py, || View::new(py)?.text(&self.0.material.title))
    }

    fn sections<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        task::attached(py, || View::new(py)?.sections(&self.0.material.sections))
    }

    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        task::detached(py, || self.0.material.to_json())
    }

    /// What is wrong with the model.
    #[pyo3(signature = (path, /))]
    fn problems<'py>(&self, py: Python<'py>, path: Option<&str>) -> PyResult<Bound<'py, PyTuple>> {
        let mut problems = task::detached(py, || self.0.material.problems())?;
        problems.splice(0..0, self.0.derived.iter().cloned());
        problem::diagnostics(py, &problems, self.place(path))
    }

    fn practice<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let practice = task::detached(py, || self.0.practice())?;
        task::attached(py, || View::new(py)?.items(practice.items(), &self.language()))
    }

    /// The sheets' files by name, and what could not be shown in them.
    #[pyo3(signature = (path, byte_order_mark, spreadsheet_safe, /))]
    fn sheets<'py>(
        &self,
        py: Python<'py>,
        path: Option<&str>,
        byte_order_mark: bool,
        spreadsheet_safe: bool,
    ) -> PyResult<(Bound<'py, PyDict>, Bound<'py, PyTuple>)> {
        let held = Arc::clone(&self.0);
        let made = task::interruptible(py, move || {
            let mut options = patra_sheets::SheetsOptions::default();
            options.byte_order_mark = byte_order_mark;
            options.spreadsheet_safe = spreadsheet_safe;
            let made = patra_sheets::sheets(&held.material, held.practice(), &options);
            made.map_err(|error| Failed::new(&error, error.diagnostics()))
        })?;
        let (sheets, warnings) = self.made(py, made, path)?;
        let files = PyDict::new(py);
        for file in sheets.files {
            files.set_item(file.name, PyBytes::new(py, &file.bytes))?;
        }
        Ok((files, warnings))
    }

    /// Whether the other is the same material, wherever it was read.
    #[pyo3(signature = (other, /))]
    fn same(&self, py: Python<'_>, other: &Core) -> PyResult<bool> {
        let (one, other) = (&self.0.material, &other.0.material);
        task::detached(py, || one == other)
    }
}

/// The text of a `str` or of bytes in UTF-8; the problem where it is not.
fn text_of<'py>(
    py: Python<'py>,
    given: &Bound<'py, PyAny>,
    path: Option<&str>,
) -> PyResult<Result<String, Bound<'py, PyTuple>>> {
    let Ok(bytes) = given.cast::<PyBytes>() else { return intake::words(given, "the text").map(Ok) };
    match problem::decode(bytes.as_bytes().to_vec()) {
        Ok(text) => Ok(Ok(text)),
        Err(wrong) => Ok(Err(problem::diagnostics(py, &[wrong.0], Place::Text(&wrong.1, path))?)),
    }
}
