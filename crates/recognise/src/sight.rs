//! The look of each line alone, found once.

use crate::draft::{Kind, Line};
use crate::label;
use crate::lettering::marks;
use crate::stem::{Stem, stem};
use crate::words::WORDS;

/// The readings of a line, whatever the lines around it are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sight {
    /// A number or a label of a question stands before its words.
    pub stem: Option<Stem>,
    /// Where the words of an answer begin.
    pub answer: Option<usize>,
    /// The same, after `A:`, which may be an option too.
    pub short_answer: Option<usize>,
    /// Where the words of an explanation begin.
    pub explanation: Option<usize>,
    /// Where the words of a hint begin.
    pub hint: Option<usize>,
    /// Where the words after the label of an answer key begin.
    pub key: Option<usize>,
    /// Whether it names a part of a paper.
    pub part: bool,
    /// Whether it begins with a first letter or number of options, or with a box.
    pub first: bool,
}

impl Sight {
    /// The look of the line.
    pub(crate) fn of(line: &Line) -> Sight {
        if !line.is_words() && line.kind != Kind::Heading {
            return Sight::default();
        }
        let plain = &line.plain;
        let bare = &plain[crate::option::without_sign(plain)..];
        Sight {
            stem: stem(plain),
            answer: label::answer(plain),
            short_answer: label::short_answer(plain),
            explanation: label::marked(plain, &WORDS.explanation),
            hint: label::marked(plain, &WORDS.hint),
            key: label::marked(plain, &WORDS.key),
            part: line.kind == Kind::Heading || label::is_part(plain),
            first: marks(bare).iter().any(|mark| mark.value == 1) || crate::option::tick_box(plain).is_some(),
        }
    }

    /// Whether a label stands before its words that belongs below a question.
    pub(crate) fn is_labelled(&self) -> bool {
        self.answer.is_some() || self.explanation.is_some() || self.hint.is_some()
    }
}
