//! Hostile lines: each ends in a page that reads or in an error with its place, on the smallest sheet and in large print.

mod reader;

use patra_core::{
    Block, Code, Column, Figure, List, ListItem, Material, Paragraph, Practice, Row, Section, Severity, Span, Table,
    Text,
};
use patra_pdf::{Paper, PdfOptions, Sheet, Theme, pdf};

fn material(blocks: Vec<Block>) -> Material {
    let section = Section { heading: "1".into(), blocks, ..Section::default() };
    let mut material = Material {
        title: "2".into(),
        language: "hi".parse().expect("a tag"),
        sections: vec![section],
        ..Material::default()
    };
    material.assign_ids();
    material
}

fn options() -> PdfOptions {
    let mut options = PdfOptions::default();
    options.sheet = Sheet::A5;
    options.theme = Theme::named("large-print").expect("a theme");
    options
}

/// All that the pages say, which stays on them.
fn said(material: &Material, options: &PdfOptions) -> String {
    let made = pdf(material, &Practice::of(material), options).expect("a paper").output;
    let (width, height) = options.sheet.points();
    let lines = reader::pages(&made.bytes).concat();
    for line in &lines {
        assert!(line.x > 3.0 && line.x + line.width < width - 3.0 && line.y > 6.0 && line.y < height - 6.0, "{line:?}");
    }
    lines.iter().map(|line| line.text.as_str()).collect()
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph { text: text.into(), span: Span::new(1, 2) })
}

#[test]
fn a_word_and_a_letter_of_a_hundred_thousand_signs() {
    let word = "क्ष".repeat(100_000);
    assert_eq!(said(&material(vec![paragraph(&word)]), &options()).matches("क्ष").count(), 100_000);
    let letter = format!("क{}", "\u{902}".repeat(100_000));
    assert_eq!(said(&material(vec![paragraph(&letter)]), &options()).matches('\u{902}').count(), 100_000);
}

#[test]
fn a_table_of_sixty_columns_and_a_cell_of_fifty_pages() {
    let column = |i: usize| Column { heading: format!("स्तंभ{i}").into(), ..Column::default() };
    let row = Row { cells: (0..60).map(|i| format!("मान{i}").into()).collect(), span: Span::NONE };
    let table = Table { columns: (0..60).map(column).collect(), rows: vec![row; 3], span: Span::new(5, 6) };
    let said_all = said(&material(vec![Block::Table(table)]), &options());
    assert!((0..60).all(|i| said_all.contains(&format!("मान{i}"))));

    let cells = vec![Text::plain("एक"), Text::plain("बहुत लंबा पाठ यहाँ है। ".repeat(1500))];
    let table =
        Table { columns: (0..2).map(column).collect(), rows: vec![Row { cells, span: Span::NONE }], span: Span::NONE };
    let long = material(vec![Block::Table(table)]);
    assert!(pdf(&long, &Practice::of(&long), &options()).expect("a handout").output.page_count > 50);
    assert_eq!(said(&long, &options()).matches("बहुत").count(), 1500);
}

#[test]
fn a_title_and_a_heading_longer_than_a_page_on_every_paper() {
    let mut long = material(vec![paragraph("एक")]);
    long.title = "बहुत लंबा शीर्षक ".repeat(200).as_str().into();
    long.sections[0].heading = "बहुत लंबा भाग ".repeat(200).as_str().into();
    for paper in [Paper::Handout, Paper::Worksheet, Paper::Answers, Paper::Test, Paper::TestKey, Paper::Cards] {
        let mut options = options();
        options.paper = paper;
        options.contents = patra_pdf::Contents::Always;
        let all = said(&long, &options);
        assert!(paper == Paper::Cards || all.matches("शीर्षक").count() >= 200, "{paper:?}");
    }
}

#[test]
fn a_list_of_ten_thousand_levels_is_an_error_before_it_is_a_paper() {
    // On a thread with room for the list itself, which is dropped level by level.
    let built = std::thread::Builder::new().stack_size(512 << 20).spawn(|| {
        let mut block = paragraph("भीतर");
        for _ in 0..10_000 {
            let item = ListItem { text: "स्तर".into(), blocks: vec![block], span: Span::new(3, 4) };
            block = Block::List(List { items: vec![item], span: Span::new(3, 9), ..List::default() });
        }
        let problems = material(vec![block]).problems();
        let deep = problems.iter().find(|problem| problem.code == Code::TooDeep).expect("it is too deep");
        assert!(deep.severity() == Severity::Error && !deep.span.is_none(), "{deep:?}");
    });
    built.expect("a thread").join().expect("no panic");
}

#[test]
fn a_picture_that_claims_a_billion_pixels_is_its_words() {
    // The header of a PNG of 31623 × 31623 pixels of which there are none.
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let side = 31_623_u32.to_be_bytes();
    bytes.extend(side.iter().chain(&side).chain(&[8, 6, 0, 0, 0]));
    let crc = bytes[12..].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    });
    bytes.extend((!crc).to_be_bytes());
    bytes.extend(b"\0\0\0\x10IDAT");
    let figure =
        Figure {
            source: "big.png".into(), alt: "बड़ा चित्र".into(), span: Span::new(7, 9), ..Figure::default()
        };
    let material = material(vec![Block::Figure(figure)]);
    let mut options = options();
    options.media.insert("big.png".to_owned(), bytes);
    let made = pdf(&material, &Practice::of(&material), &options).expect("a handout");
    let problem = &made.warnings[0];
    assert_eq!((problem.code, problem.span.start()), (Code::MissingFigure, 7));
    assert!(problem.message.contains("31623"), "{problem}");
    assert!(said(&material, &options).contains("बड़ा चित्र"));
}
