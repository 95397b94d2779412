//! Edited sheets, from a workbook or from files of CSV.

use std::collections::BTreeMap;

use patra_core::{Phrase, phrase};
use patra_sheets::{BASE_SHEET, Column, RowDigest, SheetName};

use crate::cell::Cell;
use crate::{Error, delimited, workbook};

/// The sheets that somebody has edited.
///
/// ```
/// let book = patra_merge::Book::of_files(vec![("sections.csv".into(), b"section_id,heading\nsoil,Soil\n".to_vec())])?;
/// assert_eq!(book.notes().len(), 0);
/// # Ok::<(), patra_merge::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Book {
    pub(crate) pages: Vec<Page>,
    pub(crate) base: Option<Base>,
    /// Whether cells of words may begin with the guard that keeps spreadsheets from altering them.
    pub(crate) guarded: bool,
    pub(crate) notes: Vec<Phrase>,
}

/// One sheet.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// What it is called in messages: the worksheet, the file.
    pub(crate) name: String,
    pub(crate) sheet: SheetName,
    /// The headers as they stand there.
    pub(crate) headers: Vec<String>,
    /// For each column of the schema, where it stands here.
    pub(crate) columns: Vec<Option<usize>>,
    pub(crate) rows: Vec<PageRow>,
    /// Whether cells have types, so that words which look like a number are still words.
    pub(crate) typed: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct PageRow {
    /// As spreadsheets number it.
    pub(crate) number: usize,
    pub(crate) cells: Vec<Cell>,
}

/// What cells held when the sheets were written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base {
    sheets: BTreeMap<SheetName, BTreeMap<String, RowDigest>>,
}

/// A sheet of cells as a file has it: the first row and those below it.
pub(crate) struct Grid {
    pub(crate) name: String,
    pub(crate) rows: Vec<PageRow>,
    pub(crate) typed: bool,
}

impl Book {
    /// The sheets of a workbook in XLSX.
    ///
    /// # Errors
    /// Where the bytes are no workbook, unpack to more than a gigabyte, or hold none of patra's sheets.
    pub fn of_workbook(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let mut book = Book::default();
        for grid in workbook::grids(name, bytes)? {
            book.take(grid)?;
        }
        book.sound(name)
    }

    /// The sheets of files of CSV, by their names, and what their `datapackage.json` says where it is among them.
    ///
    /// # Errors
    /// Where a file is not text in UTF-8 or UTF-16, or none holds one of patra's sheets.
    pub fn of_files(files: Vec<(String, Vec<u8>)>) -> Result<Self, Error> {
        let mut book = Book::default();
        let mut first = None;
        for (name, bytes) in files {
            if name.ends_with(".json") {
                book.describe(&name, &bytes)?;
                continue;
            }
            first.get_or_insert_with(|| name.clone());
            let grid = delimited::grid(&name, &bytes)?;
            book.take(grid)?;
        }
        let Some(first) = first else { return Err(Error::new(phrase!("there is no sheet"))) };
        book.sound(&first)
    }

    /// The same sheets, compared with what these other ones, which nobody has edited, held when they were written.
    #[must_use]
    pub fn with_base_of(mut self, other: &Book) -> Self {
        if other.base.is_some() {
            self.base.clone_from(&other.base);
        }
        self.guarded |= other.guarded;
        self
    }

    /// Whether it is known what the cells held when they were written.
    #[must_use]
    pub fn has_base(&self) -> bool {
        self.base.is_some()
    }

    /// What was found in the files and is passed over.
    #[must_use]
    pub fn notes(&self) -> &[Phrase] {
        &self.notes
    }

    fn sound(self, name: &str) -> Result<Self, Error> {
        if self.pages.is_empty() {
            return Err(Error::new(phrase!("`{$name}` holds none of patra's sheets", name))
                .with_hint("the first row of a sheet names its columns, as `patra build` wrote them"));
        }
        Ok(self)
    }

    fn take(&mut self, grid: Grid) -> Result<(), Error> {
        let Grid { name, rows, typed } = grid;
        let mut rows = rows.into_iter();
        let Some(header) = rows.next() else { return Ok(()) };
        let headers: Vec<String> = header.cells.iter().map(words).map(|words| words.trim().to_owned()).collect();
        if headers.starts_with(&["sheet".into(), "row".into(), "digest".into()]) {
            self.base = Some(Base::of_rows(&name, rows)?);
            return Ok(());
        }
        // LibreOffice names a file after the workbook and the worksheet: `workbook-terms.csv`.
        let stem = name.rsplit(['/', '\\']).next().unwrap_or(&name);
        let stem = stem.strip_suffix(".csv").or_else(|| stem.strip_suffix(".tsv")).unwrap_or(stem);
        let named = SheetName::named(stem).or_else(|| SheetName::named(stem.rsplit('-').next().unwrap_or(stem)));
        let Some(sheet) = recognised(named, &headers) else {
            if stem != "readme" && !stem.ends_with("-readme") && stem != BASE_SHEET {
                self.notes.push(phrase!("`{$name}` is none of patra's sheets", name));
            }
            return Ok(());
        };
        let schema = sheet.schema();
        let columns: Vec<Option<usize>> =
            schema.columns.iter().map(|column| headers.iter().position(|h| names(column, h))).collect();
        if let Some(twice) = headers.iter().enumerate().find_map(|(i, header)| {
            let again = headers[i + 1..].iter().any(|other| other == header);
            (!header.is_empty() && again && schema.columns.iter().any(|c| names(c, header))).then_some(header)
        }) {
            return Err(Error::new(phrase!("`{$name}` has the column `{$twice}` twice", name, twice)));
        }
        if schema.position(schema.key).is_none_or(|key| columns[key].is_none()) {
            let message =
                phrase!("`{$name}` has no column `{$key}`, by which rows are told apart", name, key = schema.key);
            return Err(Error::new(message));
        }
        if self.pages.iter().any(|page| page.sheet == sheet) {
            let message = phrase!("`{$name}` holds the sheet `{$sheet}` once more", name, sheet = sheet.as_str());
            return Err(Error::new(message));
        }
        for (column, place) in schema.columns.iter().zip(&columns) {
            if place.is_none() && schema.editable().contains(&column.name) {
                self.notes.push(phrase!(
                    "`{$name}` has no column `{$column}`, so nothing of it is compared",
                    name,
                    column = column.name
                ));
            }
        }
        for header in &headers {
            if !header.is_empty() && !schema.columns.iter().any(|column| names(column, header)) {
                self.notes.push(phrase!("the column `{$header}` of `{$name}` is none of patra's", header, name));
            }
        }
        self.pages.push(Page { name, sheet, headers, columns, rows: rows.collect(), typed });
        Ok(())
    }

    /// Takes the base and the guard from a descriptor.
    fn describe(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let package: serde_json::Value = serde_json::from_slice(bytes).map_err(|error| {
            Error::new(phrase!("`{$name}` can't be read: {$error}", name, error = error.to_string()))
        })?;
        self.guarded |= package.get("patra:guard").is_some();
        let mut base = Base::default();
        for resource in package.get("resources").and_then(serde_json::Value::as_array).into_iter().flatten() {
            let sheet = resource.get("name").and_then(serde_json::Value::as_str).and_then(SheetName::named);
            let Some(rows) = resource.get(patra_sheets::BASE_PROPERTY) else { continue };
            let (Some(sheet), Some(rows)) = (sheet, rows.as_object()) else { return Err(unknown_base(name)) };
            for (key, digest) in rows {
                base.add(name, sheet, key, digest.as_str().unwrap_or_default())?;
            }
        }
        if !base.sheets.is_empty() {
            self.base = Some(base);
        }
        Ok(())
    }
}

fn words(cell: &Cell) -> &str {
    match cell {
        Cell::Words(words) => words,
        _ => "",
    }
}

/// Whether a header is a column's: by its name in files or its title in a language.
fn names(column: &Column, header: &str) -> bool {
    [column.name, column.titles.en, column.titles.hi].contains(&header)
}

/// The sheet that the headers are of: the one it is named after, else the one with the most of their columns.
fn recognised(named: Option<SheetName>, headers: &[String]) -> Option<SheetName> {
    let fit = |sheet: SheetName| {
        let schema = sheet.schema();
        let found = schema.columns.iter().filter(|column| headers.iter().any(|h| names(column, h))).count();
        let key = schema.columns.iter().find(|column| column.name == schema.key);
        let has_key = key.is_some_and(|key| headers.iter().any(|h| names(key, h)));
        // All of its columns, or of the file's: `terms` and `answers` share some.
        (has_key, found * 1000 / schema.columns.len().max(headers.len()).max(1))
    };
    if let Some(named) = named
        && fit(named).1 > 0
    {
        return Some(named);
    }
    let best =
        SheetName::ALL.iter().copied().map(|sheet| (fit(sheet), sheet)).max_by_key(|((key, found), sheet)| {
            // Of equals the first.
            (*key, *found, std::cmp::Reverse(*sheet))
        })?;
    (best.0.0 && best.0.1 > 100).then_some(best.1)
}

impl Base {
    fn of_rows(name: &str, rows: impl Iterator<Item = PageRow>) -> Result<Self, Error> {
        let mut base = Base::default();
        for row in rows {
            if row.cells.iter().all(|cell| words(cell).is_empty()) {
                continue;
            }
            let [sheet, key, digest, ..] = row.cells.as_slice() else { return Err(unknown_base(name)) };
            let Some(sheet) = SheetName::named(words(sheet)) else { return Err(unknown_base(name)) };
            base.add(name, sheet, words(key), words(digest))?;
        }
        Ok(base)
    }

    /// Adds a row. Without its digest the row would count as one that the sheets never had, and a newer source would be
    /// overwritten.
    fn add(&mut self, name: &str, sheet: SheetName, key: &str, digest: &str) -> Result<(), Error> {
        let digest = RowDigest::parse(sheet.schema(), digest).ok_or_else(|| unknown_base(name))?;
        self.sheets.entry(sheet).or_default().insert(key.to_owned(), digest);
        Ok(())
    }

    /// What a row held when it was written; `None` where it was not there.
    pub(crate) fn row(&self, sheet: SheetName, key: &str) -> Option<&RowDigest> {
        self.sheets.get(&sheet)?.get(key)
    }
}

/// The error of a base that another version of patra wrote, or somebody edited.
fn unknown_base(name: &str) -> Error {
    Error::new(phrase!("`{$name}` records what the cells held in a form that this version of patra doesn't know", name))
        .with_hint(
            "merge with the version of patra that built the sheets, or build them again and repeat the edits there",
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELLS: &str = "section_id,heading\nsoil,Soil\n";

    fn with_descriptor(json: &str) -> Result<Book, Error> {
        Book::of_files(vec![("sections.csv".into(), CELLS.into()), ("datapackage.json".into(), json.into())])
    }

    fn with_base_sheet(rows: &str) -> Result<Book, Error> {
        let base = format!("sheet,row,digest\n{rows}\n");
        Book::of_files(vec![("sections.csv".into(), CELLS.into()), ("base.csv".into(), base.into())])
    }

    #[test]
    fn a_base_of_this_version_is_read() {
        let digest = RowDigest::of(SheetName::Sections.schema(), ["m", "en", "soil", "", "1", "1", "1", "Soil", ""]);
        let digest = digest.as_str();
        let json =
            format!(r#"{{"resources":[{{"name":"sections","patra:base":{{"soil":"{digest}"}}}},{{"name":"x"}}]}}"#);
        for book in [with_descriptor(&json), with_base_sheet(&format!("sections,soil,{digest}\n,,"))] {
            let base = book.expect("sheets").base.expect("a base");
            assert_eq!(base.row(SheetName::Sections, "soil").map(RowDigest::as_str), Some(digest));
            assert_eq!(base.row(SheetName::Sections, "clay"), None);
        }
    }

    #[test]
    fn a_base_of_another_version_is_an_error() {
        let digests = ["b25930ae31", "b25930ae31ea023d50bf00112233445566778899", "B25930AE31EA023D50BF", ""];
        for digest in digests {
            let json = format!(r#"{{"resources":[{{"name":"sections","patra:base":{{"soil":"{digest}"}}}}]}}"#);
            let error = with_descriptor(&json).expect_err(digest);
            assert!(error.message().contains("datapackage.json") && error.hint().is_some(), "{error}");
            assert!(with_base_sheet(&format!("sections,soil,{digest}")).is_err(), "{digest}");
        }
        for resource in [r#"{"name":"chapters","patra:base":{}}"#, r#"{"name":"sections","patra:base":[]}"#] {
            assert!(with_descriptor(&format!(r#"{{"resources":[{resource}]}}"#)).is_err(), "{resource}");
        }
        assert!(with_base_sheet("chapters,soil,b25930ae31ea023d50bf").is_err());
    }
}
