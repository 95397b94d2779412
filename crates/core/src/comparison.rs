//! Subjects set against each other, aspect by aspect.

use serde::{Deserialize, Serialize};

use crate::{Id, Span, Text};

/// Subjects set against each other, aspect by aspect, a cell each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Its id; derived from the subjects where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// What the column of aspects is headed, if anything.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub corner: Text,
    /// What is compared: two or more.
    pub subjects: Vec<Subject>,
    /// In what respects.
    pub aspects: Vec<Aspect>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// One of the things compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Its id, unique among the subjects of the comparison; derived from the name where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// What it is called.
    pub name: Text,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// A respect in which the subjects are compared: a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aspect {
    /// Its id, unique among the aspects of the comparison; derived from the name where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// What it is called.
    pub name: Text,
    /// What holds of each subject, in the order of [`Comparison::subjects`].
    pub cells: Vec<Text>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

impl Comparison {
    /// The id of a row, unique in the material: `bpo-and-call-centre.purpose`.
    #[must_use]
    pub fn row_id(&self, aspect: &Aspect) -> Id {
        self.id.join(aspect.id.as_str())
    }

    /// The id of a cell, unique in the material: `bpo-and-call-centre.purpose.bpo`.
    #[must_use]
    pub fn cell_id(&self, aspect: &Aspect, subject: &Subject) -> Id {
        self.row_id(aspect).join(subject.id.as_str())
    }
}
