//! The fields of a material that cells of sheets show, each with its place in the model and in the source.

use patra_core::{
    Block, Comparison, Date, Gap, Id, Link, Material, Question, Run, Section, Span, Table, Tagged, Terms, Text,
};
use patra_markdown::Setting;
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

/// Where a field stands in the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    /// What it stands in, or what it stands before.
    pub(crate) span: Span,
    /// How many passages with the same text come before it there.
    pub(crate) rank: usize,
    pub(crate) kind: SiteKind,
    /// The block, entry or section that it belongs to.
    pub(crate) holder: Span,
}

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SiteKind {
    /// As running text of this kind.
    Text(Setting),
    /// In an attribute that stands in the span or, else, before it.
    Attribute(&'static str),
    /// To the letter, in code or a formula.
    Verbatim,
    /// In the front matter, under this key.
    FrontMatter(&'static str),
    /// The title: in the front matter or as the first heading.
    Title,
    /// The box of a choice.
    Box,
    /// A cell of a table: the index of the row's cell.
    Cell(usize),
}

/// Texts that stand together, in the order of the source as a rule.
struct Group<'v> {
    span: Span,
    seen: Vec<Text>,
    visit: &'v mut dyn FnMut(&FieldId, Slot<'_>, Site),
}

impl Group<'_> {
    fn site(&mut self, text: &Text, kind: SiteKind) -> Site {
        let rank = self.seen.iter().filter(|seen| *seen == text).count();
        self.seen.push(text.clone());
        Site { span: self.span, rank, kind, holder: self.span }
    }

    fn text(&mut self, sheet: SheetName, key: &str, column: &'static str, text: &mut Text, kind: SiteKind) {
        let site = self.site(text, kind);
        (self.visit)(&FieldId { sheet, key: key.to_owned(), column }, Slot::Text(text), site);
    }

    fn optional(&mut self, sheet: SheetName, key: &str, column: &'static str, text: &mut Option<Text>, kind: SiteKind) {
        let site = self.site(&text.clone().unwrap_or_default(), kind);
        (self.visit)(&FieldId { sheet, key: key.to_owned(), column }, Slot::Optional(text), site);
    }
}

const PARAGRAPH: SiteKind = SiteKind::Text(Setting::Paragraph);
const LINE: SiteKind = SiteKind::Text(Setting::Line);

/// Visits every field that may be changed in a sheet.
pub(crate) fn walk(material: &mut Material, visit: &mut dyn FnMut(&FieldId, Slot<'_>, Site)) {
    let key = material.id.to_string();
    let mut front = |column: &'static str, slot: Slot<'_>| {
        let kind = if column == "title" { SiteKind::Title } else { SiteKind::FrontMatter(column) };
        let field = FieldId { sheet: SheetName::Materials, key: key.clone(), column };
        visit(&field, slot, Site { span: Span::NONE, rank: 0, kind, holder: Span::NONE });
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

fn sections(all: &mut [Section], visit: &mut dyn FnMut(&FieldId, Slot<'_>, Site)) {
    for section in all {
        let mut group = Group { span: section.span, seen: Vec::new(), visit };
        let kind = SiteKind::Text(Setting::Heading);
        group.text(SheetName::Sections, section.id.as_str(), "heading", &mut section.heading, kind);
        let id = section.id.clone();
        for (index, block) in section.blocks.iter_mut().enumerate() {
            blocks(block, &format!("{id}.b{}", index + 1), visit);
        }
        sections(&mut section.sections, visit);
    }
}

/// Visits the fields of a block, whose id in the sheets is `name`, and of those in it.
fn blocks(block: &mut Block, name: &str, visit: &mut dyn FnMut(&FieldId, Slot<'_>, Site)) {
    let children = |inner: &mut [Block], name: &str, visit: &mut dyn FnMut(&FieldId, Slot<'_>, Site)| {
        for (index, block) in inner.iter_mut().enumerate() {
            blocks(block, &format!("{name}.{}", index + 1), visit);
        }
    };
    let span = block.span();
    match block {
        Block::Definition(b) => {
            let key = b.id.to_string();
            let mut group = Group { span, seen: Vec::new(), visit };
            group.text(SheetName::Definitions, &key, "term", &mut b.term, LINE);
            group.optional(SheetName::Definitions, &key, "full_form", &mut b.full_form, SiteKind::Attribute("full"));
            group.text(SheetName::Definitions, &key, "meaning", &mut b.meaning, PARAGRAPH);
            children(&mut b.details, name, visit);
        }
        Block::Terms(b) => terms(b, name, visit),
        Block::Comparison(b) => comparison(b, visit),
        Block::Table(b) => table(b, name, visit),
        Block::List(b) => {
            for (index, item) in b.items.iter_mut().enumerate() {
                let name = format!("{name}.{}", index + 1);
                let mut group = Group { span: item.span, seen: Vec::new(), visit };
                group.text(SheetName::Blocks, &name, "text", &mut item.text, PARAGRAPH);
                children(&mut item.blocks, &name, visit);
            }
        }
        Block::Paragraph(b) => {
            let mut group = Group { span, seen: Vec::new(), visit };
            group.text(SheetName::Blocks, name, "text", &mut b.text, PARAGRAPH);
        }
        Block::Note(b) => children(&mut b.blocks, name, visit),
        Block::Quote(b) => children(&mut b.blocks, name, visit),
        Block::Code(b) => verbatim(&mut b.text, name, span, visit),
        Block::Math(b) => verbatim(&mut b.tex, name, span, visit),
        Block::Figure(b) => {
            let mut group = Group { span, seen: Vec::new(), visit };
            group.optional(SheetName::Blocks, name, "text", &mut b.caption, SiteKind::Attribute("caption"));
            let site = group.site(&Text::plain(b.alt.clone()), SiteKind::Text(Setting::Brackets));
            let field = FieldId { sheet: SheetName::Blocks, key: name.to_owned(), column: "alt" };
            (group.visit)(&field, Slot::Words(&mut b.alt), site);
        }
        Block::Question(b) => {
            question(b, visit);
            children(&mut b.details, name, visit);
        }
        Block::Cloze(b) => {
            let key = b.id.to_string();
            let gaps = b.text.gaps().len();
            let mut group = Group { span, seen: Vec::new(), visit };
            let site = group.site(&b.text, PARAGRAPH);
            for index in 0..gaps {
                let key = format!("{key}.g{}", index + 1);
                let field = |column| FieldId { sheet: SheetName::Gaps, key: key.clone(), column };
                (group.visit)(&field("text"), Slot::Gap(&mut b.text, index), site);
                (group.visit)(&field("hint"), Slot::GapHint(&mut b.text, index), site);
            }
            let field = FieldId { sheet: SheetName::Clozes, key, column: "text" };
            (group.visit)(&field, Slot::Text(&mut b.text), site);
        }
    }
}

fn verbatim(words: &mut String, name: &str, span: Span, visit: &mut dyn FnMut(&FieldId, Slot<'_>, Site)) {
    let field = FieldId { sheet: SheetName::Blocks, key: name.to_owned(), column: "text" };
    visit(&field, Slot::Words(words), Site { span, rank: 0, kind: SiteKind::Verbatim, holder: span });
}

fn terms(b: &mut Terms, name: &str, visit: &mut dyn FnMut(&FieldId, Slot<'_>, Site)) {
    let key = b.id.to_string();
    let mut group = Group { span: b.span, seen: Vec::new(), visit };
    group.optional(SheetName::TermLists, &key, "kind", &mut b.kind, SiteKind::Attribute("kind"));
    for (index, entry) in b.entries.iter_mut().enumerate() {
        let key = entry.id.to_string();
        let mut group = Group { span: entry.span, seen: Vec::new(), visit };
        group.text(SheetName::Terms, &key, "term", &mut entry.term, SiteKind::Text(Setting::Bold));
        group.text(SheetName::Terms, &key, "description", &mut entry.description, PARAGRAPH);
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

fn comparison(b: &mut Comparison, visit: &mut dyn FnMut(&FieldId, Slot<'_>, Site)) {
    let id = b.id.clone();
    let mut group = Group { span: b.span, seen: Vec::new(), visit };
    group.text(SheetName::Comparisons, id.as_str(), "corner", &mut b.corner, SiteKind::Cell(0));
    for (index, subject) in b.subjects.iter_mut().enumerate() {
        let key = part(&id, &subject.id);
        group.text(SheetName::Comparisons, &key, "subject", &mut subject.name, SiteKind::Cell(index + 1));
    }
    let subjects: Vec<Id> = b.subjects.iter().map(|subject| subject.id.clone()).collect();
    for aspect in &mut b.aspects {
        let row = id.join(aspect.id.as_str());
        let mut group = Group { span: aspect.span, seen: Vec::new(), visit };
        group.text(SheetName::Comparisons, row.as_str(), "aspect", &mut aspect.name, SiteKind::Cell(0));
        for (index, (cell, subject)) in aspect.cells.iter_mut().zip(&subjects).enumerate() {
            let key = part(&row, subject);
            group.text(SheetName::Comparisons, &key, "text", cell, SiteKind::Cell(index + 1));
        }
    }
}

fn table(b: &mut Table, name: &str, visit: &mut dyn FnMut(&FieldId, Slot<'_>, Site)) {
    let mut group = Group { span: b.span, seen: Vec::new(), visit };
    for (index, column) in b.columns.iter_mut().enumerate() {
        let key = format!("{name}.r0.c{}", index + 1);
        group.text(SheetName::Tables, &key, "text", &mut column.heading, SiteKind::Cell(index));
    }
    for (number, row) in b.rows.iter_mut().enumerate() {
        let mut group = Group { span: row.span, seen: Vec::new(), visit };
        for (index, cell) in row.cells.iter_mut().enumerate() {
            let key = format!("{name}.r{}.c{}", number + 1, index + 1);
            group.text(SheetName::Tables, &key, "text", cell, SiteKind::Cell(index));
        }
    }
}

fn question(b: &mut Question, visit: &mut dyn FnMut(&FieldId, Slot<'_>, Site)) {
    let key = b.id.to_string();
    let mut group = Group { span: b.span, seen: Vec::new(), visit };
    group.text(SheetName::Questions, &key, "prompt", &mut b.prompt, LINE);
    group.text(SheetName::Questions, &key, "answer", &mut b.answer, PARAGRAPH);
    group.optional(SheetName::Questions, &key, "hint", &mut b.hint, PARAGRAPH);
    for (index, choice) in b.choices.iter_mut().enumerate() {
        let key = format!("{key}.c{}", index + 1);
        let mut group = Group { span: choice.span, seen: Vec::new(), visit };
        group.text(SheetName::Choices, &key, "text", &mut choice.text, PARAGRAPH);
        let field = FieldId { sheet: SheetName::Choices, key, column: "correct" };
        let site = Site { span: choice.span, rank: 0, kind: SiteKind::Box, holder: choice.span };
        (group.visit)(&field, Slot::Truth(&mut choice.correct), site);
    }
}

/// A text with the gap at `index`, in reading order, changed.
pub(crate) fn with_gap(text: &Text, index: usize, change: &mut dyn FnMut(&mut Gap)) -> Text {
    fn walk(text: &Text, index: usize, at: &mut usize, change: &mut dyn FnMut(&mut Gap)) -> Text {
        text.runs()
            .iter()
            .map(|run| match run {
                Run::Gap(Gap { text, number, hint }) => {
                    let own = *at == index;
                    *at += 1;
                    let text = walk(text, index, at, change);
                    let mut gap = Gap { text, number: *number, hint: hint.clone() };
                    if own {
                        change(&mut gap);
                    }
                    Run::Gap(gap)
                }
                Run::Strong(inner) => Run::Strong(walk(inner, index, at, change)),
                Run::Emphasis(inner) => Run::Emphasis(walk(inner, index, at, change)),
                Run::Link(Link { text, target }) => {
                    Run::Link(Link { text: walk(text, index, at, change), target: target.clone() })
                }
                Run::Language(Tagged { text, language }) => {
                    Run::Language(Tagged { text: walk(text, index, at, change), language: language.clone() })
                }
                Run::Plain(_) | Run::Code(_) | Run::Math(_) | Run::Break => run.clone(),
            })
            .collect()
    }
    walk(text, index, &mut 0, change)
}
