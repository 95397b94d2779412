//! The HTML of a field to blocks.
//!
//! Of what the tags mean only as much is kept as the model has.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{
    Alignment, Block, CodeBlock, Column, Figure, Link, List, ListItem, Math, Paragraph, Row, Run, Span, Table, Tagged,
    Text,
};

use super::piece::{Piece, attribute, is_block, pieces};
use crate::formula;

/// The deepest nesting of marks that is kept; what is deeper keeps its words.
const DEEPEST: usize = 8;

/// What stands between marks in a field.
#[derive(Clone, Copy)]
enum Marked {
    Sound,
    /// LaTeX with its own marks for formulas.
    Latex,
    Inline,
    Display,
}

const MARKS: [formula::Mark<Marked>; 6] = [
    ("[sound:", "]", Marked::Sound),
    ("\\(", "\\)", Marked::Inline),
    ("\\[", "\\]", Marked::Display),
    ("[latex]", "[/latex]", Marked::Latex),
    ("[$]", "[/$]", Marked::Inline),
    ("[$$]", "[/$$]", Marked::Display),
];

/// Reads fields; knows the files of the package.
pub(super) struct Fields<'n> {
    /// The names of the files, each with the one that it gets.
    names: &'n BTreeMap<String, String>,
    /// The files that were named, by the names they get, each with its own.
    pub used: BTreeMap<String, String>,
    /// The files that are named and not there.
    pub missing: BTreeSet<String>,
}

/// A mark that is open, and what stands in it so far.
struct Open {
    tag: String,
    text: Text,
    /// The target of a link, the tag of a language.
    value: String,
}

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    /// What is being written, under the marks that are open.
    text: Text,
    open: Vec<Open>,
    /// The lists that are open: ordered or not; the items of all go into the outermost.
    lists: Vec<bool>,
    items: Vec<ListItem>,
    in_item: bool,
    /// The table that is open: rows of cells, each a head or not.
    table: Option<Vec<Vec<(bool, Text)>>>,
    cell: Option<bool>,
    pre: usize,
    /// What stands in no text, until the list or the table around it is closed.
    after: Vec<Block>,
}

impl<'n> Fields<'n> {
    pub(super) fn new(names: &'n BTreeMap<String, String>) -> Self {
        Fields { names, used: BTreeMap::new(), missing: BTreeSet::new() }
    }

    /// The blocks of a field.
    pub(super) fn blocks(&mut self, html: &str) -> Vec<Block> {
        let mut builder = Builder::default();
        for piece in pieces(html) {
            match piece {
                Piece::Words(words) => builder.words(&words),
                Piece::Open(tag, attributes) => self.open(&mut builder, &tag, &attributes),
                Piece::Close(tag) => builder.close(&tag),
            }
        }
        builder.finish();
        let mut blocks = builder.blocks;
        blocks.iter_mut().for_each(|block| self.marks(block));
        blocks
    }

    /// The words of a field on as many lines as it has, and the blocks that are more than words.
    pub(super) fn text(&mut self, html: &str) -> (Text, Vec<Block>) {
        let mut text = Text::default();
        let mut rest = Vec::new();
        for block in self.blocks(html) {
            match block {
                Block::Paragraph(paragraph) if rest.is_empty() => {
                    if !text.is_empty() {
                        text.push(Run::Break);
                    }
                    text.append(paragraph.text);
                }
                other => rest.push(other),
            }
        }
        (text, rest)
    }

    /// The name of a file that the package has.
    fn file(&mut self, name: &str) -> Option<String> {
        let decoded = percent_decoded(name);
        let found = [name, decoded.as_str()].into_iter().find_map(|name| {
            let given = self.names.get(name).or_else(|| self.names.get(patra_core::nfc(name).as_ref()))?;
            Some((name.to_owned(), given.clone()))
        });
        if let Some((name, given)) = found {
            self.used.insert(given.clone(), name);
            return Some(given);
        }
        self.missing.insert(name.chars().take(200).collect());
        None
    }

    fn open(&mut self, builder: &mut Builder, tag: &str, attributes: &[(String, String)]) {
        match tag {
            "img" => {
                let source = attribute(attributes, "src");
                let alt = attribute(attributes, "alt").trim();
                let remote = source.contains("://");
                let given = if remote { Some(source.to_owned()) } else { self.file(source) };
                match given {
                    Some(given) => {
                        let last = source.rsplit(['/', '\\']).next().unwrap_or(source);
                        let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
                        let alt = if alt.is_empty() { percent_decoded(stem) } else { alt.to_owned() };
                        builder.block(Block::Figure(Figure { source: given, alt, ..Figure::default() }));
                    }
                    // What can't be shown is told of by its words.
                    None => builder.words(if alt.is_empty() { source.get(..200).unwrap_or(source) } else { alt }),
                }
            }
            _ => builder.open(tag, attributes),
        }
    }

    /// Reads what Anki and MathJax find in the words themselves: `[sound:…]`, `\(…\)`, `[latex]…[/latex]`.
    fn marks(&mut self, block: &mut Block) {
        match block {
            Block::Paragraph(paragraph) => {
                // A formula that is all of a paragraph stands on a line of its own.
                if let [Run::Plain(words)] = paragraph.text.runs()
                    && let [formula::Piece::Marked(Marked::Display, tex)] = formula::pieces(words.trim(), &MARKS)[..]
                {
                    *block = Block::Math(Math { tex: tex.to_owned(), span: Span::NONE });
                    return;
                }
                paragraph.text = trimmed(self.marked(&paragraph.text));
            }
            Block::List(list) => list.items.iter_mut().for_each(|item| item.text = self.marked(&item.text)),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                let heads = table.columns.iter_mut().map(|column| &mut column.heading);
                cells.chain(heads).for_each(|text| *text = self.marked(text));
            }
            _ => {}
        }
    }

    fn marked(&mut self, text: &Text) -> Text {
        let mut out = Text::default();
        for run in text.runs() {
            match run {
                Run::Plain(words) => self.marked_words(words, &mut out),
                run => out.push(run.map_inner(|inner| self.marked(inner))),
            }
        }
        out
    }

    fn marked_words(&mut self, words: &str, out: &mut Text) {
        for piece in formula::pieces(words, &MARKS) {
            match piece {
                formula::Piece::Words(words) => out.push(Run::Plain(words.to_owned())),
                formula::Piece::Marked(Marked::Sound, name) => match self.file(name) {
                    Some(target) => out.push(Run::Link(Link { text: Text::plain(name), target })),
                    None => out.push(Run::Plain(name.to_owned())),
                },
                formula::Piece::Marked(Marked::Latex, held) => {
                    out.push(Run::Math(held.trim_matches('$').trim().to_owned()));
                }
                formula::Piece::Marked(Marked::Inline | Marked::Display, tex) => out.push(Run::Math(tex.to_owned())),
            }
        }
    }
}

impl Builder {
    /// Where words go now.
    fn target(&mut self) -> &mut Text {
        match self.open.last_mut() {
            Some(open) => &mut open.text,
            None => &mut self.text,
        }
    }

    fn words(&mut self, words: &str) {
        let words: String = words.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
        if self.pre > 0 {
            self.target().push(Run::Plain(words));
            return;
        }
        let mut spaced = String::with_capacity(words.len());
        for c in words.chars() {
            if !c.is_whitespace() {
                spaced.push(c);
            } else if !spaced.ends_with(' ') {
                spaced.push(' ');
            }
        }
        self.target().push(Run::Plain(spaced));
    }

    fn open(&mut self, tag: &str, attributes: &[(String, String)]) {
        match tag {
            "br" if self.pre > 0 => self.target().push(Run::Plain("\n".to_owned())),
            "br" => self.target().push(Run::Break),
            "hr" => self.boundary(),
            "b" | "strong" => self.mark("strong", ""),
            "i" | "em" => self.mark("em", ""),
            "sup" | "sub" => self.mark(tag, ""),
            "s" | "del" | "strike" => self.mark("s", ""),
            "code" | "kbd" | "tt" if self.pre == 0 => self.mark("code", ""),
            "a" => self.mark("a", attribute(attributes, "href")),
            "span" | "bdi" => self.mark("span", attribute(attributes, "lang")),
            "pre" => {
                self.boundary();
                self.pre += 1;
            }
            "ul" | "ol" => {
                self.boundary();
                if self.table.is_none() {
                    self.lists.push(tag == "ol");
                }
            }
            "li" => {
                // The one before it need not be closed.
                if self.in_item {
                    self.end_item();
                } else {
                    self.boundary();
                }
                self.in_item = !self.lists.is_empty();
            }
            "table" => {
                self.boundary();
                if self.table.is_none() && self.lists.is_empty() {
                    self.table = Some(Vec::new());
                }
            }
            "tr" => {
                self.end_cell();
                self.table.iter_mut().for_each(|rows| rows.push(Vec::new()));
            }
            "td" | "th" => {
                self.end_cell();
                match &self.table {
                    Some(_) => self.cell = Some(tag == "th"),
                    None => self.boundary(),
                }
            }
            _ if is_block(tag) => self.boundary(),
            _ => {}
        }
    }

    fn close(&mut self, tag: &str) {
        match tag {
            "b" | "strong" => self.unmark("strong"),
            "i" | "em" => self.unmark("em"),
            "sup" | "sub" => self.unmark(tag),
            "s" | "del" | "strike" => self.unmark("s"),
            "code" | "kbd" | "tt" => self.unmark("code"),
            "a" => self.unmark("a"),
            "span" | "bdi" => self.unmark("span"),
            "pre" if self.pre > 0 => {
                self.fold();
                self.pre -= 1;
                let code = std::mem::take(&mut self.text).to_plain();
                let code = code.trim_matches('\n').to_owned();
                if !code.trim().is_empty() {
                    self.block(Block::Code(CodeBlock { language: None, text: code, span: Span::NONE }));
                }
            }
            "li" => self.end_item(),
            "ul" | "ol" => {
                self.end_item();
                let ordered = self.lists.pop().unwrap_or(false);
                if self.lists.is_empty() {
                    self.end_list(ordered);
                }
            }
            "td" | "th" => self.end_cell(),
            "table" => self.end_table(),
            _ if is_block(tag) => self.boundary(),
            _ => {}
        }
    }

    fn mark(&mut self, tag: &str, value: &str) {
        if self.open.len() < DEEPEST {
            self.open.push(Open { tag: tag.to_owned(), text: Text::default(), value: value.to_owned() });
        }
    }

    /// Closes a mark, and those in it that were not closed.
    fn unmark(&mut self, tag: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open.tag == tag) {
            while self.open.len() > at {
                self.fold_one();
            }
        }
    }

    fn fold_one(&mut self) {
        let Some(Open { tag, text, value }) = self.open.pop() else { return };
        let blank = text.is_blank() && !text.runs().iter().any(|run| matches!(run, Run::Link(_)));
        let target = self.target();
        match tag.as_str() {
            _ if blank => target.append(text),
            "strong" => target.push(Run::Strong(text)),
            "em" => target.push(Run::Emphasis(text)),
            "sup" => target.push(Run::Superscript(text)),
            "sub" => target.push(Run::Subscript(text)),
            "s" => target.push(Run::Strikeout(text)),
            "code" => target.push(Run::Code(text.to_plain())),
            "a" if !value.trim().is_empty() && !value.to_lowercase().starts_with("javascript:") => {
                target.push(Run::Link(Link { text, target: value.trim().to_owned() }));
            }
            "span" => match value.parse() {
                Ok(language) if !value.is_empty() => target.push(Run::Language(Tagged { text, language })),
                _ => target.append(text),
            },
            _ => target.append(text),
        }
    }

    /// Closes all marks.
    fn fold(&mut self) {
        while !self.open.is_empty() {
            self.fold_one();
        }
    }

    /// A paragraph ends here; in a cell or an item, a line.
    fn boundary(&mut self) {
        // A mark around several paragraphs goes on in the next.
        let open: Vec<(String, String)> = self.open.iter().map(|open| (open.tag.clone(), open.value.clone())).collect();
        self.fold();
        if self.cell.is_some() || self.in_item || self.pre > 0 {
            let ended = self.pre == 0 && matches!(self.text.runs().last(), Some(Run::Break));
            if !self.text.is_blank() && !ended {
                self.text.push(if self.pre > 0 { Run::Plain("\n".to_owned()) } else { Run::Break });
            }
        } else {
            self.paragraph();
        }
        open.iter().for_each(|(tag, value)| self.mark(tag, value));
    }

    fn paragraph(&mut self) {
        let text = trimmed(std::mem::take(&mut self.text));
        if !text.is_blank() {
            self.block(Block::Paragraph(Paragraph { text, span: Span::NONE }));
        }
    }

    /// Adds a block, or keeps it until the list or table around it ends.
    fn block(&mut self, block: Block) {
        if self.cell.is_some() || !self.lists.is_empty() || self.table.is_some() {
            self.after.push(block);
            return;
        }
        if !matches!(block, Block::Paragraph(_)) {
            // What was said before it.
            let open: Vec<(String, String)> =
                self.open.iter().map(|open| (open.tag.clone(), open.value.clone())).collect();
            self.fold();
            let text = trimmed(std::mem::take(&mut self.text));
            if !text.is_blank() {
                self.blocks.push(Block::Paragraph(Paragraph { text, span: Span::NONE }));
            }
            open.iter().for_each(|(tag, value)| self.mark(tag, value));
        }
        self.blocks.push(block);
    }

    fn end_item(&mut self) {
        if self.lists.is_empty() {
            // An item of no list, as those in a cell are, ends a line.
            return self.boundary();
        }
        self.fold();
        self.in_item = false;
        let text = trimmed(std::mem::take(&mut self.text));
        if !text.is_blank() {
            self.items.push(ListItem { text, ..ListItem::default() });
        }
    }

    fn end_list(&mut self, ordered: bool) {
        let items = std::mem::take(&mut self.items);
        if !items.is_empty() {
            let mut list = List { start: ordered.then_some(1), items, ..List::default() };
            if ordered {
                list.take_written_markers();
            }
            self.block(Block::List(list));
        }
        self.flush_after();
    }

    fn flush_after(&mut self) {
        if self.lists.is_empty() && self.table.is_none() {
            let after = std::mem::take(&mut self.after);
            self.blocks.extend(after);
        }
    }

    fn end_cell(&mut self) {
        let Some(head) = self.cell.take() else {
            return;
        };
        self.fold();
        let text = trimmed(std::mem::take(&mut self.text));
        if let Some(rows) = &mut self.table {
            match rows.last_mut() {
                Some(row) => row.push((head, text)),
                None => rows.push(vec![(head, text)]),
            }
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        let Some(mut rows) = self.table.take() else { return };
        rows.retain(|row| !row.is_empty());
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        if width > 0 {
            let headed = rows[0].iter().all(|(head, _)| *head) && rows.len() > 1;
            let header = if headed { rows.remove(0) } else { Vec::new() };
            let mut headings: Vec<Text> = header.into_iter().map(|(_, text)| text).collect();
            headings.resize(width, Text::default());
            let columns = headings.into_iter().map(|heading| Column { heading, alignment: Alignment::Start }).collect();
            let rows = rows
                .into_iter()
                .map(|row| {
                    let mut cells: Vec<Text> = row.into_iter().map(|(_, text)| text).collect();
                    cells.resize(width, Text::default());
                    Row { cells, span: Span::NONE }
                })
                .collect();
            self.block(Block::Table(Table { columns, rows, span: Span::NONE }));
        }
        self.flush_after();
    }

    fn finish(&mut self) {
        self.fold();
        if self.pre > 0 {
            self.close("pre");
        }
        self.end_table();
        if !self.lists.is_empty() {
            self.end_item();
            let ordered = self.lists[0];
            self.lists.clear();
            self.end_list(ordered);
        }
        self.paragraph();
        self.flush_after();
    }
}

/// A text without white space and line ends at its ends, and around the line ends in it.
fn trimmed(text: Text) -> Text {
    let mut runs: Vec<Run> = text.runs().to_vec();
    while matches!(runs.last(), Some(Run::Break))
        || matches!(runs.last(), Some(Run::Plain(words)) if words.trim().is_empty())
    {
        runs.pop();
    }
    let blank = |run: &Run| matches!(run, Run::Break) || matches!(run, Run::Plain(words) if words.trim().is_empty());
    let lead = runs.iter().take_while(|run| blank(run)).count();
    runs.drain(..lead);
    let count = runs.len();
    for at in 0..count {
        let after_break = at == 0 || matches!(runs[at - 1], Run::Break);
        let before_break = at + 1 == count || matches!(runs[at + 1], Run::Break);
        if let Run::Plain(words) = &mut runs[at] {
            if after_break {
                *words = words.trim_start().to_owned();
            }
            if before_break {
                *words = words.trim_end().to_owned();
            }
        }
    }
    runs.into_iter().collect()
}

/// A name without the percent signs that a browser needs.
fn percent_decoded(name: &str) -> String {
    if !name.contains('%') {
        return name.to_owned();
    }
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| name.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::piece::plain;
    use super::*;

    fn read(html: &str) -> Vec<Block> {
        let names = [("a.png", "media/a.png"), ("क.mp3", "media/क.mp3")];
        let names = names.into_iter().map(|(one, other)| (one.to_owned(), other.to_owned())).collect();
        Fields::new(&names).blocks(html)
    }

    fn paragraph(html: &str) -> Text {
        match read(html).as_slice() {
            [Block::Paragraph(paragraph)] => paragraph.text.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn marks_become_runs() {
        let text = paragraph("क &amp; <b>ख <i>ग</i></b><br>\\(x^2 &lt; 3\\) [sound:क.mp3]&nbsp;");
        assert_eq!(text.runs().len(), 6, "{text:?}");
        assert!(matches!(&text.runs()[3], Run::Math(tex) if tex == "x^2 < 3"), "{text:?}");
        assert!(matches!(&text.runs()[5], Run::Link(link) if link.target == "media/क.mp3"), "{text:?}");
        assert_eq!(paragraph("[latex]$\\frac12$[/latex] y").runs()[0], Run::Math("\\frac12".into()));
        assert!(matches!(&read("\\[a+b\\]")[..], [Block::Math(math)] if math.tex == "a+b"));
    }

    #[test]
    fn blocks_are_kept_apart() {
        let blocks =
            read("a<div>b</div><ul><li>c<li>d</ul><img src=\"a.png\"><pre>x\n y</pre><table><tr><td>1<td>2</table>z");
        let names: Vec<&str> = blocks.iter().map(Block::name).collect();
        assert_eq!(names, ["paragraph", "paragraph", "list", "figure", "code", "table", "paragraph"]);
        assert!(matches!(&blocks[2], Block::List(list) if list.items.len() == 2));
    }

    #[test]
    fn what_is_not_shown_hides_nothing_else() {
        for (html, shown) in [
            ("<script>\"<script>\"</script> शब्द", "शब्द"),
            ("<style>b > i { }<b></style>शब्द<title>x &amp; y</title>", "शब्द"),
            ("<head><meta charset=utf-8>शब्द", "शब्द"),
            ("<svg><title/></svg>शब्द", "शब्द"),
            ("<title>शब्द &amp; <b>", "शब्द & <b>"),
            ("</script>शब्द</title>", "शब्द"),
        ] {
            assert_eq!(paragraph(html).to_plain(), shown, "{html}");
            assert_eq!(plain(html), shown, "{html}");
        }
    }

    #[test]
    fn a_list_in_a_cell_stays_in_it() {
        let blocks = read("<table><tr><td>क<ul><li>ख</li><li>ग</ul>घ</td><td>ङ</td></tr></table>च");
        let [Block::Table(table), Block::Paragraph(after)] = &blocks[..] else { panic!("{blocks:?}") };
        let cells: Vec<String> = table.rows[0].cells.iter().map(Text::to_plain).collect();
        assert_eq!(cells, ["क\nख\nग\nघ", "ङ"]);
        assert_eq!(after.text.to_plain(), "च");
    }

    #[test]
    fn a_link_that_is_never_closed_ends_with_its_line() {
        let links = |html: &str| {
            let mut links = Vec::new();
            for block in read(html) {
                block.texts(&mut |text, _| {
                    text.walk(&mut |run| {
                        if let Run::Link(link) = run {
                            links.push(format!("{} {}", link.target, link.text.to_plain().trim()));
                        }
                    });
                });
            }
            links.join(", ")
        };
        for (html, found) in [
            ("क <a href=x>ख</a> ग<br>घ", "x ख"),
            ("क <a href=x>ख<br>घ<div>ङ</div>", "x ख"),
            ("<p><a href=x>क <b>ख</p><p>ग</p>", "x क ख"),
            ("<a href=x>क <a href=y>ख</a> ग", "x क, y ख"),
            ("<a href=x>क <a href=y>ख<hr>ग", "x क, y ख"),
            ("<ul><li><a href=x>क<li>ख</ul>ग", "x क"),
            ("<table><tr><td><a href=x>क<td>ख</table>ग", "x क"),
            ("<a href=x>क<div>ख</div></a>ग", "x क, x ख"),
        ] {
            assert_eq!(links(html), found, "{html}");
        }
    }

    #[test]
    fn any_nesting_ends_and_keeps_its_words() {
        for tag in ["b", "div", "ul", "li", "table", "td", "span lang=hi", "pre", "a href=x"] {
            let html = format!("{}शब्द{}", format!("<{tag}>").repeat(50_000), "</x>".repeat(10));
            let mut words = String::new();
            for block in read(&html) {
                block.texts(&mut |text, _| words += &text.to_plain());
                if let Block::Code(code) = &block {
                    words += &code.text;
                }
            }
            assert_eq!(words, "शब्द", "{tag}");
        }
    }

    #[test]
    fn files_that_are_not_there_are_told() {
        let names = BTreeMap::new();
        let mut fields = Fields::new(&names);
        assert_eq!(fields.text("<img src=\"b.png\" alt=\"चित्र\">").0, Text::plain("चित्र"));
        assert_eq!(fields.missing.into_iter().collect::<Vec<_>>(), ["b.png"]);
    }
}
