//! The bytes of a document: its objects in object streams, and the table of where they are (ISO 32000-2, 7.5).
//!
//! lopdf 0.44 writes object streams uncompressed, copies every object for them, and looks for unused ones in time that
//! grows with their number squared; so the file is written here, each object once, and dropped as soon as it is.

use std::collections::BTreeMap;
use std::io::Write;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use sha2::{Digest, Sha256};

use super::packer::Packer;
use super::syntax::{dictionary, digits, object};

/// How large an object stream grows, in bytes before it is compressed: larger ones compress better, and a reader that wants
/// one object has to read all of its stream.
const OBJECT_STREAM: usize = 96 * 1024;

/// How many bytes tell an offset in the table, and an index in an object stream.
const FIELDS: [usize; 3] = [1, 4, 2];

/// Where an object is.
#[derive(Clone, Copy)]
enum Entry {
    /// By itself, at a byte of the file.
    At(usize),
    /// In an object stream, counted from 0, at that place in it, counted from 0.
    In(usize, usize),
}

/// A file as it is written.
pub(crate) struct File {
    bytes: Vec<u8>,
    entries: BTreeMap<u32, Entry>,
    /// The objects of the object stream that is being filled, and where each begins.
    open: Vec<u8>,
    members: Vec<(u32, usize)>,
    /// How many object streams are full.
    full: usize,
    packer: Packer,
    /// What the packer has been given, in that order.
    packing: Vec<Packing>,
    /// What the streams refer to that the packer has been given.
    referred: Vec<ObjectId>,
}

/// A stream that is being packed.
enum Packing {
    /// An object of the document.
    Object(ObjectId),
    /// An object stream. They get their numbers when all others have theirs.
    Members,
}

/// Adds what an object refers to.
fn references(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(array) => array.iter().for_each(|each| references(each, found)),
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, each)| references(each, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, each)| references(each, found)),
        _ => {}
    }
}

/// Which numbers are referred to, from the trailer and from streams that are no longer the document's on.
fn reached(document: &Document, mut found: Vec<ObjectId>) -> Vec<bool> {
    let mut used = vec![false; document.max_id as usize + 1];
    document.trailer.iter().for_each(|(_, each)| references(each, &mut found));
    while let Some(id) = found.pop() {
        if let Some(used) = used.get_mut(id.0 as usize)
            && !std::mem::replace(used, true)
            && let Some(object) = document.objects.get(&id)
        {
            references(object, &mut found);
        }
    }
    used
}

impl File {
    /// A file whose streams a packer packs, which may have been given some of them.
    pub(crate) fn new(packer: Packer) -> Self {
        File {
            // Bytes above 127 say that the file is not text (ISO 32000-2, 7.5.2).
            bytes: b"%PDF-1.7\n%\xe0\xa4\xaa\xe0\n".to_vec(),
            entries: BTreeMap::new(),
            open: Vec::new(),
            members: Vec::new(),
            full: 0,
            packer,
            packing: Vec::new(),
            referred: Vec::new(),
        }
    }

    /// Tells which objects the streams will be that the packer was given before it was the file's.
    pub(crate) fn expect(&mut self, streams: &[ObjectId]) {
        self.packing.extend(streams.iter().copied().map(Packing::Object));
    }

    /// Has the streams that a document holds so far packed while the rest of it is made.
    pub(crate) fn pack(&mut self, document: &mut Document) {
        let streams = document.objects.iter().filter(|(_, object)| matches!(object, Object::Stream(_)));
        let streams: Vec<ObjectId> = streams.map(|(id, _)| *id).collect();
        for id in streams {
            if let Some(Object::Stream(stream)) = document.objects.remove(&id) {
                self.give(id, stream);
            }
        }
    }

    fn give(&mut self, id: ObjectId, stream: Stream) {
        stream.dict.iter().for_each(|(_, each)| references(each, &mut self.referred));
        self.packer.give(stream);
        self.packing.push(Packing::Object(id));
    }

    /// Writes an object whose number the document has given, and which it need not hold: no stream.
    pub(crate) fn put(&mut self, id: ObjectId, each: impl Into<Object>) {
        let each = each.into();
        self.write(id, |out| object(out, &each));
    }

    /// Writes an object whose number the document has given as bytes: no stream.
    pub(super) fn write(&mut self, id: ObjectId, object: impl FnOnce(&mut Vec<u8>)) {
        self.members.push((id.0, self.open.len()));
        object(&mut self.open);
        self.open.push(b'\n');
        if self.open.len() >= OBJECT_STREAM {
            self.close();
        }
    }

    /// Writes all that a document holds, but for what nothing refers to, and so ends the file.
    ///
    /// # Errors
    /// Where a stream can't be packed.
    pub(crate) fn finish(mut self, mut document: Document) -> Result<Vec<u8>, std::io::Error> {
        let used = reached(&document, std::mem::take(&mut self.referred));
        let is_used = |(number, _): ObjectId| used.get(number as usize) == Some(&true);
        document.objects.retain(|id, _| is_used(*id));
        self.pack(&mut document);
        for (id, object) in std::mem::take(&mut document.objects) {
            self.put(id, object);
        }
        self.close();
        // Object streams get their numbers when all others have theirs.
        let first = document.max_id + 1;
        let mut next = first;
        for packing in std::mem::take(&mut self.packing) {
            let stream = self.packer.take()?;
            match packing {
                Packing::Object(id) if is_used(id) => self.stream(id.0, stream)?,
                // Nothing refers to it.
                Packing::Object(_) => {}
                Packing::Members => {
                    self.stream(next, stream)?;
                    next += 1;
                }
            }
        }
        self.table(first, next, &document.trailer)
    }

    /// Writes a stream.
    fn stream(&mut self, number: u32, mut stream: Stream) -> Result<(), std::io::Error> {
        stream.dict.set("Length", i64::try_from(stream.content.len()).unwrap_or(i64::MAX));
        self.entries.insert(number, Entry::At(self.bytes.len()));
        self.bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        dictionary(&mut self.bytes, &stream.dict);
        self.bytes.extend_from_slice(b"\nstream\n");
        self.bytes.extend_from_slice(&stream.content);
        // Both signs of an end of line: after one alone, a last byte that is a carriage return would be taken for a part of it,
        // and the length, which does not count the end of the line, for wrong (ISO 32000-2, 7.3.8.1).
        self.bytes.extend_from_slice(b"\r\nendstream\nendobj\n");
        Ok(())
    }

    /// Writes the object stream that is being filled (ISO 32000-2, 7.5.7).
    fn close(&mut self) {
        if self.members.is_empty() {
            return;
        }
        let mut content = Vec::with_capacity(self.open.len() + self.members.len() * 12);
        for (index, (member, at)) in self.members.iter().enumerate() {
            digits(&mut content, u64::from(*member));
            content.push(b' ');
            digits(&mut content, *at as u64);
            content.push(b' ');
            self.entries.insert(*member, Entry::In(self.full, index));
        }
        let mut head = Dictionary::new();
        head.set("Type", "ObjStm");
        head.set("N", i64::try_from(self.members.len()).unwrap_or(0));
        head.set("First", i64::try_from(content.len()).unwrap_or(0));
        content.append(&mut self.open);
        self.members.clear();
        self.full += 1;
        self.packing.push(Packing::Members);
        self.packer.give(Stream::new(head, content));
    }

    /// Writes the table of all objects, itself of number `number`, with what the trailer says (ISO 32000-2, 7.5.8).
    fn table(mut self, first: u32, number: u32, trailer: &Dictionary) -> Result<Vec<u8>, std::io::Error> {
        let start = self.bytes.len();
        self.entries.insert(number, Entry::At(start));
        // Files alike have ids alike: they are made of all that the file holds (ISO 32000-2, 14.4).
        let id = Object::String(Sha256::digest(&self.bytes)[..16].to_vec(), lopdf::StringFormat::Hexadecimal);
        let mut index: Vec<Object> = Vec::new();
        let mut run = (0u32, 1u32);
        // The first of the free objects, and the last: its generation is the greatest there is (ISO 32000-2, 7.5.4).
        let mut rows = vec![[0, 0, 0, 0, 0, 0xff, 0xff]];
        for (each, entry) in &self.entries {
            if *each == run.0 + run.1 {
                run.1 += 1;
            } else {
                index.extend([run.0.into(), run.1.into()]);
                run = (*each, 1);
            }
            rows.push(row(*entry, first));
        }
        index.extend([run.0.into(), run.1.into()]);
        let mut head = Dictionary::new();
        for (key, value) in trailer.iter().filter(|(key, _)| matches!(key.as_slice(), b"Root" | b"Info")) {
            head.set(key.as_slice(), value.clone());
        }
        head.set("Type", "XRef");
        head.set("ID", vec![id.clone(), id]);
        head.set("Size", number + 1);
        head.set("W", FIELDS.map(|width| Object::from(i64::try_from(width).unwrap_or(0))).to_vec());
        head.set("Index", index);
        head.set("Filter", "FlateDecode");
        // Each row as its difference from the one above, which is nearly nothing (PNG's Up).
        let mut parameters = Dictionary::new();
        parameters.set("Predictor", 12);
        parameters.set("Columns", 7);
        head.set("DecodeParms", parameters);
        let mut above = [0u8; 7];
        let mut content = Vec::with_capacity(rows.len() * 8);
        for row in &rows {
            content.push(2);
            content.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
            above = *row;
        }
        let packed = self.packer.deflated(&content)?;
        self.stream(number, Stream::new(head, packed))?;
        write!(self.bytes, "startxref\n{start}\n%%EOF\n")?;
        Ok(self.bytes)
    }
}

/// A row of the table: its kind, then its two fields. The object streams are numbered from `streams`.
fn row(entry: Entry, streams: u32) -> [u8; 7] {
    let (kind, first, second) = match entry {
        Entry::At(offset) => (1, u32::try_from(offset).unwrap_or(u32::MAX), 0),
        Entry::In(stream, index) => {
            (2, streams + u32::try_from(stream).unwrap_or(0), u16::try_from(index).unwrap_or(u16::MAX))
        }
    };
    let ([a, b, c, d], [e, f]) = (first.to_be_bytes(), second.to_be_bytes());
    [kind, a, b, c, d, e, f]
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Object, dictionary};

    use super::{File, Packer};

    /// A document of many objects, of which lopdf reads back just those that are referred to.
    #[test]
    fn a_reader_finds_every_object_again() {
        let mut document = Document::with_version("1.7");
        let kids: Vec<Object> = (0..5000)
            .map(|n| document.add_object(dictionary! { "Number" => n, "Bytes" => Object::string_literal([n as u8, b'(', b'\r', b'\n', b'\\']) }).into())
            .collect();
        let unused = document.add_object(dictionary! { "Unused" => true });
        let stream = document.add_object(lopdf::Stream::new(dictionary! {}, vec![b'x'; 10_000]));
        let root = document.add_object(dictionary! { "Type" => "Catalog", "Kids" => kids.clone(), "Stream" => stream });
        document.trailer.set("Root", root);

        let bytes = File::new(Packer::new()).finish(document).unwrap();
        assert!(bytes.len() < 100_000, "{} bytes", bytes.len());
        let read = Document::load_mem(&bytes).unwrap();
        for (n, kid) in kids.iter().enumerate() {
            let kid = read.get_dictionary(kid.as_reference().unwrap()).unwrap();
            assert_eq!(kid.get(b"Number").unwrap().as_i64().unwrap(), n as i64);
            assert_eq!(kid.get(b"Bytes").unwrap().as_str().unwrap(), [n as u8, b'(', b'\r', b'\n', b'\\']);
        }
        assert!(read.get_object(unused).is_err());
        let stream = read.get_object(stream).unwrap().as_stream().unwrap();
        assert_eq!(stream.decompressed_content().unwrap(), vec![b'x'; 10_000]);
        assert_eq!(read.trailer.get(b"Root").unwrap().as_reference().unwrap(), root);
    }

    /// The rows of the table as they are once the differences between them are undone.
    #[test]
    fn object_0_heads_the_free_ones() {
        let mut document = Document::with_version("1.7");
        let root = document.add_object(dictionary! { "Type" => "Catalog" });
        document.trailer.set("Root", root);
        let bytes = File::new(Packer::new()).finish(document).unwrap();
        let start = bytes.windows(8).rposition(|part| part == b"\nstream\n").unwrap() + 8;
        let mut rows = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&bytes[start..]), &mut rows).unwrap();
        assert_eq!(rows[..8], [2, 0, 0, 0, 0, 0, 0xff, 0xff]);
        // Where the first object stands, in the object stream.
        assert_eq!(rows[8..10], [2, 2]);
    }
}
