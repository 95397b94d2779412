//! Labels: the words of an SVG picture, shaped here, each put where usvg finds a path that stands for it and knows how that is
//! painted, placed and clipped.

use std::fmt::Write as _;
use std::rc::Rc;

use patra_core::{Language, Phrase, phrase};
use roxmltree::{Document, Node};

use super::length::{first_of, length};
use super::setting::{Anchor, Setting, Settings};
use crate::text::{Colour, LanguageNumber, Line, Rich, Shaper, Style, natural_width, pieces};

/// A stretch of words of one style.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) line: Line,
    /// Where its base line begins, in the user space of its `text` element.
    pub(super) x: f32,
    pub(super) y: f32,
    width: f32,
    size: f32,
}

/// The labels, and the source with paths in their places, each with its label's id.
pub(super) struct Labelled {
    pub(super) source: String,
    pub(super) labels: Vec<Label>,
}

const ID: &str = "patra-label-";

/// The most that a drawing's source may grow by the styles of its words, in bytes.
const MOST_STYLES: usize = 32 << 20;

/// What paints or places a text beside its font, and may be written as an attribute.
const PAINTING: &[&str] = &[
    "clip-path",
    "color",
    "display",
    "fill",
    "fill-opacity",
    "filter",
    "mask",
    "opacity",
    "paint-order",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "visibility",
];

/// A stretch of a text, before its place is known.
struct Stretch {
    text: String,
    setting: Setting,
    style: Rc<str>,
    /// A place of its own.
    x: Option<f32>,
    y: Option<f32>,
    dx: f32,
    dy: f32,
}

struct Labeller<'a, 'input> {
    settings: Settings<'a, 'input>,
    /// How much more may be written of styles, in bytes.
    room: usize,
}

impl Label {
    /// The label that a path stands for, by the path's id.
    pub(super) fn find<'a>(labels: &'a [Label], id: &str) -> Option<&'a Label> {
        labels.get(id.strip_prefix(ID)?.parse::<usize>().ok()?)
    }
}

/// Shapes the words of all `text` elements, or tells why there is too much to them.
pub(super) fn labels(
    document: &Document<'_>,
    source: &str,
    language: &Language,
    shaper: &mut Shaper,
    losses: &mut Vec<Phrase>,
    missing: &mut Vec<char>,
) -> Result<Labelled, Phrase> {
    let elements = || document.descendants().filter(Node::is_element);
    if elements().any(|node| node.tag_name().name() == "foreignObject") {
        losses.push(phrase!("what it holds of HTML (`foreignObject`) is left out"));
    }
    if elements().any(|node| node.tag_name().name() == "textPath") {
        losses.push(phrase!("a text along a path is shown straight"));
    }
    let changes = ["textLength", "rotate", "letter-spacing", "word-spacing", "writing-mode"];
    for node in elements().filter(|node| matches!(node.tag_name().name(), "text" | "tspan")) {
        for name in changes.into_iter().filter(|name| node.has_attribute(*name)) {
            losses.push(phrase!("`{$name}` of a text is passed over", name));
        }
    }
    let mut labeller = Labeller { settings: Settings::new(document), room: MOST_STYLES };
    let number = shaper.language(language);
    let mut out = Labelled { source: String::with_capacity(source.len()), labels: Vec::new() };
    let mut end = 0;
    for node in elements().filter(|node| node.tag_name().name() == "text") {
        let range = node.range();
        // What an entity made has no place of its own in the source.
        if range.start < end || !source.get(range.clone()).is_some_and(|text| text.starts_with('<')) {
            continue;
        }
        out.source.push_str(&source[end..range.start]);
        let tag = &source[range.start + 1..];
        let name = tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or("text");
        let prefix = name.strip_suffix("text").unwrap_or("");
        labeller.text(node, prefix, number, shaper, &mut out, missing)?;
        end = range.end;
    }
    out.source.push_str(&source[end..]);
    Ok(out)
}

impl Labeller<'_, '_> {
    /// Shapes a text and writes the paths that stand for it.
    fn text(
        &mut self,
        node: Node<'_, '_>,
        prefix: &str,
        language: LanguageNumber,
        shaper: &mut Shaper,
        out: &mut Labelled,
        missing: &mut Vec<char>,
    ) -> Result<(), Phrase> {
        let declared = self.settings.declared(node);
        let painted = painting(&declared, node.attribute("transform").is_some());
        let transform = node.attribute("transform").map(|value| format!(" transform=\"{}\"", escaped(value)));
        let _ = write!(out.source, "<{prefix}g{} style=\"{}\">", transform.unwrap_or_default(), escaped(&painted));
        let mut stretches = Vec::new();
        self.stretches(node, &Rc::from(""), &mut stretches, 0)?;
        trim(&mut stretches);
        let (mut pen, mut at) = (0.0_f32, 0.0_f32);
        let mut rest = stretches.as_slice();
        while let Some(first) = rest.first() {
            // A chunk ends where a stretch has a place of its own, and is anchored as a whole.
            let length = rest.iter().skip(1).position(|s| s.x.is_some() || s.y.is_some()).map_or(rest.len(), |i| i + 1);
            let (chunk, after) = rest.split_at(length);
            rest = after;
            pen = first.x.unwrap_or(pen);
            at = first.y.unwrap_or(at);
            let shaped: Vec<(Line, f32)> =
                chunk.iter().map(|stretch| shape(stretch, language, shaper, missing)).collect();
            let all: f32 = shaped.iter().map(|(_, width)| width).sum::<f32>()
                + chunk.iter().skip(1).map(|stretch| stretch.dx).sum::<f32>();
            pen -= match first.setting.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => all / 2.0,
                Anchor::End => all,
            };
            for (stretch, (line, width)) in chunk.iter().zip(shaped) {
                pen += stretch.dx;
                at += stretch.dy;
                let size = stretch.setting.size;
                let label = Label { line, x: pen, y: at + stretch.setting.drop * size, width, size };
                pen += width;
                if label.line.pieces.is_empty() {
                    continue;
                }
                let (top, height) = (label.y - label.size * 0.9, label.size * 1.2);
                let _ = write!(
                    out.source,
                    "<{prefix}path id=\"{ID}{}\" d=\"M{} {}h{}v{height}h-{}z\" style=\"{}\"/>",
                    out.labels.len(),
                    label.x,
                    top,
                    label.width.max(0.01),
                    label.width.max(0.01),
                    escaped(&stretch.style)
                );
                out.labels.push(label);
            }
        }
        let _ = write!(out.source, "</{prefix}g>");
        Ok(())
    }

    /// Gathers the words of an element; `style` is what those around it declare.
    fn stretches(
        &mut self,
        node: Node<'_, '_>,
        style: &Rc<str>,
        out: &mut Vec<Stretch>,
        depth: usize,
    ) -> Result<(), Phrase> {
        let setting = self.settings.of(node);
        let first = out.len();
        for child in node.children() {
            if child.is_text() {
                let text = child.text().unwrap_or_default().replace(['\n', '\r', '\t'], " ");
                let (style, setting) = (Rc::clone(style), setting.clone());
                self.spend(style.len())?;
                out.push(Stretch { text, setting, style, x: None, y: None, dx: 0.0, dy: 0.0 });
            } else if child.is_element() && matches!(child.tag_name().name(), "tspan" | "a" | "textPath") && depth < 64
            {
                let own = painting(&self.settings.declared(child), false);
                if own.is_empty() {
                    self.stretches(child, style, out, depth + 1)?;
                } else {
                    self.spend(style.len() + own.len())?;
                    self.stretches(child, &format!("{style}{own}").into(), out, depth + 1)?;
                }
            }
        }
        if let Some(stretch) = out.get_mut(first) {
            let length = |name: &str| node.attribute(name).and_then(|value| length(first_of(value), setting.size));
            stretch.x = length("x").or(stretch.x);
            stretch.y = length("y").or(stretch.y);
            stretch.dx += length("dx").unwrap_or(0.0);
            stretch.dy += length("dy").unwrap_or(0.0);
        }
        Ok(())
    }

    /// Counts what is about to be written of a style.
    fn spend(&mut self, bytes: usize) -> Result<(), Phrase> {
        let left = self
            .room
            .checked_sub(bytes)
            .ok_or_else(|| phrase!("it takes too much to draw: the styles of its words are too long"))?;
        self.room = left;
        Ok(())
    }
}

/// Makes runs of white space one space, and none at the ends of a text.
fn trim(stretches: &mut Vec<Stretch>) {
    let mut after_space = true;
    for stretch in &mut *stretches {
        if stretch.setting.keeps_spaces {
            after_space = false;
            continue;
        }
        after_space |= stretch.x.is_some();
        let mut kept = String::with_capacity(stretch.text.len());
        for c in stretch.text.chars() {
            if c != ' ' || !after_space {
                kept.push(c);
            }
            after_space = c == ' ';
        }
        stretch.text = kept;
    }
    // A stretch of nothing hands on its place.
    let mut place = (None, None, 0.0, 0.0);
    for stretch in &mut *stretches {
        stretch.x = stretch.x.or(place.0);
        stretch.y = stretch.y.or(place.1);
        stretch.dx += place.2;
        stretch.dy += place.3;
        let gone = stretch.text.is_empty();
        place = if gone { (stretch.x, stretch.y, stretch.dx, stretch.dy) } else { (None, None, 0.0, 0.0) };
    }
    stretches.retain(|stretch| !stretch.text.is_empty());
    if let Some(last) = stretches.last_mut().filter(|last| !last.setting.keeps_spaces) {
        last.text.truncate(last.text.trim_end_matches(' ').len());
    }
}

/// A stretch as a line, and how far it moves the pen.
fn shape(stretch: &Stretch, language: LanguageNumber, shaper: &mut Shaper, missing: &mut Vec<char>) -> (Line, f32) {
    use patra_fonts::Style::{Bold, BoldItalic, Italic, Regular};
    let setting = &stretch.setting;
    let face = match (setting.bold, setting.italic) {
        (false, false) => Regular,
        (true, false) => Bold,
        (false, true) => Italic,
        (true, true) => BoldItalic,
    };
    let style = Style {
        face,
        size: setting.size,
        colour: Colour([0; 3]),
        underline: false,
        strike: false,
        ground: false,
        link: None,
        language,
        raise: 0.0,
        blank: None,
        formula: None,
        script: 0,
    };
    let mut rich = Rich::code(&stretch.text, &style);
    if !setting.keeps_spaces {
        let kept = rich.text.trim_start_matches(' ').len();
        rich.text.drain(..rich.text.len() - kept);
        rich.spans.iter_mut().for_each(|(end, _)| *end = (*end).min(kept));
    }
    let strong = stretch.text.chars().find_map(direction);
    let pieces = pieces(&rich, strong.unwrap_or(false), shaper, missing);
    let space = |count: usize| count as f32 * setting.size * 0.26;
    let outer = stretch.text.len() - stretch.text.trim_matches(' ').len();
    let mut width = natural_width(&pieces) + space(outer);
    let mut line = Line { width: natural_width(&pieces), pieces };
    // The space before the words moves them.
    let before = stretch.text.len() - stretch.text.trim_start_matches(' ').len();
    if before > 0 && !setting.keeps_spaces && !line.pieces.is_empty() {
        let lead = pieces_of_space(&style, shaper);
        width += natural_width(&lead) - space(before);
        line.pieces.splice(0..0, lead);
    }
    (line, width)
}

fn pieces_of_space(style: &Style, shaper: &mut Shaper) -> Vec<crate::text::Piece> {
    let rich = Rich::code(" \u{200B}", style);
    pieces(&rich, false, shaper, &mut Vec::new()).into_iter().take(1).collect()
}

/// Whether a letter runs from right to left; `None` for what is no letter.
fn direction(c: char) -> Option<bool> {
    use unicode_bidi::BidiClass;
    match unicode_bidi::bidi_class(c) {
        BidiClass::R | BidiClass::AL => Some(true),
        BidiClass::L => Some(false),
        _ => None,
    }
}

/// The declarations that paint or place, as a style attribute.
fn painting(declared: &[(String, String)], transformed: bool) -> String {
    let mut out = String::new();
    for (name, value) in declared {
        let known = PAINTING.contains(&name.as_str()) || matches!(name.as_str(), "mix-blend-mode" | "isolation");
        if known || (name == "transform" && !transformed) {
            let _ = write!(out, "{name}:{value};");
        }
    }
    out
}

fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
