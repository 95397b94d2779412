//! Rows that were deleted in the sheets.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{Code, Diagnostic, Material, Phrase, Span, phrase};
use patra_markdown::edit::{Change, Document, Part};
use patra_sheets::{Sheet, SheetName, Value};

use crate::Book;
use crate::compare::{GoneRow, cell_of, shortened};

/// A part of the material that is to go, by the row that speaks of it first.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) row: GoneRow,
    /// What it holds, in a few words.
    pub(crate) label: Phrase,
    pub(crate) span: Span,
    part: Part,
}

/// What the deleted rows come to.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) items: Vec<Item>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// A row of a comparison or a table, of which each cell is a row of its sheet.
struct Line {
    cells: usize,
    gone: usize,
    row: GoneRow,
    span: Span,
}

/// A row of a sheet as it is in the source.
struct Known<'t> {
    sheet: SheetName,
    table: &'t Sheet<'t>,
    at: usize,
}

impl<'t> Known<'t> {
    fn cell(&self, column: &str) -> &'t str {
        cell_of(self.table, self.at, column).and_then(Value::as_text).unwrap_or_default()
    }

    fn span(&self) -> Span {
        self.table.rows[self.at].span
    }
}

/// What stands in the sheets of the things themselves, so that its row among the blocks says nothing more.
const OWN_SHEET: [(&str, SheetName); 7] = [
    ("definition", SheetName::Definitions),
    ("terms", SheetName::TermLists),
    ("term", SheetName::Terms),
    ("comparison", SheetName::Comparisons),
    ("table", SheetName::Tables),
    ("question", SheetName::Questions),
    ("cloze", SheetName::Clozes),
];

/// The parts that the rows speak of. A row of a comparison or table is several cells, of which all must be gone.
pub(crate) fn items(tables: &[Sheet<'_>], rows: &[GoneRow], book: &Book) -> Found {
    let gone: BTreeSet<(SheetName, &str)> = rows.iter().map(|row| (row.sheet, row.key.as_str())).collect();
    let mut found = Found::default();
    if rows.is_empty() {
        return found;
    }
    // Whole rows of comparisons and tables, by the sheet, the block and the row.
    let mut lines: BTreeMap<(SheetName, String, String), Line> = BTreeMap::new();
    let shown = |sheet: SheetName| book.pages.iter().any(|page| page.sheet == sheet);
    for table in tables.iter().filter(|table| shown(table.name)) {
        let sheet = table.name;
        for at in 0..table.rows.len() {
            let known = Known { sheet, table, at };
            let key = known.cell(sheet.schema().key);
            let is_gone = gone.contains(&(sheet, key));
            let row = GoneRow { sheet, key: key.to_owned() };
            match sheet {
                SheetName::Comparisons | SheetName::Tables => {
                    let line = match sheet {
                        SheetName::Comparisons => known.cell("aspect_id").to_owned(),
                        _ => key.rsplit_once(".c").map_or(key, |(row, _)| row).to_owned(),
                    };
                    let block = known.cell("block_id").to_owned();
                    let line = lines.entry((sheet, block, line)).or_insert(Line {
                        cells: 0,
                        gone: 0,
                        row,
                        span: known.span(),
                    });
                    line.cells += 1;
                    line.gone += usize::from(is_gone);
                }
                _ if is_gone => one(&known, row, &gone, tables, &mut found),
                _ => {}
            }
        }
    }
    for ((sheet, ..), Line { cells, gone, row, span }) in lines {
        if gone == 0 {
            continue;
        }
        let heading = sheet == SheetName::Tables && row.key.contains(".r0.c");
        if gone < cells || heading {
            let message = phrase!(
                "{$gone} of the {$cells} cells in the row of `{$row}` were deleted in `{$sheet}`, and a row goes as a whole",
                gone,
                cells,
                row = row.key,
                sheet = sheet.as_str()
            );
            found.problems.push(
                Diagnostic::new(Code::SheetUnfit, span, message).with_hint("leave a cell empty to have nothing in it"),
            );
            continue;
        }
        let part = if sheet == SheetName::Comparisons { Part::Aspect(span) } else { Part::Row(span) };
        let label = phrase!("a row with 1 cell" | "a row with {$cells} cells", cells);
        found.items.push(Item { row, label, span, part });
    }
    // Of parts within each other the outer one says all.
    let outer: Vec<(Span, bool)> =
        found.items.iter().map(|item| (item.span, matches!(item.part, Part::Section(_)))).collect();
    let mut index = 0;
    found.items.retain(|item| {
        let own = index;
        index += 1;
        !outer.iter().enumerate().any(|(other, (span, section))| {
            let wider = span.end() - span.start() > item.span.end() - item.span.start()
                || (*section && !matches!(item.part, Part::Section(_)));
            other != own && wider && span.start() <= item.span.start() && item.span.end() <= span.end()
        })
    });
    found.items.sort_by_key(|item| item.span.start());
    found
}

fn one(known: &Known<'_>, row: GoneRow, gone: &BTreeSet<(SheetName, &str)>, tables: &[Sheet<'_>], found: &mut Found) {
    let span = known.span();
    let mut refuse = |message: Phrase, hint: &'static str| {
        let problem = Diagnostic::new(Code::SheetUnfit, span, message);
        found.problems.push(if hint.is_empty() { problem } else { problem.with_hint(hint) });
    };
    let stays = |sheet: SheetName, column: &str, key: &str| {
        tables.iter().filter(|table| table.name == sheet).any(|table| {
            let keys = table.column(table.schema().key);
            table.column(column).zip(keys).any(|(cell, own)| {
                cell.as_text() == Some(key) && own.as_text().is_some_and(|own| !gone.contains(&(sheet, own)))
            })
        })
    };
    let (part, label) = match known.sheet {
        SheetName::Definitions => (Part::Block(span), known.cell("term")),
        SheetName::Questions => (Part::Block(span), known.cell("prompt")),
        SheetName::Clozes => (Part::Block(span), known.cell("text")),
        SheetName::Terms => (Part::Item(span), known.cell("term")),
        SheetName::Choices => {
            if gone.contains(&(SheetName::Questions, known.cell("question_id"))) {
                return;
            }
            (Part::Choice(span), known.cell("text"))
        }
        SheetName::TermLists => {
            if stays(SheetName::Terms, "list_id", &row.key) {
                let message =
                    phrase!("the list `{$list}` was deleted, but terms of it are still there", list = row.key);
                return refuse(message, "delete its terms too");
            }
            (Part::Block(span), known.cell("kind"))
        }
        SheetName::Sections => {
            let held = [
                SheetName::Definitions,
                SheetName::Terms,
                SheetName::Comparisons,
                SheetName::Tables,
                SheetName::Questions,
                SheetName::Clozes,
                SheetName::Blocks,
            ];
            if held.into_iter().any(|sheet| stays(sheet, "section_id", &row.key))
                || stays(SheetName::Sections, "parent_section_id", &row.key)
            {
                let message = phrase!(
                    "the section `{$section}` was deleted, but rows that stand in it are still there",
                    section = row.key
                );
                return refuse(message, "delete them too, or take the section out of the source");
            }
            (Part::Section(span), known.cell("heading"))
        }
        SheetName::Blocks => {
            let kind = known.cell("kind");
            if let Some((_, own)) = OWN_SHEET.iter().find(|(own, _)| *own == kind) {
                // Its own sheet tells whether it goes.
                if stays(*own, "block_id", &row.key) {
                    let own = own.as_str();
                    let message = phrase!(
                        "the {$kind} `{$id}` was deleted in the sheet `blocks` alone, so it stays: delete its row of `{$own}`",
                        kind,
                        id = row.key,
                        own
                    );
                    found.problems.push(Diagnostic::new(Code::SheetPassedOver, span, message));
                }
                return;
            }
            if stays(SheetName::Blocks, "parent_block_id", &row.key) {
                let message = phrase!(
                    "the {$kind} `{$id}` was deleted, but what stands in it is still there",
                    kind,
                    id = row.key
                );
                return refuse(message, "delete that too");
            }
            let part = if kind == "list_item" { Part::Item(span) } else { Part::Block(span) };
            (part, if known.cell("text").is_empty() { kind } else { known.cell("text") })
        }
        SheetName::Gaps => {
            if gone.contains(&(SheetName::Clozes, known.cell("cloze_id"))) {
                return;
            }
            return refuse(
                phrase!("the gap `{$gap}` was deleted, and its words would be left without it", gap = row.key),
                "take its braces out of the source",
            );
        }
        _ => {
            return refuse(
                phrase!("the row `{$row}` of `{$sheet}` can't be deleted", row = row.key, sheet = known.sheet.as_str()),
                "",
            );
        }
    };
    found.items.push(Item { label: Phrase::verbatim(shortened(label)), row, span, part });
}

/// Removes the part from the model.
pub(crate) fn remove(material: &mut Material, item: &Item) {
    item.part.remove_from(material);
}

/// The change of the source that removes the part.
pub(crate) fn change(item: &Item, document: &Document) -> Change {
    document.remove(item.part)
}
