//! The base: what cells held when they were written, so that what people change in a sheet can be told from what the
//! source has changed since.

use std::collections::BTreeMap;

use crate::{Schema, Sheet, SheetName};

/// The worksheet of a workbook that holds the base; it is hidden.
pub const BASE_SHEET: &str = "base";

/// The property of a resource in `datapackage.json` that holds the base.
pub const BASE_PROPERTY: &str = "patra:base";

/// The letters of a digest: 40 bits in hexadecimal.
const DIGEST_LETTERS: usize = 10;

/// The columns that people may change: what the author wrote, and nothing that follows from it.
const EDITABLE: [(SheetName, &[&str]); 12] = [
    (SheetName::Materials, &["title", "subject", "authors", "licence", "source", "updated", "tags"]),
    (SheetName::Sections, &["heading"]),
    (SheetName::Blocks, &["text", "alt"]),
    (SheetName::Definitions, &["term", "full_form", "meaning"]),
    (SheetName::TermLists, &["kind"]),
    (SheetName::Terms, &["kind", "term", "description"]),
    (SheetName::Comparisons, &["corner", "aspect", "subject", "text"]),
    (SheetName::Tables, &["heading", "text"]),
    (SheetName::Questions, &["prompt", "answer", "hint"]),
    (SheetName::Choices, &["text", "correct"]),
    (SheetName::Clozes, &["text"]),
    (SheetName::Gaps, &["text", "hint"]),
];

impl Schema {
    /// The columns whose cells may be changed in a spreadsheet and brought back into the source. Ids, numbers and what else
    /// follows from the source are not among them; of some sheets no column is.
    #[must_use]
    pub fn editable(&self) -> &'static [&'static str] {
        EDITABLE.iter().find(|(name, _)| *name == self.name).map_or(&[], |(_, columns)| columns)
    }
}

/// A row's digest: one for each column that may be changed, in the order of [`Schema::editable`], then one of the other
/// columns together. 64-bit FNV-1a folded to 40 bits, which no accident makes equal; nothing here is a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowDigest {
    /// The digests, one after the other.
    letters: String,
}

impl RowDigest {
    /// The digest of a row, of its cells as CSV has them before quoting, in the order of the schema.
    #[must_use]
    pub fn of<'c>(schema: &Schema, cells: impl IntoIterator<Item = &'c str>) -> Self {
        let editable = schema.editable();
        let mut parts = vec![Digest::new(); editable.len()];
        let mut rest = Digest::new();
        for (column, cell) in schema.columns.iter().zip(cells) {
            match editable.iter().position(|name| *name == column.name) {
                Some(at) => parts[at].add(cell),
                None => rest.add(cell),
            }
        }
        RowDigest { letters: parts.into_iter().chain([rest]).map(Digest::finish).collect() }
    }

    /// A digest as it is written, if it is one of this sheet's.
    #[must_use]
    pub fn parse(schema: &Schema, letters: &str) -> Option<Self> {
        let fits = letters.len() == (schema.editable().len() + 1) * DIGEST_LETTERS
            && letters.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| RowDigest { letters: letters.to_owned() })
    }

    /// The digest as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.letters
    }

    /// The part for a column that may be changed, by its place in [`Schema::editable`]; the part after them is that of the
    /// other columns.
    #[must_use]
    pub fn part(&self, index: usize) -> &str {
        self.letters.get(index * DIGEST_LETTERS..(index + 1) * DIGEST_LETTERS).unwrap_or_default()
    }
}

/// 64-bit FNV-1a (Fowler, Noll, Vo) of cells, each with its end.
#[derive(Clone, Copy)]
struct Digest(u64);

impl Digest {
    const fn new() -> Self {
        Digest(0xcbf2_9ce4_8422_2325)
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// Adds a cell; a line end is one however it is written, since spreadsheets rewrite them.
    fn add(&mut self, cell: &str) {
        let mut bytes = cell.bytes().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'\r' if bytes.peek() == Some(&b'\n') => {}
                b'\r' => self.byte(b'\n'),
                byte => self.byte(byte),
            }
        }
        // No byte of UTF-8.
        self.byte(0xFF);
    }

    fn finish(self) -> String {
        let folded = (self.0 >> 40) ^ (self.0 & 0xFF_FFFF_FFFF);
        format!("{folded:0width$x}", width = DIGEST_LETTERS)
    }
}

/// The keys of a sheet's rows with their digests, in the order of the rows; none for a sheet that nobody may change.
pub(crate) fn digests<'s>(sheet: &'s Sheet<'_>) -> impl Iterator<Item = (&'s str, String)> {
    let schema = sheet.schema();
    let key = schema.position(schema.key).filter(|_| !schema.editable().is_empty());
    sheet.rows.iter().filter_map(move |row| {
        let key = row.cells.get(key?)?.as_text()?;
        let fields: Vec<_> = row.cells.iter().map(crate::Value::to_field).collect();
        Some((key, RowDigest::of(schema, fields.iter().map(|field| &**field)).letters))
    })
}

/// The digests of a sheet's rows by their keys.
pub(crate) fn base(sheet: &Sheet<'_>) -> BTreeMap<String, String> {
    digests(sheet).map(|(key, digest)| (key.to_owned(), digest)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_are_of_the_schema() {
        for (name, columns) in EDITABLE {
            let schema = name.schema();
            for column in columns {
                let at = schema.position(column).expect("a column");
                assert_ne!(schema.columns[at].name, schema.key);
                assert!(!column.ends_with("_id"), "{column}");
            }
        }
    }

    #[test]
    fn a_digest_tells_cells_apart_and_line_ends_not() {
        let schema = SheetName::Sections.schema();
        let row = |heading: &'static str, page: &'static str| {
            RowDigest::of(schema, ["m", "hi", "s", "", "1", "1", "1", heading, page])
        };
        assert_eq!(row("क\r\nख", "1"), row("क\nख", "1"));
        assert_eq!(row("क\rख", "1"), row("क\nख", "1"));
        assert_ne!(row("क", "1").part(0), row("ख", "1").part(0));
        assert_eq!(row("क", "1").part(1), row("ख", "1").part(1));
        assert_ne!(row("क", "1").part(1), row("क", "2").part(1));
        assert_eq!(RowDigest::parse(schema, row("क", "1").as_str()), Some(row("क", "1")));
        assert_eq!(RowDigest::parse(schema, "00"), None);
        // Held, since files that people have hold them.
        assert_eq!(row("क", "1").as_str(), "b25930ae31ea023d50bf");
    }
}
