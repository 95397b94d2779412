//! Lists whose items have no descriptions.

use serde::{Deserialize, Serialize};

use crate::{Block, ListMarker, Run, Span, Text};

/// A list whose items are not terms with descriptions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The number of the first item, where the list is numbered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// How its items are numbered, where it is numbered: `1.` unless the author writes `(a)`, `ii)` or `(क)`.
    #[serde(default, skip_serializing_if = "ListMarker::is_default")]
    pub marker: ListMarker,
    /// The items.
    pub items: Vec<ListItem>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListItem {
    /// Its words; empty where the item begins with another block.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: Text,
    /// What follows the words within the item: further paragraphs, a list below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// Where it stood.
    #[serde(skip)]
    pub span: Span,
}

impl List {
    /// Marker of the item at a place, counted from 0, as the author writes it: `(ग)`. `None` where the list has no
    /// numbers.
    #[must_use]
    pub fn label(&self, place: usize) -> Option<String> {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        self.start.map(|start| self.marker.label(start.saturating_add(place)))
    }

    /// Takes the markers that the words of the items begin with, if all of them count up by one: for a source whose lists write
    /// their markers as words.
    pub fn take_written_markers(&mut self) {
        let written: Option<Vec<&str>> = self.items.iter().map(ListItem::written_marker).collect();
        let Some(written) = written else { return };
        let Some((marker, start)) =
            ListMarker::of_sequence(written).filter(|(_, start)| *start == 1 || self.items.len() > 1)
        else {
            return;
        };
        (self.marker, self.start) = (marker, Some(start));
        for item in &mut self.items {
            if let Some(Run::Plain(words)) = item.text.runs_mut().first_mut() {
                *words = words.split_once(' ').map_or_else(String::new, |(_, rest)| rest.trim_start().to_owned());
            }
        }
    }
}

impl ListItem {
    /// The marker that its words begin with, if one does.
    fn written_marker(&self) -> Option<&str> {
        let Some(Run::Plain(words)) = self.text.runs().first() else { return None };
        let (label, rest) = words.split_once(' ')?;
        let more = self.text.runs().len() > 1 || !rest.trim().is_empty();
        (more && !ListMarker::readings(label).is_empty()).then_some(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: &[&str]) -> List {
        let item = |words: &&str| ListItem { text: (*words).into(), ..ListItem::default() };
        List { start: Some(1), items: items.iter().map(item).collect(), ..List::default() }
    }

    #[test]
    fn markers_in_the_words_are_taken_where_they_count() {
        let mut lettered = list(&["(ग) कुआँ", "(घ) बावड़ी"]);
        lettered.take_written_markers();
        assert_eq!(lettered.label(1).as_deref(), Some("(घ)"));
        assert_eq!(lettered.items[1].text, "बावड़ी".into());
        for words in [&["(a) x", "(c) y"][..], &["(a) x", "y"], &["(b) alone"], &["(a)", "(b)"], &["", "b"]] {
            let mut plain = list(words);
            plain.take_written_markers();
            assert_eq!(plain, list(words));
        }
    }
}
