"""The whole of a material."""

from __future__ import annotations

import datetime
import json
import os
import sys
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, final, get_args

from . import _patra
from .errors import Diagnostic, ExportError, ModelError, PatraWarning, SourceError
from .files import Input, PathLike, Target, deliver, load
from .made import (
    Change,
    Deck,
    DeckFormat,
    Edits,
    Effect,
    Flip,
    Outcome,
    Pdf,
    PdfKind,
    Plan,
    PlannedDeck,
    PlannedNote,
    SheetSize,
)
from .model import Block, Section, parts
from .practice import Item
from .settings import PracticeSettings, restored, stored
from .text import Text, Words, plain, quoted

@final
class Material:
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

    def to_markdown(self) -> str:
        """The material as source in patra's Markdown, which `loads` reads back to an equal material."""
        return self._core.to_markdown()

    # What is wrong with it, and what a learner is asked.

    def check(self) -> tuple[Diagnostic, ...]:
        """Every problem: what was found when it was read, and what is wrong with it as a whole."""
        return cast("tuple[Diagnostic, ...]", self._once("check", self._check))

    def _check(self) -> tuple[Diagnostic, ...]:
        # The reader may have found already what is wrong with the whole; each is told once.
        found = dict.fromkeys((*self._read, *self._core.problems(self._path)))
        return tuple(sorted(found, key=lambda each: (each.line is None, each.line or 0, each.column or 0)))

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

    # What is made of it.

    def pdf(
        self,
        *,
        kind: PdfKind = "handout",
        sheet: SheetSize = "a4",
        media: Mapping[str, bytes] | None = None,
        seed: int = 1,
        marks: bool = True,
        flip: Flip = "long-edge",
        back_offset: tuple[float, float] = (0.0, 0.0),
        calibration: bool = False,
    ) -> Pdf:
        """A PDF to print.

        :param kind: what it is for.
        :param sheet: the size of the paper.
        :param media: the files of its figures by their names as written; else they are read from the source's folder.
        :param seed: what the draw of a worksheet follows from, and of its key; from 0 to 2**64 - 1. The worksheet names it.
        :param marks: whether a worksheet, its key and cards have the short code of each item in small print.
        :param flip: over which edge the printer turns sheets of cards.
        :param back_offset: how far the backs of cards are moved to the right and down, in millimetres, each from -8 to 8.
        :param calibration: whether cards begin with a sheet that shows how far the printer moves the backs.
        :raises ModelError: where the material is not sound.
        :raises ExportError: where something in it can't be printed.
        """
        _one_of(kind, PdfKind, "kind")
        _one_of(sheet, SheetSize, "sheet")
        _one_of(flip, Flip, "flip")
        if not 0 <= seed < 2**64:
            raise ValueError(f"seed is a number from 0 to 2**64 - 1; not {seed!r}")
        right, down = back_offset
        if not (abs(right) <= 8 and abs(down) <= 8):
            raise ValueError(f"back_offset is two numbers of millimetres from -8 to 8; not {back_offset!r}")
        self._require_sound()
        data, count, pages, problems = _patra.pdf(
            self._core, self._path, self._media(media), kind, sheet, seed, marks, flip, (right, down), calibration
        )
        _warn(problems)
        if kind == "handout" and sheet == "a4" and media is None:
            self._cache["pages"] = pages
        return Pdf(data, count, pages)

    def write_pdf(
        self,
        target: Target,
        *,
        kind: PdfKind = "handout",
        sheet: SheetSize = "a4",
        media: Mapping[str, bytes] | None = None,
        seed: int = 1,
        marks: bool = True,
        flip: Flip = "long-edge",
        back_offset: tuple[float, float] = (0.0, 0.0),
        calibration: bool = False,
    ) -> Pdf:
        """Writes a PDF; see :meth:`pdf`."""
        made = self.pdf(
            kind=kind,
            sheet=sheet,
            media=media,
            seed=seed,
            marks=marks,
            flip=flip,
            back_offset=back_offset,
            calibration=calibration,
        )
        deliver(made, target)
        return made

    def deck(
        self,
        *,
        deck: str | None = None,
        lock: str | None = None,
        now: int | None = None,
        media: Mapping[str, bytes] | None = None,
        format: DeckFormat = "current",
        subdecks: bool = False,
        preset: bool = False,
        omit_retired: bool = False,
        reversed: bool = False,
        typed: bool = False,
        speech: bool = False,
        translation: Material | None = None,
        earlier: bytes | None = None,
        pages: Mapping[str, int] | None = None,
    ) -> Deck:
        """Its deck of flashcards for Anki, to be imported again after every change.

        :param deck: the deck's name; else the material's title. ``::`` makes subdecks.
        :param lock: the lock that the build before gave, as text. With it only notes that changed are newer than before.
        :param now: the modification time of notes that are new or changed, in seconds since 1970; a time for a build
            with a lock. Else the start of the day the material was updated.
        :param media: the files of its figures by their names as written; else they are read from the source's folder.
        :param format: ``current`` for Anki from 2.1.50, ``legacy`` for any.
        :param subdecks: puts the cards of each section into a subdeck. Anki never moves a card that a learner has, so
            cards of a section are better found by its tag, which moves along; a subdeck's name stays as the lock has it.
        :param preset: gives the deck a preset of options, which Anki takes where "Import any deck presets" is ticked.
        :param omit_retired: leaves out the notes that mark what is no longer asked: for learners who begin now.
        :param reversed: asks both directions of a term on the two cards of one note; else each is a note of its own. The
            notes have ids of their own in Anki: in a deck that learners have, reviews stay with the old notes.
        :param typed: has answers that are a term or a name typed: one line of 40 characters at most. The notes have ids of
            their own, as with ``reversed``.
        :param speech: has cards read aloud by the voice that the learner's device has for the material's language.
        :param translation: another edition of the material, of the same id in another language: its words are shown
            below those of the deck, wherever it has an item of the same id.
        :param earlier: the deck that an earlier build made, for where its lock is lost: what learners have is told from
            it, as far as it can be, with a warning.
        :param pages: the pages of the handout that the cards name, as in :meth:`sheets`. A page that moved is no change of
            a note: learners get it with the note's next change.
        :raises ModelError: where the material, or its translation, is not sound.
        :raises ValueError: where the translation has another id, or is in the same language.
        :raises ExportError: where something in it can't be a card, or the lock is none.
        """
        self._require_sound()
        return self._deck(
            deck, lock, earlier, now, media, format, subdecks, preset, omit_retired,
            reversed, typed, speech, translation, pages,
        )

    def write_deck(
        self,
        target: Target,
        *,
        deck: str | None = None,
        lock: PathLike | None = None,
        now: int | None = None,
        media: Mapping[str, bytes] | None = None,
        format: DeckFormat = "current",
        subdecks: bool = False,
        preset: bool = False,
        omit_retired: bool = False,
        reversed: bool = False,
        typed: bool = False,
        speech: bool = False,
        translation: Material | None = None,
        pages: Mapping[str, int] | None = None,
    ) -> Deck:
        """Writes its deck; see :meth:`deck`.

        :param lock: the file that keeps the lock from build to build. It is made where there is none, and written once
            the deck is. With it ``now`` is the present time, where none is given. Where the file is gone and a deck lies at
            the target, that deck tells what learners have, with a warning.
        """
        self._require_sound()
        before = earlier = None
        if lock is not None:
            now = int(time.time()) if now is None else now
            before = Path(lock).read_text("utf-8") if Path(lock).exists() else ""
            if not before and isinstance(target, (str, os.PathLike)) and Path(target).is_file():
                earlier = Path(target).read_bytes()
        made = self._deck(
            deck, before, earlier, now, media, format, subdecks, preset, omit_retired,
            reversed, typed, speech, translation, pages,
        )
        deliver(made, target)
        if lock is not None and made.lock != before:
            deliver(made.lock.encode(), lock)
        return made

    def plan(
        self,
        lock: PathLike | None = None,
        *,
        collection: PathLike | None = None,
        deck: str | None = None,
        media: Mapping[str, bytes] | None = None,
        subdecks: bool = False,
        omit_retired: bool = False,
        reversed: bool = False,
        typed: bool = False,
        speech: bool = False,
        translation: Material | None = None,
    ) -> Plan:
        """What importing its deck will do to each note, in the order of the source. Nothing is written.

        :param lock: the file that keeps the lock, to tell what changed since the build that it is of.
        :param collection: a learner's collection, the file ``collection.anki2`` in the folder of a profile. Each note
            then has an :class:`Effect`: what Anki will do with it there, and what the learner would lose. It is read from
            a copy, and may be open in Anki; not in a program that holds it open itself, since on Unix that program would lose its locks.
        :param deck: as in :meth:`deck`, like the rest.
        :raises ModelError: where the material, or its translation, is not sound.
        :raises ValueError: where the translation has another id, or is in the same language.
        :raises ExportError: where something in it can't be a card, the lock is none, or the collection is none.
        :raises OSError: where a file can't be read.
        """
        self._require_sound()
        before = None if lock is None else Path(lock).read_text("utf-8")
        if collection is not None:
            Path(collection).stat()
        path = None if collection is None else Path(collection)
        given = None if media is None else self._media(media)
        name, notes, decks, note_types, problems = _patra.plan(
            self._core,
            self._path,
            given,
            self._folder,
            before,
            deck,
            subdecks,
            omit_retired,
            reversed,
            typed,
            speech,
            _other(self, translation),
            path,
        )
        _warn(problems)
        return Plan(
            (PlannedNote(*note[:5], None if note[5] is None else _effect(*note[5])) for note in notes),
            name,
            tuple(PlannedDeck(*each[:4], tuple(each[4])) for each in decks),
            dict(note_types),
        )

    def _deck(
        self,
        deck: str | None,
        lock: str | None,
        earlier: bytes | None,
        now: int | None,
        media: Mapping[str, bytes] | None,
        format: DeckFormat,
        subdecks: bool,
        preset: bool,
        omit_retired: bool,
        reversed: bool,
        typed: bool,
        speech: bool,
        translation: Material | None,
        pages: Mapping[str, int] | None,
    ) -> Deck:
        _one_of(format, DeckFormat, "format")
        given = None if media is None else self._media(media)
        data, after, changes, problems = _patra.deck(
            self._core,
            self._path,
            self._pages(pages),
            given,
            self._folder,
            lock,
            earlier,
            now,
            deck,
            subdecks,
            preset,
            format == "legacy",
            omit_retired,
            reversed,
            typed,
            speech,
            _other(self, translation),
        )
        _warn(problems)
        return Deck(data, after, tuple(Change(*each) for each in changes))

    def _pages(self, given: Mapping[str, int] | None) -> dict[str, int]:
        return dict(self._once("pages", self._handout_pages) if given is None else given)

    def _handout_pages(self) -> dict[str, int]:
        try:
            # Of what can't be printed as it is meant, the handout warns.
            return _patra.pdf(
                self._core, self._path, self._media(None), "handout", "a4", 1, True, "long-edge", (0.0, 0.0), False
            )[2]
        except ExportError:
            return {}

    def _media(self, given: Mapping[str, bytes] | None) -> dict[str, bytes]:
        if given is not None:
            return {name: bytes(data) for name, data in given.items()}
        return self._core.pictures(self._folder)

    def sheets(
        self,
        *,
        pages: Mapping[str, int] | None = None,
        byte_order_mark: bool = True,
        spreadsheet_safe: bool = False,
    ) -> dict[str, bytes]:
        """Its sheets, by file name: a CSV file for each kind of thing, and ``datapackage.json``, which describes them.

        :param pages: the page of the handout on which what has the id begins, as :meth:`pdf` gives them in
            :attr:`Pdf.pages`. ``None`` lays the handout out to find them; with ``{}`` the sheets name no pages.
        :param byte_order_mark: whether the CSV files begin with one. Spreadsheets need it; pandas, polars and DuckDB skip
            it, and Python's ``csv`` does with the encoding ``utf-8-sig``.
        :param spreadsheet_safe: whether to put a ``'`` before the cells that a spreadsheet would alter or run. Without
            it cells are exact, and each cell that is in danger a :class:`PatraWarning`.
        :raises ModelError: where the material is not sound; and with it nothing is made.
        :raises ExportError: where something in it can't stand in a sheet.
        """
        self._require_sound()
        files, problems = _patra.sheets(
            self._core, self._path, self._folder, self._pages(pages), byte_order_mark, spreadsheet_safe
        )
        _warn(problems)
        return files

    def write_sheets(
        self,
        folder: PathLike,
        *,
        pages: Mapping[str, int] | None = None,
        byte_order_mark: bool = True,
        spreadsheet_safe: bool = False,
    ) -> None:
        """Writes its sheets into a folder, which is made where there is none; see :meth:`sheets`."""
        files = self.sheets(pages=pages, byte_order_mark=byte_order_mark, spreadsheet_safe=spreadsheet_safe)
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            deliver(data, Path(folder, name))

    def workbook(self, *, pages: Mapping[str, int] | None = None) -> bytes:
        """Its sheets as an XLSX workbook for people, a worksheet each.

        :param pages: as in :meth:`sheets`.
        :raises ModelError: where the material is not sound.
        :raises ExportError: where something in it can't stand in a worksheet.
        """
        self._require_sound()
        data, problems = _patra.workbook(self._core, self._path, self._folder, self._pages(pages))
        _warn(problems)
        return data

    def write_workbook(self, target: Target, *, pages: Mapping[str, int] | None = None) -> None:
        """Writes its workbook; see :meth:`workbook`."""
        deliver(self.workbook(pages=pages), target)

    def _require_sound(self) -> None:
        if any(each.is_error for each in self.check()):
            raise ModelError(diagnostics=self.check())

    def _once(self, name: str, make: Any) -> Any:
        try:
            return self._cache[name]
        except KeyError:
            # Two threads may both make it; all get the one that came first.
            return self._cache.setdefault(name, make())

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


def _other(material: Material, translation: Material | None) -> _patra.Core | None:
    if translation is None:
        return None
    if translation.id != material.id or translation.language == material.language:
        raise ValueError(
            f"translation is an edition of {material.id} in a language other than {material.language}; not {translation!r}"
        )
    translation._require_sound()
    return translation._core


def _restore(stored: str, read: tuple[Diagnostic, ...], path: str | None, folder: Path | None) -> Material:
    core, problems = _patra.Core.from_json(stored, path, False)
    if core is None:
        raise SourceError(diagnostics=problems)
    return _wrap(core, read, path, folder)


def _effect(
    outcome: Outcome,
    edits: Edits,
    lost_tags: list[str],
    returns: bool,
    held_back: bool,
    new_cards: list[int],
    empty_cards: list[int],
) -> Effect:
    return Effect(outcome, edits, tuple(lost_tags), returns, held_back, tuple(new_cards), tuple(empty_cards))


def _one_of(value: object, kind: object, name: str) -> None:
    if value not in get_args(kind):
        raise ValueError(f"{name} is one of {', '.join(get_args(kind))}; not {value!r}")


def _warn(problems: tuple[Diagnostic, ...]) -> None:
    for problem in problems:
        warnings.warn(PatraWarning(problem), stacklevel=_level())


def _level() -> int:
    """How far up the code stands that called patra: a warning is about that."""
    level, frame = 2, sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__") == __name__:
        level, frame = level + 1, frame.f_back
    return level


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
    """Reads a material from a file.

    The ending of the file's name tells what it holds: ``.json`` the stored form, ``.txt`` text pasted from the web, any
    other patra's Markdown.

    :param strict: with ``False``, a material with errors is given back where one could be made at all;
        :meth:`Material.check` tells what is wrong with it.
    :raises SourceError: with every problem of the source and of the material in it.
    :raises OSError: where the file can't be read.
    """
    return _material(source, strict)


def loads(text: str | bytes, name: str | None = None, *, strict: bool = True) -> Material:
    """Reads a material from a text.

    :param name: what messages call the text; like the name of a file, whose ending tells what it holds as in
        :func:`read`, and which gives the material its id where the text has none.
    :param strict: as in :func:`read`.
    :raises SourceError: with every problem of the text and of the material in it.
    """
    return _sound(*_patra.Core.read(text, name), name, None, strict)


def check(source: Input) -> tuple[Diagnostic, ...]:
    """Every problem of a source, the warnings among them; none where all is well.

    :raises OSError: where the file can't be read.
    """
    try:
        return _material(source, False).check()
    except SourceError as error:
        return error.diagnostics


def _material(source: Input, strict: bool) -> Material:
    content, path, name = load(source)
    return _sound(*_patra.Core.read(content, name), name, path and path.parent, strict)


def _sound(
    core: _patra.Core | None, problems: tuple[Diagnostic, ...], name: str | None, folder: Path | None, strict: bool
) -> Material:
    if core is None:
        raise SourceError(diagnostics=problems)
    material = _wrap(core, problems, name, folder)
    if strict and any(each.is_error for each in material.check()):
        raise SourceError(diagnostics=material.check())
    return material
