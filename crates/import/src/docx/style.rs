//! Styles of paragraphs and of words (ECMA-376, 17.7).

use std::collections::BTreeMap;

use super::xml::{self, Node, attribute, child, children, switch, value};

/// Styles are based on one another no deeper than this.
const DEEPEST: usize = 16;

/// Properties of words; `None` where nothing is said.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub strike: Option<bool>,
    pub highlight: Option<bool>,
    pub hidden: Option<bool>,
    /// The font for Latin letters, which symbol fonts and fonts from before Unicode are named as.
    pub font: Option<String>,
    /// The size, in half points.
    pub size: Option<u32>,
    /// `superscript` is `Some(true)`, `subscript` is `Some(false)`.
    pub raised: Option<Option<bool>>,
    /// The language of Latin words, and of those in complex scripts.
    pub languages: [Option<String>; 2],
}

impl Look {
    /// The look that the properties of a run say (`w:rPr`).
    pub(super) fn of(properties: Option<Node<'_, '_>>) -> Self {
        let Some(node) = properties else { return Look::default() };
        let either = |latin: &str, complex: &str| match (switch(node, latin), switch(node, complex)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (one, other) => one.or(other),
        };
        let raised = value(node, "vertAlign").map(|value| match value {
            "superscript" => Some(true),
            "subscript" => Some(false),
            _ => None,
        });
        let shaded = child(node, "shd").and_then(|shade| attribute(shade, "fill")).map(is_marker);
        let strike = match (switch(node, "strike"), switch(node, "dstrike")) {
            (None, None) => None,
            (one, other) => Some(one == Some(true) || other == Some(true)),
        };
        let language = child(node, "lang");
        Look {
            bold: either("b", "bCs"),
            italic: either("i", "iCs"),
            strike,
            highlight: value(node, "highlight").map(|value| value != "none").or(shaded),
            hidden: switch(node, "vanish"),
            font: child(node, "rFonts")
                .and_then(|fonts| attribute(fonts, "ascii").or_else(|| attribute(fonts, "hAnsi")))
                .map(str::to_owned),
            size: value(node, "sz").or_else(|| value(node, "szCs")).and_then(|size| size.parse().ok()),
            raised,
            languages: ["val", "bidi"].map(|name| language.and_then(|node| attribute(node, name)).map(str::to_owned)),
        }
    }

    /// This look, and where it says nothing, another's.
    pub(super) fn or(self, other: &Look) -> Look {
        let [latin, complex] = self.languages;
        Look {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            strike: self.strike.or(other.strike),
            highlight: self.highlight.or(other.highlight),
            hidden: self.hidden.or(other.hidden),
            font: self.font.or_else(|| other.font.clone()),
            size: self.size.or(other.size),
            raised: self.raised.or(other.raised),
            languages: [latin.or_else(|| other.languages[0].clone()), complex.or_else(|| other.languages[1].clone())],
        }
    }
}

/// Whether a ground is coloured as a marker pen colours: neither white, black nor grey.
fn is_marker(fill: &str) -> bool {
    let channel = |at: usize| fill.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    match (channel(0), channel(2), channel(4)) {
        (Some(red), Some(green), Some(blue)) => red.abs_diff(green).max(green.abs_diff(blue)) > 60,
        _ => false,
    }
}

/// A style.
#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<(String, u8)>,
    look: Look,
}

/// What a paragraph's style says.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolved {
    /// The names of the style and of those that it is based on, in lower case.
    pub names: Vec<String>,
    /// The level of a heading, from 0.
    pub outline: Option<u8>,
    /// The list and the level that the style puts a paragraph into.
    pub list: Option<(String, u8)>,
    pub look: Look,
}

/// The styles of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    normal: Option<String>,
    /// The look of words of which nothing is said.
    pub base: Look,
}

impl Styles {
    pub(super) fn read(root: Node<'_, '_>) -> Self {
        let mut styles = Styles::default();
        let defaults = child(root, "docDefaults").and_then(|node| child(node, "rPrDefault"));
        styles.base = Look::of(defaults.and_then(|node| child(node, "rPr")));
        for node in children(root, "style") {
            let Some(id) = attribute(node, "styleId") else { continue };
            let properties = child(node, "pPr");
            let number = properties.and_then(|node| child(node, "numPr"));
            let list = number.and_then(|node| {
                let level = value(node, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
                Some((value(node, "numId")?.to_owned(), level))
            });
            let style = Style {
                name: value(node, "name").unwrap_or(id).to_lowercase(),
                based_on: value(node, "basedOn").map(str::to_owned),
                outline: properties.and_then(|node| value(node, "outlineLvl")).and_then(|level| level.parse().ok()),
                list,
                look: Look::of(child(node, "rPr")),
            };
            let is_default = matches!(attribute(node, "default"), Some("1" | "true" | "on"));
            if is_default && attribute(node, "type") == Some("paragraph") {
                styles.normal = Some(id.to_owned());
            }
            styles.styles.insert(id.to_owned(), style);
        }
        styles
    }

    /// What a style says with those that it is based on; of paragraphs that name none, the default style.
    pub(super) fn resolve(&self, id: Option<&str>) -> Resolved {
        let mut resolved = Resolved::default();
        let mut next = id.or(self.normal.as_deref());
        for _ in 0..DEEPEST {
            let Some((id, style)) = next.and_then(|id| self.styles.get_key_value(id)) else { break };
            resolved.names.push(style.name.clone());
            resolved.outline = resolved.outline.or(style.outline).or_else(|| heading(&style.name));
            resolved.list = resolved.list.or_else(|| style.list.clone());
            resolved.look = std::mem::take(&mut resolved.look).or(&style.look);
            next = style.based_on.as_deref().filter(|other| other != id);
        }
        resolved
    }

    /// The size of most words, in half points.
    pub(super) fn body_size(&self) -> u32 {
        self.resolve(None).look.size.or(self.base.size).unwrap_or(20)
    }
}

/// The level from 0 of `heading 1`, as Word calls the style in every language.
fn heading(name: &str) -> Option<u8> {
    let number: u8 = name.strip_prefix("heading ")?.trim().parse().ok()?;
    (1..=9).contains(&number).then(|| number - 1)
}

/// Reads the styles of a part; none if there is no such part.
pub(super) fn read(text: Option<&str>, name: &str) -> Result<Styles, super::package::Fault> {
    let Some(text) = text else { return Ok(Styles::default()) };
    let document = xml::parse(text, name)?;
    Ok(Styles::read(document.root_element()))
}
