//! Pieces to sections. Pages whose headings and questions are paragraphs like any other are read by the recognisers of
//! pasted text: each paragraph is a line to them, and what they tell is told of its place in the page.

use patra_core::{Block, Paragraph, Run, Section, Span, Text};

use super::flow::{Piece, Told};
use super::inline;
use crate::guess;
use crate::text::definition::definition;
use crate::text::heading::heading;
use crate::text::invisible::Removed;
use crate::text::line::line;
use crate::text::outline::Outline;
use crate::text::page::{Found, Page};
use crate::text::phrase::{before_colon_dash, is_short};
use crate::text::{list, question, vocabulary};

/// A piece as lines of a pasted text.
struct Lines {
    /// The lines, each with its place in the page.
    all: Vec<(String, Span)>,
    /// For each piece its first line, and the line after it.
    of: Vec<(usize, usize)>,
    /// For each piece whether its lines say all that is in it.
    whole: Vec<bool>,
}

impl Lines {
    fn of(pieces: &[Piece]) -> Self {
        let mut lines = Lines { all: Vec::new(), of: Vec::new(), whole: Vec::new() };
        for piece in pieces {
            let tight = matches!(piece, Piece::Paragraph { tight: true, .. });
            if !tight && !lines.all.is_empty() {
                lines.all.push((String::new(), Span::NONE));
            }
            let first = lines.all.len();
            let whole = lines.add(piece);
            lines.of.push((first, lines.all.len()));
            lines.whole.push(whole);
        }
        lines
    }

    fn add(&mut self, piece: &Piece) -> bool {
        match piece {
            Piece::Paragraph { text, span, .. } => {
                self.all.push((inline::marked(text), *span));
                inline::is_simple(text)
            }
            Piece::Heading { text, span, .. } => {
                self.all.push((format!("# {}", inline::marked(text)), *span));
                false
            }
            Piece::Block(Block::List(list)) => {
                let mark = |at: usize| match list.start {
                    Some(start) => format!("{}. ", start.saturating_add(u32::try_from(at).unwrap_or(0))),
                    None => "- ".to_owned(),
                };
                for (at, item) in list.items.iter().enumerate() {
                    self.all.push((mark(at) + &inline::marked(&item.text), item.span));
                }
                list.items.iter().all(|item| item.blocks.is_empty() && inline::is_simple(&item.text))
            }
            Piece::Block(Block::Terms(terms)) => {
                for entry in &terms.entries {
                    self.all.push((format!("- {}: …", entry.term.to_plain()), entry.span));
                }
                false
            }
            Piece::Block(Block::Table(_) | Block::Comparison(_)) => {
                for row in ["| a | b |", "|---|---|", "| c | d |"] {
                    self.all.push((row.to_owned(), Span::NONE));
                }
                false
            }
            // A line drawn across is neither words nor a mark of anything.
            Piece::Block(_) => {
                self.all.push(("~~~".to_owned(), Span::NONE));
                false
            }
        }
    }

    fn page(&self) -> Page<'_> {
        let mut lines = Vec::with_capacity(self.all.len());
        let mut removed = Removed::default();
        for (words, span) in &self.all {
            let mut line = line(words, 0, &mut removed);
            line.span = *span;
            lines.push(line);
        }
        Page::new(lines)
    }

    /// The piece after what was told, where that is whole pieces whose lines say all.
    fn after(&self, from: usize, end: usize) -> Option<usize> {
        let mut at = from;
        while let Some(&(first, last)) = self.of.get(at).filter(|(first, _)| *first < end) {
            if last > end || !self.whole[at] || first > end {
                return None;
            }
            at += 1;
        }
        (at > from).then_some(at)
    }
}

/// The sections that the pieces make.
pub(super) fn sections(pieces: Vec<Piece>, told: &mut Told) -> Vec<Section> {
    let lines = Lines::of(&pieces);
    let page = lines.page();
    let mut outline = Outline::default();
    // Where the page has headings, a paragraph is one only if it is set as one.
    let headed = pieces.iter().any(|piece| matches!(piece, Piece::Heading { .. }));
    let mut asked_often = false;
    // Whether the paragraph before was pushed last, so that a line of it goes on.
    let mut open: Option<Paragraph> = None;
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let (first, _) = lines.of[at];
        match piece {
            Piece::Heading { level, text, span } => {
                close(&mut open, &mut outline, told);
                asked_often = vocabulary::asks_often(&text.to_plain());
                outline.open_section(*level, inline::name(text.clone()), *span);
            }
            Piece::Block(block) => {
                close(&mut open, &mut outline, told);
                outline.push(block.clone());
            }
            Piece::Paragraph { text, span, tight } => {
                let goes_on = *tight && open.is_some();
                if let Some((found, next)) = recognised(&page, &lines, at, asked_often) {
                    close(&mut open, &mut outline, told);
                    found.blocks.into_iter().for_each(|block| outline.push(block));
                    told.notes.extend(found.guesses);
                    at = next;
                    continue;
                }
                if !goes_on {
                    close(&mut open, &mut outline, told);
                }
                let above = outline.above();
                let set = is_strong(text) || before_colon_dash(&text.to_plain()).is_some();
                let may = lines.whole[at] && (set || !(goes_on || headed));
                let found = if may { heading(&page, first, above) } else { None };
                if let Some(found) = found.filter(|found| found.end == first + 1 && found.why.is_some()) {
                    close(&mut open, &mut outline, told);
                    if let Some(why) = found.why {
                        told.notes.push(guess::heading(*span, why));
                    }
                    asked_often = vocabulary::asks_often(&found.words);
                    outline.open_section(found.level, crate::text::inline::name(&found.words), *span);
                } else {
                    match &mut open {
                        Some(paragraph) => {
                            paragraph.text.push(Run::Break);
                            paragraph.text.append(text.clone());
                            paragraph.span = Span::new(paragraph.span.start(), span.end());
                        }
                        None => open = Some(Paragraph { text: text.clone(), span: *span }),
                    }
                }
            }
        }
        at += 1;
    }
    close(&mut open, &mut outline, told);
    outline.finish()
}

/// Terms, questions and lists that are written as paragraphs.
fn recognised(page: &Page<'_>, lines: &Lines, at: usize, asked_often: bool) -> Option<(Found, usize)> {
    let (first, _) = lines.of[at];
    if !lines.whole[at] {
        return None;
    }
    let fits = |found: Found| lines.after(at, found.end).map(|next| (found, next));
    let mut found = question::labelled(page, first).and_then(fits);
    if found.is_none() && asked_often {
        found = question::asked_often(page, first).and_then(fits);
    }
    if found.is_none() && page.is_item(first) {
        found = Some(list::list(page, first)).and_then(fits);
    }
    found.or_else(|| list::unmarked_terms(page, first).and_then(fits)).filter(|(found, _)| !found.blocks.is_empty())
}

/// Whether all of a short line is in bold, as a heading is that a line end parts from its paragraph.
fn is_strong(text: &Text) -> bool {
    matches!(text.runs(), [Run::Strong(inner)] if is_short(&inner.to_plain(), 12))
}

/// Ends the paragraph that is open. The one that opens a section may say what an abbreviation stands for.
fn close(open: &mut Option<Paragraph>, outline: &mut Outline, told: &mut Told) {
    let Some(paragraph) = open.take() else { return };
    let opens = outline.is_bare() || outline.is_empty();
    let words = inline::marked(&paragraph.text);
    let found = (opens && inline::is_simple(&paragraph.text)).then(|| definition(&words, paragraph.span)).flatten();
    match found {
        Some(definition) => {
            told.notes.push(guess::definition(&definition));
            outline.push(Block::Definition(definition));
        }
        None => outline.push(Block::Paragraph(paragraph)),
    }
}
