//! Keys that give themselves away by the place or the length of the right choice.

use unicode_segmentation::UnicodeSegmentation;

use super::Lint;
use crate::practice::ChoiceOrder;
use crate::{Block, Code, Question, phrase};

/// How rarely chance alone makes a key that is reported: once in 200 papers.
const CHANCE: f64 = 0.005;

/// How much longer than every other choice one has to be to catch the eye: by a quarter, and by three graphemes.
const LONGER: (f64, usize) = (1.25, 3);

pub(super) fn telling(lint: &mut Lint<'_>) {
    let mut questions = Vec::new();
    lint.material.walk_blocks(&mut |block, _| {
        if let Block::Question(question) = block
            && let Some(right) = only_right(question)
        {
            questions.push((question, right));
        }
    });
    // One that keeps its places because its author said so is no slip, and its place is not drawn.
    let movable = questions.iter().filter(|(question, _)| !ChoiceOrder::of(&question.choices).is_fixed());
    let movable: Vec<&(&Question, usize)> = movable.collect();
    if let Some(&&(first, at)) = movable.first() {
        let fewest = movable.iter().map(|(question, _)| question.choices.len()).min().unwrap_or(2);
        let same = movable.iter().filter(|(_, right)| *right == at).count();
        let count = movable.len();
        if same == count && tail(count, same, 1.0 / fewest as f64) * (fewest as f64) < CHANCE {
            let message = phrase!(
                "the right choice of all {$count} questions is number {$place} as they are written",
                count,
                place = at + 1
            );
            let hint = "papers and quizzes put choices in a drawn order; a handout and a deck show them as they are written, so write the right one at different places";
            lint.advise(Code::TellingKey, &first.id, message, hint);
        }
    }
    let longest: Vec<&Question> = questions
        .iter()
        .filter(|(question, right)| is_longest(question, *right))
        .map(|(question, _)| *question)
        .collect();
    if let Some(first) = longest.first() {
        let fewest = questions.iter().map(|(question, _)| question.choices.len()).min().unwrap_or(2);
        if tail(questions.len(), longest.len(), 1.0 / fewest as f64) < CHANCE {
            let message = phrase!(
                "the right choice is by far the longest in {$longest} of {$count} questions",
                longest = longest.len(),
                count = questions.len()
            );
            let hint = "shorten right choices, or make the others as full";
            lint.advise(Code::TellingKey, &first.id, message, hint);
        }
    }
}

/// The place of the only right one among several choices.
fn only_right(question: &Question) -> Option<usize> {
    let mut right = question.choices.iter().enumerate().filter(|(_, choice)| choice.correct).map(|(at, _)| at);
    let first = right.next()?;
    (question.choices.len() > 1 && right.next().is_none()).then_some(first)
}

/// Whether a choice is longer than all others at a glance.
fn is_longest(question: &Question, at: usize) -> bool {
    let length = |at: usize| question.choices[at].text.to_plain().graphemes(true).count();
    let others = (0..question.choices.len()).filter(|other| *other != at).map(length).max().unwrap_or(0);
    let own = length(at);
    own >= others + LONGER.1 && own as f64 >= others as f64 * LONGER.0
}

/// How likely chance makes at least `hits` of `count` where each has the probability `p`: the upper tail of the binomial
/// distribution.
fn tail(count: usize, hits: usize, p: f64) -> f64 {
    // The probability of exactly k from that of k - 1, as a logarithm, since of thousands it is too small for a number.
    let mut exactly = count as f64 * (1.0 - p).ln();
    let mut below = 0.0;
    for k in 0..hits {
        below += exactly.exp();
        exactly += ((count - k) as f64 / (k + 1) as f64 * p / (1.0 - p)).ln();
    }
    (1.0_f64 - below).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_that_of_the_binomial_distribution() {
        assert!((tail(5, 5, 0.25) - 0.000_976_562_5).abs() < 1e-9);
        assert!((tail(10, 3, 0.5) - 0.945_312_5).abs() < 1e-9);
        assert!((tail(7, 0, 0.3) - 1.0).abs() < 1e-9);
        assert!(tail(5000, 5000, 0.25) < CHANCE && tail(5000, 1300, 0.25) > CHANCE);
    }
}
