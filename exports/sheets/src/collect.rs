//! From a material to the rows of its sheets.

mod analysis;
mod blocks;
mod marks;
mod practice;
mod reading;

use std::borrow::Cow;
use std::collections::HashMap;

use patra_core::{Code, Diagnostic, Id, Material, Practice, Section, Span, Text, phrase};

use crate::{Finding, Row, Sheet, SheetName, SheetsOptions, Value, hazards};

/// Every sheet with its rows, in the order of [`SheetName::ALL`], and the cells that a spreadsheet would alter.
pub(crate) fn collect<'a>(
    material: &'a Material,
    practice: &'a Practice,
    options: &'a SheetsOptions,
) -> (Vec<Sheet<'a>>, Vec<Finding>) {
    let mut collector = Collector::new(material, options);
    let mut measured = Collector::new(material, options);
    let collect = |collector: &mut Collector<'a>| {
        collector.material();
        collector.sections(&material.sections, None, 1);
        practice.items().iter().for_each(|item| collector.practice(item));
        collector.analyse(practice);
    };
    if practice.items().len() < WORTH_A_THREAD {
        collect(&mut collector);
        measured.measure(practice);
    } else {
        std::thread::scope(|scope| {
            // The text is measured meanwhile; where no thread can be had, afterwards.
            let measure = std::thread::Builder::new().spawn_scoped(scope, || {
                let mut measured = Collector::new(material, options);
                measured.measure(practice);
                measured
            });
            collect(&mut collector);
            match measure.map(std::thread::ScopedJoinHandle::join) {
                Ok(Ok(done)) => measured = done,
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                Err(_) => measured.measure(practice),
            }
        });
    }
    for name in [SheetName::Reading, SheetName::Vocabulary] {
        if let (Some(sheet), Some(measured)) =
            (collector.sheets.get_mut(name as usize), measured.sheets.get_mut(name as usize))
        {
            std::mem::swap(sheet, measured);
        }
    }
    let mut found = hazards(&collector.sheets);
    collector.diagnose(&found);
    found.extend(collector.sheets.last().map(|sheet| hazards(std::slice::from_ref(sheet))).unwrap_or_default());
    (collector.sheets, found)
}

/// Fewer items of practice are collected before a thread has begun.
const WORTH_A_THREAD: usize = 5_000;

/// Cells by the name of their column, in the order of the schema; the rest of the row is missing.
type Cells<'a, const N: usize> = [(&'static str, Value<'a>); N];

pub(crate) struct Collector<'a> {
    material: &'a Material,
    options: &'a SheetsOptions,
    language: Cow<'a, str>,
    sheets: Vec<Sheet<'a>>,
    /// The block that each id stands in, and its row in the sheet of ids. Only asked, never walked.
    named: HashMap<Cow<'a, str>, (String, usize)>,
}

impl<'a> Collector<'a> {
    fn new(material: &'a Material, options: &'a SheetsOptions) -> Self {
        // The tag is the primary subtag as a rule, which need not be copied for each row.
        let (tag, primary) = (material.language.to_string(), material.language.primary());
        let language = if tag == primary { Cow::Borrowed(primary) } else { Cow::Owned(tag) };
        let sheets = SheetName::ALL.iter().map(|&name| Sheet { name, rows: Vec::new() }).collect();
        Collector { material, options, language, sheets, named: HashMap::new() }
    }

    /// Adds a row; the columns that all sheets have, and `position`, are filled in.
    fn push<const N: usize>(&mut self, name: SheetName, span: Span, cells: Cells<'a, N>) {
        let columns = name.schema().columns;
        let Some(sheet) = self.sheets.get_mut(name as usize) else { return };
        let mut row = vec![Value::Missing; columns.len()];
        let mut from = 0;
        for (column, value) in cells {
            match columns[from..].iter().position(|c| c.name == column) {
                Some(offset) => {
                    row[from + offset] = value;
                    from += offset + 1;
                }
                None => debug_assert!(false, "{name:?} has no column {column} after {from}"),
            }
        }
        row[0] = Value::words(self.material.id.as_str());
        row[1] = Value::words(self.language.clone());
        if let Some(position) = columns.iter().position(|c| c.name == "position") {
            row[position] = Value::count(sheet.rows.len() + 1);
        }
        sheet.rows.push(Row { cells: row, span });
    }

    fn page(&self, id: &Id) -> Value<'a> {
        self.options.pages.get(id).map_or(Value::Missing, |&page| Value::count(page))
    }

    fn material(&mut self) {
        let material = self.material;
        let optional = |field: &'a Option<String>| field.as_deref().map_or(Value::Missing, Value::words);
        self.push(
            SheetName::Materials,
            Span::NONE,
            [
                ("title", Value::plain(&material.title)),
                ("subject", optional(&material.subject)),
                ("authors", Value::words(material.authors.join(LIST_SEPARATOR))),
                ("licence", optional(&material.licence)),
                ("source", optional(&material.source)),
                ("updated", material.updated.map_or(Value::Missing, Value::Date)),
                ("tags", Value::words(material.tags.join(LIST_SEPARATOR))),
            ],
        );
        self.marks(SheetName::Materials, material.id.as_str(), "title", &material.title, None, Span::NONE);
    }

    fn sections(&mut self, sections: &'a [Section], parent: Option<&'a Id>, level: usize) {
        for (i, section) in sections.iter().enumerate() {
            // The span of a section covers all that stands in it; its heading is what the row tells of.
            let span = section.span;
            self.push(
                SheetName::Sections,
                span,
                [
                    ("section_id", Value::words(section.id.as_str())),
                    ("parent_section_id", parent.map_or(Value::Missing, |id| Value::words(id.as_str()))),
                    ("ordinal", Value::count(i + 1)),
                    ("level", Value::count(level)),
                    ("heading", Value::plain(&section.heading)),
                    ("page", self.page(&section.id)),
                ],
            );
            self.push(
                SheetName::Ids,
                span,
                [
                    ("id", Value::words(section.id.as_str())),
                    ("section_id", Value::words(section.id.as_str())),
                    ("kind", Value::words("section")),
                    ("label", Value::plain(&section.heading)),
                    ("code", Value::words(section.id.code())),
                    ("page", self.page(&section.id)),
                ],
            );
            let heading = &section.heading;
            self.marks(SheetName::Sections, section.id.as_str(), "heading", heading, Some(&section.id), span);
            self.blocks(section);
            self.sections(&section.sections, Some(&section.id), level + 1);
        }
    }

    /// Notes an id of the material in the sheet of ids.
    fn name(&mut self, id: &'a Id, kind: &'static str, label: &'a Text, place: &Place<'a>) {
        let page = self.page(id);
        self.name_with(Cow::Borrowed(id.as_str()), kind, Value::plain(label), page, place);
    }

    fn name_with(
        &mut self,
        id: Cow<'a, str>,
        kind: &'static str,
        label: Value<'a>,
        page: Value<'a>,
        place: &Place<'a>,
    ) {
        let code = Id::new(&id).map(|id| id.code()).unwrap_or_default();
        let row = self.sheets.get(SheetName::Ids as usize).map_or(0, |sheet| sheet.rows.len());
        self.named.insert(id.clone(), (place.block.clone(), row));
        self.push(
            SheetName::Ids,
            place.span,
            [
                ("id", Value::words(id)),
                ("section_id", Value::words(place.section.as_str())),
                ("block_id", Value::words(place.block.clone())),
                ("kind", Value::words(kind)),
                ("label", label),
                ("code", Value::words(code)),
                ("page", page),
            ],
        );
    }
}

/// Between the entries of a list of plain words in one cell.
pub(crate) const LIST_SEPARATOR: &str = "; ";

/// Authors and tags that hold what parts them in their cell.
pub(crate) fn ambiguous_lists(material: &Material) -> Vec<Diagnostic> {
    let lists = [("authors", &material.authors), ("tags", &material.tags)];
    let entries = lists.into_iter().flat_map(|(field, entries)| entries.iter().map(move |entry| (field, entry)));
    entries
        .filter(|(_, entry)| entry.contains(LIST_SEPARATOR))
        .map(|(field, entry)| {
            let message = phrase!(
                "`{$entry}` holds `{$list_separator}`, which parts the `{$field}` in their cell",
                entry,
                list_separator = LIST_SEPARATOR,
                field
            );
            Diagnostic::new(Code::SheetCell, Span::NONE, message)
        })
        .collect()
}

/// Where the thing stands that rows are made of.
#[derive(Clone)]
struct Place<'a> {
    section: &'a Id,
    block: String,
    span: Span,
}
