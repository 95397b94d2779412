//! What holds of every page, told from where letters stand, over generated materials, sheets and themes.

mod reader;

use std::collections::BTreeMap;

use patra_core::{
    Aspect, Block, Choice, Cloze, Column, Comparison, Definition, Entry, Gap, List, ListItem, Material, Note,
    Paragraph, Practice, Question, Row, Run, Section, Span, Subject, Table, Terms, Text,
};
use patra_pdf::{Contents, Flip, Paper, PdfOptions, Sheet, Theme, pdf};
use proptest::prelude::*;
use reader::Line;

/// What is generated: of each block its kind, and how long it is.
type Plan = Vec<(u8, usize)>;

/// A word that says where it belongs: `अ7` in the first line and in all others of block 7.
fn words(sign: &str, number: usize, count: usize) -> Text {
    vec![format!("{sign}{number}क्षेत्र"); count.max(1)].join(" ").as_str().into()
}

fn block(number: usize, kind: u8, length: usize) -> Block {
    let entry = |i: usize, length: usize| Entry {
        term: words("श", 100 * number + i, 1),
        description: words("अ", 100 * number + i, length),
        ..Entry::default()
    };
    match kind {
        0..=3 => Block::Paragraph(Paragraph { text: words("प", number, length), span: Span::NONE }),
        4 => Block::Terms(Terms {
            ordered: length.is_multiple_of(2),
            entries: (0..length % 7 + 1).map(|i| entry(i, length / (i + 1))).collect(),
            ..Terms::default()
        }),
        5 => Block::Definition(Definition {
            term: words("श", 100 * number, 1),
            meaning: words("अ", 100 * number, length),
            ..Definition::default()
        }),
        6 => {
            let row = |i: usize| Row {
                cells: vec![words("ख", 100 * number + i, length % 5), words("ख", 100 * number + i, length / 4)],
                span: Span::NONE,
            };
            let column = |_| Column { heading: words("त", number, 1), ..Column::default() };
            Block::Table(Table {
                columns: (0..2).map(column).collect(),
                rows: (0..length % 40 + 2).map(row).collect(),
                span: Span::NONE,
            })
        }
        7 => {
            let item = |i: usize| ListItem { text: words("ल", 100 * number + i, length / 3), ..ListItem::default() };
            Block::List(List {
                start: (length.is_multiple_of(2)).then_some(1),
                items: (0..length % 9 + 1).map(item).collect(),
                ..List::default()
            })
        }
        8 => {
            let inner = Block::Paragraph(Paragraph { text: words("प", number, length), span: Span::NONE });
            Block::Note(Note { blocks: vec![inner], ..Note::default() })
        }
        9 => {
            let choice =
                |i: usize| Choice { text: words("च", 100 * number + i, i + 1), correct: i == 0, ..Choice::default() };
            Block::Question(Question {
                prompt: words("ब", number, length / 2),
                answer: words("उ", number, 3),
                choices: if length.is_multiple_of(2) { (0..3).map(choice).collect() } else { Vec::new() },
                ..Question::default()
            })
        }
        10 => {
            let subject = |i: usize| Subject { name: words("व", 100 * number + i, 1), ..Subject::default() };
            let aspect = |i: usize| Aspect {
                name: words("ग", 100 * number + i, 1),
                cells: (0..3).map(|j| words("द", 1000 * number + 10 * i + j, length / 5)).collect(),
                ..Aspect::default()
            };
            Block::Comparison(Comparison {
                corner: "पहलू".into(),
                subjects: (0..3).map(subject).collect(),
                aspects: (0..length % 6 + 1).map(aspect).collect(),
                ..Comparison::default()
            })
        }
        _ => {
            let gap = Run::Gap(Gap { text: words("र", number, 1), ..Gap::default() });
            let text = [Run::Plain(format!("{} ", words("स", number, length / 4).to_plain())), gap];
            Block::Cloze(Cloze { text: text.into_iter().collect(), ..Cloze::default() })
        }
    }
}

fn material(language: &str, plan: &Plan) -> Material {
    let mut material = Material {
        title: words("म", 0, 3),
        language: language.parse().expect("a tag"),
        licence: Some("CC-BY-4.0".to_owned()),
        ..Material::default()
    };
    for (i, (kind, length)) in plan.iter().enumerate() {
        if i % 3 == 0 || material.sections.is_empty() {
            material.sections.push(Section { heading: words("ह", i, length % 6 + 1), ..Section::default() });
        }
        if let Some(section) = material.sections.last_mut() {
            section.blocks.push(block(i, *kind, *length));
        }
    }
    material.assign_ids();
    material
}

fn made(material: &Material, options: &PdfOptions) -> Vec<u8> {
    pdf(material, &Practice::of(material), options).expect("a paper").output.bytes
}

/// No ink off the page, and no letters on others.
fn is_clean(bytes: &[u8], sheet: Sheet) -> Result<(), TestCaseError> {
    let (width, height) = sheet.points();
    for (number, (lines, fills)) in reader::pages(bytes).iter().zip(reader::fills(bytes)).enumerate() {
        for [x, y, wide, high] in fills {
            prop_assert!(
                x >= 0.0 && y >= 0.0 && x + wide <= width && y + high <= height,
                "{number}: {x} {y} {wide} {high}"
            );
        }
        let boxes: Vec<(f32, f32, f32, f32, &Line)> = lines
            .iter()
            .filter(|line| !line.text.trim().is_empty())
            // The space after a line's last word is part of its last code.
            .map(|line| (line.x, line.x + line.width - line.size * 0.3, line.y, line.y + line.size * 0.6, line))
            .collect();
        for (i, (left, right, base, top, line)) in boxes.iter().enumerate() {
            prop_assert!(*left >= 3.0 && *right <= width - 3.0, "page {number}: {line:?}");
            prop_assert!(*base >= 6.0 && *top <= height - 6.0, "page {number}: {line:?}");
            for (other_left, other_right, other_base, other_top, other) in &boxes[i + 1..] {
                let apart = right.min(*other_right) <= left.max(*other_left) + 0.5
                    || top.min(*other_top) <= base.max(*other_base) + 0.5;
                prop_assert!(apart, "page {number}: {line:?} on {other:?}");
            }
        }
    }
    Ok(())
}

/// What a line's first own word says: its sign and its number.
fn sign(line: &Line) -> Option<(char, usize)> {
    let word = line.text.split_whitespace().find(|word| word.ends_with("क्षेत्र"))?;
    let sign = word.chars().next()?;
    let digits: String = word.chars().skip(1).take_while(char::is_ascii_digit).collect();
    Some((sign, digits.parse().ok()?))
}

/// The lines of the text of each page, from top to bottom, each with its sign; without running lines, codes and numbers.
fn body(bytes: &[u8], options: &PdfOptions) -> Vec<Vec<(char, usize, f32)>> {
    let (_, height) = options.sheet.points();
    let scale = (options.sheet.points().0 / 595.276).min(1.0);
    let mm = 72.0 / 25.4 * scale;
    let (top, bottom) = (height - options.theme.margins.top * mm + 1.0, options.theme.margins.bottom * mm - 1.0);
    let pages = reader::pages(bytes).into_iter().map(|page| {
        let within = page.iter().filter(|line| line.y < top && line.y > bottom);
        let mut lines: Vec<(char, usize, f32)> =
            within.filter_map(|line| sign(line).map(|(sign, number)| (sign, number, line.y))).collect();
        lines.sort_by(|a, b| b.2.total_cmp(&a.2));
        lines
    });
    pages.collect()
}

/// The rules that say where a page may end.
fn ends_well(pages: &[Vec<(char, usize, f32)>]) -> Result<(), TestCaseError> {
    let mut places: BTreeMap<(char, usize), BTreeMap<usize, usize>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        for (sign, block, _) in page {
            *places.entry((*sign, *block)).or_default().entry(number).or_default() += 1;
        }
        if number + 1 < pages.len()
            && let Some((sign, block, _)) = page.last()
        {
            prop_assert!(*sign != 'ह', "heading {block} is alone at the foot of page {number}");
        }
    }
    for ((sign, block), on) in &places {
        match sign {
            // No line alone at either end of a page.
            'प' | 'अ' | 'ल' | 'ब' if on.len() > 1 => {
                prop_assert!(on.values().all(|lines| *lines > 1), "{sign}{block} is parted as {on:?}");
            }
            // The lines of a row, of which each fits a page.
            'ख' => prop_assert!(on.len() == 1, "row {block} is parted as {on:?}"),
            // The header of a table, which is on every page that has a row of it.
            'त' => {
                let rows = places.iter().filter(|((sign, row), _)| *sign == 'ख' && row / 100 == *block);
                let pages: std::collections::BTreeSet<usize> = rows.flat_map(|(_, on)| on.keys().copied()).collect();
                prop_assert!(pages.iter().eq(on.keys()), "the header of {block} is on {on:?}, its rows on {pages:?}");
            }
            'श' => {
                let term = on.keys().next_back();
                let description = places.get(&('अ', *block)).and_then(|on| on.keys().next());
                prop_assert!(term == description, "term {block} is on {term:?}, its description on {description:?}");
            }
            _ => {}
        }
    }
    Ok(())
}

fn options(sheet: usize, theme: usize, binding: f32) -> PdfOptions {
    let mut options = PdfOptions::default();
    options.sheet = Sheet::ALL[sheet];
    options.theme = Theme::named(Theme::NAMES[theme]).expect("a theme");
    options.binding = binding;
    options
}

fn plan() -> impl Strategy<Value = Plan> {
    prop::collection::vec((0..12_u8, 0..90_usize), 1..16)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_page_of_a_handout_keeps_the_rules(
        plan in plan(), sheet in 0..4_usize, theme in 0..2_usize, language in 0..3_usize, bound in any::<bool>()
    ) {
        let material = material(["hi", "en", "ur"][language], &plan);
        let mut options = options(sheet, theme, if bound { 8.0 } else { 0.0 });
        options.contents = Contents::Always;
        is_clean(&made(&material, &options), options.sheet)?;
        // The lines of a table of contents say what headings say.
        options.contents = Contents::Never;
        let bytes = made(&material, &options);
        is_clean(&bytes, options.sheet)?;
        ends_well(&body(&bytes, &options))?;
    }

    #[test]
    fn every_paper_is_clean_on_every_sheet(
        plan in plan(), sheet in 0..4_usize, theme in 0..2_usize, language in 0..3_usize, flip in any::<bool>()
    ) {
        let material = material(["hi", "en", "ur"][language], &plan[..plan.len().min(8)].to_vec());
        for paper in [Paper::Worksheet, Paper::Answers, Paper::Test, Paper::TestKey, Paper::Cards] {
            let mut options = options(sheet, theme, 0.0);
            options.paper = paper;
            options.cards.calibration = true;
            options.cards.flip = if flip { Flip::ShortEdge } else { Flip::LongEdge };
            is_clean(&made(&material, &options), options.sheet)?;
        }
    }
}
