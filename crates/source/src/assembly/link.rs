//! Where links of files lead in the whole.

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Id, Material, Reference, phrase};

use super::Assembly;
use super::part::{Part, marked};

impl Assembly {
    /// Makes links lead to what they led to in the files.
    pub(super) fn settle_links(&mut self, material: &mut Material) {
        let (parts, slots, found) = (&self.parts, &self.slots, &mut self.found);
        // A file that is included more than once is the first of them.
        let named: BTreeMap<&str, &Part> = parts.iter().rev().map(|part| (part.name.as_str(), part)).collect();
        material.references_mut(&mut |reference, span| {
            let Reference::Link(target) = reference else { return };
            let Some((from, written)) = marked(target).and_then(|(from, written)| Some((parts.get(from)?, written)))
            else {
                return;
            };
            let written = written.to_owned();
            let (file, anchor) = from.led_to(&written).unwrap_or_default();
            let here = file.is_empty() || file == from.name;
            let to = if here { Some(from) } else { named.get(file.as_str()).copied() };
            let now = match (to, &anchor) {
                (Some(to), Some(anchor)) => anchor.parse::<Id>().ok().and_then(|id| {
                    // It may be written in another file.
                    to.found(parts, slots, &id).or_else(|| Some(id).filter(|_| file.is_empty()))
                }),
                (Some(to), None) if !file.is_empty() => {
                    to.start.map(|start| slots[start].id.clone()).filter(|id| !id.is_unset())
                }
                _ => None,
            };
            if let (None, Some(to), false) = (&now, to, file.is_empty()) {
                let name = &to.name;
                let message = phrase!("`{$target}` leads to nothing in the file `{$name}`", target = &written, name);
                found.push(Diagnostic::new(Code::BookLink, span, message).with_hint("name an id that is in it"));
            }
            *target = now.map_or(written, |id| format!("#{id}"));
        });
    }
}
