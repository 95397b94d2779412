//! printpdf, which has no part in writing papers, opens each of them.

use patra_core::{Block, Material, Paragraph, Practice, Question, Section};
use patra_pdf::{Paper, PdfOptions, pdf};
use printpdf::{PdfDocument, PdfParseErrorSeverity, PdfParseOptions};

fn material() -> Material {
    let section = |heading: &str, words: &str| {
        let paragraph = Paragraph { text: words.repeat(60).as_str().into(), ..Paragraph::default() };
        let question = Question {
            prompt: format!("{heading} में क्या उगता है?").as_str().into(),
            answer: "धान और गेहूँ".into(),
            ..Question::default()
        };
        let blocks = vec![Block::Paragraph(paragraph), Block::Question(question)];
        Section { heading: heading.into(), blocks, ..Section::default() }
    };
    let mut material = Material {
        title: "खेत".into(),
        language: "hi".parse().expect("a tag"),
        sections: vec![section("मैदान", "मैदान में खेत फैले हैं। "), section("घाटी", "घाटी में सीढ़ीदार खेत हैं। ")],
        ..Material::default()
    };
    material.assign_ids();
    material
}

#[test]
fn another_reader_finds_pages_fonts_and_bookmarks_of_every_paper() {
    let material = material();
    for paper in
        [Paper::Handout, Paper::Booklet, Paper::Worksheet, Paper::Answers, Paper::Test, Paper::TestKey, Paper::Cards]
    {
        let mut options = PdfOptions::default();
        options.paper = paper;
        let made = pdf(&material, &Practice::of(&material), &options).expect("a paper").output;
        let mut told = Vec::new();
        let read = PdfDocument::parse(&made.bytes, &PdfParseOptions::default(), &mut told).expect("it opens");
        let broken = told.iter().find(|told| told.severity == PdfParseErrorSeverity::Error);
        assert!(broken.is_none(), "{paper:?}: {broken:?}");
        assert_eq!(read.pages.len(), made.page_count, "{paper:?}");
        assert!(!read.resources.fonts.map.is_empty(), "{paper:?}");
        let bookmarks: Vec<&str> = read.bookmarks.map.values().map(|mark| mark.name.as_str()).collect();
        if matches!(paper, Paper::Handout | Paper::Booklet) {
            assert!(["मैदान", "घाटी"].iter().all(|heading| bookmarks.contains(heading)), "{paper:?}: {bookmarks:?}");
        }
    }
}
