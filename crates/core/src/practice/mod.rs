//! Practice: what a learner is asked, computed from the model once and used by every exporter.

mod item;

pub use item::{Answer, Item, Kind, RowCell};

use crate::Material;

/// All that a learner is asked about a material, in the order of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Practice {
    items: Vec<Item>,
}

impl Practice {
    /// The items that follow from a material whose ids are [assigned](Material::assign_ids).
    #[must_use]
    pub fn of(_material: &Material) -> Self {
        Practice { items: Vec::new() }
    }

    /// The items, in the order of the source.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }
}
