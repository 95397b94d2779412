//! Word's documents: `.docx`, `.docm` and their templates (ECMA-376, WordprocessingML).
//!
//! A [package](package) holds parts in XML. The [body](body) becomes a page of HTML, a paragraph a line, with all that Word shows and
//! does not write, such as [numbers before paragraphs](numbering); that page is read as any other is. What Word shows and
//! a page has no place for is reported at its paragraph.

mod body;
mod field;
mod line;
mod math;
mod numbering;
mod package;
mod paragraph;
mod properties;
mod run;
mod style;
mod symbol;
mod table;
mod xml;

use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Read, Source, Span, phrase};

use crate::html::{HtmlOptions, read_html};
pub(crate) use line::escaped;
pub(crate) use numbering::written;

use body::Reader;
use numbering::Numbering;
use package::{Fault, Package};
use properties::Properties;

/// What is known of a document besides its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentOptions {
    /// The name of the document, such as its file's name without the ending. It becomes the title if the document has none,
    /// and the names of its pictures begin with it.
    pub name: Option<String>,
}

impl DocumentOptions {
    /// Options for a document that has a name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        DocumentOptions { name: Some(name.into()) }
    }
}

/// A document as it was read.
#[derive(Clone, Debug)]
#[must_use]
pub struct DocumentRead {
    /// The document as a page, a paragraph a line, which the spans of the material and of the diagnostics are places in.
    pub source: Source,
    /// The material, and what was guessed or has no place in it.
    pub read: Read,
    /// The pictures that the material shows, by the names it has for them: `media/notes-1.png`. No name leads out of the folder
    /// that it is put into.
    pub media: BTreeMap<String, Vec<u8>>,
}

/// Reads a document of Word's.
///
/// Headings are taken from styles and, where there are none, from the look of paragraphs. Numbers and letters that Word shows
/// before paragraphs are computed from the document's lists. Tracked changes are taken as accepted. Words that were deleted,
/// comments, headers and all else that is left out or loses its look is reported.
///
/// A file that is damaged, or unpacks to too much, is an error.
pub fn read_docx(bytes: &[u8], options: &DocumentOptions) -> DocumentRead {
    read(bytes, options).unwrap_or_else(|fault| DocumentRead {
        source: Source::new(String::new()),
        read: Read { material: None, diagnostics: vec![fault.diagnostic()] },
        media: BTreeMap::new(),
    })
}

fn read(bytes: &[u8], options: &DocumentOptions) -> Result<DocumentRead, Fault> {
    let mut package = Package::open(bytes)?;
    let roots = package.relationships("")?;
    let named = |kind: &str| {
        roots.values().find(|relationship| relationship.kind == kind).map(|relationship| relationship.target.clone())
    };
    let main = named("officeDocument").unwrap_or_else(|| "word/document.xml".to_owned());
    let missing = || Fault::Damaged(phrase!("there is no document in it"));
    let text = package.part(&main)?.ok_or_else(missing)?;
    let links = package.relationships(&main)?;
    let part = |kind: &str| {
        let found = links.values().find(|relationship| relationship.kind == kind && !relationship.external);
        found.map(|relationship| relationship.target.clone())
    };
    let mut texts: BTreeMap<&str, (String, String)> = BTreeMap::new();
    for kind in ["styles", "numbering", "footnotes", "endnotes", "comments"] {
        if let Some(name) = part(kind)
            && let Some(text) = package.part(&name)?
        {
            texts.insert(kind, (name, text));
        }
    }
    let found = |kind: &str| texts.get(kind).map(|(name, text)| (name.as_str(), text.as_str()));
    let (styles_name, styles) = found("styles").unzip();
    let styles = style::read(styles, styles_name.unwrap_or_default())?;
    let (numbering_name, numbering) = found("numbering").unzip();
    let numbering = Numbering::read(numbering, numbering_name.unwrap_or_default())?;
    let document = xml::parse(&text, &main)?;
    let body = xml::child(document.root_element(), "body").ok_or_else(missing)?;
    let mut notes = Vec::new();
    for kind in ["footnotes", "endnotes", "comments"] {
        let parsed = found(kind).map(|(name, text)| xml::parse(text, name)).transpose()?;
        let links = match found(kind) {
            Some((name, _)) => package.relationships(name)?,
            None => BTreeMap::new(),
        };
        notes.push((parsed, links));
    }
    let properties = match named("core-properties") {
        Some(name) => Properties::read(package.part(&name)?.as_deref(), &name),
        None => Properties::default(),
    };

    let name = options.name.as_deref().unwrap_or("picture");
    let mut reader = Reader::new(styles, numbering, &links, name);
    reader.begin(&properties, body);
    reader.asides =
        notes.iter().map(|(document, links)| (document.as_ref().map(|d| d.root_element()), links)).collect();
    reader.blocks(body);
    reader.end();
    for (name, kind) in links.values().filter(|link| !link.external).map(|link| (&link.target, &link.kind)) {
        match kind.as_str() {
            "header" | "footer" => {
                let text = package.part(name)?.unwrap_or_default();
                if let Ok(document) = xml::parse(&text, name) {
                    reader.margin(document.root_element());
                }
            }
            "diagramData" | "chart" => {
                let text = package.part(name)?.unwrap_or_default();
                if let Ok(document) = xml::parse(&text, name) {
                    reader.drawn(document.root_element());
                }
            }
            _ => {}
        }
    }
    let mut media = BTreeMap::new();
    for (part, name) in std::mem::take(&mut reader.pictures) {
        match package.picture(&part) {
            Ok(bytes) => drop(media.insert(name, bytes)),
            Err(Fault::Damaged(why) | Fault::TooLarge(why)) => {
                let message = phrase!("the picture `{$part}` can't be carried along: {$why}", part, why);
                reader.notes.push(Diagnostic::new(Code::DeckMedia, Span::NONE, message));
            }
        }
    }
    drop(package);
    let (html, mut diagnostics) = reader.finish();
    let source = Source::new(html);
    let mut page = HtmlOptions::default();
    page.name.clone_from(&options.name);
    let mut read = read_html(&source, &page);
    if let Some(material) = &mut read.material {
        material.tags = properties.tags;
    }
    diagnostics.append(&mut read.diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start());
    Ok(DocumentRead { source, read: Read { material: read.material, diagnostics }, media })
}
