//! Lines of a source, and the marks of quotes and white space that they begin with.

use std::ops::Range;

/// The lines that contain a range, with their line end.
pub(super) fn line_of(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |i| range.end + i + 1);
    start..end
}

/// The text before a place on its line, if it consists only of white space and marks of quotes.
pub(super) fn container(text: &str, at: usize) -> Option<&str> {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let lead = &text[start..at];
    lead.chars().all(|c| matches!(c, ' ' | '\t' | '>' | '\u{FEFF}')).then_some(lead.trim_start_matches('\u{FEFF}'))
}

/// The line end that the source uses.
pub(super) fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || c == '>')
}

/// End of the blank lines that follow `end`.
pub(super) fn blank_after(text: &str, mut end: usize) -> usize {
    for line in text[end..].split_inclusive('\n') {
        if !is_blank(line) {
            break;
        }
        end += line.len();
    }
    end
}

/// Start of the blank lines right above `start`.
pub(super) fn blank_before(text: &str, mut start: usize) -> usize {
    while start > 0 {
        let above = line_of(text, &(start - 1..start - 1));
        if !is_blank(&text[above.clone()]) {
            break;
        }
        start = above.start;
    }
    start
}
