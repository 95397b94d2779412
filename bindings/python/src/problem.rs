//! Problems and exceptions, as Python sees them.

use patra_core::{Code, Diagnostic, Severity, Source, SourceMap, keys_at};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::classes::Classes;

/// Where a problem stands.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    /// In a text, which may have a name.
    Text(&'a Source, Option<&'a str>),
    /// In a text, which may have a name, or in a file that it includes.
    Files(&'a SourceMap, Option<&'a str>),
    /// In one of a book's files.
    Book(&'a SourceMap),
    /// In a stored form that was never a text: told by its keys.
    Keys(&'a Source),
    /// In something that was made in Python, or in a file that holds no text.
    Nowhere(Option<&'a str>),
}

/// The problem as `patra.Diagnostic`.
pub(crate) fn diagnostic<'py>(py: Python<'py>, problem: &Diagnostic, place: Place<'_>) -> PyResult<Bound<'py, PyAny>> {
    let severity = match problem.severity() {
        Severity::Warning => "warning",
        _ => "error",
    };
    let code = problem.code.to_string();
    let hint = problem.hint.as_deref();
    let class = Classes::of(py)?.diagnostic.bind(py);
    match place {
        Place::Book(sources) | Place::Files(sources, _) => {
            let (file, source, span) = sources.locate(problem.span);
            let problem_there = Diagnostic { span, ..problem.clone() };
            let name = match place {
                Place::Files(_, name) if sources.included_at(problem.span).is_none() => name,
                _ => Some(file),
            };
            diagnostic(py, &problem_there, Place::Text(source, name))
        }
        Place::Text(source, name) if !problem.span.is_none() => {
            let (start, end) = (source.position(problem.span.start()), source.position(problem.span.end()));
            class.call1((
                code,
                severity,
                problem.message.as_str(),
                hint,
                name,
                start.line,
                start.column,
                end.line,
                end.column,
            ))
        }
        Place::Text(_, name) | Place::Nowhere(name) => {
            class.call1((code, severity, problem.message.as_str(), hint, name))
        }
        Place::Keys(source) => {
            let keys = keys_at(source.text(), problem.span.end());
            let message =
                if keys.is_empty() { problem.message.to_string() } else { format!("{keys}: {}", problem.message) };
            // Of a wrong field the hint names the field again.
            let field = matches!(problem.code, Code::Json | Code::FormatVersion) && !keys.is_empty();
            let hint = hint.filter(|_| !field);
            class.call1((code, severity, message, hint))
        }
    }
}

/// The problems as a tuple of `patra.Diagnostic`.
pub(crate) fn diagnostics<'py>(
    py: Python<'py>,
    problems: &[Diagnostic],
    place: Place<'_>,
) -> PyResult<Bound<'py, PyTuple>> {
    let problems = problems.iter().map(|problem| diagnostic(py, problem, place)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, problems)
}

/// `patra.ModelError` without a place.
pub(crate) fn model_error(py: Python<'_>, message: &str) -> PyErr {
    exception(py, |classes| &classes.model_error, message, None)
}

/// `patra.ExportError` with its problems.
pub(crate) fn export_error(py: Python<'_>, message: &str, problems: Bound<'_, PyTuple>) -> PyErr {
    exception(py, |classes| &classes.export_error, message, Some(problems))
}

/// `patra.InternalError`, for a panic.
pub(crate) fn internal_error(py: Python<'_>, panic: &str) -> PyErr {
    let message =
        format!("a fault in patra {}: {panic}; please report it, with the material", env!("CARGO_PKG_VERSION"));
    exception(py, |classes| &classes.internal_error, &message, None)
}

fn exception(
    py: Python<'_>,
    class: impl Fn(&'static Classes) -> &'static Py<PyAny>,
    message: &str,
    problems: Option<Bound<'_, PyTuple>>,
) -> PyErr {
    let raise = || {
        let named = PyDict::new(py);
        if let Some(problems) = problems {
            named.set_item("diagnostics", problems)?;
        }
        class(Classes::of(py)?).bind(py).call((message,), Some(&named))
    };
    raise().map_or_else(|error| error, PyErr::from_value)
}
