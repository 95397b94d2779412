//! How decks ask: what the options of `build` and `plan` make of a deck, and of two editions of one material.

use std::collections::BTreeMap;

use patra_tests::Folder;

const HINDI: &str = "---
id: notes
title: छोटे नोट
language: hi
---

# लाभ और हानि

लाभ {#gain}
: जो बचता है।

हानि {#loss}
: जो जाता है।
";

const ENGLISH: &str = "---
id: notes
title: Short notes
language: en
---

# Gain and loss

Gain {#gain}
: What is left.
";

const MARATHI: &str = "---
id: notes
title: लहान टिपा
language: mr
---

# नफा आणि तोटा

नफा {#gain}
: जे उरते.
";

fn folder() -> Folder {
    let folder = Folder::new(env!("CARGO_BIN_EXE_patra-under-test"));
    folder.write("notes.hi.md", HINDI);
    folder.write("notes.en.md", ENGLISH);
    folder.write("notes.mr.md", MARATHI);
    folder
}

/// The decks that `plan` foresees, each with its language, and its notes with what becomes of them.
fn plans(folder: &Folder, arguments: &[&str]) -> BTreeMap<String, Vec<serde_json::Value>> {
    let ran = folder.patra(&[&["plan", "--json"], arguments].concat());
    assert_eq!(ran.code, 0, "{ran}");
    let plans: Vec<serde_json::Value> = serde_json::from_str(&ran.stdout).expect("JSON");
    let language = |plan: &serde_json::Value| plan["language"].as_str().expect("a tag").to_owned();
    plans.iter().map(|plan| (language(plan), plan["notes"].as_array().expect("notes").clone())).collect()
}

/// The items that are asked, with what a plan says of each of them under a name.
fn by_item(notes: &[serde_json::Value], name: &str) -> BTreeMap<String, String> {
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let asked = notes.iter().filter(|note| note["change"] != "retired");
    asked.map(|note| (text(&note["item"]), text(&note[name]))).collect()
}

/// What becomes of the items of each edition in a build with other arguments than the last.
fn changes(folder: &Folder, arguments: &[&str]) -> BTreeMap<String, BTreeMap<String, String>> {
    let plans = plans(folder, arguments).into_iter();
    plans.map(|(language, notes)| (language, by_item(&notes, "change"))).collect()
}

fn build(folder: &Folder, arguments: &[&str]) {
    let ran = folder.patra(&[&["build", "--only", "anki"], arguments].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
}

#[test]
fn what_chooses_note_types_makes_other_notes_and_what_adds_to_cards_updates_them() {
    let folder = folder();
    build(&folder, &["notes.hi.md"]);
    let plain = plans(&folder, &["notes.hi.md"])["hi"].clone();
    for option in ["--reversed", "--typed"] {
        let plan = plans(&folder, &["notes.hi.md", option])["hi"].clone();
        assert_ne!(by_item(&plan, "note_type"), by_item(&plain, "note_type"), "{option}");
        assert!(by_item(&plan, "change").values().any(|change| change == "new"), "{option}: {plan:?}");
        assert!(plan.iter().any(|note| note["change"] == "retired"), "{option}: {plan:?}");
    }
    let spoken = plans(&folder, &["notes.hi.md", "--speech"])["hi"].clone();
    assert_eq!(by_item(&spoken, "guid"), by_item(&plain, "guid"));
    assert!(by_item(&spoken, "change").values().all(|change| change == "updated"), "{spoken:?}");

    // The build does what was foreseen.
    for options in [&["--speech"][..], &["--reversed", "--typed"]] {
        let folder = self::folder();
        build(&folder, &[&["notes.hi.md"], options].concat());
        let again = changes(&folder, &[&["notes.hi.md"], options].concat());
        assert!(again["hi"].values().all(|change| change == "unchanged"), "{options:?}: {again:?}");
        let without = changes(&folder, &["notes.hi.md"]);
        assert!(without["hi"].values().any(|change| change != "unchanged"), "{options:?}: {without:?}");
    }
}

#[test]
fn a_build_that_forgets_the_options_of_the_last_is_warned() {
    let folder = folder();
    build(&folder, &["notes.hi.md", "--typed", "--speech"]);
    let lock = std::fs::read_to_string(folder.path().join("patra.lock")).expect("a lock");
    assert!(lock.contains("/hi\toptions\ttyped speech\n"), "{lock}");
    for command in [&["check"][..], &["plan"], &["build", "--only", "anki"]] {
        let ran = folder.patra(&[command, &["notes.hi.md", "--typed", "--speech"]].concat());
        assert!(!ran.stderr.contains("P0077"), "{ran}");
        if command[0] != "build" {
            let ran = folder.patra(&[command, &["notes.hi.md"]].concat());
            let told = "warning[P0077]: the deck was made with `typed` and `speech` and is now made without options";
            assert!(
                ran.stderr.contains(told) && ran.stderr.contains("give the options of the last build again"),
                "{ran}"
            );
        }
    }
    // It is told once: the lock says what the last build had.
    let ran = folder.patra(&["build", "--only", "anki", "notes.hi.md"]);
    assert!(ran.code == 0 && ran.stderr.contains("[P0077]"), "{ran}");
    let ran = folder.patra(&["build", "--only", "anki", "notes.hi.md"]);
    assert!(ran.code == 0 && !ran.stderr.contains("[P0077]"), "{ran}");
}

#[test]
fn an_edition_that_shares_no_id_is_warned_of() {
    let folder = folder();
    folder.write("notes.en.md", ENGLISH.replace("{#gain}", "{#surplus}"));
    let ran = folder.patra(&["check", "notes.hi.md", "notes.en.md", "--translation"]);
    assert_eq!(ran.stderr.matches("warning[P0078]").count(), 2, "{ran}");
}

#[test]
fn each_of_two_editions_shows_the_other() {
    let folder = folder();
    let both = ["notes.hi.md", "notes.en.md"];
    let translated = ["notes.hi.md", "notes.en.md", "--translation"];
    build(&folder, &both);
    let foreseen = changes(&folder, &translated);
    // What only the one edition has stays as it is.
    let change = |language: &str, item: &str| foreseen[language][item].as_str();
    assert_eq!((change("hi", "gain.meaning"), change("en", "gain.meaning")), ("updated", "updated"), "{foreseen:?}");
    assert_eq!(change("hi", "loss.meaning"), "unchanged", "{foreseen:?}");

    let ran = folder.patra(&[&["build", "--only", "anki"], &translated[..]].concat());
    assert_eq!(
        (ran.code, ran.stderr.matches("warning[").count(), ran.stderr.matches("[P0077]").count()),
        (0, 2, 2),
        "{ran}"
    );
    let unchanged = |arguments: &[&str]| {
        changes(&folder, arguments).values().flat_map(BTreeMap::values).all(|change| change == "unchanged")
    };
    assert!(unchanged(&translated) && !unchanged(&both));
    // What the sheets tell of the deck is told of this deck, whether or not it is made.
    let sheets = |arguments: &[&str]| {
        let ran = folder.patra(&[&["build", "--only", "sheets"], arguments].concat());
        assert_eq!(ran.code, 0, "{ran}");
        let changes = folder.files().into_iter().filter(|(name, _)| name.ends_with("/sheets/changes.csv"));
        changes.map(|(_, csv)| String::from_utf8_lossy(&csv).lines().count() - 1).sum::<usize>()
    };
    assert_eq!(sheets(&translated), 0);
    assert_ne!(sheets(&both), 0);
    // The words of the other edition are what is shown.
    folder.write("notes.en.md", ENGLISH.replace("What is left", "What remains"));
    assert_eq!(changes(&folder, &translated)["hi"]["gain.meaning"], "updated");
    assert_eq!(changes(&folder, &translated)["hi"]["gain.term"], "updated");
    assert_eq!(changes(&folder, &translated)["hi"]["loss.meaning"], "unchanged");
}

#[test]
fn of_more_than_two_editions_the_first_other_one_is_shown() {
    let folder = folder();
    build(&folder, &["notes.hi.md", "notes.en.md", "--translation"]);
    let three = changes(&folder, &["notes.hi.md", "notes.en.md", "notes.mr.md", "--translation"]);
    assert!(
        ["hi", "en"].iter().all(|edition| three[*edition].values().all(|change| change == "unchanged")),
        "{three:?}"
    );
    let otherwise = changes(&folder, &["notes.mr.md", "notes.hi.md", "notes.en.md", "--translation"]);
    assert_eq!(otherwise["hi"]["gain.meaning"], "updated", "{otherwise:?}");
}

#[test]
fn an_edition_alone_has_none_beside_it() {
    let folder = folder();
    folder.write("other.md", HINDI.replace("id: notes", "id: other"));
    folder.write("same.md", HINDI);
    let before = folder.files();
    // Neither another material nor the same language is another edition.
    for sources in [&["notes.hi.md"][..], &["notes.hi.md", "other.md"], &["notes.hi.md", "same.md"]] {
        let arguments = [sources, &["--translation"]].concat();
        let ran = folder.patra(&[&["build"], &arguments[..]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran}");
        assert_eq!(folder.files(), before, "something was written");
        let plan = folder.patra(&[&["plan"], &arguments[..]].concat());
        assert_eq!((plan.code, plan.stdout, plan.stderr), (2, String::new(), ran.stderr), "a plan says the same");
    }
    insta::assert_snapshot!(folder.patra(&["build", "notes.hi.md", "--translation"]));

    // Where no deck is made, none is missed.
    assert_eq!(folder.patra(&["build", "notes.hi.md", "--translation", "--only", "sheets"]).code, 0);
}

#[test]
fn what_is_wrong_with_the_other_edition_is_told_first() {
    let folder = folder();
    folder.write("notes.en.md", ENGLISH.replace("title: Short notes", "title: [Short, notes]"));
    for command in ["build", "plan"] {
        let ran = folder.patra(&[command, "notes.hi.md", "notes.en.md", "--translation"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{ran}");
        assert!(ran.stderr.contains("error[P0010]") && !ran.stderr.contains("--translation"), "{ran}");
    }
}
