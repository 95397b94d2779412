//! Parts of a material by where they stood, to take them out or to put others beside them.
//!
//! A part is told by its span, which no other part of its sort has, and which stays while others come and go.

use patra_core::{Aspect, Block, Choice, Entry, ListItem, Material, Section, Span};

/// A part of a material that can be taken out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    Section(Span),
    Block(Span),
    /// An entry of a list of terms, or an item of another list.
    Item(Span),
    Choice(Span),
    Aspect(Span),
    Row(Span),
}

/// A part that can be put in.
#[derive(Clone, Debug)]
pub(crate) enum Fresh {
    Section(Section),
    Block(Block),
    Entry(Entry),
    Item(ListItem),
    Choice(Choice),
    Aspect(Aspect),
}

/// Where a part is put.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spot {
    After(Span),
    /// At the end of what has the span: of a section's own blocks, of a list, of a question's choices.
    End(Span),
}

fn same(a: Span, b: Span) -> bool {
    // `==` of spans holds always.
    (a.start(), a.end()) == (b.start(), b.end())
}

/// Takes a part out; what is empty without it goes too.
pub(crate) fn remove(material: &mut Material, part: Part) {
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
        Block::Question(b) => visit(&mut b.details),
        Block::Note(b) => visit(&mut b.blocks),
        Block::Quote(b) => visit(&mut b.blocks),
        Block::Terms(b) => b.entries.iter_mut().for_each(|entry| visit(&mut entry.details)),
        Block::List(b) => b.items.iter_mut().for_each(|item| visit(&mut item.blocks)),
        Block::Comparison(_)
        | Block::Table(_)
        | Block::Paragraph(_)
        | Block::Code(_)
        | Block::Math(_)
        | Block::Figure(_)
        | Block::Cloze(_) => {}
    }
}

/// Puts a part where it belongs.
pub(crate) fn insert(material: &mut Material, spot: Spot, fresh: &Fresh) {
    put_in_sections(&mut material.sections, spot, fresh);
    if let (Fresh::Section(section), Spot::End(span)) = (fresh, spot)
        && span.is_none()
    {
        material.sections.push(section.clone());
    }
}

fn put_in_sections(all: &mut Vec<Section>, spot: Spot, fresh: &Fresh) {
    if let Fresh::Section(section) = fresh {
        put(all, spot, section, |section| section.span);
    }
    for section in all {
        match (fresh, spot) {
            (Fresh::Section(new), Spot::End(span)) if same(section.span, span) => section.sections.push(new.clone()),
            (Fresh::Block(new), Spot::End(span)) if same(section.span, span) => section.blocks.push(new.clone()),
            _ => {
                put_in_blocks(&mut section.blocks, spot, fresh);
                put_in_sections(&mut section.sections, spot, fresh);
            }
        }
    }
}

fn put_in_blocks(all: &mut Vec<Block>, spot: Spot, fresh: &Fresh) {
    if let Fresh::Block(new) = fresh {
        put(all, spot, new, Block::span);
    }
    for block in all {
        let own = block.span();
        let at_end = matches!(spot, Spot::End(span) if same(own, span));
        match (fresh, &mut *block) {
            (Fresh::Entry(new), Block::Terms(b)) => {
                put(&mut b.entries, spot, new, |entry| entry.span);
                b.entries.extend(at_end.then(|| new.clone()));
            }
            (Fresh::Item(new), Block::List(b)) => {
                put(&mut b.items, spot, new, |item| item.span);
                b.items.extend(at_end.then(|| new.clone()));
            }
            (Fresh::Choice(new), Block::Question(b)) => {
                put(&mut b.choices, spot, new, |choice| choice.span);
                b.choices.extend(at_end.then(|| new.clone()));
            }
            (Fresh::Aspect(new), Block::Comparison(b)) => {
                put(&mut b.aspects, spot, new, |aspect| aspect.span);
                b.aspects.extend(at_end.then(|| new.clone()));
            }
            _ => {}
        }
        inner(block, &mut |inner| put_in_blocks(inner, spot, fresh));
    }
}

fn put<T: Clone>(all: &mut Vec<T>, spot: Spot, new: &T, span_of: impl Fn(&T) -> Span) {
    let Spot::After(span) = spot else { return };
    // What is new has no span, and is no neighbour of anything.
    if !span.is_none()
        && let Some(at) = all.iter().position(|part| same(span_of(part), span))
    {
        all.insert(at + 1, new.clone());
    }
}

/// Gives every part of a material that was read from no source a span of its own.
pub(crate) fn number(material: &mut Material) {
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
