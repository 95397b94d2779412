//! Numbers and labels before questions: `1.`, `Q1.`, `Q.No.1`, `प्रश्न १ –`.

use crate::label::label;
use crate::lettering::{digit, number};
use crate::words::WORDS;

/// The label and the number before the words of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stem {
    /// Whether a word such as `Q` or `प्रश्न` stands before the number.
    pub labelled: bool,
    /// Its number, where it has one.
    pub number: Option<u32>,
    /// The marks around the number.
    pub marks: (Option<char>, Option<char>),
    /// Where the words of the question begin.
    pub at: usize,
}

/// The number or the label at the start of the text.
pub(crate) fn stem(text: &str) -> Option<Stem> {
    let bare = text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | '#' | '👉' | '➤' | '📌' | '🔹' | '🔸' | '❓' | '\u{FE0F}')
    });
    let start = text.len() - bare.len();
    let found = labelled(bare).or_else(|| numbered(bare))?;
    Some(Stem { at: start + found.at, ..found })
}

fn labelled(text: &str) -> Option<Stem> {
    let lower = |label: &&&str| text.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label));
    let word = WORDS.question.of(text).iter().find(lower)?;
    let rest = &text[word.len()..];
    let mut number_text = rest.trim_start_matches(separates);
    // `Q. No. 1`
    if let Some(found) = label(number_text, &WORDS.number) {
        number_text = number_text[found.at..].trim_start_matches(separates);
    }
    if let Some((value, length)) = number(number_text) {
        let after = &number_text[length..];
        let words = after_marks(after);
        let plain = after.is_empty() || words.len() < after.len();
        return plain.then(|| Stem {
            labelled: true,
            number: Some(value),
            marks: (None, None),
            at: text.len() - words.len(),
        });
    }
    let words = after_marks(rest);
    let set = rest[..rest.len() - words.len()].contains([':', '：', '.', '-', '–', '—', ')', '।', '۔']);
    (set && !words.is_empty()).then(|| Stem {
        labelled: true,
        number: None,
        marks: (None, None),
        at: text.len() - words.len(),
    })
}

fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '–' | '#' | ':' | '(' | '_' | '*')
}

/// The words after the marks that set a number or a label off. A dash belongs to the words where it may be a minus.
pub(crate) fn after_marks(text: &str) -> &str {
    let mut rest = text;
    loop {
        let words = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '.' | ':' | '：' | ')' | ']' | '।' | '۔' | '*' | '=' | '>' | '\u{FE0F}')
        });
        let dash = words.strip_prefix(['-', '–', '—']);
        match dash.filter(|after| after.is_empty() || after.starts_with(char::is_whitespace) || lettered(after)) {
            Some(after) => rest = after,
            None => return words,
        }
    }
}

/// Whether letters follow, so that a dash before them is no minus and no blank.
fn lettered(text: &str) -> bool {
    text.starts_with(|c: char| (c.is_alphabetic() || c == '(') && digit(c).is_none())
}

fn numbered(text: &str) -> Option<Stem> {
    let open = text.chars().next().filter(|c| matches!(c, '(' | '['));
    let at = open.map_or(0, char::len_utf8);
    let (value, length) = number(&text[at..])?;
    let rest = &text[at + length..];
    let keycap = rest.strip_prefix('\u{FE0F}').unwrap_or(rest).strip_prefix('\u{20E3}');
    if let Some(rest) = keycap {
        let words = rest.trim_start();
        return Some(Stem {
            labelled: false,
            number: Some(value),
            marks: (None, Some('○')),
            at: text.len() - words.len(),
        });
    }
    let close = rest.chars().next()?;
    let after = &rest[close.len_utf8()..];
    let next = after.chars().next();
    let fits = match (open, close) {
        (Some('('), ')') | (Some('['), ']') => true,
        (None, '.' | ')' | ']') => next.is_none_or(|c| digit(c).is_none()),
        (None, ':' | '-' | '–' | '।' | '۔') => {
            next.is_some_and(|c| c.is_whitespace() || c.is_alphabetic()) && after.chars().any(char::is_alphabetic)
        }
        _ => false,
    };
    // A year or an amount is no number of a question.
    if !fits || (value > 1500 && length >= 4) {
        return None;
    }
    let words = after_marks(after);
    (!words.is_empty()).then(|| Stem {
        labelled: false,
        number: Some(value),
        marks: (open, Some(close)),
        at: text.len() - words.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_numbered_in_many_ways() {
        let cases = [
            ("1. What", 1),
            ("१) क्या", 1),
            ("Q1. What", 1),
            ("Q.No.12 What", 12),
            ("Q. No. 3: What", 3),
            ("प्रश्न 4. क्या", 4),
            ("Que. 5) What", 5),
            ("(6) What", 6),
            ("Question 7: What", 7),
            ("প্রশ্ন ৮. কী", 8),
            ("سوال 9: کیا", 9),
            ("வினா 2. என்ன", 2),
            ("**Q3.** What", 3),
            ("प्र.१ क्या", 1),
            ("1️⃣ What", 1),
            ("प्रश्न क्रमांक 2 – काय", 2),
            ("Q-4 What", 4),
            ("7. 5 + 3 = ?", 7),
        ];
        for (text, value) in cases {
            let found = stem(text);
            assert_eq!(found.and_then(|stem| stem.number), Some(value), "{text}: {found:?}");
        }
        for (text, words) in
            [("Q1. -5 + 3 = ?", "-5 + 3 = ?"), ("2) ____ is wet.", "____ is wet."), ("Q 3 - Why?", "Why?")]
        {
            assert_eq!(stem(text).map(|stem| &text[stem.at..]), Some(words));
        }
        assert_eq!(stem("Q: What").map(|stem| (stem.number, stem.at)), Some((None, 3)));
    }

    #[test]
    fn amounts_and_words_are_no_numbers_of_questions() {
        for text in ["1.5 kg", "10:30 बजे", "2024. वर्ष", "5 people", "Quality: good", "प्रश्नोत्तर: यह", "Queue. one"]
        {
            assert_eq!(stem(text), None, "{text}");
        }
    }
}
