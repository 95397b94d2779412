//! XML with bounds. Elements and attributes are known by their local names: documents in the strict form have other
//! namespaces for the same things (ECMA-376, part 4).

use patra_core::phrase;
use roxmltree::{Document, ParsingOptions};

use super::package::Fault;

pub(crate) type Node<'a, 'i> = roxmltree::Node<'a, 'i>;

/// The most nodes of a part: some 250,000 formatted runs, more than a thousand full pages.
const MAX_NODES: u32 = 2_000_000;

/// Elements stand in elements no deeper than this; Word refuses what is a tenth as deep.
const DEEPEST: usize = 2_000;

/// The tree of a part. Entities of its own are refused, external ones with them.
pub(crate) fn parse<'t>(text: &'t str, name: &str) -> Result<Document<'t>, Fault> {
    if depth(text) > DEEPEST {
        return Err(Fault::TooLarge(phrase!("XML nested too deep in `{$name}`", name)));
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => {
            Fault::TooLarge(phrase!("more than {$most} parts in `{$name}`", most = MAX_NODES, name))
        }
        error => {
            let (line, column) = (error.pos().row, error.pos().col);
            Fault::Damaged(phrase!(
                "`{$name}` in it is not well-formed at line {$line}, column {$column}",
                name,
                line,
                column
            ))
        }
    })
}

/// How deep elements are nested, at most. Words in comments count too, which makes it no less.
fn depth(text: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    let (mut opening, mut before) = (false, b' ');
    for &byte in text.as_bytes() {
        match (before, byte) {
            (b'<', b'/') => now = now.saturating_sub(1),
            (b'<', b'?' | b'!') => {}
            (b'<', _) => opening = true,
            (b'/', b'>') => opening = false,
            (_, b'>') if opening => {
                opening = false;
                now += 1;
                most = most.max(now);
            }
            _ => {}
        }
        before = byte;
    }
    most
}

/// The value of an attribute, by its local name.
pub(crate) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The first child of that name.
pub(crate) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(*child, name))
}

/// The children of that name.
pub(crate) fn children<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| is(*child, name))
}

/// Whether a node is an element of that name.
pub(crate) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The `val` of a child.
pub(crate) fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|child| attribute(child, "val"))
}

/// Whether a property is on: a child that says so, or says nothing else (`<w:b/>`); `None` if it is not there.
pub(crate) fn switch(node: Node<'_, '_>, name: &str) -> Option<bool> {
    let child = child(node, name)?;
    Some(!matches!(attribute(child, "val"), Some("0" | "false" | "off" | "none")))
}

/// All words inside an element that stand in elements of that name.
pub(crate) fn words(node: Node<'_, '_>, name: &str) -> String {
    let texts = node.descendants().filter(|inner| is(*inner, name));
    texts.filter_map(|inner| inner.text()).collect()
}
