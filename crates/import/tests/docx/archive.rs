//! Documents as archives of parts.

use std::io::{Cursor, Write};

use patra_core::{Block, Material, Section};
use patra_import::{DocumentOptions, DocumentRead, read_docx};
use zip::write::{SimpleFileOptions, ZipWriter};

const NAMES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:wp="wp" xmlns:a="a" xmlns:pic="pic" xmlns:mc="mc" xmlns:wps="wps""#;
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document that is put together.
#[derive(Default)]
pub struct Document {
    parts: Vec<(String, Vec<u8>)>,
    links: String,
    body: String,
}

impl Document {
    /// A document with this inside its body.
    pub fn new(body: &str) -> Self {
        Document { body: body.to_owned(), ..Document::default() }
    }

    /// Adds a part that the body names by its kind: `styles`, `numbering`.
    pub fn part(mut self, kind: &str, inside: &str) -> Self {
        let xml = format!("<w:{kind} {NAMES}>{inside}</w:{kind}>");
        self.parts.push((format!("word/{kind}.xml"), xml.into_bytes()));
        self.link(kind, kind, &format!("{kind}.xml"))
    }

    /// Adds a relationship of the body.
    pub fn link(mut self, id: &str, kind: &str, target: &str) -> Self {
        let mode = if target.contains("://") { " TargetMode=\"External\"" } else { "" };
        self.links.push_str(&format!(
            "<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{}\"{mode}/>",
            target.replace('&', "&amp;")
        ));
        self
    }

    /// Adds a part as it is.
    pub fn raw(mut self, name: &str, bytes: &[u8]) -> Self {
        self.parts.push((name.to_owned(), bytes.to_vec()));
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let relationships = |inside: &str| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
            )
        };
        let root = format!(
            "<Relationship Id=\"r1\" Type=\"{TYPES}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"r2\" \
             Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" \
             Target=\"docProps/core.xml\"/>"
        );
        let body = format!("<w:document {NAMES}><w:body>{}</w:body></w:document>", self.body);
        let mut parts = vec![
            ("_rels/.rels".to_owned(), relationships(&root).into_bytes()),
            ("word/_rels/document.xml.rels".to_owned(), relationships(&self.links).into_bytes()),
            ("word/document.xml".to_owned(), body.into_bytes()),
        ];
        parts.extend(self.parts.iter().cloned());
        for (name, bytes) in parts {
            writer.start_file(name, SimpleFileOptions::default()).expect("a part begins");
            writer.write_all(&bytes).expect("a part is written");
        }
        writer.finish().expect("the archive ends").into_inner()
    }

    pub fn read(&self) -> DocumentRead {
        read_docx(&self.bytes(), &DocumentOptions::named("notes"))
    }

    /// The material, which has to be there.
    pub fn material(&self) -> Material {
        let read = self.read();
        read.read.material.unwrap_or_else(|| panic!("no material: {:?}", read.read.diagnostics))
    }
}

/// A paragraph with these properties and these words.
pub fn paragraph(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run("", words))
}

/// A run.
pub fn run(properties: &str, words: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>")
}

/// The blocks of all sections.
pub fn blocks(material: &Material) -> Vec<&Block> {
    fn within<'m>(sections: &'m [Section], out: &mut Vec<&'m Block>) {
        for section in sections {
            out.extend(&section.blocks);
            within(&section.sections, out);
        }
    }
    let mut out = Vec::new();
    within(&material.sections, &mut out);
    out
}

/// The words of paragraphs.
pub fn paragraphs(material: &Material) -> Vec<String> {
    let words = |block: &&Block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.to_plain()),
        _ => None,
    };
    blocks(material).iter().filter_map(words).collect()
}

/// All that is said of a document.
pub fn said(read: &DocumentRead) -> String {
    read.read.diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect()
}
