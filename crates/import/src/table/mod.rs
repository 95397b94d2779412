//! Tables: CSV, TSV and workbooks, as terms, comparisons, questions, gaps or plain tables by their header.
//!
//! A file becomes [sheets](sheet) of cells, those become tables (a sheet may hold several, parted by blank rows and headers), and of
//! each is [told](shape) what it is. Its rows then become [blocks](block), one section a worksheet and one subsection for
//! each name in a column of sections.

mod block;
pub(crate) mod cell;
mod delimited;
mod own;
pub(crate) mod role;
pub(crate) mod shape;
pub(crate) mod sheet;
mod workbook;

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{Block, Code, Diagnostic, Guess, Language, Material, Paragraph, Phrase, Read, Section, Span, phrase};

use block::Part;
use role::Role;
use shape::{Shape, Told};
use sheet::{Row, Sheet, Spread};

use crate::guess;
use crate::notes::Notes;
use crate::sections::Sections;
use crate::text::{distinct, script, title};

pub use delimited::read_delimited;
pub use workbook::read_workbook;

/// The most rows of a file that are read: a learner would take years for the cards of so many.
pub const MAX_ROWS: usize = 200_000;

/// The most cells of a file that are read.
pub const MAX_CELLS: usize = 2_000_000;

/// What is known of a table besides its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableOptions {
    /// What the table is called, such as its file's name without the ending. It becomes the title where no row above the
    /// header could serve.
    pub name: Option<String>,
}

impl TableOptions {
    /// Options for a table that has a name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        TableOptions { name: Some(name.into()) }
    }
}

/// A row, as messages name it: by its number, and by its worksheet's name where there are several.
fn place(sheet: Option<&str>, row: usize) -> Phrase {
    match sheet {
        Some(name) => phrase!("`{$name}`, row {$row}", name, row),
        None => phrase!("row {$row}", row),
    }
}

/// The error for a file that passes a limit.
fn too_large(span: Span, what: Phrase) -> Diagnostic {
    let message = phrase!("the table has {$what}", what);
    Diagnostic::new(Code::TooLarge, span, message).with_hint("part it into several files")
}

/// The material that sheets make.
fn material(sheets: Vec<Sheet>, mut found: Vec<Diagnostic>, options: &TableOptions) -> Read {
    let sheets: Vec<Sheet> = sheets.into_iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    if sheets.is_empty() {
        found.push(Diagnostic::new(Code::EmptySource, Span::NONE, "the table holds nothing to read"));
        return Read { material: None, diagnostics: found };
    }
    if let Some(own) = sheets.iter().find(|sheet| sheet.rows.first().is_some_and(|row| own::is_own(&row.cells))) {
        let span = own.rows.first().map_or(Span::NONE, |row| row.span);
        let message = "these are sheets that patra made, which hold no material but what was made of one";
        let hint = "`patra merge` brings what was changed in them back into the source";
        found.push(Diagnostic::new(Code::OwnSheets, span, message).with_hint(hint));
        return Read { material: None, diagnostics: found };
    }
    let several = sheets.len() > 1;
    let words: String = sheets
        .iter()
        .flat_map(|sheet| &sheet.rows)
        .take(2000)
        .flat_map(|row| &row.cells)
        .flat_map(|cell| [cell.as_str(), " "])
        .collect();
    let (language, how) = script::language(&words);
    let spread = Spread::over(&sheets);
    let mut notes = Notes::default();
    notes.extend(found);
    let mut builder = Builder {
        found: notes,
        language: None,
        told_language: language,
        tags: Vec::new(),
        title: None,
        several,
        spread,
    };
    let mut sections = Vec::new();
    for sheet in sheets {
        sections.extend(builder.sheet(sheet));
    }
    // Only the first section may lack a heading.
    let bare =
        |section: &Section| section.heading.is_blank() && section.blocks.is_empty() && section.sections.is_empty();
    sections.retain(|section| !bare(section));
    let Builder { mut found, language, told_language, tags, title, .. } = builder;
    let mut material = Material { sections, tags, ..Material::default() };
    let (shown, why) = match title {
        Some(title) => (title, phrase!("it stands above the table")),
        None => match options.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => (name.to_owned(), phrase!("it is the name of the file")),
            None => (first_words(&material), phrase!("it is how the table begins")),
        },
    };
    material.title = cell::name(&shown);
    let message = title::told(&material.title.to_plain(), why);
    found.push(
        Diagnostic::new(Code::MissingTitle, Span::NONE, message)
            .with_hint("write `title:` in the front matter of the imported source"),
    );
    if language.is_none() {
        let message = phrase!("the table does not name its language; {$how}", how);
        found.push(
            Diagnostic::new(Code::MissingLanguage, Span::NONE, message)
                .with_hint("write `language:` in the front matter of the imported source"),
        );
    }
    material.language = language.unwrap_or(told_language);
    distinct::distinct_ids(&mut material);
    found.extend(material.assign_ids());
    Read { material: Some(material), diagnostics: found.finish() }
}

/// Words of the first thing that has some.
fn first_words(material: &Material) -> String {
    let mut words = String::new();
    material.walk_blocks(&mut |block, _| {
        block.texts(&mut |text, _| {
            if words.is_empty() {
                let plain = text.to_plain();
                let few: Vec<String> =
                    plain.split_whitespace().take(8).map(|word| word.chars().take(40).collect()).collect();
                words = few.join(" ");
            }
        });
    });
    words
}

struct Builder {
    found: Notes,
    /// The language that a column names for every row.
    language: Option<Language>,
    /// The language told by the script.
    told_language: Language,
    tags: Vec<String>,
    title: Option<String>,
    /// Whether there are several sheets, each a section of its own.
    several: bool,
    spread: Spread,
}

impl Builder {
    fn sheet(&mut self, sheet: Sheet) -> Vec<Section> {
        let Sheet { name, mut rows, mut merged } = sheet;
        merged.sort_by_key(|region| region.first_row);
        let sheet = name.clone().filter(|_| self.several);
        let span = match (rows.first(), rows.last()) {
            (Some(first), Some(last)) if !last.span.is_none() => Span::new(first.span.start(), last.span.end()),
            _ => Span::NONE,
        };
        let heading = name.filter(|name| self.several || !is_usual_name(name)).unwrap_or_default();
        let mut section = Section { heading: cell::name(&heading), span, ..Section::default() };
        let mut after = Sections::default();
        self.above(&mut rows, &mut section);
        for mut table in tables(rows) {
            let told = shape::tell(&table);
            let is_table = matches!(told.shape, Shape::Comparison | Shape::Plain);
            if is_table && !self.spread.fill(&mut table, &merged) {
                let row = table.first().map_or(0, |row| row.number);
                let message = phrase!(
                    "{$place}: merged cells go over so many rows or columns that not all were filled",
                    place = place(sheet.as_deref(), row)
                );
                self.found.push(Diagnostic::new(Code::KeptAsText, span, message));
            }
            self.table(told, table, sheet.as_deref(), &mut section, &mut after);
        }
        if section.heading.is_blank() {
            return std::iter::once(section).chain(after.into_list()).collect();
        }
        section.sections = after.into_list();
        vec![section]
    }

    /// Takes the rows above the header that are words for themselves: the first is the title, or a paragraph below the
    /// worksheet's name, as the others are.
    fn above(&mut self, rows: &mut Vec<Row>, section: &mut Section) {
        const MOST: usize = 5;
        let width = rows.iter().map(Row::width).max().unwrap_or(0);
        let alone = rows.iter().take(MOST).take_while(|row| row.filled() == 1 && width > 1).count();
        let goes_on = rows.get(alone).is_some_and(|row| row.filled() > 1) && rows.len() > alone + 1;
        let first_is_header = rows.first().is_some_and(shape::is_header);
        if alone == 0 || !goes_on || first_is_header {
            return;
        }
        for (index, row) in rows.drain(..alone).enumerate() {
            let words = row.cells.iter().find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
            if index == 0 && !self.several && self.title.is_none() && cell::is_short(&words, 15) {
                self.found
                    .push(guess::guess(row.span, "this row is the title, because it stands alone above the table"));
                self.title = Some(words);
            } else {
                let text = cell::text(&words);
                section.blocks.push(Block::Paragraph(Paragraph { text, span: row.span }));
            }
        }
    }

    /// Keeps what a header says of its column beside what the column is taken for: nothing else would show it.
    fn unshown(&mut self, headers: &[String], roles: &[Option<Role>], span: Span, section: &mut Section) {
        let taken = |column: usize| roles.get(column).is_some_and(Option::is_some);
        let words: Vec<&str> = (headers.iter().enumerate())
            .filter(|(column, header)| taken(*column) && !header.trim().is_empty() && role::role(header).is_none())
            .map(|(_, header)| header.as_str())
            .collect();
        if !words.is_empty() {
            self.found.push(guess::guess(span, phrase!("what its header says of its columns is kept in a paragraph")));
            section.blocks.push(Block::Paragraph(Paragraph { text: cell::text(&words.join(" · ")), span }));
        }
    }

    fn table(
        &mut self,
        told: Told,
        mut rows: Vec<Row>,
        sheet: Option<&str>,
        section: &mut Section,
        after: &mut Sections,
    ) {
        let Told { shape, mut roles, header, why } = told;
        let first = rows.first().map_or((1, Span::NONE), |row| (row.number, row.span));
        let (guess, what) = match shape {
            Shape::Terms => (Some(Guess::Terms), phrase!("terms with their meanings")),
            Shape::Questions => (Some(Guess::Question), phrase!("questions with their answers")),
            Shape::Gaps => (None, phrase!("sentences with gaps")),
            Shape::Comparison => (Some(Guess::Comparison), phrase!("a comparison")),
            Shape::List => (None, phrase!("a list")),
            Shape::Plain => (None, phrase!("a plain table")),
        };
        let place = place(sheet, first.0);
        let message = phrase!("{$place} begins {$what}, because {$why}", place, what, why);
        self.found.push(Diagnostic { guess, ..guess::guess(first.1, message) });
        let headers = if header { rows.remove(0).cells } else { Vec::new() };
        if rows.is_empty() {
            return;
        }
        if matches!(shape, Shape::Terms | Shape::Questions | Shape::Gaps) {
            self.serial(&mut roles, &rows, &headers, first.1);
        }
        let of = |wanted: &Role| roles.iter().position(|role| role.as_ref() == Some(wanted));
        if let Some(column) = of(&Role::Tags) {
            self.tags_of(&rows, column, first.1);
        }
        if let Some(column) = of(&Role::Language) {
            self.language_of(&mut roles, &rows, column, first.1);
        }
        if !matches!(shape, Shape::Comparison | Shape::Plain) {
            self.unshown(&headers, &roles, first.1, section);
        }
        let section_at = roles.iter().position(|role| *role == Some(Role::Section));
        let language = self.language.clone().unwrap_or_else(|| self.told_language.clone());
        let told = Told { shape, roles, header, why };
        let groups = match section_at {
            Some(column) => self.groups(rows, column, &headers, first.1),
            None => vec![(String::new(), rows)],
        };
        for (heading, rows) in groups {
            let part = Part { told: &told, headers: &headers, rows, language: Some(language.clone()), sheet };
            let blocks = part.blocks(&mut self.found);
            if heading.is_empty() {
                match after.last_mut() {
                    Some(last) if section.heading.is_blank() => last.blocks.extend(blocks),
                    _ => section.blocks.extend(blocks),
                }
                continue;
            }
            let heading = cell::name(&heading);
            let span = part.rows.first().map_or(Span::NONE, |row| row.span);
            let made = |_| Section { heading: heading.clone(), span, ..Section::default() };
            after.at(&[&heading.to_plain()], made).blocks.extend(blocks);
        }
    }

    /// A column of ids or numbers that counts the rows says nothing that their order doesn't.
    fn serial(&mut self, roles: &mut [Option<Role>], rows: &[Row], headers: &[String], span: Span) {
        for (column, role) in roles.iter_mut().enumerate() {
            if !matches!(role, Some(Role::Number | Role::Id)) {
                continue;
            }
            let number = |row: &Row| role::number(row.cell(column).trim_end_matches(['.', ')']));
            let numbers: Vec<usize> = rows.iter().filter_map(number).collect();
            let filled = rows.iter().filter(|row| !row.cell(column).is_empty()).count();
            let counts = numbers.len() == filled && numbers.is_sorted_by(|a, b| a < b);
            let header = headers.get(column).map_or("", String::as_str);
            if counts {
                *role = Some(Role::Number);
                self.found.push(guess::guess(span, phrase!("`{$header}` counts the rows and is left out", header)));
            } else if *role == Some(Role::Number) {
                // A number that doesn't count is something to know.
                *role = None;
            }
        }
    }

    fn tags_of(&mut self, rows: &[Row], column: usize, span: Span) {
        let parts = |cell: &str| {
            let marked = cell.contains([',', ';', '|', '\n']);
            let split = move |c: char| if marked { matches!(c, ',' | ';' | '|' | '\n') } else { c.is_whitespace() };
            cell.split(split).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect::<Vec<_>>()
        };
        let before = self.tags.len();
        let mut known: BTreeSet<String> = self.tags.iter().cloned().collect();
        for tag in rows.iter().flat_map(|row| parts(row.cell(column))) {
            if known.insert(tag.clone()) {
                self.tags.push(tag);
            }
        }
        if self.tags.len() > before {
            let message = "the tags of the rows are kept as tags of the whole material, since single items have none";
            self.found.push(guess::guess(span, message));
        }
    }

    /// Where all rows have one language it is the material's.
    fn language_of(&mut self, roles: &mut [Option<Role>], rows: &[Row], column: usize, span: Span) {
        let mut named: BTreeMap<Language, usize> = BTreeMap::new();
        let mut unknown = None;
        for row in rows.iter().filter(|row| !row.cell(column).is_empty()) {
            match role::language(row.cell(column)) {
                Some(language) => *named.entry(language).or_default() += 1,
                None => {
                    unknown.get_or_insert(row);
                }
            }
        }
        if let Some(row) = unknown {
            // Kept as any other column is.
            roles[column] = None;
            let message = phrase!(
                "`{$words}` names no language that patra knows, so the column is kept as text",
                words = row.cell(column)
            );
            let span = if row.span.is_none() { span } else { row.span };
            self.found.push(Diagnostic::new(Code::KeptAsText, span, message));
            return;
        }
        if let Some((language, _)) = named.into_iter().max_by_key(|(_, count)| *count) {
            self.language.get_or_insert(language);
        }
    }

    /// The rows under each name that a column of sections has, in the order in which the names come. A row without a name
    /// stands under the one above it.
    fn groups(&mut self, rows: Vec<Row>, column: usize, headers: &[String], span: Span) -> Vec<(String, Vec<Row>)> {
        let header = headers.get(column).map_or("", String::as_str);
        self.found.push(guess::guess(span, phrase!("`{$header}` names the sections that the rows stand in", header)));
        let mut order: Vec<(String, Vec<Row>)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut above = String::new();
        for row in rows {
            if !row.cell(column).is_empty() {
                above = row.cell(column).split_whitespace().collect::<Vec<_>>().join(" ");
            }
            let place = *places.entry(above.clone()).or_insert_with(|| {
                order.push((above.clone(), Vec::new()));
                order.len() - 1
            });
            order[place].1.push(row);
        }
        order
    }
}

/// The tables of a sheet: a new one begins with each header that stands below a row left blank.
fn tables(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut tables: Vec<Vec<Row>> = Vec::new();
    let mut before = 0;
    for row in rows {
        let parted = row.number > before + 1 && shape::is_header(&row);
        before = row.number;
        match tables.last_mut() {
            Some(table) if !parted => table.push(row),
            _ => tables.push(vec![row]),
        }
    }
    tables
}

/// Whether a worksheet has the name that its program gave it.
fn is_usual_name(name: &str) -> bool {
    let letters = name.trim_end_matches(|c: char| c.is_numeric()).trim();
    ["sheet", "शीट", "पत्रक", "worksheet", "table", "tabelle", "feuil"].contains(&letters.to_lowercase().as_str())
}
