//! Headings to nested sections.

use std::ops::Range;

use patra_core::{Id, Section, Span, Text};

use crate::attribute;
use crate::node::{Inline, Node, NodeKind};
use crate::reader::Reader;
use crate::setting::{Thing, Wish};

/// A heading with the nodes below it.
struct Part<'c> {
    level: u8,
    heading: Option<(Vec<Inline<'c>>, Range<usize>)>,
    nodes: Vec<Node<'c>>,
}

/// The sections of a source, and the title that one of its headings gave.
pub(crate) struct Sections {
    pub(crate) sections: Vec<Section>,
    pub(crate) title: Option<(Text, Id)>,
}

impl<'c> Reader<'c, '_> {
    /// Nests what `nodes` hold by their headings. With `take_title` the first heading, where it is of the first level,
    /// is no section but the title.
    pub(crate) fn sections(&mut self, nodes: Vec<Node<'c>>, take_title: bool) -> Sections {
        let mut parts = vec![Part { level: 0, heading: None, nodes: Vec::new() }];
        for node in nodes {
            match node.kind {
                NodeKind::Heading(level, inlines) => {
                    parts.push(Part { level, heading: Some((inlines, node.range)), nodes: Vec::new() });
                }
                _ => parts.extend_last(node),
            }
        }
        let mut title = None;
        let mut open: Vec<(u8, Section)> = Vec::new();
        let mut sections = Vec::new();
        // How many sections have begun.
        let mut begun = 0;
        for (index, part) in parts.into_iter().enumerate() {
            let start = part.heading.as_ref().map(|(_, range)| range.start);
            let end = part.nodes.last().map(|node| node.range.end).or(part.heading.as_ref().map(|(_, r)| r.end));
            let first = start.or(part.nodes.first().map(|node| node.range.start)).unwrap_or(0);
            let span = self.copy.span(&(first..end.unwrap_or(first)));
            let wishes = self.wishes.len();
            let (heading, id) = match part.heading {
                None if part.nodes.is_empty() => continue,
                None => (Text::default(), Id::default()),
                Some((mut inlines, _)) => {
                    let parsed = attribute::take_trailing(&self.copy.text, &mut inlines);
                    let mut attributes = self.attributes(parsed).unwrap_or_default();
                    let id = self.take_id(Thing::Section, span, &mut attributes);
                    self.refuse(&attributes, "a heading");
                    (self.text(inlines), id)
                }
            };
            let wishes = wishes..self.wishes.len();
            let included = self.includes.len();
            let blocks = self.section_blocks(part.nodes);
            if take_title && index == 1 && part.level == 1 && !heading.is_empty() {
                title = Some((heading, id));
                self.wishes[wishes].iter_mut().for_each(Wish::of_material);
                // What stands below the title and before the next heading belongs to no section.
                if !blocks.is_empty() || self.includes.len() > included {
                    match open.last_mut() {
                        Some((0, before)) => {
                            let includes = &mut self.includes[included..];
                            includes.iter_mut().for_each(|include| include.blocks += before.blocks.len());
                            before.blocks.extend(blocks);
                        }
                        _ => {
                            open.push((0, Section { blocks, span, ..Section::default() }));
                            begun += 1;
                        }
                    }
                }
                continue;
            }
            if part.level > 0 {
                self.includes[included..].iter_mut().for_each(|include| include.section = Some(begun));
            }
            begun += 1;
            while open.last().is_some_and(|(level, _)| *level >= part.level || *level == 0) {
                close(&mut open, &mut sections);
            }
            open.push((part.level, Section { id, heading, blocks, sections: Vec::new(), span }));
        }
        while !open.is_empty() {
            close(&mut open, &mut sections);
        }
        Sections { sections, title }
    }
}

/// Hands the innermost open section to the one that holds it.
fn close(open: &mut Vec<(u8, Section)>, sections: &mut Vec<Section>) {
    let Some((_, section)) = open.pop() else { return };
    let siblings = match open.last_mut() {
        Some((_, parent)) => {
            parent.span = Span::new(parent.span.start(), parent.span.end().max(section.span.end()));
            &mut parent.sections
        }
        None => sections,
    };
    siblings.push(section);
}

trait ExtendLast<'c> {
    fn extend_last(&mut self, node: Node<'c>);
}

impl<'c> ExtendLast<'c> for Vec<Part<'c>> {
    fn extend_last(&mut self, node: Node<'c>) {
        if let Some(part) = self.last_mut() {
            part.nodes.push(node);
        }
    }
}
