//! What worksheets and their keys have in common: numbered exercises, and lists of what is asked in one.

use patra_core::{Exercise, ListMarker, Material, Text, Worksheet};

use super::number::number;
use super::{Column, Frame, Keep, NodeId, Role, Tree};
use crate::text::Rich;

/// Where the next thing is set, and how it is kept with what stands before it.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) frame: Frame,
    pub(crate) parent: NodeId,
    pub(crate) before: f32,
    pub(crate) keep: Keep,
}

impl Column<'_> {
    /// Sets the title of a worksheet or its key.
    pub(crate) fn sheet_title(&mut self, material: &Material, sheet: &Worksheet, paper: &str) {
        let paper = self.label(paper);
        let fact = self.sheet_number(sheet.seed);
        self.title(material, Some(&paper), &[fact]);
    }

    /// The number that a worksheet is drawn by, as it is printed.
    pub(crate) fn sheet_number(&self, seed: u64) -> String {
        self.messages.string("sheet-number", &[("seed", &seed.to_string())])
    }

    /// Sets the heading of an exercise, the same on the worksheet and in its key.
    pub(crate) fn exercise_heading(&mut self, at: usize, exercise: &Exercise) {
        let message = match exercise {
            Exercise::Match(_) => "do-match",
            Exercise::Gaps(_) => "do-gaps",
            Exercise::Table(_) => "do-table",
            Exercise::TrueFalse(_) => "do-true-false",
            Exercise::Choose(_) => "do-choose",
            Exercise::Answer(_) => "do-answer",
        };
        let heading = format!("{}. {}", number(at + 1, self.language), self.label(message));
        // The second of the sizes of headings: the sheet is not divided into chapters.
        self.heading_sized(&Text::plain(heading), None, 1, 1);
    }

    /// Sets a numbered list, each of its items by `set`, which is given the spot of the item's body and its place in the
    /// list.
    pub(crate) fn numbered(&mut self, count: usize, between: f32, set: impl FnMut(&mut Self, usize, &Spot)) {
        self.numbered_where(count, between, |_| true, set);
    }

    /// Sets a numbered list without some of its items, whose numbers are left out with them.
    pub(crate) fn numbered_where(
        &mut self,
        count: usize,
        between: f32,
        shown: impl Fn(usize) -> bool,
        mut set: impl FnMut(&mut Self, usize, &Spot),
    ) {
        let theme = self.theme;
        let frame = self.frame();
        let list = self.tree.add(Tree::ROOT, Role::List);
        if let Some(list) = self.tree.node_mut(list) {
            list.numbered = true;
        }
        let style = self.body().bold().coloured(theme.colours.accent);
        let gutter = theme.spacing.indent.max(theme.scaled(7.0 + 6.2 * count.to_string().len() as f32)) + 3.0;
        let inner = frame.indented(gutter, self.rtl);
        let mut first = true;
        for i in (0..count).filter(|i| shown(*i)) {
            let item = self.tree.add(list, Role::Item);
            let label = self.tree.add(item, Role::Label);
            let body = self.tree.add(item, Role::Body);
            let at = self.slices.len();
            let before = if std::mem::take(&mut first) { 4.0 } else { between };
            set(self, i, &Spot { frame: inner.clone(), parent: body, before, keep: Keep::May });
            let marker = format!("{}.", number(i + 1, self.language));
            self.hang(at, &Rich::plain(&marker, &style), &inner, gutter, label);
        }
    }

    /// Sets a text as a paragraph; gives the number of its last slice, or `None` where there is nothing to see.
    pub(crate) fn text_at(&mut self, rich: &Rich, spot: &Spot) -> Option<usize> {
        if rich.is_blank() {
            return None;
        }
        let node = self.tree.add(spot.parent, Role::Paragraph);
        let size = self.theme.sizes.body;
        self.paragraph(rich, size, &spot.frame, node, spot.before, spot.keep);
        self.slices.len().checked_sub(1)
    }

    /// Says that there is nothing to ask.
    pub(crate) fn nothing_asked(&mut self) {
        let style = self.body();
        let rich = Rich::plain(&self.label("nothing-asked"), &style);
        let spot = Spot {
            frame: self.frame(),
            parent: Tree::ROOT,
            before: self.theme.spacing.paragraphs * 2.0,
            keep: Keep::May,
        };
        self.text_at(&rich, &spot);
    }

    /// The label of the `i`th choice, from 0: as the author letters them, else by the [letter](Self::letter).
    pub(crate) fn choice_label(&self, lettering: Option<ListMarker>, i: usize) -> String {
        let number = u32::try_from(i + 1).unwrap_or(u32::MAX);
        lettering.map_or_else(|| format!("{}.", self.letter(i)), |lettering| lettering.label(number))
    }

    /// The letter that stands for the `i`th of several things, from 0, as the language is used to.
    pub(crate) fn letter(&self, i: usize) -> String {
        let letters = self.label("letters");
        let letters: Vec<&str> = letters.split_whitespace().collect();
        match (letters.get(i % letters.len().max(1)), i / letters.len().max(1)) {
            (Some(letter), 0) => (*letter).to_owned(),
            // After the last letter, the first again with a number.
            (Some(letter), round) => format!("{letter}{}", number(round + 1, self.language)),
            (None, _) => number(i + 1, self.language),
        }
    }
}
