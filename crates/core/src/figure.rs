//! Pictures.

use serde::{Deserialize, Serialize};

use crate::{Span, Text};

/// A picture, by the name of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The picture's file, relative to the source's folder, with `/` between folders.
    pub source: String,
    /// What the picture shows, for those who can't see it. Required for an accessible handout.
    pub alt: String,
    /// What is printed below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Text>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}
