//! Packages that are broken, or made to take much.

use patra_core::Code;
use patra_import::{DeckOptions, read_deck};

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
