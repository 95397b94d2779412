//! Tables, with cells that go over several columns or rows (ECMA-376, 17.4).

use std::collections::{BTreeMap, BTreeSet};

use patra_core::phrase;

use super::body::{Reader, flattened};
use super::xml::{Node, attribute, child, children, is, value, words};

/// Word allows 63 columns.
const MOST_COLUMNS: usize = 256;

/// A cell, and where in its row it begins.
struct Cell<'a, 'i> {
    node: Node<'a, 'i>,
    column: usize,
    across: usize,
    /// Whether it goes on from the row above.
    goes_on: bool,
    /// Whether it begins a cell over several rows.
    begins: bool,
}

fn cells<'a, 'i>(row: Node<'a, 'i>) -> Vec<Cell<'a, 'i>> {
    let properties = child(row, "trPr");
    let before = properties.and_then(|properties| value(properties, "gridBefore"));
    let mut column = before.and_then(|count| count.parse().ok()).unwrap_or(0_usize).min(MOST_COLUMNS);
    let mut found = Vec::new();
    for node in flattened(row).into_iter().filter(|node| is(*node, "tc")) {
        let properties = child(node, "tcPr");
        let across = properties.and_then(|properties| value(properties, "gridSpan"));
        let across = across.and_then(|count| count.parse().ok()).unwrap_or(1_usize).clamp(1, MOST_COLUMNS);
        let merged = properties.and_then(|properties| child(properties, "vMerge"));
        let begins = merged.is_some_and(|merged| attribute(merged, "val") == Some("restart"));
        found.push(Cell { node, column, across, goes_on: merged.is_some() && !begins, begins });
        column += across;
    }
    found
}

impl<'d> Reader<'d> {
    /// Writes a table.
    pub(super) fn table(&mut self, table: Node<'d, 'd>) {
        let mut rows = Vec::new();
        for row in flattened(table).into_iter().filter(|node| is(*node, "tr")) {
            if child(row, "trPr").is_some_and(|properties| child(properties, "del").is_some()) {
                let left = words(row, "t") + &words(row, "delText");
                self.deleted(&left);
                continue;
            }
            rows.push((row, cells(row)));
        }
        // In how many rows each merged cell goes on, by its row and column.
        let mut down: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut hidden: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut open: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, (_, cells)) in rows.iter().enumerate() {
            let mut still = BTreeMap::new();
            for cell in cells {
                match open.get(&cell.column).filter(|_| cell.goes_on) {
                    Some(&first) => {
                        *down.entry((first, cell.column)).or_insert(1) += 1;
                        still.insert(cell.column, first);
                        hidden.insert((at, cell.column));
                    }
                    None if cell.begins => drop(still.insert(cell.column, at)),
                    None => {}
                }
            }
            open = still;
        }
        self.write("<table>\n");
        for (at, (row, cells)) in rows.iter().enumerate() {
            let named = child(*row, "trPr").is_some_and(|properties| child(properties, "tblHeader").is_some());
            let set = at == 0 && rows.len() > 1 && cells.len() > 1;
            let heads = named || (set && cells.iter().all(|cell| self.is_bold(cell.node)));
            self.write("<tr>\n");
            for (written, cell) in cells.iter().enumerate() {
                // Columns that the row leaves out before its first cell.
                if written == 0 && cell.column > 0 {
                    self.write(&format!("<td colspan=\"{}\"></td>", cell.column));
                }
                if hidden.contains(&(at, cell.column)) {
                    let words = words(cell.node, "t");
                    if !words.trim().is_empty() {
                        self.left_out(phrase!("a cell that is hidden by a merged one"), &words);
                    }
                    continue;
                }
                let name = if heads { "th" } else { "td" };
                let mut attributes = String::new();
                if cell.across > 1 {
                    attributes.push_str(&format!(" colspan=\"{}\"", cell.across));
                }
                if let Some(down) = down.get(&(at, cell.column)) {
                    attributes.push_str(&format!(" rowspan=\"{down}\""));
                }
                self.write(&format!("<{name}{attributes}>"));
                self.headed += usize::from(heads);
                self.in_table += 1;
                self.blocks(cell.node);
                self.close_all();
                self.in_table -= 1;
                self.headed -= usize::from(heads);
                self.write(&format!("</{name}>\n"));
            }
            self.write("</tr>\n");
        }
        self.write("</table>\n");
    }

    /// Whether all words in an element are bold.
    fn is_bold(&self, node: Node<'_, '_>) -> bool {
        let mut any = false;
        for paragraph in node.descendants().filter(|inner| is(*inner, "p")) {
            let style = child(paragraph, "pPr").and_then(|properties| value(properties, "pStyle"));
            let look = self.styles.resolve(style).look;
            for run in children(paragraph, "r").filter(|run| !words(*run, "t").trim().is_empty()) {
                any = true;
                if self.look(run, &look).bold != Some(true) {
                    return false;
                }
            }
        }
        any
    }
}
