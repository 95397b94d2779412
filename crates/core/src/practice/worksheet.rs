//! Worksheets: exercises for paper, drawn from the practice items by a seed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::seed::Seeded;
use super::{Draw, Item, Kind, Practice};
use crate::word::fold;
use crate::{Block, Comparison, Id, Material, Text};

/// Exercises with their key. The same material, seed and sizes give the same worksheet everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Worksheet {
    /// The seed it was drawn by.
    pub seed: u64,
    /// The exercises, in the order to print them; none is empty.
    pub exercises: Vec<Exercise>,
    /// How many questions of the author's there are, and how many of them are not on the sheet.
    pub questions: LeftOut,
}

/// Questions that a paper has no room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The questions of the author's.
    pub of: usize,
    /// Those that are left out.
    pub count: usize,
}

/// How much goes on a worksheet.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WorksheetOptions {
    /// What the draw follows from: another seed gives another sheet.
    pub seed: u64,
    /// The most questions in one exercise; without a number, all that there are. A matching has 12 lines at most, since more make
    /// it a search.
    pub longest: Option<usize>,
}

impl Default for WorksheetOptions {
    fn default() -> Self {
        WorksheetOptions { seed: 1, longest: Some(6) }
    }
}

/// An exercise.
///
/// The enum is exhaustive on purpose: a new exercise is an error in every exporter until that exporter shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exercise {
    /// Two columns to match.
    Match(Match),
    /// Sentences with gaps, and the words for them.
    Gaps(Gaps),
    /// A comparison with cells left out.
    Table(Complete),
    /// Statements that hold or don't.
    TrueFalse(Vec<Item>),
    /// Questions with choices.
    Choose(Vec<Item>),
    /// Questions to answer in words.
    Answer(Vec<Item>),
}

/// Two columns to match: terms and what is said of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The items asked, in the order of the left column; each answer is the term.
    pub items: Vec<Item>,
    /// The right column, in the order to print it.
    pub right: Vec<Text>,
    /// For each line of the left column, the line of the right column that belongs to it, from 0.
    pub key: Vec<usize>,
}

/// Sentences with gaps, and the words for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gaps {
    /// The sentences, each an item for one gap or several: all gaps of a sentence are to be filled.
    pub sentences: Vec<Sentence>,
    /// The words that were taken out, in a drawn order.
    pub bank: Vec<Text>,
}

/// A sentence with its gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// The id of the sentence in the material.
    pub id: Id,
    /// The sentence, its gaps in it.
    pub text: Text,
}

/// A comparison with cells left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Complete {
    /// The comparison, its cells whole. Where no other comparison has statements to judge, a third of its rows is left to
    /// those and is not here.
    #[serde(skip)]
    pub comparison: Comparison,
    /// The cells to leave out, by row and column, each from 0: half of the filled cells, one a row at least where a row has
    /// two.
    pub hidden: BTreeSet<(usize, usize)>,
}

impl Worksheet {
    /// The worksheet that follows from a material and a seed.
    ///
    /// It draws on items of [every kind](Practice::of_every_kind) that the author does not rule out, and asks no thing in two
    /// exercises as long as there are others. What one exercise prints is never the answer to be written in another: an
    /// exercise is rather left out.
    #[must_use]
    pub fn of(material: &Material, options: &WorksheetOptions) -> Self {
        let practice = Practice::of_every_kind(material);
        let longest = options.longest.unwrap_or(usize::MAX).max(1);
        let mut drawer = Drawer { seed: options.seed, longest, used: BTreeMap::new(), practice: &practice };
        let exercises: [Option<Exercise>; 6] = [
            drawer.matching(),
            drawer.gaps(material),
            drawer.table(material),
            drawer.statements().map(Exercise::TrueFalse),
            drawer.choices().map(Exercise::Choose),
            drawer.questions(material).map(Exercise::Answer),
        ];
        let exercises: Vec<Exercise> = exercises.into_iter().flatten().collect();
        let is_authors = |item: &&Item| matches!(item.kind, Kind::Question | Kind::Choice);
        let of = practice.items().iter().filter(is_authors).count();
        let on_sheet = exercises.iter().map(|exercise| match exercise {
            Exercise::Choose(items) | Exercise::Answer(items) => items.iter().filter(is_authors).count(),
            Exercise::Match(_) | Exercise::Gaps(_) | Exercise::Table(_) | Exercise::TrueFalse(_) => 0,
        });
        let count = of.saturating_sub(on_sheet.sum());
        Worksheet { seed: options.seed, exercises, questions: LeftOut { of, count } }
    }
}

/// The most lines of a matching.
const LONGEST_MATCH: usize = 12;

struct Drawer<'a> {
    seed: u64,
    longest: usize,
    /// How often each thing is asked on the sheet so far.
    used: BTreeMap<Id, usize>,
    practice: &'a Practice,
}

impl Drawer<'_> {
    /// Draws up to the longest number of items, those first whose things are not on the sheet yet, and puts them back in the
    /// order of the source.
    fn draw(&mut self, name: &str, wanted: impl Fn(&Item) -> bool) -> Vec<Item> {
        self.draw_some(name, self.longest, wanted)
    }

    /// Draws up to `most` items.
    fn draw_some(&mut self, name: &str, most: usize, wanted: impl Fn(&Item) -> bool) -> Vec<Item> {
        let mut found: Vec<(usize, &Item)> =
            self.practice.items().iter().enumerate().filter(|(_, item)| wanted(item)).collect();
        Seeded::with(self.seed, name).shuffle(&mut found);
        found.sort_by_key(|(_, item)| self.used.get(&item.about).copied().unwrap_or(0));
        // One question about a thing in an exercise is enough.
        let mut about = BTreeSet::new();
        found.retain(|(_, item)| about.insert(&item.about));
        found.truncate(most);
        found.sort_by_key(|(at, _)| *at);
        for (_, item) in &found {
            *self.used.entry(item.about.clone()).or_default() += 1;
        }
        found.into_iter().map(|(_, item)| item.clone()).collect()
    }

    /// Statements on what stands nowhere else on the sheet.
    fn statements(&mut self) -> Option<Vec<Item>> {
        let used: BTreeSet<Id> = self.used.keys().cloned().collect();
        let kind = Kind::TrueFalse;
        let drawn = self.draw(kind.as_str(), |item| item.kind == kind && !used.contains(&item.about));
        (!drawn.is_empty()).then_some(drawn)
    }

    fn choices(&mut self) -> Option<Vec<Item>> {
        let mut drawn = self.draw("choice", |item| item.kind == Kind::Choice);
        if drawn.len() < self.longest {
            // Half of what is not on the sheet yet is left for answers in words.
            let free = |item: &&Item| item.kind == Kind::Pick && !self.used.contains_key(&item.about);
            let free = self.practice.items().iter().filter(free).count();
            let room = (self.longest - drawn.len()).min(free.div_ceil(2).max(2));
            drawn.extend(self.draw_some("pick", room, |item| item.kind == Kind::Pick));
        }
        let draw = Draw::of(self.seed);
        (!drawn.is_empty()).then(|| drawn.iter().map(|item| item.drawn(draw)).collect())
    }

    fn questions(&mut self, material: &Material) -> Option<Vec<Item>> {
        let mut drawn = self.draw("question", |item| item.kind == Kind::Question);
        if drawn.len() < self.longest {
            let room = self.longest - drawn.len();
            let open = [Kind::Meaning, Kind::FullForm, Kind::Enumerate, Kind::CompareRow];
            let printed = self.printed(material);
            drawn.extend(
                self.draw_some("open", room, |item| open.contains(&item.kind) && !printed.contains(&item.about)),
            );
        }
        (!drawn.is_empty()).then_some(drawn)
    }

    /// What the sheet prints already, with the lists and the rows that it prints a part of.
    fn printed(&self, material: &Material) -> BTreeSet<Id> {
        let mut printed: BTreeSet<Id> = self.used.keys().cloned().collect();
        material.walk_blocks(&mut |block, _| match block {
            Block::Terms(terms) if terms.entries.iter().any(|entry| self.used.contains_key(&entry.id)) => {
                printed.insert(terms.id.clone());
            }
            Block::Comparison(comparison) => {
                for aspect in &comparison.aspects {
                    let mut cells = comparison.subjects.iter().map(|subject| comparison.cell_id(aspect, subject));
                    if cells.any(|id| self.used.contains_key(&id)) {
                        printed.insert(comparison.row_id(aspect));
                    }
                }
            }
            _ => {}
        });
        printed
    }

    /// A matching of terms with their meanings: two lines at least, and no two lines that could be exchanged.
    fn matching(&mut self) -> Option<Exercise> {
        let before = self.used.clone();
        let mut items = self.draw_some("match", self.longest.min(LONGEST_MATCH), |item| item.kind == Kind::Term);
        let mut terms = BTreeSet::new();
        items.retain(|item| terms.insert(fold(&Text::plain(item.plain_answer()))));
        if items.len() < 2 {
            self.used = before;
            return None;
        }
        // The left column has the term, the right column the meaning with the term hidden, as the item asks it.
        let right: Vec<Text> = items.iter().map(below_question).collect();
        let mut order: Vec<usize> = (0..right.len()).collect();
        let mut draw = Seeded::with(self.seed, "match order");
        draw.shuffle(&mut order);
        // A draw that leaves every line in its place is no exercise.
        if order.iter().enumerate().all(|(at, line)| at == *line) {
            order.rotate_left(1);
        }
        let mut key = vec![0; order.len()];
        for (place, &line) in order.iter().enumerate() {
            key[line] = place;
        }
        Some(Exercise::Match(Match { right: order.iter().map(|&line| right[line].clone()).collect(), items, key }))
    }

    fn gaps(&mut self, material: &Material) -> Option<Exercise> {
        let drawn = self.draw("gaps", |item| item.kind == Kind::Gap);
        let ids: BTreeSet<&Id> = drawn.iter().map(|item| &item.about).collect();
        let mut sentences = Vec::new();
        material.walk_blocks(&mut |block, _| {
            if let Block::Cloze(cloze) = block
                && ids.contains(&cloze.id)
            {
                sentences.push(Sentence { id: cloze.id.clone(), text: cloze.text.clone() });
            }
        });
        let mut bank: Vec<Text> = Vec::new();
        for (_, gap) in sentences.iter().flat_map(|sentence| sentence.text.gaps()) {
            if !bank.contains(&gap.text) {
                bank.push(gap.text.clone());
            }
        }
        Seeded::with(self.seed, "bank").shuffle(&mut bank);
        (!sentences.is_empty()).then_some(Exercise::Gaps(Gaps { sentences, bank }))
    }

    fn table(&mut self, material: &Material) -> Option<Exercise> {
        let asked: BTreeSet<&Id> = self
            .practice
            .items()
            .iter()
            .filter(|item| item.kind == Kind::CompareCell)
            .map(|item| &item.about)
            .collect();
        let mut comparisons = Vec::new();
        material.walk_blocks(&mut |block, _| {
            if let Block::Comparison(comparison) = block {
                comparisons.push(comparison);
            }
        });
        let mut draw = Seeded::with(self.seed, "table");
        draw.shuffle(&mut comparisons);
        let complete = comparisons.into_iter().find_map(|comparison| {
            let mut comparison = comparison.clone();
            let left = self.left_to_statements(&comparison, &mut draw);
            let ids: Vec<Id> = comparison.aspects.iter().map(|aspect| comparison.row_id(aspect)).collect();
            let mut kept = ids.iter().map(|id| !left.contains(id));
            comparison.aspects.retain(|_| kept.next().unwrap_or(true));
            let mut hidden = BTreeSet::new();
            for (row, aspect) in comparison.aspects.iter().enumerate() {
                let cells = comparison.subjects.iter().enumerate();
                let mut cells: Vec<usize> = cells
                    .filter(|(_, subject)| asked.contains(&comparison.cell_id(aspect, subject)))
                    .map(|(at, _)| at)
                    .collect();
                draw.shuffle(&mut cells);
                let half = cells.len() / 2;
                hidden.extend(cells.into_iter().take(half).map(|column| (row, column)));
            }
            (!hidden.is_empty()).then_some(Complete { comparison, hidden })
        })?;
        let Complete { comparison, .. } = &complete;
        for aspect in &comparison.aspects {
            for subject in &comparison.subjects {
                *self.used.entry(comparison.cell_id(aspect, subject)).or_default() += 1;
            }
        }
        Some(Exercise::Table(complete))
    }

    /// The rows of a comparison that are left out of the table, since statements on what it shows or hides would give the one
    /// or the other away: none where other comparisons have statements, else a third.
    fn left_to_statements(&self, comparison: &Comparison, draw: &mut Seeded) -> BTreeSet<Id> {
        let cells = |aspect| comparison.subjects.iter().map(move |subject| comparison.cell_id(aspect, subject));
        let own: BTreeSet<Id> = comparison.aspects.iter().flat_map(cells).collect();
        let said: BTreeSet<&Id> =
            self.practice.items().iter().filter(|item| item.kind == Kind::TrueFalse).map(|item| &item.about).collect();
        if said.iter().any(|about| !own.contains(*about)) {
            return BTreeSet::new();
        }
        let mut rows: Vec<_> =
            comparison.aspects.iter().filter(|aspect| cells(aspect).any(|id| said.contains(&id))).collect();
        let most = comparison.aspects.len() / 3;
        draw.shuffle(&mut rows);
        rows.into_iter().take(most).map(|aspect| comparison.row_id(aspect)).collect()
    }
}

/// What stands below the question of a prompt: the words after its first line break.
fn below_question(item: &Item) -> Text {
    let runs = item.prompt.runs();
    let start = runs.iter().position(|run| *run == crate::Run::Break).map_or(0, |at| at + 1);
    runs[start..].iter().cloned().collect()
}

impl Match {
    /// The right-hand line that belongs to each item, in the order of the items.
    #[must_use]
    pub fn answers(&self) -> Vec<&Text> {
        self.key.iter().map(|&line| &self.right[line]).collect()
    }
}
