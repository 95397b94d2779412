//! The whole of a material.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Block, Code, Date, Diagnostic, Id, Language, Phrase, PracticeSettings, Section, Source, Span, Text, keys_at, phrase,
};

/// The newest version of the stored form that this patra reads and writes. It reads all before it too, and writes the
/// oldest that has all that a material holds, so that older programs go on reading what they can.
///
/// | version | what it added |
/// |---|---|
/// | 1 | |
/// | 2 | superscripts, subscripts and words struck out; verse; markers of lists; stems of questions, letters of choices, choices that keep their place, room to write |
pub const FORMAT_VERSION: u64 = 2;

/// A material: what one source teaches, in one language.
///
/// Editions of a material in several languages have the same [id](Material::id), and so have the things in them that
/// mean the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Material {
    /// The version of the stored form, under the key `patra`: as it is read, one that this patra knows; as it is written,
    /// the [oldest](Material::version) that has all that the material holds.
    #[serde(rename = "patra", skip_serializing)]
    pub format: Format,
    /// Its id; derived from the title where the author gave none.
    #[serde(default, skip_serializing_if = "Id::is_unset")]
    pub id: Id,
    /// Its title.
    pub title: Text,
    /// The language it is written in.
    pub language: Language,
    /// The subject it belongs to, as a school would call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Under what terms it may be used; an SPDX expression where one fits: `CC-BY-4.0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Where it comes from: a title, a URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day its content last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Date>,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What of it is asked.
    #[serde(default, skip_serializing_if = "PracticeSettings::is_default")]
    pub practice: PracticeSettings,
    /// Messages of its own, by the ids of the message files, each a Fluent pattern: they come before patra's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub messages: BTreeMap<String, String>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A version of the stored form that this patra reads: 1 to [`FORMAT_VERSION`]. Any other is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Format;

impl Serialize for Material {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Rest<'a>(&'a Material);
        impl Serialize for Rest<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Material::serialize(self.0, serializer)
            }
        }
        #[derive(Serialize)]
        struct Stored<'a> {
            patra: u64,
            #[serde(flatten)]
            rest: Rest<'a>,
        }
        Stored { patra: self.version(), rest: Rest(self) }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Material {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Material::deserialize(deserializer)
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u64::deserialize(deserializer)? {
            1..=FORMAT_VERSION => Ok(Format),
            other => Err(serde::de::Error::custom(format_args!(
                "{UNKNOWN_VERSION} {other}; this patra reads versions 1 to {FORMAT_VERSION}"
            ))),
        }
    }
}

const UNKNOWN_VERSION: &str = "the stored form has version";

impl Material {
    /// The stored form: JSON, indented by two spaces, with a line feed at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Serialising plain structs of strings and numbers into memory has no way to fail.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// A material from its stored form, with the ids it lacks [derived](Material::assign_ids).
    ///
    /// # Errors
    /// Where the text is not JSON, has a version this patra doesn't know, lacks a field or has one that is unknown: what
    /// and where. [`problems`](Material::problems) tells what else may be wrong with it.
    pub fn from_json(json: &str) -> Result<Self, Diagnostic> {
        let mut material: Material = serde_json::from_str(json).map_err(|error| json_problem(json, &error))?;
        material.assign_ids();
        Ok(material)
    }

    /// The version of the stored form that it is written in: the oldest that has all that it holds.
    #[must_use]
    pub fn version(&self) -> u64 {
        let mut version = 1;
        self.walk_texts(&mut |text, _| text.walk(&mut |run| version = version.max(run.since())));
        self.walk_blocks(&mut |block, _| version = version.max(block.since()));
        self.walk_blocks(&mut |block, _| {
            if let Block::Question(question) = block
                && (question.marks.is_some() || question.choices.iter().any(|choice| choice.pinned))
            {
                version = version.max(2);
            }
        });
        version
    }

    /// Visits every text with where it stands: the title, each section's heading, and the texts of all blocks.
    pub fn walk_texts<'a>(&'a self, visit: &mut dyn FnMut(&'a Text, Span)) {
        visit(&self.title, Span::NONE);
        self.walk_sections(&mut |section, _| visit(&section.heading, section.span));
        self.walk_blocks(&mut |block, _| block.texts(visit));
    }

    /// Visits every section, each before its subsections.
    pub fn walk_sections<'a>(&'a self, visit: &mut dyn FnMut(&'a Section, &[&'a Section])) {
        fn walk<'a>(
            sections: &'a [Section],
            above: &mut Vec<&'a Section>,
            visit: &mut dyn FnMut(&'a Section, &[&'a Section]),
        ) {
            for section in sections {
                visit(section, above);
                above.push(section);
                walk(&section.sections, above, visit);
                above.pop();
            }
        }
        walk(&self.sections, &mut Vec::new(), visit);
    }

    /// Visits every block in reading order with the section it stands in, each before the blocks inside it.
    pub fn walk_blocks<'a>(&'a self, visit: &mut dyn FnMut(&'a Block, &'a Section)) {
        fn walk<'a>(block: &'a Block, section: &'a Section, visit: &mut dyn FnMut(&'a Block, &'a Section)) {
            visit(block, section);
            for child in block.children() {
                walk(child, section, visit);
            }
        }
        self.walk_sections(&mut |section, _| {
            for block in &section.blocks {
                walk(block, section, visit);
            }
        });
    }
}

/// A problem that serde_json found, at its place in graphemes.
fn json_problem(json: &str, error: &serde_json::Error) -> Diagnostic {
    let source = Source::new(json.to_owned());
    let full = error.to_string();
    let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
    // What the error says of its place counts bytes.
    if message.starts_with("recursion limit exceeded") {
        let at = source.offset(error.line().max(1), error.column().max(1));
        return Diagnostic::new(
            Code::TooLarge,
            whole_characters(json, at.saturating_sub(1), at.max(1)),
            phrase!("the stored form is nested more than {$limit} deep", limit = 128_u8),
        )
        .with_hint("take blocks out of the lists, notes and quotes around them");
    }
    let mut end = source.offset(error.line().max(1), error.column().max(1));
    let mut start = end;
    // serde_json reports an unknown field after it has read the key: point at the key itself.
    if let Some(field) = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
        let quoted = format!("\"{field}\"");
        if let Some(at) = json.get(..=end).or(json.get(..end)).and_then(|before| before.rfind(&quoted)) {
            (start, end) = (at, at + quoted.len());
        }
    }
    let code = if message.starts_with(UNKNOWN_VERSION) { Code::FormatVersion } else { Code::Json };
    let message = Phrase::verbatim(message);
    let problem = Diagnostic::new(code, whole_characters(json, start, end.max(start + 1)), message);
    let keys = if error.is_data() { keys_at(json, end) } else { String::new() };
    if keys.is_empty() { problem } else { problem.with_hint(phrase!("the field is `{$keys}`", keys)) }
}

/// The place of the characters that hold these bytes: an error counts bytes, and may stand within a character or after the last.
fn whole_characters(text: &str, start: usize, end: usize) -> Span {
    let (mut start, mut end) = (start.min(text.len()), end.min(text.len()));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{List, ListItem, Paragraph, Question, Room, Run, Verse};

    #[test]
    fn what_is_wrong_has_a_place_of_whole_characters() {
        for json in ["क", "{\"title\": क}", "{", "{\"title\": \"क\u{1}\"}", "{क: 1}", "[\n", "\n"] {
            let problem = Material::from_json(json).expect_err("it is not the stored form");
            let span = problem.span;
            assert!(json.get(span.start()..span.end()).is_some(), "{json:?}: {span:?}");
        }
    }

    #[test]
    fn the_stored_form_reads_back() {
        let paragraph = Block::Paragraph(Paragraph { text: "क्षमा".into(), span: Span::NONE });
        let section = Section { heading: "पहला".into(), blocks: vec![paragraph], ..Section::default() };
        let mut material = Material {
            title: "शीर्षक".into(),
            language: "hi".parse().expect("a tag"),
            sections: vec![section],
            ..Material::default()
        };
        material.assign_ids();
        assert!(material.to_json().starts_with("{\n  \"patra\": 1,\n  \"id\": \"शीर्षक\""), "{}", material.to_json());
        assert_eq!(Material::from_json(&material.to_json()), Ok(material));
    }

    #[test]
    fn a_material_is_written_in_the_oldest_version_that_has_all_it_holds() {
        let with = |run: Run| {
            let text = [Run::Plain("10".into()), Run::Strong([run].into_iter().collect())].into_iter().collect();
            let paragraph = Block::Paragraph(Paragraph { text, span: Span::NONE });
            let section = Section { blocks: vec![paragraph], ..Section::default() };
            let mut material = Material {
                title: "शक्ति".into(),
                language: "hi".parse().expect("a tag"),
                sections: vec![section],
                ..Material::default()
            };
            material.assign_ids();
            material
        };
        for (run, version) in [
            (Run::Emphasis("8".into()), 1),
            (Run::Superscript("8".into()), 2),
            (Run::Subscript("8".into()), 2),
            (Run::Strikeout("8".into()), 2),
        ] {
            let material = with(run);
            let json = material.to_json();
            assert!(json.starts_with(&format!("{{\n  \"patra\": {version},\n  \"id\"")), "{json}");
            assert_eq!(Material::from_json(&json), Ok(material.clone()));
            // A newer number than it takes does no harm.
            assert_eq!(Material::from_json(&json.replacen(&version.to_string(), "2", 1)), Ok(material));
        }
    }

    #[test]
    fn blocks_that_an_older_program_would_refuse_are_of_the_second_version() {
        let item = ListItem { text: "क".into(), ..ListItem::default() };
        let list = List { start: Some(1), items: vec![item], ..List::default() };
        let question = Question { prompt: "क?".into(), answer: "ख".into(), ..Question::default() };
        let marker = "(क)".parse().expect("a marker");
        for (block, version) in [
            (Block::List(list.clone()), 1),
            (Block::List(List { marker, ..list.clone() }), 2),
            (Block::Question(question.clone()), 1),
            (Block::Question(Question { room: Some(Room::Lines(3)), ..question.clone() }), 2),
            (Block::Question(Question { stem: vec![Block::List(list)], ..question }), 2),
            (Block::Verse(Verse { stanzas: vec![vec!["क".into()]], ..Verse::default() }), 2),
        ] {
            let section = Section { blocks: vec![block], ..Section::default() };
            let mut material = Material { title: "क".into(), sections: vec![section], ..Material::default() };
            material.assign_ids();
            assert_eq!(material.version(), version, "{:?}", material.sections);
            assert_eq!(Material::from_json(&material.to_json()), Ok(material));
        }
    }

    #[test]
    fn an_unknown_field_is_refused_in_its_place() {
        let json = "{\"patra\": 1, \"title\": \"क\", \"language\": \"hi\",\n \"sections\": [{\"heading\": \"क्षमा\", \"colour\": 1}]}";
        let problem = Material::from_json(json).expect_err("colour is unknown");
        let place = Source::new(json.into()).position(problem.span.start());
        assert_eq!((problem.code, place.line, place.column), (Code::Json, 2, 33));
        assert!(problem.message.contains("colour"), "{problem}");
        assert_eq!(problem.hint.as_deref(), Some("the field is `sections[0].colour`"));
    }

    #[test]
    fn nesting_past_the_reader_is_told_in_its_place() {
        let json = format!("\n क {}", "[".repeat(100_000));
        let problem = Material::from_json(&json).expect_err("no JSON");
        assert_eq!(problem.code, Code::Json);
        let json = format!("{{\"patra\": 1,\n \"title\": {}", "[{\"strong\": ".repeat(100_000));
        let problem = Material::from_json(&json).expect_err("too deep");
        let place = Source::new(json).position(problem.span.start());
        assert_eq!((problem.code, place.line), (Code::TooLarge, 2), "{problem}");
        assert!(problem.message.contains("128"), "{problem}");
    }

    #[test]
    fn another_version_is_refused() {
        for version in ["0", "3"] {
            let json = format!(r#"{{"patra": {version}, "title": "", "language": "hi", "sections": []}}"#);
            let problem = Material::from_json(&json).expect_err("an unknown version");
            assert_eq!(problem.code, Code::FormatVersion);
            assert!(problem.message.contains("versions 1 to 2"), "{problem}");
        }
        let problem =
            Material::from_json(r#"{"title": "", "language": "hi", "sections": []}"#).expect_err("no version");
        assert!(problem.message.contains("patra"), "{problem}");
    }
}
