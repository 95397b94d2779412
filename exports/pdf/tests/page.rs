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
