//! Sections, as they open and close.

use patra_core::{Block, Section, Span, Text};

use super::heading::{Above, Heading};
use super::inline;

/// A section stands in sections no deeper than this; Markdown and HTML have six levels too.
const DEEPEST: usize = 6;

/// The sections read so far.
#[derive(Default)]
pub(crate) struct Outline {
    done: Vec<Section>,
    /// The section that is being filled and those it stands in, each with its level.
    open: Vec<(u8, Section)>,
}

impl Outline {
    /// Opens a section. It stands in the section above it where its level is lower.
    pub(crate) fn open(&mut self, heading: &Heading, span: Span) {
        self.open_section(heading.level, inline::name(&heading.words), span);
    }

    /// Opens a section of a level below this heading.
    pub(crate) fn open_section(&mut self, level: u8, heading: Text, span: Span) {
        while self.open.last().is_some_and(|(above, section)| *above >= level || section.heading.is_empty())
            || self.open.len() >= DEEPEST
        {
            self.close();
        }
        self.open.push((level, Section { heading, span, ..Section::default() }));
    }

    fn close(&mut self) {
        let Some((_, section)) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some((_, above)) => {
                above.span = Span::new(above.span.start(), section.span.end());
                above.sections.push(section);
            }
            None => self.done.push(section),
        }
    }

    /// Adds a block to the section that is open; before the first heading, to one without a heading.
    pub(crate) fn push(&mut self, block: Block) {
        let span = block.span();
        if self.open.is_empty() {
            self.open.push((0, Section { span, ..Section::default() }));
        }
        if let Some((_, section)) = self.open.last_mut() {
            section.span = Span::new(section.span.start(), span.end());
            section.blocks.push(block);
        }
    }

    /// The heading of the section that is open.
    pub(crate) fn heading(&self) -> String {
        self.open.last().map(|(_, section)| section.heading.to_plain()).unwrap_or_default()
    }

    /// Whether a heading was the last thing to come.
    pub(crate) fn is_bare(&self) -> bool {
        self.open.last().is_some_and(|(_, section)| section.blocks.is_empty() && section.sections.is_empty())
    }

    /// What stands right above the next line.
    pub(crate) fn above(&self) -> Above {
        Above { heading: self.is_bare(), nothing: self.is_empty() }
    }

    /// Whether nothing has come yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.open.is_empty() && self.done.is_empty()
    }

    pub(crate) fn finish(mut self) -> Vec<Section> {
        while !self.open.is_empty() {
            self.close();
        }
        self.done
    }
}
