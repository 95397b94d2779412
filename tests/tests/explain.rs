//! Explanations of problems: whether each example has the problem that it explains, and whether docs/diagnostics.md tells of all.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use patra_core::{Code, Locale};
use patra_tests::Folder;
use serde_json::Value;

fn folder() -> Folder {
    Folder::new(env!("CARGO_BIN_EXE_patra-under-test"))
}

/// The codes that `patra check` tells of a source.
fn codes(source: &str) -> Vec<String> {
    let folder = folder();
    folder.write("example.md", source);
    let ran = folder.patra(&["check", "--format", "json", "example.md"]);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran}"));
    found.as_array().into_iter().flatten().filter_map(|one| Some(one["code"].as_str()?.to_owned())).collect()
}

#[test]
fn every_example_has_its_problem() {
    let mut missing = Vec::new();
    let mut examples = 0;
    for code in Code::ALL {
        if let Some(example) = code.explanation(Locale::English).example {
            examples += 1;
            let found = codes(example);
            if !found.contains(&code.to_string()) {
                missing.push(format!("{code}: {found:?}"));
            }
        }
    }
    assert!(missing.is_empty() && examples > 30, "{examples} examples, without their problem: {missing:#?}");
}

/// Codes are known to editors and stand in sources (`allow="P0051"`), so none ever goes or changes its number.
#[test]
fn codes_stay() {
    let mut codes: Vec<String> = Code::ALL.iter().map(|code| format!("{code} {code:?} {}", code.severity())).collect();
    codes.sort();
    insta::assert_snapshot!(codes.join("\n"));
}

#[test]
fn a_code_is_explained_in_both_languages() {
    let folder = folder();
    insta::assert_snapshot!("explain_en", folder.patra(&["explain", "p0035", "P0001"]));
    insta::assert_snapshot!("explain_hi", folder.patra(&["--lang", "hi", "explain", "P0035"]));
    let all = folder.patra(&["explain"]);
    assert_eq!((all.code, all.stdout.lines().count()), (0, Code::ALL.len()));
    let unknown = folder.patra(&["explain", "P9999"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("P9999"), "{unknown}");
}

#[test]
fn the_page_tells_of_every_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics.md");
    let page = page();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &page).expect("the page can be written");
    }
    let written = fs::read_to_string(&path).expect("the page can be read");
    assert!(written == page, "docs/diagnostics.md is out of date; write it anew with INSTA_UPDATE=always");
}

fn page() -> String {
    let mut page = include_str!("../src/diagnostics.md").to_owned();
    let mut all = Code::ALL.to_vec();
    all.sort();
    for code in all {
        let _ = write!(page, "\n### {code} ({})\n", code.severity());
        for locale in Locale::ALL {
            let explanation = code.explanation(*locale);
            let _ = write!(page, "\n{}", explanation.meaning);
            if !explanation.more.is_empty() {
                let _ = write!(page, "\n\n{}", explanation.more);
            }
            if let (Some(example), Locale::English) = (explanation.example, locale) {
                let _ = write!(page, "\n\n```markdown\n{example}```");
            }
            let _ = writeln!(page, "\n\n→ {}", explanation.remedy);
        }
    }
    page
}
