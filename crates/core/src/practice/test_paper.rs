//! Tests: all questions that the author wrote, numbered through, in one set or several.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Draw, Item, Kind, Practice};
use crate::{Id, Marks, Material, Text};

/// A set of a test: the author's questions with their choices in the order of its draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestPaper {
    /// The draw that it follows from.
    pub draw: Draw,
    /// The sections of the material that ask something, in its order.
    pub sections: Vec<TestSection>,
}

/// A section of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestSection {
    /// The id of the section of the material.
    pub id: Id,
    /// Its heading; may be blank.
    pub heading: Text,
    /// Its questions, in the order to print them.
    pub questions: Vec<Item>,
}

/// How often an order that another set has already is drawn anew. Few questions have few orders.
const ATTEMPTS: usize = 32;

impl TestPaper {
    /// So many sets of one test: the same questions, from the second set on in another order within their sections.
    ///
    /// The first set has the questions in the author's order. No two sets have the same order as long as there are others.
    #[must_use]
    pub fn sets(material: &Material, seed: u64, count: usize) -> Vec<TestPaper> {
        let practice = Practice::of_every_kind(material);
        let mut sections: Vec<TestSection> = Vec::new();
        for item in practice.items().iter().filter(|item| matches!(item.kind, Kind::Question | Kind::Choice)) {
            match sections.last_mut().filter(|section| section.id == item.section) {
                Some(section) => section.questions.push(item.clone()),
                None => sections.push(TestSection {
                    id: item.section.clone(),
                    heading: item.context.last().cloned().unwrap_or_default(),
                    questions: vec![item.clone()],
                }),
            }
        }
        let mut seen: BTreeSet<Vec<Id>> = BTreeSet::new();
        let set = |set: usize| {
            let draw = Draw { seed, set };
            let mut paper = TestPaper { draw, sections: sections.clone() };
            for attempt in 0..ATTEMPTS {
                if set > 0 {
                    paper.sections.clone_from(&sections);
                    for section in &mut paper.sections {
                        draw.stream(&format!("{} order {attempt}", section.id)).shuffle(&mut section.questions);
                    }
                }
                if seen.insert(paper.questions().map(|item| item.id.clone()).collect()) {
                    break;
                }
            }
            for item in paper.sections.iter_mut().flat_map(|section| &mut section.questions) {
                *item = item.drawn(draw);
            }
            paper
        };
        (0..count).map(set).collect()
    }

    /// All questions, in the order in which they are numbered from 1.
    pub fn questions(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The number of a question in this set, from 1.
    #[must_use]
    pub fn number(&self, id: &Id) -> Option<usize> {
        self.questions().position(|item| item.id == *id).map(|at| at + 1)
    }

    /// The marks of all questions; `None` if no question says how many it gives.
    #[must_use]
    pub fn total(&self) -> Option<Marks> {
        total(self.questions())
    }
}

impl TestSection {
    /// The marks of its questions; `None` if none of them says how many it gives.
    #[must_use]
    pub fn total(&self) -> Option<Marks> {
        total(self.questions.iter())
    }
}

fn total<'a>(questions: impl Iterator<Item = &'a Item>) -> Option<Marks> {
    let marks: Vec<Marks> = questions.filter_map(|item| item.marks).collect();
    (!marks.is_empty()).then(|| marks.into_iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Answer, Block, Choice, Question, Section};

    fn material(counts: &[usize]) -> Material {
        let question = |section: usize, number: usize| {
            let choices: Vec<Choice> = ["red", "green", "blue", "none of these"]
                .map(|text| Choice { text: text.into(), correct: text == "red", ..Choice::default() })
                .into();
            let choices = if number.is_multiple_of(2) { choices } else { Vec::new() };
            let marks = Marks::parse(if number.is_multiple_of(2) { "1" } else { "2.5" }).ok();
            let prompt = format!("which colour has flag {section}-{number}?").as_str().into();
            Block::Question(Question { prompt, choices, answer: "as seen".into(), marks, ..Question::default() })
        };
        let section = |(at, &count): (usize, &usize)| Section {
            heading: format!("Part {at}").as_str().into(),
            blocks: (0..count).map(|number| question(at, number)).collect(),
            ..Section::default()
        };
        let sections = counts.iter().enumerate().map(section).collect();
        let language = "en".parse().expect("a tag");
        let mut material = Material { title: "t".into(), language, sections, ..Material::default() };
        material.assign_ids();
        material
    }

    #[test]
    fn sets_ask_the_same_in_other_orders() {
        let material = material(&[5, 0, 4]);
        for seed in 0..60 {
            let sets = TestPaper::sets(&material, seed, 4);
            let mut orders = BTreeSet::new();
            for set in &sets {
                let ids: Vec<&Id> = set.questions().map(|item| &item.id).collect();
                assert!(orders.insert(ids.clone()), "seed {seed}");
                assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 9);
                assert_eq!(set.sections.iter().map(|section| section.questions.len()).collect::<Vec<_>>(), [5, 4]);
                assert_eq!(set.total().map(|marks| marks.to_string()).as_deref(), Some("15"));
                for item in set.questions() {
                    let Answer::Choices { choices, .. } = &item.answer else { continue };
                    assert_eq!(choices[3].text.to_plain(), "none of these");
                    assert_eq!(choices.iter().filter(|choice| choice.correct).count(), 1);
                }
            }
            assert_eq!(sets, TestPaper::sets(&material, seed, 4));
        }
        let first = &TestPaper::sets(&material, 1, 1)[0];
        let written: Vec<String> = first.questions().map(|item| item.prompt.to_plain()).collect();
        assert!(written[0].contains("0-0") && written[8].contains("2-3"), "the author's order");
        assert_eq!(first.number(&first.sections[1].questions[0].id), Some(6));
        assert_eq!(first.sections[0].total().map(|marks| marks.to_string()).as_deref(), Some("8"));
    }

    #[test]
    fn what_asks_nothing_has_no_sections() {
        assert!(
            TestPaper::sets(&material(&[0]), 1, 2).iter().all(|set| set.sections.is_empty() && set.total().is_none())
        );
        // Of one question there is one order.
        assert_eq!(TestPaper::sets(&material(&[1]), 1, 4).len(), 4);
    }
}
