//! What a learner is asked.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::{Block, Choice, Id, ListMarker, Marks, Phrase, Room, Text, phrase};

/// One thing that a learner is asked, with its answer.
///
/// The same item is a card in the deck, a question on the worksheet and a row in the sheets, under the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its id, unique in the material: the id of what it is about, then its kind: `call-centre.meaning`.
    pub id: Id,
    /// What kind of question it is.
    pub kind: Kind,
    /// The id of what is asked about: a definition, an entry, a list of terms, a row or cell of a comparison, a
    /// question or a sentence with gaps.
    pub about: Id,
    /// The section it comes from.
    pub section: Id,
    /// The headings it stands under, from the outermost; all items of a section share them.
    #[serde(serialize_with = "in_order")]
    pub context: Arc<[Text]>,
    /// The page of the handout on which it is to be found, from 1, once it is [known](crate::Practice::set_pages).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The question, phrased in the material's language; for [`Kind::Gap`] the sentence, its gaps in it.
    pub prompt: Text,
    /// Blocks that belong to the question, shown below the prompt.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stem: Vec<Block>,
    /// The answer.
    pub answer: Answer,
    /// What else belongs to the answer, shown after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Block>,
    /// What helps a learner who is stuck.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// Room to write on paper, where the author asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Room>,
    /// How the author letters the choices, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lettering: Option<ListMarker>,
    /// Marks that a test gives for it, where the author says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<Marks>,
}

fn in_order<S: Serializer>(texts: &Arc<[Text]>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(texts.iter())
}

/// The kinds of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// From a term to its meaning.
    Meaning,
    /// From a meaning to its term.
    Term,
    /// From an abbreviation to what it stands for.
    FullForm,
    /// From what an abbreviation stands for to the abbreviation.
    Abbreviation,
    /// From a meaning to its term, chosen among terms of the same list.
    Pick,
    /// All things of a list.
    Enumerate,
    /// One thing of a list, hidden between its neighbours.
    Member,
    /// What comes after one thing of an ordered list.
    Next,
    /// One cell of a comparison.
    CompareCell,
    /// One row of a comparison: how the subjects differ in an aspect.
    CompareRow,
    /// Which subject of a comparison a cell speaks of.
    Which,
    /// Whether a cell holds of a subject, with the correction where it does not.
    TrueFalse,
    /// One gap of a sentence.
    Gap,
    /// A question of the author's, with an open answer.
    Question,
    /// A question of the author's, with choices.
    Choice,
    /// What a picture shows in one of its regions. It can be asked only where the picture is shown with the region covered.
    Region,
}

/// An answer.
///
/// The enum is exhaustive on purpose: a new form of answer is an error in every exporter until that exporter shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Words.
    Text(Text),
    /// The things of a list.
    Members {
        /// Whether their order belongs to the answer.
        ordered: bool,
        /// The terms.
        terms: Vec<Text>,
    },
    /// What holds of each subject of a comparison.
    Row(Vec<RowCell>),
    /// The gaps of the prompt that have this number.
    Gap(u16),
    /// Choices, in the order to offer them.
    Choices {
        /// What is offered, with the right ones marked.
        choices: Vec<Choice>,
        /// Why the right ones are right; may be empty.
        explanation: Text,
    },
}

/// What holds of one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCell {
    /// The subject.
    pub subject: Text,
    /// What holds of it.
    pub cell: Text,
}

impl Kind {
    /// Every kind, in the order of declaration.
    pub const ALL: [Kind; 16] = [
        Kind::Meaning,
        Kind::Term,
        Kind::FullForm,
        Kind::Abbreviation,
        Kind::Pick,
        Kind::Enumerate,
        Kind::Member,
        Kind::Next,
        Kind::CompareCell,
        Kind::CompareRow,
        Kind::Which,
        Kind::TrueFalse,
        Kind::Gap,
        Kind::Question,
        Kind::Choice,
        Kind::Region,
    ];

    /// Whether the kind is made where the author set nothing. The others ask what a usual kind asks already, by
    /// recognising instead of recalling: worksheets draw on them, a deck would only grow by them.
    #[must_use]
    pub fn is_usual(self) -> bool {
        !matches!(self, Kind::Pick | Kind::Which | Kind::TrueFalse)
    }

    /// The name of the kind, as settings and the stored form have it: `full_form`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Meaning => "meaning",
            Kind::Term => "term",
            Kind::FullForm => "full_form",
            Kind::Abbreviation => "abbreviation",
            Kind::Pick => "pick",
            Kind::Enumerate => "enumerate",
            Kind::Member => "member",
            Kind::Next => "next",
            Kind::CompareCell => "compare_cell",
            Kind::CompareRow => "compare_row",
            Kind::Which => "which",
            Kind::TrueFalse => "true_false",
            Kind::Gap => "gap",
            Kind::Question => "question",
            Kind::Choice => "choice",
            Kind::Region => "region",
        }
    }

    /// The part that the kind adds to an id: `meaning`. Frozen: it is part of the identity of learners' cards.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Meaning => "meaning",
            Kind::Term => "term",
            Kind::FullForm => "full-form",
            Kind::Abbreviation => "abbreviation",
            Kind::Pick => "pick",
            Kind::Enumerate => "all",
            Kind::Member => "member",
            Kind::Next => "next",
            Kind::CompareCell => "cell",
            Kind::CompareRow => "row",
            Kind::Which => "which",
            Kind::TrueFalse => "true-false",
            Kind::Gap => "gap",
            Kind::Question => "question",
            Kind::Choice => "choice",
            Kind::Region => "region",
        }
    }
}

/// A name that is not the name of a kind of question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindError(String);

impl fmt::Display for KindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Phrase::from(self))
    }
}

impl From<&KindError> for Phrase {
    fn from(error: &KindError) -> Self {
        phrase!(
            "`{$words}` is not a kind of question, such as `{$kind}`",
            words = &error.0,
            kind = Kind::Meaning.name()
        )
    }
}

impl From<KindError> for Phrase {
    fn from(error: KindError) -> Self {
        Phrase::from(&error)
    }
}

impl std::error::Error for KindError {}

impl FromStr for Kind {
    type Err = KindError;

    /// A kind by its [name](Kind::name), `-` and `_` alike, or by the [part](Kind::as_str) it adds to ids.
    fn from_str(text: &str) -> Result<Self, KindError> {
        let name = text.replace('-', "_");
        Kind::ALL
            .into_iter()
            .find(|kind| kind.name() == name || kind.as_str() == text)
            .ok_or_else(|| KindError(text.to_owned()))
    }
}

impl Item {
    /// Whether it has an answer to learn or to mark by. Only the author's own questions may have none:
    /// [`Question::is_answered`](crate::Question::is_answered).
    #[must_use]
    pub fn is_answered(&self) -> bool {
        match (&self.answer, self.kind) {
            (Answer::Text(text), Kind::Question) => !text.is_blank() || !self.details.is_empty(),
            (Answer::Choices { choices, .. }, Kind::Choice) => choices.iter().any(|choice| choice.correct),
            _ => true,
        }
    }

    /// The answer in plain words, a line for each of its parts.
    #[must_use]
    pub fn plain_answer(&self) -> String {
        let lines: Vec<String> = match &self.answer {
            Answer::Text(text) => vec![text.to_plain()],
            Answer::Members { terms, .. } => terms.iter().map(Text::to_plain).collect(),
            Answer::Row(cells) => {
                cells.iter().map(|cell| format!("{}: {}", cell.subject.to_plain(), cell.cell.to_plain())).collect()
            }
            Answer::Gap(number) => self
                .prompt
                .gaps()
                .into_iter()
                .filter(|(n, _)| n == number)
                .map(|(_, gap)| gap.text.to_plain())
                .collect(),
            Answer::Choices { choices, .. } => {
                choices.iter().filter(|choice| choice.correct).map(|choice| choice.text.to_plain()).collect()
            }
        };
        lines.join("\n")
    }
}
