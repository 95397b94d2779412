//! Builds: what is written, where, and that it is always the same.

use std::collections::BTreeMap;
use std::process::Stdio;

use patra_tests::{Folder, NOTES};

fn folder() -> Folder {
    Folder::new(env!("CARGO_BIN_EXE_patra-under-test"))
}

/// Builds into a folder of its own and gives the files that were written there.
#[track_caller]
fn built(folder: &Folder, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().expect("a folder can be made");
    let path = out.path().to_str().expect("a path in UTF-8").to_owned();
    let ran = folder.patra(&[&["build", "-o", &path], arguments].concat());
    assert_eq!(ran.code, 0, "{ran}");
    let moved = Folder::new("");
    std::fs::rename(out.path(), moved.path().join("out")).expect("it can be moved");
    let files = moved.files().into_iter();
    files.map(|(name, bytes)| (name.trim_start_matches("out/").to_owned(), bytes)).collect()
}

#[test]
fn the_course_comes_in_two_editions() {
    let folder = folder();
    let ran = folder.patra(&["build"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
    insta::assert_snapshot!(folder.names().join("\n"));
    for name in folder.names() {
        let told = name.split_once("/sheets/").map_or(name.as_str(), |(before, _)| before);
        assert!(ran.stdout.contains(told), "the summary does not tell of {name}\n{ran}");
    }
    for edition in ["bpo.hi.md: ", "bpo.en.md: "] {
        let line = ran.stdout.lines().find(|line| line.starts_with(edition)).expect("a line for the edition");
        assert!(line.contains(" items, ") && line.ends_with(" pages"), "{line}");
    }
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    let folder = folder();
    let once = built(&folder, &["--jobs", "1"]);
    assert!(once.len() > 20);
    for arguments in [&["--jobs", "1"], &["--jobs", "2"], &["--jobs", "9"]] {
        let again = built(&folder, arguments);
        assert!(once.keys().eq(again.keys()));
        for (name, bytes) in &once {
            assert!(*bytes == again[name], "{name} differs at {arguments:?}");
        }
    }
}

#[test]
fn building_again_replaces_whole_files_and_leaves_no_others() {
    let folder = folder();
    assert_eq!(folder.patra(&["build"]).code, 0);
    let before = folder.files();
    folder.write("patra-out/bpo/hi/handout.pdf", "cut sho");
    folder.write("patra-out/bpo/hi/own.txt", "a learner's own file");
    assert_eq!(folder.patra(&["build"]).code, 0);
    let mut after = folder.files();
    assert_eq!(after.remove("patra-out/bpo/hi/own.txt").as_deref(), Some(&b"a learner's own file"[..]));
    assert!(before == after);
}

#[test]
fn a_material_on_its_own_and_its_editions_have_their_folders() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    folder.write("notes.hi.md", NOTES);
    folder.write("notes.en.md", NOTES.replace("language: hi", "language: en"));
    // Named after a language that it is not in.
    folder.write("other.mr.md", NOTES.replace("id: notes", "id: other"));
    let files = built(&folder, &["."]);
    let folders: Vec<&str> = files.keys().filter_map(|name| name.strip_suffix("/material.json")).collect();
    assert_eq!(folders, ["notes/en", "notes/hi", "notes", "other"]);
}

#[test]
fn only_what_is_asked_for_is_made() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    let all = built(&folder, &["notes.md"]);
    let only = |formats: &str| {
        let files = built(&folder, &["notes.md", "--only", formats]);
        // What is made is what would have been made with the rest.
        assert!(files.iter().all(|(name, bytes)| all[name] == *bytes), "{formats}");
        files.into_keys().filter(|name| !name.contains("/sheets/")).collect::<Vec<_>>()
    };
    let papers =
        ["notes/answers.pdf", "notes/cards.pdf", "notes/handout.pdf", "notes/material.json", "notes/worksheet.pdf"];
    assert_eq!(only("pdf"), papers);
    assert_eq!(only("anki"), ["notes/deck.apkg", "notes/material.json"]);
    assert!(built(&folder, &["notes.md", "--only", "sheets"]).contains_key("notes/sheets/datapackage.json"));
}

#[test]
fn papers_are_chosen_and_drawn_by_a_seed() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    let all = built(&folder, &["notes.md"]);
    let made = |arguments: &[&str]| built(&folder, &[&["notes.md", "--only", "pdf"], arguments].concat());
    let names: Vec<String> = made(&["--paper", "answers,worksheet"]).into_keys().collect();
    assert_eq!(names, ["notes/answers.pdf", "notes/material.json", "notes/worksheet.pdf"]);
    let other = made(&["--seed", "7"]);
    for (paper, drawn) in [("worksheet", true), ("answers", true), ("cards", false), ("handout", false)] {
        let name = format!("notes/{paper}.pdf");
        assert_eq!(other[&name] != all[&name], drawn, "{name}");
    }
    for arguments in [&["--flip", "short-edge"][..], &["--back-offset", "-1.5,0.5"], &["--calibrate"], &["--no-marks"]]
    {
        assert!(made(arguments)["notes/cards.pdf"] != all["notes/cards.pdf"], "{arguments:?}");
        // The handout has codes too, and nothing else of a sheet of cards.
        let same = made(arguments)["notes/handout.pdf"] == all["notes/handout.pdf"];
        assert_eq!(same, arguments != ["--no-marks"], "{arguments:?}");
    }
    // With the handout not asked for, the sheets still tell its pages.
    let sheets = built(&folder, &["notes.md", "--paper", "cards"]);
    assert!(!sheets.contains_key("notes/handout.pdf"));
    assert!(sheets["notes/sheets/terms.csv"] == all["notes/sheets/terms.csv"]);
}

#[test]
fn papers_that_no_format_has_are_wrong_usage() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    for arguments in [
        &["--only", "sheets", "--paper", "cards"][..],
        &["--paper", "poster"],
        &["--back-offset", "9,0"],
        &["--seed", "-1"],
    ] {
        let ran = folder.patra(&[&["build", "notes.md"], arguments].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran}");
    }
    assert_eq!(folder.names(), ["notes.md"]);
}

#[test]
fn a_material_that_asks_nothing_is_built_with_a_warning() {
    let folder = folder();
    folder.write("notes.md", "---\ntitle: पाठ\nlanguage: hi\n---\n\nकेवल एक वाक्य।\n");
    let ran = folder.patra(&["build", "notes.md"]);
    assert_eq!(ran.code, 0, "{ran}");
    // Of all papers at once.
    assert_eq!(ran.stderr.matches("P0063").count(), 1, "{ran}");
}

#[test]
fn sheets_that_are_no_longer_made_go() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    assert_eq!(folder.patra(&["build", "notes.md"]).code, 0);
    folder.write("patra-out/notes/sheets/own.csv", "a,b\r\n");
    folder.write("notes.md", NOTES.split("\n| पहलू").next().expect("the part before the table"));
    assert_eq!(folder.patra(&["build", "notes.md"]).code, 0);
    let mut kept = folder.names();
    kept.retain(|name| name.starts_with("patra-out/notes/sheets/") && !name.ends_with("/own.csv"));
    let fresh = built(&folder, &["notes.md"]);
    let fresh: Vec<String> =
        fresh.into_keys().filter(|name| name.contains("/sheets/")).map(|name| format!("patra-out/{name}")).collect();
    assert_eq!(kept, fresh);
    assert!(folder.names().contains(&"patra-out/notes/sheets/own.csv".to_owned()));
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    let without = built(&folder, &["notes.md"]);
    folder.write("notes.md", format!("\u{FEFF}{NOTES}"));
    assert!(without == built(&folder, &["notes.md"]));
}

#[test]
fn the_stored_form_builds_the_same() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    let from_source = built(&folder, &["notes.md"]);
    let exported = folder.patra(&["export", "--json", "notes.md"]);
    assert_eq!((exported.code, exported.stderr.as_str()), (0, ""), "{exported}");
    assert_eq!(exported.stdout.as_bytes(), from_source["notes/material.json"]);
    folder.write("stored.json", &exported.stdout);
    assert!(from_source == built(&folder, &["stored.json"]));
}

#[test]
fn a_picture_that_is_missing_shows_its_alternative_text() {
    let folder = folder();
    folder.write("notes.md", format!("{NOTES}\n![एक दफ़्तर](office.png)\n\n![पासवर्ड](../../../etc/passwd)\n"));
    let ran = folder.patra(&["build", "notes.md"]);
    insta::assert_snapshot!(ran.stderr);
    assert_eq!(ran.code, 0, "{ran}");
    let checked = folder.patra(&["check", "notes.md"]);
    assert_eq!((checked.code, checked.stderr), (0, ran.stderr));
}

#[test]
fn a_sound_that_is_missing_is_an_error() {
    let folder = folder();
    folder.write("notes.md", format!("{NOTES}\n![अभिवादन](call.mp3)\n"));
    let ran = folder.patra(&["build", "notes.md"]);
    assert!(ran.code == 1 && ran.stderr.contains("P0065") && ran.stderr.contains("call.mp3"), "{ran}");
    assert_eq!(folder.names(), ["notes.md"], "{ran}");
}

#[test]
fn a_picture_in_the_page_itself_is_shown() {
    // A GIF of one pixel.
    let gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    let folder = folder();
    folder.write(
        "page.html",
        format!("<html lang=en><h1>Clouds</h1><p>The sky has many of them.</p><img src=\"data:image/gif;base64,{gif}\" alt=\"a cloud\">"),
    );
    let ran = folder.patra(&["build", "page.html", "--only", "quiz,anki,sheets"]);
    assert!(ran.code == 0 && !ran.stderr.contains("base64"), "{ran}");
    for (name, bytes) in folder.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains(gif) || name.ends_with("page.html"), "{name}");
    }
}

#[test]
fn text_from_the_web_is_built() {
    let folder = folder();
    folder.write(
        "lekh.txt",
        "घर की बिजली\n\nबिजली हमारे घरों में तारों से आती है।\n\nउपकरण\n\n1. पंखा: हवा देता है।\n2. बल्ब: रोशनी देता है।\n",
    );
    let files = built(&folder, &["lekh.txt"]);
    let name = files.keys().find(|name| name.ends_with("/material.json")).expect("it is written");
    let stored = String::from_utf8(files[name].clone()).expect("UTF-8");
    for words in ["घर की बिजली", "तारों से आती है।", "पंखा", "हवा देता है।", "बल्ब", "रोशनी देता है।"]
    {
        assert!(stored.contains(words), "{words} is lost\n{stored}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = folder();
    for arguments in [&["export", "--json", "notes.md"][..], &["build", "notes.md"], &["--help"]] {
        folder.write("notes.md", NOTES);
        let mut command = folder.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && told.is_empty(), "{arguments:?} {:?} {told}", output.status);
    }
}

#[test]
fn help_tells_what_there_is() {
    let folder = folder();
    let mut all = String::new();
    for arguments in
        [&["--help"][..], &["build", "--help"], &["check", "--help"], &["plan", "--help"], &["export", "--help"]]
    {
        let ran = folder.patra(arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
        all.push_str(&format!("$ patra {}\n{}\n", arguments.join(" "), ran.stdout));
    }
    insta::assert_snapshot!(all);
    assert_eq!(folder.patra(&["--version"]).stdout, format!("patra {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn check_advises_on_what_is_asked_and_build_does_not() {
    let folder = folder();
    folder.write("notes.md", "---\ntitle: Words\nlanguage: en\n---\n\n# Words\n\n- **affect**: to change something\n- **effect**: what a cause leads to\n");
    let checked = folder.patra(&["check", "notes.md"]);
    assert_eq!(checked.code, 0, "{checked}");
    assert!(checked.stderr.contains("warning[P0052]") && checked.stderr.contains("notes.md:9:1"), "{checked}");
    let built = folder.patra(&["build", "notes.md"]);
    assert!(!built.stderr.contains("P0052"), "{built}");
}

#[test]
fn pasted_text_is_exported_as_markdown_that_builds_the_same_model() {
    let folder = folder();
    folder.write("lekh.txt", "मिट्टी क्या है?\nमिट्टी धरती की ऊपरी परत है।\n\nमिट्टी के प्रकार:-\n-\nजलोढ़: नदियों की लाई हुई\n-\nकाली: नमी देर तक रखने वाली\n");
    let markdown = folder.patra(&["export", "--markdown", "lekh.txt"]);
    assert_eq!(markdown.code, 0, "{markdown}");
    assert!(markdown.stdout.contains("- **जलोढ़**: नदियों की लाई हुई\n"), "{markdown}");
    folder.write("lekh.md", &markdown.stdout);
    let json = |name| folder.patra(&["export", "--json", name]).stdout;
    assert_eq!(json("lekh.md"), json("lekh.txt"));
    assert_eq!(folder.patra(&["export", "lekh.md"]).code, 2);
}
