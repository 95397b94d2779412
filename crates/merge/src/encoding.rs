//! Bytes of a file that a spreadsheet saved, to text.

use crate::Error;

/// The text of a file: UTF-8 with or without a byte order mark, or UTF-16 with one, as Excel's "Unicode Text" is.
///
/// # Errors
/// Where the bytes are in another encoding, with the line of the first that shows it.
pub(crate) fn text(name: &str, bytes: &[u8]) -> Result<String, Error> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(name, rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(name, rest, u16::from_be_bytes),
        _ => {
            let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            if looks_like_utf16(rest) {
                let message = format!("`{name}` looks like UTF-16 text, but does not begin with a byte order mark");
                return Err(Error::new(message).with_hint("save it as CSV in UTF-8"));
            }
            match std::str::from_utf8(rest) {
                Ok(text) => Ok(text.to_owned()),
                Err(error) => {
                    let at = error.valid_up_to();
                    let byte = rest.get(at).copied().unwrap_or_default();
                    let (line, column) = place(&String::from_utf8_lossy(&rest[..at]));
                    let message =
                        format!("`{name}` is not UTF-8 text: byte 0x{byte:02X} in line {line}, column {column}");
                    Err(Error::new(message)
                        .with_hint("save it as CSV in UTF-8: with another encoding letters are lost"))
                }
            }
        }
    }
}

/// Every other byte of ASCII text in UTF-16 is NUL.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64)];
    start.len() >= 4 && start.iter().filter(|&&b| b == 0).count() * 3 >= start.len()
}

fn utf16(name: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Error> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for decoded in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        match decoded {
            Ok(c) => text.push(c),
            Err(lone) => {
                let (line, column) = place(&text);
                let message = format!(
                    "`{name}` is not UTF-16 text: half a character, U+{:04X}, in line {line}, column {column}",
                    lone.unpaired_surrogate()
                );
                return Err(Error::new(message).with_hint("write the cell anew and save the sheet as CSV in UTF-8"));
            }
        }
    }
    if !odd.is_empty() {
        return Err(Error::new(format!("`{name}` is UTF-16 text that ends within a character")));
    }
    Ok(text)
}

/// The line and the column, in letters, of what follows `before`.
fn place(before: &str) -> (usize, usize) {
    use unicode_segmentation::UnicodeSegmentation;
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.graphemes(true).count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_of(text: &str) -> Vec<u8> {
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn the_encodings_of_spreadsheets_are_read() {
        assert_eq!(text("a", "क,ख".as_bytes()).as_deref(), Ok("क,ख"));
        assert_eq!(text("a", "\u{FEFF}क,ख".as_bytes()).as_deref(), Ok("क,ख"));
        assert_eq!(text("a", &utf16_of("क\t😀")).as_deref(), Ok("क\t😀"));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let fault = |bytes: &[u8]| text("a.csv", bytes).expect_err("no text").to_string();
        assert!(fault(b"id,a\nx,\xE9t\xE9\n").contains("byte 0xE9 in line 2, column 3"));
        let mut lone = utf16_of("क्षमा\nab");
        lone.extend(0xD83D_u16.to_le_bytes());
        lone.extend(u16::from(b'x').to_le_bytes());
        assert!(fault(&lone).contains("U+D83D, in line 2, column 3"), "{}", fault(&lone));
        assert!(fault(&utf16_of("ab")[2..]).contains("UTF-16"));
        assert!(fault(&utf16_of("a")[..3]).contains("ends within"));
    }
}
