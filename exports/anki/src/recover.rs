//! A lost lock, told anew from the package that was made with it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use patra_core::Id;
use patra_database::is_table;
use rusqlite::Connection;
use zip::ZipArchive;

use crate::field::{PARTING, SHARED};
use crate::guid::{Namespace, digest, hex};
use crate::lock::{Edition, Locked, LockedGap};
use crate::note_type::NoteType;
use crate::tag::RETIRED_TAG;
use crate::update::{content_digest, tags_digest};

/// The largest database that is looked into, in bytes.
const MOST: u64 = 1 << 30;

/// What the lock said of the notes in a package; `None` where it is no package of patra's, or of another material or
/// language.
///
/// All that later builds need is there but the numbers of gaps that were gone already.
pub(crate) fn recover(package: &[u8], namespace: &Namespace) -> Option<Edition> {
    let connection = open(package)?;
    let mut edition = Edition::default();
    let decks: String = connection.query_row("SELECT decks FROM col", [], |row| row.get(0)).ok()?;
    let decks: serde_json::Value = serde_json::from_str(&decks).ok()?;
    let name = |id: i64| decks.get(id.to_string()).and_then(|deck| deck.get("name")?.as_str()).unwrap_or_default();
    name(namespace.deck_id()).clone_into(&mut edition.deck);
    let mut cards: BTreeMap<i64, Vec<u16>> = BTreeMap::new();
    let mut subdecks: BTreeMap<i64, &str> = BTreeMap::new();
    let mut statement = connection.prepare("SELECT nid, ord, did FROM cards ORDER BY nid, ord").ok()?;
    let mut rows = statement.query([]).ok()?;
    while let Some(row) = rows.next().ok()? {
        let id = row.get(0).ok()?;
        cards.entry(id).or_default().push(row.get(1).ok()?);
        let below = name(row.get(2).ok()?).strip_prefix(edition.deck.as_str());
        subdecks.insert(id, below.and_then(|below| below.strip_prefix("::")).unwrap_or_default());
    }
    let mut statement = connection.prepare("SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id").ok()?;
    let mut rows = statement.query([]).ok()?;
    while let Some(row) = rows.next().ok()? {
        let (id, guid, type_id): (i64, String, i64) = (row.get(0).ok()?, row.get(1).ok()?, row.get(2).ok()?);
        let Some(note_type) = NoteType::ALL.into_iter().find(|note_type| note_type.id() == type_id) else { continue };
        let (tags, joined): (String, String) = (row.get(4).ok()?, row.get(5).ok()?);
        let fields: Vec<&str> = joined.split(PARTING).collect();
        let Some(item) = item(&fields, note_type, &guid, namespace) else { continue };
        let gaps = match note_type {
            NoteType::Gap => gaps(fields[0], cards.get(&id).map(Vec::as_slice).unwrap_or_default()),
            _ => BTreeMap::new(),
        };
        let retired = tags.split_whitespace().any(|tag| tag == RETIRED_TAG);
        let locked = Locked {
            guid,
            content: content_digest(note_type, &joined),
            tags: tags_digest(&tags),
            modified: row.get(3).ok()?,
            retired,
            gaps: gaps.into_iter().map(|(number, words)| (number, LockedGap { words, live: !retired })).collect(),
            subdeck: subdecks.get(&id).copied().unwrap_or_default().to_owned(),
            label: crate::lock::one_line(&plain(fields[0])),
        };
        edition.items.insert((item, note_type), Box::new(locked));
    }
    (!edition.items.is_empty()).then_some(edition)
}

/// The database of a package in either form.
fn open(package: &[u8]) -> Option<Connection> {
    let mut archive = ZipArchive::new(Cursor::new(package)).ok()?;
    let mut bytes = Vec::new();
    let compressed = archive.index_for_name("collection.anki21b").is_some();
    if compressed {
        let entry = archive.by_name("collection.anki21b").ok()?;
        zstd::Decoder::new(entry).ok()?.take(MOST).read_to_end(&mut bytes).ok()?;
    } else {
        archive.by_name("collection.anki2").ok()?.take(MOST).read_to_end(&mut bytes).ok()?;
    }
    let connection = patra_database::open(&bytes).ok()?;
    // A deck of patra's has these tables and no views in their place.
    let whole = ["col", "cards", "notes"].iter().all(|name| is_table(&connection, name) == Ok(true));
    whole.then_some(connection)
}

/// The item that a note is for, told by the field of its id and proved by its GUID.
fn item(fields: &[&str], note_type: NoteType, guid: &str, namespace: &Namespace) -> Option<Id> {
    if fields.len() != note_type.fields().len() {
        return None;
    }
    let id = plain(fields.get(fields.len() - SHARED + 6)?);
    // The note of a sentence names the item of its first gap: `city.gap-1`.
    let sentence = id.rsplit_once('-').map(|(sentence, _)| sentence);
    // The note of both directions names the item of its first: `bpo.meaning`.
    let both = (note_type == NoteType::Reversed).then(|| format!("{id}.{}", note_type.name()));
    let ids = [Some(id.as_str()), sentence, both.as_deref()].into_iter().flatten();
    let ids = ids.filter_map(|id| id.parse::<Id>().ok());
    ids.into_iter().find(|id| namespace.guid(id, note_type.name()) == guid)
}

/// The words that each gap hides, by its number, as the lock has their digests. A number that has a card and no words,
/// and words that are more than words (a formula), keep their place among the others.
fn gaps(field: &str, ords: &[u16]) -> BTreeMap<u16, String> {
    let mut words: BTreeMap<u16, Vec<String>> = ords.iter().map(|ord| (ord.saturating_add(1), Vec::new())).collect();
    for part in field.split("{{c").skip(1) {
        let Some((number, rest)) = part.split_once("::") else { continue };
        let Ok(number) = number.parse() else { continue };
        let hidden = rest.split("}}").next().unwrap_or_default();
        let hidden = hidden.split("::").next().unwrap_or_default();
        words.entry(number).or_default().push(plain(hidden));
    }
    let digest_of = |words: Vec<String>| hex(&digest(&words.iter().map(String::as_str).collect::<Vec<_>>()), 8);
    words.into_iter().map(|(number, words)| (number, digest_of(words))).collect()
}

/// The words of a field, without tags and with the references that fields are written with resolved.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = rest[at..].split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    const REFERENCES: [(&str, &str); 10] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#91;", "["),
        ("&#92;", "\\"),
        ("&#123;", "{"),
        ("&#125;", "}"),
        ("&#58;", ":"),
        ("&#824;", "\u{338}"),
        // The last, since it may stand before what looks like another.
        ("&amp;", "&"),
    ];
    REFERENCES.iter().fold(out, |words, (reference, c)| words.replace(reference, c))
}

#[cfg(test)]
mod tests {
    use patra_core::{Block, Cloze, Definition, Gap, Material, Practice, Run, Section, Text};

    use super::*;
    use crate::{ApkgOptions, ChangeKind, DeckFormat, apkg};

    fn material() -> Material {
        let gap = |words: &str| Run::Gap(Gap { text: words.into(), number: None, hint: Some("a::b".into()) });
        let text: Text = [gap("क<b>&amp;"), Run::Plain(" और ".into()), gap("ख")].into_iter().collect();
        let cloze = Cloze { id: Id::from_key("c-1"), text, ..Cloze::default() };
        let definition = |term: &str| {
            Block::Definition(Definition {
                term: term.into(), meaning: "अर्थ [१]".into(), ..Definition::default()
            })
        };
        let blocks = vec![definition("पहला"), definition("दूसरा"), Block::Cloze(cloze)];
        let section = Section { heading: "खंड".into(), blocks, ..Section::default() };
        let other = Section { heading: "और".into(), ..Section::default() };
        let mut material = Material {
            id: Id::from_key("m"),
            title: "M".into(),
            language: "hi".parse().expect("a tag"),
            tags: vec!["ख".into(), "A".into()],
            sections: vec![section, other],
            ..Material::default()
        };
        material.assign_ids();
        material
    }

    #[test]
    fn a_package_tells_what_its_lock_said() {
        let mut material = material();
        for format in [DeckFormat::Current, DeckFormat::Legacy] {
            let mut options = ApkgOptions { format, now: Some(1000), subdecks: true, ..ApkgOptions::default() };
            let first = apkg(&material, &Practice::of(&material), &options).expect("a deck").output;
            options.lock = Some(first.lock.clone());
            options.now = Some(2000);
            let gone = material.sections[0].blocks.remove(0);
            let second = apkg(&material, &Practice::of(&material), &options).expect("a deck").output;
            let namespace = Namespace::of(&material);
            let known = second.lock.edition(&namespace).expect("locked");
            let mut found = recover(&second.bytes, &namespace).expect("recovered");
            for (key, item) in &mut found.items {
                item.label.clone_from(&known.items[key].label);
            }
            found.subdecks.clone_from(&known.subdecks);
            found.options.clone_from(&known.options);
            assert_eq!(&found, known);
            material.sections[0].blocks.insert(0, gone);
        }
    }

    #[test]
    fn notes_of_both_directions_and_typed_ones_are_recovered() {
        let mut material = material();
        if let Block::Definition(definition) = &mut material.sections[0].blocks[0] {
            definition.meaning = "एक और अर्थ".into();
            definition.full_form = Some("पहला रूप".into());
        }
        for typed in [false, true] {
            let mut options = ApkgOptions { now: Some(1000), typed, reversed: !typed, ..ApkgOptions::default() };
            let first = apkg(&material, &Practice::of(&material), &options).expect("a deck").output;
            options.earlier = Some(first.bytes);
            let second = apkg(&material, &Practice::of(&material), &options).expect("a deck").output;
            assert!(second.changes.iter().all(|change| change.kind == ChangeKind::Unchanged), "{:?}", second.changes);
            assert_eq!(second.changes, {
                let mut changes = first.changes;
                changes.iter_mut().for_each(|change| change.kind = ChangeKind::Unchanged);
                changes
            });
        }
    }

    #[test]
    fn a_build_without_its_lock_goes_on_from_the_package() {
        let mut material = material();
        let mut options = ApkgOptions { now: Some(1000), ..ApkgOptions::default() };
        let first = apkg(&material, &Practice::of(&material), &options).expect("a deck").output;
        options.now = Some(2000);
        options.earlier = Some(first.bytes.clone());
        if let Block::Definition(definition) = &mut material.sections[0].blocks[0] {
            definition.meaning = "और".into();
        }
        let second = apkg(&material, &Practice::of(&material), &options).expect("a deck");
        assert_eq!(second.warnings.iter().filter(|w| w.code == patra_core::Code::LockLost).count(), 1);
        let updated = second.output.changes.iter().filter(|change| change.kind == ChangeKind::Updated).count();
        let unchanged = second.output.changes.iter().filter(|change| change.kind == ChangeKind::Unchanged).count();
        assert_eq!((updated, unchanged), (1, 2));
        // With its lock there is nothing to recover, and of another material's package nothing.
        options.lock = Some(second.output.lock);
        assert!(apkg(&material, &Practice::of(&material), &options).expect("a deck").warnings.is_empty());
        options.lock = None;
        material.language = "mr".parse().expect("a tag");
        assert!(apkg(&material, &Practice::of(&material), &options).expect("a deck").warnings.is_empty());
        for bytes in [&b""[..], b"PK", &first.bytes[..first.bytes.len() / 2]] {
            assert!(recover(bytes, &Namespace::of(&material)).is_none());
        }
    }
}
