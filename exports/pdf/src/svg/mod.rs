//! SVG pictures: read by usvg, kept as vector graphics, their words as words.

mod form;
mod guard;
mod label;
mod length;
mod number;
mod paint;
mod render;
mod setting;

pub(crate) use form::{Form, Gradient, Part, Resource, SoftMask};
pub(crate) use number::number;

use std::rc::Rc;
use std::sync::Mutex;

use patra_core::{Language, Phrase, phrase};
use roxmltree::{Document, ParsingOptions};

use crate::text::Shaper;

/// A picture made of lines and surfaces.
#[derive(Debug)]
pub(crate) struct Drawing {
    /// In pixels, 96 to the inch.
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) form: Form,
}

/// A drawing, and what in it could not be shown as its author meant it.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) drawing: Rc<Drawing>,
    /// In lower case, naming what is left out or changed.
    pub(crate) losses: Vec<Phrase>,
    /// Characters in its words that no font has.
    pub(crate) missing: Vec<char>,
}

/// Whether a file is likely meant as SVG.
pub(crate) fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let start = &start[..start.len().min(4096)];
    let told = [&b"<?xml"[..], b"<!DOCTYPE svg"].iter().any(|opening| start.starts_with(opening));
    told || start.starts_with(b"<") && start.windows(4).any(|part| part == b"<svg")
}

/// Reads an SVG file (SVG 1.1 and what usvg knows of 2), or tells why it can't be shown. Nothing that it refers to outside
/// itself is fetched.
pub(crate) fn read(bytes: &[u8], language: &Language, shaper: &mut Shaper) -> Result<Drawn, Phrase> {
    let text = std::str::from_utf8(bytes).map_err(|_| phrase!("it is not in UTF-8"))?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    guard::text(text)?;
    let document = parse(text)?;
    guard::document(&document)?;
    let mut losses = Vec::new();
    let mut missing = Vec::new();
    let labelled = label::labels(&document, text, language, shaper, &mut losses, &mut missing)?;
    let outside = Mutex::new(Vec::new());
    let lost = |what: Phrase| {
        if let Ok(mut outside) = outside.lock() {
            outside.push(what);
        }
    };
    let options = usvg::Options {
        languages: vec![language.to_string(), language.primary().to_owned(), "en".to_owned()],
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|kind, data, _| match data.as_slice() {
                [0xff, 0xd8, ..] => Some(usvg::ImageKind::JPEG(data)),
                [0x89, b'P', b'N', b'G', ..] => Some(usvg::ImageKind::PNG(data)),
                _ => {
                    lost(phrase!("a picture in it of the kind `{$kind}` is left out", kind));
                    None
                }
            }),
            resolve_string: Box::new(|target, _| {
                let start: String = target.chars().take(80).collect();
                lost(phrase!("the picture `{$start}`, which it refers to, is left out", start));
                None
            }),
        },
        ..usvg::Options::default()
    };
    let document = parse(&labelled.source)?;
    let tree = usvg::Tree::from_xmltree(&document, &options).map_err(|error| match error {
        usvg::Error::InvalidSize => phrase!("it has no size: neither `width` and `height` nor a `viewBox`"),
        error => Phrase::verbatim(error.to_string()),
    })?;
    let form = render::render(&tree, &labelled.labels, &mut losses)?;
    drop(options);
    losses.extend(outside.into_inner().unwrap_or_default());
    let mut seen = std::collections::BTreeSet::new();
    losses.retain(|loss| seen.insert(loss.to_string()));
    let (width, height) = (tree.size().width(), tree.size().height());
    Ok(Drawn { drawing: Rc::new(Drawing { width, height, form }), losses, missing })
}

fn parse(text: &str) -> Result<Document<'_>, Phrase> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options)
        .map_err(|error| phrase!("it is not well-formed: {$error}", error = error.to_string()))
}
