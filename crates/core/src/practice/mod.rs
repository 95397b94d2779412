//! Practice: what a learner is asked, computed from the model once and used by every exporter.

mod generate;
mod item;
mod mask;

pub use item::{Answer, Item, Kind, RowCell};

use crate::Material;

/// All that a learner is asked about a material, in the order of the source.
///
/// Every item's id follows from the id of what it asks about and its [kind](Kind), so that no change of wording, order or
/// neighbours changes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Practice {
    items: Vec<Item>,
}

impl Practice {
    /// The items that follow from a material whose ids are [assigned](Material::assign_ids).
    #[must_use]
    pub fn of(material: &Material) -> Self {
        Practice { items: generate::items(material) }
    }

    /// The items, in the order of the source.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }
}
