//! Sections: headings and what stands below them.

use serde::{Deserialize, Serialize};

use crate::{Block, Id, Span, Text};

/// A heading and what stands below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its id; derived from the heading where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// Its heading. Only the material's first section may lack one: it holds what comes before the first heading.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub heading: Text,
    /// What it is made of, before its subsections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// Its subsections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Where it stood, with its blocks and subsections.
    #[serde(skip)]
    pub span: Span,
}
