//! Pictures, and where links and pictures lead.

use patra_core::{Block, Code, Diagnostic, Figure, Text, phrase};

use super::flow::Flow;
use super::tree::{Index, Tree};

/// The target of a link as the model keeps it; `None` for one that does something, or leads nowhere but into the page.
pub(super) fn target(href: &str, origin: Option<&str>) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') || is_script(href) {
        return None;
    }
    // Google Docs has every link go by way of a page of its own.
    let inner = href.split_once("://www.google.com/url?q=").map(|(_, rest)| rest.split('&').next().unwrap_or(rest));
    Some(inner.map_or_else(|| absolute(href, origin), decoded))
}

/// Whether following a link would run a script, or show what the link itself holds.
pub(super) fn is_script(href: &str) -> bool {
    let scheme = href.split_once(':').map(|(scheme, _)| scheme.trim_start().to_ascii_lowercase());
    scheme.is_some_and(|scheme| matches!(scheme.as_str(), "javascript" | "data" | "vbscript"))
}

/// A name that leads away from the page's folder, with the place it leads to.
fn absolute(name: &str, origin: Option<&str>) -> String {
    if name.starts_with("//") {
        return format!("https:{name}");
    }
    match origin {
        Some(origin) if name.starts_with('/') => format!("{origin}{name}"),
        _ => name.to_owned(),
    }
}

/// The file of a picture, decoded as names in the folder are; pages that load pictures late name it elsewhere.
fn source(tree: &Tree, index: Index, origin: Option<&str>) -> Option<String> {
    let named = |key: &str| tree.attribute(index, key).map(str::trim).filter(|name| !name.is_empty());
    let late = ["data-src", "data-lazy-src", "data-original"].into_iter().find_map(named);
    let src =
        named("src").filter(|src| late.is_none() || !src.starts_with("data:")).or(late).or_else(|| named("src"))?;
    let name = absolute(src, origin);
    if name.contains("://") || name.starts_with("data:") {
        return Some(name);
    }
    let path = name.split(['?', '#']).next().unwrap_or(&name);
    Some(decoded(path).replace('\\', "/").trim_start_matches("./").to_owned())
}

/// A name with `%20` and the like as the characters they stand for.
fn decoded(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let value =
            name.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(value.unwrap_or(bytes[at]));
        at += if value.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| name.to_owned())
}

/// What a picture is called where it isn't shown, in words.
fn alternative(tree: &Tree, index: Index) -> String {
    let said = tree.attribute(index, "alt").or_else(|| tree.attribute(index, "title")).unwrap_or_default();
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A picture among words: a sign, as emoji are, or a figure that comes after the paragraph.
pub(super) fn image(flow: &mut Flow<'_, '_>, index: Index) {
    let tree = flow.page.tree;
    let alt = alternative(tree, index);
    let class = tree.attribute(index, "class").unwrap_or_default();
    let sign = class
        .split_ascii_whitespace()
        .any(|class| matches!(class, "emoji" | "wp-smiley" | "latex" | "mwe-math-fallback-image-inline"));
    if sign || alt.chars().count() == 1 {
        flow.words(&alt, tree.span(index));
        return;
    }
    if let Some(figure) = made(flow, index, alt) {
        flow.later(figure);
    }
}

fn made(flow: &mut Flow<'_, '_>, index: Index, alt: String) -> Option<Figure> {
    let tree = flow.page.tree;
    let span = tree.span(index);
    match source(tree, index, flow.page.origin) {
        Some(source) => Some(Figure { source, alt, span, ..Figure::default() }),
        None => {
            if !alt.is_empty() {
                flow.told.kept(span, "the picture names no file, so its alternative text stands for it");
                flow.words(&alt, span);
            }
            None
        }
    }
}

/// A `figure` that is one or more pictures with a caption; returns whether it is.
pub(super) fn figure(flow: &mut Flow<'_, '_>, index: Index) -> bool {
    let tree = flow.page.tree;
    let images: Vec<Index> = tree.inside(index).filter(|&inner| tree.name(inner) == "img").collect();
    let caption = tree.inside(index).find(|&inner| tree.name(inner) == "figcaption");
    let others = tree.inside(index).any(|inner| {
        let name = tree.name(inner);
        let in_caption = || caption.is_some_and(|caption| tree.around(inner).any(|around| around == caption));
        let words = tree.text(inner).is_some_and(|text| !text.trim().is_empty())
            && !tree.around(inner).any(|around| tree.name(around) == "noscript");
        (matches!(name, "table" | "pre" | "blockquote" | "ul" | "ol" | "figure" | "iframe" | "video" | "audio")
            || words)
            && !in_caption()
    });
    if others || !images.iter().any(|&image| source(tree, image, None).is_some()) {
        return false;
    }
    let shown = |image: &Index| !tree.around(*image).any(|around| tree.name(around) == "noscript");
    let mut figures: Vec<Figure> = Vec::new();
    for image in images.iter().copied().filter(shown).chain(images.iter().copied().filter(|image| !shown(image))) {
        let alt = alternative(tree, image);
        if figures.is_empty() || shown(&image) {
            figures.extend(made(flow, image, alt));
        }
    }
    // The pictures in the caption are among those of the figure.
    let text = caption.map(|caption| flow.text(caption).0);
    match figures.last_mut() {
        Some(last) => last.caption = text.filter(|text: &Text| !text.is_blank()),
        None => return false,
    }
    figures.into_iter().for_each(|figure| flow.push(Block::Figure(figure)));
    true
}

/// A film, a sound, another page within the page: patra shows none, and what it is called is told.
pub(super) fn embedded(tree: &Tree, index: Index) -> Option<Diagnostic> {
    let name = tree.name(index);
    let what = match name {
        "iframe" | "embed" | "object" => phrase!("a page or film within the page"),
        "video" => phrase!("a film"),
        "audio" => phrase!("a sound"),
        _ => return None,
    };
    let own = std::iter::once(index).chain(tree.inside(index));
    let message = match own.filter_map(|inner| tree.attribute(inner, "src")).next() {
        Some(source) => {
            let short: String = source.chars().take(80).collect();
            phrase!("{$what} was left out: `{$short}`", what, short)
        }
        None => phrase!("{$what} without an address was left out", what),
    };
    Some(
        Diagnostic::new(Code::BoilerplateLeftOut, tree.whole(index), message)
            .with_hint("write a link to it where learners need it"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_decoded() {
        assert_eq!(decoded("a%20b/%E0%A4%95.png"), "a b/क.png");
        assert_eq!(decoded("100%.png"), "100%.png");
        assert_eq!(decoded("%FF"), "%FF");
        assert_eq!(decoded("%क"), "%क");
    }

    #[test]
    fn links_that_do_something_are_none() {
        assert_eq!(target("javascript:void(0)", None), None);
        assert_eq!(target("#top", None), None);
        assert_eq!(target("/a", Some("https://example.org")).as_deref(), Some("https://example.org/a"));
        assert_eq!(
            target("https://www.google.com/url?q=https://a.example/%E0%A4%95&sa=D", None).as_deref(),
            Some("https://a.example/क")
        );
        assert_eq!(target("//example.org/a", None).as_deref(), Some("https://example.org/a"));
    }
}
