//! Practice: what a learner is asked, computed from the model once and used by every exporter.

mod choice_order;
mod compare;
mod generate;
mod item;
mod mask;
mod reference;
mod seed;
mod setting;
mod sibling;
mod stem;
mod test_paper;
#[cfg(test)]
mod tests;
mod worksheet;

pub use choice_order::{ChoiceOrder, Draw};
pub use item::{Answer, Item, Kind, KindError, RowCell};
pub use setting::PracticeSettings;
pub use test_paper::{TestPaper, TestSection};
pub use worksheet::{Complete, Exercise, Gaps, LeftOut, Match, Sentence, Worksheet, WorksheetOptions};

pub(crate) use stem::stems;

use std::collections::BTreeMap;

use crate::{Id, Material};

/// All that a learner is asked about a material, in the order of the source.
///
/// Every item's id follows from the id of what it asks about and its [kind](Kind), so that no change of wording, order or
/// neighbours changes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Practice {
    items: Vec<Item>,
}

impl Practice {
    /// The items that follow from a material whose ids are [assigned](Material::assign_ids): of the kinds that its
    /// [settings](PracticeSettings) name, else of the [usual](Kind::is_usual) ones.
    #[must_use]
    pub fn of(material: &Material) -> Self {
        let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_usual()).collect();
        Practice { items: generate::items(material, &kinds) }
    }

    /// The items of every kind that the author does not rule out: what worksheets and quizzes draw on.
    #[must_use]
    pub fn of_every_kind(material: &Material) -> Self {
        Practice { items: generate::items(material, &Kind::ALL.into()) }
    }

    /// Tells each item the page of the handout on which what it asks about begins, from a page for every id that has one;
    /// what has none of its own is to be found where its section begins.
    pub fn set_pages(&mut self, pages: &BTreeMap<Id, usize>) {
        for item in &mut self.items {
            item.page = pages.get(&item.about).or_else(|| pages.get(&item.section)).copied();
        }
    }

    /// The items, in the order of the source.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }
}
