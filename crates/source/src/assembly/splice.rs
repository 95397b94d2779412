//! What is included, put into its places.

use std::collections::BTreeMap;

use patra_core::{Block, Code, Diagnostic, Phrase, Section, Span, phrase};

/// What an included file brings: the blocks before its first heading, and its sections.
#[derive(Debug, Default)]
pub(super) struct Brought {
    pub(super) blocks: Vec<Block>,
    pub(super) sections: Vec<Section>,
}

/// What is brought to one place of a section.
#[derive(Debug)]
pub(super) struct Placed {
    /// How many of the section's own blocks stand before it.
    pub(super) after: usize,
    /// Where it is included, and by which name.
    pub(super) span: Span,
    pub(super) name: String,
    pub(super) brought: Brought,
}

/// What is included in sections, by their numbers in reading order; `None` is what stands before the first heading.
pub(super) type Places = BTreeMap<Option<usize>, Vec<Placed>>;

/// Puts what is included in its places: blocks among the blocks of the section, sections before its own. What is included
/// before the first heading, in the first section, brings sections beside that one.
pub(super) fn splice(sections: &mut Vec<Section>, mut places: Places, found: &mut Vec<Diagnostic>) {
    let outset = places.remove(&None).unwrap_or_default();
    if !places.is_empty() {
        fill(sections, &mut 0, &mut places, found);
    }
    if let (Some(first), false) = (sections.first_mut(), outset.is_empty()) {
        let beside = settle(first, outset, found);
        sections.splice(1..1, beside);
    }
}

fn fill(sections: &mut [Section], number: &mut usize, places: &mut Places, found: &mut Vec<Diagnostic>) {
    for section in sections {
        let here = places.remove(&Some(*number));
        *number += 1;
        fill(&mut section.sections, number, places, found);
        if let Some(here) = here {
            let below = settle(section, here, found);
            section.sections.splice(0..0, below);
        }
    }
}

/// Puts what is included into the blocks of a section, and gives the sections that it brings. What stands after those can
/// only stand in the last of them, as it would on paper.
fn settle(section: &mut Section, places: Vec<Placed>, found: &mut Vec<Diagnostic>) -> Vec<Section> {
    let mut own = std::mem::take(&mut section.blocks).into_iter();
    let mut sections: Vec<Section> = Vec::new();
    let (mut done, mut last) = (0, None);
    for Placed { after, span, name, brought } in places {
        let before: Vec<Block> = own.by_ref().take(after - done).collect();
        done = after;
        put(section, &mut sections, before, None, last.as_ref(), found);
        put(section, &mut sections, brought.blocks, Some(span), last.as_ref(), found);
        if !brought.sections.is_empty() {
            sections.extend(brought.sections);
            last = Some(name);
        }
    }
    put(section, &mut sections, own.collect(), None, last.as_ref(), found);
    sections
}

/// Adds blocks after all that is there so far; `last` is the file that brought the last of the sections.
fn put(
    section: &mut Section,
    sections: &mut [Section],
    blocks: Vec<Block>,
    span: Option<Span>,
    last: Option<&String>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(first) = blocks.first() else { return };
    let (Some(below), Some(name)) = (sections.last_mut(), last) else { return section.blocks.extend(blocks) };
    let below = innermost(below);
    let heading: Phrase = Phrase::verbatim(below.heading.to_plain());
    let message = phrase!("this comes under the heading `{$heading}` of the included file `{$name}`", heading, name);
    found.push(
        Diagnostic::new(Code::AfterInclude, span.unwrap_or(first.span()), message)
            .with_hint("write a heading above it, or move it before the line that includes the file"),
    );
    below.blocks.extend(blocks);
}

/// The last section in a section, where what is written after it would stand.
fn innermost(section: &mut Section) -> &mut Section {
    if section.sections.is_empty() {
        return section;
    }
    let last = section.sections.len() - 1;
    innermost(&mut section.sections[last])
}
