//! Blanks in a sentence, and what fills them.

use std::ops::Range;

use patra_core::{Gap, Run, Text};

use crate::lettering::marks;
use crate::rich::{self, slice};
use crate::words::WORDS;

/// The places of the blanks: two underscores or more, four dots or more, three dashes or more.
fn places(plain: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start: Option<(usize, char)> = None;
    let mut end = 0;
    let mut weight = 0;
    let mut close = |from: usize, to: usize, sign: char, weight: usize| {
        let least = match sign {
            '_' => 2,
            '.' => 4,
            '…' => 2,
            _ => 3,
        };
        if weight >= least {
            found.push(from..to);
        }
    };
    for (at, c) in plain.char_indices() {
        let sign = matches!(c, '_' | '.' | '…' | '-' | '–' | '—');
        match start {
            Some((_, of)) if c == of => {
                weight += 1;
                end = at + c.len_utf8();
            }
            Some((from, of)) => {
                close(from, end, of, weight);
                start = None;
            }
            None => {}
        }
        if sign && start.is_none() {
            start = Some((at, c));
            weight = 1;
            end = at + c.len_utf8();
        }
    }
    if let Some((from, of)) = start {
        close(from, end, of, weight);
    }
    found
}

/// How many blanks a sentence has.
pub(crate) fn count(plain: &str) -> usize {
    places(plain).len()
}

/// The sentence with the words of the answer in its blanks, where each blank has its own.
pub(crate) fn filled(prompt: &Text, answer: &Text) -> Option<Text> {
    let plain = rich::plain(prompt);
    let blanks = places(&plain);
    let words = rich::plain(answer);
    let parts: Vec<Text> = match blanks.len() {
        0 => return None,
        1 => vec![answer.clone()],
        count => {
            let cut = |c: char| matches!(c, ',' | ';' | '،' | '/');
            let mut parts = Vec::new();
            let mut from = 0;
            for (at, c) in words.char_indices().filter(|(_, c)| cut(*c)).chain([(words.len(), ' ')]) {
                parts.push(slice(answer, from..at));
                from = at + c.len_utf8();
            }
            parts.retain(|part| !part.is_blank());
            if parts.len() != count {
                return None;
            }
            parts
        }
    };
    let simple = |text: &Text| text.runs().iter().all(|run| !matches!(run, Run::Gap(_) | Run::Break));
    if !parts.iter().all(|part| simple(part) && !part.is_blank()) {
        return None;
    }
    let mut out = Text::default();
    let mut from = 0;
    for (blank, part) in blanks.iter().zip(parts) {
        let before = slice(prompt, from..blank.start);
        let spaced_before = plain[..blank.start].ends_with(char::is_whitespace);
        let spaced_after = from > 0 && plain[from..blank.start].starts_with(char::is_whitespace);
        if spaced_after {
            out.push(Run::Plain(" ".to_owned()));
        }
        out.append(before);
        if spaced_before && !out.is_empty() && !plain[from..blank.start].trim().is_empty() {
            out.push(Run::Plain(" ".to_owned()));
        }
        out.push(Run::Gap(Gap { text: part, ..Gap::default() }));
        from = blank.end;
    }
    if plain[from..].starts_with(char::is_whitespace) {
        out.push(Run::Plain(" ".to_owned()));
    }
    out.append(slice(prompt, from..plain.len()));
    Some(out)
}

/// The brackets at the end of a question: where they open, and the words in them.
pub(crate) fn in_brackets(plain: &str) -> Option<(usize, Range<usize>)> {
    let trimmed = plain.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '।' | '.' | '*'));
    let close = trimmed.chars().next_back().filter(|c| matches!(c, ')' | ']'))?;
    let open = trimmed.rfind(if close == ')' { '(' } else { '[' })?;
    let inner = open + 1..trimmed.len() - 1;
    (!plain[inner.clone()].trim().is_empty() && open > 0).then_some((open, inner))
}

/// Whether words say of a statement that it is true, or that it is false.
pub(crate) fn verdict(words: &str) -> Option<bool> {
    let words = words.trim().trim_end_matches(['.', '।', '۔']);
    if WORDS.yes.has(words) {
        return Some(true);
    }
    WORDS.no.has(words).then_some(false)
}

/// Whether words in brackets may be the word that fills a blank: neither several to choose from, nor marks or a letter.
pub(crate) fn may_fill(words: &str) -> bool {
    let digits = words.chars().any(|c| crate::lettering::digit(c).is_some());
    let letters = words.chars().any(char::is_alphabetic);
    // `(2)` and `(2 अंक)` are marks; `(H2O)` is not.
    let marks_of_question = digits && (!letters || words.contains(char::is_whitespace));
    let choice = WORDS.or.all().iter().any(|or| words.contains(&format!(" {or} ")));
    let letter = words.chars().count() == 1 && words.is_ascii();
    !words.contains(['/', ',', ';', '|', '?']) && !marks_of_question && !letter && marks(words).is_empty() && !choice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_take_their_words() {
        let full =
            |prompt: &str, answer: &str| filled(&Text::plain(prompt), &Text::plain(answer)).map(|text| text.to_plain());
        assert_eq!(full("सूर्य ____ में उगता है।", "पूर्व").as_deref(), Some("सूर्य पूर्व में उगता है।"));
        assert_eq!(
            full("A ......... day keeps the ___ away", "apple, doctor").as_deref(),
            Some("A apple day keeps the doctor away")
        );
        assert_eq!(full("A ___ and a ___.", "one"), None);
        assert_eq!(full("No blank.", "one"), None);
        assert_eq!(count("co-operate ... 5 - 3"), 0);
    }

    #[test]
    fn brackets_may_hold_an_answer() {
        assert_eq!(in_brackets("Ice floats. (T)").map(|(at, inner)| (at, inner.start)), Some((12, 13)));
        assert_eq!((verdict("T"), verdict("असत्य"), verdict("सत्य/असत्य")), (Some(true), Some(false), None));
        assert!(may_fill("पूर्व") && may_fill("H2O"));
        for words in ["go/goes", "2 अंक", "2", "a, b", "है या हैं", "b"] {
            assert!(!may_fill(words), "{words}");
        }
    }
}
