//! Pictures and sounds, named by what they hold.

use std::collections::BTreeMap;

use sha1::{Digest, Sha1};

use crate::guid::hex;

/// The files that cards name, by the name they have in the package.
#[derive(Debug)]
pub(crate) struct Media<'a> {
    given: &'a BTreeMap<String, Vec<u8>>,
    used: BTreeMap<String, &'a [u8]>,
    names: BTreeMap<&'a str, String>,
}

/// Why a file can't be on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It was not given.
    Missing,
    /// Its bytes are of no kind that Anki shows everywhere.
    UnknownKind,
}

impl<'a> Media<'a> {
    pub fn new(given: &'a BTreeMap<String, Vec<u8>>) -> Self {
        Media { given, used: BTreeMap::new(), names: BTreeMap::new() }
    }

    /// The name in the package of the file that the material calls `source`.
    ///
    /// The name comes from the bytes: a changed picture has a new name, so that the notes that show it change and Anki
    /// takes it, and two files of one name in two decks stay two.
    pub fn name(&mut self, source: &str) -> Result<String, Unfit> {
        if let Some(name) = self.names.get(source) {
            return Ok(name.clone());
        }
        let (source, bytes) = self.given.get_key_value(source).ok_or(Unfit::Missing)?;
        let ending = ending(bytes).ok_or(Unfit::UnknownKind)?;
        let name = format!("patra-{}.{ending}", hex(&Sha1::digest(bytes), 24));
        self.used.insert(name.clone(), bytes);
        self.names.insert(source, name.clone());
        Ok(name)
    }

    /// The files named so far, by their names in the package.
    pub fn into_files(self) -> BTreeMap<String, &'a [u8]> {
        self.used
    }
}

/// The ending for a file's kind, told by its first bytes.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    let riff = |kind: &[u8]| bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(kind);
    Some(match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => "png",
        [0xFF, 0xD8, 0xFF, ..] => "jpg",
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => "gif",
        [b'O', b'g', b'g', b'S', ..] => "ogg",
        [b'I', b'D', b'3', ..] | [0xFF, 0xFB | 0xF3 | 0xF2, ..] => "mp3",
        _ if riff(b"WEBP") => "webp",
        _ if is_svg(bytes) => "svg",
        _ => return None,
    })
}

fn is_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    text.starts_with(b"<svg") || (text.starts_with(b"<?xml") || text.starts_with(b"<!")) && has(text, b"<svg")
}

fn has(text: &[u8], what: &[u8]) -> bool {
    text.windows(what.len()).any(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_bytes() {
        let png = b"\x89PNG\r\n\x1a\n1".to_vec();
        let given: BTreeMap<String, Vec<u8>> = [
            ("चित्र/a b.jpeg".into(), png.clone()),
            ("again.png".into(), png),
            ("other.png".into(), b"\x89PNG\r\n\x1a\n2".to_vec()),
            ("notes.txt".into(), b"words".to_vec()),
        ]
        .into();
        let mut media = Media::new(&given);
        let first = media.name("चित्र/a b.jpeg").expect("a PNG");
        assert!(first.starts_with("patra-") && first.ends_with(".png") && first.is_ascii(), "{first}");
        assert_eq!(media.name("again.png"), Ok(first.clone()));
        assert_ne!(media.name("other.png"), Ok(first));
        assert_eq!(media.name("notes.txt"), Err(Unfit::UnknownKind));
        assert_eq!(media.name("../a.png"), Err(Unfit::Missing));
        assert_eq!(media.into_files().len(), 2);
    }

    #[test]
    fn kinds_are_told_by_content() {
        assert_eq!(ending(b"<?xml version='1.0'?>\n<svg xmlns='x'/>"), Some("svg"));
        assert_eq!(ending(b"RIFF\0\0\0\0WEBPVP8 "), Some("webp"));
        assert_eq!(ending(b"ID3\x04"), Some("mp3"));
        assert_eq!(ending(b"<html><svg>"), None);
        assert_eq!(ending(b""), None);
    }
}
