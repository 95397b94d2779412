//! Handouts of two columns: what says the same stands at the same height, each column in its language.

mod reader;

use std::collections::BTreeMap;

use lopdf::{Document, Object};
use patra_core::{Code, Locale, Material, Practice};
use patra_pdf::{Edition, Paper, Pdf, PdfOptions, Sheet, pdf};

fn edition(language: &str, words: [&str; 6], more: &str) -> Material {
    let [title, heading, paragraph, term, meaning, item] = words;
    let json = format!(
        r#"{{"patra": 1, "id": "water", "title": "{title}", "language": "{language}", "sections": [
          {{"id": "rain", "heading": "{heading}", "blocks": [
            {{"paragraph": {{"text": "{paragraph}"}}}},
            {{"definition": {{"id": "well", "term": "{term}", "meaning": "{meaning}"}}}}{more},
            {{"list": {{"items": [{{"text": "{item} 1"}}, {{"text": "{item} 2"}}]}}}},
            {{"table": {{"columns": [{{"heading": "{term}"}}, {{"heading": "{item}"}}, {{"heading": "{title}"}}],
              "rows": [{{"cells": ["{term} 1", "{item} 3", "{title} 1"]}}]}}}}
          ]}}]}}"#
    );
    let mut material = Material::from_json(&json).expect("a material");
    material.assign_ids();
    material
}

const HINDI: [&str; 6] =
    ["जल", "वर्षा", "वर्षा का जल बचाना ज़रूरी है, क्योंकि नदियाँ सूख रही हैं।", "कुआँ", "गहरा गड्ढा जिसमें जल है।", "बाल्टी"];
const ENGLISH: [&str; 6] = [
    "Water",
    "Rain",
    "Save the rain, for rivers are drying up, and wells with them.",
    "Well",
    "A deep hole with water.",
    "Bucket",
];
const URDU: [&str; 6] = ["پانی", "بارش", "بارش کا پانی بچانا ضروری ہے۔", "کنواں", "گہرا گڑھا جس میں پانی ہے۔", "بالٹی"];

fn made(first: &Material, second: &Material) -> (Pdf, Vec<(Code, String)>) {
    let mut options = PdfOptions::default();
    options.beside = Some(Edition::new(second.clone(), BTreeMap::new()));
    let made = pdf(first, &Practice::of(first), &options).expect("a handout");
    let told = made.warnings.iter().map(|problem| (problem.code, problem.message.to_string())).collect();
    (made.output, told)
}

/// The first line whose text begins so.
#[track_caller]
fn line<'a>(lines: &'a [reader::Line], text: &str) -> &'a reader::Line {
    let found = lines.iter().find(|line| line.text.contains(text));
    found.unwrap_or_else(|| panic!("no line has {text}: {lines:#?}"))
}

#[test]
fn what_says_the_same_stands_at_the_same_height() {
    let (pdf, told) = made(&edition("hi", HINDI, ""), &edition("en", ENGLISH, ""));
    assert_eq!(told, []);
    let pages = reader::pages(&pdf.bytes);
    assert_eq!(pages.len(), 1);
    let middle = Sheet::A4.points().0 / 2.0;
    for (hindi, english) in [
        ("जल", "Water"),
        ("वर्षा", "Rain"),
        ("वर्षा का जल", "Save the rain"),
        ("कुआँ", "Well"),
        ("गहरा", "A deep"),
        ("बाल्टी 1", "Bucket 1"),
        ("बाल्टी 2", "Bucket 2"),
    ] {
        let (left, right) = (line(&pages[0], hindi), line(&pages[0], english));
        assert!((left.y - right.y).abs() < 0.1, "{left:?} {right:?}");
        assert!(left.x + left.width < middle && right.x > middle, "{left:?} {right:?}");
    }
    // A table of three columns wants the whole width; one stands below the other.
    let (above, below) = (line(&pages[0], "बाल्टी 3"), line(&pages[0], "Bucket 3"));
    assert!(above.y > below.y + 10.0, "{above:?} {below:?}");
}

#[test]
fn an_urdu_column_is_on_the_right_and_runs_to_the_left() {
    for urdu_first in [true, false] {
        let (urdu, english) = (edition("ur", URDU, ""), edition("en", ENGLISH, ""));
        let (pdf, told) = if urdu_first { made(&urdu, &english) } else { made(&english, &urdu) };
        assert_eq!(told, []);
        let pages = reader::pages(&pdf.bytes);
        let english = line(&pages[0], "A deep");
        let middle = Sheet::A4.points().0 / 2.0;
        // English is on the left: first where it is first, and second where Urdu is.
        assert!(english.x < middle, "{english:?}");
        let same = pages[0].iter().filter(|line| (line.y - english.y).abs() < 0.1 && line.x > middle).count();
        assert!(same > 0);
    }
}

#[test]
fn what_one_edition_lacks_leaves_a_gap_and_is_told() {
    let more = r#", {"quote": {"blocks": [{"paragraph": {"text": "Only here."}}]}}"#;
    let (hindi, english) = (edition("hi", HINDI, ""), edition("en", ENGLISH, more));
    for (first, second) in [(&hindi, &english), (&english, &hindi)] {
        let (pdf, told) = made(first, second);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, Code::EditionGap);
        assert!(told[0].1.contains("`en` alone") && told[0].1.contains("`hi`"), "{told:?}");
        let pages = reader::pages(&pdf.bytes);
        let only = line(&pages[0], "Only here.");
        assert!(pages[0].iter().all(|other| other.text == only.text || (other.y - only.y).abs() > 1.0));
        // What follows is paired again.
        assert!((line(&pages[0], "बाल्टी 1").y - line(&pages[0], "Bucket 1").y).abs() < 0.1);
    }
}

#[test]
fn each_block_is_read_in_one_language_and_then_in_the_other() {
    let (pdf, _) = made(&edition("hi", HINDI, ""), &edition("en", ENGLISH, ""));
    let document = Document::load_mem(&pdf.bytes).expect("a PDF that loads");
    fn languages(document: &Document, object: &Object, out: &mut Vec<(String, String)>) {
        let object = document.dereference(object).map_or(object, |(_, object)| object);
        if let Object::Array(kids) = object {
            return kids.iter().for_each(|kid| languages(document, kid, out));
        }
        let Ok(element) = object.as_dict() else { return };
        let of = |key: &[u8]| element.get(key).ok().and_then(|value| value.as_str().or(value.as_name()).ok());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if of(b"S") == Some(&b"Div"[..]) {
            out.push((text(of(b"S").unwrap_or_default()), text(of(b"Lang").unwrap_or_default())));
            return;
        }
        if let Ok(kids) = element.get(b"K") {
            languages(document, kids, out);
        }
    }
    let root = document.catalog().and_then(|catalog| catalog.get(b"StructTreeRoot")).expect("a tree");
    let mut found = Vec::new();
    languages(&document, root, &mut found);
    let found: Vec<&str> = found.iter().map(|(_, language)| language.as_str()).collect();
    assert_eq!(found, ["hi", "en", "hi", "en", "hi", "en", "hi", "en"]);
}

#[test]
fn long_columns_go_on_on_the_next_page_together() {
    let long = |language: &str, words: [&str; 6], times: usize| {
        let text = words[2].repeat(times);
        edition(language, [words[0], words[1], &text, words[3], words[4], words[5]], "")
    };
    let (pdf, told) = made(&long("hi", HINDI, 120), &long("en", ENGLISH, 90));
    assert_eq!(told, []);
    assert!(pdf.page_count > 2);
    let pages = reader::pages(&pdf.bytes);
    let words: String = pages.iter().flatten().map(|line| line.text.clone() + " ").collect();
    assert_eq!(words.matches("नदियाँ").count(), 120);
    assert_eq!(words.matches("rivers").count(), 90);
    for page in &pages {
        for line in page {
            assert!(line.y > 20.0 && line.y < Sheet::A4.points().1 - 20.0, "{line:?}");
        }
    }
}

#[test]
fn a_sheet_too_narrow_for_two_columns_is_refused() {
    let (hindi, english) = (edition("hi", HINDI, ""), edition("en", ENGLISH, ""));
    let mut options = PdfOptions::default();
    options.beside = Some(Edition::new(english, BTreeMap::new()));
    options.sheet = Sheet::A5;
    let error = pdf(&hindi, &Practice::of(&hindi), &options).expect_err("too narrow");
    assert!(error.to_string().contains("two columns") || format!("{error:?}").contains("two columns"), "{error}");
    options.paper = Paper::Worksheet;
    assert!(options.problem().is_none());
}

#[test]
fn what_is_told_of_the_editions_is_told_in_hindi_too() {
    let more = ", {\"quote\": {\"blocks\": [{\"paragraph\": {\"text\": \"Only here: \u{1315F}.\"}}]}}";
    let (hindi, english) = (edition("hi", HINDI, ""), edition("en", ENGLISH, more));
    let mut options = PdfOptions::default();
    options.beside = Some(Edition::new(english, BTreeMap::new()));
    let error = pdf(&hindi, &Practice::of(&hindi), &options).expect_err("no font has a hieroglyph");
    let told = error.diagnostics().iter().map(|problem| problem.message.to(Locale::Hindi).into_owned());
    let told: Vec<String> = told.collect();
    assert!(told.iter().any(|words| words.starts_with("`en` वाले संस्करण में: उपलब्ध फ़ॉन्टों में से")), "{told:?}");
    assert!(told.iter().any(|words| words.contains("केवल `en` वाले संस्करण में है")), "{told:?}");
}
