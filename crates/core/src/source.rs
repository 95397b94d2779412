//! Lines and columns of a source, as a person counts them.

use unicode_segmentation::UnicodeSegmentation;

use crate::Span;

/// A place in a source, both counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in extended grapheme clusters (UAX #29): in `क्षमा` the `मा` stands in column 2.
    pub column: usize,
}

/// A source text with the offsets of its lines.
///
/// ```
/// use patra_core::{Position, Source};
/// let source = Source::new("क्षमा\nदूसरी".to_owned());
/// assert_eq!(source.position("क्ष".len()), Position { line: 1, column: 2 });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    text: String,
    starts: Vec<usize>,
}

impl Source {
    /// Indexes `text`. Lines end with LF, CRLF or a lone CR.
    #[must_use]
    pub fn new(text: String) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, &b) in bytes.iter().enumerate() {
            if b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                starts.push(i + 1);
            }
        }
        Source { text, starts }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte. An offset inside a grapheme counts as that grapheme's start; one past the end
    /// counts as the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&s| s <= offset);
        let start = self.starts[line - 1];
        let column =
            self.text[start..].grapheme_indices(true).take_while(|(i, g)| start + i + g.len() <= offset).count();
        Position { line, column: column + 1 }
    }

    /// The byte at which a line and a column (in bytes, from one, as parsers of JSON and YAML count) stand.
    #[must_use]
    pub fn offset(&self, line: usize, byte_column: usize) -> usize {
        let Some(&start) = self.starts.get(line.max(1) - 1) else { return self.text.len() };
        let mut offset = (start + byte_column.max(1) - 1).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The text of a line, from one, without its ending.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        let Some(&start) = line.checked_sub(1).and_then(|l| self.starts.get(l)) else { return "" };
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// The source text of a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start()..span.end()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_graphemes() {
        let source = Source::new("क्षमा करें\r\n  दूसरी".into());
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.position("क्षमा ".len()), Position { line: 1, column: 4 });
        assert_eq!(source.position("क्षमा करें\r\n  ".len()), Position { line: 2, column: 3 });
        assert_eq!(source.position(usize::MAX).line, 2);
        assert_eq!(source.line(1), "क्षमा करें");
        assert_eq!(source.line(3), "");
    }

    #[test]
    fn an_offset_inside_a_character_is_its_start() {
        let source = Source::new("आम".into());
        assert_eq!(source.offset(1, 2), 0);
        assert_eq!(source.offset(9, 1), 6);
        assert_eq!(source.position(1), Position { line: 1, column: 1 });
    }
}
