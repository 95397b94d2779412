//! Plans: what importing a deck will do is said before it is made.

use std::collections::BTreeMap;

use patra_tests::{Folder, NOTES};

fn folder() -> Folder {
    Folder::new(env!("CARGO_BIN_EXE_patra-under-test"))
}

/// The changes that `plan` foresees, by the items' ids.
fn planned(folder: &Folder, arguments: &[&str]) -> BTreeMap<String, String> {
    let ran = folder.patra(&[&["plan", "--json"], arguments].concat());
    assert_eq!(ran.code, 0, "{ran}");
    let plan: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let notes = plan[0]["notes"].as_array().expect("notes");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    notes.iter().map(|note| (text(&note["item"]), text(&note["change"]))).collect()
}

#[test]
fn a_plan_says_what_an_import_will_do_and_writes_nothing() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    let plan = folder.patra(&["plan", "notes.md"]);
    assert!(plan.code == 0 && plan.stderr.is_empty(), "{plan}");
    assert_eq!(folder.names(), ["notes.md"]);
    assert!(planned(&folder, &["notes.md"]).values().all(|change| change == "new"));
    assert_eq!(folder.patra(&["build", "notes.md"]).code, 0);
    let before = folder.files();
    assert!(planned(&folder, &["notes.md"]).values().all(|change| change == "unchanged"));

    let gone = NOTES.replace("जो बचता है।", "जो बचा रहता है।").replace("हानि {#loss}\n: जो जाता है।\n\n", "");
    folder.write("notes.md", gone.replace("title: छोटे नोट", "title: नोट"));
    let plan = folder.patra(&["plan", "notes.md"]);
    insta::assert_snapshot!(plan);
    let mut after = folder.files();
    assert_ne!(after.insert("notes.md".to_owned(), NOTES.into()), None);
    assert!(after == before, "the plan wrote something");

    // A build warns of the same, before it writes.
    let built = folder.patra(&["build", "notes.md"]);
    assert_eq!((built.code, built.stderr), (0, plan.stderr));
}

#[test]
fn a_lost_lock_is_told_and_made_good_from_the_deck() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    assert_eq!(folder.patra(&["build", "notes.md"]).code, 0);
    let lock = folder.files()["patra.lock"].clone();
    std::fs::remove_file(folder.path().join("patra.lock")).expect("it is there");
    let ran = folder.patra(&["build", "notes.md"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(ran.stderr.contains("warning[P0075]"), "{ran}");
    assert_eq!(folder.files()["patra.lock"], lock);
    let again = folder.patra(&["build", "notes.md"]);
    assert_eq!((again.code, again.stderr.as_str()), (0, ""), "{again}");

    std::fs::remove_file(folder.path().join("patra.lock")).expect("it is there");
    folder.write("notes.md", NOTES.replace("जो बचता है।", "जो बचा रहता है।"));
    let plan = planned(&folder, &["notes.md"]);
    let updated: Vec<&str> =
        plan.iter().filter(|(_, change)| *change == "updated").map(|(item, _)| item.as_str()).collect();
    assert_eq!(updated, ["gain.meaning", "gain.term"]);
}

#[test]
fn a_question_that_becomes_a_choice_is_warned_of_with_its_place() {
    let folder = folder();
    let question = |rest: &str| format!("{NOTES}\nप्रश्न: कौन-सा? {{#which}}\n\n{rest}\n");
    folder.write("notes.md", question("उत्तर: लाभ।"));
    assert_eq!(folder.patra(&["build", "notes.md"]).code, 0);
    let line = question("").lines().position(|line| line.starts_with("प्रश्न")).expect("it is there") + 1;
    folder.write("notes.md", question("- [x] लाभ\n- [ ] हानि"));
    let checked = folder.patra(&["check", "notes.md"]);
    for ran in [checked, folder.patra(&["plan", "notes.md"]), folder.patra(&["build", "notes.md"])] {
        let place = format!("--> notes.md:{line}:1");
        assert!(ran.code == 0 && ran.stderr.contains("warning[P0074]") && ran.stderr.contains(&place), "{ran}");
        assert!(!ran.stderr.contains("P0072"), "{ran}");
    }
}
