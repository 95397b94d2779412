//! Bounds: what is refused before anything is built of it.

use std::collections::HashMap;

use patra_core::{Phrase, phrase};
use roxmltree::{Document, Node, NodeId};

use super::setting::selectors_end;

/// The most elements, with each counted as often as it is shown.
const MOST_ELEMENTS: u64 = 200_000;

/// The deepest nesting, with what is shown by reference counted where it is shown.
const DEEPEST: u32 = 64;

/// The most that is read of declarations and attributes, each counted for every element that may take it over, in bytes.
const MOST_HANDED_ON: u64 = 256 << 20;

/// The most that a file may grow by its entities, in bytes.
const MOST_EXPANDED: usize = 4 << 20;

/// The most attributes of an element: the parser compares each with all others of it.
const MOST_ATTRIBUTES: usize = 1_000;

/// Checks the text of a file: how deep and how many its elements are, and what its entities make of it.
pub(super) fn text(text: &str) -> Result<(), Phrase> {
    let mut depth = 0_u32;
    let mut count = 0_u64;
    let mut rest = text;
    let mut entities = 0;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let skipped = match rest.as_bytes().get(1) {
            Some(b'!') if rest.starts_with("<!--") => Some(after(rest, "<!--", "-->")),
            Some(b'!') if rest.starts_with("<![CDATA[") => Some(after(rest, "<![CDATA[", "]]>")),
            Some(b'!') => {
                let (end, stood_for) = document_type(rest)?;
                entities += stood_for;
                Some(end)
            }
            Some(b'?') => Some(after(rest, "<?", "?>")),
            Some(b'/') => {
                depth = depth.saturating_sub(1);
                rest.find('>')
            }
            _ => {
                let end = tag_end(rest);
                if attributes(&rest[..end]) > MOST_ATTRIBUTES {
                    return Err(phrase!("an element in it has more than {$most} attributes", most = MOST_ATTRIBUTES));
                }
                count += 1;
                if !rest[..end].ends_with('/') {
                    depth += 1;
                }
                Some(end)
            }
        };
        if depth > DEEPEST {
            return Err(phrase!("its elements are nested more than {$deepest} deep", deepest = DEEPEST));
        }
        if count > MOST_ELEMENTS {
            return Err(phrase!("it has more than {$most} elements", most = MOST_ELEMENTS));
        }
        rest = &rest[skipped.unwrap_or(rest.len()).max(1)..];
    }
    if entities > 0 {
        let uses = text.match_indices('&').filter(|(at, _)| !is_plain(&text[*at..])).count();
        if uses.saturating_mul(entities) > MOST_EXPANDED {
            return Err(phrase!("its entities make too much of it"));
        }
    }
    Ok(())
}

/// Whether a reference is to a character, and needs no entity of the document's.
fn is_plain(reference: &str) -> bool {
    ["&#", "&amp;", "&lt;", "&gt;", "&quot;", "&apos;"].iter().any(|plain| reference.starts_with(plain))
}

/// How many attributes a tag has at most: one for each `=` outside quotes.
fn attributes(tag: &str) -> usize {
    let mut rest = tag;
    let mut count = 0;
    loop {
        let at = unquoted(rest, b"=");
        if at == rest.len() {
            return count;
        }
        count += 1;
        rest = &rest[at + 1..];
    }
}

/// Where a tag ends, whose quoted values may hold what ends tags elsewhere.
fn tag_end(tag: &str) -> usize {
    unquoted(tag, b">")
}

/// Where one of some signs first stands outside quotes.
fn unquoted(text: &str, signs: &[u8]) -> usize {
    let mut quote = None;
    for (i, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, byte) if signs.contains(&byte) => return i,
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Where what begins with `start` has ended with `end`.
fn after(text: &str, start: &str, end: &str) -> usize {
    let from = start.len().min(text.len());
    text[from..].find(end).map_or(text.len(), |at| from + at + end.len())
}

/// Where a document type declaration ends, and the length of all that its entities stand for (XML 1.0, 2.8 and 4.2). It is
/// read as the parser reads it, so that neither takes for a part of it what is none to the other.
fn document_type(declaration: &str) -> Result<(usize, usize), Phrase> {
    let open = unquoted(declaration, b"[>");
    if !declaration[open..].starts_with('[') {
        return Ok((open, 0));
    }
    let mut entities = 0;
    let mut at = open + 1;
    loop {
        let rest = declaration[at..].trim_start_matches([' ', '\t', '\r', '\n']);
        at = declaration.len() - rest.len();
        if rest.starts_with("<!ENTITY") {
            let end = tag_end(rest);
            entities += entity(&rest[..end])?;
            at += (end + 1).min(rest.len());
        } else if rest.starts_with("<!--") {
            at += after(rest, "<!--", "-->");
        } else if rest.starts_with("<?") {
            at += after(rest, "<?", "?>");
        } else if ["<!ELEMENT", "<!ATTLIST", "<!NOTATION"].iter().any(|kind| rest.starts_with(kind)) {
            at += after(rest, "<!", ">");
        } else if rest.starts_with(']') {
            return Ok((at + tag_end(rest), entities));
        } else {
            return Err(phrase!("it is not well-formed: its document type is broken"));
        }
    }
}

/// The length of what an entity stands for.
fn entity(declaration: &str) -> Result<usize, Phrase> {
    let value = &declaration["<!ENTITY".len()..];
    let references = value.match_indices('&').filter(|(at, _)| !is_plain(&value[*at..]));
    if references.count() > 0 || value.contains('<') {
        return Err(phrase!("its entities hold others, or elements"));
    }
    Ok(value.len())
}

/// How large and how deep an element is with all that it shows.
#[derive(Clone, Copy, Default)]
struct Measure {
    count: u64,
    depth: u32,
}

struct Measured<'a, 'input> {
    by_id: HashMap<&'a str, Node<'a, 'input>>,
    known: HashMap<NodeId, Option<Measure>>,
    /// What any element may be painted with by the style sheet.
    by_style: u64,
}

/// Checks what a document shows by reference, and how much work its style sheet and markers make.
pub(super) fn document(document: &Document<'_>) -> Result<(), Phrase> {
    let elements = || document.descendants().filter(Node::is_element);
    let mut by_id = HashMap::new();
    for node in elements() {
        if let Some(id) = node.attribute("id") {
            by_id.entry(id).or_insert(node);
        }
    }
    let count = elements().count() as u64;
    let sheets: Vec<&str> =
        elements().filter(|node| node.tag_name().name() == "style").filter_map(|n| n.text()).collect();
    let rules: u64 = sheets.iter().map(|sheet| sheet.matches(['{', ',']).count() as u64).sum();
    if rules.saturating_mul(count) > 20_000_000 {
        return Err(phrase!("its style sheet has too many rules for so many elements"));
    }
    let mut sheet = simplecss::StyleSheet::new();
    sheets.iter().for_each(|text| sheet.parse_more(text));
    if !selectors_end(document, &sheet) {
        return Err(phrase!("the selectors of its style sheet take too many steps"));
    }
    let mut measured = Measured { by_id, known: HashMap::new(), by_style: 0 };
    let mut by_style = 0;
    for id in sheets.iter().flat_map(|sheet| references(sheet)) {
        if let Some(node) = measured.by_id.get(id).copied() {
            by_style = by_style.max(measured.of(node, 0)?.count);
        }
    }
    measured.known.clear();
    measured.by_style = by_style;
    let all = measured.of(document.root_element(), 0)?;
    // Each is read anew for every element it applies to.
    let handed_on = declared(&sheet).max(inherited(document)) as u64;
    if handed_on.saturating_mul(all.count.max(count)) > MOST_HANDED_ON {
        return Err(phrase!("its styles are too long for so many elements"));
    }
    let mut marker = 0;
    for node in elements().filter(|node| node.tag_name().name() == "marker") {
        marker = marker.max(measured.of(node, 0)?.count);
    }
    if marker > 0 {
        let points: usize = elements().filter_map(|n| n.attribute("d").or(n.attribute("points"))).map(str::len).sum();
        if marker.saturating_mul(points as u64 / 4) > 20 * MOST_ELEMENTS {
            return Err(phrase!("it has too many markers"));
        }
    }
    if all.count > MOST_ELEMENTS {
        return Err(phrase!("it shows more than {$most} elements", most = MOST_ELEMENTS));
    }
    Ok(())
}

/// The length of the longest rule's declarations.
fn declared(sheet: &simplecss::StyleSheet<'_>) -> usize {
    let lengths = sheet.rules.iter().map(|rule| rule.declarations.iter().map(|each| each.value.len()).sum());
    lengths.max().unwrap_or(0)
}

/// The length of the most that an element's attributes may hand on to those within it.
fn inherited(document: &Document<'_>) -> usize {
    let own = ["d", "points", "href", "transform", "id", "class"];
    let outer = document.descendants().filter(|node| node.children().any(|child| child.is_element()));
    let lengths = outer.map(|node| {
        let attributes = node.attributes().filter(|each| each.namespace().is_none() && !own.contains(&each.name()));
        attributes.map(|each| each.value().len()).sum()
    });
    lengths.max().unwrap_or(0)
}

impl Measured<'_, '_> {
    fn of(&mut self, node: Node<'_, '_>, level: u32) -> Result<Measure, Phrase> {
        if level > DEEPEST {
            return Err(phrase!("its elements are nested more than {$deepest} deep", deepest = DEEPEST));
        }
        match self.known.get(&node.id()) {
            Some(Some(known)) => return Ok(*known),
            Some(None) if node.tag_name().name() != "pattern" => {
                return Err(phrase!("it shows an element within itself"));
            }
            Some(None) => return Ok(Measure::default()),
            None => {}
        }
        self.known.insert(node.id(), None);
        let mut all = Measure { count: 1 + self.by_style, depth: 1 };
        for child in node.children().filter(Node::is_element) {
            self.add(&mut all, child, level)?;
        }
        let shown = |name: &str| matches!(name, "href") && matches!(node.tag_name().name(), "use" | "pattern" | "tref");
        for attribute in node.attributes() {
            let targets: Vec<String> = if shown(attribute.name()) {
                attribute.value().trim().strip_prefix('#').map(str::to_owned).into_iter().collect()
            } else {
                references(attribute.value()).map(str::to_owned).collect()
            };
            for target in targets {
                if let Some(target) = self.by_id.get(target.as_str()).copied() {
                    self.add(&mut all, target, level)?;
                }
            }
        }
        self.known.insert(node.id(), Some(all));
        Ok(all)
    }

    fn add(&mut self, all: &mut Measure, node: Node<'_, '_>, level: u32) -> Result<(), Phrase> {
        let inner = self.of(node, level + 1)?;
        all.count = all.count.saturating_add(inner.count);
        all.depth = all.depth.max(inner.depth.saturating_add(1));
        if all.depth > DEEPEST {
            return Err(phrase!("its elements are nested more than {$deepest} deep", deepest = DEEPEST));
        }
        Ok(())
    }
}

/// The ids in `url(#…)`.
fn references(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(").skip(1).filter_map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']).strip_prefix('#')?;
        rest.split([')', '"', '\'']).next().map(str::trim)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_declaration_may_stand_in_quotes() {
        let uses = "&e;".repeat(1_000);
        let long = "a".repeat(50_000);
        for entity in [format!(">{long}"), format!("]>{long}"), format!("<!-- -->{long}"), format!("'>{long}")] {
            let file = format!("<!DOCTYPE svg [<!ENTITY e \"{entity}\">]><svg><text>{uses}</text></svg>");
            assert!(text(&file).is_err(), "{}", &entity[..3]);
        }
        let deep = "<g>".repeat(100);
        let declarations = [
            "[ ] ",
            "[]",
            "SYSTEM \"]>\" [ <!-- ' ]> --> ]\n",
            "[<?x ' ]> ?>] ",
            // The parser ends these at the first sign that may end them.
            "[<!ATTLIST g x CDATA \"> ] ",
            "[<!ENTITY e ']>'><!--\" -->] ",
        ];
        for declaration in declarations {
            let file = |content: &str| format!("<!DOCTYPE svg {declaration}><svg>{content}</svg>");
            assert_eq!(text(&file("<g/>")), Ok(()), "{declaration}");
            assert!(text(&file(&deep)).is_err(), "{declaration}");
        }
        // What looks like a comment's beginning and end in one is only its beginning.
        assert!(text(&format!("<svg>{}", "<g><!--></g>-->".repeat(100))).is_err());
    }

    #[test]
    fn selectors_that_try_all_ways_are_refused() {
        let sheet = format!("a {}rect{{fill:red}}", "g ".repeat(14));
        let file = |depth: usize, sheet: &str| {
            format!(
                "<svg><style>{sheet}</style>{}<rect class='k'/>{}</svg>",
                "<g class='k'>".repeat(depth),
                "</g>".repeat(depth)
            )
        };
        let judged = |file: &str| document(&Document::parse(file).expect("well-formed"));
        assert!(judged(&file(40, &sheet)).is_err());
        for sheet in [".k .k rect{fill:red}", "g > g > rect{fill:red}", "g + g rect{fill:red}", "*{fill:red}"] {
            assert_eq!(judged(&file(40, sheet)), Ok(()), "{sheet}");
        }
    }

    #[test]
    fn attributes_are_counted_before_they_are_compared() {
        let many: String = (0..60_000).map(|n| format!(" a{n}='='")).collect();
        assert!(text(&format!("<svg><g{many}/></svg>")).is_err());
        let long = format!("<svg><path d='{}' a=\"b=c\"/></svg>", "=".repeat(5_000));
        assert_eq!(text(&long), Ok(()));
    }

    #[test]
    fn a_drawing_programs_entities_are_let_through() {
        let file = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n\
                    <!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n<!ENTITY ns_x 'http://www.w3.org/1999/xlink'>\n]>\
                    <svg xmlns=\"&ns_svg;\" xmlns:xlink=\"&ns_x;\"/>";
        assert_eq!(text(file), Ok(()));
    }
}
