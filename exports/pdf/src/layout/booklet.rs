//! Booklets: which pages stand side by side on a sheet, so that the sheets folded together are read in order.

/// A side of a sheet with the pages on it, from 0; one that the text doesn't reach is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Side {
    pub(crate) left: Option<usize>,
    pub(crate) right: Option<usize>,
    /// Which sheet it is of, from 0, the outermost.
    pub(crate) sheet: usize,
    /// How many sheets lie around the innermost.
    pub(crate) around: usize,
    /// Whether it is the side that a printer prints second.
    pub(crate) back: bool,
}

/// The sides of the sheets for so many pages, each sheet's front before its back, from the outermost sheet to the innermost.
///
/// Where lines run from right to left, a booklet has its fold on the right, so that left and right change places.
pub(crate) fn booklet(pages: usize, rtl: bool) -> Vec<Side> {
    let sheets = pages.div_ceil(4).max(1);
    let last = sheets * 4 - 1;
    let side = |left: usize, right: usize, sheet: usize, back: bool| {
        let (left, right) = if rtl { (right, left) } else { (left, right) };
        let there = |page: usize| (page < pages).then_some(page);
        Side { left: there(left), right: there(right), sheet, around: sheets - 1, back }
    };
    (0..sheets)
        .flat_map(|sheet| {
            let first = 2 * sheet;
            [side(last - first, first, sheet, false), side(first + 1, last - first - 1, sheet, true)]
        })
        .collect()
}

impl Side {
    /// What it is called: the numbers of its pages, from left to right.
    pub(crate) fn label(&self) -> String {
        let numbers: Vec<String> =
            [self.left, self.right].into_iter().flatten().map(|page| (page + 1).to_string()).collect();
        if numbers.is_empty() { "–".to_owned() } else { numbers.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_sheets_are_read_in_order() {
        for pages in 1..=17 {
            for rtl in [false, true] {
                let sides = booklet(pages, rtl);
                assert_eq!(sides.len(), pages.div_ceil(4) * 2);
                // A leaf is half a sheet. Those right of the fold come first, from the outermost sheet to the innermost,
                // and then those left of it, from the innermost to the outermost.
                let mut read = Vec::new();
                let outer = |side: &Side| if rtl { (side.right, side.left) } else { (side.left, side.right) };
                for sheet in sides.chunks(2) {
                    read.extend([outer(&sheet[0]).1, outer(&sheet[1]).0]);
                }
                for sheet in sides.chunks(2).rev() {
                    read.extend([outer(&sheet[1]).1, outer(&sheet[0]).0]);
                }
                let wanted: Vec<Option<usize>> =
                    (0..pages.div_ceil(4) * 4).map(|page| (page < pages).then_some(page)).collect();
                assert_eq!(read, wanted, "{pages} pages, {rtl}");
            }
        }
    }

    #[test]
    fn sides_are_called_by_their_pages() {
        let labels = |pages, rtl| booklet(pages, rtl).iter().map(Side::label).collect::<Vec<_>>();
        assert_eq!(labels(8, false), ["8, 1", "2, 7", "6, 3", "4, 5"]);
        assert_eq!(labels(8, true), ["1, 8", "7, 2", "3, 6", "5, 4"]);
        assert_eq!(labels(1, false), ["1", "–"]);
    }
}
