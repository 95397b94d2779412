//! The structure of the document: what each thing on its pages is (ISO 32000-2, 14.7 and 14.8).

use crate::text::LanguageNumber;

/// The number of an element; 0 is none, for what is only there for looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(crate) usize);

/// The standard types that are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Document,
    Heading(u8),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    Row,
    /// A header cell, of its column or of its row.
    Head(Scope),
    Cell,
    Figure,
    Caption,
    Quote,
    /// What is said beside the text.
    Note,
    /// A part of the document, such as a card.
    Division,
    Code,
    Formula,
    /// A table of contents, an entry of it, and what the entry says.
    Contents,
    ContentsItem,
    Reference,
}

/// Whose header a header cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Column,
    Row,
}

/// An element.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) role: Role,
    pub(crate) parent: NodeId,
    pub(crate) kids: Vec<NodeId>,
    /// What stands in for it where it can't be seen.
    pub(crate) alt: Option<String>,
    /// Whether its list is numbered.
    pub(crate) numbered: bool,
    /// The style of its list's numbers, where it is numbered.
    pub(crate) counting: patra_core::ListStyle,
    /// The language of what stands in it, where that is not the document's.
    pub(crate) language: Option<LanguageNumber>,
}

/// All elements; the first stands for what has none, the second is the document.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    pub(crate) const ROOT: NodeId = NodeId(1);

    pub(crate) fn new() -> Self {
        let node = || Node {
            role: Role::Document,
            parent: NodeId(0),
            kids: Vec::new(),
            alt: None,
            numbered: false,
            counting: patra_core::ListStyle::default(),
            language: None,
        };
        Tree { nodes: vec![node(), node()] }
    }

    /// Adds an element at the end of its parent.
    pub(crate) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = NodeId(self.nodes.len());
        let counting = patra_core::ListStyle::default();
        self.nodes.push(Node { role, parent, kids: Vec::new(), alt: None, numbered: false, counting, language: None });
        if let Some(parent) = self.nodes.get_mut(parent.0) {
            parent.kids.push(id);
        }
        id
    }

    /// Takes back all elements but the first `len`, which were added below `parent` or below each other.
    pub(crate) fn truncate(&mut self, len: usize, parent: NodeId) {
        self.nodes.truncate(len);
        if let Some(parent) = self.nodes.get_mut(parent.0) {
            parent.kids.retain(|kid| kid.0 < len);
        }
    }

    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0)
    }

    pub(crate) fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.0)
    }

    /// How many there are, with the one that stands for none.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }
}

impl Role {
    /// The name of the type.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::Document => "Document",
            Role::Heading(0 | 1) => "H1",
            Role::Heading(2) => "H2",
            Role::Heading(3) => "H3",
            Role::Heading(4) => "H4",
            Role::Heading(5) => "H5",
            Role::Heading(_) => "H6",
            Role::Paragraph => "P",
            Role::List => "L",
            Role::Item => "LI",
            Role::Label => "Lbl",
            Role::Body => "LBody",
            Role::Table => "Table",
            Role::Row => "TR",
            Role::Head(_) => "TH",
            Role::Cell => "TD",
            Role::Figure => "Figure",
            Role::Caption => "Caption",
            Role::Quote => "BlockQuote",
            Role::Note => "Note",
            Role::Division => "Div",
            Role::Code => "Code",
            Role::Formula => "Formula",
            Role::Contents => "TOC",
            Role::ContentsItem => "TOCI",
            Role::Reference => "Reference",
        }
    }
}
