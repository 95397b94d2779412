//! Reading what files include.

use patra_core::{Code, Diagnostic, Phrase, Section, phrase};
use patra_markdown::Include;

use super::part::{Role, joined};
use super::splice::{Brought, Placed, Places, splice};
use super::{Assembly, MAX_BOOK_FILES, MAX_INCLUDE_DEPTH, Named, Piece, outset, slot_of};
use crate::file::named_file_in;
use crate::form::{decoded, read_part};
use crate::{Form, MAX_FILE_BYTES, file_problem, read_file};

impl Assembly {
    /// Puts what a file includes into its sections. `outset` is the slot of the section that holds what stands before its
    /// first heading; `chain` are the files that are being read, each included in the one before it.
    pub(super) fn fill(
        &mut self,
        piece: &Piece,
        sections: &mut Vec<Section>,
        outset: Option<usize>,
        chain: &mut Vec<Named>,
    ) {
        if piece.includes.is_empty() {
            return;
        }
        let mut slots = Vec::new();
        section_slots(sections, &mut slots);
        let mut places = Places::new();
        for include in &piece.includes {
            let section = include.section.map_or(outset, |number| slots.get(number).copied().flatten());
            let (name, brought, tops) = self.include(piece.number, include, section, chain).unwrap_or_default();
            if include.section.is_none() && self.parts[piece.number].role == Role::Included {
                self.parts[piece.number].tops.extend(tops);
            }
            let placed = Placed { after: include.blocks, span: include.span, name, brought };
            places.entry(include.section).or_default().push(placed);
        }
        splice(sections, places, &mut self.found);
    }

    /// What a file brings that another, of this number, includes; its name, and the slots of what stands in nothing else of it.
    fn include(
        &mut self,
        by: usize,
        include: &Include,
        section: Option<usize>,
        chain: &mut Vec<Named>,
    ) -> Option<(String, Brought, Vec<usize>)> {
        if self.full {
            return None;
        }
        let name = joined(self.parts[by].folder(), &include.file);
        let outside = phrase!("only files in the folder of the material are read");
        let path = match named_file_in(&self.folder, &name, outside) {
            Ok(path) => path,
            Err(why) => {
                let hint =
                    "names start from the folder of this file, and lead nowhere outside the folder of the material";
                return self.refuse(include, &name, why, hint);
            }
        };
        if Form::of(&name) != Some(Form::Markdown) {
            let why = phrase!("only Markdown can be included");
            return self.refuse(include, &name, why, "`patra import` makes Markdown of it");
        }
        if let Some(at) = chain.iter().position(|file| file.path == path) {
            let names = chain[at..].iter().map(|file| file.name.as_str()).chain([name.as_str()]);
            let way = names.collect::<Vec<_>>().join(" → ");
            let why = phrase!("it includes itself: {$way}", way);
            return self.refuse(include, &name, why, "take one of these lines out");
        }
        if chain.len() > MAX_INCLUDE_DEPTH {
            let message = phrase!("files are included more than {$limit} deep", limit = MAX_INCLUDE_DEPTH);
            return self.bound(include, message);
        }
        if self.is_full() {
            let message = phrase!("more than {$limit} files make one material", limit = MAX_BOOK_FILES);
            return self.bound(include, message);
        }
        let bytes = match read_file(&path) {
            Ok(bytes) => bytes,
            Err(error) => return self.refuse(include, &name, file_problem(&error), ""),
        };
        if !self.take_room(bytes.len()) {
            let message =
                phrase!("the files of the material are larger than {$most} MiB together", most = MAX_FILE_BYTES >> 20);
            return self.bound(include, message);
        }
        self.taken.insert(path.clone());
        let decoded = decoded(bytes, Form::Markdown);
        let called = format!("{}{name}", self.prefix);
        let base = self.sources.include(called, decoded.source.clone(), include.span);
        self.found.extend(decoded.problem.clone().map(|problem| problem.moved(base)));
        if !decoded.is_text() {
            return None;
        }
        let read = read_part(&decoded.source, Form::Markdown, name.rsplit('/').next(), true);
        let file = Named { name, path };
        let mut piece = self.piece(&file, base, read, Role::Included, section)?;
        let mut sections = std::mem::take(&mut piece.material.sections);
        self.parts[by].includes.push(piece.number);
        let name = file.name.clone();
        chain.push(file);
        // Before its first heading what it includes stands where it stands itself.
        self.fill(&piece, &mut sections, section, chain);
        chain.pop();
        let blocks = if piece.headless { outset(&mut sections) } else { Vec::new() };
        Some((name, Brought { blocks, sections }, self.parts[piece.number].tops.clone()))
    }

    fn refuse<T>(&mut self, include: &Include, name: &str, why: Phrase, hint: impl Into<Phrase>) -> Option<T> {
        let hint = hint.into();
        let message = phrase!("cannot include the file `{$name}`: {$why}", name, why);
        let problem = Diagnostic::new(Code::IncludeFile, include.span, message);
        self.found.push(if hint.is_empty() { problem } else { problem.with_hint(hint) });
        None
    }

    fn bound<T>(&mut self, include: &Include, message: Phrase) -> Option<T> {
        self.full = true;
        self.found.push(Diagnostic::new(Code::TooLarge, include.span, message).with_hint("part it"));
        None
    }
}

/// The slots of sections in reading order.
fn section_slots(sections: &[Section], slots: &mut Vec<Option<usize>>) {
    for section in sections {
        slots.push(slot_of(&section.id));
        section_slots(&section.sections, slots);
    }
}
