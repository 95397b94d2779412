//! Ids that the author did not write.

use crate::Material;

impl Material {
    /// Derives every id that is unset.
    pub fn assign_ids(&mut self) {}
}
