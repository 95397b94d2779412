//! Answer keys: the answers to many questions in one place, by their numbers.

use std::collections::BTreeSet;
use std::ops::Range;

use patra_core::{Span, Text};

use crate::draft::Kind;
use crate::gather::Draft;
use crate::lettering::{named, number};
use crate::rich::slice;
use crate::words::WORDS;

/// An answer key.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub lines: Range<usize>,
    pub entries: Vec<Entry>,
    pub span: Span,
}

/// An answer in a key.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The number of its question; nothing in a key that has letters alone.
    pub number: Option<u32>,
    pub answer: Text,
}

/// An answer within a line, and its number.
type Part = (Option<u32>, Range<usize>);

/// How many answers tell a key that no word announces.
const FEWEST: usize = 3;

/// The key that begins at the line. `open` holds the numbers of the questions above that have no answer yet.
pub(crate) fn key(draft: &Draft<'_>, at: usize, open: &BTreeSet<u32>) -> Option<Key> {
    let line = &draft.lines[at];
    let sight = &draft.sights[at];
    let mut entries = Vec::new();
    let announced = sight.key.is_some();
    // `Answers` may be a heading of a part that has nothing to do with questions, and `उत्तर` the answer to one.
    let known = |entry: &Entry| entry.number.is_some_and(|number| open.contains(&number));
    let mut next = at;
    if let Some(from) = sight.key {
        let rest = &line.plain[from..];
        let parts = entries_of(rest);
        if parts.is_empty() && !rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() {
            return None;
        }
        entries.extend(
            parts
                .into_iter()
                .map(|(number, part)| Entry { number, answer: slice(&line.text, from + part.start..from + part.end) }),
        );
        next = at + 1;
    }
    while let Some((below, _)) = draft.following(next) {
        let found = line_entries(draft, below, announced, open, entries.last());
        // Where no word announces a key, the first answer to no question ends it, so that no line is looked at often.
        if !found.is_empty() && (announced || found.iter().all(known)) {
            entries.extend(found);
            next = below + 1;
            continue;
        }
        // The name of a part between two keys.
        let part = draft.sights[below].part && !entries.is_empty() && draft.sights[below].key.is_none();
        let after = draft.following(below + 1).filter(|_| part);
        let goes_on = after.is_some_and(|(after, _)| letters_alone(&draft.lines[after].plain).len() >= 2);
        if !goes_on {
            break;
        }
        next = below + 1;
    }
    let certain = match (announced, sight.answer.is_some()) {
        (true, false) => entries.iter().any(|entry| known(entry) || entry.number.is_none()),
        (true, true) => entries.len() >= 2 && entries.iter().all(known),
        (false, _) => {
            (entries.len() >= FEWEST || (entries.len() > 1 && entries.len() == open.len())) && entries.iter().all(known)
        }
    };
    let last = draft.lines[at..next].iter().rev().find(|line| !line.span.is_none());
    let span = last.map_or(line.span, |last| {
        if line.span.is_none() { last.span } else { Span::new(line.span.start(), last.span.end()) }
    });
    (certain && next > at).then_some(Key { lines: at..next, entries, span })
}

/// The answers that a line of a key holds.
fn line_entries(
    draft: &Draft<'_>,
    at: usize,
    announced: bool,
    open: &BTreeSet<u32>,
    last: Option<&Entry>,
) -> Vec<Entry> {
    let line = &draft.lines[at];
    if let Kind::Table(rows) = &line.kind {
        return table(rows);
    }
    if !line.is_words() {
        return Vec::new();
    }
    let parts = letters_alone(&line.plain);
    let made = |parts: Vec<Part>| {
        parts.into_iter().map(|(number, part)| Entry { number, answer: slice(&line.text, part) }).collect()
    };
    if !parts.is_empty() {
        return made(parts);
    }
    if !announced {
        return Vec::new();
    }
    // Words answer only questions that are there, in their order, and that no options follow.
    let parts = numbered(&line.plain);
    let after = last.and_then(|entry| entry.number).unwrap_or(0);
    let fits =
        parts.first().and_then(|(number, _)| *number).is_some_and(|number| number > after && open.contains(&number));
    let options =
        draft.following(at + 1).is_some_and(|(next, _)| draft.sights[next].first && draft.sights[next].stem.is_none());
    if fits && !options && !line.plain.trim_end().ends_with(['?', '؟']) { made(parts) } else { Vec::new() }
}

/// Whether words after the label of an answer hold the answers to several questions: those above, and perhaps this one.
pub(crate) fn answers_many(text: &str, own: Option<u32>, open: &BTreeSet<u32>) -> bool {
    let parts = entries_of(text);
    let known = |number: &u32| open.contains(number) || Some(*number) == own;
    parts.len() >= 2
        && parts[0].0.is_some_and(|number| open.contains(&number))
        && parts.iter().all(|(number, _)| number.as_ref().is_some_and(known))
}

/// The answers that a line holds: letters after numbers, or words after numbers that follow on each other.
fn entries_of(text: &str) -> Vec<Part> {
    let parts = letters_alone(text);
    if parts.is_empty() { numbered(text) } else { parts }
}

fn parts_off(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '|' | '،' | '•' | '*')
}

/// A number at the start of the text, with the label of a question before it, and how many bytes both take.
fn question_number(text: &str) -> Option<(u32, usize)> {
    if let Some(found) = number(text) {
        return Some(found);
    }
    let word = WORDS
        .question
        .of(text)
        .iter()
        .find(|word| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))?;
    let rest = text[word.len()..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '#' | ':'));
    number(rest).map(|(value, length)| (value, text.len() - rest.len() + length))
}

/// `1-b 2-c`, `1. (ख), 2. (ग)`, `Q1: A | Q2: D`: the whole line is numbers with a letter each; or letters alone.
fn letters_alone(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start_matches(parts_off);
        if rest.trim_end_matches(|c: char| !c.is_alphanumeric()).is_empty() {
            return parts;
        }
        let open = rest.strip_prefix(['(', '[']).filter(|inner| inner.starts_with(|c: char| c.is_numeric()));
        let from = open.unwrap_or(rest);
        let Some((value, length)) = question_number(from) else { return letters_in_order(text) };
        let behind = &from[length..];
        let letter = behind.trim_start_matches(|c: char| {
            parts_off(c) || matches!(c, '.' | ')' | ']' | ':' | '-' | '–' | '—' | '=' | '>' | '→' | '।')
        });
        // `12` is no number with a letter.
        if letter.len() == behind.len() && !letter.starts_with('(') {
            return Vec::new();
        }
        let start = text.len() - letter.len();
        let bracket = letter.starts_with(['(', '[']);
        let word_start = letter.trim_start_matches(['(', '[', ' ']);
        let end =
            word_start.find(|c: char| parts_off(c) || matches!(c, ')' | ']' | '.' | '/')).unwrap_or(word_start.len());
        let word = &word_start[..end];
        if word.is_empty() || named(word).iter().all(|(.., rest)| !rest.is_empty()) {
            return Vec::new();
        }
        let mut stop = text.len() - word_start.len() + end;
        if bracket && text[stop..].starts_with([')', ']']) {
            stop += 1;
        }
        parts.push((Some(value), start..stop));
        at = stop;
        at += text[at..].len() - text[at..].trim_start_matches([')', ']', '.', '।']).len();
        if !text[at..].is_empty() && !text[at..].starts_with(parts_off) {
            return Vec::new();
        }
    }
}

/// `b, c, a`: letters in the order of the questions.
fn letters_in_order(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    for word in text.split(parts_off) {
        let here = at..at + word.len();
        at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
        if word.is_empty() {
            continue;
        }
        let letter = named(word);
        if !letter.iter().any(|(order, _, rest)| *order > 0 && rest.is_empty()) || word.chars().count() > 4 {
            return Vec::new();
        }
        parts.push((None, here));
    }
    parts
}

/// `1. east 2. water`: numbers that follow on each other, with the words behind each.
fn numbered(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut parted = true;
    let mut expected: Option<u32> = None;
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if parted && !parts_off(c) {
            let rest = &text[at..];
            if let Some((value, length)) = question_number(rest)
                && expected.is_none_or(|expected| expected == value)
            {
                let behind = &rest[length..];
                let words = crate::stem::after_marks(behind);
                let marked = behind.starts_with(['.', ')', ':', '-', '–', '—', '=', ']'])
                    || behind.trim_start().starts_with(['-', '–', '—', '=', ':']);
                let tight = behind.starts_with('.') && behind[1..].starts_with(|c: char| c.is_numeric());
                if marked && !tight && !words.is_empty() {
                    if let (Some((_, last)), Some(_)) = (parts.last_mut(), expected) {
                        last.end = at;
                    }
                    from = text.len() - words.len();
                    parts.push((Some(value), from..text.len()));
                    expected = Some(value.saturating_add(1));
                }
            }
            if parts.is_empty() {
                return parts;
            }
        }
        parted = parts_off(c) && at >= from;
    }
    for (_, part) in &mut parts {
        part.end = part.start + text[part.clone()].trim_end_matches(|c: char| parts_off(c)).len();
    }
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

/// A table of numbers and letters: two columns or more pairs of them, or numbers in one row and letters in the next.
fn table(rows: &[Vec<String>]) -> Vec<Entry> {
    let value = |cell: &str| {
        let cell = cell.trim();
        question_number(cell).filter(|(_, length)| cell[*length..].trim_matches(['.', ')', ':']).is_empty())
    };
    let letter = |cell: &str| !cell.trim().is_empty() && named(cell).iter().any(|(.., rest)| rest.is_empty());
    let entry = |number: &str, answer: &str| {
        let (number, _) = value(number)?;
        letter(answer).then(|| Entry { number: Some(number), answer: Text::plain(answer.trim()) })
    };
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let filled: Vec<&String> = row.iter().filter(|cell| !cell.trim().is_empty()).collect();
        let pairs: Option<Vec<Entry>> = filled.chunks(2).map(|pair| entry(pair.first()?, pair.get(1)?)).collect();
        if let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty() && !all_numbers(row, &value)) {
            entries.extend(pairs);
            at += 1;
            continue;
        }
        // Numbers above their letters, with a word before each row or without.
        let below = rows.get(at + 1).filter(|below| below.len() == row.len() && all_numbers(row, &value));
        if let Some(below) = below {
            let found: Vec<Entry> =
                row.iter().zip(below).filter_map(|(number, answer)| entry(number, answer)).collect();
            if found.len() + 1 < row.iter().filter(|cell| !cell.trim().is_empty()).count() || found.is_empty() {
                return Vec::new();
            }
            entries.extend(found);
            at += 2;
            continue;
        }
        // The header.
        if at > 0 {
            return Vec::new();
        }
        at += 1;
    }
    entries
}

/// Whether all cells of a row but the first are numbers.
fn all_numbers(row: &[String], value: &dyn Fn(&str) -> Option<(u32, usize)>) -> bool {
    row.len() > 2 && row.iter().skip(1).filter(|cell| !cell.trim().is_empty()).all(|cell| value(cell).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_keys_are_numbers_with_answers() {
        let said = |text: &'static str| -> Vec<(Option<u32>, &str)> {
            entries_of(text).into_iter().map(|(number, part)| (number, &text[part])).collect()
        };
        assert_eq!(said("1-b 2-c"), [(Some(1), "b"), (Some(2), "c")]);
        assert_eq!(said("1) b, 2) a"), [(Some(1), "b"), (Some(2), "a")]);
        assert_eq!(said("१. (ख)  २. (ग)"), [(Some(1), "(ख)"), (Some(2), "(ग)")]);
        assert_eq!(said("Q1: A | Q2: D"), [(Some(1), "A"), (Some(2), "D")]);
        assert_eq!(said("1. B"), [(Some(1), "B")]);
        assert_eq!(said("11 c; 21 d"), [(Some(11), "c"), (Some(21), "d")]);
        assert_eq!(said("1. पूर्व 2. H2O 3. चंद्रमा"), [(Some(1), "पूर्व"), (Some(2), "H2O"), (Some(3), "चंद्रमा")]);
        assert_eq!(said("b, c, a"), [(None, "b"), (None, "c"), (None, "a")]);
        assert_eq!(said("4. 1.6 m 5. two"), [(Some(4), "1.6 m"), (Some(5), "two")]);
        for text in ["There are 2. a", "see below", "1947", "12 15"] {
            assert!(entries_of(text).iter().all(|(_, part)| part.len() < 3), "{text}: {:?}", said(text));
        }
    }

    #[test]
    fn tables_of_keys_lie_or_stand() {
        let rows = |rows: &[&[&str]]| -> Vec<Vec<String>> {
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
        };
        let said = |cells: &[&[&str]]| -> Vec<(Option<u32>, String)> {
            table(&rows(cells)).into_iter().map(|entry| (entry.number, entry.answer.to_plain())).collect()
        };
        let told = vec![(Some(1), "b".to_owned()), (Some(2), "a".to_owned())];
        assert_eq!(said(&[&["No.", "Answer"], &["1", "b"], &["2", "a"]]), told);
        assert_eq!(said(&[&["No.", "1", "2"], &["Answer", "b", "a"]]), told);
        assert_eq!(said(&[&["1", "b", "2", "a"]]), told);
        assert_eq!(said(&[&["Year", "Rain"], &["1", "12 mm"]]), []);
    }
}
