//! Items of a comparison.

use std::collections::BTreeSet;

use super::generate::{About, Generator, Place, under};
use super::mask::mask;
use super::seed::Seeded;
use super::{Answer, Kind, RowCell};
use crate::word::{distinct, fold, overlap};
use crate::{Aspect, Choice, Comparison, Id, Messages, Subject, Text};

/// The most subjects of which it is asked which one is meant: more are no choice but a search.
const MOST_SUBJECTS: usize = 16;

/// A comparison with its subjects named in one breath.
struct Compared<'a> {
    comparison: &'a Comparison,
    /// `A, B and C`
    all: Text,
    /// `A, B or C`
    any: Text,
}

impl Generator<'_> {
    pub(super) fn comparison(&mut self, comparison: &Comparison, place: &Place<'_>) {
        let names: Vec<&Text> = comparison.subjects.iter().map(|subject| &subject.name).collect();
        let compared = Compared {
            comparison,
            all: list(&self.messages, "list-and", &names),
            any: list(&self.messages, "list-or", &names),
        };
        for aspect in &comparison.aspects {
            let cells = comparison.subjects.iter().zip(&aspect.cells).filter(|(_, cell)| !cell.is_blank());
            let words: Vec<String> = cells.clone().map(|(_, text)| fold(text)).collect();
            let cells: Vec<Cell<'_>> = cells
                .zip(&words)
                .map(|((subject, text), words)| Cell { subject, text, words, distinct: distinct(words) })
                .collect();
            let row = Row { aspect, id: comparison.row_id(aspect), cells: &cells };
            self.row(&compared, &row, place);
            for index in 0..cells.len() {
                self.cell(&compared, &row, index, place);
            }
        }
    }

    fn row(&mut self, compared: &Compared<'_>, row: &Row<'_>, place: &Place<'_>) {
        // Where all cells say the same there is no difference to ask for.
        if row.cells.iter().all(|cell| cell.words == row.cells[0].words) {
            return;
        }
        let about = About { id: &row.id, within: &[&compared.comparison.id] };
        let cells =
            row.cells.iter().map(|cell| RowCell { subject: cell.subject.name.clone(), cell: cell.text.clone() });
        let answer = Answer::Row(cells.collect());
        let prompt = |m: &Messages| m.text("ask-row", &[("subjects", &compared.all), ("aspect", &row.aspect.name)]);
        self.push(place, &about, Kind::CompareRow, prompt, |_| answer);
    }

    fn cell(&mut self, compared: &Compared<'_>, row: &Row<'_>, index: usize, place: &Place<'_>) {
        let Cell { subject, text, .. } = &row.cells[index];
        let id = row.id.join(subject.id.as_str());
        let about = About { id: &id, within: &[&compared.comparison.id, &row.id] };
        let arguments = [("subject", &subject.name), ("aspect", &row.aspect.name)];
        let answer = |_: &Messages| Answer::Text((*text).clone());
        self.push(place, &about, Kind::CompareCell, |m| m.text("ask-cell", &arguments), answer);
        if row.cells.len() <= MOST_SUBJECTS {
            self.which(compared, row, index, place, &about);
            self.true_or_false(row, index, place, &about);
        }
    }

    /// Which subject is meant: only where the cell, or a part of it, is true of no other.
    fn which(&mut self, compared: &Compared<'_>, row: &Row<'_>, index: usize, place: &Place<'_>, about: &About<'_>) {
        let Cell { subject, text, words, .. } = &row.cells[index];
        if row.cells.len() < 2 || row.others(index).count() + 1 < row.cells.len() {
            return;
        }
        let hide = |text, cell: &Cell<'_>| mask(text, words, &cell.subject.name.plain_words());
        let masked = row.cells.iter().fold((*text).clone(), hide);
        if masked.has_words() {
            let arguments = [("subjects", &compared.any), ("aspect", &row.aspect.name)];
            let prompt = |m: &Messages| under(m.text("ask-which", &arguments), masked);
            self.push(place, about, Kind::Which, prompt, |_| Answer::Text(subject.name.clone()));
        }
    }

    /// Whether something holds of a subject: its own cell, or one that is wrong of it, as the id draws.
    fn true_or_false(&mut self, row: &Row<'_>, index: usize, place: &Place<'_>, about: &About<'_>) {
        let Cell { subject, text, .. } = &row.cells[index];
        let wrong: Vec<&Text> = row.others(index).collect();
        if wrong.is_empty() {
            return;
        }
        let mut draw = Seeded::of(about.id.join(Kind::TrueFalse.as_str()).as_str());
        let holds = draw.below(2) == 0;
        let said = if holds { text } else { wrong[draw.below(wrong.len())] };
        let arguments = [("subject", &subject.name), ("aspect", &row.aspect.name)];
        let prompt = |m: &Messages| under(m.text("ask-true-false", &arguments), said.clone());
        let answer = |m: &Messages| {
            let choice = |message, correct| Choice { text: m.text(message, &[]), correct, ..Choice::default() };
            let correction = m.text("correction", &[("subject", &subject.name), ("cell", text)]);
            Answer::Choices {
                choices: vec![choice("true", holds), choice("false", !holds)],
                explanation: if holds { Text::default() } else { correction },
            }
        };
        self.push(place, about, Kind::TrueFalse, prompt, answer);
    }
}

/// A row of a comparison, without the cells that are empty.
struct Row<'a> {
    aspect: &'a Aspect,
    id: Id,
    cells: &'a [Cell<'a>],
}

struct Cell<'a> {
    subject: &'a Subject,
    text: &'a Text,
    /// Its [words](fold).
    words: &'a str,
    /// Each of them once.
    distinct: BTreeSet<&'a str>,
}

impl Row<'_> {
    /// The cells that say something else than one does, no part of the one being the whole of the other: `phone` is not wrong
    /// of whom `phone and mail` is true.
    fn others(&self, index: usize) -> impl Iterator<Item = &Text> {
        let own = &self.cells[index].distinct;
        let others = self.cells.iter().enumerate().filter(move |(at, _)| *at != index);
        others.filter(move |(_, other)| !overlap(&other.distinct, own)).map(|(_, other)| other.text)
    }
}

/// Names joined as the language joins them: `A, B and C`, `A, B or C`.
fn list(messages: &Messages, last_message: &str, names: &[&Text]) -> Text {
    let Some((&last, first)) = names.split_last() else { return Text::default() };
    let joined = first
        .iter()
        .copied()
        .cloned()
        .reduce(|joined, name| messages.text("list-comma", &[("first", &joined), ("last", &name)]));
    match joined {
        None => last.clone(),
        Some(joined) => messages.text(last_message, &[("first", &joined), ("last", last)]),
    }
}
