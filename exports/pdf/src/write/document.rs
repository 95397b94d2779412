//! The document: pages written by printpdf, and what it lacks or gets wrong put right on lopdf's tree of objects.
//!
//! printpdf 0.12 writes fonts only with its own text operators, a flat outline, the version 1.3, random ids and dates of the
//! day; so fonts, outline, names, structure and metadata are made here.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};
use sha2::{Digest, Sha256};

use super::annotation::{Place, annotation, name_tree};
use super::canvas::{Canvas, Fonts, Link, Stretch};
use super::facts::{Facts, information, xmp};
use super::intent::output_intent;
use super::outline::outline;
use super::structure::{Contents, Linked, Marked, structure};
use crate::layout::{Bookmark, NodeId, Picture, Tree};
use crate::text::embed;

/// The pages drawn, before they are a document.
#[derive(Default)]
pub(crate) struct Sheaf {
    pages: Vec<PdfPage>,
    marked: Vec<Vec<Stretch>>,
    figures: Vec<Vec<(NodeId, [f32; 4])>>,
    links: Vec<Vec<Link>>,
    pictures: Vec<Vec<(String, Picture)>>,
}

/// Where things are: the page from 0, and the distance from the sheet's lower edge in points.
pub(crate) struct Destinations {
    pub(crate) anchors: BTreeMap<String, (usize, f32)>,
    pub(crate) bookmarks: Vec<(Bookmark, usize, f32)>,
}

impl Sheaf {
    /// How many pages there are so far.
    pub(crate) fn len(&self) -> usize {
        self.pages.len()
    }

    pub(crate) fn add(&mut self, canvas: Canvas<'_>, (width, height): (f32, f32)) {
        let points = |points: f32| Mm::from(printpdf::Pt(points));
        self.pages.push(PdfPage::new(points(width), points(height), canvas.ops));
        self.marked.push(canvas.marked);
        self.figures.push(canvas.figures);
        self.links.push(canvas.links);
        self.pictures.push(canvas.pictures);
    }
}

/// Makes a file of the pages.
pub(crate) fn document(
    sheaf: Sheaf,
    fonts: &Fonts,
    tree: &Tree,
    destinations: &Destinations,
    facts: &Facts<'_>,
    sheet: (f32, f32),
) -> Result<Vec<u8>, std::io::Error> {
    let mut printed = PdfDocument::new("");
    printed.pages = sheaf.pages;
    // The pages hold the operators that printpdf has no names for.
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let mut document = printed.to_lopdf_document(&options, &mut Vec::new());
    drop(printed);

    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let fonts = font_resources(&mut document, fonts);
    let at = |(page, y): (usize, f32)| pages.get(page).map(|page| Place { page: *page, y });
    let named: BTreeMap<String, Place> =
        destinations.anchors.iter().filter_map(|(name, place)| Some((name.clone(), at(*place)?))).collect();
    let bookmarks: Vec<(Bookmark, Place)> = destinations
        .bookmarks
        .iter()
        .filter_map(|(bookmark, page, y)| Some((bookmark.clone(), at((*page, *y))?)))
        .collect();

    let mut linked = Vec::new();
    for (i, page_id) in pages.iter().enumerate() {
        let pictures = sheaf.pictures.get(i).map_or(&[][..], Vec::as_slice);
        let mut resources = dictionary! { "Font" => fonts };
        if !pictures.is_empty() {
            let mut named = Dictionary::new();
            for (name, picture) in pictures {
                named.set(name.as_bytes(), picture_object(&mut document, picture));
            }
            resources.set("XObject", named);
        }
        let links = sheaf.links.get(i).map_or(&[][..], Vec::as_slice);
        let mut annotations: Vec<Object> = Vec::new();
        for link in links {
            let Some(mut annotation) = annotation(link, &named) else { continue };
            // The numbers after those of the pages are the links'.
            annotation.set("StructParent", i64::try_from(pages.len() + linked.len()).unwrap_or(0));
            let id = document.add_object(annotation);
            annotations.push(id.into());
            linked.push(Linked { page: *page_id, annotation: id, marked: (i, link.marked) });
        }
        let number = i64::try_from(i).unwrap_or(0);
        let Ok(page) = document.get_dictionary_mut(*page_id) else { continue };
        let old = page.get(b"Resources").and_then(Object::as_reference).ok();
        page.set("Resources", resources);
        let (width, height) = sheet;
        page.set("MediaBox", vec![0.into(), 0.into(), Object::Real(width), Object::Real(height)]);
        for boxed in [&b"TrimBox"[..], b"CropBox", b"Annots"] {
            page.remove(boxed);
        }
        if !annotations.is_empty() {
            page.set("Annots", annotations);
        }
        page.set("StructParents", number);
        page.set("Tabs", "S");
        if let Some(old) = old {
            document.objects.remove(&old);
        }
    }

    let marked: Vec<Marked> =
        pages.iter().zip(sheaf.marked).map(|(page, stretches)| Marked { page: *page, stretches }).collect();
    let figures: BTreeMap<NodeId, [f32; 4]> = sheaf.figures.into_iter().flatten().collect();
    let structure = structure(
        &mut document,
        tree,
        &Contents { pages: &marked, links: &linked, figures: &figures, languages: &facts.languages },
    );
    let outline = outline(&mut document, &bookmarks);
    let names = (!named.is_empty()).then(|| name_tree(&mut document, &named));
    let metadata = document.add_object(
        Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp(facts).into_bytes())
            .with_compression(false),
    );
    let intent = output_intent(&mut document);
    let catalog = document.trailer.get(b"Root").and_then(Object::as_reference).ok();
    if let Some(catalog) = catalog
        && let Ok(catalog) = document.get_dictionary_mut(catalog)
    {
        catalog.set("PageLayout", "OneColumn");
        catalog.set("PageMode", if outline.is_some() { "UseOutlines" } else { "UseNone" });
        catalog.set("Lang", Object::string_literal(facts.material.language.to_string()));
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        catalog.set("StructTreeRoot", structure);
        if let Some(names) = names {
            catalog.set("Names", dictionary! { "Dests" => names });
        }
        catalog.set("Metadata", metadata);
        // Pages are numbered as their feet say.
        let labels = vec![0.into(), dictionary! { "S" => "D" }.into()];
        catalog.set("PageLabels", dictionary! { "Nums" => Object::Array(labels) });
        catalog.set("OutputIntents", vec![Object::Reference(intent)]);
        let mut preferences = dictionary! { "DisplayDocTitle" => true };
        if facts.material.language.direction() == patra_core::Direction::RightToLeft {
            preferences.set("Direction", "R2L");
        }
        catalog.set("ViewerPreferences", preferences);
        if let Some(outline) = outline {
            catalog.set("Outlines", outline);
        }
    }
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).ok();
    if let Some(info) = info {
        document.set_object(info, information(facts));
    }
    document.version = "1.7".to_owned();
    drop_unused(&mut document);
    compress(&mut document);
    document.trailer.set("ID", identity(&document));
    // The objects go into no more than some fifty streams.
    let least = 200.max(document.objects.len() / 50);
    let mut bytes = Vec::new();
    for objects in least..least + TRIES {
        bytes.clear();
        let options = lopdf::SaveOptions::builder()
            .use_object_streams(true)
            .use_xref_streams(true)
            .max_objects_per_stream(objects)
            .build();
        document.save_with_options(&mut bytes, options)?;
        if !has_doubtful_end(&bytes) {
            break;
        }
    }
    Ok(bytes)
}

/// How often a file is written at most to have no stream whose end is in doubt.
const TRIES: usize = 12;

/// Compresses all streams. None ends with a carriage return: with the line feed that follows it, that would be taken for one
/// end of a line, and its length, which does not count the end of the line, for wrong (ISO 32000-2, 7.3.8.1).
fn compress(document: &mut Document) {
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if !stream.allows_compression {
            continue;
        }
        let plain = stream.content.clone();
        for more in 1..TRIES {
            // A stream that can't be compressed stays as it is.
            if stream.compress().is_err() || stream.content.last() != Some(&b'\r') {
                break;
            }
            let mut longer = plain.clone();
            // The bytes of a font are counted apart; zeros after them, as after the pixels of a picture, mean nothing, nor
            // do line feeds after what is text.
            let font = stream.dict.has(b"Length1");
            let filler = if font || stream.dict.has(b"Width") { 0 } else { b'\n' };
            longer.resize(plain.len() + 4 * more, filler);
            if font {
                stream.dict.set("Length1", i64::try_from(longer.len()).unwrap_or(0));
            }
            stream.set_plain_content(longer);
        }
    }
}

/// Whether a stream of objects ends with a carriage return.
fn has_doubtful_end(bytes: &[u8]) -> bool {
    const END: &[u8] = b"\r\nendstream";
    bytes.windows(END.len()).any(|window| window == END)
}

/// Adds every embedded font, and gives the object that names them for all pages.
fn font_resources(document: &mut Document, fonts: &Fonts) -> ObjectId {
    let mut named = Dictionary::new();
    for (i, (name, style, font)) in fonts.named().enumerate() {
        let style = match style {
            patra_fonts::Style::Regular => "Regular",
            patra_fonts::Style::Bold => "Bold",
            patra_fonts::Style::Italic => "Italic",
            patra_fonts::Style::BoldItalic => "BoldItalic",
        };
        let id = embed(document, font, &format!("PatraNotoSans-{style}"), &subset_tag(i));
        named.set(name, id);
    }
    document.add_object(named)
}

/// Six capital letters that tell one subset from another (ISO 32000-2, 9.9.2).
fn subset_tag(number: usize) -> String {
    let mut number = number;
    let mut tag = [b'A'; 6];
    for letter in tag.iter_mut().rev() {
        *letter = b'A' + u8::try_from(number % 26).unwrap_or(0);
        number /= 26;
    }
    tag.iter().map(|letter| char::from(*letter)).collect()
}

fn picture_object(document: &mut Document, picture: &Picture) -> ObjectId {
    picture.object(document)
}

/// What was made and never used: printpdf's own resources.
fn drop_unused(document: &mut Document) {
    document.prune_objects();
}

/// A text string: UTF-16 with its byte-order mark (ISO 32000-2, 7.9.2.2).
pub(crate) fn text_string(text: &str) -> Object {
    if text.chars().all(|c| matches!(c, ' '..='~')) {
        return Object::string_literal(text);
    }
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    Object::String([0xfe, 0xff].into_iter().chain(units).collect(), lopdf::StringFormat::Hexadecimal)
}

/// An id made of all that the file holds, so that files alike have ids alike.
fn identity(document: &Document) -> Object {
    let mut hash = Sha256::new();
    for (id, object) in &document.objects {
        hash.update(id.0.to_be_bytes());
        match object {
            Object::Stream(stream) => {
                hash.update(format!("{:?}", stream.dict));
                hash.update(&stream.content);
            }
            other => hash.update(format!("{other:?}")),
        }
    }
    let id = Object::String(hash.finalize()[..16].to_vec(), lopdf::StringFormat::Hexadecimal);
    vec![id.clone(), id].into()
}
