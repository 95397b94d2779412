//! Measures the making of sheets: `cargo run --release --example measure_sheets [LISTS]`. The usual 2,000 lists of terms
//! make about 200,000 practice rows.

use std::time::Instant;

use patra_core::{Block, Entry, Material, Practice, Section, Terms};

const ENTRIES: usize = 33;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lists: usize = std::env::args().nth(1).map_or(Ok(2_000), |lists| lists.parse())?;
    let entry = |list: usize, i: usize| Entry {
        id: patra_core::Id::from_key(&format!("list {list} term {i}")),
        term: format!("शब्द {list}-{i}").into(),
        description: format!("सूची {list} का वर्णन, जिसमें कुछ और बातें भी कही गई हैं: संख्या {i} और {list}").into(),
        ..Entry::default()
    };
    let section = |list: usize| {
        let terms = Terms {
            kind: Some(format!("प्रकार {list}").into()),
            entries: (0..ENTRIES).map(|i| entry(list, i)).collect(),
            ..Terms::default()
        };
        Section { heading: format!("खंड {list}").into(), blocks: vec![Block::Terms(terms)], ..Section::default() }
    };
    let mut material = Material {
        title: "बड़ी सामग्री".into(),
        language: "hi".parse()?,
        sections: (0..lists).map(section).collect(),
        ..Material::default()
    };
    material.assign_ids();
    let start = Instant::now();
    let practice = Practice::of(&material);
    let asked = start.elapsed();
    let options = patra_sheets::SheetsOptions::default();

    let start = Instant::now();
    let rows: usize = patra_sheets::tables(&material, &practice, &options)?.iter().map(|sheet| sheet.rows.len()).sum();
    let tables = start.elapsed();
    let start = Instant::now();
    let sheets = patra_sheets::sheets(&material, &practice, &options)?.output;
    let csv = start.elapsed();
    let bytes: usize = sheets.files.iter().map(|file| file.bytes.len()).sum();
    let start = Instant::now();
    let workbook = patra_sheets::workbook(&material, &practice, &options)?.output;
    let xlsx = start.elapsed();
    let megabytes = bytes as f64 / 1e6;
    #[expect(clippy::print_stdout, reason = "an example tells its user on the terminal")]
    {
        println!("{} practice rows in {asked:?}, {rows} rows in all", practice.items().len());
        println!("tables {tables:?}; sheets {csv:?}, {megabytes:.0} MB, {:.0} MB/s", megabytes / csv.as_secs_f64());
        println!("workbook {xlsx:?}, {:.0} MB", workbook.len() as f64 / 1e6);
    }
    Ok(())
}
