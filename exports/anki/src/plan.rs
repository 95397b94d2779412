//! What importing a deck will do.
//!
//! Anki's rules, as measured from 23.10 to 26.9 with the options that a learner finds set: a note is found by its GUID; one
//! of another note type conflicts and is dropped; it is updated only if the one in the package is newer, and then its
//! fields and tags are all replaced; cards that are there stay where they are, those that are missing are added; nothing is
//! deleted.

use std::collections::BTreeMap;

use patra_core::{Id, Material, Practice, Warned};

use crate::asked::Asked;
use crate::deck::Deck;
use crate::effect::Learner;
use crate::error::{Error, ErrorKind};
use crate::learner::{Collection, CollectionError};
use crate::options::{ApkgOptions, ChangeKind};
use crate::rename::Rename;
use crate::update::{Note, Take};
use crate::{Ready, ready};

/// What importing a deck will do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Plan {
    /// The deck's name.
    pub deck: String,
    /// What becomes of each note, in the order of the source, retired ones last.
    pub notes: Vec<NotePlan>,
    /// The decks that cards are handed out in.
    pub decks: Vec<DeckPlan>,
    /// What becomes of the note types in a learner's collection; empty without one.
    pub note_types: Vec<NoteTypePlan>,
    /// Things that seem to have been renamed since the build that the lock is of, so that they would be new to learners.
    pub renames: Vec<Rename>,
}

/// What becomes of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotePlan {
    /// The item the note is for; for a sentence with gaps, the one note of all its gaps.
    pub item: Id,
    /// The name of its note type in the lock: `basic`, `gap`, ….
    pub note_type: &'static str,
    /// Its globally unique id in Anki.
    pub guid: String,
    /// What it asks, shortened, in plain words.
    pub question: String,
    /// What became of it since the build that the lock is of.
    pub change: ChangeKind,
    /// Whether that build handed it out as retired already.
    pub was_retired: bool,
    /// Its cards; none for a retired note that [`ApkgOptions::omit_retired`] leaves out.
    pub cards: Vec<CardPlan>,
    /// The deck that its cards are handed out in, `::` between levels; empty where it has none.
    pub deck: String,
    /// What importing it will do in a learner's collection; `None` without one, and for a retired note that
    /// [`ApkgOptions::omit_retired`] leaves out.
    pub effect: Option<Effect>,
}

/// A card of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardPlan {
    /// Which card of its note it is, from 0.
    pub ordinal: u16,
    /// The item of practice that it asks; `None` where the material no longer asks it.
    pub practice: Option<Id>,
}

/// What importing a note will do in a learner's collection.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effect {
    /// What Anki will say that it did.
    pub outcome: Outcome,
    /// Whether the learner has changed its fields. What they wrote is lost where the outcome is [`Outcome::Updated`], and
    /// stays else.
    pub edits: Edits,
    /// The tags of the learner's own that the update takes away.
    pub lost_tags: Vec<String>,
    /// Whether the note comes back: the learner has notes as new as this one's last change and not this one, so that most
    /// likely they deleted it.
    pub returns: bool,
    /// Whether what changed in it since the last build does not arrive, because the learner's note is as new or newer, or
    /// conflicts.
    pub held_back: bool,
    /// The ordinals, from 0, of the cards that are added.
    pub new_cards: Vec<u16>,
    /// The ordinals, from 0, of the learner's cards that will show nothing: their gaps are gone.
    pub empty_cards: Vec<u16>,
}

/// What Anki does with a note of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Outcome {
    /// The collection has no note of its GUID: it is added.
    New,
    /// It is newer than the learner's note, whose fields and tags it replaces.
    Updated,
    /// The learner's note is as new or newer, and stays as it is. Anki calls such a note a duplicate.
    Unchanged,
    /// The learner's note is of another note type: nothing of it is taken.
    Conflicting,
}

impl Outcome {
    /// Its name in data: in JSON, and in Python.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::New => "new",
            Outcome::Updated => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::Conflicting => "conflicting",
        }
    }
}

/// Whether a learner has changed a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Edits {
    /// They have not, or not so that a field would differ.
    None,
    /// Its fields differ from those of the last build, and it is newer than that.
    Edited,
    /// Its fields differ, and it can't be told by whom: there is no lock, or the note is of an older build than the last.
    Unknown,
}

impl Edits {
    /// Its name in data: in JSON, and in Python.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Edits::None => "none",
            Edits::Edited => "edited",
            Edits::Unknown => "unknown",
        }
    }
}

/// A deck that cards are handed out in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeckPlan {
    /// Its name, `::` between levels.
    pub name: String,
    /// How many notes of the package have their cards in it.
    pub notes: usize,
    /// How many cards it gains; `None` without a learner's collection.
    pub new_cards: Option<usize>,
    /// Whether the learner has it; `None` without a learner's collection.
    pub exists: Option<bool>,
    /// Decks of other names that hold the learner's cards of these notes, and how many of them; they stay there.
    pub elsewhere: Vec<(String, usize)>,
}

/// What becomes of a note type in a learner's collection.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NoteTypePlan {
    /// Its name in the lock: `basic`, `gap`, ….
    pub note_type: &'static str,
    /// What becomes of it.
    pub schema: Schema,
}

/// What becomes of a note type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Schema {
    /// The collection does not have it: it is added.
    New,
    /// Its templates and its style are replaced by newer ones, and with them what the learner changed in them.
    Updated,
    /// It stays as it is.
    Unchanged,
    /// The learner has added, moved or taken away a field or a template: Anki adds a copy of the package's, and notes of
    /// the one that they have conflict with it.
    Copied,
    /// The same, and an earlier import has added that copy already, so that notes of the copy are updated.
    CopiedBefore,
}

impl Schema {
    /// Its name in data: in JSON, and in Python.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Schema::New => "new",
            Schema::Updated => "updated",
            Schema::Copied => "copied",
            Schema::CopiedBefore => "copied_before",
            Schema::Unchanged => "unchanged",
        }
    }
}

/// The notes that a package would hold.
struct Taken {
    notes: Vec<Note>,
    omit_retired: bool,
}

impl Take for Taken {
    fn take(&mut self, note: Note, kind: ChangeKind) {
        if kind != ChangeKind::Retired || !self.omit_retired {
            self.notes.push(note);
        }
    }
}

/// Says what importing the deck that [`apkg`](crate::apkg) makes of the same will do: since the build that the lock in the
/// options is of, and with a collection also what it does in that.
///
/// ```
/// use patra_anki::{ApkgOptions, ChangeKind, plan};
/// use patra_core::{Block, Definition, Material, Practice, Section};
///
/// let definition = Definition { term: "BPO".into(), meaning: "दूसरी कंपनी से काम कराना".into(), ..Definition::default() };
/// let section = Section { heading: "परिचय".into(), blocks: vec![Block::Definition(definition)], ..Section::default() };
/// let mut material = Material { title: "BPO".into(), language: "hi".parse()?, sections: vec![section], ..Material::default() };
/// material.assign_ids();
/// let plan = plan(&material, &Practice::of(&material), &ApkgOptions::default(), None)?.output;
/// assert!(plan.notes.iter().all(|note| note.change == ChangeKind::New));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`apkg`](crate::apkg); and where the collection can't be read, [`ErrorKind::LearnerCollection`].
pub fn plan(
    material: &Material,
    practice: &Practice,
    options: &ApkgOptions,
    collection: Option<&Collection>,
) -> Result<Warned<Plan>, Error> {
    let deck = Deck::of(material, options);
    let mut taken = Taken { notes: Vec::new(), omit_retired: options.omit_retired };
    let Ready { entries, changes, locked, renames, warnings, .. } =
        ready(material, practice, options, &deck, &mut taken)?;
    let notes = taken.notes;
    let locked = locked.as_deref();
    let by_guid: BTreeMap<&str, &Note> = notes.iter().map(|note| (note.guid.as_str(), note)).collect();
    let learner = collection
        .map(|collection| Learner::of(collection, &by_guid, locked))
        .transpose()
        .map_err(|error| ErrorKind::LearnerCollection(CollectionError::database(error)))?;

    let asked = Asked::of(practice.items());
    let mut decks: BTreeMap<&str, DeckPlan> = BTreeMap::new();
    let mut planned = Vec::with_capacity(changes.len());
    for (change, ((_, note_type), now)) in changes.into_iter().zip(entries) {
        let note = by_guid.get(change.guid.as_str()).copied();
        let before = locked.and_then(|locked| locked.item(&(change.item.clone(), note_type)));
        let mut effect = None;
        if let Some(note) = note {
            let into = decks.entry(&note.subdeck).or_insert_with(|| DeckPlan {
                name: deck.name_of(&note.subdeck),
                notes: 0,
                new_cards: collection.map(|_| 0),
                exists: collection.map(|collection| collection.has_deck(&deck.name_of(&note.subdeck))),
                elsewhere: Vec::new(),
            });
            into.notes += 1;
            if let Some(learner) = &learner {
                let found = learner.effect(note, change.kind, before);
                into.new_cards = into.new_cards.map(|cards| cards + found.new_cards.len());
                learner.stay_elsewhere(note, into);
                effect = Some(found);
            }
        }
        planned.push(NotePlan {
            was_retired: before.is_some_and(|before| before.retired),
            cards: note.map(|note| asked.cards(&change, note, locked)).unwrap_or_default(),
            deck: note.map(|note| deck.name_of(&note.subdeck)).unwrap_or_default(),
            item: change.item,
            note_type: note_type.name(),
            guid: change.guid,
            question: now.label,
            change: change.kind,
            effect,
        });
    }
    let note_types = learner.map(|learner| learner.note_types()).unwrap_or_default();
    let decks = decks.into_values().collect();
    Ok(Warned { output: Plan { deck: deck.name, notes: planned, decks, note_types, renames }, warnings })
}
