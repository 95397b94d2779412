//! Which choices are right. Where that is not certain, none is.

use std::collections::BTreeSet;

use patra_core::{Phrase, Text, phrase};

use crate::asked::Asked;
use crate::lettering::{alike, named};
use crate::rich::{plain, slice};
use crate::words::WORDS;

/// The answer to a question with choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// These choices are right, for this reason; what the answer says besides.
    Right { choices: BTreeSet<usize>, why: Phrase, rest: Text },
    /// It can't be told which are, for this reason.
    Unknown(Phrase),
}

/// The choices that an answer names, and the words after them.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Names {
    Choices(BTreeSet<usize>, Text),
    Nothing,
    /// It may name one choice or another.
    Several,
}

/// The words without white space and marks at their ends, and in small letters. A minus and a point before a digit stay.
pub(crate) fn bare(words: &str) -> String {
    let mark = |c: char| c.is_whitespace() || ".।,;:*[](){}'\"“”‘’۔–—-=✓✔✅\u{FE0F}".contains(c);
    let end = words.trim_end_matches(mark).len();
    let mut inner = &words[..end];
    while let Some(c) = inner.chars().next().filter(|&c| mark(c)) {
        let rest = &inner[c.len_utf8()..];
        if matches!(c, '-' | '–' | '.') && rest.starts_with(|c: char| c.is_numeric()) {
            break;
        }
        inner = rest;
    }
    let words: Vec<&str> = inner.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Which choices are right, as far as marks on them, the answer below and a key agree.
pub(crate) fn decide(asked: &Asked) -> Decision {
    let mut found: Option<(BTreeSet<usize>, Phrase, Text)> = None;
    let mut problem: Option<Phrase> = None;
    let mut take = |names: Names, words: &Text, why: Phrase| match names {
        Names::Choices(choices, rest) => match &mut found {
            Some((known, _, said)) if *known == choices => {
                if said.is_blank() {
                    *said = rest;
                }
            }
            Some(_) => problem = Some(phrase!("two places name different choices")),
            None => found = Some((choices, why, rest)),
        },
        Names::Nothing => {
            problem = Some(phrase!("`{$words}` names none of the choices", words = short(&words.to_plain())));
        }
        Names::Several => {
            problem = Some(phrase!("`{$words}` may name more than one choice", words = short(&words.to_plain())));
        }
    };
    let ticked: BTreeSet<usize> = marked(asked, |choice| choice.ticked);
    if !ticked.is_empty() {
        let sure = asked.boxed || ticked.len() == 1;
        let names = if sure { Names::Choices(ticked.clone(), Text::default()) } else { Names::Several };
        take(names, &Text::plain("✓"), phrase!("a mark beside a choice says that it is right"));
    }
    for answer in &asked.answers {
        take(names(asked, answer), answer, phrase!("an answer is given below it"));
    }
    if let Some(answer) = &asked.keyed {
        take(names(asked, answer), answer, phrase!("an answer key names it"));
    }
    // Bold may say other things too, so it counts only where nothing else names an answer.
    let bold: BTreeSet<usize> = marked(asked, |choice| choice.bold);
    if asked.bold && bold.len() == 1 && asked.answers.is_empty() && asked.keyed.is_none() && ticked.is_empty() {
        take(Names::Choices(bold, Text::default()), &Text::default(), phrase!("one choice alone is in bold"));
    }
    match (found, problem) {
        (_, Some(why)) => Decision::Unknown(why),
        (Some((choices, why, rest)), None) => Decision::Right { choices, why, rest },
        (None, None) if asked.clash => {
            Decision::Unknown(phrase!("the answer key can't be matched with the questions for certain"))
        }
        (None, None) => Decision::Unknown(phrase!("nothing says which answer is right")),
    }
}

fn marked(asked: &Asked, test: impl Fn(&crate::option::Choice) -> bool) -> BTreeSet<usize> {
    asked.choices.iter().enumerate().filter(|(_, choice)| test(choice)).map(|(at, _)| at).collect()
}

/// The first words, for a message.
pub(crate) fn short(words: &str) -> String {
    let mut out: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(40).collect();
    if out.len() < words.trim().len() {
        out.push('…');
    }
    out
}

/// Which choices the words of an answer name.
fn names(asked: &Asked, answer: &Text) -> Names {
    let plain = plain(answer);
    let whole = bare(&answer.to_plain());
    let is_choice = |words: &str| {
        let same: Vec<usize> =
            (0..asked.choices.len()).filter(|&at| bare(&asked.choices[at].text.to_plain()) == words).collect();
        same
    };
    let by_words = if whole.is_empty() { Vec::new() } else { is_choice(&whole) };
    // `Option (b)`
    let trimmed = plain.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '✅' | '✔' | '✓' | '_'));
    let mut start = plain.len() - trimmed.len();
    if let Some(label) = crate::label::label(trimmed, &WORDS.option) {
        start += label.at;
    }
    let told = plain[start..].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '✅' | '✔'));
    // `B]`, of `[Ans: B]`.
    let told = if told.contains(['[', '(']) { told } else { told.trim_end_matches([']', ')']) };
    if let Some(choices) = letters(asked, told) {
        let index = choices.iter().copied().next();
        let conflict =
            by_words.len() == 1 && choices.len() == 1 && Some(by_words[0]) != index && !told.starts_with(['(', '[']);
        return if conflict { Names::Several } else { Names::Choices(choices, Text::default()) };
    }
    match by_words.as_slice() {
        [one] => return Names::Choices([*one].into(), Text::default()),
        [] => {}
        _ => return Names::Several,
    }
    // `(b) Delhi`, `b. because …`: what follows the letter is the choice's words or says more.
    let readings = named(told);
    let places: Vec<(usize, &str)> = readings
        .iter()
        .filter(|(order, value, rest)| fits(asked, *order) && *value <= asked.choices.len() && !rest.is_empty())
        .map(|(_, value, rest)| (value - 1, *rest))
        .collect();
    let Some(&(place, rest)) = places.first() else { return Names::Nothing };
    if places.iter().any(|(other, _)| *other != place) {
        return Names::Several;
    }
    let said = bare(rest);
    let same = is_choice(&said);
    if same.contains(&place) {
        return Names::Choices([place].into(), Text::default());
    }
    if !same.is_empty() {
        return Names::Nothing;
    }
    let from = plain.rfind(rest).unwrap_or(plain.len());
    let own = bare(&asked.choices[place].text.to_plain());
    let longer = slice(answer, from..plain.len());
    if said.starts_with(&own) {
        // The choice's words with something added.
        return Names::Choices([place].into(), longer);
    }
    if own.contains(&said) {
        return Names::Choices([place].into(), Text::default());
    }
    // A few words that are no explanation say something else than the choice does.
    let few = said.split(' ').count() <= 4 && !rest.starts_with(['(', '[']);
    let shared = said.split(' ').any(|word| own.split(' ').any(|other| other == word));
    if few && !shared {
        return Names::Several;
    }
    Names::Choices([place].into(), longer)
}

/// Whether letters of an order may name the choices of the question: those of its own lettering alone. Where the choices
/// have no letters, small and capital ones of English count them, as digits do.
fn fits(asked: &Asked, order: usize) -> bool {
    match asked.style {
        None => order == 0 || order == 3 || order == 4,
        Some(own) => alike(own.order, order),
    }
}

/// The choices that letters alone name: `b`, `(ख)`, `a, c`, `(a) and (d)`.
fn letters(asked: &Asked, told: &str) -> Option<BTreeSet<usize>> {
    let mut parts: Vec<&str> = Vec::new();
    for part in told.split([',', ';', '/', '&', '،', '+']) {
        let mut rest = part.trim();
        while let Some((at, word)) = WORDS
            .and
            .all()
            .iter()
            .filter_map(|word| rest.find(&format!(" {word} ")).map(|at| (at, word)))
            .min_by_key(|(at, _)| *at)
        {
            parts.push(rest[..at].trim());
            rest = rest[at + word.len() + 2..].trim();
        }
        parts.push(rest);
    }
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || parts.len() > asked.choices.len() {
        return None;
    }
    let mut choices = BTreeSet::new();
    for part in parts {
        let readings = named(part);
        let mut alone = readings.iter().filter(|(.., rest)| rest.is_empty());
        let own = alone.clone().find(|(order, ..)| asked.style.is_some_and(|own| alike(own.order, *order)));
        let (_, value, _) = match own {
            Some(reading) => reading,
            None => alone.find(|(order, ..)| fits(asked, *order))?,
        };
        if *value > asked.choices.len() {
            return None;
        }
        choices.insert(value - 1);
    }
    Some(choices)
}

/// Whether the answer is a letter or a number alone that names a choice: `(b)`, `ख`.
pub(crate) fn is_letter(answer: &str) -> bool {
    let told = answer.trim();
    let told = crate::label::label(told, &WORDS.option).map_or(told, |label| told[label.at..].trim());
    let bracketed = told.starts_with(['(', '[']) && told.ends_with([')', ']']);
    named(told).iter().any(|(order, _, rest)| rest.is_empty() && (*order > 0 || bracketed))
}

/// Whether the answer pairs letters with others, as that to a list to be matched does: `क-ii, ख-i`.
pub(crate) fn is_pairs(answer: &str) -> bool {
    let parts: Vec<&str> = answer.split([',', ';', '،']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let pair = |part: &&str| {
        part.split_once(['-', '–', '—', '→', '=']).is_some_and(|(one, other)| {
            let letter = |word: &str| named(word.trim()).iter().any(|(.., rest)| rest.is_empty());
            letter(one) && letter(other)
        })
    };
    parts.len() >= 2 && parts.iter().all(pair)
}
