//! The key of a worksheet: the answers, numbered as the exercises are.

use patra_core::{Answer, Choice, Exercise, Item, ListMarker, Match, Material, Run, Text, Worksheet};

use super::exercise::Spot;
use super::{Column, Keep};

/// Sets the key of a worksheet.
pub(crate) fn key(column: &mut Column<'_>, material: &Material, sheet: &Worksheet) {
    column.sheet_title(material, sheet, "answer-key");
    // An exercise of tasks alone has nothing to tell.
    let told = |exercise: &Exercise| match exercise {
        Exercise::Choose(items) | Exercise::Answer(items) => items.iter().any(Item::is_answered),
        _ => true,
    };
    for (i, exercise) in sheet.exercises.iter().enumerate().filter(|(_, exercise)| told(exercise)) {
        column.exercise_heading(i, exercise);
        match exercise {
            Exercise::Match(exercise) => column.matched(exercise),
            Exercise::Gaps(exercise) => column.numbered(exercise.sentences.len(), 4.0, |column, i, spot| {
                let sentence = &exercise.sentences[i];
                column.anchor(&sentence.id);
                column.span = column.places.span(&sentence.id);
                let style = column.body();
                // With its gaps filled, which are set off.
                let rich = column.rich(&sentence.text, &style);
                if let Some(at) = column.text_at(&rich, spot) {
                    column.margin_code(at, &sentence.id, spot.parent, false);
                }
            }),
            Exercise::Table(exercise) => {
                let style = column.body();
                let answered = style.bold().coloured(column.theme.colours.accent);
                column.complete(exercise, (style, answered), false);
            }
            Exercise::TrueFalse(items) => column.answered(items, false),
            Exercise::Choose(items) => column.answered(items, true),
            Exercise::Answer(items) => column.answered(items, false),
        }
    }
    if sheet.exercises.is_empty() {
        column.nothing_asked();
    }
    column.imprint(material);
}

impl Column<'_> {
    fn matched(&mut self, exercise: &Match) {
        self.numbered(exercise.items.len(), 4.0, |column, i, spot| {
            let item = &exercise.items[i];
            let letter = exercise.key.get(i).map(|line| column.letter(*line)).unwrap_or_default();
            let mut text = Text::default();
            text.push(Run::Strong(letter.into()));
            text.push(Run::Plain(" – ".into()));
            text.append(answer_text(item));
            column.key_line(item, &text, spot);
        });
    }

    pub(crate) fn answered(&mut self, items: &[Item], lettered: bool) {
        let answered = |i: usize| items.get(i).is_some_and(Item::is_answered);
        self.numbered_where(items.len(), 4.0, answered, |column, i, spot| {
            let item = &items[i];
            let text = match &item.answer {
                Answer::Choices { choices, explanation } => {
                    column.right_choices(choices, explanation, lettered.then_some(item.lettering))
                }
                Answer::Text(_) | Answer::Members { .. } | Answer::Row(_) | Answer::Gap(_) => answer_text(item),
            };
            column.key_line(item, &text, spot);
        });
    }

    /// The right choices; with their letters, which the author's lettering gives if there is one.
    pub(crate) fn right_choices(
        &self,
        choices: &[Choice],
        explanation: &Text,
        lettered: Option<Option<ListMarker>>,
    ) -> Text {
        let mut text = Text::default();
        for (i, choice) in choices.iter().enumerate().filter(|(_, choice)| choice.correct) {
            if !text.is_empty() {
                text.push(Run::Plain("; ".into()));
            }
            match lettered {
                Some(Some(own)) => text.push(Run::Strong(format!("{} ", self.choice_label(Some(own), i)).into())),
                Some(None) => text.push(Run::Strong(format!("{} – ", self.letter(i)).into())),
                None => {}
            }
            text.push(Run::Strong(choice.text.clone()));
        }
        if !explanation.is_blank() {
            text.push(Run::Break);
            text.append(explanation.clone());
        }
        text
    }

    fn key_line(&mut self, item: &Item, text: &Text, spot: &Spot) {
        let style = self.body();
        self.span = self.places.span(&item.about);
        self.anchor(&item.id);
        let rich = self.rich(text, &style);
        if let Some(at) = self.text_at(&rich, spot) {
            self.margin_code(at, &item.id, spot.parent, false);
        }
        let before = if rich.is_blank() { spot.before } else { self.theme.spacing.items };
        let keep = if rich.is_blank() { spot.keep } else { Keep::Avoid };
        self.blocks(&item.details, &spot.frame, spot.parent, before, keep);
    }
}

/// An answer as a text, a line for each of its parts where it has several.
pub(crate) fn answer_text(item: &Item) -> Text {
    let mut text = Text::default();
    let mut line = |part: Text| {
        if !text.is_empty() {
            text.push(Run::Break);
        }
        text.append(part);
    };
    match &item.answer {
        Answer::Text(answer) => line(answer.clone()),
        Answer::Members { ordered, terms } => {
            for (i, term) in terms.iter().enumerate() {
                let mut part = Text::plain(if *ordered { format!("{}. ", i + 1) } else { "• ".to_owned() });
                part.append(term.clone());
                line(part);
            }
        }
        Answer::Row(cells) => {
            for cell in cells {
                let mut part = Text::default();
                part.push(Run::Strong(cell.subject.clone()));
                part.push(Run::Plain(": ".into()));
                part.append(cell.cell.clone());
                line(part);
            }
        }
        Answer::Gap(_) => line(item.prompt.clone()),
        Answer::Choices { choices, explanation } => {
            choices.iter().filter(|choice| choice.correct).for_each(|choice| line(choice.text.clone()));
            if !explanation.is_blank() {
                line(explanation.clone());
            }
        }
    }
    text
}
