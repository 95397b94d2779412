//! From the native model to Python's parts.

use patra_core::{
    Alignment, Answer, Aspect, Block, Choice, Column, Entry, Item, ListItem, NoteKind, Rectangle, Region, Row, RowCell,
    Run, Section, Span, Subject, Text,
};
use pyo3::call::PyCallArgs;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::classes::Classes;

/// Makes Python's parts of the native ones.
pub(crate) struct View<'py> {
    py: Python<'py>,
    classes: &'static Classes,
    /// Where the source ends; what stands beyond it was included, and has no place in it.
    end: usize,
}

/// Named arguments.
macro_rules! named {
    ($view:ident, $($name:literal => $value:expr),* $(,)?) => {{
        let named = PyDict::new($view.py);
        $(named.set_item(intern!($view.py, $name), $value)?;)*
        named
    }};
}

type Made<'py> = PyResult<Bound<'py, PyAny>>;

impl<'py> View<'py> {
    /// With the package's classes.
    pub(crate) fn new(py: Python<'py>) -> PyResult<Self> {
        Ok(View { py, classes: Classes::of(py)?, end: usize::MAX })
    }

    /// The same for parts of a source that is so many bytes long.
    pub(crate) fn of_source(self, length: usize) -> Self {
        View { end: length, ..self }
    }

    /// Where something stands in the source.
    fn span(&self, span: Span) -> Option<(usize, usize)> {
        (!span.is_none() && span.start() <= self.end).then(|| (span.start(), span.end()))
    }

    fn make(&self, class: &Py<PyAny>, arguments: impl PyCallArgs<'py>, named: &Bound<'py, PyDict>) -> Made<'py> {
        class.bind(self.py).call(arguments, Some(named))
    }

    fn tuple<T>(&self, values: &[T], one: impl Fn(&Self, &T) -> Made<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let values = values.iter().map(|value| one(self, value)).collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(self.py, values)
    }

    /// A text.
    pub(crate) fn text(&self, text: &Text) -> Made<'py> {
        let class = self.classes.text.bind(self.py);
        match text.runs() {
            [] => class.call0(),
            [Run::Plain(words)] => class.call1((words,)),
            runs => class.call1((self.tuple(runs, Self::run)?,)),
        }
    }

    fn optional(&self, text: Option<&Text>) -> PyResult<Option<Bound<'py, PyAny>>> {
        text.map(|text| self.text(text)).transpose()
    }

    fn run(&self, run: &Run) -> Made<'py> {
        let (py, classes) = (self.py, self.classes);
        match run {
            Run::Plain(words) => Ok(PyString::new(py, words).into_any()),
            Run::Strong(text) => classes.strong.bind(py).call1((self.text(text)?,)),
            Run::Emphasis(text) => classes.emphasis.bind(py).call1((self.text(text)?,)),
            Run::Superscript(text) => classes.superscript.bind(py).call1((self.text(text)?,)),
            Run::Subscript(text) => classes.subscript.bind(py).call1((self.text(text)?,)),
            Run::Strikeout(text) => classes.strikeout.bind(py).call1((self.text(text)?,)),
            Run::Code(code) => classes.code.bind(py).call1((code,)),
            Run::Link(link) => classes.link.bind(py).call1((self.text(&link.text)?, &link.target)),
            Run::Math(tex) => classes.math_run.bind(py).call1((tex,)),
            Run::Gap(gap) => classes.gap.bind(py).call1((self.text(&gap.text)?, gap.number, gap.hint.as_deref())),
            Run::Language(tagged) => {
                classes.tagged.bind(py).call1((self.text(&tagged.text)?, tagged.language.to_string()))
            }
            Run::Break => classes.line_break.bind(py).call0(),
        }
    }

    /// Sections, with all that is in them.
    pub(crate) fn sections(&self, sections: &[Section]) -> PyResult<Bound<'py, PyTuple>> {
        self.tuple(sections, |view, section| {
            let named = named!(view, "id" => section.id.as_str(), "span" => view.span(section.span));
            let blocks = view.blocks(&section.blocks)?;
            view.make(
                &view.classes.section,
                (view.text(&section.heading)?, blocks, view.sections(&section.sections)?),
                &named,
            )
        })
    }

    fn blocks(&self, blocks: &[Block]) -> PyResult<Bound<'py, PyTuple>> {
        self.tuple(blocks, Self::block)
    }

    fn block(&self, block: &Block) -> Made<'py> {
        let classes = self.classes;
        let at = self.span(block.span());
        match block {
            Block::Definition(b) => {
                let named = named!(self, "id" => b.id.as_str(), "full_form" => self.optional(b.full_form.as_ref())?,
                    "details" => self.blocks(&b.details)?, "span" => at);
                self.make(&classes.definition, (self.text(&b.term)?, self.text(&b.meaning)?), &named)
            }
            Block::Terms(b) => {
                let named = named!(self, "id" => b.id.as_str(), "kind" => self.optional(b.kind.as_ref())?,
                    "ordered" => b.ordered, "span" => at);
                self.make(&classes.terms, (self.tuple(&b.entries, Self::entry)?,), &named)
            }
            Block::Comparison(b) => {
                let named = named!(self, "id" => b.id.as_str(), "corner" => self.text(&b.corner)?, "span" => at);
                let subjects = self.tuple(&b.subjects, |view, subject: &Subject| {
                    let named = named!(view, "id" => subject.id.as_str(), "span" => view.span(subject.span));
                    view.make(&view.classes.subject, (view.text(&subject.name)?,), &named)
                })?;
                let aspects = self.tuple(&b.aspects, |view, aspect: &Aspect| {
                    let named = named!(view, "id" => aspect.id.as_str(), "span" => view.span(aspect.span));
                    let cells = view.tuple(&aspect.cells, Self::text)?;
                    view.make(&view.classes.aspect, (view.text(&aspect.name)?, cells), &named)
                })?;
                self.make(&classes.comparison, (subjects, aspects), &named)
            }
            Block::Table(b) => {
                let columns = self.tuple(&b.columns, |view, column: &Column| {
                    let alignment = match column.alignment {
                        Alignment::Start => "start",
                        Alignment::Centre => "centre",
                        Alignment::End => "end",
                    };
                    view.classes.column.bind(view.py).call1((view.text(&column.heading)?, alignment))
                })?;
                let rows = self.tuple(&b.rows, |view, row: &Row| {
                    let cells = view.tuple(&row.cells, Self::text)?;
                    view.make(&view.classes.row, (cells,), &named!(view, "span" => view.span(row.span)))
                })?;
                self.make(&classes.table, (columns, rows), &named!(self, "span" => at))
            }
            Block::List(b) => {
                let items = self.tuple(&b.items, |view, item: &ListItem| {
                    let blocks = view.blocks(&item.blocks)?;
                    view.make(
                        &view.classes.list_item,
                        (view.text(&item.text)?, blocks),
                        &named!(view, "span" => view.span(item.span)),
                    )
                })?;
                let marker = (!b.marker.is_default()).then(|| b.marker.to_string());
                self.make(&classes.list, (items,), &named!(self, "start" => b.start, "marker" => marker, "span" => at))
            }
            Block::Paragraph(b) => self.make(&classes.paragraph, (self.text(&b.text)?,), &named!(self, "span" => at)),
            Block::Verse(b) => {
                let stanza = |view: &Self, lines: &Vec<Text>| Ok(view.tuple(lines, Self::text)?.into_any());
                self.make(&classes.verse, (self.tuple(&b.stanzas, stanza)?,), &named!(self, "span" => at))
            }
            Block::Note(b) => {
                let named = named!(self, "kind" => note_kind(b.kind), "span" => at);
                self.make(&classes.note, (self.blocks(&b.blocks)?,), &named)
            }
            Block::Quote(b) => self.make(&classes.quote, (self.blocks(&b.blocks)?,), &named!(self, "span" => at)),
            Block::Code(b) => {
                let named = named!(self, "language" => b.language.as_deref(), "span" => at);
                self.make(&classes.code_block, (&b.text,), &named)
            }
            Block::Math(b) => self.make(&classes.math, (&b.tex,), &named!(self, "span" => at)),
            Block::Figure(b) => {
                let regions = self.tuple(&b.regions, Self::region)?;
                let named =
                    named!(self, "caption" => self.optional(b.caption.as_ref())?, "regions" => regions, "span" => at);
                self.make(&classes.figure, (&b.source, &b.alt), &named)
            }
            Block::Question(b) => {
                let named = named!(self, "id" => b.id.as_str(), "choices" => self.tuple(&b.choices, Self::choice)?,
                    "hint" => self.optional(b.hint.as_ref())?, "details" => self.blocks(&b.details)?,
                    "room" => b.room.map(|room| room.to_string()), "stem" => self.blocks(&b.stem)?,
                    "lettering" => b.lettering.map(|marker| marker.to_string()), "marks" => b.marks.map(f64::from), "span" => at);
                self.make(&classes.question, (self.text(&b.prompt)?, self.text(&b.answer)?), &named)
            }
            Block::Cloze(b) => {
                let named = named!(self, "id" => b.id.as_str(), "span" => at);
                self.make(&classes.cloze, (self.text(&b.text)?,), &named)
            }
        }
    }

    fn entry(&self, entry: &Entry) -> Made<'py> {
        let named = named!(self, "id" => entry.id.as_str(), "details" => self.blocks(&entry.details)?,
            "span" => self.span(entry.span));
        self.make(&self.classes.entry, (self.text(&entry.term)?, self.text(&entry.description)?), &named)
    }

    fn choice(&self, choice: &Choice) -> Made<'py> {
        let named = named!(self, "span" => self.span(choice.span));
        self.make(&self.classes.choice, (self.text(&choice.text)?, choice.correct, choice.pinned), &named)
    }

    /// Practice items, in the language of their material.
    pub(crate) fn items(&self, items: &[Item], language: &str) -> PyResult<Bound<'py, PyTuple>> {
        self.tuple(items, |view, item: &Item| {
            let named = named!(view,
                "id" => item.id.as_str(),
                "kind" => item.kind.name(),
                "about" => item.about.as_str(),
                "section" => item.section.as_str(),
                "context" => view.tuple(&item.context, Self::text)?,
                "page" => item.page,
                "prompt" => view.text(&item.prompt)?,
                "answer" => view.answer(&item.answer)?,
                "details" => view.blocks(&item.details)?,
                "hint" => view.optional(item.hint.as_ref())?,
                "room" => item.room.map(|room| room.to_string()),
                "stem" => view.blocks(&item.stem)?,
                "lettering" => item.lettering.map(|marker| marker.to_string()),
                "marks" => item.marks.map(f64::from),
                "plain_answer" => item.plain_answer(),
                "language" => language,
            );
            view.classes.item.bind(view.py).call((), Some(&named))
        })
    }

    fn region(&self, region: &Region) -> Made<'py> {
        let at = region.at.parts().map(|part| f64::from(part) / f64::from(Rectangle::WHOLE));
        let named = named!(self, "id" => region.id.as_str());
        self.make(&self.classes.region, (self.text(&region.name)?, at), &named)
    }

    fn answer(&self, answer: &Answer) -> Made<'py> {
        let (py, classes) = (self.py, self.classes);
        match answer {
            Answer::Text(text) => self.text(text),
            Answer::Members { ordered, terms } => {
                classes.members.bind(py).call1((*ordered, self.tuple(terms, Self::text)?))
            }
            Answer::Row(cells) => Ok(self
                .tuple(cells, |view, cell: &RowCell| {
                    view.classes.row_cell.bind(py).call1((view.text(&cell.subject)?, view.text(&cell.cell)?))
                })?
                .into_any()),
            Answer::Gap(number) => classes.gap_answer.bind(py).call1((*number,)),
            Answer::Choices { choices, explanation } => {
                let choices = self.tuple(choices, Self::choice)?;
                classes.choices.bind(py).call1((choices, self.text(explanation)?))
            }
        }
    }
}

/// The words of the stored form.
fn note_kind(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Tip => "tip",
        NoteKind::Important => "important",
        NoteKind::Warning => "warning",
        NoteKind::Caution => "caution",
        _ => "note",
    }
}
