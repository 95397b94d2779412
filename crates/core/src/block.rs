//! Blocks: what a section is made of.

use serde::{Deserialize, Serialize};

use crate::{Cloze, Comparison, Definition, Figure, Id, List, Question, Span, Table, Terms, Text, Verse};

/// A part of a section.
///
/// The enum is exhaustive on purpose: a new block is an error in every exporter until that exporter shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A term and what it means. Use [`Terms`] where several things of one kind are listed.
    Definition(Definition),
    /// Things of one kind, each with its description. Use [`List`] where the items have none.
    Terms(Terms),
    /// Subjects set against each other, aspect by aspect.
    Comparison(Comparison),
    /// Any other table.
    Table(Table),
    /// Items without descriptions.
    List(List),
    /// Running text.
    Paragraph(Paragraph),
    /// Lines of a poem or a song.
    Verse(Verse),
    /// Something set apart for the reader's attention.
    Note(Note),
    /// Somebody's words.
    Quote(Quote),
    /// Lines of a program, kept to the letter.
    Code(CodeBlock),
    /// A formula on a line of its own.
    Math(Math),
    /// A picture.
    Figure(Figure),
    /// A question the author asks.
    Question(Question),
    /// A sentence with gaps.
    Cloze(Cloze),
}

/// Running text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// Its words.
    pub text: Text,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// Something set apart for the reader's attention.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// How it is meant.
    #[serde(default)]
    pub kind: NoteKind,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// How a note is meant, in the words of GitHub's alerts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum NoteKind {
    /// Worth knowing.
    #[default]
    Note,
    /// Helps to do it better.
    Tip,
    /// Has to be known.
    Important,
    /// Goes wrong easily.
    Warning,
    /// Does harm if not heeded.
    Caution,
}

/// Somebody's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The words.
    pub blocks: Vec<Block>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// Lines of a program, kept to the letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeBlock {
    /// The programming language, where it is named: `python`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The lines, without a line feed after the last.
    pub text: String,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// A formula on a line of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Math {
    /// The formula in LaTeX, without delimiters.
    pub tex: String,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

impl Block {
    /// Where it stood in the source.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Block::Definition(b) => b.span,
            Block::Terms(b) => b.span,
            Block::Comparison(b) => b.span,
            Block::Table(b) => b.span,
            Block::List(b) => b.span,
            Block::Paragraph(b) => b.span,
            Block::Verse(b) => b.span,
            Block::Note(b) => b.span,
            Block::Quote(b) => b.span,
            Block::Code(b) => b.span,
            Block::Math(b) => b.span,
            Block::Figure(b) => b.span,
            Block::Question(b) => b.span,
            Block::Cloze(b) => b.span,
        }
    }

    /// What the block is called in messages and in the stored form: `terms`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Block::Definition(_) => "definition",
            Block::Terms(_) => "terms",
            Block::Comparison(_) => "comparison",
            Block::Table(_) => "table",
            Block::List(_) => "list",
            Block::Paragraph(_) => "paragraph",
            Block::Verse(_) => "verse",
            Block::Note(_) => "note",
            Block::Quote(_) => "quote",
            Block::Code(_) => "code",
            Block::Math(_) => "math",
            Block::Figure(_) => "figure",
            Block::Question(_) => "question",
            Block::Cloze(_) => "cloze",
        }
    }

    /// The blocks that stand in this one.
    #[must_use]
    pub fn children(&self) -> Vec<&Block> {
        match self {
            Block::Definition(b) => b.details.iter().collect(),
            Block::Terms(b) => b.entries.iter().flat_map(|entry| &entry.details).collect(),
            Block::List(b) => b.items.iter().flat_map(|item| &item.blocks).collect(),
            Block::Note(b) => b.blocks.iter().collect(),
            Block::Quote(b) => b.blocks.iter().collect(),
            Block::Question(b) => b.stem.iter().chain(&b.details).collect(),
            Block::Comparison(_)
            | Block::Table(_)
            | Block::Paragraph(_)
            | Block::Verse(_)
            | Block::Code(_)
            | Block::Math(_)
            | Block::Figure(_)
            | Block::Cloze(_) => Vec::new(),
        }
    }

    /// The version of the stored form that the block itself came with, without the blocks and runs in it.
    pub(crate) fn since(&self) -> u64 {
        let new = match self {
            Block::Verse(_) => true,
            Block::List(b) => !b.marker.is_default(),
            Block::Question(b) => {
                let pinned = b.choices.iter().any(|choice| choice.pinned);
                !b.stem.is_empty() || b.lettering.is_some() || b.room.is_some() || pinned
            }
            _ => false,
        };
        if new { 2 } else { 1 }
    }

    /// Its id, where it is something that can be learnt.
    #[must_use]
    pub fn id(&self) -> Option<&Id> {
        match self {
            Block::Definition(b) => Some(&b.id),
            Block::Terms(b) => Some(&b.id),
            Block::Comparison(b) => Some(&b.id),
            Block::Question(b) => Some(&b.id),
            Block::Cloze(b) => Some(&b.id),
            Block::Table(_)
            | Block::List(_)
            | Block::Paragraph(_)
            | Block::Verse(_)
            | Block::Note(_)
            | Block::Quote(_)
            | Block::Code(_)
            | Block::Math(_)
            | Block::Figure(_) => None,
        }
    }

    /// Visits the texts of the block itself, with where each stood; those of the blocks in it are [theirs](Self::children).
    pub fn texts<'a>(&'a self, visit: &mut dyn FnMut(&'a Text, Span)) {
        match self {
            Block::Definition(b) => {
                [Some(&b.term), b.full_form.as_ref(), Some(&b.meaning)]
                    .into_iter()
                    .flatten()
                    .for_each(|text| visit(text, b.span));
            }
            Block::Terms(b) => {
                b.kind.iter().for_each(|text| visit(text, b.span));
                for entry in &b.entries {
                    visit(&entry.term, entry.span);
                    visit(&entry.description, entry.span);
                }
            }
            Block::Comparison(b) => {
                visit(&b.corner, b.span);
                b.subjects.iter().for_each(|subject| visit(&subject.name, subject.span));
                for aspect in &b.aspects {
                    visit(&aspect.name, aspect.span);
                    aspect.cells.iter().for_each(|cell| visit(cell, aspect.span));
                }
            }
            Block::Table(b) => {
                b.columns.iter().for_each(|column| visit(&column.heading, b.span));
                b.rows.iter().for_each(|row| row.cells.iter().for_each(|cell| visit(cell, row.span)));
            }
            Block::List(b) => b.items.iter().for_each(|item| visit(&item.text, item.span)),
            Block::Paragraph(b) => visit(&b.text, b.span),
            Block::Verse(b) => b.lines().for_each(|line| visit(line, b.span)),
            Block::Cloze(b) => visit(&b.text, b.span),
            Block::Figure(b) => {
                b.caption
                    .iter()
                    .chain(b.regions.iter().map(|region| &region.name))
                    .for_each(|text| visit(text, b.span));
            }
            Block::Question(b) => {
                [Some(&b.prompt), Some(&b.answer), b.hint.as_ref()]
                    .into_iter()
                    .flatten()
                    .for_each(|text| visit(text, b.span));
                b.choices.iter().for_each(|choice| visit(&choice.text, choice.span));
            }
            Block::Note(_) | Block::Quote(_) | Block::Code(_) | Block::Math(_) => {}
        }
    }

    /// The blocks that stand in this one, to change them.
    pub fn children_mut(&mut self) -> Vec<&mut Block> {
        match self {
            Block::Definition(b) => b.details.iter_mut().collect(),
            Block::Terms(b) => b.entries.iter_mut().flat_map(|entry| &mut entry.details).collect(),
            Block::List(b) => b.items.iter_mut().flat_map(|item| &mut item.blocks).collect(),
            Block::Note(b) => b.blocks.iter_mut().collect(),
            Block::Quote(b) => b.blocks.iter_mut().collect(),
            Block::Question(b) => b.stem.iter_mut().chain(&mut b.details).collect(),
            Block::Comparison(_)
            | Block::Table(_)
            | Block::Paragraph(_)
            | Block::Verse(_)
            | Block::Code(_)
            | Block::Math(_)
            | Block::Figure(_)
            | Block::Cloze(_) => Vec::new(),
        }
    }
}
