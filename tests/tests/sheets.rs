//! What the sheets of a build say beside the material, and the switches of the command for them.

use std::collections::BTreeMap;

use patra_tests::{Folder, NOTES};

fn folder() -> Folder {
    Folder::new(env!("CARGO_BIN_EXE_patra-under-test"))
}

fn build(folder: &Folder, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let ran = folder.patra(&[&["build", "notes.md"], arguments].concat());
    assert_eq!(ran.code, 0, "{ran}");
    let within = |(name, bytes): (String, Vec<u8>)| Some((name.strip_prefix("patra-out/notes/")?.to_owned(), bytes));
    folder.files().into_iter().filter_map(within).collect()
}

/// The rows of a sheet, each as its cells by their columns.
fn rows(files: &BTreeMap<String, Vec<u8>>, sheet: &str) -> Vec<BTreeMap<String, String>> {
    let text = String::from_utf8(files[&format!("sheets/{sheet}.csv")].clone()).expect("UTF-8");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn column(files: &BTreeMap<String, Vec<u8>>, sheet: &str, column: &str) -> Vec<String> {
    rows(files, sheet).into_iter().map(|mut row| row.remove(column).expect("the column")).collect()
}

#[test]
fn cards_are_those_of_the_deck_whether_or_not_it_is_made() {
    let folder = folder();
    folder.write("notes.md", format!("{NOTES}\n{{{{लाभ}}}} और {{{{हानि}}}} दो शब्द हैं। {{#pair}}\n"));
    let without = build(&folder, &["--only", "sheets"]);
    let practice = column(&without, "practice", "practice_id");
    // Each item is asked by one card.
    assert_eq!(column(&without, "cards", "practice_id"), practice);
    let ids = column(&without, "cards", "card_id");
    assert!(ids.contains(&"gain.meaning.basic.1".to_owned()), "{ids:?}");
    assert!(ids.contains(&"pair.gap.gap.2".to_owned()), "{ids:?}");
    assert_eq!(column(&without, "coverage", "cards"), column(&without, "coverage", "asked"));
    assert!(build(&folder, &[])["sheets/cards.csv"] == without["sheets/cards.csv"]);

    // One note asks both directions.
    let both = build(&folder, &["--reversed", "--only", "sheets"]);
    let cards = column(&both, "cards", "practice_id").into_iter().zip(column(&both, "cards", "guid"));
    // The notes that asked one direction alone are retired, and ask nothing any more.
    let guids: BTreeMap<String, String> = cards.filter(|(practice, _)| !practice.is_empty()).collect();
    assert_eq!(guids.len(), practice.len());
    assert_eq!(guids["gain.meaning"], guids["gain.term"]);
    assert!(guids["gain.term"].starts_with("guid:"));
}

#[test]
fn changes_are_those_since_the_deck_was_last_made() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    assert!(rows(&build(&folder, &[]), "changes").is_empty(), "a first build has nothing to compare with");
    let again = build(&folder, &[]);
    assert!(rows(&again, "changes").is_empty());

    folder.write("notes.md", NOTES.replace("जो बचता है।", "जो अंत में बचता है।").replace("दिशा", "ओर"));
    let changed = build(&folder, &["--only", "sheets"]);
    let told: BTreeMap<String, String> =
        column(&changed, "changes", "change_id").into_iter().zip(column(&changed, "changes", "change")).collect();
    assert_eq!(told["gain.meaning.basic"], "updated");
    assert_eq!(told["लाभ-हानि.direction.row.comparison"], "updated");
    assert!(!told.contains_key("loss.meaning.basic"), "{told:?}");
    // Until a deck is made, the lock says what it said.
    assert_eq!(build(&folder, &["--only", "sheets"]), changed);

    folder.write("notes.md", NOTES.replace("हानि {#loss}\n: जो जाता है।\n", ""));
    let gone = build(&folder, &[]);
    let retired: Vec<_> = rows(&gone, "changes").into_iter().filter(|row| row["change"] == "retired").collect();
    assert_eq!(
        retired.iter().map(|row| row["change_id"].as_str()).collect::<Vec<_>>(),
        ["loss.meaning.basic", "loss.term.basic"]
    );
    assert!(retired.iter().all(|row| row["practice_id"].is_empty() && row["section_id"].is_empty()));
    // What has been told of is no news.
    assert!(rows(&build(&folder, &[]), "changes").is_empty());
    assert!(column(&build(&folder, &[]), "cards", "card_id").contains(&"loss.meaning.basic.1".to_owned()));
}

#[test]
fn problems_stand_in_a_sheet_with_their_places() {
    let folder = folder();
    folder.write("notes.md", NOTES.replace("जो जाता है।", "=1+1").replace("language: hi\n", ""));
    let files = build(&folder, &["--only", "sheets"]);
    let rows = rows(&files, "diagnostics");
    let hazard = rows.iter().find(|row| row["code"] == "P0080").expect("a hazard");
    assert_eq!((hazard["file"].as_str(), hazard["line"].as_str(), hazard["column"].as_str()), ("notes.md", "11", "1"));
    let language = rows.iter().find(|row| row["code"] == "P0015").expect("a language that was told");
    assert_eq!(language["severity"], "warning");
    assert_eq!(language["diagnostic_id"], "P0015.1");
}

#[test]
fn cells_are_guarded_and_the_mark_is_left_out_on_request() {
    let folder = folder();
    folder.write("notes.md", NOTES.replace("जो जाता है।", "=1+1").replace("ऊपर", "'ऊपर").replace("नीचे", "००१२३"));
    let exact = build(&folder, &["--only", "sheets"]);
    let ran = folder.patra(&["build", "notes.md", "--only", "sheets", "--spreadsheet-safe", "--no-bom"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let safe = build(&folder, &["--only", "sheets", "--spreadsheet-safe", "--no-bom"]);
    assert_eq!(column(&exact, "definitions", "meaning")[1], "=1+1");
    assert_eq!(column(&safe, "definitions", "meaning")[1], "'=1+1");
    assert_eq!(column(&safe, "comparisons", "text"), ["''ऊपर", "'००१२३"]);
    assert!(exact["sheets/terms.csv"].starts_with("\u{FEFF}".as_bytes()));
    assert!(safe["sheets/terms.csv"].starts_with(b"material_id,"));
    let descriptor = |files: &BTreeMap<String, Vec<u8>>| {
        let package: serde_json::Value = serde_json::from_slice(&files["sheets/datapackage.json"]).expect("JSON");
        package
    };
    assert_eq!(descriptor(&safe)["patra:guard"]["prefix"], "'");
    assert!(descriptor(&exact).get("patra:guard").is_none());
    // A workbook alters nothing, so there is nothing to guard.
    assert!(exact["workbook.xlsx"] == safe["workbook.xlsx"]);
}

#[test]
fn parquet_is_made_on_request_and_stale_files_go() {
    let folder = folder();
    folder.write("notes.md", NOTES);
    let usual = build(&folder, &[]);
    assert!(!usual.keys().any(|name| name.starts_with("parquet/")));
    let files = build(&folder, &["--only", "parquet"]);
    let made: Vec<&str> = files.keys().filter_map(|name| name.strip_prefix("parquet/")).collect();
    let sheets = usual.keys().filter_map(|name| name.strip_prefix("sheets/"));
    assert_eq!(made, sheets.map(|name| name.replace(".csv", ".parquet")).collect::<Vec<_>>());

    let descriptor = String::from_utf8(files["parquet/datapackage.json"].clone()).expect("UTF-8");
    folder.write("patra-out/notes/parquet/datapackage.json", descriptor.replace("terms.parquet", "older.parquet"));
    folder.write("patra-out/notes/parquet/older.parquet", "");
    assert_eq!(build(&folder, &["--only", "parquet"]), files);
}
