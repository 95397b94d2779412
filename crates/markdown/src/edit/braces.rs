//! Attributes in braces, `{#id key="value"}`, added to the source and removed from it.

use std::ops::Range;

use super::Edit;
use super::lines::{container, line_of, newline};

/// Adds an attribute to those that follow `at`, or as the first there.
pub(super) fn attached(text: &str, at: usize, attribute: &str) -> Edit {
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
        return Edit::new(at + lead + 1..at + lead + 1, format!("{attribute} "));
    }
    Edit::new(at..at, format!(" {{{attribute}}}"))
}

/// Whether braces that hold attributes begin here.
pub(super) fn is_attribute(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('{') else { return false };
    let inner = rest.split(['}', '\n']).next().unwrap_or_default();
    inner.starts_with(['#', '.'])
        || inner
            .split_once('=')
            .is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'))
}

/// Adds an attribute on a line before the block that begins at `at`, or to the attributes on that line.
pub(super) fn before_block(text: &str, at: usize, attribute: &str) -> Option<Edit> {
    let lead = container(text, at)?;
    let start = at - lead.len();
    if start > 0 {
        let above = line_of(text, &(start - 1..start - 1));
        let line = &text[above.clone()];
        let inner = line.trim_start_matches([' ', '\t', '>']);
        if is_attribute(inner) && inner.trim_end().ends_with('}') {
            let brace = above.start + line.len() - inner.len() + 1;
            return Some(Edit::new(brace..brace, format!("{attribute} ")));
        }
    }
    Some(Edit::new(start..start, format!("{lead}{{{attribute}}}{}", newline(text))))
}

/// Removes the attribute `key` whose value is at `range`, and its braces if they hold nothing else.
pub(super) fn without_attribute(text: &str, range: &Range<usize>, key: &str) -> Option<Edit> {
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
        return Some(Edit::new(if alone { line } else { open - lead..close + 1 }, ""));
    }
    let after = text[end..].len() - text[end..].trim_start_matches(' ').len();
    let before = text[..start].len() - text[..start].trim_end_matches(' ').len();
    // A space on one side is enough.
    let range = if text[end + after..].starts_with('}') { start - before..end } else { start..end + after };
    Some(Edit::new(range, ""))
}
