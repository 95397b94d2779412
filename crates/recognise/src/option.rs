//! Options: each on its line, two by two, or all on one line; with letters, boxes or bullets.

use patra_core::{Span, Text};

use crate::draft::{Kind, Line};
use crate::label;
use crate::lettering::{Mark, Style, marks, named};
use crate::rich::{is_bold, join, slice, without_bold};
use crate::words::WORDS;

/// No question has more options.
const MOST: usize = 12;

/// An option that a question offers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice {
    pub text: Text,
    /// Whether a tick, a star, a filled box or a word says that it is right.
    pub ticked: bool,
    /// Whether all of it is in bold.
    pub bold: bool,
    pub span: Span,
}

/// Options one after another.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// How they are lettered; nothing where they have boxes or bullets.
    pub style: Option<Style>,
    /// Whether boxes say which are right.
    pub boxed: bool,
    pub choices: Vec<Choice>,
    /// The line after the last.
    pub end: usize,
    /// An answer that stands behind the last option on its line.
    pub answer: Option<Text>,
}

/// A letter in a line, where it stands.
type Place = (usize, Mark);

/// Signs before an option that say that it is right.
pub(crate) fn without_sign(text: &str) -> usize {
    let bare = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '✓' | '✔' | '✅' | '☑' | '→' | '➤' | '👉' | '\u{FE0F}')
    });
    text.len() - bare.len()
}

/// The letters of a line from `from` on that follow on each other, in each style in which the first may be read.
fn letters(plain: &str, from: usize) -> Vec<Vec<Place>> {
    let from = from + without_sign(&plain[from..]);
    let mut found: Vec<Vec<Place>> = marks(&plain[from..]).into_iter().map(|mark| vec![(from, mark)]).collect();
    if found.is_empty() {
        return found;
    }
    let mut spaced = true;
    for (at, c) in plain.char_indices() {
        if spaced && at > from && !c.is_whitespace() {
            // A star before a letter belongs to it.
            let letter = at + without_sign(&plain[at..]);
            let here = marks(&plain[letter..]);
            for places in &mut found {
                let Some((_, last)) = places.last().copied() else { continue };
                let next = here.iter().find(|mark| mark.style == last.style && mark.value == last.value + 1);
                if let Some(mark) = next.filter(|_| places.len() < MOST) {
                    places.push((at, Mark { length: mark.length + letter - at, ..*mark }));
                }
            }
        }
        spaced = c.is_whitespace() || matches!(c, ',' | ';' | '|');
    }
    found
}

/// The next line that is not blank, if at most one blank line stands before it.
fn following(lines: &[Line], at: usize) -> Option<usize> {
    (at..lines.len().min(at + 3)).find(|&at| !lines[at].is_blank()).filter(|&at| lines[at].is_words())
}

/// The options that begin in line `first` at the byte `from`, lettered from the first letter on.
pub(crate) fn lettered(lines: &[Line], first: usize, from: usize) -> Option<Run> {
    let line = lines.get(first).filter(|line| line.is_words() || (from > 0 && line.kind == Kind::Heading))?;
    let readings = letters(&line.plain, from);
    let starts = readings.into_iter().filter(|places| places[0].1.value == 1);
    starts
        .filter_map(|places| run(lines, first, places))
        .filter(|run| run.choices.len() >= 2)
        // A tie goes to the first reading: Roman numbers, then the orders as the table lists them.
        .reduce(|best, other| if other.choices.len() > best.choices.len() { other } else { best })
}

fn run(lines: &[Line], first: usize, places: Vec<Place>) -> Option<Run> {
    let style = places[0].1.style;
    let mut choices: Vec<Choice> = Vec::new();
    let (mut at, mut places) = (first, places);
    let mut answer = None;
    let end = loop {
        let next = next_letters(lines, at, style, choices.len() + 1, places.len());
        // What the next line begins with says how many of this line are letters and how many are words.
        let taken = next.as_ref().map_or(places.len(), |(_, there)| there[0].1.value - 1 - choices.len());
        places.truncate(taken.max(1));
        let line = &lines[at];
        let mut whole = line.plain.len();
        let last = places.last().map_or(0, |(at, mark)| at + mark.length);
        let behind = line.plain.get(last..).unwrap_or_default();
        if let Some((label, words)) = label::inner_answer(behind).filter(|_| next.is_none()) {
            let said = behind[words..].trim_end_matches([')', ']', '}', '*', ' ']);
            // Without a bracket before the label, only a letter tells it from the words of the option.
            if behind[label..].starts_with(['(', '[', '{']) || !named(said).is_empty() {
                whole = last + label;
                let bracket = behind[label..].starts_with(['(', '[', '{']);
                let end = line.plain.trim_end();
                let end = end.strip_suffix([')', ']', '}']).filter(|_| bracket).unwrap_or(end).len();
                answer = Some(slice(&line.text, last + words..end.max(last + words)));
            }
        }
        let several = places.len() > 1;
        for (index, (place, mark)) in places.iter().enumerate() {
            let stop = places.get(index + 1).map_or(whole, |(place, _)| *place);
            // The sign stands before the first letter of a line, and within the mark of the others.
            let start = if index == 0 { place - signed(&line.plain, *place) } else { *place };
            let from = place + mark.length;
            choices.push(choice(line, start, from, stop.max(from)));
            // `(a) Both (b) and (c) (b) Only …`: it can't be told which of the letters count options.
            if several && counts_on(line.plain.get(from..stop).unwrap_or_default(), style, mark.value) {
                return None;
            }
        }
        match next {
            Some((line, there)) if choices.len() < MOST => {
                // Lines between two options go on with the first.
                let between: Vec<Text> = lines[at + 1..line].iter().map(|line| line.text.clone()).collect();
                if let Some(last) = choices.last_mut().filter(|_| between.iter().any(|text| !text.is_blank())) {
                    let mut parts = vec![last.text.clone()];
                    parts.extend(between);
                    last.text = join(&parts);
                }
                (at, places) = (line, there);
            }
            _ => break at + 1,
        }
    };
    // An option without words can't be chosen.
    (!choices.iter().any(|choice| choice.text.is_blank())).then_some(Run {
        style: Some(style),
        boxed: false,
        choices,
        end,
        answer,
    })
}

/// Whether the words of an option hold a letter of its style that may be its own or a later one.
fn counts_on(words: &str, style: Style, value: usize) -> bool {
    let mut spaced = false;
    words.char_indices().any(|(at, c)| {
        let here = spaced && !c.is_whitespace();
        spaced = c.is_whitespace();
        here && marks(&words[at..]).iter().any(|mark| mark.style == style && mark.value >= value)
    })
}

/// How many bytes of a sign stand right before the place.
fn signed(plain: &str, place: usize) -> usize {
    let before = &plain[..place];
    let bare = before.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '✓' | '✔' | '✅' | '☑' | '→' | '➤' | '👉' | '\u{FE0F}')
    });
    before.len() - bare.len()
}

/// The line after `at` that goes on with the options, of which `have - 1` were there before this line.
fn next_letters(lines: &[Line], at: usize, style: Style, first: usize, count: usize) -> Option<(usize, Vec<Place>)> {
    let fits = |line: usize| {
        let plain = &lines[line].plain;
        letters(plain, 0).into_iter().find(|places| {
            let mark = places[0].1;
            let alike = mark.style == style || (mark.style.order == style.order && mark.style.open == style.open);
            alike && (first + 1..=first + count).contains(&mark.value)
        })
    };
    let next = following(lines, at + 1)?;
    if let Some(places) = fits(next) {
        return Some((next, places));
    }
    // An option may go on for a line or two.
    (next + 1..lines.len().min(next + 3))
        .take_while(|&line| lines[line].is_words() && next == at + 1 && label::answer(&lines[line - 1].plain).is_none())
        .find_map(|line| fits(line).map(|places| (line, places)))
}

/// The option whose sign begins at `start` and whose words do at `from`.
fn choice(line: &Line, start: usize, from: usize, to: usize) -> Choice {
    let sign = &line.plain[start..from];
    let mut ticked = sign.contains(['*', '✓', '✔', '✅', '☑']);
    let mut words = &line.plain[from..to];
    words = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    loop {
        let bare =
            words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '✓' | '✔' | '✅' | '☑' | '\u{FE0F}'));
        let starred = bare.strip_suffix('*').filter(|rest| !rest.contains('*')).unwrap_or(bare);
        let said = starred.trim_end().strip_suffix([')', ']']).and_then(|rest| {
            let open = rest.rfind(['(', '['])?;
            WORDS.right.has(rest[open + 1..].trim()).then(|| &starred[..open])
        });
        let rest = said.unwrap_or(starred);
        if rest.len() == words.len() {
            break;
        }
        ticked |= rest.trim_end().len() < words.trim_end().len();
        words = rest;
    }
    let text = slice(&line.text, from..from + words.len());
    let bold = is_bold(&text);
    Choice { text: if bold { without_bold(text) } else { text }, ticked, bold, span: line.span }
}

/// A box before an option, whether it is filled, and how many bytes it takes.
pub(crate) fn tick_box(plain: &str) -> Option<(bool, usize)> {
    let boxes = [
        ("[ ]", false),
        ("[]", false),
        ("[x]", true),
        ("[X]", true),
        ("[✓]", true),
        ("[✔]", true),
        ("[✅]", true),
        ("☐", false),
        ("☑", true),
        ("☒", true),
        ("( )", false),
        ("(x)", true),
        ("(X)", true),
        ("(✓)", true),
        ("(✔)", true),
        ("(*)", true),
        ("◯", false),
        ("⬜", false),
        ("○", false),
        ("●", true),
        ("❌", false),
        ("✗", false),
        ("✘", false),
        ("✅", true),
        ("✔", true),
        ("✓", true),
    ];
    let (sign, filled) = boxes.iter().find(|(sign, _)| plain.starts_with(sign))?;
    let rest = plain[sign.len()..].trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FE0F}');
    (!rest.is_empty()).then_some((*filled, plain.len() - rest.len()))
}

/// The options that begin in line `first` with boxes, of which at least one is empty.
pub(crate) fn boxed(lines: &[Line], first: usize) -> Option<Run> {
    let mut choices = Vec::new();
    let mut at = first;
    let mut end = first;
    while let Some(line) = lines.get(at).filter(|line| line.is_words()) {
        let Some((filled, from)) = tick_box(&line.plain) else { break };
        let mark = marks(&line.plain[from..]).into_iter().find(|mark| mark.value == choices.len() + 1);
        let from = from + mark.map_or(0, |mark| mark.length);
        let made = choice(line, from, from, line.plain.len());
        choices.push(Choice { ticked: filled || made.ticked, bold: false, ..made });
        end = at + 1;
        match following(lines, at + 1) {
            Some(next) if choices.len() < MOST => at = next,
            _ => break,
        }
    }
    // Ticks before all lines are bullets.
    let empty = choices.iter().any(|choice: &Choice| !choice.ticked);
    (choices.len() >= 2 && empty && choices.iter().all(|choice| !choice.text.is_blank())).then_some(Run {
        style: None,
        boxed: true,
        choices,
        end,
        answer: None,
    })
}

/// Where options begin within a line, behind the words of their question: three at least, or two in brackets.
pub(crate) fn within(plain: &str, from: usize) -> Option<usize> {
    // So many places that look like a first letter are looked at, so that a line of them costs no more.
    let mut tries = 6;
    let mut spaced = false;
    for (at, c) in plain.char_indices().skip_while(|(at, _)| *at < from) {
        if spaced && !c.is_whitespace() && marks(&plain[at..]).iter().any(|mark| mark.value == 1) {
            tries -= 1;
            if tries == 0 {
                return None;
            }
            let lists = letters(plain, at);
            let many = |places: &Vec<Place>| {
                let bracketed = places[0].1.style.open.is_some();
                places[0].1.value == 1 && (places.len() >= 3 || (bracketed && places.len() == 2))
            };
            if lists.iter().any(many) {
                return Some(at);
            }
        }
        spaced = c.is_whitespace();
    }
    None
}
