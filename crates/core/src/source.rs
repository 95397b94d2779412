//! Lines and columns of a source, as a person counts them.

use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use crate::Span;

/// How many bytes of a line are counted at most to find a column in it.
const STRIDE: usize = 512;

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
#[derive(Clone, Debug)]
pub struct Source {
    text: String,
    starts: Vec<usize>,
    /// Places within the lines that are longer than [`STRIDE`], from which columns are counted: thousands of problems on one
    /// line would each be counted from its start. They are found when the first such line is asked about.
    marks: OnceLock<Vec<Mark>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Source {}

/// The start of a letter (an extended grapheme cluster) in a line.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// Its offset in the text.
    byte: usize,
    /// How many letters of its line precede it.
    letters: usize,
    /// How many UTF-16 code units of its line precede it.
    utf16: usize,
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
        Source { text, starts, marks: OnceLock::new() }
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
        let (line, mark) = self.mark_before(offset);
        let end = offset.min(self.text.len());
        let letters = self.text[mark.byte..].grapheme_indices(true);
        let passed = letters.take_while(|(at, letter)| mark.byte + at + letter.len() <= end).count();
        Position { line, column: mark.letters + passed + 1 }
    }

    /// The column of a byte in UTF-16 code units, from one. An offset inside a character counts as that character's start.
    #[must_use]
    pub fn utf16_column(&self, offset: usize) -> usize {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let (_, mark) = self.mark_before(end);
        mark.utf16 + self.text[mark.byte..end].encode_utf16().count() + 1
    }

    /// The byte at which a letter of a line starts, by the line and the column as [`Source::position`] counts them; where the
    /// line has fewer letters, its end.
    #[must_use]
    pub fn letter_start(&self, position: Position) -> usize {
        let Some(&start) = self.starts.get(position.line.max(1) - 1) else { return self.text.len() };
        let end = start + self.line(position.line.max(1)).len();
        let wanted = position.column.max(1) - 1;
        let marks = self.marks_in(start, end);
        let mark = match marks.partition_point(|mark| mark.letters <= wanted) {
            0 => Mark { byte: start, letters: 0, utf16: 0 },
            after => marks[after - 1],
        };
        let mut letters = self.text[mark.byte..end].grapheme_indices(true);
        letters.nth(wanted - mark.letters).map_or(end, |(at, _)| mark.byte + at)
    }

    /// The line of an offset, and the last place before the offset whose column is known.
    fn mark_before(&self, offset: usize) -> (usize, Mark) {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&s| s <= offset);
        let start = self.starts[line - 1];
        let beginning = Mark { byte: start, letters: 0, utf16: 0 };
        if offset - start <= STRIDE {
            return (line, beginning);
        }
        (line, self.marks_in(start, offset).last().copied().unwrap_or(beginning))
    }

    /// The marks from one offset to another, the last one too.
    fn marks_in(&self, from: usize, to: usize) -> &[Mark] {
        if to - from <= STRIDE {
            return &[];
        }
        let marks = self.marks.get_or_init(|| self.marks());
        let at = |offset: usize| marks.partition_point(|mark| mark.byte <= offset);
        &marks[at(from)..at(to)]
    }

    fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (index, &start) in self.starts.iter().enumerate() {
            let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
            if end - start <= STRIDE {
                continue;
            }
            let mut last = Mark { byte: start, letters: 0, utf16: 0 };
            for (letters, (at, _)) in self.text[start..end].grapheme_indices(true).enumerate() {
                let byte = start + at;
                if byte - last.byte >= STRIDE {
                    let utf16 = last.utf16 + self.text[last.byte..byte].encode_utf16().count();
                    last = Mark { byte, letters, utf16 };
                    marks.push(last);
                }
            }
        }
        marks
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
    fn places_on_long_lines_are_those_that_counting_finds() {
        let part = "क्षेत्र a\u{301} 𝄞 किताब ";
        let text = format!("छोटी\n{}\r\n{}\nअंत", part.repeat(200), "x".repeat(2 * STRIDE));
        let source = Source::new(text.clone());
        for (line, start) in [(2, "छोटी\n".len()), (3, text.find("xx").expect("a line of x"))] {
            let words = source.line(line);
            for (column, (at, letter)) in words.grapheme_indices(true).enumerate() {
                let position = Position { line, column: column + 1 };
                assert_eq!(source.position(start + at), position);
                assert_eq!(source.position(start + at + letter.len() - 1), position, "within a letter");
                assert_eq!(source.letter_start(position), start + at);
                assert_eq!(source.utf16_column(start + at), words[..at].encode_utf16().count() + 1);
            }
            assert_eq!(source.letter_start(Position { line, column: 1_000_000 }), start + words.len());
        }
    }

    #[test]
    fn problems_on_one_line_do_not_cost_their_distance_from_its_start() {
        let source = Source::new("क्षमा <b>".repeat(50_000));
        let step = "क्षमा <b>".len();
        // Counted from the start of the line, these are 4 × 10⁹ letters.
        for index in (0..50_000).step_by(2) {
            let place = source.position(index * step);
            assert_eq!((place.line, place.column), (1, index * 6 + 1));
            assert_eq!(source.letter_start(place), index * step);
        }
    }

    #[test]
    fn an_offset_inside_a_character_is_its_start() {
        let source = Source::new("आम".into());
        assert_eq!(source.offset(1, 2), 0);
        assert_eq!(source.offset(9, 1), 6);
        assert_eq!(source.position(1), Position { line: 1, column: 1 });
    }
}
