//! Messages in the language of a material.

use crate::{Language, Text};

/// The messages of one language, from its Fluent file.
pub struct Messages {}

impl Messages {
    /// The messages of a language; English where there are none.
    #[must_use]
    pub fn new(_language: &Language) -> Self {
        Messages {}
    }

    /// A message with rich text set into it.
    #[must_use]
    pub fn text(&self, _id: &str, _arguments: &[(&str, &Text)]) -> Text {
        Text::default()
    }

    /// A message with plain words set into it.
    #[must_use]
    pub fn string(&self, id: &str, _arguments: &[(&str, &str)]) -> String {
        id.to_owned()
    }
}
