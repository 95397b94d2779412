//! Tests: the author's questions numbered through, with their marks, and no answer anywhere in the file.

use std::rc::Rc;

use patra_core::{Answer, Choice, Item, ListMarker, Marks, Material, Room, TestPaper, TestSection, Text};

use super::exercise::Spot;
use super::number::number;
use super::room::TASK;
use super::table::{Grid, GridRow};
use super::{Align, Column, Draw, Frame, Keep, NodeId, Role, Shape, Slice, Tree};
use crate::text::{Rich, natural_width};

/// Between choices side by side, in points.
const BETWEEN: f32 = 14.0;

/// Side of the box for a set's letter, in points.
const SET_BOX: f32 = 34.0;

/// Sets a set of a test.
pub(crate) fn test(column: &mut Column<'_>, material: &Material, paper: &TestPaper, set: Option<&str>) {
    column.test_title(material, "test", set);
    column.fields(&[("name-line", 0.0, 0.62), ("roll-line", 0.66, 1.0)], 4.0);
    column.fields(&[("class-line", 0.0, 0.3), ("date-line", 0.34, 0.62)], 6.0);
    if let Some(total) = paper.total() {
        column.maximum(total);
    }
    let count = paper.questions().count();
    let mut first = 1;
    for section in &paper.sections {
        if !section.heading.is_blank() {
            column.heading_sized(&section.heading, None, 1, 1);
        }
        column.questions(section, first, count);
        first += section.questions.len();
    }
    if count == 0 {
        column.nothing_asked();
    }
    column.imprint(material);
}

/// Sets the key to all sets of a test: a table of the right letters, then the answers in the order of the first set.
pub(crate) fn test_key(column: &mut Column<'_>, material: &Material, sets: &[TestPaper], names: &[String]) {
    let Some(first) = sets.first() else { return };
    column.test_title(material, "answer-key", None);
    if names.len() > 1 {
        column.key_table(sets, names);
    }
    let items: Vec<Item> = first.questions().cloned().collect();
    if items.is_empty() {
        column.nothing_asked();
    }
    column.answered(&items, true);
    column.imprint(material);
}

impl Column<'_> {
    /// The title, and the letter of the set in a box beside it.
    fn test_title(&mut self, material: &Material, label: &str, set: Option<&str>) {
        let label = self.label(label);
        let at = self.slices.len();
        let frame = self.frame();
        let Some(set) = set else {
            self.title(material, Some(&label), &[]);
            return;
        };
        self.place = Some(frame.shortened(SET_BOX + 14.0, self.rtl));
        self.title(material, Some(&label), &[]);
        self.place = None;
        // The rule below the title goes below the box as well, where the title is as high as the box.
        let high = self.slices[at..].iter().map(|slice| slice.before + slice.height).sum::<f32>() > SET_BOX + 12.0;
        for draw in self.slices.last_mut().filter(|_| high).into_iter().flat_map(|slice| &mut slice.draws) {
            if let Shape::Fill { x, width, .. } = &mut draw.shape {
                (*x, *width) = (frame.x, frame.width);
            }
        }
        let style = self.body().bold().sized(SET_BOX * 0.6);
        let node = self.tree.add(Tree::ROOT, Role::Paragraph);
        let Some(line) = self.lines(&Rich::plain(set, &style), f32::MAX).into_iter().next() else { return };
        let x = if self.rtl { frame.x } else { frame.x + frame.width - SET_BOX };
        let text = Shape::Line { x: x + (SET_BOX - line.width) / 2.0, line: Rc::new(line), base: SET_BOX * 0.71 };
        let colour = self.theme.colours.ink;
        if let Some(slice) = self.slices.get_mut(at) {
            slice.draws.push(Draw { cell: 0, node: NodeId(0), shape: Shape::Box { x, y: 0.0, size: SET_BOX, colour } });
            slice.draws.push(Draw { cell: u16::MAX, node, shape: text });
        }
    }

    /// The maximum of marks, at the end of the line set last.
    fn maximum(&mut self, total: Marks) {
        let words = self.messages.string("max-marks", &[("marks", &self.marks(total))]);
        let style = self.body().bold();
        let node = self.tree.add(Tree::ROOT, Role::Paragraph);
        let Some(line) = self.lines(&Rich::plain(&words, &style), f32::MAX).into_iter().next() else { return };
        let x = self.line_x(&self.frame(), Align::End, line.width);
        let Some(slice) = self.slices.last_mut() else { return };
        let base = slice.base().unwrap_or(style.size);
        slice.draws.push(Draw { cell: 0, node, shape: Shape::Line { line: Rc::new(line), x, base } });
    }

    /// Marks in the digits of the language.
    fn marks(&self, marks: Marks) -> String {
        let words = marks.to_string();
        let (whole, part) = words.split_once('.').unwrap_or((&words, ""));
        let digits = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |n| number(n, self.language));
        if part.is_empty() { digits(whole) } else { format!("{}.{part}", digits(whole)) }
    }

    /// Labels with rules to write on, each over a part of the line.
    pub(super) fn fields(&mut self, fields: &[(&str, f32, f32)], before: f32) {
        let frame = self.frame();
        let mut draws = Vec::new();
        let (mut height, mut base) = (0.0_f32, 0.0_f32);
        for &(message, from, to) in fields {
            let field = self.cut(&frame, frame.width * from, frame.width * (to - from));
            let style = self.body();
            let mut rich = Rich::plain(&format!("{}: ", self.label(message)), &style);
            let taken = natural_width(&self.pieces(&rich)) + 6.0;
            rich.push_blank((field.width - taken).max(20.0), &style);
            let node = self.tree.add(Tree::ROOT, Role::Paragraph);
            let Some(line) = self.lines(&rich, f32::MAX).into_iter().next() else { continue };
            let (own, own_base) = self.line_box(&line, style.size);
            (height, base) = (height.max(own), base.max(own_base));
            let x = self.line_x(&field, Align::Start, line.width);
            draws.push((line, x, node));
        }
        let shape = |(line, x, node)| Draw { cell: 0, node, shape: Shape::Line { line: Rc::new(line), x, base } };
        let slice = Slice { height, draws: draws.into_iter().map(shape).collect(), ..Slice::default() };
        self.put(vec![slice], before, Keep::Never);
    }

    /// The questions of a section, numbered from `first` on, of so many in the test.
    fn questions(&mut self, section: &TestSection, first: usize, count: usize) {
        let frame = self.frame();
        let list = self.tree.add(Tree::ROOT, Role::List);
        if let Some(list) = self.tree.node_mut(list) {
            list.numbered = true;
        }
        let style = self.body();
        let gutter = self.theme.spacing.indent.max(self.theme.scaled(7.0 + 6.2 * count.to_string().len() as f32)) + 3.0;
        let inner = frame.indented(gutter, self.rtl);
        let mut margin = 0.0_f32;
        for marks in section.questions.iter().filter_map(|item| item.marks) {
            let rich = Rich::plain(&format!("[{}]", self.marks(marks)), &style.bold());
            margin = margin.max(natural_width(&self.pieces(&rich)) + 12.0);
        }
        let asked = inner.shortened(margin, self.rtl);
        for (i, item) in section.questions.iter().enumerate() {
            self.span = self.places.span(&item.about);
            let element = self.tree.add(list, Role::Item);
            let label = self.tree.add(element, Role::Label);
            let body = self.tree.add(element, Role::Body);
            let at = self.slices.len();
            let before = if i == 0 { 4.0 } else { 9.0 };
            let rich = self.rich(&item.prompt, &style);
            let end = self.text_at(&rich, &Spot { frame: asked.clone(), parent: body, before, keep: Keep::May });
            if let Some((end, marks)) = end.zip(item.marks) {
                let rich = Rich::plain(&format!("[{}]", self.marks(marks)), &style.bold());
                let node = self.tree.add(body, Role::Paragraph);
                if let Some(line) = self.lines(&rich, f32::MAX).into_iter().next() {
                    let x = self.line_x(&frame, Align::End, line.width);
                    let slice = &mut self.slices[end];
                    let base = slice.base().unwrap_or(style.size);
                    slice.draws.push(Draw { cell: 0, node, shape: Shape::Line { line: Rc::new(line), x, base } });
                }
            }
            self.blocks(&item.stem, &inner, body, self.theme.spacing.items, Keep::Avoid);
            let spot = Spot { frame: inner.clone(), parent: body, before: 3.0, keep: Keep::Never };
            match &item.answer {
                Answer::Choices { choices, .. } => {
                    self.lettered(choices, item.lettering, &spot);
                    if let Some(room) = item.room {
                        self.room(room, &spot);
                    }
                }
                Answer::Text(_) | Answer::Members { .. } | Answer::Row(_) | Answer::Gap(_) => {
                    self.room_by_marks(item, &spot);
                }
            }
            let marker = Rich::plain(&format!("{}.", number(first + i, self.language)), &style.bold());
            self.hang(at, &marker, &inner, gutter, label);
        }
    }

    /// Room to write: what the author asks for, else two lines a mark, else what the answer needs.
    fn room_by_marks(&mut self, item: &Item, spot: &Spot) {
        let by_marks = item.marks.and_then(|marks| u16::try_from(2 * marks.rounded_up()).ok());
        match (item.room, by_marks) {
            (None, Some(lines)) => self.room(Room::Lines(lines.clamp(1, 20)), spot),
            (None, None) if !item.is_answered() => self.room(TASK, spot),
            _ => self.write_answer(item, spot),
        }
    }

    /// Choices after their letters: four in a line, three or two, where each fits its part of the line.
    fn lettered(&mut self, choices: &[Choice], lettering: Option<ListMarker>, spot: &Spot) {
        let style = self.body();
        let list = self.tree.add(spot.parent, Role::List);
        let mut set = Vec::new();
        let (mut widest, mut gutter) = (0.0_f32, 0.0_f32);
        for (i, choice) in choices.iter().enumerate() {
            let item = self.tree.add(list, Role::Item);
            let node = self.tree.add(item, Role::Label);
            let body = self.tree.add(item, Role::Body);
            let label = lettering.map_or_else(|| format!("({})", self.letter(i)), |_| self.choice_label(lettering, i));
            let letter = Rich::plain(&label, &style);
            let line = self.lines(&letter, f32::MAX).into_iter().next();
            gutter = line.as_ref().map_or(gutter, |line| gutter.max(line.width + 5.0));
            let rich = self.rich(&choice.text, &style);
            widest = widest.max(natural_width(&self.pieces(&rich)));
            set.push((line, node, rich, body));
        }
        let width = spot.frame.width;
        // Four choices in rows of three would leave one alone.
        let fits = |columns: usize| {
            columns <= choices.len()
                && (columns != 3 || choices.len() % 3 != 1)
                && gutter + widest <= (width - BETWEEN * (columns - 1) as f32) / columns as f32
        };
        let columns = [4, 3, 2].into_iter().find(|columns| fits(*columns)).unwrap_or(1);
        let step = (width + BETWEEN) / columns as f32;
        let mut row = self.slices.len();
        for (i, (line, label, rich, body)) in set.into_iter().enumerate() {
            let outer = self.cut(&spot.frame, step * (i % columns) as f32, step - BETWEEN);
            let outer = if columns == 1 { spot.frame.clone() } else { outer };
            let inner = outer.indented(gutter, self.rtl);
            // A frame is indented no farther than leaves room for a word, so what is cut side by side is cut again.
            let inner = if columns == 1 { inner } else { self.cut(&outer, gutter, outer.width - gutter) };
            let node = self.tree.add(body, Role::Paragraph);
            let mut slices = self.paragraph_slices(&rich, style.size, &inner, Align::Start, node);
            if slices.is_empty() {
                slices.push(Slice { height: style.size * 1.5, ..Slice::default() });
            }
            let base = slices[0].base().unwrap_or(style.size);
            if let Some(line) = line {
                let x = self.line_x(&outer, Align::Start, line.width);
                slices[0]
                    .draws
                    .insert(0, Draw { cell: 0, node: label, shape: Shape::Line { line: Rc::new(line), x, base } });
            }
            if i % columns == 0 {
                row = self.slices.len();
                self.put(slices, if i == 0 { spot.before } else { 1.0 }, Keep::Never);
            } else if let Some(first) = self.slices.get_mut(row) {
                first.height = first.height.max(slices[0].height);
                first.draws.append(&mut slices[0].draws);
            }
        }
    }

    /// A table of the number that each question has in each set, and of the letter of its right choice there.
    fn key_table(&mut self, sets: &[TestPaper], names: &[String]) {
        let style = self.body().sized(self.theme.sizes.table);
        let head = style.bold();
        let Some(first) = sets.first() else { return };
        let mut heads = vec![Rich::plain(&self.label("question"), &head)];
        for name in names {
            let set = self.messages.string("set-name", &[("set", name)]);
            heads.push(Rich::plain(&set, &head));
        }
        let mut rows = Vec::new();
        for (at, item) in first.questions().enumerate() {
            let mut cells = vec![Rich::plain(&format!("{}.", number(at + 1, self.language)), &head)];
            for set in sets {
                let Some((place, drawn)) = set.questions().enumerate().find(|(_, other)| other.id == item.id) else {
                    continue;
                };
                let mut words = number(place + 1, self.language);
                if let Answer::Choices { choices, .. } = &drawn.answer {
                    let right = choices.iter().enumerate().filter(|(_, choice)| choice.correct);
                    let label = |i| match drawn.lettering {
                        Some(_) => self.choice_label(drawn.lettering, i),
                        None => self.letter(i),
                    };
                    let letters: Vec<String> = right.map(|(i, _)| label(i)).collect();
                    words = format!("{words} – {}", letters.join(", "));
                }
                cells.push(Rich::plain(&words, &style));
            }
            rows.push(GridRow { cells, anchors: Vec::new(), span: self.places.span(&item.about) });
        }
        let grid = Grid { heads, rows, row_heads: true, boxed: true, ..Grid::default() };
        let frame: Frame = self.frame();
        self.table(&grid, &frame, Tree::ROOT, 5.0, Keep::May);
        let heading = Text::plain(self.messages.string("set-name", &[("set", &names[0])]));
        self.heading_sized(&heading, None, 1, 1);
    }
}
