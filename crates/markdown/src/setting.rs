//! What the author wants of one thing, said where it stands: `{practice="meaning term" allow=P0050}`.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use patra_core::{Code, Diagnostic, Id, Kind, Material, Phrase, PracticeSettings, Sort, Span, phrase};

use crate::attribute::Attributes;
use crate::reader::Reader;

/// What has an id, told apart where several begin at one place: a list and its first entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Thing {
    /// The whole, by its title.
    Material,
    Section,
    Block,
    Entry,
    Aspect,
}

/// What the author wants of the thing that begins at a place. The ids that nobody wrote are not known before all is read.
#[derive(Debug)]
pub(crate) struct Wish {
    thing: Thing,
    start: usize,
    /// Where it is said.
    span: Span,
    kinds: Option<BTreeSet<Kind>>,
    codes: BTreeSet<Code>,
}

impl Wish {
    /// Makes it a wish of the whole material: what seemed a section was its title.
    pub(crate) fn of_material(&mut self) {
        self.thing = Thing::Material;
    }
}

impl Reader<'_, '_> {
    /// Takes the id of something that begins with `span`, and what the author wants of it.
    pub(crate) fn take_id(&mut self, thing: Thing, span: Span, attributes: &mut Attributes) -> Id {
        let kinds = attributes.take_value("practice");
        let codes = attributes.take_value("allow");
        if let Some(said) = kinds.clone().or(codes.clone()) {
            let kinds = kinds.map(|range| self.kinds(&range));
            let codes = codes.map_or_else(BTreeSet::new, |range| self.codes(&range));
            let said = self.copy.span(&said);
            self.wishes.push(Wish { thing, start: span.start(), span: said, kinds, codes });
        }
        attributes.take_id().unwrap_or_default()
    }

    fn kinds(&mut self, range: &Range<usize>) -> BTreeSet<Kind> {
        let said = self.typed(range);
        let mut kinds = BTreeSet::new();
        for name in names(&said).filter(|name| *name != "none") {
            match name.parse::<Kind>() {
                Ok(kind) => _ = kinds.insert(kind),
                Err(error) => self.report(Code::Attribute, range, error, kinds_known()),
            }
        }
        kinds
    }

    fn codes(&mut self, range: &Range<usize>) -> BTreeSet<Code> {
        let said = self.typed(range);
        let mut codes = BTreeSet::new();
        for name in names(&said) {
            match name.parse::<Code>() {
                Ok(code) => _ = codes.insert(code),
                Err(error) => self.report(Code::Attribute, range, error, "the code stands before the advice"),
            }
        }
        codes
    }
}

fn names(said: &str) -> impl Iterator<Item = &str> {
    said.split([' ', '\t', ',']).filter(|name| !name.is_empty())
}

fn kinds_known() -> Phrase {
    let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    phrase!("write `none`, or some of: {$names}", names = names.join(", "))
}

/// Brings what was said in place into the settings of a material, now that its ids are assigned.
pub(crate) fn settle(material: &mut Material, wishes: Vec<Wish>, found: &mut Vec<Diagnostic>) {
    if wishes.is_empty() {
        return;
    }
    let ids = ids(material);
    for wish in wishes {
        let PracticeSettings { kinds, of, allow, allow_for, .. } = &mut material.practice;
        let id = ids.get(&(wish.thing, wish.start));
        if let Some(wanted) = wish.kinds {
            let before = match id {
                Some(id) => of.insert(id.clone(), wanted.clone()),
                None => kinds.replace(wanted.clone()),
            };
            if before.is_some_and(|before| before != wanted) {
                let message = "the front matter sets otherwise what is asked of this; what stands here counts";
                found.push(Diagnostic::new(Code::Attribute, wish.span, message).with_hint("take one of them out"));
            }
        }
        match id {
            _ if wish.codes.is_empty() => {}
            Some(id) => allow_for.entry(id.clone()).or_default().extend(wish.codes),
            None => allow.extend(wish.codes),
        }
    }
}

/// The id of everything that has one, by its place.
fn ids(material: &Material) -> HashMap<(Thing, usize), Id> {
    let mut ids = HashMap::new();
    material.walk_places(&mut |place| {
        let thing = match place.sort {
            Sort::Section => Thing::Section,
            Sort::Block => Thing::Block,
            Sort::Entry => Thing::Entry,
            Sort::Row => Thing::Aspect,
            _ => return,
        };
        ids.insert((thing, place.span.start()), place.id.clone());
    });
    ids
}
