//! A file that is a part of a material.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{Id, Material, Reference, Span};

/// What marks the target of a link with the file that it stands in, until it is known what it leads to. No target has it:
/// readers leave it out of texts.
const MARK: char = '\0';

/// What a part is in the material.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The source that includes others; what it says of itself is said of the material.
    Whole,
    /// A file of a book, and so a section.
    Chapter,
    /// A file that another includes.
    Included,
}

/// A file that is a part of a material, without its sections.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) role: Role,
    /// Its name from the folder of the material, with `/` between folders.
    pub(super) name: String,
    /// Where it begins, in the offsets of the material.
    pub(super) place: Span,
    /// What it says of itself.
    pub(super) said: Material,
    /// The numbers of the files that it includes.
    pub(super) includes: Vec<usize>,
    /// The slots of its ids, by what they are in the file alone.
    pub(super) slots: BTreeMap<Id, usize>,
    /// All that something has for an id in the file alone.
    pub(super) ids: BTreeSet<Id>,
    /// The slots of what stands in nothing else that has an id.
    pub(super) tops: Vec<usize>,
    /// The slot of the section that a link to the file leads to.
    pub(super) start: Option<usize>,
}

impl Part {
    /// The folder of the file, from that of the material.
    pub(super) fn folder(&self) -> &str {
        self.name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file and the id that a link leads to, where it may lead into the material: `2.md#bpo`. The file is empty for a
    /// place in this one.
    pub(super) fn led_to(&self, target: &str) -> Option<(String, Option<String>)> {
        if target.contains("://") || target.starts_with('/') {
            return None;
        }
        let (file, anchor) = match target.split_once('#') {
            Some((file, anchor)) => (file, Some(anchor.to_owned())),
            None => (target, None),
        };
        let file = if file.is_empty() { String::new() } else { joined(self.folder(), file) };
        Some((file, anchor))
    }

    /// The slot of what has an id in the file alone, and what of the id belongs to something within it: the rows and cells of
    /// a comparison, and items, have its id before theirs.
    pub(super) fn slot<'i>(&self, id: &'i Id) -> Option<(usize, &'i str)> {
        let id = id.as_str();
        std::iter::successors(Some(id), |thing| Some(thing.rsplit_once('.')?.0)).find_map(|thing| {
            let slot = thing.parse::<Id>().ok().and_then(|thing| self.slots.get(&thing).copied())?;
            Some((slot, id[thing.len()..].trim_start_matches('.')))
        })
    }
}

/// Makes the names in a file start from the folder of the material, and marks its links with the number of its part. The
/// names in the source itself start from there.
pub(super) fn mark(material: &mut Material, number: usize, part: &Part) {
    let here = |name: &str| if part.role == Role::Whole { name.to_owned() } else { joined(part.folder(), name) };
    material.references_mut(&mut |reference, _| match reference {
        Reference::File(name) => *name = here(name),
        Reference::Link(target) if patra_core::is_sound(target) => *target = here(target),
        Reference::Link(target) if part.led_to(target).is_some() => *target = format!("{MARK}{number}{MARK}{target}"),
        _ => {}
    });
}

/// The number of the part that a link stands in, and its target as it was written.
pub(super) fn marked(target: &str) -> Option<(usize, &str)> {
    let (number, target) = target.strip_prefix(MARK)?.split_once(MARK)?;
    Some((number.parse().ok()?, target))
}

/// The name of a file that is named in a folder, from the folder of the material. One that leads out of that stays as it is,
/// and is refused where it is read.
pub(crate) fn joined(folder: &str, name: &str) -> String {
    if name.contains("://") || name.starts_with(['/', '\\']) || name.starts_with("data:") {
        return name.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                if parts.pop().is_none() {
                    return name.to_owned();
                }
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_start_from_the_folder_of_the_file() {
        assert_eq!(joined("a/b", "../c/./d.png"), "a/c/d.png");
        assert_eq!(joined("", "../c.png"), "../c.png");
        assert_eq!(joined("", "./a/../b//c.png"), "b/c.png");
        assert_eq!(joined("a", "../../c.png"), "../../c.png");
        assert_eq!(joined("a", "https://x.y/c.png"), "https://x.y/c.png");
    }
}
