//! Whether keys tell rows apart and references find their rows.

use std::collections::HashSet;

use patra_core::{Code, Diagnostic, phrase};

use crate::value::FIRST_ROW;
use crate::{Column, Sheet, SheetName, Value};

/// Every row without a key, with a key that an earlier row has, or with a reference to nothing.
pub(crate) fn faults(sheets: &[Sheet<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // Only asked whether they hold a key, never walked.
    let mut keys: Vec<HashSet<&str>> = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let schema = sheet.schema();
        let mut seen = HashSet::with_capacity(sheet.rows.len());
        for ((i, row), key) in sheet.rows.iter().enumerate().zip(sheet.column(schema.key)) {
            let Some(key) = key.as_text() else { continue };
            if !seen.insert(key) {
                let message = phrase!(
                    "row {$row} of `{$sheet}` has the key of an earlier row: `{$key}`",
                    row = i + FIRST_ROW,
                    sheet = sheet.name.as_str(),
                    key
                );
                found.push(Diagnostic::new(Code::DuplicateId, row.span, message));
            }
        }
        keys.push(seen);
        for (i, row) in sheet.rows.iter().enumerate() {
            let missing = |(column, cell): &(&Column, &Value<'_>)| column.required && **cell == Value::Missing;
            for (column, _) in schema.columns.iter().zip(&row.cells).filter(missing) {
                let message = phrase!(
                    "row {$row} of `{$sheet}` has no `{$column}`",
                    row = i + FIRST_ROW,
                    sheet = sheet.name.as_str(),
                    column = column.name
                );
                let hint = "ids are derived by `Material::assign_ids`, and practice must be of the same material";
                found.push(Diagnostic::new(Code::SheetCellLost, row.span, message).with_hint(hint));
            }
        }
    }
    let all = |name: SheetName| sheets.iter().position(|sheet| sheet.name == name).and_then(|i| keys.get(i));
    for sheet in sheets {
        for reference in sheet.schema().references {
            let Some(targets) = all(reference.sheet) else { continue };
            // Rows of one section stand together.
            let mut above = None;
            for (i, cell) in sheet.column(reference.column).enumerate() {
                let Some(key) = cell.as_text().filter(|key| above != Some(*key)) else { continue };
                if targets.contains(key) {
                    above = Some(key);
                    continue;
                }
                let (name, target) = (sheet.name.as_str(), reference.sheet.as_str());
                let message = phrase!(
                    "row {$row} of `{$name}` refers in `{$column}` to `{$key}`, which `{$target}` lacks",
                    row = i + FIRST_ROW,
                    name,
                    column = reference.column,
                    key,
                    target
                );
                let span = sheet.rows.get(i).map(|row| row.span).unwrap_or_default();
                found.push(Diagnostic::new(Code::SheetCellLost, span, message));
            }
        }
    }
    found
}
