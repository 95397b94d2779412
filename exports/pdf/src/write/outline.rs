//! The outline: a bookmark for each section, nested as the sections are (ISO 32000-2, 12.3.3).

use lopdf::{Document, Object, ObjectId, dictionary};

use super::annotation::Place;
use super::file::File;
use crate::layout::Bookmark;

/// Adds the outline to a document; `None` where there are no bookmarks.
pub(crate) fn outline(document: &mut Document, file: &mut File, bookmarks: &[(Bookmark, Place)]) -> Option<ObjectId> {
    if bookmarks.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| document.new_object_id()).collect();
    let parents = parents(bookmarks);
    // Children are gathered in one pass, so that a book of many sections takes no square of their number.
    let mut kids: Vec<Vec<usize>> = vec![Vec::new(); bookmarks.len()];
    let mut top = Vec::new();
    for (i, parent) in parents.iter().enumerate() {
        parent.map_or(&mut top, |parent| &mut kids[parent]).push(i);
    }
    let mut siblings: Vec<(Option<usize>, Option<usize>)> = vec![(None, None); bookmarks.len()];
    for family in kids.iter().chain([&top]) {
        for pair in family.windows(2) {
            siblings[pair[0]].1 = Some(pair[1]);
            siblings[pair[1]].0 = Some(pair[0]);
        }
    }
    for (i, (bookmark, place)) in bookmarks.iter().enumerate() {
        let parent = parents[i].map_or(root, |parent| ids[parent]);
        let mut item = dictionary! {
            "Title" => super::document::text_string(&bookmark.title),
            "Parent" => parent,
            "Dest" => place.destination(),
        };
        for (key, sibling) in [("Prev", siblings[i].0), ("Next", siblings[i].1)] {
            if let Some(sibling) = sibling {
                item.set(key, ids[sibling]);
            }
        }
        if let (Some(first), Some(last)) = (kids[i].first(), kids[i].last()) {
            item.set("First", ids[*first]);
            item.set("Last", ids[*last]);
            // Shut: the sections of a section are shown when a reader asks for them.
            item.set("Count", -i64::try_from(kids[i].len()).unwrap_or(0));
        }
        file.put(ids[i], item);
    }
    let mut item = dictionary! { "Type" => "Outlines", "Count" => i64::try_from(top.len()).unwrap_or(0) };
    if let (Some(first), Some(last)) = (top.first(), top.last()) {
        item.set("First", Object::Reference(ids[*first]));
        item.set("Last", Object::Reference(ids[*last]));
    }
    document.set_object(root, item);
    Some(root)
}

/// The bookmark above each: the last before it that is less deep.
fn parents(bookmarks: &[(Bookmark, Place)]) -> Vec<Option<usize>> {
    let mut above: Vec<usize> = Vec::new();
    let mut out = Vec::with_capacity(bookmarks.len());
    for (i, (bookmark, _)) in bookmarks.iter().enumerate() {
        while above.last().is_some_and(|at| bookmarks[*at].0.depth >= bookmark.depth) {
            above.pop();
        }
        out.push(above.last().copied());
        above.push(i);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_nest_by_depth() {
        let place = Place { page: (1, 0), x: None, y: 0.0 };
        let bookmarks: Vec<(Bookmark, Place)> = [1, 2, 3, 2, 1, 3]
            .into_iter()
            .map(|depth| (Bookmark { title: String::new(), depth, id: None }, place))
            .collect();
        assert_eq!(parents(&bookmarks), [None, Some(0), Some(1), Some(0), None, Some(4)]);
    }
}
