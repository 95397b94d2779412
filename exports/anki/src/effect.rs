//! What importing a deck will do in one learner's collection.

use std::collections::{BTreeMap, BTreeSet};

use crate::learner::{Collection, LearnerNote, LearnerNoteType, Part, note_types_of_json, same_name};
use crate::lock::{Edition, Locked};
use crate::note_type::{NoteType, models};
use crate::options::ChangeKind;
use crate::plan::{DeckPlan, Edits, Effect, NoteTypePlan, Outcome, Schema};
use crate::tag::{RETIRED_TAG, joined};
use crate::update::{Note, content_digest, has_content, tags_digest};

/// What of a learner's collection concerns the deck.
pub(crate) struct Learner {
    notes: BTreeMap<String, LearnerNote>,
    /// For each note type of the package: the id that its notes will have, and what becomes of it.
    schemas: BTreeMap<NoteType, (Option<i64>, Schema)>,
    /// When the newest of the notes was made that the learner has as the last build gave it.
    newest: Option<i64>,
}

impl Learner {
    pub fn of(
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
            note.is_some_and(|note| has_content(*note_type, &note.fields, before.content))
        });
        let newest = as_given.map(|(_, before)| before.modified).max();
        Ok(Learner { notes, schemas, newest })
    }

    pub fn effect(&self, note: &Note, change: ChangeKind, before: Option<&Locked>) -> Effect {
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

    pub fn stay_elsewhere(&self, note: &Note, deck: &mut DeckPlan) {
        let cards = self.notes.get(&note.guid).map(|had| &had.cards);
        for name in cards.into_iter().flat_map(BTreeMap::values).filter(|name| !same_name(name, &deck.name)) {
            match deck.elsewhere.iter_mut().find(|(other, _)| other == name) {
                Some((_, count)) => *count += 1,
                None => deck.elsewhere.push((name.clone(), 1)),
            }
        }
    }

    pub fn note_types(&self) -> Vec<NoteTypePlan> {
        let plan = |(note_type, (_, schema)): (&NoteType, &(Option<i64>, Schema))| NoteTypePlan {
            note_type: note_type.name(),
            schema: *schema,
        };
        self.schemas.iter().map(plan).collect()
    }
}

/// Which of the learner's note types the notes of an incoming one will have, and what becomes of it.
fn schema(incoming: &LearnerNoteType, learner: &[LearnerNoteType]) -> (Option<i64>, Schema) {
    let pairs = |a: &[Part], b: &[Part]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b));
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
        Some(before) if has_content(note.note_type, &had.fields, before.content) => Edits::None,
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
