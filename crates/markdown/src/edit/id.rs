//! Ids written into the source where a change would alter a derived one: a corrected term keeps its id, and with it what
//! learners have learned of it.

use patra_core::{Block, Id, Material, Section, Span, Text};

use super::braces::{attached, before_block};
use super::{Document, Edit, FrontMatterValue, front_matter};

/// Something with an id.
pub(super) struct Thing<'m> {
    pub(super) id: &'m Id,
    pub(super) place: Place<'m>,
}

/// Where its id can be written.
pub(super) enum Place<'m> {
    Material,
    /// After one of these texts, in the span.
    After(Vec<Text>, Span),
    /// On a line before the span.
    Before(Span),
    /// Before a name, in an attribute before the span.
    Region(&'m Text, Span),
}

/// The changes of `document` that give its things the ids of `intended`; `None` where the two don't have the same things, or an
/// id can't be written.
pub(super) fn pins(document: &Document, intended: &Material) -> Option<Vec<Edit>> {
    let (found, wanted) = (things(document.material()), things(intended));
    if found.len() != wanted.len() {
        return None;
    }
    let mut pins = Vec::new();
    for (found, wanted) in found.iter().zip(&wanted) {
        if found.id != wanted.id {
            pins.push(pin(document, &found.place, wanted.id)?);
        }
    }
    Some(pins)
}

/// The change that writes an id in its place; `None` where the source has none.
pub(super) fn pin(document: &Document, place: &Place<'_>, id: &Id) -> Option<Edit> {
    let attribute = format!("#{id}");
    match place {
        Place::Material => front_matter::set(document.text(), "id", &FrontMatterValue::Bare(id.to_string())),
        Place::After(texts, span) => {
            let passage = texts.iter().find_map(|text| document.within(text, *span).next())?;
            Some(attached(document.text(), passage.span.end(), &attribute))
        }
        Place::Before(span) => before_block(document.text(), span.start(), &attribute),
        Place::Region(name, span) => {
            let passage = document.before(name, *span)?;
            Some(Edit::new(passage.span.start()..passage.span.start(), format!("{attribute} ")))
        }
    }
}

/// All that has an id of its own, in reading order.
pub(super) fn things(material: &Material) -> Vec<Thing<'_>> {
    let mut out = vec![Thing { id: &material.id, place: Place::Material }];
    sections(&material.sections, &mut out);
    out
}

fn sections<'m>(all: &'m [Section], out: &mut Vec<Thing<'m>>) {
    for section in all {
        let place = Place::After(vec![section.heading.clone()], section.span);
        out.push(Thing { id: &section.id, place });
        section.blocks.iter().for_each(|block| blocks(block, out));
        sections(&section.sections, out);
    }
}

fn blocks<'m>(block: &'m Block, out: &mut Vec<Thing<'m>>) {
    let mut add = |id: &'m Id, place: Place<'m>| out.push(Thing { id, place });
    let after = |text: &Text, span: Span| Place::After(vec![text.clone()], span);
    match block {
        Block::Definition(b) => {
            let mut heads = vec![b.term.clone()];
            if let Some(full) = &b.full_form {
                heads.push(Text::plain(format!("{} ({})", b.term.to_plain(), full.to_plain())));
            }
            add(&b.id, Place::After(heads, b.span));
        }
        Block::Terms(b) => {
            add(&b.id, Place::Before(b.span));
            b.entries.iter().for_each(|entry| add(&entry.id, after(&entry.term, entry.span)));
        }
        Block::Comparison(b) => {
            add(&b.id, Place::Before(b.span));
            b.subjects.iter().for_each(|subject| add(&subject.id, after(&subject.name, subject.span)));
            b.aspects.iter().for_each(|aspect| add(&aspect.id, after(&aspect.name, aspect.span)));
        }
        Block::Question(b) => add(&b.id, after(&b.prompt, b.span)),
        Block::Cloze(b) => add(&b.id, after(&b.text, b.span)),
        Block::Figure(b) => {
            b.regions.iter().for_each(|region| add(&region.id, Place::Region(&region.name, b.span)));
        }
        Block::Table(_)
        | Block::List(_)
        | Block::Paragraph(_)
        | Block::Verse(_)
        | Block::Note(_)
        | Block::Quote(_)
        | Block::Code(_)
        | Block::Math(_) => {}
    }
    block.children().into_iter().for_each(|child| blocks(child, out));
}
