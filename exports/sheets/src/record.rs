//! What the sheets tell that doesn't follow from the material: the deck's cards, and what changed in it.
//!
//! Exporters don't know each other, so whoever calls them hands these on as plain data.

use patra_core::Id;

/// A card as a deck has it, a row of [`SheetName::Cards`](crate::SheetName::Cards).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeckCard {
    /// The item that its note is for.
    pub note: Id,
    /// The item of practice that the card asks; `None` where the material no longer asks it.
    pub practice: Option<Id>,
    /// The note type, by its name: `basic`, `gap`, ….
    pub note_type: String,
    /// The note's globally unique id in Anki.
    pub guid: String,
    /// Which card of its note it is, from 0, as Anki counts them.
    pub ordinal: u16,
    /// The deck it is handed out in, `::` between levels.
    pub deck: String,
}

/// A note that is not what it was in the last build, a row of [`SheetName::Changes`](crate::SheetName::Changes).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedNote {
    /// The item that the note is for.
    pub note: Id,
    /// The item of practice that it asks, the first where there are several; `None` where the material no longer asks it.
    pub practice: Option<Id>,
    /// The note type, by its name.
    pub note_type: String,
    /// What became of it: `new`, `updated` or `retired`.
    pub change: String,
    /// What it asks, in plain words.
    pub question: String,
}
