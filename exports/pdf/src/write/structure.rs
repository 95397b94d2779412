//! The structure tree: what each thing on the pages is, for those who have the document read to them
//! (ISO 32000-2, 14.7; PDF/UA-1).

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId, dictionary};

use crate::layout::Scope;
use crate::layout::{NodeId, Role, Tree};

/// A page, and the element of each of its marked-content ids.
pub(crate) struct Marked {
    pub(crate) page: ObjectId,
    pub(crate) nodes: Vec<NodeId>,
}

/// A link's annotation, and the element its words belong to.
pub(crate) struct Linked {
    pub(crate) page: ObjectId,
    pub(crate) annotation: ObjectId,
    pub(crate) node: NodeId,
}

/// Adds the tree to a document.
pub(crate) fn structure(document: &mut Document, tree: &Tree, pages: &[Marked], links: &[Linked]) -> ObjectId {
    let root = document.new_object_id();
    let mut contents: BTreeMap<NodeId, Vec<(ObjectId, usize)>> = BTreeMap::new();
    for marked in pages {
        for (id, node) in marked.nodes.iter().enumerate() {
            contents.entry(*node).or_default().push((marked.page, id));
        }
    }
    let used = used(tree, &contents);
    let ids: Vec<Option<ObjectId>> = (0..tree.len()).map(|i| used[i].then(|| document.new_object_id())).collect();
    let mut link_elements: BTreeMap<NodeId, Vec<ObjectId>> = BTreeMap::new();
    let mut link_numbers = Vec::new();
    for (i, link) in links.iter().enumerate() {
        let Some(parent) = ids[link.node.0] else { continue };
        let referred = dictionary! { "Type" => "OBJR", "Obj" => link.annotation, "Pg" => link.page };
        let element = document.add_object(dictionary! {
            "Type" => "StructElem", "S" => "Link", "P" => parent, "Pg" => link.page, "K" => vec![referred.into()],
        });
        link_elements.entry(link.node).or_default().push(element);
        link_numbers.push(Object::Integer(i64::try_from(pages.len() + i).unwrap_or(0)));
        link_numbers.push(element.into());
    }
    for i in 1..tree.len() {
        let (Some(id), Some(node)) = (ids[i], tree.node(NodeId(i))) else { continue };
        let mut kids: Vec<Object> = Vec::new();
        let own = contents.get(&NodeId(i)).map_or(&[][..], Vec::as_slice);
        let page = own.first().map(|(page, _)| *page);
        for (on, mcid) in own {
            let mcid = i64::try_from(*mcid).unwrap_or(0);
            if Some(*on) == page {
                kids.push(mcid.into());
            } else {
                kids.push(dictionary! { "Type" => "MCR", "Pg" => *on, "MCID" => mcid }.into());
            }
        }
        kids.extend(node.kids.iter().filter_map(|kid| ids[kid.0].map(Object::Reference)));
        kids.extend(link_elements.get(&NodeId(i)).into_iter().flatten().map(|link| Object::Reference(*link)));
        let parent = if i == 1 { root } else { ids[node.parent.0].unwrap_or(root) };
        let mut element = dictionary! { "Type" => "StructElem", "S" => node.role.name(), "P" => parent };
        if let Some(page) = page {
            element.set("Pg", page);
        }
        element.set("K", kids);
        if let Some(alt) = &node.alt {
            element.set("Alt", super::document::text_string(alt));
        }
        match node.role {
            Role::Head(scope) => {
                let scope = match scope {
                    Scope::Column => "Column",
                    Scope::Row => "Row",
                };
                element.set("A", dictionary! { "O" => "Table", "Scope" => scope });
            }
            Role::List => {
                let numbering = if node.numbered { "Decimal" } else { "Disc" };
                element.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
            }
            _ => {}
        }
        document.set_object(id, element);
    }
    let mut numbers = Vec::new();
    for (i, marked) in pages.iter().enumerate() {
        let elements: Vec<Object> =
            marked.nodes.iter().map(|node| ids[node.0].map_or(Object::Null, Object::Reference)).collect();
        numbers.push(Object::Integer(i64::try_from(i).unwrap_or(0)));
        numbers.push(Object::Reference(document.add_object(elements)));
    }
    numbers.append(&mut link_numbers);
    let parents = document.add_object(dictionary! { "Nums" => numbers });
    let top = ids[Tree::ROOT.0].map_or(Object::Null, Object::Reference);
    document.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => top,
            "ParentTree" => parents,
            "ParentTreeNextKey" => i64::try_from(pages.len() + links.len()).unwrap_or(0),
        },
    );
    root
}

/// Which elements have something on a page, themselves or below them.
fn used(tree: &Tree, contents: &BTreeMap<NodeId, Vec<(ObjectId, usize)>>) -> Vec<bool> {
    let mut used = vec![false; tree.len()];
    used[Tree::ROOT.0] = true;
    // Elements are numbered after their parents.
    for i in (1..tree.len()).rev() {
        let Some(node) = tree.node(NodeId(i)) else { continue };
        // An empty cell is still a cell of its row.
        let cell = matches!(node.role, Role::Cell | Role::Head(_));
        if used[i] || cell || contents.contains_key(&NodeId(i)) {
            used[i] = true;
            used[node.parent.0] = true;
        }
    }
    used[0] = false;
    used
}
