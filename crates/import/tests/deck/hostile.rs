//! Packages that are broken, or made to take much.

use std::time::{Duration, Instant};

use patra_core::{Code, Severity};
use patra_import::{DeckOptions, read_deck};
use rusqlite::Connection;

use crate::foreign::{Given, database, package};

fn codes(bytes: &[u8]) -> Vec<Code> {
    let deck = read_deck(bytes, &DeckOptions::default());
    deck.read.diagnostics.into_iter().map(|problem| problem.code).collect()
}

const NOTE: &[Given<'static>] = &[("a", 1, "", &["front", "<img src=\"../../x.png\">"], 1)];

#[test]
fn what_is_no_package_is_told() {
    let good = package(&[("collection.anki2", &database(NOTE))]);
    let cut = &good[..good.len() / 2];
    for bytes in [&b""[..], b"PK", b"no package", cut] {
        assert_eq!(codes(bytes), [Code::Unreadable]);
    }
    for entries in [
        &[("media", &b"{}"[..])][..],
        &[("collection.anki2", b"no database")],
        &[("collection.anki21b", b"not zstd")],
        &[("collection.anki2", &database(NOTE)), ("media", b"no json")],
        &[("collection.anki21b", b"\x28\xB5\x2F\xFD\xA4\xFF\xFF\xFF\xFF"), ("media", b"")],
    ] {
        assert_eq!(codes(&package(entries)), [Code::Unreadable], "{entries:?}");
    }
    // A database that is damaged within.
    let mut damaged = database(NOTE);
    let middle = damaged.len() / 2;
    damaged[200..middle].fill(0xFF);
    assert_eq!(codes(&package(&[("collection.anki2", &damaged)])), [Code::Unreadable]);
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![0_u8; 300 << 20];
    let bomb = zstd::encode_all(&zeros[..], 1).expect("compressed");
    assert_eq!(codes(&package(&[("collection.anki21b", &bomb)])), [Code::TooLarge]);
    assert_eq!(
        codes(&package(&[("collection.anki2", &database(NOTE)), ("media", &zeros[..20 << 20])])),
        [Code::TooLarge]
    );
}

/// A database in which some of the tables of a collection are made by other statements.
fn altered(sql: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().expect("a database");
    let bytes = database(NOTE);
    connection.deserialize_read_exact("main", bytes.as_slice(), bytes.len(), false).expect("opened");
    connection.execute_batch(sql).expect("altered");
    connection.serialize("main").expect("bytes").to_vec()
}

#[test]
fn views_and_computed_columns_are_not_run() {
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x";
    for sql in [
        format!("DROP TABLE cards; CREATE VIEW cards AS {endless} AS nid, 1 AS did, 0 AS odid, 0 AS ord FROM c"),
        format!(
            "DROP TABLE notes; CREATE VIEW notes AS {endless} AS id, 'g' AS guid, 1 AS mid, '' AS tags, 'a' AS flds FROM c"
        ),
        "DROP TABLE notes; CREATE VIEW notes AS SELECT 1 AS id, 'g' AS guid, 1 AS mid, '' AS tags, \
         hex(zeroblob(400000000)) AS flds"
            .to_owned(),
        "DROP TABLE notes; CREATE TABLE notes (id INTEGER PRIMARY KEY, guid, mid, tags, \
         flds GENERATED ALWAYS AS (hex(zeroblob(40000 + id))) VIRTUAL); INSERT INTO notes VALUES (1, 'g', 1, '')"
            .to_owned(),
        format!("DROP TABLE col; CREATE VIEW col AS {endless} AS models, '{{}}' AS decks FROM c WHERE x < 0"),
        format!("CREATE VIEW notetypes AS {endless} AS id, '' AS config FROM c"),
    ] {
        let bytes = package(&[("collection.anki2", &altered(&sql))]);
        let started = Instant::now();
        let deck = read_deck(&bytes, &DeckOptions::default());
        let problem = &deck.read.diagnostics[0];
        assert_eq!(problem.code, Code::Unreadable, "{sql}");
        assert!(problem.message.contains("not a plain table"), "{problem}");
        assert!(started.elapsed() < Duration::from_secs(20), "{sql}");
    }
    // A trigger is never run by reading.
    let sql = "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END";
    let deck = read_deck(&package(&[("collection.anki2", &altered(sql))]), &DeckOptions::default());
    assert!(deck.read.material.is_some());
}

#[test]
fn pages_that_are_used_many_times_are_damage() {
    // A note of 40,000 bytes, and an interior page whose cells all lead to the leaf that holds it.
    let words = "x".repeat(40_000);
    let mut bytes = database(&[("a", 1, "", &[&words, "b"], 1)]);
    let size = 4096;
    let pages = bytes.len() / size;
    let root = (1..pages).find(|page| {
        let start = page * size;
        bytes[start] == 13 && bytes[start..start + size].windows(100).any(|part| part == [b'x'; 100])
    });
    let root = root.expect("the leaf of the notes");
    let leaf = bytes[root * size..(root + 1) * size].to_vec();
    bytes.extend(&leaf);
    let child = u32::try_from(pages + 1).expect("few pages");
    let mut interior = vec![0; size];
    let count = 300_u16;
    interior[0] = 5;
    interior[3..5].copy_from_slice(&count.to_be_bytes());
    interior[5..7].copy_from_slice(&2000_u16.to_be_bytes());
    interior[8..12].copy_from_slice(&child.to_be_bytes());
    for cell in 0..usize::from(count) {
        let at = 2000 + cell * 5;
        interior[12 + cell * 2..14 + cell * 2].copy_from_slice(&u16::try_from(at).expect("in the page").to_be_bytes());
        interior[at..at + 4].copy_from_slice(&child.to_be_bytes());
        interior[at + 4] = 2;
    }
    bytes[root * size..(root + 1) * size].copy_from_slice(&interior);
    let all = u32::try_from(bytes.len() / size).expect("few pages");
    bytes[28..32].copy_from_slice(&all.to_be_bytes());
    let deck = read_deck(&package(&[("collection.anki2", &bytes)]), &DeckOptions::default());
    let problem = &deck.read.diagnostics[0];
    assert_eq!(problem.code, Code::Unreadable, "{problem}");
    assert!(problem.message.contains("share their pages"), "{problem}");
}

#[test]
fn names_lead_out_of_no_folder() {
    let bytes = package(&[
        ("collection.anki2", &database(NOTE)),
        ("media", br#"{"0": "../../x.png"}"#),
        ("0", b"\x89PNG"),
        ("../../../etc/passwd", b"root"),
    ]);
    let deck = read_deck(&bytes, &DeckOptions::default());
    let names: Vec<&String> = deck.media.keys().collect();
    assert_eq!(names, ["media/x.png"]);
}

#[test]
fn deep_fields_end() {
    let deep = "<div><b>".repeat(100_000) + "शब्द" + &"{{c1::".repeat(50_000);
    let notes: &[Given<'_>] = &[("a", 2, "", &[&deep, ""], 1), ("b", 1, "", &[&deep, &deep], 1)];
    let deck = read_deck(&package(&[("collection.anki2", &database(notes))]), &DeckOptions::default());
    assert!(deck.read.material.expect("a material").to_json().contains("शब्द"));
}

/// A note of patra's type for terms, or for regions of pictures, about an item.
fn own(item: &str, tag: &str, own: &[&str]) -> Vec<String> {
    let shared = ["", "", "क", "", "hi", "", item, "", "", "", "", "", "", "", ""];
    let fields = own.iter().chain(&shared).map(|field| (*field).to_owned());
    [tag.to_owned()].into_iter().chain(fields).collect()
}

fn read_own(note_type: i64, notes: &[Vec<String>]) -> patra_import::DeckRead {
    let fields: Vec<Vec<&str>> = notes.iter().map(|note| note[1..].iter().map(String::as_str).collect()).collect();
    let given: Vec<Given<'_>> = notes
        .iter()
        .zip(&fields)
        .map(|(note, fields)| ("g", note_type, note[0].as_str(), fields.as_slice(), 1))
        .collect();
    read_deck(&package(&[("collection.anki2", &database(&given))]), &DeckOptions::default())
}

const BASIC: i64 = 1_591_174_744_039;
const COMPARISON: i64 = 1_419_585_443_535;

#[test]
fn sections_without_end_are_no_material_of_patras() {
    let deep = "a".to_owned() + &"::a".repeat(200_000);
    let read = read_own(BASIC, &[own("b.meaning", &deep, &["क क्या है?", "ख"])]);
    assert!(read.read.diagnostics.iter().any(|told| told.code == Code::MissingTitle), "{:?}", read.read.diagnostics);
}

#[test]
fn many_things_of_patras_are_each_found_at_once() {
    // Looking through all notes for each of them would take thousands of times longer.
    let notes: Vec<Vec<String>> =
        (0..8_000).map(|at| own(&format!("t{at}.meaning"), &format!(" a::s{at} "), &["क क्या है?", "ख"])).collect();
    let material = read_own(BASIC, &notes).read.material.expect("a material");
    assert_eq!(material.sections.len(), 8_000);
    let notes: Vec<Vec<String>> = (0..8_000)
        .map(|at| own(&format!("c{at}.a.s.cell"), " a::b ", &["", "", "", "<table><tr><td>x<td>y</table>"]))
        .collect();
    let material = read_own(COMPARISON, &notes).read.material.expect("a material");
    assert_eq!(material.sections[0].blocks.len(), 8_000);
}

#[test]
fn what_is_the_same_of_many_notes_is_told_once() {
    let image = "<img src=\"https://example.org/a.png\">";
    let fields: &[&str] = &["{{c1::image-occlusion:rect:left=.1}}", image, ""];
    let guids: Vec<String> = (0..3_000).map(|at| format!("g{at}")).collect();
    let notes: Vec<Given<'_>> = guids.iter().map(|guid| (guid.as_str(), 4, "", fields, 1)).collect();
    let told =
        read_deck(&package(&[("collection.anki2", &database(&notes))]), &DeckOptions::default()).read.diagnostics;
    let kept: Vec<_> = told.iter().filter(|told| told.code == Code::KeptAsText).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(kept[0].message.starts_with("3000 notes"), "{}", kept[0]);
}

#[test]
fn only_pictures_and_sounds_are_carried_along() {
    let fields: &[&str] = &[
        "<img src=\"a.png\"> <img src=\"run.bat\"> <img src=\"fake.png\"> [sound:x.desktop] <img src=\"patra.toml\"> [sound:b.mp3]",
        "back",
    ];
    let bytes = package(&[
        ("collection.anki2", &database(&[("a", 1, "", fields, 1)])),
        (
            "media",
            br#"{"0": "a.png", "1": "run.bat", "2": "fake.png", "3": "x.desktop", "4": "patra.toml", "5": "b.mp3"}"#,
        ),
        ("0", b"\x89PNG\r\n\x1a\n"),
        ("1", b"\x89PNG\r\n\x1a\n"),
        ("2", b"MZ\x90"),
        ("3", b"[Desktop Entry]"),
        ("4", b"\x89PNG\r\n\x1a\n"),
        ("5", b"ID3\x04"),
    ]);
    let deck = read_deck(&bytes, &DeckOptions::default());
    let names: Vec<&String> = deck.media.keys().collect();
    assert_eq!(names, ["media/a.png", "media/b.mp3"]);
    let left_out = deck.read.diagnostics.iter().filter(|problem| problem.code == Code::DeckMedia);
    assert!(left_out.count() >= 3, "{:?}", deck.read.diagnostics);
}

#[test]
fn empty_notes_and_notes_without_an_answer_are_reported_and_the_rest_is_made() {
    let notes: &[Given<'static>] = &[
        ("a", 1, "", &["dew", "drops at night"], 1),
        ("b", 1, "", &["", " "], 1),
        ("c", 1, "", &["Why does the grass get wet when it did not rain?", ""], 1),
    ];
    let deck = read_deck(&package(&[("collection.anki2", &database(notes))]), &DeckOptions::default());
    let material = deck.read.material.expect("the rest is made");
    let problems = material.problems();
    assert!(problems.iter().all(|problem| problem.severity() < Severity::Error), "{problems:?}");
    let json = material.to_json();
    assert!(json.contains("drops at night") && json.contains("Why does the grass"), "{json}");
    let told: Vec<String> = deck.read.diagnostics.iter().map(ToString::to_string).collect();
    for words in ["note 2 of the deck is empty", "note 3 of the deck (`Why does the grass"] {
        assert!(told.iter().any(|message| message.contains(words)), "{told:#?}");
    }
}
