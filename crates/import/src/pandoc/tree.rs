//! Pandoc's syntax tree, as `pandoc -t json` writes it (pandoc-types 1.23).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

/// Identifier, classes, and attributes.
pub(super) type Attr = (String, Vec<String>, Vec<(String, String)>);

#[derive(Deserialize)]
pub(super) struct Document {
    #[serde(rename = "pandoc-api-version")]
    pub _version: Vec<u32>,
    #[serde(default)]
    pub meta: BTreeMap<String, Meta>,
    pub blocks: Vec<Block>,
}

#[derive(Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(clippy::enum_variant_names, reason = "these are pandoc's names")]
pub(super) enum Meta {
    MetaMap(IgnoredAny),
    MetaList(Vec<Meta>),
    MetaBool(bool),
    MetaString(String),
    MetaInlines(Vec<Inline>),
    MetaBlocks(Vec<Block>),
}

#[derive(Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(clippy::enum_variant_names, reason = "these are pandoc's names")]
#[allow(dead_code, reason = "attributes say nothing that a material has a place for, and stand before what does")]
pub(super) enum Block {
    Plain(Vec<Inline>),
    Para(Vec<Inline>),
    LineBlock(Vec<Vec<Inline>>),
    CodeBlock(Attr, String),
    RawBlock(String, String),
    BlockQuote(Vec<Block>),
    OrderedList((u32, Tag, Tag), Vec<Vec<Block>>),
    BulletList(Vec<Vec<Block>>),
    DefinitionList(Vec<(Vec<Inline>, Vec<Vec<Block>>)>),
    Header(u8, Attr, Vec<Inline>),
    HorizontalRule,
    Table(Attr, Caption, IgnoredAny, (Attr, Vec<Row>), Vec<Body>, (Attr, Vec<Row>)),
    Figure(Attr, Caption, Vec<Block>),
    Div(Attr, Vec<Block>),
    Null,
}

/// A short caption, which lists of figures show, and the caption.
pub(super) type Caption = (IgnoredAny, Vec<Block>);
pub(super) type Row = (Attr, Vec<Cell>);
/// Attributes, the number of columns that are headings, rows of headings, and the other rows.
pub(super) type Body = (Attr, usize, Vec<Row>, Vec<Row>);
/// Attributes, the alignment, in how many rows and columns it is, and what is in it.
pub(super) type Cell = (Attr, IgnoredAny, usize, usize, Vec<Block>);

/// A name alone: `{"t": "LowerAlpha"}`.
#[derive(Deserialize)]
pub(super) struct Tag {
    pub t: String,
}

#[derive(Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(clippy::enum_variant_names, reason = "these are pandoc's names")]
#[allow(dead_code, reason = "attributes say nothing that a material has a place for, and stand before what does")]
pub(super) enum Inline {
    Str(String),
    Emph(Vec<Inline>),
    Underline(Vec<Inline>),
    Strong(Vec<Inline>),
    Strikeout(Vec<Inline>),
    Superscript(Vec<Inline>),
    Subscript(Vec<Inline>),
    SmallCaps(Vec<Inline>),
    Quoted(Tag, Vec<Inline>),
    Cite(IgnoredAny, Vec<Inline>),
    Code(Attr, String),
    Space,
    SoftBreak,
    LineBreak,
    Math(Tag, String),
    RawInline(String, String),
    Link(Attr, Vec<Inline>, (String, String)),
    Image(Attr, Vec<Inline>, (String, String)),
    Note(Vec<Block>),
    Span(Attr, Vec<Inline>),
}
