//! Parts of the material removed from the source.

use super::braces::is_attribute;
use super::lines::{blank_after, blank_before, container, line_of};
use super::{Change, Document, Edit, Part};

impl Document {
    /// Removes the lines of a part, with the blank lines on one side of it and the attributes above it.
    #[must_use]
    pub fn remove(&self, part: Part) -> Change {
        let text = self.text();
        let span = part.span();
        if container(text, span.start()).is_none() || span.is_none() {
            return Change::default();
        }
        let lines = line_of(text, &(span.start()..span.end().max(span.start() + 1).min(text.len())));
        let with_attributes = attributes_above(text, lines.start)..lines.end;
        let mut ranges = Vec::new();
        for lines in [with_attributes, lines] {
            let after = lines.start..blank_after(text, lines.end);
            let before = blank_before(text, lines.start)..lines.end;
            // One blank line is enough where there would be two.
            let order = match (before.start < lines.start, after.end > lines.end) {
                (true, _) if after.end == text.len() => [before.clone(), after, lines],
                (true, true) => [after, before, lines],
                _ => [lines, after, before],
            };
            for range in order {
                if !ranges.contains(&range) {
                    ranges.push(range);
                }
            }
        }
        let mut ways: Vec<Vec<Edit>> = ranges.into_iter().map(|range| vec![Edit::new(range, "")]).collect();
        if let Part::Item(_) = part {
            // A list that loses its first item begins with the same number as before.
            let numbered: Vec<Vec<Edit>> = ways
                .iter()
                .filter_map(|way| {
                    let end = way.first()?.range.end;
                    let own = number(&text[span.start()..])?;
                    let lead = text[end..].len() - text[end..].trim_start_matches([' ', '\t', '>']).len();
                    let next = number(&text[end + lead..])?;
                    let range = end + lead..end + lead + next.len();
                    Some(way.iter().cloned().chain([Edit::new(range, own)]).collect())
                })
                .collect();
            ways.extend(numbered);
        }
        Change { ways }
    }
}

/// The number that an item of a list begins with.
fn number(text: &str) -> Option<&str> {
    let end = text.find(['.', ')'])?;
    let digits = &text[..end];
    (!digits.is_empty() && digits.chars().all(char::is_numeric)).then_some(digits)
}

/// Start of the lines of attributes right above `start`.
fn attributes_above(text: &str, mut start: usize) -> usize {
    while start > 0 {
        let above = line_of(text, &(start - 1..start - 1));
        let inner = text[above.clone()].trim_start_matches([' ', '\t', '>']).trim_end();
        if !is_attribute(inner) || !inner.ends_with('}') {
            break;
        }
        start = above.start;
    }
    start
}
