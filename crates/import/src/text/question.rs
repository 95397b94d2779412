//! Questions with their answers: under labels (`Q:` / `A:`, `प्रश्न` / `उत्तर`), and in lists of what many ask.

use patra_core::{Block, Choice, Paragraph, Question, Run, Text};

use super::heading;
use super::inline;
use super::line::Look;
use super::marker::{self, Style};
use super::page::{Found, Page};
use super::phrase::{ends_question, is_short};
use super::vocabulary::{ANSWER_LABELS, QUESTION_LABELS};
use super::{list, table};
use crate::guess;

/// How far below a question its answer may begin, in lines that are not blank.
const REACH: usize = 16;

/// The words after a label of `labels` and its mark, if the text begins with one.
fn after_label<'t>(text: &'t str, labels: &[&str]) -> Option<&'t str> {
    let text = text.trim_start_matches("**");
    let first = text.chars().next()?.to_ascii_lowercase();
    for label in labels.iter().filter(|label| label.starts_with(first)) {
        let Some(head) = text.get(..label.len()).filter(|head| *head == *label || head.to_lowercase() == *label) else {
            continue;
        };
        let rest = &text[head.len()..];
        let mut words = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '#'));
        let mut numbered = false;
        if let Some((_, length)) = marker::digits(words) {
            words = &words[length..];
            numbered = words.chars().next().is_none_or(|c| !c.is_alphanumeric());
        } else {
            words = rest;
        }
        let marks = words.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '.' | '-' | '–' | '—' | ')' | '।' | '：' | '*' | '=' | '>' | '۔')
        });
        let marked = words[..words.len() - marks.len()].chars().any(|c| !c.is_whitespace() && c != '*');
        let long = label.chars().count() > 3;
        if marked || numbered || (long && rest.is_empty()) {
            return Some(marks.trim_end_matches("**"));
        }
    }
    None
}

/// The question at the line, if a label stands before it and one before its answer.
pub(crate) fn labelled(page: &Page<'_>, at: usize) -> Option<Found> {
    let line = page.lines.get(at)?;
    let mut prompt = inline::text(after_label(line_words(page, at)?, &QUESTION_LABELS)?);
    let mut choices: Vec<(Option<u32>, Choice)> = Vec::new();
    let mut next = page.filled(at + 1);
    let mut answer_line = None;
    let mut choice_style: Option<Style> = None;
    for _ in 0..REACH {
        let Some(text) = line_words(page, next) else { break };
        let span = page.lines[next].span;
        let expected = u32::try_from(choices.len() + 1).unwrap_or(0);
        // Before answers, since `A)` may be either; the first choice is told by the second.
        let style = lettered(page, next, expected, choice_style).filter(|style| {
            let second = page.filled(next + 1);
            let followed = second < page.lines.len() && lettered(page, second, 2, Some(*style)).is_some();
            !prompt.is_empty() && (choice_style.is_some() || followed)
        });
        if let Some(style) = style {
            choice_style = Some(style);
            let choice =
                Choice { text: inline::text(page.lines[next].rest()), correct: false, span, ..Choice::default() };
            choices.push((Some(expected), choice));
            next = page.filled(next + 1);
            continue;
        }
        if after_label(text, &ANSWER_LABELS).is_some() {
            answer_line = Some(next);
            break;
        }
        if after_label(text, &QUESTION_LABELS).is_some() || matches!(page.lines[next].look, Look::Hash { .. }) {
            break;
        }
        if choices.is_empty() {
            if !prompt.is_empty() {
                prompt.push(Run::Break);
            }
            prompt.append(inline::text(text));
        } else {
            break;
        }
        next = page.filled(next + 1);
    }
    let answer_line = answer_line?;
    if prompt.is_blank() {
        return None;
    }
    let mut end = answer_line + 1;
    let mut answer = after_label(line_words(page, answer_line)?, &ANSWER_LABELS)?.to_owned();
    if answer.is_empty() {
        let words = page.filled(end);
        answer = line_words(page, words)?.to_owned();
        end = words + 1;
    }
    let mut answer = inline::text(&answer);
    if !choices.is_empty() {
        mark_right(&mut choices, &mut answer);
        if !choices.iter().any(|(_, choice)| choice.correct) {
            return None;
        }
    }
    if answer.is_blank() && choices.is_empty() {
        return None;
    }
    let (details, end, mut guesses) = details(page, end, &|page, at| {
        line_words(page, at).is_some_and(|text| after_label(text, &QUESTION_LABELS).is_some())
    });
    let span = page.span(at, end);
    guesses.push(guess::question(line.span, "this is a question with its answer, because labels stand before both"));
    let choices = choices.into_iter().map(|(_, choice)| choice).collect();
    let question = Question { prompt, answer, details, choices, span, ..Question::default() };
    Some(Found { blocks: vec![Block::Question(question)], end, guesses })
}

/// Whether a label of a question or an answer stands before the text.
pub(super) fn is_labelled(text: &str) -> bool {
    after_label(text, &QUESTION_LABELS).is_some() || after_label(text, &ANSWER_LABELS).is_some()
}

/// The words of a line that may be part of a question.
fn line_words<'p>(page: &'p Page<'_>, at: usize) -> Option<&'p str> {
    let line = page.lines.get(at)?;
    match line.look {
        Look::Text | Look::Number(_) => Some(line.text.as_ref()),
        Look::Hash { .. } | Look::Bullet(_) => Some(line.rest()),
        Look::Blank | Look::Rule(_) | Look::TableRule | Look::Taken => None,
    }
}

/// Whether the line is the choice with the number `expected`, in the style of the ones before it.
fn lettered(page: &Page<'_>, at: usize, expected: u32, style: Option<Style>) -> Option<Style> {
    let Look::Number(number) = &page.lines[at].look else { return None };
    let fits = |reading: &&marker::Reading| {
        reading.value == expected
            && style.map_or(reading.style.is_letters() || reading.style.is_digits(), |style| style == reading.style)
    };
    number.readings.iter().find(fits).filter(|_| !page.lines[at].rest().is_empty()).map(|reading| reading.style)
}

/// Marks the choice that the answer names, by its letter or its words. What the answer says besides stays in it.
fn mark_right(choices: &mut [(Option<u32>, Choice)], answer: &mut Text) {
    let words = answer.to_plain();
    let same = |a: &str, b: &str| {
        let bare = |s: &str| s.trim_matches(|c: char| c.is_whitespace() || ".।*".contains(c)).to_lowercase();
        bare(a) == bare(b)
    };
    if let Some((_, choice)) = choices.iter_mut().find(|(_, choice)| same(&choice.text.to_plain(), &words)) {
        choice.correct = true;
        *answer = Text::default();
        return;
    }
    // `ख` alone, `(ख)`, `(ख) दिल्ली`.
    let marked = if words.chars().any(char::is_whitespace) { words.clone() } else { format!("{words}) ") };
    let number = marker::number(&words).or_else(|| marker::number(&marked));
    let Some(number) = number else { return };
    let rest = words.get(number.at..).unwrap_or("").trim().to_owned();
    for reading in &number.readings {
        if let Some((_, choice)) = choices.iter_mut().find(|(value, _)| *value == Some(reading.value)) {
            choice.correct = true;
            let says_more = !rest.is_empty() && !same(&rest, &choice.text.to_plain());
            *answer = if says_more { inline::text(&rest) } else { Text::default() };
            return;
        }
    }
}

/// What belongs to an answer after its first paragraph: lines up to a blank one, and beyond it where another question
/// follows soon.
fn details(
    page: &Page<'_>,
    first: usize,
    is_question: &dyn Fn(&Page<'_>, usize) -> bool,
) -> (Vec<Block>, usize, Vec<patra_core::Diagnostic>) {
    let mut follows = false;
    let mut at = first;
    for _ in 0..REACH {
        at = page.filled(at);
        if at >= page.lines.len() || matches!(page.lines[at].look, Look::Hash { .. } | Look::Rule(_) | Look::Taken) {
            break;
        }
        if is_question(page, at) {
            follows = true;
            break;
        }
        if heading::heading(page, at, heading::Above::default()).is_some() {
            break;
        }
        at += 1;
    }
    let limit = if follows { at } else { first };
    let mut blocks = Vec::new();
    let mut guesses = Vec::new();
    let mut at = first;
    while follows && page.filled(at) < limit {
        at = page.filled(at);
        let line = &page.lines[at];
        if table::begins(page, at) {
            break;
        }
        if page.is_item(at) {
            let found = list::list(page, at);
            if found.end > limit {
                break;
            }
            blocks.extend(found.blocks);
            guesses.extend(found.guesses);
            at = found.end;
        } else if page.is_words(at) {
            blocks.push(Block::Paragraph(Paragraph { text: inline::text(&line.text), span: line.span }));
            at += 1;
        } else {
            break;
        }
    }
    (blocks, at, guesses)
}

/// The question at the line, below a heading that says that questions follow: a line that asks, and a paragraph.
pub(crate) fn asked_often(page: &Page<'_>, at: usize) -> Option<Found> {
    let asks = |page: &Page<'_>, at: usize| {
        line_words(page, at)
            .is_some_and(|_| is_short(page.lines[at].rest(), 30) && ends_question(page.lines[at].rest()))
    };
    if !asks(page, at) {
        return None;
    }
    let below = page.filled(at + 1);
    if !page.is_words(below)
        || asks(page, below)
        || table::begins(page, below)
        || heading::heading(page, below, heading::Above { heading: true, nothing: false }).is_some()
    {
        return None;
    }
    let text = page.lines[below].text.as_ref();
    let answer = after_label(text, &ANSWER_LABELS).filter(|rest| !rest.is_empty()).unwrap_or(text);
    let (details, end, mut guesses) = details(page, below + 1, &asks);
    let prompt = page.lines[at].rest();
    let prompt = after_label(prompt, &QUESTION_LABELS).filter(|rest| !rest.is_empty()).unwrap_or(prompt);
    let question = Question {
        prompt: inline::name(prompt),
        answer: inline::text(answer),
        details,
        span: page.span(at, end),
        ..Question::default()
    };
    guesses.push(guess::question(
        page.lines[at].span,
        "this is a question with its answer, because it asks something below a heading that says that questions follow",
    ));
    Some(Found { blocks: vec![Block::Question(question)], end, guesses })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_many_languages() {
        let q = |text| after_label(text, &QUESTION_LABELS);
        assert_eq!(q("Q. What?"), Some("What?"));
        assert_eq!(q("Q1: What?"), Some("What?"));
        assert_eq!(q("प्रश्न 1. क्या?"), Some("क्या?"));
        assert_eq!(q("प्रश्न- क्या?"), Some("क्या?"));
        assert_eq!(q("प्र.१ क्या?"), Some("क्या?"));
        assert_eq!(q("سوال: کیا؟"), Some("کیا؟"));
        assert_eq!(q("প্রশ্ন ১: কী?"), Some("কী?"));
        let a = |text| after_label(text, &ANSWER_LABELS);
        assert_eq!(a("Ans: yes"), Some("yes"));
        assert_eq!(a("उत्तर – हाँ"), Some("हाँ"));
        assert_eq!(a("उ. हाँ"), Some("हाँ"));
    }

    #[test]
    fn words_that_begin_like_labels() {
        for text in ["Quality: good", "प्रश्नोत्तर: यह", "Questions matter", "प्रकार: दो", "प्र"]
        {
            assert_eq!(after_label(text, &QUESTION_LABELS), None, "{text}");
        }
        for text in ["Answering machines", "A machine", "उद्देश्य: यह", "Answers: two"] {
            assert_eq!(after_label(text, &ANSWER_LABELS), None, "{text}");
        }
    }
}
