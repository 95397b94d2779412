//! Questions that the author asks.

use serde::{Deserialize, Serialize};

use crate::{Block, Id, ListMarker, Marks, Room, Span, Text};

/// A question that the author asks, with its answer; without one it is a task, which is printed and never made a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its id; derived from the prompt where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// What is asked.
    pub prompt: Text,
    /// Blocks that belong to the question and are shown with it: numbered statements, a table, a picture, a passage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stem: Vec<Block>,
    /// The answer; with choices it may be empty, or say why the right ones are right. Empty for a task.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub answer: Text,
    /// What else belongs to the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Block>,
    /// The choices offered, in the author's order; none where the question is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// How the choices are lettered, where the author letters them; otherwise each output does so in its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lettering: Option<ListMarker>,
    /// What helps a learner who is stuck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// Room to write on paper, where the author asks for it; otherwise a paper leaves as much as the answer needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Room>,
    /// Marks that a test gives for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<Marks>,
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
    /// Whether it keeps its place where the choices are put in a drawn order.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

impl Question {
    /// Whether the author gives an answer: with choices a right one, otherwise words or blocks.
    ///
    /// A question without an answer is a task: papers print it with room to write, quizzes leave it to a person to mark, and
    /// neither a deck nor a key has it.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        if self.choices.is_empty() {
            !self.answer.is_blank() || !self.details.is_empty()
        } else {
            self.choices.iter().any(|choice| choice.correct)
        }
    }
}
