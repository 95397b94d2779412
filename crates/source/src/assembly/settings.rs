//! What the files of a material say of themselves, brought into it.

use std::collections::BTreeSet;

use patra_core::{Code, Diagnostic, Id, Material, Phrase, Place, Sort, Span, phrase};

use super::part::{Part, Role};
use super::{Assembly, Slot};

impl Part {
    /// A part and what it says of itself. Its ids have no slots yet.
    pub(super) fn new(role: Role, name: String, place: Span, material: &mut Material) -> Self {
        let sections = std::mem::take(&mut material.sections);
        let said = material.clone();
        material.sections = sections;
        let mut ids = BTreeSet::new();
        material.walk_places(&mut |place| _ = ids.insert(place.id.clone()));
        let (includes, slots, tops) = Default::default();
        Part { role, name, place, said, includes, slots, ids, tops, start: None }
    }

    /// Finds what an included file brings that stands in nothing else of it. What stands before its first heading does.
    pub(super) fn find_tops(&mut self, material: &Material, headless: bool) {
        let outset = material.sections.first().filter(|_| headless).map(|section| &section.id);
        let mut tops = Vec::new();
        material.walk_places(&mut |Place { id, sort, within, .. }| {
            let top = match within {
                None => Some(id) != outset,
                Some(within) => Some(within) == outset && matches!(sort, Sort::Block | Sort::Region),
            };
            tops.extend(self.slots.get(id).copied().filter(|_| top));
        });
        self.tops = tops;
    }

    /// What an id in the file, or in one that it includes, became in the whole.
    pub(super) fn found(&self, parts: &[Part], slots: &[Slot], id: &Id) -> Option<Id> {
        let own = self.ids.contains(id).then(|| self.now(slots, id)).flatten();
        own.or_else(|| self.includes.iter().find_map(|&included| parts[included].found(parts, slots, id)))
    }

    /// What an id in the file alone became in the whole.
    pub(super) fn now(&self, slots: &[Slot], id: &Id) -> Option<Id> {
        let (slot, rest) = self.slot(id)?;
        let mut now = &slots[slot].id;
        if now.is_unset() {
            // What stood before the first heading stands in the section of the file.
            now = &slots[self.start?].id;
        }
        (!now.is_unset()).then(|| if rest.is_empty() { now.clone() } else { now.join(rest) })
    }
}

impl Assembly {
    /// Brings what the files say of themselves into the material: what they ask for their things, their authors and tags,
    /// and the latest day. What the material says otherwise is told.
    pub(super) fn settle_settings(&mut self, material: &mut Material) {
        let Assembly { parts, slots, found, .. } = self;
        if parts.first().is_some_and(|part| part.role == Role::Whole) {
            // What it says of its things is said by their ids in it alone.
            let practice = &mut material.practice;
            (practice.of, practice.allow_for) = Default::default();
            practice.skip.clear();
        }
        // What includes a file has the last word on it.
        for part in parts.iter().rev() {
            let of = |id: &Id| part.now(slots, id).unwrap_or_else(|| id.clone());
            let settings = &mut material.practice;
            let practice = &part.said.practice;
            settings.of.extend(practice.of.iter().map(|(id, kinds)| (of(id), kinds.clone())));
            settings.skip.extend(practice.skip.iter().map(of));
            for (id, codes) in &practice.allow_for {
                settings.allow_for.entry(of(id)).or_default().extend(codes);
            }
        }
        // What a file asks of all that is in it, unless it is said of a thing: here the innermost counts.
        for part in parts.iter().rev().filter(|part| part.role != Role::Whole) {
            let settings = &mut material.practice;
            for top in part.tops.iter().map(|&top| &slots[top].id).filter(|top| !top.is_unset()) {
                if let Some(kinds) = &part.said.practice.kinds {
                    settings.of.entry(top.clone()).or_insert_with(|| kinds.clone());
                }
                if !part.said.practice.allow.is_empty() {
                    settings.allow_for.entry(top.clone()).or_default().extend(&part.said.practice.allow);
                }
            }
        }
        for part in parts.iter().filter(|part| part.role != Role::Whole) {
            found.extend(part.facts(material));
        }
    }
}

impl Part {
    /// Brings the facts that a part states into the material.
    fn facts(&self, material: &mut Material) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut differs = |what: Phrase| {
            let name = &self.name;
            let (code, message, hint) = if self.role == Role::Chapter {
                let message = phrase!("`{$name}` has {$what} of its own, which is not the book's", name, what);
                let hint = "what the book says counts; say it there, or in the words of the file";
                (Code::BookDifference, message, hint)
            } else {
                let message =
                    phrase!("`{$name}` has {$what} of its own, which is not that of what includes it", name, what);
                let hint = "what includes it counts; say it there, or in the words of the file";
                (Code::IncludeDifference, message, hint)
            };
            found.push(Diagnostic::new(code, self.place, message).with_hint(hint));
        };
        let Material { messages, authors, tags, updated, subject, licence, source, .. } = &self.said;
        for (id, pattern) in messages {
            match material.messages.get(id) {
                Some(before) if before != pattern => differs(phrase!("a message `{$id}`", id)),
                _ => _ = material.messages.insert(id.clone(), pattern.clone()),
            }
        }
        for (mine, others) in [(authors, &mut material.authors), (tags, &mut material.tags)] {
            for words in mine {
                if !others.contains(words) {
                    others.push(words.clone());
                }
            }
        }
        material.updated = material.updated.max(*updated);
        for (what, mine, whole) in [
            (phrase!("a subject"), subject, &material.subject),
            (phrase!("a licence"), licence, &material.licence),
            (phrase!("a source"), source, &material.source),
        ] {
            if mine.is_some() && mine != whole {
                differs(what);
            }
        }
        found
    }
}
