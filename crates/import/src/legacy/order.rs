//! Signs to where Unicode has them, and whether syllables are such as Hindi has.

use super::glyph::{REPH, SHORT_I};

const VIRAMA: char = '\u{94D}';
const NUKTA: char = '\u{93C}';

pub(super) fn is_consonant(c: char) -> bool {
    matches!(c, '\u{915}'..='\u{939}' | '\u{958}'..='\u{95F}')
}

pub(super) fn is_matra(c: char) -> bool {
    matches!(c, '\u{93E}'..='\u{94C}')
}

fn is_modifier(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{903}')
}

pub(super) fn is_vowel(c: char) -> bool {
    matches!(c, '\u{904}'..='\u{914}')
}

/// Letters in the order in which they are spoken, which is Unicode's.
pub(super) fn ordered(drawn: &str) -> String {
    let chars: Vec<char> = drawn.chars().collect();
    with_reph(with_short_i(chars)).into_iter().collect()
}

/// The short i after the consonants that it is drawn before.
fn with_short_i(chars: Vec<char>) -> Vec<char> {
    let mut out = Vec::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        if chars[at] != SHORT_I {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while chars.get(end).copied().is_some_and(is_consonant) {
            end += 1;
            while chars.get(end) == Some(&NUKTA) {
                end += 1;
            }
            if chars.get(end) == Some(&VIRAMA) && chars.get(end + 1).copied().is_some_and(is_consonant) {
                end += 1;
            } else {
                break;
            }
        }
        out.extend(&chars[at + 1..end]);
        out.push('ि');
        at = end;
    }
    out
}

/// The r above before the consonants that it is drawn above.
fn with_reph(chars: Vec<char>) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    for c in chars {
        if c != REPH {
            out.push(c);
            continue;
        }
        let mut at = out.len();
        while at > 0 && (is_matra(out[at - 1]) || is_modifier(out[at - 1])) {
            at -= 1;
        }
        let mut start = at;
        loop {
            let mut base = start;
            while base > 0 && out[base - 1] == NUKTA {
                base -= 1;
            }
            if base == 0 || !(is_consonant(out[base - 1]) || is_vowel(out[base - 1])) {
                break;
            }
            start = base - 1;
            if start == 0 || out[start - 1] != VIRAMA {
                break;
            }
            start -= 1;
        }
        let start = start.min(out.len());
        out.splice(start..start, ['र', VIRAMA]);
    }
    out
}

/// Whether each sign of a word stands where Hindi has it.
pub(super) fn is_well_formed(word: &str) -> bool {
    let mut before: Option<char> = None;
    for c in word.chars() {
        let base = before.is_some_and(|before| is_consonant(before) || before == NUKTA);
        let fits = match c {
            NUKTA => before.is_some_and(is_consonant),
            VIRAMA => base,
            c if is_matra(c) => base,
            c if is_modifier(c) => base || before.is_some_and(|before| is_matra(before) || is_vowel(before)),
            REPH | SHORT_I => false,
            // A vowel of its own never follows half a letter.
            c if is_vowel(c) => before != Some(VIRAMA),
            _ => true,
        };
        if !fits {
            return false;
        }
        before = Some(c);
    }
    // Hindi ends few words in half a letter: `श्रीमान्`.
    true
}
