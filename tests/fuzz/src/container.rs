//! Containers around what is fuzzed: a mutated archive is hardly ever whole, and would be refused before anything is read.

use std::io::{Cursor, Write};

use rusqlite::{Connection, MAIN_DB};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive of these entries, none of them compressed.
///
/// # Panics
/// Never, since it is in memory.
#[must_use]
pub fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in entries {
        zip.start_file(*name, options).expect("names are few and short");
        zip.write_all(bytes).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// A workbook whose only worksheet has this XML, or these rows where it is no XML; its shared strings are `क` and `ख`, and
/// its second style is a day.
#[must_use]
pub fn workbook(sheet: &[u8]) -> Vec<u8> {
    const TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    const BOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    const RELATIONS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
    const STYLES: &[u8] = br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let strings = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>क</t></si><si><t>ख</t></si></sst>"#;
    let worksheet = if sheet.trim_ascii().starts_with(b"<") { sheet.to_vec() } else { worksheet(sheet) };
    archive(&[
        ("[Content_Types].xml", TYPES),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", &worksheet),
    ])
}

/// A worksheet with a row for each line, and a cell for each stretch between tabs.
fn worksheet(rows: &[u8]) -> Vec<u8> {
    let mut xml =
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#.to_owned();
    for (row, line) in String::from_utf8_lossy(rows).lines().enumerate() {
        xml.push_str(&format!(r#"<row r="{}">"#, row + 1));
        for cell in line.split('\t') {
            let (kind, style) = if cell.parse::<f64>().is_ok() { ("n", 1) } else { ("str", 0) };
            let words = cell.replace('&', "&amp;").replace('<', "&lt;");
            xml.push_str(&format!(r#"<c t="{kind}" s="{style}"><v>{words}</v></c>"#));
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData></worksheet>");
    xml.into_bytes()
}

/// A package whose collection has a note for each line, and a field for each stretch between tabs; the first stretch tells the
/// note's type (one of gaps where it begins with `c`, one of an image's covers where with `o`), its deck and its tags.
///
/// # Panics
/// Never, since it is in memory.
#[must_use]
pub fn package(notes: &[u8]) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().expect("memory opens");
    let tables = "CREATE TABLE col (models TEXT, decks TEXT);
        CREATE TABLE notes (id INTEGER PRIMARY KEY, guid TEXT, mid INTEGER, tags TEXT, flds TEXT);
        CREATE TABLE cards (id INTEGER PRIMARY KEY, nid INTEGER, did INTEGER, ord INTEGER, odid INTEGER);";
    connection.execute_batch(tables).expect("the tables are sound");
    let models = r#"{"1": {"id": 1, "name": "Basic", "type": 0, "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}], "tmpls": []},
        "2": {"id": 2, "name": "Cloze", "type": 1, "flds": [{"name": "Text", "ord": 0}, {"name": "Back Extra", "ord": 1}], "tmpls": []},
        "3": {"id": 3, "name": "Image Occlusion", "type": 1, "originalStockKind": 6, "flds": [{"name": "Occlusion", "ord": 0}, {"name": "Image", "ord": 1}, {"name": "Header", "ord": 2}], "tmpls": []}}"#;
    let decks = r#"{"1": {"id": 1, "name": "Default"}, "2": {"id": 2, "name": "पाठ::एक"}}"#;
    connection.execute("INSERT INTO col VALUES (?, ?)", [models, decks]).expect("the row is sound");
    for (id, line) in (1..).zip(String::from_utf8_lossy(notes).lines()) {
        let (head, fields) = line.split_once('\t').unwrap_or(("", line));
        let kind = match head.chars().next() {
            Some('c') => 2,
            Some('o') => 3,
            _ => 1,
        };
        let deck = if head.len().is_multiple_of(2) { 1 } else { 2 };
        connection
            .execute(
                "INSERT INTO notes VALUES (?, ?, ?, ?, ?)",
                (id, format!("g{id}"), kind, head, fields.replace('\t', "\u{1f}")),
            )
            .expect("the row is sound");
        connection.execute("INSERT INTO cards VALUES (?, ?, ?, 0, 0)", (id, id, deck)).expect("the row is sound");
    }
    let database = connection.serialize(MAIN_DB).expect("memory takes it");
    archive(&[("collection.anki21", &database), ("media", br#"{"0": "a.png"}"#), ("0", b"\x89PNG\r\n\x1a\n")])
}
