//! The worksheet: exercises with room to write, and nothing that tells an answer.
//!
//! No id is a place of the document here, since ids are made of terms, and terms are answers.

use std::rc::Rc;

use std::collections::BTreeMap;

use patra_core::{Answer, Block, Choice, Complete, Exercise, Gaps, Id, Item, Kind, Material, Run, Text, Worksheet};

use super::exercise::Spot;
use super::room::RULED;
use super::table::{Grid, GridRow};
use super::{Column, Draw, Frame, Keep, NodeId, Role, Shape, Slice, Tree};
use crate::text::{Rich, natural_width};

/// Sets a worksheet.
pub(crate) fn worksheet(column: &mut Column<'_>, material: &Material, sheet: &Worksheet) {
    column.writing = RULED;
    column.compared = compared(material);
    column.sheet_title(material, sheet, "worksheet");
    column.fields(&[("name-line", 0.0, 0.64), ("date-line", 0.68, 1.0)], 4.0);
    for (i, exercise) in sheet.exercises.iter().enumerate() {
        column.exercise_heading(i, exercise);
        match exercise {
            Exercise::Match(exercise) => column.matching(exercise),
            Exercise::Gaps(exercise) => column.gaps(exercise),
            Exercise::Table(exercise) => {
                let styles = (column.body(), column.body());
                column.complete(exercise, styles, true);
            }
            Exercise::TrueFalse(items) => column.asked(items, 7.0, Column::judge),
            Exercise::Choose(items) => column.asked(items, 9.0, Column::choose),
            Exercise::Answer(items) => column.asked(items, 10.0, Column::write_answer),
        }
    }
    if sheet.exercises.is_empty() {
        column.nothing_asked();
    }
    column.imprint(material);
}

impl Column<'_> {
    /// Sets the prompts of items, and what `room` leaves room for below each.
    fn asked(&mut self, items: &[Item], between: f32, room: fn(&mut Self, &Item, &Spot)) {
        self.numbered(items.len(), between, |column, i, spot| {
            let item = &items[i];
            column.span = column.places.span(&item.about);
            let style = column.body();
            let statement = column.statement(item);
            let rich = column.rich(statement.as_ref().unwrap_or(&item.prompt), &style);
            let at = column.text_at(&rich, spot);
            column.blocks(&item.stem, &spot.frame, spot.parent, column.theme.spacing.items, Keep::Avoid);
            if let Some(hint) = &item.hint {
                let style = style.sized(column.theme.sizes.table).coloured(column.theme.colours.muted);
                let mut rich = Rich::plain(&format!("{}: ", column.label("hint")), &style.bold());
                rich.add(hint, &style, column.shaper);
                column.text_at(&rich, &Spot { before: 0.0, keep: Keep::Never, ..spot.clone() });
            }
            if let Some(at) = at {
                column.margin_code(at, &item.id, spot.parent, false);
            }
            room(column, item, &Spot { before: 3.0, keep: Keep::Never, ..spot.clone() });
        });
    }

    /// What is to be judged, without the question that the heading asks already.
    fn statement(&self, item: &Item) -> Option<Text> {
        if item.kind != Kind::TrueFalse {
            return None;
        }
        let (subject, aspect) = self.compared.get(&item.about)?;
        let mut text = self.messages.text("statement", &[("subject", subject), ("aspect", aspect)]);
        let runs = item.prompt.runs();
        let said = runs.iter().position(|run| *run == Run::Break)?;
        runs[said..].iter().for_each(|run| text.push(run.clone()));
        Some(text)
    }

    /// Boxes for true and false.
    fn judge(&mut self, item: &Item, spot: &Spot) {
        let Answer::Choices { choices, .. } = &item.answer else { return };
        self.boxes(choices, None, spot);
    }

    /// Boxes for choices.
    fn choose(&mut self, item: &Item, spot: &Spot) {
        let Answer::Choices { choices, .. } = &item.answer else { return };
        let labels = (0..choices.len()).map(|i| self.choice_label(item.lettering, i)).collect();
        self.boxes(choices, Some(labels), spot);
        if let Some(room) = item.room {
            self.room(room, spot);
        }
    }

    /// Choices with boxes to tick, side by side where all fit one line.
    fn boxes(&mut self, choices: &[Choice], labels: Option<Vec<String>>, spot: &Spot) {
        let style = self.body();
        let list = self.tree.add(spot.parent, Role::List);
        let gutter = self.theme.scaled(17.0);
        let mut set = Vec::new();
        for (i, choice) in choices.iter().enumerate() {
            let item = self.tree.add(list, Role::Item);
            let label = self.tree.add(item, Role::Label);
            let body = self.tree.add(item, Role::Body);
            let letter = labels.as_ref().and_then(|labels| labels.get(i)).map_or("", String::as_str);
            let label_line = self.lines(&Rich::plain(letter, &style.bold()), f32::MAX).into_iter().next();
            let rich = self.rich(&choice.text, &style);
            set.push((label_line, label, rich, body));
        }
        let room = set.iter().filter_map(|(line, ..)| line.as_ref()).map(|line| line.width + 5.0).fold(0.0, f32::max);
        let size = style.size * 0.86;
        let mut widths = Vec::with_capacity(set.len());
        for (_, _, rich, _) in &set {
            widths.push(gutter + room + natural_width(&self.pieces(rich)));
        }
        let all: f32 = widths.iter().map(|width| width + 22.0).sum();
        let one_line = all <= spot.frame.width + 22.0;
        let mut taken = 0.0;
        let first = self.slices.len();
        for (i, (line, label, rich, body)) in set.into_iter().enumerate() {
            // Side by side each has the width that it needs, which may be less than a frame is indented to.
            let outer = if one_line { self.cut(&spot.frame, taken, widths[i]) } else { spot.frame.clone() };
            taken += widths[i] + 22.0;
            let inner = self.cut(&outer, gutter + room, outer.width - gutter - room);
            let node = self.tree.add(body, Role::Paragraph);
            let mut slices = self.paragraph_slices(&rich, style.size, &inner, super::Align::Start, node);
            if slices.is_empty() {
                slices.push(Slice { height: style.size * 1.5, ..Slice::default() });
            }
            let base = slices[0].base().unwrap_or(style.size);
            let boxed = if self.rtl { outer.x + outer.width - size } else { outer.x };
            let y = base - size * 0.92;
            let mut draws = vec![Draw {
                cell: 0,
                node: NodeId(0),
                shape: Shape::Box { x: boxed, y, size, colour: self.theme.colours.muted },
            }];
            if let Some(line) = line {
                let x = if self.rtl { outer.x + outer.width - gutter - line.width } else { outer.x + gutter };
                draws.push(Draw { cell: 0, node: label, shape: Shape::Line { line: Rc::new(line), x, base } });
            }
            slices[0].draws.splice(0..0, draws);
            match self.slices.get_mut(first).filter(|_| one_line && i > 0) {
                Some(row) => {
                    row.height = row.height.max(slices[0].height);
                    row.draws.append(&mut slices[0].draws);
                }
                None => {
                    let before = if i == 0 { spot.before } else { 2.0 };
                    self.put(slices, before, Keep::Never);
                }
            }
        }
    }

    /// A part of a frame: so far from where its lines begin, and so wide.
    pub(super) fn cut(&self, frame: &Frame, from: f32, width: f32) -> Frame {
        let width = width.max(1.0);
        let x = if self.rtl { frame.x + frame.width - from - width } else { frame.x + from };
        Frame { x, width, ..frame.clone() }
    }

    /// Sentences with rules to fill, above them the words for them in a box.
    fn gaps(&mut self, exercise: &Gaps) {
        self.word_bank(&exercise.bank);
        self.numbered(exercise.sentences.len(), 2.0, |column, i, spot| {
            let sentence = &exercise.sentences[i];
            column.span = column.places.span(&sentence.id);
            let style = column.body();
            let blanks = vec![true; sentence.text.gaps().len()];
            let rich = Rich::with_blanks(&sentence.text, &style, blanks, column.shaper);
            if let Some(at) = column.text_at(&rich, spot) {
                column.margin_code(at, &sentence.id, spot.parent, false);
            }
        });
    }

    /// A comparison with cells left out, or, for the key, with those cells in the second of two styles.
    pub(crate) fn complete(
        &mut self,
        exercise: &Complete,
        (shown, answered): (crate::text::Style, crate::text::Style),
        hide: bool,
    ) {
        let theme = self.theme;
        let comparison = &exercise.comparison;
        let cell = shown.sized(theme.sizes.table);
        let head = cell.bold().coloured(theme.colours.accent);
        let mut heads = vec![self.rich(&comparison.corner, &head)];
        for subject in &comparison.subjects {
            heads.push(self.rich(&subject.name, &head));
        }
        let mut rows = Vec::new();
        for (i, aspect) in comparison.aspects.iter().enumerate() {
            self.span = aspect.span;
            let mut cells = vec![self.rich(&aspect.name, &cell.bold())];
            for (j, text) in aspect.cells.iter().enumerate() {
                let style = if exercise.hidden.contains(&(i, j)) { &answered.sized(theme.sizes.table) } else { &cell };
                cells.push(self.rich(text, style));
            }
            let mut anchors = Vec::new();
            if !hide {
                anchors.push(comparison.row_id(aspect));
                anchors.extend(comparison.subjects.iter().map(|subject| comparison.cell_id(aspect, subject)));
            }
            rows.push(GridRow { cells, anchors, span: aspect.span });
        }
        // The first column of the grid has the aspects.
        let hidden = exercise.hidden.iter().filter(|_| hide).map(|(row, column)| (*row, column + 1)).collect();
        let at = self.slices.len();
        let grid = Grid { heads, rows, row_heads: true, hidden, boxed: true, ..Grid::default() };
        let frame = self.frame();
        self.span = comparison.span;
        self.table(&grid, &frame, Tree::ROOT, 5.0, Keep::May);
        self.margin_code(at, &comparison.id, Tree::ROOT, false);
    }
}

/// The subject and the aspect of each cell of every comparison.
fn compared(material: &Material) -> BTreeMap<Id, (Text, Text)> {
    let mut compared = BTreeMap::new();
    material.walk_blocks(&mut |block, _| {
        if let Block::Comparison(comparison) = block {
            for aspect in &comparison.aspects {
                for subject in &comparison.subjects {
                    let names = (subject.name.clone(), aspect.name.clone());
                    compared.insert(comparison.cell_id(aspect, subject), names);
                }
            }
        }
    });
    compared
}
