//! A bank of questions: keys matched with questions, and what all of them become.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{Diagnostic, Guess, phrase};

use crate::asked::Asked;
use crate::draft::{Found, Line};
use crate::emit::{self, Outcome, outcome};
use crate::gather::{Draft, Item, gather};
use crate::key::{Entry, Key};
use crate::sight::Sight;

/// The questions that the lines of a draft make, in their order.
///
/// Time and memory are linear in the length of the draft.
#[must_use]
pub fn questions(lines: &[Line]) -> Vec<Found> {
    let draft = Draft { lines, sights: lines.iter().map(Sight::of).collect() };
    let mut asked: Vec<Asked> = Vec::new();
    let mut keys: Vec<(Key, bool, Vec<usize>)> = Vec::new();
    // The runs of numbers since the last key, each the places of its questions.
    let mut runs: Vec<Vec<usize>> = vec![Vec::new()];
    for item in gather(&draft) {
        match item {
            Item::Asked(question) => {
                let at = asked.len();
                let last = runs.last().and_then(|run| run.last()).and_then(|&last: &usize| asked[last].number());
                let anew = question.number().zip(last).is_some_and(|(number, last)| number <= last);
                asked.push(*question);
                match runs.last_mut() {
                    Some(run) if !anew => run.push(at),
                    _ => runs.push(vec![at]),
                }
            }
            Item::Part => runs.push(Vec::new()),
            Item::Key(key) => {
                let (certain, used) = apply(&key, &runs, &mut asked);
                keys.push((key, certain, used));
                runs = vec![Vec::new()];
            }
        }
    }
    look_around(&mut asked);
    let mut outcomes: Vec<Outcome> = asked.iter().map(outcome).collect();
    settle(&asked, &mut outcomes);
    found(lines, &asked, &outcomes, &keys)
}

/// Gives the questions the answers of a key; says whether all of the key was matched for certain, and the questions it answers.
fn apply(key: &Key, runs: &[Vec<usize>], asked: &mut [Asked]) -> (bool, Vec<usize>) {
    let like = |run: &&Vec<usize>| {
        let asks = run.iter().filter(|&&at| !asked[at].choices.is_empty() || asked[at].asks()).count();
        let open = run.iter().any(|&at| !asked[at].is_answered());
        open && !run.is_empty() && (2 * asks >= run.len() || asked[run[0]].blanks || runs.len() <= 2)
    };
    let targets: Vec<Vec<usize>> = runs.iter().filter(like).cloned().collect();
    let series = in_series(&key.entries);
    let mut used = Vec::new();
    let mut certain = targets.len() == series.len() && !targets.is_empty();
    if certain {
        for (run, entries) in targets.iter().zip(series) {
            certain &= matched(run, entries, asked, &mut used);
        }
    } else if let [entries] = series.as_slice() {
        // Parts that go on counting are one series.
        let all: Vec<usize> = targets.into_iter().flatten().collect();
        let numbers: BTreeSet<Option<u32>> = all.iter().map(|&at| asked[at].number()).collect();
        if !all.is_empty() && numbers.len() == all.len() && !numbers.contains(&None) {
            certain = matched(&all, entries, asked, &mut used);
        } else {
            all.iter().for_each(|&at| asked[at].clash = true);
        }
    } else {
        targets.iter().flatten().for_each(|&at| asked[at].clash = true);
    }
    (certain, used)
}

/// The entries of a key as series of growing numbers.
fn in_series(entries: &[Entry]) -> Vec<&[Entry]> {
    let grows = |one: &Entry, other: &Entry| match (one.number, other.number) {
        (Some(one), Some(other)) => other > one,
        (one, other) => one.is_none() && other.is_none(),
    };
    // Several columns of a key count on downwards: `1-b 11-c`, `2-a 12-d`.
    let numbers: BTreeSet<Option<u32>> = entries.iter().map(|entry| entry.number).collect();
    if numbers.len() == entries.len() && !numbers.contains(&None) {
        return vec![entries];
    }
    entries.chunk_by(grows).collect()
}

/// Gives the questions of a run the answers of a series; says whether each answer has its question.
fn matched(run: &[usize], entries: &[Entry], asked: &mut [Asked], used: &mut Vec<usize>) -> bool {
    let plain = run.iter().all(|&at| asked[at].number().is_none());
    let ordered = entries.iter().enumerate().all(|(at, entry)| {
        entry.number.is_none_or(|number| usize::try_from(number).is_ok_and(|number| number == at + 1))
    });
    if plain || entries.iter().any(|entry| entry.number.is_none()) {
        // Without numbers, only as many answers as questions say which belongs to which.
        if entries.len() == run.len() && ordered {
            for (&at, entry) in run.iter().zip(entries) {
                asked[at].keyed = Some(entry.answer.clone());
                used.push(at);
            }
            return true;
        }
        run.iter().for_each(|&at| asked[at].clash = true);
        return false;
    }
    let by_number: BTreeMap<u32, &Entry> =
        entries.iter().filter_map(|entry| entry.number.map(|number| (number, entry))).collect();
    let numbers: BTreeSet<u32> = run.iter().filter_map(|&at| asked[at].number()).collect();
    let extra = by_number.keys().any(|number| !numbers.contains(number));
    let missing = run.iter().any(|&at| {
        let unanswered = !asked[at].is_answered() && (!asked[at].choices.is_empty() || asked[at].asks());
        unanswered && asked[at].number().is_none_or(|number| !by_number.contains_key(&number))
    });
    if extra && missing {
        // The key is for other questions, or counts them from another number.
        run.iter().for_each(|&at| asked[at].clash = true);
        return false;
    }
    for &at in run {
        if let Some(entry) = asked[at].number().and_then(|number| by_number.get(&number)) {
            asked[at].keyed = Some(entry.answer.clone());
            used.push(at);
        }
    }
    !extra
}

/// Notes what only questions around a question say of it: that bold marks right choices, and brackets verdicts.
fn look_around(asked: &mut [Asked]) {
    let one_bold = |asked: &Asked| asked.choices.iter().filter(|choice| choice.bold).count() == 1;
    let bare =
        |asked: &&Asked| !asked.choices.is_empty() && !asked.is_answered() && asked.keyed.is_none() && !asked.clash;
    let (mut with, mut all) = (0, 0);
    for question in asked.iter().filter(bare) {
        all += 1;
        with += usize::from(one_bold(question));
    }
    let bold = with == all && (all >= 2 || asked.iter().filter(bare).all(Asked::asks));
    let has_verdict = |asked: &Asked| {
        let words = asked.words();
        asked.choices.is_empty()
            && crate::blank::in_brackets(&words)
                .is_some_and(|(_, inner)| crate::blank::verdict(&words[inner]).is_some())
    };
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for question in asked.iter().filter(|question| question.is_lettered()) {
        *counts.entry(question.choices.len()).or_default() += 1;
    }
    let (total, most) = (counts.values().sum::<usize>(), counts.values().copied().max().unwrap_or(0));
    let paper = most >= 3 && 5 * most >= 4 * total;
    let verdicts: Vec<bool> = asked.iter().map(has_verdict).collect();
    let follows = |asked: &[Asked], one: usize, other: usize| {
        asked[one].number().zip(asked[other].number()).is_some_and(|(one, other)| one.saturating_add(1) == other)
    };
    for at in 0..asked.len() {
        asked[at].bold = bold;
        asked[at].paper = paper && asked[at].is_lettered();
        let after = at + 1 < asked.len() && verdicts[at + 1] && follows(asked, at, at + 1);
        let before = at > 0 && verdicts[at - 1] && follows(asked, at - 1, at);
        asked[at].verdicts = verdicts[at] && (before || after);
    }
}

/// Settles what only neighbours tell: a numbered thing that asks, among questions, is a question; and one tick in a list is a
/// right choice only below words that ask, or among such lists.
fn settle(asked: &[Asked], outcomes: &mut [Outcome]) {
    let ticks_alone = |asked: &Asked| {
        !asked.choices.is_empty()
            && asked.answers.is_empty()
            && asked.keyed.is_none()
            && !asked.asks()
            && !asked.is_labelled()
    };
    let neighbours = |one: usize, other: usize| {
        asked[one].number().zip(asked[other].number()).is_some_and(|(one, other)| one.saturating_add(1) == other)
    };
    let answered: Vec<bool> = outcomes.iter().map(|outcome| matches!(outcome, Outcome::Answered(..))).collect();
    for at in 0..asked.len() {
        let before = at > 0 && neighbours(at - 1, at);
        let after = at + 1 < asked.len() && neighbours(at, at + 1);
        let among = before && answered[at - 1] || after && answered[at + 1];
        let chain = before && !matches!(outcomes[at - 1], Outcome::Nothing);
        if answered[at] && ticks_alone(&asked[at]) && !among {
            outcomes[at] = Outcome::Nothing;
        }
        let may = asked[at].is_lettered() || asked[at].asks();
        if matches!(outcomes[at], Outcome::Nothing) && may && (among || chain) {
            outcomes[at] = Outcome::Unanswered(emit::nothing());
        }
    }
}

/// The questions and keys as blocks with the lines they come from.
fn found(lines: &[Line], asked: &[Asked], outcomes: &[Outcome], keys: &[(Key, bool, Vec<usize>)]) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for (asked, outcome) in asked.iter().zip(outcomes) {
        let (blocks, guess) = match outcome {
            Outcome::Nothing => continue,
            Outcome::Answered(block, why) => {
                let message = phrase!("this is a question with its answer, because {$why}", why);
                (vec![block.clone()], Diagnostic::guessed(Guess::Question, asked.span, message))
            }
            Outcome::Unanswered(why) => {
                let message = phrase!("this question has no answer, because {$why}", why);
                (emit::unanswered(lines, asked), Diagnostic::guessed(Guess::Unanswered, asked.span, message))
            }
        };
        all.push(Found { lines: asked.lines.clone(), blocks, guesses: vec![guess] });
    }
    for (key, certain, used) in keys {
        let told = used.iter().all(|&at| matches!(outcomes[at], Outcome::Answered(..)));
        // What no question took stays in the material.
        if *certain && told {
            let message = phrase!("these {$count} answers are those of the questions above", count = key.entries.len());
            let guess = Diagnostic::new(patra_core::Code::Guessed, key.span, message);
            all.push(Found { lines: key.lines.clone(), blocks: Vec::new(), guesses: vec![guess] });
        }
    }
    all.sort_by_key(|found| found.lines.start);
    all
}
