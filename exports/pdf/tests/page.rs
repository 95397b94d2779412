//! What a page says, line by line, in the order in which it is read.

mod reader;

use patra_core::{Material, Practice};
use patra_pdf::{PdfOptions, pdf};

const MATERIAL: &str = r##"{
  "patra": 1, "title": "जल संरक्षण", "language": "hi", "subject": "पर्यावरण", "authors": ["आशा"], "updated": "2026-03-14",
  "licence": "CC-BY-4.0",
  "sections": [
    {"heading": "परिचय", "blocks": [
      {"paragraph": {"text": ["वर्षा का ", {"strong": "जल"}, " बचाना ज़रूरी है । देखिए ", {"link": {"text": "तुलना", "target": "#तुलना"}}, "।"]}},
      {"definition": {"term": "RWH", "full_form": "Rain Water Harvesting", "meaning": "वर्षा का जल सहेजना।"}},
      {"terms": {"ordered": true, "entries": [
        {"term": "योजना", "description": "क्षेत्र का सर्वेक्षण।"}, {"term": "निर्माण", "description": "टंकी बनाना।"}]}},
      {"cloze": {"text": ["जल का सूत्र ", {"gap": {"text": "H₂O"}}, " है।"]}}
    ]},
    {"heading": "तुलना", "id": "तुलना", "blocks": [
      {"comparison": {"corner": "पहलू", "subjects": [{"name": "टपक"}, {"name": "बाढ़"}],
        "aspects": [{"name": "जल", "cells": ["कम लगता है", "अधिक लगता है"]}, {"name": "लागत", "cells": ["अधिक", "कम"]}]}},
      {"note": {"kind": "tip", "blocks": [{"paragraph": {"text": "नल खुला न छोड़ें।"}}]}},
      {"question": {"prompt": "कौन-सी विधि अच्छी है?", "hint": "जल देखिए", "answer": "उसमें जल बचता है।",
        "choices": [{"text": "बाढ़"}, {"text": "टपक", "correct": true}]}}
    ]}
  ]
}"##;

#[test]
fn a_handout_is_read_in_the_order_of_its_material() {
    let material = Material::from_json(MATERIAL).expect("a material");
    let made = pdf(&material, &Practice::of(&material), &PdfOptions::default()).expect("a handout");
    assert!(made.warnings.is_empty(), "{:?}", made.warnings);
    let pages = reader::pages(&made.output.bytes);
    insta::assert_snapshot!(pages.iter().map(|page| reader::text(page)).collect::<Vec<_>>().join("\n\n"));
}

#[test]
fn the_file_tells_what_it_is() {
    let material = Material::from_json(MATERIAL).expect("a material");
    let bytes = pdf(&material, &Practice::of(&material), &PdfOptions::default()).expect("a handout").output.bytes;
    let document = lopdf::Document::load_mem(&bytes).expect("a PDF that loads");
    let catalog = document.catalog().expect("a catalog");
    assert_eq!(document.version, "1.7");
    assert_eq!(catalog.get(b"PageMode").and_then(lopdf::Object::as_name).ok(), Some(&b"UseOutlines"[..]));
    assert_eq!(catalog.get(b"Lang").and_then(lopdf::Object::as_str).ok(), Some(&b"hi"[..]));
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"MarkInfo") && catalog.has(b"Names"));
    let info = document.trailer.get(b"Info").and_then(lopdf::Object::as_reference).expect("information");
    let info = document.get_dictionary(info).expect("a dictionary");
    assert_eq!(info.get(b"ModDate").and_then(lopdf::Object::as_str).ok(), Some(&b"D:20260314000000Z"[..]));
}

#[test]
fn a_material_without_a_date_has_none_in_its_file() {
    let mut material = Material::from_json(MATERIAL).expect("a material");
    material.updated = None;
    let bytes = pdf(&material, &Practice::of(&material), &PdfOptions::default()).expect("a handout").output.bytes;
    let document = lopdf::Document::load_mem(&bytes).expect("a PDF that loads");
    let info = document.trailer.get(b"Info").and_then(lopdf::Object::as_reference).expect("information");
    let info = document.get_dictionary(info).expect("a dictionary");
    assert!(!info.has(b"ModDate") && !info.has(b"CreationDate"));
}

/// A book of so many sections, each with a subsection and paragraphs.
fn book(language: &str, sections: usize) -> Material {
    use patra_core::{Block, Paragraph, Section, Span};
    let words = if language == "ur" {
        "پانی زندگی ہے۔ "
    } else {
        "वर्षा का जल बचाना ज़रूरी है। "
    };
    let paragraph = || Block::Paragraph(Paragraph { text: words.repeat(30).as_str().into(), span: Span::NONE });
    let section = |heading: String| Section {
        heading: heading.as_str().into(),
        blocks: (0..3).map(|_| paragraph()).collect(),
        ..Section::default()
    };
    let mut material =
        Material { title: "2".into(), language: language.parse().expect("a tag"), ..Material::default() };
    for i in 0..sections {
        let mut outer = section(format!("S{i}"));
        outer.sections = vec![section(format!("T{i}"))];
        material.sections.push(outer);
    }
    material.assign_ids();
    material
}

fn made(material: &Material, options: &PdfOptions) -> patra_pdf::Pdf {
    pdf(material, &Practice::of(material), options).expect("a handout").output
}

#[test]
fn a_long_handout_has_a_table_of_contents_whose_pages_are_right() {
    for language in ["hi", "ur", "mr"] {
        let material = book(language, 30);
        let made = made(&material, &PdfOptions::default());
        let pages = reader::pages(&made.bytes);
        // Every entry is a line with the heading, and on its base line the number of its page.
        for section in &material.sections {
            for section in [section, &section.sections[0]] {
                let heading = section.heading.to_plain();
                let (page, line) = pages
                    .iter()
                    .enumerate()
                    .find_map(|(i, page)| Some((i, page.iter().find(|line| line.text.trim() == heading)?)))
                    .expect("an entry");
                assert!(page < 3, "{heading} on {page}");
                let number = pages[page]
                    .iter()
                    .find(|other| (other.y - line.y).abs() < 0.1 && other.text != line.text)
                    .expect("a number");
                let digits: String = number
                    .text
                    .trim()
                    .chars()
                    .map(|c| if ('०'..='९').contains(&c) { char::from(b'0' + (c as u32 - 0x966) as u8) } else { c })
                    .collect();
                assert_eq!(digits.parse::<usize>().ok(), made.pages.get(&section.id).copied(), "{heading}: {number:?}");
            }
        }
        let document = lopdf::Document::load_mem(&made.bytes).expect("a PDF that loads");
        let roles = document.objects.values().filter_map(|object| object.as_dict().ok());
        let roles: Vec<&[u8]> = roles.filter_map(|dictionary| dictionary.get(b"S").ok()?.as_name().ok()).collect();
        let count = |name: &[u8]| roles.iter().filter(|role| **role == name).count();
        assert_eq!((count(b"TOCI"), count(b"Reference")), (60, 60));
        // One for the sections, and one for the subsections of each.
        assert_eq!(count(b"TOC"), 31);
        assert!(count(b"Link") >= 60);
    }
}

#[test]
fn a_table_of_contents_is_there_as_the_options_say() {
    let has = |sections: usize, contents: patra_pdf::Contents| {
        let mut options = PdfOptions::default();
        options.contents = contents;
        let made = made(&book("hi", sections), &options);
        reader::text(&reader::pages(&made.bytes)[0]).contains("विषय")
    };
    use patra_pdf::Contents::{Always, Auto, Never};
    assert_eq!([Auto, Always, Never].map(|contents| has(2, contents)), [false, true, false]);
    assert_eq!([Auto, Always, Never].map(|contents| has(12, contents)), [true, true, false]);
    assert!(!has(0, Always));
}

#[test]
fn a_handout_has_the_code_of_each_thing_asked_about_beside_it() {
    let material = Material::from_json(MATERIAL).expect("a material");
    let practice = Practice::of(&material);
    let mut options = PdfOptions::default();
    let marked = reader::pages(&made(&material, &options).bytes).concat();
    let about: std::collections::BTreeSet<_> = practice.items().iter().map(|item| &item.about).collect();
    assert!(about.len() > 8);
    for id in about {
        let code = id.code();
        let beside =
            marked.iter().find(|line| line.text.trim() == code).unwrap_or_else(|| panic!("no {code} for {id}"));
        assert!(beside.x > 595.276 - 62.5 && beside.x + beside.width < 595.276, "{beside:?}");
    }
    options.marks = false;
    let plain = reader::pages(&made(&material, &options).bytes).concat();
    assert!(plain.len() < marked.len());
    assert!(plain.iter().all(|line| line.x < 595.276 - 62.5));
}
