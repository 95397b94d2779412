//! How papers look: sheets, margins, themes and fonts, as the command takes them.

use patra_tests::{Folder, NOTES};

fn folder() -> Folder {
    let folder = Folder::new(env!("CARGO_BIN_EXE_patra-under-test"));
    folder.write("notes.md", NOTES);
    folder
}

/// The handout that these arguments make.
#[track_caller]
fn handout(folder: &Folder, arguments: &[&str]) -> Vec<u8> {
    let ran = folder.patra(&[&["build", "notes.md", "--only", "pdf"], arguments].concat());
    assert_eq!(ran.code, 0, "{ran}");
    std::fs::read(folder.path().join("patra-out/notes/handout.pdf")).expect("a handout")
}

#[test]
fn every_option_makes_another_paper() {
    let folder = folder();
    let mut seen = vec![handout(&folder, &[])];
    for arguments in [
        &["--sheet", "letter"][..],
        &["--sheet", "a5"],
        &["--theme", "large-print"],
        &["--theme", "mono"],
        &["--margins", "30"],
        &["--margins", "30,20,30"],
        &["--binding", "12"],
        &["--contents", "always"],
        &["--no-marks"],
    ] {
        let made = handout(&folder, arguments);
        assert!(!seen.contains(&made), "{arguments:?} changes nothing");
        assert_eq!(made, handout(&folder, arguments), "{arguments:?}");
        seen.push(made);
    }
    assert_eq!(handout(&folder, &["--sheet", "a4", "--theme", "standard", "--contents", "auto"]), seen[0]);
    // Only odd pages, the first among them, are bound alike on one side and on two.
    assert_eq!(handout(&folder, &["--binding", "12", "--single-sided"]), handout(&folder, &["--binding", "12"]));
}

#[test]
fn the_theme_in_the_documentation_is_the_standard_one() {
    let docs = include_str!("../../docs/handouts.md");
    let theme = docs.split_once("```toml\n").and_then(|(_, rest)| rest.split_once("```")).expect("a theme").0;
    let folder = folder();
    let standard = handout(&folder, &[]);
    // Its list of families says only what is so anyway.
    folder.write("own.toml", theme);
    assert_eq!(handout(&folder, &["--theme", "own.toml"]), standard);
    folder.write("own.toml", theme.replace("body = 10.5", "body = 12"));
    assert_ne!(handout(&folder, &["--theme", "own.toml"]), standard);
}

#[test]
fn a_theme_is_told_of_with_its_place() {
    let folder = folder();
    folder.write("faint.toml", "[colours]\nmuted = \"#aaaaaa\"\n");
    let ran = folder.patra(&["build", "notes.md", "--theme", "faint.toml"]);
    assert_eq!(ran.code, 0, "{ran}");
    insta::assert_snapshot!(ran.stderr);
    let before = folder.files();
    folder.write("wrong.toml", "[sizes]\nबॉडी = 12\nbody = \"12pt\"\n");
    let ran = folder.patra(&["build", "notes.md", "--theme", "wrong.toml", "-o", "other"]);
    insta::assert_snapshot!(ran);
    let ran = folder.patra(&["build", "notes.md", "--theme", "large", "-o", "other"]);
    insta::assert_snapshot!(ran);
    assert_eq!(folder.files().len(), before.len() + 1, "something was written");
}

#[test]
fn what_leaves_no_room_or_is_no_font_is_told() {
    let folder = folder();
    folder.write("font.ttf", "no font");
    for (arguments, code, told) in [
        (&["--sheet", "a5", "--margins", "60"][..], 2, "too short to read"),
        (&["--margins", "5"], 2, "from 10 to 60"),
        (&["--binding", "99"], 2, "from 0 to 30"),
        (&["--font", "font.ttf"], 3, "`font.ttf` can't be read"),
        (&["--font", "none.ttf"], 3, "no such file"),
    ] {
        let ran = folder.patra(&[&["build", "notes.md"], arguments].concat());
        assert_eq!(ran.code, code, "{ran}");
        assert!(ran.stderr.contains(told), "{ran}");
    }
    assert_eq!(folder.files().len(), 2, "something was written");
}
