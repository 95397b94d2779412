//! Ids for things whose keys are equal.
//!
//! [`Material::assign_ids`] tells equal keys apart by their sections. Pasted text also repeats a term within a section,
//! and a heading within the text; there the second gets an id of its own, its key with `-2`.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{Block, Id, Material, Section};

#[derive(Default)]
struct Keys {
    /// Every key, whether or not a thing has it for its id.
    taken: BTreeSet<Id>,
    /// The number to try next for a key.
    next: BTreeMap<Id, usize>,
}

impl Keys {
    /// `key-2`, or the first such that is free.
    fn numbered(&mut self, key: &Id) -> Id {
        let number = self.next.entry(key.clone()).or_insert(2);
        loop {
            let id = Id::new(&format!("{key}-{number}")).unwrap_or_else(|_| Id::from_key(&format!("{key} {number}")));
            *number += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Gives ids of their own to sections, and to things in a section, whose key another before them has.
pub(crate) fn distinct_ids(material: &mut Material) {
    let mut keys = Keys::default();
    visit_sections(&mut material.sections, &mut |section| {
        keys.taken.insert(section_key(section));
        for block in &mut section.blocks {
            visit_things(block, &mut |_, key| {
                keys.taken.insert(key);
            });
        }
    });
    let mut headings = BTreeSet::new();
    visit_sections(&mut material.sections, &mut |section| {
        let key = section_key(section);
        if !headings.insert(key.clone()) {
            section.id = keys.numbered(&key);
        }
        let mut things = BTreeSet::new();
        for block in &mut section.blocks {
            visit_things(block, &mut |id, key| {
                if !things.insert(key.clone()) {
                    *id = keys.numbered(&key);
                }
            });
        }
    });
}

fn section_key(section: &Section) -> Id {
    Id::from_key(&section.heading.to_plain())
}

fn visit_sections(sections: &mut [Section], visit: &mut dyn FnMut(&mut Section)) {
    for section in sections {
        visit(section);
        visit_sections(&mut section.sections, visit);
    }
}

/// Visits every thing that has an id, with its key; of lists of terms only what they list, since core numbers them.
fn visit_things(block: &mut Block, visit: &mut dyn FnMut(&mut Id, Id)) {
    let key = |text: &patra_core::Text| Id::from_key(&text.to_plain());
    match block {
        Block::Definition(definition) => visit(&mut definition.id, key(&definition.term)),
        Block::Question(question) => visit(&mut question.id, key(&question.prompt)),
        Block::Terms(terms) => {
            if let Some(kind) = &terms.kind {
                visit(&mut terms.id, key(kind));
            }
            for entry in &mut terms.entries {
                visit(&mut entry.id, key(&entry.term));
            }
        }
        Block::Comparison(comparison) => {
            let names: Vec<String> = comparison.subjects.iter().map(|subject| subject.name.to_plain()).collect();
            visit(&mut comparison.id, Id::from_key(&names.join(" ")));
            let mut inner = Keys::default();
            let parts = comparison.subjects.iter_mut().map(|subject| (&mut subject.id, key(&subject.name)));
            let parts: Vec<(&mut Id, Id)> =
                parts.chain(comparison.aspects.iter_mut().map(|aspect| (&mut aspect.id, key(&aspect.name)))).collect();
            inner.taken.extend(parts.iter().map(|(_, key)| key.clone()));
            let mut seen = BTreeSet::new();
            for (id, key) in parts {
                if !seen.insert(key.clone()) {
                    *id = inner.numbered(&key);
                }
            }
        }
        _ => {}
    }
    for child in block.children_mut() {
        visit_things(child, visit);
    }
}
