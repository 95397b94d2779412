//! What the caller may choose.

use std::collections::BTreeMap;

use patra_core::{Diagnostic, Id, SourceMap};

use crate::{ChangedNote, DeckCard};

/// How sheets are written.
///
/// ```
/// let mut options = patra_sheets::SheetsOptions::default();
/// options.byte_order_mark = false;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SheetsOptions {
    /// The page of the handout, from 1, on which what has the id begins. Ids that are absent have no page in the sheets.
    pub pages: BTreeMap<Id, usize>,
    /// The cards of the deck, in its order, for [`SheetName::Cards`](crate::SheetName::Cards), and to count them in
    /// [`SheetName::Coverage`](crate::SheetName::Coverage). Without any, there are no rows and no counts. A card of an item that
    /// the practice lacks is an error.
    pub cards: Vec<DeckCard>,
    /// What is not what it was in the last build, for [`SheetName::Changes`](crate::SheetName::Changes).
    pub changes: Vec<ChangedNote>,
    /// What is wrong with the source, in the order to tell it, for [`SheetName::Diagnostics`](crate::SheetName::Diagnostics).
    /// The cells that a spreadsheet would alter are added to it.
    pub diagnostics: Vec<Diagnostic>,
    /// The names and the texts of the sources, which give problems their file, line and column.
    pub sources: Option<SourceMap>,
    /// Whether CSV files begin with a byte order mark. With it Excel and LibreOffice open them as UTF-8 and pandas,
    /// polars and DuckDB skip it, but Python's `csv` must be told `utf-8-sig`; without it spreadsheets garble every letter
    /// outside ASCII.
    pub byte_order_mark: bool,
    /// Whether a `'` is put before every cell of a CSV file that a spreadsheet or data-frame library would alter or run,
    /// and before every cell that begins with `'`, so that taking one `'` from the start of each cell gives back what
    /// was there. `datapackage.json` says so. Without it cells are exact, and what would be altered is a warning.
    pub spreadsheet_safe: bool,
}

impl Default for SheetsOptions {
    fn default() -> Self {
        SheetsOptions {
            pages: BTreeMap::new(),
            cards: Vec::new(),
            changes: Vec::new(),
            diagnostics: Vec::new(),
            sources: None,
            byte_order_mark: true,
            spreadsheet_safe: false,
        }
    }
}
