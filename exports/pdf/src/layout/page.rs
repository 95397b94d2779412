//! Pages: slices put below each other until a page is full.

use std::rc::Rc;

use super::{Keep, Running, Slice};

/// A page: its slices, each with the distance of its top from the top of the text, in points.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) slices: Vec<(f32, Rc<Slice>)>,
}

/// Pages as they are drawn.
pub(crate) struct Laid {
    pub(crate) pages: Vec<Page>,
    /// What stands in the margins of each.
    pub(crate) running: Vec<Vec<Running>>,
    /// From the upper edge of the sheet to where the pages' slices are measured from, in points.
    pub(crate) top: f32,
}

/// How much of a page is filled at least before it ends where it had better not.
const LEAST_FILLED: f32 = 0.6;

/// Parts differences of rounding from slices that don't fit.
const SLACK: f32 = 0.05;

/// Divides a column into pages of a height. There is at least one page.
pub(crate) fn paginate(slices: &[Rc<Slice>], height: f32) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut start = 0;
    while start < slices.len() {
        let end = page_end(slices, start, height);
        pages.push(set(&slices[start..end]));
        start = end;
    }
    if pages.is_empty() {
        pages.push(Page::default());
    }
    pages
}

/// Slices that are changed no more but for what is put in them later.
pub(crate) fn shared(slices: Vec<Slice>) -> Vec<Rc<Slice>> {
    slices.into_iter().map(Rc::new).collect()
}

/// The header that is set again where a page begins with this slice.
fn repeated(slice: &Slice) -> &[Slice] {
    slice.head.as_deref().map_or(&[], Vec::as_slice)
}

/// Where the page that begins with a slice ends: after at least one slice.
fn page_end(slices: &[Rc<Slice>], start: usize, height: f32) -> usize {
    let mut y: f32 = repeated(&slices[start]).iter().map(|slice| slice.height).sum();
    let mut end = start;
    while let Some(slice) = slices.get(end) {
        let before = if end == start { 0.0 } else { slice.before };
        if end > start && y + before + slice.height > height + SLACK {
            break;
        }
        y += before + slice.height;
        end += 1;
    }
    if end == slices.len() {
        return end;
    }
    // The last place where the page may end, or where it had better not, or else where it is full.
    let last = |keep| (start + 1..=end).rev().find(|at| slices[*at].keep <= keep);
    match (last(Keep::May), last(Keep::Avoid)) {
        (Some(may), Some(avoid)) if avoid > may => {
            // A page that would be left half empty had better end where others had better not.
            let filled: f32 = slices[start..may].iter().map(|slice| slice.before + slice.height).sum();
            if filled < height * LEAST_FILLED { avoid } else { may }
        }
        (Some(at), _) | (None, Some(at)) => at,
        (None, None) => end,
    }
}

fn set(slices: &[Rc<Slice>]) -> Page {
    let mut page = Page::default();
    let mut y = 0.0;
    for (i, slice) in slices.iter().enumerate() {
        if i == 0 {
            for head in repeated(slice) {
                page.slices.push((y, Rc::new(head.clone())));
                y += head.height;
            }
        } else {
            y += slice.before;
        }
        page.slices.push((y, Rc::clone(slice)));
        y += slice.height;
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(height: f32, keep: Keep) -> Slice {
        Slice { height, keep, ..Slice::default() }
    }

    fn counts(slices: Vec<Slice>, height: f32) -> Vec<usize> {
        paginate(&shared(slices), height).iter().map(|page| page.slices.len()).collect()
    }

    #[test]
    fn a_heading_goes_with_what_follows() {
        use Keep::{May, Never};
        let slices = vec![slice(60.0, May), slice(20.0, May), slice(30.0, Never), slice(30.0, May)];
        assert_eq!(counts(slices, 100.0), [1, 3]);
    }

    #[test]
    fn what_fits_no_page_together_is_parted() {
        let slices = vec![slice(60.0, Keep::May), slice(60.0, Keep::Never), slice(500.0, Keep::Never)];
        assert_eq!(counts(slices, 100.0), [1, 1, 1]);
        assert_eq!(counts(Vec::new(), 100.0), [0]);
    }

    #[test]
    fn space_is_left_out_at_the_top_of_a_page() {
        let slices = vec![slice(60.0, Keep::May), Slice { before: 30.0, ..slice(60.0, Keep::May) }];
        let pages = paginate(&shared(slices), 100.0);
        assert_eq!(pages[1].slices[0].0, 0.0);
    }

    #[test]
    fn a_table_s_header_is_set_again() {
        let head = Rc::new(vec![slice(20.0, Keep::May)]);
        let rows = (0..9).map(|_| Slice { head: Some(Rc::clone(&head)), ..slice(20.0, Keep::May) });
        let slices: Vec<Slice> = std::iter::once(slice(20.0, Keep::May)).chain(rows).collect();
        assert_eq!(counts(slices, 100.0), [5, 5, 2]);
    }
}
