//! Fonts that users give: of several forms, broken, and such as may not be embedded.

mod reader;

use patra_core::{Block, Code, Material, Paragraph, Practice, Section, Span};
use patra_fonts::{FAMILIES, Family, Style};
use patra_pdf::{FontFile, PdfOptions, pdf};
use proptest::prelude::*;

const WORDS: &str = "वर्षा का जल बचाना ज़रूरी है Water 2026";

fn material() -> Material {
    let paragraph = Block::Paragraph(Paragraph { text: WORDS.into(), span: Span::NONE });
    let section = Section { heading: "जल".into(), blocks: vec![paragraph], ..Section::default() };
    let mut material = Material {
        title: "जल".into(),
        language: "hi".parse().expect("a tag"),
        sections: vec![section],
        ..Material::default()
    };
    material.assign_ids();
    material
}

fn bytes(family: &str) -> Vec<u8> {
    let known = FAMILIES.iter().find(|known| known.name == family);
    known.map(|family: &Family| family.face(Style::Regular).bytes().to_vec()).expect("an embedded family")
}

/// Where a table of a font begins.
fn table(bytes: &[u8], tag: &[u8; 4]) -> usize {
    let count = usize::from(u16::from_be_bytes([bytes[4], bytes[5]]));
    let entry = (0..count).map(|i| 12 + 16 * i).find(|at| bytes[*at..at + 4] == *tag).expect("a table");
    u32::from_be_bytes(bytes[entry + 8..entry + 12].try_into().expect("four bytes")) as usize
}

/// The width of the line of words when they are set with these fonts and families, and the file.
fn set(fonts: Vec<FontFile>, families: &[&str]) -> (f32, Vec<u8>) {
    let material = material();
    let mut options = PdfOptions::default();
    options.fonts = fonts;
    options.theme.families = families.iter().map(|name| (*name).to_owned()).collect();
    let made = pdf(&material, &Practice::of(&material), &options).expect("a handout").output;
    let pages = reader::pages(&made.bytes);
    let line = pages.iter().flatten().find(|line| line.text.trim() == WORDS).expect("all words come back").clone();
    (line.width, made.bytes)
}

/// The font under another name of its family, so that it is none of the embedded ones, with an em of so many units.
fn another(family: &str, units: u16) -> Vec<u8> {
    let mut bytes = bytes(family);
    let (head, name) = (table(&bytes, b"head"), table(&bytes, b"name"));
    bytes[head + 18..head + 20].copy_from_slice(&units.to_be_bytes());
    for i in name..bytes.len() - 8 {
        if bytes[i..i + 8] == *b"\0N\0o\0t\0o" {
            bytes[i + 1] = b'M';
        }
    }
    bytes
}

#[test]
fn a_font_that_is_given_draws_what_it_has_letters_for() {
    let font = FontFile::read("a.ttf", another("Noto Sans Devanagari", 1000)).expect("a font");
    assert_eq!(font.families().collect::<Vec<_>>(), ["Moto Sans Devanagari"]);
    let usual = set(Vec::new(), &[]).0;
    assert!((set(vec![font], &[]).0 - usual).abs() < 8.0);
    // Of an em twice as large, letters are half as wide.
    let font = FontFile::read("a.ttf", another("Noto Sans Devanagari", 2000)).expect("a font");
    let half = set(vec![font.clone()], &[]).0;
    assert!(half < usual * 0.75, "{half} {usual}");
    assert_eq!(set(vec![font.clone()], &[]).1, set(vec![font], &["Moto Sans Devanagari"]).1);
}

#[test]
fn a_collection_is_as_its_font() {
    let single = another("Noto Sans Devanagari", 1800);
    let mut collection = b"ttcf\0\x01\0\0\0\0\0\x01\0\0\0\x10".to_vec();
    collection.extend_from_slice(&single);
    let count = usize::from(u16::from_be_bytes([single[4], single[5]]));
    for i in 0..count {
        let at = 16 + 12 + 16 * i + 8;
        let offset = u32::from_be_bytes(collection[at..at + 4].try_into().expect("four bytes")) + 16;
        collection[at..at + 4].copy_from_slice(&offset.to_be_bytes());
    }
    let [one, other] = [single, collection].map(|bytes| set(vec![FontFile::read("a", bytes).expect("a font")], &[]));
    assert_eq!(one.1, other.1);
}

#[test]
fn a_theme_names_families_and_one_that_is_not_there_is_an_error() {
    // Its letters are as wide as Noto Sans's, and others.
    assert_ne!(set(Vec::new(), &[]).1, set(Vec::new(), &["noto sans math"]).1);
    let material = material();
    let mut options = PdfOptions::default();
    options.theme.families = vec!["Comic Sans".to_owned()];
    let error = pdf(&material, &Practice::of(&material), &options).expect_err("no such family");
    let problem = &error.diagnostics()[0];
    assert_eq!(problem.code, Code::Font);
    assert!(problem.message.contains("`Comic Sans`") && problem.hint.is_some(), "{problem}");
}

#[test]
fn what_may_not_be_embedded_is_refused() {
    for (kind, refused) in [(0, false), (2, true), (4, false), (6, false), (8, false), (0x104, true), (0x200, true)] {
        let mut bytes = bytes("Noto Sans Tamil");
        let at = table(&bytes, b"OS/2") + 8;
        bytes[at..at + 2].copy_from_slice(&u16::to_be_bytes(kind));
        let read = FontFile::read("own.ttf", bytes);
        assert_eq!(read.is_err(), refused, "{kind:x}");
        if let Err(problem) = read {
            assert_eq!(problem.code, Code::FontLicence);
            assert!(problem.message.contains("`own.ttf`"), "{problem}");
        }
    }
}

#[test]
fn what_is_no_font_is_told_by_name() {
    let short = bytes("Noto Sans Tamil")[..4000].to_vec();
    for (bytes, why) in [
        (Vec::new(), "it is no font"),
        (b"wOF2 and more".to_vec(), "packed for the web"),
        (b"ttcf\0\x01\0\0\xff\xff\xff\xff".to_vec(), "broken"),
        (vec![0, 1, 0, 0, 0xff, 0xff], "can't be read"),
        (short, "can't be read"),
        (vec![0; (64 << 20) + 1], "larger than 64 MiB"),
    ] {
        let problem = FontFile::read("own.ttf", bytes).expect_err(why);
        assert_eq!(problem.code, Code::Font);
        assert!(problem.message.contains("`own.ttf`") && problem.message.contains(why), "{problem}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_hostile_font_ends_in_a_paper_or_an_error(changes in prop::collection::vec((0.0..1.0, any::<u8>()), 1..60), head in any::<bool>()) {
        let mut bytes = another("Noto Sans Gujarati", 1000);
        // Half of the trials break what is read first.
        let range = if head { 2000 } else { bytes.len() };
        for (at, byte) in changes {
            bytes[(at * range as f64) as usize] = byte;
        }
        if let Ok(font) = FontFile::read("hostile.ttf", bytes) {
            let mut material = material();
            material.title = "ગુજરાતી ક્ષેત્ર Water 123".into();
            let mut options = PdfOptions::default();
            options.fonts = vec![font];
            if let Ok(made) = pdf(&material, &Practice::of(&material), &options) {
                prop_assert!(lopdf::Document::load_mem(&made.output.bytes).is_ok());
            }
        }
    }
}
