//! Words made safe: in XML and HTML, in GIFT, and in a gap of Moodle.

use crate::loss::Losses;

/// Whether a character may not stand in XML 1.0, or shows nothing and means nothing in a quiz.
pub(crate) fn is_unfit(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// The characters of some words that a quiz can hold, with `\n` for every end of a line.
pub(crate) fn fit(words: &str, losses: &mut Losses) -> String {
    if !words.contains(is_unfit) {
        return words.to_owned();
    }
    let lines = words.replace("\r\n", "\n").replace('\r', "\n");
    let kept = lines.replace(is_unfit, "");
    if kept.len() < lines.len() {
        losses.drop_character();
    }
    kept
}

/// Words on one line, with one space where there was white space.
pub(crate) fn one_line(words: &str, losses: &mut Losses) -> String {
    fit(words, losses).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Adds what is fit already as the text of an element or the value of an attribute.
pub(crate) fn xml(out: &mut String, fit: &str) {
    for c in fit.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// The same, by itself.
pub(crate) fn xml_of(fit: &str) -> String {
    let mut out = String::with_capacity(fit.len());
    xml(&mut out, fit);
    out
}

/// Adds words to GIFT: its signs get a backslash, and the end of a line, which would end a question where two follow, becomes
/// `\n`.
pub(crate) fn gift(out: &mut String, fit: &str) {
    for c in fit.chars() {
        match c {
            '~' | '=' | '#' | '{' | '}' | ':' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
}

/// An answer that Moodle compares with what is typed: `*` alone would stand for any words.
pub(crate) fn no_wildcard(answer: &str) -> String {
    answer.replace('*', "\\*")
}

/// Adds an answer to a gap of Moodle, `{1:SHORTANSWER:=…}`.
///
/// Moodle takes a backslash away before `}` and `#` only, but decodes every character reference, and its pattern for an
/// answer steps over the `#` of one (`question/type/multianswer/questiontype.php`). `&amp;` at the end it does not step over.
pub(crate) fn cloze(out: &mut String, answer: &str) {
    for c in answer.chars() {
        match c {
            '{' | '}' | '~' | '#' | '\\' | '/' | '"' | '<' | '>' | '&' => out.push_str(&format!("&#{};", c as u32)),
            _ => out.push(c),
        }
    }
}
