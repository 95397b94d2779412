//! The order in which the choices of a question are offered.

use serde::Serialize;

use super::reference::Reference;
use super::seed::Seeded;
use super::{Answer, Item, Kind};
use crate::{Choice, Id};

/// A draw: the number that everything drawn follows from, and which of several sets of one test it is for.
///
/// Papers and quizzes with the same draw offer the choices of a question in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Draw {
    /// The seed. Another seed gives another order.
    pub seed: u64,
    /// The set, from 0. The first is also what papers without sets are drawn by.
    pub set: usize,
}

impl Draw {
    /// The first set of a seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        Draw { seed, set: 0 }
    }

    /// A stream for one purpose.
    pub(super) fn stream(self, purpose: &str) -> Seeded {
        match self.set {
            0 => Seeded::with(self.seed, purpose),
            set => Seeded::with(self.seed, &format!("{purpose} {set}")),
        }
    }
}

/// Which choices of a question keep their place, and in which order the others are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOrder {
    /// Whether each choice keeps its place, in the author's order.
    pinned: Vec<bool>,
    /// The ends of the parts within which choices change places: after each choice that speaks of those above it.
    ends: Vec<usize>,
}

impl ChoiceOrder {
    /// The order that the choices of a question allow.
    ///
    /// A choice keeps its place if its author [pinned](Choice::pinned) it or if it speaks of the other choices, as "none of
    /// these" does. All choices keep theirs if one names others by their letters.
    #[must_use]
    pub fn of(choices: &[Choice]) -> Self {
        let references: Vec<Reference> = choices.iter().map(|choice| Reference::of(&choice.text)).collect();
        let letters = references.contains(&Reference::Letters);
        let pinned = choices.iter().zip(&references);
        let pinned = pinned.map(|(choice, reference)| letters || choice.pinned || *reference != Reference::None);
        let above = references.iter().enumerate().filter(|(_, reference)| **reference == Reference::Above);
        let ends = above.map(|(at, _)| at + 1).chain([choices.len()]).collect();
        ChoiceOrder { pinned: pinned.collect(), ends }
    }

    /// Whether each choice keeps its place, in the author's order.
    #[must_use]
    pub fn pinned(&self) -> &[bool] {
        &self.pinned
    }

    /// Whether no two choices can change places.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.pinned.iter().filter(|pinned| !**pinned).count() < 2
    }

    /// The order for a question in a draw: for each place on paper, the place of the choice in the author's order, from 0.
    ///
    /// Choices that may change places are drawn evenly: each is as likely at one of their places as at another.
    #[must_use]
    pub fn drawn(&self, question: &Id, draw: Draw) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.pinned.len()).collect();
        let mut stream = draw.stream(&format!("{question} choices"));
        let mut start = 0;
        for &end in &self.ends {
            let places: Vec<usize> = (start..end).filter(|at| !self.pinned[*at]).collect();
            let mut drawn = places.clone();
            stream.shuffle(&mut drawn);
            for (place, choice) in places.into_iter().zip(drawn) {
                order[place] = choice;
            }
            start = end;
        }
        order
    }
}

impl Item {
    /// The same item with the choices of an [author's question](Kind::Choice) in the order of a draw. The choices of other
    /// items were put in an order as they were made, and stay.
    #[must_use]
    pub fn drawn(&self, draw: Draw) -> Item {
        let mut item = self.clone();
        if let (Kind::Choice, Answer::Choices { choices, .. }) = (item.kind, &mut item.answer) {
            let order = ChoiceOrder::of(choices).drawn(&item.about, draw);
            *choices = order.into_iter().map(|at| choices[at].clone()).collect();
        }
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(words: &str) -> Vec<Choice> {
        words.split('|').map(|text| Choice { text: text.into(), ..Choice::default() }).collect()
    }

    fn id(at: usize) -> Id {
        Id::new(&format!("q-{at}")).expect("an id")
    }

    #[test]
    fn choices_that_speak_of_others_and_pinned_ones_keep_their_place() {
        let mut by_hand = choices("1901|1911|1921|1931");
        by_hand[1].pinned = true;
        let table = [
            (choices("neem|mango|none of these|banyan"), "..p."),
            (choices("नीम|आम|उपर्युक्त सभी|बरगद"), "..p."),
            (choices("neem|mango|both (a) and (b)|banyan"), "pppp"),
            (by_hand, ".p.."),
        ];
        for (choices, expected) in table {
            let order = ChoiceOrder::of(&choices);
            let shown: String = order.pinned().iter().map(|pinned| if *pinned { 'p' } else { '.' }).collect();
            assert_eq!(shown, expected);
            for seed in 0..50 {
                let drawn = order.drawn(&id(1), Draw::of(seed));
                let mut sorted = drawn.clone();
                sorted.sort_unstable();
                assert_eq!(sorted, [0, 1, 2, 3], "each choice is offered once");
                for (at, pinned) in order.pinned().iter().enumerate() {
                    assert!(!pinned || drawn[at] == at, "{expected} {drawn:?}");
                }
                // Those above stay above.
                assert!(!choices[2].text.to_plain().starts_with("उप") || drawn[3] == 3, "{drawn:?}");
            }
        }
    }

    #[test]
    fn the_right_choice_is_at_every_place_as_often() {
        // 100 seeds of a paper of 40 questions, four sets each: a χ² test with 3 degrees of freedom, p > 0.01 below 11.34; and
        // for one question over many seeds, and one seed over many questions.
        let order = ChoiceOrder::of(&choices("north|south|east|west"));
        let place = |at: usize, seed: u64, set: usize| {
            let drawn = order.drawn(&id(at), Draw { seed, set });
            drawn.iter().position(|&choice| choice == 0).expect("the first choice")
        };
        let squared = |counts: [f64; 4]| {
            let expected = counts.iter().sum::<f64>() / 4.0;
            counts.iter().map(|count| (count - expected).powi(2) / expected).sum::<f64>()
        };
        let mut all = [0.0; 4];
        for set in 0..4 {
            let mut counts = [0.0; 4];
            for (seed, at) in (0..100).flat_map(|seed| (0..40).map(move |at| (seed, at))) {
                counts[place(at, seed, set)] += 1.0;
            }
            assert!(squared(counts) < 11.34, "set {set}: {counts:?}");
            all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        assert!(squared(all) < 11.34, "{all:?}");
        let mut one = [[0.0; 4]; 2];
        for i in 0..2000 {
            one[0][place(7, i, 0)] += 1.0;
            one[1][place(usize::try_from(i).unwrap_or(0), 1, 0)] += 1.0;
        }
        assert!(one.iter().all(|counts| squared(*counts) < 11.34), "{one:?}");
    }

    #[test]
    fn sets_and_seeds_differ_and_a_draw_is_the_same_everywhere() {
        let order = ChoiceOrder::of(&choices("a1|b1|c1|d1|e1"));
        let drawn = |seed, set| order.drawn(&id(1), Draw { seed, set });
        assert_eq!(drawn(1, 0), drawn(1, 0));
        assert_ne!(drawn(1, 0), drawn(2, 0));
        assert!((1..4).any(|set| drawn(1, set) != drawn(1, 0)));
        assert!(ChoiceOrder::of(&choices("yes|none of these")).is_fixed());
        assert!(ChoiceOrder::of(&[]).drawn(&id(1), Draw::of(1)).is_empty());
    }
}
