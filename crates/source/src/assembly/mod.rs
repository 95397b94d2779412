//! Several files put together into one material: the files of a book, and those that sources include.

mod clash;
mod include;
mod link;
mod part;
mod settings;
mod splice;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use patra_core::{Block, Code, Diagnostic, Id, Language, Material, Section, Source, SourceMap, Span, phrase};
use patra_markdown::Include;

use crate::form::{PartRead, read_part};
use crate::{Form, MAX_FILE_BYTES};
pub use clash::tell_other;
pub(crate) use part::joined;
use part::{Part, Role, mark};

/// The most files that a material is put together of.
pub const MAX_BOOK_FILES: usize = 1_000;

/// How deep files may be included in one another.
pub const MAX_INCLUDE_DEPTH: usize = 10;

/// A file with what it is called.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// Its name from the folder of the material, with `/` between folders.
    pub(crate) name: String,
    /// Where it is, links followed.
    pub(crate) path: PathBuf,
}

/// Files on their way into one material.
///
/// While they are put together, each of their ids is the number of its slot. In the end those that nobody wrote are derived
/// anew among all, and what goes by ids as they are in a single file is brought to those of the whole.
pub(crate) struct Assembly {
    pub(crate) sources: SourceMap,
    pub(crate) found: Vec<Diagnostic>,
    /// Every file that was read, links followed.
    pub(crate) taken: BTreeSet<PathBuf>,
    /// The folder that no file is outside of.
    folder: PathBuf,
    /// What the names of files begin with in messages.
    prefix: String,
    /// The language of the material, where it is known before its files are.
    language: Option<Language>,
    parts: Vec<Part>,
    slots: Vec<Slot>,
    /// How many files were read, and how many bytes may still be.
    files: usize,
    room: u64,
    /// Whether a bound was passed, so that nothing more is included.
    full: bool,
}

/// An id on its way.
struct Slot {
    /// What it is in its file alone.
    own: Id,
    /// Whether its author wrote it.
    written: bool,
    /// What it is in the whole; unset where nothing has it any more.
    id: Id,
}

/// A file of which the sections are not yet in their places.
struct Piece {
    number: usize,
    material: Material,
    /// Whether its first section is what stands before the first heading.
    headless: bool,
    includes: Vec<Include>,
}

impl Assembly {
    /// An assembly of files in a folder, of which the first has been read. `prefix` stands before their names in messages.
    pub(crate) fn new(folder: &Path, prefix: &str, sources: SourceMap, language: Option<Language>) -> Self {
        let room = MAX_FILE_BYTES.saturating_sub(sources.first().text().len() as u64);
        Assembly {
            sources,
            found: Vec::new(),
            taken: BTreeSet::new(),
            folder: folder.to_owned(),
            prefix: prefix.to_owned(),
            language,
            parts: Vec::new(),
            slots: Vec::new(),
            files: 0,
            room,
            full: false,
        }
    }

    /// The language of the first file.
    pub(crate) fn first_language(&self) -> Option<&Language> {
        self.parts.first().map(|part| &part.said.language)
    }

    /// Whether it has as many files as may be read.
    pub(crate) fn is_full(&self) -> bool {
        self.files >= MAX_BOOK_FILES
    }

    /// Takes a file of so many bytes. `false` where there is no room for them.
    pub(crate) fn take_room(&mut self, bytes: usize) -> bool {
        let left = self.room.checked_sub(bytes as u64);
        self.room = left.unwrap_or(self.room);
        self.files += 1;
        left.is_some()
    }

    /// The material of a source that includes others, with what they bring.
    pub(crate) fn whole(&mut self, file: Named, read: PartRead) -> Option<Material> {
        self.files = 1;
        let chain = &mut vec![file.clone()];
        let mut piece = self.piece(&file, 0, read, Role::Whole, None)?;
        let mut material = std::mem::take(&mut piece.material);
        let outset = piece.includes.iter().any(|include| include.section.is_none());
        self.fill(&piece, &mut material.sections, None, chain);
        // Nothing but includes may stand before the first heading.
        if outset && material.sections[0].blocks.is_empty() && material.sections[0].sections.is_empty() {
            material.sections.remove(0);
        }
        Some(self.finished(material))
    }

    /// The section that a file of a book is, which begins at `base`: its title is the heading.
    pub(crate) fn chapter(&mut self, file: Named, source: &Source, base: usize, form: Form) -> Option<Section> {
        let read = read_part(source, form, file.name.rsplit('/').next(), false);
        let chain = &mut vec![file.clone()];
        let mut piece = self.piece(&file, base, read, Role::Chapter, None)?;
        let Material { id, title, mut sections, .. } = std::mem::take(&mut piece.material);
        let top = self.slot(id.clone(), true);
        let part = &mut self.parts[piece.number];
        part.tops = vec![top];
        part.start = Some(top);
        part.slots.entry(id.clone()).or_insert(top);
        part.ids.insert(id);
        self.fill(&piece, &mut sections, Some(top), chain);
        let blocks = if piece.headless { outset(&mut sections) } else { Vec::new() };
        let span = Span::new(base, base + source.text().len());
        Some(Section { id: slot_id(top), heading: title, blocks, sections, span })
    }

    /// A material in which all files stand, with its ids; what they ask and where their links lead is settled.
    pub(crate) fn finished(&mut self, mut material: Material) -> Material {
        let mut order = Vec::new();
        material.ids_mut(&mut |id| {
            let Some(slot) = slot_of(id) else { return };
            order.push(slot);
            let Slot { own, written, .. } = &self.slots[slot];
            *id = if *written { own.clone() } else { Id::default() };
        });
        self.found.extend(material.assign_ids());
        let mut order = order.into_iter();
        material.ids_mut(&mut |id| {
            if let Some(slot) = order.next() {
                self.slots[slot].id = id.clone();
            }
        });
        self.settle_links(&mut material);
        self.settle_settings(&mut material);
        material
    }

    /// What a file that was read has, its ids those of slots and its spans those of the assembly. `section` is the slot of
    /// the section that it is included in.
    fn piece(
        &mut self,
        file: &Named,
        base: usize,
        read: PartRead,
        role: Role,
        section: Option<usize>,
    ) -> Option<Piece> {
        let PartRead { read, mut includes, derived } = read;
        // The language was told by the script.
        let mut told = false;
        for problem in read.diagnostics {
            told |= problem.code == Code::MissingLanguage;
            let ruled_out = match problem.code {
                // Ids are derived anew in the whole.
                Code::DerivedIdClash => true,
                // The material names the language.
                Code::MissingLanguage => role == Role::Included || (role == Role::Chapter && self.language.is_some()),
                Code::MissingTitle => role == Role::Included,
                _ => false,
            };
            if !ruled_out {
                self.found.push(problem.moved(base));
            }
        }
        let mut material = read.material?;
        material.shift_spans(base);
        includes.iter_mut().for_each(|include| include.span = include.span.shifted(base));
        let first = material.sections.first();
        let headless = first.is_some_and(|first| first.heading.is_blank() && first.sections.is_empty());
        let (number, first_slot) = (self.parts.len(), self.slots.len());
        let place = Span::new(base, base);
        let mut part = Part::new(role, file.name.clone(), place, &mut material);
        let mut derived = derived.into_iter();
        material.ids_mut(&mut |id| {
            let slot = self.slot(id.clone(), !derived.next().unwrap_or_default());
            part.slots.entry(id.clone()).or_insert(slot);
        });
        if role == Role::Included {
            part.find_tops(&material, headless);
            let first = material.sections.first().filter(|_| !headless).and_then(|first| part.slots.get(&first.id));
            part.start = first.copied().or(section).or(part.tops.first().copied());
        }
        mark(&mut material, number, &part);
        let mut slots = first_slot..;
        material.ids_mut(&mut |id| *id = slots.next().map(slot_id).unwrap_or_default());
        self.parts.push(part);
        if !told {
            self.compare_language(number, base);
        }
        Some(Piece { number, material, headless, includes })
    }

    fn slot(&mut self, own: Id, written: bool) -> usize {
        self.slots.push(Slot { own, written, id: Id::default() });
        self.slots.len() - 1
    }

    /// Tells of a part in another language than what it stands in.
    fn compare_language(&mut self, number: usize, base: usize) {
        let Part { role, name, said, .. } = &self.parts[number];
        let own = &said.language;
        let language = match role {
            Role::Whole => return,
            Role::Chapter => self.language.as_ref(),
            Role::Included => self.language.as_ref().or(self.first_language()),
        };
        let Some(language) = language.filter(|language| *language != own) else { return };
        let (code, message, hint) = if *role == Role::Chapter {
            let message = phrase!("`{$name}` is in `{$own}`, and the book in `{$language}`", name, own, language);
            let hint = "what the book says counts; a book in two languages is two editions";
            (Code::BookDifference, message, hint)
        } else {
            let message =
                phrase!("`{$name}` is in `{$own}`, and what includes it in `{$language}`", name, own, language);
            let hint = "what includes it counts; editions in two languages include files of their own";
            (Code::IncludeDifference, message, hint)
        };
        self.found.push(Diagnostic::new(code, Span::new(base, base), message).with_hint(hint));
    }
}

/// The id that stands for a slot.
fn slot_id(slot: usize) -> Id {
    format!("s{slot}").parse().unwrap_or_default()
}

fn slot_of(id: &Id) -> Option<usize> {
    id.as_str().strip_prefix('s')?.parse().ok()
}

/// Takes the blocks of a first section without a heading out of the sections. What was included in it stays.
fn outset(sections: &mut Vec<Section>) -> Vec<Block> {
    let Section { blocks, sections: below, .. } = sections.remove(0);
    sections.splice(0..0, below);
    blocks
}
