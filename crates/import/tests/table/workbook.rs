//! Workbooks: worksheets, formats, merged cells, formulas.

use patra_core::{Block, Code, Read, Severity};
use patra_import::{TableOptions, read_workbook};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

fn read(fill: impl Fn(&mut Workbook)) -> Read {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    read_workbook(workbook.save_to_buffer().expect("written"), &TableOptions::named("किताब"))
}

fn rows(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, *cell).expect("written");
            }
        }
    }
}

fn fill(workbook: &mut Workbook) {
    let sheet = workbook.add_worksheet().set_name("शब्द").expect("a name");
    rows(sheet, &[&["शब्द", "अर्थ", "दाम"], &["आम", "मीठा\nफल", ""], &["नीम", "कड़वा पेड़", ""]]);
    sheet.write_number_with_format(1, 2, 12.5, &Format::new().set_num_format("\"₹\"0.00")).expect("written");
    sheet.write_formula(2, 2, Formula::new("=C2*2").set_result("25")).expect("written");
    let sheet = workbook.add_worksheet().set_name("अंतर").expect("a name");
    rows(sheet, &[&["आधार", "रेल", "बस"], &["गति", "तेज़", "धीमी"], &["पटरी", "चाहिए", "नहीं"], &["किराया", "", ""]]);
    sheet.merge_range(3, 1, 3, 2, "दूरी से", &Format::new()).expect("written");
    let sheet = workbook.add_worksheet().set_name("प्रश्न").expect("a name");
    rows(sheet, &[&["अध्याय", "प्रश्न", "उत्तर"], &["", "रेल किस पर चलती है?", "पटरी पर"], &["", "बस किस पर?", "सड़क पर"]]);
    sheet.merge_range(1, 0, 2, 0, "यातायात", &Format::new()).expect("written");
}

#[test]
fn each_worksheet_is_a_section() {
    let read = read(fill);
    let material = read.material.expect("a material");
    assert!(read.diagnostics.iter().all(|problem| problem.severity() < Severity::Error), "{:?}", read.diagnostics);
    let headings: Vec<String> = material.sections.iter().map(|section| section.heading.to_plain()).collect();
    assert_eq!(headings, ["शब्द", "अंतर", "प्रश्न"]);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("workbook", material.to_json());
    });
    assert!(
        material.problems().iter().all(|problem| problem.severity() < Severity::Error),
        "{:?}",
        material.problems()
    );
}

#[test]
fn a_name_that_the_program_gave_heads_nothing() {
    let read =
        read(|workbook| rows(workbook.add_worksheet(), &[&["Word", "Meaning"], &["dew", "wet"], &["frost", "cold"]]));
    let material = read.material.expect("a material");
    assert!(material.sections[0].heading.is_blank());
    assert_eq!(material.title.to_plain(), "किताब");
    let Block::Terms(terms) = &material.sections[0].blocks[0] else { panic!("terms") };
    assert_eq!(terms.entries.len(), 2);
}

#[test]
fn text_for_a_legacy_font_and_errors_are_named() {
    let legacy = |workbook: &mut Workbook| {
        rows(
            workbook.add_worksheet(),
            &[&["term", "meaning"], &["Hkkjr", ",d ns'k gS"], &["unh", "ikuh ls Hkjh gksrh gSA"]],
        );
    };
    let codes = |read: Read| read.diagnostics.into_iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert!(codes(read(legacy)).contains(&Code::LegacyFont));
    let error = |workbook: &mut Workbook| {
        let sheet = workbook.add_worksheet();
        rows(sheet, &[&["term", "meaning"], &["dew", ""]]);
        sheet.write_formula(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).expect("written");
    };
    let _ = codes(read(error));
}

#[test]
fn merged_cells_that_would_fill_too_much_are_told() {
    let read = read(|workbook| {
        let sheet = workbook.add_worksheet();
        rows(sheet, &[&["राज्य", "नदी", "नगर"]]);
        for row in 1..2_000 {
            sheet.write_number(row, 0, row).expect("written");
        }
        sheet.write_number(1, 250, 1).expect("written");
        sheet.merge_range(1, 1, 1_999, 249, "वही", &Format::new()).expect("written");
    });
    let kept: Vec<String> =
        read.diagnostics.iter().filter(|told| told.code == Code::KeptAsText).map(ToString::to_string).collect();
    assert!(kept.iter().any(|told| told.contains("row 1: merged cells go over so many rows")), "{kept:?}");
}
