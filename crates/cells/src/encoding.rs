//! Bytes that an editor or a spreadsheet saved, to text.

use std::fmt;

use patra_core::{Phrase, phrase};

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the lower byte of each unit first.
    Utf16Le,
    /// UTF-16, the upper byte of each unit first.
    Utf16Be,
    /// Windows-1252, which Excel saves plain CSV in where it runs in English.
    Windows1252,
}

/// Text, and what was found out to get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding that the bytes are in.
    pub encoding: Encoding,
    /// Whether a byte order mark said so.
    pub marked: bool,
}

/// Bytes that are in no encoding that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecodable {
    /// The encoding that the bytes seem to be in.
    pub encoding: Encoding,
    /// The text, with U+FFFD for what could not be read.
    pub text: String,
    /// Where in the text the first such place is, in bytes.
    pub at: usize,
    /// What stands there: `byte 0xE9`.
    pub what: Phrase,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16 (little-endian)",
            Encoding::Utf16Be => "UTF-16 (big-endian)",
            Encoding::Windows1252 => "Windows-1252",
        })
    }
}

/// The text of bytes in UTF-8 or UTF-16, with a byte order mark or without, or in Windows-1252.
///
/// UTF-8 that is broken in a place or two is not taken for Windows-1252, in which its letters would be garbage.
///
/// # Errors
/// Where bytes are in none of them: where, and what stands there.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Undecodable> {
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if let Some(encoding) = utf16_order(&bytes) {
        return utf16(&bytes[if marked { 2 } else { 0 }..], encoding, marked);
    }
    let error = match String::from_utf8(bytes) {
        Ok(mut text) => {
            let marked = text.starts_with('\u{FEFF}');
            if marked {
                text.drain(..'\u{FEFF}'.len_utf8());
            }
            return Ok(Decoded { text, encoding: Encoding::Utf8, marked });
        }
        Err(error) => error,
    };
    let bytes = error.as_bytes();
    if !bytes.starts_with(b"\xEF\xBB\xBF") && is_windows_1252(bytes) {
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
        return Ok(Decoded { text: text.into_owned(), encoding: Encoding::Windows1252, marked: false });
    }
    let at = error.utf8_error().valid_up_to();
    let byte = format!("{:02X}", bytes.get(at).copied().unwrap_or_default());
    let what = phrase!("byte 0x{$byte}", byte);
    let lossy = String::from_utf8_lossy(bytes);
    let (text, at) = match lossy.strip_prefix('\u{FEFF}') {
        Some(rest) => (rest.to_owned(), at.saturating_sub('\u{FEFF}'.len_utf8())),
        None => (lossy.into_owned(), at),
    };
    Err(Undecodable { encoding: Encoding::Utf8, text, at, what })
}

/// The byte order of UTF-16 text: by its mark, or by the zero half of its ASCII characters, among which are spaces and line
/// feeds in every language.
#[must_use]
pub fn utf16_order(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let (pairs, _) = bytes.as_chunks::<2>();
    let pairs = &pairs[..pairs.len().min(4096)];
    let little = pairs.iter().filter(|[low, high]| *high == 0 && (1..0x80).contains(low)).count();
    let big = pairs.iter().filter(|[high, low]| *high == 0 && (1..0x80).contains(low)).count();
    // One character in twenty; a UTF-8 text may hold a stray NUL.
    let enough = |count: usize, other: usize| count * 20 >= pairs.len() && count >= 2 && other * 10 <= count;
    if enough(little, big) {
        Some(Encoding::Utf16Le)
    } else if enough(big, little) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], encoding: Encoding, marked: bool) -> Result<Decoded, Undecodable> {
    let unit = if encoding == Encoding::Utf16Le { u16::from_le_bytes } else { u16::from_be_bytes };
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut fault = None;
    for decoded in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        match decoded {
            Ok(c) => text.push(c),
            Err(lone) => {
                let code = format!("U+{:04X}", lone.unpaired_surrogate());
                fault.get_or_insert_with(|| (text.len(), phrase!("half a character ({$code})", code)));
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    if !odd.is_empty() {
        fault.get_or_insert_with(|| (text.len(), phrase!("half a character at the end of the file")));
        text.push(char::REPLACEMENT_CHARACTER);
    }
    match fault {
        None => Ok(Decoded { text, encoding, marked }),
        Some((at, what)) => Err(Undecodable { encoding, text, at, what }),
    }
}

/// Whether bytes that are not UTF-8 are Windows-1252: none of them is one that it has no character for, and fewer of them
/// make letters of UTF-8 than stand alone.
fn is_windows_1252(bytes: &[u8]) -> bool {
    let unfit = |byte: &u8| matches!(byte, 0..=8 | 0x0E..=0x1F | 0x7F | 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    if bytes.iter().any(unfit) {
        return false;
    }
    let (mut letters, mut alone) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        alone += chunk.invalid().len();
    }
    alone > letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str, mark: bool, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16()).flat_map(order).collect()
    }

    #[test]
    fn every_encoding_is_found_out() {
        let text = "शब्द,अर्थ\r\nओस,रात की बूँदें 😀\r\n";
        for mark in [true, false] {
            for (bytes, encoding) in [
                (units(text, mark, u16::to_le_bytes), Encoding::Utf16Le),
                (units(text, mark, u16::to_be_bytes), Encoding::Utf16Be),
                (format!("{}{text}", if mark { "\u{FEFF}" } else { "" }).into_bytes(), Encoding::Utf8),
            ] {
                let decoded = Decoded { text: text.to_owned(), encoding, marked: mark };
                assert_eq!(decode(bytes), Ok(decoded), "{mark} {encoding}");
            }
        }
        let decoded = decode(b"caf\xE9;na\xEFve \x96 5\x80\n".to_vec()).expect("text");
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("café;naïve – 5€\n", Encoding::Windows1252));
    }

    #[test]
    fn broken_text_is_told_by_its_place() {
        let mut bytes = "क,ख\nगए ".as_bytes().to_vec();
        let at = bytes.len();
        bytes.extend(b"\xE0\xA4 x");
        let fault = decode(bytes).expect_err("cut short");
        assert_eq!((fault.at, fault.what.as_str(), fault.encoding), (at, "byte 0xE0", Encoding::Utf8));
        assert!(fault.text[fault.at..].starts_with('\u{FFFD}'));
        let mut lone = units("क्ष\nab", true, u16::to_le_bytes);
        lone.extend(0xD83D_u16.to_le_bytes());
        lone.extend(u16::from(b'x').to_le_bytes());
        let fault = decode(lone).expect_err("half a character");
        assert!(fault.what.contains("U+D83D") && fault.text.ends_with("ab\u{FFFD}x"), "{fault:?}");
        assert!(decode(b"\x00\x01\xFF\x81".to_vec()).is_err());
    }
}
