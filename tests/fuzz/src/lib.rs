//! What the fuzz targets try: `just fuzz TARGET SECONDS`.
//!
//! Each takes bytes as they come from a file. A panic, or an assertion here that fails, is a finding, and becomes a named
//! test beside the reader's others.

#![forbid(unsafe_code)]

use patra_core::{Material, Source};
use patra_source::{Decoded, Form, decode, read};

/// Reads a source in the form that a file with this ending has, and does with the material what `patra check` does before
/// any output.
///
/// # Panics
/// Where a problem has no place in the source, or no reader knows the ending.
pub fn source(ending: &str, data: &[u8]) {
    let name = format!("fuzz.{ending}");
    let form = Form::of(&name).expect("a reader knows the ending");
    let Decoded { source, .. } = decode(data.to_vec());
    let read = read(&source, form, Some(&name));
    for problem in &read.diagnostics {
        let span = problem.span;
        assert!(source.text().get(span.start()..span.end()).is_some(), "{problem} has no place in the source");
    }
    if let Some(material) = &read.material {
        let _ = (material.problems(), material.to_json());
    }
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
