//! What a caller may decide about a deck, and what it gets.

use std::collections::BTreeMap;

use patra_core::{Id, Item, Language, Material, Practice};

use crate::{Lock, Media};

/// How a deck is made.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ApkgOptions {
    /// The files that the material's figures and links name, by the name as it is written there. A figure whose file is
    /// not here is shown by its alternative text, with a warning.
    pub media: BTreeMap<String, Media>,
    /// What earlier builds of the deck handed out. With it, only notes that changed get a new modification time, so that
    /// importing the deck leaves alone what a learner has edited elsewhere. `None` makes every note as new as the
    /// material's `updated` day.
    pub lock: Option<Lock>,
    /// The package that an earlier build made, for where the lock is lost or says nothing of the material: what learners
    /// have is then told from it, as far as it can be, with a warning. Without either, notes are as new as the material's
    /// `updated` day, so that what was mended since does not reach learners who have them.
    pub earlier: Option<Vec<u8>>,
    /// The modification time of notes that are new or have changed, in seconds since 1970. It should be the time of the
    /// build where a lock is kept: Anki takes a change only if it is newer than the learner's last edit or import of that
    /// note. `None` takes the start of the material's `updated` day, or [`BASE_TIME`](crate::BASE_TIME).
    pub now: Option<i64>,
    /// The deck's name; `None` takes the material's title. `::` makes subdecks. Learners' cards stay in the deck they are
    /// in: a deck of another name gets only cards that are new.
    pub deck: Option<String>,
    /// Puts the cards of each section into a subdeck of its own: `Course::01 Heading`. Off, since Anki finds decks by their
    /// names and never moves a card that a learner has: the tag that each section has (`tag:course::section`) finds its
    /// cards as well and moves along with them, and one deck asks new cards in the order of the source. With it a
    /// subdeck's name stays as the lock has it, whatever the section is called later and wherever it is moved.
    pub subdecks: bool,
    /// Gives the deck a preset of its own: ten new cards a day, in the order of the source, reviews without a daily limit,
    /// and the cards of one sentence on different days. Anki takes it only where a learner ticks "Import any deck
    /// presets", and then at each such import in place of the one that the learner chose: so it is off.
    pub preset: bool,
    /// Asks both directions of a term, its meaning and its full form, on the two cards of one note, which Anki never asks on
    /// one day. Otherwise each direction is a note of its own, which can be retired without the other. The notes have GUIDs
    /// of their own: in a deck that learners have, reviews stay with the old notes.
    pub reversed: bool,
    /// Has the learner type an answer that is a term or a name: one line of 40 characters at most. The notes have GUIDs of
    /// their own: in a deck that learners have, reviews stay with the old notes.
    pub typed: bool,
    /// Has cards read aloud by the voice that the device has for the material's language. No note becomes another one by it;
    /// programs without speech show the cards all the same, and where a device has no such voice Anki says so.
    pub speech: bool,
    /// Shows the material in another language beside this one.
    pub translation: Option<Translation>,
    /// The form of the package.
    pub format: DeckFormat,
    /// Leaves out the notes that mark retired items, for a deck that is given only to new learners. Learners who have
    /// those cards are then not told.
    pub omit_retired: bool,
}

impl ApkgOptions {
    /// The options that make the same material into other notes or other fields, by their names: what the next build has to be
    /// given too, if learners are not to lose it.
    pub(crate) fn remembered(&self) -> String {
        let mut names: Vec<String> =
            [(self.subdecks, "subdecks"), (self.reversed, "reversed"), (self.typed, "typed"), (self.speech, "speech")]
                .into_iter()
                .filter(|(on, _)| *on)
                .map(|(_, name)| name.to_owned())
                .collect();
        if let Some(Translation { language, front, back, .. }) = &self.translation {
            let sides = [(*front, "front"), (*back, "back")].into_iter().filter(|(on, _)| *on);
            names.extend(sides.map(|(_, side)| format!("translation-{side}={language}")));
        }
        names.join(" ")
    }
}

/// Another edition of a material, whose things have the same ids: its words are shown below those of the deck.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Translation {
    /// Its items, by their ids.
    pub(crate) items: BTreeMap<Id, Item>,
    pub(crate) language: Language,
    /// Shows its question on the front. A sentence with gaps is never shown there, since it would give the answer away.
    pub front: bool,
    /// Shows its answer on the back.
    pub back: bool,
}

impl Translation {
    /// What another edition asks, shown on both sides.
    #[must_use]
    pub fn of(material: &Material) -> Self {
        let items = Practice::of(material).items().iter().map(|item| (item.id.clone(), item.clone())).collect();
        Translation { items, language: material.language.clone(), front: true, back: true }
    }
}

/// The form of a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DeckFormat {
    /// Read by Anki from 2.1.55, and by AnkiDroid and AnkiMobile of the same age.
    #[default]
    Current,
    /// Read by every Anki since 2.0, and by other programs; a bigger file.
    Legacy,
}

/// A deck.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Apkg {
    /// The package, a file that ends in `.apkg`.
    pub bytes: Vec<u8>,
    /// The lock to keep for the next build: the one given, with this material's part brought up to date.
    pub lock: Lock,
    /// What became of each note since the lock given, in the order of the source, retired ones last.
    pub changes: Vec<Change>,
}

/// What writing a deck gives back.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WrittenApkg {
    /// The lock to keep for the next build, as in [`Apkg`].
    pub lock: Lock,
    /// What became of each note, as in [`Apkg`].
    pub changes: Vec<Change>,
}

/// What became of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The item the note is for; for a sentence with gaps, the one note of all its gaps.
    pub item: Id,
    /// What became of it.
    pub kind: ChangeKind,
    /// The note's globally unique id in Anki.
    pub guid: String,
}

/// What became of a note since the last build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ChangeKind {
    /// The lock does not know it.
    New,
    /// Its fields, tags or pictures differ.
    Updated,
    /// It is the same.
    Unchanged,
    /// The material no longer asks it; its note is marked with the tag [`RETIRED_TAG`](crate::RETIRED_TAG).
    Retired,
}

impl ChangeKind {
    /// Its name in data: in JSON, and in Python.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::New => "new",
            ChangeKind::Updated => "updated",
            ChangeKind::Unchanged => "unchanged",
            ChangeKind::Retired => "retired",
        }
    }
}
