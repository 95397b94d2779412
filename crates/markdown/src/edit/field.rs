//! Fields of a material that have a place in the source.

use std::collections::BTreeMap;

use patra_core::{Block, Comparison, Id, Material, Question, Section, Span, Table, Terms, Text};

use super::part::same;
use crate::Setting;

/// A field of a material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Field {
    /// Title of the material, in the front matter or as the first heading. Its span is [`Span::NONE`].
    Title,
    /// Heading of a section.
    Heading,
    /// Term of a definition.
    Term,
    /// Full form of a definition's term.
    FullForm,
    /// Meaning of a definition.
    Meaning,
    /// Kind of a list of terms.
    TermsKind,
    /// Term of an entry in a list of terms, by the span of the entry.
    EntryTerm,
    /// Description of such an entry.
    Description,
    /// Cell of the heading row of a table or comparison, by the span of the block. In a comparison 0 is the corner.
    ColumnHeading(usize),
    /// Cell of another row, by the span of the row. In a comparison 0 is the name of the aspect.
    Cell(usize),
    /// Text of a list's item, by the span of the item.
    ItemText,
    /// Text of a paragraph.
    Paragraph,
    /// Code, to the letter.
    Code,
    /// Formula, in TeX.
    Math,
    /// Caption of a picture.
    Caption,
    /// Description of a picture for those who don't see it.
    Alt,
    /// Prompt of a question.
    Prompt,
    /// Answer of a question.
    Answer,
    /// Hint of a question.
    Hint,
    /// Text of a choice, by the span of the choice.
    Choice,
    /// Sentence with gaps.
    Cloze,
}

/// A field of a certain part of the material.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Span of the section, block, entry, item, row or choice that the field belongs to.
    pub span: Span,
    /// The field.
    pub field: Field,
}

/// A field's value, to change it.
enum Value<'m> {
    Text(&'m mut Text),
    Optional(&'m mut Option<Text>),
    Words(&'m mut String),
}

impl Value<'_> {
    fn get(&self) -> Text {
        match self {
            Value::Text(text) => (*text).clone(),
            Value::Optional(text) => (*text).clone().unwrap_or_default(),
            Value::Words(words) => Text::plain(words.as_str()),
        }
    }

    fn set(self, new: &Text) {
        match self {
            Value::Text(text) => text.clone_from(new),
            Value::Optional(text) => *text = Some(new.clone()).filter(|text| !text.is_empty()),
            Value::Words(words) => *words = new.to_plain(),
        }
    }
}

/// A field as the index has it.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) text: Text,
    /// How many fields of the same part, with the same text, come before it.
    pub(super) rank: usize,
    /// Id of the part.
    pub(super) id: Option<Id>,
}

/// The fields of a material by their places.
#[derive(Debug, Default)]
pub(super) struct Index {
    fields: BTreeMap<(usize, usize, Field), Held>,
}

impl Index {
    pub(super) fn of(material: &Material) -> Self {
        let mut index = Index::default();
        let mut copy = material.clone();
        let mut texts: BTreeMap<(usize, usize), Vec<Text>> = BTreeMap::new();
        walk(&mut copy, &mut |place, value, id| {
            let (start, end) = (place.span.start(), place.span.end());
            let text = value.get();
            let earlier = texts.entry((start, end)).or_default();
            let rank = earlier.iter().filter(|other| **other == text).count();
            earlier.push(text.clone());
            index.fields.entry((start, end, place.field)).or_insert(Held { text, rank, id: id.cloned() });
        });
        index
    }

    pub(super) fn get(&self, place: Place) -> Option<&Held> {
        self.fields.get(&(place.span.start(), place.span.end(), place.field))
    }
}

impl Place {
    /// Text of the field in a material; empty if it is absent.
    #[must_use]
    pub fn text(self, material: &Material) -> Text {
        let mut found = Text::default();
        let mut copy = material.clone();
        walk(&mut copy, &mut |place, value, _| {
            if place.field == self.field && same(place.span, self.span) {
                found = value.get();
            }
        });
        found
    }

    /// Sets the field in a material.
    pub fn set(self, material: &mut Material, new: &Text) {
        walk(material, &mut |place, value, _| {
            if place.field == self.field && same(place.span, self.span) {
                value.set(new);
            }
        });
    }

    /// Every field of a material, in reading order.
    #[must_use]
    pub fn all(material: &Material) -> Vec<Place> {
        let mut all = Vec::new();
        let mut copy = material.clone();
        walk(&mut copy, &mut |place, _, _| all.push(place));
        all
    }
}

impl Field {
    /// Kind of running text in which the field is written.
    pub(super) fn setting(self) -> Setting {
        match self {
            Field::Heading => Setting::Heading,
            Field::ColumnHeading(_) | Field::Cell(_) => Setting::Cell,
            Field::EntryTerm => Setting::Bold,
            Field::Alt => Setting::Brackets,
            Field::Meaning
            | Field::Description
            | Field::ItemText
            | Field::Paragraph
            | Field::Answer
            | Field::Hint
            | Field::Choice
            | Field::Cloze => Setting::Paragraph,
            Field::Title
            | Field::Term
            | Field::FullForm
            | Field::TermsKind
            | Field::Code
            | Field::Math
            | Field::Caption
            | Field::Prompt => Setting::Line,
        }
    }

    /// Key of the attribute that the field is written in.
    pub(super) fn attribute(self) -> Option<&'static str> {
        match self {
            Field::FullForm => Some("full"),
            Field::TermsKind => Some("kind"),
            Field::Caption => Some("caption"),
            _ => None,
        }
    }

    /// Number of the field among the cells of its row.
    pub(super) fn cell(self) -> Option<usize> {
        match self {
            Field::ColumnHeading(index) | Field::Cell(index) => Some(index),
            _ => None,
        }
    }

    /// Whether the field is plain words and can't be absent.
    pub(super) fn is_words(self) -> bool {
        matches!(self, Field::Code | Field::Math | Field::Alt)
    }
}

type Visit<'v> = dyn FnMut(Place, Value<'_>, Option<&Id>) + 'v;

/// Visits every field.
fn walk(material: &mut Material, visit: &mut Visit<'_>) {
    visit(Place { span: Span::NONE, field: Field::Title }, Value::Text(&mut material.title), None);
    sections(&mut material.sections, visit);
}

fn sections(all: &mut [Section], visit: &mut Visit<'_>) {
    for section in all {
        let place = Place { span: section.span, field: Field::Heading };
        visit(place, Value::Text(&mut section.heading), Some(&section.id));
        section.blocks.iter_mut().for_each(|block| in_block(block, visit));
        sections(&mut section.sections, visit);
    }
}

fn in_block(block: &mut Block, visit: &mut Visit<'_>) {
    let span = block.span();
    let at = |field| Place { span, field };
    match block {
        Block::Definition(b) => {
            visit(at(Field::Term), Value::Text(&mut b.term), Some(&b.id));
            visit(at(Field::FullForm), Value::Optional(&mut b.full_form), Some(&b.id));
            visit(at(Field::Meaning), Value::Text(&mut b.meaning), Some(&b.id));
        }
        Block::Terms(b) => terms(b, visit),
        Block::Comparison(b) => comparison(b, visit),
        Block::Table(b) => table(b, visit),
        Block::List(b) => {
            for item in &mut b.items {
                let place = Place { span: item.span, field: Field::ItemText };
                visit(place, Value::Text(&mut item.text), None);
            }
        }
        Block::Paragraph(b) => visit(at(Field::Paragraph), Value::Text(&mut b.text), None),
        Block::Code(b) => visit(at(Field::Code), Value::Words(&mut b.text), None),
        Block::Math(b) => visit(at(Field::Math), Value::Words(&mut b.tex), None),
        Block::Figure(b) => {
            visit(at(Field::Caption), Value::Optional(&mut b.caption), None);
            visit(at(Field::Alt), Value::Words(&mut b.alt), None);
        }
        Block::Question(b) => question(b, visit),
        Block::Cloze(b) => visit(at(Field::Cloze), Value::Text(&mut b.text), Some(&b.id)),
        Block::Note(_) | Block::Quote(_) | Block::Verse(_) => {}
    }
    block.children_mut().into_iter().for_each(|child| in_block(child, visit));
}

fn terms(b: &mut Terms, visit: &mut Visit<'_>) {
    visit(Place { span: b.span, field: Field::TermsKind }, Value::Optional(&mut b.kind), Some(&b.id));
    for entry in &mut b.entries {
        let at = |field| Place { span: entry.span, field };
        visit(at(Field::EntryTerm), Value::Text(&mut entry.term), Some(&entry.id));
        visit(at(Field::Description), Value::Text(&mut entry.description), Some(&entry.id));
    }
}

fn comparison(b: &mut Comparison, visit: &mut Visit<'_>) {
    let heading = |index| Place { span: b.span, field: Field::ColumnHeading(index) };
    visit(heading(0), Value::Text(&mut b.corner), Some(&b.id));
    for (index, subject) in b.subjects.iter_mut().enumerate() {
        visit(heading(index + 1), Value::Text(&mut subject.name), Some(&b.id));
    }
    for aspect in &mut b.aspects {
        let cell = |index| Place { span: aspect.span, field: Field::Cell(index) };
        visit(cell(0), Value::Text(&mut aspect.name), Some(&aspect.id));
        for (index, text) in aspect.cells.iter_mut().enumerate() {
            visit(cell(index + 1), Value::Text(text), Some(&aspect.id));
        }
    }
}

fn table(b: &mut Table, visit: &mut Visit<'_>) {
    for (index, column) in b.columns.iter_mut().enumerate() {
        let place = Place { span: b.span, field: Field::ColumnHeading(index) };
        visit(place, Value::Text(&mut column.heading), None);
    }
    for row in &mut b.rows {
        for (index, text) in row.cells.iter_mut().enumerate() {
            visit(Place { span: row.span, field: Field::Cell(index) }, Value::Text(text), None);
        }
    }
}

fn question(b: &mut Question, visit: &mut Visit<'_>) {
    let at = |field| Place { span: b.span, field };
    visit(at(Field::Prompt), Value::Text(&mut b.prompt), Some(&b.id));
    visit(at(Field::Answer), Value::Text(&mut b.answer), Some(&b.id));
    visit(at(Field::Hint), Value::Optional(&mut b.hint), Some(&b.id));
    for choice in &mut b.choices {
        visit(Place { span: choice.span, field: Field::Choice }, Value::Text(&mut choice.text), Some(&b.id));
    }
}
