//! Where in the source the things stand that items ask about.

use std::collections::BTreeMap;

use patra_core::{Block, Id, Material, Span, Text};

/// The subject and the aspect of each cell of every comparison.
pub(crate) fn compared(material: &Material) -> BTreeMap<Id, (Text, Text)> {
    let mut compared = BTreeMap::new();
    material.walk_blocks(&mut |block, _| {
        if let Block::Comparison(comparison) = block {
            for aspect in &comparison.aspects {
                for subject in &comparison.subjects {
                    let names = (subject.name.clone(), aspect.name.clone());
                    compared.insert(comparison.cell_id(aspect, subject), names);
                }
            }
        }
    });
    compared
}

/// The place of everything that has an id of its own and can be asked about.
pub(crate) fn origins(material: &Material) -> BTreeMap<Id, Span> {
    let mut origins = BTreeMap::new();
    material.walk_blocks(&mut |block, _| match block {
        Block::Definition(definition) => {
            origins.insert(definition.id.clone(), definition.span);
        }
        Block::Terms(terms) => {
            origins.insert(terms.id.clone(), terms.span);
            origins.extend(terms.entries.iter().map(|entry| (entry.id.clone(), entry.span)));
        }
        Block::Comparison(comparison) => {
            origins.insert(comparison.id.clone(), comparison.span);
            for aspect in &comparison.aspects {
                let cells = comparison.subjects.iter().map(|subject| comparison.cell_id(aspect, subject));
                origins.extend(cells.chain([comparison.row_id(aspect)]).map(|id| (id, aspect.span)));
            }
        }
        Block::Question(question) => {
            origins.insert(question.id.clone(), question.span);
        }
        Block::Cloze(cloze) => {
            origins.insert(cloze.id.clone(), cloze.span);
        }
        Block::Paragraph(_)
        | Block::Table(_)
        | Block::List(_)
        | Block::Note(_)
        | Block::Quote(_)
        | Block::Code(_)
        | Block::Math(_)
        | Block::Figure(_) => {}
    });
    origins
}
