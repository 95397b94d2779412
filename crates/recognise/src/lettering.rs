//! Letters and numbers before options: `(a)`, `B.`, `ख)`, `iv.`, `(3)`, `②`.

use crate::words::WORDS;

/// How options are counted and set off; the options of one question share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    /// 0 for digits, 1 and 2 for Roman numbers in small and in capital letters, from 3 on an order of letters.
    pub order: usize,
    pub open: Option<char>,
    pub close: Option<char>,
}

/// A letter or a number before an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub style: Style,
    /// Its place in the order, from 1.
    pub value: usize,
    /// How many bytes it takes, white space after it included.
    pub length: usize,
}

const DIGITS: usize = 0;
const FIRST_LETTERS: usize = 3;

/// The zeros of the digits that India and its neighbours write with.
const ZEROS: [char; 14] = ['0', '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '０', '꣐'];

/// The value of a decimal digit of any script of India.
pub(crate) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let code = u32::from(c);
    ZEROS.iter().map(|&zero| u32::from(zero)).find(|&zero| (zero..zero + 10).contains(&code)).map(|zero| code - zero)
}

/// A number at the start of the text, of at most four digits: its value and how many bytes it takes.
pub(crate) fn number(text: &str) -> Option<(u32, usize)> {
    let (mut value, mut at) = (0_u32, 0);
    for (count, c) in text.chars().enumerate() {
        let Some(digit) = digit(c) else { break };
        if count == 4 {
            return None;
        }
        value = value * 10 + digit;
        at += c.len_utf8();
    }
    (at > 0).then_some((value, at))
}

/// A Roman number in one case, up to 12.
fn roman(word: &str) -> Option<(usize, usize)> {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    if word.len() > 4 || !word.is_ascii() {
        return None;
    }
    let place = |word: &str| ROMAN.iter().position(|other| *other == word);
    match place(word) {
        Some(at) => Some((1, at + 1)),
        None => place(&word.to_ascii_lowercase())
            .filter(|_| word.bytes().all(|byte| byte.is_ascii_uppercase()))
            .map(|at| (2, at + 1)),
    }
}

/// The letterings that a word may belong to, each with its place in it.
fn readings(word: &str) -> Vec<(usize, usize)> {
    if let Some((value, length)) = number(word) {
        let value = usize::try_from(value).unwrap_or(0);
        return if length == word.len() && (1..=20).contains(&value) { vec![(DIGITS, value)] } else { Vec::new() };
    }
    let mut found: Vec<(usize, usize)> = roman(word).into_iter().collect();
    let letters = WORDS.letters.get(word).into_iter().flatten();
    found.extend(letters.map(|(order, place)| (FIRST_LETTERS + order, *place)));
    found
}

/// Whether a character is a sign that goes with the letter before it.
fn joins(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{900}'..='\u{DFF}' | '\u{200C}' | '\u{200D}' | '\u{64B}'..='\u{65F}') && c != '।'
}

/// The word at the start of the text.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !joins(c) || c == '।').unwrap_or(text.len());
    &text[..end]
}

/// All that the text may begin with as a mark of an option.
pub(crate) fn marks(text: &str) -> Vec<Mark> {
    let Some(first) = text.chars().next() else { return Vec::new() };
    if let Some(mark) = circled(text, first) {
        return vec![mark];
    }
    let open = Some(first).filter(|c| matches!(c, '(' | '[' | '{' | '（'));
    let at = open.map_or(0, char::len_utf8);
    let inner = text[at..].trim_start_matches(' ');
    let space = text.len() - at - inner.len();
    let word = word(inner);
    if word.is_empty() || word.len() > 20 || (open.is_none() && space > 0) {
        return Vec::new();
    }
    let after = &inner[word.len()..];
    let closed = after.trim_start_matches(' ');
    let gap = after.len() - closed.len();
    let Some(close) = closed.chars().next() else { return Vec::new() };
    let rest = &closed[close.len_utf8()..];
    let spaced = rest.chars().next().is_none_or(char::is_whitespace);
    let fits = match (open, close) {
        (Some('('), ')') | (Some('['), ']') | (Some('{'), '}') | (Some('（'), '）') => true,
        (None, ')' | ']') => gap <= 1,
        // `A.Patna`, and not `1.5`.
        (None, '.' | '．') => gap == 0 && !rest.starts_with(|c: char| digit(c).is_some()),
        (None, ':' | '-' | '–' | '—' | '।' | '۔' | '/') => spaced && gap <= 1,
        _ => false,
    };
    if !fits {
        return Vec::new();
    }
    // `a.)` and `(a).`
    let doubled = rest.chars().next().filter(|&c| matches!((close, c), ('.', ')') | (')', '.' | ':' | '-')));
    let rest = doubled.map_or(rest, |c| &rest[c.len_utf8()..]);
    let length = text.len() - rest.trim_start().len();
    let mark = |(order, value)| Mark { style: Style { order, open, close: Some(close) }, value, length };
    readings(word).into_iter().map(mark).collect()
}

/// `②`, `ⓑ` and `2️⃣`.
fn circled(text: &str, first: char) -> Option<Mark> {
    let from = |zero: char, order| {
        let value = usize::try_from(u32::from(first) - u32::from(zero)).unwrap_or(0) + 1;
        let rest = text[first.len_utf8()..].trim_start();
        Mark { style: Style { order, open: None, close: Some('○') }, value, length: text.len() - rest.len() }
    };
    match first {
        '①'..='⑳' => Some(from('①', DIGITS)),
        '❶'..='❿' => Some(from('❶', DIGITS)),
        'ⓐ'..='ⓗ' => Some(from('ⓐ', FIRST_LETTERS)),
        'Ⓐ'..='Ⓗ' => Some(from('Ⓐ', FIRST_LETTERS + 1)),
        '🅐'..='🅗' => Some(from('🅐', FIRST_LETTERS + 1)),
        '1'..='9' => {
            let rest = text[1..].strip_prefix('\u{FE0F}').unwrap_or(&text[1..]).strip_prefix('\u{20E3}')?;
            let mark = from('1', DIGITS);
            Some(Mark { length: text.len() - rest.trim_start().len(), ..mark })
        }
        _ => None,
    }
}

/// The place that a letter or a number names by itself, in each way in which it may be read: `b`, `(ख)`, `3.`; and the
/// words after it.
pub(crate) fn named(text: &str) -> Vec<(usize, usize, &str)> {
    let text = text.trim();
    let found = marks(text);
    if !found.is_empty() {
        return found.iter().map(|mark| (mark.style.order, mark.value, text[mark.length..].trim())).collect();
    }
    let word = word(text);
    let rest = text[word.len()..].trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | ']' | '।' | '۔'));
    if word.is_empty() || !rest.is_empty() {
        return Vec::new();
    }
    readings(word).into_iter().map(|(order, value)| (order, value, "")).collect()
}

/// Whether two orders are the same but for capital letters.
pub(crate) fn alike(one: usize, other: usize) -> bool {
    let small = |order| match order {
        2 => 1,
        4 => FIRST_LETTERS,
        order => order,
    };
    small(one) == small(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_many_scripts() {
        let cases = [
            ("(a) x", 1),
            ("B. x", 2),
            ("c) x", 3),
            ("(घ) x", 4),
            ("(स) x", 3),
            ("ई) x", 4),
            ("(ড) x", 0),
            ("ঘ) x", 4),
            ("ஈ) x", 4),
            ("ఘ. x", 4),
            ("(د) x", 4),
            ("الف) x", 1),
            ("iii) x", 3),
            ("(IV) x", 4),
            ("(२) x", 2),
            ("③ x", 3),
            ("Ⓑ x", 2),
            ("बी) x", 2),
            ("[c] x", 3),
            ("D: x", 4),
            ("D- x", 4),
            ("( b ) x", 2),
            ("2️⃣ x", 2),
        ];
        for (text, value) in cases {
            let found = marks(text);
            assert_eq!(found.iter().any(|mark| mark.value == value), value > 0, "{text}: {found:?}");
            if value > 0 {
                assert!(found.iter().all(|mark| &text[mark.length..] == "x"), "{text}: {found:?}");
            }
        }
    }

    #[test]
    fn words_and_amounts_are_no_marks() {
        for text in ["and so on", "1.5 kg", "A book", "10:30", "A-level", "(see below)", "राम) x", "2024. x", "कि. मी."]
        {
            assert!(marks(text).is_empty(), "{text}: {:?}", marks(text));
        }
    }
}
