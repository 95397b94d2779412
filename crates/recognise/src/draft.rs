//! The neutral draft that readers turn their forms into.

use std::ops::Range;

use patra_core::{Block, Diagnostic, Span, Text};

/// A line of a draft.
#[derive(Clone, Debug)]
pub struct Line {
    /// The reader's knowledge of the line.
    pub kind: Kind,
    /// Its words with their marks: numbers and letters before them included, bullets and `#` left out.
    pub text: Text,
    /// The same without marks.
    pub(crate) plain: String,
    /// Its place in the source.
    pub span: Span,
}

/// A reader's knowledge of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: white space between paragraphs.
    Blank,
    /// Words.
    Words,
    /// Words after a bullet.
    Bullet,
    /// A heading, because the source says so.
    Heading,
    /// A table, whose cells may be an answer key.
    Table(Vec<Vec<String>>),
    /// Something else that is no words: a picture, a quotation, a formula on its own line.
    Other,
}

impl Line {
    /// A line of the draft.
    #[must_use]
    pub fn new(kind: Kind, text: Text, span: Span) -> Self {
        let plain = crate::rich::plain(&text);
        let kind = if kind == Kind::Words && plain.trim().is_empty() { Kind::Blank } else { kind };
        Line { kind, text, plain, span }
    }

    /// A blank line.
    #[must_use]
    pub fn blank() -> Self {
        Line::new(Kind::Blank, Text::default(), Span::NONE)
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.kind == Kind::Blank
    }

    /// Whether the line is words that may be part of a question.
    pub(crate) fn is_words(&self) -> bool {
        matches!(self.kind, Kind::Words | Kind::Bullet)
    }
}

/// Blocks that lines of the draft make.
#[derive(Clone, Debug)]
pub struct Found {
    /// The lines that the blocks replace.
    pub lines: Range<usize>,
    /// The blocks; none where the lines only said what other blocks hold, as an answer key does.
    pub blocks: Vec<Block>,
    /// The guesses, each with its reason.
    pub guesses: Vec<Diagnostic>,
}
