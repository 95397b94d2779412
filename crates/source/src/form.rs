//! The forms that a source may have, and their readers.

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Material, Read, Severity, Source, Span, legacy_font};
use patra_import::{DeckOptions, DeckRead, HtmlOptions, TableOptions, TextOptions};
use patra_markdown::ReadOptions;

use crate::decode::{Decoded, decode, decode_table};
use crate::page::decode_page;
use crate::yaml::from_yaml;

/// The form of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// patra's Markdown.
    Markdown,
    /// Text pasted from the web.
    Text,
    /// A page of HTML, as it was saved from the web or exported by a word processor.
    Html,
    /// The stored form, in JSON.
    Stored,
    /// The stored form, in YAML.
    StoredYaml,
    /// A table as text: CSV or TSV.
    Delimited,
    /// A workbook in XLSX.
    Workbook,
    /// A deck of Anki's.
    Deck,
}

impl Form {
    /// The form that the ending of a file's name tells, in either case: `.md`, `.markdown`, `.txt`, `.html`, `.htm`, `.json`, `.yaml`, `.yml`,
    /// `.csv`, `.tsv`, `.xlsx`, `.xlsm`, `.apkg` or `.colpkg`.
    #[must_use]
    pub fn of(file_name: &str) -> Option<Self> {
        let (_, ending) = file_name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Form::Markdown),
            "txt" => Some(Form::Text),
            "html" | "htm" => Some(Form::Html),
            "json" => Some(Form::Stored),
            "yaml" | "yml" => Some(Form::StoredYaml),
            "csv" | "tsv" | "tab" => Some(Form::Delimited),
            "xlsx" | "xlsm" => Some(Form::Workbook),
            "apkg" | "colpkg" => Some(Form::Deck),
            _ => None,
        }
    }

    /// Whether files of the form are sources wherever they lie. Tables and decks are sources only where they are named:
    /// beside a source lie its data, and the decks that were made of it.
    #[must_use]
    pub fn is_source(self) -> bool {
        !matches!(self, Form::Delimited | Form::Workbook | Form::Deck)
    }

    /// Whether a source of the form is bytes and no text.
    #[must_use]
    pub fn is_binary(self) -> bool {
        matches!(self, Form::Workbook | Form::Deck)
    }
}

/// What became of a file.
#[derive(Clone, Debug)]
#[must_use]
pub struct FileRead {
    /// Its text; empty where it is no text.
    pub source: Source,
    /// What was made of it.
    pub read: Read,
    /// The pictures and sounds that it brings, by the names that the material has for them.
    pub media: BTreeMap<String, Vec<u8>>,
}

/// Reads the bytes of a file of a form, as [`read`] does once they are text.
///
/// Text is UTF-8. Of a page it is what the page names, and of a table it is found out: UTF-8, UTF-16 or Windows-1252.
pub fn read_bytes(bytes: Vec<u8>, form: Form, file_name: Option<&str>) -> FileRead {
    let name = file_name.and_then(stem);
    let binary = |read: Read, media| FileRead { source: Source::new(String::new()), read, media };
    match form {
        Form::Workbook => binary(patra_import::read_workbook(bytes, &table_options(name)), BTreeMap::new()),
        Form::Deck => {
            let DeckRead { read, media } =
                patra_import::read_deck(&bytes, &name.map_or_else(DeckOptions::default, DeckOptions::named));
            binary(read, media)
        }
        _ => {
            let decoded = decoded(bytes, form);
            let mut found = if decoded.is_text() { read(&decoded.source, form, file_name) } else { Read::default() };
            let Decoded { source, problem } = decoded;
            found.diagnostics.splice(0..0, problem);
            FileRead { source, read: found, media: BTreeMap::new() }
        }
    }
}

/// The text of a file of a form, in the encoding that such files have.
pub(crate) fn decoded(bytes: Vec<u8>, form: Form) -> Decoded {
    match form {
        Form::Delimited => decode_table(bytes),
        Form::Html => decode_page(bytes),
        _ => decode(bytes),
    }
}

/// A name without its endings: `lekh` of `lekh.hi.txt`.
fn stem(name: &str) -> Option<&str> {
    name.split('.').find(|part| !part.is_empty())
}

fn table_options(name: Option<&str>) -> TableOptions {
    name.map_or_else(TableOptions::default, TableOptions::named)
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
            let name = file_name.and_then(stem);
            patra_import::read_text(source, &name.map_or_else(TextOptions::default, TextOptions::named))
        }
        Form::Html => {
            let stem = file_name.and_then(stem);
            patra_import::read_html(source, &stem.map_or_else(HtmlOptions::default, HtmlOptions::named))
        }
        // "EOF while parsing" would tell an author less.
        Form::Stored | Form::StoredYaml if source.text().trim().is_empty() => Read::default(),
        Form::Stored => stored(Material::from_json(source.text())),
        Form::StoredYaml => stored(from_yaml(source.text())),
        Form::Delimited => patra_import::read_delimited(source, &table_options(file_name.and_then(stem))),
        Form::Workbook | Form::Deck => {
            let message = "a workbook or a deck is bytes, and this is text";
            let problem = Diagnostic::new(Code::Unreadable, Span::NONE, message);
            Read { material: None, diagnostics: vec![problem] }
        }
    };
    if matches!(form, Form::Markdown | Form::Text | Form::Html | Form::Delimited)
        && let Some(font) = legacy_font(source.text())
    {
        read.diagnostics.push(font.diagnostic(None));
    }
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
        assert_eq!(Form::of("a.HTM"), Some(Form::Html));
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
