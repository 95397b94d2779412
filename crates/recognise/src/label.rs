//! Labels before answers, explanations and keys.

use crate::lettering::named;
use crate::words::{WORDS, Words};

/// The rest after a label at the start of the text: where its words begin, and whether a mark such as a colon sets it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub at: usize,
    pub marked: bool,
}

/// A mark after a label.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        ':' | '：'
            | '-'
            | '–'
            | '—'
            | '.'
            | '='
            | '>'
            | '।'
            | '۔'
            | '؛'
            | '→'
            | '⇒'
            | '➡'
            | 'ः'
            | 'ঃ'
            | ')'
            | ']'
            | '\u{FE0F}'
    )
}

/// Whether a letter or a sign of a letter follows, so that the word goes on.
fn goes_on(rest: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '\u{900}'..='\u{DFF}' | '\u{200C}' | '\u{200D}');
    rest.chars().next().is_some_and(|c| letter(c) && !is_mark(c))
}

/// Whether a character may stand before a label.
fn leads(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '[' | '(' | '✅' | '✔' | '👉' | '➤' | '➡' | '→' | '\u{FE0F}')
}

/// The words after a label and its marks. A dash right before a digit stays, since it may be a minus, and so does a point.
fn after(text: &str) -> &str {
    let mut rest = text;
    while let Some(c) = rest.chars().next().filter(|&c| c.is_whitespace() || is_mark(c) || matches!(c, '*' | '_')) {
        let next = &rest[c.len_utf8()..];
        let number = next.starts_with(|c: char| crate::lettering::digit(c).is_some());
        let blank = c == '_' && next.starts_with('_');
        if (number && matches!(c, '-' | '–' | '−' | '.') && rest.len() < text.len()) || blank {
            break;
        }
        rest = next;
    }
    rest
}

/// The longest of the labels at the start of the text, whatever the case of its letters.
pub(crate) fn label(text: &str, labels: &Words) -> Option<Label> {
    let bare = text.trim_start_matches(leads);
    let start = text.len() - bare.len();
    for label in labels.of(bare) {
        let Some(head) = bare.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label)) else { continue };
        let rest = &bare[head.len()..];
        if goes_on(rest) {
            continue;
        }
        let words = after(rest);
        let set = rest[..rest.len() - words.len()].chars().any(is_mark) || words.starts_with(['-', '–']);
        let at = start + label.len() + rest.len() - words.len();
        return Some(Label { at, marked: set || words.is_empty() });
    }
    None
}

/// A label that a mark sets off, or that is all of the line: where the words after it begin.
pub(crate) fn marked(text: &str, labels: &Words) -> Option<usize> {
    label(text, labels).filter(|label| label.marked).map(|label| label.at)
}

/// The label of an answer at the start of a line. `Ans b` needs no mark, `answer the questions` is no label.
pub(crate) fn answer(text: &str) -> Option<usize> {
    let found = label(text, &WORDS.answer)?;
    let rest = text[found.at..].trim();
    (found.marked || !named(rest).is_empty()).then_some(found.at)
}

/// `A:` and `A1.`, which say below `Q:` that an answer follows.
pub(crate) fn short_answer(text: &str) -> Option<usize> {
    let bare = text.trim_start_matches(leads);
    let rest = bare.strip_prefix(['A', 'a'])?;
    let rest = rest.trim_start_matches(|c: char| crate::lettering::digit(c).is_some());
    let words = after(rest);
    let set = rest[..rest.len() - words.len()].chars().any(is_mark);
    set.then(|| text.len() - words.len())
}

/// An answer within a line, behind the question or its last option: where its label begins, and where its words do.
pub(crate) fn inner_answer(text: &str) -> Option<(usize, usize)> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        let opens = before.is_some_and(|c: char| {
            c.is_whitespace() || matches!(c, '(' | '[' | '{' | '.' | '।' | '?' | '؟' | '*' | '_')
        });
        if at > 0 && opens {
            let rest = &text[at..];
            for label in WORDS.answer.of(rest).iter().filter(|label| label.chars().count() > 2) {
                let Some(head) = rest.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label)) else {
                    continue;
                };
                let behind = &rest[head.len()..];
                let words = after(behind);
                let set = behind[..behind.len() - words.len()].contains([':', '：', '-', '–', '—', '=', '.']);
                if set && !words.is_empty() && !goes_on(behind) && !words.trim_end().ends_with(['?', '؟']) {
                    let bracket = before.filter(|c| matches!(c, '(' | '[' | '{'));
                    return Some((at - bracket.map_or(0, char::len_utf8), text.len() - words.len()));
                }
            }
        }
        before = Some(c);
    }
    None
}

/// Whether the line names a part of a paper: `Section B`, `खण्ड ख — सही या गलत`.
pub(crate) fn is_part(text: &str) -> bool {
    text.len() < 240 && label(text, &WORDS.part).is_some() && !text.trim_end().ends_with(['?', '؟'])
}

/// Whether the text contains one of the words, whatever the case of its letters.
pub(crate) fn contains(text: &str, words: &Words) -> bool {
    let lower = text.to_lowercase();
    words.all().iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_labelled_in_many_ways() {
        let said = |text: &'static str| answer(text).map(|at| text[at..].trim());
        assert_eq!(said("Ans: (b)"), Some("(b)"));
        assert_eq!(said("Ans. (c)"), Some("(c)"));
        assert_eq!(said("उत्तर – ख"), Some("ख"));
        assert_eq!(said("सही उत्तर – (ग)"), Some("(ग)"));
        assert_eq!(said("ANSWER: B"), Some("B"));
        assert_eq!(said("Answer b"), Some("b"));
        assert_eq!(said("উত্তর: (খ)"), Some("(খ)"));
        assert_eq!(said("✅ Correct Answer: A"), Some("A"));
        for text in ["Answer the questions", "Answering machines: a", "उत्तराखंड: देहरादून", "उत्तर भारत में"]
        {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn answers_stand_within_lines() {
        let said = |text: &'static str| inner_answer(text).map(|(from, at)| (text[..from].trim(), &text[at..]));
        assert_eq!(said("(d) Bhopal Ans: (b)"), Some(("(d) Bhopal", "(b)")));
        assert_eq!(said("Capital? [Ans: Delhi]"), Some(("Capital?", "Delhi]")));
        assert_eq!(said("राजधानी? (उत्तर – दिल्ली)"), Some(("राजधानी?", "दिल्ली)")));
        assert_eq!(said("Give the answer in words"), None);
    }
}
