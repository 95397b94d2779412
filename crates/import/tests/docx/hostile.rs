use std::time::Instant;

use patra_core::Code;
use patra_import::{DocumentOptions, read_docx};

use crate::archive::{Document, paragraph, paragraphs, run};

fn codes(bytes: &[u8]) -> Vec<Code> {
    read_docx(bytes, &DocumentOptions::default()).read.diagnostics.iter().map(|found| found.code).collect()
}

#[test]
fn what_is_no_document_is_an_error_with_a_reason() {
    assert_eq!(codes(b""), [Code::Unreadable]);
    assert_eq!(codes(b"PK\x03\x04 cut short"), [Code::Unreadable]);
    assert_eq!(codes(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Word 97"), [Code::Unreadable]);
    let whole = Document::new(&paragraph("", "One.")).bytes();
    for end in (0..whole.len()).step_by(37) {
        let _ = codes(&whole[..end]);
    }
}

#[test]
fn entities_deep_elements_and_bombs_end_soon() {
    let begin = Instant::now();
    let part =
        |xml: &str| Document::new("<w:p/>").link("numbering", "numbering", "n.xml").raw("word/n.xml", xml.as_bytes());
    let entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
    assert_eq!(codes(&part(entity).bytes()), [Code::Unreadable]);
    assert_eq!(codes(&part(&"<a>".repeat(1_000_000)).bytes()), [Code::TooLarge]);
    let zeros = Document::new("<w:p/>").link("styles", "styles", "s.xml").raw("word/s.xml", &vec![b' '; 60 << 20]);
    assert_eq!(codes(&zeros.bytes()), [Code::TooLarge]);
    assert!(begin.elapsed().as_secs() < 60, "{:?}", begin.elapsed());
}

#[test]
fn a_million_runs_are_read_or_refused() {
    let few = Document::new(&format!("<w:p>{}</w:p>", "<w:r><w:t>a</w:t></w:r>".repeat(100_000)));
    assert_eq!(paragraphs(&few.material())[0].len(), 100_000);
    let many = Document::new(&format!("<w:p>{}</w:p>", "<w:r><w:t>a</w:t></w:r>".repeat(1_000_000)));
    assert_eq!(codes(&many.bytes()), [Code::TooLarge]);
}

#[test]
fn nested_tables_keep_their_words() {
    let mut inner = paragraph("", "deep words");
    for _ in 0..60 {
        inner = format!("<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>");
    }
    let read = Document::new(&inner).read();
    let material = read.read.material.expect("there are words");
    assert!(format!("{material:?}").contains("deep words"));
}

#[test]
fn relationships_that_lead_nowhere_or_out_are_reported() {
    let picture = "<w:r><w:drawing><wp:docPr descr=\"a hill\"/><a:blip r:embed=\"x\"/></w:drawing></w:r>";
    let body = format!("<w:p>{}{picture}</w:p>", run("", "Look: "));
    for target in ["../../../etc/passwd.png", "media/none.png"] {
        let read = Document::new(&body).link("x", "image", target).read();
        assert!(read.media.is_empty());
        assert!(read.read.material.is_some());
        assert!(!read.read.diagnostics.is_empty(), "{target}");
    }
}
