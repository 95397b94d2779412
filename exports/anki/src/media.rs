//! Pictures and sounds, named by what they hold.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

use sha1::{Digest, Sha1};

use crate::guid::hex;

/// A picture or a sound that cards may show or play: its bytes, or how to get at them.
///
/// A file that is opened when its turn comes is read twice, a little at a time, first for its name and then into the
/// package. So the memory that a deck takes does not grow with its media.
#[derive(Clone)]
pub struct Media(Held);

type Opener = dyn Fn() -> io::Result<Box<dyn Read>> + Send + Sync;

#[derive(Clone)]
enum Held {
    Bytes(Arc<[u8]>),
    Opened(Arc<Opener>),
}

impl Media {
    /// A file that `open` gives from its beginning, each time it is asked.
    pub fn opened<R: Read + 'static>(open: impl Fn() -> io::Result<R> + Send + Sync + 'static) -> Self {
        Media(Held::Opened(Arc::new(move || open().map(|reader| Box::new(reader) as Box<dyn Read>))))
    }

    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        match &self.0 {
            Held::Bytes(bytes) => Ok(Box::new(&bytes[..])),
            Held::Opened(open) => open(),
        }
    }
}

impl From<Vec<u8>> for Media {
    fn from(bytes: Vec<u8>) -> Self {
        Media(Held::Bytes(bytes.into()))
    }
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Held::Bytes(bytes) => write!(f, "Media({} bytes)", bytes.len()),
            Held::Opened(_) => f.write_str("Media(opened)"),
        }
    }
}

/// The files that cards name, by the name they have in the package.
#[derive(Debug)]
pub(crate) struct Files<'a> {
    given: &'a BTreeMap<String, Media>,
    used: BTreeMap<String, File<'a>>,
    names: BTreeMap<&'a str, (String, Sort)>,
}

/// A file of the package.
#[derive(Debug)]
pub(crate) struct File<'a> {
    pub media: &'a Media,
    /// In bytes.
    pub size: u32,
    pub sha1: [u8; 20],
}

/// What a card does with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// It shows it.
    Picture,
    /// It plays it.
    Sound,
}

/// Why a file can't be on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It was not given.
    Missing,
    /// Its bytes are of no kind that Anki shows or plays everywhere.
    UnknownKind,
    /// It could not be read: why.
    Unreadable(String),
}

impl<'a> Files<'a> {
    pub fn new(given: &'a BTreeMap<String, Media>) -> Self {
        Files { given, used: BTreeMap::new(), names: BTreeMap::new() }
    }

    /// The name in the package of the file that the material calls `source`, and what to do with it.
    ///
    /// The name comes from the bytes: a changed picture has a new name, so that the notes that show it change and Anki
    /// takes it, and two files of one name in two decks stay two. It is ASCII, so that it is the same in every
    /// normalization form, and 35 bytes long at most; Anki takes 120.
    pub fn name(&mut self, source: &str) -> Result<(String, Sort), Unfit> {
        if let Some(named) = self.names.get(source) {
            return Ok(named.clone());
        }
        let (source, media) = self.given.get_key_value(source).ok_or(Unfit::Missing)?;
        let (file, ending) = look_into(media).map_err(|error| Unfit::Unreadable(error.to_string()))?;
        let ending = ending.ok_or(Unfit::UnknownKind)?;
        let name = format!("patra-{}.{ending}", hex(&file.sha1, 24));
        let sort = if matches!(ending, "mp3" | "ogg") { Sort::Sound } else { Sort::Picture };
        self.used.insert(name.clone(), file);
        self.names.insert(source, (name.clone(), sort));
        Ok((name, sort))
    }

    /// The files named so far, by their names in the package.
    pub fn into_used(self) -> BTreeMap<String, File<'a>> {
        self.used
    }
}

impl File<'_> {
    /// Copies the file, read anew, by `copy`, which gives back how many bytes it read.
    ///
    /// # Errors
    /// Where it can't be read or written, or is no longer what it was when its name was made of it.
    pub fn copy(&self, copy: impl FnOnce(&mut dyn Read) -> io::Result<()>) -> io::Result<()> {
        let mut reader = Hashing { reader: self.media.open()?, hash: Sha1::new() };
        copy(&mut reader)?;
        let hash: [u8; 20] = reader.hash.finalize().into();
        if hash == self.sha1 { Ok(()) } else { Err(io::Error::other("a file of the media changed while it was read")) }
    }
}

/// Hashes what is read through it.
struct Hashing<R> {
    reader: R,
    hash: Sha1,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(buffer)?;
        self.hash.update(&buffer[..length]);
        Ok(length)
    }
}

/// The size and the hash of a file, and the ending for its kind.
fn look_into(media: &Media) -> io::Result<(File<'_>, Option<&'static str>)> {
    let mut reader = Hashing { reader: media.open()?, hash: Sha1::new() };
    let mut head = Vec::with_capacity(HEAD);
    reader.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let rest = io::copy(&mut reader, &mut io::sink())?;
    // The list of media has 32 bits for it.
    let size = u32::try_from(rest + head.len() as u64).map_err(|_| io::Error::other("it is larger than 4 GiB"))?;
    Ok((File { media, size, sha1: reader.hash.finalize().into() }, ending(&head)))
}

/// How many bytes at the beginning of a file tell its kind.
const HEAD: usize = 1024;

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
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
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
        let given: BTreeMap<String, Media> = [
            ("चित्र/a b.jpeg".into(), png.clone()),
            ("again.png".into(), png),
            ("other.png".into(), b"\x89PNG\r\n\x1a\n2".to_vec()),
            ("notes.txt".into(), b"words".to_vec()),
        ]
        .map(|(name, bytes): (String, Vec<u8>)| (name, bytes.into()))
        .into();
        let mut media = Files::new(&given);
        let (first, sort) = media.name("चित्र/a b.jpeg").expect("a PNG");
        assert_eq!(sort, Sort::Picture);
        assert!(first.starts_with("patra-") && first.ends_with(".png") && first.is_ascii(), "{first}");
        assert_eq!(media.name("again.png"), Ok((first.clone(), Sort::Picture)));
        assert_ne!(media.name("other.png"), Ok((first, Sort::Picture)));
        assert_eq!(media.name("notes.txt"), Err(Unfit::UnknownKind));
        assert_eq!(media.name("../a.png"), Err(Unfit::Missing));
        assert_eq!(media.into_used().len(), 2);
    }

    #[test]
    fn a_file_that_changes_meanwhile_is_an_error() {
        let times = std::sync::atomic::AtomicU8::new(0);
        let open = move || {
            let time = times.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Ok(io::Cursor::new([b"ID3 sound ".to_vec(), vec![time / 2]].concat()))
        };
        let given = BTreeMap::from([("a.mp3".to_owned(), Media::opened(open))]);
        let mut media = Files::new(&given);
        assert_eq!(media.name("a.mp3").map(|(_, sort)| sort), Ok(Sort::Sound));
        let used = media.into_used();
        let file = used.values().next().expect("a file");
        assert_eq!(file.size, 11);
        let copy = |reader: &mut dyn Read| io::copy(reader, &mut io::sink()).map(drop);
        assert!(file.copy(copy).is_ok());
        assert!(file.copy(copy).is_err());
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
