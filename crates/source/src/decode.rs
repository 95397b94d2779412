//! Bytes to text.

use patra_cells::{Encoding, utf16_order};
use patra_core::{Code, Diagnostic, Severity, Source, Span, phrase};

/// What the bytes of a file say: its text, or as much of it as can be shown and what is wrong with it.
#[derive(Clone, Debug)]
#[must_use]
pub struct Decoded {
    /// The text. Where there is a problem it is only good for showing it.
    pub source: Source,
    /// Why the bytes are not UTF-8 text.
    pub problem: Option<Diagnostic>,
}

impl Decoded {
    /// Whether the text may be read: there is no problem, or one that only warns.
    pub(crate) fn is_text(&self) -> bool {
        self.problem.as_ref().is_none_or(|problem| problem.severity() < Severity::Error)
    }
}

/// Reads bytes as UTF-8; a byte order mark before them is dropped.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some(encoding) = utf16_order(&bytes) {
        // Shown nothing of: as UTF-8, every other character of it would be a NUL.
        let message = phrase!("the file is text in {$encoding}, not UTF-8", encoding = encoding.to_string());
        let problem = Diagnostic::new(Code::NotUtf8, Span::NONE, message).with_hint("save it as UTF-8");
        return Decoded { source: Source::new(String::new()), problem: Some(problem) };
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{FEFF}') {
                text.drain(..'\u{FEFF}'.len_utf8());
            }
            Decoded { source: Source::new(text), problem: None }
        }
        Err(error) => {
            let bytes = error.as_bytes();
            let at = error.utf8_error().valid_up_to();
            let byte = bytes.get(at).copied().unwrap_or_default();
            let lossy = String::from_utf8_lossy(bytes);
            let (text, at) = match lossy.strip_prefix('\u{FEFF}') {
                Some(rest) => (rest.to_owned(), at.saturating_sub('\u{FEFF}'.len_utf8())),
                None => (lossy.into_owned(), at),
            };
            // The valid text before the byte is as long as it was; in place of the byte stands U+FFFD.
            let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
            let problem = Diagnostic::new(
                Code::NotUtf8,
                span,
                phrase!(
                    "the file is not {$encoding} text: {$what} here",
                    encoding = Encoding::Utf8.to_string(),
                    what = phrase!("byte 0x{$byte}", byte = format!("{byte:02X}"))
                ),
            )
            .with_hint("save it as UTF-8");
            Decoded { source: Source::new(text), problem: Some(problem) }
        }
    }
}

/// The text of a table in whichever encoding it is, and which it is where that is not UTF-8: spreadsheets save tables in
/// several, and say nothing of it.
pub(crate) fn decode_table(bytes: Vec<u8>) -> Decoded {
    match patra_cells::decode(bytes) {
        Ok(decoded) => {
            let problem = (decoded.encoding != Encoding::Utf8).then(|| {
                let encoding = decoded.encoding.to_string();
                let message = if decoded.marked {
                    phrase!("the file was told to be in {$encoding}, because its byte order mark says so", encoding)
                } else {
                    phrase!("the file was told to be in {$encoding}, because its bytes have that form", encoding)
                };
                Diagnostic::new(Code::OtherEncoding, Span::NONE, message)
                    .with_hint("save it as UTF-8, so that nothing has to be told")
            });
            Decoded { source: Source::new(decoded.text), problem }
        }
        Err(fault) => {
            let span = Span::new(fault.at, fault.at + char::REPLACEMENT_CHARACTER.len_utf8());
            let message = phrase!(
                "the file is not {$encoding} text: {$what} here",
                encoding = fault.encoding.to_string(),
                what = fault.what
            );
            let problem = Diagnostic::new(Code::NotUtf8, span, message).with_hint("save it as UTF-8");
            Decoded { source: Source::new(fault.text), problem: Some(problem) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_dropped() {
        let decoded = decode("\u{FEFF}# क".into());
        assert_eq!((decoded.source.text(), decoded.problem), ("# क", None));
    }

    #[test]
    fn a_wrong_byte_is_told_by_its_place_in_graphemes() {
        for mark in ["", "\u{FEFF}"] {
            let mut bytes = format!("{mark}पहला\nक्षमा ").into_bytes();
            bytes.extend(b"\xE0\xA4 x");
            let decoded = decode(bytes);
            let problem = decoded.problem.expect("0xE0 0xA4 is cut short");
            let place = decoded.source.position(problem.span.start());
            assert_eq!((place.line, place.column), (2, 4), "{mark:?}");
            assert_eq!(decoded.source.slice(problem.span), "\u{FFFD}");
            assert!(problem.message.contains("0xE0"), "{problem}");
        }
    }

    #[test]
    fn utf16_is_recognised_with_and_without_its_mark() {
        let text = "# शीर्षक यहाँ\n\nकुछ शब्द और भी\n";
        for (mark, order) in
            [(true, "little-endian"), (false, "little-endian"), (true, "big-endian"), (false, "big-endian")]
        {
            let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
            let bytes: Vec<u8> = units
                .flat_map(|unit: u16| if order == "big-endian" { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            let problem = decode(bytes).problem.expect("not UTF-8");
            assert!(problem.message.contains(order), "{mark} {problem}");
        }
    }

    #[test]
    fn a_stray_nul_is_not_utf16() {
        assert!(
            decode(b"a\0b plain words and more of them, as many as it takes to be a text".to_vec()).problem.is_none()
        );
        assert!(decode(Vec::new()).problem.is_none());
    }
}
