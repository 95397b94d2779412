//! Sources to materials.

use patra_core::{Code, Diagnostic, Material, Severity, Source};

use crate::decode::{Decoded, decode};
use crate::input::{Failure, Input, Kind};

/// A source and what was made of it.
pub(crate) struct Loaded {
    /// Where it came from.
    pub(crate) input: Input,
    /// Its text.
    pub(crate) source: Source,
    /// The material; `None` where nothing could be made of the source.
    pub(crate) material: Option<Material>,
    /// All that is wrong with it or was guessed, in the order of the source.
    pub(crate) diagnostics: Vec<Diagnostic>,
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
    let Decoded { source, problem } = decode(input.read()?);
    if let Some(problem) = problem {
        return Ok(Loaded { input, source, material: None, diagnostics: vec![problem] });
    }
    let (material, mut diagnostics) = match input.kind {
        Kind::Markdown => {
            let read = patra_markdown::read(&source, &patra_markdown::ReadOptions::named(input.file_name.as_str()));
            (read.material, read.diagnostics)
        }
        Kind::Text => {
            // A name without its endings: `lekh` of `lekh.hi.txt`.
            let stem = input.file_name.split('.').find(|part| !part.is_empty()).unwrap_or_default();
            let read = patra_import::read_text(&source, &patra_import::TextOptions::named(stem));
            (read.material, read.diagnostics)
        }
        Kind::Json if source.text().trim().is_empty() => (None, vec![empty()]),
        Kind::Json => match Material::from_json(source.text()) {
            Ok(material) => (Some(material), Vec::new()),
            Err(problem) => (None, vec![problem]),
        },
    };
    if let Some(material) = &material {
        for problem in material.problems() {
            if !diagnostics.contains(&problem) {
                diagnostics.push(problem);
            }
        }
    } else if diagnostics.iter().all(|diagnostic| diagnostic.severity() < Severity::Error) {
        diagnostics.push(empty());
    }
    order(&mut diagnostics);
    Ok(Loaded { input, source, material, diagnostics })
}

/// Brings problems into the order of the source; those without a place come last.
pub(crate) fn order(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.is_none(), diagnostic.span.start()));
}

fn empty() -> Diagnostic {
    Diagnostic::new(Code::EmptySource, patra_core::Span::NONE, "the file is empty")
}
