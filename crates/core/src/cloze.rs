//! Sentences with gaps.

use serde::{Deserialize, Serialize};

use crate::{Id, Span, Text};

/// A sentence with numbered gaps: a paragraph that holds at least one [gap](crate::Run::Gap).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cloze {
    /// Its id; derived from the words outside the gaps where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// The sentence, gaps in it.
    pub text: Text,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}
