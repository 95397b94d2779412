//! Settings: what the words of an element are set by, from its attributes, the style sheet and the elements around it.

use std::cell::Cell;
use std::collections::HashMap;

use roxmltree::{Document, Node, NodeId};
use simplecss::{Declaration, DeclarationTokenizer, StyleSheet};

use super::length::font_size;

/// The properties of a text that its words are shaped and set by, which are inherited.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) anchor: Anchor,
    /// How far below the given height the base line lies, in ems.
    pub(super) drop: f32,
    pub(super) keeps_spaces: bool,
}

/// Which end of a text its place is that of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The settings of a document's elements, each found once.
pub(super) struct Settings<'a, 'input> {
    sheet: StyleSheet<'a>,
    known: HashMap<NodeId, Setting>,
    document: &'a Document<'input>,
}

impl<'a, 'input> Settings<'a, 'input> {
    pub(super) fn new(document: &'a Document<'input>) -> Self {
        let mut sheet = StyleSheet::new();
        for node in document.descendants().filter(|node| node.is_element() && node.tag_name().name() == "style") {
            sheet.parse_more(node.text().unwrap_or_default());
        }
        Settings { sheet, known: HashMap::new(), document }
    }

    /// What is declared for an element, the strongest last.
    pub(super) fn declared(&self, node: Node<'_, '_>) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = node
            .attributes()
            .filter(|attribute| attribute.namespace().is_none())
            .map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned()))
            .collect();
        let mut important = Vec::new();
        let mut add = |declaration: &Declaration<'_>, out: &mut Vec<(String, String)>| {
            let pair = (declaration.name.to_owned(), declaration.value.to_owned());
            if declaration.important { important.push(pair) } else { out.push(pair) }
        };
        for rule in self.sheet.rules.iter().filter(|rule| rule.selector.matches(&Matched(node))) {
            rule.declarations.iter().for_each(|declaration| add(declaration, &mut out));
        }
        if let Some(style) = node.attribute("style") {
            DeclarationTokenizer::from(style).for_each(|declaration| add(&declaration, &mut out));
        }
        out.extend(important);
        out
    }

    /// How the words of an element are set: as those around it, but for what is declared.
    pub(super) fn of(&mut self, node: Node<'_, '_>) -> Setting {
        if let Some(known) = self.known.get(&node.id()) {
            return known.clone();
        }
        let parent = node.parent().filter(|parent| parent.is_element() && parent.id() != self.document.root().id());
        let mut setting = match parent {
            Some(parent) => self.of(parent),
            None => Setting {
                size: 16.0,
                bold: false,
                italic: false,
                anchor: Anchor::Start,
                drop: 0.0,
                keeps_spaces: false,
            },
        };
        let outer = setting.size;
        for (name, value) in self.declared(node) {
            let value = value.trim();
            match name.as_str() {
                "font-size" => setting.size = font_size(value, outer).unwrap_or(outer).clamp(0.01, 1e5),
                "font-weight" => {
                    setting.bold = match value {
                        "bold" | "bolder" => true,
                        "normal" | "lighter" => false,
                        number => number.parse::<f32>().map_or(setting.bold, |weight| weight >= 600.0),
                    };
                }
                "font-style" => setting.italic = value.starts_with("italic") || value.starts_with("oblique"),
                "font" => {
                    setting.bold = value.contains("bold");
                    setting.italic = value.contains("italic");
                    let size = value.split([' ', '/']).find_map(|word| {
                        word.starts_with(|c: char| c.is_ascii_digit() || c == '.').then(|| font_size(word, outer))?
                    });
                    setting.size = size.unwrap_or(setting.size).clamp(0.01, 1e5);
                }
                "text-anchor" => {
                    setting.anchor = match value {
                        "middle" => Anchor::Middle,
                        "end" => Anchor::End,
                        _ => Anchor::Start,
                    };
                }
                "dominant-baseline" | "alignment-baseline" => {
                    setting.drop = match value {
                        "middle" => 0.27,
                        "central" => 0.36,
                        "hanging" | "text-before-edge" | "text-top" => 0.75,
                        "text-after-edge" | "ideographic" | "text-bottom" => -0.2,
                        _ => 0.0,
                    };
                }
                "white-space" => setting.keeps_spaces = value.starts_with("pre"),
                _ => {}
            }
        }
        if let Some(space) = node.attribute(("http://www.w3.org/XML/1998/namespace", "space")) {
            setting.keeps_spaces = space == "preserve";
        }
        self.known.insert(node.id(), setting.clone());
        setting
    }
}

/// The most steps from element to element that all selectors of a style sheet together may take.
const MOST_STEPS: u32 = 4_000_000;

/// Whether the selectors of a style sheet are matched with all elements of a document in [`MOST_STEPS`]. A selector of `n` elements
/// one within the other is tried with all ways of choosing them from the elements around, of which there may be more than can be
/// counted.
pub(super) fn selectors_end(document: &Document<'_>, sheet: &StyleSheet<'_>) -> bool {
    let steps = Cell::new(MOST_STEPS);
    let mut elements = document.descendants().filter(Node::is_element);
    elements.all(|node| {
        for rule in &sheet.rules {
            rule.selector.matches(&Counted { node: Matched(node), steps: &steps });
        }
        steps.get() > 0
    })
}

/// An element that counts the steps away from it. When they are used up, nothing is around it any more.
struct Counted<'a, 'input> {
    node: Matched<'a, 'input>,
    steps: &'a Cell<u32>,
}

impl Counted<'_, '_> {
    fn step(&self) -> Option<()> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        Some(())
    }
}

impl simplecss::Element for Counted<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.step()?;
        Some(Counted { node: self.node.parent_element()?, steps: self.steps })
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.step()?;
        Some(Counted { node: self.node.prev_sibling_element()?, steps: self.steps })
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.node.has_local_name(name)
    }

    fn attribute_matches(&self, name: &str, operator: simplecss::AttributeOperator<'_>) -> bool {
        self.node.attribute_matches(name, operator)
    }

    fn pseudo_class_matches(&self, class: simplecss::PseudoClass<'_>) -> bool {
        self.node.pseudo_class_matches(class)
    }
}

/// An element as the style sheet's selectors see it.
struct Matched<'a, 'input>(Node<'a, 'input>);

impl simplecss::Element for Matched<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Matched)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Matched)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: simplecss::AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: simplecss::PseudoClass<'_>) -> bool {
        matches!(class, simplecss::PseudoClass::FirstChild) && self.prev_sibling_element().is_none()
    }
}
