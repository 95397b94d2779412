//! Items of a comparison.

use super::generate::{About, Generator, Place, fold, under};
use super::mask::mask;
use super::seed::Seeded;
use super::{Answer, Kind, RowCell};
use crate::{Aspect, Choice, Comparison, Messages, Subject, Text};

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
            let cells: Vec<(&Subject, &Text)> =
                comparison.subjects.iter().zip(&aspect.cells).filter(|(_, cell)| !cell.is_blank()).collect();
            self.row(&compared, aspect, &cells, place);
            for index in 0..cells.len() {
                self.cell(&compared, aspect, &cells, index, place);
            }
        }
    }

    fn row(&mut self, compared: &Compared<'_>, aspect: &Aspect, cells: &[(&Subject, &Text)], place: &Place<'_>) {
        // Where all cells say the same there is no difference to ask for.
        if cells.len() < 2 || cells.iter().all(|(_, cell)| fold(cell) == fold(cells[0].1)) {
            return;
        }
        let id = compared.comparison.row_id(aspect);
        let about = About { id: &id, within: &[&compared.comparison.id] };
        let row = cells.iter().map(|(subject, cell)| RowCell { subject: subject.name.clone(), cell: (*cell).clone() });
        let answer = Answer::Row(row.collect());
        let prompt = |m: &Messages| m.text("ask-row", &[("subjects", &compared.all), ("aspect", &aspect.name)]);
        self.push(place, &about, Kind::CompareRow, prompt, |_| answer);
    }

    fn cell(
        &mut self,
        compared: &Compared<'_>,
        aspect: &Aspect,
        cells: &[(&Subject, &Text)],
        index: usize,
        place: &Place<'_>,
    ) {
        let (subject, cell) = cells[index];
        let (row, id) = (compared.comparison.row_id(aspect), compared.comparison.cell_id(aspect, subject));
        let about = About { id: &id, within: &[&compared.comparison.id, &row] };
        let arguments = [("subject", &subject.name), ("aspect", &aspect.name)];
        self.push(place, &about, Kind::CompareCell, |m| m.text("ask-cell", &arguments), |_| Answer::Text(cell.clone()));

        let others: Vec<&Text> = cells
            .iter()
            .enumerate()
            .filter(|(at, (_, other))| *at != index && fold(other) != fold(cell))
            .map(|(_, c)| c.1)
            .collect();
        if others.is_empty() {
            return;
        }
        // Only where no other subject shares the cell does it tell which subject is meant.
        if others.len() + 1 == cells.len() {
            let masked = cells.iter().fold(cell.clone(), |text, (subject, _)| mask(&text, &subject.name.to_plain()));
            if masked.has_words() {
                let which = [("subjects", &compared.any), ("aspect", &aspect.name)];
                let prompt = |m: &Messages| under(m.text("ask-which", &which), masked);
                self.push(place, &about, Kind::Which, prompt, |_| Answer::Text(subject.name.clone()));
            }
        }
        let mut draw = Seeded::of(id.join(Kind::TrueFalse.as_str()).as_str());
        let holds = draw.below(2) == 0;
        let said = if holds { cell } else { others[draw.below(others.len())] };
        let prompt = |m: &Messages| under(m.text("ask-true-false", &arguments), said.clone());
        let answer = |m: &Messages| {
            let choice = |message, correct| Choice { text: m.text(message, &[]), correct, ..Choice::default() };
            let correction = m.text("correction", &[("subject", &subject.name), ("cell", cell)]);
            Answer::Choices {
                choices: vec![choice("true", holds), choice("false", !holds)],
                explanation: if holds { Text::default() } else { correction },
            }
        };
        self.push(place, &about, Kind::TrueFalse, prompt, answer);
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
