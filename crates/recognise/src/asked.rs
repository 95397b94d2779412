//! A question as it is gathered from the lines, before it is known what its answer is.

use std::ops::Range;

use patra_core::{Span, Text};

use crate::lettering::Style;
use crate::option::Choice;
use crate::stem::Stem;

/// A question with all that stands below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Its lines.
    pub lines: Range<usize>,
    /// The number or the label before it.
    pub stem: Option<Stem>,
    /// The lines of the question.
    pub prompt: Vec<Text>,
    /// The options, in order.
    pub choices: Vec<Choice>,
    /// How they are lettered; nothing where they are not.
    pub style: Option<Style>,
    /// The line after the last of the question and its options.
    pub below: usize,
    /// The lines of the options as they are.
    pub matched: Vec<Text>,
    /// Whether boxes say which choices are right.
    pub boxed: bool,
    /// Each answer given below the question or on its line.
    pub answers: Vec<Text>,
    /// The lines that go on with the answer.
    pub more: Vec<(Text, Span)>,
    /// The lines that say why the answer is right.
    pub explanation: Vec<(Text, Span)>,
    /// A word of help.
    pub hint: Option<Text>,
    /// The answer that a key gives.
    pub keyed: Option<Text>,
    /// Whether there is a key that can't be matched with the questions for certain.
    pub clash: bool,
    /// Its place in the source.
    pub span: Span,
    /// Whether the instructions above say that blanks are to be filled.
    pub blanks: bool,
    /// Whether questions around it have one choice alone in bold, as this one has.
    pub bold: bool,
    /// Whether its neighbours have words such as `true` in brackets too.
    pub verdicts: bool,
    /// Whether it is one of several with as many choices each, as in a paper without answers.
    pub paper: bool,
}

impl Asked {
    /// Its number.
    pub(crate) fn number(&self) -> Option<u32> {
        self.stem.and_then(|stem| stem.number)
    }

    /// Whether a word such as `Q` stands before it.
    pub(crate) fn is_labelled(&self) -> bool {
        self.stem.is_some_and(|stem| stem.labelled)
    }

    /// Whether something beside it says what its answer is.
    pub(crate) fn is_answered(&self) -> bool {
        !self.answers.is_empty() || self.choices.iter().any(|choice| choice.ticked)
    }

    /// Whether it has three choices or more under letters or bracketed numbers, which a list of an article seldom has.
    pub(crate) fn is_lettered(&self) -> bool {
        let lettered = self.style.is_some_and(|style| style.order > 0 || style.open.is_some());
        lettered && self.choices.len() > 2 && self.stem.is_some()
    }

    /// The words of the question.
    pub(crate) fn words(&self) -> String {
        let lines: Vec<String> = self.prompt.iter().map(crate::rich::plain).collect();
        lines.join("\n")
    }

    /// Whether the words ask something or leave something out.
    pub(crate) fn asks(&self) -> bool {
        let words = self.words();
        words.contains(['?', '؟', '？']) || crate::blank::count(&words) > 0
    }
}
