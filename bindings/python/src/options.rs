//! The options of a call, from keywords that mean what their declarations say.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use patra_anki::ApkgOptions;
use patra_cli::CallOptions;
use patra_core::{Source, Span};
use patra_options::{Assignment, Group, Meaning, OptionSpec, Options, Value, Values};
use patra_pdf::{FontFile, PdfOptions, Theme};
use patra_sheets::SheetsOptions;
use patra_source::decode;
use pyo3::exceptions::{PyOSError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::core::Core;
use crate::lock;
use crate::problem::{self, Place};

/// The options of a call, with the theme and the fonts that they name.
#[pyclass(frozen, module = "patra._patra")]
pub(crate) struct CallSettings(pub(crate) Arc<CallOptions>);

#[pymethods]
impl CallSettings {
    /// Whether another edition of each material has to be at hand.
    #[getter]
    fn asks_for_editions(&self) -> bool {
        self.0.asks_for_editions()
    }
}

/// The options that these keywords are, and the warnings of the theme that they name.
#[pyfunction]
#[pyo3(signature = (keywords, /))]
pub(crate) fn call_settings<'py>(
    py: Python<'py>,
    keywords: &Bound<'py, PyDict>,
) -> PyResult<(CallSettings, Bound<'py, PyTuple>)> {
    let (call, warnings) = call_options(py, assignments(keywords, &Group::ALL)?)?;
    Ok((CallSettings(Arc::new(call)), warnings))
}

/// How papers are printed with these keywords, without pictures; and the warnings of the theme that they name.
pub(crate) fn print_options<'py>(
    py: Python<'py>,
    keywords: &Bound<'py, PyDict>,
) -> PyResult<(PdfOptions, Bound<'py, PyTuple>)> {
    let (call, warnings) = call_options(py, assignments(keywords, &[Group::Papers])?)?;
    if let Some(problem) = call.problem() {
        let hint = problem.hint.unwrap_or_default();
        return Err(PyValueError::new_err(format!("{}; {hint}", problem.message)));
    }
    Ok((call.print_options().clone(), warnings))
}

/// How a deck and sheets are made with these keywords. Those that options of a call can't be come with them: `lock`, `earlier`,
/// `now` and `deck`, the deck's name, and `translation`, the material that is shown beside it.
pub(crate) fn deck_options(
    py: Python<'_>,
    keywords: &Bound<'_, PyDict>,
) -> PyResult<(ApkgOptions, SheetsOptions, Option<Py<Core>>)> {
    let declared = keywords.copy()?;
    let take = |name: &str| -> PyResult<Option<Bound<'_, PyAny>>> {
        let value = declared.get_item(name)?.filter(|value| !value.is_none());
        if declared.contains(name)? {
            declared.del_item(name)?;
        }
        Ok(value)
    };
    let lock = take("lock")?.map(|text| lock::parse(py, &text.extract::<String>()?)).transpose()?;
    let earlier = take("earlier")?.map(|bytes| bytes.extract()).transpose()?;
    let now = take("now")?.map(|time| time.extract()).transpose()?;
    let deck = take("deck")?.map(|name| name.extract()).transpose()?;
    let translation = take("translation")?.map(|core| core.cast_into::<Core>().map(Bound::unbind)).transpose()?;
    let options = Options::of(&[&assignments(&declared, &[Group::Deck, Group::Sheets])?]);
    let mut package = options.deck.package;
    package.lock = lock;
    package.earlier = earlier;
    package.now = now;
    package.deck = deck;
    Ok((package, options.sheets, translation))
}

fn call_options(py: Python<'_>, assignments: Vec<Assignment>) -> PyResult<(CallOptions, Bound<'_, PyTuple>)> {
    let papers = Options::of(&[&assignments]).papers;
    let (theme, warnings) = theme(py, &papers.theme)?;
    let fonts = papers.fonts.iter().map(|path| font(py, path)).collect::<PyResult<Vec<_>>>()?;
    Ok((CallOptions::new(assignments, theme, fonts), warnings))
}

/// The name of each option on the command line, its keyword, and the table that it has in a book's file.
#[pyfunction]
pub(crate) fn option_names() -> Vec<(&'static str, &'static str, Option<&'static str>)> {
    OptionSpec::all().map(|option| (option.name, option.python.name, option.group.table())).collect()
}

/// The options of these groups that keywords are; `None` is as good as no keyword.
fn assignments(keywords: &Bound<'_, PyDict>, groups: &[Group]) -> PyResult<Vec<Assignment>> {
    let mut assignments = Vec::new();
    for (keyword, value) in keywords {
        let keyword: String = keyword.extract()?;
        let mut options = OptionSpec::all().filter(|option| groups.contains(&option.group));
        let option = options.find(|option| option.python.name == keyword);
        let option = option.ok_or_else(|| PyTypeError::new_err(format!("there is no option {keyword}")))?;
        if !value.is_none() {
            let values = values(option, &value)?;
            assignments.extend(values.into_iter().map(|value| Assignment::new(option, value, Span::NONE)));
        }
    }
    Ok(assignments)
}

/// The values of an option that a keyword gives.
fn values(option: &'static OptionSpec, given: &Bound<'_, PyAny>) -> PyResult<Vec<Value>> {
    let parse = |words: &str| {
        let name = option.python.name;
        option
            .parse(words)
            .map_err(|expected| PyValueError::new_err(format!("{name}: {expected}; not {}", shown(given))))
    };
    let path = |value: &Bound<'_, PyAny>| value.extract::<PathBuf>().map(|path| Value::Path(path.into_os_string()));
    match (option.python.meaning, &option.values) {
        (Meaning::Named(names), _) => {
            let name: String = given.extract()?;
            match names.iter().position(|known| *known == name) {
                Some(place) => Ok(if place == 1 { vec![Value::On] } else { Vec::new() }),
                None => {
                    let message =
                        format!("{} is one of {}; not {}", option.python.name, names.join(", "), shown(given));
                    Err(PyValueError::new_err(message))
                }
            }
        }
        (meaning, Values::Switch(_)) => {
            let on = given.is_truthy()? != (meaning == Meaning::Negated);
            Ok(if on { vec![Value::On] } else { Vec::new() })
        }
        (_, Values::Several(..)) => {
            let names = several(option, given)?.into_iter().map(|name| parse(&name.extract::<String>()?));
            let names = names.collect::<PyResult<Vec<Value>>>()?;
            Ok(if names.is_empty() { vec![Value::None] } else { names })
        }
        (_, Values::Files(_)) => several(option, given)?.iter().map(path).collect(),
        (_, Values::NameOrFile(..)) => Ok(vec![path(given)?]),
        (_, Values::Lengths(_)) => {
            let lengths = given.extract::<f64>().map(|one| vec![one]).or_else(|_| given.extract::<Vec<f64>>())?;
            let words: Vec<String> = lengths.iter().map(f64::to_string).collect();
            Ok(vec![parse(&words.join(","))?])
        }
        // A number is written as the command line has it; what is none is refused there.
        _ => Ok(vec![parse(&given.str()?.to_string_lossy())?]),
    }
}

/// What a list holds; a string or a path alone is no list of them.
fn several<'py>(option: &OptionSpec, given: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if given.is_instance_of::<PyString>() || given.hasattr("__fspath__")? {
        let message = format!("{} is a list; not {}", option.python.name, shown(given));
        return Err(PyTypeError::new_err(message));
    }
    given.try_iter()?.collect()
}

fn shown(given: &Bound<'_, PyAny>) -> String {
    given.repr().map_or_else(|_| "this".to_owned(), |shown| shown.to_string_lossy().into_owned())
}

/// A theme that comes with patra, or that of a file, with its warnings.
fn theme<'py>(py: Python<'py>, name: &OsString) -> PyResult<(Theme, Bound<'py, PyTuple>)> {
    if let Some(theme) = name.to_str().and_then(Theme::named) {
        return Ok((theme, PyTuple::empty(py)));
    }
    let decoded = decode(bytes(Path::new(name))?);
    let source: &Source = &decoded.source;
    let called = name.to_string_lossy();
    let place = Place::Text(source, Some(&called));
    let read = match decoded.problem {
        Some(problem) => Err(vec![problem]),
        None => Theme::read(source),
    };
    match read {
        Ok(read) => Ok((read.output, problem::diagnostics(py, &read.warnings, place)?)),
        Err(problems) => Err(problem::export_error(py, "", problem::diagnostics(py, &problems, place)?)),
    }
}

fn font(py: Python<'_>, path: &Path) -> PyResult<FontFile> {
    let name = path.display().to_string();
    match FontFile::read(&name, bytes(path)?) {
        Ok(font) => Ok(font),
        Err(problem) => {
            let problems = problem::diagnostics(py, &[problem], Place::Nowhere(Some(&name)))?;
            Err(problem::export_error(py, "", problems))
        }
    }
}

fn bytes(path: &Path) -> PyResult<Vec<u8>> {
    patra_source::read_file(path).map_err(|error| file_error(&error, path))
}

/// The error of a file, of the kind that Python has for its number.
pub(crate) fn file_error(error: &std::io::Error, path: &Path) -> PyErr {
    match error.raw_os_error() {
        Some(number) => PyOSError::new_err((number, error.kind().to_string(), path.to_owned())),
        None => PyOSError::new_err(format!("{}: {error}", path.display())),
    }
}
