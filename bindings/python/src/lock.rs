//! The lock that the sources of a folder share, while many of them are built.

use std::sync::{Mutex, MutexGuard, PoisonError};

use patra_anki::Lock;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::core::Core;
use crate::problem;

/// A lock: what it said before, and what was handed out since.
#[pyclass(frozen, module = "patra._patra")]
pub(crate) struct Locks {
    before: Lock,
    after: Mutex<Lock>,
}

impl Locks {
    fn after(&self) -> MutexGuard<'_, Lock> {
        self.after.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Locks {
    /// A lock from its text.
    #[new]
    #[pyo3(signature = (text, /))]
    fn new(py: Python<'_>, text: &str) -> PyResult<Self> {
        let before = parse(py, text)?;
        Ok(Locks { after: Mutex::new(before.clone()), before })
    }

    /// The text of the part for one material, or `None` where it says nothing of it. A deck is made by the part alone: a
    /// folder's lock may speak of thousands.
    #[pyo3(signature = (core, /))]
    fn part(&self, core: &Core) -> Option<String> {
        let material = &core.0.material;
        self.before.knows(material).then(|| {
            let mut part = Lock::default();
            part.take(&self.before, material);
            part.to_string()
        })
    }

    /// Takes over what the deck of a material handed out.
    #[pyo3(signature = (text, core, /))]
    fn take(&self, py: Python<'_>, text: &str, core: &Core) -> PyResult<()> {
        let lock = parse(py, text)?;
        self.after().take(&lock, &core.0.material);
        Ok(())
    }

    /// The text to keep; `None` where it says what it said before.
    fn text(&self) -> Option<String> {
        let after = self.after();
        (*after != self.before).then(|| after.to_string())
    }
}

/// A lock from its text, or `patra.ExportError`.
pub(crate) fn parse(py: Python<'_>, text: &str) -> PyResult<Lock> {
    Lock::parse(text).map_err(|error| problem::export_error(py, &format!("the lock: {error}"), PyTuple::empty(py)))
}
