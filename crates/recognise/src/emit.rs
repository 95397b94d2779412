//! A gathered question as a block, if it has an answer for certain.

use patra_core::{Block, Choice, Cloze, Paragraph, Phrase, Question, Text, phrase};

use crate::answer::{self, Decision, bare, short};
use crate::asked::Asked;
use crate::blank;
use crate::draft::Line;
use crate::gather::whole;
use crate::rich::{self, slice};

/// The result for a question.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// A question with its answer, and how that was found.
    Answered(Block, Phrase),
    /// A question whose answer is not certain, and why.
    Unanswered(Phrase),
    /// Perhaps no question at all.
    Nothing,
}

/// Decides on a question.
pub(crate) fn outcome(asked: &Asked) -> Outcome {
    let words = |text: &Text| text.to_plain().chars().any(char::is_alphanumeric) || blank::count(&text.to_plain()) > 0;
    if !asked.prompt.iter().any(words) {
        return Outcome::Nothing;
    }
    if asked.choices.is_empty() { open(asked) } else { chosen(asked) }
}

fn chosen(asked: &Asked) -> Outcome {
    let why = match answer::decide(asked) {
        Decision::Right { choices, why, rest } => {
            let made = asked.choices.iter().enumerate();
            let choices = made
                .map(|(at, choice)| Choice {
                    text: choice.text.clone(),
                    correct: choices.contains(&at),
                    span: choice.span,
                    ..Choice::default()
                })
                .collect();
            return Outcome::Answered(question(asked, whole(&asked.prompt), rest, choices), why);
        }
        Decision::Unknown(why) => why,
    };
    if let [said] = asked.answers.as_slice()
        && answer::is_pairs(&said.to_plain())
    {
        // What looks like choices is a list to be matched.
        let mut prompt = asked.prompt.clone();
        prompt.extend(asked.matched.iter().cloned());
        let why = phrase!("an answer is given below it");
        return Outcome::Answered(question(asked, whole(&prompt), said.clone(), Vec::new()), why);
    }
    // Notes ask too, and answer with a list; in a paper, questions have as many choices each.
    let told = !asked.answers.is_empty() || asked.keyed.is_some() || asked.clash || asked.boxed;
    let asks = asked.is_labelled() || (asked.paper && asked.asks());
    if told || asks { Outcome::Unanswered(why) } else { Outcome::Nothing }
}

fn open(asked: &Asked) -> Outcome {
    let given: Vec<&Text> = asked.answers.iter().chain(&asked.keyed).filter(|answer| !answer.is_blank()).collect();
    let prompt = whole(&asked.prompt);
    let plain = rich::plain(&prompt);
    let brackets = blank::in_brackets(&plain);
    let below = || phrase!("an answer is given below it");
    if let Some(first) = given.first() {
        let words = bare(&first.to_plain());
        if given.iter().any(|other| bare(&other.to_plain()) != words) {
            return Outcome::Unanswered(phrase!("two answers are given"));
        }
        let why = if asked.answers.is_empty() { phrase!("an answer key names it") } else { below() };
        let verdict = blank::verdict(&first.to_plain());
        if verdict.is_none() && answer::is_letter(&first.to_plain()) {
            let words = short(&first.to_plain());
            return Outcome::Unanswered(phrase!("`{$words}` names a choice, and there are no choices", words));
        }
        // The answer may be in brackets too.
        let (prompt, inner) = match brackets {
            Some((open, inner)) if asked.blanks || blank::verdict(&plain[inner.clone()]).is_some() => {
                (slice(&prompt, 0..open), Some(bare(&plain[inner])))
            }
            _ => (prompt, None),
        };
        if inner.is_some_and(|inner| inner != words) {
            return Outcome::Unanswered(phrase!("two answers are given"));
        }
        if let Some(text) = blank::filled(&prompt, first).filter(|_| plain_details(asked)) {
            return Outcome::Answered(Block::Cloze(Cloze { text, span: asked.span, ..Cloze::default() }), why);
        }
        let told = said_in_full(first);
        return Outcome::Answered(question(asked, prompt, told, Vec::new()), why);
    }
    if asked.clash {
        return Outcome::Unanswered(phrase!("the answer key can't be matched with the questions for certain"));
    }
    if let Some((open, inner)) = brackets {
        let words = &plain[inner.clone()];
        let said = slice(&prompt, inner);
        let before = slice(&prompt, 0..open);
        let why = phrase!("brackets at its end hold the answer");
        if blank::verdict(words).is_some() && asked.verdicts {
            return Outcome::Answered(question(asked, before, said_in_full(&said), Vec::new()), why);
        }
        if asked.blanks
            && blank::count(&plain[..open]) == 1
            && blank::may_fill(words)
            && let Some(text) = blank::filled(&before, &said)
        {
            return Outcome::Answered(Block::Cloze(Cloze { text, span: asked.span, ..Cloze::default() }), why);
        }
    }
    if asked.is_labelled() && asked.asks() { Outcome::Unanswered(nothing()) } else { Outcome::Nothing }
}

/// Why a question has no answer that nothing is said of.
pub(crate) fn nothing() -> Phrase {
    phrase!("nothing says which answer is right")
}

/// `T` and `F` as the words that they are short for.
fn said_in_full(answer: &Text) -> Text {
    match answer.to_plain().trim() {
        "T" | "t" => Text::plain("True"),
        "F" | "f" => Text::plain("False"),
        _ => answer.clone(),
    }
}

/// Whether nothing but the answer is said, so that a sentence with a gap says all.
fn plain_details(asked: &Asked) -> bool {
    asked.more.is_empty() && asked.explanation.is_empty() && asked.hint.is_none()
}

fn question(asked: &Asked, prompt: Text, answer: Text, choices: Vec<Choice>) -> Block {
    let mut answer = answer;
    let mut details: Vec<Block> = Vec::new();
    for (text, span) in asked.more.iter().chain(&asked.explanation) {
        if answer.is_blank() {
            answer = text.clone();
        } else {
            details.push(Block::Paragraph(Paragraph { text: text.clone(), span: *span }));
        }
    }
    let hint = asked.hint.clone();
    Block::Question(Question { prompt, answer, details, choices, hint, span: asked.span, ..Question::default() })
}

/// A question whose answer is not certain, without one; below it, what was given for its answer, so that no word is lost.
pub(crate) fn unanswered(lines: &[Line], asked: &Asked) -> Vec<Block> {
    let choices = asked.choices.iter();
    let choices = choices
        .map(|choice| Choice { text: choice.text.clone(), correct: false, span: choice.span, ..Choice::default() })
        .collect();
    let prompt = whole(&asked.prompt);
    let mut blocks = vec![Block::Question(Question { prompt, choices, span: asked.span, ..Question::default() })];
    let mut below: Vec<Text> = lines[asked.below.max(asked.lines.start)..asked.lines.end]
        .iter()
        .map(|line| line.text.clone())
        .filter(|text| !text.is_blank())
        .collect();
    if below.is_empty() {
        below.extend(asked.answers.iter().cloned());
    }
    if !below.is_empty() {
        blocks.push(Block::Paragraph(Paragraph { text: whole(&below), span: asked.span }));
    }
    blocks
}
