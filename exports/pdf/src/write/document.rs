//! The document: its pages, fonts, outline, names, structure and metadata as lopdf's objects.

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::annotation::{Place, annotation, name_tree};
use super::canvas::{Canvas, Link, Stretch};
use super::facts::{Facts, information, xmp};
use super::file::File;
use super::fonts::Fonts;
use super::intent::output_intent;
use super::outline::outline;
use super::packer::Packer;
use super::structure::{Contents, Linked, Marked, structure};
use crate::layout::{Bookmark, NodeId, Picture, Tree};
use crate::text::embed;

/// The pages drawn, before they are a document.
pub(crate) struct Sheaf {
    /// Has their content streams.
    packer: Packer,
    marked: Vec<Vec<Stretch>>,
    figures: Vec<Vec<(NodeId, [f32; 4])>>,
    links: Vec<Vec<Link>>,
    pictures: Vec<Vec<(String, Picture)>>,
    /// What is read first: a page of the material from 0, the sheet's side it stands on, and which of its stretches are its.
    order: Vec<(usize, usize, Range<usize>)>,
    /// How a printer should turn the sheets, and what each side is called, if it is not a page of its own.
    pub(crate) imposed: Option<Imposed>,
}

/// What is told of sheets that hold several pages a side.
pub(crate) struct Imposed {
    /// A name of how a printer turns sheets (ISO 32000-2, table 147).
    pub(crate) duplex: &'static str,
    /// The numbers of the pages on each side.
    pub(crate) labels: Vec<String>,
}

/// A place: the page from 0, and the distances from its left edge, where they matter, and from its lower edge, in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) page: usize,
    pub(crate) x: Option<f32>,
    pub(crate) y: f32,
}

/// Where things are.
pub(crate) struct Destinations {
    pub(crate) anchors: BTreeMap<String, Spot>,
    pub(crate) bookmarks: Vec<(Bookmark, Spot)>,
}

impl Sheaf {
    pub(crate) fn new() -> Self {
        Sheaf {
            packer: Packer::new(),
            marked: Vec::new(),
            figures: Vec::new(),
            links: Vec::new(),
            pictures: Vec::new(),
            order: Vec::new(),
            imposed: None,
        }
    }

    /// How many pages there are so far.
    pub(crate) fn len(&self) -> usize {
        self.marked.len()
    }

    /// Adds a page as it is drawn.
    pub(crate) fn add(&mut self, canvas: Canvas<'_>) {
        let all = 0..canvas.marked.len();
        let page = self.len();
        self.add_side(canvas, [(page, all)]);
    }

    /// Adds a side of a sheet as it is drawn: the pages that stand on it, each with its stretches.
    pub(crate) fn add_side(&mut self, canvas: Canvas<'_>, pages: impl IntoIterator<Item = (usize, Range<usize>)>) {
        let side = self.len();
        self.order.extend(pages.into_iter().map(|(page, stretches)| (page, side, stretches)));
        self.packer.give(Stream::new(Dictionary::new(), canvas.content.into_bytes()));
        self.marked.push(canvas.marked);
        self.figures.push(canvas.figures);
        self.links.push(canvas.links);
        self.pictures.push(canvas.pictures);
    }
}

/// Makes a file of the pages.
///
/// # Errors
/// Where a stream can't be packed.
pub(crate) fn document(
    mut sheaf: Sheaf,
    fonts: &Fonts,
    tree: &Tree,
    destinations: Destinations,
    facts: &Facts<'_>,
    sheet: (f32, f32),
) -> Result<Vec<u8>, std::io::Error> {
    let mut document = bare(sheaf.len());
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let mut file = File::new(sheaf.packer);
    let contents: Vec<ObjectId> = pages.iter().map(|_| document.new_object_id()).collect();
    file.expect(&contents);
    let fonts = font_resources(&mut document, fonts);
    file.pack(&mut document);
    let at = |spot: Spot| pages.get(spot.page).map(|page| Place { page: *page, x: spot.x, y: spot.y });
    let named: BTreeMap<String, Place> =
        destinations.anchors.into_iter().filter_map(|(name, spot)| Some((name, at(spot)?))).collect();
    let bookmarks: Vec<(Bookmark, Place)> =
        destinations.bookmarks.into_iter().filter_map(|(bookmark, spot)| Some((bookmark, at(spot)?))).collect();

    let mut linked = Vec::new();
    // Pictures that share their bytes are one, on however many pages.
    let mut embedded: BTreeMap<*const u8, ObjectId> = BTreeMap::new();
    for (i, (page_id, content)) in pages.iter().zip(contents).enumerate() {
        let pictures = sheaf.pictures.get(i).map_or(&[][..], Vec::as_slice);
        let mut resources = dictionary! { "Font" => fonts };
        if !pictures.is_empty() {
            let mut named = Dictionary::new();
            for (name, picture) in pictures {
                let known = embedded.entry(picture.data.as_ptr());
                named.set(name.as_bytes(), *known.or_insert_with(|| picture.object(&mut document, fonts)));
            }
            resources.set("XObject", named);
        }
        let links = sheaf.links.get(i).map_or(&[][..], Vec::as_slice);
        let mut annotations: Vec<Object> = Vec::new();
        for link in links {
            let Some(mut annotation) = annotation(link, &named) else { continue };
            // The numbers after those of the pages are the links'.
            annotation.set("StructParent", i64::try_from(pages.len() + linked.len()).unwrap_or(0));
            let id = document.new_object_id();
            file.put(id, annotation);
            annotations.push(id.into());
            linked.push(Linked { page: *page_id, annotation: id, marked: (i, link.marked) });
        }
        let number = i64::try_from(i).unwrap_or(0);
        let Ok(page) = document.get_dictionary_mut(*page_id) else { continue };
        page.set("Contents", content);
        page.set("Resources", resources);
        let (width, height) = sheet;
        page.set("MediaBox", vec![0.into(), 0.into(), Object::Real(width), Object::Real(height)]);
        if !annotations.is_empty() {
            page.set("Annots", annotations);
        }
        page.set("StructParents", number);
        page.set("Tabs", "S");
    }

    let marked: Vec<Marked> =
        pages.iter().zip(sheaf.marked).map(|(page, stretches)| Marked { page: *page, stretches }).collect();
    let figures: BTreeMap<NodeId, [f32; 4]> = sheaf.figures.into_iter().flatten().collect();
    sheaf.order.sort_by_key(|(page, ..)| *page);
    let order: Vec<(usize, Range<usize>)> = sheaf.order.into_iter().map(|(_, side, range)| (side, range)).collect();
    let contents =
        Contents { pages: &marked, order: &order, links: &linked, figures: &figures, languages: &facts.languages };
    let structure = structure(&mut document, &mut file, tree, &contents);
    let outline = outline(&mut document, &mut file, &bookmarks);
    let names = if named.is_empty() { None } else { Some(name_tree(&mut document, &mut file, &named)) };
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
        let labels = match &sheaf.imposed {
            None => vec![0.into(), dictionary! { "S" => "D" }.into()],
            Some(imposed) => {
                let label = |label: &String| Object::from(dictionary! { "P" => text_string(label) });
                let numbered = imposed.labels.iter().enumerate();
                numbered.flat_map(|(i, words)| [i64::try_from(i).unwrap_or(0).into(), label(words)]).collect()
            }
        };
        catalog.set("PageLabels", dictionary! { "Nums" => Object::Array(labels) });
        catalog.set("OutputIntents", vec![Object::Reference(intent)]);
        let mut preferences = dictionary! { "DisplayDocTitle" => true };
        if facts.material.language.direction() == patra_core::Direction::RightToLeft {
            preferences.set("Direction", "R2L");
        }
        if let Some(imposed) = &sheaf.imposed {
            preferences.set("Duplex", imposed.duplex);
            preferences.set("PrintScaling", "None");
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
    file.finish(document)
}

/// A document of as many empty pages, to put content streams and all else into.
///
/// Numbers that nothing has are left between objects, where files of earlier versions had some: a paper made again is the
/// same, byte by byte.
fn bare(count: usize) -> Document {
    let mut document = Document::with_version("1.7");
    let parent = document.new_object_id();
    document.max_id += 4;
    let pages: Vec<ObjectId> = (0..count).map(|_| document.new_object_id()).collect();
    for page in &pages {
        document.max_id += 2;
        let empty = dictionary! {
            "Type" => "Page",
            "MediaBox" => Object::Null,
            "Resources" => Object::Null,
            "Contents" => Object::Null,
            "Parent" => parent,
        };
        document.set_object(*page, empty);
    }
    let kids: Vec<Object> = pages.iter().map(|page| Object::Reference(*page)).collect();
    let number = i64::try_from(count).unwrap_or(i64::MAX);
    document.set_object(parent, dictionary! { "Type" => "Pages", "Count" => number, "Kids" => kids });
    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog",
        "PageLayout" => "OneColumn",
        "PageMode" => "UseNone",
        "Pages" => parent,
    });
    let information = document.add_object(Dictionary::new());
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", information);
    document
}

/// Adds every embedded font, and gives the object that names them for all pages.
fn font_resources(document: &mut Document, fonts: &Fonts) -> ObjectId {
    let mut named = Dictionary::new();
    for (i, (name, style, font)) in fonts.named().enumerate() {
        let base = match style {
            Some(patra_fonts::Style::Regular) => "PatraNotoSans-Regular",
            Some(patra_fonts::Style::Bold) => "PatraNotoSans-Bold",
            Some(patra_fonts::Style::Italic) => "PatraNotoSans-Italic",
            Some(patra_fonts::Style::BoldItalic) => "PatraNotoSans-BoldItalic",
            None => "PatraMath-Regular",
        };
        let id = embed(document, font, base, &subset_tag(i));
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

/// A text string: UTF-16 with its byte-order mark (ISO 32000-2, 7.9.2.2).
pub(crate) fn text_string(text: &str) -> Object {
    if text.chars().all(|c| matches!(c, ' '..='~')) {
        return Object::string_literal(text);
    }
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    Object::String([0xfe, 0xff].into_iter().chain(units).collect(), lopdf::StringFormat::Hexadecimal)
}
