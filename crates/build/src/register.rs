//! What the sheets tell of a deck: its cards, and what changed in it since the last build.

use patra_anki::{ApkgOptions, ChangeKind, NotePlan, Plan};
use patra_core::{Material, Practice};
use patra_sheets::{ChangedNote, DeckCard};

/// The cards of the deck that a build with the same options makes, whether or not it is asked for, and what changed in it
/// since the build that the lock is of; nothing where no deck can be made.
#[must_use]
pub fn register(material: &Material, practice: &Practice, deck: &ApkgOptions) -> (Vec<DeckCard>, Vec<ChangedNote>) {
    // What is wrong with a deck is told where it is made.
    let Ok(planned) = patra_anki::plan(material, practice, deck, None) else { return Default::default() };
    let Plan { notes, .. } = planned.output;
    let known = deck.lock.as_ref().is_some_and(|lock| lock.knows(material));
    let changes = if known { notes.iter().filter_map(change_of).collect() } else { Vec::new() };
    (notes.iter().flat_map(cards_of).collect(), changes)
}

fn cards_of(note: &NotePlan) -> impl Iterator<Item = DeckCard> + '_ {
    note.cards.iter().map(|card| DeckCard {
        note: note.item.clone(),
        practice: card.practice.clone(),
        note_type: note.note_type.to_owned(),
        guid: note.guid.clone(),
        ordinal: card.ordinal,
        deck: note.deck.clone(),
    })
}

/// What became of a note, where anything did. A retired note stays in the deck, and is no news in the next build.
fn change_of(note: &NotePlan) -> Option<ChangedNote> {
    let news = match note.change {
        ChangeKind::Unchanged => false,
        ChangeKind::Retired => !note.was_retired,
        _ => true,
    };
    news.then(|| ChangedNote {
        note: note.item.clone(),
        practice: note.cards.first().and_then(|card| card.practice.clone()),
        note_type: note.note_type.to_owned(),
        change: note.change.as_str().to_owned(),
        question: note.question.clone(),
    })
}
