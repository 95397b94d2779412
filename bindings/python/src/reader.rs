//! Which reader reads what, as the command does.

use patra_core::{Code, Diagnostic, Material, Read, Severity, Source, Span};
use patra_import::TextOptions;
use patra_markdown::ReadOptions;

/// Reads a source by the ending of its name: the stored form of `.json`, text pasted from the web of `.txt`, else patra's
/// Markdown. Where no material comes of it, there is an error that says why.
pub(crate) fn read(text: String, name: Option<&str>) -> (Read, Source) {
    let source = Source::new(text);
    let file = name.map(|name| name.rsplit(['/', '\\']).next().unwrap_or(name));
    let ending = file.and_then(|file| file.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase());
    let mut read = match ending.as_deref() {
        _ if source.text().trim().is_empty() => Read::default(),
        Some("json") => match Material::from_json(source.text()) {
            Ok(material) => Read { material: Some(material), diagnostics: Vec::new() },
            Err(problem) => Read { material: None, diagnostics: vec![problem] },
        },
        Some("txt") => {
            let stem = file.and_then(|file| file.split('.').find(|part| !part.is_empty()));
            patra_import::read_text(&source, &stem.map_or_else(TextOptions::default, TextOptions::named))
        }
        _ => patra_markdown::read(&source, &file.map_or_else(ReadOptions::default, ReadOptions::named)),
    };
    let silent = read.diagnostics.iter().all(|problem| problem.severity() < Severity::Error);
    if read.material.is_none() && silent {
        read.diagnostics.push(Diagnostic::new(Code::EmptySource, Span::NONE, "the file is empty"));
    }
    (read, source)
}
