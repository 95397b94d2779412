//! The bytes of a passage that each letter of its text came from.

use std::ops::Range;

use patra_core::{Run, Spelled, Text};

/// The bytes of the source, from the passage's first, of each code point of a text's plain words; `None` where they are not
/// known. A soft line end counts as the space that it is read as, an escape as the character it stands for.
pub(super) fn align(text: &Text, source: &str) -> Option<Aligned> {
    let mut cursor = Cursor { source, at: 0, found: Vec::new(), hints: Vec::new() };
    cursor.text(text, None)?;
    cursor.closers();
    (cursor.at == source.len()).then_some(Aligned { letters: cursor.found, hints: cursor.hints })
}

/// Places of a text's letters and hints in its passage.
#[derive(Debug)]
pub(super) struct Aligned {
    /// The bytes of each code point.
    pub(super) letters: Vec<Range<usize>>,
    /// For each gap, in the order in which they begin, what introduces its hint, and the bytes from there to the gap's end.
    pub(super) hints: Vec<(&'static str, Range<usize>)>,
}

struct Cursor<'s> {
    source: &'s str,
    at: usize,
    found: Vec<Range<usize>>,
    hints: Vec<(&'static str, Range<usize>)>,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn text(&mut self, text: &Text, next: Option<char>) -> Option<()> {
        text.spelled(next).try_for_each(|spelled| self.run(&spelled))
    }

    fn run(&mut self, spelled: &Spelled<'_>) -> Option<()> {
        let next = spelled.next;
        match spelled.run {
            Run::Plain(words) => words.chars().try_for_each(|c| self.character(c)),
            Run::Break => self.line_break(),
            Run::Code(code) => self.verbatim(code, '`'),
            Run::Math(tex) => self.verbatim(tex, '$'),
            Run::Strong(inner) | Run::Emphasis(inner) => {
                self.opener(&['*', '_', '['])?;
                self.text(inner, next)?;
                self.closers();
                Some(())
            }
            Run::Superscript(inner) | Run::Subscript(inner) | Run::Strikeout(inner) => {
                // The plain words have a mark where the source has another.
                let start = self.at;
                self.opener(&['^', '~', '['])?;
                self.mark(spelled.open, start..self.at);
                self.text(inner, next)?;
                let start = self.at;
                self.closers();
                self.mark(spelled.close, start..self.at);
                Some(())
            }
            Run::Link(link) => {
                self.opener(&['[', '<'])?;
                self.text(&link.text, next)?;
                self.target();
                Some(())
            }
            Run::Language(tagged) => {
                self.opener(&['['])?;
                self.text(&tagged.text, next)?;
                self.closers();
                Some(())
            }
            Run::Gap(gap) => {
                if self.rest().starts_with("==") {
                    self.hints.push(("", 0..0));
                    self.at += 2;
                    self.text(&gap.text, next)?;
                    self.at += if self.rest().starts_with("==") { 2 } else { return None };
                    return Some(());
                }
                self.at += self.rest().starts_with("{{").then_some(2)?;
                // Anki writes `{{c1::words::hint}}`.
                let anki = gap.number.is_some() && self.rest().starts_with('c');
                let own = self.hints.len();
                self.hints.push((if anki { "::" } else { "|" }, 0..0));
                if gap.number.is_some() {
                    self.at += self.rest().find(':')? + 1;
                    self.at += usize::from(self.rest().starts_with(':'));
                }
                self.text(&gap.text, next)?;
                let end = self.rest().find("}}")?;
                // What is left before it can only be the hint.
                let hint = &self.rest()[..end];
                if !hint.is_empty() && (gap.hint.is_none() || !hint.starts_with(['|', '\\', ':'])) {
                    return None;
                }
                self.hints[own].1 = self.at..self.at + end;
                self.at += end + 2;
                Some(())
            }
        }
    }

    /// Notes the bytes of a mark that the plain words have: its first character takes them all.
    fn mark(&mut self, shown: &str, range: Range<usize>) {
        for index in 0..shown.chars().count() {
            self.found.push(if index == 0 { range.clone() } else { range.end..range.end });
        }
    }

    fn opener(&mut self, marks: &[char]) -> Option<()> {
        self.comments();
        let first = self.rest().chars().next().filter(|c| marks.contains(c))?;
        let doubled = matches!(first, '*' | '_' | '~') && self.rest().chars().nth(1) == Some(first);
        self.at += if doubled { 2 } else { 1 };
        Some(())
    }

    /// Skips the end of marks: `**`, `]{.strong}`.
    fn closers(&mut self) {
        self.comments();
        if let Some(after) = self.rest().strip_prefix(']') {
            if after.starts_with('{')
                && let Some(end) = after.find('}')
            {
                self.at += end + 2;
            }
            return;
        }
        for mark in ["**", "__", "~~", "*", "_", "~", "^"] {
            if self.rest().starts_with(mark) {
                self.at += mark.len();
                return;
            }
        }
    }

    /// Skips the end of a link, with its target.
    fn target(&mut self) {
        let rest = self.rest();
        if rest.starts_with('>') {
            self.at += 1;
            return;
        }
        let Some(after) = rest.strip_prefix(']') else { return };
        let close = match after.chars().next() {
            Some('(') if after.starts_with("(<") => after.find('>').and_then(|i| after[i..].find(')').map(|j| i + j)),
            Some('(') => {
                let mut depth = 0_usize;
                after.char_indices().find_map(|(i, c)| match c {
                    '(' => {
                        depth += 1;
                        None
                    }
                    ')' => {
                        depth -= 1;
                        (depth == 0).then_some(i)
                    }
                    _ => None,
                })
            }
            Some('[') => after.find(']'),
            Some('{') => after.find('}'),
            // A label alone: `[words]`.
            _ => {
                self.at += 1;
                return;
            }
        };
        if let Some(close) = close {
            self.at += 1 + close + 1;
        }
    }

    fn comments(&mut self) {
        while self.rest().starts_with("<!--") {
            match self.rest().find("-->") {
                Some(end) => self.at += end + 3,
                None => return,
            }
        }
    }

    fn take(&mut self, length: usize) -> Option<()> {
        self.found.push(self.at..self.at + length);
        self.at += length;
        Some(())
    }

    fn character(&mut self, c: char) -> Option<()> {
        self.comments();
        let rest = self.rest();
        if c == ' '
            && let Some(length) = soft_line_end(rest)
        {
            return self.take(length);
        }
        let mut chars = rest.chars();
        match chars.next()? {
            '\\' if chars.next() == Some(c) && c.is_ascii_punctuation() => self.take(1 + c.len_utf8()),
            '&' if entity(rest).is_some_and(|(found, _)| found == c) => self.take(entity(rest)?.1),
            first if first == c => self.take(c.len_utf8()),
            _ => None,
        }
    }

    fn line_break(&mut self) -> Option<()> {
        self.comments();
        let rest = self.rest();
        for tag in ["<br>", "<br/>", "<br />"] {
            if rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)) {
                return self.take(tag.len());
            }
        }
        let lead = usize::from(rest.starts_with('\\'));
        let length = soft_line_end(&rest[lead..])?;
        self.take(lead + length)
    }

    /// Words between marks that keep them to the letter.
    fn verbatim(&mut self, words: &str, mark: char) -> Option<()> {
        self.comments();
        let rest = self.rest();
        let marks = rest.len() - rest.trim_start_matches(mark).len();
        if marks == 0 {
            self.opener(&['['])?;
            words.chars().try_for_each(|c| self.character(c))?;
            self.closers();
            return Some(());
        }
        let inside = &rest[marks..];
        let at = self.at + marks + inside.find(words).filter(|&lead| inside[..lead].trim().is_empty())?;
        for (offset, c) in words.char_indices() {
            self.found.push(at + offset..at + offset + c.len_utf8());
        }
        let after = self.source.get(at + words.len()..)?;
        let close = after.find(mark)?;
        if !after[..close].trim().is_empty() {
            return None;
        }
        self.at = at + words.len() + close + marks;
        Some(())
    }
}

/// The length of a line end with the white space around it and the marks of quotes after it.
fn soft_line_end(rest: &str) -> Option<usize> {
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let after = &rest[spaces..];
    let end = if after.starts_with("\r\n") {
        2
    } else if after.starts_with(['\n', '\r']) {
        1
    } else {
        return None;
    };
    let lead = after[end..].len() - after[end..].trim_start_matches([' ', '\t', '>']).len();
    Some(spaces + end + lead)
}

/// The character that an entity at the start of `rest` stands for, and its length.
fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.get(..rest.len().min(12)).or(rest.get(..)).and_then(|start| start.find(';'))?;
    let name = &rest[1..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{A0}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use crate::{ReadOptions, read};
    use patra_core::{Block, Source};

    use super::*;

    /// The bytes of each letter of a paragraph.
    fn aligned(source: &str) -> Option<Vec<String>> {
        let material = read(&Source::new(source.to_owned()), &ReadOptions::default()).material?;
        let text = match material.sections.first()?.blocks.first()? {
            Block::Paragraph(b) => b.text.clone(),
            Block::Cloze(b) => b.text.clone(),
            _ => return None,
        };
        let found = align(&text, source)?.letters;
        assert_eq!(found.len(), text.to_plain().chars().count());
        Some(found.into_iter().map(|range| source[range].to_owned()).collect())
    }

    #[test]
    fn every_letter_finds_its_bytes() {
        let all = |source: &str| aligned(source).map(|letters| letters.join("·"));
        assert_eq!(all("a **b** *c*").as_deref(), Some("a· ·b· ·c"));
        assert_eq!(all("a\n  b").as_deref(), Some("a·\n  ·b"));
        assert_eq!(all("a\\\nb<br>c").as_deref(), Some("a·\\\n·b·<br>·c"));
        assert_eq!(all("\\*a &amp; &#43;").as_deref(), Some("\\*·a· ·&amp;· ·&#43;"));
        assert_eq!(all("x {{क|क ख}} {{2:ग}} y").as_deref(), Some("x· ·क· ·ग· ·y"));
        assert_eq!(all("[क](#x(y)) ख `a b` $c$").as_deref(), Some("क· ·ख· ·a· ·b· ·c"));
        assert_eq!(all("[a *b*]{lang=en} [c]{.strong}").as_deref(), Some("a· ·b· ·c"));
        assert_eq!(all("10^8^ H~2~O ~~क~~").as_deref(), Some("1·0·^·8· ·H·~·2·O· ·~~··क·~~·"));
        assert_eq!(all("log~2~8 [n+1]{.superscript}").as_deref(), Some("l·o·g·~·2·~·8· ·[··n·+·1·]{.superscript}"));
        assert_eq!(all("**वाक्य।**अगला").as_deref(), Some("व·ा·क·्·य·।·अ·ग·ल·ा"));
        assert_eq!(all("<http://x.y> a <!-- b -->c").as_deref(), Some("h·t·t·p·:·/·/·x·.·y· ·a· ·c"));
    }
}
