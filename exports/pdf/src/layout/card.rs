//! Cards to cut out: eight a sheet, the questions on its front, and on its back their answers where the turned sheet wants
//! them.

use std::rc::Rc;

use patra_core::{Answer, Code, Diagnostic, Item, Kind, Material, Practice, Run, Severity, Text, phrase};

use super::key::answer_text;
use super::running::{Running, running_line};
use super::{
    Align, Bookmark, Column, Draw, Frame, Keep, Laid, NodeId, Page, Role, Shape, Slice, Tree, calibration, paginate,
    shared,
};
use crate::options::{CardOptions, Flip, Sheet};
use crate::text::{Rich, natural_width};
use crate::theme::{MM, Theme};

/// How cards stand on a sheet: in how many columns and rows, and how wide and high each is, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct CardGrid {
    columns: usize,
    rows: usize,
    width: f32,
    height: f32,
}

impl CardGrid {
    /// Eight cards of 90 mm × 64 mm, which fit A4 and Letter alike; three on A5; fewer and larger ones for large print.
    fn of(sheet: Sheet, theme: &Theme) -> Self {
        let (columns, rows, width, height) = match (sheet, theme.large_cards()) {
            (Sheet::A5, false) => (1, 3, 90.0, 64.0),
            (Sheet::A5, true) => (1, 2, 128.0, 96.0),
            (_, false) => (2, 4, 90.0, 64.0),
            (_, true) => (1, 3, 180.0, 85.0),
        };
        CardGrid { columns, rows, width: width * MM, height: height * MM }
    }

    /// The corner where the cards begin, from the sheet's upper left one.
    fn corner(&self, (width, height): (f32, f32)) -> (f32, f32) {
        ((width - self.width * self.columns as f32) / 2.0, (height - self.height * self.rows as f32) / 2.0)
    }

    /// The height of a card's text.
    fn room(&self, theme: &Theme) -> f32 {
        self.height - 2.0 * PADDING - head(theme)
    }
}

/// From a card's edge to its text: what a pair of scissors may miss the line by.
const PADDING: f32 = 5.0 * MM;

/// The height of the line with the section and the short code.
fn head(theme: &Theme) -> f32 {
    theme.sizes.mark + 5.5
}

/// The most lines that are set centred; more are easier to read from an even edge.
const MOST_CENTRED: usize = 3;

/// A side of a card, as many parts of it as cards it takes: slices from the card's left edge and the top of its text.
struct Side {
    parts: Vec<Page>,
    heights: Vec<f32>,
}

/// One card to cut out; a side that is not needed is `None`.
struct Card<'a> {
    item: &'a Item,
    node: NodeId,
    front: Option<Page>,
    back: Option<Page>,
    front_height: f32,
    back_height: f32,
    /// Which of how many cards of its item it is, from 0.
    part: usize,
    of: usize,
}

/// Sets the cards of all items, each in the first of the themes in which it fits.
pub(crate) fn cards<'a>(
    column: &mut Column<'a>,
    material: &Material,
    practice: &Practice,
    themes: &'a [Theme],
) -> Laid {
    let (width, height) = column.options.sheet.points();
    let mut pages = Vec::new();
    if column.options.cards.calibration {
        pages.extend(calibration::sheet(column));
    }
    let calibrated = pages.len();
    // A printed card shows no picture, so what a part of one is can't be asked.
    let mut items = practice.items().iter().filter(|item| item.kind != Kind::Region && item.is_answered()).peekable();
    if items.peek().is_none() {
        column.nothing_asked();
        pages.extend(paginate(&shared(std::mem::take(&mut column.slices)), column.page_height));
        pages.iter_mut().skip(calibrated).flat_map(|page| &mut page.slices).for_each(|(y, _)| *y += 80.0);
        let running = pages.iter().map(|_| Vec::new()).collect();
        return Laid { pages, running, top: 0.0 };
    }

    let page_height = column.page_height;
    let grid = CardGrid::of(column.options.sheet, column.theme);
    let start = grid.corner((width, height));
    column.page_height = grid.room(column.theme);
    let mut cards = Vec::new();
    for item in items {
        cards.extend(column.item_cards(item, themes));
    }
    let mut placed = Vec::new();
    let mut section = None;
    for card in cards.chunks_mut(grid.columns * grid.rows) {
        let (mut front, mut back) = (Page::default(), Page::default());
        for (slot, card) in card.iter_mut().enumerate() {
            let (row, mut place) = (slot / grid.columns, slot % grid.columns);
            if column.rtl {
                place = grid.columns - 1 - place;
            }
            let (back_row, back_place) = match column.options.cards.flip {
                Flip::LongEdge => (row, grid.columns - 1 - place),
                Flip::ShortEdge => (grid.rows - 1 - row, place),
            };
            let corner =
                |row: usize, place: usize| (start.0 + grid.width * place as f32, start.1 + grid.height * row as f32);
            let room = |height: f32| (grid.room(column.theme) - height).max(0.0);
            let begins =
                card.part == 0 && section.replace(card.item.section.clone()) != Some(card.item.section.clone());
            let head = column.card_head(card, begins);
            place_side(&mut front, head, card.front.take(), room(card.front_height), corner(row, place));
            if let Some(side) = card.back.take() {
                let (left, top) = corner(back_row, back_place);
                let (right, down) = back_offset(&column.options.cards);
                let head = column.card_code(card, true);
                place_side(&mut back, head, Some(side), room(card.back_height), (left + right, top + down));
            }
        }
        let guides = |offset| (0.0, Rc::new(guides(&grid, start, offset, column.theme)));
        front.slices.push(guides((0.0, 0.0)));
        back.slices.push(guides(back_offset(&column.options.cards)));
        placed.extend([front, back]);
    }
    column.page_height = page_height;
    let sheets = placed.len() / 2;
    pages.extend(placed);
    let mut running: Vec<Vec<Running>> = Vec::new();
    for i in 0..pages.len() {
        let mut lines = Vec::new();
        // The calibration is no sheet of cards, and a back has the number of its front.
        if let Some(at) = i.checked_sub(calibrated) {
            let style = column.body().sized(7.0).coloured(column.theme.colours.muted);
            let number = column.page_number(at / 2 + 1, sheets);
            let title = material.title.to_plain();
            // Between the marks at the sheet's foot.
            let frame = Frame { x: start.0 + 6.0, width: width - 2.0 * start.0 - 12.0, bars: Rc::default() };
            let y = height - (start.1 - 9.0).min(20.0);
            if at % 2 == 0 {
                let name = Frame {
                    width: frame.width - 60.0,
                    x: frame.x + if column.rtl { 60.0 } else { 0.0 },
                    ..frame.clone()
                };
                lines.extend(running_line(column, &title, &style, &name, Align::Start, y));
            }
            lines.extend(running_line(column, &number, &style, &frame, Align::End, y));
        }
        running.push(lines);
    }
    Laid { pages, running, top: 0.0 }
}

/// How far the backs are moved, to the right and down, in points.
pub(super) fn back_offset(options: &CardOptions) -> (f32, f32) {
    let points = |mm: f32| {
        let most = CardOptions::MOST_OFFSET;
        if mm.is_nan() { 0.0 } else { mm.clamp(-most, most) * MM }
    };
    (points(options.back_offset.0), points(options.back_offset.1))
}

/// Puts a side on its page, its text in the middle of the card's height, where so much room is left.
fn place_side(page: &mut Page, mut head: Slice, side: Option<Page>, left_over: f32, (left, top): (f32, f32)) {
    let above = top + PADDING + head.height + left_over / 2.0;
    head.shift(0.0, left);
    page.slices.push((top + PADDING * 0.7, Rc::new(head)));
    for (y, slice) in side.into_iter().flat_map(|side| side.slices) {
        let mut slice = Rc::unwrap_or_clone(slice);
        slice.shift(0.0, left);
        page.slices.push((above + y, Rc::new(slice)));
    }
}

/// Where to cut: marks outside the cards at every line, and a small cross where inner lines meet.
fn guides(grid: &CardGrid, start: (f32, f32), (right, down): (f32, f32), theme: &Theme) -> Slice {
    let (left, top) = (start.0 + right, start.1 + down);
    let (columns, rows) = (grid.columns, grid.rows);
    let (grid_width, grid_height) = (grid.width * columns as f32, grid.height * rows as f32);
    let (away, long, thick, arm) = (1.0 * MM, 4.0 * MM, 0.4, 1.5 * MM);
    let mut draws = Vec::new();
    let mut fill = |x: f32, y: f32, width: f32, height: f32, colour| {
        draws.push(Draw { cell: 0, node: NodeId(0), shape: Shape::Fill { x, y, width, height, colour } });
    };
    for column in 0..=columns {
        let x = left + grid.width * column as f32 - thick / 2.0;
        fill(x, top - away - long, thick, long, theme.colours.ink);
        fill(x, top + grid_height + away, thick, long, theme.colours.ink);
    }
    for row in 0..=rows {
        let y = top + grid.height * row as f32 - thick / 2.0;
        fill(left - away - long, y, long, thick, theme.colours.ink);
        fill(left + grid_width + away, y, long, thick, theme.colours.ink);
        for column in 0..=columns {
            let inner = (1..rows).contains(&row) || (1..columns).contains(&column);
            if inner {
                let x = left + grid.width * column as f32;
                let (from, to) = ((x - arm).max(left), (x + arm).min(left + grid_width));
                fill(from, y, to - from, thick, theme.colours.rule);
                let (from, to) = ((y - arm).max(top), (y + arm).min(top + grid_height));
                fill(x - thick / 2.0, from, thick, to - from, theme.colours.rule);
            }
        }
    }
    Slice { draws, ..Slice::default() }
}

impl Column<'_> {
    /// Where a card's text stands, from the card's left edge.
    fn card_frame(&self) -> Frame {
        let grid = CardGrid::of(self.options.sheet, self.theme);
        Frame { x: PADDING, width: grid.width - 2.0 * PADDING, bars: Rc::default() }
    }

    /// The line above a question: the section it comes from, and its short code.
    fn card_head(&mut self, card: &Card<'_>, begins: bool) -> Slice {
        let mut slice = self.card_code(card, false);
        let frame = self.card_frame();
        let room = frame.width - 64.0 * self.theme.sizes.mark / 6.5;
        let heading = card.item.context.last().map(Text::to_plain).unwrap_or_default();
        let style = self.body().sized(self.theme.sizes.mark).coloured(self.theme.colours.muted);
        let lines = self.lines(&Rich::plain(&heading, &style), room);
        let line = if lines.len() > 1 {
            // As many words as fit before an ellipsis.
            let words: Vec<&str> = heading.split_whitespace().collect();
            let mut shown = None;
            for count in (1..words.len()).rev().skip_while(|count| *count > 40) {
                let cut = format!("{} …", words[..count].join(" "));
                let lines = self.lines(&Rich::plain(&cut, &style), room);
                if lines.len() == 1 {
                    shown = lines.into_iter().next();
                    break;
                }
            }
            shown
        } else {
            lines.into_iter().next()
        };
        if let Some(line) = line {
            let x = self.line_x(&frame, Align::Start, line.width);
            let node = self.tree.add(card.node, Role::Paragraph);
            slice.draws.insert(
                0,
                Draw {
                    cell: 0,
                    node,
                    shape: Shape::Line { line: Rc::new(line), x, base: self.theme.sizes.mark - 0.5 },
                },
            );
        }
        if card.part == 0 {
            slice.anchors.push(card.item.id.clone());
        }
        if begins && !heading.trim().is_empty() {
            slice.bookmark = Some(self.bookmarks.len());
            self.bookmarks.push(Bookmark { title: heading, depth: card.item.context.len(), id: None });
        }
        slice
    }

    /// The short code of a card and which of several it is, and on its back the code that the handout has beside the thing that
    /// it asks about.
    fn card_code(&mut self, card: &Card<'_>, back: bool) -> Slice {
        let mut words = Vec::new();
        if card.of > 1 {
            words.push(self.page_number(card.part + 1, card.of));
        }
        if self.options.marks {
            let about = Some(&card.item.about).filter(|about| back && **about != card.item.id && !about.is_unset());
            let about = about.map(|about| format!("{} · ", about.code())).unwrap_or_default();
            words.push(format!("{about}{}", card.item.id.code()));
        }
        let words = words.join("  ");
        let style = self.body().sized(self.theme.sizes.mark).coloured(self.theme.colours.muted);
        let frame = self.card_frame();
        let mut draws = Vec::new();
        if let Some(line) = self.lines(&Rich::plain(&words, &style), f32::MAX).into_iter().next() {
            let x = self.line_x(&frame, Align::End, line.width);
            let node = self.tree.add(card.node, Role::Paragraph);
            draws.push(Draw {
                cell: 0,
                node,
                shape: Shape::Line { line: Rc::new(line), x, base: self.theme.sizes.mark - 0.5 },
            });
        }
        Slice { height: head(self.theme), draws, ..Slice::default() }
    }
}

impl<'a> Column<'a> {
    /// The cards of an item: one, unless a side holds more than fits one.
    fn item_cards<'i>(&mut self, item: &'i Item, themes: &'a [Theme]) -> Vec<Card<'i>> {
        self.span = self.places.span(&item.about);
        let node = self.tree.add(Tree::ROOT, Role::Division);
        let span = self.span;
        let front = self.side(themes, node, |column, frame| column.question_side(item, frame, node));
        self.span = span;
        let back = self.side(themes, node, |column, frame| column.answer_side(item, frame, node));
        let of = front.parts.len().max(back.parts.len());
        if of > 1 {
            let id = &item.id;
            let message = if back.parts.len() == of {
                phrase!("the answer of `{$id}` fits no card, so it goes on over {$of} cards", id, of)
            } else {
                phrase!("the question of `{$id}` fits no card, so it goes on over {$of} cards", id, of)
            };
            let problem = Diagnostic::new(Code::CardContinued, span, message);
            self.diagnostics.push(problem.with_hint("say it in fewer words, or ask its parts one by one"));
        }
        let (mut fronts, mut backs) = (front.parts.into_iter(), back.parts.into_iter());
        (0..of)
            .map(|part| Card {
                item,
                node,
                front: fronts.next(),
                back: backs.next(),
                front_height: front.heights.get(part).copied().unwrap_or(0.0),
                back_height: back.heights.get(part).copied().unwrap_or(0.0),
                part,
                of,
            })
            .collect()
    }

    /// Sets a side in the largest size in which it fits a card, and where none is small enough in parts.
    fn side(&mut self, themes: &'a [Theme], parent: NodeId, set: impl Fn(&mut Self, &Frame)) -> Side {
        let room = self.page_height;
        let frame = self.card_frame();
        let (elements, problems, outer) = (self.tree.len(), self.diagnostics.len(), self.theme);
        let mut pages = Vec::new();
        let mut hopeless = false;
        for (i, theme) in themes.iter().enumerate() {
            if hopeless && i + 1 < themes.len() {
                continue;
            }
            self.theme = theme;
            set(self, &frame);
            let slices = std::mem::take(&mut self.slices);
            let before: f32 = slices.iter().skip(1).map(|slice| slice.before).sum();
            let height = before + slices.iter().map(|slice| slice.height).sum::<f32>();
            if height <= room || i + 1 == themes.len() {
                pages = paginate(&shared(slices), room);
                break;
            }
            // A text needs room by the square of its size: what is far too much needs no trial of every size.
            hopeless |= height > room * 3.0;
            // What is told of one place once, as a missing letter is, stays told.
            self.tree.truncate(elements, parent);
            let kept: Vec<Diagnostic> = self.diagnostics.drain(problems..).collect();
            self.diagnostics.extend(kept.into_iter().filter(|problem| problem.severity() == Severity::Error));
        }
        self.theme = outer;
        let bottom = |page: &Page| page.slices.last().map_or(0.0, |(y, slice)| y + slice.height);
        let heights = pages.iter().map(bottom).collect();
        Side { parts: pages, heights }
    }

    /// Sets a text in the middle where it has no more lines than that, else from the edge where lines begin.
    fn card_text(&mut self, rich: &Rich, frame: &Frame, parent: NodeId, most_centred: usize) {
        if rich.is_blank() {
            return;
        }
        let size = self.theme.sizes.body;
        let short = self.lines(rich, frame.width).len() <= most_centred;
        let align = if short { Align::Centre } else { Align::Start };
        let node = self.tree.add(parent, Role::Paragraph);
        let slices = self.paragraph_slices(rich, size, frame, align, node);
        self.put(slices, 0.0, Keep::May);
    }

    fn question_side(&mut self, item: &Item, frame: &Frame, parent: NodeId) {
        let theme = self.theme;
        let style = self.body();
        let rich = match &item.answer {
            Answer::Gap(number) => {
                let text = only_gap(&item.prompt, *number);
                Rich::with_blanks(&text, &style, vec![true; text.gaps().len()], self.shaper)
            }
            _ => self.rich(&item.prompt, &style),
        };
        let plain = item.kind != Kind::Member && item.stem.is_empty();
        self.card_text(&rich, frame, parent, if plain { MOST_CENTRED } else { 0 });
        self.blocks(&item.stem, frame, parent, theme.spacing.paragraphs, Keep::May);
        if let Answer::Choices { choices, .. } = &item.answer
            && item.kind != Kind::TrueFalse
        {
            let list = self.tree.add(parent, Role::List);
            let mut gutter = theme.spacing.indent * 1.3;
            for i in 0..choices.len() {
                let letter = Rich::plain(&self.choice_label(item.lettering, i), &style.bold());
                gutter = gutter.max(natural_width(&self.pieces(&letter)) + style.size * 0.5);
            }
            let inner = frame.indented(gutter, self.rtl);
            for (i, choice) in choices.iter().enumerate() {
                let element = self.tree.add(list, Role::Item);
                let label = self.tree.add(element, Role::Label);
                let body = self.tree.add(element, Role::Body);
                let node = self.tree.add(body, Role::Paragraph);
                let at = self.slices.len();
                let rich = self.rich(&choice.text, &style);
                let before = if i == 0 { theme.spacing.paragraphs } else { theme.spacing.items };
                self.paragraph(&rich, style.size, &inner, node, before, Keep::May);
                let letter = self.choice_label(item.lettering, i);
                self.hang(at, &Rich::plain(&letter, &style.bold()), &inner, gutter, label);
            }
        }
        if let Some(hint) = &item.hint {
            let style = style.sized(theme.sizes.small).coloured(theme.colours.muted);
            let mut rich = Rich::plain(&format!("{}: ", self.label("hint")), &style.bold());
            rich.add(hint, &style, self.shaper);
            let node = self.tree.add(parent, Role::Paragraph);
            self.paragraph(&rich, style.size, frame, node, theme.spacing.paragraphs, Keep::May);
        }
    }

    fn answer_side(&mut self, item: &Item, frame: &Frame, parent: NodeId) {
        let style = self.body();
        let text = match &item.answer {
            Answer::Gap(number) => only_gap(&item.prompt, *number),
            Answer::Choices { choices, explanation } => {
                self.right_choices(choices, explanation, (item.kind != Kind::TrueFalse).then_some(item.lettering))
            }
            Answer::Text(_) | Answer::Members { .. } | Answer::Row(_) => answer_text(item),
        };
        let rich = self.rich(&text, &style);
        if matches!(item.answer, Answer::Members { .. } | Answer::Row(_)) {
            let node = self.tree.add(parent, Role::Paragraph);
            self.paragraph(&rich, style.size, frame, node, 0.0, Keep::May);
        } else {
            // What stands above more text begins where that begins.
            self.card_text(&rich, frame, parent, if item.details.is_empty() { MOST_CENTRED } else { 0 });
        }
        let gap = self.theme.spacing.paragraphs;
        self.blocks(&item.details, frame, parent, gap, Keep::May);
    }
}

/// A text with the gaps of one number alone; the words of the others stand as they are.
fn only_gap(text: &Text, number: u16) -> Text {
    let keep: Vec<bool> = text.gaps().iter().map(|(n, _)| *n == number).collect();
    let mut at = 0;
    unwrapped(text, &keep, &mut at)
}

fn unwrapped(text: &Text, keep: &[bool], at: &mut usize) -> Text {
    let mut out = Text::default();
    for run in text.runs() {
        match run {
            Run::Gap(gap) => {
                let kept = keep.get(*at).copied().unwrap_or(false);
                *at += 1;
                let inner = unwrapped(&gap.text, keep, at);
                if kept {
                    let (number, hint) = (gap.number, gap.hint.clone());
                    out.push(Run::Gap(patra_core::Gap { text: inner, number, hint }));
                } else {
                    out.append(inner);
                }
            }
            run => out.push(run.map_inner(|inner| unwrapped(inner, keep, at))),
        }
    }
    out
}
