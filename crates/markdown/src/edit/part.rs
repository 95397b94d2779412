//! Parts of a material by their spans, to remove them or to insert others beside them.
//!
//! A part is identified by its span, which no other part of its kind has, and which stays while others come and go.

use patra_core::{Aspect, Block, Choice, Entry, ListItem, Material, Section, Span};

/// A part of a material that can be removed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Part {
    /// A section, with all that it contains.
    Section(Span),
    /// A block.
    Block(Span),
    /// An entry of a list of terms, or an item of another list.
    Item(Span),
    /// A choice of a question.
    Choice(Span),
    /// A row of a comparison.
    Aspect(Span),
    /// A row of a table.
    Row(Span),
}

/// A part that can be inserted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum NewPart {
    /// A section with its own blocks.
    Section(Section),
    /// A block.
    Block(Block),
    /// An entry of a list of terms.
    Entry(Entry),
    /// An item of a list.
    Item(ListItem),
    /// A choice of a question.
    Choice(Choice),
    /// A row of a comparison.
    Aspect(Aspect),
}

/// Position of a new part.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Position {
    /// After the part with this span.
    After(Span),
    /// At the end of the section's own blocks, the list or the choices of the question with this span.
    End(Span),
}

impl Part {
    /// Span of the part.
    #[must_use]
    pub fn span(self) -> Span {
        match self {
            Part::Section(span)
            | Part::Block(span)
            | Part::Item(span)
            | Part::Choice(span)
            | Part::Aspect(span)
            | Part::Row(span) => span,
        }
    }

    /// Removes the part from a material, together with what would be empty without it.
    pub fn remove_from(self, material: &mut Material) {
        remove(material, self);
    }
}

impl NewPart {
    /// Inserts the part into a material.
    pub fn insert_into(&self, material: &mut Material, position: Position) {
        insert(material, position, self);
    }
}

/// Whether two spans cover the same bytes. Spans compare as equal in any case, so that materials compare by content.
pub(super) fn same(a: Span, b: Span) -> bool {
    (a.start(), a.end()) == (b.start(), b.end())
}

fn remove(material: &mut Material, part: Part) {
    fn sections(all: &mut Vec<Section>, part: Part) {
        if let Part::Section(span) = part {
            all.retain(|section| !same(section.span, span));
        }
        for section in all.iter_mut() {
            blocks(&mut section.blocks, part);
            sections(&mut section.sections, part);
        }
        // What comes before the first heading is a section only as long as there is something.
        all.retain(|section| !(section.heading.is_empty() && section.blocks.is_empty() && section.sections.is_empty()));
    }
    fn blocks(all: &mut Vec<Block>, part: Part) {
        all.retain_mut(|block| {
            let gone = match (part, &mut *block) {
                (Part::Block(span), block) if same(block.span(), span) => true,
                (Part::Item(span), Block::Terms(b)) => {
                    b.entries.retain(|entry| !same(entry.span, span));
                    b.entries.is_empty()
                }
                (Part::Item(span), Block::List(b)) => {
                    b.items.retain(|item| !same(item.span, span));
                    b.items.is_empty()
                }
                (Part::Choice(span), Block::Question(b)) => {
                    b.choices.retain(|choice| !same(choice.span, span));
                    false
                }
                (Part::Aspect(span), Block::Comparison(b)) => {
                    b.aspects.retain(|aspect| !same(aspect.span, span));
                    b.aspects.is_empty()
                }
                (Part::Row(span), Block::Table(b)) => {
                    b.rows.retain(|row| !same(row.span, span));
                    false
                }
                _ => false,
            };
            if !gone {
                inner(block, &mut |inner| blocks(inner, part));
            }
            !gone
        });
    }
    sections(&mut material.sections, part);
}

/// Visits the lists of blocks that stand in a block.
fn inner(block: &mut Block, visit: &mut dyn FnMut(&mut Vec<Block>)) {
    match block {
        Block::Definition(b) => visit(&mut b.details),
        Block::Question(b) => [&mut b.stem, &mut b.details].into_iter().for_each(visit),
        Block::Note(b) => visit(&mut b.blocks),
        Block::Quote(b) => visit(&mut b.blocks),
        Block::Terms(b) => b.entries.iter_mut().for_each(|entry| visit(&mut entry.details)),
        Block::List(b) => b.items.iter_mut().for_each(|item| visit(&mut item.blocks)),
        Block::Comparison(_)
        | Block::Table(_)
        | Block::Paragraph(_)
        | Block::Verse(_)
        | Block::Code(_)
        | Block::Math(_)
        | Block::Figure(_)
        | Block::Cloze(_) => {}
    }
}

fn insert(material: &mut Material, position: Position, new_part: &NewPart) {
    put_in_sections(&mut material.sections, position, new_part);
    if let (NewPart::Section(section), Position::End(span)) = (new_part, position)
        && span.is_none()
    {
        material.sections.push(section.clone());
    }
}

fn put_in_sections(all: &mut Vec<Section>, position: Position, new_part: &NewPart) {
    if let NewPart::Section(section) = new_part {
        put(all, position, section, |section| section.span);
    }
    for section in all {
        match (new_part, position) {
            (NewPart::Section(new), Position::End(span)) if same(section.span, span) => {
                section.sections.push(new.clone())
            }
            (NewPart::Block(new), Position::End(span)) if same(section.span, span) => section.blocks.push(new.clone()),
            _ => {
                put_in_blocks(&mut section.blocks, position, new_part);
                put_in_sections(&mut section.sections, position, new_part);
            }
        }
    }
}

fn put_in_blocks(all: &mut Vec<Block>, position: Position, new_part: &NewPart) {
    if let NewPart::Block(new) = new_part {
        put(all, position, new, Block::span);
    }
    for block in all {
        let own = block.span();
        let at_end = matches!(position, Position::End(span) if same(own, span));
        match (new_part, &mut *block) {
            (NewPart::Entry(new), Block::Terms(b)) => {
                put(&mut b.entries, position, new, |entry| entry.span);
                b.entries.extend(at_end.then(|| new.clone()));
            }
            (NewPart::Item(new), Block::List(b)) => {
                put(&mut b.items, position, new, |item| item.span);
                b.items.extend(at_end.then(|| new.clone()));
            }
            (NewPart::Choice(new), Block::Question(b)) => {
                put(&mut b.choices, position, new, |choice| choice.span);
                b.choices.extend(at_end.then(|| new.clone()));
            }
            (NewPart::Aspect(new), Block::Comparison(b)) => {
                put(&mut b.aspects, position, new, |aspect| aspect.span);
                b.aspects.extend(at_end.then(|| new.clone()));
            }
            _ => {}
        }
        inner(block, &mut |inner| put_in_blocks(inner, position, new_part));
    }
}

fn put<T: Clone>(all: &mut Vec<T>, position: Position, new: &T, span_of: impl Fn(&T) -> Span) {
    let Position::After(span) = position else { return };
    // What is new has no span, and is no neighbour of anything.
    if !span.is_none()
        && let Some(at) = all.iter().position(|part| same(span_of(part), span))
    {
        all.insert(at + 1, new.clone());
    }
}

/// Gives every part of a material that has no source a span of its own.
pub fn number_spans(material: &mut Material) {
    fn sections(all: &mut [Section], next: &mut dyn FnMut() -> Span) {
        for section in all {
            section.span = next();
            section.blocks.iter_mut().for_each(|block| blocks(block, next));
            sections(&mut section.sections, next);
        }
    }
    fn blocks(block: &mut Block, next: &mut dyn FnMut() -> Span) {
        let span = next();
        match block {
            Block::Definition(b) => b.span = span,
            Block::Terms(b) => {
                b.span = span;
                b.entries.iter_mut().for_each(|entry| entry.span = next());
            }
            Block::Comparison(b) => {
                b.span = span;
                b.aspects.iter_mut().for_each(|aspect| aspect.span = next());
            }
            Block::Table(b) => {
                b.span = span;
                b.rows.iter_mut().for_each(|row| row.span = next());
            }
            Block::List(b) => {
                b.span = span;
                b.items.iter_mut().for_each(|item| item.span = next());
            }
            Block::Paragraph(b) => b.span = span,
            Block::Verse(b) => b.span = span,
            Block::Note(b) => b.span = span,
            Block::Quote(b) => b.span = span,
            Block::Code(b) => b.span = span,
            Block::Math(b) => b.span = span,
            Block::Figure(b) => b.span = span,
            Block::Question(b) => {
                b.span = span;
                b.choices.iter_mut().for_each(|choice| choice.span = next());
            }
            Block::Cloze(b) => b.span = span,
        }
        block.children_mut().into_iter().for_each(|block| blocks(block, next));
    }
    let mut count = 0;
    sections(&mut material.sections, &mut || {
        count += 1;
        Span::new(count, count + 1)
    });
}
