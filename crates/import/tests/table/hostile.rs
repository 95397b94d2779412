//! Tables that are made to take long or much.

use patra_core::{Code, Severity, Source};
use patra_import::{MAX_CELLS, MAX_ROWS, TableOptions, read_delimited, read_workbook};

fn codes(text: String) -> Vec<Code> {
    let read = read_delimited(&Source::new(text), &TableOptions::default());
    read.diagnostics.into_iter().map(|problem| problem.code).collect()
}

#[test]
fn a_table_of_a_million_rows_is_refused_with_its_size() {
    let text = "term,meaning\n".to_owned() + &"word,what it means\n".repeat(1_000_000);
    assert!(codes(text).contains(&Code::TooLarge));
    let text = "term,meaning\n".to_owned() + &"word,what it means\n".repeat(MAX_ROWS / 20);
    assert!(!codes(text).contains(&Code::TooLarge));
}

#[test]
fn cells_left_empty_are_counted() {
    let row = ",".repeat(255) + "a\n";
    assert!(codes(row.repeat(MAX_CELLS / 256 + 1)).contains(&Code::TooLarge));
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..u32::try_from(MAX_CELLS / 256 + 1).expect("few") {
        sheet.write_string(row, 255, "a").expect("written");
    }
    let read = read_workbook(workbook.save_to_buffer().expect("written"), &TableOptions::default());
    assert_eq!(read.diagnostics.first().map(|problem| problem.code), Some(Code::TooLarge));
}

#[test]
fn words_that_stand_in_many_cells_are_counted_in_each() {
    let words = "जल ".repeat(4_000);
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..1_000 {
        sheet
            .write_string(row, 0, format!("term {row}"))
            .and_then(|sheet| sheet.write_string(row, 1, &words))
            .expect("written");
    }
    let bytes = workbook.save_to_buffer().expect("written");
    assert!(bytes.len() < 100_000, "the words are in it once");
    let read = read_workbook(bytes, &TableOptions::default());
    assert_eq!(read.diagnostics.first().map(|problem| problem.code), Some(Code::TooLarge));
}

#[test]
fn wide_rows_and_open_quotes_end() {
    assert!(codes(",".repeat(1_000_000) + "a").contains(&Code::TooLarge));
    assert!(!codes("a,\"".repeat(200_000)).is_empty());
    assert!(!codes("\"".repeat(1_000_001)).is_empty());
    assert!(!codes("a,".to_owned() + &"x".repeat(4_000_000)).is_empty());
    assert!(!codes("a\n".repeat(100_000)).is_empty());
}

#[test]
fn what_is_no_workbook_is_told() {
    for bytes in [&b""[..], b"PK\x03\x04 and no more", b"term,meaning\n", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"] {
        let read = read_workbook(bytes.to_vec(), &TableOptions::default());
        assert_eq!(read.diagnostics.first().map(|problem| problem.code), Some(Code::Unreadable));
        assert!(read.material.is_none());
    }
}

#[test]
fn what_is_unclear_in_every_row_is_counted() {
    let text = "question,A,B,correct\n".to_owned() + &"Which?,one,two,three\n".repeat(1_100);
    let unclear = codes(text).into_iter().filter(|code| *code == Code::CellUnclear).count();
    assert_eq!(unclear, 1_001);
}

#[test]
fn a_row_with_a_blank_cell_is_kept_as_text_and_the_rest_is_made() {
    for (table, rows, kept) in [
        ("Question,Answer\nWhy?,so\n,left over\nWhen?,\nWho?,me\n", vec![3, 4], vec!["left over", "When?"]),
        (
            "Question,A,B,Correct\n,p,q,1\nWhich?,p,q,2\nWhere?,p,q,\nHow?,p,q,7\n",
            vec![2, 4, 5],
            vec!["Where?", "How?"],
        ),
        ("Term,Meaning\n,no term\nsoil,top layer\n", vec![2], vec!["no term"]),
    ] {
        let read = read_delimited(&Source::new(table.to_owned()), &TableOptions::default());
        let material = read.material.expect("the rest is made");
        let errors: Vec<String> = (material.problems().iter())
            .filter(|problem| problem.severity() == Severity::Error)
            .map(ToString::to_string)
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
        let messages: Vec<String> = read.diagnostics.iter().map(ToString::to_string).collect();
        for row in rows {
            let message = format!("row {row} is kept as text");
            assert!(messages.iter().any(|told| told.contains(&message)), "{message}: {messages:#?}");
        }
        let json = material.to_json();
        assert!(kept.iter().all(|words| json.contains(words)), "{json}");
        assert!(json.contains("top layer") || json.contains("\"question\""), "{json}");
    }
}
