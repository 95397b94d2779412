//! Attributes in braces, `{#id key="value"}`, added to the source and taken out of it.

use std::ops::Range;

use crate::front_matter::Replacement;
use crate::rewrite::{container, line_of};

/// An attribute added to those that stand after `at`, or as the first there.
pub(crate) fn attached(text: &str, at: usize, attribute: &str) -> Replacement {
    let mut at = at;
    for mark in ["**:", ":**", "：**", "**"] {
        if text[at..].starts_with(mark) {
            at += if mark == "**:" { 2 } else { mark.len() };
            break;
        }
    }
    let after = &text[at..];
    let lead = after.len() - after.trim_start_matches([' ', '\t']).len();
    if is_attribute(&after[lead..]) {
        return (at + lead + 1..at + lead + 1, format!("{attribute} "));
    }
    (at..at, format!(" {{{attribute}}}"))
}

/// Whether braces that hold attributes begin here.
pub(crate) fn is_attribute(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('{') else { return false };
    let inner = rest.split(['}', '\n']).next().unwrap_or_default();
    inner.starts_with(['#', '.'])
        || inner
            .split_once('=')
            .is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'))
}

/// An attribute on a line before the block that begins at `at`; added to the line that is there.
pub(crate) fn before_block(text: &str, at: usize, attribute: &str) -> Option<Replacement> {
    let lead = container(text, at)?;
    let start = at - lead.len();
    if start > 0 {
        let above = line_of(text, &(start - 1..start - 1));
        let line = &text[above.clone()];
        let inner = line.trim_start_matches([' ', '\t', '>']);
        if is_attribute(inner) && inner.trim_end().ends_with('}') {
            let brace = above.start + line.len() - inner.len() + 1;
            return Some((brace..brace, format!("{attribute} ")));
        }
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Some((start..start, format!("{lead}{{{attribute}}}{newline}")))
}

/// The attribute `key` whose value stands at `range`, taken out; its braces too where nothing else is in them.
pub(crate) fn without_attribute(text: &str, range: &Range<usize>, key: &str) -> Option<Replacement> {
    let quoted = text[..range.start].ends_with('"') && text[range.end..].starts_with('"');
    let start = range.start.checked_sub(key.len() + 1 + usize::from(quoted))?;
    let end = range.end + usize::from(quoted);
    if !text.get(start..)?.starts_with(&format!("{key}=")) {
        return None;
    }
    let open = text[..start].rfind('{')?;
    let close = end + text[end..].find('}')?;
    if text[open + 1..start].trim().is_empty() && text[end..close].trim().is_empty() {
        let line = line_of(text, &(open..close + 1));
        let alone = text[line.start..open].trim_matches([' ', '\t', '>']).is_empty()
            && text[close + 1..line.end].trim().is_empty();
        let lead = text[..open].len() - text[..open].trim_end_matches(' ').len();
        return Some((if alone { line } else { open - lead..close + 1 }, String::new()));
    }
    let after = text[end..].len() - text[end..].trim_start_matches(' ').len();
    let before = text[..start].len() - text[..start].trim_end_matches(' ').len();
    // A space on one side is enough.
    let range = if text[end + after..].starts_with('}') { start - before..end } else { start..end + after };
    Some((range, String::new()))
}
