//! What the document says of itself.

use lopdf::{Dictionary, Object, dictionary};
use patra_core::{Date, Material, Messages};

use super::document::text_string;
use crate::options::{Paper, PdfOptions};

/// What is told of a document.
pub(crate) struct Facts<'a> {
    pub(super) material: &'a Material,
    /// Its title: the material's, and which paper it is.
    pub(super) title: String,
    /// Whether the file names its keywords; on a worksheet or a test they could be answers.
    keywords: bool,
    /// The tags of the languages of its words, by number.
    pub(super) languages: Vec<String>,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(
        material: &'a Material,
        options: &PdfOptions,
        messages: &Messages,
        languages: Vec<String>,
    ) -> Self {
        let paper = options.paper;
        let mut title = material.title.to_plain();
        if let Some(edition) = options.beside.as_ref().filter(|_| options.is_bilingual()) {
            title = format!("{title} / {}", edition.material.title.to_plain());
        }
        let label = match paper {
            Paper::Handout | Paper::Booklet => None,
            Paper::Worksheet => Some("worksheet"),
            Paper::Answers => Some("answer-key"),
            Paper::Test => Some("test"),
            Paper::TestKey => Some("answer-key"),
            Paper::Cards => Some("cards"),
        };
        let set = (paper == Paper::Test).then(|| options.sets.get(options.set)).flatten();
        let title = match label.map(|label| messages.string(label, &[])) {
            None => title,
            Some(label) if title.trim().is_empty() => label,
            Some(label) => format!("{title} – {label}"),
        };
        let title = match set {
            Some(set) => format!("{title} – {}", messages.string("set-name", &[("set", &set.to_string())])),
            None => title,
        };
        let keywords = !matches!(paper, Paper::Worksheet | Paper::Test);
        Facts { material, title, keywords, languages }
    }
}

/// The document's own facts. Dates come from the material alone, so that two builds are alike.
pub(super) fn information(facts: &Facts<'_>) -> Dictionary {
    let Facts { material, title, keywords, .. } = facts;
    let mut information = dictionary! {
        "Title" => text_string(title),
        "Producer" => text_string("patra"),
        "Creator" => text_string("patra"),
    };
    if !material.authors.is_empty() {
        information.set("Author", text_string(&material.authors.join(", ")));
    }
    if let Some(subject) = &material.subject {
        information.set("Subject", text_string(subject));
    }
    if *keywords && !material.tags.is_empty() {
        information.set("Keywords", text_string(&material.tags.join(", ")));
    }
    if let Some(date) = material.updated {
        let date = Object::string_literal(pdf_date(date));
        information.set("CreationDate", date.clone());
        information.set("ModDate", date);
    }
    information
}

fn pdf_date(date: Date) -> String {
    format!("D:{:04}{:02}{:02}000000Z", date.year(), date.month(), date.day())
}

/// What `pdfuaid` is: PDF/A knows no schemas but its own and XMP's, and wants others told (ISO 19005-2, 6.6.2.3.3).
const EXTENSION: &str = "\
    <rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
    xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\
    <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
    <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
    <pdfaProperty:category>internal</pdfaProperty:category>\
    <pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>\
    </rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";

/// The same facts in XMP (ISO 16684-1).
pub(super) fn xmp(facts: &Facts<'_>) -> String {
    let Facts { material, title, keywords, .. } = facts;
    let mut out = String::from(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" \
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n",
    );
    let language = material.language.to_string();
    let title = escape(title);
    out.push_str("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n");
    out.push_str("<pdfuaid:part>1</pdfuaid:part>\n");
    out.push_str(&format!("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n"));
    out.push_str(&format!("<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>\n", escape(&language)));
    if !material.authors.is_empty() {
        let authors: String =
            material.authors.iter().map(|name| format!("<rdf:li>{}</rdf:li>", escape(name))).collect();
        // One string in the information dictionary must equal one entry here (ISO 19005-2, 6.6.2.3).
        let authors = if material.authors.len() > 1 {
            format!("<rdf:li>{}</rdf:li>", escape(&material.authors.join(", ")))
        } else {
            authors
        };
        out.push_str(&format!("<dc:creator><rdf:Seq>{authors}</rdf:Seq></dc:creator>\n"));
    }
    if let Some(subject) = &material.subject {
        out.push_str(&format!(
            "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:description>\n",
            escape(subject)
        ));
    }
    if *keywords && !material.tags.is_empty() {
        out.push_str(&format!("<pdf:Keywords>{}</pdf:Keywords>\n", escape(&material.tags.join(", "))));
    }
    if let Some(date) = material.updated {
        for name in ["CreateDate", "ModifyDate"] {
            out.push_str(&format!("<xmp:{name}>{date}T00:00:00Z</xmp:{name}>\n"));
        }
    }
    out.push_str("<pdf:Producer>patra</pdf:Producer><xmp:CreatorTool>patra</xmp:CreatorTool>\n");
    out.push_str("</rdf:Description>\n");
    out.push_str(EXTENSION);
    out.push_str("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
