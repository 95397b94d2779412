//! One file of a book.

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Id, Language, Material, Phrase, Reference, Section, Source, Span, phrase};

use super::moved;
use super::place::BookFile;
use crate::{Form, read};

/// A file of a book and what was made of it.
pub(super) struct Chapter {
    pub(super) file: BookFile,
    pub(super) material: Material,
    /// The whole file, in the offsets of the book.
    span: Span,
    /// The ids that its things had before they stood in the book, in the order of [`Material::walk_places`].
    ids: Vec<Id>,
    /// Whether it begins with words before its first heading.
    headless: bool,
}

impl Chapter {
    /// Reads a file that begins at `base`.
    pub(super) fn read(
        file: BookFile,
        source: &Source,
        base: usize,
        language: Option<&Language>,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let form = Form::of(&file.name)?;
        let name = file.name.rsplit('/').next();
        let read = read(source, form, name);
        let mut told = false;
        for mut problem in read.diagnostics {
            problem.span = moved(problem.span, base);
            match problem.code {
                // The book names the language.
                Code::MissingLanguage if language.is_some() => {
                    told = true;
                    continue;
                }
                // Ids are derived anew among those of the whole book.
                Code::DerivedIdClash => continue,
                _ => {}
            }
            found.push(problem);
        }
        let mut material = read.material?;
        let span = Span::new(base, base + source.text().len());
        if let Some(language) = language.filter(|language| **language != material.language && !told) {
            let message = phrase!(
                "`{$name}` is in `{$own}`, and the book in `{$language}`",
                name = &file.name,
                own = material.language,
                language
            );
            let hint = "what the book says counts; a book in two languages is two editions";
            found.push(Diagnostic::new(Code::BookDifference, moved(Span::NONE, base), message).with_hint(hint));
        }
        material.shift_spans(base);
        let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        material.references_mut(&mut |reference, _| match reference {
            Reference::File(name) => *name = joined(folder, name),
            Reference::Link(target) if patra_core::is_sound(target) => *target = joined(folder, target),
            _ => {}
        });
        let mut ids = Vec::new();
        material.walk_places(&mut |place| ids.push(place.id.clone()));
        material.forget_derived_ids();
        let headless = material.sections.first().is_some_and(|section| section.heading.is_blank());
        Some(Chapter { file, material, span, ids, headless })
    }

    /// The section that the file becomes: its title is the heading. Nothing is left in the material.
    pub(super) fn section(&mut self) -> Section {
        let mut sections = std::mem::take(&mut self.material.sections);
        let blocks = if self.headless { sections.remove(0).blocks } else { Vec::new() };
        Section {
            id: self.material.id.clone(),
            heading: self.material.title.clone(),
            blocks,
            sections,
            span: self.span,
        }
    }

    /// What became of the ids of the file in the section that it is now.
    pub(super) fn renamed(&self, section: &Section) -> BTreeMap<Id, Id> {
        let part = Material { sections: vec![section.clone()], ..Material::default() };
        let mut ids = Vec::new();
        part.walk_places(&mut |place| ids.push(place.id.clone()));
        // Where words come before the first heading, their section became that of the file.
        let skipped = usize::from(!self.headless);
        let mut renamed: BTreeMap<Id, Id> = BTreeMap::new();
        renamed.insert(self.material.id.clone(), section.id.clone());
        for (old, new) in self.ids.iter().zip(ids.into_iter().skip(skipped)) {
            renamed.entry(old.clone()).or_insert(new);
        }
        renamed
    }

    /// The file and the id that a link leads to, where it leads into the book: `2.md#bpo`. The file is empty for a place in
    /// this one.
    pub(super) fn led_to(&self, target: &str) -> Option<(String, Option<String>)> {
        if target.contains("://") || target.starts_with('/') {
            return None;
        }
        let (file, anchor) = match target.split_once('#') {
            Some((file, anchor)) => (file, Some(anchor.to_owned())),
            None => (target, None),
        };
        if file.is_empty() {
            return Some((String::new(), anchor));
        }
        let folder = self.file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some((joined(folder, file), anchor))
    }

    /// Brings what the file says of itself into the book: what it asks for its things, its authors and tags, and the later
    /// day. What the book says otherwise is told.
    pub(super) fn settle(&self, book: &mut Material, top: &Id, ids: &BTreeMap<Id, Id>, found: &mut Vec<Diagnostic>) {
        let of = |id: &Id| -> Id {
            if let Some(new) = ids.get(id) {
                return new.clone();
            }
            // The id of an item: that of its thing, then what is asked of it.
            let item = id.as_str().rsplit_once('.').and_then(|(thing, asked)| Some(ids.get(thing)?.join(asked)));
            item.unwrap_or_else(|| id.clone())
        };
        let Material { practice, messages, authors, tags, updated, subject, licence, source, .. } = &self.material;
        let settings = &mut book.practice;
        if let Some(kinds) = &practice.kinds {
            settings.of.insert(top.clone(), kinds.clone());
        }
        settings.of.extend(practice.of.iter().map(|(id, kinds)| (of(id), kinds.clone())));
        settings.skip.extend(practice.skip.iter().map(of));
        if !practice.allow.is_empty() {
            settings.allow_for.entry(top.clone()).or_default().extend(&practice.allow);
        }
        for (id, codes) in &practice.allow_for {
            settings.allow_for.entry(of(id)).or_default().extend(codes);
        }
        let mut differs = |what: Phrase| {
            let name = &self.file.name;
            let message = phrase!("`{$name}` has {$what} of its own, which is not the book's", name, what);
            let hint = "what the book says counts; say it there, or in the words of the file";
            let span = Span::new(self.span.start(), self.span.start());
            found.push(Diagnostic::new(Code::BookDifference, span, message).with_hint(hint));
        };
        for (id, pattern) in messages {
            match book.messages.get(id) {
                Some(before) if before != pattern => differs(phrase!("a message `{$id}`", id)),
                _ => _ = book.messages.insert(id.clone(), pattern.clone()),
            }
        }
        for (mine, others) in [(authors, &mut book.authors), (tags, &mut book.tags)] {
            for words in mine {
                if !others.contains(words) {
                    others.push(words.clone());
                }
            }
        }
        book.updated = book.updated.max(*updated);
        for (what, mine, books) in [
            (phrase!("a subject"), subject, &book.subject),
            (phrase!("a licence"), licence, &book.licence),
            (phrase!("a source"), source, &book.source),
        ] {
            if mine.is_some() && mine != books {
                differs(what);
            }
        }
    }
}

/// The name of a file that is named in a folder of the book, from the book's own. One that leads out of the book stays as it
/// is, and is refused where it is read.
pub(super) fn joined(folder: &str, name: &str) -> String {
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
