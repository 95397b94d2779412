//! Sources to materials.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use patra_core::{Diagnostic, Material, Read, Severity, SourceMap};
use patra_options::Group;
use patra_source::{Book, FileRead, read_book, read_bytes, tell_other, unpack_embedded};

use crate::input::{Failure, Input, Verb};
use crate::settings::{BookOptions, Settings};

/// A source and what was made of it.
pub struct Loaded {
    /// Where it came from.
    pub input: Input,
    /// Its text and those of what it includes; of a book those of its files.
    pub sources: SourceMap,
    /// The material; `None` where nothing could be made of the source.
    pub material: Option<Material>,
    /// The pictures and sounds that it brings, by the names that the material has for them.
    pub media: BTreeMap<String, Vec<u8>>,
    /// All that is wrong with it or was guessed, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
    /// Of a book, what its file says of how its files are made.
    pub options: Option<BookOptions>,
    /// How its files are made, where that is said of it alone.
    pub settings: Option<Box<Settings>>,
}

impl Loaded {
    /// The material, where it has no errors.
    pub fn sound(&self) -> Option<&Material> {
        let sound = self.diagnostics.iter().all(|diagnostic| diagnostic.severity() < Severity::Error);
        self.material.as_ref().filter(|_| sound)
    }

    /// The same with the pictures that are in the source itself among its media.
    pub fn unpacked(mut self) -> Self {
        let name = self.input.file_name.split('.').find(|part| !part.is_empty()).unwrap_or("picture");
        if let Some(material) = &mut self.material {
            unpack_embedded(material, &mut self.media, name);
        }
        self
    }

    /// The same with advice on what a learner is asked; a material with errors is mended first.
    pub fn with_advice(mut self) -> Self {
        let advice = self.sound().map(Material::advice).unwrap_or_default();
        self.diagnostics.extend(advice);
        order(&mut self.diagnostics);
        self
    }
}

/// Reads a source and looks for every problem of it and of its model.
pub fn load(input: Input) -> Result<Loaded, Failure> {
    if let Some(path) = input.as_book().map(Path::to_owned) {
        return load_book(input, &path).map_err(|error| Failure::file(Verb::Read, &path, &error));
    }
    let FileRead { sources, read, media } = read_bytes(input.read()?, input.form, Some(&input.name), input.folder());
    let Read { material, diagnostics } = read;
    Ok(checked(Loaded { input, sources, material, media, diagnostics, options: None, settings: None }))
}

/// The same of a book, by the file that says what it is made of.
pub fn load_book(input: Input, path: &Path) -> io::Result<Loaded> {
    let tables: Vec<&str> = Group::ALL.into_iter().filter_map(Group::table).collect();
    let Book { mut sources, read, options, .. } = read_book(path, &input.name, &tables)?;
    let Read { material, mut diagnostics } = read;
    let options = Some(BookOptions::read(&options, (path, &input.name), &mut sources, &mut diagnostics));
    let media = BTreeMap::new();
    Ok(checked(Loaded { input, sources, material, media, diagnostics, options, settings: None }))
}

/// A source with what is wrong with its model.
fn checked(mut loaded: Loaded) -> Loaded {
    for problem in loaded.material.iter().flat_map(Material::problems) {
        if !loaded.diagnostics.contains(&problem) {
            loaded.diagnostics.push(problem);
        }
    }
    if let Some(material) = loaded.material.as_ref().filter(|_| loaded.sources.has_several()) {
        tell_other(material, &loaded.sources, &mut loaded.diagnostics);
    }
    order(&mut loaded.diagnostics);
    loaded
}

/// Brings problems into the order of the source; those without a place come last.
pub fn order(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.is_none(), diagnostic.span.start()));
}
