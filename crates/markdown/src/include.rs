//! Includes: lines in whose place the content of another file stands.

use std::ops::Range;

use patra_core::{Code, Diagnostic, Read, Span, phrase};

use crate::attribute::{self, Attributes};
use crate::block::Blocks;
use crate::node::Inline;
use crate::reader::Reader;

/// The key of the attribute that names the file.
pub(crate) const INCLUDE: &str = "include";

/// A file whose content is to stand at a place of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Include {
    /// The file, as it is named.
    pub file: String,
    /// Where it is named.
    pub span: Span,
    /// The section that it stands in, by its number among the sections of the material in reading order. `None` before the
    /// first heading: the material's first section is then one without a heading, which may be empty.
    pub section: Option<usize>,
    /// How many blocks of that section stand before it.
    pub blocks: usize,
}

/// A source that may be a part of a material, read.
#[derive(Clone, Debug)]
#[must_use]
#[non_exhaustive]
pub struct Part {
    /// What was made of it, by itself and without what it includes.
    pub read: Read,
    /// The files that it includes, in reading order.
    pub includes: Vec<Include>,
    /// For every id that is unique in the material, in the order of [`Material::ids_mut`](patra_core::Material::ids_mut),
    /// whether it was derived, since nobody wrote one.
    pub derived: Vec<bool>,
}

impl<'c> Reader<'c, '_> {
    /// Takes the lines of attributes that a paragraph or a term begins with: they wait for the block after them, and includes
    /// are noted.
    pub(crate) fn take_lines(&mut self, inlines: &mut Vec<Inline<'c>>, blocks: &mut Blocks) {
        for parsed in attribute::take_lines(&self.copy.text, inlines) {
            match self.attributes(Some(parsed)) {
                Some(attributes) if attributes.has(INCLUDE) => self.include(attributes, blocks),
                Some(attributes) => blocks.pending.merge(attributes),
                None => {}
            }
        }
    }

    fn include(&mut self, mut attributes: Attributes, blocks: &mut Blocks) {
        if !blocks.in_section {
            return self.misplaced_include(&attributes.range);
        }
        blocks.close();
        self.refuse(&blocks.take_pending(), "an include");
        for value in attributes.take_values(INCLUDE) {
            let file = self.typed(&value).replace("\\\"", "\"");
            let span = self.copy.span(&attributes.range);
            self.includes.push(Include { file, span, section: None, blocks: blocks.done.len() });
        }
        self.refuse(&attributes, "an include");
    }

    pub(crate) fn misplaced_include(&mut self, range: &Range<usize>) {
        let hint = "an include has a line of its own in a section, with a blank line before it; it stands in no list, quote, note, table or answer";
        self.report(Code::Attribute, range, "nothing can be included here", hint);
    }

    /// Tells of braces in running text, at byte `at` of the copy, that include something, or seem to.
    pub(crate) fn include_in_text(&mut self, at: usize) {
        let text = &*self.copy.text;
        match attribute::parse(text, at) {
            Some(Ok(attributes)) if attributes.has(INCLUDE) => self.misplaced_include(&attributes.range),
            Some(_) => {}
            None => {
                let line = text[at..].lines().next().unwrap_or_default();
                let after = line.trim_start_matches('{').trim_start().strip_prefix(INCLUDE).unwrap_or_default();
                if let (true, Some(end)) = (after.trim_start().starts_with(['=', ':']), line.find('}')) {
                    let hint = "write `{include=\"file.md\"}`, or `\\{` for a brace that means nothing";
                    self.report(Code::Attribute, &(at..at + end + 1), "this include is not well-formed", hint);
                }
            }
        }
    }
}

/// What is said of an include in a text that is in no file.
pub(crate) fn without_file(include: &Include) -> Diagnostic {
    let message = phrase!("`{$file}` can't be included, since the text is in no file", file = &include.file);
    Diagnostic::new(Code::IncludeFile, include.span, message)
        .with_hint("read the text from a file: names start from the folder of that file")
}
