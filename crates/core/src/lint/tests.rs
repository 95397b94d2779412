//! For each rule a material that triggers it and one that comes close.

use super::*;
use crate::{Choice, Cloze, Definition, Gap, Paragraph, Question, Run, Section, Terms};

fn material(language: &str, blocks: Vec<Block>) -> Material {
    let section = Section { heading: "S".into(), blocks, ..Section::default() };
    let language = language.parse().expect("a tag");
    let mut material = Material { title: "t".into(), language, sections: vec![section], ..Material::default() };
    material.assign_ids();
    material
}

fn codes(blocks: Vec<Block>) -> Vec<Code> {
    material("en", blocks).advice().into_iter().map(|advice| advice.code).collect()
}

fn terms(pairs: &[(&str, &str)]) -> Vec<Block> {
    let entry = |(term, description): &(&str, &str)| Entry {
        term: (*term).into(),
        description: (*description).into(),
        ..Entry::default()
    };
    vec![Block::Terms(Terms { entries: pairs.iter().map(entry).collect(), ..Terms::default() })]
}

fn question(prompt: &str, answer: &str) -> Vec<Block> {
    vec![Block::Question(Question { prompt: prompt.into(), answer: answer.into(), ..Question::default() })]
}

fn cloze(language: &str, before: &str, hidden: &str, hint: Option<&str>, after: &str) -> Vec<Code> {
    let gap = Run::Gap(Gap { text: hidden.into(), number: None, hint: hint.map(str::to_owned) });
    let text = [Run::Plain(before.into()), gap, Run::Plain(after.into())].into_iter().collect();
    material(language, vec![Block::Cloze(Cloze { text, ..Cloze::default() })])
        .advice()
        .into_iter()
        .map(|advice| advice.code)
        .collect()
}

#[test]
fn long_answers() {
    let words = |count: usize| (0..count).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    assert_eq!(codes(question("why so?", &words(41))), [Code::LongAnswer]);
    assert_eq!(codes(question("why so?", &words(40))), []);
    assert_eq!(material("ta", question("why so?", &words(26))).advice().len(), 1);
}

#[test]
fn long_lists() {
    let pairs: Vec<(String, String)> = ["mango", "river", "tiger", "cloud", "stone", "paper", "light", "grass"]
        .iter()
        .map(|t| ((*t).into(), format!("x {t}y z")))
        .collect();
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(codes(terms(&pairs)), [Code::LongList]);
    assert_eq!(codes(terms(&pairs[..7])), []);
}

#[test]
fn terms_that_are_alike() {
    assert_eq!(codes(terms(&[("affect", "to change"), ("effect", "a result")])), [Code::ConfusableTerms]);
    assert_eq!(codes(terms(&[("affect", "to change"), ("result", "an end")])), []);
    assert_eq!(codes(terms(&[("Chapter 1", "to change"), ("Chapter 2", "an end")])), []);
}

#[test]
fn meanings_that_are_alike() {
    let meaning = "the firm rings its buyers";
    assert_eq!(
        codes(terms(&[("outbound", meaning), ("inbox", "the firm rings its sellers")])),
        [Code::ConfusableMeanings]
    );
    assert_eq!(codes(terms(&[("outbound", meaning), ("inbox", "the firm writes to sellers")])), []);
}

#[test]
fn one_meaning_of_two_terms() {
    assert_eq!(codes(terms(&[("outbound", "we ring them"), ("inbox", "We ring them.")])), [Code::TwoAnswers]);
    assert_eq!(codes(terms(&[("outbound", "we ring them"), ("inbox", "they ring us")])), []);
}

#[test]
fn answers_in_questions() {
    assert_eq!(
        codes(question("Which agents ring: an agent who rings or one who waits?", "an agent who rings")),
        [Code::AnswerInQuestion]
    );
    assert_eq!(codes(question("Which agents ring?", "outbound agents")), []);
}

#[test]
fn weak_gaps() {
    assert_eq!(cloze("hi", "ग्राहक ", "को", None, " फ़ोन करना एजेंट का काम होता है।"), [Code::WeakGap]);
    assert_eq!(cloze("hi", "ग्राहक को ", "फ़ोन", None, " करना एजेंट का काम होता है।"), []);
    assert_eq!(cloze("en", "It is ", "outsourcing", None, "."), [Code::WeakGap]);
    assert_eq!(cloze("en", "It is ", "outsourcing", Some("o…"), "."), []);
    assert_eq!(cloze("en", "Work given away ", "—", None, " as everyone knows."), [Code::WeakGap]);
}

#[test]
fn terms_never_explained() {
    let paragraph = |text: &str| vec![Block::Paragraph(Paragraph { text: text.into(), span: Span::NONE })];
    assert_eq!(codes(paragraph("The KPO is new.")), [Code::Unexplained]);
    assert_eq!(codes(paragraph("Knowledge process outsourcing (KPO) and the KPO in part II.")), []);
    let mut defined = paragraph("The KPO is new.");
    defined.push(Block::Definition(Definition {
        term: "KPO".into(),
        meaning: "expert work".into(),
        ..Definition::default()
    }));
    assert_eq!(codes(defined), []);
}

#[test]
fn things_never_asked() {
    assert_eq!(codes(terms(&[("outbound", ""), ("inbox", "they ring us")])), [Code::NeverAsked]);
    assert_eq!(codes(terms(&[("outbound", "we ring"), ("inbox", "they ring us")])), []);
}

#[test]
fn what_the_author_wants_nothing_asked_of_is_not_missed() {
    let mut material = material("en", terms(&[("outbound", "we ring"), ("inbox", "they ring us")]));
    let only_full_forms = [Kind::FullForm].into();
    material.practice.of.insert(Id::from_key("outbound"), only_full_forms);
    assert_eq!(material.advice().len(), 1);
    material.practice.of.insert(Id::from_key("outbound"), [].into());
    assert_eq!(material.advice(), []);
    material.practice.of = [(Id::from_key("s"), [].into())].into();
    assert_eq!(material.advice(), []);
}

#[test]
fn the_author_can_allow_advice() {
    let mut material = material("en", terms(&[("affect", "to change"), ("effect", "a result")]));
    material.practice.allow_for.insert(Id::from_key("effect"), [Code::ConfusableTerms].into());
    assert_eq!(material.advice(), []);
    material.practice.allow_for.clear();
    material.practice.allow.insert(Code::ConfusableTerms);
    assert_eq!(material.advice(), []);
}

/// Questions with one right choice among four, each as the places and lengths say.
fn key(count: usize, place: impl Fn(usize) -> usize, long: impl Fn(usize) -> bool, pinned: bool) -> Vec<Block> {
    let question = |number: usize| {
        let choice = |at: usize| {
            let correct = at == place(number);
            let more = if correct && long(number) { " with much more said of it" } else { "" };
            Choice { text: format!("thing {number} {at}{more}").as_str().into(), correct, pinned, ..Choice::default() }
        };
        let prompt = format!("which is thing {number}?").as_str().into();
        Block::Question(Question { prompt, choices: (0..4).map(choice).collect(), ..Question::default() })
    };
    (0..count).map(question).collect()
}

#[test]
fn a_key_that_gives_itself_away_is_reported_once() {
    let never = |_: usize| false;
    assert_eq!(codes(key(6, |_| 0, never, false)), [Code::TellingKey]);
    assert_eq!(codes(key(6, |_| 0, never, true)), [], "an order that its author wants");
    assert_eq!(codes(key(4, |_| 0, never, false)), [], "four of a kind are chance");
    assert_eq!(codes(key(6, |at| usize::from(at == 3), never, false)), []);
    assert_eq!(codes(key(8, |at| at % 4, |_| true, false)), [Code::TellingKey]);
    assert_eq!(codes(key(8, |at| at % 4, |at| at % 4 == 0, false)), []);
    assert_eq!(codes(key(8, |at| at % 4, |at| at != 5, false)), [Code::TellingKey]);
    let mut allowed = material("en", key(6, |_| 0, never, false));
    allowed.practice.allow.insert(Code::TellingKey);
    assert_eq!(allowed.advice(), []);
}
