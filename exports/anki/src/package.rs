//! The package: a zip of the collection and the media.

use std::collections::BTreeMap;
use std::io::{self, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::Error;
use crate::media::File;
use crate::options::DeckFormat;
use crate::pages::Pages;

/// How hard zstd works. On a collection, whose rows differ in little, more work makes the package larger before it makes
/// it smaller.
const LEVEL: i32 = 2;

/// Writes the package. `media` is by the names that cards use.
pub(crate) fn pack(
    out: impl Write + Seek,
    collection: &Pages,
    media: &BTreeMap<String, File<'_>>,
    format: DeckFormat,
) -> Result<(), Error> {
    match format {
        DeckFormat::Current => current(out, collection, media),
        DeckFormat::Legacy => legacy(out, collection, media),
    }
}

/// The form since Anki 2.1.50: zstd in an archive that only stores, and a `meta` that says so.
fn current(out: impl Write + Seek, collection: &Pages, media: &BTreeMap<String, File<'_>>) -> Result<(), Error> {
    let mut zip = ZipWriter::new(out);
    let options = entry(CompressionMethod::Stored);
    // PackageMetadata { version = 3 }.
    add(&mut zip, "meta", &[0x08, 0x03], options)?;
    zip.start_file("collection.anki21b", options)?;
    let mut encoder = zstd::Encoder::new(&mut zip, LEVEL)?;
    encoder.set_pledged_src_size(Some(collection.size()))?;
    collection.iter().try_for_each(|page| encoder.write_all(page))?;
    encoder.finish()?;
    add(&mut zip, "media", &zstd::bulk::compress(&media_entries(media), LEVEL)?, options)?;
    for (index, file) in media.values().enumerate() {
        zip.start_file(index.to_string(), options)?;
        file.copy(|reader| zstd::stream::copy_encode(reader, &mut zip, LEVEL))?;
    }
    zip.finish()?.flush()?;
    Ok(())
}

/// The form before: deflate, and the names of the media in JSON.
fn legacy(out: impl Write + Seek, collection: &Pages, media: &BTreeMap<String, File<'_>>) -> Result<(), Error> {
    let mut zip = ZipWriter::new(out);
    zip.start_file("collection.anki2", entry(CompressionMethod::Deflated))?;
    collection.iter().try_for_each(|page| zip.write_all(page))?;
    let names: serde_json::Map<String, serde_json::Value> =
        media.keys().enumerate().map(|(index, name)| (index.to_string(), name.as_str().into())).collect();
    let names = serde_json::Value::Object(names).to_string();
    add(&mut zip, "media", names.as_bytes(), entry(CompressionMethod::Stored))?;
    for (index, file) in media.values().enumerate() {
        zip.start_file(index.to_string(), entry(CompressionMethod::Stored))?;
        file.copy(|reader| io::copy(reader, &mut zip).map(drop))?;
    }
    zip.finish()?.flush()?;
    Ok(())
}

/// What is said of an entry: the same time and rights in every package. None may pass 4 GiB.
fn entry(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .large_file(false)
}

fn add(
    zip: &mut ZipWriter<impl Write + Seek>,
    name: &str,
    bytes: &[u8],
    options: SimpleFileOptions,
) -> Result<(), Error> {
    zip.start_file(name, options)?;
    zip.write_all(bytes)?;
    Ok(())
}

/// `MediaEntries { repeated MediaEntry { string name = 1; uint32 size = 2; bytes sha1 = 3 } = 1 }`.
fn media_entries(media: &BTreeMap<String, File<'_>>) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, file) in media {
        let mut one = Vec::new();
        bytes_field(&mut one, 1, name.as_bytes());
        varint(&mut one, 2 << 3);
        varint(&mut one, u64::from(file.size));
        bytes_field(&mut one, 3, &file.sha1);
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
    use crate::media::Media;

    #[test]
    fn media_are_listed_as_anki_reads_them() {
        let media = Media::from(vec![7_u8; 300]);
        let file = File { media: &media, size: 300, sha1: [9; 20] };
        let media = BTreeMap::from([("a.png".to_owned(), file)]);
        let entries = media_entries(&media);
        assert_eq!(entries[..12], [0x0A, 32, 0x0A, 5, b'a', b'.', b'p', b'n', b'g', 0x10, 0xAC, 0x02]);
        assert_eq!(entries[12..14], [0x1A, 20]);
        assert_eq!(entries.len(), 34);
    }
}
