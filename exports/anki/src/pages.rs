//! Tables as the pages of an SQLite file.
//!
//! SQLite takes some four thousand instructions to add a row, since it has to look for its place and keep the file whole at
//! any moment. Rows that come in the order of their ids, once, and are never looked at need none of this: they are written as
//! they will lie in the file. What a page and a row look like is from <https://sqlite.org/fileformat2.html>, 1.5 to 1.6 and
//! 2.1; that SQLite finds nothing wrong with them is tested.

/// The size of a page, in bytes: the largest there is.
pub(crate) const PAGE: usize = 65_536;

/// The most of a row that lies in its leaf page; of a longer one a part goes on in overflow pages (`X` in 1.6).
const MOST_LOCAL: usize = PAGE - 35;

/// The least of a longer row that lies in its leaf page (`M` in 1.6).
const LEAST_LOCAL: usize = (PAGE - 12) * 32 / 255 - 23;

/// How many pages lie before the one that holds nothing, since programs lock the file by it: that at 1 GiB (1.4).
const LOCK_PAGE: usize = (1 << 30) / PAGE;

/// How many pages one page leads to, at 15 bytes each at most; few in tests, so that they have deep trees.
const LED: usize = if cfg!(test) { 3 } else { (PAGE - 12) / 15 };

/// The pages of a file in their order; the first has the number 1.
#[derive(Clone, Debug)]
pub(crate) struct Pages(Vec<Vec<u8>>);

impl Pages {
    /// The pages of a file that SQLite has made with empty tables.
    pub fn of(file: &[u8]) -> Self {
        Pages(file.chunks(PAGE).map(<[u8]>::to_vec).collect())
    }

    /// How large the file is, in bytes.
    pub fn size(&self) -> u64 {
        self.0.iter().map(|page| page.len() as u64).sum()
    }

    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(Vec::as_slice)
    }

    /// Adds a page, and gives its number.
    fn add(&mut self, page: Vec<u8>) -> u32 {
        if self.0.len() == LOCK_PAGE {
            self.0.push(vec![0; PAGE]);
        }
        self.0.push(page);
        self.count()
    }

    fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// Has the first page say how many there are.
    pub fn finish(&mut self) {
        let count = self.count().to_be_bytes();
        if let Some(header) = self.0.first_mut() {
            header[28..32].copy_from_slice(&count);
        }
    }
}

/// A row that is put together: the types of its columns, and what they hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    types: Vec<u8>,
    content: Vec<u8>,
}

impl Row {
    /// The same row without columns.
    pub fn clear(&mut self) -> &mut Self {
        self.types.clear();
        self.content.clear();
        self
    }

    /// A column that holds nothing, as that of the row's own id does.
    pub fn null(&mut self) -> &mut Self {
        self.types.push(0);
        self
    }

    pub fn integer(&mut self, value: i64) -> &mut Self {
        let (code, bytes) = match value {
            0 => (8, 0),
            1 => (9, 0),
            -0x80..0x80 => (1, 1),
            -0x8000..0x8000 => (2, 2),
            -0x80_0000..0x80_0000 => (3, 3),
            -0x8000_0000..0x8000_0000 => (4, 4),
            -0x8000_0000_0000..0x8000_0000_0000 => (5, 6),
            _ => (6, 8),
        };
        self.types.push(code);
        self.content.extend_from_slice(&value.to_be_bytes()[8 - bytes..]);
        self
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        varint(&mut self.types, 13 + 2 * text.len() as u64);
        self.content.extend_from_slice(text.as_bytes());
        self
    }
}

/// A table to which rows are added in the order of their ids.
#[derive(Debug)]
pub(crate) struct Table {
    /// The number of its first page, which leads to the others.
    root: u32,
    leaf: Leaf,
    /// The pages that are full, with the largest id in each.
    full: Vec<(u32, i64)>,
    /// The front of a row: its length, its id, and the types of its columns.
    front: Vec<u8>,
}

impl Table {
    pub fn new(root: u32) -> Self {
        Table { root, leaf: Leaf::new(), full: Vec::new(), front: Vec::new() }
    }

    /// Adds a row. `id` is larger than that of the row before.
    pub fn add(&mut self, pages: &mut Pages, id: i64, row: &Row) {
        // The size of the header counts itself, in one byte or two.
        let size = row.types.len() + if row.types.len() < 0x7F { 1 } else { 2 };
        let mut front = std::mem::take(&mut self.front);
        front.clear();
        varint(&mut front, (size + row.content.len()) as u64);
        // Ids below zero are written as the unsigned number of the same bits.
        varint(&mut front, id.cast_unsigned());
        varint(&mut front, size as u64);
        front.extend_from_slice(&row.types);
        let length = size + row.content.len();
        let (local, overflow) = match length {
            ..=MOST_LOCAL => (row.content.as_slice(), None),
            _ => {
                let even = LEAST_LOCAL + (length - LEAST_LOCAL) % (PAGE - 4);
                let local = if even <= MOST_LOCAL { even } else { LEAST_LOCAL };
                let (local, rest) = row.content.split_at(local - size);
                (local, Some(overflow(pages, rest).to_be_bytes()))
            }
        };
        let cell: [&[u8]; 3] = [&front, local, overflow.as_ref().map_or(&[], |number| number)];
        if !self.leaf.has_room(&cell) {
            let leaf = std::mem::replace(&mut self.leaf, Leaf::new());
            self.full.push((pages.add(leaf.page), leaf.last));
        }
        self.leaf.add(id, &cell);
        self.front = front;
    }

    /// Writes the page that leads to all others.
    pub fn finish(self, pages: &mut Pages) {
        let Table { root, leaf, mut full, .. } = self;
        let root = root as usize - 1;
        if full.is_empty() {
            pages.0[root] = leaf.page;
            return;
        }
        full.push((pages.add(leaf.page), leaf.last));
        while full.len() > LED {
            // As even as can be: a page that led to one other alone would be a fault.
            let (count, parts) = (full.len(), full.len().div_ceil(LED));
            let part = |index: usize| &full[count * index / parts..count * (index + 1) / parts];
            let last = |below: &[(u32, i64)]| below.last().map_or(0, |(_, last)| *last);
            full = (0..parts).map(|index| (pages.add(interior(part(index))), last(part(index)))).collect();
        }
        pages.0[root] = interior(&full);
    }
}

/// A page of rows: from its front what stands in it and where, from its end the rows.
#[derive(Debug)]
struct Leaf {
    page: Vec<u8>,
    rows: usize,
    /// Where the last row begins.
    start: usize,
    /// The id of the last row.
    last: i64,
}

impl Leaf {
    /// The bytes before the list of rows.
    const HEADER: usize = 8;

    fn new() -> Self {
        let mut page = vec![0; PAGE];
        page[0] = 0x0D;
        Leaf { page, rows: 0, start: PAGE, last: 0 }
    }

    fn has_room(&self, cell: &[&[u8]]) -> bool {
        let length: usize = cell.iter().map(|part| part.len()).sum();
        Self::HEADER + 2 * (self.rows + 1) + length <= self.start
    }

    fn add(&mut self, id: i64, cell: &[&[u8]]) {
        for part in cell.iter().rev() {
            self.start -= part.len();
            self.page[self.start..self.start + part.len()].copy_from_slice(part);
        }
        let at = Self::HEADER + 2 * self.rows;
        self.rows += 1;
        self.last = id;
        short(&mut self.page, at, self.start);
        short(&mut self.page, 3, self.rows);
        short(&mut self.page, 5, self.start);
    }
}

/// A page that leads to others, of which the last has no id in it.
fn interior(below: &[(u32, i64)]) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    page[0] = 0x05;
    let mut start = PAGE;
    let Some(((last, _), others)) = below.split_last() else { return page };
    for (index, (number, id)) in others.iter().enumerate() {
        let mut cell = number.to_be_bytes().to_vec();
        varint(&mut cell, id.cast_unsigned());
        start -= cell.len();
        page[start..start + cell.len()].copy_from_slice(&cell);
        short(&mut page, 12 + 2 * index, start);
    }
    short(&mut page, 3, others.len());
    short(&mut page, 5, start);
    page[8..12].copy_from_slice(&last.to_be_bytes());
    page
}

/// Writes the rest of a long row in pages of its own, each of which names the next, and gives the number of the first.
fn overflow(pages: &mut Pages, rest: &[u8]) -> u32 {
    let mut numbers = Vec::new();
    for part in rest.chunks(PAGE - 4) {
        let mut page = vec![0; PAGE];
        page[4..4 + part.len()].copy_from_slice(part);
        numbers.push(pages.add(page));
    }
    for pair in numbers.windows(2) {
        pages.0[pair[0] as usize - 1][..4].copy_from_slice(&pair[1].to_be_bytes());
    }
    numbers.first().copied().unwrap_or(0)
}

/// Writes a number of two bytes; 65,536 is written as 0.
fn short(page: &mut [u8], at: usize, number: usize) {
    page[at..at + 2].copy_from_slice(&(number as u16).to_be_bytes());
}

/// Adds a number as SQLite's varint: seven bits a byte from the highest on, eight in the ninth.
fn varint(out: &mut Vec<u8>, number: u64) {
    if number >> 56 != 0 {
        out.extend((0..8).map(|index| (number >> (57 - 7 * index)) as u8 | 0x80));
        out.push(number as u8);
        return;
    }
    let bits = 64 - number.leading_zeros();
    let bytes = bits.div_ceil(7).max(1);
    for index in (0..bytes).rev() {
        let more = if index > 0 { 0x80 } else { 0 };
        out.push((number >> (7 * index)) as u8 & 0x7F | more);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;

    /// What SQLite reads in a file with these rows, after it has looked for faults.
    fn read(rows: &[(i64, Option<i64>, String)]) -> Vec<(i64, Option<i64>, String)> {
        let mut empty = Connection::open_in_memory().expect("a database");
        let schema =
            "CREATE TABLE a (id integer PRIMARY KEY, n integer, t text); CREATE TABLE b (id integer PRIMARY KEY);";
        empty.execute_batch(&format!("PRAGMA page_size = {PAGE}; {schema}")).expect("tables");
        let mut pages = Pages::of(&empty.serialize("main").expect("a file"));
        let (mut table, mut row) = (Table::new(2), Row::default());
        for (id, number, text) in rows {
            let row = row.clear().null();
            let row = if let Some(number) = number { row.integer(*number) } else { row.null() };
            table.add(&mut pages, *id, row.text(text));
        }
        table.finish(&mut pages);
        pages.finish();
        let bytes: Vec<u8> = pages.iter().flatten().copied().collect();
        assert_eq!(bytes.len() as u64, pages.size());
        let mut full = Connection::open_in_memory().expect("a database");
        full.deserialize_read_exact("main", bytes.as_slice(), bytes.len(), false).expect("a database");
        let found: String = full.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("an answer");
        assert_eq!(found, "ok");
        // It may go on being written to.
        full.execute("INSERT INTO b VALUES (1)", []).expect("a row");
        let mut statement = full.prepare("SELECT id, n, t FROM a ORDER BY id").expect("a statement");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    }

    #[test]
    fn sqlite_reads_rows_of_every_length() {
        assert_eq!(read(&[]), []);
        let lengths = (0..300).chain(MOST_LOCAL - 40..MOST_LOCAL + 40).chain([PAGE, 2 * PAGE - 9, 1_000_000, 0]);
        let lengths: Vec<usize> = lengths.chain(LEAST_LOCAL + PAGE - 40..LEAST_LOCAL + PAGE + 20).collect();
        let rows: Vec<_> = (1..).zip(lengths).map(|(id, length)| (id, None, "x".repeat(length))).collect();
        assert!(read(&rows) == rows);
    }

    #[test]
    fn sqlite_reads_a_tree_of_many_pages() {
        for count in [0, 1, 2, 3, 4, 7, 10, 11, 14, 28, 29, 40, 90] {
            let rows: Vec<_> = (0..count).map(|id| (id + (1 << 56), Some(id), "x".repeat(60_000))).collect();
            assert!(read(&rows) == rows, "{count}");
        }
    }

    proptest! {
        #[test]
        fn sqlite_reads_what_was_written(
            rows in proptest::collection::btree_map(any::<i64>(), (any::<Option<i64>>(), "\\PC{0,20}", 0_usize..30), 0..40),
            shift in 0_u32..64,
        ) {
            let rows: std::collections::BTreeMap<i64, _> = rows.into_iter().map(|(id, row)| (id >> shift, row)).collect();
            let rows = rows.into_iter();
            let rows: Vec<_> = rows.map(|(id, (n, text, times))| (id, n.map(|n| n >> shift), text.repeat(times * times * times))).collect();
            prop_assert_eq!(read(&rows), rows);
        }
    }
}
