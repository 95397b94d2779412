//! Ids written into the source where, after a change, others would be derived: a term that is mended keeps its id, and with it
//! what learners know of it.

use patra_core::{Block, Id, Material, Section, Span, Text};

use crate::attribute::{attached, before_block};
use crate::front_matter::{self, Replacement};
use crate::passage::Reading;

/// Something with an id.
pub(crate) struct Thing<'m> {
    pub(crate) id: &'m Id,
    pub(crate) place: Place<'m>,
}

/// Where its id can be written.
pub(crate) enum Place<'m> {
    Material,
    /// After one of these texts, in the span.
    After(Vec<Text>, Span),
    /// On a line before the span.
    Before(Span),
    /// Before a name, in an attribute before the span.
    Region(&'m Text, Span),
}

/// The changes of `reading` that give its things the ids of `intended`; `None` where the two don't have the same things, or an
/// id can't be written.
pub(crate) fn pins(reading: &Reading, intended: &Material) -> Option<Vec<Replacement>> {
    let (found, wanted) = (things(&reading.material), things(intended));
    if found.len() != wanted.len() {
        return None;
    }
    let mut pins = Vec::new();
    for (found, wanted) in found.iter().zip(&wanted) {
        if found.id != wanted.id {
            pins.push(pin(reading, &found.place, wanted.id)?);
        }
    }
    Some(pins)
}

/// The change that writes an id in its place; `None` where the source has none.
pub(crate) fn pin(reading: &Reading, place: &Place<'_>, id: &Id) -> Option<Replacement> {
    let attribute = format!("#{id}");
    match place {
        Place::Material => front_matter::set(&reading.text, "id", &front_matter::Value::Bare(id.to_string())),
        Place::After(texts, span) => {
            let passage = texts.iter().find_map(|text| reading.within(text, *span).next())?;
            Some(attached(&reading.text, passage.span.end(), &attribute))
        }
        Place::Before(span) => before_block(&reading.text, span.start(), &attribute),
        Place::Region(name, span) => {
            let passage = reading.before(name, *span)?;
            Some((passage.span.start()..passage.span.start(), format!("{attribute} ")))
        }
    }
}

/// All that has an id of its own, in reading order.
pub(crate) fn things(material: &Material) -> Vec<Thing<'_>> {
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
        | Block::Note(_)
        | Block::Quote(_)
        | Block::Code(_)
        | Block::Math(_) => {}
    }
    block.children().into_iter().for_each(|child| blocks(child, out));
}
