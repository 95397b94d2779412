//! How papers look: what a theme and its options say, read once.

use patra_core::Source;
use patra_pdf::{Contents, FontFile, PdfOptions, Theme};
use patra_source::decode;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::problem::{self, Place};

/// Options of papers beside those that a call names.
#[pyclass(frozen, module = "patra._patra")]
pub(crate) struct Look(pub(crate) PdfOptions);

/// Options of papers, and warnings of the theme. `theme` is its name or its file's, and what the file holds if it is one.
#[pyfunction]
#[pyo3(signature = (theme, margins, binding, single_sided, contents, fonts, /))]
pub(crate) fn look<'py>(
    py: Python<'py>,
    theme: (&str, Option<Vec<u8>>),
    margins: Option<[f32; 3]>,
    binding: f32,
    single_sided: bool,
    contents: &str,
    fonts: Vec<(String, Vec<u8>)>,
) -> PyResult<(Look, Bound<'py, PyTuple>)> {
    let mut options = PdfOptions::default();
    let (name, file) = theme;
    let mut warnings = PyTuple::empty(py);
    match file {
        None => {
            let named = Theme::named(name);
            options.theme = named.ok_or_else(|| PyValueError::new_err(format!("{name} is no theme")))?;
        }
        Some(bytes) => {
            let decoded = decode(bytes);
            let source: &Source = &decoded.source;
            let read = match decoded.problem {
                Some(problem) => Err(vec![problem]),
                None => Theme::read(source),
            };
            let place = Place::Text(source, Some(name));
            match read {
                Ok(read) => {
                    options.theme = read.output;
                    warnings = problem::diagnostics(py, &read.warnings, place)?;
                }
                Err(problems) => {
                    let problems = problem::diagnostics(py, &problems, place)?;
                    return Err(problem::export_error(py, "", problems));
                }
            }
        }
    }
    if let Some([top, side, bottom]) = margins {
        options.theme.margins.top = top;
        options.theme.margins.side = side;
        options.theme.margins.bottom = bottom;
        options.theme.margins.exact = true;
    }
    for (name, bytes) in fonts {
        match FontFile::read(&name, bytes) {
            Ok(font) => options.fonts.push(font),
            Err(problem) => {
                let problems = problem::diagnostics(py, &[problem], Place::Nowhere(Some(&name)))?;
                return Err(problem::export_error(py, "", problems));
            }
        }
    }
    options.binding = binding;
    options.single_sided = single_sided;
    options.contents = match contents {
        "always" => Contents::Always,
        "never" => Contents::Never,
        _ => Contents::Auto,
    };
    Ok((Look(options), warnings))
}

/// The names of the themes that come with patra.
#[pyfunction]
pub(crate) fn theme_names() -> Vec<&'static str> {
    Theme::NAMES.to_vec()
}
