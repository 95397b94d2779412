//! Source to material.

use std::collections::BTreeSet;

use patra_core::{Block, Code, Diagnostic, Id, Material, Read, Source, Span, Text, phrase};

use crate::copy::Copy;
use crate::front_matter::{self, Place, Said};
use crate::include::{Include, Part, without_file};
use crate::node::{Inline, InlineKind, Node, NodeKind};
use crate::passage::Passage;
use crate::reader::{self, Reader};
use crate::setting::{self, Wish};
use crate::{script, tree};

/// How a source is read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The name of the source's file, with or without its folder and endings: `bpo.hi.md`. What stands before its first
    /// full stop becomes the material's id where the front matter has none, so that all editions have one id, and its
    /// title where nothing else gives one.
    pub name: Option<String>,
    /// Whether the source is included in another: its first heading begins a section and is no title.
    pub included: bool,
}

impl ReadOptions {
    /// Options for a source with this file name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        ReadOptions { name: Some(name.into()), ..ReadOptions::default() }
    }

    fn stem(&self) -> Option<&str> {
        let file = self.name.as_deref()?.rsplit(['/', '\\']).next()?;
        let stem = file.trim_start_matches('.').split('.').next()?.trim();
        (!stem.is_empty()).then_some(stem)
    }
}

/// Reads patra's Markdown.
///
/// Never fails: what can't be understood is kept as text and reported, with its place, in the order of the source. The
/// material's ids are assigned; what is wrong with the model itself, such as two equal ids, is for
/// [`Material::problems`] to say.
///
/// A file that the source includes is an error: this reader knows no file, and [`read_part`] is for those who do.
pub fn read(source: &Source, options: &ReadOptions) -> Read {
    read_noting(source, options, None).whole().0
}

/// Reads patra's Markdown, and tells where in the source each text of the material stood, in no particular order.
///
/// For what changes a source in place. What was kept as text, or put together of several texts, has no passage that is the
/// same as the text in the material; nor has what the front matter says.
pub fn read_passages(source: &Source, options: &ReadOptions) -> (Read, Vec<Passage>) {
    let (read, passages) = read_noting(source, options, Some(Vec::new())).whole();
    (read, passages.unwrap_or_default())
}

/// Reads a source that may include others, and tells where their contents are to stand.
///
/// For what knows files and puts a material together of several.
pub fn read_part(source: &Source, options: &ReadOptions) -> Part {
    let Reading { read, includes, derived, .. } = read_noting(source, options, None);
    Part { read, includes, derived }
}

/// What came of a source.
#[derive(Default)]
struct Reading {
    read: Read,
    includes: Vec<Include>,
    derived: Vec<bool>,
    passages: Option<Vec<Passage>>,
}

impl Reading {
    /// The reading of a source in which nothing else may stand.
    fn whole(mut self) -> (Read, Option<Vec<Passage>>) {
        if !self.includes.is_empty() {
            self.read.diagnostics.extend(self.includes.iter().map(without_file));
            self.read.diagnostics.sort_by_key(|problem| problem.span.start());
        }
        (self.read, self.passages)
    }
}

/// Reads a source; where there is a list for them, the passages are noted.
fn read_noting(source: &Source, options: &ReadOptions, passages: Option<Vec<Passage>>) -> Reading {
    let text = source.text();
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut found = Vec::new();
    if text[start..].trim().is_empty() {
        found.push(
            Diagnostic::new(Code::EmptySource, Span::new(start, start), "the source is empty")
                .with_hint("write a heading, `# …`, and a paragraph below it"),
        );
        return Reading { read: Read { material: None, diagnostics: found }, passages, ..Reading::default() };
    }
    let (said, body) = match front_matter::find(text, start) {
        Place::Absent => (Said::default(), start),
        Place::Unclosed => {
            let message = "the front matter has no closing line";
            let span = Span::new(start, start + 3);
            found.push(Diagnostic::new(Code::FrontMatterUnclosed, span, message).with_hint("write `---` below it"));
            (Said { failed: true, ..Said::default() }, start)
        }
        Place::Whole { yaml, body } => (front_matter::read(text, &yaml, &mut found), body),
    };
    let Body { mut material, wishes, includes, passages } = body_of(text, body, &said, options, passages, &mut found);
    let mut derived = Vec::new();
    material.ids_mut(&mut |id| derived.push(id.is_unset()));
    found.extend(material.assign_ids());
    setting::settle(&mut material, wishes, &mut found);
    found.sort_by_key(|problem| problem.span.start());
    Reading { read: Read { material: Some(material), diagnostics: found }, includes, derived, passages }
}

/// What the body of a source holds.
struct Body {
    material: Material,
    wishes: Vec<Wish>,
    includes: Vec<Include>,
    passages: Option<Vec<Passage>>,
}

fn body_of(
    text: &str,
    base: usize,
    said: &Said,
    options: &ReadOptions,
    passages: Option<Vec<Passage>>,
    found: &mut Vec<Diagnostic>,
) -> Body {
    let body = &text[base..];
    let mut noted = Vec::new();
    let copy = Copy::new(body, base, &BTreeSet::new(), &mut noted);
    let tree = tree::parse(&copy, &mut noted);
    if tree.idle_numerals.is_empty() {
        found.append(&mut noted);
        return material(&copy, tree, text, base, said, options, passages, found);
    }
    // Some numbers in Indian digits start no list, but stand in running text or code: read again with those as they are.
    let kept = tree.idle_numerals.iter().map(|&at| copy.original(at) - base).collect();
    noted.clear();
    drop(tree);
    let copy = Copy::new(body, base, &kept, &mut noted);
    let tree = tree::parse(&copy, &mut noted);
    found.append(&mut noted);
    material(&copy, tree, text, base, said, options, passages, found)
}

#[expect(clippy::too_many_arguments, reason = "all of them are what the reading has come to")]
fn material<'c>(
    copy: &'c Copy<'_>,
    mut tree: tree::Tree<'c>,
    text: &str,
    base: usize,
    said: &Said,
    options: &ReadOptions,
    passages: Option<Vec<Passage>>,
    found: &mut Vec<Diagnostic>,
) -> Body {
    let (highlight, wishes, includes) = (said.highlight, Vec::new(), Vec::new());
    let mut reader = Reader { copy, found: std::mem::take(found), highlight, wishes, includes, passages };
    let mut kept = Vec::new();
    for range in std::mem::take(&mut tree.unheld) {
        let words = reader.kept_as_text(&range, "the target of a link that nothing uses");
        let inline =
            Inline { kind: InlineKind::Words { literal: words.len(), text: words.into() }, range: range.clone() };
        kept.push(Node { kind: NodeKind::Paragraph(vec![inline]), range });
    }
    if !kept.is_empty() {
        // Both are in the order of the source, which is what the sort then merges.
        tree.nodes.append(&mut kept);
        tree.nodes.sort_by_key(|node| node.range.start);
    }
    let sections = reader.sections(tree.nodes, said.title.is_none() && !options.included);
    let Reader { found: noted, wishes, includes, passages, .. } = reader;
    *found = noted;
    let language = said.language.clone().unwrap_or_else(|| {
        let told = script::language(&text[base..]).or_else(|| script::language(text)).unwrap_or_default();
        let message =
            phrase!("the material does not name its language; by its script it was taken for `{$told}`", told);
        let hint = phrase!("write `language: {$told}` in the front matter", told);
        if !said.failed {
            found.push(Diagnostic::new(Code::MissingLanguage, Span::new(0, 0), message).with_hint(hint));
        }
        told
    });
    let mut material = Material {
        language,
        subject: said.subject.clone(),
        authors: said.authors.clone(),
        licence: said.licence.clone(),
        source: said.source.clone(),
        updated: said.updated,
        tags: said.tags.clone(),
        practice: said.practice.clone(),
        messages: said.messages.clone(),
        sections: sections.sections,
        ..Material::default()
    };
    let mut heading_id = Id::default();
    if let Some((title, span)) = &said.title {
        let title = title.replace(['\r', '\n'], " ");
        let mut ignored = Vec::new();
        let copy = Copy::new(&title, 0, &BTreeSet::new(), &mut ignored);
        let (words, problems, _) = reader::inline_text(&copy.text, &copy, 0, said.highlight);
        found.extend(reader::at(*span, problems));
        material.title = words;
    } else if let Some((title, id)) = sections.title {
        (material.title, heading_id) = (title, id);
    }
    if material.title.is_blank() {
        material.title = title_from(&material, options);
        let message =
            phrase!("the material has no title, so it was called `{$title}`", title = material.title.to_plain());
        if !said.failed {
            found.push(
                Diagnostic::new(Code::MissingTitle, Span::new(0, 0), message)
                    .with_hint("write `title:` in the front matter, or begin with `# …`"),
            );
        }
    }
    material.id = match (&said.id, heading_id, options.stem()) {
        (Some(id), _, _) => id.clone(),
        (None, id, _) if !id.is_unset() => id,
        (None, _, Some(stem)) => Id::from_key(stem),
        (None, _, None) => Id::from_key(&material.title.to_plain()),
    };
    Body { material, wishes, includes, passages }
}

/// A title for a material that has none: its first heading, its file's name, its first words.
fn title_from(material: &Material, options: &ReadOptions) -> Text {
    let heading = material.sections.iter().map(|section| &section.heading).find(|heading| !heading.is_blank());
    if let Some(heading) = heading {
        return heading.clone();
    }
    if let Some(stem) = options.stem() {
        return Text::plain(stem);
    }
    let mut words = String::new();
    material.walk_blocks(&mut |block, _| {
        if words.is_empty() {
            words = match block {
                Block::Paragraph(b) => b.text.to_plain(),
                Block::Definition(b) => b.term.to_plain(),
                Block::List(b) => b.items.first().map(|item| item.text.to_plain()).unwrap_or_default(),
                Block::Cloze(b) => b.text.to_plain(),
                Block::Question(b) => b.prompt.to_plain(),
                _ => String::new(),
            };
        }
    });
    let first: Vec<&str> = words.split_whitespace().take(8).collect();
    Text::plain(if first.is_empty() { "–".to_owned() } else { first.join(" ") })
}
