//! The front matter: YAML between `---` lines.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use patra_core::{Code, Date, Diagnostic, Id, Language, Phrase, PracticeSettings, Span, phrase};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_saphyr::{Location, Spanned};

/// The fields of a front matter.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct FrontMatter {
    pub(crate) id: Option<Spanned<String>>,
    pub(crate) title: Option<Spanned<String>>,
    pub(crate) language: Option<Spanned<String>>,
    pub(crate) subject: Option<String>,
    #[serde(default)]
    pub(crate) authors: Names,
    #[serde(alias = "license")]
    pub(crate) licence: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) updated: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) tags: Names,
    /// What `==words==` is.
    pub(crate) highlight: Option<Highlight>,
    #[serde(default)]
    pub(crate) practice: PracticeSettings,
    #[serde(default)]
    pub(crate) messages: BTreeMap<String, String>,
}

/// What `==words==` is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Highlight {
    /// A gap.
    Gap,
    /// Words as they are.
    Text,
}

/// One name or several: `authors: x`, `authors: [x, y]`.
#[derive(Debug, Default)]
pub(crate) struct Names(Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamesVisitor;
        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or a list of names")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Names, E> {
                Ok(Names(vec![name.to_owned()]))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Names, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Names, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_unit<E: de::Error>(self) -> Result<Names, E> {
                Ok(Names::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Names, A::Error> {
                let mut all = Vec::new();
                // Asked for as strings, so that `1.10` and `no` stay what the author typed.
                while let Some(name) = names.next_element::<String>()? {
                    all.push(name);
                }
                Ok(Names(all))
            }
        }
        deserializer.deserialize_any(NamesVisitor)
    }
}

/// Fields of [`FrontMatter`], as authors write them.
const FIELDS: [&str; 13] = [
    "id",
    "title",
    "language",
    "subject",
    "authors",
    "licence",
    "license",
    "source",
    "updated",
    "tags",
    "highlight",
    "practice",
    "messages",
];

/// Keys of the front matter with their places. Other programs keep fields of their own there.
struct Keys(Vec<Spanned<String>>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeysVisitor;
        impl<'de> Visitor<'de> for KeysVisitor {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, de::IgnoredAny)) = fields.next_entry()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_map(KeysVisitor)
    }
}

/// Reports the fields that patra doesn't know.
fn report_unknown(yaml: &str, range: &Range<usize>, found: &mut Vec<Diagnostic>) {
    let Ok(Keys(keys)) = serde_saphyr::from_str::<Keys>(yaml) else { return };
    for key in keys.into_iter().filter(|key| !FIELDS.contains(&key.value.as_str())) {
        let message = phrase!("`{$field}` is not a field that patra knows, so it is not used", field = &key.value);
        let problem = Diagnostic::new(Code::FrontMatterField, place(yaml, range, key.referenced), message);
        found.push(match intended(&key.value) {
            Some(known) => problem.with_hint(phrase!("if you meant `{$known}`, correct it", known)),
            None => problem,
        });
    }
}

/// The field that a misspelt one stands for: one that differs in two letters at most.
fn intended(key: &str) -> Option<&'static str> {
    let key = key.to_lowercase();
    let near = |known: &str| {
        let (mut a, mut b): (Vec<char>, Vec<char>) = (key.chars().collect(), known.chars().collect());
        let lead = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        let tail = a[lead..].iter().rev().zip(b[lead..].iter().rev()).take_while(|(x, y)| x == y).count();
        a.drain(..lead);
        a.truncate(a.len() - tail);
        b.drain(..lead);
        b.truncate(b.len() - tail);
        a.len().max(b.len()) <= 2
    };
    FIELDS.into_iter().filter(|known| known.len() > 3).find(|known| near(known))
}

/// Where the YAML stands, and where the text after the front matter begins.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// There is no front matter.
    Absent,
    /// It opens and never closes.
    Unclosed,
    /// It is whole.
    Whole { yaml: Range<usize>, body: usize },
}

/// Finds the front matter of a text that begins at byte `start`.
pub(crate) fn find(text: &str, start: usize) -> Place {
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |i| from + i + 1);
    // Blank lines may come before it.
    let lead = text[start..].len() - text[start..].trim_start().len();
    let opening = text[..start + lead].rfind('\n').map_or(start, |at| start.max(at + 1));
    let first = line_end(opening);
    if text[opening..first].trim_end() != "---" {
        return Place::Absent;
    }
    if opening > start {
        return find_below(text, first);
    }
    let mut at = first;
    while at < text.len() {
        let end = line_end(at);
        if matches!(text[at..end].trim_end(), "---" | "...") {
            return Place::Whole { yaml: first..at, body: end };
        }
        at = end;
    }
    // A first line `---` and no other is a rule over a text, unless something like a field follows it.
    let second = text[first..].lines().next().unwrap_or("");
    let key = second.split_once(':').map_or("", |(key, _)| key);
    let fieldlike = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if fieldlike { Place::Unclosed } else { Place::Absent }
}

/// Finds the front matter whose fields begin at `first`, below blank lines. There `---` may also be a rule, so only lines that
/// are fields count.
fn find_below(text: &str, first: usize) -> Place {
    let mut at = first;
    for line in text[first..].split_inclusive('\n') {
        let words = line.trim_end();
        if at > first && matches!(words, "---" | "...") {
            return Place::Whole { yaml: first..at, body: at + line.len() };
        }
        let key = words.split_once(':').map_or("", |(key, _)| key);
        let field = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let inner = words.starts_with([' ', '\t', '#']) || words.starts_with("- ");
        if !(field || (inner && at > first)) {
            return Place::Absent;
        }
        at += line.len();
    }
    Place::Absent
}

/// What a front matter says.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) id: Option<Id>,
    pub(crate) title: Option<(String, Span)>,
    pub(crate) language: Option<Language>,
    pub(crate) subject: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) licence: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) updated: Option<Date>,
    pub(crate) tags: Vec<String>,
    pub(crate) highlight: bool,
    /// Whether it could not be read, so that what it would have said is not known.
    pub(crate) failed: bool,
    pub(crate) practice: PracticeSettings,
    pub(crate) messages: BTreeMap<String, String>,
}

/// Reads the YAML that stands at `range` of `text`.
pub(crate) fn read(text: &str, range: &Range<usize>, found: &mut Vec<Diagnostic>) -> Said {
    let yaml = &text[range.clone()];
    let only_comments = yaml.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if only_comments {
        return Said::default();
    }
    let fields: FrontMatter = match serde_saphyr::from_str(yaml) {
        Ok(fields) => fields,
        Err(error) => {
            found.push(problem(yaml, range, &error));
            return Said { failed: true, ..Said::default() };
        }
    };
    report_unknown(yaml, range, found);
    let mut said = Said {
        title: fields.title.map(|title| (title.value.clone(), place(yaml, range, title.referenced))),
        subject: fields.subject,
        authors: fields.authors.0,
        licence: fields.licence,
        source: fields.source,
        tags: fields.tags.0,
        highlight: fields.highlight == Some(Highlight::Gap),
        practice: fields.practice,
        messages: fields.messages,
        ..Said::default()
    };
    let mut refuse = |spot: Location, message: Phrase, hint: &'static str| {
        let span = place(yaml, range, spot);
        found.push(Diagnostic::new(Code::FrontMatter, span, message).with_hint(hint));
    };
    if let Some(id) = fields.id {
        match Id::new(&id.value) {
            Ok(id) => said.id = Some(id),
            Err(error) => refuse(id.referenced, error.into(), "write something like `id: call-centre`"),
        }
    }
    if let Some(language) = fields.language {
        match language.value.parse() {
            Ok(tag) => said.language = Some(tag),
            Err(error) => refuse(language.referenced, error.into(), "write the code of the language: `hi`, `en`"),
        }
    }
    if let Some(updated) = fields.updated {
        match updated.value.parse() {
            Ok(date) => said.updated = Some(date),
            Err(error) => refuse(updated.referenced, error.into(), "write year, month and day: `2026-11-24`"),
        }
    }
    said
}

/// The span of a place in the YAML; of its line where the place has no length.
fn place(yaml: &str, range: &Range<usize>, location: Location) -> Span {
    let span = location.span();
    let start = match span.byte_offset() {
        Some(offset) => usize::try_from(offset).unwrap_or(yaml.len()).min(yaml.len()),
        None => {
            let line = usize::try_from(location.line()).unwrap_or(1).max(1);
            let start: usize = yaml.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let column = usize::try_from(location.column()).unwrap_or(1).max(1);
            yaml[start..].char_indices().nth(column - 1).map_or(yaml.len(), |(i, _)| start + i)
        }
    };
    let length = span.byte_len().and_then(|len| usize::try_from(len).ok()).unwrap_or(0);
    let end = if length > 0 { start + length } else { yaml[start..].find('\n').map_or(yaml.len(), |i| start + i) };
    Span::new(range.start + start, range.start + end.clamp(start, yaml.len()))
}

fn problem(yaml: &str, range: &Range<usize>, error: &serde_saphyr::Error) -> Diagnostic {
    let rendered = error.without_snippet().to_string();
    let message = rendered.lines().next().unwrap_or("it is not well-formed").trim();
    // The place is told by the span, in the columns of the whole file.
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let message = message.rfind(" at line ").map_or(message, |at| &message[..at]);
    let message = message.find(", expected one of").map_or(message, |at| &message[..at]);
    let message = message.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ');
    let span = error.location().map_or(Span::new(range.start, range.end), |spot| place(yaml, range, spot));
    Diagnostic::new(Code::FrontMatter, span, phrase!("the front matter can't be read: {$message}", message)).with_hint(
        "its fields are id, title, language, subject, authors, licence, source, updated, tags, highlight, practice and messages; put a \
         value that holds `: ` in quotes",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(text: &str) -> Option<&str> {
        match find(text, 0) {
            Place::Whole { yaml, .. } => Some(&text[yaml]),
            _ => None,
        }
    }

    #[test]
    fn blank_lines_may_come_before_it() {
        let fields = "title: नदी\ntags:\n  - a\n- b\n# note\n";
        for lead in ["", "\n", "\r\n \t\n", "\n\n\n"] {
            assert_eq!(yaml(&format!("{lead}---\n{fields}---\n\nनदी\n")), Some(fields), "{lead:?}");
        }
        // Below blank lines `---` may be a rule.
        for text in
            ["\n---\n\nwords\n\n---\n", "\n---\nwords\n---\n", "\n---\n---\n", "\n---\na: b\n", "\nx\n---\na: b\n---\n"]
        {
            assert_eq!(find(text, 0), Place::Absent, "{text:?}");
        }
        assert_eq!(yaml("\n ---\na: b\n---\n"), None);
    }

    #[test]
    fn fields_of_other_programs_are_passed_over_and_reported() {
        let source = "aliases: [Cell notes]\ntags: [bio]\n\"css class\": {a: 1}\n7: x\ntitel: Cells\n";
        let mut found = Vec::new();
        let said = read(source, &(0..source.len()), &mut found);
        assert_eq!((said.tags, said.failed, said.title), (vec!["bio".to_owned()], false, None));
        let told: Vec<(Code, &str, bool)> = found
            .iter()
            .map(|problem| (problem.code, &source[problem.span.start()..problem.span.end()], problem.hint.is_some()))
            .collect();
        let code = Code::FrontMatterField;
        assert_eq!(
            told,
            [(code, "aliases", false), (code, "\"css class\"", false), (code, "7", false), (code, "titel", true)]
        );
    }
}
