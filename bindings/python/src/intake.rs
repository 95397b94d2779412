//! From Python's parts to the native model.

use std::fmt::Display;
use std::str::FromStr;

use patra_core::{
    Alignment, Aspect, Block, Choice, Cloze, CodeBlock, Column, Comparison, Date, Definition, Entry, Figure, Gap, Id,
    Language, Link, List, ListItem, MAX_DEPTH, Marks, MarksError, Material, Math, Note, NoteKind, Paragraph, Question,
    Quote, Region, Row, Run, Section, Span, Subject, Table, Tagged, Terms, Text, Verse,
};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::classes::Classes;
use crate::problem;

/// A string's words.
///
/// # Errors
/// A `TypeError` where the value is no string, a `ModelError` where it holds half of a surrogate pair, which Python
/// lets stand in a string and which is no character.
pub(crate) fn words(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    let string = value.cast::<PyString>().map_err(|_| {
        PyTypeError::new_err(format!(
            "{name} is a str, not {}",
            value.get_type().name().map_or(String::new(), |n| n.to_string())
        ))
    })?;
    string.extract().map_err(|_| {
        problem::model_error(
            value.py(),
            &format!("{name} holds a lone surrogate (U+D800 to U+DFFF), which is no character"),
        )
    })
}

/// A language by its tag.
pub(crate) fn language(py: Python<'_>, tag: &Bound<'_, PyAny>) -> PyResult<Language> {
    words(tag, "language")?.parse().map_err(|e| problem::model_error(py, &format!("language: {e}")))
}

/// Sets the fields named in `fields` to their values. The values come from `patra.material`, which has seen to their
/// types.
pub(crate) fn set_fields(material: &mut Material, fields: &Bound<'_, PyDict>) -> PyResult<()> {
    let py = fields.py();
    let intake = Intake { classes: Classes::of(py)? };
    for (name, value) in fields {
        let name: String = name.extract()?;
        let optional = || (!value.is_none()).then(|| words(&value, &name)).transpose();
        match name.as_str() {
            "title" => material.title = intake.text(&value, 0)?,
            "language" => material.language = language(py, &value)?,
            "sections" => material.sections = intake.sections(&value, 0)?,
            "id" => material.id = intake.id(&value)?,
            "subject" => material.subject = optional()?,
            "authors" => material.authors = strings(&value, &name)?,
            "licence" => material.licence = optional()?,
            "source" => material.source = optional()?,
            "updated" => {
                let date = optional()?.map(|date| date.parse::<Date>()).transpose();
                material.updated = date.map_err(|e| problem::model_error(py, &format!("updated: {e}")))?;
            }
            "tags" => material.tags = strings(&value, &name)?,
            // In the stored form, which patra.settings has made of it.
            "practice" => {
                material.practice = serde_json::from_str(&words(&value, &name)?).map_err(|error| {
                    let said = error.to_string();
                    let what = said.split(" at line ").next().unwrap_or_default();
                    problem::model_error(py, &format!("the settings of practice: {what}"))
                })?;
            }
            "messages" => {
                let messages = value.cast::<PyDict>()?.iter();
                let message = |(id, text): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
                    Ok((words(&id, "the id of a message")?, words(&text, "a message")?))
                };
                material.messages = messages.map(message).collect::<PyResult<_>>()?;
            }
            _ => return Err(PyTypeError::new_err(format!("a material has no field {name}"))),
        }
    }
    Ok(())
}

fn strings(values: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<String>> {
    values.try_iter()?.map(|value| words(&value?, name)).collect()
}

/// Parts are read field by field; the constructors in Python have seen to their types.
struct Intake {
    classes: &'static Classes,
}

/// A field of a part.
macro_rules! field {
    ($part:expr, $name:literal) => {
        $part.getattr(intern!($part.py(), $name))?
    };
}

impl Intake {
    fn is(&self, value: &Bound<'_, PyAny>, class: &Py<PyAny>) -> PyResult<bool> {
        value.is_instance(class.bind(value.py()))
    }

    fn id(&self, value: &Bound<'_, PyAny>) -> PyResult<Id> {
        let text = words(value, "id")?;
        if text.is_empty() {
            return Ok(Id::default());
        }
        Id::new(&text).map_err(|e| problem::model_error(value.py(), &format!("the id `{text}`: {e}")))
    }

    fn text(&self, value: &Bound<'_, PyAny>, depth: usize) -> PyResult<Text> {
        let depth = deeper(value.py(), depth)?;
        // No line of Python runs here in which Ctrl-C would be heard.
        value.py().check_signals()?;
        let runs = field!(value, "runs");
        runs.cast::<PyTuple>()?.iter().map(|run| self.run(&run, depth)).collect()
    }

    fn optional(&self, value: &Bound<'_, PyAny>) -> PyResult<Option<Text>> {
        (!value.is_none()).then(|| self.text(value, 0)).transpose()
    }

    fn texts(&self, values: &Bound<'_, PyAny>) -> PyResult<Vec<Text>> {
        values.cast::<PyTuple>()?.iter().map(|value| self.text(&value, 0)).collect()
    }

    fn run(&self, run: &Bound<'_, PyAny>, depth: usize) -> PyResult<Run> {
        let c = self.classes;
        let inner = || self.text(&field!(run, "text"), depth);
        Ok(if run.is_instance_of::<PyString>() {
            Run::Plain(words(run, "a text")?)
        } else if self.is(run, &c.strong)? {
            Run::Strong(inner()?)
        } else if self.is(run, &c.emphasis)? {
            Run::Emphasis(inner()?)
        } else if self.is(run, &c.superscript)? {
            Run::Superscript(inner()?)
        } else if self.is(run, &c.subscript)? {
            Run::Subscript(inner()?)
        } else if self.is(run, &c.strikeout)? {
            Run::Strikeout(inner()?)
        } else if self.is(run, &c.code)? {
            Run::Code(words(&field!(run, "text"), "code")?)
        } else if self.is(run, &c.math_run)? {
            Run::Math(words(&field!(run, "tex"), "tex")?)
        } else if self.is(run, &c.link)? {
            Run::Link(Link { text: inner()?, target: words(&field!(run, "target"), "target")? })
        } else if self.is(run, &c.gap)? {
            let hint = field!(run, "hint");
            let hint = (!hint.is_none()).then(|| words(&hint, "hint")).transpose()?;
            Run::Gap(Gap { text: inner()?, number: field!(run, "number").extract()?, hint })
        } else if self.is(run, &c.tagged)? {
            Run::Language(Tagged { text: inner()?, language: language(run.py(), &field!(run, "language"))? })
        } else if self.is(run, &c.line_break)? {
            Run::Break
        } else {
            return Err(wrong("run", run));
        })
    }

    fn all<T>(&self, values: &Bound<'_, PyAny>, one: impl Fn(&Bound<'_, PyAny>) -> PyResult<T>) -> PyResult<Vec<T>> {
        values.cast::<PyTuple>()?.iter().map(|value| one(&value)).collect()
    }

    fn sections(&self, sections: &Bound<'_, PyAny>, depth: usize) -> PyResult<Vec<Section>> {
        let depth = deeper(sections.py(), depth)?;
        self.all(sections, |section| {
            Ok(Section {
                id: self.id(&field!(section, "id"))?,
                heading: self.text(&field!(section, "heading"), 0)?,
                blocks: self.blocks(&field!(section, "blocks"), 0)?,
                sections: self.sections(&field!(section, "sections"), depth)?,
                span: span(section)?,
            })
        })
    }

    fn blocks(&self, blocks: &Bound<'_, PyAny>, depth: usize) -> PyResult<Vec<Block>> {
        let depth = deeper(blocks.py(), depth)?;
        self.all(blocks, |block| self.block(block, depth))
    }

    fn block(&self, b: &Bound<'_, PyAny>, depth: usize) -> PyResult<Block> {
        let c = self.classes;

        Ok(if self.is(b, &c.paragraph)? {
            Block::Paragraph(Paragraph { text: self.text(&field!(b, "text"), 0)?, span: span(b)? })
        } else if self.is(b, &c.definition)? {
            Block::Definition(Definition {
                id: self.id(&field!(b, "id"))?,
                term: self.text(&field!(b, "term"), 0)?,
                full_form: self.optional(&field!(b, "full_form"))?,
                meaning: self.text(&field!(b, "meaning"), 0)?,
                details: self.blocks(&field!(b, "details"), depth)?,
                span: span(b)?,
            })
        } else if self.is(b, &c.terms)? {
            Block::Terms(Terms {
                id: self.id(&field!(b, "id"))?,
                kind: self.optional(&field!(b, "kind"))?,
                ordered: field!(b, "ordered").extract()?,
                entries: self.all(&field!(b, "entries"), |entry| {
                    Ok(Entry {
                        id: self.id(&field!(entry, "id"))?,
                        term: self.text(&field!(entry, "term"), 0)?,
                        description: self.text(&field!(entry, "description"), 0)?,
                        details: self.blocks(&field!(entry, "details"), depth)?,
                        span: span(entry)?,
                    })
                })?,
                span: span(b)?,
            })
        } else if self.is(b, &c.comparison)? {
            Block::Comparison(Comparison {
                id: self.id(&field!(b, "id"))?,
                corner: self.text(&field!(b, "corner"), 0)?,
                subjects: self.all(&field!(b, "subjects"), |subject| {
                    let (id, name) = (self.id(&field!(subject, "id"))?, self.text(&field!(subject, "name"), 0)?);
                    Ok(Subject { id, name, span: span(subject)? })
                })?,
                aspects: self.all(&field!(b, "aspects"), |aspect| {
                    Ok(Aspect {
                        id: self.id(&field!(aspect, "id"))?,
                        name: self.text(&field!(aspect, "name"), 0)?,
                        cells: self.texts(&field!(aspect, "cells"))?,
                        span: span(aspect)?,
                    })
                })?,
                span: span(b)?,
            })
        } else if self.is(b, &c.table)? {
            Block::Table(Table {
                columns: self.all(&field!(b, "columns"), |column| {
                    let alignment = match words(&field!(column, "alignment"), "alignment")?.as_str() {
                        "centre" => Alignment::Centre,
                        "end" => Alignment::End,
                        _ => Alignment::Start,
                    };
                    Ok(Column { heading: self.text(&field!(column, "heading"), 0)?, alignment })
                })?,
                rows: self.all(&field!(b, "rows"), |row| {
                    Ok(Row { cells: self.texts(&field!(row, "cells"))?, span: span(row)? })
                })?,
                span: span(b)?,
            })
        } else if self.is(b, &c.list)? {
            Block::List(List {
                start: field!(b, "start").extract()?,
                marker: shown(&field!(b, "marker"))?.unwrap_or_default(),
                items: self.all(&field!(b, "items"), |item| {
                    let (text, blocks) = (self.text(&field!(item, "text"), 0)?, field!(item, "blocks"));
                    Ok(ListItem { text, blocks: self.blocks(&blocks, depth)?, span: span(item)? })
                })?,
                span: span(b)?,
            })
        } else if self.is(b, &c.verse)? {
            let stanzas = self.all(&field!(b, "stanzas"), |stanza| self.texts(stanza))?;
            Block::Verse(Verse { stanzas, span: span(b)? })
        } else if self.is(b, &c.note)? {
            let kind = match words(&field!(b, "kind"), "kind")?.as_str() {
                "tip" => NoteKind::Tip,
                "important" => NoteKind::Important,
                "warning" => NoteKind::Warning,
                "caution" => NoteKind::Caution,
                _ => NoteKind::Note,
            };
            Block::Note(Note { kind, blocks: self.blocks(&field!(b, "blocks"), depth)?, span: span(b)? })
        } else if self.is(b, &c.quote)? {
            Block::Quote(Quote { blocks: self.blocks(&field!(b, "blocks"), depth)?, span: span(b)? })
        } else if self.is(b, &c.code_block)? {
            let language = field!(b, "language");
            let language = (!language.is_none()).then(|| words(&language, "language")).transpose()?;
            Block::Code(CodeBlock { language, text: words(&field!(b, "text"), "code")?, span: span(b)? })
        } else if self.is(b, &c.math)? {
            Block::Math(Math { tex: words(&field!(b, "tex"), "tex")?, span: span(b)? })
        } else if self.is(b, &c.figure)? {
            Block::Figure(Figure {
                source: words(&field!(b, "source"), "source")?,
                alt: words(&field!(b, "alt"), "alt")?,
                caption: self.optional(&field!(b, "caption"))?,
                regions: self.all(&field!(b, "regions"), |region| {
                    let at: [f64; 4] = field!(region, "at").extract()?;
                    let at = serde_json::from_value(serde_json::json!(at));
                    let at = at.map_err(|error| PyValueError::new_err(error.to_string()))?;
                    Ok(Region { id: self.id(&field!(region, "id"))?, name: self.text(&field!(region, "name"), 0)?, at })
                })?,
                span: span(b)?,
            })
        } else if self.is(b, &c.question)? {
            Block::Question(Question {
                id: self.id(&field!(b, "id"))?,
                prompt: self.text(&field!(b, "prompt"), 0)?,
                answer: self.text(&field!(b, "answer"), 0)?,
                details: self.blocks(&field!(b, "details"), depth)?,
                choices: self.all(&field!(b, "choices"), |choice| {
                    let (text, correct) = (self.text(&field!(choice, "text"), 0)?, field!(choice, "correct"));
                    let pinned = field!(choice, "pinned").extract()?;
                    Ok(Choice { text, correct: correct.extract()?, pinned, span: span(choice)? })
                })?,
                hint: self.optional(&field!(b, "hint"))?,
                room: shown(&field!(b, "room"))?,
                stem: self.blocks(&field!(b, "stem"), depth)?,
                lettering: shown(&field!(b, "lettering"))?,
                marks: field!(b, "marks")
                    .extract::<Option<f64>>()?
                    .map(Marks::try_from)
                    .transpose()
                    .map_err(|error: MarksError| PyValueError::new_err(error.to_string()))?,
                span: span(b)?,
            })
        } else if self.is(b, &c.cloze)? {
            let (id, text) = (self.id(&field!(b, "id"))?, self.text(&field!(b, "text"), 0)?);
            Block::Cloze(Cloze { id, text, span: span(b)? })
        } else {
            return Err(wrong("block", b));
        })
    }
}

/// The string for a value, such as `lines=8` for a room; none for `None`.
fn shown<T: FromStr<Err: Display>>(value: &Bound<'_, PyAny>) -> PyResult<Option<T>> {
    let words: Option<String> = value.extract()?;
    words.map(|words| words.parse()).transpose().map_err(|error: T::Err| PyValueError::new_err(error.to_string()))
}

fn span(part: &Bound<'_, PyAny>) -> PyResult<Span> {
    let span: Option<(usize, usize)> = field!(part, "span").extract()?;
    Ok(span.map_or(Span::NONE, |(start, end)| Span::new(start, end)))
}

/// One level further down. The model reports what is too deep; this bounds what it is given to report.
fn deeper(py: Python<'_>, depth: usize) -> PyResult<usize> {
    if depth > MAX_DEPTH + 1 {
        let message = format!("sections, blocks or runs are nested deeper than {MAX_DEPTH}");
        return Err(problem::model_error(py, &message));
    }
    Ok(depth + 1)
}

fn wrong(what: &str, value: &Bound<'_, PyAny>) -> PyErr {
    let name = value.get_type().name().map_or(String::new(), |name| name.to_string());
    PyTypeError::new_err(format!("{name} is no {what}"))
}
