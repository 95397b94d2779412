//! The front matter: YAML between `---` lines.

use std::ops::Range;

use patra_core::{Code, Date, Diagnostic, Id, Language, Span};
use serde::Deserialize;
use serde_saphyr::{Location, Spanned};

/// The fields of a front matter.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
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

/// One name or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Names {
    /// `authors: [x, y]`
    Several(Vec<String>),
    /// `authors: x`
    One(String),
}

impl Default for Names {
    fn default() -> Self {
        Names::Several(Vec::new())
    }
}

impl Names {
    pub(crate) fn into_vec(self) -> Vec<String> {
        match self {
            Names::Several(names) => names,
            Names::One(name) => vec![name],
        }
    }
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
    let first = line_end(start);
    if text[start..first].trim_end() != "---" {
        return Place::Absent;
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
            return Said::default();
        }
    };
    let mut said = Said {
        title: fields.title.map(|title| (title.value.clone(), place(yaml, range, title.referenced))),
        subject: fields.subject,
        authors: fields.authors.into_vec(),
        licence: fields.licence,
        source: fields.source,
        tags: fields.tags.into_vec(),
        highlight: fields.highlight == Some(Highlight::Gap),
        ..Said::default()
    };
    let mut refuse = |spot: Location, message: String, hint: &str| {
        let span = place(yaml, range, spot);
        found.push(Diagnostic::new(Code::FrontMatter, span, message).with_hint(hint));
    };
    if let Some(id) = fields.id {
        match Id::new(&id.value) {
            Ok(id) => said.id = Some(id),
            Err(error) => refuse(id.referenced, error.to_string(), "write something like `id: call-centre`"),
        }
    }
    if let Some(language) = fields.language {
        match language.value.parse() {
            Ok(tag) => said.language = Some(tag),
            Err(error) => refuse(language.referenced, error.to_string(), "write the code of the language: `hi`, `en`"),
        }
    }
    if let Some(updated) = fields.updated {
        match updated.value.parse() {
            Ok(date) => said.updated = Some(date),
            Err(error) => refuse(updated.referenced, error.to_string(), "write year, month and day: `2026-11-24`"),
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
            yaml.split_inclusive('\n').take(line - 1).map(str::len).sum()
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
    let message = match message.strip_prefix("error: ").unwrap_or(message) {
        m => m.rfind(" at line ").map_or(m, |at| &m[..at]),
    };
    let message = message.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ');
    let span = error.location().map_or(Span::new(range.start, range.end), |spot| place(yaml, range, spot));
    Diagnostic::new(Code::FrontMatter, span, format!("the front matter can't be read: {message}")).with_hint(
        "its fields are id, title, language, subject, authors, licence, source, updated, tags and highlight; put a \
         value that holds `: ` in quotes",
    )
}
