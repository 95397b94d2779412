//! Tables that compare nothing.

use serde::{Deserialize, Serialize};

use crate::{Span, Text};

/// A table of any kind but a [comparison](crate::Comparison).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The columns, from the side where reading begins.
    pub columns: Vec<Column>,
    /// The rows, each with a cell a column.
    pub rows: Vec<Row>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its heading; may be empty.
    pub heading: Text,
    /// How its cells stand.
    #[serde(default, skip_serializing_if = "Alignment::is_start")]
    pub alignment: Alignment,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// A cell for each column.
    pub cells: Vec<Text>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// Where text stands in its cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// At the side where reading begins; also where the author said nothing.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// At the side where reading ends, as numbers do.
    End,
}

impl Alignment {
    fn is_start(&self) -> bool {
        *self == Alignment::Start
    }
}
