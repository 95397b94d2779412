//! Attributes in braces: `{#id .class key="value"}`.

use std::ops::Range;

use patra_core::{Id, Phrase, phrase};

use crate::node::{Inline, InlineKind};

/// How far from its end an attribute may begin, in bytes.
const LONGEST: usize = 4096;

/// The attributes of one pair of braces. Ranges are of the copy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributes {
    pub(crate) id: Option<(Id, Range<usize>)>,
    pub(crate) classes: Vec<(String, Range<usize>)>,
    /// Keys with their values, still as Markdown.
    pub(crate) pairs: Vec<(String, Range<usize>, Range<usize>)>,
    pub(crate) range: Range<usize>,
}

/// What is wrong with an attribute, and where.
pub(crate) struct Malformed {
    pub(crate) range: Range<usize>,
    pub(crate) message: Phrase,
}

impl Attributes {
    pub(crate) fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.pairs.is_empty()
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.pairs.iter().any(|(name, ..)| name == key)
    }

    /// Whether the class is there; it counts as understood from then on.
    pub(crate) fn take_class(&mut self, class: &str) -> bool {
        let before = self.classes.len();
        self.classes.retain(|(name, _)| name != class);
        self.classes.len() < before
    }

    pub(crate) fn take_value(&mut self, key: &str) -> Option<Range<usize>> {
        let at = self.pairs.iter().position(|(name, ..)| name == key)?;
        Some(self.pairs.remove(at).2)
    }

    /// The values of a key that may be there several times, in their order.
    pub(crate) fn take_values(&mut self, key: &str) -> Vec<Range<usize>> {
        self.pairs.extract_if(.., |(name, ..)| name == key).map(|(.., value)| value).collect()
    }

    pub(crate) fn take_id(&mut self) -> Option<Id> {
        self.id.take().map(|(id, _)| id)
    }

    /// Adds those of `later`, whose id counts where both have one.
    pub(crate) fn merge(&mut self, later: Attributes) {
        if self.is_empty() {
            *self = later;
            return;
        }
        self.id = later.id.or(self.id.take());
        self.classes.extend(later.classes);
        self.pairs.extend(later.pairs);
    }
}

/// Parses the attributes that begin at byte `start` of `text`. `None` where the braces hold something else; braces that
/// begin with an id hold nothing else.
pub(crate) fn parse(text: &str, start: usize) -> Option<Result<Attributes, Malformed>> {
    match scan(text, start) {
        Ok(attributes) => Some(Ok(attributes)),
        Err(fault) => {
            let near = &text.as_bytes()[start..text.len().min(start + LONGEST)];
            let close = near.iter().position(|&b| matches!(b, b'}' | b'\n')).filter(|&i| near[i] == b'}')?;
            let range = start..start + close + 1;
            let message =
                fault.unwrap_or_else(|| phrase!("`{$words}` is not an attribute", words = &text[range.clone()]));
            near.starts_with(b"{#").then_some(Err(Malformed { range, message }))
        }
    }
}

/// The attributes; where they end otherwise, what is wrong if that is known.
fn scan(text: &str, start: usize) -> Result<Attributes, Option<Phrase>> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    let mut attributes = Attributes::default();
    let word_end = |from: usize| {
        let stop = |c: char| c.is_whitespace() || matches!(c, '}' | '{' | '"' | '=');
        text[from..].find(stop).map_or(text.len(), |i| from + i)
    };
    loop {
        while matches!(bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        match bytes.get(at).ok_or(None)? {
            b'}' => {
                attributes.range = start..at + 1;
                return if attributes.is_empty() { Err(None) } else { Ok(attributes) };
            }
            b'#' => {
                let end = word_end(at + 1);
                let id = Id::new(&text[at + 1..end]).map_err(|error| Some(error.into()))?;
                attributes.id = Some((id, at + 1..end));
                at = end;
            }
            b'.' => {
                let end = word_end(at + 1);
                if end == at + 1 {
                    return Err(None);
                }
                attributes.classes.push((text[at + 1..end].to_owned(), at..end));
                at = end;
            }
            b if b.is_ascii_alphabetic() => {
                let end = word_end(at);
                let key = text[at..end].to_owned();
                if bytes.get(end) != Some(&b'=')
                    || !key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                {
                    return Err(None);
                }
                let value = value(text, end + 1).ok_or(None)?;
                let quoted = bytes.get(end + 1) == Some(&b'"');
                let next = value.end + usize::from(quoted);
                attributes.pairs.push((key, at..next, value));
                at = next;
            }
            _ => return Err(None),
        }
        if !matches!(bytes.get(at), Some(b' ' | b'\t' | b'}')) {
            return Err(None);
        }
    }
}

/// The range of a value: words without a space, or anything but a line end in quotes, where `\"` is a quote.
fn value(text: &str, start: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if bytes.get(start) != Some(&b'"') {
        let end = text[start..]
            .find(|c: char| c.is_whitespace() || matches!(c, '}' | '{' | '[' | ']' | '"'))
            .map(|i| start + i)?;
        return (end > start).then_some(start..end);
    }
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\\' => at += 2,
            b'"' => return Some(start + 1..at),
            b'\n' | b'\r' => return None,
            _ => at += 1,
        }
    }
}

/// Takes the attributes that a run of inlines ends with, and the white space before them.
pub(crate) fn take_trailing(text: &str, inlines: &mut Vec<Inline<'_>>) -> Option<Result<Attributes, Malformed>> {
    let last = inlines.last()?;
    let InlineKind::Words { text: words, .. } = &last.kind else { return None };
    if !words.trim_end_matches([' ', '\t']).ends_with('}') {
        return None;
    }
    let end = last.range.start + text.get(last.range.clone())?.trim_end_matches([' ', '\t']).len();
    let mut tries = 0;
    for (index, inline) in inlines.iter().enumerate().rev() {
        if inline.range.start + LONGEST < end || matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak) {
            return None;
        }
        let InlineKind::Words { literal, .. } = inline.kind else { continue };
        let piece = text.get(inline.range.clone())?;
        for (offset, _) in piece.match_indices('{').rev().filter(|&(offset, _)| offset >= literal) {
            let start = inline.range.start + offset;
            // `[words]{…}` marks those words.
            if start > 0 && text.as_bytes()[start - 1] == b']' {
                continue;
            }
            tries += 1;
            if tries > 16 {
                return None;
            }
            let parsed = parse(text, start);
            let parsed_end = match &parsed {
                Some(Ok(attributes)) => attributes.range.end,
                Some(Err(malformed)) => malformed.range.end,
                None => continue,
            };
            if parsed_end == end {
                cut(inlines, index, offset);
                return parsed;
            }
        }
    }
    None
}

/// Cuts off what stands from byte `offset` of the inline at `index` on, and the white space before it.
fn cut(inlines: &mut Vec<Inline<'_>>, index: usize, offset: usize) {
    inlines.truncate(index + 1);
    let Some(last) = inlines.last_mut() else { return };
    if let InlineKind::Words { text, literal } = &mut last.kind {
        let kept = text[*literal..offset].trim_end_matches([' ', '\t']).len() + *literal;
        truncate(text, kept);
        last.range.end = last.range.start + kept;
        if kept == 0 {
            inlines.pop();
            // `**term** {#id}` leaves a space; `word\{ {#id}` leaves words.
        }
    }
}

fn truncate(text: &mut std::borrow::Cow<'_, str>, len: usize) {
    match text {
        std::borrow::Cow::Borrowed(s) => *s = &s[..len],
        std::borrow::Cow::Owned(s) => s.truncate(len),
    }
}

/// Takes the attributes that stand alone on the first lines of a run of inlines.
pub(crate) fn take_lines(text: &str, inlines: &mut Vec<Inline<'_>>) -> Vec<Result<Attributes, Malformed>> {
    let mut taken = Vec::new();
    let mut done = 0;
    while let Some((attributes, inlines)) = line(text, &inlines[done..]) {
        taken.push(attributes);
        done += inlines;
    }
    inlines.drain(..done);
    taken
}

/// The attributes that stand alone on the first line of a run of inlines, and how many inlines the line has with its end.
fn line(text: &str, inlines: &[Inline<'_>]) -> Option<(Result<Attributes, Malformed>, usize)> {
    let first = inlines.first()?;
    let InlineKind::Words { text: words, literal: 0 } = &first.kind else { return None };
    if !words.starts_with('{') {
        return None;
    }
    let parsed = parse(text, first.range.start)?;
    let end = match &parsed {
        Ok(attributes) => attributes.range.end,
        Err(malformed) => malformed.range.end,
    };
    let line_end = text[end..].find(['\n', '\r']).map_or(text.len(), |i| end + i);
    if !text[end..line_end].trim().is_empty() {
        return None;
    }
    let mut rest = inlines.iter().position(|inline| inline.range.start >= line_end).unwrap_or(inlines.len());
    while matches!(inlines.get(rest).map(|i| &i.kind), Some(InlineKind::SoftBreak | InlineKind::HardBreak)) {
        rest += 1;
    }
    Some((parsed, rest))
}
