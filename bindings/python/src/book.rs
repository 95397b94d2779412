//! The files of a source, made by the command's own function.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use patra_cli::{EarlierBuilds, MaterialSource, make_material};
use pyo3::exceptions::PyFileNotFoundError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::core::{Core, Held};
use crate::options::CallSettings;
use crate::{lock, problem, task};

/// Files by their names, the number of items, that of the handout's pages, the lock's text, and warnings.
type Made<'py> = (Vec<(String, Bound<'py, PyBytes>)>, usize, Option<usize>, Option<String>, Bound<'py, PyTuple>);

/// Whether work is to end.
#[pyclass(frozen, module = "patra._patra")]
pub(crate) struct Cancellation(Arc<AtomicBool>);

#[pymethods]
impl Cancellation {
    #[new]
    fn new() -> Self {
        Cancellation(Arc::default())
    }

    /// Ends the work.
    fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    #[getter]
    fn cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A material with the name of its source and the folder of its pictures.
type Named = (Py<Core>, Option<String>, Option<PathBuf>);

/// The editions of a source, among which it may be too: the files of books, or materials and the place of the source among them.
#[derive(FromPyObject)]
pub(crate) enum Editions {
    Books(Vec<PathBuf>),
    Materials(Vec<Named>, usize),
}

/// What is known of earlier builds: the lock's text, a deck and the time of this build.
type Earlier = (Option<String>, Option<Vec<u8>>, Option<i64>);

/// The files of a source, or `None` where the work was cancelled. A book was read by its path, with the same options.
#[pyfunction]
#[pyo3(signature = (core, path, editions, settings, earlier, cancellation, /))]
pub(crate) fn source_files<'py>(
    py: Python<'py>,
    core: &Core,
    path: Option<&str>,
    editions: Editions,
    settings: &CallSettings,
    earlier: Earlier,
    cancellation: &Cancellation,
) -> PyResult<Option<Made<'py>>> {
    let (lock, deck, now) = earlier;
    let lock = lock.map(|text| lock::parse(py, &text)).transpose()?;
    let (held, call, cancelled) = (Arc::clone(&core.0), Arc::clone(&settings.0), Arc::clone(&cancellation.0));
    let made = task::interruptible(py, move || {
        let earlier = EarlierBuilds { lock: lock.as_ref(), deck, now };
        match (editions, held.book()) {
            (Editions::Books(files), Some(book)) => book.make(&files, earlier, &cancelled),
            (Editions::Books(_), None) => make_material(&[], 0, &call, earlier, &cancelled),
            (Editions::Materials(named, at), _) => {
                let problems: Vec<_> = named.iter().map(|(core, ..)| core.get().0.problems()).collect();
                let sources: Vec<MaterialSource<'_>> = named
                    .iter()
                    .zip(&problems)
                    .map(|((core, name, folder), diagnostics)| {
                        let held: &Held = &core.get().0;
                        MaterialSource {
                            material: &held.material,
                            name: name.as_deref(),
                            folder: folder.as_deref(),
                            sources: held.sources(),
                            media: &held.media,
                            diagnostics,
                        }
                    })
                    .collect();
                make_material(&sources, at, &call, earlier, &cancelled)
            }
        }
    })?;
    match made {
        Ok(made) => {
            let warnings = problem::diagnostics(py, &made.diagnostics, core.place(path))?;
            let files = made.files.into_iter().map(|(name, bytes)| (name, PyBytes::new(py, &bytes)));
            let lock = made.lock.map(|lock| lock.to_string());
            Ok(Some((files.collect(), made.items, made.pages, lock, warnings)))
        }
        Err(error) if error.cancelled => Ok(None),
        Err(error) => {
            let problems = problem::diagnostics(py, &error.diagnostics, core.place(path))?;
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

/// The sources of a folder, by name, as the command takes them.
#[pyfunction]
#[pyo3(signature = (folder, /))]
pub(crate) fn sources_in(folder: PathBuf) -> PyResult<Vec<PathBuf>> {
    /// No such file or directory (POSIX).
    const ENOENT: i32 = 2;
    patra_cli::sources_in(&folder).map_err(|why| PyFileNotFoundError::new_err((ENOENT, why, folder)))
}
