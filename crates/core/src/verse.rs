//! Verse: lines that end where the poet ends them.

use serde::{Deserialize, Serialize};

use crate::{Span, Text};

/// Verse, whose lines and stanzas are the author's. Use a paragraph with [line breaks](crate::Run::Break) for an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verse {
    /// The stanzas, each a list of its lines.
    pub stanzas: Vec<Vec<Text>>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

impl Verse {
    /// The lines, of all stanzas.
    pub fn lines(&self) -> impl Iterator<Item = &Text> {
        self.stanzas.iter().flatten()
    }

    /// The lines in plain words, a blank line between stanzas.
    #[must_use]
    pub fn to_plain(&self) -> String {
        let stanza = |lines: &Vec<Text>| lines.iter().map(Text::to_plain).collect::<Vec<_>>().join("\n");
        self.stanzas.iter().map(stanza).collect::<Vec<_>>().join("\n\n")
    }
}
