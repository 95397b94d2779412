//! What stands before the items of a list: bullets, numbers, letters, step labels.

use super::vocabulary::STEP_LABELS;

/// A bullet, and where the item's words begin; at the line's end where the bullet stands alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bullet {
    pub mark: char,
    pub at: usize,
}

/// A number before an item, and where the item's words begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// What the number may be: `i)` is the first Roman number or the ninth letter.
    pub readings: Vec<Reading>,
    /// For `2.1`, the numbers before the last.
    pub above: Vec<u32>,
    /// The word before it, of `Step 1:`.
    pub label: Option<&'static str>,
    pub at: usize,
}

/// A number in one way of counting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub style: Style,
    pub value: u32,
}

/// A way of counting; the numbers of one list share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Style {
    /// 0 for digits, 1 for Roman numbers, from 2 on an alphabet, from 100 on a step label.
    counting: u8,
    open: Option<char>,
    close: Option<char>,
}

impl Style {
    pub(crate) fn is_digits(self) -> bool {
        self.counting == 0 || self.counting >= FIRST_LABEL
    }

    pub(crate) fn is_letters(self) -> bool {
        (1..FIRST_LABEL).contains(&self.counting)
    }
}

const FIRST_LABEL: u8 = 100;

/// Bullets that need white space after them, since they also begin words, formulas and emphasis.
const SPACED: [char; 13] = ['-', '–', '—', '*', '+', '·', '→', '»', '›', 'o', '−', '‐', '°'];

/// Bullets that no other thing begins with.
const TIGHT: [char; 48] = [
    '•', '●', '○', '◦', '▪', '■', '□', '▫', '◆', '◇', '★', '☆', '➤', '➢', '➣', '➔', '➜', '➡', '⇒', '►', '▶', '▸', '▹',
    '‣', '⁃', '∙', '✓', '✔', '✅', '☑', '✦', '✧', '❖', '❑', '❏', '◉', '➥', '➨', '⭐', '👉', '🔹', '🔸', '🔷', '🔶',
    '📌', '🟢', '\u{F0B7}', '\u{F0A7}',
];

/// The bullet at the start of a line that is indented so far, if there is one.
pub(crate) fn bullet(text: &str, indent: usize) -> Option<Bullet> {
    let mark = text.chars().next()?;
    let mut at = mark.len_utf8();
    if TIGHT.contains(&mark) {
        // The selector that asks for a colourful picture.
        at += text[at..].chars().next().filter(|&c| c == '\u{FE0F}').map_or(0, char::len_utf8);
    } else {
        let alone = text.len() == at && mark != 'o';
        if !SPACED.contains(&mark) || !(alone || text[at..].starts_with(char::is_whitespace)) {
            return None;
        }
        // `o` is Word's second bullet, with a tab after it or indented; else it is a letter.
        if mark == 'o' && indent < 2 && !text[at..].starts_with('\t') {
            return None;
        }
    }
    Some(Bullet { mark, at })
}

/// The zeros of the digits that India and its neighbours write with.
const ZEROS: [char; 15] = ['0', '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '０', '𑁦', '꣐'];

/// The value of a decimal digit of any script of India.
pub(crate) fn digit(c: char) -> Option<u32> {
    let code = u32::from(c);
    ZEROS.iter().map(|&zero| u32::from(zero)).find(|&zero| (zero..zero + 10).contains(&code)).map(|zero| code - zero)
}

/// The orders in which letters number things.
const ALPHABETS: [&str; 14] = [
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "कखगघङचछजझञटठडढणतथदधन",
    "अआइईउऊऋएऐओऔ",
    "अबकडइफग",
    "কখগঘঙচছজঝঞ",
    "অআইঈউঊ",
    "ਕਖਗਘਙਚਛਜ",
    "ੳਅੲਸਹ",
    "કખગઘઙચછજ",
    "அஆஇஈஉஊஎஏ",
    "అఆఇఈఉఊ",
    "ಅಆಇಈಉಊ",
    "ابجدھوز",
];

/// At most this is a number of an item; what is longer is a year or an amount.
const MOST_DIGITS: usize = 3;

/// The number at the start of a line, if something there may be one: `1.`, `१)`, `(क)`, `iv.`, `2.1`, `①`, `Step 3:`.
pub(crate) fn number(text: &str) -> Option<Number> {
    step(text).or_else(|| keycap(text)).or_else(|| plain_number(text))
}

fn one(style: Style, value: u32, at: usize) -> Number {
    Number { readings: vec![Reading { style, value }], above: Vec::new(), label: None, at }
}

/// `①` and `1️⃣`.
fn keycap(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    let circled = match first {
        '①'..='⑳' => Some(u32::from(first) - u32::from('①') + 1),
        '❶'..='❿' => Some(u32::from(first) - u32::from('❶') + 1),
        '➀'..='➉' => Some(u32::from(first) - u32::from('➀') + 1),
        _ => None,
    };
    let style = Style { counting: 0, open: None, close: Some('①') };
    if let Some(value) = circled {
        return Some(one(style, value, first.len_utf8()));
    }
    let value = first.to_digit(10)?;
    let rest = text[1..].strip_prefix('\u{FE0F}').unwrap_or(&text[1..]).strip_prefix('\u{20E3}')?;
    Some(one(style, value, text.len() - rest.len()))
}

/// Digits at the start: their value and how many bytes they take.
pub(crate) fn digits(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut at = 0;
    for (count, c) in text.chars().enumerate() {
        let Some(digit) = digit(c) else { break };
        if count == MOST_DIGITS {
            return None;
        }
        value = value * 10 + digit;
        at += c.len_utf8();
    }
    (at > 0).then_some((value, at))
}

fn plain_number(text: &str) -> Option<Number> {
    let open = text.chars().next().filter(|c| matches!(c, '(' | '['));
    let mut at = open.map_or(0, char::len_utf8);
    let mut above = Vec::new();
    let mut counted: Vec<(u8, u32)> = Vec::new();
    if let Some((mut value, length)) = digits(&text[at..]) {
        at += length;
        while let Some((next, length)) = text[at..].strip_prefix('.').and_then(digits) {
            above.push(value);
            value = next;
            at += 1 + length;
            if above.len() > 4 {
                return None;
            }
        }
        counted.push((0, value));
    } else {
        let length = text[at..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - at);
        let word = text[at..].get(..length.min(16)).filter(|word| word.len() == length)?;
        if let Some(value) = roman(word) {
            counted.push((1, value));
        }
        let mut chars = word.chars();
        if let (Some(letter), None) = (chars.next(), chars.next()) {
            for (alphabet, letters) in (2_u8..).zip(ALPHABETS) {
                let place = letters.chars().position(|c| c == letter);
                counted.extend(place.and_then(|place| u32::try_from(place + 1).ok()).map(|value| (alphabet, value)));
            }
        }
        at += length;
    }
    if counted.is_empty() {
        return None;
    }
    let close = text[at..].chars().next();
    let closed = match (open, close) {
        (Some('('), Some(')')) | (Some('['), Some(']')) => true,
        (None, Some('.' | ')' | '．')) => true,
        // `१।` and `1:` and `1-` count only where words follow, not `1:2` or `1-2`.
        (None, Some('।' | ':' | '-' | '–' | '۔')) => {
            counted.iter().all(|&(counting, _)| counting == 0) && text[at..].chars().any(char::is_alphabetic)
        }
        // A decimal needs no mark after it: `2.1 Kinds`.
        (None, Some(c)) => c.is_whitespace() && !above.is_empty(),
        _ => false,
    };
    if !closed {
        return None;
    }
    let close = close.filter(|c| !c.is_whitespace());
    at += close.map_or(0, char::len_utf8);
    // `१.)`, `1.-`
    let doubled = text[at..].chars().next().filter(|&c| c == ')' && close == Some('.'));
    at += doubled.map_or(0, char::len_utf8);
    let next = text[at..].chars().next();
    let spaced = next.is_none_or(char::is_whitespace);
    // After a letter, as in `U.S.A.`, only white space makes it a number of a list.
    let letters = counted.iter().all(|&(counting, _)| counting > 0);
    let parts_words = matches!(close, Some('-' | '–' | ':' | '।' | '۔'));
    if !spaced && (parts_words || (letters && open.is_none()) || next.is_some_and(|c| digit(c).is_some())) {
        return None;
    }
    let readings = counted
        .into_iter()
        .map(|(counting, value)| Reading { style: Style { counting, open, close }, value })
        .collect();
    Some(Number { readings, above, label: None, at })
}

/// A Roman number in one case, up to 39.
fn roman(word: &str) -> Option<u32> {
    let lower = word.to_ascii_lowercase();
    if lower != word && word.to_ascii_uppercase() != word {
        return None;
    }
    let tens = lower.bytes().take_while(|&b| b == b'x').count();
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let ones = ONES.iter().position(|&ones| ones == &lower[tens..])?;
    u32::try_from(tens * 10 + ones).ok().filter(|&value| value > 0 && tens <= 3)
}

/// `Step 1:`, `चरण १ –`.
fn step(text: &str) -> Option<Number> {
    for (index, label) in (0_u8..).zip(STEP_LABELS) {
        let head = text.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label));
        let Some(rest) = head.map(|head| &text[head.len()..]) else { continue };
        let number = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '#'));
        let Some((value, length)) = digits(number) else { continue };
        let after = &number[length..];
        let words = after
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '.' | ')' | '।'));
        let marked = after.trim_start().starts_with([':', '-', '–', '—', '.', ')', '।']);
        if marked || after.is_empty() {
            let style = Style { counting: FIRST_LABEL + index, open: None, close: None };
            let mut number = one(style, value, text.len() - words.len());
            number.label = Some(label);
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(u32, &str)> {
        number(text).map(|n| (n.readings[0].value, text[n.at..].trim()))
    }

    #[test]
    fn bullets_of_many_kinds() {
        for text in ["- क", "• क", "•क", "➤क", "* क", "→ क", "✓ क", "✔️ क", "👉 क", "o\tक"]
        {
            let bullet = bullet(text, 0).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(text[bullet.at..].trim(), "क");
        }
        assert!(bullet("-", 0).is_some());
        for text in ["-5 degrees", "*bold*", "o my", "–", "क", "> quoted"] {
            assert!(bullet(text, 0).is_none() || text == "–", "{text}");
        }
    }

    #[test]
    fn numbers_of_many_kinds() {
        assert_eq!(told("1. क"), Some((1, "क")));
        assert_eq!(told("१२) क"), Some((12, "क")));
        assert_eq!(told("(ख) क"), Some((2, "क")));
        assert_eq!(told("iv. x"), Some((4, "x")));
        assert_eq!(told("1.परिचय"), Some((1, "परिचय")));
        assert_eq!(told("①क"), Some((1, "क")));
        assert_eq!(told("3️⃣ क"), Some((3, "क")));
        assert_eq!(told("Step 2: x"), Some((2, "x")));
        assert_eq!(told("চরণ ২: x"), None);
        assert_eq!(told("ধাপ ২: x"), Some((2, "x")));
        assert_eq!(told("2.1 Kinds"), Some((1, "Kinds")));
        assert_eq!(told("1."), Some((1, "")));
    }

    #[test]
    fn amounts_years_and_initials_are_no_numbers() {
        for text in ["2024. वर्ष", "10:30 बजे", "5 लोग", "U.S. law", "1-2 दिन", "रोटी. सब्ज़ी", "(hello) x", "1.5"]
        {
            let number = number(text);
            assert!(number.as_ref().is_none_or(|n| !n.above.is_empty()), "{text}: {number:?}");
        }
    }
}
