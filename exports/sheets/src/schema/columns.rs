//! Columns that several sheets have, and the means to write one down.

use super::{Column, ColumnKind, Titles};

impl Column {
    /// The same column, with a cell in every row.
    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same column with another description.
    pub(super) const fn described(mut self, description: &'static str) -> Self {
        self.description = description;
        self
    }
}

const fn column(
    name: &'static str,
    kind: ColumnKind,
    (en, hi): (&'static str, &'static str),
    description: &'static str,
) -> Column {
    Column { name, kind, required: false, titles: Titles { en, hi }, description }
}

pub(super) const fn text(
    name: &'static str,
    titles: (&'static str, &'static str),
    description: &'static str,
) -> Column {
    column(name, ColumnKind::Text, titles, description)
}

pub(super) const fn integer(
    name: &'static str,
    titles: (&'static str, &'static str),
    description: &'static str,
) -> Column {
    column(name, ColumnKind::Integer, titles, description)
}

pub(super) const fn number(
    name: &'static str,
    titles: (&'static str, &'static str),
    description: &'static str,
) -> Column {
    column(name, ColumnKind::Number, titles, description)
}

pub(super) const fn truth(
    name: &'static str,
    titles: (&'static str, &'static str),
    description: &'static str,
) -> Column {
    column(name, ColumnKind::Truth, titles, description).required()
}

pub(super) const fn date(
    name: &'static str,
    titles: (&'static str, &'static str),
    description: &'static str,
) -> Column {
    column(name, ColumnKind::Date, titles, description)
}

pub(super) const MATERIAL: Column =
    text("material_id", ("Material id", "सामग्री की पहचान"), "The id of the material, the same in all its editions.")
        .required();

pub(super) const LANGUAGE: Column = text(
    "language",
    ("Language", "भाषा"),
    "The language of the edition, a BCP 47 tag; with `material_id` it names the edition.",
)
.required();

pub(super) const SECTION: Column =
    text("section_id", ("Section id", "खंड की पहचान"), "The section that the row stands in.").required();

pub(super) const BLOCK: Column = text(
    "block_id",
    ("Block id", "अंश की पहचान"),
    "The block that the row stands in. Made of the section's id and the places of blocks, so it changes when a block is put before it.",
)
.required();

pub(super) const PAGE: Column = integer(
    "page",
    ("Page", "पृष्ठ"),
    "The page of the handout, from 1, on which it begins; missing where the handout was not made or does not tell.",
);

pub(super) const POSITION: Column =
    integer("position", ("Position", "क्रम"), "The place in reading order among all rows of the sheet, from 1.")
        .required();

pub(super) const ORDINAL: Column =
    integer("ordinal", ("Number", "क्रमांक"), "The place among its siblings, from 1.").required();
