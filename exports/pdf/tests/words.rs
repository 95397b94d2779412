//! Every word of a material comes back from the file, and no file depends on anything but its material.

mod reader;

use std::collections::BTreeMap;

use patra_core::{
    Aspect, Block, Code, CodeBlock, Comparison, Entry, List, ListItem, Material, Note, Paragraph, Practice, Section,
    Span, Subject, Table, Terms, Text,
};
use patra_pdf::{Pdf, PdfOptions, Sheet, pdf};
use proptest::prelude::*;

fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph { text: text.into(), span: Span::new(1, 2) })
}

fn material(language: &str, blocks: Vec<Block>) -> Material {
    let section = Section { heading: "1".into(), blocks, ..Section::default() };
    let mut material = Material {
        title: "2".into(),
        language: language.parse().expect("a tag"),
        sections: vec![section],
        ..Material::default()
    };
    material.assign_ids();
    material
}

fn made(material: &Material) -> Pdf {
    pdf(material, &Practice::of(material), &PdfOptions::default()).expect("a handout").output
}

fn counts(words: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_insert(0) += 1);
    counts
}

/// The words of all pages but those of the running lines, which only repeat.
fn words_of(pdf: &Pdf) -> BTreeMap<String, usize> {
    let pages = reader::pages(&pdf.bytes);
    let texts = pages.iter().flatten().map(|line| line.text.clone() + " ").collect::<String>();
    counts(texts.split_whitespace().map(str::to_owned))
}

fn holds(found: &BTreeMap<String, usize>, text: &str) {
    for (word, count) in counts(text.split_whitespace().map(str::to_owned)) {
        assert!(found.get(&word).is_some_and(|found| *found >= count), "{word:?} {count} times in {found:?}");
    }
}

/// No text passes the sheet's edges or the margins.
fn stays_on_the_page(pdf: &Pdf) {
    let (width, height) = Sheet::A4.points();
    for line in reader::pages(&pdf.bytes).iter().flatten() {
        assert!(line.x >= 40.0 && line.x + line.width <= width - 40.0, "{line:?}");
        assert!(line.y >= 25.0 && line.y <= height - 30.0, "{line:?}");
    }
}

fn regex(pattern: &str) -> impl Strategy<Value = String> + use<> {
    proptest::string::string_regex(pattern).expect("a pattern")
}

/// Syllables of several scripts, and what stands between words.
fn words() -> impl Strategy<Value = Vec<String>> {
    let hindi = "(क|ख्य|र्म|द्ध|ष्ट्र|त्र|ज्ञ|श्र|ह्म|ड़)(ा|ि|ी|ु|े|ै|ो|ं|ँ|ः)?";
    let bengali = "(ক|ন্ত|র্য|ক্ষ|স্ত্র)(া|ি|ু|ে|ো)?";
    let malayalam = "(ക്ക|മ|ന്ത്ര|ൻ|യ്)(ാ|ി|ു|െ|ോ)?";
    let latin = "[a-zA-Z0-9é(),.]";
    let word = prop_oneof![
        4 => regex(&format!("({hindi}){{1,6}}[।,?]?")),
        1 => regex(&format!("({bengali}){{1,6}}")),
        1 => regex(&format!("({malayalam}){{1,6}}")),
        1 => regex(&format!("{latin}{{1,9}}")),
    ];
    prop::collection::vec(word, 1..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_word_comes_back(words in words(), bold in any::<bool>()) {
        use unicode_normalization::UnicodeNormalization;
        let text = words.join(" ");
        let run = if bold { patra_core::Run::Strong(text.as_str().into()) } else { patra_core::Run::Plain(text.clone()) };
        let mut rich = Text::default();
        rich.push(run);
        let material = material("hi", vec![Block::Paragraph(Paragraph { text: rich, span: Span::NONE })]);
        let pdf = made(&material);
        let wanted: String = text.nfc().collect();
        // A line may end inside a word after a hyphen or bracket; without spaces the texts are the same.
        let found: String = reader::pages(&pdf.bytes).iter().flatten().map(|line| line.text.as_str()).collect();
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert!(squeezed(&found).contains(&squeezed(&wanted)), "{wanted:?}\n{found:?}");
        stays_on_the_page(&pdf);
        prop_assert_eq!(&pdf.bytes, &made(&material).bytes);
    }
}

#[test]
fn scripts_and_struck_words_are_read_with_their_marks() {
    use patra_core::Run;
    let plain = |words: &str| Run::Plain(words.into());
    let inner: Text = [plain("log"), Run::Subscript("2".into())].into_iter().collect();
    let text: Text = [
        plain("चाल 3 × 10"),
        Run::Superscript("8".into()),
        plain(", H"),
        Run::Subscript("2".into()),
        plain("O, "),
        Run::Strong(inner),
        plain("8, x"),
        Run::Superscript("n+1".into()),
        plain(", "),
        Run::Strikeout("कभी भी नहीं".into()),
        plain(" सदा।"),
    ]
    .into_iter()
    .collect();
    let paragraph = |text: Text| material("hi", vec![Block::Paragraph(Paragraph { text, span: Span::NONE })]);
    let marked = made(&paragraph(text.clone()));
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let all: String = reader::pages(&marked.bytes).iter().flatten().map(|line| line.text.as_str()).collect();
    assert!(squeezed(&all).contains(&squeezed(&text.to_plain())), "{all}");
    assert!(text.to_plain().contains("10^8, H_2O, log_2 8, x^(n+1), ~~कभी भी नहीं~~ सदा"));
    // What is read is not drawn: the page has no more glyphs than the words have.
    let line = reader::pages(&marked.bytes).into_iter().flatten().find(|line| line.text.contains("H_2O"));
    let unmarked = made(&paragraph("चाल 3 × 108, H2O, log28, xn+1, कभी भी नहीं सदा।".into()));
    let other = reader::pages(&unmarked.bytes).into_iter().flatten().find(|line| line.text.contains("H2O"));
    assert!(line.zip(other).is_some_and(|(line, other)| line.width < other.width));
}

#[test]
fn blocks_of_every_kind_keep_their_words() {
    let cell = |text: &str| Text::plain(text);
    let comparison = Comparison {
        corner: "पहलू".into(),
        subjects: ["टपक", "बाढ़"].map(|name| Subject { name: name.into(), ..Subject::default() }).into(),
        aspects: vec![Aspect {
            name: "लागत".into(), cells: vec![cell("अधिक है"), cell("कम है")], ..Aspect::default()
        }],
        ..Comparison::default()
    };
    let terms = Terms {
        ordered: true,
        entries: vec![Entry {
            term: "योजना".into(), description: "क्षेत्र का सर्वेक्षण".into(), ..Entry::default()
        }],
        ..Terms::default()
    };
    let inner = Block::List(List {
        start: Some(9), items: vec![item("नौवाँ"), item("दसवाँ")], ..List::default()
    });
    let list = List { items: vec![ListItem { blocks: vec![inner], ..item("बाहर") }], ..List::default() };
    let note = Note { blocks: vec![paragraph("सावधान रहें")], ..Note::default() };
    let code = CodeBlock { text: "for x in y:\n    print(x)".into(), ..CodeBlock::default() };
    let material = material(
        "hi",
        vec![
            Block::Comparison(comparison),
            Block::Terms(terms),
            Block::List(list),
            Block::Note(note),
            Block::Code(code),
        ],
    );
    let pdf = made(&material);
    let found = words_of(&pdf);
    holds(
        &found,
        "पहलू टपक बाढ़ लागत अधिक है कम है योजना क्षेत्र का सर्वेक्षण बाहर नौवाँ दसवाँ 9. 10. 1. सावधान रहें for x in y: print(x)",
    );
    let row = material.sections[0].blocks.iter().find_map(|block| match block {
        Block::Comparison(comparison) => Some(comparison.row_id(&comparison.aspects[0])),
        _ => None,
    });
    assert_eq!(pdf.pages.get(&row.expect("a row")), Some(&1));
}

fn item(text: &str) -> ListItem {
    ListItem { text: text.into(), ..ListItem::default() }
}

#[test]
fn a_character_that_no_font_has_is_an_error_in_its_place() {
    let material = material(
        "hi",
        vec![paragraph("ठीक है"), Block::Paragraph(Paragraph { text: "यह 漢 है".into(), span: Span::new(7, 20) })],
    );
    let error = pdf(&material, &Practice::of(&material), &PdfOptions::default()).expect_err("no font has it");
    let problem = &error.diagnostics()[0];
    assert_eq!((problem.code, problem.span.start(), problem.span.end()), (Code::MissingGlyph, 7, 20));
    assert!(problem.message.contains("漢"), "{problem}");
    assert_eq!(error.diagnostics().len(), 1);
}

#[test]
fn a_word_of_a_hundred_thousand_letters_is_set_in_lines() {
    let pdf = made(&material("hi", vec![paragraph(&"क्ष".repeat(100_000))]));
    assert!(pdf.page_count > 20);
    stays_on_the_page(&pdf);
}

#[test]
fn a_hundred_thousand_marks_on_a_letter_come_back() {
    let text = format!("क{}", "\u{902}".repeat(100_000));
    let pdf = made(&material("hi", vec![paragraph(&text)]));
    let found: String = reader::pages(&pdf.bytes).iter().flatten().map(|line| line.text.as_str()).collect();
    assert_eq!(found.matches('\u{902}').count(), 100_000);
}

#[test]
fn a_table_of_sixty_columns_is_set_in_parts() {
    let heads = (0..60)
        .map(|i| patra_core::Column { heading: format!("स्तंभ{i}").into(), ..patra_core::Column::default() });
    let row = patra_core::Row { cells: (0..60).map(|i| format!("मान{i}").into()).collect(), span: Span::NONE };
    let table = Table { columns: heads.collect(), rows: vec![row; 30], span: Span::new(5, 6) };
    let material = material("hi", vec![Block::Table(table)]);
    let made = pdf(&material, &Practice::of(&material), &PdfOptions::default()).expect("a handout");
    assert_eq!(made.warnings.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::TooWide]);
    let found = words_of(&made.output);
    for i in 0..60 {
        assert!(found[&format!("मान{i}")] >= 30, "{i}");
    }
    stays_on_the_page(&made.output);
}

#[test]
fn a_cell_of_many_pages_is_split_and_its_header_repeated() {
    let cells = vec![Text::plain("एक"), Text::plain("बहुत लंबा पाठ यहाँ है। ".repeat(3000))];
    let heads = ["शीर्षक", "विवरण"]
        .map(|heading| patra_core::Column { heading: heading.into(), ..patra_core::Column::default() });
    let row = patra_core::Row { cells, span: Span::NONE };
    let table = Table { columns: heads.into(), rows: vec![row], span: Span::NONE };
    let pdf = made(&material("hi", vec![Block::Table(table)]));
    assert!(pdf.page_count > 10, "{}", pdf.page_count);
    let found = words_of(&pdf);
    assert_eq!(found["बहुत"], 3000);
    assert_eq!(found["विवरण"], pdf.page_count);
    stays_on_the_page(&pdf);
}

#[test]
fn lists_as_deep_as_a_material_may_be_stay_on_the_page() {
    let mut block = paragraph("सबसे भीतर का वाक्य यहाँ पर है।");
    for _ in 0..patra_core::MAX_DEPTH {
        block = Block::List(List {
            items: vec![ListItem { blocks: vec![block], ..item("स्तर") }], ..List::default()
        });
    }
    let pdf = made(&material("hi", vec![block]));
    stays_on_the_page(&pdf);
    holds(&words_of(&pdf), "सबसे भीतर का वाक्य यहाँ पर है।");
}

#[test]
fn an_empty_material_is_a_page() {
    let material = Material { language: "hi".parse().expect("a tag"), ..Material::default() };
    assert_eq!(made(&material).page_count, 1);
}

#[test]
fn no_heading_stands_alone_at_the_foot_of_a_page() {
    use patra_core::{Choice, Question};
    for count in 20..75 {
        let mut blocks: Vec<Block> = (0..count).map(|_| paragraph("एक पंक्ति")).collect();
        let choices = vec![Choice { text: "हाँ".into(), correct: true, ..Choice::default() }];
        blocks.push(Block::Question(Question { prompt: "क्यों?".into(), choices, ..Question::default() }));
        let pdf = made(&material("hi", blocks));
        for page in reader::pages(&pdf.bytes) {
            // The last line drawn is the page's number, and before it the running lines.
            let body: Vec<&reader::Line> = page.iter().filter(|line| line.y > 55.0 && line.y < 780.0).collect();
            let last = body.iter().min_by(|a, b| a.y.total_cmp(&b.y)).expect("a line");
            assert_ne!(last.text.trim(), "उत्तर", "{count}");
        }
    }
}
