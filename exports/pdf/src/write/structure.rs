//! The structure tree: what each thing on the pages is, for those who have the document read to them
//! (ISO 32000-2, 14.7; PDF/UA-1).

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::canvas::Stretch;
use super::document::text_string;
use super::file::File;
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

/// Writes the tree's elements, of which there are more than of all other objects, and adds its root to the document.
///
/// # Errors
/// Where they can't be packed.
pub(crate) fn structure(
    document: &mut Document,
    file: &mut File,
    tree: &Tree,
    contents: &Contents<'_>,
) -> Result<ObjectId, std::io::Error> {
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
    for i in 1..tree.len() {
        let (Some(id), Some(node)) = (ids[i], tree.node(NodeId(i))) else { continue };
        let mut kids = Vec::new();
        let mut words = own.get(&NodeId(i)).map_or(&[][..], Vec::as_slice);
        let page = words.first().and_then(|(page, _)| contents.pages.get(*page)).map(|page| page.page);
        // Formulas among words are read where they stand, which is not where they were drawn: a booklet is drawn side after side.
        let formulas = node.kids.iter().filter(|kid| tree.node(**kid).is_some_and(|kid| kid.role == Role::Formula));
        let placed = formulas.filter_map(|kid| Some((ids[kid.0]?, own.get(kid)?.first()?)));
        let mut formulas: Vec<(ObjectId, &(usize, usize))> = placed.collect();
        formulas.sort_by_key(|(_, place)| rank(place));
        for (formula, place) in formulas {
            let (before, after) = words.split_at(words.partition_point(|at| rank(at) < rank(place)));
            builder.words(id, before, page, &mut kids)?;
            kids.push(formula.into());
            words = after;
        }
        builder.words(id, words, page, &mut kids)?;
        let others = node.kids.iter().filter(|kid| {
            let formula = tree.node(**kid).is_some_and(|kid| kid.role == Role::Formula);
            !(formula && own.contains_key(kid))
        });
        kids.extend(others.filter_map(|kid| ids[kid.0].map(Object::Reference)));
        let parent = if i == 1 { root } else { ids[node.parent.0].unwrap_or(root) };
        let role = headings.get(&NodeId(i)).map_or(node.role, |level| Role::Heading(*level));
        let mut element = dictionary! { "Type" => "StructElem", "S" => role.name(), "P" => parent };
        if let Some(page) = page {
            element.set("Pg", page);
        }
        element.set("K", kids);
        if let Some(alt) = &node.alt {
            element.set("Alt", text_string(alt));
        }
        if let Some(language) = node.language.and_then(|number| contents.languages.get(number.index())) {
            element.set("Lang", Object::string_literal(language.as_str()));
        }
        if role == Role::Note {
            // A note has a name of its own (PDF/UA-1, 7.9).
            let name = Object::string_literal(format!("note-{i:07}"));
            element.set("ID", name.clone());
            notes.extend([name, id.into()]);
        }
        if let Some(attributes) = attributes(node, contents.figures.get(&NodeId(i))) {
            element.set("A", attributes);
        }
        builder.file.put(id, element)?;
    }

    let parents = builder.parents()?;
    let top = ids[Tree::ROOT.0].map_or(Object::Null, Object::Reference);
    let mut element = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => top,
        "ParentTree" => parents,
        "ParentTreeNextKey" => integer(contents.pages.len() + contents.links.len()),
    };
    if !notes.is_empty() {
        element.set("IDTree", document.add_object(dictionary! { "Names" => notes }));
    }
    document.set_object(root, element);
    Ok(root)
}

impl Builder<'_> {
    /// Adds the words of an element to its kids: what leads elsewhere or is in another language as elements within it. Gives
    /// the page of the element.
    fn words(
        &mut self,
        element: ObjectId,
        own: &[(usize, usize)],
        home: Option<ObjectId>,
        kids: &mut Vec<Object>,
    ) -> Result<(), std::io::Error> {
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
                for at in words {
                    let item = self.content(*at, element, home)?;
                    kids.extend(item);
                }
                continue;
            }
            let link = self.document.new_object_id();
            let page = contents.pages.get(first.0).map(|page| page.page);
            let mut inner: Vec<Object> = Vec::new();
            for at in words {
                let item = self.content(*at, link, page)?;
                inner.extend(item);
            }
            for i in annotations {
                let annotated = &contents.links[i];
                let (annotation, on) = (annotated.annotation, annotated.page);
                inner.push(dictionary! { "Type" => "OBJR", "Obj" => annotation, "Pg" => on }.into());
                self.annotated[i] = Some(link);
            }
            let mut made = dictionary! { "Type" => "StructElem", "S" => "Link", "P" => element, "K" => inner };
            if let Some(page) = page {
                made.set("Pg", page);
            }
            self.file.put(link, made)?;
            kids.push(link.into());
        }
        Ok(())
    }

    /// A marked content as a kid of an element whose page is `home`, within an element of its own where it is in another
    /// language.
    fn content(
        &mut self,
        (page, id): (usize, usize),
        parent: ObjectId,
        home: Option<ObjectId>,
    ) -> Result<Option<Object>, std::io::Error> {
        let Some(marked) = self.contents.pages.get(page) else { return Ok(None) };
        let Some(stretch) = marked.stretches.get(id) else { return Ok(None) };
        let language = stretch.language.and_then(|number| self.contents.languages.get(number.index()));
        let Some(language) = language else {
            self.elements[page][id] = Some(parent);
            return Ok(Some(if home == Some(marked.page) {
                integer(id)
            } else {
                dictionary! { "Type" => "MCR", "Pg" => marked.page, "MCID" => integer(id) }.into()
            }));
        };
        let span = self.add(dictionary! {
            "Type" => "StructElem", "S" => "Span", "P" => parent, "Pg" => marked.page,
            "Lang" => Object::string_literal(language.as_str()), "K" => vec![integer(id)],
        })?;
        self.elements[page][id] = Some(span);
        Ok(Some(span.into()))
    }

    /// The tree from pages and annotations to elements, by number: the pages' come first.
    fn parents(&mut self) -> Result<ObjectId, std::io::Error> {
        let mut numbers = Vec::new();
        let reference = |element: &Option<ObjectId>| element.map_or(Object::Null, Object::Reference);
        for (i, page) in std::mem::take(&mut self.elements).iter().enumerate() {
            let elements: Vec<Object> = page.iter().map(reference).collect();
            numbers.push(integer(i));
            numbers.push(self.add(elements)?.into());
        }
        for (i, element) in self.annotated.iter().enumerate() {
            numbers.push(integer(self.contents.pages.len() + i));
            numbers.push(reference(element));
        }
        self.add(dictionary! { "Nums" => numbers })
    }

    /// Writes an object, and gives its id.
    fn add(&mut self, object: impl Into<Object>) -> Result<ObjectId, std::io::Error> {
        let id = self.document.new_object_id();
        self.file.put(id, object)?;
        Ok(id)
    }
}

fn integer(number: usize) -> Object {
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
            let numbering = if node.numbered { "Decimal" } else { "Disc" };
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
