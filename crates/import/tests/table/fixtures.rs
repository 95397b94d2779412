//! Fixtures: what the model of each is, what was guessed, and that no word is lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use patra_core::{Code, Material, Severity, Source};
use patra_import::{TableOptions, read_delimited};

use crate::fixture::{self, assert_sound};

fn fixtures() -> Vec<PathBuf> {
    fixture::fixtures("tables", "")
}

fn read(path: &Path) -> (String, Material, String) {
    let text = fs::read_to_string(path).expect("a fixture");
    let source = Source::new(text.clone());
    let stem = path.file_name().and_then(|name| name.to_str()?.split('.').next()).expect("a name");
    let read = read_delimited(&source, &TableOptions::named(stem));
    let material = read.material.expect("a material");
    let mut told = String::new();
    for diagnostic in &read.diagnostics {
        assert_ne!(diagnostic.severity(), Severity::Error, "{}: {diagnostic}", path.display());
        let line = source.position(diagnostic.span.start()).line;
        told.push_str(&format!("{line}: {} {}\n", diagnostic.code, diagnostic.message));
    }
    (text, material, told)
}

/// Words of two letters or more, and numbers with all their signs.
pub fn words(text: &str) -> BTreeSet<String> {
    let mark = |c: char| unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}');
    text.split(|c: char| !c.is_alphanumeric() && !mark(c) && c != '.')
        .map(|word| word.trim_matches('.'))
        .flat_map(|word| if word.chars().any(char::is_alphabetic) { word.split('.').collect() } else { vec![word] })
        .filter(|word| word.chars().count() > 1)
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_fixture_is_told() {
    let paths = fixtures();
    assert!(paths.len() >= 20, "{}", paths.len());
    for path in paths {
        let (_, material, told) = read(&path);
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, format!("{told}\n{}", material.to_json()));
        });
    }
}

#[test]
fn no_word_of_a_fixture_is_lost() {
    // What the header calls columns whose place says the same.
    let headers = |line: &str| words(line);
    for path in fixtures() {
        let (text, material, _) = read(&path);
        let held = words(&material.to_json().replace("\\\"", " ").replace("\\n", " "));
        let mut wanted = words(&text);
        let lines: Vec<&str> = text.lines().collect();
        let names = lines.iter().filter(|line| told_away(line)).flat_map(|line| headers(line));
        for name in names {
            wanted.remove(&name);
        }
        let lost: Vec<&String> = wanted.iter().filter(|word| !held.contains(*word)).collect();
        assert!(lost.is_empty(), "{}: lost {lost:?}", path.display());
    }
}

/// The lines of the fixtures that name columns.
fn told_away(line: &str) -> bool {
    const HEADERS: [&str; 21] = [
        "शब्द,",
        "Term",
        "प्रश्न",
        "No,",
        "क्र.सं.",
        "वाक्य,",
        "sep=",
        "Word;",
        "संज्ञा|",
        "প্রশ্ন,",
        "சொல்,",
        "\"Front\"",
        "Abbreviation,",
        "S. No.",
        "Question,",
        "পদ",
        "पहलू,",
        "پہلو",
        "State,",
        ",Savings",
        "Term,",
    ];
    HEADERS.iter().any(|header| line.starts_with(header))
}

#[test]
fn nothing_is_wrong_with_a_fixtures_model() {
    for path in fixtures() {
        let (_, material, _) = read(&path);
        assert_sound(&path, &material);
    }
}

#[test]
fn nothing_makes_no_material() {
    for text in ["", "\n\n", ",,,\n,,\n", "sep=;\n"] {
        let read = read_delimited(&Source::new(text.to_owned()), &TableOptions::default());
        assert!(read.material.is_none(), "{text:?}");
        assert!(read.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::EmptySource), "{text:?}");
    }
}

#[test]
fn sheets_of_patras_own_are_sent_to_merge() {
    for header in [
        "material_id,language,section_id,definition_id,term,full_form,meaning",
        "material_id,language,title,subject",
        "Material id,Language,Section id,Term id",
        "सामग्री की पहचान,भाषा,खंड की पहचान",
    ] {
        let read = read_delimited(&Source::new(format!("{header}\nm,hi,a,b,c,d\n")), &TableOptions::default());
        assert!(read.material.is_none(), "{header}");
        let problem = read.diagnostics.iter().find(|problem| problem.code == Code::OwnSheets).expect("told");
        assert!(problem.hint.as_ref().is_some_and(|hint| hint.contains("patra merge")));
    }
}
