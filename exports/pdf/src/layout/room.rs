//! Room to write by hand: ruled lines and blank space.

use std::rc::Rc;

use patra_core::{Answer, Block, Item, Room, Text};

use super::exercise::Spot;
use super::number::number;
use super::{Align, Column, Draw, Keep, NodeId, Role, Shape, Slice};
use crate::text::{Rich, natural_width};

/// From one ruled line to the next, in points: 8 mm.
pub(super) const RULED: f32 = 22.7;

/// Room for a task whose author asks for none.
pub(super) const TASK: Room = Room::Lines(4);

/// The most lines ruled for one answer by its length.
const MOST_RULED: usize = 10;

/// A millimetre in points.
const MILLIMETRE: f32 = 72.0 / 25.4;

impl Column<'_> {
    /// Leaves the room that an author asks for.
    pub(super) fn room(&mut self, room: Room, spot: &Spot) {
        match room {
            Room::Lines(lines) => self.rules(lines.into(), &[], spot),
            // In strips, so that room taller than what is left of a page continues on the next.
            Room::Space(height) => {
                let strips = height.div_ceil(10);
                for i in 0..strips {
                    let strip = MILLIMETRE * f32::from(height) / f32::from(strips);
                    let (before, keep) = if i == 0 { (spot.before, Keep::Never) } else { (0.0, Keep::Avoid) };
                    let slice = Slice { height: strip, bars: Rc::clone(&spot.frame.bars), ..Slice::default() };
                    self.put(vec![slice], before, keep);
                }
            }
            _ => {}
        }
    }

    /// Ruled lines, as many as the answer needs by hand.
    pub(super) fn write_answer(&mut self, item: &Item, spot: &Spot) {
        if let Some(room) = item.room.or((!item.is_answered()).then_some(TASK)) {
            self.room(room, spot);
            return;
        }
        match &item.answer {
            Answer::Members { terms, .. } => {
                let labels: Vec<String> =
                    (0..terms.len()).map(|i| format!("{}.", number(i + 1, self.language))).collect();
                self.rules(labels.len(), &labels, spot);
            }
            Answer::Row(cells) => {
                let style = self.body().bold();
                for (i, cell) in cells.iter().enumerate() {
                    let mut rich = Rich::default();
                    rich.add(&cell.subject, &style, self.shaper);
                    rich.push(":", &style, false);
                    let before = if i == 0 { spot.before } else { 4.0 };
                    self.text_at(&rich, &Spot { before, ..spot.clone() });
                    let count = self.lines_needed(&cell.cell, spot.frame.width);
                    self.rules(count, &[], &Spot { before: 0.0, ..spot.clone() });
                }
            }
            Answer::Text(text) => {
                let width = spot.frame.width;
                let count =
                    if text.is_blank() { self.lines_below(item, width) } else { self.lines_needed(text, width) };
                self.rules(count, &[], spot);
            }
            Answer::Gap(_) | Answer::Choices { .. } => {
                let count = self.lines_needed(&Text::plain(item.plain_answer()), spot.frame.width);
                self.rules(count, &[], spot);
            }
        }
    }

    /// How many ruled lines an answer needs that stands in blocks alone.
    fn lines_below(&mut self, item: &Item, measure: f32) -> usize {
        let mut texts: Vec<&Text> = Vec::new();
        let mut blocks: Vec<&Block> = item.details.iter().collect();
        while let Some(block) = blocks.pop() {
            block.texts(&mut |text, _| texts.push(text));
            blocks.extend(block.children());
        }
        texts.iter().map(|text| self.lines_needed(text, measure)).sum::<usize>().clamp(1, MOST_RULED)
    }

    /// How many ruled lines an answer needs by hand: a word one, a sentence two.
    fn lines_needed(&mut self, text: &Text, measure: f32) -> usize {
        let style = self.body();
        let rich = Rich::of(text, &style, self.shaper);
        let width = natural_width(&self.pieces(&rich)) * 1.8;
        // A word of any length has its lines counted, so that no answer asks for a page.
        ((width / measure).ceil().max(1.0) as usize).min(MOST_RULED)
    }

    /// Sets ruled lines, the first of them with labels.
    fn rules(&mut self, count: usize, labels: &[String], spot: &Spot) {
        let style = self.body().coloured(self.theme.colours.muted);
        let parent = (!labels.is_empty()).then(|| self.tree.add(spot.parent, Role::Paragraph));
        for i in 0..count {
            let mut frame = spot.frame.clone();
            let mut draws = Vec::new();
            let base = RULED - 3.5;
            if let (Some(label), Some(node)) = (labels.get(i), parent)
                && let Some(line) = self.lines(&Rich::plain(label, &style), f32::MAX).into_iter().next()
            {
                let x = self.line_x(&frame, Align::Start, line.width);
                frame = frame.indented(line.width + 5.0, self.rtl);
                draws.push(Draw { cell: 0, node, shape: Shape::Line { line: Rc::new(line), x, base } });
            }
            let (x, width, colour) = (frame.x, frame.width, self.theme.colours.muted);
            draws.push(looks(Shape::Fill { x, y: RULED - 0.7, width, height: 0.5, colour }));
            let keep = if i == 0 || i + 1 == count { Keep::Never } else { Keep::Avoid };
            let slice = Slice { height: RULED, draws, bars: Rc::clone(&frame.bars), ..Slice::default() };
            self.put(vec![slice], if i == 0 { spot.before } else { 0.0 }, keep);
        }
    }
}

/// Elements that are there for looks.
fn looks(shape: Shape) -> Draw {
    Draw { cell: 0, node: NodeId(0), shape }
}
