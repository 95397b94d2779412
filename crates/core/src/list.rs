//! Lists whose items have no descriptions.

use serde::{Deserialize, Serialize};

use crate::{Block, Span, Text};

/// A list whose items are not terms with descriptions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The number of the first item, where the list is numbered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// The items.
    pub items: Vec<ListItem>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListItem {
    /// Its words; empty where the item begins with another block.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: Text,
    /// What follows the words within the item: further paragraphs, a list below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}
