//! A material, held for Python.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use patra_cli::Book;
use patra_core::{Diagnostic, Material, Practice, Read, Source, SourceMap};
use patra_source::{Decoded, FileRead, Form};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::export::by_id;
use crate::options::{CallSettings, file_error};
use crate::problem::{self, Place};
use crate::view::View;
use crate::{intake, task};

/// A material in its native form.
#[pyclass(frozen, module = "patra._patra")]
pub(crate) struct Core(pub(crate) Arc<Held>);

/// A material with what it was read from and what follows from it.
pub(crate) struct Held {
    pub(crate) material: Material,
    /// What was noticed when it was read.
    read: Vec<Diagnostic>,
    /// What was noticed when ids were derived.
    derived: Vec<Diagnostic>,
    origin: Option<Arc<Origin>>,
    /// The pictures and sounds that the source brought.
    pub(crate) media: BTreeMap<String, Vec<u8>>,
    practice: OnceLock<Practice>,
    every_item: OnceLock<Practice>,
}

/// What a material was read from.
pub(crate) enum Origin {
    /// A text, with those of the files that it includes.
    Text(SourceMap),
    Book(Box<Book>),
}

impl Held {
    /// What is asked, made once.
    pub(crate) fn practice(&self) -> &Practice {
        self.practice.get_or_init(|| Practice::of(&self.material))
    }

    /// All that is wrong with it, in the order of the source; those without a place come last.
    pub(crate) fn problems(&self) -> Vec<Diagnostic> {
        let mut problems: Vec<Diagnostic> = self.read.iter().chain(&self.derived).cloned().collect();
        for problem in self.model_problems() {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        problems.sort_by_key(|problem| (problem.span.is_none(), problem.span.start()));
        problems
    }

    /// What is wrong with the model. Of several files it is told too where the other of two equal ids stands.
    fn model_problems(&self) -> Vec<Diagnostic> {
        let mut problems = self.material.problems();
        let sources = self.book().map(Book::sources).or(self.sources().filter(|sources| sources.has_several()));
        if let Some(sources) = sources {
            patra_source::tell_other(&self.material, sources, &mut problems);
        }
        problems
    }

    /// The text that it was read from, where it is kept, with those of the files that it includes.
    pub(crate) fn sources(&self) -> Option<&SourceMap> {
        match self.origin.as_deref() {
            Some(Origin::Text(sources)) => Some(sources),
            _ => None,
        }
    }

    /// The book that it was read from.
    pub(crate) fn book(&self) -> Option<&Book> {
        match self.origin.as_deref() {
            Some(Origin::Book(book)) => Some(book),
            _ => None,
        }
    }

    fn asked(&self, every_kind: bool) -> &Practice {
        if every_kind { self.every_item() } else { self.practice() }
    }

    /// Items of every kind that the author does not rule out, made once.
    pub(crate) fn every_item(&self) -> &Practice {
        self.every_item.get_or_init(|| Practice::of_every_kind(&self.material))
    }
}

/// A core where one could be made, and what was found wrong.
pub(crate) type Found<'py> = (Option<Core>, Bound<'py, PyTuple>);

impl Core {
    pub(crate) fn hold(material: Material, derived: Vec<Diagnostic>, origin: Option<Arc<Origin>>) -> Self {
        Core::hold_read(material, Vec::new(), derived, origin, BTreeMap::new())
    }

    fn hold_read(
        material: Material,
        read: Vec<Diagnostic>,
        derived: Vec<Diagnostic>,
        origin: Option<Arc<Origin>>,
        media: BTreeMap<String, Vec<u8>>,
    ) -> Self {
        let (practice, every_item) = (OnceLock::new(), OnceLock::new());
        Core(Arc::new(Held { material, read, derived, origin, media, practice, every_item }))
    }

    /// With ids for what has none.
    fn identified(py: Python<'_>, mut material: Material, origin: Option<Arc<Origin>>) -> PyResult<Self> {
        let (material, derived) = task::interruptible(py, move || {
            let derived = material.assign_ids();
            (material, derived)
        })?;
        Ok(Core::hold(material, derived, origin))
    }

    /// What takes long of a material's.
    fn work<T: Send + 'static>(&self, py: Python<'_>, work: impl FnOnce(&Held) -> T + Send + 'static) -> PyResult<T> {
        let held = Arc::clone(&self.0);
        task::interruptible(py, move || work(&held))
    }

    /// Where problems of the material stand.
    pub(crate) fn place<'a>(&'a self, path: Option<&'a str>) -> Place<'a> {
        match self.0.origin.as_deref() {
            Some(Origin::Text(sources)) => Place::Files(sources, path),
            Some(Origin::Book(book)) => Place::Book(book.sources()),
            None => Place::Nowhere(path),
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
            Core::identified(py, material, None)
        })
    }

    /// A material from a source of the kind that its name tells, with the files of the folder that it includes.
    #[staticmethod]
    #[pyo3(signature = (text, path, folder, /))]
    fn read<'py>(
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        path: Option<&str>,
        folder: Option<PathBuf>,
    ) -> PyResult<Found<'py>> {
        // What has no name, or none that tells, is what patra is written in.
        let form = path.and_then(Form::of).unwrap_or(Form::Markdown);
        let called = path.map(str::to_owned);
        let FileRead { sources, read, media } = if let Ok(bytes) = text.cast::<PyBytes>() {
            let bytes = bytes.as_bytes().to_vec();
            task::interruptible(py, move || {
                patra_source::read_bytes(bytes, form, called.as_deref(), folder.as_deref())
            })?
        } else {
            // Text already: there is no encoding to find out.
            let text = intake::words(text, "the text")?;
            let source = Source::new(text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned));
            task::interruptible(py, move || {
                patra_source::read_text(source, form, called.as_deref(), folder.as_deref())
            })?
        };
        let problems = problem::diagnostics(py, &read.diagnostics, Place::Files(&sources, path))?;
        let Read { material, diagnostics } = read;
        let origin = Some(Arc::new(Origin::Text(sources)));
        let core = material.map(|material| Core::hold_read(material, diagnostics, Vec::new(), origin, media));
        Ok((core, problems))
    }

    /// A book by the path of its file, with the options by which its files will be made.
    #[staticmethod]
    #[pyo3(signature = (path, settings, /))]
    fn read_book<'py>(py: Python<'py>, path: PathBuf, settings: Option<&CallSettings>) -> PyResult<Found<'py>> {
        let called = path.clone();
        let call = settings.map(|settings| Arc::clone(&settings.0)).unwrap_or_default();
        let read = task::interruptible(py, move || Book::read(&path, call))?;
        let book = read.map_err(|error| file_error(&error, &called))?;
        let problems = problem::diagnostics(py, book.diagnostics(), Place::Book(book.sources()))?;
        let (material, read) = (book.material().cloned(), book.diagnostics().to_vec());
        let origin = Some(Arc::new(Origin::Book(Box::new(book))));
        let core = material.map(|material| Core::hold_read(material, read, Vec::new(), origin, BTreeMap::new()));
        Ok((core, problems))
    }

    /// The same with some fields changed.
    #[pyo3(signature = (fields, /))]
    fn changed(&self, py: Python<'_>, fields: &Bound<'_, PyDict>) -> PyResult<Self> {
        task::attached(py, || {
            let mut material = self.0.material.clone();
            intake::set_fields(&mut material, fields)?;
            Core::identified(py, material, self.0.origin.clone())
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
        let source = match source_of(py, stored, path)? {
            Ok(source) => source,
            Err(problems) => return Ok((None, problems)),
        };
        let (read, source) = task::interruptible(py, move || (Material::from_json(source.text()), source))?;
        match read {
            Ok(material) => Ok((Some(Core::hold(material, Vec::new(), None)), PyTuple::empty(py))),
            Err(problem) => {
                let place = if by_key { Place::Keys(&source) } else { Place::Text(&source, path) };
                Ok((None, problem::diagnostics(py, &[problem], place)?))
            }
        }
    }

    /// A material from its stored form in YAML.
    #[staticmethod]
    #[pyo3(signature = (stored, path, /))]
    fn from_yaml<'py>(py: Python<'py>, stored: &Bound<'py, PyAny>, path: Option<&str>) -> PyResult<Found<'py>> {
        let source = match source_of(py, stored, path)? {
            Ok(source) => source,
            Err(problems) => return Ok((None, problems)),
        };
        let (read, source) = task::interruptible(py, move || (patra_source::from_yaml(source.text()), source))?;
        match read {
            Ok(material) => Ok((Some(Core::hold(material, Vec::new(), None)), PyTuple::empty(py))),
            Err(problem) => Ok((None, problem::diagnostics(py, &[problem], Place::Text(&source, path))?)),
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
        let length = self.0.sources().map_or(usize::MAX, |sources| sources.first().text().len());
        task::attached(py, || View::new(py)?.of_source(length).sections(&self.0.material.sections))
    }

    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.work(py, |held| held.material.to_json())
    }

    fn to_yaml(&self, py: Python<'_>) -> PyResult<String> {
        self.work(py, |held| patra_source::to_yaml(&held.material))
    }

    fn to_markdown(&self, py: Python<'_>) -> PyResult<String> {
        self.work(py, |held| patra_markdown::write(&held.material))
    }

    /// What is wrong with the model.
    #[pyo3(signature = (path, /))]
    fn problems<'py>(&self, py: Python<'py>, path: Option<&str>) -> PyResult<Bound<'py, PyTuple>> {
        let mut problems = self.work(py, Held::model_problems)?;
        problems.splice(0..0, self.0.derived.iter().cloned());
        problem::diagnostics(py, &problems, self.place(path))
    }

    /// What a learner is asked: of the kinds that the author sets, or of every kind not ruled out.
    #[pyo3(signature = (every_kind, pages, /))]
    fn practice<'py>(
        &self,
        py: Python<'py>,
        every_kind: bool,
        pages: BTreeMap<String, usize>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let paged = self.work(py, move |held| {
            let practice = held.asked(every_kind);
            (!pages.is_empty()).then(|| {
                let mut practice = practice.clone();
                practice.set_pages(&by_id(pages));
                practice
            })
        })?;
        let practice = paged.as_ref().unwrap_or_else(|| self.0.asked(every_kind));
        task::attached(py, || View::new(py)?.items(practice.items(), &self.language()))
    }

    /// How many items a learner is asked.
    fn count(&self, py: Python<'_>) -> PyResult<usize> {
        self.work(py, |held| held.practice().items().len())
    }

    /// Advice on what is asked.
    #[pyo3(signature = (path, /))]
    fn advice<'py>(&self, py: Python<'py>, path: Option<&str>) -> PyResult<Bound<'py, PyTuple>> {
        let advice = self.work(py, |held| held.material.advice())?;
        problem::diagnostics(py, &advice, self.place(path))
    }

    /// The author's settings for what is asked, in the stored form.
    #[getter]
    fn practice_settings(&self) -> String {
        serde_json::to_string(&self.0.material.practice).unwrap_or_default()
    }

    #[getter]
    fn messages(&self) -> BTreeMap<String, String> {
        self.0.material.messages.clone()
    }

    /// The files of the figures by their names as written, of those that can be read: from the source's folder alone, as the
    /// command reads them. Exporters warn of a figure without a file.
    #[pyo3(signature = (folder, /))]
    fn pictures<'py>(&self, py: Python<'py>, folder: Option<PathBuf>) -> PyResult<Bound<'py, PyDict>> {
        let (pictures, _) =
            self.work(py, move |held| patra_source::pictures(&held.material, folder.as_deref(), &held.media))?;
        let found = PyDict::new(py);
        for (name, bytes) in pictures {
            found.set_item(name, PyBytes::new(py, &bytes))?;
        }
        Ok(found)
    }

    /// Whether the other is the same material, wherever it was read.
    #[pyo3(signature = (other, /))]
    fn same(&self, py: Python<'_>, other: &Core) -> PyResult<bool> {
        let (one, other) = (&self.0.material, &other.0.material);
        task::detached(py, || one == other)
    }
}

/// The source that a `str` or bytes hold; the problem where bytes are not text in UTF-8.
fn source_of<'py>(
    py: Python<'py>,
    given: &Bound<'py, PyAny>,
    path: Option<&str>,
) -> PyResult<Result<Source, Bound<'py, PyTuple>>> {
    let Ok(bytes) = given.cast::<PyBytes>() else {
        // Text already: there is no encoding to find out.
        let text = intake::words(given, "the text")?;
        return Ok(Ok(Source::new(text.strip_prefix('\u{FEFF}').map_or(text.clone(), str::to_owned))));
    };
    let Decoded { source, problem } = patra_source::decode(bytes.as_bytes().to_vec());
    match problem {
        None => Ok(Ok(source)),
        Some(problem) => Ok(Err(problem::diagnostics(py, &[problem], Place::Text(&source, path))?)),
    }
}
