//! The merge: sheets and a source to a changed source.

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Material, Phrase, Practice, Severity, Span, phrase};
use patra_markdown::ReadOptions;
use patra_markdown::edit::{self, Document, number_spans};
use patra_sheets::{SheetsOptions, tables};

use crate::Book;
use crate::compare::{Compared, compare, shortened};
use crate::unit::{apply, units};
use crate::{gone, new, unit};

/// How edited sheets are brought into a source.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct MergeOptions {
    /// The name of the source's file, as for [`ReadOptions`].
    pub name: Option<String>,
    /// What becomes of a row that was deleted in a sheet, by `sheet/id`. A row that is not here makes the merge fail, since
    /// nothing is dropped that nobody asked to be.
    pub rows: BTreeMap<String, Fate>,
    /// What becomes of the others.
    pub others: Fate,
}

/// What becomes of a row that was deleted in a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fate {
    /// Nobody has said.
    #[default]
    Undecided,
    /// It stays in the source.
    Keep,
    /// It goes from the source.
    Delete,
}

/// What came of a merge.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[must_use]
pub struct Merged {
    /// The source, changed; `None` where there are errors, and the same where nothing was changed.
    pub text: Option<String>,
    /// The changes, in the order of the sheets.
    pub changes: Vec<Change>,
    /// Rows that were deleted in a sheet, and what they hold.
    pub deleted: Vec<Deleted>,
    /// What can't be taken, with its place in the sheets and in the source.
    pub problems: Vec<Diagnostic>,
}

/// A change that a sheet asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The cell or row that asks for it: ``row 5 of `terms`, column `description` ``.
    pub place: Phrase,
    /// What the source said; nothing where something is added.
    pub was: Option<Phrase>,
    /// What it says now; nothing where something is taken out.
    pub is: Option<Phrase>,
    /// Where in the source as it was.
    pub span: Span,
}

/// A row that was deleted in a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deleted {
    /// `sheet/id`, by which [`MergeOptions::rows`] speaks of it.
    pub name: String,
    /// What it holds, in a few words.
    pub label: Phrase,
    /// What becomes of it.
    pub fate: Fate,
}

impl Merged {
    /// Whether something can't be taken.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity() == Severity::Error)
    }
}

/// Brings what was changed in sheets into the Markdown they were made from.
///
/// Rows are told by their ids. Of the source no more is changed than it takes, and what is written is read again: unless
/// it says just what the sheets ask for and all else as before, it is refused. A changed term keeps its id, which is written
/// after it where it was derived.
pub fn merge(book: &Book, source: &str, options: &MergeOptions) -> Merged {
    let read_options = options.name.clone().map_or_else(ReadOptions::default, ReadOptions::named);
    let nothing = |problems| Merged { text: None, changes: Vec::new(), deleted: Vec::new(), problems };
    let Some(document) = Document::read(source.to_owned(), &read_options) else {
        return nothing(vec![Diagnostic::new(Code::EmptySource, Span::new(0, 0), "the source is empty")]);
    };
    let mut sought = match seek(book, document.material(), options) {
        Ok(sought) => sought,
        Err(problems) => return nothing(problems),
    };
    let (gone, new) = (&sought.gone, &sought.new);
    let count = sought.units.len();
    let intended = |some: &[usize]| {
        let mut material = apply(document.material(), some.iter().filter_map(|&i| sought.units.get(i)));
        // From the last, so that places of the others hold.
        for item in some.iter().rev().filter_map(|&i| gone.get(i.checked_sub(count)?)) {
            gone::remove(&mut material, item);
        }
        let new: Vec<&new::Item> = some.iter().filter_map(|&i| new.get(i.checked_sub(count + gone.len())?)).collect();
        if !new.is_empty() {
            new::insert(&mut material, &new);
            material.assign_ids();
        }
        material
    };
    let changes: Vec<edit::Change> = (sought.units.iter().map(|unit| unit::change(unit, &document)))
        .chain(gone.iter().map(|item| gone::change(item, &document)))
        .chain(new.iter().map(|item| new::change(item, &document)))
        .collect();
    let applied = document.apply(&changes, &intended);
    let mut problems = std::mem::take(&mut sought.problems);
    let all: Vec<usize> = (0..changes.len()).collect();
    // What is wrong with the model tells more than that its source can't be written.
    let faulty = new_faults(document.material(), &intended(&all));
    if faulty.is_empty() {
        problems.extend(applied.failed.iter().map(|&index| sought.unfit(index, applied.failed.len())));
    } else {
        problems.extend(faulty);
    }
    let failed = problems.iter().any(|problem| problem.severity() == Severity::Error);
    Merged { text: (!failed).then_some(applied.text), changes: sought.changes(), deleted: sought.deleted, problems }
}

/// The same for the stored form: the material with the changes.
///
/// Where [`Merged::has_errors`], there is none, and [`Merged::text`] holds the stored form in either case.
pub fn merge_stored(book: &Book, material: &Material, options: &MergeOptions) -> Merged {
    let nothing = |problems| Merged { text: None, changes: Vec::new(), deleted: Vec::new(), problems };
    let mut material = material.clone();
    number_spans(&mut material);
    let material = &material;
    let mut sought = match seek(book, material, options) {
        Ok(sought) => sought,
        Err(problems) => return nothing(problems),
    };
    let mut changed = apply(material, &sought.units);
    for item in sought.gone.iter().rev() {
        gone::remove(&mut changed, item);
    }
    new::insert(&mut changed, &sought.new.iter().collect::<Vec<_>>());
    changed.assign_ids();
    let mut problems = std::mem::take(&mut sought.problems);
    problems.extend(new_faults(material, &changed));
    let failed = problems.iter().any(|problem| problem.severity() == Severity::Error);
    Merged { text: (!failed).then(|| changed.to_json()), changes: sought.changes(), deleted: sought.deleted, problems }
}

/// What the sheets ask for.
struct Sought {
    compared: Compared,
    units: Vec<unit::Unit>,
    gone: Vec<gone::Item>,
    new: Vec<new::Item>,
    deleted: Vec<Deleted>,
    problems: Vec<Diagnostic>,
}

fn seek(book: &Book, material: &Material, options: &MergeOptions) -> Result<Sought, Vec<Diagnostic>> {
    let practice = Practice::of(material);
    let sheets_options = SheetsOptions::default();
    let language = material.language.to_string();
    let tables = tables(material, &practice, &sheets_options).map_err(|error| error.diagnostics().to_vec())?;
    let mut compared = compare(book, &tables, (material.id.as_str(), &language));
    let mut problems = std::mem::take(&mut compared.problems);
    for note in book.notes() {
        problems.push(Diagnostic::new(Code::SheetPassedOver, Span::NONE, note.clone()));
    }
    let (units, faults) = units(material, &compared.wanted);
    for (index, why) in faults {
        let wanted = &compared.wanted[index];
        let is = shortened(&wanted.is);
        let message = phrase!("{$cell}: it can't become `{$is}`: {$why}", cell = wanted.cell, is, why);
        problems.push(Diagnostic::new(Code::SheetUnfit, wanted.span, message));
    }
    let found = gone::items(&tables, &compared.gone, book);
    problems.extend(found.problems);
    let (mut gone, mut deleted) = (Vec::new(), Vec::new());
    for item in found.items {
        let name = format!("{}/{}", item.row.sheet.as_str(), item.row.key);
        let fate = options.rows.get(&name).copied().unwrap_or(options.others);
        if fate == Fate::Undecided {
            let message = phrase!(
                "`{$key}` was deleted in the sheet `{$sheet}`: {$label}",
                key = item.row.key,
                sheet = item.row.sheet.as_str(),
                label = item.label
            );
            let hint = "say with `--delete` that deleted rows go from the source too, or with `--keep` that they stay";
            problems.push(Diagnostic::new(Code::SheetRowGone, item.span, message).with_hint(hint));
        }
        deleted.push(Deleted { name, label: item.label.clone(), fate });
        if fate == Fate::Delete {
            gone.push(item);
        }
    }
    let found = new::items(material, &tables, &compared.new);
    problems.extend(found.problems);
    Ok(Sought { compared, units, gone, new: found.items, deleted, problems })
}

impl Sought {
    fn changes(&self) -> Vec<Change> {
        let wanted = self.compared.wanted.iter().map(|wanted| Change {
            place: wanted.cell.clone(),
            was: Some(Phrase::verbatim(&wanted.was)),
            is: Some(Phrase::verbatim(&wanted.is)),
            span: wanted.span,
        });
        let gone = self.gone.iter().map(|item| Change {
            place: phrase!("`{$key}` of `{$sheet}`, deleted", key = item.row.key, sheet = item.row.sheet.as_str()),
            was: Some(item.label.clone()),
            is: None,
            span: item.span,
        });
        let new = self.new.iter().map(|item| Change {
            place: item.place.clone(),
            was: None,
            is: Some(Phrase::verbatim(&item.label)),
            span: item.span,
        });
        wanted.chain(gone).chain(new).collect()
    }

    /// The problem of a change that can't be made; `count` of them can't.
    fn unfit(&self, index: usize, count: usize) -> Diagnostic {
        let hint = "make this change in the source";
        let (message, span) = if let Some(unit) = self.units.get(index) {
            let wanted = unit.wanted.first().and_then(|&at| self.compared.wanted.get(at));
            let cell = wanted.map(|wanted| wanted.cell.clone()).unwrap_or_default();
            let is = wanted.map(|wanted| shortened(&wanted.is)).unwrap_or_default();
            let span = wanted.map(|wanted| wanted.span).unwrap_or_default();
            (phrase!("{$cell}: it can't become `{$is}` in this place of the source", cell, is), span)
        } else if let Some(item) = self.gone.get(index - self.units.len()) {
            let key = &item.row.key;
            (phrase!("`{$key}` can't be taken out of this place of the source", key), item.span)
        } else {
            let item = self.new.get(index - self.units.len() - self.gone.len());
            let place = item.map(|item| item.place.clone()).unwrap_or_default();
            let span = item.map(|item| item.span).unwrap_or_default();
            (phrase!("{$place}: it can't be put into the source", place), span)
        };
        let together = count > 1 && count == self.units.len() + self.gone.len() + self.new.len();
        let message = if together { phrase!("{$message}, at least not with the others", message) } else { message };
        Diagnostic::new(Code::SheetUnfit, span, message).with_hint(hint)
    }
}

/// Errors that a change brings into the model.
fn new_faults(before: &Material, after: &Material) -> Vec<Diagnostic> {
    let mut known = faults(&before.problems());
    let mut found = Vec::new();
    for problem in after.problems() {
        if problem.severity() == Severity::Error {
            match known.iter().position(|code| *code == problem.code) {
                Some(at) => _ = known.remove(at),
                None => found.push(problem),
            }
        }
    }
    found
}

/// Codes of the errors among problems, in order.
fn faults(problems: &[Diagnostic]) -> Vec<Code> {
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let mut codes: Vec<Code> = errors.map(|problem| problem.code).collect();
    codes.sort();
    codes
}
