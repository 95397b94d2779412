//! Properties of any table: no word is lost, and the model is sound but for what a row lacks.

use patra_core::{Code, Severity, Source};
use patra_import::{TableOptions, read_delimited};
use proptest::prelude::*;

use crate::fixtures::words;

const HEADERS: [&str; 14] = [
    "Term",
    "अर्थ",
    "Question",
    "उत्तर",
    "Option A",
    "विकल्प ख",
    "Correct",
    "Hint",
    "Section",
    "Notes",
    "",
    "पहलू",
    "Price",
    "वाक्य",
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        8 => "[a-z]{2,7}( [a-z]{2,7}){0,4}[?]?",
        4 => prop::sample::select(vec!["पानी की बूँद", "गाय, बकरी", "दो\nपंक्तियाँ", "say \"yes\"", "1.10", "00123", "{{c1::gap}} here"])
            .prop_map(str::to_owned),
    ]
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', ';', '\t']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(
        header in prop::option::of(prop::collection::vec(prop::sample::select(HEADERS.to_vec()), 1..6)),
        rows in prop::collection::vec(prop::collection::vec(cell(), 1..6), 1..8),
        mark in prop::sample::select(vec![',', ';', '\t']),
    ) {
        let line = |cells: &[String]| {
            cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(&mark.to_string()) + "\r\n"
        };
        let mut text = String::new();
        if let Some(header) = &header {
            text += &line(&header.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
        }
        rows.iter().for_each(|row| text += &line(row));
        let read = read_delimited(&Source::new(text.clone()), &TableOptions::named("name"));
        // The mark of a gap is no word.
        let wanted = words(&rows.concat().join(" ; ").replace("{{c1::", "{{"));
        let Some(material) = read.material else {
            prop_assert!(wanted.is_empty() || read.diagnostics.iter().any(|d| d.severity() == Severity::Error));
            return Ok(());
        };
        let held = words(&material.to_json().replace("\\\"", " ").replace("\\n", " "));
        let lost: Vec<&String> = wanted.iter().filter(|word| !held.contains(*word)).collect();
        prop_assert!(lost.is_empty(), "lost {lost:?} of\n{text}\n{}", material.to_json());
        // What a row lacks is told, and nothing else is wrong.
        const LACKING: [Code; 8] = [Code::EmptyTerm, Code::EmptyPrompt, Code::NoAnswer, Code::NoRightChoice, Code::FewSubjects, Code::EmptyHeading, Code::EmptyGap, Code::EmptySource];
        let wrong: Vec<_> = material.problems().into_iter()
            .filter(|p| p.severity() == Severity::Error && !LACKING.contains(&p.code)).collect();
        prop_assert!(wrong.is_empty(), "{wrong:?}\n{text}");
    }

    #[test]
    fn any_text_is_read(text in "[a,;\t|\"\n\r=. क{}_?]{0,60}") {
        let _ = read_delimited(&Source::new(text), &TableOptions::default());
    }
}
