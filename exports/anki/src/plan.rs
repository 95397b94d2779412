//! What importing a deck will do.
//!
//! Anki's rules, as measured from 23.10 to 26.9 with the options that a learner finds set: a note is found by its GUID; one of
//! another note type conflicts and is dropped; it is updated only if the one in the package is newer, and then its fields
//! and tags are all replaced; cards that are there stay where they are, those that are missing are added; nothing is deleted.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{Id, Material, Practice, Warned};

use crate::error::{Error, ErrorKind};
use crate::learner::{Collection, CollectionError, LearnerNote, LearnerNoteType, note_types_of_json, same_name};
use crate::lock::{Edition, Locked};
use crate::note_type::{NoteType, models};
use crate::options::{ApkgOptions, ChangeKind};
use crate::tag::{RETIRED_TAG, joined};
use crate::update::{Note, content_digest, tags_digest};
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
    /// What importing it will do in a learner's collection; `None` without one, and for a retired note that
    /// [`ApkgOptions::omit_retired`] leaves out.
    pub effect: Option<Effect>,
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
    /// Whether the note comes back: the learner has notes as new as its last build and not this one, so that most likely they deleted it.
    pub returns: bool,
    /// Whether what changed in it does not arrive, because the learner's note is as new or newer.
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
    let Ready { deck, notes, changes, labels, locked, warnings, .. } = ready(material, practice, options)?;
    let locked = locked.as_deref();
    let by_guid: BTreeMap<&str, &Note> = notes.iter().map(|note| (note.guid.as_str(), note)).collect();
    let learner = collection
        .map(|collection| Learner::of(collection, &by_guid, locked))
        .transpose()
        .map_err(|error| ErrorKind::LearnerCollection(CollectionError::database(error)))?;

    let mut decks: BTreeMap<&str, DeckPlan> = BTreeMap::new();
    let mut planned = Vec::with_capacity(changes.len());
    for (change, question) in changes.into_iter().zip(labels) {
        let note = by_guid.get(change.guid.as_str()).copied();
        let before = note.and_then(|note| locked?.items.get(&(change.item.clone(), note.note_type)));
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
        let note_type = note.map(|note| note.note_type).or_else(|| {
            locked?.items.iter().find(|(_, before)| before.guid == change.guid).map(|((_, note_type), _)| *note_type)
        });
        planned.push(NotePlan {
            item: change.item,
            note_type: note_type.map_or("", NoteType::name),
            guid: change.guid,
            question,
            change: change.kind,
            effect,
        });
    }
    let note_types = learner.map(|learner| learner.note_types()).unwrap_or_default();
    let decks = decks.into_values().collect();
    Ok(Warned { output: Plan { deck: deck.name, notes: planned, decks, note_types }, warnings })
}

/// What of a learner's collection concerns the deck.
struct Learner {
    notes: BTreeMap<String, LearnerNote>,
    /// For each note type of the package: the id that its notes will have, and what becomes of it.
    schemas: BTreeMap<NoteType, (Option<i64>, Schema)>,
    /// When the newest of the notes was made that the learner has as the last build gave it.
    newest: Option<i64>,
}

impl Learner {
    fn of(
        collection: &Collection,
        notes: &BTreeMap<&str, &Note>,
        locked: Option<&Edition>,
    ) -> Result<Self, rusqlite::Error> {
        let used: BTreeSet<NoteType> = notes.values().map(|note| note.note_type).collect();
        let incoming = note_types_of_json(&models(&used).to_string());
        let schemas = used.into_iter().filter_map(|note_type| {
            let incoming = incoming.iter().find(|incoming| incoming.id == note_type.id())?;
            Some((note_type, schema(incoming, &collection.note_types)))
        });
        let schemas = schemas.collect();
        let notes = collection.notes(&|guid| notes.contains_key(guid))?;
        let as_given = locked.into_iter().flat_map(|locked| &locked.items).filter(|((_, note_type), before)| {
            // One that changed and changed back is as the last build gave it, and may be of a build long before.
            let note = notes.get(&before.guid).filter(|note| note.modified >= before.modified);
            note.is_some_and(|note| content_digest(*note_type, &note.fields) == before.content)
        });
        let newest = as_given.map(|(_, before)| before.modified).max();
        Ok(Learner { notes, schemas, newest })
    }

    fn effect(&self, note: &Note, change: ChangeKind, before: Option<&Locked>) -> Effect {
        let mut effect = Effect {
            outcome: Outcome::New,
            edits: Edits::None,
            lost_tags: Vec::new(),
            returns: false,
            held_back: false,
            new_cards: Vec::new(),
            empty_cards: Vec::new(),
        };
        let Some(had) = self.notes.get(&note.guid) else {
            effect.new_cards.clone_from(&note.ords);
            effect.returns = before.zip(self.newest).is_some_and(|(before, newest)| before.modified <= newest);
            return effect;
        };
        effect.edits = edits(note, had, before);
        let note_type = self.schemas.get(&note.note_type).and_then(|(id, _)| *id);
        if note_type != Some(had.note_type) {
            effect.outcome = Outcome::Conflicting;
            effect.held_back = true;
            return effect;
        }
        effect.new_cards = note.ords.iter().copied().filter(|ord| !had.cards.contains_key(ord)).collect();
        if note.modified > had.modified {
            effect.outcome = Outcome::Updated;
            effect.empty_cards = had.cards.keys().copied().filter(|ord| !note.ords.contains(ord)).collect();
            effect.lost_tags = lost_tags(note, had, before);
        } else {
            effect.outcome = Outcome::Unchanged;
            effect.held_back = match change {
                ChangeKind::Updated => true,
                _ => before.is_none() && effect.edits != Edits::None,
            };
        }
        effect
    }

    fn stay_elsewhere(&self, note: &Note, deck: &mut DeckPlan) {
        let cards = self.notes.get(&note.guid).map(|had| &had.cards);
        for name in cards.into_iter().flat_map(BTreeMap::values).filter(|name| !same_name(name, &deck.name)) {
            match deck.elsewhere.iter_mut().find(|(other, _)| other == name) {
                Some((_, count)) => *count += 1,
                None => deck.elsewhere.push((name.clone(), 1)),
            }
        }
    }

    fn note_types(&self) -> Vec<NoteTypePlan> {
        let plan = |(note_type, (_, schema)): (&NoteType, &(Option<i64>, Schema))| NoteTypePlan {
            note_type: note_type.name(),
            schema: *schema,
        };
        self.schemas.iter().map(plan).collect()
    }
}

/// Which of the learner's note types the notes of an incoming one will have, and what becomes of it.
fn schema(incoming: &LearnerNoteType, learner: &[LearnerNoteType]) -> (Option<i64>, Schema) {
    let pairs = |a: &[crate::learner::Part], b: &[crate::learner::Part]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b))
    };
    let equal = |other: &LearnerNoteType| {
        pairs(&other.fields, &incoming.fields) && pairs(&other.templates, &incoming.templates)
    };
    let Some(existing) = learner.iter().find(|other| other.id == incoming.id) else {
        return (Some(incoming.id), Schema::New);
    };
    if equal(existing) {
        let newer = incoming.modified > existing.modified;
        return (Some(existing.id), if newer { Schema::Updated } else { Schema::Unchanged });
    }
    let copy =
        learner.iter().find(|other| other.id != incoming.id && other.original == Some(incoming.id) && equal(other));
    copy.map_or((None, Schema::Copied), |copy| (Some(copy.id), Schema::CopiedBefore))
}

fn edits(note: &Note, had: &LearnerNote, before: Option<&Locked>) -> Edits {
    let content = content_digest(note.note_type, &had.fields);
    if content == content_digest(note.note_type, &note.fields) {
        return Edits::None;
    }
    match before {
        Some(before) if before.content == content => Edits::None,
        Some(before) if had.modified > before.modified => Edits::Edited,
        _ => Edits::Unknown,
    }
}

/// The most tags of which every choice is tried, to find those of the last build among them.
const TRIED: usize = 10;

/// The learner's own tags that an update takes away.
///
/// Of the tags that the update doesn't bring, those of the last build are the material's; which these are the lock tells by
/// its digest. Where that fits no choice of them, those of sections and of patra are taken for the material's.
fn lost_tags(note: &Note, had: &LearnerNote, before: Option<&Locked>) -> Vec<String> {
    let brings = |tag: &String| note.tags().any(|other| other.to_lowercase() == tag.to_lowercase());
    let (kept, gone): (Vec<String>, Vec<String>) = had.tags.iter().cloned().partition(brings);
    let root = note.tags().find_map(|tag| tag.split("::").next());
    let own = |tag: &String| tag != RETIRED_TAG && tag.split("::").next() != root;
    let Some(before) = before else { return gone };
    if gone.len() <= TRIED {
        // The fewer are the learner's, the likelier.
        let mut choices: Vec<u32> = (0..1 << gone.len()).collect();
        choices.sort_by_key(|choice| choice.count_ones());
        for choice in choices {
            let is_own = |index: usize| choice >> index & 1 == 1;
            let given = gone.iter().enumerate().filter(|(index, _)| !is_own(*index)).map(|(_, tag)| tag);
            let given = joined(kept.iter().chain(given).cloned());
            if tags_digest(&given) == before.tags {
                return gone
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| is_own(*index))
                    .map(|(_, tag)| tag.clone())
                    .collect();
            }
        }
    }
    gone.into_iter().filter(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learner::Part;

    fn note(question: &str, modified: i64, tags: &[&str], ords: &[u16]) -> Note {
        let mut fields = vec![String::new(); NoteType::Gap.fields().len()];
        fields[0] = question.to_owned();
        let (fields, tags) = (fields.join("\u{1f}"), joined(tags.iter().map(|&tag| tag.to_owned())).into());
        let (guid, subdeck) = ("g".to_owned(), String::new());
        Note { guid, note_type: NoteType::Gap, fields, tags, modified, ords: ords.to_vec(), subdeck }
    }

    fn locked(note: &Note) -> Locked {
        Locked {
            guid: note.guid.clone(),
            content: content_digest(note.note_type, &note.fields),
            tags: tags_digest(&note.tags),
            modified: note.modified,
            retired: false,
            gaps: BTreeMap::new(),
            subdeck: String::new(),
            label: String::new(),
        }
    }

    fn had(note: &Note) -> LearnerNote {
        LearnerNote {
            note_type: note.note_type.id(),
            modified: note.modified,
            tags: note.tags().map(str::to_owned).collect(),
            fields: note.fields.clone(),
            cards: note.ords.iter().map(|&ord| (ord, "D".to_owned())).collect(),
        }
    }

    fn learner(note: Option<LearnerNote>) -> Learner {
        let notes = note.map(|note| ("g".to_owned(), note)).into_iter().collect();
        let id = NoteType::Gap.id();
        Learner { notes, schemas: [(NoteType::Gap, (Some(id), Schema::Unchanged))].into(), newest: Some(100) }
    }

    #[test]
    fn what_the_learner_has_decides() {
        let before = note("क", 100, &["a"], &[0, 1]);
        let lock = locked(&before);
        let after = note("ख", 200, &["a"], &[0, 2]);
        let effect = learner(Some(had(&before))).effect(&after, ChangeKind::Updated, Some(&lock));
        assert_eq!((effect.outcome, effect.edits, effect.held_back), (Outcome::Updated, Edits::None, false));
        assert_eq!((effect.new_cards, effect.empty_cards), (vec![2], vec![1]));

        let mut edited = had(&before);
        edited.fields = edited.fields.replace('क', "मेरा");
        edited.modified = 150;
        let effect = learner(Some(edited.clone())).effect(&after, ChangeKind::Updated, Some(&lock));
        assert_eq!((effect.outcome, effect.edits), (Outcome::Updated, Edits::Edited));
        assert_eq!(learner(Some(edited.clone())).effect(&after, ChangeKind::Updated, None).edits, Edits::Unknown);
        let same = learner(Some(edited.clone())).effect(&before, ChangeKind::Unchanged, Some(&lock));
        assert_eq!((same.outcome, same.edits, same.held_back), (Outcome::Unchanged, Edits::Edited, false));
        edited.modified = 200;
        let late = learner(Some(edited.clone())).effect(&after, ChangeKind::Updated, Some(&lock));
        assert_eq!((late.outcome, late.held_back), (Outcome::Unchanged, true));
        edited.note_type = 7;
        let other = learner(Some(edited)).effect(&after, ChangeKind::Updated, Some(&lock));
        assert_eq!((other.outcome, other.new_cards.len()), (Outcome::Conflicting, 0));

        let gone = learner(None).effect(&after, ChangeKind::Updated, Some(&lock));
        assert_eq!((gone.outcome, gone.returns, gone.new_cards), (Outcome::New, true, vec![0, 2]));
        assert!(!learner(None).effect(&after, ChangeKind::New, None).returns);
    }

    #[test]
    fn the_tags_of_the_last_build_are_not_the_learners() {
        let before = note("क", 100, &["author", "bpo::s1", "shared"], &[0]);
        let lock = locked(&before);
        let after = note("क", 200, &["bpo::s2", "shared"], &[0]);
        let mut learner = had(&before);
        assert_eq!(lost_tags(&after, &learner, Some(&lock)), [""; 0]);
        learner.tags.extend(["leech".to_owned(), "कठिन".to_owned()]);
        assert_eq!(lost_tags(&after, &learner, Some(&lock)), ["leech", "कठिन"]);
        // Where the learner took a tag away, the digest tells nothing.
        learner.tags.retain(|tag| tag != "shared");
        assert_eq!(lost_tags(&after, &learner, Some(&lock)), ["author", "leech", "कठिन"]);
    }

    #[test]
    fn a_note_type_with_other_fields_is_copied() {
        let part = |id, name: &str| Part { id, name: name.to_owned() };
        let incoming = LearnerNoteType {
            id: 7,
            modified: 5,
            original: None,
            fields: vec![part(Some(1), "A"), part(Some(2), "B")],
            templates: vec![part(Some(3), "C")],
        };
        assert_eq!(schema(&incoming, &[]), (Some(7), Schema::New));
        let mut mine = incoming.clone();
        assert_eq!(schema(&incoming, &[mine.clone()]), (Some(7), Schema::Unchanged));
        mine.modified = 4;
        mine.fields[0].name = "renamed".into();
        mine.templates[0].id = None;
        assert_eq!(schema(&incoming, &[mine.clone()]), (Some(7), Schema::Updated));
        mine.fields.push(part(None, "own"));
        assert_eq!(schema(&incoming, &[mine.clone()]), (None, Schema::Copied));
        let copy = LearnerNoteType { id: 9, original: Some(7), ..incoming.clone() };
        assert_eq!(schema(&incoming, &[mine, copy]), (Some(9), Schema::CopiedBefore));
    }
}
