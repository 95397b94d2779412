//! A source as a tree of blocks and runs, of bounded depth.

use std::borrow::Cow;
use std::ops::Range;

use patra_core::{Alignment, NoteKind};

/// A block. Its range, as all ranges here, is one of the copy.
pub(crate) struct Node<'c> {
    pub(crate) kind: NodeKind<'c>,
    pub(crate) range: Range<usize>,
}

pub(crate) enum NodeKind<'c> {
    Paragraph(Vec<Inline<'c>>),
    Heading(u8, Vec<Inline<'c>>),
    Quote(Option<NoteKind>, Vec<Node<'c>>),
    List(Option<u64>, Vec<ItemNode<'c>>),
    Code { info: String, text: String },
    Html(String),
    Table(TableNode<'c>),
    Definitions(Vec<DefinitionNode<'c>>),
    Footnote(String, Vec<Node<'c>>),
}

pub(crate) struct ItemNode<'c> {
    /// Whether a box stands before it, and whether that is ticked.
    pub(crate) task: Option<bool>,
    pub(crate) nodes: Vec<Node<'c>>,
    pub(crate) range: Range<usize>,
}

#[derive(Default)]
pub(crate) struct TableNode<'c> {
    pub(crate) alignments: Vec<Alignment>,
    /// The header first.
    pub(crate) rows: Vec<(Vec<CellNode<'c>>, Range<usize>)>,
}

pub(crate) struct CellNode<'c> {
    pub(crate) inlines: Vec<Inline<'c>>,
}

pub(crate) struct DefinitionNode<'c> {
    pub(crate) title: Vec<Inline<'c>>,
    pub(crate) bodies: Vec<Vec<Node<'c>>>,
    pub(crate) range: Range<usize>,
}

/// A piece of running text.
pub(crate) struct Inline<'c> {
    pub(crate) kind: InlineKind<'c>,
    pub(crate) range: Range<usize>,
}

pub(crate) enum InlineKind<'c> {
    /// Words, of which the first `literal` bytes were escaped by the author, so that they mean nothing but themselves.
    Words {
        text: Cow<'c, str>,
        literal: usize,
    },
    SoftBreak,
    HardBreak,
    Code(Cow<'c, str>),
    Math {
        tex: Cow<'c, str>,
        display: bool,
    },
    Html(Cow<'c, str>),
    Footnote(Cow<'c, str>),
    Strong(Vec<Inline<'c>>),
    Emphasis(Vec<Inline<'c>>),
    Strike(Vec<Inline<'c>>),
    Link {
        inner: Vec<Inline<'c>>,
        target: String,
        title: String,
    },
    Image {
        inner: Vec<Inline<'c>>,
        target: String,
        title: String,
    },
}
