//! Subjects set against each other, aspect by aspect.

use serde::{Deserialize, Serialize};

use crate::word::fold_word;
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

/// What a column of aspects is headed, in lower case and NFC, in the languages of the message files.
///
/// A word that heads other columns as often (विषय, "subject") is left out: a marks table is no comparison.
const CORNERS: &[&str] = &[
    "aspect",
    "aspects",
    "basis",
    "basis of comparison",
    "basis of difference",
    "criterion",
    "criteria",
    "feature",
    "features",
    "parameter",
    "parameters",
    "point",
    "points",
    "point of difference",
    "पहलू",
    "आधार",
    "तुलना का आधार",
    "अंतर का आधार",
    "बिंदु",
    "बिन्दु",
    "विशेषता",
    "मापदंड",
    "मानदंड",
    "पक्ष",
    "मुद्दा",
    "मुद्दे",
    "निकष",
    "पैलू",
    "দিক",
    "বিষয়",
    "ভিত্তি",
    "বৈশিষ্ট্য",
    "அம்சம்",
    "அடிப்படை",
    "కోణం",
    "అంశం",
    "ఆధారం",
    "પાસું",
    "મુદ્દો",
    "આધાર",
    "ಅಂಶ",
    "ಆಧಾರ",
    "ഘടകം",
    "അടിസ്ഥാനം",
    "ਪਹਿਲੂ",
    "ਆਧਾਰ",
    "ଦିଗ",
    "ଆଧାର",
    "پہلو",
    "بنیاد",
    "basis for comparison",
    "factor",
    "characteristic",
    "अन्तर का आधार",
    "विशेषताएँ",
    "विशेषताएं",
    "घटक",
    "दृष्टिकोन",
    "তুলনার ভিত্তি",
    "পার্থক্যের বিষয়",
    "அம்சங்கள்",
    "பண்பு",
    "نکتہ",
    "خصوصیت",
];

impl Comparison {
    /// Whether a heading such as `Aspect` or `आधार` says that aspects stand in the column below it, so that the other columns
    /// are subjects. A colon after it is no part of it.
    #[must_use]
    pub fn is_corner(heading: &str) -> bool {
        let words = fold_word(heading.trim().trim_end_matches([':', '：']).trim_end());
        CORNERS.iter().any(|known| fold_word(known) == words)
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_aspects_is_told_by_its_heading() {
        assert!(Comparison::is_corner(" पहलू: "));
        assert!(Comparison::is_corner("ASPECT"));
        // U+09DF composes otherwise than it is typed.
        assert!(Comparison::is_corner("বিষ\u{9DF}") && Comparison::is_corner("বিষ\u{9AF}\u{9BC}"));
        assert!(!Comparison::is_corner("विषय"));
        assert!(!Comparison::is_corner(""));
    }
}
