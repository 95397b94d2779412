//! The table of contents: a line for each section of the two outermost levels, with its page.

use std::rc::Rc;

use super::number::number;
use super::{Align, Bookmark, Column, Draw, Keep, NodeId, Page, Role, Shape, Slice, Tree, paginate, shared};
use crate::options::Contents;
use crate::text::{Rich, natural_width};

/// From how many pages on a handout has a table of contents, and how many entries it has at least.
const LEAST_PAGES: usize = 9;
const LEAST_ENTRIES: usize = 3;

/// The deepest level of sections that has entries.
const DEEPEST: usize = 2;

/// From one dot of a leader to the next, in points.
const DOTS: f32 = 5.0;

/// The height and width of a dot, in points.
const DOT: f32 = 0.9;

/// Where a table of contents goes, if there is to be one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ContentsPlace {
    /// The slice it stands before.
    pub(super) at: usize,
    heading: NodeId,
    table: NodeId,
}

/// A line that waits for the number of a page.
struct Entry {
    /// Of the slices of the table.
    slice: usize,
    bookmark: usize,
    node: NodeId,
    x: f32,
    width: f32,
    base: f32,
    /// Where its words end, or begin where lines run from right to left.
    words_end: f32,
}

/// Where a bookmark that has no id of its own is reached.
pub(crate) fn target(bookmark: &Bookmark, at: usize) -> String {
    bookmark.id.as_ref().map_or_else(|| format!("heading.{at}"), ToString::to_string)
}

impl Column<'_> {
    /// Keeps a place for a table of contents here, in the document's structure too.
    pub(crate) fn contents_place(&mut self) {
        let heading = self.tree.add(Tree::ROOT, Role::Heading(2));
        let table = self.tree.add(Tree::ROOT, Role::Contents);
        self.contents = Some(ContentsPlace { at: self.slices.len(), heading, table });
    }

    /// Divides the column into pages, with a table of contents in its place where the options want one.
    pub(crate) fn pages_with_contents(&mut self) -> Vec<Page> {
        let entries = self.bookmarks.iter().filter(|bookmark| bookmark.depth <= DEEPEST).count();
        let mut slices = shared(std::mem::take(&mut self.slices));
        let Some(place) = self.contents.filter(|_| entries > 0 && self.options.contents != Contents::Never) else {
            return paginate(&slices, self.page_height);
        };
        if self.options.contents == Contents::Auto {
            let pages = paginate(&slices, self.page_height);
            if pages.len() < LEAST_PAGES || entries < LEAST_ENTRIES {
                return pages;
            }
        }
        let entries = self.contents_slices(place);
        let table = std::mem::take(&mut self.slices);
        slices.splice(place.at..place.at, shared(table));
        // The room for the numbers is kept, so putting them in moves nothing.
        let mut on = vec![0; self.bookmarks.len()];
        for (i, page) in paginate(&slices, self.page_height).iter().enumerate() {
            page.slices.iter().filter_map(|(_, slice)| slice.bookmark).for_each(|at| on[at] = i + 1);
        }
        for entry in &entries {
            let draws = self.page_draws(entry, on[entry.bookmark]);
            if let Some(slice) = slices.get_mut(place.at + entry.slice) {
                Rc::make_mut(slice).draws.extend(draws);
            }
        }
        paginate(&slices, self.page_height)
    }

    /// Sets the entries without their numbers at the end of the column.
    fn contents_slices(&mut self, place: ContentsPlace) -> Vec<Entry> {
        let theme = self.theme;
        let frame = self.frame();
        let heading = self.body().bold().sized(theme.sizes.headings[0]).coloured(theme.colours.accent);
        let rich = Rich::plain(&self.label("contents"), &heading);
        self.paragraph(&rich, heading.size, &frame, place.heading, theme.spacing.above_headings[0], Keep::Avoid);
        self.keep_heading();
        let style = self.body();
        let widest = self.pieces(&Rich::plain(&format!("  {}", number(88_888, self.language)), &style));
        let numbers = natural_width(&widest);
        // A table for each level, the inner in the outer.
        let mut tables = vec![place.table];
        let bookmarks: Vec<(usize, Bookmark)> =
            self.bookmarks.iter().cloned().enumerate().filter(|(_, bookmark)| bookmark.depth <= DEEPEST).collect();
        let mut entries = Vec::with_capacity(bookmarks.len());
        for (i, (at, bookmark)) in bookmarks.iter().enumerate() {
            while tables.len() < bookmark.depth {
                let outer = tables.last().copied().unwrap_or(place.table);
                tables.push(self.tree.add(outer, Role::Contents));
            }
            tables.truncate(bookmark.depth.max(1));
            let table = tables.last().copied().unwrap_or(place.table);
            let item = self.tree.add(table, Role::ContentsItem);
            let node = self.tree.add(item, Role::Reference);
            let outer = bookmark.depth == 1;
            let link = format!("#{}", target(bookmark, *at));
            let mut entry_style = if outer { style.bold() } else { style.clone() };
            entry_style.link = Some(link.into());
            let inner = frame.indented(theme.spacing.indent * (bookmark.depth.max(1) - 1) as f32, self.rtl);
            let measure = inner.shortened(numbers, self.rtl);
            let rich = Rich::plain(&bookmark.title, &entry_style);
            let mut slices = self.paragraph_slices(&rich, style.size, &measure, Align::Start, node);
            let Some((x, width, base)) = slices.last().and_then(last_line) else { continue };
            let last = slices.len() - 1;
            let keep = if i == 1 || i + 1 == bookmarks.len() { Keep::Avoid } else { Keep::May };
            slices.iter_mut().skip(1).for_each(|slice| slice.keep = Keep::Never);
            let above = if outer { theme.spacing.items * 1.5 } else { theme.spacing.items * 0.5 };
            let slice = self.slices.len() + last;
            let words_end = if self.rtl { x } else { x + width };
            entries.push(Entry { slice, bookmark: *at, node, x: frame.x, width: frame.width, base, words_end });
            self.put(slices, above, keep);
        }
        entries
    }

    /// The leader and the number of a page at the end of an entry.
    fn page_draws(&mut self, entry: &Entry, page: usize) -> Vec<Draw> {
        let bookmark = self.bookmarks.get(entry.bookmark);
        let link = bookmark.map(|bookmark| format!("#{}", target(bookmark, entry.bookmark)));
        let mut style = self.body();
        style.link = link.map(Into::into);
        let rich = Rich::plain(&number(page, self.language), &style);
        let Some(line) = self.lines(&rich, f32::MAX).into_iter().next() else { return Vec::new() };
        let (x, dots_from, dots_to) = if self.rtl {
            (entry.x, entry.x + line.width + DOTS, entry.words_end - DOTS)
        } else {
            let x = entry.x + entry.width - line.width;
            (x, entry.words_end + DOTS, x - DOTS)
        };
        let colour = self.theme.colours.muted;
        let mut draws = Vec::new();
        // Dots stand below each other whatever the length of the words.
        let first = (dots_from / DOTS).ceil() * DOTS;
        if first < dots_to {
            let (y, width) = (entry.base - DOT, dots_to - first);
            let shape = Shape::Dots { x: first, y, width, size: DOT, step: DOTS, colour };
            draws.push(Draw { cell: 0, node: NodeId(0), shape });
        }
        draws.push(Draw { cell: 0, node: entry.node, shape: Shape::Line { line: Rc::new(line), x, base: entry.base } });
        draws
    }
}

/// Where the last line of a slice stands, how wide it is, and its base line.
fn last_line(slice: &Slice) -> Option<(f32, f32, f32)> {
    slice.draws.iter().rev().find_map(|draw| match &draw.shape {
        Shape::Line { line, x, base } => Some((*x, line.width, *base)),
        _ => None,
    })
}
