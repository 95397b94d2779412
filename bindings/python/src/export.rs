//! What is made of a material.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use patra_anki::{Collection, CollectionError, Effect, Media, Translation};
use patra_core::{Diagnostic, Id, Warned};
use patra_pdf::{Edition, Paper};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};

use crate::core::Core;
use crate::options::{deck_options, print_options};
use crate::{problem, task};

/// Why an exporter made nothing: what its error says, and the problems it names.
pub(crate) struct Failed {
    message: String,
    problems: Vec<Diagnostic>,
}

impl Failed {
    pub(crate) fn new(error: &impl std::error::Error, problems: &[Diagnostic]) -> Self {
        Failed { message: error.to_string(), problems: problems.to_vec() }
    }
}

/// What an exporter made, and its warnings; or `patra.ExportError`.
pub(crate) fn made<'py, T>(
    py: Python<'py>,
    core: &Core,
    made: Result<Warned<T>, Failed>,
    path: Option<&str>,
) -> PyResult<(T, Bound<'py, PyTuple>)> {
    match made {
        Ok(made) => Ok((made.output, problem::diagnostics(py, &made.warnings, core.place(path))?)),
        Err(failed) => {
            let problems = problem::diagnostics(py, &failed.problems, core.place(path))?;
            // The problems say more than their sum: the message is made of them where there are any.
            let message = if problems.is_empty() { failed.message.as_str() } else { "" };
            Err(problem::export_error(py, message, problems))
        }
    }
}

/// Pages by the ids that are some; what no id names has no page.
pub(crate) fn by_id(pages: BTreeMap<String, usize>) -> BTreeMap<Id, usize> {
    pages.into_iter().filter_map(|(id, page)| Some((id.parse().ok()?, page))).collect()
}

/// An edition to be set beside another, and its pictures by their names.
type Beside = (Py<Core>, BTreeMap<String, Vec<u8>>);

/// A file, how many pages it has, the page on which each id begins, and warnings.
type Printed<'py> = (Bound<'py, PyBytes>, usize, BTreeMap<String, usize>, Bound<'py, PyTuple>);

/// A PDF. The package has seen to `kind`; `keywords` are the options of papers.
#[pyfunction]
#[pyo3(signature = (core, path, media, kind, keywords, beside=None, /))]
pub(crate) fn pdf<'py>(
    py: Python<'py>,
    core: &Core,
    path: Option<&str>,
    media: BTreeMap<String, Vec<u8>>,
    kind: &str,
    keywords: &Bound<'py, PyDict>,
    beside: Option<Beside>,
) -> PyResult<Printed<'py>> {
    let (mut options, mut found) = print_options(py, keywords)?;
    options.media = media;
    options.paper = match kind {
        "handout" => Paper::Handout,
        "worksheet" => Paper::Worksheet,
        "answers" => Paper::Answers,
        "test" => Paper::Test,
        "test-key" => Paper::TestKey,
        "cards" => Paper::Cards,
        "booklet" => Paper::Booklet,
        _ => return Err(PyValueError::new_err(format!("{kind} is no kind of PDF"))),
    };
    options.beside = beside.map(|(other, media)| Edition::new(other.get().0.material.clone(), media));
    if let Some(problem) = options.problem() {
        let hint = problem.hint.unwrap_or_default();
        return Err(PyValueError::new_err(format!("{}; {hint}", problem.message)));
    }
    let held = Arc::clone(&core.0);
    let result = task::interruptible(py, move || {
        let made = patra_pdf::pdf(&held.material, held.practice(), &options);
        made.map_err(|error| Failed::new(&error, error.diagnostics()))
    })?;
    let (pdf, warnings) = made(py, core, result, path)?;
    let pages = pdf.pages.into_iter().map(|(id, page)| (id.to_string(), page)).collect();
    if !warnings.is_empty() {
        found = found.add(warnings)?.cast_into()?;
    }
    Ok((PyBytes::new(py, &pdf.bytes), pdf.page_count, pages, found))
}

/// A package, the lock's text, what became of each note (item, kind, GUID), and warnings.
type Deck<'py> = (Bound<'py, PyBytes>, String, Vec<(String, &'static str, String)>, Bound<'py, PyTuple>);

/// The files of a deck: those given, else those that the material names, to be opened as they are packed.
pub(crate) fn deck_media(
    py: Python<'_>,
    core: &Core,
    given: Option<BTreeMap<String, Vec<u8>>>,
    folder: Option<PathBuf>,
) -> PyResult<BTreeMap<String, Media>> {
    if let Some(given) = given {
        return Ok(given.into_iter().map(|(name, bytes)| (name, bytes.into())).collect());
    }
    let held = Arc::clone(&core.0);
    let (files, _) =
        task::interruptible(py, move || patra_source::files(&held.material, folder.as_deref(), &held.media))?;
    let carried = core.0.media.iter().map(|(name, bytes)| (name.clone(), Media::from(bytes.clone())));
    let opened = files.into_iter().map(|(name, path)| (name, Media::opened(move || File::open(&path))));
    Ok(opened.chain(carried).collect())
}

/// A deck, made with the options that the keywords are. Where no media are given, they are read from the folder as they are
/// packed.
#[pyfunction]
#[pyo3(signature = (core, path, pages, media, folder, keywords, /))]
pub(crate) fn deck<'py>(
    py: Python<'py>,
    core: &Core,
    path: Option<&str>,
    pages: BTreeMap<String, usize>,
    media: Option<BTreeMap<String, Vec<u8>>>,
    folder: Option<PathBuf>,
    keywords: &Bound<'py, PyDict>,
) -> PyResult<Deck<'py>> {
    let (mut options, _, translation) = deck_options(py, keywords)?;
    options.media = deck_media(py, core, media, folder)?;
    let held = Arc::clone(&core.0);
    let other = translation.map(|other| Arc::clone(&other.get().0));
    let result = task::interruptible(py, move || {
        options.translation = other.map(|other| Translation::of(&other.material));
        let mut practice = Cow::Borrowed(held.practice());
        if !pages.is_empty() {
            practice.to_mut().set_pages(&by_id(pages));
        }
        let made = patra_anki::apkg(&held.material, &practice, &options);
        made.map_err(|error| Failed::new(&error, error.diagnostics()))
    })?;
    let (apkg, warnings) = made(py, core, result, path)?;
    let changes = apkg.changes.into_iter().map(|change| (change.item.to_string(), change.kind.as_str(), change.guid));
    Ok((PyBytes::new(py, &apkg.bytes), apkg.lock.to_string(), changes.collect(), warnings))
}

/// Outcome, edits, own tags lost, whether it returns, whether it is held back, cards added, cards left empty.
type Met = (&'static str, &'static str, Vec<String>, bool, bool, Vec<u16>, Vec<u16>);

/// Item, change, GUID, note type, question, effect.
type PlannedNote = (String, &'static str, String, &'static str, String, Option<Met>);

/// Name, notes, cards added, whether it is there, cards in other decks.
type PlannedDeck = (String, usize, Option<usize>, Option<bool>, Vec<(String, usize)>);

/// The deck's name, its notes, its decks, the note types, and warnings.
type Planned<'py> =
    (String, Vec<PlannedNote>, Vec<PlannedDeck>, Vec<(&'static str, &'static str)>, Bound<'py, PyTuple>);

/// What importing a deck will do that is made with the options that the keywords are.
#[pyfunction]
#[pyo3(signature = (core, path, media, folder, keywords, collection, /))]
pub(crate) fn plan<'py>(
    py: Python<'py>,
    core: &Core,
    path: Option<&str>,
    media: Option<BTreeMap<String, Vec<u8>>>,
    folder: Option<PathBuf>,
    keywords: &Bound<'py, PyDict>,
    collection: Option<PathBuf>,
) -> PyResult<Planned<'py>> {
    let (mut options, _, translation) = deck_options(py, keywords)?;
    options.media = deck_media(py, core, media, folder)?;
    // With a lock, what changed will be newer than all that a learner has by now.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|time| i64::try_from(time.as_secs()).ok());
    options.now = options.lock.as_ref().and(now);
    let held = Arc::clone(&core.0);
    let other = translation.map(|other| Arc::clone(&other.get().0));
    let result = task::interruptible(py, move || {
        options.translation = other.map(|other| Translation::of(&other.material));
        let collection = collection.as_deref().map(Collection::open).transpose()?;
        let made = patra_anki::plan(&held.material, held.practice(), &options, collection.as_ref());
        Ok::<_, CollectionError>(made.map_err(|error| Failed::new(&error, error.diagnostics())))
    })?;
    let result = result.map_err(|error| {
        let hint = error.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
        if error.is_file() {
            PyOSError::new_err(format!("{error}{hint}"))
        } else {
            problem::export_error(py, &format!("{error}{hint}"), PyTuple::empty(py))
        }
    })?;
    let (plan, warnings) = made(py, core, result, path)?;
    let notes = plan.notes.into_iter().map(|note| {
        let kind = note.change.as_str();
        (note.item.to_string(), kind, note.guid, note.note_type, note.question, note.effect.map(met))
    });
    let decks = plan.decks.into_iter().map(|d| (d.name, d.notes, d.new_cards, d.exists, d.elsewhere));
    let note_types = plan.note_types.into_iter().map(|plan| {
        let schema = plan.schema.as_str();
        (plan.note_type, schema)
    });
    Ok((plan.deck, notes.collect(), decks.collect(), note_types.collect(), warnings))
}

fn met(effect: Effect) -> Met {
    let outcome = effect.outcome.as_str();
    let edits = effect.edits.as_str();
    let Effect { lost_tags, returns, held_back, new_cards, empty_cards, .. } = effect;
    (outcome, edits, lost_tags, returns, held_back, new_cards, empty_cards)
}
