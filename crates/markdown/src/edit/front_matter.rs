//! Single fields of the front matter, changed in place.

use std::ops::Range;

use super::{Change, Document, Edit};
use crate::{front_matter, yaml_scalar};

/// A value for a field of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrontMatterValue {
    /// Removes the field.
    Absent,
    /// Words.
    One(String),
    /// A list; a field with a single name stays a scalar if it can.
    Many(Vec<String>),
    /// YAML that is written as it is, such as a day.
    Bare(String),
}

impl Document {
    /// Sets a field of the front matter that is no running text: `subject`, `authors`, `updated`.
    #[must_use]
    pub fn set_front_matter(&self, key: &str, value: &FrontMatterValue) -> Change {
        Change::one(set(self.text(), key, value))
    }
}

/// The edit that gives a field the value; `None` if the front matter is written in a way that can't be changed in place.
pub(super) fn set(source: &str, key: &str, value: &FrontMatterValue) -> Option<Edit> {
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let Some(body) = body(source) else {
        let line = line(key, value)?;
        let start = if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        return Some(Edit::new(start..start, format!("---{newline}{line}{newline}---{newline}{newline}")));
    };
    let names: &[&str] = if key == "licence" { &["licence", "license"] } else { &[key] };
    let mut at = body.start;
    for text in source[body.clone()].split_inclusive('\n') {
        let entry = names.iter().find_map(|name| {
            let rest = text.strip_prefix(name)?;
            let rest = rest.strip_prefix(':')?;
            rest.starts_with([' ', '\t', '\r', '\n']).then_some(rest)
        });
        if let Some(rest) = entry {
            let lead = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let from = at + text.len() - rest.len() + lead;
            let to = from + scalar_length(&rest[lead..])?;
            // A value that goes on in the lines below it.
            let after = &source[at + text.len()..body.end];
            if after.starts_with([' ', '\t', '-']) && !after.starts_with("---") {
                return None;
            }
            let one = match value {
                // A name by itself stays one.
                FrontMatterValue::Many(names) if names.len() == 1 && !rest[lead..].starts_with('[') => {
                    FrontMatterValue::One(names[0].clone())
                }
                other => other.clone(),
            };
            return Some(match written(&one) {
                Some(written) => Edit::new(from..to, if lead == 0 { format!(" {written}") } else { written }),
                None => Edit::new(at..at + text.len(), ""),
            });
        }
        at += text.len();
    }
    let line = line(key, value)?;
    Some(Edit::new(body.end..body.end, format!("{line}{newline}")))
}

fn line(key: &str, value: &FrontMatterValue) -> Option<String> {
    Some(format!("{key}: {}", written(value)?))
}

fn written(value: &FrontMatterValue) -> Option<String> {
    match value {
        FrontMatterValue::Absent => None,
        FrontMatterValue::One(words) => Some(yaml_scalar(words)),
        FrontMatterValue::Bare(words) => Some(words.clone()),
        FrontMatterValue::Many(names) if names.is_empty() => None,
        FrontMatterValue::Many(names) => {
            Some(format!("[{}]", names.iter().map(|n| yaml_scalar(n)).collect::<Vec<_>>().join(", ")))
        }
    }
}

/// Whether the front matter has a field.
pub(super) fn has(source: &str, key: &str) -> bool {
    body(source).is_some_and(|body| source[body].lines().any(|line| line.starts_with(&format!("{key}:"))))
}

/// Content between the lines of `---`.
fn body(source: &str) -> Option<Range<usize>> {
    let start = if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    match front_matter::find(source, start) {
        front_matter::Place::Whole { yaml, .. } => Some(yaml),
        _ => None,
    }
}

/// The length of the scalar or list that a line begins with; `None` for a block that stands below it.
fn scalar_length(text: &str) -> Option<usize> {
    let line = text.trim_end_matches(['\r', '\n']);
    let quoted = |mark: char| {
        let mut escaped = false;
        let mut chars = line.char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                _ if escaped => escaped = false,
                '\\' if mark == '"' => escaped = true,
                c if c == mark && mark == '\'' && chars.peek().is_some_and(|&(_, next)| next == mark) => {
                    chars.next();
                }
                c if c == mark => return Some(at + 1),
                _ => {}
            }
        }
        None
    };
    match line.chars().next() {
        None => Some(0),
        Some('"') => quoted('"'),
        Some('\'') => quoted('\''),
        Some('[') => {
            let end = line.rfind(']')?;
            let rest = line[end + 1..].trim_start();
            (rest.is_empty() || rest.starts_with('#')).then_some(end + 1)
        }
        Some('|' | '>' | '&' | '*' | '!' | '{' | '#') => None,
        Some(_) => Some(line.find(" #").map_or(line, |at| &line[..at]).trim_end().len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(source: &str, key: &str, value: &FrontMatterValue) -> Option<String> {
        let Edit { range, text } = set(source, key, value)?;
        Some(format!("{}{text}{}", &source[..range.start], &source[range.end..]))
    }

    #[test]
    fn a_field_is_changed_and_all_else_left() {
        let source = "---\ntitle: \"क: ख\" # नाम\nsubject: विज्ञान\ntags: [a, 'b, c']\n---\n\nx\n";
        let one = |words: &str| FrontMatterValue::One(words.into());
        assert_eq!(
            after(source, "title", &one("नया")).as_deref(),
            Some("---\ntitle: नया # नाम\nsubject: विज्ञान\ntags: [a, 'b, c']\n---\n\nx\n")
        );
        assert_eq!(
            after(source, "subject", &one("a: b")).as_deref(),
            Some("---\ntitle: \"क: ख\" # नाम\nsubject: \"a: b\"\ntags: [a, 'b, c']\n---\n\nx\n")
        );
        assert_eq!(
            after(source, "tags", &FrontMatterValue::Many(vec!["a".into(), "1".into()])).as_deref(),
            Some("---\ntitle: \"क: ख\" # नाम\nsubject: विज्ञान\ntags: [a, \"1\"]\n---\n\nx\n")
        );
        assert_eq!(
            after(source, "subject", &FrontMatterValue::Absent).as_deref(),
            Some("---\ntitle: \"क: ख\" # नाम\ntags: [a, 'b, c']\n---\n\nx\n")
        );
        assert_eq!(
            after(source, "licence", &one("CC0")).as_deref(),
            Some("---\ntitle: \"क: ख\" # नाम\nsubject: विज्ञान\ntags: [a, 'b, c']\nlicence: CC0\n---\n\nx\n")
        );
        assert_eq!(after("x\n", "subject", &one("क")).as_deref(), Some("---\nsubject: क\n---\n\nx\n"));
    }

    #[test]
    fn what_stands_in_lines_of_its_own_is_left_alone() {
        let many = FrontMatterValue::Many(vec!["a".into()]);
        assert_eq!(after("---\ntags:\n  - a\n---\n", "tags", &many), None);
        assert_eq!(after("---\ntags:\n- a\n---\n", "tags", &many), None);
        assert_eq!(after("---\nsubject: >\n  a\n---\n", "subject", &many), None);
    }
}
