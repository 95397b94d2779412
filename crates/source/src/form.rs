//! The forms that a source may have, and their readers.

use patra_core::{Code, Diagnostic, Material, Read, Severity, Source, Span};
use patra_import::TextOptions;
use patra_markdown::ReadOptions;

use crate::yaml::from_yaml;

/// The form of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// patra's Markdown.
    Markdown,
    /// Text pasted from the web.
    Text,
    /// The stored form, in JSON.
    Stored,
    /// The stored form, in YAML.
    StoredYaml,
}

impl Form {
    /// The form that the ending of a file's name tells, in either case: `.md`, `.markdown`, `.txt`, `.json`, `.yaml` or
    /// `.yml`.
    #[must_use]
    pub fn of(file_name: &str) -> Option<Self> {
        let (_, ending) = file_name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Form::Markdown),
            "txt" => Some(Form::Text),
            "json" => Some(Form::Stored),
            "yaml" | "yml" => Some(Form::StoredYaml),
            _ => None,
        }
    }
}

/// Reads a source of a form. The name of its file, without folders, serves where the source names itself by nothing.
///
/// Where no material comes of it, an error among the problems says why.
pub fn read(source: &Source, form: Form, file_name: Option<&str>) -> Read {
    let mut read = match form {
        Form::Markdown => {
            patra_markdown::read(source, &file_name.map_or_else(ReadOptions::default, ReadOptions::named))
        }
        Form::Text => {
            // A name without its endings: `lekh` of `lekh.hi.txt`.
            let stem = file_name.and_then(|name| name.split('.').find(|part| !part.is_empty()));
            patra_import::read_text(source, &stem.map_or_else(TextOptions::default, TextOptions::named))
        }
        // "EOF while parsing" would tell an author less.
        Form::Stored | Form::StoredYaml if source.text().trim().is_empty() => Read::default(),
        Form::Stored => stored(Material::from_json(source.text())),
        Form::StoredYaml => stored(from_yaml(source.text())),
    };
    let silent = read.diagnostics.iter().all(|problem| problem.severity() < Severity::Error);
    if read.material.is_none() && silent {
        read.diagnostics.push(Diagnostic::new(Code::EmptySource, Span::NONE, "the file is empty"));
    }
    read
}

fn stored(read: Result<Material, Diagnostic>) -> Read {
    match read {
        Ok(material) => Read { material: Some(material), diagnostics: Vec::new() },
        Err(problem) => Read { material: None, diagnostics: vec![problem] },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str, name: &str) -> Vec<Code> {
        let form = Form::of(name).expect("the ending is known");
        let read = read(&Source::new(text.to_owned()), form, Some(name));
        read.diagnostics.into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn the_ending_tells_the_form() {
        assert_eq!(Form::of("a.hi.MD"), Some(Form::Markdown));
        assert_eq!(Form::of("a.Txt"), Some(Form::Text));
        assert_eq!(Form::of("a.docx"), None);
        assert_eq!(Form::of("md"), None);
    }

    #[test]
    fn nothing_to_read_is_an_error_in_every_form() {
        for name in ["a.md", "a.txt", "a.json", "a.yaml"] {
            assert_eq!(codes(" \n", name), [Code::EmptySource], "{name}");
        }
        assert_eq!(codes("{", "a.json"), [Code::Json]);
    }

    #[test]
    fn the_file_names_what_names_itself_by_nothing() {
        let id = |text: &str, form, name| {
            read(&Source::new(text.to_owned()), form, Some(name)).material.map(|material| material.id.to_string())
        };
        assert_eq!(id("कुछ शब्द", Form::Markdown, "lekh.hi.md"), Some("lekh".into()));
    }
}
