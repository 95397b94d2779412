//! The archive: a database and media, in the legacy form and the current one.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use patra_core::{Phrase, phrase};
use zip::ZipArchive;

/// The largest database that is unpacked, in bytes.
const MAX_DATABASE: u64 = 256 << 20;

/// The largest list of media, in bytes.
const MAX_LIST: u64 = 16 << 20;

/// The largest file of the media, and all of them together, in bytes.
const MAX_MEDIA: u64 = 64 << 20;
const MAX_ALL_MEDIA: u64 = 256 << 20;

/// Why a package is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is none, or damaged: why.
    Damaged(Phrase),
    /// It holds too much: what.
    TooLarge(Phrase),
}

/// A package that is open.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Whether entries are compressed with zstd within the archive.
    compressed: bool,
    /// The names of the media, each with the entry that it is in.
    names: BTreeMap<String, String>,
    /// How many bytes of media may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| Fault::Damaged(phrase!("it is no ZIP archive, or is cut short")))?;
        let compressed = archive.index_for_name("collection.anki21b").is_some();
        let mut package = Package { archive, compressed, names: BTreeMap::new(), left: MAX_ALL_MEDIA };
        if package.archive.index_for_name("media").is_some() {
            let list = package.entry("media", MAX_LIST, phrase!("a list of media"), compressed)?;
            package.names = if compressed { entries(&list)? } else { legacy_entries(&list)? };
        }
        Ok(package)
    }

    /// The bytes of the database.
    pub(super) fn database(&mut self) -> Result<Vec<u8>, Fault> {
        let names = ["collection.anki21b", "collection.anki21", "collection.anki2"];
        let name = names.into_iter().find(|name| self.archive.index_for_name(name).is_some());
        let name = name.ok_or_else(|| Fault::Damaged(phrase!("there is no collection in it")))?;
        self.entry(name, MAX_DATABASE, phrase!("a database"), name.ends_with('b'))
    }

    /// The names of its files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// The bytes of a file of the media.
    ///
    /// # Errors
    /// Where it isn't there, is damaged or too large: why.
    pub(super) fn media(&mut self, name: &str) -> Result<Vec<u8>, Phrase> {
        let entry = self.names.get(name).cloned().ok_or_else(|| phrase!("it is not in the package"))?;
        let most = MAX_MEDIA.min(self.left);
        let bytes = self.entry(&entry, most, phrase!("a file"), self.compressed).map_err(|fault| match fault {
            Fault::Damaged(why) => why,
            Fault::TooLarge(_) => phrase!("it, or all media together, are too large"),
        })?;
        self.left = self.left.saturating_sub(bytes.len() as u64);
        Ok(bytes)
    }

    /// The bytes of an entry, of which no more than `most` are unpacked.
    fn entry(&mut self, name: &str, most: u64, what: Phrase, compressed: bool) -> Result<Vec<u8>, Fault> {
        let damaged = |error: &dyn std::fmt::Display| {
            Fault::Damaged(phrase!("`{$name}` in it is damaged: {$error}", name, error = error.to_string()))
        };
        let entry = self.archive.by_name(name).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        let read = if compressed {
            let mut decoder = zstd::Decoder::new(entry).map_err(|error| damaged(&error))?;
            // A window of more than 128 MiB would be held in memory before anything is read.
            decoder.window_log_max(27).map_err(|error| damaged(&error))?;
            decoder.take(most + 1).read_to_end(&mut bytes)
        } else {
            entry.take(most + 1).read_to_end(&mut bytes)
        };
        read.map_err(|error| damaged(&error))?;
        if bytes.len() as u64 > most {
            return Err(Fault::TooLarge(phrase!("{$what} of more than {$most} MiB", what, most = most >> 20)));
        }
        Ok(bytes)
    }
}

/// The legacy list: `{"0": "name"}`.
fn legacy_entries(list: &[u8]) -> Result<BTreeMap<String, String>, Fault> {
    let list = list.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(list);
    if list.trim_ascii().is_empty() {
        return Ok(BTreeMap::new());
    }
    let names: BTreeMap<String, String> = serde_json::from_slice(list).map_err(|error| {
        Fault::Damaged(phrase!("its list of media is not JSON of names: {$error}", error = error.to_string()))
    })?;
    Ok(names.into_iter().map(|(entry, name)| (name, entry)).collect())
}

/// The current list: protobuf, field 1 an entry each, whose field 1 is the name; entries are numbered as they come, or by field
/// 255 where that is set.
fn entries(list: &[u8]) -> Result<BTreeMap<String, String>, Fault> {
    let damaged = || Fault::Damaged(phrase!("its list of media is not well-formed"));
    let mut names = BTreeMap::new();
    for (number, (field, value)) in fields(list).ok_or_else(damaged)?.into_iter().enumerate() {
        let (1, Value::Bytes(entry)) = (field, value) else { continue };
        let mut index = number as u64;
        let mut name = None;
        for (field, value) in fields(entry).ok_or_else(damaged)? {
            match (field, value) {
                (1, Value::Bytes(bytes)) => name = std::str::from_utf8(bytes).ok(),
                (255, Value::Number(given)) => index = given,
                _ => {}
            }
        }
        names.extend(name.map(|name| (name.to_owned(), index.to_string())));
    }
    Ok(names)
}

/// A value of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'b> {
    Number(u64),
    Bytes(&'b [u8]),
}

/// The fields of a message of protobuf, in their order; `None` where it is not well-formed.
pub(super) fn fields(mut bytes: &[u8]) -> Option<Vec<(u64, Value<'_>)>> {
    fn varint(bytes: &mut &[u8]) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = bytes.split_first()?;
            *bytes = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        let length = match key & 7 {
            0 => {
                found.push((key >> 3, Value::Number(varint(&mut bytes)?)));
                continue;
            }
            1 => 8,
            2 => usize::try_from(varint(&mut bytes)?).ok()?,
            5 => 4,
            _ => return None,
        };
        let (value, rest) = bytes.split_at_checked(length)?;
        bytes = rest;
        found.push((key >> 3, Value::Bytes(value)));
    }
    Some(found)
}
