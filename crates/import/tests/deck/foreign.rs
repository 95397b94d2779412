//! Decks of others, written here as Anki writes them.

use std::io::{Cursor, Write};

use patra_core::{Block, Code, Material, Severity};
use patra_import::{DeckOptions, DeckRead, read_deck};
use rusqlite::Connection;
use zip::write::SimpleFileOptions;

/// A note: GUID, note type, tags, fields, deck.
pub type Given<'a> = (&'a str, i64, &'a str, &'a [&'a str], i64);

/// The database of a collection in schema 11.
pub fn database(notes: &[Given<'_>]) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().expect("a database");
    connection
        .execute_batch(
            "CREATE TABLE col (id integer, models text, decks text);
             CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, mod integer, tags text, flds text);
             CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, ord integer, due integer, odid integer);",
        )
        .expect("tables");
    let models = r#"{
        "1": {"name": "Basic", "type": 0, "flds": [{"name": "Front"}, {"name": "Back"}]},
        "2": {"name": "Cloze", "type": 1, "flds": [{"name": "Text"}, {"name": "Back Extra"}]},
        "3": {"name": "Rich", "type": 0, "flds": [{"name": "Word"}, {"name": "Sound"}, {"name": "Meaning"}, {"name": "Origin"}]},
        "4": {"name": "Image Occlusion", "type": 1, "originalStockKind": 6,
              "flds": [{"name": "Occlusion"}, {"name": "Image"}, {"name": "Header"}]}}"#;
    let decks = r#"{"1": {"name": "Default"}, "10": {"name": "भाषा"}, "11": {"name": "भाषा::शब्द"}, "12": {"name": "भाषा::वाक्य"}}"#;
    connection.execute("INSERT INTO col VALUES (1, ?1, ?2)", [models, decks]).expect("col");
    for (id, (guid, mid, tags, fields, deck)) in (1_i64..).zip(notes) {
        connection
            .execute("INSERT INTO notes VALUES (?1, ?2, ?3, 0, ?4, ?5)", (id, guid, mid, tags, fields.join("\u{1f}")))
            .expect("a note");
        connection.execute("INSERT INTO cards VALUES (?1, ?1, ?2, 0, 0, 0)", (id, deck)).expect("a card");
    }
    connection.serialize("main").expect("bytes").to_vec()
}

/// A package of the entries given.
pub fn package(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

const NOTES: &[Given<'static>] = &[
    ("a#1", 1, " संज्ञा leech ", &["ओस", "रात की <b>बूँदें</b><br>सुबह तक"], 11),
    ("a#2", 1, " संज्ञा ", &["ओस कब पड़ती है?", "<ul><li>रात में<li>सर्दी में</ul>"], 11),
    ("b!3", 2, "", &["{{c2::दिल्ली::शहर}} {{c1::भारत}} में है। \\(x^{2}\\)", "और बातें"], 12),
    ("c$4", 3, "", &["कमल", "[sound:kamal.mp3]", "एक फूल", "संस्कृत"], 10),
    ("d%5", 4, "", &["{{c1::image-occlusion:rect:left=.1}}", "<img src=\"नक़्शा.png\">", "राज्य"], 10),
    ("e&6", 1, "", &["<img src=\"missing.png\">", "खोया चित्र"], 10),
];

fn read(entries: &[(&str, &[u8])]) -> DeckRead {
    read_deck(&package(entries), &DeckOptions::named("डेक"))
}

fn sound(material: &Material) {
    let problems = material.problems();
    assert!(problems.iter().all(|problem| problem.severity() < Severity::Error), "{problems:?}");
}

#[test]
fn notes_become_what_they_are_in_either_form() {
    let database = database(NOTES);
    let legacy: DeckRead = read(&[
        ("collection.anki2", &database),
        ("media", r#"{"0": "kamal.mp3", "1": "नक़्शा.png"}"#.as_bytes()),
        ("0", b"ID3"),
        ("1", b"\x89PNG"),
    ]);
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 0).expect("compressed");
    let entry = |name: &str| {
        let mut inner = vec![0x0A, u8::try_from(name.len()).expect("short")];
        inner.extend(name.as_bytes());
        let mut entry = vec![0x0A, u8::try_from(inner.len()).expect("short")];
        entry.extend(inner);
        entry
    };
    let list = [entry("kamal.mp3"), entry("नक़्शा.png")].concat();
    let current: DeckRead = read(&[
        ("meta", b"\x08\x03"),
        ("collection.anki2", b"stand-in"),
        ("collection.anki21b", &zstd(&database)),
        ("media", &zstd(&list)),
        ("0", &zstd(b"ID3")),
        ("1", &zstd(b"\x89PNG")),
    ]);
    assert_eq!(legacy.read.material, current.read.material);
    assert_eq!(legacy.media, current.media);
    let material = legacy.read.material.expect("a material");
    sound(&material);
    let media: Vec<(&str, &[u8])> =
        legacy.media.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    assert_eq!(media, [("media/kamal.mp3", &b"ID3"[..]), ("media/नक़्शा.png", b"\x89PNG")]);
    let codes: Vec<Code> = legacy.read.diagnostics.iter().map(|problem| problem.code).collect();
    assert_eq!(codes.iter().filter(|code| **code == Code::DeckMedia).count(), 1, "{:?}", legacy.read.diagnostics);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("foreign", material.to_json());
    });
}

#[test]
fn a_database_that_kept_a_log_is_read() {
    // As Anki exports it; the log is no part of a package.
    let mut logged = database(NOTES);
    logged[18..20].copy_from_slice(&[2, 2]);
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 0).expect("compressed");
    let read = read(&[("collection.anki21b", &zstd(&logged)), ("media", &zstd(b""))]).read;
    assert!(read.material.is_some(), "{:?}", read.diagnostics);
}

#[test]
fn no_word_of_a_field_is_lost() {
    let material = read(&[("collection.anki2", &database(NOTES))]).read.material.expect("a material");
    let json = material.to_json();
    for word in [
        "ओस",
        "बूँदें",
        "सुबह",
        "पड़ती",
        "सर्दी",
        "दिल्ली",
        "शहर",
        "भारत",
        "x^{2}",
        "बातें",
        "कमल",
        "kamal.mp3",
        "फूल",
        "संस्कृत",
        "Origin",
        "image-occlusion",
        "राज्य",
        "missing.png",
        "खोया",
        "संज्ञा",
        "शब्द",
        "वाक्य",
    ] {
        assert!(json.contains(word), "{word} of {json}");
    }
}

#[test]
fn ids_follow_the_guid_and_not_the_words() {
    let ids = |notes: &[Given<'_>]| {
        let material = read(&[("collection.anki2", &database(notes))]).read.material.expect("a material");
        let mut ids = Vec::new();
        material.walk_blocks(&mut |block: &Block, _| ids.extend(block.id().map(ToString::to_string)));
        ids
    };
    let other: &[Given<'_>] = &[("a#1", 1, "", &["ओस की बूँद", "बदला हुआ"], 11)];
    assert_eq!(ids(&NOTES[..1]), ids(other));
    assert_ne!(ids(other), ids(&[("A#1", 1, "", &["ओस की बूँद", "बदला हुआ"], 11)]));
}
