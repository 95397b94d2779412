//! Cells and sheets that follow from the source, and are reported where they were changed.

use patra_core::{Code, Phrase, Span, phrase};
use patra_sheets::{RowDigest, Sheet};

use super::{Comparer, PAGE, equal, place, shortened};
use crate::book::{Page, PageRow};
use crate::cell::Alien;

/// How many cells of a sheet that follows from the others are reported one by one.
const MAX_TOLD: usize = 20;

/// What to do where a cell that follows from the source was changed.
const FIXED: &str = "make the sheets anew where the source has changed since, or give the old ones with `--base`";

impl Comparer<'_> {
    /// Reports changes of cells that follow from the source. By the base it can be told whether they are changes at all, or
    /// the source has changed.
    pub(super) fn fixed(
        &mut self,
        page: &Page,
        row: &PageRow,
        span: Span,
        base: Option<&RowDigest>,
        fields: Vec<Option<String>>,
        mut differing: Vec<(&'static str, String, String)>,
    ) {
        let schema = page.sheet.schema();
        let complete: Option<Vec<String>> = fields.into_iter().collect();
        differing.retain(|(column, ..)| *column != PAGE);
        if let (Some(base), Some(fields)) = (base, complete) {
            let rest = schema.editable().len();
            let digest = RowDigest::of(schema, fields.iter().map(String::as_str));
            if digest.part(rest) == base.part(rest) {
                return;
            }
            if differing.is_empty() {
                // Of all that is compared, the page alone is not known here.
                let message = phrase!(
                    "{$place}: a cell was changed that follows from the source",
                    place = place(page, row, PAGE)
                );
                self.problem(Code::SheetFixed, span, message, FIXED);
                return;
            }
        }
        for (column, was, is) in differing {
            let message = phrase!(
                "{$place}: `{$was}` became `{$is}`, but this column follows from the source and can't be changed",
                place = place(page, row, column),
                was = shortened(&was),
                is = shortened(&is)
            );
            self.problem(Code::SheetFixed, span, message, FIXED);
        }
    }

    /// How many cells of a row differ, of a sheet that follows from the others; the first few are reported.
    pub(super) fn derived_row(
        &mut self,
        page: &Page,
        row: &PageRow,
        table: &Sheet<'_>,
        at: usize,
        told: usize,
    ) -> usize {
        let schema = page.sheet.schema();
        let mut count = 0;
        for (column, cell) in schema.columns.iter().zip(&table.rows[at].cells) {
            if column.name == PAGE {
                continue;
            }
            let was = cell.to_field();
            let is = match self.field(page, row, column.name) {
                Ok(Some(is)) => Ok(self.without_guard(page, &was, is)),
                Ok(None) => continue,
                Err(Alien(what)) => Err(what),
            };
            if is.as_ref().is_ok_and(|is| equal(&was, is)) {
                continue;
            }
            count += 1;
            if !self.stale && told + count <= MAX_TOLD {
                let message = phrase!(
                    "{$place}: `{$was}` became `{$is}`, but the sheet `{$sheet}` follows from the others and can't be changed",
                    place = place(page, row, column.name),
                    was = shortened(&was),
                    is = is.map_or_else(|what| what, |is| Phrase::verbatim(shortened(&is))),
                    sheet = page.sheet.as_str()
                );
                let hint = "change the term, the question or the cell that it speaks of, in its own sheet";
                self.problem(Code::SheetFixed, table.rows[at].span, message, hint);
            }
        }
        count
    }

    pub(super) fn derived_page(
        &mut self,
        page: &Page,
        table: &Sheet<'_>,
        seen: &[bool],
        differing: usize,
        unknown: usize,
    ) {
        let missing = seen.iter().filter(|seen| !**seen).count();
        let name = &page.name;
        if self.stale {
            if differing + missing + unknown > 0 {
                self.outdated.push(format!("`{name}`"));
            }
            return;
        }
        if differing > MAX_TOLD {
            let message = phrase!("{$count} more cells of `{$name}` were changed", count = differing - MAX_TOLD, name);
            self.problem(Code::SheetFixed, Span::NONE, message, "");
        }
        let rows = |count: usize| phrase!("1 row" | "{$count} rows", count);
        if unknown > 0 {
            let message = phrase!(
                "{$rows} of `{$name}` are new, but the sheet follows from the others",
                rows = rows(unknown),
                name
            );
            let hint = "add a row to the sheet of terms, definitions or questions";
            self.problem(Code::SheetFixed, Span::NONE, message, hint);
        }
        if missing > 0 && !table.rows.is_empty() {
            let message = phrase!(
                "{$rows} of `{$name}` were deleted, which changes nothing: the sheet follows from the others",
                rows = rows(missing),
                name
            );
            self.problem(Code::SheetPassedOver, Span::NONE, message, "");
        }
    }
}
