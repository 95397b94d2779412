//! Words of an import, counted: how many of the source's are kept, and how many were left out.

use patra_core::{Block, Code, Diagnostic, Material, SourceMap, words};
use patra_source::Form;

/// Counts of words, as UAX #29 tells them apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Words of the material.
    pub(crate) kept: usize,
    /// Words of the parts that were left out, such as navigation.
    pub(crate) left_out: usize,
}

impl Tally {
    /// Counts the words of a material and of what was left out of its source. Of a part of a page that is within another, the words
    /// count once.
    pub(crate) fn of(material: &Material, sources: &SourceMap, form: Form, notes: &[&Diagnostic]) -> Self {
        let count = |text: &str| words(text).count();
        let mut kept = 0;
        // A title that was taken from the name of the file is none of the source's words.
        if !notes.iter().any(|note| note.code == Code::MissingTitle) {
            kept += count(&material.title.to_plain());
        }
        material.walk_sections(&mut |section, _| kept += count(&section.heading.to_plain()));
        material.walk_blocks(&mut |block, _| {
            block.texts(&mut |text, _| kept += count(&text.to_plain()));
            kept += match block {
                Block::Code(code) => count(&code.text),
                Block::Math(math) => count(&math.tex),
                Block::Figure(figure) => count(&figure.alt),
                _ => 0,
            };
        });
        let mut spans: Vec<(usize, usize)> = (notes.iter())
            .filter(|note| note.code == Code::BoilerplateLeftOut && !note.span.is_none())
            .map(|note| (note.span.start(), note.span.end()))
            .collect();
        spans.sort_unstable();
        let text = sources.first().text();
        let (mut left_out, mut done) = (0, 0);
        for (start, end) in spans {
            let part = text.get(start.max(done)..end).unwrap_or_default();
            left_out += if form == Form::Html { count(&without_tags(part)) } else { count(part) };
            done = done.max(end);
        }
        Tally { kept, left_out }
    }
}

/// The words of a part of a page: what is outside tags, comments, scripts and styles.
fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = &rest[at..];
        let start = rest.get(..8).unwrap_or(rest).to_ascii_lowercase();
        let end = match start.as_str() {
            _ if start.starts_with("<!--") => "-->",
            _ if start.starts_with("<script") => "</script>",
            _ if start.starts_with("<style") => "</style>",
            _ => ">",
        };
        rest = rest.find(end).map_or("", |at| &rest[at + end.len()..]);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_scripts_have_no_words() {
        let html = "<nav class='a b'><a href=/x>होम पेज</a><!-- c d --><script>let e = 1;</script> और</nav>";
        assert_eq!(words(&without_tags(html)).count(), 3);
        assert_eq!(words(&without_tags("a <b")).count(), 1);
    }
}
