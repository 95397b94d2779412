//! A material in another form, on standard output.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use patra_core::Material;

use crate::arguments::Export;
use crate::report::{Report, Voice};
use crate::visible::Visible;
use patra_build::exit::Exit;
use patra_build::input::{Failure, one};
use patra_build::load::load;

/// The JSON Schema of the stored form.
const SCHEMA: &str = include_str!("material.schema.json");

/// Writes a material without errors to standard output, in the form asked for.
pub(crate) fn run(arguments: &Export, voice: Voice) -> Exit {
    let mut report = Report::new(voice);
    let form = match arguments {
        Export { markdown: true, .. } => patra_markdown::write,
        Export { yaml: true, .. } => patra_source::to_yaml,
        _ => Material::to_json,
    };
    let written = match &arguments.input {
        Some(input) => export(input, form, &mut report),
        None => print(SCHEMA.as_bytes()).map_err(|failure| vec![failure]),
    };
    if let Err(failures) = written {
        failures.iter().for_each(|failure| report.failure(failure));
    }
    report.finish()
}

fn export(path: &Path, form: fn(&Material) -> String, report: &mut Report) -> Result<(), Vec<Failure>> {
    let input = one(path)?;
    let loaded = load(input).map_err(|failure| vec![failure])?;
    for diagnostic in &loaded.diagnostics {
        report.problem(&loaded.sources, diagnostic);
    }
    let Some(material) = loaded.sound() else { return Ok(()) };
    print(form(material).as_bytes()).map_err(|failure| vec![failure])
}

/// Writes text to standard output; on a terminal, characters that it would obey are shown.
pub(crate) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let out = io::stdout().lock();
    let mut out: Box<dyn Write> = if out.is_terminal() { Box::new(Visible::new(out)) } else { Box::new(out) };
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // Whoever read it has read enough: `patra export --json notes.md | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::output(&error)),
        Ok(()) => Ok(()),
    }
}
