//! What the fuzz targets try: `just fuzz TARGET SECONDS`.
//!
//! Each takes bytes as they come from a file. A panic, or an assertion here that fails, is a finding, and becomes a named
//! test beside the reader's others.

#![forbid(unsafe_code)]

mod container;

use patra_core::{Material, Source};
use patra_source::{Decoded, FileRead, Form, decode, read_bytes};

/// Reads a file that has this ending, and does with the material what `patra check` does before any output, and what
/// `patra import` does.
///
/// # Panics
/// Where a problem has no place in the source, or no reader knows the ending.
pub fn source(ending: &str, data: &[u8]) {
    let name = format!("fuzz.{ending}");
    let form = Form::of(&name).expect("a reader knows the ending");
    let FileRead { sources, read, .. } = read_bytes(data.to_vec(), form, Some(&name), None);
    let source = sources.first();
    for problem in &read.diagnostics {
        let span = problem.span;
        let place = source.text().get(span.start()..span.end());
        assert!(span.is_none() || place.is_some(), "{problem} has no place in the source");
    }
    if let Some(material) = &read.material {
        check(material);
    }
}

/// Reads bytes that begin as an archive does as a workbook, and others as the worksheet of one.
///
/// # Panics
/// As [`source`].
pub fn workbook(data: &[u8]) {
    if data.starts_with(b"PK") { source("xlsx", data) } else { source("xlsx", &container::workbook(data)) }
}

/// Reads bytes that begin as an archive does as a package, such as begin as a database does as a package's collection, and
/// others as the notes of one.
///
/// # Panics
/// As [`source`].
pub fn deck(data: &[u8]) {
    if data.starts_with(b"PK") {
        source("apkg", data);
    } else if data.starts_with(b"SQLite format 3\0") {
        source("apkg", &container::archive(&[("collection.anki21", data)]));
    } else {
        source("apkg", &container::package(data));
    }
}

/// Reads a book. What stands before the first NUL is its `patra.toml`, and each stretch up to the next one of its files.
///
/// # Panics
/// Where a problem has no place in the files, or the folder for them can't be made.
pub fn book(data: &[u8]) {
    let names = ["1.md", "2.txt", "3.html", "4.json", "अध्याय/5.md"];
    let folder = tempfile::tempdir().expect("a folder for the book");
    let manifest = folder.path().join("patra.toml");
    std::fs::create_dir(folder.path().join("अध्याय")).expect("a folder in it");
    let mut parts = data.split(|&byte| byte == 0);
    std::fs::write(&manifest, parts.next().unwrap_or_default()).expect("a file in it");
    for (name, part) in names.iter().zip(parts) {
        std::fs::write(folder.path().join(name), part).expect("a file in it");
    }
    let Ok(mut book) = patra_source::read_book(&manifest, "patra.toml", &["papers", "deck"]) else { return };
    for problem in &book.read.diagnostics {
        if !problem.span.is_none() {
            let (name, source, span) = book.sources.locate(problem.span);
            assert!(source.text().get(span.start()..span.end()).is_some(), "{problem} has no place in {name}");
        }
    }
    if let Some(material) = &book.read.material {
        let mut problems = material.problems();
        patra_source::tell_other(material, &book.sources, &mut problems);
        patra_source::tell_other(material, &book.sources, &mut book.read.diagnostics);
        check(material);
    }
}

fn check(material: &Material) {
    let _ = (material.problems(), patra_markdown::write(material));
    let stored = material.to_json();
    let again = Material::from_json(&stored).expect("what was stored is read");
    assert_eq!(again.to_json(), stored, "it is stored in another way the second time");
}

/// Reads patra's Markdown, writes it, and reads that.
///
/// # Panics
/// Where what is read the second time is not the same, or is written in another way.
pub fn markdown(data: &[u8]) {
    source("md", data);
    let Decoded { source, .. } = decode(data.to_vec());
    let Some(first) = reread(&source) else { return };
    let written = patra_markdown::write(&first);
    let again = reread(&Source::new(written.clone())).expect("what was written holds something");
    assert!(again == first, "written as\n{written}");
    assert_eq!(patra_markdown::write(&again), written, "it is written in another way the second time");
}

fn reread(source: &Source) -> Option<Material> {
    patra_markdown::read(source, &patra_markdown::ReadOptions::default()).material
}

/// Makes every output of a source in Markdown.
///
/// # Panics
/// Where a material without problems has no practice or some output of it panics.
#[cfg(feature = "outputs")]
pub fn outputs(data: &[u8]) {
    use patra_core::{Practice, Severity};

    let Decoded { source, .. } = decode(data.to_vec());
    let Some(material) = reread(&source) else { return };
    if material.problems().iter().any(|problem| problem.severity() == Severity::Error) {
        return;
    }
    let practice = Practice::of(&material);
    // An error, such as of a picture that isn't there, is an answer.
    let _ = patra_pdf::pdf(&material, &practice, &patra_pdf::PdfOptions::default());
    let _ = patra_anki::apkg(&material, &practice, &patra_anki::ApkgOptions::default());
    let _ = patra_sheets::sheets(&material, &practice, &patra_sheets::SheetsOptions::default());
    let _ = patra_sheets::workbook(&material, &practice, &patra_sheets::SheetsOptions::default());
    let _ = patra_quiz::moodle_xml(&material, &practice, &patra_quiz::QuizOptions::default());
    let _ = patra_quiz::gift(&material, &practice, &patra_quiz::QuizOptions::default());
    let _ = patra_quiz::qti(&material, &practice, &patra_quiz::QuizOptions::default());
}
