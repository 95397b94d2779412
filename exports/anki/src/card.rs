//! Which cards a note has: what Anki makes of templates and fields.
//!
//! A package has to bring just the cards that Anki would make itself: one too few is missing until Check Database, one too
//! many is empty. Other writers look only for `{{A}}` and give a note no card where all that a front shows is
//! `{{hint:A}}`, `{{type:A}}` or `{{tts hi_IN:A}}`.

use std::collections::BTreeSet;

/// The highest number of a gap; Anki takes all above it for it, and makes the same card once for each.
const HIGHEST_GAP: u16 = 500;

/// What templates show besides fields and holds something in every note.
const SPECIAL: [&str; 6] = ["FrontSide", "Card", "CardFlag", "Deck", "Subdeck", "Type"];

/// The front of a card's template, or its back, as Anki reads it: nodes with the fields they show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardTemplate(Vec<Node>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    /// Words, which make no card, and comments.
    Text,
    /// `{{filters:Field}}`.
    Field { key: String },
    /// `{{#Field}}…{{/Field}}`.
    Where { key: String, nodes: Vec<Node> },
    /// `{{^Field}}…{{/Field}}`.
    WhereNot { key: String, nodes: Vec<Node> },
}

impl CardTemplate {
    /// Reads a template; `None` where Anki finds it broken (a tag or a section that isn't closed, or closed by another).
    #[must_use]
    pub fn parse(template: &str) -> Option<Self> {
        // Templates from before Anki 2.0 may ask for other delimiters.
        const OTHER: &str = "{{=<% %>=}}";
        let other = template.trim_start().starts_with(OTHER);
        let without = if other { template.replacen(OTHER, "", 1) } else { template.to_owned() };
        let delimiters = if other { [["{{", "}}"], ["<%", "%>"]] } else { [["{{", "}}"]; 2] };
        let mut rest = without.as_str();
        // The sections that are open, each with what stands before it.
        let mut open: Vec<(Node, Vec<Node>)> = Vec::new();
        let mut nodes = Vec::new();
        loop {
            let comment = rest.find("<!--").map(|at| (at, ["<!--", "-->"]));
            let tags = delimiters.iter().filter_map(|pair| rest.find(pair[0]).map(|at| (at, *pair)));
            let Some((at, [start, end])) = tags.chain(comment).min_by_key(|(at, _)| *at) else {
                nodes.push(Node::Text);
                break;
            };
            if at > 0 {
                nodes.push(Node::Text);
            }
            let inside = &rest[at + start.len()..];
            let Some(length) = inside.find(end) else {
                // What isn't closed is words where it begins as a comment, else an error.
                if start != "<!--" {
                    return None;
                }
                nodes.push(Node::Text);
                rest = inside;
                continue;
            };
            rest = &inside[length + end.len()..];
            if start == "<!--" {
                nodes.push(Node::Text);
                continue;
            }
            let tag = inside[..length].trim_start_matches('{').trim();
            let key = tag.get(1..).map(str::trim_start).unwrap_or_default().to_owned();
            match tag.chars().next() {
                Some('#') => open.push((Node::Where { key, nodes: Vec::new() }, std::mem::take(&mut nodes))),
                Some('^') => open.push((Node::WhereNot { key, nodes: Vec::new() }, std::mem::take(&mut nodes))),
                Some('/') => {
                    let (mut section, before) = open.pop()?;
                    let (Node::Where { key: of, nodes: inner } | Node::WhereNot { key: of, nodes: inner }) =
                        &mut section
                    else {
                        return None;
                    };
                    if *of != key {
                        return None;
                    }
                    *inner = std::mem::replace(&mut nodes, before);
                    nodes.push(section);
                }
                _ => {
                    let key = tag.rsplit(':').next().unwrap_or_default().to_owned();
                    nodes.push(Node::Field { key });
                }
            }
        }
        open.is_empty().then_some(CardTemplate(nodes))
    }

    /// Whether it shows something of a note: whether a field that holds something stands in it, with all sections around
    /// it shown. Words alone are nothing.
    fn shows(&self, holds: &dyn Fn(&str) -> bool) -> bool {
        fn show(nodes: &[Node], holds: &dyn Fn(&str) -> bool) -> bool {
            nodes.iter().any(|node| match node {
                Node::Text => false,
                Node::Field { key } => holds(key),
                Node::Where { key, nodes } => holds(key) && show(nodes, holds),
                Node::WhereNot { key, nodes } => !holds(key) && show(nodes, holds),
            })
        }
        show(&self.0, holds)
    }
}

/// The ordinals, from 0, of the cards that a new note has: one for each front that shows something, the first where none
/// does. `fields` are names and contents, `Tags` among them where the note has tags;
/// a broken template, `None`, makes no card.
#[must_use]
pub fn card_ordinals(fronts: &[Option<CardTemplate>], fields: &[(&str, &str)]) -> Vec<u16> {
    let holds =
        |key: &str| SPECIAL.contains(&key) || fields.iter().any(|(name, content)| *name == key && !is_empty(content));
    let shown = |front: &Option<CardTemplate>| front.as_ref().is_some_and(|front| front.shows(&holds));
    let mut ordinals: Vec<u16> = (0..).zip(fronts).filter(|(_, front)| shown(front)).map(|(ord, _)| ord).collect();
    if ordinals.is_empty() {
        // So that a note that was added is not lost from sight.
        ordinals.push(0);
    }
    ordinals
}

/// The ordinals of the cards of a note with gaps: one below the number of each gap in any of its fields, the first where
/// there is none.
#[must_use]
pub fn gap_ordinals<'f>(fields: impl IntoIterator<Item = &'f str>) -> Vec<u16> {
    let mut ordinals = BTreeSet::new();
    fields.into_iter().for_each(|content| gap_numbers(content, &mut ordinals));
    if ordinals.is_empty() {
        ordinals.insert(0);
    }
    ordinals.into_iter().collect()
}

/// Adds the ordinals of the gaps `{{c1::…}}` of a field, those in other gaps too. A gap counts once it and those around it
/// are closed.
fn gap_numbers(content: &str, ordinals: &mut BTreeSet<u16>) {
    // The gaps that are open, each with those closed in it.
    let mut open: Vec<Vec<u16>> = Vec::new();
    let mut rest = content;
    while let Some(at) = rest.find(['{', '}']) {
        rest = &rest[at..];
        if let Some(inside) = rest.strip_prefix("{{c") {
            let digits = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            // A number that 16 bits can't hold makes no gap.
            if let Ok(number) = inside[..digits].parse()
                && inside[digits..].starts_with("::")
            {
                open.push(vec![number]);
                rest = &inside[digits + 2..];
                continue;
            }
        }
        match rest.strip_prefix("}}") {
            Some(after) if !open.is_empty() => {
                let closed = open.pop().unwrap_or_default();
                match open.last_mut() {
                    Some(around) => around.extend(closed),
                    None => {
                        let numbers = closed.into_iter().filter(|&number| number > 0);
                        ordinals.extend(numbers.map(|number| number.min(HIGHEST_GAP) - 1));
                    }
                }
                rest = after;
            }
            _ => rest = &rest[1..],
        }
    }
}

/// Whether a field shows nothing: white space, line breaks and empty divisions.
fn is_empty(content: &str) -> bool {
    let mut rest = content;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
        let Some(tag) = rest.strip_prefix('<') else { return rest.is_empty() };
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let name = tag.get(..2).filter(|name| name.eq_ignore_ascii_case("br"));
        let Some(name) = name.or_else(|| tag.get(..3).filter(|name| name.eq_ignore_ascii_case("div"))) else {
            return false;
        };
        let tag = &tag[name.len()..];
        let tag = tag.strip_prefix(' ').unwrap_or(tag);
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let Some(after) = tag.strip_prefix('>') else { return false };
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordinals(fronts: &[&str], fields: &[(&str, &str)]) -> Vec<u16> {
        let fronts: Vec<_> = fronts.iter().map(|front| CardTemplate::parse(front)).collect();
        card_ordinals(&fronts, fields)
    }

    #[test]
    fn a_field_with_a_filter_makes_a_card() {
        for front in ["{{hint:A}}", "{{type:A}}", "{{tts hi_IN:A}}", "{{ furigana:text:A }}", "{{{A}}}"] {
            assert_eq!(ordinals(&["{{B}}", front], &[("A", "क"), ("B", "")]), [1], "{front}");
        }
    }

    #[test]
    fn sections_show_where_their_field_holds_something() {
        let fields = [("A", "क"), ("B", "<div><br /></div>\n")];
        assert_eq!(
            ordinals(&["{{B}}", "{{#A}}x{{A}}{{/A}}", "{{#B}}{{A}}{{/B}}", "{{^B}}{{A}}{{/B}}"], &fields),
            [1, 3]
        );
        assert_eq!(ordinals(&["words alone", "{{#A}}words{{/A}}"], &fields), [0]);
        assert_eq!(ordinals(&["{{B}}", "<!-- {{A}} -->", "{{#A}}{{A}}", "{{#A}}{{A}}{{/B}}", "{{A"], &fields), [0]);
        assert_eq!(ordinals(&["{{B}}", "{{=<% %>=}}<%A%>"], &fields), [1]);
    }

    #[test]
    fn gaps_are_counted() {
        assert_eq!(gap_ordinals(["{{c1::क}} {{c3::ख {{c2::ग}}}} {{c9::घ {{c8::ङ}}", "{{c7::क}}"]), [0, 1, 2, 6]);
        assert_eq!(gap_ordinals(["{{c0::क}} {{c600::ख}} {{c::ग}} }}"]), [499]);
        assert_eq!(gap_ordinals(["क"]), [0]);
    }
}
