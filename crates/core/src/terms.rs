//! Things of one kind, each with its description.

use serde::{Deserialize, Serialize};

use crate::{Block, Id, Span, Text};

/// A list of things of one kind, each a term with its description.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Its id; derived from the kind where the author gave none, else from the section's heading.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// The kind of thing listed, as it is called in a question: `types of BPO`. Where it is absent, the section's
    /// heading serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Text>,
    /// Whether the order matters, as in the steps of a process.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ordered: bool,
    /// The things listed.
    pub entries: Vec<Entry>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// A term and its description, one of several of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its id; derived from the term where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// The term.
    pub term: Text,
    /// What is said of it, in a paragraph.
    pub description: Text,
    /// What else is said of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Block>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}
