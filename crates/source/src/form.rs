//! The forms that a source may have, and their readers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use patra_core::{Code, Diagnostic, Material, Read, Severity, Source, SourceMap, Span, legacy_font};
use patra_import::{
    DeckOptions, DeckRead, DocumentOptions, DocumentRead, HtmlOptions, TableOptions, TextOptions, is_pandoc,
    legacy_to_unicode, read_pandoc,
};
use patra_markdown::{Include, Part, ReadOptions};

use crate::assembly::{Assembly, Named};
use crate::decode::{Decoded, decode_text};
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
    /// The stored form, in JSON, or the JSON that pandoc writes.
    Stored,
    /// The stored form, in YAML.
    StoredYaml,
    /// A table as text: CSV or TSV.
    Delimited,
    /// A workbook in XLSX.
    Workbook,
    /// A deck of Anki's.
    Deck,
    /// A document of Word's.
    Document,
}

impl Form {
    /// The form that the ending of a file's name tells, in either case: `.md`, `.markdown`, `.txt`, `.html`, `.htm`, `.json`, `.yaml`, `.yml`,
    /// `.csv`, `.tsv`, `.xlsx`, `.xlsm`, `.apkg`, `.colpkg`, `.docx`, `.docm`, `.dotx` or `.dotm`.
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
            "docx" | "docm" | "dotx" | "dotm" => Some(Form::Document),
            _ => None,
        }
    }

    /// Whether files of the form are sources wherever they lie. Tables, decks and documents of Word's are sources only
    /// where they are named: beside a source lie its data, the decks that were made of it, and the document it was imported from.
    #[must_use]
    pub fn is_source(self) -> bool {
        !matches!(self, Form::Delimited | Form::Workbook | Form::Deck | Form::Document)
    }

    /// Whether a source of the form is bytes and no text.
    #[must_use]
    pub fn is_binary(self) -> bool {
        matches!(self, Form::Workbook | Form::Deck | Form::Document)
    }
}

/// What became of a file.
#[derive(Clone, Debug)]
#[must_use]
pub struct FileRead {
    /// Its text, empty where it is no text, and of a document of Word's a page that says the same; then those of the files
    /// that it includes.
    pub sources: SourceMap,
    /// What was made of it.
    pub read: Read,
    /// The pictures and sounds that it brings, by the names that the material has for them.
    pub media: BTreeMap<String, Vec<u8>>,
}

/// Reads the bytes of a file of a form, as [`read_text`] does once they are text.
///
/// The encoding of a page is the one that it names, and that of any other text is detected: UTF-8, UTF-16 or Windows-1252. Bytes that
/// mean nothing in it are replaced with U+FFFD and reported.
pub fn read_bytes(bytes: Vec<u8>, form: Form, called: Option<&str>, folder: Option<&Path>) -> FileRead {
    let name = called.map(file_name).and_then(stem);
    let sources = |source: Source| SourceMap::new(called.unwrap_or_default(), source);
    let binary = |read: Read, media| FileRead { sources: sources(Source::new(String::new())), read, media };
    match form {
        Form::Workbook => binary(patra_import::read_workbook(bytes, &table_options(name)), BTreeMap::new()),
        Form::Deck => {
            let DeckRead { read, media } =
                patra_import::read_deck(&bytes, &name.map_or_else(DeckOptions::default, DeckOptions::named));
            binary(read, media)
        }
        Form::Document => {
            let options = name.map_or_else(DocumentOptions::default, DocumentOptions::named);
            let DocumentRead { source, read, media } = patra_import::read_docx(&bytes, &options);
            FileRead { sources: sources(source), read, media }
        }
        _ => {
            let decoded = decoded(bytes, form);
            let is_text = decoded.is_text();
            let Decoded { source, problem } = decoded;
            let mut read = if is_text {
                read_text(source, form, called, folder)
            } else {
                FileRead { sources: sources(source), read: Read::default(), media: BTreeMap::new() }
            };
            read.read.diagnostics.splice(0..0, problem);
            read
        }
    }
}

/// Reads the text of a source of a form, as [`read`] does, with the files that it includes, which are read from `folder`.
/// `called` is what messages call it, which ends with the name of its file; the names of what it includes begin as it does.
///
/// Only files in the folder or below it are included, links followed; [`MAX_BOOK_FILES`](crate::MAX_BOOK_FILES) at most, no
/// more than [`MAX_INCLUDE_DEPTH`](crate::MAX_INCLUDE_DEPTH) deep in one another, and none larger than
/// [`MAX_FILE_BYTES`](crate::MAX_FILE_BYTES) with what it is included in.
///
/// Lines of pasted text that are for Kruti Dev are converted to Unicode first, and the sources hold the text in Unicode.
pub fn read_text(source: Source, form: Form, called: Option<&str>, folder: Option<&Path>) -> FileRead {
    if form == Form::Text
        && let Some(converted) = legacy_to_unicode(source.text())
    {
        let mut found = read_unicode(Source::new(converted.text), form, called, folder);
        found.read.diagnostics.splice(0..0, converted.notes);
        return found;
    }
    if form == Form::Stored && is_pandoc(source.text()) {
        let options =
            called.map(file_name).and_then(stem).map_or_else(DocumentOptions::default, DocumentOptions::named);
        let DocumentRead { source, read, media } = read_pandoc(source.text(), &options);
        return FileRead { sources: SourceMap::new(called.unwrap_or_default(), source), read, media };
    }
    read_unicode(source, form, called, folder)
}

fn read_unicode(source: Source, form: Form, called: Option<&str>, folder: Option<&Path>) -> FileRead {
    let (called, name) = (called.unwrap_or_default(), called.map(file_name));
    let sources = SourceMap::new(called, source);
    let (Some(folder), Form::Markdown) = (folder, form) else {
        let read = read(sources.first(), form, name);
        return FileRead { sources, read, media: BTreeMap::new() };
    };
    let part = read_part(sources.first(), form, name, false);
    if part.includes.is_empty() {
        return FileRead { sources, read: part.read, media: BTreeMap::new() };
    }
    let name = name.unwrap_or_default();
    let path = folder.join(name);
    let file = Named { name: name.to_owned(), path: fs::canonicalize(&path).unwrap_or(path) };
    let prefix = called.strip_suffix(name).unwrap_or_default();
    let mut assembly = Assembly::new(folder, prefix, sources, None);
    let material = assembly.whole(file, part);
    let read = Read { material, diagnostics: assembly.found };
    FileRead { sources: assembly.sources, read, media: BTreeMap::new() }
}

/// What was made of a source that may be a part of a material.
pub(crate) struct PartRead {
    pub(crate) read: Read,
    pub(crate) includes: Vec<Include>,
    /// Which of its ids nobody wrote, in the order of [`Material::ids_mut`].
    pub(crate) derived: Vec<bool>,
}

/// Reads a source of a form that may be a part of a material. One that is `included` has no title.
pub(crate) fn read_part(source: &Source, form: Form, name: Option<&str>, included: bool) -> PartRead {
    if form == Form::Markdown {
        let mut options = name.map_or_else(ReadOptions::default, ReadOptions::named);
        options.included = included;
        let Part { read, includes, derived, .. } = patra_markdown::read_part(source, &options);
        return PartRead { read: with_problems(read, source, form), includes, derived };
    }
    let read = read(source, form, name);
    let mut bare = read.material.clone().unwrap_or_default();
    bare.forget_derived_ids();
    let mut derived = Vec::new();
    bare.ids_mut(&mut |id| derived.push(id.is_unset()));
    PartRead { read, includes: Vec::new(), derived }
}

/// The name of a file without its folders.
fn file_name(called: &str) -> &str {
    called.rsplit(['/', '\\']).next().unwrap_or(called)
}

/// The text of a file of a form, in the encoding that such files have.
pub(crate) fn decoded(bytes: Vec<u8>, form: Form) -> Decoded {
    match form {
        Form::Html => decode_page(bytes),
        _ => decode_text(bytes),
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
/// Where no material comes of it, an error among the problems says why. A file that it includes is an error, since it is not
/// known in which folder that would be.
pub fn read(source: &Source, form: Form, file_name: Option<&str>) -> Read {
    let read = match form {
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
        Form::Workbook | Form::Deck | Form::Document => {
            let message = "a workbook, a deck or a document of Word's is bytes, and this is text";
            let problem = Diagnostic::new(Code::Unreadable, Span::NONE, message);
            Read { material: None, diagnostics: vec![problem] }
        }
    };
    with_problems(read, source, form)
}

/// What was read, with what is wrong with any source.
fn with_problems(mut read: Read, source: &Source, form: Form) -> Read {
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
        assert_eq!(Form::of("a.DOCX"), Some(Form::Document));
        assert_eq!(Form::of("a.doc"), None);
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
