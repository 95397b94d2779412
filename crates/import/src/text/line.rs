//! The lines of the source, and what each looks like by itself.

use std::borrow::Cow;

use patra_core::Span;

use super::invisible::{Removed, clean};
use super::marker::{self, Bullet, Number};

/// A line, without white space at its ends.
pub(crate) struct Line<'s> {
    pub text: Cow<'s, str>,
    pub span: Span,
    /// How far it is indented, in columns; a tab goes to the next multiple of four.
    pub indent: usize,
    /// Whether a tab stood before its words, which in a table pasted from a sheet is an empty first cell.
    pub leading_tab: bool,
    pub look: Look,
}

/// What a line looks like by itself; what it is depends on its neighbours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Blank,
    /// `---`, `***`: a line drawn across.
    Rule(char),
    /// `---|---|---|`.
    TableRule,
    /// `## heading`, and where its words begin.
    Hash {
        level: u8,
        at: usize,
    },
    Bullet(Bullet),
    Number(Number),
    Text,
    /// A part of a question bank, which is read already.
    Taken,
}

impl Line<'_> {
    /// The words after the bullet, number or `#`.
    pub(crate) fn rest(&self) -> &str {
        let at = match &self.look {
            Look::Hash { at, .. } | Look::Bullet(Bullet { at, .. }) | Look::Number(Number { at, .. }) => *at,
            _ => 0,
        };
        self.text.get(at..).unwrap_or("").trim()
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.look == Look::Blank
    }

    pub(crate) fn is_text(&self) -> bool {
        self.look == Look::Text
    }

    pub(crate) fn has_pipe(&self) -> bool {
        self.text.contains('|')
    }

    pub(crate) fn has_tab(&self) -> bool {
        self.text.contains('\t')
    }
}

/// All lines of the source. They end as in [`patra_core::Source`], and at the separators that Word and web pages leave.
pub(crate) fn lines<'s>(text: &'s str, removed: &mut Removed) -> Vec<Line<'s>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let is_end = |c: char| matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    while start < text.len() {
        let rest = &text[start..];
        let length = rest.find(is_end).unwrap_or(rest.len());
        lines.push(line(&rest[..length], start, removed));
        let after = &rest[length..];
        let ending = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
        start += length + ending;
    }
    lines
}

/// One line, which begins at `start` in the source.
pub(crate) fn line<'s>(raw: &'s str, start: usize, removed: &mut Removed) -> Line<'s> {
    let mut indent = 0;
    let mut leading_tab = false;
    let trimmed = raw.trim_end();
    let mut inner = trimmed;
    while let Some(c) = inner.chars().next().filter(|&c| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')) {
        match c {
            '\t' => {
                leading_tab = true;
                indent = indent / 4 * 4 + 4;
            }
            c if c.is_whitespace() => indent += 1,
            // Left to `clean`, which reports it: a byte order mark does not indent.
            _ => break,
        }
        inner = &inner[c.len_utf8()..];
    }
    let at = start + trimmed.len() - inner.len();
    let span = Span::new(at, start + trimmed.len());
    let text = match clean(inner, at, removed) {
        Cow::Borrowed(kept) => Cow::Borrowed(kept.trim()),
        Cow::Owned(kept) => Cow::Owned(kept.trim().to_owned()),
    };
    let look = look(&text, indent);
    Line { text, span, indent, leading_tab, look }
}

fn look(text: &str, indent: usize) -> Look {
    let Some(first) = text.chars().next() else { return Look::Blank };
    if matches!(first, '-' | '=' | '_' | '*' | '~' | '–' | '—' | '#' | '.' | '·' | '|' | ':' | '+') {
        if text.chars().count() >= 3 && text.chars().all(|c| c == first || c == ' ') && first != '|' && first != ':' {
            return Look::Rule(first);
        }
        let drawn = |c: char| matches!(c, '|' | '-' | ':' | '+' | '=' | ' ' | '\t' | '–' | '—');
        let dashes = text.contains("--") || text.contains("==") || text.contains('—') || text.contains("–");
        if text.chars().all(drawn) && dashes && text.contains(['|', '+']) {
            return Look::TableRule;
        }
    }
    if first == '#' {
        let level = text.bytes().take_while(|&b| b == b'#').count();
        if level <= 6 && text[level..].starts_with(char::is_whitespace) {
            return Look::Hash { level: u8::try_from(level).unwrap_or(6), at: level };
        }
    }
    if let Some(bullet) = marker::bullet(text, indent) {
        return Look::Bullet(bullet);
    }
    if let Some(number) = marker::number(text) {
        return Look::Number(number);
    }
    Look::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(text: &str) -> Vec<Look> {
        lines(text, &mut Removed::default()).into_iter().map(|line| line.look).collect()
    }

    #[test]
    fn lines_end_in_many_ways() {
        let mut removed = Removed::default();
        let lines = lines("क\r\nख\rग\u{2028}घ\n\n", &mut removed);
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_ref()).collect();
        assert_eq!(texts, ["क", "ख", "ग", "घ", ""]);
        assert_eq!((lines[1].span.start(), lines[1].span.end()), (5, 8));
    }

    #[test]
    fn a_dash_alone_is_a_bullet_and_three_are_a_rule() {
        assert!(matches!(looks("-")[0], Look::Bullet(_)));
        assert_eq!(
            looks("---\n***\n===\n---|---|---|\n|:-:|--|"),
            [Look::Rule('-'), Look::Rule('*'), Look::Rule('='), Look::TableRule, Look::TableRule]
        );
    }
}
