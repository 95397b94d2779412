//! Any change of any cell that may be changed, in the sheets of any material, arrives and leaves all else as it was.

use std::collections::BTreeMap;

use patra_core::arbitrary::{material, words};
use patra_core::{Material, Practice, Severity, Source};
use patra_markdown::{ReadOptions, read};
use patra_merge::{Book, Fate, MergeOptions, merge};
use patra_sheets::{SheetName, SheetsOptions, sheets, tables};
use proptest::prelude::*;

/// The sheets by name, each a table of cells with its header.
type Grids = BTreeMap<String, Vec<Vec<String>>>;

/// A material as it is read from its source, where it has no errors.
fn sound(material: &Material) -> Option<(String, Material)> {
    let source = patra_markdown::write(material);
    let read = read(&Source::new(source.clone()), &ReadOptions::default());
    let fine = read.diagnostics.iter().all(|problem| problem.severity() < Severity::Error);
    let material = read.material.filter(|_| fine)?;
    let sound = material.problems().iter().all(|problem| problem.severity() < Severity::Error);
    let holds = tables(&material, &Practice::of(&material), &SheetsOptions::default()).is_ok();
    (sound && holds).then_some((source, material))
}

fn files(material: &Material) -> Vec<(String, Vec<u8>)> {
    let made = sheets(material, &Practice::of(material), &SheetsOptions::default()).expect("sheets can be made");
    made.output.files.into_iter().map(|file| (file.name, file.bytes)).collect()
}

fn grids(files: &[(String, Vec<u8>)]) -> Grids {
    let of = |(name, bytes): &(String, Vec<u8>)| {
        let name = name.strip_suffix(".csv")?.to_owned();
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
        let rows = reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect()).collect();
        Some((name, rows))
    };
    files.iter().filter_map(of).collect()
}

fn csv_of(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).expect("written"));
    writer.into_inner().expect("written")
}

/// The cells that may be changed and hold something: sheet, row, column.
fn editable(grids: &Grids) -> Vec<(String, usize, usize)> {
    let mut cells = Vec::new();
    for (name, rows) in grids {
        let schema = SheetName::named(name).expect("a sheet").schema();
        for (i, row) in rows.iter().enumerate().skip(1) {
            for (j, cell) in row.iter().enumerate() {
                if schema.editable().contains(&schema.columns[j].name) && !cell.is_empty() {
                    cells.push((name.clone(), i, j));
                }
            }
        }
    }
    cells
}

/// Whether a cell shows words alone that are its own: a day and a truth value are not any words.
fn takes_words(name: &str, column: &str) -> bool {
    !matches!((name, column), ("materials", "updated" | "authors" | "tags") | ("choices", "correct"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 64, ..ProptestConfig::default() })]

    #[test]
    fn nothing_edited_is_nothing_changed(material in material()) {
        let Some((source, material)) = sound(&material) else { return Ok(()) };
        let book = Book::of_files(files(&material)).expect("the sheets are read");
        let merged = merge(&book, &source, &MergeOptions::default());
        prop_assert_eq!(merged.changes.len(), 0, "{:?}", merged.changes);
        prop_assert_eq!(merged.text, Some(source), "{:?}", merged.problems);
    }

    #[test]
    fn an_edit_arrives_and_all_else_stays(
        material in material(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), words(), 0..4_usize), 1..4),
    ) {
        let Some((source, material)) = sound(&material) else { return Ok(()) };
        let mut files = files(&material);
        let before = grids(&files);
        let cells = editable(&before);
        prop_assume!(!cells.is_empty());
        let mut after = before.clone();
        let mut edited = BTreeMap::new();
        for (index, words, way) in picks {
            let (name, row, column) = cells[index.index(cells.len())].clone();
            let schema = SheetName::named(&name).expect("a sheet").schema();
            if !takes_words(&name, schema.columns[column].name) {
                continue;
            }
            let was = before[&name][row][column].clone();
            let is = match way {
                0 => words.trim().to_owned(),
                1 => format!("{was} {}", words.trim()),
                2 => format!("{} {was}", words.trim()),
                _ => format!("{was} नया"),
            };
            after.get_mut(&name).expect("the sheet")[row][column].clone_from(&is);
            edited.insert((name, row, column), is);
        }
        for (name, bytes) in &mut files {
            if let Some(rows) = name.strip_suffix(".csv").and_then(|name| after.get(name)) {
                *bytes = csv_of(rows);
            }
        }
        let book = Book::of_files(files).expect("the sheets are read");
        let merged = merge(&book, &source, &MergeOptions::default());
        let Some(text) = merged.text else {
            // Refused, with its place.
            prop_assert!(merged.problems.iter().any(|problem| problem.severity() == Severity::Error));
            return Ok(());
        };
        let read = read(&Source::new(text.clone()), &ReadOptions::default());
        let now = grids(&self::files(&read.material.expect("a material")));
        for ((name, row, column), is) in &edited {
            prop_assert_eq!(&now[name][*row][*column], is, "{}", text);
        }
        // What is the same in more than one place, and what follows, changes too; keys and other words don't.
        let own: Vec<(&String, usize)> = edited.keys().map(|(name, row, _)| (name, *row)).collect();
        for (name, rows) in &before {
            let schema = SheetName::named(name).expect("a sheet").schema();
            if schema.editable().is_empty() || name == "gaps" || name == "clozes" || name == "tables" {
                continue;
            }
            prop_assert_eq!(rows.len(), now[name].len(), "{}", name);
            let copies = ["kind", "corner", "aspect", "subject"];
            for (i, row) in rows.iter().enumerate() {
                for (j, cell) in row.iter().enumerate() {
                    if own.contains(&(name, i)) || copies.contains(&schema.columns[j].name) {
                        continue;
                    }
                    prop_assert_eq!(cell, &now[name][i][j], "{} {} {}", name, i, schema.columns[j].name);
                }
            }
        }
    }

    #[test]
    fn a_deleted_row_goes_and_all_else_stays(material in material(), index in any::<prop::sample::Index>()) {
        let Some((source, material)) = sound(&material) else { return Ok(()) };
        let mut files = files(&material);
        let before = grids(&files);
        // Rows of which no other is a part.
        let rows: Vec<(&str, String)> = ["definitions", "terms"]
            .into_iter()
            .flat_map(|name| before[name].iter().skip(1).map(move |row| (name, row[2].clone())))
            .collect();
        prop_assume!(!rows.is_empty());
        let (sheet, key) = &rows[index.index(rows.len())];
        let last = *sheet == "terms" && {
            let list = |row: &&Vec<String>| row[3].clone();
            let own = before[*sheet].iter().find(|row| row[2] == *key).map(|row| list(&row)).unwrap_or_default();
            before[*sheet].iter().filter(|row| list(row) == own).count() == 1
        };
        for (name, bytes) in &mut files {
            if name.strip_suffix(".csv") == Some(*sheet) {
                let kept: Vec<Vec<String>> = before[*sheet].iter().filter(|row| row[2] != *key).cloned().collect();
                *bytes = csv_of(&kept);
            }
        }
        let book = Book::of_files(files).expect("the sheets are read");
        let mut options = MergeOptions::default();
        options.others = Fate::Delete;
        let merged = merge(&book, &source, &options);
        let Some(text) = merged.text else {
            prop_assert!(merged.problems.iter().any(|problem| problem.severity() == Severity::Error));
            return Ok(());
        };
        let read = read(&Source::new(text.clone()), &ReadOptions::default());
        let now = grids(&self::files(&read.material.expect("a material")));
        for name in ["definitions", "terms", "questions", "clozes", "sections"] {
            let keys = |grids: &Grids| -> Vec<String> { grids[name].iter().skip(1).map(|row| row[2].clone()).collect() };
            let wanted: Vec<String> = keys(&before).into_iter().filter(|own| name != *sheet || own != key).collect();
            // What stands in the thing goes with it.
            let gone = keys(&now);
            prop_assert!(gone.iter().all(|own| wanted.contains(own)), "{}", text);
            if name == *sheet && !last {
                prop_assert!(!gone.contains(key), "{}", text);
            }
        }
    }
}
