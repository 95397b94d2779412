//! Booklets: sheets to fold, on which every page of the handout stands once and is read in its turn.

mod reader;

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId};
use patra_core::{Block, Material, Paragraph, Practice, Run, Section, Span, Text};
use patra_pdf::{Contents, Flip, Paper, Pdf, PdfOptions, Sheet, pdf};

const MM: f32 = 72.0 / 25.4;

/// A material of numbered paragraphs, the sections far enough from each other for each to have pages of its own.
fn numbered(language: &str, sections: usize, paragraphs: usize) -> Material {
    let mut number = 0;
    let mut paragraph = || {
        number += 1;
        let text =
            format!("Paragraph {number} tells what came after the one before it, and stops where the next begins.");
        Block::Paragraph(Paragraph { text: text.repeat(6).as_str().into(), span: Span::NONE })
    };
    let sections = (0..sections)
        .map(|section| Section {
            heading: format!("Part {}", section + 1).as_str().into(),
            blocks: (0..paragraphs).map(|_| paragraph()).collect(),
            ..Section::default()
        })
        .collect();
    let language = language.parse().expect("a tag");
    let mut material = Material { title: "Numbers".into(), language, sections, ..Material::default() };
    material.assign_ids();
    material
}

fn options() -> PdfOptions {
    let mut options = PdfOptions::default();
    options.paper = Paper::Booklet;
    options
}

#[track_caller]
fn made(material: &Material, options: &PdfOptions) -> Pdf {
    let made = pdf(material, &Practice::of(material), options).expect("a booklet");
    assert!(made.warnings.is_empty(), "{:?}", made.warnings);
    made.output
}

/// The numbers of the pages on each side, as their feet say, from left to right.
fn feet(pdf: &Pdf) -> Vec<[Option<usize>; 2]> {
    let middle = Sheet::A4.points().1 / 2.0;
    let sides = reader::pages(&pdf.bytes);
    let of = |page: &Vec<reader::Line>, right: bool| {
        let here = page.iter().filter(|line| (line.x + line.width / 2.0 > middle) == right);
        let mut numbers = here.filter_map(|line| {
            let (number, _) = line.text.trim().split_once(" / ")?;
            number.parse().ok()
        });
        let number = numbers.next();
        assert!(numbers.next().is_none(), "two pages on one half");
        number
    };
    sides.iter().map(|page| [of(page, false), of(page, true)]).collect()
}

#[test]
fn a_leaf_s_back_is_its_next_page() {
    let mut counts = Vec::new();
    for paragraphs in [1, 9, 18, 30, 41] {
        let booklet = made(&numbered("en", 1, paragraphs), &options());
        let sides = feet(&booklet);
        assert_eq!(sides.len(), booklet.page_count);
        let last = sides.iter().flatten().flatten().max().copied().expect("a page");
        assert_eq!(sides.len(), last.div_ceil(4) * 2);
        for sheet in sides.chunks(2) {
            let [[front_left, front_right], [back_left, back_right]] = [sheet[0], sheet[1]];
            // Turned as a page of a book is, the right half of the front has the left half of the back behind it.
            for (before, behind) in [(front_right, back_left), (back_right, front_left)] {
                if let Some(behind) = behind {
                    assert_eq!(before, Some(behind - 1));
                } else {
                    assert!(before.is_none() || before == Some(last));
                }
            }
        }
        let mut all: Vec<usize> = sides.into_iter().flatten().flatten().collect();
        all.sort_unstable();
        assert_eq!(all, (1..=last).collect::<Vec<_>>());
        counts.push(last);
    }
    counts.dedup();
    assert!(counts.len() > 3, "{counts:?}");
}

#[test]
fn the_fold_is_on_the_right_where_lines_run_from_right_to_left() {
    let booklet = made(&numbered("ur", 1, 9), &options());
    // The first page is where readers begin: on the left half, and the fold on its right.
    let middle = Sheet::A4.points().1 / 2.0;
    let title = reader::pages(&booklet.bytes)[0].iter().find(|line| line.text.contains("Numbers")).cloned();
    assert!(title.is_some_and(|line| line.x + line.width < middle));
}

#[test]
fn every_word_of_the_text_is_there_once() {
    let material = numbered("en", 3, 8);
    let lines: String = reader::pages(&made(&material, &options()).bytes)
        .iter()
        .flatten()
        .map(|line| line.text.clone() + " ")
        .collect();
    for number in 1..=24 {
        assert_eq!(lines.matches(&format!("Paragraph {number} ")).count(), 6, "{number}");
    }
}

/// Where marked contents stand, as the structure tree names them: the page from 0, and the id on it.
fn read(document: &Document) -> Vec<(usize, i64)> {
    fn kid(document: &Document, object: &Object, page: Option<ObjectId>, out: &mut Vec<(ObjectId, i64)>) {
        match object {
            Object::Reference(id) => kid(document, document.get_object(*id).expect("an object"), page, out),
            Object::Array(kids) => kids.iter().for_each(|each| kid(document, each, page, out)),
            Object::Integer(id) => out.push((page.expect("a page"), *id)),
            Object::Dictionary(dictionary) => {
                let page = dictionary.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                if let Ok(id) = dictionary.get(b"MCID").and_then(Object::as_i64) {
                    out.push((page.expect("a page"), id));
                } else if let Ok(kids) = dictionary.get(b"K") {
                    kid(document, kids, page, out);
                }
            }
            _ => {}
        }
    }
    let root = document.catalog().and_then(|catalog| catalog.get(b"StructTreeRoot")).expect("a tree");
    let mut out = Vec::new();
    kid(document, root, None, &mut out);
    let pages: BTreeMap<ObjectId, usize> =
        document.get_pages().into_iter().map(|(n, id)| (id, n as usize - 1)).collect();
    out.into_iter().map(|(page, id)| (pages[&page], id)).collect()
}

#[test]
fn structure_is_read_page_after_page_and_not_sheet_after_sheet() {
    let booklet = made(&numbered("en", 2, 12), &options());
    let document = Document::load_mem(&booklet.bytes).expect("a PDF that loads");
    let sides = feet(&booklet);
    assert!(sides.len() >= 4, "{sides:?}");
    // The side on which each page in turn stands.
    let last = sides.iter().flatten().flatten().max().copied().expect("a page");
    let side = |number| sides.iter().position(|side| side.contains(&Some(number))).expect("a side");
    let mut wanted: Vec<usize> = (1..=last).map(side).collect();
    wanted.dedup();
    let mut found: Vec<usize> = read(&document).into_iter().map(|(page, _)| page).collect();
    found.dedup();
    assert_eq!(found, wanted);
}

#[test]
fn formulas_among_words_are_read_page_after_page_too() {
    let runs = (0..900).flat_map(|i| {
        [Run::Plain(format!("number {i} is ")), Run::Math(format!("n_{{{i}}}")), Run::Plain(", ".into())]
    });
    let text: Text = runs.collect();
    let mut material = numbered("en", 1, 0);
    material.sections[0].blocks = vec![Block::Paragraph(Paragraph { text, span: Span::NONE })];
    let booklet = made(&material, &options());
    let document = Document::load_mem(&booklet.bytes).expect("a PDF that loads");
    let sides = feet(&booklet);
    let last = sides.iter().flatten().flatten().max().copied().expect("a page");
    assert!(last > 4, "{sides:?}");
    let side = |number| sides.iter().position(|side| side.contains(&Some(number))).expect("a side");
    let mut wanted: Vec<usize> = (1..=last).map(side).collect();
    wanted.dedup();
    let places = read(&document);
    let mut found: Vec<usize> = places.iter().map(|(page, _)| *page).collect();
    found.dedup();
    assert_eq!(found, wanted);
    // On each page words and formulas take turns, as they were drawn.
    assert!(places.windows(2).all(|pair| pair[0].0 != pair[1].0 || pair[0].1 < pair[1].1));
}

#[test]
fn pages_are_half_a_sheet_and_keep_to_their_half() {
    for sheet in Sheet::ALL {
        for flip in [Flip::ShortEdge, Flip::LongEdge] {
            let mut chosen = options();
            chosen.sheet = sheet;
            chosen.binding = 4.0;
            chosen.booklet.creep = 2.0;
            chosen.booklet.flip = flip;
            let booklet = made(&numbered("en", 2, 10), &chosen);
            let (height, width) = sheet.points();
            for page in reader::pages(&booklet.bytes) {
                for line in page {
                    let (left, right) = if line.x < width / 2.0 { (0.0, width / 2.0) } else { (width / 2.0, width) };
                    // Upside down, a line is told by where its words end.
                    if flip == Flip::ShortEdge {
                        assert!(line.x > left + 8.0 && line.x + line.width < right - 8.0, "{sheet:?} {line:?}");
                    }
                    assert!(line.y > 8.0 && line.y < height - 8.0, "{sheet:?} {line:?}");
                }
            }
        }
    }
}

#[test]
fn inner_sheets_creep_towards_the_fold() {
    let material = numbered("en", 1, 40);
    let first = |creep: f32| {
        let mut chosen = options();
        chosen.booklet.creep = creep;
        let left = |page: &Vec<reader::Line>| page.iter().map(|line| line.x).fold(f32::MAX, f32::min);
        reader::pages(&made(&material, &chosen).bytes).iter().map(left).collect::<Vec<f32>>()
    };
    let (even, moved) = (first(0.0), first(3.0));
    let sheets = even.len() / 2;
    assert!(sheets > 2);
    for (side, (even, moved)) in even.iter().zip(&moved).enumerate() {
        let wanted = 3.0 * MM * (side / 2) as f32 / (sheets - 1) as f32;
        // A side whose left half is empty begins on the right one, and so moves to the left.
        assert!(((moved - even).abs() - wanted).abs() < 0.05, "side {side}: {even} {moved}");
    }
}

#[test]
fn links_names_and_labels_lead_to_the_half_that_they_mean() {
    let mut chosen = options();
    chosen.contents = Contents::Always;
    let booklet = made(&numbered("en", 3, 8), &chosen);
    let document = Document::load_mem(&booklet.bytes).expect("a PDF that loads");
    let sides = feet(&booklet);
    let pages: BTreeMap<ObjectId, usize> =
        document.get_pages().into_iter().map(|(n, id)| (id, n as usize - 1)).collect();
    let mut places = 0;
    for object in document.objects.values() {
        let Ok(item) = object.as_dict() else { continue };
        if let (Ok(_), Ok(Object::Array(place))) = (item.get(b"Title"), item.get(b"Dest")) {
            let page = pages[&place[0].as_reference().expect("a page")];
            let half = usize::from(place[2].as_float().expect("a left edge") > 1.0);
            let number = sides[page][half].expect("a page that is there");
            // The heading stands on that half.
            let title = item.get(b"Title").and_then(Object::as_str).expect("a title");
            let title = String::from_utf8_lossy(title).into_owned();
            let middle = Sheet::A4.points().1 / 2.0;
            let lines = reader::pages(&booklet.bytes);
            let here = lines[page].iter().any(|line| line.text.trim() == title && usize::from(line.x > middle) == half);
            assert!(here, "{title} on page {number}");
            places += 1;
        }
    }
    assert_eq!(places, 3);
    let labels = document.catalog().and_then(|catalog| catalog.get(b"PageLabels")).and_then(Object::as_dict);
    let labels = labels.and_then(|labels| labels.get(b"Nums")).and_then(Object::as_array).expect("labels");
    assert_eq!(labels.len(), 2 * sides.len());
    for (side, label) in sides.iter().zip(labels.chunks(2)) {
        let numbers: Vec<String> = side.iter().flatten().map(ToString::to_string).collect();
        let label = label[1].as_dict().and_then(|label| label.get(b"P")).and_then(Object::as_str).expect("a prefix");
        if !numbers.is_empty() {
            assert_eq!(String::from_utf8_lossy(label), numbers.join(", "));
        }
    }
}

#[test]
fn a_creep_too_great_is_refused() {
    for creep in [-0.1, 5.1, f32::NAN] {
        let mut chosen = options();
        chosen.booklet.creep = creep;
        assert!(chosen.problem().is_some_and(|problem| problem.message.contains("creep")), "{creep}");
    }
}
