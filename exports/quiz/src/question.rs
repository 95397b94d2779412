//! What is asked, apart from any format: the kind of question that each item becomes.

use std::collections::{BTreeMap, BTreeSet};

use patra_core::{
    Answer, Block, Choice, ChoiceOrder, Draw, Id, Item, Kind, ListMarker, Marks, Material, Messages, Practice, Run,
    Spelled, Terms, Text,
};

use crate::options::QuizOptions;

/// A question.
pub(crate) struct Question<'a> {
    pub(crate) id: Id,
    /// The id of what it asks about.
    pub(crate) about: &'a Id,
    /// The tag that says what kind of question it is: the item's kind, or `match`.
    pub(crate) kind: &'static str,
    /// The section it comes from.
    pub(crate) section: &'a Id,
    /// The headings it stands under, from the outermost.
    pub(crate) context: &'a [Text],
    pub(crate) prompt: Text,
    pub(crate) body: Body<'a>,
    /// The blocks shown below the prompt.
    pub(crate) stem: &'a [Block],
    /// Choices that are shown and not marked, since none of them is known to be right.
    pub(crate) listed: Listed<'a>,
    pub(crate) hint: Option<&'a Text>,
    /// Marks that its author gives.
    pub(crate) marks: Option<Marks>,
}

/// Choices to read, in the author's order.
#[derive(Clone, Copy, Default)]
pub(crate) struct Listed<'a> {
    pub(crate) choices: &'a [Choice],
    /// How the author letters them.
    pub(crate) lettering: Option<ListMarker>,
}

/// What a learner does, and what is right.
pub(crate) enum Body<'a> {
    /// Answers at length; a person marks it by what the answer has to say.
    Essay { answer: &'a Answer, details: &'a [Block] },
    /// Types the answer, which is known to the word.
    Short { answer: String },
    /// Chooses.
    Choice { choices: Vec<Offered<'a>>, explanation: &'a Text, details: &'a [Block] },
    /// Says whether the prompt holds.
    Statement { choices: &'a [Choice], explanation: &'a Text },
    /// Fills the gaps of the prompt that have a number.
    Gap { number: u16 },
    /// Puts each meaning to its term.
    Match { pairs: Vec<Pair<'a>> },
}

/// A choice in its place.
#[derive(Clone, Copy)]
pub(crate) struct Offered<'a> {
    pub(crate) choice: &'a Choice,
    /// Its place in the author's order, from 1: a name that is the same in every order.
    pub(crate) number: usize,
    /// Whether it keeps its place when a learning system shuffles the choices.
    pub(crate) pinned: bool,
}

/// A line of a matching question.
pub(crate) struct Pair<'a> {
    /// The id of the entry.
    pub(crate) id: &'a Id,
    /// The meaning, with the term hidden in it.
    pub(crate) meaning: Text,
    /// The term.
    pub(crate) term: String,
}

/// The questions, in the order of the items; a list's questions to match come after the last item about one of its
/// terms.
pub(crate) fn compose<'a>(material: &'a Material, practice: &'a Practice, options: &QuizOptions) -> Vec<Question<'a>> {
    let mut matches = matches(material, practice, options);
    let mut questions = Vec::with_capacity(practice.items().len() + matches.len());
    // No format covers a part of a picture, and without that there is nothing to ask.
    for item in practice.items().iter().filter(|item| item.kind != Kind::Region) {
        questions.push(question(item, Draw::of(options.seed)));
        questions.extend(matches.remove(&item.id).into_iter().flatten());
    }
    questions
}

fn question(item: &Item, draw: Draw) -> Question<'_> {
    let essay = Body::Essay { answer: &item.answer, details: &item.details };
    let mut listed: &[Choice] = &[];
    let body = match (item.kind, &item.answer) {
        (_, Answer::Choices { choices, .. }) if !item.is_answered() => {
            listed = choices;
            essay
        }
        (_, Answer::Gap(number)) => Body::Gap { number: *number },
        (Kind::TrueFalse, Answer::Choices { choices, explanation }) => Body::Statement { choices, explanation },
        (kind, Answer::Choices { choices, explanation }) => {
            let choices = in_order(choices, (kind == Kind::Choice).then_some((&item.about, draw)));
            Body::Choice { choices, explanation, details: &item.details }
        }
        (
            Kind::Term | Kind::FullForm | Kind::Abbreviation | Kind::Member | Kind::Next | Kind::Which,
            Answer::Text(text),
        ) if !text.is_blank() => Body::Short { answer: text.to_plain() },
        (_, Answer::Text(_) | Answer::Members { .. } | Answer::Row(_)) => essay,
    };
    Question {
        id: item.id.clone(),
        about: &item.about,
        kind: item.kind.as_str(),
        section: &item.section,
        context: &item.context,
        prompt: item.prompt.clone(),
        body,
        stem: &item.stem,
        listed: Listed { choices: listed, lettering: item.lettering },
        hint: item.hint.as_ref(),
        marks: item.marks,
    }
}

/// Choices in the order of a draw; without one, in their own order, where none has to keep its place.
fn in_order<'a>(choices: &'a [Choice], draw: Option<(&Id, Draw)>) -> Vec<Offered<'a>> {
    let at = |(at, pinned): (usize, bool)| {
        let number = at + 1;
        choices.get(at).map(|choice| Offered { choice, number, pinned })
    };
    let Some((id, draw)) = draw else {
        return (0..choices.len()).filter_map(|place| at((place, false))).collect();
    };
    let order = ChoiceOrder::of(choices);
    order.drawn(id, draw).into_iter().filter_map(|place| at((place, order.pinned()[place]))).collect()
}

/// The questions to match, by the id of the item that they follow.
fn matches<'a>(
    material: &'a Material,
    practice: &'a Practice,
    options: &QuizOptions,
) -> BTreeMap<Id, Vec<Question<'a>>> {
    let terms: BTreeMap<&Id, &Item> =
        practice.items().iter().filter(|item| item.kind == Kind::Term).map(|item| (&item.about, item)).collect();
    // The last item about each thing.
    let lasts: BTreeMap<&Id, &Id> = practice.items().iter().map(|item| (&item.about, &item.id)).collect();
    let messages = Messages::of(material);
    let mut found = BTreeMap::new();
    material.walk_blocks(&mut |block, section| {
        let Block::Terms(list) = block else { return };
        let mut seen = BTreeSet::new();
        let asked: Vec<&Item> = list
            .entries
            .iter()
            .filter_map(|entry| terms.get(&entry.id).copied())
            // Of two lines with one term, either would be right.
            .filter(|item| seen.insert(item.plain_answer().trim().to_lowercase()))
            .collect();
        if asked.len() < 2 {
            return;
        }
        let Some(last) = list.entries.iter().rev().find_map(|entry| lasts.get(&entry.id)) else { return };
        let kind = list.kind.as_ref().unwrap_or(&section.heading);
        found.insert((*last).clone(), split(list, kind, &asked, &messages, options.longest_match.max(2)));
    });
    found
}

/// Lines in as few questions as hold them, each of nearly the same length.
fn split<'a>(
    list: &'a Terms,
    kind: &Text,
    asked: &[&'a Item],
    messages: &Messages,
    longest: usize,
) -> Vec<Question<'a>> {
    let count = asked.len().div_ceil(longest);
    let mut questions = Vec::with_capacity(count);
    for part in 0..count {
        let lines = &asked[asked.len() * part / count..asked.len() * (part + 1) / count];
        let mut prompt = messages.text("do-match", &[]);
        if !kind.is_blank() {
            prompt.push(Run::Plain(" (".into()));
            prompt.append(kind.clone());
            prompt.push(Run::Plain(")".into()));
        }
        let name = if part == 0 { "match".to_owned() } else { format!("match-{}", part + 1) };
        let pairs = lines.iter().map(|item| Pair {
            id: &item.about,
            meaning: below_question(&item.prompt),
            term: item.plain_answer(),
        });
        questions.push(Question {
            id: list.id.join(&name),
            about: &list.id,
            kind: "match",
            section: &lines[0].section,
            context: &lines[0].context,
            prompt,
            body: Body::Match { pairs: pairs.collect() },
            stem: &[],
            listed: Listed::default(),
            hint: None,
            marks: None,
        });
    }
    questions
}

/// What stands below the question of a prompt: the words after its first line break.
fn below_question(prompt: &Text) -> Text {
    let runs = prompt.runs();
    let start = runs.iter().position(|run| *run == Run::Break).map_or(0, |at| at + 1);
    runs[start..].iter().cloned().collect()
}

/// The answers of the gaps with a number, in reading order.
pub(crate) fn gap_answers(prompt: &Text, number: u16) -> Vec<String> {
    prompt.gaps().into_iter().filter(|(n, _)| *n == number).map(|(_, gap)| gap.text.to_plain()).collect()
}

impl Question<'_> {
    /// Whether more than the prompt is asked with.
    pub(crate) fn has_more(&self) -> bool {
        !self.stem.is_empty() || !self.listed.choices.is_empty()
    }

    /// How many things are asked at once: the marks that the question gives.
    /// Marks that the question gives: its author's, else one for each thing that is asked at once.
    pub(crate) fn grade(&self) -> String {
        self.marks.map_or_else(|| self.lines().to_string(), |marks| marks.to_string())
    }

    /// How many things are asked at once.
    pub(crate) fn lines(&self) -> usize {
        match &self.body {
            Body::Match { pairs } => pairs.len(),
            Body::Gap { number } => gap_answers(&self.prompt, *number).len(),
            Body::Essay { .. } | Body::Short { .. } | Body::Choice { .. } | Body::Statement { .. } => 1,
        }
    }

    /// What the question is called in a list of questions: the beginning of its prompt, in plain words, where the gaps it asks
    /// for are blanks.
    pub(crate) fn name(&self) -> String {
        const LONGEST: usize = 90;
        let asked = match self.body {
            Body::Gap { number } => Some(number),
            _ => None,
        };
        let numbers: Vec<bool> = self.prompt.gaps().iter().map(|(n, _)| Some(*n) == asked).collect();
        let mut plain = String::new();
        write_plain(&self.prompt, None, &mut numbers.into_iter(), &mut plain);
        let words: Vec<&str> = plain.split_whitespace().collect();
        let line = words.join(" ");
        if line.chars().count() <= LONGEST {
            return line;
        }
        let mut short = String::new();
        for word in words {
            if short.chars().count() + word.chars().count() > LONGEST {
                break;
            }
            short.push_str(word);
            short.push(' ');
        }
        // A word that is longer than the whole name is no word of a language.
        if short.is_empty() { self.id.to_string() } else { format!("{}…", short.trim_end()) }
    }
}

fn write_plain(text: &Text, next: Option<char>, hidden: &mut std::vec::IntoIter<bool>, out: &mut String) {
    for Spelled { run, open, close, next, .. } in text.spelled(next) {
        out.push_str(open);
        match run {
            Run::Plain(s) | Run::Code(s) | Run::Math(s) => out.push_str(s),
            Run::Break => out.push('\n'),
            Run::Gap(gap) => {
                if hidden.next() == Some(true) {
                    out.push_str("____");
                    // The gaps within are hidden with it.
                    hidden.by_ref().take(gap.text.gaps().len()).for_each(|_| ());
                } else {
                    write_plain(&gap.text, next, hidden, out);
                }
            }
            Run::Strong(inner)
            | Run::Emphasis(inner)
            | Run::Superscript(inner)
            | Run::Subscript(inner)
            | Run::Strikeout(inner) => write_plain(inner, next, hidden, out),
            Run::Link(link) => write_plain(&link.text, next, hidden, out),
            Run::Language(tagged) => write_plain(&tagged.text, next, hidden, out),
        }
        out.push_str(close);
    }
}
