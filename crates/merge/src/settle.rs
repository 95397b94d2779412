//! Changes into a source, each tried until the source reads as it should.

use std::collections::BTreeSet;

use patra_core::Material;
use patra_markdown::ReadOptions;

use crate::front_matter::Replacement;
use crate::passage::Reading;
use crate::pin::pins;

/// How often ids are written before it is given up: each may make another one be derived differently.
const ROUNDS: usize = 4;

/// Something to be changed, with the ways to do it in the source, the best first.
pub(crate) struct Step {
    pub(crate) ways: Vec<Vec<Replacement>>,
}

/// Changes under way.
pub(crate) struct Settling<'s> {
    pub(crate) reading: &'s Reading,
    pub(crate) options: &'s ReadOptions,
    pub(crate) steps: &'s [Step],
    /// The material with some of the changes, by their places.
    pub(crate) intended: &'s dyn Fn(&[usize]) -> Material,
}

/// What came of the changes.
pub(crate) struct Settled {
    /// The source with all of the changes that can be made.
    pub(crate) text: String,
    /// Those that can't, by their places.
    pub(crate) failed: Vec<usize>,
}

impl Settling<'_> {
    /// Makes the changes, each in the first of its ways that gives what is wanted.
    pub(crate) fn settle(&self) -> Settled {
        let mut ways = vec![0; self.steps.len()];
        let mut failed: Vec<usize> = (0..self.steps.len()).filter(|&i| self.steps[i].ways.is_empty()).collect();
        let able: Vec<usize> = (0..self.steps.len()).filter(|i| !failed.contains(i)).collect();
        if let Some(text) = self.attempt(&able, &ways) {
            return Settled { text, failed };
        }
        self.part(&able, &mut ways, &mut failed);
        let able: Vec<usize> = able.into_iter().filter(|i| !failed.contains(i)).collect();
        match self.attempt(&able, &ways) {
            Some(text) => Settled { text, failed },
            // Each by itself, but not together.
            None => Settled { text: self.reading.text.clone(), failed: (0..self.steps.len()).collect() },
        }
    }

    /// Finds the ways for some of the changes; halves them as long as they fail together.
    fn part(&self, some: &[usize], ways: &mut [usize], failed: &mut Vec<usize>) {
        match some {
            [] => {}
            [only] => {
                let fits = (0..self.steps[*only].ways.len()).find(|&way| {
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
                        self.part(half, ways, failed);
                    }
                }
            }
        }
    }

    /// The source with some of the changes, where it reads as it should.
    fn attempt(&self, some: &[usize], ways: &[usize]) -> Option<String> {
        let intended = (self.intended)(some);
        let changes = some.iter().flat_map(|&i| self.steps[i].ways[ways[i]].iter().cloned()).collect();
        let mut text = replaced(&self.reading.text, changes)?;
        for _ in 0..ROUNDS {
            let reading = Reading::of(text, self.options)?;
            if reading.errors != self.reading.errors {
                return None;
            }
            if same(&reading.material, &intended) {
                return Some(reading.text);
            }
            let pins = pins(&reading, &intended).filter(|pins| !pins.is_empty())?;
            text = replaced(&reading.text, pins)?;
        }
        None
    }
}

/// Whether two materials are the same, but for what is set for ids that nothing has any more.
pub(crate) fn same(found: &Material, intended: &Material) -> bool {
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

/// The text with changes made, which may touch but not overlap.
pub(crate) fn replaced(text: &str, mut changes: Vec<Replacement>) -> Option<String> {
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, with) in changes {
        out.push_str(text.get(done..range.start)?);
        out.push_str(&with);
        done = range.end;
        text.get(range)?;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}
