//! Changes made in a source, each tried until the source gives the model asked for.

use std::collections::BTreeSet;
use std::ops::Range;

use patra_core::Material;

use super::Document;
use super::id::pins;

/// A replacement of some bytes of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// The bytes replaced; an empty range inserts.
    pub range: Range<usize>,
    /// The text in their place.
    pub text: String,
}

impl Edit {
    /// Replaces the bytes of `range` with `text`.
    #[must_use]
    pub fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Edit { range, text: text.into() }
    }
}

/// A change of the model, as edits of the source.
///
/// There may be several ways to write it, the smallest first, and whether a way gives the model asked for shows only when
/// the source is read again. [`Document::apply`] does that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The ways to make the change; none if the source has no place for it.
    pub ways: Vec<Vec<Edit>>,
}

impl Change {
    pub(super) fn one(edit: Option<Edit>) -> Self {
        Change { ways: edit.into_iter().map(|edit| vec![edit]).collect() }
    }
}

/// Result of applying changes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// The source with all of the changes that can be made.
    pub text: String,
    /// Indices of the changes that can't be made.
    pub failed: Vec<usize>,
}

/// How often ids are written before the change is given up: writing one may change how another is derived.
const ROUNDS: usize = 4;

impl Document {
    /// Makes changes, each in the first of its ways that gives the model asked for.
    ///
    /// `intended` gives the model with some of the changes, by their indices. Where a change would alter the derived id of
    /// something, the id that it has in the intended model is written into the source. A change fails if none of its ways
    /// gives that model, or if all would add an error to the source.
    #[must_use]
    pub fn apply(&self, changes: &[Change], intended: &dyn Fn(&[usize]) -> Material) -> Applied {
        Application { document: self, changes, intended }.run()
    }
}

struct Application<'a> {
    document: &'a Document,
    changes: &'a [Change],
    intended: &'a dyn Fn(&[usize]) -> Material,
}

impl Application<'_> {
    fn run(&self) -> Applied {
        let mut ways = vec![0; self.changes.len()];
        let mut failed: Vec<usize> = (0..self.changes.len()).filter(|&i| self.changes[i].ways.is_empty()).collect();
        let able: Vec<usize> = (0..self.changes.len()).filter(|i| !failed.contains(i)).collect();
        if let Some(text) = self.attempt(&able, &ways) {
            return Applied { text, failed };
        }
        self.split(&able, &mut ways, &mut failed);
        let able: Vec<usize> = able.into_iter().filter(|i| !failed.contains(i)).collect();
        match self.attempt(&able, &ways) {
            Some(text) => Applied { text, failed },
            // Each alone, but not together.
            None => Applied { text: self.document.text().to_owned(), failed: (0..self.changes.len()).collect() },
        }
    }

    /// Finds the ways for some of the changes; halves them as long as they fail together.
    fn split(&self, some: &[usize], ways: &mut [usize], failed: &mut Vec<usize>) {
        match some {
            [] => {}
            [only] => {
                let fits = (0..self.changes[*only].ways.len()).find(|&way| {
                    ways[*only] = way;
                    self.attempt(some, ways).is_some()
                });
                if fits.is_none() {
                    failed.push(*only);
                }
            }
            _ => {
                for half in [&some[..some.len() / 2], &some[some.len() / 2..]] {
                    if self.attempt(half, ways).is_none() {
                        self.split(half, ways, failed);
                    }
                }
            }
        }
    }

    /// The source with some of the changes, if it gives the model intended.
    fn attempt(&self, some: &[usize], ways: &[usize]) -> Option<String> {
        let intended = (self.intended)(some);
        let edits = some.iter().flat_map(|&i| self.changes[i].ways[ways[i]].iter().cloned()).collect();
        let mut text = edited(self.document.text(), edits)?;
        for _ in 0..ROUNDS {
            let document = Document::read(text, self.document.options())?;
            if document.errors() != self.document.errors() {
                return None;
            }
            if is_same(document.material(), &intended) {
                return Some(document.into_text());
            }
            let pins = pins(&document, &intended).filter(|pins| !pins.is_empty())?;
            text = edited(document.text(), pins)?;
        }
        None
    }
}

/// Whether two materials are the same, apart from settings for ids that no longer exist.
pub(super) fn is_same(found: &Material, intended: &Material) -> bool {
    if found == intended {
        return true;
    }
    if found.practice == intended.practice {
        return false;
    }
    let mut ids = BTreeSet::new();
    intended.walk_places(&mut |place| {
        ids.insert(place.id.clone());
    });
    let settled = |material: &Material| {
        let mut material = material.clone();
        material.practice.of.retain(|id, _| ids.contains(id));
        material.practice.allow_for.retain(|id, _| ids.contains(id));
        material
    };
    settled(found) == settled(intended)
}

/// The text with edits made, which may touch but not overlap.
fn edited(text: &str, mut edits: Vec<Edit>) -> Option<String> {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(text.get(done..edit.range.start)?);
        out.push_str(&edit.text);
        done = edit.range.end;
        text.get(edit.range)?;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}
