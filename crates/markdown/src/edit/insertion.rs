//! New parts inserted into the source.

use patra_core::{Block, List, Material, Span};

use super::lines::{container, line_of, newline};
use super::part::same;
use super::rewrite::entry_source;
use super::{Change, Document, Edit, NewPart, Position};
use crate::list::PINNED;
use crate::{Setting, write_block, write_text};

impl Document {
    /// Inserts a part, on lines after its neighbour, with a blank line between them where its kind has one.
    #[must_use]
    pub fn insert(&self, part: &NewPart, position: Position) -> Change {
        let text = self.text();
        let newline = newline(text);
        let Some(neighbour) = neighbour(self.material(), part, position) else { return Change::default() };
        let Neighbour { span, ordered } = neighbour;
        let Some(lead) = container(text, span.start()) else { return Change::default() };
        let (source, tight) = self.source_of(part, position, span, ordered);
        // Into a section without blocks it comes below the heading.
        let end = match (part, position) {
            (NewPart::Block(_), Position::End(section)) if same(section, span) => span.start(),
            _ => text[..span.end()].char_indices().next_back().map_or(0, |(at, _)| at),
        };
        let at = line_of(text, &(end..end)).end;
        let lines: Vec<String> = source
            .split('\n')
            .map(|line| if line.is_empty() { lead.trim_end().to_owned() } else { format!("{lead}{line}") })
            .collect();
        let open = if text[..at].ends_with('\n') { "" } else { newline };
        let blank = format!("{}{newline}", lead.trim_end());
        let loose = format!("{open}{blank}{}{newline}", lines.join(newline));
        let close = format!("{open}{}{newline}", lines.join(newline));
        let parted = format!("{open}{blank}{}{newline}{blank}", lines.join(newline));
        let ways = if tight { vec![close, loose] } else { vec![loose, parted] };
        Change { ways: ways.into_iter().map(|words| vec![Edit::new(at..at, words)]).collect() }
    }

    /// The part as source, and whether it follows its neighbour without a blank line.
    fn source_of(&self, part: &NewPart, position: Position, beside: Span, ordered: bool) -> (String, bool) {
        let text = self.text();
        let language = &self.material().language;
        let mark = text[beside.start()..].split([' ', '\t']).next().unwrap_or("-");
        match part {
            NewPart::Section(section) => {
                let own = text[beside.start()..].bytes().take_while(|&b| b == b'#').count();
                let level = match position {
                    Position::After(_) if own > 0 => own,
                    Position::End(_) if own > 0 => own + 1,
                    _ => level(self.material(), position),
                };
                let mut source =
                    format!("{} {}", "#".repeat(level.clamp(1, 6)), write_text(&section.heading, Setting::Heading));
                if !section.id.is_unset() {
                    source.push_str(&format!(" {{#{}}}", section.id));
                }
                for block in &section.blocks {
                    source.push_str(&format!("\n\n{}", write_block(block, language, 1)));
                }
                (source, false)
            }
            NewPart::Block(block) => (write_block(block, language, 1), false),
            NewPart::Entry(entry) => (with_mark(&entry_source(entry, ordered, language), mark), true),
            NewPart::Item(item) => {
                let list = List { start: ordered.then_some(1), items: vec![item.clone()], ..List::default() };
                let source = write_block(&Block::List(list), language, 1);
                (with_mark(source.strip_prefix("{.list}\n").unwrap_or(&source), mark), true)
            }
            NewPart::Choice(choice) => {
                let tick = if choice.correct { "[x]" } else { "[ ]" };
                let pinned = if choice.pinned { format!(" {{.{PINNED}}}") } else { String::new() };
                (format!("{mark} {tick} {}{pinned}", write_text(&choice.text, Setting::Line)), true)
            }
            NewPart::Aspect(aspect) => {
                let mut cells = vec![write_text(&aspect.name, Setting::Cell)];
                cells.extend(aspect.cells.iter().map(|cell| write_text(cell, Setting::Cell)));
                (format!("| {} |", cells.join(" | ")), true)
            }
        }
    }
}

/// The part that a new one follows.
struct Neighbour {
    span: Span,
    /// Whether it is an item of a numbered list.
    ordered: bool,
}

/// The part that a new one follows at a position; `None` if the material has nothing there.
fn neighbour(material: &Material, part: &NewPart, position: Position) -> Option<Neighbour> {
    let (Position::After(span) | Position::End(span)) = position;
    let mut found = Some(Neighbour { span, ordered: false });
    match part {
        NewPart::Entry(_) | NewPart::Item(_) => {
            found = None;
            material.walk_blocks(&mut |block, _| {
                let (items, ordered): (Vec<Span>, bool) = match (block, part) {
                    (Block::Terms(b), NewPart::Entry(_)) => {
                        (b.entries.iter().map(|entry| entry.span).collect(), b.ordered)
                    }
                    (Block::List(b), NewPart::Item(_)) => {
                        (b.items.iter().map(|item| item.span).collect(), b.start.is_some())
                    }
                    _ => return,
                };
                let beside = match position {
                    Position::After(span) => items.into_iter().find(|item| same(*item, span)),
                    Position::End(list) if same(block.span(), list) => items.last().copied(),
                    Position::End(_) => None,
                };
                if let Some(span) = beside {
                    found = Some(Neighbour { span, ordered });
                }
            });
        }
        NewPart::Block(_) if matches!(position, Position::End(_)) => {
            material.walk_sections(&mut |section, _| {
                if same(section.span, span)
                    && let Some(last) = section.blocks.last()
                {
                    found = Some(Neighbour { span: last.span(), ordered: false });
                }
            });
        }
        NewPart::Choice(_) | NewPart::Aspect(_) if matches!(position, Position::End(_)) => {
            found = None;
            material.walk_blocks(&mut |block, _| {
                let last = match (block, part) {
                    (Block::Question(b), NewPart::Choice(_)) => b.choices.last().map(|choice| choice.span),
                    (Block::Comparison(b), NewPart::Aspect(_)) => b.aspects.last().map(|aspect| aspect.span),
                    _ => None,
                };
                if let Some(last) = last.filter(|_| same(block.span(), span)) {
                    found = Some(Neighbour { span: last, ordered: false });
                }
            });
        }
        _ => {}
    }
    found
}

/// The level of a new section beside or in a section without a heading line of its own.
fn level(material: &Material, position: Position) -> usize {
    let (Position::After(span) | Position::End(span)) = position;
    let inside = usize::from(matches!(position, Position::End(_)));
    let mut level = 1;
    material.walk_sections(&mut |section, over| {
        if same(section.span, span) {
            level = over.len() + 1 + inside;
        }
    });
    level
}

/// An item with another mark; numbers go on from the one before, in its digits.
fn with_mark(source: &str, mark: &str) -> String {
    const ZEROS: [char; 12] = ['0', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '٠', '۰'];
    let digits = mark.trim_end_matches(['.', ')']);
    let zero = ZEROS.into_iter().find(|&zero| {
        digits.chars().all(|c| u32::from(c).checked_sub(u32::from(zero)).is_some_and(|value| value < 10))
    });
    let value = |zero: char| {
        digits.chars().try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(u32::from(c) - u32::from(zero)))
    };
    let next = match zero.filter(|_| !digits.is_empty()).and_then(|zero| Some((zero, value(zero)?))) {
        Some((zero, number)) => {
            let written = number.saturating_add(1).to_string();
            let digit = |c: char| char::from_u32(u32::from(zero) + u32::from(c) - u32::from('0')).unwrap_or(c);
            format!("{}{}", written.chars().map(digit).collect::<String>(), &mark[digits.len()..])
        }
        None => mark.to_owned(),
    };
    let (_, rest) = source.split_once(' ').unwrap_or((source, ""));
    format!("{next} {rest}")
}
