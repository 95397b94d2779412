//! The words that a page shows, found without html5ever: a scan of its tags that knows nothing of trees.

use patra_core::{Block, Code, Diagnostic, Material, Run, Text};

use crate::words::{Words, words};

/// Elements whose inside is no text of the page.
const SILENT: [&str; 5] = ["script", "style", "title", "template", "annotation"];

/// Elements that stand in a line, so that no word ends at their tags.
const WITHIN: [&str; 30] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "tt",
    "u",
    "var",
    "o:p",
    "st1:place",
    "del",
    "big",
    "samp",
    "dfn",
    "label",
];

/// The text of a page, with a space for every tag that parts words.
pub fn text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let name: String =
            rest[1..].trim_start_matches('/').chars().take_while(|c| c.is_alphanumeric() || *c == ':').collect();
        let name = name.to_lowercase();
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let mut quote = None;
        let end = rest.char_indices().find(|&(_, c)| match (quote, c) {
            (None, '"' | '\'') => {
                quote = Some(c);
                false
            }
            (Some(open), c) if c == open => {
                quote = None;
                false
            }
            (None, '>') => true,
            _ => false,
        });
        let opens = !rest.starts_with("</");
        let formula = name == "script" && rest[..end.map_or(rest.len(), |(at, _)| at)].contains("math/tex");
        rest = end.map_or("", |(at, _)| &rest[at + 1..]);
        if opens && SILENT.contains(&name.as_str()) && !formula {
            let close = format!("</{name}");
            rest = rest.to_lowercase().find(&close).map_or("", |at| &rest[at..]);
        }
        if !WITHIN.contains(&name.as_str()) {
            out.push(' ');
        }
    }
    out.push_str(rest);
    references(&out)
}

fn references(text: &str) -> String {
    let named = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&copy;", "©"),
        ("&#8217;", "’"),
        ("&#0;", ""),
        ("&#x1F600;", "😀"),
    ];
    named.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The words of a text without any mark.
fn bare(text: &Text) -> String {
    let mut out = String::new();
    text.walk(&mut |run| match run {
        Run::Plain(words) | Run::Code(words) | Run::Math(words) => out.push_str(words),
        Run::Break => out.push('\n'),
        _ => {}
    });
    out
}

/// All texts of a material.
fn texts(material: &Material) -> Vec<String> {
    let mut out = vec![bare(&material.title)];
    material.walk_sections(&mut |section, _| out.push(bare(&section.heading)));
    material.walk_blocks(&mut |block, _| {
        block.texts(&mut |text: &Text, _| out.push(bare(text)));
        match block {
            Block::Code(code) => out.push(code.text.clone()),
            Block::Math(math) => out.push(math.tex.clone()),
            Block::Figure(figure) => out.push(figure.alt.clone()),
            _ => {}
        }
    });
    out
}

/// The words that the page shows and that are neither in the material nor in a part that was reported as left out, nor named
/// as what heads the columns of terms or questions.
pub fn lost(html: &str, material: &Material, diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut shown = Words::new();
    words(&text(html), &mut shown);
    let mut kept = Words::new();
    texts(material).iter().for_each(|text| words(text, &mut kept));
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::BoilerplateLeftOut) {
        let part = html.get(diagnostic.span.start()..diagnostic.span.end()).expect("a place in the page");
        words(&text(part), &mut kept);
    }
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::Guessed) {
        if let Some((_, header)) = diagnostic.message.to_string().split_once("because its header has ") {
            words(header, &mut kept);
        }
    }
    let missing = |(word, count): (&String, &usize)| {
        let have = kept.get(word).copied().unwrap_or(0);
        (have < *count).then(|| format!("{word} ({have} of {count})"))
    };
    shown.iter().filter_map(missing).collect()
}

/// The words of the material that the page has nowhere, shown or in an attribute.
pub fn invented(html: &str, material: &Material) -> Vec<String> {
    let mut source = Words::new();
    words(&references(html), &mut source);
    words(&text(html), &mut source);
    let mut kept = Words::new();
    texts(material).iter().for_each(|text| words(text, &mut kept));
    kept.into_keys().filter(|word| !source.contains_key(word)).collect()
}
