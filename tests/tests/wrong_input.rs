//! Wrong input: a message with its place, the exit code, and nothing written.

use patra_tests::{Folder, Ran};

fn folder() -> Folder {
    Folder::new(env!("CARGO_BIN_EXE_patra-under-test"))
}

/// Builds the sources, which have to be wrong, and sees that nothing was written.
#[track_caller]
fn build(folder: &Folder, arguments: &[&str]) -> Ran {
    let before = folder.files();
    let ran = folder.patra(&[&["build"], arguments].concat());
    assert_ne!(ran.code, 0, "{ran}");
    assert_eq!(ran.stdout, "", "{ran}");
    assert_eq!(folder.files(), before, "something was written");
    ran
}

#[track_caller]
fn build_one(name: &str, content: impl AsRef<[u8]>) -> Ran {
    let folder = folder();
    folder.write(name, content);
    let built = build(&folder, &[name]);
    let checked = folder.patra(&["check", name]);
    assert_eq!((built.code, &built.stderr), (checked.code, &checked.stderr), "check says what build says");
    built
}

#[test]
fn a_missing_file() {
    insta::assert_snapshot!(build(&folder(), &["नोट्स.md"]));
}

#[test]
fn a_file_in_no_known_form() {
    insta::assert_snapshot!(build_one("notes.pptx", "PK"));
}

#[test]
fn a_folder_without_sources() {
    let folder = folder();
    folder.write("notes/picture.png", "");
    insta::assert_snapshot!(build(&folder, &["notes"]));
}

#[test]
fn not_utf8() {
    let mut bytes = "# शीर्षक\n\nक्षमा कीजिए, ".as_bytes().to_vec();
    bytes.extend(b"\xE0\xA4 \xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE\xFF\xFE \n\nanother line\n");
    insta::assert_snapshot!(build_one("notes.md", bytes));
}

#[test]
fn utf16() {
    let text = "\u{FEFF}# शीर्षक\n\nकुछ शब्द\n\nओस\n: पानी की बूँदें\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = folder();
    folder.write("notes.md", &bytes);
    let ran = folder.patra(&["export", "--markdown", "notes.md"]);
    assert!(ran.code == 0 && ran.stderr.contains("P0122") && ran.stdout.contains("कुछ शब्द"), "{ran}");
    // What would be written is UTF-8, so the file is left alone.
    let ran = folder.patra(&["ids", "--write", "notes.md"]);
    assert!(ran.code == 1 && ran.stderr.contains("not in UTF-8"), "{ran}");
    assert_eq!(std::fs::read(folder.path().join("notes.md")).expect("read"), bytes);
}

#[test]
fn a_few_bytes_that_mean_nothing_are_replaced() {
    let folder = folder();
    let mut bytes = "# शीर्षक\n\nक्षमा कीजिए, ".as_bytes().to_vec();
    bytes.extend(b"\xE0\xA4 and \xFF more\n\nThe {{sun}} is a star.\n");
    folder.write("notes.md", &bytes);
    let ran = folder.patra(&["build", "notes.md"]);
    insta::assert_snapshot!(ran.stderr);
    assert_eq!(ran.code, 0, "{ran}");
}

#[test]
fn an_empty_file() {
    insta::assert_snapshot!(build_one("notes.md", ""));
    for (name, content) in
        [("notes.md", " \n\n\t\n"), ("notes.txt", ""), ("notes.json", "\n"), ("notes.md", "\u{FEFF}")]
    {
        let ran = build_one(name, content);
        assert!(ran.code == 1 && ran.stderr.contains("P0002") && ran.stderr.contains(&format!("{name}:1:1")), "{ran}");
    }
}

#[test]
fn broken_front_matter() {
    insta::assert_snapshot!(build_one("notes.md", "---\ntitle: \"शीर्षक\nlanguage: hi\n---\n\n# पहला\n\nकुछ शब्द\n"));
}

#[test]
fn front_matter_with_a_field_that_is_not_known() {
    let folder = folder();
    folder
        .write("notes.md", "---\ntitle: शीर्षक\nlanguage: hi\nभाषा: hi\nupdatd: 2026-01-01\n---\n\n# पहला\n\nकुछ शब्द\n");
    insta::assert_snapshot!(folder.patra(&["check", "notes.md"]));
}

#[test]
fn front_matter_without_an_end() {
    insta::assert_snapshot!(build_one("notes.md", "---\ntitle: शीर्षक\nlanguage: hi\n\n# पहला\n\nकुछ शब्द\n"));
}

#[test]
fn two_equal_ids() {
    let source = "---\nid: notes\ntitle: शीर्षक\nlanguage: hi\n---\n\n# पहला\n\nलाभ {#gain}\n: जो बचता है।\n\nहानि {#gain}\n: जो जाता है।\n";
    insta::assert_snapshot!(build_one("notes.md", source));
}

#[test]
fn ragged_rows() {
    let source = "---\nid: notes\ntitle: शीर्षक\nlanguage: hi\n---\n\n# पहला\n\n| पहलू | क्षमा | दंड |\n|---|---|---|\n| लक्ष्य | मेल | न्याय |\n| समय | कम |\n| मूल्य | कम | अधिक | कुछ और |\n";
    insta::assert_snapshot!(build_one("notes.md", source));
}

#[test]
fn every_problem_of_every_source_at_once() {
    let folder = folder();
    folder.write("a.md", "---\nid: a\ntitle: क\nlanguage: hi\n---\n\nप्रश्न: क्या {{}} है?\n\nलाभ {#gain}\n: जो बचता है।\n\nहानि {#gain}\n: जो जाता है।\n");
    folder.write("b.json", "{\n  \"patra\": 1,\n  \"titel\": \"क\"\n}\n");
    folder.write("c.md", b"\xFF");
    insta::assert_snapshot!(build(&folder, &["a.md", "b.json", "c.md", "--fail-fast"]));
}

#[test]
fn a_long_line_is_shown_in_part() {
    let source = format!("# पहला\n\n{} {{{{अधूरा {}\n", "शब्द ".repeat(3_000), "और शब्द ".repeat(3_000));
    let ran = build_one("notes.md", source);
    assert!(ran.code == 1 && ran.stderr.lines().all(|line| line.chars().count() < 300), "{ran}");
    assert!(ran.stderr.contains("notes.md:3:"), "{ran}");
}

#[test]
fn two_sources_for_one_folder() {
    let folder = folder();
    for name in ["a.md", "b.md"] {
        folder.write(name, "---\nid: notes\ntitle: शीर्षक\nlanguage: hi\n---\n\n# पहला\n\nकुछ शब्द\n");
    }
    insta::assert_snapshot!(build(&folder, &["a.md", "b.md"]));
}

#[test]
fn a_file_in_the_place_of_the_output_folder() {
    let folder = folder();
    folder.write("out", "mine");
    let ran = build(&folder, &["-o", "out"]);
    assert!(ran.code == 3 && ran.stderr.contains("cannot write `out/bpo/hi/"), "{ran}");
}

#[test]
fn wrong_usage() {
    for arguments in [
        &["build", "--only", "docx"][..],
        &["build", "--jobs", "0"],
        &["build", "--colour"],
        &["check"],
        &["export", "notes.md"],
        &["watch"],
        &[],
    ] {
        let ran = folder().patra(arguments);
        assert!(ran.code == 2 && ran.stdout.is_empty() && ran.stderr.contains("--help"), "{arguments:?} {ran}");
    }
}

#[test]
fn wrong_usage_is_said_in_hindi() {
    for (arguments, message, hint) in [
        (&["build", "--sheet", "b5"][..], "`--sheet <NAME>` के लिए `b5` सही मान नहीं है", "a4, letter, legal, a5"),
        (&["build", "--creep", "9"], "`--creep <MM>` के लिए `9` सही मान नहीं है", "0 से 5 तक"),
        (&["build", "--creap", "1"], "`--creap` नाम की कोई सेटिंग नहीं है", "`--creep`"),
        (&["bild"], "`bild` नाम का कोई कमांड नहीं है", "`build`"),
        (&["check"], "यह नहीं दिया गया: <FILE|DIR>", "--help"),
        (&["merge", "a", "b", "--keep", "--delete"], "ये साथ-साथ नहीं दिए जा सकते", "--help"),
        (&["build", "--seed", "1", "--seed", "2"], "यह सेटिंग एक ही बार दें", "--help"),
    ] {
        let ran = folder().patra(&[&["--lang=hi"], arguments].concat());
        assert!(ran.code == 2 && ran.stdout.is_empty(), "{arguments:?} {ran}");
        assert!(ran.stderr.contains(message) && ran.stderr.contains(hint), "{arguments:?} {ran}");
        assert!(!ran.stderr.contains("Usage"), "{arguments:?} {ran}");
    }
    let help = folder().patra(&["build", "--help", "--lang", "hi"]);
    assert!(help.code == 0 && help.stdout.contains("हाशिए: सबके लिए एक") && help.stdout.contains("कभी नहीं"), "{help}");
    assert!(folder().patra(&["build", "--help"]).stdout.contains("Margins: one for all"));
}

#[test]
fn hostile_sources_end_in_a_message() {
    let quote = |depth: usize| {
        let inner = r#"{"paragraph": {"text": "शब्द"}}"#;
        let (open, close) = (r#"{"quote": {"blocks": ["#.repeat(depth), "]}}".repeat(depth));
        format!(
            r#"{{"patra": 1, "title": "क", "language": "hi", "sections": [{{"id": "s", "blocks": [{open}{inner}{close}]}}]}}"#
        )
    };
    for (name, content) in [
        ("deep.json", quote(40)),
        ("deeper.json", quote(5_000)),
        ("brackets.json", "[".repeat(100_000)),
        ("deep.md", format!("# क\n\n{} शब्द\n", "> ".repeat(5_000))),
        ("lists.md", format!("# क\n\n{}", (0..300).map(|n| format!("{}- शब्द\n", "  ".repeat(n))).collect::<String>())),
    ] {
        let ran = build_one(name, content);
        assert!(ran.code == 1 && ran.stderr.contains(&format!("--> {name}")), "{name}: {ran}");
    }
}
