//! The structure tree: what each thing on the pages is, for those who have the document read to them
//! (ISO 32000-2, 14.7; PDF/UA-1).

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use patra_core::ListStyle;

use super::canvas::Stretch;
use super::document::text_string;
use super::file::File;
use super::syntax::{integer, name, object, reference, string, word};
use crate::layout::{NodeId, Role, Scope, Tree};

/// A page, and what each of its marked-content ids stands for.
pub(crate) struct Marked {
    pub(crate) page: ObjectId,
    pub(crate) stretches: Vec<Stretch>,
}

/// A link's annotation, and the words that lead: a page from 0 and a marked-content id on it.
pub(crate) struct Linked {
    pub(crate) page: ObjectId,
    pub(crate) annotation: ObjectId,
    pub(crate) marked: (usize, usize),
}

/// What is on the pages.
pub(crate) struct Contents<'a> {
    pub(crate) pages: &'a [Marked],
    /// The stretches in the order in which they are read: a page, and a range of them. Pages of a booklet are not read in the
    /// order of its sheets.
    pub(crate) order: &'a [(usize, Range<usize>)],
    pub(crate) links: &'a [Linked],
    /// Where figures are drawn: left, bottom, right and top in points.
    pub(crate) figures: &'a BTreeMap<NodeId, [f32; 4]>,
    /// The tags of languages, by number.
    pub(crate) languages: &'a [String],
}

/// The tree as it grows.
struct Builder<'a> {
    document: &'a mut Document,
    file: &'a mut File,
    contents: &'a Contents<'a>,
    /// The annotations whose words are a marked content, by page and id.
    linked: BTreeMap<(usize, usize), Vec<usize>>,
    /// The element of each marked content.
    elements: Vec<Vec<Option<ObjectId>>>,
    /// The element of each annotation.
    annotated: Vec<Option<ObjectId>>,
}

/// Writes the tree's elements, and adds its root to the document.
///
/// There are more of them than of all other objects, so they are written as bytes and never are objects.
pub(crate) fn structure(document: &mut Document, file: &mut File, tree: &Tree, contents: &Contents<'_>) -> ObjectId {
    let root = document.new_object_id();
    let mut own: BTreeMap<NodeId, Vec<(usize, usize)>> = BTreeMap::new();
    // For each page, from which of its stretches on they are read as the how manieth.
    let mut ranks: Vec<Vec<(usize, usize)>> = vec![Vec::new(); contents.pages.len()];
    for (rank, (page, range)) in contents.order.iter().enumerate() {
        let Some(marked) = contents.pages.get(*page) else { continue };
        ranks[*page].push((range.start, rank));
        for (id, stretch) in marked.stretches.iter().enumerate().take(range.end).skip(range.start) {
            own.entry(stretch.node).or_default().push((*page, id));
        }
    }
    let rank = |at: &(usize, usize)| {
        let ranks = ranks.get(at.0).into_iter().flatten().filter(|(start, _)| *start <= at.1);
        (ranks.max_by_key(|(start, _)| *start).map(|(_, rank)| *rank), at.1)
    };
    let used = used(tree, &own);
    let ids: Vec<Option<ObjectId>> = (0..tree.len()).map(|i| used[i].then(|| document.new_object_id())).collect();
    let mut linked: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (i, link) in contents.links.iter().enumerate() {
        linked.entry(link.marked).or_default().push(i);
    }
    let elements = contents.pages.iter().map(|page| vec![None; page.stretches.len()]).collect();
    let annotated = vec![None; contents.links.len()];
    let mut builder = Builder { document, file, contents, linked, elements, annotated };
    let headings = heading_levels(tree, &used);
    let mut notes: Vec<Object> = Vec::new();
    // The kids of an element, as PDF syntax.
    let mut kids = Vec::new();
    for i in 1..tree.len() {
        let (Some(id), Some(node)) = (ids[i], tree.node(NodeId(i))) else { continue };
        kids.clear();
        let mut words = own.get(&NodeId(i)).map_or(&[][..], Vec::as_slice);
        let page = words.first().and_then(|(page, _)| contents.pages.get(*page)).map(|page| page.page);
        // Formulas among words are read where they stand, which is not where they were drawn: a booklet is drawn side after side.
        let is_formula = |kid: &&NodeId| tree.node(**kid).is_some_and(|kid| kid.role == Role::Formula);
        // A formula on lines of its own is one of the blocks, and is read where it comes among them.
        let among_words = own.contains_key(&NodeId(i)) || node.kids.iter().all(|kid| is_formula(&kid));
        let formulas = node.kids.iter().filter(|kid| among_words && is_formula(kid));
        let placed = formulas.filter_map(|kid| Some((ids[kid.0]?, own.get(kid)?.first()?)));
        let mut formulas: Vec<(ObjectId, &(usize, usize))> = placed.collect();
        formulas.sort_by_key(|(_, place)| rank(place));
        for (formula, place) in formulas {
            let (before, after) = words.split_at(words.partition_point(|at| rank(at) < rank(place)));
            builder.words(id, before, page, &mut kids);
            reference(&mut kids, formula);
            words = after;
        }
        builder.words(id, words, page, &mut kids);
        let others = node.kids.iter().filter(|kid| !(among_words && is_formula(kid) && own.contains_key(kid)));
        others.filter_map(|kid| ids[kid.0]).for_each(|kid| reference(&mut kids, kid));
        let parent = if i == 1 { root } else { ids[node.parent.0].unwrap_or(root) };
        let role = headings.get(&NodeId(i)).map_or(node.role, |level| Role::Heading(*level));
        let language = node.language.and_then(|number| contents.languages.get(number.index()));
        let attributes = attributes(node, contents.figures.get(&NodeId(i)));
        // A note has a name of its own (PDF/UA-1, 7.9).
        let note = (role == Role::Note).then(|| Object::string_literal(format!("note-{i:07}")));
        builder.file.write(id, |out| {
            element(out, role.name(), parent, page, language, &kids);
            if let Some(alt) = &node.alt {
                entry(out, "Alt", &text_string(alt));
            }
            if let Some(note) = &note {
                entry(out, "ID", note);
            }
            if let Some(attributes) = attributes {
                entry(out, "A", &attributes.into());
            }
            out.extend_from_slice(b">>");
        });
        if let Some(note) = note {
            notes.extend([note, id.into()]);
        }
    }

    let parents = builder.parents();
    let top = ids[Tree::ROOT.0].map_or(Object::Null, Object::Reference);
    let mut element = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => top,
        "ParentTree" => parents,
        "ParentTreeNextKey" => count(contents.pages.len() + contents.links.len()),
    };
    if !notes.is_empty() {
        element.set("IDTree", document.add_object(dictionary! { "Names" => notes }));
    }
    document.set_object(root, element);
    root
}

/// Writes an element, its kids as PDF syntax, without what ends its dictionary.
fn element(
    out: &mut Vec<u8>,
    kind: &str,
    parent: ObjectId,
    page: Option<ObjectId>,
    language: Option<&String>,
    kids: &[u8],
) {
    out.extend_from_slice(b"<</Type/StructElem/S");
    name(out, kind.as_bytes());
    out.extend_from_slice(b"/P");
    reference(out, parent);
    if let Some(page) = page {
        out.extend_from_slice(b"/Pg");
        reference(out, page);
    }
    if let Some(language) = language {
        out.extend_from_slice(b"/Lang");
        string(out, language.as_bytes());
    }
    out.extend_from_slice(b"/K[");
    out.extend_from_slice(kids);
    out.push(b']');
}

fn entry(out: &mut Vec<u8>, key: &str, value: &Object) {
    name(out, key.as_bytes());
    object(out, value);
}

impl Builder<'_> {
    /// Adds the words of an element to its kids: what leads elsewhere or is in another language as elements within it. The
    /// element's page is `home`.
    fn words(&mut self, parent: ObjectId, own: &[(usize, usize)], home: Option<ObjectId>, kids: &mut Vec<u8>) {
        let contents = self.contents;
        let stretch = |(page, id): (usize, usize)| contents.pages.get(page).and_then(|page| page.stretches.get(id));
        let mut rest = own;
        while let Some(first) = rest.first() {
            let target = stretch(*first).and_then(|stretch| stretch.link.as_ref());
            // The words of a link may go on over lines and pages.
            let count =
                rest.iter().take_while(|at| stretch(**at).and_then(|words| words.link.as_ref()) == target).count();
            let (words, after) = rest.split_at(count.max(1));
            rest = after;
            let annotations: Vec<usize> =
                words.iter().filter_map(|at| self.linked.get(at)).flatten().copied().collect();
            if annotations.is_empty() {
                words.iter().for_each(|at| self.content(*at, parent, home, kids));
                continue;
            }
            let link = self.document.new_object_id();
            let page = contents.pages.get(first.0).map(|page| page.page);
            let mut inner = Vec::new();
            words.iter().for_each(|at| self.content(*at, link, page, &mut inner));
            for i in annotations {
                let annotated = &contents.links[i];
                inner.extend_from_slice(b"<</Type/OBJR/Obj");
                reference(&mut inner, annotated.annotation);
                inner.extend_from_slice(b"/Pg");
                reference(&mut inner, annotated.page);
                inner.extend_from_slice(b">>");
                self.annotated[i] = Some(link);
            }
            self.file.write(link, |out| {
                element(out, "Link", parent, page, None, &inner);
                out.extend_from_slice(b">>");
            });
            reference(kids, link);
        }
    }

    /// Adds a marked content to the kids of an element whose page is `home`, within an element of its own where it is in another
    /// language.
    fn content(&mut self, (page, id): (usize, usize), parent: ObjectId, home: Option<ObjectId>, kids: &mut Vec<u8>) {
        let Some(marked) = self.contents.pages.get(page) else { return };
        let Some(stretch) = marked.stretches.get(id) else { return };
        let number = i64::try_from(id).unwrap_or(i64::MAX);
        let language = stretch.language.and_then(|number| self.contents.languages.get(number.index()));
        if language.is_some() {
            let span = self.document.new_object_id();
            self.file.write(span, |out| {
                let mut inner = Vec::new();
                integer(&mut inner, number);
                element(out, "Span", parent, Some(marked.page), language, &inner);
                out.extend_from_slice(b">>");
            });
            self.elements[page][id] = Some(span);
            return reference(kids, span);
        }
        self.elements[page][id] = Some(parent);
        if home == Some(marked.page) {
            return integer(kids, number);
        }
        kids.extend_from_slice(b"<</Type/MCR/Pg");
        reference(kids, marked.page);
        kids.extend_from_slice(b"/MCID");
        integer(kids, number);
        kids.extend_from_slice(b">>");
    }

    /// The tree from pages and annotations to elements, by number: the pages' come first.
    fn parents(&mut self) -> ObjectId {
        let of = |out: &mut Vec<u8>, element: &Option<ObjectId>| match element {
            Some(element) => reference(out, *element),
            None => word(out, b"null"),
        };
        let mut numbers = Vec::new();
        for (i, page) in std::mem::take(&mut self.elements).iter().enumerate() {
            let id = self.document.new_object_id();
            self.file.write(id, |out| {
                out.push(b'[');
                page.iter().for_each(|element| of(out, element));
                out.push(b']');
            });
            integer(&mut numbers, i64::try_from(i).unwrap_or(i64::MAX));
            reference(&mut numbers, id);
        }
        for (i, element) in (self.contents.pages.len()..).zip(&self.annotated) {
            integer(&mut numbers, i64::try_from(i).unwrap_or(i64::MAX));
            of(&mut numbers, element);
        }
        let id = self.document.new_object_id();
        self.file.write(id, |out| {
            out.extend_from_slice(b"<</Nums[");
            out.extend_from_slice(&numbers);
            out.extend_from_slice(b"]>>");
        });
        id
    }
}

fn count(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// What is told of an element beside what it is (ISO 32000-2, 14.8.5).
fn attributes(node: &crate::layout::Node, place: Option<&[f32; 4]>) -> Option<Dictionary> {
    match node.role {
        Role::Head(scope) => {
            let scope = match scope {
                Scope::Column => "Column",
                Scope::Row => "Row",
            };
            Some(dictionary! { "O" => "Table", "Scope" => scope })
        }
        Role::List => {
            // There are no values for other scripts (ISO 32000-1, table 347).
            let numbering = match node.counting {
                _ if !node.numbered => "Disc",
                ListStyle::LowerAlpha => "LowerAlpha",
                ListStyle::UpperAlpha => "UpperAlpha",
                ListStyle::LowerRoman => "LowerRoman",
                ListStyle::UpperRoman => "UpperRoman",
                _ => "Decimal",
            };
            Some(dictionary! { "O" => "List", "ListNumbering" => numbering })
        }
        Role::Figure => {
            let place: Vec<Object> =
                place?.iter().map(|number| Object::Real((number * 100.0).round() / 100.0)).collect();
            Some(dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => place })
        }
        _ => None,
    }
}

/// The levels of headings in which none is skipped on the way down (PDF/UA-1, 7.4.2).
fn heading_levels(tree: &Tree, used: &[bool]) -> BTreeMap<NodeId, u8> {
    let mut levels = BTreeMap::new();
    // The levels that the headings above have, as they were asked for and as they are.
    let mut above: Vec<(u8, u8)> = Vec::new();
    for (i, _) in used.iter().enumerate().filter(|(_, used)| **used) {
        let Some(Role::Heading(asked)) = tree.node(NodeId(i)).map(|node| node.role) else { continue };
        while above.last().is_some_and(|(last, _)| *last >= asked) {
            above.pop();
        }
        let level = above.last().map_or(1, |(_, level)| level.saturating_add(1));
        above.push((asked, level));
        levels.insert(NodeId(i), level);
    }
    levels
}

/// Which elements have something on a page, themselves or below them.
fn used(tree: &Tree, own: &BTreeMap<NodeId, Vec<(usize, usize)>>) -> Vec<bool> {
    let mut used = vec![false; tree.len()];
    used[Tree::ROOT.0] = true;
    // Elements are numbered after their parents.
    for i in (1..tree.len()).rev() {
        let Some(node) = tree.node(NodeId(i)) else { continue };
        // An empty cell is still a cell of its row.
        let cell = matches!(node.role, Role::Cell | Role::Head(_));
        if used[i] || cell || own.contains_key(&NodeId(i)) {
            used[i] = true;
            used[node.parent.0] = true;
        }
    }
    used[0] = false;
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_level_of_headings_is_skipped() {
        let mut tree = Tree::new();
        let ids = [1, 3, 4, 3, 2, 5, 9].map(|level| tree.add(Tree::ROOT, Role::Heading(level)));
        let levels = heading_levels(&tree, &vec![true; tree.len()]);
        assert_eq!(ids.map(|id| levels[&id]), [1, 2, 3, 2, 2, 3, 4]);
    }
}
