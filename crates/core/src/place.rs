//! Where the things of a material stand: in the source, and in what.

use std::collections::HashMap;

use crate::{Block, Id, Material, Span};

/// What has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// A section.
    Section,
    /// A definition, a list of terms, a comparison, a question or a sentence with gaps.
    Block,
    /// An entry of a list of terms.
    Entry,
    /// A row of a comparison.
    Row,
    /// A cell of a comparison.
    Cell,
    /// A region of a picture.
    Region,
}

/// Something that has an id, with where it stands.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Place<'a> {
    /// Its id.
    pub id: &'a Id,
    /// What it is.
    pub sort: Sort,
    /// Where it stands in the source; for a cell its row, for a region its picture.
    pub span: Span,
    /// The id of what it stands in: an entry in its list, a cell in its row, all else in a section.
    pub within: Option<&'a Id>,
}

/// The places of all that has an id. Of things with one id, the first keeps it.
#[derive(Clone, Debug, Default)]
pub struct Places {
    of: HashMap<Id, (Span, Option<Id>)>,
}

impl Material {
    /// Visits everything that has an id: the sections, then what stands in them, in reading order, each before what stands in
    /// it.
    pub fn walk_places(&self, visit: &mut dyn FnMut(Place<'_>)) {
        self.walk_sections(&mut |section, above| {
            let within = above.last().map(|outer| &outer.id);
            visit(Place { id: &section.id, sort: Sort::Section, span: section.span, within });
        });
        self.walk_blocks(&mut |block, section| {
            let mut add = |id: &Id, sort, span, within: &Id| visit(Place { id, sort, span, within: Some(within) });
            if let Some(id) = block.id() {
                add(id, Sort::Block, block.span(), &section.id);
            }
            match block {
                Block::Terms(b) => {
                    b.entries.iter().for_each(|entry| add(&entry.id, Sort::Entry, entry.span, &b.id));
                }
                Block::Comparison(b) => {
                    for aspect in &b.aspects {
                        let row = b.row_id(aspect);
                        add(&row, Sort::Row, aspect.span, &b.id);
                        for subject in &b.subjects {
                            add(&b.cell_id(aspect, subject), Sort::Cell, aspect.span, &row);
                        }
                    }
                }
                Block::Figure(b) => {
                    b.regions.iter().for_each(|region| add(&region.id, Sort::Region, b.span, &section.id));
                }
                _ => {}
            }
        });
    }
}

impl Places {
    /// The places of a material whose ids are assigned.
    #[must_use]
    pub fn of(material: &Material) -> Self {
        let mut of = HashMap::new();
        material.walk_places(&mut |Place { id, span, within, .. }| {
            // A thing within itself would have no outermost.
            let within = within.filter(|within| *within != id).cloned();
            of.entry(id.clone()).or_insert((span, within));
        });
        Places { of }
    }

    /// Where the thing with an id stands in the source; [`Span::NONE`] where there is none.
    #[must_use]
    pub fn span(&self, id: &Id) -> Span {
        self.of.get(id).map_or(Span::NONE, |(span, _)| *span)
    }

    /// Whether something has this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.of.contains_key(id)
    }

    /// An id and those of what it stands in, from the innermost.
    pub fn around<'a>(&'a self, id: &'a Id) -> impl Iterator<Item = &'a Id> {
        std::iter::successors(Some(id), |id| self.of.get(*id)?.1.as_ref())
            // Ids given twice could lead round in a circle.
            .take(self.of.len() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aspect, Comparison, Section, Subject};

    #[test]
    fn a_cell_stands_in_its_row_and_so_on() {
        let subject = |name: &str| Subject { name: name.into(), ..Subject::default() };
        let aspect = Aspect { name: "cost".into(), cells: vec!["1".into(), "2".into()], ..Aspect::default() };
        let comparison =
            Comparison { subjects: vec![subject("p"), subject("q")], aspects: vec![aspect], ..Comparison::default() };
        let inner =
            Section { heading: "inner".into(), blocks: vec![Block::Comparison(comparison)], ..Section::default() };
        let outer = Section { heading: "outer".into(), sections: vec![inner], ..Section::default() };
        let mut material = Material { title: "t".into(), sections: vec![outer], ..Material::default() };
        material.assign_ids();
        let places = Places::of(&material);
        let cell = Id::from_key("p-q").join("cost").join("q");
        let around: Vec<&str> = places.around(&cell).map(Id::as_str).collect();
        assert_eq!(around, ["p-q.cost.q", "p-q.cost", "p-q", "inner", "outer"]);
        assert!(places.has("outer") && !places.has("p"));
    }
}
