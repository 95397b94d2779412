//! Names that stay: GUIDs of notes, ids of decks, digests of content.
//!
//! All come from SHA-1 of the parts that identify a thing, each closed by a zero byte, so that no two lists of parts run
//! together. Nothing here may ever change: learners' cards hang on it.

use patra_core::{Id, Material};
use sha1::{Digest, Sha1};

/// What the names of a deck hang on: the material and its language, so that two editions stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Namespace {
    pub material: String,
    pub language: String,
}

impl Namespace {
    pub fn of(material: &Material) -> Self {
        Namespace { material: material.id.to_string(), language: material.language.to_string() }
    }

    /// The GUID of the note that asks `item` with a note type: 16 of the 64 letters of base64url, 96 bits.
    pub fn guid(&self, item: &Id, note_type: &str) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let hash = digest(&["note", &self.material, &self.language, item.as_str(), note_type]);
        let mut guid = String::with_capacity(16);
        for three in hash[..12].chunks(3) {
            let bits = three.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte));
            for shift in [18, 12, 6, 0] {
                guid.push(char::from(LETTERS[(bits >> shift & 63) as usize]));
            }
        }
        guid
    }

    /// The id of the deck, in the range of the milliseconds of 2001 to 2014 as Anki's own are, and never 1, the default
    /// deck's.
    pub fn deck_id(&self) -> i64 {
        1_000_000_000_000 + self.number("deck") % 400_000_000_000
    }

    /// The id of a subdeck in a package, in the same range.
    pub fn subdeck_id(&self, name: &str) -> i64 {
        let hash = digest(&["subdeck", &self.material, &self.language, name]);
        1_000_000_000_000 + number(&hash) % 400_000_000_000
    }

    /// The id of the preset, in the same range: Anki takes a preset once, and knows it again by this.
    pub fn preset_id(&self) -> i64 {
        1_000_000_000_000 + self.number("preset") % 400_000_000_000
    }

    /// A millisecond of a day, at which the ids of notes and cards begin.
    pub fn millisecond(&self) -> i64 {
        self.number("ids") % 43_200_000
    }

    fn number(&self, what: &str) -> i64 {
        number(&digest(&[what, &self.material, &self.language]))
    }
}

/// The first 56 bits of a hash.
fn number(hash: &[u8]) -> i64 {
    hash[..7].iter().fold(0, |number, &byte| number << 8 | i64::from(byte))
}

/// SHA-1 of the parts, each closed by a zero byte.
pub(crate) fn digest(parts: &[&str]) -> [u8; 20] {
    // One piece of bytes is hashed several times faster than many small ones.
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
    for part in parts {
        bytes.extend_from_slice(part.as_bytes());
        bytes.push(0);
    }
    Sha1::digest(&bytes).into()
}

/// The first `length` hexadecimal digits of a hash.
pub(crate) fn hex(hash: &[u8], length: usize) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn namespace(language: &str) -> Namespace {
        Namespace { material: "bpo".into(), language: language.into() }
    }

    #[test]
    fn names_never_change() {
        let item = Id::from_key("call-centre").join("meaning");
        assert_eq!(namespace("hi").guid(&item, "basic"), "UmzQv5qVCb5F0crh");
        assert_eq!(namespace("hi").deck_id(), 1_299_141_436_688);
        assert_eq!(hex(&digest(&["a", "b"]), 8), "5b408540");
    }

    #[test]
    fn every_part_counts() {
        let item = Id::from_key("call-centre").join("meaning");
        let guid = namespace("hi").guid(&item, "basic");
        assert_ne!(guid, namespace("en").guid(&item, "basic"));
        assert_ne!(guid, namespace("hi").guid(&item, "gap"));
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_ne!(namespace("hi").deck_id(), namespace("en").deck_id());
    }
}
