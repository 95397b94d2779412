//! What is wrong with a model.

use crate::{Diagnostic, Material};

impl Material {
    /// Every problem of the model, in the order of the source.
    #[must_use]
    pub fn problems(&self) -> Vec<Diagnostic> {
        Vec::new()
    }
}
