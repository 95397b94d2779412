//! Where the things of a material stand: in the source, and in what.

use std::collections::HashMap;

use crate::{Block, Id, Material, Span};

/// The places of all that has an id.
#[derive(Debug, Default)]
pub(super) struct Places {
    of: HashMap<Id, Place>,
}

#[derive(Debug)]
struct Place {
    span: Span,
    /// What it stands in: an entry in its list, a cell in its row, a block or section in a section.
    within: Option<Id>,
}

impl Places {
    pub(super) fn of(material: &Material) -> Self {
        let mut places = Places::default();
        material.walk_sections(&mut |section, above| {
            places.add(&section.id, section.span, above.last().map(|outer| &outer.id));
        });
        material.walk_blocks(&mut |block, section| {
            let section = Some(&section.id);
            match block {
                Block::Definition(b) => places.add(&b.id, b.span, section),
                Block::Question(b) => places.add(&b.id, b.span, section),
                Block::Cloze(b) => places.add(&b.id, b.span, section),
                Block::Terms(b) => {
                    places.add(&b.id, b.span, section);
                    b.entries.iter().for_each(|entry| places.add(&entry.id, entry.span, Some(&b.id)));
                }
                Block::Comparison(b) => {
                    places.add(&b.id, b.span, section);
                    for aspect in &b.aspects {
                        let row = b.row_id(aspect);
                        places.add(&row, aspect.span, Some(&b.id));
                        b.subjects
                            .iter()
                            .for_each(|subject| places.add(&b.cell_id(aspect, subject), aspect.span, Some(&row)));
                    }
                }
                Block::Table(_)
                | Block::List(_)
                | Block::Paragraph(_)
                | Block::Note(_)
                | Block::Quote(_)
                | Block::Code(_)
                | Block::Math(_)
                | Block::Figure(_) => {}
            }
        });
        places
    }

    /// The first thing with an id is the one that keeps it.
    fn add(&mut self, id: &Id, span: Span, within: Option<&Id>) {
        // A thing within itself would have no outermost.
        let within = within.filter(|within| *within != id).cloned();
        self.of.entry(id.clone()).or_insert(Place { span, within });
    }

    pub(super) fn span(&self, id: &Id) -> Span {
        self.of.get(id).map_or(Span::NONE, |place| place.span)
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.of.contains_key(id)
    }

    /// An id and those of what it stands in, from the innermost.
    pub(super) fn around<'a>(&'a self, id: &'a Id) -> impl Iterator<Item = &'a Id> {
        std::iter::successors(Some(id), |id| self.of.get(*id)?.within.as_ref())
            // Ids given twice could lead round in a circle.
            .take(self.of.len() + 1)
    }
}
