//! Characters that draw nothing: which stay, which go.

use std::borrow::Cow;
use std::collections::BTreeMap;

use patra_core::{Code, Diagnostic, Phrase, Span, noun, phrase};
use unicode_script::{Script, UnicodeScript};

/// What was left out: for each character, where it first stood and how often.
#[derive(Default)]
pub(crate) struct Removed(BTreeMap<char, (Span, usize)>);

impl Removed {
    fn note(&mut self, c: char, at: usize) {
        self.0.entry(c).or_insert((Span::new(at, at + c.len_utf8()), 0)).1 += 1;
    }

    /// One diagnostic a character, however often it stood in the text.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        let told = |(&c, &(span, count)): (&char, &(Span, usize))| {
            Diagnostic::new(Code::InvisibleRemoved, span, left_out(c, count))
        };
        self.0.iter().map(told).collect()
    }

    /// As [`diagnostics`](Self::diagnostics), where the text was shorter than its source for the references and line ends in
    /// it: a character stands where it was looked for, or behind, or is written as a reference itself.
    pub(crate) fn diagnostics_in(&self, source: &str) -> Vec<Diagnostic> {
        let mut found = self.diagnostics();
        for (diagnostic, (&c, (span, _))) in found.iter_mut().zip(&self.0) {
            let start = (0..=span.start().min(source.len())).rev().find(|&at| source.is_char_boundary(at)).unwrap_or(0);
            let ahead = &source[start..];
            let at = start + ahead.find(c).unwrap_or(0);
            let length = source[at..].chars().next().map_or(0, char::len_utf8);
            diagnostic.span = Span::new(at, at + length);
        }
        found
    }
}

/// What is said of a character that was left out `count` times.
pub(crate) fn left_out(c: char, count: usize) -> Phrase {
    let code = format!("U+{:04X}", u32::from(c));
    let name = Phrase::from(name(c));
    phrase!("{$code} ({$name}) was left out" | "{$code} ({$name}) was left out, {$count} times", code, name, count)
}

fn name(c: char) -> &'static str {
    match c {
        '\0' => noun!("NUL"),
        '\u{AD}' => noun!("soft hyphen"),
        '\u{200B}' => noun!("zero width space"),
        '\u{200C}' => noun!("zero width non-joiner where nothing joins"),
        '\u{200D}' => noun!("zero width joiner where nothing joins"),
        '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            noun!("a direction mark without use")
        }
        '\u{2060}' => noun!("word joiner"),
        '\u{FEFF}' => noun!("byte order mark"),
        '\u{FFFC}' => noun!("the place of an object that is not in the text"),
        _ => noun!("a control character"),
    }
}

/// The line as it is kept; `start` is its place in the source.
///
/// Joiners stay beside letters of scripts that join (they tell `क्‍ष` from `क्ष`) and in emoji; direction marks stay in
/// lines that run from right to left.
pub(crate) fn clean<'s>(line: &'s str, start: usize, removed: &mut Removed) -> Cow<'s, str> {
    if line.bytes().all(|b| (b' '..0x7F).contains(&b) || b == b'\t') || !line.chars().any(is_suspect) {
        return Cow::Borrowed(line);
    }
    let right_to_left = line.chars().any(is_right_to_left);
    let mut kept = String::with_capacity(line.len());
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let stays = match c {
            '\u{200C}' | '\u{200D}' => {
                kept.chars().next_back().is_some_and(joins) || chars.peek().is_some_and(|&(_, next)| joins(next))
            }
            '\u{200E}' | '\u{200F}' | '\u{61C}' => right_to_left,
            c => !is_suspect(c),
        };
        if stays {
            kept.push(c);
        } else if c != '\u{FEFF}' || start + at > 0 {
            // At the very start the byte order mark says how the file is written and is no part of the text.
            removed.note(c, start + at);
        }
    }
    Cow::Owned(kept)
}

fn is_suspect(c: char) -> bool {
    match c {
        '\t' => false,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => true,
        '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}' => true,
        c => c.is_control() || (u32::from(c) & 0xFFFE) == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c),
    }
}

/// Whether a joiner beside `c` can change what is drawn: letters of Indic and Arabic scripts, and pictures.
fn joins(c: char) -> bool {
    use Script::{
        Arabic, Bengali, Devanagari, Gujarati, Gurmukhi, Inherited, Kannada, Malayalam, Oriya, Sinhala, Tamil, Telugu,
    };
    match c.script() {
        Arabic | Bengali | Devanagari | Gujarati | Gurmukhi | Kannada | Malayalam | Oriya | Sinhala | Tamil
        | Telugu => true,
        // Variation selectors, as in the emoji of a family; not the joiners themselves, which are also inherited.
        Inherited => matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{300}'..='\u{36F}'),
        _ => matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}'),
    }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}') && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(line: &str) -> (String, usize) {
        let mut removed = Removed::default();
        let kept = clean(line, 0, &mut removed).into_owned();
        (kept, removed.diagnostics().len())
    }

    #[test]
    fn joiners_stay_where_they_matter() {
        assert_eq!(cleaned("क्\u{200D}ष और श्री\u{200C}मान"), ("क्\u{200D}ष और श्री\u{200C}मान".into(), 0));
        assert_eq!(cleaned("می\u{200C}خواہم"), ("می\u{200C}خواہم".into(), 0));
        assert_eq!(cleaned("👩\u{200D}🏫"), ("👩\u{200D}🏫".into(), 0));
        assert_eq!(cleaned("call\u{200D} centre\u{200C}"), ("call centre".into(), 2));
    }

    #[test]
    fn others_go_and_are_reported_once_each() {
        assert_eq!(cleaned("\u{FEFF}क\u{200B}ख\u{200B}ग\0"), ("कखग".into(), 2));
        assert_eq!(cleaned("کتاب\u{200F}!"), ("کتاب\u{200F}!".into(), 0));
        assert_eq!(cleaned("book\u{200F}!"), ("book!".into(), 1));
    }
}
