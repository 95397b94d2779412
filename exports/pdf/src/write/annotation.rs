//! Links, and the names of places in the document.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::canvas::Link;
use super::file::File;

/// Where a named place is: its page's object, and the distances from the sheet's left edge, where they matter, and from its
/// lower edge, in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) page: ObjectId,
    pub(crate) x: Option<f32>,
    pub(crate) y: f32,
}

impl Place {
    pub(crate) fn destination(self) -> Object {
        let left = self.x.map_or(Object::Null, |x| Object::Real(x.round()));
        vec![Object::Reference(self.page), "XYZ".into(), left, Object::Real(self.y.round()), Object::Null].into()
    }
}

/// A link's annotation; `None` where it leads to a place that is not there.
///
/// What it leads to is told those who don't see it: of a place in the document by the words that lead there.
pub(crate) fn annotation(link: &Link, places: &BTreeMap<String, Place>) -> Option<Dictionary> {
    let contents = if link.target.starts_with('#') { link.words.trim_end() } else { &link.target };
    let rectangle: Vec<Object> =
        link.rectangle.iter().map(|number| Object::Real((number * 100.0).round() / 100.0)).collect();
    let mut annotation = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => rectangle,
        "Border" => vec![Object::Integer(0); 3],
        "F" => 4,
        "Contents" => super::document::text_string(contents),
    };
    match link.target.strip_prefix('#') {
        Some(id) => {
            places.get(id)?;
            annotation.set("Dest", Object::string_literal(id.as_bytes()));
        }
        None => {
            let action = dictionary! { "S" => "URI", "URI" => Object::string_literal(ascii_url(&link.target)) };
            annotation.set("A", action);
        }
    }
    Some(annotation)
}

/// A URL with what is not ASCII percent-encoded (RFC 3987, 3.1).
fn ascii_url(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The tree of names (ISO 32000-2, 7.9.6), in leaves of 64 so that a reader need not read all.
pub(crate) fn name_tree(document: &mut Document, file: &mut File, places: &BTreeMap<String, Place>) -> ObjectId {
    let entries: Vec<(&String, &Place)> = places.iter().collect();
    let key = |name: &str| Object::string_literal(name.as_bytes());
    let mut kids = Vec::new();
    for part in entries.chunks(64) {
        let names: Vec<Object> = part.iter().flat_map(|(name, place)| [key(name), place.destination()]).collect();
        let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
        let limits = vec![key(first.0), key(last.0)];
        let leaf = document.new_object_id();
        file.put(leaf, dictionary! { "Limits" => limits, "Names" => names });
        kids.push(Object::Reference(leaf));
    }
    document.add_object(dictionary! { "Kids" => kids })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_ascii() {
        assert_eq!(
            ascii_url("https://hi.wikipedia.org/wiki/क ख"),
            "https://hi.wikipedia.org/wiki/%E0%A4%95%20%E0%A4%96"
        );
    }
}
