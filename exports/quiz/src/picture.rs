//! The pictures that questions show.

use std::collections::BTreeMap;

/// The pictures of one quiz, or of one question.
pub(crate) struct Pictures<'a> {
    media: Option<&'a BTreeMap<String, Vec<u8>>>,
    /// What stands before a picture's name where it is shown.
    prefix: &'static str,
    used: BTreeMap<String, &'a [u8]>,
}

/// Why a picture can't be shown.
pub(crate) enum Unfit {
    /// The format carries none.
    NotCarried,
    /// Its file is not at hand.
    Missing,
    /// It is no picture that a browser shows.
    UnknownKind,
}

impl<'a> Pictures<'a> {
    /// No pictures at all.
    pub(crate) fn none() -> Self {
        Pictures { media: None, prefix: "", used: BTreeMap::new() }
    }

    pub(crate) fn of(media: &'a BTreeMap<String, Vec<u8>>, prefix: &'static str) -> Self {
        Pictures { media: Some(media), prefix, used: BTreeMap::new() }
    }

    /// Where a picture is to be found, for the value of `src`: a name that every file system takes, made of the picture's place
    /// among all.
    pub(crate) fn source(&mut self, source: &str) -> Result<String, Unfit> {
        let media = self.media.ok_or(Unfit::NotCarried)?;
        let (place, (_, bytes)) =
            media.iter().enumerate().find(|(_, (name, _))| *name == source).ok_or(Unfit::Missing)?;
        let name = format!("figure-{}.{}", place + 1, kind(bytes).ok_or(Unfit::UnknownKind)?.0);
        let path = format!("{}{name}", self.prefix);
        self.used.insert(name, bytes);
        Ok(path)
    }

    /// The pictures shown since this was last asked, by their names.
    pub(crate) fn take(&mut self) -> BTreeMap<String, &'a [u8]> {
        std::mem::take(&mut self.used)
    }
}

/// The ending and the media type of a picture, by how it begins.
pub(crate) fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"\x89PNG\r\n\x1a\n") {
        Some(("png", "image/png"))
    } else if starts(b"\xff\xd8\xff") {
        Some(("jpg", "image/jpeg"))
    } else if starts(b"GIF8") {
        Some(("gif", "image/gif"))
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(("webp", "image/webp"))
    } else if bytes.len() < 1 << 20 && std::str::from_utf8(bytes).is_ok_and(|text| text.contains("<svg")) {
        Some(("svg", "image/svg+xml"))
    } else {
        None
    }
}

/// Bytes in base64 (RFC 4648, 4).
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            if digit <= three.len() {
                out.push(char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_base64() {
        let of = |text: &str| base64(text.as_bytes());
        // The test vectors of RFC 4648, 10.
        assert_eq!([of(""), of("f"), of("fo"), of("foo"), of("foob")], ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
        assert_eq!(base64(&[0xff, 0xfe, 0xfd]), "//79");
    }
}
