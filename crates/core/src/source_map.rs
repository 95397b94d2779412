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
    /// At least one.
    files: Vec<File>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct File {
    name: String,
    /// The offset at which it begins.
    base: usize,
    source: Source,
    /// Where another includes it.
    included_at: Option<Span>,
}

impl SourceMap {
    /// The map of one source; its offsets are those of its spans.
    #[must_use]
    pub fn new(name: impl Into<String>, source: Source) -> Self {
        SourceMap { files: vec![File { name: name.into(), base: 0, source, included_at: None }] }
    }

    /// Adds a source and gives the offset at which it begins, by which its spans are [shifted](Span::shifted). It is never
    /// 0, and no offset belongs to two sources.
    pub fn add(&mut self, name: impl Into<String>, source: Source) -> usize {
        let base = self.files.last().map_or(0, |last| last.base + last.source.text().len() + 1);
        self.files.push(File { name: name.into(), base, source, included_at: None });
        base
    }

    /// [Adds](SourceMap::add) a source that another includes by what stands at `place`.
    pub fn include(&mut self, name: impl Into<String>, source: Source, place: Span) -> usize {
        let base = self.add(name, source);
        if let Some(last) = self.files.last_mut() {
            last.included_at = Some(place);
        }
        base
    }

    /// The first source.
    #[must_use]
    pub fn first(&self) -> &Source {
        &self.files[0].source
    }

    /// Whether there is more than one source.
    #[must_use]
    pub fn has_several(&self) -> bool {
        self.files.len() > 1
    }

    fn at(&self, span: Span) -> &File {
        &self.files[self.files.partition_point(|file| file.base <= span.start()).saturating_sub(1)]
    }

    /// The source in which a span stands, with its name, and the span within it. What has no place has none in the first.
    #[must_use]
    pub fn locate(&self, span: Span) -> (&str, &Source, Span) {
        let File { name, base, source, .. } = self.at(span);
        (name, source, Span::new(span.start() - base, span.end().saturating_sub(*base)))
    }

    /// Where the source in which a span stands is included; `None` where no other includes it.
    #[must_use]
    pub fn included_at(&self, span: Span) -> Option<Span> {
        self.at(span).included_at
    }

    /// The sources that others include, each with where that is.
    pub fn included(&self) -> impl Iterator<Item = (&str, Span)> {
        self.files.iter().filter_map(|file| Some((file.name.as_str(), file.included_at?)))
    }

    /// The same sources under other names.
    #[must_use]
    pub fn renamed(&self, name: impl Fn(&str) -> String) -> Self {
        let files = self.files.iter().map(|file| File { name: name(&file.name), ..file.clone() });
        SourceMap { files: files.collect() }
    }
}
