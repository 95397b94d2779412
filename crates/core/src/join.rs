//! What a material needs to become a part of another.

use std::collections::HashSet;

use crate::{Block, Id, ListItem, Material, Run, Section, Span, Text};

/// A name in a material that leads out of it or to another place in it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Reference<'a> {
    /// The file of a figure.
    File(&'a mut String),
    /// The target of a link.
    Link(&'a mut String),
}

impl Material {
    /// Moves every span `by` bytes, to where the material's source begins in a [`SourceMap`](crate::SourceMap).
    pub fn shift_spans(&mut self, by: usize) {
        each_section(&mut self.sections, &mut |section| {
            move_by(&mut section.span, by);
            section.blocks.iter_mut().for_each(|block| shift_block(block, by));
        });
    }

    /// Visits the names of all files, and the targets of all links.
    pub fn references_mut(&mut self, visit: &mut dyn FnMut(Reference<'_>, Span)) {
        text_references(&mut self.title, Span::NONE, visit);
        each_section(&mut self.sections, &mut |section| {
            text_references(&mut section.heading, section.span, visit);
            section.blocks.iter_mut().for_each(|block| block_references(block, visit));
        });
    }

    /// Visits every id that is unique in the material, set or not: of sections, and of all that can be learnt. The material's
    /// own is not among them, nor are those of subjects and aspects, which are unique in their comparison alone.
    pub fn ids_mut(&mut self, visit: &mut dyn FnMut(&mut Id)) {
        each_section(&mut self.sections, &mut |section| {
            visit(&mut section.id);
            section.blocks.iter_mut().for_each(|block| block_ids(block, visit));
        });
    }

    /// Takes away the ids that [`assign_ids`](Material::assign_ids) would give again, so that they can be derived anew
    /// among the things of another material.
    pub fn forget_derived_ids(&mut self) {
        let mut bare = self.clone();
        bare.ids_mut(&mut |id| *id = Id::default());
        bare.assign_ids();
        let mut derived = Vec::new();
        bare.ids_mut(&mut |id| derived.push(std::mem::take(id)));
        let mut derived = derived.into_iter();
        let mut seen = HashSet::new();
        self.ids_mut(&mut |id| {
            // Things with one id were told apart by nobody: one of them was written.
            let first = seen.insert(id.clone());
            if derived.next().as_ref() == Some(id) && first {
                *id = Id::default();
            }
        });
    }
}

fn move_by(span: &mut Span, by: usize) {
    *span = span.shifted(by);
}

fn each_section(sections: &mut [Section], visit: &mut dyn FnMut(&mut Section)) {
    for section in sections {
        visit(section);
        each_section(&mut section.sections, visit);
    }
}

fn block_ids(block: &mut Block, visit: &mut dyn FnMut(&mut Id)) {
    match block {
        Block::Definition(b) => visit(&mut b.id),
        Block::Question(b) => visit(&mut b.id),
        Block::Cloze(b) => visit(&mut b.id),
        Block::Comparison(b) => visit(&mut b.id),
        Block::Terms(b) => {
            visit(&mut b.id);
            b.entries.iter_mut().for_each(|entry| visit(&mut entry.id));
        }
        Block::Figure(b) => b.regions.iter_mut().for_each(|region| visit(&mut region.id)),
        Block::Table(_)
        | Block::List(_)
        | Block::Paragraph(_)
        | Block::Verse(_)
        | Block::Note(_)
        | Block::Quote(_)
        | Block::Code(_)
        | Block::Math(_) => {}
    }
    block.children_mut().into_iter().for_each(|child| block_ids(child, visit));
}

fn shift_block(block: &mut Block, by: usize) {
    match block {
        Block::Definition(b) => move_by(&mut b.span, by),
        Block::Terms(b) => {
            move_by(&mut b.span, by);
            b.entries.iter_mut().for_each(|entry| move_by(&mut entry.span, by));
        }
        Block::Comparison(b) => {
            move_by(&mut b.span, by);
            b.subjects.iter_mut().for_each(|subject| move_by(&mut subject.span, by));
            b.aspects.iter_mut().for_each(|aspect| move_by(&mut aspect.span, by));
        }
        Block::Table(b) => {
            move_by(&mut b.span, by);
            b.rows.iter_mut().for_each(|row| move_by(&mut row.span, by));
        }
        Block::List(b) => {
            move_by(&mut b.span, by);
            b.items.iter_mut().for_each(|item| move_by(&mut item.span, by));
        }
        Block::Paragraph(b) => move_by(&mut b.span, by),
        Block::Verse(b) => move_by(&mut b.span, by),
        Block::Note(b) => move_by(&mut b.span, by),
        Block::Quote(b) => move_by(&mut b.span, by),
        Block::Code(b) => move_by(&mut b.span, by),
        Block::Math(b) => move_by(&mut b.span, by),
        Block::Figure(b) => move_by(&mut b.span, by),
        Block::Question(b) => {
            move_by(&mut b.span, by);
            b.choices.iter_mut().for_each(|choice| move_by(&mut choice.span, by));
        }
        Block::Cloze(b) => move_by(&mut b.span, by),
    }
    block.children_mut().into_iter().for_each(|child| shift_block(child, by));
}

fn text_references(text: &mut Text, span: Span, visit: &mut dyn FnMut(Reference<'_>, Span)) {
    for run in text.runs_mut() {
        match run {
            Run::Link(link) => {
                visit(Reference::Link(&mut link.target), span);
                text_references(&mut link.text, span, visit);
            }
            Run::Strong(inner)
            | Run::Emphasis(inner)
            | Run::Superscript(inner)
            | Run::Subscript(inner)
            | Run::Strikeout(inner) => text_references(inner, span, visit),
            Run::Gap(gap) => text_references(&mut gap.text, span, visit),
            Run::Language(tagged) => text_references(&mut tagged.text, span, visit),
            Run::Plain(_) | Run::Code(_) | Run::Math(_) | Run::Break => {}
        }
    }
}

fn block_references(block: &mut Block, visit: &mut dyn FnMut(Reference<'_>, Span)) {
    let span = block.span();
    let mut texts = |texts: &mut dyn Iterator<Item = &mut Text>| {
        texts.for_each(|text| text_references(text, span, visit));
    };
    match block {
        Block::Definition(b) => {
            texts(&mut [&mut b.term, &mut b.meaning].into_iter().chain(&mut b.full_form));
        }
        Block::Terms(b) => {
            let entries = b.entries.iter_mut().flat_map(|entry| [&mut entry.term, &mut entry.description]);
            texts(&mut entries.chain(&mut b.kind));
        }
        Block::Comparison(b) => {
            let subjects = b.subjects.iter_mut().map(|subject| &mut subject.name);
            let aspects = b.aspects.iter_mut().flat_map(|aspect| aspect.cells.iter_mut().chain([&mut aspect.name]));
            texts(&mut [&mut b.corner].into_iter().chain(subjects).chain(aspects));
        }
        Block::Table(b) => {
            let headings = b.columns.iter_mut().map(|column| &mut column.heading);
            texts(&mut headings.chain(b.rows.iter_mut().flat_map(|row| &mut row.cells)));
        }
        Block::List(b) => texts(&mut b.items.iter_mut().map(|ListItem { text, .. }| text)),
        Block::Paragraph(b) => texts(&mut [&mut b.text].into_iter()),
        Block::Verse(b) => texts(&mut b.stanzas.iter_mut().flatten()),
        Block::Figure(b) => {
            texts(&mut b.caption.iter_mut().chain(b.regions.iter_mut().map(|region| &mut region.name)));
            visit(Reference::File(&mut b.source), span);
        }
        Block::Question(b) => {
            let choices = b.choices.iter_mut().map(|choice| &mut choice.text);
            texts(&mut [&mut b.prompt, &mut b.answer].into_iter().chain(choices).chain(&mut b.hint));
        }
        Block::Cloze(b) => texts(&mut [&mut b.text].into_iter()),
        Block::Note(_) | Block::Quote(_) | Block::Code(_) | Block::Math(_) => {}
    }
    block.children_mut().into_iter().for_each(|child| block_references(child, visit));
}
