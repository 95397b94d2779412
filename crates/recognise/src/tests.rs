//! Question banks in many layouts and languages, and texts that only look like such.

use patra_core::{Block, Guess, Span, Text};

use crate::{Kind, Line, questions};

/// The draft of a text, a line each; `**…**` around a whole line or its end is bold.
fn draft(text: &str) -> Vec<Line> {
    let line = |words: &str| {
        let mut rich = Text::default();
        for (at, part) in words.split("**").enumerate() {
            let part = Text::plain(part);
            rich.push(if at % 2 == 1 {
                patra_core::Run::Strong(part)
            } else {
                patra_core::Run::Plain(part.to_plain())
            });
        }
        match words.strip_prefix("# ") {
            Some(heading) => Line::new(Kind::Heading, Text::plain(heading), Span::NONE),
            None => Line::new(Kind::Words, rich, Span::NONE),
        }
    };
    text.lines().map(|words| line(words.trim())).collect()
}

/// All questions in a short form: `prompt | option / *right option | answer`; sentences with `{gaps}`; `?` before a question
/// without an answer, and `+` before what is kept below it; `=` for a key.
fn told(text: &str) -> Vec<String> {
    let said = |found: &crate::Found| match found.blocks.first() {
        None => "=".to_owned(),
        Some(Block::Question(question)) => {
            let choice = |choice: &patra_core::Choice| {
                let star = if choice.correct { "*" } else { "" };
                format!("{star}{}", choice.text.to_plain())
            };
            let mut out = question.prompt.to_plain();
            let mut after = String::new();
            let choices: Vec<String> = question.choices.iter().map(choice).collect();
            if found.guesses[0].guess == Some(Guess::Unanswered) {
                assert!(!question.is_answered());
                out.insert_str(0, "? ");
            }
            for block in &found.blocks[1..] {
                let Block::Paragraph(below) = block else { panic!("{block:?}") };
                after += &format!(" + {}", below.text.to_plain());
            }
            if !choices.is_empty() {
                out += &format!(" | {}", choices.join(" / "));
            }
            if !question.answer.is_blank() {
                out += &format!(" | {}", question.answer.to_plain());
            }
            (out + &after).replace('\n', "⏎")
        }
        Some(Block::Cloze(cloze)) => {
            let run = |run: &patra_core::Run| match run {
                patra_core::Run::Gap(gap) => format!("{{{}}}", gap.text.to_plain()),
                other => Text::from_iter([other.clone()]).to_plain(),
            };
            cloze.text.runs().iter().map(run).collect()
        }
        Some(other) => panic!("{other:?}"),
    };
    questions(&draft(text)).iter().map(said).collect()
}

/// Texts, each with what is found in it, one a line below `=>`.
fn hold(cases: &str) {
    let mut failed = Vec::new();
    for case in cases.split("\n----\n") {
        let (text, expected) = case.split_once("\n=>").expect("`=>` is there");
        let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let found = told(text);
        if found != expected {
            failed.push(format!("{text}\n  expected {expected:#?}\n  found {found:#?}"));
        }
    }
    assert!(failed.is_empty(), "{} fail:\n{}", failed.len(), failed.join("\n\n"));
}

#[test]
fn layouts_of_choices() {
    hold(include_str!("tests/choices.txt"));
}

#[test]
fn answers_in_keys() {
    hold(include_str!("tests/keys.txt"));
}

#[test]
fn blanks_and_short_answers() {
    hold(include_str!("tests/open.txt"));
}

#[test]
fn no_answer_is_made_up() {
    hold(include_str!("tests/traps.txt"));
}
