//! Material to source.

use std::collections::BTreeMap;

use patra_core::{Block, Id, Language, Material, PracticeSettings, Section, Text};

use crate::layout::{self, Words};
use crate::prose::{Place, bold_prose, bracketed_prose, prose};

/// Writes a material as patra's Markdown.
///
/// What is read back from it is the same material. Ids are written only where they are not the ones that
/// [`Material::assign_ids`] would derive.
#[must_use]
pub fn write(material: &Material) -> String {
    let material = with_explicit_ids(material);
    let words = Words::of(material.language.primary());
    let mut out = front_matter(&material);
    for (index, section) in material.sections.iter().enumerate() {
        write_section(section, 1, index == 0, words, &mut out);
    }
    out
}

/// Where a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Setting {
    /// A paragraph, an answer, a description: lines may break in it.
    Paragraph,
    /// On one line: a term, a prompt.
    Line,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// The value of an attribute, in quotes.
    Value,
    /// Within the brackets of a picture.
    Brackets,
    /// Within the `**` of a term in a list.
    Bold,
}

/// Writes a text as patra's Markdown. What is read back from it, where it stands by itself, is the same text.
#[must_use]
pub fn write_text(text: &Text, setting: Setting) -> String {
    let place = match setting {
        Setting::Paragraph => Place::PARAGRAPH,
        Setting::Line => Place::LINE,
        Setting::Heading => Place::HEADING,
        Setting::Cell => Place::CELL,
        Setting::Value => Place::VALUE,
        Setting::Brackets => return bracketed_prose(text),
        Setting::Bold => {
            let bold = bold_prose(text, Place::LINE);
            return bold.strip_prefix("**").and_then(|rest| rest.strip_suffix("**")).unwrap_or(&bold).to_owned();
        }
    };
    prose(text, place)
}

/// Writes a block as patra's Markdown, without a line end after it, with every id that is set. `depth` is 1 for a block of a
/// section and one more for each block around it.
#[must_use]
pub fn write_block(block: &Block, language: &Language, depth: usize) -> String {
    layout::blocks(std::slice::from_ref(block), depth, Words::of(language.primary()))
}

/// Writes a scalar of the front matter as YAML.
#[must_use]
pub fn yaml_scalar(value: &str) -> String {
    scalar(value)
}

fn write_section(section: &Section, level: usize, first: bool, words: Words, out: &mut String) {
    let untitled = section.heading.is_empty() && section.id.is_unset();
    let bare = first && untitled && section.sections.is_empty() && !section.blocks.is_empty();
    if !bare {
        out.push('\n');
        out.push_str(&"#".repeat(level.min(6)));
        if !section.heading.is_empty() {
            out.push(' ');
            out.push_str(&prose(&section.heading, Place::HEADING));
        }
        if !section.id.is_unset() {
            out.push_str(&format!(" {{#{}}}", section.id));
        }
        out.push('\n');
    }
    let blocks = layout::blocks(&section.blocks, 1, words);
    if !blocks.is_empty() {
        out.push('\n');
        out.push_str(&blocks);
        out.push('\n');
    }
    for subsection in &section.sections {
        write_section(subsection, level + 1, false, words, out);
    }
}

fn front_matter(material: &Material) -> String {
    let mut out = String::from("---\n");
    let mut field = |key: &str, value: &str| {
        out.push_str(key);
        out.push_str(": ");
        out.push_str(value);
        out.push('\n');
    };
    if !material.id.is_unset() {
        field("id", material.id.as_str());
    }
    field("title", &scalar(&prose(&material.title, Place::LINE)));
    field("language", &scalar(&material.language.to_string()));
    let list = |values: &[String]| format!("[{}]", values.iter().map(|v| scalar(v)).collect::<Vec<_>>().join(", "));
    for (key, value) in [("subject", &material.subject), ("licence", &material.licence), ("source", &material.source)] {
        if let Some(value) = value {
            field(key, &scalar(value));
        }
    }
    if !material.authors.is_empty() {
        field("authors", &list(&material.authors));
    }
    if let Some(updated) = material.updated {
        field("updated", &updated.to_string());
    }
    if !material.tags.is_empty() {
        field("tags", &list(&material.tags));
    }
    #[derive(serde::Serialize)]
    struct Settings<'m> {
        #[serde(skip_serializing_if = "PracticeSettings::is_default")]
        practice: &'m PracticeSettings,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        messages: &'m BTreeMap<String, String>,
    }
    let settings = Settings { practice: &material.practice, messages: &material.messages };
    if !settings.practice.is_default() || !settings.messages.is_empty() {
        // Plain maps of strings have no way to fail.
        out.push_str(&serde_saphyr::to_string(&settings).unwrap_or_default());
    }
    out.push_str("---\n");
    out
}

/// A YAML scalar (YAML 1.2, 7.3): plain where nobody could take it for anything but words, else in double quotes.
fn scalar(value: &str) -> String {
    const OTHER: [&str; 14] =
        ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf", "und", "nil", "none"];
    let plain = value.starts_with(char::is_alphabetic)
        && value.ends_with(|c: char| !c.is_whitespace())
        && value.chars().all(|c| {
            c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '।') || is_indic_mark(c)
        })
        && !OTHER.contains(&value.to_lowercase().as_str());
    if plain {
        return value.to_owned();
    }
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Line ends and what a parser may refuse or fold.
            c if c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_indic_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}')
}

/// How often ids are derived to find out which need to be written.
const ROUNDS: usize = 4;

/// The material without the ids that would be derived if they weren't written.
fn with_explicit_ids(material: &Material) -> Material {
    let mut wanted = material.clone();
    let wanted: Vec<Id> = ids(&mut wanted).into_iter().map(|id| id.clone()).collect();
    let mut bare = material.clone();
    ids(&mut bare).into_iter().for_each(|id| *id = Id::default());
    // Whether an id is derived depends on the others, so each round may need some more. Two or three settle it, but for
    // materials whose headings repeat; those get all their ids written.
    for _ in 0..ROUNDS {
        let mut derived = bare.clone();
        derived.assign_ids();
        let derived: Vec<Id> = ids(&mut derived).into_iter().map(|id| id.clone()).collect();
        let mut changed = false;
        for ((id, wanted), derived) in ids(&mut bare).into_iter().zip(&wanted).zip(derived) {
            if id.is_unset() && !wanted.is_unset() && derived != *wanted {
                *id = wanted.clone();
                changed = true;
            }
        }
        if !changed {
            return bare;
        }
    }
    material.clone()
}

/// Every id below the material's own, in one order.
fn ids(material: &mut Material) -> Vec<&mut Id> {
    fn of_block<'a>(block: &'a mut Block, out: &mut Vec<&'a mut Id>) {
        match block {
            Block::Definition(b) => {
                out.push(&mut b.id);
                b.details.iter_mut().for_each(|block| of_block(block, out));
            }
            Block::Terms(b) => {
                out.push(&mut b.id);
                for entry in &mut b.entries {
                    out.push(&mut entry.id);
                    entry.details.iter_mut().for_each(|block| of_block(block, out));
                }
            }
            Block::Comparison(b) => {
                out.push(&mut b.id);
                out.extend(b.subjects.iter_mut().map(|subject| &mut subject.id));
                out.extend(b.aspects.iter_mut().map(|aspect| &mut aspect.id));
            }
            Block::Question(b) => {
                out.push(&mut b.id);
                b.stem.iter_mut().chain(&mut b.details).for_each(|block| of_block(block, out));
            }
            Block::Cloze(b) => out.push(&mut b.id),
            Block::List(b) => {
                b.items.iter_mut().flat_map(|item| &mut item.blocks).for_each(|block| of_block(block, out));
            }
            Block::Note(b) => b.blocks.iter_mut().for_each(|block| of_block(block, out)),
            Block::Quote(b) => b.blocks.iter_mut().for_each(|block| of_block(block, out)),
            Block::Table(_)
            | Block::Paragraph(_)
            | Block::Verse(_)
            | Block::Code(_)
            | Block::Math(_)
            | Block::Figure(_) => {}
        }
    }
    fn of_sections<'a>(sections: &'a mut [Section], out: &mut Vec<&'a mut Id>) {
        for section in sections {
            out.push(&mut section.id);
            section.blocks.iter_mut().for_each(|block| of_block(block, out));
            of_sections(&mut section.sections, out);
        }
    }
    let mut out = Vec::new();
    of_sections(&mut material.sections, &mut out);
    out
}
