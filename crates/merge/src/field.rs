//! The fields of a material that cells of sheets show, each with its place in the model and in the source.

use patra_core::{Block, Comparison, Date, Id, Material, Question, Section, Span, Table, Terms, Text};
use patra_markdown::edit::{Field, Place};
use patra_sheets::SheetName;

/// A field of a material, by the sheet, row and column that show it first: a name that stands in many rows has one field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FieldId {
    pub(crate) sheet: SheetName,
    pub(crate) key: String,
    pub(crate) column: &'static str,
}

/// A field's value, to change it.
pub(crate) enum Slot<'m> {
    Text(&'m mut Text),
    Optional(&'m mut Option<Text>),
    /// Words without marks.
    Words(&'m mut String),
    OptionalWords(&'m mut Option<String>),
    List(&'m mut Vec<String>),
    Day(&'m mut Option<Date>),
    Truth(&'m mut bool),
    /// The words of a gap, by its place among those of its sentence.
    Gap(&'m mut Text, usize),
    GapHint(&'m mut Text, usize),
}

/// Where a field is changed in the source.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Site {
    /// As running text, code or a formula.
    Text(Place),
    /// In the front matter, under this key.
    FrontMatter(&'static str),
    /// As the tick of the choice with this span.
    Tick(Span),
}

impl Site {
    fn text(span: Span, field: Field) -> Self {
        Site::Text(Place { span, field })
    }
}

/// A visitor of fields.
type Visit<'v> = dyn FnMut(&FieldId, Slot<'_>, Site) + 'v;

/// Fields of one part of the material.
struct Group<'v, 'f> {
    span: Span,
    visit: &'v mut Visit<'f>,
}

impl Group<'_, '_> {
    fn text(&mut self, sheet: SheetName, key: &str, column: &'static str, text: &mut Text, field: Field) {
        let id = FieldId { sheet, key: key.to_owned(), column };
        (self.visit)(&id, Slot::Text(text), Site::text(self.span, field));
    }

    fn optional(&mut self, sheet: SheetName, key: &str, column: &'static str, text: &mut Option<Text>, field: Field) {
        let id = FieldId { sheet, key: key.to_owned(), column };
        (self.visit)(&id, Slot::Optional(text), Site::text(self.span, field));
    }
}

/// Visits every field that may be changed in a sheet.
pub(crate) fn walk(material: &mut Material, visit: &mut Visit<'_>) {
    let key = material.id.to_string();
    let mut front = |column: &'static str, slot: Slot<'_>| {
        let site = if column == "title" { Site::text(Span::NONE, Field::Title) } else { Site::FrontMatter(column) };
        let field = FieldId { sheet: SheetName::Materials, key: key.clone(), column };
        visit(&field, slot, site);
    };
    front("title", Slot::Text(&mut material.title));
    front("subject", Slot::OptionalWords(&mut material.subject));
    front("authors", Slot::List(&mut material.authors));
    front("licence", Slot::OptionalWords(&mut material.licence));
    front("source", Slot::OptionalWords(&mut material.source));
    front("updated", Slot::Day(&mut material.updated));
    front("tags", Slot::List(&mut material.tags));
    sections(&mut material.sections, visit);
}

fn sections(all: &mut [Section], visit: &mut Visit<'_>) {
    for section in all {
        let mut group = Group { span: section.span, visit };
        group.text(SheetName::Sections, section.id.as_str(), "heading", &mut section.heading, Field::Heading);
        let id = section.id.clone();
        for (index, block) in section.blocks.iter_mut().enumerate() {
            blocks(block, &format!("{id}.b{}", index + 1), visit);
        }
        sections(&mut section.sections, visit);
    }
}

/// Visits the fields of a block, whose id in the sheets is `name`, and of those in it.
fn blocks(block: &mut Block, name: &str, visit: &mut Visit<'_>) {
    let children = |inner: &mut [Block], name: &str, visit: &mut Visit<'_>| {
        for (index, block) in inner.iter_mut().enumerate() {
            blocks(block, &format!("{name}.{}", index + 1), visit);
        }
    };
    let span = block.span();
    match block {
        Block::Definition(b) => {
            let key = b.id.to_string();
            let mut group = Group { span, visit };
            group.text(SheetName::Definitions, &key, "term", &mut b.term, Field::Term);
            group.optional(SheetName::Definitions, &key, "full_form", &mut b.full_form, Field::FullForm);
            group.text(SheetName::Definitions, &key, "meaning", &mut b.meaning, Field::Meaning);
            children(&mut b.details, name, visit);
        }
        Block::Terms(b) => terms(b, name, visit),
        Block::Comparison(b) => comparison(b, visit),
        Block::Table(b) => table(b, name, visit),
        Block::List(b) => {
            for (index, item) in b.items.iter_mut().enumerate() {
                let name = format!("{name}.{}", index + 1);
                let mut group = Group { span: item.span, visit };
                group.text(SheetName::Blocks, &name, "text", &mut item.text, Field::ItemText);
                children(&mut item.blocks, &name, visit);
            }
        }
        Block::Paragraph(b) => {
            let mut group = Group { span, visit };
            group.text(SheetName::Blocks, name, "text", &mut b.text, Field::Paragraph);
        }
        Block::Verse(_) => {}
        Block::Note(b) => children(&mut b.blocks, name, visit),
        Block::Quote(b) => children(&mut b.blocks, name, visit),
        Block::Code(b) => verbatim(&mut b.text, name, Place { span, field: Field::Code }, visit),
        Block::Math(b) => verbatim(&mut b.tex, name, Place { span, field: Field::Math }, visit),
        Block::Figure(b) => {
            let mut group = Group { span, visit };
            group.optional(SheetName::Blocks, name, "text", &mut b.caption, Field::Caption);
            let field = FieldId { sheet: SheetName::Blocks, key: name.to_owned(), column: "alt" };
            (group.visit)(&field, Slot::Words(&mut b.alt), Site::text(span, Field::Alt));
        }
        Block::Question(b) => {
            question(b, visit);
            for (index, block) in b.stem.iter_mut().chain(&mut b.details).enumerate() {
                blocks(block, &format!("{name}.{}", index + 1), visit);
            }
        }
        Block::Cloze(b) => {
            let key = b.id.to_string();
            let gaps = b.text.gaps().len();
            let site = Site::text(span, Field::Cloze);
            for index in 0..gaps {
                let key = format!("{key}.g{}", index + 1);
                let field = |column| FieldId { sheet: SheetName::Gaps, key: key.clone(), column };
                visit(&field("text"), Slot::Gap(&mut b.text, index), site);
                visit(&field("hint"), Slot::GapHint(&mut b.text, index), site);
            }
            let field = FieldId { sheet: SheetName::Clozes, key, column: "text" };
            visit(&field, Slot::Text(&mut b.text), site);
        }
    }
}

fn verbatim(words: &mut String, name: &str, place: Place, visit: &mut Visit<'_>) {
    let field = FieldId { sheet: SheetName::Blocks, key: name.to_owned(), column: "text" };
    visit(&field, Slot::Words(words), Site::Text(place));
}

fn terms(b: &mut Terms, name: &str, visit: &mut Visit<'_>) {
    let key = b.id.to_string();
    let mut group = Group { span: b.span, visit };
    group.optional(SheetName::TermLists, &key, "kind", &mut b.kind, Field::TermsKind);
    for (index, entry) in b.entries.iter_mut().enumerate() {
        let key = entry.id.to_string();
        let mut group = Group { span: entry.span, visit };
        group.text(SheetName::Terms, &key, "term", &mut entry.term, Field::EntryTerm);
        group.text(SheetName::Terms, &key, "description", &mut entry.description, Field::Description);
        let name = format!("{name}.{}", index + 1);
        for (index, block) in entry.details.iter_mut().enumerate() {
            blocks(block, &format!("{name}.{}", index + 1), visit);
        }
    }
}

/// The key of what a comparison has beside its cells.
fn part(id: &Id, part: &Id) -> String {
    id.join(part.as_str()).to_string()
}

fn comparison(b: &mut Comparison, visit: &mut Visit<'_>) {
    let id = b.id.clone();
    let mut group = Group { span: b.span, visit };
    group.text(SheetName::Comparisons, id.as_str(), "corner", &mut b.corner, Field::ColumnHeading(0));
    for (index, subject) in b.subjects.iter_mut().enumerate() {
        let key = part(&id, &subject.id);
        group.text(SheetName::Comparisons, &key, "subject", &mut subject.name, Field::ColumnHeading(index + 1));
    }
    let subjects: Vec<Id> = b.subjects.iter().map(|subject| subject.id.clone()).collect();
    for aspect in &mut b.aspects {
        let row = id.join(aspect.id.as_str());
        let mut group = Group { span: aspect.span, visit };
        group.text(SheetName::Comparisons, row.as_str(), "aspect", &mut aspect.name, Field::Cell(0));
        for (index, (cell, subject)) in aspect.cells.iter_mut().zip(&subjects).enumerate() {
            let key = part(&row, subject);
            group.text(SheetName::Comparisons, &key, "text", cell, Field::Cell(index + 1));
        }
    }
}

fn table(b: &mut Table, name: &str, visit: &mut Visit<'_>) {
    let mut group = Group { span: b.span, visit };
    for (index, column) in b.columns.iter_mut().enumerate() {
        let key = format!("{name}.r0.c{}", index + 1);
        group.text(SheetName::Tables, &key, "text", &mut column.heading, Field::ColumnHeading(index));
    }
    for (number, row) in b.rows.iter_mut().enumerate() {
        let mut group = Group { span: row.span, visit };
        for (index, cell) in row.cells.iter_mut().enumerate() {
            let key = format!("{name}.r{}.c{}", number + 1, index + 1);
            group.text(SheetName::Tables, &key, "text", cell, Field::Cell(index));
        }
    }
}

fn question(b: &mut Question, visit: &mut Visit<'_>) {
    let key = b.id.to_string();
    let mut group = Group { span: b.span, visit };
    group.text(SheetName::Questions, &key, "prompt", &mut b.prompt, Field::Prompt);
    group.text(SheetName::Questions, &key, "answer", &mut b.answer, Field::Answer);
    group.optional(SheetName::Questions, &key, "hint", &mut b.hint, Field::Hint);
    for (index, choice) in b.choices.iter_mut().enumerate() {
        let key = format!("{key}.c{}", index + 1);
        let mut group = Group { span: choice.span, visit };
        group.text(SheetName::Choices, &key, "text", &mut choice.text, Field::Choice);
        let field = FieldId { sheet: SheetName::Choices, key, column: "correct" };
        visit(&field, Slot::Truth(&mut choice.correct), Site::Tick(choice.span));
    }
}
