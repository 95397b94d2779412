//! Sources to materials.

use std::collections::BTreeMap;

use patra_core::{Diagnostic, Material, Read, Severity, SourceMap};
use patra_source::{Book, FileRead, read_book, read_bytes, tell_other};

use crate::input::{Failure, Input, Verb};
use crate::settings::{BookOptions, Settings};

/// A source and what was made of it.
pub(crate) struct Loaded {
    /// Where it came from.
    pub(crate) input: Input,
    /// Its text; of a book those of its files.
    pub(crate) sources: SourceMap,
    /// The material; `None` where nothing could be made of the source.
    pub(crate) material: Option<Material>,
    /// The pictures and sounds that it brings, by the names that the material has for them.
    pub(crate) media: BTreeMap<String, Vec<u8>>,
    /// All that is wrong with it or was guessed, in the order of the source.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Of a book, what its file says of how its files are made.
    pub(crate) options: Option<BookOptions>,
    /// How its files are made, where that is said of it alone.
    pub(crate) settings: Option<Box<Settings>>,
}

impl Loaded {
    /// The material, where it has no errors.
    pub(crate) fn sound(&self) -> Option<&Material> {
        let sound = self.diagnostics.iter().all(|diagnostic| diagnostic.severity() < Severity::Error);
        self.material.as_ref().filter(|_| sound)
    }

    /// The same with advice on what a learner is asked; a material with errors is mended first.
    pub(crate) fn with_advice(mut self) -> Self {
        let advice = self.sound().map(Material::advice).unwrap_or_default();
        self.diagnostics.extend(advice);
        order(&mut self.diagnostics);
        self
    }
}

/// Reads a source and looks for every problem of it and of its model.
pub(crate) fn load(input: Input) -> Result<Loaded, Failure> {
    let (sources, read, media, options) = match input.as_book() {
        Some(path) => {
            let book = read_book(path, &input.name, &BookOptions::TABLES);
            let Book { mut sources, mut read, options, .. } =
                book.map_err(|error| Failure::file(Verb::Read, path, &error))?;
            let options = BookOptions::read(&options, (path, &input.name), &mut sources, &mut read.diagnostics);
            (sources, read, BTreeMap::new(), Some(options))
        }
        None => {
            let FileRead { source, read, media } = read_bytes(input.read()?, input.form, Some(&input.file_name));
            (SourceMap::new(input.name.clone(), source), read, media, None)
        }
    };
    let Read { material, mut diagnostics } = read;
    if let Some(material) = &material {
        for problem in material.problems() {
            if !diagnostics.contains(&problem) {
                diagnostics.push(problem);
            }
        }
    }
    if let Some(material) = material.as_ref().filter(|_| input.as_book().is_some()) {
        tell_other(material, &sources, &mut diagnostics);
    }
    order(&mut diagnostics);
    Ok(Loaded { input, sources, material, media, diagnostics, options, settings: None })
}

/// Brings problems into the order of the source; those without a place come last.
pub(crate) fn order(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.is_none(), diagnostic.span.start()));
}
