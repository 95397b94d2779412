//! Questions that the author asks.

use serde::{Deserialize, Serialize};

use crate::{Block, Id, Span, Text};

/// A question that the author asks, with its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its id; derived from the prompt where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// What is asked.
    pub prompt: Text,
    /// The answer; with choices it may be empty, or say why the right ones are right.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub answer: Text,
    /// What else belongs to the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Block>,
    /// The choices offered, in the author's order; none where the question is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// What helps a learner who is stuck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// An answer offered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What it says.
    pub text: Text,
    /// Whether it is right; several may be.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub correct: bool,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}
