//! Books: several files that are one material.

mod manifest;
mod options;
mod place;

use std::io;
use std::path::Path;

use patra_core::{Code, Diagnostic, Phrase, Read, Severity, SourceMap, Span, phrase};

use crate::assembly::{Assembly, MAX_BOOK_FILES};
use crate::form::decoded;
use crate::{Decoded, Form, MAX_FILE_BYTES, decode, file_problem, read_file};
use manifest::Manifest;
pub use options::{BookOption, OptionTable, OptionValue};
use place::{BookFile, Folder};

/// Whether a file of this name says what a book is made of: `patra.toml`, or for an edition `patra.hi.toml`.
#[must_use]
pub fn is_book(file_name: &str) -> bool {
    let middle = file_name.strip_prefix("patra.").and_then(|rest| rest.strip_suffix("toml"));
    middle.is_some_and(|middle| {
        middle.is_empty() || middle.strip_suffix('.').is_some_and(|tag| tag.parse::<patra_core::Language>().is_ok())
    })
}

/// A book that was read.
#[derive(Debug)]
#[must_use]
pub struct Book {
    /// The file that says what it is made of, then the others that were read.
    pub sources: SourceMap,
    /// The material, and what was found wrong with it, in the offsets of the sources.
    pub read: Read,
    /// The tables of options that its file has.
    pub options: Vec<OptionTable>,
}

/// Reads a book: the file at `path`, and the files that it names, each of which becomes a section. `name` is what the
/// file is called in messages; the names of the others begin as it does. `tables` are the names of the tables of options that
/// its file may have beside `[book]`: what is in them is for the caller to understand.
///
/// Only files in the folder of the file or below it are read, links followed; [`MAX_BOOK_FILES`] of them at most, and no more
/// than [`MAX_FILE_BYTES`] together.
///
/// # Errors
/// Where the file itself can't be read. What is wrong with the others is told as a problem, where they are named.
pub fn read_book(path: &Path, name: &str, tables: &[&str]) -> io::Result<Book> {
    let Decoded { source, problem } = decode(read_file(path)?);
    let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Some(folder) = Folder::of(path)? else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, phrase!("it is in no folder")));
    };
    let sources = SourceMap::new(name, source.clone());
    let mut diagnostics: Vec<Diagnostic> = problem.into_iter().collect();
    let manifest = if diagnostics.is_empty() { Manifest::read(&source, tables, &mut diagnostics) } else { None };
    let Some(mut manifest) = manifest else {
        return Ok(Book { sources, read: Read { material: None, diagnostics }, options: Vec::new() });
    };
    let options = std::mem::take(&mut manifest.options);
    let tag = file_name.strip_prefix("patra.").and_then(|rest| rest.strip_suffix(".toml"));
    let language = manifest.language.clone().or_else(|| tag.and_then(|tag| tag.parse().ok()));
    let files = folder.files(&manifest, tag, &mut diagnostics);
    let prefix = name.strip_suffix(&file_name).unwrap_or_default();
    let mut assembly = Assembly::new(folder.root(), prefix, sources, language.clone());
    assembly.found = diagnostics;
    let mut sections = Vec::new();
    for BookFile { file, span } in files.iter().cloned() {
        if assembly.is_full() {
            let message = phrase!("the book has more than {$most} files", most = MAX_BOOK_FILES);
            assembly.found.push(Diagnostic::new(Code::BookTooLarge, span, message).with_hint("part it"));
            break;
        }
        let bytes = match read_file(&file.path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message =
                    phrase!("cannot read the file `{$name}`: {$why}", name = &file.name, why = file_problem(&error));
                assembly.found.push(Diagnostic::new(Code::BookFile, span, message));
                continue;
            }
        };
        if !assembly.take_room(bytes.len()) {
            let message =
                phrase!("the files of the book are larger than {$most} MiB together", most = MAX_FILE_BYTES >> 20);
            assembly.found.push(Diagnostic::new(Code::BookTooLarge, span, message).with_hint("part it"));
            break;
        }
        let Some(form) = Form::of(&file.name) else { continue };
        let decoded = decoded(bytes, form);
        let base = assembly.sources.add(format!("{prefix}{}", file.name), decoded.source.clone());
        assembly.found.extend(decoded.problem.clone().map(|problem| problem.moved(base)));
        if decoded.is_text() {
            sections.extend(assembly.chapter(file, &decoded.source, base, form));
        }
    }
    folder.tell_left_out(&manifest, tag, &files, &mut assembly);
    let errors = assembly.found.iter().any(|problem| problem.severity() == Severity::Error);
    if sections.is_empty() && !errors {
        let hint = "name its files: `files = [\"1.md\", \"2.md\"]`";
        assembly.found.push(Diagnostic::new(Code::EmptySource, Span::NONE, "the book has no files").with_hint(hint));
    }
    let language = language.or_else(|| assembly.first_language().cloned());
    let mut material = manifest.material(language.unwrap_or_default());
    material.sections = sections;
    let material = assembly.finished(material);
    let Assembly { sources, found: diagnostics, .. } = assembly;
    Ok(Book { sources, read: Read { material: Some(material), diagnostics }, options })
}

/// The bytes of a file that the options of a book name, by its name from the folder of the book's file at `path`: a file in
/// that folder or below it, links followed.
///
/// # Errors
/// Where there is no such file in the folder, or it can't be read.
pub fn read_beside(path: &Path, name: &str) -> Result<Vec<u8>, Phrase> {
    let folder = Folder::of(path).map_err(|error| file_problem(&error))?;
    let folder = folder.ok_or_else(|| phrase!("it is in no folder"))?;
    read_file(&folder.path(name)?).map_err(|error| file_problem(&error))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Reads a book of these files, the first of them `patra.toml`.
    fn book(files: &[(&str, &[u8])]) -> Book {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, bytes).expect("written");
        }
        read_book(&folder.path().join("patra.toml"), "patra.toml", &[]).expect("read")
    }

    fn headings(book: &Book) -> Vec<String> {
        let sections = book.read.material.iter().flat_map(|material| &material.sections);
        sections.map(|section| section.heading.to_plain()).collect()
    }

    fn codes(book: &Book) -> Vec<Code> {
        book.read.diagnostics.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn links_and_names_may_begin_with_a_dot() {
        let manifest = "[book]\ntitle = \"क\"\nlanguage = \"hi\"\nfiles = [\"./1.md\", \".//भाग/./2.md\"]\n";
        let book = book(&[
            ("patra.toml", manifest.as_bytes()),
            ("1.md", "# पहला\n\n[आगे](./भाग/2.md#gain) और [फिर](./1.md#dew)\n\nओस {#dew}\n: बूँद।\n".as_bytes()),
            ("भाग/2.md", "# दूसरा\n\nलाभ {#gain}\n: [पीछे](./../1.md#dew)\n".as_bytes()),
        ]);
        assert_eq!((headings(&book), codes(&book)), (vec!["पहला".to_owned(), "दूसरा".to_owned()], vec![]));
        let json = book.read.material.expect("a material").to_json();
        assert_eq!((json.matches("\"#dew\"").count(), json.matches("\"#gain\"").count()), (2, 1), "{json}");
    }

    #[test]
    fn an_id_that_two_files_write_is_an_error_though_it_would_be_derived() {
        let manifest = "[book]\ntitle = \"क\"\nlanguage = \"hi\"\n";
        let file = "# {title}\n\nओस {#ओस}\n: बूँद।\n";
        let (one, two) = (file.replace("{title}", "पहला"), file.replace("{title}", "दूसरा"));
        let book = book(&[("patra.toml", manifest.as_bytes()), ("1.md", one.as_bytes()), ("2.md", two.as_bytes())]);
        let problems = book.read.material.expect("a material").problems();
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::DuplicateId]);
    }

    #[test]
    fn a_page_is_decoded_as_it_is_alone() {
        let manifest = b"[book]\ntitle = \"x\"\nlanguage = \"fr\"\nfiles = [\"1.html\", \"2.md\"]\n";
        let page = b"<meta charset=windows-1252><title>Th\xE9</title><h1>Th\xE9</h1><p>Une tasse de th\xE9 chaud.</p>";
        let book = book(&[("patra.toml", manifest), ("1.html", page), ("2.md", b"# Caf\xE9\n")]);
        assert_eq!(headings(&book), ["Thé", "Café"]);
        let detected = book.read.diagnostics.iter().filter(|problem| problem.code == Code::OtherEncoding);
        let files: Vec<&str> = detected.map(|problem| book.sources.locate(problem.span).0).collect();
        assert_eq!(files, ["2.md"], "{:?}", book.read.diagnostics);
    }

    #[test]
    fn files_of_another_language_are_of_another_edition() {
        let files: [(&str, &[u8]); 3] = [
            ("1.hi.md", "# एक\n\nशब्द।\n".as_bytes()),
            ("1.en.md", b"# One\n\nWords.\n"),
            ("2.md", "# दो\n\nशब्द।\n".as_bytes()),
        ];
        for more in ["", "files = [\"1.hi.md\", \"2.md\"]\n"] {
            let manifest = format!("[book]\ntitle = \"क\"\nlanguage = \"hi\"\n{more}");
            let book = book(&[&[("patra.toml", manifest.as_bytes())][..], &files].concat());
            assert_eq!((headings(&book), codes(&book)), (vec!["एक".to_owned(), "दो".to_owned()], vec![]), "{more}");
        }
    }
}
