//! Bytes of a file that a spreadsheet saved, to text.

use patra_cells::{Encoding, decode};
use patra_core::phrase;

use crate::Error;

/// The text of a file: UTF-8, or UTF-16 as Excel's "Unicode Text" is.
///
/// # Errors
/// Where the bytes are in another encoding, with the line of the first that shows it.
pub(crate) fn text(name: &str, bytes: &[u8]) -> Result<String, Error> {
    let (what, text, at) = match decode(bytes.to_vec()) {
        // The sheets were UTF-8 and hold letters that Windows-1252 hasn't got.
        Ok(decoded) if decoded.encoding == Encoding::Windows1252 => {
            let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
            let byte = format!("{:02X}", bytes.get(at).copied().unwrap_or_default());
            (phrase!("byte 0x{$byte}", byte), decoded.text, at)
        }
        Ok(decoded) => return Ok(decoded.text),
        Err(fault) if fault.encoding != Encoding::Utf8 => {
            let (line, column) = place(&fault.text[..fault.at]);
            let message = phrase!(
                "`{$name}` is not {$encoding} text: {$what} in line {$line}, column {$column}",
                name,
                encoding = "UTF-16",
                what = fault.what,
                line,
                column
            );
            return Err(Error::new(message).with_hint("write the cell anew and save the sheet as CSV in UTF-8"));
        }
        Err(fault) => (fault.what, fault.text, fault.at),
    };
    let (line, column) = place(text.get(..at).unwrap_or(&text));
    let message = phrase!(
        "`{$name}` is not {$encoding} text: {$what} in line {$line}, column {$column}",
        name,
        encoding = "UTF-8",
        what,
        line,
        column
    );
    Err(Error::new(message).with_hint("save it as CSV in UTF-8: with another encoding letters are lost"))
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
        assert_eq!(text("a", &utf16_of("id,अर्थ\n")[2..]).as_deref(), Ok("id,अर्थ\n"));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let fault = |bytes: &[u8]| text("a.csv", bytes).expect_err("no text").to_string();
        assert!(fault(b"id,a\nx,\xE9t\xE9\n").contains("byte 0xE9 in line 2, column 3"));
        let mut lone = utf16_of("क्षमा\nab");
        lone.extend(0xD83D_u16.to_le_bytes());
        lone.extend(u16::from(b'x').to_le_bytes());
        assert!(fault(&lone).contains("(U+D83D) in line 2, column 3"), "{}", fault(&lone));
        assert!(fault(&utf16_of("a")[..3]).contains("half a character at the end"));
    }
}
