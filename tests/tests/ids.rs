//! Ids written into sources, and things renamed.

use std::collections::BTreeMap;
use std::path::Path;

use patra_core::arbitrary;
use patra_markdown::ReadOptions;
use patra_tests::{Folder, NOTES};
use proptest::prelude::*;

fn folder() -> Folder {
    Folder::new(env!("CARGO_BIN_EXE_patra-under-test"))
}

const DEW: &str = "---\r\nid: water\r\ntitle: जल\r\nlanguage: hi\r\nupdated: 2026-11-24\r\n---\r\n\r\n# जल\r\n\r\nओस\r\n:  रात में जमी पानी की बूँदें।  \r\n\r\n\
    भाप\r\n: गरम पानी से उठती हवा।\r\n";

#[test]
fn ids_are_listed_and_written_and_nothing_else_is_touched() {
    let folder = folder();
    let source = format!("\u{FEFF}{DEW}");
    folder.write("water.md", &source);
    insta::assert_snapshot!("listed", folder.patra(&["ids", "water.md"]));
    assert_eq!(folder.files()["water.md"], source.as_bytes());
    let ran = folder.patra(&["ids", "--write", "water.md"]);
    assert_eq!(ran.code, 0, "{ran}");
    let written = source
        .replace("# जल\r\n", "# जल {#जल}\r\n")
        .replace("\r\nओस\r\n", "\r\nओस {#ओस}\r\n")
        .replace("\r\nभाप\r\n", "\r\nभाप {#भाप}\r\n");
    assert_eq!(String::from_utf8_lossy(&folder.files()["water.md"]), written);
    let again = folder.patra(&["ids", "--write", "water.md"]);
    assert!(again.stdout.contains("every id is written"), "{again}");
    assert_eq!(folder.files()["water.md"], written.as_bytes());
}

#[test]
fn a_renamed_term_is_offered_and_keeps_its_reviews() {
    let folder = folder();
    folder.write("water.md", DEW);
    assert_eq!(folder.patra(&["build", "water.md", "--only", "anki"]).code, 0);
    folder.write("water.md", DEW.replace("ओस", "शबनम"));
    insta::assert_snapshot!("offered", folder.patra(&["plan", "water.md"]));
    for command in ["check", "build"] {
        let ran = folder.command(&[command, "water.md", "--lang", "hi"]).output().expect("the command starts");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(said.contains("P0140") && said.contains("{#ओस}"), "{command}: {said}");
    }
}

#[test]
fn an_offer_is_taken() {
    let folder = folder();
    folder.write("water.md", DEW);
    assert_eq!(folder.patra(&["build", "water.md", "--only", "anki"]).code, 0);
    folder.write("water.md", DEW.replace("ओस", "शबनम"));
    let ran = folder.patra(&["ids", "--write", "--renamed", "water.md"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(String::from_utf8_lossy(&folder.files()["water.md"]).contains("शबनम {#ओस}\r\n"), "{ran}");
    insta::assert_snapshot!("taken", folder.patra(&["plan", "water.md"]));
}

#[test]
fn one_thing_out_and_another_in_is_no_rename() {
    let folder = folder();
    folder.write("water.md", DEW);
    assert_eq!(folder.patra(&["build", "water.md", "--only", "anki"]).code, 0);
    folder.write("water.md", DEW.replace("ओस", "हिमनद").replace("रात में जमी पानी की बूँदें।", "बर्फ़ की नदी।"));
    let ran = folder.patra(&["plan", "water.md"]);
    assert!(!ran.stderr.contains("P0140") && ran.stderr.contains("P0072"), "{ran}");
}

/// A source with its ids written reads as it did, ids included; written again it stays as it is.
fn holds(source: &str, name: &str) {
    let options = ReadOptions::named(name);
    let read = |text: &str| {
        let source = patra_core::Source::new(text.to_owned());
        patra_markdown::read(&source, &options).material
    };
    let none = BTreeMap::new();
    let Some(stamped) = patra_markdown::edit::stamp(source, &options, &none) else { return };
    assert_eq!(read(&stamped.text), read(source), "{name}: {source}\n----\n{}", stamped.text);
    let again = patra_markdown::edit::stamp(&stamped.text, &options, &none).expect("it can be read");
    assert_eq!((&again.text, again.stamps.len()), (&stamped.text, 0), "{name}: {source}\n----\n{}", stamped.text);
    // Taking what was put in out again leaves what was there.
    let mut text = stamped.text.as_str();
    let mut without = String::new();
    for stamp in &stamped.stamps {
        // What stands before the stamp is the source's.
        let before = &source[without.len()..stamp.at];
        text = text.strip_prefix(before).unwrap_or_else(|| panic!("{name}: {before:?} is not before {text:?}"));
        without.push_str(before);
        let id = format!("#{}", stamp.id);
        let forms = [format!(" {{{id}}}"), format!("{{{id}}}\r\n"), format!("{{{id}}}\n"), format!("{id} ")];
        let lead = text.len() - text.trim_start_matches([' ', '>', '\t']).len();
        let cut = forms.iter().find_map(|form| {
            let at = if text.starts_with(form) { 0 } else { lead };
            text[at..].starts_with(form).then(|| at + form.len())
        });
        text = &text[cut.unwrap_or_else(|| panic!("{name}: no {id} at {text:?}"))..];
    }
    assert_eq!(text, &source[without.len()..], "{name}: what stands after the last id");
}

#[test]
fn every_fixture_holds() {
    holds(NOTES, "notes.md");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in ["materials", "docs", "crates/markdown/tests/fixtures", "."] {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
            let text = std::fs::read_to_string(path).expect("a fixture can be read");
            holds(&text, &path.file_name().unwrap_or_default().to_string_lossy());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// In styles that patra itself does not write: other line ends, white space at line ends, a byte order mark.
    #[test]
    fn any_material_holds(material in arbitrary::material(), crlf: bool, spaces: bool, mark: bool) {
        let mut source = patra_markdown::write(&material);
        // Written ids away, so that there is something to write.
        source = without_ids(&source);
        if spaces {
            source = source.replace("\n\n", " \n\t\n");
        }
        if crlf {
            source = source.replace('\n', "\r\n");
        }
        if mark {
            source.insert(0, '\u{FEFF}');
        }
        holds(&source, "any.md");
    }
}

fn without_ids(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(at) = rest.find(" {#") {
        let end = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
        out.push_str(&rest[..at]);
        if rest[at..end].contains(['\n', '"', '.']) {
            out.push_str(&rest[at..end]);
        }
        rest = &rest[end..];
    }
    out + rest
}
