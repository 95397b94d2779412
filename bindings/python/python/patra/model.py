"""The parts of a material: sections, and the blocks they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar, Union, cast, get_args

from . import _patra
from .text import Node, Text, Words, plain

_set = object.__setattr__

Span: TypeAlias = Union[tuple[int, int], None]
"""Where a part stood in its source, as offsets in bytes of UTF-8; ``None`` for one that was made in Python, or that an included
file brought. It is no part of what the part is: parts that differ in it alone are equal."""

NoteKind: TypeAlias = Literal["note", "tip", "important", "warning", "caution"]
"""How a note is meant, in the words of GitHub's alerts."""

Alignment: TypeAlias = Literal["start", "centre", "end"]
"""How the cells of a column stand, in the direction of the language."""


class Part(Node):
    """A section, a block, or a part of a block with a place of its own."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from .notebook import part_html

        return part_html(self)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Section(Part):
    """A heading and what stands below it."""

    id: str
    """Its id; ``""`` until the section stands in a material, where an id not given is derived from the heading."""
    heading: Text
    """Its heading. Only the material's first section may lack one: it holds what comes before the first heading."""
    blocks: tuple[Block, ...]
    """What it is made of, before its subsections."""
    sections: tuple[Section, ...]
    """Its subsections."""
    span: Span = field(default=None, compare=False)

    def __init__(
        self,
        heading: Words = "",
        blocks: Iterable[Block] = (),
        sections: Iterable[Section] = (),
        *,
        id: str = "",
        span: Span = None,
    ) -> None:
        _set(self, "id", _id(id))
        _set(self, "heading", Text(heading))
        _set(self, "blocks", _blocks(blocks, "blocks"))
        _set(self, "sections", parts(sections, Section, "sections"))
        _set(self, "span", span)

    def walk(self) -> Iterator[Block]:
        """Every block of the section and its subsections in reading order, each before the blocks inside it."""
        for block in self.blocks:
            yield from walk(block)
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Definition(Part):
    """A term and what it means. Use :class:`Terms` where several things of one kind are listed."""

    id: str
    """Its id; ``""`` until it stands in a material, where an id not given is derived from the term."""
    term: Text
    """What is defined."""
    full_form: Text | None
    """What the term stands for, where it is an abbreviation."""
    meaning: Text
    """What it means."""
    details: tuple[Block, ...]
    """What else belongs to the meaning."""
    span: Span = field(default=None, compare=False)

    def __init__(
        self,
        term: Words,
        meaning: Words = "",
        *,
        full_form: Words | None = None,
        details: Iterable[Block] = (),
        id: str = "",
        span: Span = None,
    ) -> None:
        _set(self, "id", _id(id))
        _set(self, "term", Text(term))
        _set(self, "full_form", None if full_form is None else Text(full_form))
        _set(self, "meaning", Text(meaning))
        _set(self, "details", _blocks(details, "details"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Entry(Part):
    """One of several terms."""

    id: str
    """Its id; ``""`` until it stands in a material, where an id not given is derived from the term."""
    term: Text
    """What is described."""
    description: Text
    """Its description."""
    details: tuple[Block, ...]
    """What else belongs to the description."""
    span: Span = field(default=None, compare=False)

    def __init__(
        self,
        term: Words,
        description: Words = "",
        *,
        details: Iterable[Block] = (),
        id: str = "",
        span: Span = None,
    ) -> None:
        _set(self, "id", _id(id))
        _set(self, "term", Text(term))
        _set(self, "description", Text(description))
        _set(self, "details", _blocks(details, "details"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Terms(Part):
    """Things of one kind, each with its description. Use :class:`List` where the items have none."""

    id: str
    """Its id; ``""`` until it stands in a material."""
    kind: Text | None
    """What kind of things is listed: types of something, duties, skills."""
    ordered: bool
    """Whether their order means something."""
    entries: tuple[Entry, ...]
    """The things."""
    span: Span = field(default=None, compare=False)

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        *,
        kind: Words | None = None,
        ordered: bool = False,
        id: str = "",
        span: Span = None,
    ) -> None:
        _set(self, "id", _id(id))
        _set(self, "kind", None if kind is None else Text(kind))
        _set(self, "ordered", bool(ordered))
        _set(self, "entries", parts(entries, Entry, "entries"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Subject(Part):
    """What is compared: the head of a column of a comparison."""

    id: str
    """Its id; ``""`` until it stands in a material."""
    name: Text
    """What it is called."""
    span: Span = field(default=None, compare=False)

    def __init__(self, name: Words, *, id: str = "", span: Span = None) -> None:
        _set(self, "id", _id(id))
        _set(self, "name", Text(name))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Aspect(Part):
    """In what the subjects of a comparison differ: a row."""

    id: str
    """Its id; ``""`` until it stands in a material."""
    name: Text
    """What it is called."""
    cells: tuple[Text, ...]
    """What holds of each subject, in the order of the subjects."""
    span: Span = field(default=None, compare=False)

    def __init__(self, name: Words, cells: Iterable[Words] = (), *, id: str = "", span: Span = None) -> None:
        _set(self, "id", _id(id))
        _set(self, "name", Text(name))
        _set(self, "cells", _texts(cells, "cells"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Comparison(Part):
    """Subjects set against each other, aspect by aspect."""

    id: str
    """Its id; ``""`` until it stands in a material."""
    corner: Text
    """What stands above the aspects; may be empty."""
    subjects: tuple[Subject, ...]
    """What is compared, two at least."""
    aspects: tuple[Aspect, ...]
    """In what they differ, each with a cell for every subject."""
    span: Span = field(default=None, compare=False)

    def __init__(
        self,
        subjects: Iterable[Subject] = (),
        aspects: Iterable[Aspect] = (),
        *,
        corner: Words = "",
        id: str = "",
        span: Span = None,
    ) -> None:
        _set(self, "id", _id(id))
        _set(self, "corner", Text(corner))
        _set(self, "subjects", parts(subjects, Subject, "subjects"))
        _set(self, "aspects", parts(aspects, Aspect, "aspects"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Column(Part):
    """The head of a column of a table."""

    heading: Text
    """What stands above the column."""
    alignment: Alignment
    """How its cells stand."""

    def __init__(self, heading: Words = "", alignment: Alignment = "start") -> None:
        _set(self, "heading", Text(heading))
        _set(self, "alignment", _one_of(alignment, Alignment, "alignment"))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Row(Part):
    """A row of a table."""

    cells: tuple[Text, ...]
    """Its cells, in the order of the columns."""
    span: Span = field(default=None, compare=False)

    def __init__(self, cells: Iterable[Words] = (), *, span: Span = None) -> None:
        _set(self, "cells", _texts(cells, "cells"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Table(Part):
    """Any table that is no :class:`Comparison`."""

    columns: tuple[Column, ...]
    """The heads of its columns."""
    rows: tuple[Row, ...]
    """Its rows, each with a cell for every column."""
    span: Span = field(default=None, compare=False)

    def __init__(self, columns: Iterable[Column] = (), rows: Iterable[Row] = (), *, span: Span = None) -> None:
        _set(self, "columns", parts(columns, Column, "columns"))
        _set(self, "rows", parts(rows, Row, "rows"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class ListItem(Part):
    """An item of a list."""

    text: Text
    """Its words."""
    blocks: tuple[Block, ...]
    """What stands below them."""
    span: Span = field(default=None, compare=False)

    def __init__(self, text: Words = "", blocks: Iterable[Block] = (), *, span: Span = None) -> None:
        _set(self, "text", Text(text))
        _set(self, "blocks", _blocks(blocks, "blocks"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class List(Part):
    """Items without descriptions."""

    start: int | None
    """The number of the first item; ``None`` where the items are not numbered."""
    marker: str | None
    """The first marker where it is not ``1.``, such as ``"(a)"``, ``"i)"`` or ``"(क)"``."""
    items: tuple[ListItem, ...]
    """The items."""
    span: Span = field(default=None, compare=False)

    def __init__(
        self,
        items: Iterable[ListItem] = (),
        *,
        start: int | None = None,
        marker: str | None = None,
        span: Span = None,
    ) -> None:
        if start is not None and not 0 <= start <= 0xFFFF_FFFF:
            raise ValueError(f"start is from 0 to {0xFFFF_FFFF}, not {start}")
        if marker is not None and start is None:
            raise ValueError("a list with a marker is numbered: give it a start")
        _set(self, "start", start)
        _set(self, "marker", None if marker is None else plain(marker, "marker"))
        _set(self, "items", parts(items, ListItem, "items"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Paragraph(Part):
    """Running text."""

    text: Text
    """Its words."""
    span: Span = field(default=None, compare=False)

    def __init__(self, text: Words, *, span: Span = None) -> None:
        _set(self, "text", Text(text))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Verse(Part):
    """Lines of a poem or a song, which end where the author ends them."""

    stanzas: tuple[tuple[Text, ...], ...]
    """The stanzas, each of them its lines."""
    span: Span = field(default=None, compare=False)

    def __init__(self, stanzas: Iterable[Iterable[Words]] = (), *, span: Span = None) -> None:
        _set(self, "stanzas", tuple(tuple(Text(line) for line in _lines(stanza)) for stanza in stanzas))
        _set(self, "span", span)


def _lines(stanza: Iterable[Words]) -> Iterable[Words]:
    # A string is iterable too, letter by letter.
    if isinstance(stanza, (str, Text)):
        raise TypeError("a stanza is a list of its lines, not a text")
    return stanza


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Note(Part):
    """Something set apart for the reader's attention."""

    kind: NoteKind
    """How it is meant."""
    blocks: tuple[Block, ...]
    """What it says."""
    span: Span = field(default=None, compare=False)

    def __init__(self, blocks: Iterable[Block] = (), *, kind: NoteKind = "note", span: Span = None) -> None:
        _set(self, "kind", _one_of(kind, NoteKind, "kind"))
        _set(self, "blocks", _blocks(blocks, "blocks"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Quote(Part):
    """Somebody's words."""

    blocks: tuple[Block, ...]
    """The words."""
    span: Span = field(default=None, compare=False)

    def __init__(self, blocks: Iterable[Block] = (), *, span: Span = None) -> None:
        _set(self, "blocks", _blocks(blocks, "blocks"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class CodeBlock(Part):
    """Lines of a program, kept to the letter. Code among words is :class:`~patra.Code`."""

    language: str | None
    """The programming language, where it is named: ``python``."""
    text: str
    """The lines, without a line feed after the last."""
    span: Span = field(default=None, compare=False)

    def __init__(self, text: str, *, language: str | None = None, span: Span = None) -> None:
        _set(self, "language", None if language is None else plain(language, "language"))
        _set(self, "text", plain(text, "text"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Math(Part):
    """A formula on a line of its own. One among words is a :class:`~patra.MathRun`."""

    tex: str
    """The formula in LaTeX, without delimiters."""
    span: Span = field(default=None, compare=False)

    def __init__(self, tex: str, *, span: Span = None) -> None:
        _set(self, "tex", plain(tex, "tex"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Region(Part):
    """A part of a picture that is asked."""

    id: str
    """Its id; ``""`` until it stands in a material, where an id not given is derived from the name."""
    name: Text
    """What it shows."""
    at: tuple[float, float, float, float]
    """Where it lies: left, top, width and height, as parts of the picture's width and height, from 0 to 1."""

    def __init__(self, name: Words, at: Iterable[float], *, id: str = "") -> None:
        _set(self, "id", _id(id))
        _set(self, "name", Text(name))
        left, top, width, height = (float(part) for part in at)
        _set(self, "at", (left, top, width, height))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Figure(Part):
    """A picture, by the name of its file."""

    source: str
    """The picture's file, relative to the source's folder, with ``/`` between folders."""
    alt: str
    """What the picture shows, for those who can't see it."""
    caption: Text | None
    """What is printed below it."""
    regions: tuple[Region, ...]
    """Parts of it that are asked."""
    span: Span = field(default=None, compare=False)

    def __init__(
        self,
        source: str,
        alt: str = "",
        *,
        caption: Words | None = None,
        regions: Iterable[Region] = (),
        span: Span = None,
    ) -> None:
        _set(self, "source", plain(source, "source"))
        _set(self, "alt", plain(alt, "alt"))
        _set(self, "caption", None if caption is None else Text(caption))
        _set(self, "regions", parts(regions, Region, "regions"))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Choice(Part):
    """One of the answers offered to a question."""

    text: Text
    """Its words."""
    correct: bool
    """Whether it is right."""
    pinned: bool = False
    """Whether it keeps its place where the choices are put in a drawn order."""
    span: Span = field(default=None, compare=False)

    def __init__(self, text: Words, correct: bool = False, pinned: bool = False, *, span: Span = None) -> None:
        _set(self, "text", Text(text))
        _set(self, "correct", bool(correct))
        _set(self, "pinned", bool(pinned))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Question(Part):
    """A question the author asks. One without an answer is a task: it is printed, and there is no card of it."""

    id: str
    """Its id; ``""`` until it stands in a material, where an id not given is derived from the prompt."""
    prompt: Text
    """What is asked."""
    stem: tuple[Block, ...]
    """What else belongs to the question and is shown with it: numbered statements, a table, a picture."""
    answer: Text
    """The answer; with choices, why the right ones are right; empty for a task."""
    details: tuple[Block, ...]
    """What else belongs to the answer."""
    choices: tuple[Choice, ...]
    """What is offered, in the author's order; empty for a question with an open answer."""
    lettering: str | None
    """The letter of the first choice, such as ``"(क)"``, where the author letters them."""
    hint: Text | None
    """What helps a learner who is stuck."""
    room: str | None
    """Room to write on paper, as the Markdown says it: ``"lines=8"`` or ``"space=60mm"``; ``None`` for as much as the answer
    needs."""
    marks: float | None
    """Marks that a test gives for it; ``None`` if the author gives none."""
    span: Span = field(default=None, compare=False)

    def __init__(
        self,
        prompt: Words,
        answer: Words = "",
        *,
        stem: Iterable[Block] = (),
        choices: Iterable[Choice] = (),
        lettering: str | None = None,
        hint: Words | None = None,
        details: Iterable[Block] = (),
        room: str | None = None,
        marks: float | None = None,
        id: str = "",
        span: Span = None,
    ) -> None:
        _set(self, "id", _id(id))
        _set(self, "prompt", Text(prompt))
        _set(self, "stem", _blocks(stem, "stem"))
        _set(self, "answer", Text(answer))
        _set(self, "details", _blocks(details, "details"))
        _set(self, "choices", parts(choices, Choice, "choices"))
        _set(self, "lettering", None if lettering is None else plain(lettering, "lettering"))
        _set(self, "hint", None if hint is None else Text(hint))
        _set(self, "room", None if room is None else plain(room, "room"))
        _set(self, "marks", None if marks is None else float(marks))
        _set(self, "span", span)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Cloze(Part):
    """A sentence with gaps."""

    id: str
    """Its id; ``""`` until it stands in a material, where an id not given is derived from the words outside the gaps."""
    text: Text
    """The sentence, with a :class:`~patra.Gap` in it at least."""
    span: Span = field(default=None, compare=False)

    def __init__(self, text: Words, *, id: str = "", span: Span = None) -> None:
        _set(self, "id", _id(id))
        _set(self, "text", Text(text))
        _set(self, "span", span)


Block: TypeAlias = Union[
    Definition,
    Terms,
    Comparison,
    Table,
    List,
    Paragraph,
    Verse,
    Note,
    Quote,
    CodeBlock,
    Math,
    Figure,
    Question,
    Cloze,
]
"""A part of a section."""

BLOCKS: tuple[type, ...] = get_args(Block)


def walk(block: Block) -> Iterator[Block]:
    """The block, then the blocks inside it, in reading order."""
    yield block
    for child in children(block):
        yield from walk(child)


def children(block: Block) -> tuple[Block, ...]:
    """The blocks that stand in a block."""
    if isinstance(block, Definition):
        return block.details
    if isinstance(block, Question):
        return block.stem + block.details
    if isinstance(block, (Note, Quote)):
        return block.blocks
    if isinstance(block, Terms):
        return tuple(child for entry in block.entries for child in entry.details)
    if isinstance(block, List):
        return tuple(child for item in block.items for child in item.blocks)
    return ()


def _id(id: str) -> str:
    return _patra.id(id) if id else ""


_P = TypeVar("_P")


def parts(values: Iterable[_P], kind: type[_P], name: str) -> tuple[_P, ...]:
    """A tuple of parts of one kind, or a ``TypeError`` that names the field and the place in it."""
    found = tuple(values)
    for number, value in enumerate(found):
        if not isinstance(value, kind):
            raise TypeError(f"{name}[{number}] is a {kind.__name__}, not {type(value).__name__}")
    return found


def _blocks(values: Iterable[Block], name: str) -> tuple[Block, ...]:
    if isinstance(values, str):
        raise TypeError(f"{name} is a list of blocks, not a str; a Paragraph holds words")
    found = tuple(values)
    for number, value in enumerate(found):
        if not isinstance(value, BLOCKS):
            raise TypeError(f"{name}[{number}] is a block such as Paragraph or Definition, not {type(value).__name__}")
    return found


def _texts(values: Iterable[Words], name: str) -> tuple[Text, ...]:
    if isinstance(values, str):
        raise TypeError(f"{name} is a list of texts, not one str")
    return tuple(Text(value) for value in values)


_L = TypeVar("_L", bound=str)


def _one_of(value: _L, kind: object, name: str) -> _L:
    if value not in get_args(kind):
        raise ValueError(f"{name} is one of {', '.join(get_args(kind))}; not {value!r}")
    return cast(_L, str(value))
