//! Which notes are new, changed or gone since the last build, and what that makes of their times.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use patra_core::{Code, Diagnostic, Id, Material, Messages, Span, phrase};
use sha1::{Digest, Sha1};

use crate::block::language_fields;
use crate::draft::Draft;
use crate::field::{AFTER_PAGE, CONTEXT_TO_PAGE, PARTING, SHARED};
use crate::guid::Namespace;
use crate::inline::Html;
use crate::lock::{Edition, Locked};
use crate::note_type::NoteType;
use crate::options::{Change, ChangeKind};
use crate::rename::{Rename, renames};
use crate::tag::RETIRED_TAG;

/// A note as Anki gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub guid: String,
    pub note_type: NoteType,
    /// Its fields, parted as Anki parts them.
    pub fields: String,
    /// Its tags, as Anki joins them.
    pub tags: Arc<str>,
    /// Its modification time, in seconds since 1970.
    pub modified: i64,
    /// The ordinals of its cards, from 0.
    pub ords: Vec<u16>,
    /// The subdeck of its cards; empty for the deck itself.
    pub subdeck: String,
}

impl Note {
    /// Its tags one by one.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.split(' ').filter(|tag| !tag.is_empty())
    }
}

/// The digest of what a note says, from its fields as Anki parts them: the first 64 bits of SHA-1.
pub(crate) fn content_digest(note_type: NoteType, fields: &str) -> u64 {
    let [own, shared, after] = own_content(fields).unwrap_or([fields, "", ""]);
    u64::from_be_bytes(first(&[note_type.name(), "\0\0", own, "\0", shared, "\0", after]))
}

/// Whether a digest in a lock is that of a note with these fields.
///
/// Older locks have digests that count the headings. A note hasn't changed where that digest fits either; the build then writes
/// the present one. Neither digest fits other fields by chance, so a lock need not say which it has.
pub(crate) fn has_content(note_type: NoteType, fields: &str, digest: u64) -> bool {
    digest == content_digest(note_type, fields) || digest == digest_with_context(note_type, fields)
}

/// The digest as locks had it while the headings counted.
fn digest_with_context(note_type: NoteType, fields: &str) -> u64 {
    let (before, after) = around_page(fields).unwrap_or((fields, ""));
    u64::from_be_bytes(first(&[note_type.name(), "\0", before, "\0", after]))
}

/// The fields before the one for the headings, those between it and the one for the page of the handout, and those after.
///
/// Neither headings nor a page are content: a typo in the title is in every note, and a heading put in at the front moves every
/// page behind it. If that made every note newer, the next import would overwrite what learners wrote into notes that nobody
/// changed. Notes get their new headings and their new page with their next change.
fn own_content(fields: &str) -> Option<[&str; 3]> {
    let (before, after) = around_page(fields)?;
    let mut ends = before.rmatch_indices(PARTING).map(|(at, _)| at);
    let end = ends.nth(CONTEXT_TO_PAGE - 1)?;
    let start = ends.next()?;
    Some([&before[..start], &before[end..], after])
}

/// The fields before and after the one for the page of the handout.
fn around_page(fields: &str) -> Option<(&str, &str)> {
    let mut ends = fields.rmatch_indices(PARTING).map(|(at, _)| at);
    let after = ends.nth(AFTER_PAGE - 1)?;
    let before = ends.next()?;
    Some((&fields[..before], &fields[after..]))
}

/// The digest of a note's tags, given as Anki joins them: the first 32 bits of SHA-1.
pub(crate) fn tags_digest(tags: &str) -> u32 {
    u32::from_be_bytes(first(&[tags]))
}

/// The first bytes, of 20, of the SHA-1 of texts one after the other.
fn first<const N: usize>(texts: &[&str]) -> [u8; N] {
    let mut hasher = Sha1::new();
    texts.iter().for_each(|text| hasher.update(text));
    let digest = hasher.finalize();
    std::array::from_fn(|at| digest[at])
}

/// What a build hands out.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// What the lock is to say of each note, in the order of the source, retired ones last.
    pub entries: Vec<Entry>,
    /// What became of each note, in the same order.
    pub changes: Vec<Change>,
    /// How many items are in another subdeck than they were.
    pub moved: usize,
    /// The tags of the last note, with their digest.
    tags: Option<(Arc<str>, u32)>,
    /// Things that seem to have been renamed.
    pub renames: Vec<Rename>,
    pub warnings: Vec<Diagnostic>,
    pub errors: Vec<Diagnostic>,
}

/// What takes the notes as they are settled.
pub(crate) trait Take {
    /// Takes the next note, `kind` being what became of it.
    fn take(&mut self, note: Note, kind: ChangeKind);
}

/// Compares drafts, of which there are `most` at most, with the lock, and has each note taken. `now` is the time of what is
/// new or has changed. Where errors are found, the notes taken are of no use.
pub(crate) fn settle(
    material: &Material,
    drafts: impl IntoIterator<Item = Draft>,
    most: usize,
    locked: Option<&Edition>,
    now: i64,
    notes: &mut dyn Take,
) -> Settled {
    let namespace = Namespace::of(material);
    // Room for all at once: what grows is copied into new memory, which the system has to clear first.
    let most = most + locked.map_or(0, |locked| locked.items.len());
    let (entries, changes) = (Vec::with_capacity(most), Vec::with_capacity(most));
    let mut settled = Settled { entries, changes, ..Settled::default() };
    let known = |key: &(Id, NoteType)| locked.and_then(|locked| locked.item(key));
    let mut live = BTreeSet::new();
    // Without a lock nothing was there before, none of this is asked, and each draft is taken as it comes.
    let drafts: Box<dyn Iterator<Item = Draft>> = if locked.is_some() {
        let drafts: Vec<Draft> = drafts.into_iter().collect();
        live.extend(drafts.iter().map(|draft| (draft.item.clone(), draft.note_type)));
        Box::new(drafts.into_iter())
    } else {
        Box::new(drafts.into_iter())
    };
    // Items that were asked in another way. A note type can't be changed by an import, so each way is a note of its own.
    let mut otherwise: BTreeSet<&(Id, NoteType)> = BTreeSet::new();
    let mut new: Vec<(Id, String, Span)> = Vec::new();
    for draft in drafts {
        let key = (draft.item.clone(), draft.note_type);
        let before = known(&key);
        if let Some(locked) = locked
            && before.is_none_or(|before| before.retired)
        {
            let ways = draft.ways();
            let entries = ways.iter().filter_map(|way| locked.items.get_key_value(way));
            for (way, _) in entries.filter(|(way, before)| !before.retired && !live.contains(way)) {
                let (was, is) = (way.1.name(), draft.note_type.name());
                let message = phrase!(
                    "`{$before}`, a {$was} card, is now `{$item}`, a {$is} card",
                    before = way.0,
                    was,
                    item = draft.item,
                    is
                );
                let hint = phrase!(
                    "to Anki that is a new card: the old one, with its reviews, gets the tag `{$retired}`; ask as before to keep it",
                    retired = RETIRED_TAG
                );
                let warning = Diagnostic::new(Code::NoteTypeChanged, draft.span, message).with_hint(hint);
                settled.warnings.push(warning);
                otherwise.insert(way);
            }
        }
        if locked.is_some() && before.is_none() {
            new.push((draft.item.clone(), draft.label.clone(), draft.span));
        }
        let guid =
            before.map_or_else(|| namespace.guid(&draft.item, draft.note_type.name()), |before| before.guid.clone());
        let (note, kind) = settled.hand_out(draft, guid, before, false, now);
        notes.take(note, kind);
    }
    // Two GUIDs of our own are never the same, since no two drafts have the same item and note type.
    let Some(locked) = locked else { return settled };
    let mut guids: HashMap<&str, &Id> = HashMap::with_capacity(settled.changes.len());
    for Change { item, guid, .. } in &settled.changes {
        if let Some(other) = guids.insert(guid, item) {
            let message = phrase!("`{$other}` and `{$item}` have one GUID, `{$guid}`", other, item, guid);
            let hint = "the lock was altered: take the line of one of them out";
            settled.errors.push(Diagnostic::new(Code::DuplicateId, Span::NONE, message).with_hint(hint));
        }
    }
    let is_gone = |key: &_, before: &Locked| !live.contains(key) && !guids.contains_key(before.guid.as_str());
    let gone: Vec<_> = locked.items.iter().filter(|(key, before)| is_gone(key, before)).collect();
    let lost = gone.iter().filter(|(key, before)| !before.retired && !otherwise.contains(key));
    settled.renames = renames(
        lost.map(|((item, _), before)| (item, before.label.as_str())),
        new.iter().map(|(item, asks, span)| (item, asks.as_str(), *span)),
        locked.items.keys().filter(|key| live.contains(key)).map(|(item, _)| item),
    );
    settled.warnings.extend(settled.renames.iter().map(Rename::offer));
    for (key, before) in gone {
        if !before.retired && !otherwise.contains(key) {
            let message = phrase!(
                "`{$item}` is no longer asked; its note gets the tag `{$retired}`",
                item = key.0,
                retired = RETIRED_TAG
            );
            let hint = phrase!("learners find such notes with `tag:{$retired}`", retired = RETIRED_TAG);
            settled.warnings.push(Diagnostic::new(Code::NoteRetired, Span::NONE, message).with_hint(hint));
        }
        let tombstone = tombstone(material, key, before);
        let (note, kind) = settled.hand_out(tombstone, before.guid.clone(), Some(before), true, now);
        notes.take(note, kind);
    }
    settled
}

/// What the lock says of an item.
pub(crate) type Entry = ((Id, NoteType), Box<Locked>);

impl Settled {
    fn hand_out(
        &mut self,
        draft: Draft,
        guid: String,
        before: Option<&Locked>,
        retired: bool,
        now: i64,
    ) -> (Note, ChangeKind) {
        let Draft { item, note_type, fields, tags, gaps, subdeck, label, .. } = draft;
        let content = content_digest(note_type, &fields);
        // The notes of a section have the same tags.
        let tags_now = match &self.tags {
            Some((same, digest)) if Arc::ptr_eq(same, &tags) => *digest,
            _ => {
                let digest = tags_digest(&tags);
                self.tags = Some((Arc::clone(&tags), digest));
                digest
            }
        };
        let (modified, kind) = match before {
            None => (now, ChangeKind::New),
            Some(before) if before.tags == tags_now && has_content(note_type, &fields, before.content) => {
                (before.modified, ChangeKind::Unchanged)
            }
            Some(before) => (now.max(before.modified.saturating_add(1)), ChangeKind::Updated),
        };
        self.moved += usize::from(before.is_some_and(|before| before.subdeck != subdeck));
        let ords: Vec<u16> = match note_type {
            NoteType::Gap => {
                gaps.iter().filter(|(_, gap)| gap.live || retired).map(|(n, _)| n.saturating_sub(1)).collect()
            }
            _ => note_type.ordinals(&fields),
        };
        let kind = if retired { ChangeKind::Retired } else { kind };
        self.changes.push(Change { item: item.clone(), kind, guid: guid.clone() });
        let locked = Box::new(Locked {
            guid: guid.clone(),
            content,
            tags: tags_now,
            modified,
            retired,
            gaps,
            subdeck: subdeck.clone(),
            label,
        });
        self.entries.push(((item, note_type), locked));
        (Note { guid, note_type, fields, tags, modified, ords, subdeck }, kind)
    }
}

/// What is left of a note that is no longer asked: its question, shortened, and a word to the learner.
///
/// A note can't be taken out of a learner's collection, and one that an import leaves out goes on being asked.
fn tombstone(material: &Material, (item, note_type): &(Id, NoteType), before: &Locked) -> Draft {
    let language = &material.language;
    let said = Messages::new(language).string("retired", &[]);
    let said =
        if said == "retired" { "This card is no longer part of the material and can be deleted." } else { &said };
    let mut message = Html::in_language(language);
    message.out.push_str("<p class=\"retired\">");
    message.words(said);
    message.out.push_str("</p>");

    let mut fields = vec![String::new(); note_type.fields().len()];
    let shared = fields.len() - SHARED;
    let mut question = Html::cloze(&before.label.as_str().into(), Vec::new(), language).out;
    let told = match note_type {
        NoteType::Gap => {
            for number in before.gaps.keys() {
                question.push_str(&format!(" {{{{c{number}::…}}}}"));
            }
            shared
        }
        NoteType::Basic | NoteType::Typed => 1,
        NoteType::Reversed => {
            fields[2].clone_from(&question);
            fields[3].clone_from(&message.out);
            1
        }
        NoteType::Choice | NoteType::Comparison | NoteType::Occlusion => 2,
    };
    fields[0] = question;
    fields[told].clone_from(&message.out);
    // Where the headings stand: there the learner reads it before the question.
    fields[shared + 2] = message.out;
    let [tag, direction] = language_fields(language);
    fields[shared + 4] = tag;
    fields[shared + 5] = direction;
    fields[shared + 6] = item.to_string();
    Draft {
        item: item.clone(),
        note_type: *note_type,
        fields: fields.join("\u{1f}"),
        tags: format!(" {RETIRED_TAG} ").into(),
        gaps: before.gaps.clone(),
        subdeck: before.subdeck.clone(),
        span: Span::NONE,
        about: None,
        label: before.label.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::lock::LockedGap;

    fn material() -> Material {
        Material { id: Id::from_key("bpo"), language: "hi".parse().expect("a tag"), ..Material::default() }
    }

    fn draft(item: &str, question: &str) -> Draft {
        let mut fields = vec![String::new(); NoteType::Basic.fields().len()];
        fields[0] = question.to_owned();
        Draft {
            item: Id::from_key(item),
            note_type: NoteType::Basic,
            fields: fields.join("\u{1f}"),
            tags: "".into(),
            gaps: BTreeMap::new(),
            subdeck: String::new(),
            span: Span::NONE,
            about: None,
            label: question.to_owned(),
        }
    }

    impl Take for Vec<Note> {
        fn take(&mut self, note: Note, _: ChangeKind) {
            self.push(note);
        }
    }

    /// What a build hands out, with its notes.
    struct Built {
        settled: Settled,
        notes: Vec<Note>,
        edition: Edition,
    }

    fn build(drafts: Vec<Draft>, locked: Option<&Edition>, now: i64) -> Built {
        let (material, mut notes) = (material(), Vec::new());
        let settled = settle(&material, drafts, 2, locked, now, &mut notes);
        let edition = Edition { items: settled.entries.iter().cloned().collect(), ..Edition::default() };
        Built { settled, notes, edition }
    }

    fn kinds(built: &Built) -> Vec<(&str, ChangeKind, i64)> {
        let times = built.notes.iter().map(|note| note.modified);
        let changes = built.settled.changes.iter();
        changes.zip(times).map(|(change, time)| (change.item.as_str(), change.kind, time)).collect()
    }

    /// A draft with a field of its note type filled in.
    fn draft_with(question: &str, note_type: NoteType, name: &str, words: &str) -> Draft {
        let mut fields = vec![""; note_type.fields().len()];
        fields[0] = question;
        let at = note_type.fields().iter().position(|field| field.name == name).expect("there is such a field");
        fields[at] = words;
        Draft { note_type, fields: fields.join("\u{1f}"), ..draft("a", question) }
    }

    #[test]
    fn other_headings_or_another_page_are_no_change() {
        for note_type in NoteType::ALL {
            for (name, words, other) in [("Page", "पृष्ठ 1", "पृष्ठ 2"), ("Context", "खनज › लोह", "खनिज › लोहा")]
            {
                let at = |question: &str, words: &str| vec![draft_with(question, note_type, name, words)];
                let first = build(at("क", words), None, 100);
                let moved = build(at("क", other), Some(&first.edition), 200);
                assert_eq!(kinds(&moved), [("a", ChangeKind::Unchanged, 100)], "{name} of {note_type:?}");
                // The next change brings it too.
                let edited = build(at("ख", other), Some(&moved.edition), 300);
                assert_eq!(kinds(&edited), [("a", ChangeKind::Updated, 300)], "{name} of {note_type:?}");
                assert!(edited.notes[0].fields.contains(other));
            }
            // All other fields are content, those beside the two too.
            for field in note_type.fields().iter().skip(1).filter(|field| !["Page", "Context"].contains(&field.name)) {
                let at = |words: &str| vec![draft_with("क", note_type, field.name, words)];
                let first = build(at("तीन"), None, 100);
                let edited = build(at("चार"), Some(&first.edition), 200);
                assert_eq!(kinds(&edited), [("a", ChangeKind::Updated, 200)], "{} of {note_type:?}", field.name);
            }
        }
    }

    #[test]
    fn a_lock_whose_digests_count_the_headings_makes_no_note_newer() {
        for note_type in NoteType::ALL {
            let at = |question: &str, heading: &str| vec![draft_with(question, note_type, "Context", heading)];
            let mut old = build(at("क", "धातु"), None, 100).edition;
            let fields = &at("क", "धातु")[0].fields;
            old.items.values_mut().for_each(|item| item.content = digest_with_context(note_type, fields));
            let same = build(at("क", "धातु"), Some(&old), 200);
            assert_eq!(kinds(&same), [("a", ChangeKind::Unchanged, 100)], "{note_type:?}");
            // The lock then has the digest that doesn't count them.
            let renamed = build(at("क", "धातुएँ"), Some(&same.edition), 300);
            assert_eq!(kinds(&renamed), [("a", ChangeKind::Unchanged, 100)], "{note_type:?}");
            let edited = build(at("ख", "धातु"), Some(&old), 200);
            assert_eq!(kinds(&edited), [("a", ChangeKind::Updated, 200)], "{note_type:?}");
        }
    }

    #[test]
    fn digests_in_locks_stay_as_they_are() {
        let fields = &draft_with("क", NoteType::Basic, "Context", "धातु").fields;
        assert_eq!(format!("{:016x}", digest_with_context(NoteType::Basic, fields)), "73a48fcd07287ac2");
        assert_eq!(format!("{:016x}", content_digest(NoteType::Basic, fields)), "95d7340a0874e67b");
    }

    #[test]
    fn only_what_changed_is_newer() {
        use ChangeKind::{New, Retired, Unchanged, Updated};
        let first = build(vec![draft("a", "क"), draft("b", "ख")], None, 100);
        assert_eq!(kinds(&first), [("a", New, 100), ("b", New, 100)]);
        let edits = vec![draft("c", "ग"), draft("b", "खख"), draft("a", "क")];
        let second = build(edits, Some(&first.edition), 200);
        assert_eq!(kinds(&second), [("c", New, 200), ("b", Updated, 200), ("a", Unchanged, 100)]);
        // A clock that stands still or goes back still makes changes newer.
        let third = build(vec![draft("b", "ख"), draft("a", "क")], Some(&second.edition), 50);
        assert_eq!(kinds(&third), [("b", Updated, 201), ("a", Unchanged, 100), ("c", Retired, 201)]);
        assert_eq!(third.notes[2].tags.trim(), RETIRED_TAG);
        assert_eq!(third.settled.warnings.len(), 1);
        let fourth = build(vec![draft("b", "ख"), draft("a", "क")], Some(&third.edition), 300);
        assert_eq!(kinds(&fourth)[2], ("c", Retired, 201));
        assert!(fourth.settled.warnings.is_empty());
        let fifth = build(vec![draft("c", "ग")], Some(&fourth.edition), 400);
        assert_eq!(kinds(&fifth)[0], ("c", Updated, 400));
        assert_eq!(fifth.notes[0].guid, second.notes[0].guid);
    }

    #[test]
    fn an_item_asked_in_another_way_is_told_once() {
        let first = build(vec![draft("a", "क"), draft("b", "ख")], None, 100);
        let mut choice = draft("a", "क");
        choice.note_type = NoteType::Choice;
        choice.fields.push(PARTING);
        choice.span = Span::new(3, 5);
        let second = build(vec![choice.clone(), draft("b", "ख")], Some(&first.edition), 200);
        assert_eq!(second.settled.changes.iter().filter(|change| change.kind == ChangeKind::Retired).count(), 1);
        let [warning] = &second.settled.warnings[..] else {
            unreachable!("one warning: {:?}", second.settled.warnings)
        };
        assert_eq!((warning.code, warning.span), (Code::NoteTypeChanged, Span::new(3, 5)));
        assert_ne!(second.notes[0].guid, first.notes[0].guid);
        let third = build(vec![choice, draft("b", "ख")], Some(&second.edition), 300);
        assert!(third.settled.warnings.is_empty(), "{:?}", third.settled.warnings);
        // And back: the first card is asked again.
        let fourth = build(vec![draft("a", "क"), draft("b", "ख")], Some(&third.edition), 400);
        assert_eq!(fourth.settled.warnings.len(), 1);
        assert_eq!(fourth.notes[0].guid, first.notes[0].guid);
    }

    #[test]
    fn a_retired_sentence_keeps_all_its_cards() {
        let mut gap = draft("a", "क {{c1::ख}} {{c3::ग}}");
        gap.note_type = NoteType::Gap;
        gap.fields.pop();
        let fields = |note: &Note| note.fields.split(PARTING).map(str::to_owned).collect::<Vec<_>>();
        let live = |live| LockedGap { words: "00".into(), live };
        gap.gaps = BTreeMap::from([(1, live(true)), (2, live(false)), (3, live(true))]);
        let first = build(vec![gap], None, 100);
        assert_eq!(first.notes[0].ords, [0, 2]);
        let second = build(Vec::new(), Some(&first.edition), 200);
        assert_eq!(second.notes[0].ords, [0, 1, 2]);
        let left = fields(&second.notes[0]);
        assert!(left[0].ends_with("{{c1::…}} {{c2::…}} {{c3::…}}"), "{left:?}");
        assert_eq!(left.len(), NoteType::Gap.fields().len());
    }

    #[test]
    fn two_notes_with_one_guid_are_refused() {
        let mut edition = build(vec![draft("a", "क"), draft("b", "ख")], None, 100).edition;
        let guid = edition.items.values().next().expect("a").guid.clone();
        edition.items.values_mut().for_each(|item| item.guid.clone_from(&guid));
        let built = build(vec![draft("a", "क"), draft("b", "ख")], Some(&edition), 100);
        assert_eq!(built.settled.errors.len(), 1);
    }
}
