//! The sections of a material, as they are made.

use std::collections::BTreeMap;

use patra_core::Section;

/// Sections that are found by the keys that lead to them, however many there are.
#[derive(Debug, Default)]
pub(crate) struct Sections {
    list: Vec<Section>,
    /// Where in the list around it the section at each path stands.
    places: BTreeMap<Vec<String>, usize>,
}

impl Sections {
    /// The section at a path of keys, at least one. Those on the way that aren't there are made, each of its depth from 0.
    pub(crate) fn at(&mut self, path: &[&str], mut make: impl FnMut(usize) -> Section) -> &mut Section {
        let mut key = Vec::with_capacity(path.len());
        let mut list = &mut self.list;
        let (last, above) = path.split_last().unwrap_or((&"", &[]));
        for (depth, part) in above.iter().enumerate() {
            key.push((*part).to_owned());
            let place = place(&mut self.places, &key, list, || make(depth));
            list = &mut list[place].sections;
        }
        key.push((*last).to_owned());
        let place = place(&mut self.places, &key, list, || make(above.len()));
        &mut list[place]
    }

    /// The section at the top that was made last.
    pub(crate) fn last_mut(&mut self) -> Option<&mut Section> {
        self.list.last_mut()
    }

    pub(crate) fn into_list(self) -> Vec<Section> {
        self.list
    }
}

fn place(
    places: &mut BTreeMap<Vec<String>, usize>,
    key: &[String],
    list: &mut Vec<Section>,
    make: impl FnOnce() -> Section,
) -> usize {
    if let Some(place) = places.get(key) {
        return *place;
    }
    list.push(make());
    places.insert(key.to_vec(), list.len() - 1);
    list.len() - 1
}

#[cfg(test)]
mod tests {
    use patra_core::Text;

    use super::*;

    #[test]
    fn a_path_leads_to_one_section() {
        let mut sections = Sections::default();
        for path in [&["a", "b"][..], &["b"], &["a"], &["a", "b"], &["a", "c"], &[]] {
            let section = sections.at(path, |depth| Section {
                heading: Text::plain(*path.get(depth).unwrap_or(&"")),
                ..Section::default()
            });
            assert_eq!(section.heading.to_plain(), *path.last().unwrap_or(&""));
        }
        let list = sections.into_list();
        let names = |list: &[Section]| list.iter().map(|section| section.heading.to_plain()).collect::<Vec<_>>();
        assert_eq!(
            (names(&list), names(&list[0].sections)),
            (vec!["a".into(), "b".into(), "".into()], vec!["b".into(), "c".into()])
        );
    }
}
