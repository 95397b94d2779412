"""The whole of a material."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, final

from . import _patra
from .errors import Diagnostic, SourceError
from .files import Input, PathLike, books, load
from .model import Block, Section, parts
from .outputs import Outputs
from .practice import Item
from .settings import PracticeSettings, restored, stored
from .text import Text, Words, plain, quoted


@final
class Material(Outputs):
    """A material: what one source teaches, in one language.

    >>> from patra import Definition, Material, Section
    >>> course = Material("BPO", "hi", [Section("परिचय", [Definition("BPO", "दूसरी कंपनी से काम कराना")])])
    >>> course.practice()[0].id
    'bpo.meaning'

    A material is frozen, and all its ids are set: those not given are derived from the keys of the things. It may be
    unsound (:meth:`check` says how), but nothing is made of an unsound one.
    """

    __slots__ = ("_core", "_read", "_path", "_folder", "_cache")
    _core: _patra.Core
    _read: tuple[Diagnostic, ...]
    _path: str | None
    _folder: Path | None
    _cache: dict[str, Any]

    def __new__(
        cls,
        title: Words,
        language: str,
        sections: Iterable[Section] = (),
        *,
        id: str = "",
        subject: str | None = None,
        authors: Iterable[str] = (),
        licence: str | None = None,
        source: str | None = None,
        updated: datetime.date | str | None = None,
        tags: Iterable[str] = (),
        practice_settings: PracticeSettings | None = None,
        messages: Mapping[str, str] | None = None,
    ) -> Material:
        fields = _native_fields(
            {
                "title": title,
                "language": language,
                "sections": sections,
                "id": id,
                "subject": subject,
                "authors": authors,
                "licence": licence,
                "source": source,
                "updated": updated,
                "tags": tags,
                "practice_settings": practice_settings,
                "messages": messages,
            }
        )
        return _wrap(_patra.Core.new(fields))

    # What it holds.

    @property
    def id(self) -> str:
        """Its id. Editions of a material in several languages share it."""
        return self._core.id

    @property
    def title(self) -> Text:
        """Its title."""
        return cast(Text, self._once("title", self._core.title))

    @property
    def language(self) -> str:
        """The language it is written in, as a BCP 47 tag."""
        return self._core.language

    @property
    def subject(self) -> str | None:
        """The subject it belongs to, as a school would call it."""
        return self._core.subject

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it."""
        return self._core.authors

    @property
    def licence(self) -> str | None:
        """Under what terms it may be used; an SPDX expression where one fits."""
        return self._core.licence

    @property
    def source(self) -> str | None:
        """Where it comes from: a title, a URL."""
        return self._core.source

    @property
    def updated(self) -> datetime.date | None:
        """The day its content last changed."""
        updated = self._core.updated
        return None if updated is None else datetime.date.fromisoformat(updated)

    @property
    def tags(self) -> tuple[str, ...]:
        """Words to find it by."""
        return self._core.tags

    @property
    def practice_settings(self) -> PracticeSettings:
        """Which items the author wants to have made of it."""
        return cast(PracticeSettings, self._once("settings", lambda: restored(self._core.practice_settings)))

    @property
    def messages(self) -> Mapping[str, str]:
        """Messages of its own, by the ids of the message files, each a Fluent pattern: they come before patra's."""
        return self._core.messages

    @property
    def sections(self) -> tuple[Section, ...]:
        """Its sections."""
        return cast("tuple[Section, ...]", self._once("sections", self._core.sections))

    @property
    def path(self) -> str | None:
        """The file it was read from, or the name given to its text. It is no part of what the material is."""
        return self._path

    def walk(self) -> Iterator[Block]:
        """Every block in reading order, each before the blocks inside it."""
        for section in self.sections:
            yield from section.walk()

    def replace(self, **changes: Any) -> Material:
        """The same with some fields changed; takes what the constructor takes.

        Parts that are kept keep their places, so that :meth:`check` still names the line of what is wrong.
        """
        unknown = changes.keys() - _FIELDS
        if unknown:
            raise TypeError(f"a material has no field {', '.join(sorted(unknown))}")
        core = self._core.changed(_native_fields(changes))
        read = () if "sections" in changes else self._read
        return _wrap(core, read, self._path, self._folder)

    __replace__ = replace

    # The stored form and the source.

    @staticmethod
    def from_dict(stored: Mapping[str, Any]) -> Material:
        """A material from its stored form as :meth:`to_dict` gives it.

        :raises SourceError: where a field is missing, unknown or of the wrong kind; the message names it.
        """
        text = json.dumps(stored, ensure_ascii=False)
        core, problems = _patra.Core.from_json(text, None, True)
        if core is None:
            raise SourceError(diagnostics=problems)
        return _wrap(core)

    def to_dict(self) -> dict[str, Any]:
        """The stored form: dicts, lists, strings, numbers and truth values only."""
        return cast("dict[str, Any]", json.loads(self._core.to_json()))

    @staticmethod
    def from_json(stored: str | bytes) -> Material:
        """A material from its stored form.

        :raises SourceError: where it is not JSON, or a field is missing, unknown or of the wrong kind; with the line.
        """
        core, problems = _patra.Core.from_json(stored, None, False)
        if core is None:
            raise SourceError(diagnostics=problems)
        return _wrap(core)

    def to_json(self) -> str:
        """The stored form: JSON, indented by two spaces, with a line feed at the end."""
        return self._core.to_json()

    @staticmethod
    def from_yaml(stored: str | bytes) -> Material:
        """A material from its stored form in YAML.

        :raises SourceError: where it is not YAML, or a field is missing, unknown or of the wrong kind; with the line.
        """
        core, problems = _patra.Core.from_yaml(stored, None)
        if core is None:
            raise SourceError(diagnostics=problems)
        return _wrap(core)

    def to_yaml(self) -> str:
        """The stored form in YAML, with the fields of :meth:`to_json` in their order."""
        return self._core.to_yaml()

    def to_markdown(self) -> str:
        """The material as source in patra's Markdown, which `loads` reads back to an equal material."""
        return self._core.to_markdown()

    # What a learner is asked.

    def advice(self) -> tuple[Diagnostic, ...]:
        """Advice on what a learner is asked, in the order of the source: cards that are too long, too alike, or give
        themselves away. All are warnings, and none keeps anything from being made."""
        return self._core.advice(self._path)

    def practice(
        self, *, every_kind: bool = False, pages: Mapping[str, int] | None = None
    ) -> tuple[Item, ...]:
        """What a learner is asked about it, in the order of the source.

        :param every_kind: items of every kind that the author does not rule out, those that recognise instead of recall
            among them: what worksheets and quizzes draw on. Else of the usual kinds, as the deck has them.
        :param pages: the page of the handout on which what has the id begins, as :attr:`Pdf.pages` has them; each item
            is then told its :attr:`Item.page`.
        """
        if pages:
            return self._core.practice(every_kind, dict(pages))
        key = "every item" if every_kind else "items"
        return cast("tuple[Item, ...]", self._once(key, lambda: self._core.practice(every_kind, {})))

    # What it is among objects.

    def __repr__(self) -> str:
        return f"<Material {self.id} ({self.language}): {quoted(str(self.title))}>"

    def _repr_html_(self) -> str:
        from .notebook import material_html

        return material_html(self)

    def __eq__(self, other: object) -> bool:
        return self._core.same(other._core) if isinstance(other, Material) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.id, self.language, self.title))

    if not TYPE_CHECKING:  # A checker knows already that there is nothing to set.

        def __setattr__(self, name: str, value: object) -> None:
            raise AttributeError(f"a material is frozen: use replace({name}=…) to get a changed one")

        def __delattr__(self, name: str) -> None:
            raise AttributeError(f"a material is frozen: {name} can't be deleted")

    def __copy__(self) -> Material:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Material:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._core.to_json(), self._read, self._path, self._folder)


_FIELDS = frozenset(
    ("title", "language", "sections", "id", "subject", "authors", "licence", "source", "updated", "tags")
) | {"practice_settings", "messages"}


def _wrap(
    core: _patra.Core,
    read: tuple[Diagnostic, ...] = (),
    path: str | None = None,
    folder: Path | None = None,
) -> Material:
    material = object.__new__(Material)
    values: tuple[object, ...] = (core, read, path, folder, {})
    for name, value in zip(Material.__slots__, values):
        object.__setattr__(material, name, value)
    return material


def _restore(stored: str, read: tuple[Diagnostic, ...], path: str | None, folder: Path | None) -> Material:
    core, problems = _patra.Core.from_json(stored, path, False)
    if core is None:
        raise SourceError(diagnostics=problems)
    return _wrap(core, read, path, folder)


def _native_fields(given: dict[str, Any]) -> dict[str, Any]:
    """The fields as the native model takes them, or a ``TypeError`` that names the wrong one."""
    fields = dict(given)
    for name, value in given.items():
        if name == "title":
            fields[name] = Text(value)
        elif name == "sections":
            fields[name] = parts(value, Section, name)
        elif name in ("authors", "tags"):
            if isinstance(value, str):
                raise TypeError(f"{name} is a list of str, not one str")
            fields[name] = tuple(plain(each, name) for each in value)
        elif name == "updated":
            if isinstance(value, datetime.datetime):
                raise TypeError("updated is a date, not a datetime")
            fields[name] = value.isoformat() if isinstance(value, datetime.date) else value and plain(value, name)
        elif name == "practice_settings":
            del fields[name]
            fields["practice"] = stored(PracticeSettings() if value is None else value)
        elif name == "messages":
            fields[name] = {plain(id, name): plain(text, name) for id, text in (value or {}).items()}
        elif name in ("language", "id"):
            fields[name] = plain(value, name)
        else:
            fields[name] = None if value is None else plain(value, name)
    return fields


def read(source: Input, *, strict: bool = True) -> Material:
    """Reads a material from a file, or a book from its folder.

    The ending of the file's name tells what it holds: ``.json`` the stored form, ``.txt`` text pasted from the web, any
    other patra's Markdown. A folder with a ``patra.toml``, or the path of that file, is a book: all of its files are one material.

    :param strict: with ``False``, a material with errors is given back where one could be made at all;
        :meth:`Material.check` tells what is wrong with it.
    :raises SourceError: with every problem of the source and of the material in it.
    :raises ValueError: where the folder holds several editions of a book: name the file of one.
    :raises OSError: where the file can't be read.
    """
    return _material(source, strict)


def loads(
    text: str | bytes, name: str | None = None, *, folder: PathLike | None = None, strict: bool = True
) -> Material:
    """Reads a material from a text.

    :param name: what messages call the text; like the name of a file, whose ending tells what it holds as in
        :func:`read`, and which gives the material its id where the text has none.
    :param folder: where the files that the text includes, and its pictures and sounds, are looked for; without one there are
        none.
    :param strict: as in :func:`read`.
    :raises SourceError: with every problem of the text and of the material in it.
    """
    place = None if folder is None else Path(folder)
    return _sound(*_patra.Core.read(text, name, place), name, place, strict)


def course(language: str = "hi") -> Material:
    """The course that comes with patra, on business process outsourcing, in Hindi or in English.

    :raises ValueError: where there is no edition in the language.
    """
    for name, text in _patra.editions():
        if name.split(".")[1] == language:
            return loads(text, name)
    raise ValueError(f"the course is in {' and '.join(name.split('.')[1] for name, _ in _patra.editions())}; not in {language!r}")


def check(source: Input) -> tuple[Diagnostic, ...]:
    """Every problem of a source, the warnings among them; none where all is well.

    :raises OSError: where the file can't be read.
    """
    try:
        return _material(source, False).check()
    except SourceError as error:
        return error.diagnostics


def read_book(path: Path, settings: _patra.CallSettings | None = None, *, strict: bool = True) -> Material:
    """The book whose file is at a path. ``arguments`` are those by which the command makes its files."""
    return _sound(*_patra.Core.read_book(path, settings), str(path), path.parent, strict)


def _material(source: Input, strict: bool) -> Material:
    if isinstance(source, (str, os.PathLike)):
        editions = books(Path(source))
        if len(editions) > 1:
            names = " and ".join(each.name for each in editions)
            raise ValueError(f"{source} holds several editions, {names}: name the file of one")
        if editions:
            return read_book(editions[0], strict=strict)
    content, path, name = load(source)
    if path is not None and _patra.is_book(path.name):
        raise ValueError(f"a book is read by its path, not as the open file {name}")
    folder = path and path.parent
    return _sound(*_patra.Core.read(content, name, folder), name, folder, strict)


def _sound(
    core: _patra.Core | None, problems: tuple[Diagnostic, ...], name: str | None, folder: Path | None, strict: bool
) -> Material:
    if core is None:
        raise SourceError(diagnostics=problems)
    material = _wrap(core, problems, name, folder)
    if strict and any(each.is_error for each in material.check()):
        raise SourceError(diagnostics=material.check())
    return material
