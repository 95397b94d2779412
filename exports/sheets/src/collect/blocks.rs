//! The sheets of blocks, and of what stands in each kind of them.

use std::borrow::Cow;

use patra_core::{
    Alignment, Block, Cloze, Comparison, Definition, Entry, Id, NoteKind, Question, Section, Span, Table, Terms, Text,
};

use super::practice::blanked;
use super::{Collector, Place};
use crate::{SheetName, Value};

/// Where blocks stand: in a section, or in a block of it.
struct Parent<'a> {
    section: &'a Id,
    block: Option<String>,
    level: usize,
}

impl Parent<'_> {
    /// The id of the block at a place, from 1. The `b` keeps blocks of a section apart from those of a section whose id
    /// is the id of a block.
    fn child(&self, ordinal: usize) -> String {
        match &self.block {
            None => format!("{}.b{ordinal}", self.section),
            Some(block) => format!("{block}.{ordinal}"),
        }
    }
}

/// What the sheet of blocks tells of one.
#[derive(Default)]
struct Outline<'a> {
    item: Option<&'a Id>,
    text: Option<Value<'a>>,
    alt: Option<&'a str>,
    source: Option<&'a str>,
    note_kind: Option<String>,
    code_language: Option<&'a str>,
    list_start: Option<u32>,
}

impl<'a> Collector<'a> {
    pub(super) fn blocks(&mut self, section: &'a Section) {
        let parent = Parent { section: &section.id, block: None, level: 1 };
        self.children(&section.blocks, &parent, 0);
    }

    /// The blocks of a parent, the first of them after `before` others.
    fn children(&mut self, blocks: &'a [Block], parent: &Parent<'a>, before: usize) {
        for (i, block) in blocks.iter().enumerate() {
            self.block(block, parent, before + i + 1);
        }
    }

    fn block(&mut self, block: &'a Block, parent: &Parent<'a>, ordinal: usize) {
        let outline = match block {
            Block::Definition(b) => Outline { item: Some(&b.id), ..Outline::default() },
            Block::Terms(b) => Outline { item: Some(&b.id), ..Outline::default() },
            Block::Comparison(b) => Outline { item: Some(&b.id), ..Outline::default() },
            Block::Question(b) => Outline { item: Some(&b.id), ..Outline::default() },
            Block::Cloze(b) => Outline { item: Some(&b.id), ..Outline::default() },
            Block::Table(_) | Block::Quote(_) => Outline::default(),
            Block::List(b) => {
                // More than one, since a number alone would be taken for one by programs that read the cell.
                let first = b.start.unwrap_or(1);
                let labels = || format!("{}, {}, …", b.marker.label(first), b.marker.label(first.saturating_add(1)));
                let own = (!b.marker.is_default()).then(|| Value::words(labels()));
                Outline { list_start: b.start, text: own, ..Outline::default() }
            }
            Block::Paragraph(b) => Outline { text: Some(Value::plain(&b.text)), ..Outline::default() },
            Block::Verse(b) => Outline { text: Some(Value::words(b.to_plain())), ..Outline::default() },
            Block::Note(b) => Outline { note_kind: note_kind(b.kind), ..Outline::default() },
            Block::Code(b) => Outline {
                text: Some(Value::words(b.text.as_str())),
                code_language: b.language.as_deref(),
                ..Outline::default()
            },
            Block::Math(b) => Outline { text: Some(Value::words(b.tex.as_str())), ..Outline::default() },
            Block::Figure(b) => Outline {
                text: b.caption.as_ref().map(Value::plain),
                alt: Some(&b.alt),
                source: Some(&b.source),
                ..Outline::default()
            },
        };
        let place = self.outline(block.name(), outline, parent, ordinal, block.span());
        let inside = Parent { section: parent.section, block: Some(place.block.clone()), level: parent.level + 1 };
        match block {
            Block::Definition(b) => {
                self.definition(b, &place);
                self.children(&b.details, &inside, 0);
            }
            Block::Terms(b) => self.terms(b, &place, &inside),
            Block::Comparison(b) => self.comparison(b, &place),
            Block::Table(b) => self.table(b, &place),
            Block::List(b) => {
                for (i, item) in b.items.iter().enumerate() {
                    let text = Outline { text: Some(Value::plain(&item.text)), ..Outline::default() };
                    let place = self.outline("list_item", text, &inside, i + 1, item.span);
                    self.block_marks(&item.text, &place);
                    let level = inside.level + 1;
                    let within = Parent { section: parent.section, block: Some(place.block), level };
                    self.children(&item.blocks, &within, 0);
                }
            }
            Block::Paragraph(b) => self.block_marks(&b.text, &place),
            Block::Verse(b) => b.lines().for_each(|line| self.block_marks(line, &place)),
            Block::Figure(b) => {
                b.caption.iter().for_each(|caption| self.block_marks(caption, &place));
                b.regions.iter().for_each(|region| self.name(&region.id, "region", &region.name, &place));
            }
            Block::Note(b) => self.children(&b.blocks, &inside, 0),
            Block::Quote(b) => self.children(&b.blocks, &inside, 0),
            Block::Code(_) | Block::Math(_) => {}
            Block::Question(b) => {
                self.question(b, &place);
                self.children(&b.stem, &inside, 0);
                self.children(&b.details, &inside, b.stem.len());
            }
            Block::Cloze(b) => self.cloze(b, &place),
        }
    }

    fn outline(
        &mut self,
        kind: &'static str,
        outline: Outline<'a>,
        parent: &Parent<'a>,
        ordinal: usize,
        span: Span,
    ) -> Place<'a> {
        let block = parent.child(ordinal);
        let optional = |words: Option<&'a str>| words.map_or(Value::Missing, Value::words);
        self.push(
            SheetName::Blocks,
            span,
            [
                ("block_id", Value::words(block.clone())),
                ("section_id", Value::words(parent.section.as_str())),
                ("parent_block_id", parent.block.clone().map_or(Value::Missing, Value::words)),
                ("ordinal", Value::count(ordinal)),
                ("level", Value::count(parent.level)),
                ("kind", Value::words(kind)),
                ("item_id", optional(outline.item.map(Id::as_str))),
                ("text", outline.text.unwrap_or(Value::Missing)),
                ("alt", optional(outline.alt)),
                ("source", optional(outline.source)),
                ("note_kind", outline.note_kind.map_or(Value::Missing, Value::words)),
                ("code_language", optional(outline.code_language)),
                ("list_start", outline.list_start.map_or(Value::Missing, |n| Value::Integer(i64::from(n)))),
                ("page", outline.item.map_or(Value::Missing, |id| self.page(id))),
            ],
        );
        Place { section: parent.section, block, span }
    }

    fn block_marks(&mut self, text: &'a Text, place: &Place<'a>) {
        self.marks(SheetName::Blocks, &place.block, "text", text, Some(place.section), place.span);
    }

    fn item_marks(&mut self, sheet: SheetName, id: &str, field: &'static str, text: &'a Text, place: &Place<'a>) {
        self.marks(sheet, id, field, text, Some(place.section), place.span);
    }

    fn definition(&mut self, b: &'a Definition, place: &Place<'a>) {
        let id = b.id.as_str();
        self.name(&b.id, "definition", &b.term, place);
        self.push(
            SheetName::Definitions,
            place.span,
            [
                ("definition_id", Value::words(id)),
                ("section_id", Value::words(place.section.as_str())),
                ("block_id", Value::words(place.block.clone())),
                ("term", Value::plain(&b.term)),
                ("full_form", b.full_form.as_ref().map_or(Value::Missing, Value::plain)),
                ("meaning", Value::plain(&b.meaning)),
                ("page", self.page(&b.id)),
            ],
        );
        self.item_marks(SheetName::Definitions, id, "term", &b.term, place);
        b.full_form.iter().for_each(|text| self.item_marks(SheetName::Definitions, id, "full_form", text, place));
        self.item_marks(SheetName::Definitions, id, "meaning", &b.meaning, place);
    }

    fn terms(&mut self, b: &'a Terms, place: &Place<'a>, inside: &Parent<'a>) {
        let id = b.id.as_str();
        let kind = b.kind.as_ref().map_or(Value::Missing, Value::plain);
        self.name_with(Cow::Borrowed(id), "terms", kind.clone(), self.page(&b.id), place);
        self.push(
            SheetName::TermLists,
            place.span,
            [
                ("list_id", Value::words(id)),
                ("section_id", Value::words(place.section.as_str())),
                ("block_id", Value::words(place.block.clone())),
                ("kind", kind.clone()),
                ("ordered", Value::Truth(b.ordered)),
                ("size", Value::count(b.entries.len())),
                ("page", self.page(&b.id)),
            ],
        );
        b.kind.iter().for_each(|text| self.item_marks(SheetName::TermLists, id, "kind", text, place));
        for (i, entry) in b.entries.iter().enumerate() {
            let outline = Outline { item: Some(&entry.id), ..Outline::default() };
            let place = self.outline("term", outline, inside, i + 1, entry.span);
            self.entry(entry, b, kind.clone(), i + 1, &place);
            let within = Parent { section: inside.section, block: Some(place.block), level: inside.level + 1 };
            self.children(&entry.details, &within, 0);
        }
    }

    fn entry(&mut self, entry: &'a Entry, list: &'a Terms, kind: Value<'a>, ordinal: usize, place: &Place<'a>) {
        let id = entry.id.as_str();
        self.name(&entry.id, "term", &entry.term, place);
        self.push(
            SheetName::Terms,
            place.span,
            [
                ("term_id", Value::words(id)),
                ("list_id", Value::words(list.id.as_str())),
                ("section_id", Value::words(place.section.as_str())),
                ("block_id", Value::words(place.block.clone())),
                ("ordinal", Value::count(ordinal)),
                ("kind", kind),
                ("term", Value::plain(&entry.term)),
                ("description", Value::plain(&entry.description)),
                ("page", self.page(&entry.id)),
            ],
        );
        self.item_marks(SheetName::Terms, id, "term", &entry.term, place);
        self.item_marks(SheetName::Terms, id, "description", &entry.description, place);
    }

    fn comparison(&mut self, b: &'a Comparison, place: &Place<'a>) {
        let subjects: Vec<String> = b.subjects.iter().map(|subject| subject.name.to_plain()).collect();
        let page = self.page(&b.id);
        let id = Cow::Borrowed(b.id.as_str());
        self.name_with(id, "comparison", Value::words(subjects.join(" / ")), page, place);
        for subject in &b.subjects {
            let id = b.id.join(subject.id.as_str());
            let (page, place) = (self.page(&id), Place { span: subject.span, ..place.clone() });
            self.name_with(Cow::Owned(id.to_string()), "subject", Value::plain(&subject.name), page, &place);
        }
        for (i, aspect) in b.aspects.iter().enumerate() {
            let row = b.row_id(aspect);
            let row_page = self.page(&row);
            let place = Place { span: aspect.span, ..place.clone() };
            self.name_with(Cow::Owned(row.to_string()), "aspect", Value::plain(&aspect.name), row_page.clone(), &place);
            for (j, subject) in b.subjects.iter().enumerate() {
                let cell = b.cell_id(aspect, subject);
                let own = self.page(&cell);
                let page = if own == Value::Missing { row_page.clone() } else { own };
                let label = Value::words(format!("{}: {}", subject.name.to_plain(), aspect.name.to_plain()));
                self.name_with(Cow::Owned(cell.to_string()), "cell", label, page.clone(), &place);
                let text = aspect.cells.get(j);
                self.push(
                    SheetName::Comparisons,
                    aspect.span,
                    [
                        ("cell_id", Value::words(cell.to_string())),
                        ("comparison_id", Value::words(b.id.as_str())),
                        ("section_id", Value::words(place.section.as_str())),
                        ("block_id", Value::words(place.block.clone())),
                        ("corner", Value::plain(&b.corner)),
                        ("aspect_id", Value::words(row.to_string())),
                        ("aspect_ordinal", Value::count(i + 1)),
                        ("aspect", Value::plain(&aspect.name)),
                        ("subject_id", Value::words(b.id.join(subject.id.as_str()).to_string())),
                        ("subject_ordinal", Value::count(j + 1)),
                        ("subject", Value::plain(&subject.name)),
                        ("text", text.map_or(Value::Missing, Value::plain)),
                        ("page", page),
                    ],
                );
                // A name that stands in many cells is marked in the first of them.
                let fields = [
                    ("corner", Some(&b.corner).filter(|_| i == 0 && j == 0)),
                    ("aspect", Some(&aspect.name).filter(|_| j == 0)),
                    ("subject", Some(&subject.name).filter(|_| i == 0)),
                    ("text", text),
                ];
                for (field, text) in fields {
                    if let Some(text) = text {
                        self.item_marks(SheetName::Comparisons, cell.as_str(), field, text, &place);
                    }
                }
            }
        }
    }

    fn table(&mut self, b: &'a Table, place: &Place<'a>) {
        let headings = b.columns.iter().map(|column| &column.heading).collect::<Vec<_>>();
        self.table_row(b, headings, 0, place);
        for (i, row) in b.rows.iter().enumerate() {
            let place = Place { span: row.span, ..place.clone() };
            self.table_row(b, row.cells.iter().collect(), i + 1, &place);
        }
    }

    fn table_row(&mut self, b: &'a Table, cells: Vec<&'a Text>, row: usize, place: &Place<'a>) {
        for (j, text) in cells.into_iter().enumerate() {
            let id = format!("{}.r{row}.c{}", place.block, j + 1);
            let column = b.columns.get(j);
            let alignment = match column.map(|column| column.alignment).unwrap_or_default() {
                Alignment::Start => "start",
                Alignment::Centre => "centre",
                Alignment::End => "end",
            };
            self.push(
                SheetName::Tables,
                place.span,
                [
                    ("cell_id", Value::words(id.clone())),
                    ("section_id", Value::words(place.section.as_str())),
                    ("block_id", Value::words(place.block.clone())),
                    ("row_ordinal", Value::count(row)),
                    ("column_ordinal", Value::count(j + 1)),
                    ("heading", column.map_or(Value::Missing, |column| Value::plain(&column.heading))),
                    ("alignment", Value::words(alignment)),
                    ("text", Value::plain(text)),
                ],
            );
            self.item_marks(SheetName::Tables, &id, "text", text, place);
        }
    }

    fn question(&mut self, b: &'a Question, place: &Place<'a>) {
        let id = b.id.as_str();
        self.name(&b.id, "question", &b.prompt, place);
        self.push(
            SheetName::Questions,
            place.span,
            [
                ("question_id", Value::words(id)),
                ("section_id", Value::words(place.section.as_str())),
                ("block_id", Value::words(place.block.clone())),
                ("kind", Value::words(if b.choices.is_empty() { "open" } else { "choice" })),
                ("prompt", Value::plain(&b.prompt)),
                ("answer", Value::plain(&b.answer)),
                ("hint", b.hint.as_ref().map_or(Value::Missing, Value::plain)),
                ("page", self.page(&b.id)),
            ],
        );
        self.item_marks(SheetName::Questions, id, "prompt", &b.prompt, place);
        self.item_marks(SheetName::Questions, id, "answer", &b.answer, place);
        b.hint.iter().for_each(|text| self.item_marks(SheetName::Questions, id, "hint", text, place));
        for (i, choice) in b.choices.iter().enumerate() {
            let place = Place { span: choice.span, ..place.clone() };
            let choice_id = format!("{id}.c{}", i + 1);
            self.push(
                SheetName::Choices,
                choice.span,
                [
                    ("choice_id", Value::words(choice_id.clone())),
                    ("question_id", Value::words(id)),
                    ("section_id", Value::words(place.section.as_str())),
                    ("block_id", Value::words(place.block.clone())),
                    ("ordinal", Value::count(i + 1)),
                    ("text", Value::plain(&choice.text)),
                    ("correct", Value::Truth(choice.correct)),
                    ("page", self.page(&b.id)),
                ],
            );
            self.item_marks(SheetName::Choices, &choice_id, "text", &choice.text, &place);
        }
    }

    fn cloze(&mut self, b: &'a Cloze, place: &Place<'a>) {
        let id = b.id.as_str();
        self.name(&b.id, "cloze", &b.text, place);
        let gaps = b.text.gaps();
        self.push(
            SheetName::Clozes,
            place.span,
            [
                ("cloze_id", Value::words(id)),
                ("section_id", Value::words(place.section.as_str())),
                ("block_id", Value::words(place.block.clone())),
                ("text", Value::plain(&b.text)),
                ("blanked", Value::words(blanked(&b.text, None))),
                ("gap_count", Value::count(gaps.len())),
                ("page", self.page(&b.id)),
            ],
        );
        self.item_marks(SheetName::Clozes, id, "text", &b.text, place);
        for (i, (number, gap)) in gaps.into_iter().enumerate() {
            self.push(
                SheetName::Gaps,
                place.span,
                [
                    ("gap_id", Value::words(format!("{id}.g{}", i + 1))),
                    ("cloze_id", Value::words(id)),
                    ("section_id", Value::words(place.section.as_str())),
                    ("block_id", Value::words(place.block.clone())),
                    ("ordinal", Value::count(i + 1)),
                    ("number", Value::Integer(i64::from(number))),
                    ("text", Value::plain(&gap.text)),
                    ("hint", gap.hint.as_deref().map_or(Value::Missing, Value::words)),
                    ("page", self.page(&b.id)),
                ],
            );
        }
    }
}

/// The kind as the stored form writes it.
fn note_kind(kind: NoteKind) -> Option<String> {
    serde_json::to_value(kind).ok()?.as_str().map(str::to_owned)
}
