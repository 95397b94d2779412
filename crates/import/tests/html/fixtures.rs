//! Fixtures: what the model of each is, what was guessed and left out, and that no word is lost.

use std::fs;
use std::path::{Path, PathBuf};

use patra_core::{Code, Diagnostic, Material, Severity, Source};
use patra_import::{HtmlOptions, read_html};

use crate::fixture::{self, assert_sound};
use crate::visible::{invented, lost};

fn fixtures() -> Vec<PathBuf> {
    fixture::fixtures("html", "")
}

fn read(path: &Path) -> (String, Material, Vec<Diagnostic>) {
    let text = fs::read_to_string(path).expect("a fixture");
    let read = read_html(&Source::new(text.clone()), &HtmlOptions::default());
    (text, read.material.expect("a material"), read.diagnostics)
}

#[test]
fn each_fixture_is_told() {
    let paths = fixtures();
    assert!(paths.len() >= 15, "{}", paths.len());
    for path in paths {
        let (text, material, diagnostics) = read(&path);
        let source = Source::new(text);
        let mut told = String::new();
        for diagnostic in diagnostics {
            assert_ne!(diagnostic.severity(), Severity::Error, "{}: {diagnostic}", path.display());
            let place = source.position(diagnostic.span.start());
            told.push_str(&format!("{}:{}: {} {}\n", place.line, place.column, diagnostic.code, diagnostic.message));
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, format!("{told}\n{}", material.to_json()));
        });
    }
}

#[test]
fn no_word_of_a_fixture_is_lost_or_invented() {
    for path in fixtures() {
        let (text, material, diagnostics) = read(&path);
        let lost = lost(&text, &material, &diagnostics);
        assert!(lost.is_empty(), "{}: lost {lost:?}", path.display());
        let invented = invented(&text, &material);
        assert!(invented.is_empty(), "{}: invented {invented:?}", path.display());
    }
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
    for text in ["", "<html>", "<script>x</script>", "<p> &nbsp; </p>"] {
        let read = read_html(&Source::new(text.to_owned()), &HtmlOptions::default());
        assert!(read.material.is_none(), "{text:?}");
        assert!(read.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::EmptySource), "{text:?}");
    }
}
