//! Pages of HTML: from bytes in whatever encoding they name, and the pictures that stand in them.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use patra_core::{Source, phrase};

use crate::decode::{Decoded, decode_text, replaced};

/// So far into a page its encoding may be named (HTML, 13.2.3.2).
const HEAD: usize = 1024;

/// Reads the bytes of a page: by its byte order mark, as UTF-8 where they are, or in the encoding that its head names.
///
/// Bytes that are UTF-8 are read so whatever the head says, since no other text looks like it; pages are often saved anew
/// and keep the name of the encoding they had. A page that names none and isn't UTF-8 is read as Windows-1252, as browsers
/// do. Where a byte has no meaning in the encoding, the problem says so.
pub fn decode_page(bytes: Vec<u8>) -> Decoded {
    let encoding = match Encoding::for_bom(&bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(&bytes).is_ok() && !is_utf16(&bytes) => UTF_8,
        None => named(&bytes).unwrap_or(if is_utf16(&bytes) { UTF_8 } else { WINDOWS_1252 }),
    };
    if encoding == UTF_8 {
        return decode_text(bytes);
    }
    let (text, encoding, malformed) = encoding.decode(&bytes);
    let source = Source::new(text.into_owned());
    let problem = malformed.then(|| {
        let at = source.text().find(char::REPLACEMENT_CHARACTER).unwrap_or(0);
        replaced(source.text(), at, encoding.name(), phrase!("a part of the page"))
    });
    Decoded { source, problem }
}

/// Every other byte of ASCII letters in UTF-16 is NUL.
fn is_utf16(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64)];
    start.len() >= 4 && start.iter().filter(|&&byte| byte == 0).count() * 3 >= start.len()
}

/// The encoding that a `meta` in the page's head names.
fn named(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(at) = rest.find("<meta") {
        rest = &rest[at + 5..];
        let tag = rest.split('>').next().unwrap_or(rest);
        let Some(label) = tag.split("charset").nth(1).and_then(|rest| rest.trim_start().strip_prefix('=')) else {
            continue;
        };
        let label = label.trim_start().trim_start_matches(['"', '\'']);
        let label =
            label.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/')).next().unwrap_or(label);
        if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
            // A page whose head can be read so far is in no UTF-16, whatever it says.
            let wide = matches!(encoding.name(), "UTF-16LE" | "UTF-16BE");
            return Some(if wide { UTF_8 } else { encoding });
        }
    }
    None
}

/// A picture that stands in the source itself, as a `data:` URL (RFC 2397): what it holds, and the ending of its kind.
#[must_use]
pub fn embedded_picture(name: &str) -> Option<(Vec<u8>, &'static str)> {
    let (kind, data) = name.strip_prefix("data:")?.split_once(',')?;
    let kind = kind.to_ascii_lowercase();
    let kind = kind.strip_suffix(";base64")?;
    let ending = match kind.split(';').next()? {
        "image/png" => "png",
        "image/jpeg" | "image/jpg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/svg+xml" => "svg",
        _ => return None,
    };
    Some((base64(data)?, ending))
}

/// Base64 (RFC 4648, 4), with white space anywhere and padding or none.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xFF) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use patra_core::Code;

    use super::*;

    fn text(bytes: Vec<u8>) -> String {
        let Decoded { source, problem } = decode_page(bytes);
        assert_eq!(problem, None);
        source.text().to_owned()
    }

    #[test]
    fn the_encoding_is_the_one_that_the_page_names() {
        assert_eq!(
            text(b"<meta charset=windows-1252><p>\x93caf\xE9\x94".to_vec()),
            "<meta charset=windows-1252><p>“café”"
        );
        let word = b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">\x96".to_vec();
        assert!(text(word).ends_with('–'));
        assert!(text(b"<p>na\xEFve".to_vec()).ends_with("naïve"));
        assert!(text("<meta charset=\"iso-8859-1\">क".as_bytes().to_vec()).ends_with('क'));
        assert!(text(b"<meta charset='koi8-r'>\xCD\xC9\xD2".to_vec()).ends_with("мир"));
    }

    #[test]
    fn utf16_is_told_by_its_mark() {
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes = [0xFEFF].into_iter().chain("<p>क".encode_utf16()).flat_map(order).collect();
            assert_eq!(text(bytes), "<p>क");
        }
        assert_eq!(text("\u{FEFF}<p>क".as_bytes().to_vec()), "<p>क");
    }

    #[test]
    fn what_means_nothing_is_told_with_its_place() {
        let problem = decode_page("<meta charset=utf-8>\n<p>कख".bytes().chain([0xE0, b'x']).collect()).problem;
        assert_eq!(problem.map(|problem| (problem.code, problem.span.start())), Some((Code::BytesReplaced, 30)));
        let problem = decode_page(b"<meta charset=shift_jis>\xFF".to_vec()).problem;
        assert_eq!(problem.map(|problem| problem.code), Some(Code::BytesReplaced));
    }

    #[test]
    fn pictures_in_the_page_are_read() {
        assert_eq!(
            embedded_picture("data:image/png;base64,iVBO\nRw0KGgo="),
            Some((b"\x89PNG\r\n\x1a\n".to_vec(), "png"))
        );
        assert_eq!(embedded_picture("data:image/gif;base64,R0lG*"), None);
        assert_eq!(embedded_picture("data:text/html;base64,QQ=="), None);
        assert_eq!(embedded_picture("a.png"), None);
    }
}
