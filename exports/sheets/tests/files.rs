//! From a material to files, and what comes back from them.

use patra_core::{Block, Material, Paragraph, Practice, Run, Section, Table, Text};
use patra_sheets::{ErrorKind, SheetName, Sheets, SheetsOptions, Value, sheets, tables, unguarded, workbook};
use proptest::prelude::*;

const COURSE: &str = include_str!("fixtures/course.json");

fn course() -> Material {
    let material = Material::from_json(COURSE).expect("the fixture reads");
    assert_eq!(material.problems().iter().filter(|p| p.severity() == patra_core::Severity::Error).count(), 0);
    material
}

/// A material of one section with a paragraph for each text.
fn paragraphs(texts: &[&str]) -> Material {
    let block = |text: &&str| Block::Paragraph(Paragraph { text: (*text).into(), ..Paragraph::default() });
    let section = Section { heading: "h".into(), blocks: texts.iter().map(block).collect(), ..Section::default() };
    let mut material = Material { title: "t".into(), sections: vec![section], ..Material::default() };
    material.assign_ids();
    material
}

fn made(material: &Material, options: &SheetsOptions) -> Sheets {
    sheets(material, &Practice::of_every_kind(material), options).expect("sheets").output
}

fn text_of(files: &Sheets, name: &str) -> String {
    let file = files.files.iter().find(|file| file.name == name).expect("the file");
    String::from_utf8(file.bytes.clone()).expect("UTF-8")
}

/// The records of a CSV file below its header.
fn records(files: &Sheets, name: &str) -> Vec<Vec<String>> {
    let text = text_of(files, name);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    reader.records().map(|record| record.expect("a record").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_sheet_of_the_course() {
    let mut options = SheetsOptions::default();
    options.pages.insert("rain".parse().expect("an id"), 2);
    options.pages.insert("rain-snow.form".parse().expect("an id"), 3);
    let files = made(&course(), &options);
    let mut shown = String::new();
    for file in files.files.iter().filter(|file| file.name.ends_with(".csv")) {
        let text = std::str::from_utf8(&file.bytes).expect("UTF-8");
        let body = text.strip_prefix('\u{FEFF}').expect("a byte order mark");
        assert_eq!(body.matches("\r\n").count() - body.matches("\"\r\n\"").count(), body.matches('\r').count());
        shown.push_str(&format!("== {}\n{}", file.name, body.replace("\r\n", "\n")));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn the_descriptor_of_one_sheet() {
    let files = made(&course(), &SheetsOptions::default());
    let mut package: serde_json::Value = serde_json::from_str(&text_of(&files, "datapackage.json")).expect("JSON");
    let resources = package["resources"].as_array_mut().expect("resources");
    assert_eq!(resources.len(), SheetName::ALL.len());
    resources.retain(|resource| resource["name"] == "terms");
    insta::assert_json_snapshot!(package);
}

/// Every word and every mark of the model is in some cell.
#[test]
fn nothing_of_the_material_is_missing() {
    let material = course();
    let practice = Practice::default();
    let options = SheetsOptions::default();
    let made = tables(&material, &practice, &options).expect("tables");
    let cells: std::collections::HashSet<String> =
        made.iter().flat_map(|sheet| &sheet.rows).flat_map(|row| &row.cells).map(Value::to_string).collect();
    let mut texts: Vec<&Text> = vec![&material.title];
    let mut words: Vec<&str> = Vec::new();
    material.walk_sections(&mut |section, _| texts.push(&section.heading));
    material.walk_blocks(&mut |block, _| match block {
        Block::Definition(b) => texts.extend([&b.term, &b.meaning].into_iter().chain(&b.full_form)),
        Block::Terms(b) => {
            texts.extend(b.entries.iter().flat_map(|entry| [&entry.term, &entry.description]).chain(&b.kind));
        }
        Block::Comparison(b) => {
            texts.push(&b.corner);
            texts.extend(b.subjects.iter().map(|subject| &subject.name));
            texts.extend(b.aspects.iter().flat_map(|aspect| aspect.cells.iter().chain([&aspect.name])));
        }
        Block::Table(b) => {
            texts.extend(b.columns.iter().map(|column| &column.heading));
            texts.extend(b.rows.iter().flat_map(|row| &row.cells));
        }
        Block::List(b) => texts.extend(b.items.iter().map(|item| &item.text)),
        Block::Paragraph(b) => texts.push(&b.text),
        Block::Verse(b) => texts.extend(b.lines()),
        Block::Code(b) => words.extend([b.text.as_str()].into_iter().chain(b.language.as_deref())),
        Block::Math(b) => words.push(&b.tex),
        Block::Figure(b) => {
            words.extend([b.source.as_str(), b.alt.as_str()]);
            texts.extend(&b.caption);
        }
        Block::Question(b) => {
            texts.extend([&b.prompt, &b.answer].into_iter().chain(&b.hint));
            texts.extend(b.choices.iter().map(|choice| &choice.text));
        }
        Block::Cloze(b) => texts.push(&b.text),
        Block::Note(_) | Block::Quote(_) => {}
    });
    let mut marks = 0;
    for text in &texts {
        assert!(cells.contains(&text.to_plain()), "{text:?}");
        text.walk(&mut |run| match run {
            Run::Link(link) => words.push(&link.target),
            Run::Gap(gap) => words.extend(gap.hint.as_deref()),
            _ => {}
        });
        text.walk(&mut |run| marks += usize::from(!matches!(run, Run::Plain(_) | Run::Break)));
    }
    assert!(texts.len() > 40 && words.len() > 5 && marks > 8);
    words.iter().for_each(|words| assert!(cells.contains(*words), "{words}"));
    let found = made.iter().find(|sheet| sheet.name == SheetName::Marks).expect("marks");
    assert_eq!(found.rows.len(), marks);
}

/// A mark's place is where its words stand in the cell it names.
#[test]
fn marks_point_into_their_cells() {
    let material = course();
    let (practice, options) = (Practice::default(), SheetsOptions::default());
    let made = tables(&material, &practice, &options).expect("tables");
    let marks = made.iter().find(|sheet| sheet.name == SheetName::Marks).expect("marks");
    let column = |name: &str| marks.column(name).map(Value::to_string).collect::<Vec<_>>();
    for (i, row) in column("row_id").iter().enumerate() {
        let sheet = made.iter().find(|sheet| sheet.name.as_str() == column("sheet")[i]).expect("the sheet");
        let at = sheet.column(sheet.schema().key).position(|key| key.as_text() == Some(row)).expect("the row");
        let cell = sheet.column(&column("field")[i]).nth(at).expect("the cell").to_string();
        let (start, length) = (column("start")[i].parse().expect("n"), column("length")[i].parse().expect("n"));
        assert_eq!(cell.chars().skip(start).take(length).collect::<String>(), column("text")[i], "{row}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (material, options) = (course(), SheetsOptions::default());
    let practice = Practice::of(&material);
    assert_eq!(made(&material, &options), made(&material, &options));
    let book = || workbook(&material, &practice, &options).expect("a workbook").output;
    assert!(book() == book());
}

#[test]
fn hazards_are_warned_of_once_and_guarded_on_request() {
    let material = paragraphs(&["=1+1", "'tis", "=1+1", "क्षमा", "00123"]);
    let mut options = SheetsOptions::default();
    let plain = sheets(&material, &Practice::default(), &options).expect("sheets");
    let messages: Vec<&str> = plain.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "row 2 of `blocks`, column `text`: `=1+1` is run as a formula by spreadsheets, and so in 1 more cell",
            "row 6 of `blocks`, column `text`: `00123` loses its leading zeros",
        ]
    );
    assert!(!text_of(&plain.output, "datapackage.json").contains("patra:guard"));
    options.spreadsheet_safe = true;
    let safe = sheets(&material, &Practice::default(), &options).expect("sheets");
    assert_eq!(safe.warnings, []);
    assert!(text_of(&safe.output, "datapackage.json").contains("\"patra:guard\": {\n    \"prefix\": \"'\""));
    let text: Vec<String> = records(&safe.output, "blocks.csv").into_iter().map(|mut row| row.remove(10)).collect();
    assert_eq!(text, ["'=1+1", "''tis", "'=1+1", "क्षमा", "'00123"]);
}

#[test]
fn what_csv_cannot_hold_is_refused_with_its_place() {
    let error = sheets(&paragraphs(&["क", "a\0b"]), &Practice::default(), &SheetsOptions::default()).expect_err("NUL");
    assert_eq!(error.kind(), &ErrorKind::Cells);
    assert_eq!(error.diagnostics().len(), 1);
    assert!(error.to_string().contains("row 3 of `blocks` has a NUL character in `text`"), "{error}");
}

#[test]
fn what_a_workbook_cannot_hold_is_refused_with_its_place() {
    let book = |text: &str| workbook(&paragraphs(&[text]), &Practice::default(), &SheetsOptions::default());
    assert!(book(&"क".repeat(32_767)).is_ok());
    // Each takes two of the units that a cell is measured in.
    assert!(book(&"😀".repeat(16_384)).is_err());
    for (text, reason) in [("x".repeat(32_768), "is longer"), ("a\0".into(), "U+0000"), ("\u{FFFF}".into(), "U+FFFF")] {
        let error = book(&text).expect_err("it can't be held");
        assert_eq!(error.kind(), &ErrorKind::Cells);
        assert!(error.to_string().contains("row 2 of `blocks`, column `text`"), "{error}");
        assert!(error.to_string().contains(reason), "{error}");
    }
    assert_eq!(book("a\rb").expect("an escape").warnings.len(), 1);
}

#[test]
fn a_huge_cell_is_written_whole() {
    let huge = "क".repeat(10 * 1024 * 1024 / 3);
    let files = made(&paragraphs(&[&huge]), &SheetsOptions::default());
    assert!(records(&files, "blocks.csv")[0][10] == huge);
}

#[test]
fn a_huge_cell_is_refused_by_a_workbook_with_its_place() {
    let huge = "क ".repeat(10 * 1024 * 1024 / 4);
    let error = workbook(&paragraphs(&["क", &huge]), &Practice::default(), &SheetsOptions::default())
        .expect_err("it can't be held");
    assert!(error.to_string().contains("row 3 of `blocks`, column `text`: `क क"), "{}", error.to_string().len());
    assert!(error.to_string().len() < 500);
}

#[test]
fn a_large_material_is_told_as_a_small_one_is() {
    // Above what is collected in one thread.
    let terms = |i: usize| {
        let entry = |n: usize| patra_core::Entry {
            term: format!("शब्द {i}-{n}").into(),
            description: format!("अर्थ {n} of {i}").into(),
            ..Default::default()
        };
        let terms = patra_core::Terms { entries: (0..30).map(entry).collect(), ..Default::default() };
        Section { heading: format!("h {i}").into(), blocks: vec![Block::Terms(terms)], ..Section::default() }
    };
    let mut material = Material { title: "t".into(), sections: (0..100).map(terms).collect(), ..Material::default() };
    material.assign_ids();
    let practice = Practice::of(&material);
    assert!(practice.items().len() > 5_000, "{}", practice.items().len());
    let options = SheetsOptions::default();
    let whole = sheets(&material, &practice, &options).expect("sheets").output;
    assert_eq!(sheets(&material, &practice, &options).expect("sheets").output, whole);
    let reading = records(&whole, "reading.csv");
    assert_eq!(reading.len(), 100);
    // Two words of the heading, then two of a term and four of its description, thirty times.
    let words: Vec<&str> = reading.iter().map(|row| row[5].as_str()).collect();
    assert!(words.iter().all(|count| *count == words[0]), "{words:?}");
    let vocabulary = records(&whole, "vocabulary.csv");
    let ranked: Vec<(&str, &str)> = vocabulary.iter().map(|row| (row[5].as_str(), row[6].as_str())).collect();
    assert_eq!(ranked[..4], [("of", "3000"), ("अर्थ", "3000"), ("शब्द", "3000"), ("h", "100")]);
}

#[test]
fn rows_that_no_key_tells_apart_are_refused() {
    let mut material = course();
    let again = material.sections[1].blocks[1].clone();
    material.sections[1].blocks.push(again);
    let error =
        tables(&material, &Practice::default(), &SheetsOptions::default()).expect_err("`imd` twice").to_string();
    assert!(error.contains("`imd`"), "{error}");

    let unset = Material { sections: vec![Section::default()], ..Material::default() };
    let error = tables(&unset, &Practice::default(), &SheetsOptions::default()).expect_err("no ids");
    assert_eq!(error.kind(), &ErrorKind::Keys);
    assert!(error.diagnostics().iter().any(|d| d.message == "row 2 of `sections` has no `section_id`"), "{error}");

    let strange = Practice::of(&course());
    let error = tables(&paragraphs(&["क"]), &strange, &SheetsOptions::default()).expect_err("another's practice");
    assert!(error.diagnostics().iter().any(|d| d.message.contains("`ids` lacks")), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever words there are, a reader of CSV gets them back, and so does one that takes the guard away.
    #[test]
    fn cells_come_back(cells in prop::collection::vec("[=+@',\"\r\n\t;क्षि0-9A-Z\u{FEFF}\u{2028} -]{0,6}", 1..8), safe: bool, mark: bool) {
        let table = Table {
            columns: vec![patra_core::Column::default(); cells.len()],
            rows: vec![patra_core::Row { cells: cells.iter().map(|c| c.as_str().into()).collect(), ..Default::default() }],
            ..Table::default()
        };
        let mut material = paragraphs(&[]);
        material.sections[0].blocks.push(Block::Table(table));
        let mut options = SheetsOptions::default();
        options.spreadsheet_safe = safe;
        options.byte_order_mark = mark;
        let files = made(&material, &options);
        prop_assert_eq!(text_of(&files, "tables.csv").starts_with('\u{FEFF}'), mark);
        let rows = records(&files, "tables.csv").split_off(cells.len());
        prop_assert_eq!(rows.len(), cells.len());
        for (row, cell) in rows.iter().zip(&cells) {
            let text = row.last().expect("a cell");
            prop_assert_eq!(if safe { unguarded(text) } else { text }, cell);
        }
    }
}

proptest! {
    // A workbook takes a tenth of a second without optimisation.
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// No words make the lint or the workbook fail, whatever they are.
    #[test]
    fn no_words_are_too_strange(words in any::<String>()) {
        let material = paragraphs(&[&words]);
        let held = workbook(&material, &Practice::default(), &SheetsOptions::default()).is_ok();
        prop_assert_eq!(held, !words.contains(['\0', '\u{FFFE}', '\u{FFFF}']));
    }
}
