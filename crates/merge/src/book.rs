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
            self.base = Some(Base::of_rows(rows));
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
            let rows = resource.get(patra_sheets::BASE_PROPERTY).and_then(serde_json::Value::as_object);
            let (Some(sheet), Some(rows)) = (sheet, rows) else { continue };
            for (key, digest) in rows {
                base.add(sheet, key, digest.as_str().unwrap_or_default());
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
    fn of_rows(rows: impl Iterator<Item = PageRow>) -> Self {
        let mut base = Base::default();
        for row in rows {
            let [sheet, key, digest, ..] = row.cells.as_slice() else { continue };
            if let Some(sheet) = SheetName::named(words(sheet)) {
                base.add(sheet, words(key), words(digest));
            }
        }
        base
    }

    fn add(&mut self, sheet: SheetName, key: &str, digest: &str) {
        if let Some(digest) = RowDigest::parse(sheet.schema(), digest) {
            self.sheets.entry(sheet).or_default().insert(key.to_owned(), digest);
        }
    }

    /// What a row held when it was written; `None` where it was not there.
    pub(crate) fn row(&self, sheet: SheetName, key: &str) -> Option<&RowDigest> {
        self.sheets.get(&sheet)?.get(key)
    }
}
