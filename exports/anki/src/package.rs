//! The package: a zip of the collection and the media.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use sha1::{Digest, Sha1};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::Error;
use crate::options::DeckFormat;

/// How hard zstd works. On a collection, whose rows differ in little, more work makes the package larger before it makes
/// it smaller.
const LEVEL: i32 = 2;

/// The bytes of the package. `media` is by the names that cards use.
pub(crate) fn pack(collection: &[u8], media: &BTreeMap<String, &[u8]>, format: DeckFormat) -> Result<Vec<u8>, Error> {
    match format {
        DeckFormat::Current => current(collection, media),
        DeckFormat::Legacy => legacy(collection, media),
    }
}

/// The form since Anki 2.1.50: zstd in an archive that only stores, and a `meta` that says so.
fn current(collection: &[u8], media: &BTreeMap<String, &[u8]>) -> Result<Vec<u8>, Error> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = entry(CompressionMethod::Stored);
    // PackageMetadata { version = 3 }.
    add(&mut zip, "meta", &[0x08, 0x03], options)?;
    add(&mut zip, "collection.anki21b", &zstd::bulk::compress(collection, LEVEL)?, options)?;
    add(&mut zip, "media", &zstd::bulk::compress(&media_entries(media), LEVEL)?, options)?;
    for (index, bytes) in media.values().enumerate() {
        add(&mut zip, &index.to_string(), &zstd::bulk::compress(bytes, LEVEL)?, options)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The form before: deflate, and the names of the media in JSON.
fn legacy(collection: &[u8], media: &BTreeMap<String, &[u8]>) -> Result<Vec<u8>, Error> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    add(&mut zip, "collection.anki2", collection, entry(CompressionMethod::Deflated))?;
    let names: serde_json::Map<String, serde_json::Value> =
        media.keys().enumerate().map(|(index, name)| (index.to_string(), name.as_str().into())).collect();
    let names = serde_json::Value::Object(names).to_string();
    add(&mut zip, "media", names.as_bytes(), entry(CompressionMethod::Stored))?;
    for (index, bytes) in media.values().enumerate() {
        add(&mut zip, &index.to_string(), bytes, entry(CompressionMethod::Stored))?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What is said of an entry: the same time and rights in every package.
fn entry(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .large_file(false)
}

fn add(
    zip: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    bytes: &[u8],
    options: SimpleFileOptions,
) -> Result<(), Error> {
    zip.start_file(name, options)?;
    zip.write_all(bytes)?;
    Ok(())
}

/// `MediaEntries { repeated MediaEntry { string name = 1; uint32 size = 2; bytes sha1 = 3 } = 1 }`.
fn media_entries(media: &BTreeMap<String, &[u8]>) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, bytes) in media {
        let mut one = Vec::new();
        bytes_field(&mut one, 1, name.as_bytes());
        varint(&mut one, 2 << 3);
        varint(&mut one, bytes.len() as u64);
        bytes_field(&mut one, 3, &Sha1::digest(bytes));
        bytes_field(&mut out, 1, &one);
    }
    out
}

fn bytes_field(out: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    varint(out, number << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        // The low seven bits, and a bit that says more follow.
        out.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_are_listed_as_anki_reads_them() {
        let bytes = vec![7_u8; 300];
        let media = BTreeMap::from([("a.png".to_owned(), bytes.as_slice())]);
        let entries = media_entries(&media);
        assert_eq!(entries[..12], [0x0A, 32, 0x0A, 5, b'a', b'.', b'p', b'n', b'g', 0x10, 0xAC, 0x02]);
        assert_eq!(entries[12..14], [0x1A, 20]);
        assert_eq!(entries.len(), 34);
    }
}
