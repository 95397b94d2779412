//! CSV in its dialects.

use std::ops::Range;

/// What may part cells: a comma, a semicolon, a tab or a bar.
pub const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How much of a text is looked at to tell its delimiter, in bytes.
const LOOKED_AT: usize = 1 << 16;

/// A row of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its cells, line ends in them as line feeds.
    pub cells: Vec<String>,
    /// Where it stands in the text, in bytes, without its line end.
    pub place: Range<usize>,
}

/// The delimiter that an Excel line such as `sep=;` at the beginning names, and how many bytes the line has.
#[must_use]
pub fn separator_line(text: &str) -> Option<(u8, usize)> {
    let line = text.lines().next()?;
    let inner = line.trim_end().trim_matches('"');
    let inner = inner.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &inner[4..]);
    // `trim_end` takes a tab.
    let named = match inner?.as_bytes() {
        [] if line.contains('\t') => b'\t',
        [one] if DELIMITERS.contains(one) => *one,
        _ => return None,
    };
    let rest = &text[line.len()..];
    let ends = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
    Some((named, line.len() + ends))
}

/// Which of the marks parts the cells: the one that stands equally often in most lines from the first on, outside quotes;
/// of equals the one that stands more often, then the first.
#[must_use]
pub fn delimiter(text: &str, marks: &[u8]) -> u8 {
    let lines = counts(text, marks);
    let score = |mark: usize| {
        let first = lines.first().map_or(0, |line| line[mark]);
        let agree = lines.iter().filter(|line| line[mark] == first).count();
        // A header without the mark has one column.
        if first == 0 { (0, 0) } else { (agree * 100 / lines.len(), first) }
    };
    let best = (0..marks.len()).max_by_key(|&mark| (score(mark), std::cmp::Reverse(mark)));
    best.and_then(|mark| marks.get(mark).copied()).unwrap_or(b',')
}

/// How often each mark stands in each line, outside quotes.
fn counts(text: &str, marks: &[u8]) -> Vec<Vec<usize>> {
    let bytes = text.as_bytes();
    let whole = bytes.len() <= LOOKED_AT;
    let bytes = &bytes[..bytes.len().min(LOOKED_AT)];
    let mut lines = Vec::new();
    let mut line = vec![0; marks.len()];
    let (mut quoted, mut begins, mut filled) = (false, true, false);
    for (at, &byte) in bytes.iter().enumerate() {
        if quoted {
            let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
            if byte == b'"' && (next == b'\n' || next == b'\r' || marks.contains(&next)) {
                quoted = false;
            }
            continue;
        }
        match byte {
            b'"' if begins => quoted = true,
            b'\n' | b'\r' => {
                if filled {
                    lines.push(std::mem::replace(&mut line, vec![0; marks.len()]));
                }
                filled = false;
            }
            _ => {
                if let Some(mark) = marks.iter().position(|&mark| mark == byte) {
                    line[mark] += 1;
                }
            }
        }
        filled |= !matches!(byte, b'\n' | b'\r');
        begins = matches!(byte, b'\n' | b'\r') || marks.contains(&byte);
    }
    // A line that was cut off says nothing.
    if filled && (whole || lines.is_empty()) {
        lines.push(line);
    }
    lines
}

/// Whether every quote that opens a cell is closed. Where one isn't, the rest of the text would be one cell, and quotes are
/// words.
#[must_use]
pub fn closes_quotes(text: &str, delimiter: u8) -> bool {
    let mut bytes = text.bytes().peekable();
    let (mut quoted, mut begins) = (false, true);
    while let Some(byte) = bytes.next() {
        if quoted {
            if byte == b'"' {
                if bytes.peek() == Some(&b'"') {
                    bytes.next();
                } else {
                    quoted = false;
                }
            }
            continue;
        }
        quoted = begins && byte == b'"';
        begins = matches!(byte, b'\n' | b'\r') || byte == delimiter;
    }
    !quoted
}

/// The rows of a text, those without a cell left out. `quoted` says whether quotes around a cell are none of its words.
pub fn records(text: &str, delimiter: u8, quoted: bool) -> impl Iterator<Item = Record> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoted)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    std::iter::from_fn(move || {
        // Text from memory that is UTF-8 can't fail.
        if !reader.read_record(&mut record).unwrap_or(false) {
            return None;
        }
        let start = record.position().map_or(0, |place| index(place.byte()));
        let end = index(reader.position().byte()).clamp(start, text.len());
        let slice = text.get(start..end).unwrap_or_default();
        let lead = slice.len() - slice.trim_start_matches(['\r', '\n']).len();
        let place = start + lead..(start + slice.trim_end_matches(['\r', '\n']).len()).max(start + lead);
        Some(Record { cells: record.iter().map(line_feeds).collect(), place })
    })
}

fn index(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

fn line_feeds(cell: &str) -> String {
    if cell.contains('\r') { cell.replace("\r\n", "\n").replace('\r', "\n") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_mark_that_stands_equally_often_in_the_lines() {
        for (text, mark) in [
            ("a,b;c\n1,2\n", b','),
            ("a;b;c\n1;2;3", b';'),
            ("a\t\"b,c,d\"\n", b'\t'),
            ("a\n", b','),
            ("", b','),
            ("शब्द;अर्थ\nजल;पानी, नीर, तोय\nआग;अग्नि, अनल\n", b';'),
            ("term|meaning\ndew|water, at night; cold\n", b'|'),
            ("a,b\n\"x;y;z\n;;\",2\n", b','),
            ("5\" pipe\tx, y\n6\" pipe\tz, w, v\n", b'\t'),
        ] {
            assert_eq!(delimiter(text, &DELIMITERS) as char, mark as char, "{text:?}");
        }
    }

    #[test]
    fn a_line_of_excel_names_the_delimiter() {
        assert_eq!(separator_line("sep=;\r\na;b\r\n"), Some((b';', 7)));
        assert_eq!(separator_line("SEP=\t\na\tb"), Some((b'\t', 6)));
        assert_eq!(separator_line("sep,b"), None);
        assert_eq!(separator_line("\"sep=|\"\na|b"), Some((b'|', 8)));
    }

    #[test]
    fn rows_have_their_places_and_cells_keep_what_stands_in_them() {
        let text = "a,b\r\n\r\n\"x\r\ny\"\"z\",1.10\n00123, क ";
        let found: Vec<Record> = records(text, b',', true).collect();
        let cells: Vec<&[String]> = found.iter().map(|record| record.cells.as_slice()).collect();
        assert_eq!(cells, [vec!["a", "b"], vec!["x\ny\"z", "1.10"], vec!["00123", " क "]]);
        assert_eq!(&text[found[1].place.clone()], "\"x\r\ny\"\"z\",1.10");
        assert_eq!(&text[found[2].place.clone()], "00123, क ");
    }

    #[test]
    fn a_quote_that_is_never_closed_is_noticed() {
        assert!(closes_quotes("\"a\"\"\",b\n5\" pipe,c\n", b','));
        assert!(!closes_quotes("a,\"b\nc,d\n", b','));
        let found: Vec<Record> = records("a,\"b\nc,d\n", b',', false).collect();
        assert_eq!(found[0].cells, ["a", "\"b"]);
        assert_eq!(found.len(), 2);
    }
}
