//! The copy of a source that the Markdown parser is given.
//!
//! CommonMark knows no Indian habits: `१.` starts no list, and the danda counts as punctuation, so that the bold of
//! `**वाक्य है।**अगला` never ends. The parser therefore reads a copy in which such digits are ASCII ones and such marks
//! are stand-ins that count as letters; what it finds is mapped back to the source.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memchr2;
use patra_core::{Code, Diagnostic, ListDelimiter, ListMarker, Span, phrase};
use unicode_normalization::char::is_combining_mark;

use crate::lettering::{Lettered, lettered};

/// The most container marks (`>`, `-`, `1.`) that a line may begin with. The parser's time grows with the square of it.
const MAX_MARKERS: usize = 100;

/// How many diagnostics one kind of fault may give before the rest is left unsaid.
const MAX_REPEATED: usize = 20;

/// The copy, and how to get back from it.
pub(crate) struct Copy<'s> {
    /// What the parser reads.
    pub(crate) text: Cow<'s, str>,
    /// From which byte of the copy on which byte of the source corresponds.
    shifts: Vec<(usize, usize)>,
    /// Stand-ins with what they stand for.
    stand_ins: Vec<(char, char)>,
    /// The first bytes of the stand-ins.
    leads: [bool; 256],
    /// Where, in the copy, a digit was replaced: the start of a list's mark as far as the copier could tell.
    pub(crate) numerals: Vec<usize>,
    /// Which marker each of those is, and its number.
    markers: Vec<(ListMarker, u32)>,
}

struct Edit {
    range: Range<usize>,
    with: String,
    /// The marker of a list that it stands for.
    numeral: Option<(ListMarker, u32)>,
}

impl<'s> Copy<'s> {
    /// A copy of `body`, which stands at byte `base` of the source. Digits at the offsets (in the body) in `kept` stay as
    /// they are.
    pub(crate) fn new(body: &'s str, base: usize, kept: &BTreeSet<usize>, found: &mut Vec<Diagnostic>) -> Self {
        let mut edits = Vec::new();
        line_ends(body, &mut edits);
        controls(body, base, &mut edits, found);
        markers(body, base, kept, &mut edits, found);
        let Lettered { marks, breaks } = lettered(body);
        edits.extend(breaks.into_iter().map(|at| Edit { range: at..at, with: "\n".to_owned(), numeral: None }));
        for mark in marks.into_iter().filter(|mark| !kept.contains(&mark.range.start)) {
            let sign = if mark.marker.delimiter == ListDelimiter::Period { '.' } else { ')' };
            let with = format!("{}{sign}", mark.number);
            edits.push(Edit { range: mark.range, with, numeral: Some((mark.marker, mark.number)) });
        }
        let mut stand_ins = emphasis(body, &mut edits);
        tildes(body, &mut stand_ins, &mut edits);
        let leads = leads(&stand_ins);
        if edits.is_empty() {
            let (text, shifts) = (Cow::Borrowed(body), vec![(0, base)]);
            return Copy { text, shifts, stand_ins, leads, numerals: Vec::new(), markers: Vec::new() };
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let (mut text, mut shifts, mut numerals) = (String::with_capacity(body.len()), vec![(0, base)], Vec::new());
        let (mut done, mut markers) = (0, Vec::new());
        for edit in edits {
            if edit.range.start < done {
                continue;
            }
            text.push_str(&body[done..edit.range.start]);
            if let Some(marker) = edit.numeral {
                numerals.push(text.len());
                markers.push(marker);
            }
            text.push_str(&edit.with);
            done = edit.range.end;
            if edit.with.len() != edit.range.len() {
                shifts.push((text.len(), base + done));
            }
        }
        text.push_str(&body[done..]);
        Copy { text: Cow::Owned(text), shifts, stand_ins, leads, numerals, markers }
    }

    /// Words taken out of this copy, as a copy of their own that stands at byte `base` of the source.
    pub(crate) fn part<'p>(&self, words: &'p str, base: usize) -> Copy<'p> {
        let (stand_ins, leads) = (self.stand_ins.clone(), self.leads);
        let (text, shifts) = (Cow::Borrowed(words), vec![(0, base)]);
        Copy { text, shifts, stand_ins, leads, numerals: Vec::new(), markers: Vec::new() }
    }

    /// The marker of an item that begins at a byte of the copy, as the author wrote it, and its number if CommonMark doesn't
    /// know it. `None` for a bullet.
    pub(crate) fn marker(&self, at: usize) -> Option<(ListMarker, Option<u32>)> {
        if let Ok(place) = self.numerals.binary_search(&at) {
            return self.markers.get(place).map(|&(marker, number)| (marker, Some(number)));
        }
        let rest = self.text.get(at..)?;
        let sign = rest.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next();
        let delimiter = match sign {
            Some('.') => ListDelimiter::Period,
            Some(')') => ListDelimiter::OneParen,
            _ => return None,
        };
        rest.starts_with(|c: char| c.is_ascii_digit())
            .then_some((ListMarker { delimiter, ..ListMarker::default() }, None))
    }

    /// The byte of the source that a byte of the copy came from.
    pub(crate) fn original(&self, offset: usize) -> usize {
        let at = self.shifts.partition_point(|&(copy, _)| copy <= offset).max(1) - 1;
        let (copy, source) = self.shifts[at];
        source.wrapping_add(offset - copy)
    }

    /// The span in the source of a range of the copy, without white space at its end.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let end = range.end.min(self.text.len());
        let start = range.start.min(end);
        let kept = self.text.get(start..end).map_or(end - start, |s| s.trim_end().len());
        let start_in_source = self.original(start);
        // By the last byte within, since what stands after it may have been left out of the copy.
        let end_in_source = if kept == 0 { start_in_source } else { self.original(start + kept - 1).wrapping_add(1) };
        Span::new(start_in_source, end_in_source.max(start_in_source))
    }

    /// Words of the copy as the author typed them.
    pub(crate) fn restore<'a>(&self, words: Cow<'a, str>) -> Cow<'a, str> {
        // Few texts hold one, and a byte is looked for faster than a character.
        let near = !self.stand_ins.is_empty() && words.bytes().any(|b| self.leads[usize::from(b)]);
        if !near || !words.contains(|c| self.stand_ins.iter().any(|&(s, _)| s == c)) {
            return words;
        }
        let back = |c: char| self.stand_ins.iter().find(|&&(s, _)| s == c).map_or(c, |&(_, original)| original);
        Cow::Owned(words.chars().map(back).collect())
    }
}

fn leads(stand_ins: &[(char, char)]) -> [bool; 256] {
    let mut leads = [false; 256];
    for (stand_in, _) in stand_ins {
        leads[usize::from(stand_in.encode_utf8(&mut [0; 4]).as_bytes()[0])] = true;
    }
    leads
}

/// Whether a character may stand in no text: controls but for tab and line ends.
pub(crate) fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Whether a text may hold a character that is [forbidden](is_forbidden): each is below 0x20, 0x7F, or begins with 0xC2 in
/// UTF-8. Looks at all bytes of a stretch at once, and so is much faster than to ask each character.
pub(crate) fn may_hold_controls(text: &str) -> bool {
    let suspect = |b: u8| (b < 0x20) & (b != b'\t') & (b != b'\n') & (b != b'\r') | (b == 0x7F) | (b == 0xC2);
    text.as_bytes().chunks(64).any(|chunk| chunk.iter().fold(false, |any, &b| any | suspect(b)))
}

/// Every line ends with LF in the copy.
fn line_ends(body: &str, edits: &mut Vec<Edit>) {
    for (at, _) in body.match_indices('\r') {
        let with = if body.as_bytes().get(at + 1) == Some(&b'\n') { "" } else { "\n" };
        edits.push(Edit { range: at..at + 1, with: with.to_owned(), numeral: None });
    }
}

fn controls(body: &str, base: usize, edits: &mut Vec<Edit>, found: &mut Vec<Diagnostic>) {
    if !may_hold_controls(body) {
        return;
    }
    let mut reported = 0;
    let mut last_end = usize::MAX;
    for (at, c) in body.char_indices().filter(|&(_, c)| is_forbidden(c)) {
        let end = at + c.len_utf8();
        edits.push(Edit { range: at..end, with: String::new(), numeral: None });
        if at != last_end && reported < MAX_REPEATED {
            reported += 1;
            let message =
                phrase!("the control character U+{$code} was left out", code = format!("{:04X}", u32::from(c)));
            found.push(Diagnostic::new(Code::InvisibleRemoved, Span::new(base + at, base + end), message));
        }
        last_end = end;
    }
}

/// The value of a decimal digit of the scripts of South Asia, ASCII ones left aside.
pub(crate) fn indian_digit(c: char) -> Option<u8> {
    const ZEROS: [char; 12] = ['०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '٠', '۰', '꯰'];
    ZEROS.iter().find_map(|&zero| {
        let value = u32::from(c).checked_sub(u32::from(zero))?;
        u8::try_from(value).ok().filter(|&value| value < 10)
    })
}

/// Numbers in Indian digits that start a list, and lines that begin with more marks than anyone can follow.
fn markers(body: &str, base: usize, kept: &BTreeSet<usize>, edits: &mut Vec<Edit>, found: &mut Vec<Diagnostic>) {
    let mut reported = 0;
    let mut start = 0;
    while start < body.len() {
        let end = memchr2(b'\n', b'\r', &body.as_bytes()[start..]).map_or(body.len(), |i| start + i + 1);
        let line = &body[start..end];
        if let Some(at) = line_markers(line, start, kept, edits) {
            edits.push(Edit { range: at..at, with: "\\".to_owned(), numeral: None });
            if reported < MAX_REPEATED {
                reported += 1;
                let message = phrase!(
                    "the line begins with more than {$max_markers} marks of lists and quotes",
                    max_markers = MAX_MARKERS
                );
                let span = Span::new(base + at, base + at + 1);
                found.push(
                    Diagnostic::new(Code::TooDeep, span, message).with_hint("take it out of the lists around it"),
                );
            }
        }
        start = end;
    }
}

/// Notes the edits of a line; returns where the marks become too many.
fn line_markers(line: &str, start: usize, kept: &BTreeSet<usize>, edits: &mut Vec<Edit>) -> Option<usize> {
    let bytes = line.as_bytes();
    let blank_at = |i: usize| bytes.get(i).is_none_or(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'));
    let (mut at, mut count) = (0, 0);
    loop {
        while matches!(bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        let next = match bytes.get(at)? {
            b'>' => at + 1,
            b'-' | b'+' | b'*' if blank_at(at + 1) => at + 1,
            // A definition's mark, or the end of a footnote's label.
            b':' => at + 1,
            b'[' if bytes.get(at + 1) == Some(&b'^') => at + line[at..].find("]:")? + 2,
            b'0'..=b'9' => {
                let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
                if digits > 9 || !matches!(bytes.get(at + digits), Some(b'.' | b')')) || !blank_at(at + digits + 1) {
                    return None;
                }
                at + digits + 1
            }
            128.. => {
                let digits: String = line[at..].chars().map_while(indian_digit).map(|d| char::from(b'0' + d)).collect();
                let width: usize = line[at..].chars().take(digits.len()).map(char::len_utf8).sum();
                let end = at + width;
                let marks = matches!(bytes.get(end), Some(b'.' | b')')) && blank_at(end + 1);
                if digits.is_empty() || digits.len() > 9 || !marks || kept.contains(&(start + at)) {
                    return None;
                }
                let reading = ListMarker::readings(&line[at..end + 1]).into_iter().next();
                let number = digits.parse().unwrap_or(u32::MAX);
                let marker = reading.map_or_else(ListMarker::default, |(marker, _)| marker);
                edits.push(Edit { range: start + at..start + end, with: digits, numeral: Some((marker, number)) });
                end + 1
            }
            _ => return None,
        };
        count += 1;
        if count > MAX_MARKERS {
            // A long thematic break is no nesting.
            let mark = bytes[at];
            let rest = line[at..].trim();
            let thematic = matches!(mark, b'-' | b'*') && rest.bytes().all(|b| b == mark || b == b' ' || b == b'\t');
            return (!thematic).then_some(start + at);
        }
        at = next;
    }
}

pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}')
}

/// Marks that open what follows them.
pub(crate) fn opens(c: char) -> bool {
    matches!(c, '（' | '「' | '『' | '【' | '〔' | '《' | '〈' | '［' | '｛' | '“' | '‘' | '„' | '«' | '‹')
}

/// Marks that end what stands before them, and that no construct of Markdown needs.
pub(crate) fn ends(c: char) -> bool {
    if c.is_ascii() {
        matches!(c, ':' | '!' | '?' | '.' | ',' | '%')
    } else {
        !is_letter(c) && !c.is_whitespace() && !c.is_control() && !opens(c)
    }
}

/// Stand-ins for marks that would keep `*` from closing or opening emphasis in the middle of a line.
fn emphasis(body: &str, edits: &mut Vec<Edit>) -> Vec<(char, char)> {
    let mut stand_ins: Vec<(char, char)> = Vec::new();
    let bytes = body.as_bytes();
    let mut from = 0;
    while let Some(found) = body[from..].find('*') {
        let start = from + found;
        let end = start + bytes[start..].iter().take_while(|&&b| b == b'*').count();
        from = end;
        let before = body[..start].chars().next_back();
        let after = body[end..].chars().next();
        let (Some(before), Some(after)) = (before, after) else { continue };
        if ends(before) && is_letter(after) {
            let at = start - before.len_utf8();
            // Not an escaped mark, nor one that begins its line.
            let led = body[..at].chars().next_back().is_some_and(|c| c != '\\' && !c.is_whitespace() && c != '*');
            if led {
                replace(body, at, before, &mut stand_ins, edits);
            }
        } else if is_letter(before) && opens(after) {
            replace(body, end, after, &mut stand_ins, edits);
        }
    }
    stand_ins
}

/// Stand-ins for single tildes, which the parser would pair across words: `(CH~3~)~3~C and H~2~O`.
/// [Scripts](crate::raised) are read later. Addresses keep their tildes, since they may hold no stand-in.
fn tildes(body: &str, stand_ins: &mut Vec<(char, char)>, edits: &mut Vec<Edit>) {
    if !body.contains('~') {
        return;
    }
    let bytes = body.as_bytes();
    let mut start = 0;
    for word in body.split(|c: char| c.is_ascii_whitespace()) {
        let end = start + word.len();
        if word.contains('~') {
            // How deep in the parentheses of a link's target, and whether in `<…>` or after `://`.
            let (mut target, mut address) = (0_usize, false);
            for at in start..end {
                match bytes[at] {
                    b'(' if target > 0 || (at > start && bytes[at - 1] == b']') => target += 1,
                    b')' => target = target.saturating_sub(1),
                    b'<' => address = true,
                    b'>' => address = false,
                    b':' => address |= bytes[at..end].starts_with(b"://"),
                    b'~' if target == 0 && !address => {
                        let before = at.checked_sub(1).map(|before| bytes[before]);
                        if !matches!(before, Some(b'~' | b'\\' | b'/')) && bytes.get(at + 1) != Some(&b'~') {
                            replace(body, at, '~', stand_ins, edits);
                        }
                    }
                    _ => {}
                }
            }
        }
        start = end + 1;
    }
}

fn replace(body: &str, at: usize, mark: char, stand_ins: &mut Vec<(char, char)>, edits: &mut Vec<Edit>) {
    let known = stand_ins.iter().find(|&&(_, original)| original == mark).map(|&(stand_in, _)| stand_in);
    let Some(stand_in) = known.or_else(|| free_stand_in(body, mark, stand_ins)) else { return };
    if known.is_none() {
        stand_ins.push((stand_in, mark));
    }
    edits.push(Edit { range: at..at + mark.len_utf8(), with: stand_in.to_string(), numeral: None });
}

/// A character of the same length that the body doesn't hold and that is neither white space nor punctuation: a control
/// (which the copy never holds), an unassigned code point, a private one.
fn free_stand_in(body: &str, mark: char, taken: &[(char, char)]) -> Option<char> {
    let pool: Vec<u32> = match mark.len_utf8() {
        1 => (0x01..0x09).chain(0x0E..0x20).collect(),
        2 => vec![0x378, 0x379, 0x380, 0x381, 0x382, 0x383, 0x38B, 0x38D, 0x3A2, 0x530, 0x557, 0x558],
        3 => (0xE000..0xE100).collect(),
        _ => (0xF_0000..0xF_0040).collect(),
    };
    pool.into_iter()
        .filter_map(char::from_u32)
        .find(|&c| taken.iter().all(|&(used, _)| used != c) && (mark.is_ascii() || !body.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(body: &str) -> Copy<'_> {
        Copy::new(body, 10, &BTreeSet::new(), &mut Vec::new())
    }

    #[test]
    fn numbers_that_start_a_list_become_ascii_and_map_back() {
        let body = "> १२. एक\n१३ दो\nतीन ४. चार";
        let copy = copy(body);
        assert_eq!(copy.text, "> 12. एक\n१३ दो\nतीन ४. चार");
        let one = copy.text.find("एक").expect("it is there");
        assert_eq!(copy.original(one), 10 + body.find("एक").expect("it is there"));
        assert_eq!(copy.original(0), 10);
        assert_eq!(copy.numerals, [2]);
    }

    #[test]
    fn a_danda_before_a_delimiter_and_a_letter_is_stood_in_for() {
        let copy = copy("**वाक्य है।**अगला। **दूसरा।** x");
        assert_eq!(copy.text.matches('।').count(), 2);
        assert_eq!(copy.text.len(), "**वाक्य है।**अगला। **दूसरा।** x".len());
        assert_eq!(copy.restore(copy.text.clone()), "**वाक्य है।**अगला। **दूसरा।** x");
    }

    #[test]
    fn single_tildes_are_stood_in_for_outside_addresses() {
        for body in ["H~2~O", "(NH~4~)~2~SO~4~", "[x](a~b(c)d~e)~2~ <y~z>~2~", "a ~ b"] {
            let copy = copy(body);
            assert_eq!(copy.restore(copy.text.clone()), body);
        }
        assert!(!copy("H~2~O").text.contains('~'));
        for body in ["~~a~~", "http://a.b/~c", "[x](/~c)", "<http://a.b/x~c>", "\\~a\\~", "~~~\ncode\n~~~"] {
            assert_eq!(copy(body).text, body);
        }
    }

    #[test]
    fn a_stand_in_is_never_a_character_of_the_source() {
        let body = "\u{E000}**क।**ख";
        let copy = copy(body);
        assert_eq!(copy.restore(copy.text.clone()), body);
    }

    #[test]
    fn marks_without_end_are_cut() {
        let mut found = Vec::new();
        let body = "> ".repeat(100_000) + "क";
        let copy = Copy::new(&body, 0, &BTreeSet::new(), &mut found);
        assert_eq!(found.first().map(|d| (d.code, d.span.start())), Some((Code::TooDeep, 200)));
        assert!(copy.text[200..].starts_with("\\>"));
        assert_eq!(copy.original(201), 200);
        found.clear();
        let _ = Copy::new(&"- ".repeat(300), 0, &BTreeSet::new(), &mut found);
        assert_eq!(found, []);
    }
}
