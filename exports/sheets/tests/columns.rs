//! The sheets in columns: record batches, and Parquet files read back.

use std::io::Write;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use patra_core::{Material, Practice};
use patra_sheets::{ColumnKind, SheetName, Sheets, SheetsOptions, Value, parquet, record_batches, tables};

fn course() -> Material {
    let mut material = Material::from_json(include_str!("fixtures/course.json")).expect("the fixture reads");
    material.updated = Some("2026-11-24".parse().expect("a date"));
    material
}

fn files(material: &Material) -> Sheets {
    parquet(material, &Practice::of_every_kind(material), &SheetsOptions::default()).expect("files")
}

/// The cell of a batch as the value that it must stand for.
fn cell(batch: &RecordBatch, column: usize, row: usize, kind: ColumnKind) -> Value<'static> {
    let array = batch.column(column);
    if array.is_null(row) {
        return Value::Missing;
    }
    match kind {
        ColumnKind::Text => Value::Text(array.as_string::<i32>().value(row).to_owned().into()),
        ColumnKind::Integer => Value::Integer(array.as_primitive::<Int64Type>().value(row)),
        ColumnKind::Truth => Value::Truth(array.as_boolean().value(row)),
        ColumnKind::Date => {
            assert_eq!(array.as_primitive::<Date32Type>().value(row), 20_781);
            Value::Date("2026-11-24".parse().expect("a date"))
        }
        ColumnKind::Number => {
            let tenths = array.as_primitive::<Float64Type>().value(row) * 10.0;
            assert_eq!(tenths, tenths.round());
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
            Value::Tenths(tenths as i64)
        }
        _ => panic!("a kind that no test knows"),
    }
}

#[test]
fn every_cell_is_in_its_batch() {
    let material = course();
    let (practice, options) = (Practice::of_every_kind(&material), SheetsOptions::default());
    let sheets = tables(&material, &practice, &options).expect("tables");
    let batches = record_batches(&material, &practice, &options).expect("batches");
    assert_eq!(batches.len(), SheetName::ALL.len());
    let mut dates = 0;
    for (sheet, (name, batch)) in sheets.iter().zip(&batches) {
        assert_eq!((sheet.name, sheet.rows.len()), (*name, batch.num_rows()));
        for (i, column) in sheet.schema().columns.iter().enumerate() {
            let fields = batch.schema();
            let field = fields.field(i);
            assert_eq!((field.name().as_str(), field.is_nullable()), (column.name, !column.required));
            assert_eq!(field.metadata()["title"], column.titles.get(&material.language));
            assert_eq!(field.metadata()["title.hi"], column.titles.hi);
            for (row, expected) in sheet.rows.iter().enumerate() {
                let cell = cell(batch, i, row, column.kind);
                dates += usize::from(matches!(cell, Value::Date(_)));
                assert_eq!(cell, expected.cells[i], "{name:?} {} {row}", column.name);
            }
        }
    }
    assert_eq!(dates, 1);
}

#[test]
fn keys_stand_in_the_metadata() {
    let batches = record_batches(&course(), &Practice::default(), &SheetsOptions::default()).expect("batches");
    let (_, terms) = batches.iter().find(|(name, _)| *name == SheetName::Terms).expect("terms");
    let schema = terms.schema();
    assert_eq!(schema.metadata()["primary_key"], r#"["material_id","language","term_id"]"#);
    let keys: serde_json::Value = serde_json::from_str(&schema.metadata()["foreign_keys"]).expect("JSON");
    assert_eq!(keys[0]["reference"]["resource"], "sections");
}

#[test]
fn a_parquet_file_is_read_back_equal() {
    let material = course();
    let batches =
        record_batches(&material, &Practice::of_every_kind(&material), &SheetsOptions::default()).expect("batches");
    let files = files(&material);
    assert_eq!(files.files.len(), batches.len() + 1);
    for (file, (name, batch)) in files.files.iter().zip(&batches) {
        assert_eq!(file.name, format!("{}.parquet", name.as_str()));
        let mut written = tempfile::tempfile().expect("a file");
        written.write_all(&file.bytes).expect("written");
        let reader = ParquetRecordBatchReaderBuilder::try_new(written).expect("a Parquet file");
        assert_eq!(reader.metadata().file_metadata().created_by(), Some("patra version 0.1.0"));
        assert_eq!(reader.schema().as_ref(), batch.schema().as_ref());
        let read: Vec<RecordBatch> = reader.build().expect("a reader").map(|batch| batch.expect("rows")).collect();
        match read.as_slice() {
            [] => assert_eq!(batch.num_rows(), 0),
            [read] => assert_eq!(read.columns(), batch.columns()),
            more => panic!("{} batches of {name:?}", more.len()),
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    // The metadata pass through hash maps, whose order is another in each.
    let first = files(&course());
    (0..5).for_each(|_| assert_eq!(files(&course()), first));
}
