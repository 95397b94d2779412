use patra_core::Block;

use crate::archive::{Document, blocks, paragraph};

fn level(at: u8, format: &str, text: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

fn numbering(levels: &str) -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId \
         w:val=\"0\"/></w:num>"
    )
}

fn item(at: u8, words: &str) -> String {
    paragraph(&format!("<w:numPr><w:ilvl w:val=\"{at}\"/><w:numId w:val=\"1\"/></w:numPr>"), words)
}

#[test]
fn numbers_and_bullets_are_nested_lists() {
    let body = [(0, "पानी उबालिए।"), (1, "दो कप लीजिए।"), (1, "ढक दीजिए।"), (0, "पत्ती डालिए।")]
        .map(|(at, words)| item(at, words))
        .concat();
    let levels = level(0, "decimal", "%1.") + &level(1, "bullet", "\u{F0B7}");
    let document = Document::new(&(paragraph("", "चाय ऐसे बनती है।") + &body)).part("numbering", &numbering(&levels));
    let material = document.material();
    let found = blocks(&material);
    let Some(Block::List(list)) = found.iter().find(|block| matches!(block, Block::List(_))) else {
        panic!("no list: {found:?}")
    };
    assert_eq!(list.start, Some(1));
    assert_eq!(list.items.iter().map(|item| item.text.to_plain()).collect::<Vec<_>>(), ["पानी उबालिए।", "पत्ती डालिए।"]);
    let [Block::List(inner)] = list.items[0].blocks.as_slice() else { panic!("no inner list") };
    assert_eq!((inner.start, inner.items.len()), (None, 2));
}

#[test]
fn letters_are_shown_as_word_shows_them() {
    let body = [
        (0, "Which planet has rings?"),
        (1, "Mars"),
        (1, "Saturn"),
        (0, "Which one is red?"),
        (1, "Mars"),
        (1, "Venus"),
    ]
    .map(|(at, words)| item(at, words))
    .concat();
    let levels = level(0, "decimal", "Q%1.") + &level(1, "lowerLetter", "(%2)");
    let read = Document::new(&body).part("numbering", &numbering(&levels)).read();
    let page = read.source.text();
    for line in ["Q1. Which planet has rings?", "(a) Mars", "(b) Saturn", "Q2. Which one is red?", "(b) Venus"] {
        assert!(page.contains(&format!("<p>{line}</p>")), "{line} is not in {page}");
    }
}

#[test]
fn typed_and_computed_labels_make_the_same_model() {
    let lines = [
        (0, "1. Which gas do leaves take in?"),
        (1, "(a) Oxygen"),
        (1, "(b) Carbon dioxide"),
        (1, "(c) Nitrogen"),
        (9, "Ans: (b)"),
        (0, "2. Which part of a plant drinks water?"),
        (1, "(a) Root"),
        (1, "(b) Flower"),
        (1, "(c) Fruit"),
        (9, "Ans: (a)"),
    ];
    let typed: String = lines.iter().map(|(_, words)| paragraph("", words)).collect();
    let computed: String = lines
        .iter()
        .map(|(at, words)| match at {
            9 => paragraph("", words),
            at => item(*at, words.split_once(' ').map_or(*words, |(_, rest)| rest)),
        })
        .collect();
    let levels = level(0, "decimal", "%1.") + &level(1, "lowerLetter", "(%2)");
    let stored = [Document::new(&typed), Document::new(&computed).part("numbering", &numbering(&levels))]
        .map(|document| document.material().to_json());
    assert_eq!(stored[0], stored[1]);
}

#[test]
fn numbers_that_begin_again_are_two_lists() {
    let again = "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride \
                 w:val=\"1\"/></w:lvlOverride></w:num>";
    let second = paragraph("<w:numPr><w:numId w:val=\"2\"/></w:numPr>", "It rains.");
    let body = item(0, "The sun shines.") + &item(0, "Water rises.") + &second;
    let document = Document::new(&body).part("numbering", &(numbering(&level(0, "decimal", "%1.")) + again));
    let material = document.material();
    let starts: Vec<(Option<u32>, usize)> = blocks(&material)
        .iter()
        .filter_map(|block| match block {
            Block::List(list) => Some((list.start, list.items.len())),
            _ => None,
        })
        .collect();
    assert_eq!(starts, [(Some(1), 2), (Some(1), 1)]);
}
