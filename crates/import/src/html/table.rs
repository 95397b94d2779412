//! Tables: what is set in one, and what only stands in one for its place.

use patra_core::{
    Alignment, Aspect, Block, Column, Comparison, Definition, Diagnostic, Entry, Figure, Paragraph, Question, Row, Run,
    Span, Subject, Table, Terms, Text, phrase,
};

use super::flow::{Flow, one_line};
use super::inline;
use super::list::term_name;
use super::tree::{Index, Tree};
use crate::guess;
use crate::table::role::Role;
use crate::table::shape;
use crate::table::sheet::{self, Spread};
use crate::text::grid::{self, Line};

/// Cells of a table whose rows are filled up: so many for each cell there is, and no more, and so many at least.
const MOST_REPEATED: usize = 8;
const ALLOWED: usize = 256;

/// No row is longer, in cells.
const LONGEST: usize = 1_000;

/// A cell as it is written.
struct Cell {
    index: Index,
    heads: bool,
    across: usize,
    down: usize,
}

/// A row with a text for each column.
struct Filled {
    cells: Vec<Text>,
    /// Which of the cells are headings.
    heads: Vec<bool>,
    span: Span,
}

/// Reads a table; returns whether it is one, and not a way to place things on the page.
pub(super) fn table(flow: &mut Flow<'_, '_>, index: Index) -> bool {
    let tree = flow.page.tree;
    let rows = rows(tree, index);
    let cells: usize = rows.iter().map(|(_, cells)| cells.len()).sum();
    let widest = rows.iter().map(|(_, cells)| cells.iter().map(|cell| cell.across).sum::<usize>()).max().unwrap_or(0);
    let role = tree.attribute(index, "role").unwrap_or_default();
    let placed = matches!(role, "presentation" | "none") || widest < 2 || holds_blocks(tree, index);
    let heads = rows.iter().flat_map(|(_, cells)| cells).any(|cell| cell.heads);
    if cells == 0 || placed || (rows.len() == 1 && !heads) {
        return false;
    }
    let mut figures = Vec::new();
    for caption in tree.children(index).filter(|&child| tree.name(child) == "caption") {
        let (text, more) = flow.text(caption);
        figures.extend(more);
        if !text.is_blank() {
            flow.push(Block::Paragraph(Paragraph { text, span: tree.whole(caption) }));
        }
    }
    let span = tree.whole(index);
    let headed = headed(&rows, heads);
    let mut filled = fill(flow, rows, span, &mut figures);
    filled.iter_mut().take(headed).for_each(|row| row.heads.fill(true));
    if let Some(block) = block(flow, filled, span) {
        flow.push(block);
    }
    flow.push_figures(figures);
    true
}

/// The rows of a table, without those of tables in it, each with its place.
fn rows(tree: &Tree, index: Index) -> Vec<(Span, Vec<Cell>)> {
    let mut rows = Vec::new();
    let groups = std::iter::once(index)
        .chain(tree.children(index).filter(|&child| matches!(tree.name(child), "thead" | "tbody" | "tfoot")));
    // A foot may be written before the body, and stands after it.
    let mut feet = Vec::new();
    for group in groups {
        let foot = tree.name(group) == "tfoot";
        for row in tree.children(group).filter(|&child| tree.name(child) == "tr") {
            let count = |cell: Index, name: &str| {
                tree.attribute(cell, name).and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1)
            };
            let cell = |cell: Index| Cell {
                index: cell,
                heads: tree.name(cell) == "th",
                across: count(cell, "colspan").clamp(1, LONGEST),
                // Nought goes to the end of the table.
                down: match count(cell, "rowspan") {
                    0 => usize::MAX,
                    down => down,
                },
            };
            let cells: Vec<Cell> =
                tree.children(row).filter(|&child| matches!(tree.name(child), "td" | "th")).map(cell).collect();
            if !cells.is_empty() {
                if foot { feet.push((tree.whole(row), cells)) } else { rows.push((tree.whole(row), cells)) }
            }
        }
    }
    rows.extend(feet);
    rows
}

/// How many rows are headings in a table that has none, as Word's have none: those that a cell of the first goes over
/// while another goes over several columns.
fn headed(rows: &[(Span, Vec<Cell>)], heads: bool) -> usize {
    let Some((_, first)) = rows.first().filter(|_| !heads) else { return 0 };
    let down = first.iter().map(|cell| cell.down).max().unwrap_or(1);
    let grouped = first.iter().any(|cell| cell.across > 1) && down < rows.len();
    if grouped && down > 1 { down } else { 0 }
}

/// Whether something stands in the table that no cell holds.
fn holds_blocks(tree: &Tree, index: Index) -> bool {
    tree.inside(index).any(|inner| {
        matches!(
            tree.name(inner),
            "table"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "pre"
                | "blockquote"
                | "article"
                | "section"
                | "details"
                | "dl"
        )
    })
}

/// A cell that goes on in the rows below.
#[derive(Clone)]
struct Going {
    text: Text,
    heads: bool,
    /// In how many rows more.
    more: usize,
}

/// What spanning fills.
#[derive(Default)]
struct Filling {
    spread: Spread,
    repeated: usize,
    /// Whether something was left out, after which nothing more is filled.
    over: bool,
    /// What goes on in each column.
    going: Vec<Option<Going>>,
}

impl Filling {
    fn repeat(&mut self, bytes: usize) -> bool {
        self.over |= !self.spread.repeat(bytes);
        !self.over
    }

    /// Fills the columns that come next in a row with what goes on in them.
    fn carry(&mut self, row: &mut Filled) {
        loop {
            let column = row.cells.len();
            let Some(mut going) = self.going.get_mut(column).and_then(Option::take) else { break };
            if !self.repeat(bytes(&going.text)) {
                break;
            }
            self.repeated += 1;
            row.heads.push(going.heads);
            row.cells.push(going.text.clone());
            going.more -= 1;
            self.going[column] = (going.more > 0).then_some(going);
        }
    }
}

/// Gives every row a text for each column: a cell that goes over several is repeated in each.
fn fill(flow: &mut Flow<'_, '_>, rows: Vec<(Span, Vec<Cell>)>, span: Span, figures: &mut Vec<Figure>) -> Vec<Filled> {
    let mut filling = Filling::default();
    let mut filled = Vec::new();
    for (span, cells) in rows {
        let mut row = Filled { cells: Vec::new(), heads: Vec::new(), span };
        for cell in cells {
            filling.carry(&mut row);
            let (text, more) = flow.text(cell.index);
            figures.extend(more);
            let bytes = bytes(&text);
            filling.spread.written(bytes);
            for across in 0..cell.across {
                if across > 0 {
                    if row.cells.len() >= LONGEST || !filling.repeat(bytes) {
                        break;
                    }
                    filling.repeated += usize::from(!text.is_blank());
                }
                let column = row.cells.len();
                row.cells.push(text.clone());
                row.heads.push(cell.heads);
                if cell.down > 1 {
                    if filling.going.len() <= column {
                        filling.going.resize(column + 1, None);
                    }
                    filling.going[column] = Some(Going { text: text.clone(), heads: cell.heads, more: cell.down - 1 });
                }
            }
        }
        filling.carry(&mut row);
        filled.push(row);
    }
    let Filling { repeated, over, .. } = filling;
    if repeated > 0 {
        let message = phrase!(
            "cells that go over several rows or columns were repeated in each, which fills 1 cell"
                | "cells that go over several rows or columns were repeated in each, which fills {$repeated} cells",
            repeated
        );
        flow.told.kept(span, message);
    }
    if over {
        flow.told.kept(span, "cells go over so many rows or columns that not all were filled");
    }
    filled
}

/// What a text holds, in bytes.
fn bytes(text: &Text) -> usize {
    let mut bytes = 0;
    text.walk(&mut |run| {
        bytes += match run {
            Run::Plain(words) | Run::Code(words) | Run::Math(words) => words.len(),
            Run::Link(link) => link.target.len(),
            Run::Strong(_)
            | Run::Emphasis(_)
            | Run::Superscript(_)
            | Run::Subscript(_)
            | Run::Strikeout(_)
            | Run::Gap(_)
            | Run::Language(_)
            | Run::Break => 0,
        } + size_of::<Run>();
    });
    bytes
}

/// The block that the rows make.
fn block(flow: &mut Flow<'_, '_>, mut rows: Vec<Filled>, span: Span) -> Option<Block> {
    let used = |row: &Filled| row.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
    rows.retain(|row| used(row) > 0);
    let columns = rows.iter().map(used).max()?;
    let written: usize = rows.iter().map(|row| row.cells.len()).sum();
    if columns.saturating_mul(rows.len()) > written.saturating_mul(MOST_REPEATED) + ALLOWED {
        // Filled up, it would be far larger than what is written.
        let message = "the rows are too uneven for a table, so each is a paragraph";
        flow.told.kept(span, message);
        for row in rows {
            let cells: Vec<Text> = row.cells.into_iter().filter(|cell| !cell.is_blank()).collect();
            let mut text = Text::default();
            for cell in cells {
                if !text.is_empty() {
                    text.push(Run::Break);
                }
                text.append(cell);
            }
            flow.push(Block::Paragraph(Paragraph { text, span: row.span }));
        }
        return None;
    }
    for row in &mut rows {
        row.cells.resize(columns, Text::default());
        row.heads.resize(columns, false);
    }
    // A row of headings over another is said with it.
    while rows.len() > 2 && all_heads(&rows[0]) && all_heads(&rows[1]) {
        let above = rows.remove(0);
        let below = &mut rows[0];
        for (cell, over) in below.cells.iter_mut().zip(above.cells) {
            *cell = inline::name(std::mem::take(cell));
            let over = inline::name(over);
            if over.is_blank() || *cell == over {
                continue;
            }
            let mut joined = over;
            if !cell.is_blank() {
                joined.push(Run::Plain(" – ".to_owned()));
            }
            joined.append(std::mem::take(cell));
            *cell = joined;
        }
        below.span = Span::new(above.span.start(), below.span.end());
    }
    let plain =
        |row: &Filled| Line { cells: row.cells.iter().map(|cell| one_line(cell).to_plain()).collect(), span: row.span };
    let lines: Vec<Line> = rows.iter().map(plain).collect();
    if columns == 2
        && let Some((blocks, told)) = by_header(&rows, &lines, span)
    {
        flow.told.notes.push(told);
        blocks.into_iter().for_each(|block| flow.push(block));
        return None;
    }
    let rows_headed = rows.iter().skip(1).all(|row| row.heads.first() == Some(&true)) && rows.len() > 1;
    if columns == 2 && rows.iter().all(|row| row.heads == [true, false] && !row.cells[0].is_blank()) {
        let why = phrase!("each is headed by its first cell");
        flow.told.notes.push(guess::rows(span, rows.len(), why));
        return Some(terms(rows, span));
    }
    let (header, body) = lines.split_first()?;
    let heading = flow.heading_above();
    let named = rows.iter().skip(1).all(|row| !row.cells[0].is_blank())
        && rows[0].cells[1..].iter().all(|cell| !cell.is_blank());
    let why = grid::comparing(header, body, &heading, false).or_else(|| {
        (rows_headed && all_heads(&rows[0]) && columns > 2 && named)
            .then(|| phrase!("its first row and its first column are headings"))
    });
    if let Some(why) = why {
        flow.told.notes.push(guess::comparison(span, columns - 1, body.len(), why));
        return Some(comparison(rows, span));
    }
    if !rows[0].heads.contains(&true) && grid::are_terms(header, body) {
        flow.told.notes.push(guess::rows(span, rows.len(), guess::sentences()));
        return Some(terms(rows, span));
    }
    let mut rows = rows.into_iter();
    let header = rows.next()?;
    let column = |heading: Text| Column { heading: inline::name(heading), alignment: Alignment::Start };
    Some(Block::Table(Table {
        columns: header.cells.into_iter().map(column).collect(),
        rows: rows.map(|row| Row { cells: row.cells, span: row.span }).collect(),
        span,
    }))
}

/// The blocks of a table of two columns whose header says what they hold, as it does in a workbook; and what is told of them.
fn by_header(rows: &[Filled], lines: &[Line], span: Span) -> Option<(Vec<Block>, Diagnostic)> {
    let plain = |line: &Line| {
        let cells = line.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        sheet::Row { cells, span: line.span, ..sheet::Row::default() }
    };
    let told = shape::by_full_header(&lines.iter().map(plain).collect::<Vec<_>>())?;
    let column = |role: &Role| told.roles.iter().position(|other| other.as_ref() == Some(role));
    let body = rows.get(1..)?;
    let all = |column: usize| body.iter().all(|row| !row.cells[column].is_blank());
    let answer = column(&Role::Answer).or_else(|| column(&Role::Correct));
    if let (Some(question), Some(answer)) = (column(&Role::Question).filter(|&at| all(at)), answer) {
        let question = |row: &Filled| {
            let (prompt, answer) = (row.cells[question].clone(), row.cells[answer].clone());
            Block::Question(Question { prompt, answer, span: row.span, ..Question::default() })
        };
        return Some((body.iter().map(question).collect(), guess::question_rows(span, body.len(), told.why)));
    }
    let term = column(&Role::Term).filter(|&at| all(at))?;
    if let Some(full) = column(&Role::FullForm).filter(|&at| all(at)) {
        let definition = |row: &Filled| {
            let (term, full_form) = (term_name(row.cells[term].clone()), Some(term_name(row.cells[full].clone())));
            Block::Definition(Definition { term, full_form, span: row.span, ..Definition::default() })
        };
        return Some((body.iter().map(definition).collect(), guess::definition_rows(span, body.len(), told.why)));
    }
    let meaning = column(&Role::Meaning)?;
    let entry = |row: &Filled| {
        let (term, description) = (term_name(row.cells[term].clone()), row.cells[meaning].clone());
        Entry { term, description, span: row.span, ..Entry::default() }
    };
    let entries = body.iter().map(entry).collect();
    let terms = Block::Terms(Terms { entries, span, ..Terms::default() });
    Some((vec![terms], guess::rows(span, body.len(), told.why)))
}

fn all_heads(row: &Filled) -> bool {
    row.heads.iter().zip(&row.cells).all(|(&heads, cell)| heads || cell.is_blank()) && row.heads.contains(&true)
}

fn terms(rows: Vec<Filled>, span: Span) -> Block {
    let entry = |row: Filled| {
        let mut cells = row.cells.into_iter();
        let term = term_name(cells.next().unwrap_or_default());
        Entry { term, description: cells.next().unwrap_or_default(), span: row.span, ..Entry::default() }
    };
    Block::Terms(Terms { entries: rows.into_iter().map(entry).collect(), span, ..Terms::default() })
}

fn comparison(rows: Vec<Filled>, span: Span) -> Block {
    let mut rows = rows.into_iter();
    let header = rows.next();
    let head = header.as_ref().map_or(span, |row| row.span);
    let mut names = header.into_iter().flat_map(|row| row.cells);
    let corner = term_name(names.next().unwrap_or_default());
    let subjects = names.map(|name| Subject { name: term_name(name), span: head, ..Subject::default() }).collect();
    let aspect = |row: Filled| {
        let mut cells = row.cells.into_iter();
        let name = term_name(cells.next().unwrap_or_default());
        Aspect { name, cells: cells.collect(), span: row.span, ..Aspect::default() }
    };
    Block::Comparison(Comparison {
        corner,
        subjects,
        aspects: rows.map(aspect).collect(),
        span,
        ..Comparison::default()
    })
}
