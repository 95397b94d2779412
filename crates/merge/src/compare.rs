//! What was changed in the sheets, and what of it can't be taken.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use patra_core::{Code, Diagnostic, Phrase, Span, phrase};
use patra_sheets::{ColumnKind, RowDigest, Sheet, SheetName, Value, unguarded};
use unicode_normalization::UnicodeNormalization;

use crate::book::{Book, Page, PageRow};
use crate::cell::Alien;
use crate::field::FieldId;
use crate::mangled::mangled;

mod derived;

/// A change of a field.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) field: FieldId,
    pub(crate) was: String,
    pub(crate) is: String,
    /// The cell that says so: row and column of a sheet, in words.
    pub(crate) cell: Phrase,
    pub(crate) span: Span,
}

/// A row that the source doesn't have.
#[derive(Clone, Debug)]
pub(crate) struct NewRow {
    pub(crate) sheet: SheetName,
    /// What it is called in messages.
    pub(crate) place: Phrase,
    /// The cells by the names of their columns, without those that are empty.
    pub(crate) cells: BTreeMap<&'static str, String>,
    /// The key of the row above it, if there is one.
    pub(crate) after: Option<String>,
}

/// A row that the sheet no longer has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct GoneRow {
    pub(crate) sheet: SheetName,
    pub(crate) key: String,
}

/// All that was found.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    pub(crate) wanted: Vec<Wanted>,
    pub(crate) new: Vec<NewRow>,
    pub(crate) gone: Vec<GoneRow>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// The sheets that say nothing of their own: their rows follow from the others.
const DERIVED: [SheetName; 4] = [SheetName::Ids, SheetName::Marks, SheetName::Practice, SheetName::Answers];

/// Columns that are not compared without a base: they follow from the handout, which is not laid out here.
const PAGE: &str = "page";

/// Compares edited sheets with those of the source as it is now.
pub(crate) fn compare(book: &Book, tables: &[Sheet<'_>], material: (&str, &str)) -> Compared {
    let mut comparer = Comparer {
        book,
        material,
        found: Compared::default(),
        stale: false,
        own: 0,
        others: BTreeSet::new(),
        outdated: Vec::new(),
    };
    comparer.stale = book.base.as_ref().is_some_and(|base| {
        tables.iter().filter(|table| !table.schema().editable().is_empty()).any(|table| {
            let keys: Vec<&str> = table.column(table.schema().key).filter_map(Value::as_text).collect();
            keys.iter()
                .zip(&table.rows)
                .any(|(key, row)| base.row(table.name, key).is_none_or(|b| !same(b, table, row)))
        })
    });
    for page in &book.pages {
        if let Some(table) = tables.iter().find(|table| table.name == page.sheet) {
            comparer.page(page, table);
        }
    }
    let Comparer { mut found, own, others, outdated, .. } = comparer;
    if !outdated.is_empty() && own > 0 {
        let message = phrase!(
            "the source has changed since the sheets were made, so {$sheets} no longer say what it does; nothing of them is taken",
            sheets = outdated.join(", ")
        );
        found.problems.push(Diagnostic::new(Code::SheetPassedOver, Span::NONE, message));
    }
    if !others.is_empty() {
        let others: Vec<String> = others.iter().map(|(id, language)| format!("`{id}` ({language})")).collect();
        let others = others.join(", ");
        let message = if own == 0 {
            phrase!(
                "the sheets are of {$others}, and the source is `{$id}` ({$language})",
                others,
                id = material.0,
                language = material.1
            )
        } else {
            phrase!(
                "rows of {$others} are passed over: the source is `{$id}` ({$language})",
                others,
                id = material.0,
                language = material.1
            )
        };
        let code = if own == 0 { Code::SheetUnfit } else { Code::SheetPassedOver };
        if own == 0 {
            found = Compared::default();
        }
        found.problems.push(Diagnostic::new(code, Span::NONE, message));
    }
    found
}

/// Whether the source still says what the base does, as far as that may be changed.
fn same(base: &RowDigest, table: &Sheet<'_>, row: &patra_sheets::Row<'_>) -> bool {
    let digest = digest_of(table, row);
    (0..table.schema().editable().len()).all(|part| digest.part(part) == base.part(part))
}

fn digest_of(table: &Sheet<'_>, row: &patra_sheets::Row<'_>) -> RowDigest {
    let fields: Vec<_> = row.cells.iter().map(Value::to_field).collect();
    RowDigest::of(table.schema(), fields.iter().map(|field| &**field))
}

struct Comparer<'b> {
    book: &'b Book,
    material: (&'b str, &'b str),
    found: Compared,
    /// Whether the source has changed since the sheets were made.
    stale: bool,
    /// How many rows are of the source's edition, and which other editions there are.
    own: usize,
    others: BTreeSet<(String, String)>,
    /// Sheets that follow from the others and differ from what the source now says.
    outdated: Vec<String>,
}

impl Comparer<'_> {
    fn problem(&mut self, code: Code, span: Span, message: Phrase, hint: &'static str) {
        let problem = Diagnostic::new(code, span, message);
        self.found.problems.push(if hint.is_empty() { problem } else { problem.with_hint(hint) });
    }

    fn page(&mut self, page: &Page, table: &Sheet<'_>) {
        let schema = page.sheet.schema();
        let derived = schema.editable().is_empty();
        if derived && !DERIVED.contains(&page.sheet) {
            return;
        }
        let index: HashMap<&str, usize> =
            table.column(schema.key).enumerate().filter_map(|(i, key)| Some((key.as_text()?, i))).collect();
        let mut seen = vec![false; table.rows.len()];
        let mut unknown = Vec::new();
        let mut above: Option<String> = None;
        let mut differing = 0;
        for row in &page.rows {
            if row.cells.iter().all(crate::cell::Cell::is_missing) || self.is_of_another(page, row) {
                continue;
            }
            let key = match self.field(page, row, schema.key) {
                Ok(key) => key.unwrap_or_default(),
                Err(Alien(what)) => {
                    let place = place(page, row, schema.key);
                    let message = phrase!("{$place}: an id stood there, and now {$what}", place, what);
                    self.problem(Code::SheetMangled, Span::NONE, message, "");
                    continue;
                }
            };
            match index.get(key.as_str()) {
                Some(&at) if seen[at] => {
                    let message = phrase!(
                        "{$place}: another row has the id `{$key}` too",
                        place = place(page, row, schema.key),
                        key
                    );
                    let hint = "a new row has an id of its own, or none";
                    self.problem(Code::SheetUnfit, table.rows[at].span, message, hint);
                }
                Some(&at) => {
                    seen[at] = true;
                    // Ids of blocks follow from their places, which may be those of others now.
                    let still = page.sheet != SheetName::Blocks
                        || self.book.base.as_ref().is_none_or(|base| {
                            base.row(page.sheet, &key).is_some_and(|base| same(base, table, &table.rows[at]))
                        });
                    above = still.then(|| key.clone());
                    if derived {
                        differing += self.derived_row(page, row, table, at, differing);
                    } else {
                        self.known_row(page, row, table, at, &key);
                    }
                }
                None => unknown.push((row, key, above.clone())),
            }
        }
        if derived {
            self.derived_page(page, table, &seen, differing, unknown.len());
            return;
        }
        let missing: Vec<usize> = (0..seen.len()).filter(|&at| !seen[at]).collect();
        let mut renamed = BTreeSet::new();
        for (row, key, after) in unknown {
            if !key.is_empty() && self.was_there(page, row, &key) {
                continue;
            }
            // A row whose cells are those of one that is gone: its id was changed.
            let twin = missing.iter().copied().find(|&at| !renamed.contains(&at) && self.is_twin(page, row, table, at));
            if let Some(at) = twin {
                renamed.insert(at);
                let was = cell_of(table, at, schema.key).map(ToString::to_string).unwrap_or_default();
                let message = phrase!(
                    "{$place}: the id was changed from `{$was}` to `{$key}`",
                    place = place(page, row, schema.key),
                    was,
                    key
                );
                let hint = "ids tie cards to what learners know of them: change them in the source, if at all";
                self.problem(Code::SheetFixed, table.rows[at].span, message, hint);
                continue;
            }
            self.new_row(page, row, after);
        }
        for at in missing.into_iter().filter(|at| !renamed.contains(at)) {
            let Some(key) = cell_of(table, at, schema.key).and_then(Value::as_text) else { continue };
            if let Some(base) = &self.book.base {
                // What the source got since is not gone.
                let Some(was) = base.row(page.sheet, key) else { continue };
                // Of blocks without words it can't be told; ids of blocks follow from their places.
                let wordless = page.sheet == SheetName::Blocks
                    && self.stale
                    && schema
                        .editable()
                        .iter()
                        .all(|column| cell_of(table, at, column).is_none_or(|cell| *cell == Value::Missing));
                if !same(was, table, &table.rows[at]) || wordless {
                    let message = phrase!(
                        "the row `{$key}` of `{$sheet}` was deleted in the sheet and changed in the source",
                        key,
                        sheet = page.name
                    );
                    let hint = "make the sheets anew, and delete it there; or take it out of the source";
                    self.problem(Code::SheetConflict, table.rows[at].span, message, hint);
                    continue;
                }
            }
            self.found.gone.push(GoneRow { sheet: page.sheet, key: key.to_owned() });
        }
    }

    /// The words of a cell as the sheet was written; `None` where the column is not there.
    fn field(&self, page: &Page, row: &PageRow, column: &str) -> Result<Option<String>, Alien> {
        let schema = page.sheet.schema();
        let Some(position) = schema.position(column) else { return Ok(None) };
        let Some(at) = page.columns[position] else { return Ok(None) };
        let Some(cell) = row.cells.get(at) else { return Ok(Some(String::new())) };
        let field = cell.field(schema.columns[position].kind)?;
        let guarded = self.book.guarded && !page.typed;
        Ok(Some(if guarded { unguarded(&field).to_owned() } else { field.into_owned() }))
    }

    fn is_of_another(&mut self, page: &Page, row: &PageRow) -> bool {
        let get = |column| self.field(page, row, column).ok().flatten().filter(|field| !field.is_empty());
        let (id, language) = (get("material_id"), get("language"));
        let own = id.as_deref().is_none_or(|id| id == self.material.0)
            && language.as_deref().is_none_or(|language| language == self.material.1);
        if own {
            self.own += usize::from(id.is_some());
        } else {
            let or = |found: Option<String>, own: &str| found.unwrap_or_else(|| own.to_owned());
            self.others.insert((or(id, self.material.0), or(language, self.material.1)));
        }
        !own
    }

    fn known_row(&mut self, page: &Page, row: &PageRow, table: &Sheet<'_>, at: usize, key: &str) {
        let schema = page.sheet.schema();
        let source = &table.rows[at];
        let base = self.book.base.as_ref().and_then(|base| base.row(page.sheet, key));
        let mut fixed = Vec::new();
        let mut fields: Vec<Option<String>> = Vec::with_capacity(schema.columns.len());
        let own = digest_of(table, source);
        let mut fits = true;
        for (column, cell) in schema.columns.iter().zip(&source.cells) {
            let was = cell.to_field();
            let is = self.field(page, row, column.name);
            let editable = schema.editable().iter().position(|name| *name == column.name);
            let is = match is {
                Ok(is) => is,
                Err(Alien(what)) => {
                    fields.push(None);
                    // A number in the place of the same digits is what it was.
                    if matches!(row.cells.get(page.columns[schema.position(column.name).unwrap_or(0)].unwrap_or(usize::MAX)),
                        Some(crate::cell::Cell::Number(n)) if crate::cell::shown(*n) == was)
                    {
                        continue;
                    }
                    let message = phrase!(
                        "{$place}: `{$was}` stood there, and now {$what}",
                        place = place(page, row, column.name),
                        was = shortened(&was),
                        what
                    );
                    let hint = "format the cell as text, and write it anew";
                    self.problem(Code::SheetMangled, source.span, message, hint);
                    fits = false;
                    continue;
                }
            };
            fields.push(is.clone());
            let Some(is) = is else { continue };
            let is = self.without_guard(page, &was, is);
            if equal(&was, &is) {
                continue;
            }
            let Some(part) = editable else {
                fixed.push((column.name, was.into_owned(), is));
                continue;
            };
            let digest = RowDigest::of(
                schema,
                schema.columns.iter().map(|c| if c.name == column.name { is.as_str() } else { "" }),
            );
            if base.is_some_and(|base| base.part(part) == digest.part(part)) {
                // Changed in the source alone.
                continue;
            }
            let place = place(page, row, column.name);
            if !page.typed
                && column.kind == ColumnKind::Text
                && let Some(why) = mangled(&was, &is)
            {
                let message = phrase!(
                    "{$place}: `{$was}` became `{$is}`: {$why}",
                    place,
                    was = shortened(&was),
                    is = shortened(&is),
                    why
                );
                let hint = "write it anew in a cell that is formatted as text, edit the workbook instead, or change it in the source";
                self.problem(Code::SheetMangled, source.span, message, hint);
                continue;
            }
            if let Some(c) = is.chars().find(|&c| c.is_control() && !matches!(c, '\n' | '\t')) {
                let message = phrase!(
                    "{$place}: it holds the character U+{$code}, which no source may",
                    place,
                    code = format!("{:04X}", u32::from(c))
                );
                self.problem(Code::SheetUnfit, source.span, message, "take it out");
                continue;
            }
            if base.is_some_and(|base| base.part(part) != own.part(part)) {
                let message = phrase!(
                    "{$place}: changed in the sheet and in the source; the sheet says `{$is}`, the source says `{$was}`",
                    place,
                    is = shortened(&is),
                    was = shortened(&was)
                );
                let hint = "have both say the same, and merge again";
                self.problem(Code::SheetConflict, source.span, message, hint);
                continue;
            }
            let field = canonical(page.sheet, key, column.name, table, at);
            self.found.wanted.push(Wanted { field, was: was.into_owned(), is, cell: place, span: source.span });
        }
        if fits {
            self.fixed(page, row, source.span, base, fields, fixed);
        }
    }

    /// The words without a guard that nobody recorded, where they can only have one.
    fn without_guard(&self, page: &Page, was: &str, is: String) -> String {
        if page.typed || self.book.guarded || was == is {
            return is;
        }
        match is.strip_prefix('\'') {
            Some(rest) if rest == was || patra_sheets::Hazard::of(rest).is_some() => rest.to_owned(),
            _ => is,
        }
    }

    /// Whether a row stood in the source when the sheets were made, and is gone from it since; a conflict where it was
    /// changed.
    fn was_there(&mut self, page: &Page, row: &PageRow, key: &str) -> bool {
        let schema = page.sheet.schema();
        let Some(base) = self.book.base.as_ref().and_then(|base| base.row(page.sheet, key)) else { return false };
        let fields: Vec<String> = schema
            .columns
            .iter()
            .map(|column| self.field(page, row, column.name).ok().flatten().unwrap_or_default())
            .collect();
        let digest = RowDigest::of(schema, fields.iter().map(String::as_str));
        let changed = schema.editable().iter().enumerate().find(|(part, column)| {
            let there = schema.position(column).is_some_and(|at| page.columns[at].is_some());
            there && digest.part(*part) != base.part(*part)
        });
        if let Some((_, column)) = changed {
            let is = self.field(page, row, column).ok().flatten().unwrap_or_default();
            let message = phrase!(
                "{$place}: changed in the sheet to `{$is}`, but `{$key}` was taken out of the source since",
                place = place(page, row, column),
                is = shortened(&is),
                key
            );
            self.problem(Code::SheetConflict, Span::NONE, message, "delete the row, or write it as a new one");
        }
        true
    }

    /// Whether a row says what one of the source's does, but for its key.
    fn is_twin(&self, page: &Page, row: &PageRow, table: &Sheet<'_>, at: usize) -> bool {
        let schema = page.sheet.schema();
        let mut words = false;
        schema.columns.iter().zip(&table.rows[at].cells).all(|(column, cell)| {
            if column.name == schema.key || !schema.editable().contains(&column.name) && !column.name.ends_with("_id") {
                return true;
            }
            match self.field(page, row, column.name) {
                Ok(Some(is)) => {
                    words |= !is.is_empty() && schema.editable().contains(&column.name);
                    equal(&cell.to_field(), &is)
                }
                _ => true,
            }
        }) && words
    }

    fn new_row(&mut self, page: &Page, row: &PageRow, after: Option<String>) {
        let schema = page.sheet.schema();
        let place = phrase!("row {$row} of `{$name}`", row = row.number, name = page.name);
        let mut cells = BTreeMap::new();
        for column in schema.columns {
            match self.field(page, row, column.name) {
                Ok(Some(words)) if !words.is_empty() => {
                    if let Some(c) = words.chars().find(|&c| c.is_control() && !matches!(c, '\n' | '\t')) {
                        let message = phrase!(
                            "{$place}: it holds the character U+{$code}, which no source may",
                            place,
                            code = format!("{:04X}", u32::from(c))
                        );
                        self.problem(Code::SheetUnfit, Span::NONE, message, "take it out");
                        return;
                    }
                    cells.insert(column.name, self.without_guard(page, "", words));
                }
                Ok(_) => {}
                Err(Alien(what)) => {
                    let message =
                        phrase!("{$place}: it holds {$what}", place = self::place(page, row, column.name), what);
                    let hint = "format the cell as text, and write it anew";
                    self.problem(Code::SheetMangled, Span::NONE, message, hint);
                    return;
                }
            }
        }
        self.found.new.push(NewRow { sheet: page.sheet, place, cells, after });
    }
}

/// A cell of a row, by the name of its column.
pub(crate) fn cell_of<'t>(table: &'t Sheet<'_>, at: usize, column: &str) -> Option<&'t Value<'t>> {
    let position = table.schema().position(column)?;
    table.rows.get(at)?.cells.get(position)
}

/// Where a cell stands: `row 5 of `terms`, column `description``.
fn place(page: &Page, row: &PageRow, column: &str) -> Phrase {
    let header = page
        .sheet
        .schema()
        .position(column)
        .and_then(|at| page.headers.get(page.columns[at]?))
        .map_or(column, String::as_str);
    phrase!("row {$row} of `{$name}`, column `{$header}`", row = row.number, name = page.name, header)
}

/// Whether two cells say the same: spreadsheets compose letters anew and rewrite line ends.
fn equal(was: &str, is: &str) -> bool {
    was == is
        || ((was.contains('\r') || is.contains('\r') || !was.is_ascii() || !is.is_ascii())
            && normal(was).eq(normal(is)))
}

fn normal(words: &str) -> impl Iterator<Item = char> {
    words.replace("\r\n", "\n").replace('\r', "\n").nfc().collect::<Vec<char>>().into_iter()
}

/// The field that a cell shows: a name that stands in many rows is one.
fn canonical(sheet: SheetName, key: &str, column: &'static str, table: &Sheet<'_>, at: usize) -> FieldId {
    let cell = |column: &str| cell_of(table, at, column).map(ToString::to_string).unwrap_or_default();
    let (sheet, key, column) = match (sheet, column) {
        (SheetName::Terms, "kind") => (SheetName::TermLists, cell("list_id"), "kind"),
        (SheetName::Comparisons, "corner") => (sheet, cell("comparison_id"), column),
        (SheetName::Comparisons, "aspect") => (sheet, cell("aspect_id"), column),
        (SheetName::Comparisons, "subject") => (sheet, cell("subject_id"), column),
        (SheetName::Tables, "heading") => {
            (sheet, format!("{}.r0.c{}", cell("block_id"), cell("column_ordinal")), "text")
        }
        _ => (sheet, key.to_owned(), column),
    };
    FieldId { sheet, key, column }
}

/// A cell as a message shows it: on one line, and not all of a long one.
pub(crate) fn shortened(cell: &str) -> String {
    const SHOWN: usize = 60;
    // Not `escape_debug`, which would escape the marks of Indic scripts.
    let escaped = |c: char| if c.is_control() { c.escape_default().collect() } else { vec![c] };
    let mut shown: String = cell.chars().take(SHOWN).flat_map(escaped).collect();
    if cell.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
