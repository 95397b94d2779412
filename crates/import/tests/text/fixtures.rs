//! Fixtures: what the model of each is, what was guessed, and that no word is lost.

use std::fs;
use std::path::{Path, PathBuf};

use patra_core::{Block, Code, Material, Severity, Source};
use patra_import::{TextOptions, read_text};

use crate::fixture::{self, assert_sound};
use crate::words::{Words, inner_numbers, lost_and_invented, texts};

fn fixtures() -> Vec<PathBuf> {
    fixture::fixtures("", ".txt")
}

fn read(path: &Path) -> (String, Material, String) {
    let text = fs::read_to_string(path).expect("a fixture");
    let source = Source::new(text.clone());
    let read = read_text(&source, &TextOptions::default());
    let material = read.material.expect("a material");
    let mut told = String::new();
    for diagnostic in &read.diagnostics {
        assert_ne!(diagnostic.severity(), Severity::Error, "{}: {diagnostic}", path.display());
        assert!(!diagnostic.span.is_none(), "{}: {diagnostic}", path.display());
        let line = source.position(diagnostic.span.start()).line;
        told.push_str(&format!("{line}: {} {}\n", diagnostic.code, diagnostic.message));
    }
    (text, material, told)
}

#[test]
fn each_fixture_is_told() {
    let paths = fixtures();
    assert!(paths.len() >= 25, "{}", paths.len());
    for path in paths {
        let (_, material, told) = read(&path);
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, format!("{told}\n{}", material.to_json()));
        });
    }
}

#[test]
fn no_word_of_a_fixture_is_lost_or_invented() {
    for path in fixtures() {
        let (text, material, _) = read(&path);
        let (lost, invented) = lost_and_invented(&text, &material);
        assert!(lost.is_empty(), "{}: lost {lost:?}", path.display());
        assert!(invented.is_empty(), "{}: invented {invented:?}", path.display());
        let (mut source, mut model) = (Words::new(), Words::new());
        inner_numbers(&text, &mut source);
        // A text of the model may begin anywhere in a line.
        texts(&material).iter().for_each(|text| inner_numbers(&format!("- - {text}"), &mut model));
        let all: String = texts(&material).join("\n");
        for (number, count) in source {
            assert!(all.matches(&number).count() >= count, "{}: lost {number}", path.display());
        }
    }
}

#[test]
fn nothing_is_wrong_with_a_fixtures_model() {
    for path in fixtures() {
        let (_, material, _) = read(&path);
        assert_sound(&path, &material);
    }
}

/// An article in the habit for which the importer was first wanted: dashes alone, `:-`, a header that lost a cell.
#[test]
fn the_article_with_lone_dashes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/01-lone-dashes.hi.txt");
    let (_, material, told) = read(&path);
    assert_eq!(material.title.to_plain(), "CRM");
    assert_eq!(material.language.to_string(), "hi");
    let headings: Vec<String> = material.sections.iter().map(|section| section.heading.to_plain()).collect();
    assert_eq!(
        headings,
        [
            "",
            "CRM कितने प्रकार के होते है?",
            "CRM Manager की Responsibilities",
            "CRM Manager की Skills",
            "CRM और रजिस्टर के बीच का अंतर"
        ]
    );
    let Block::Definition(definition) = &material.sections[0].blocks[0] else { panic!("a definition") };
    assert_eq!(definition.full_form.as_ref().map(patra_core::Text::to_plain).as_deref(), Some("कस्टमर रिलेशनशिप मैनेजमेंट"));
    let terms: Vec<usize> = material
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter_map(|block| if let Block::Terms(terms) = block { Some(terms.entries.len()) } else { None })
        .collect();
    assert_eq!(terms, [3, 2, 2]);
    let Some(Block::Comparison(comparison)) = material.sections[4].blocks.last() else { panic!("a comparison") };
    let subjects: Vec<String> = comparison.subjects.iter().map(|subject| subject.name.to_plain()).collect();
    assert_eq!(subjects, ["सीआरएम", "रजिस्टर"]);
    let aspects: Vec<String> = comparison.aspects.iter().map(|aspect| aspect.name.to_plain()).collect();
    assert_eq!(aspects, ["उद्देश्य", "खोजना", "खर्च"]);
    assert!(
        comparison.aspects.iter().all(|aspect| aspect.cells.len() == 2 && aspect.cells.iter().all(|c| !c.is_blank()))
    );
    assert!(told.contains("22: P0024 this line is a heading, because it is short and ends in `:-`"), "{told}");
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let source = Source::new("\u{FEFF}चाय\n\nचाय एक पेय है।".to_owned());
    let read = read_text(&source, &TextOptions::default());
    assert_eq!(read.material.map(|material| material.title.to_plain()).as_deref(), Some("चाय"));
    assert!(read.diagnostics.iter().all(|diagnostic| diagnostic.code != Code::InvisibleRemoved));
}

#[test]
fn nothing_makes_no_material() {
    for text in ["", "\n \n", "\u{200B}\n---\n"] {
        let read = read_text(&Source::new(text.to_owned()), &TextOptions::default());
        assert!(read.material.is_none(), "{text:?}");
        assert!(read.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::EmptySource), "{text:?}");
    }
}
