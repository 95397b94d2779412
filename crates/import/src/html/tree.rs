//! The document as html5ever builds it: nodes in one arena, each with its place in the source.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, LocalName, QualName, local_name, ns};
use patra_core::Span;

/// A node of the document, by its place in the arena.
pub(super) type Index = u32;

/// No node.
const NONE: Index = Index::MAX;

/// The document itself.
pub(super) const DOCUMENT: Index = 0;

/// The attributes that say something about the words; of others nothing is kept.
const KEPT: [&str; 39] = [
    "about",
    "alt",
    "alttext",
    "aria-hidden",
    "aria-modal",
    "class",
    "cite",
    "close",
    "colspan",
    "content",
    "data-lazy-src",
    "data-original",
    "data-src",
    "data-type",
    "datetime",
    "dir",
    "display",
    "encoding",
    "hidden",
    "href",
    "id",
    "itemprop",
    "label",
    "lang",
    "linethickness",
    "name",
    "notation",
    "open",
    "property",
    "rel",
    "reversed",
    "role",
    "rowspan",
    "separators",
    "src",
    "start",
    "style",
    "title",
    "type",
];

/// An element's name and what is kept of its attributes.
#[derive(Debug)]
pub(super) struct Element {
    pub name: LocalName,
    /// Whether it belongs to MathML or SVG.
    pub foreign: bool,
    attributes: Vec<(LocalName, StrTendril)>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| **key == *name).map(|(_, value)| &**value)
    }
}

#[derive(Debug)]
enum Kind {
    Document,
    Element(Box<Element>),
    /// A part of the document's words.
    Text(u32, u32),
    /// A comment, which says nothing.
    Other,
}

#[derive(Debug)]
struct Node {
    parent: Index,
    previous: Index,
    next: Index,
    first: Index,
    last: Index,
    start: u32,
    end: u32,
    kind: Kind,
}

/// The whole document.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    words: String,
    /// For each node the place of all that is inside it.
    extents: Vec<(u32, u32)>,
}

impl Tree {
    fn node(&self, index: Index) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    fn add(&mut self, kind: Kind, span: Span) -> Index {
        let index = Index::try_from(self.nodes.len()).unwrap_or(NONE);
        let at = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let (start, end) = (at(span.start()), at(span.end()));
        self.nodes.push(Node { parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, start, end, kind });
        index
    }

    /// The element at a node, where it is one.
    pub(super) fn element(&self, index: Index) -> Option<&Element> {
        match &self.node(index)?.kind {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The name of an element of HTML; empty for any other node.
    pub(super) fn name(&self, index: Index) -> &str {
        self.element(index).filter(|element| !element.foreign).map_or("", |element| &*element.name)
    }

    /// The value of an element's attribute.
    pub(super) fn attribute(&self, index: Index, name: &str) -> Option<&str> {
        self.element(index)?.attribute(name)
    }

    /// The words of a text node.
    pub(super) fn text(&self, index: Index) -> Option<&str> {
        match self.node(index)?.kind {
            Kind::Text(start, end) => self.words.get(start as usize..end as usize),
            _ => None,
        }
    }

    /// Where a text stands, or where the start tag of an element does.
    pub(super) fn span(&self, index: Index) -> Span {
        self.node(index).map_or(Span::NONE, |node| Span::new(node.start as usize, node.end as usize))
    }

    /// From the start of an element to its end, with all that is inside it.
    pub(super) fn whole(&self, index: Index) -> Span {
        self.extents.get(index as usize).map_or(Span::NONE, |&(start, end)| Span::new(start as usize, end as usize))
    }

    /// Finds where each node begins and ends. What is moved within the document need not stand in its order.
    fn measure(&mut self) {
        let mut extents: Vec<(u32, u32)> = self.nodes.iter().map(|node| (node.start, node.end)).collect();
        let order: Vec<Index> = self.inside(DOCUMENT).collect();
        for index in order.into_iter().rev() {
            let (start, end) = extents.get(index as usize).copied().unwrap_or_default();
            if let Some(above) = self.parent(index).and_then(|parent| extents.get_mut(parent as usize)) {
                *above = (above.0.min(start), above.1.max(end));
            }
        }
        self.extents = extents;
    }

    fn some(index: Index) -> Option<Index> {
        (index != NONE).then_some(index)
    }

    pub(super) fn parent(&self, index: Index) -> Option<Index> {
        Self::some(self.node(index)?.parent)
    }

    pub(super) fn first(&self, index: Index) -> Option<Index> {
        Self::some(self.node(index)?.first)
    }

    pub(super) fn next(&self, index: Index) -> Option<Index> {
        Self::some(self.node(index)?.next)
    }

    pub(super) fn children(&self, index: Index) -> impl Iterator<Item = Index> + '_ {
        std::iter::successors(self.first(index), |&child| self.next(child))
    }

    /// The node after all that is inside this one, within `root`.
    pub(super) fn after(&self, index: Index, root: Index) -> Option<Index> {
        let mut at = index;
        while at != root {
            if let Some(next) = self.next(at) {
                return Some(next);
            }
            at = self.parent(at)?;
        }
        None
    }

    /// The node after this one in the order of the document, within `root`.
    pub(super) fn following(&self, index: Index, root: Index) -> Option<Index> {
        self.first(index).or_else(|| self.after(index, root))
    }

    /// All nodes inside `root`, in the order of the document.
    pub(super) fn inside(&self, root: Index) -> impl Iterator<Item = Index> + '_ {
        std::iter::successors(self.first(root), move |&index| self.following(index, root))
    }

    /// The nodes around this one, the nearest first.
    pub(super) fn around(&self, index: Index) -> impl Iterator<Item = Index> + '_ {
        std::iter::successors(self.parent(index), |&at| self.parent(at))
    }

    fn detach(&mut self, index: Index) {
        let Some(node) = self.nodes.get_mut(index as usize) else { return };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        match self.nodes.get_mut(previous as usize) {
            Some(node) => node.next = next,
            None => self.nodes.get_mut(parent as usize).into_iter().for_each(|node| node.first = next),
        }
        match self.nodes.get_mut(next as usize) {
            Some(node) => node.previous = previous,
            None => self.nodes.get_mut(parent as usize).into_iter().for_each(|node| node.last = previous),
        }
    }

    /// Puts a node into `parent` before `next`, at the end where that is [`NONE`].
    fn insert(&mut self, index: Index, parent: Index, next: Index) {
        self.detach(index);
        let previous = match self.nodes.get(next as usize) {
            Some(node) => node.previous,
            None => self.nodes.get(parent as usize).map_or(NONE, |node| node.last),
        };
        if let Some(node) = self.nodes.get_mut(index as usize) {
            (node.parent, node.previous, node.next) = (parent, previous, next);
        }
        match self.nodes.get_mut(previous as usize) {
            Some(node) => node.next = index,
            None => self.nodes.get_mut(parent as usize).into_iter().for_each(|node| node.first = index),
        }
        match self.nodes.get_mut(next as usize) {
            Some(node) => node.previous = index,
            None => self.nodes.get_mut(parent as usize).into_iter().for_each(|node| node.last = index),
        }
    }

    /// Puts words into `parent` before `next`; they are joined to words before them where those came just before.
    fn insert_words(&mut self, words: &str, span: Span, parent: Index, next: Index) {
        let previous = match self.nodes.get(next as usize) {
            Some(node) => node.previous,
            None => self.nodes.get(parent as usize).map_or(NONE, |node| node.last),
        };
        let at = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let start = at(self.words.len());
        self.words.push_str(words);
        let end = at(self.words.len());
        if let Some(node) = self.nodes.get_mut(previous as usize)
            && let Kind::Text(_, last) = &mut node.kind
            && *last == start
        {
            *last = end;
            node.end = at(span.end());
            return;
        }
        let index = self.add(Kind::Text(start, end), span);
        self.insert(index, parent, next);
    }
}

/// What html5ever holds of a node.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    index: Index,
    name: Rc<QualName>,
}

/// Takes the document from html5ever.
#[derive(Debug)]
pub(super) struct Sink {
    tree: RefCell<Tree>,
    document: Handle,
    /// Where the token stands that is being read.
    pub(super) span: Cell<Span>,
    /// Where the words stand that came last. Those in a table are held back until something else comes (HTML, 13.2.6.4.10).
    pub(super) words: Cell<Span>,
    /// How deep the next element would stand, at most.
    pub(super) depth: Cell<usize>,
}

impl Default for Sink {
    fn default() -> Self {
        let mut tree = Tree::default();
        let index = tree.add(Kind::Document, Span::NONE);
        let name = Rc::new(QualName::new(None, ns!(), local_name!("")));
        Sink {
            tree: RefCell::new(tree),
            document: Handle { index, name },
            span: Cell::new(Span::NONE),
            words: Cell::new(Span::NONE),
            depth: Cell::new(0),
        }
    }
}

impl Sink {
    /// How many nodes there are.
    pub(super) fn size(&self) -> usize {
        self.tree.borrow().nodes.len()
    }

    fn depth_of(&self, index: Index) -> usize {
        self.tree.borrow().around(index).count()
    }

    fn put(&self, child: NodeOrText<Handle>, parent: Index, next: Index) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => tree.insert(node.index, parent, next),
            NodeOrText::AppendText(words) => tree.insert_words(&words, self.words.get(), parent, next),
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        let mut tree = self.tree.into_inner();
        tree.measure();
        tree
    }

    // Pages are full of what the standard calls errors and every browser mends.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.document.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let kept = attributes.into_iter().filter(|attribute| KEPT.contains(&&*attribute.name.local));
        let element = Element {
            name: name.local.clone(),
            foreign: name.ns != ns!(html),
            attributes: kept.map(|attribute| (attribute.name.local, attribute.value)).collect(),
        };
        let index = self.tree.borrow_mut().add(Kind::Element(Box::new(element)), self.span.get());
        Handle { index, name: Rc::new(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        let index = self.tree.borrow_mut().add(Kind::Other, self.span.get());
        Handle { index, name: Rc::clone(&self.document.name) }
    }

    fn create_pi(&self, target: StrTendril, _: StrTendril) -> Handle {
        self.create_comment(target)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(_) = &child {
            self.depth.set(self.depth_of(parent.index) + 1);
        }
        self.put(child, parent.index, NONE);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if self.tree.borrow().parent(element.index).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        self.depth.set(self.depth_of(node.index));
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        // A template shows nothing, wherever its contents stand.
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.index == other.index
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.tree.borrow().parent(sibling.index);
        if let Some(parent) = parent {
            self.put(child, parent, sibling.index);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Some(Kind::Element(element)) = tree.nodes.get_mut(target.index as usize).map(|node| &mut node.kind) else {
            return;
        };
        for Attribute { name, value } in attributes {
            if KEPT.contains(&&*name.local) && !element.attributes.iter().any(|(key, _)| *key == name.local) {
                element.attributes.push((name.local, value));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.index);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first(node.index) {
            tree.insert(child, new_parent.index, NONE);
        }
    }
}
