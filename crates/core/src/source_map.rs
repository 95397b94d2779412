//! Several sources that one material is made of.

use crate::{Source, Span};

/// The sources of a material, by their names, in one space of offsets: a material that is put together of several files has
/// spans that tell which of them is meant.
///
/// ```
/// use patra_core::{Source, SourceMap, Span};
///
/// let mut sources = SourceMap::new("a.md", Source::new("क".to_owned()));
/// let base = sources.add("b.md", Source::new("ख ग".to_owned()));
/// let (name, source, span) = sources.locate(Span::new(4, 7).shifted(base));
/// assert_eq!((name, source.slice(span)), ("b.md", "ग"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMap {
    /// At least one, each with its name and the offset at which it begins.
    files: Vec<(String, usize, Source)>,
}

impl SourceMap {
    /// The map of one source; its offsets are those of its spans.
    #[must_use]
    pub fn new(name: impl Into<String>, source: Source) -> Self {
        SourceMap { files: vec![(name.into(), 0, source)] }
    }

    /// Adds a source and gives the offset at which it begins, by which its spans are [shifted](Span::shifted). It is never
    /// 0, and no offset belongs to two sources.
    pub fn add(&mut self, name: impl Into<String>, source: Source) -> usize {
        let base = self.files.last().map_or(0, |(_, base, source)| base + source.text().len() + 1);
        self.files.push((name.into(), base, source));
        base
    }

    /// The first source.
    #[must_use]
    pub fn first(&self) -> &Source {
        &self.files[0].2
    }

    /// The source in which a span stands, with its name, and the span within it. What has no place has none in the first.
    #[must_use]
    pub fn locate(&self, span: Span) -> (&str, &Source, Span) {
        let at = self.files.partition_point(|(_, base, _)| *base <= span.start()).saturating_sub(1);
        let (name, base, source) = &self.files[at];
        (name, source, Span::new(span.start() - base, span.end().saturating_sub(*base)))
    }

    /// The same sources under other names.
    #[must_use]
    pub fn renamed(&self, name: impl Fn(&str) -> String) -> Self {
        SourceMap { files: self.files.iter().map(|(old, base, source)| (name(old), *base, source.clone())).collect() }
    }
}
