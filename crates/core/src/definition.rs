//! A term and what it means.

use serde::{Deserialize, Serialize};

use crate::{Block, Id, Span, Text};

/// A term and what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its id; derived from the term where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// The term defined.
    pub term: Text,
    /// What the term stands for, where it is an abbreviation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_form: Option<Text>,
    /// What it means, in a paragraph.
    pub meaning: Text,
    /// What else is said of it: further paragraphs, lists, figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Block>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}
