"""What is made of a material: papers, decks, sheets and quizzes."""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict, cast, get_args

from . import _patra
from .errors import Diagnostic, ExportError, ModelError, PatraWarning
from .files import PathLike, Target, deliver
from .made import (
    Change,
    Contents,
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

from .sheet import Sheet
from .sheet import make as make_sheet

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .material import Material


class DeckKeywords(TypedDict, total=False):
    """How the deck is made whose cards and changes sheets tell of: the options of :meth:`Material.deck` that it hangs on."""

    deck: str | None
    lock: str | None
    earlier: bytes | None
    now: int | None
    subdecks: bool
    omit_retired: bool
    reversed: bool
    typed: bool
    speech: bool
    translation: Material | None


_AS_USUAL: dict[str, object] = {
    **{"sheet": "a4", "marks": True, "theme": "standard", "margins": None, "binding": 0.0},
    **{"single_sided": False, "contents": "auto", "fonts": ()},
}
"""The looks of a handout whose pages sheets and cards name where no others are given."""


class Outputs:
    """The outputs of a material; :class:`~patra.Material` has them all."""

    __slots__ = ()

    if TYPE_CHECKING:
        _core: _patra.Core
        _path: str | None
        _folder: Path | None
        _cache: dict[str, Any]
        _read: tuple[Diagnostic, ...]

    def check(self) -> tuple[Diagnostic, ...]:
        """Every problem: what was found when it was read, and what is wrong with it as a whole."""
        return cast("tuple[Diagnostic, ...]", self._once("check", self._check))

    def _check(self) -> tuple[Diagnostic, ...]:
        # The reader may have found already what is wrong with the whole; each is told once.
        found = dict.fromkeys((*self._read, *self._core.problems(self._path)))
        # Those of a book come file by file.
        files = list(dict.fromkeys(each.path for each in found))
        return tuple(
            sorted(found, key=lambda each: (each.line is None, files.index(each.path), each.line or 0, each.column or 0))
        )

    def pdf(
        self,
        *,
        kind: PdfKind = "handout",
        sheet: SheetSize = "a4",
        media: Mapping[str, bytes] | None = None,
        seed: int = 1,
        questions: int | Literal["all"] = 6,
        sets: Sequence[str] = (),
        marks: bool = True,
        flip: Flip | None = None,
        back_offset: tuple[float, float] = (0.0, 0.0),
        calibration: bool = False,
        creep: float = 0.0,
        theme: PathLike = "standard",
        margins: float | tuple[float, float, float] | None = None,
        binding: float = 0.0,
        single_sided: bool = False,
        contents: Contents = "auto",
        fonts: Sequence[PathLike] = (),
        beside: Material | None = None,
    ) -> Pdf:
        """A PDF to print.

        :param kind: what it is for.
        :param sheet: the size of the paper.
        :param media: the files of its figures by their names as written; else they are read from the source's folder.
        :param seed: what the draw of a worksheet follows from, and of its key; from 0 to 2**64 - 1. The worksheet names it.
        :param questions: the most questions in one exercise of a worksheet, or ``all``; its key needs the same number.
        :param sets: the sets of a test by their letters, ``A`` to ``F``, for its key; a test is printed in the first of them.
        :param marks: whether papers have short codes in small print: a worksheet, its key and cards that of each item, a
            handout that of each thing that is asked about.
        :param flip: over which edge the printer turns sheets; else the long one for cards, and the short one for a booklet.
        :param back_offset: how far the backs of cards are moved to the right and down, in millimetres, each from -8 to 8.
        :param calibration: whether cards begin with a sheet that shows how far the printer moves the backs.
        :param creep: how far the pages of a booklet's innermost sheet are moved towards the fold, in millimetres from 0 to 5, and
            those of the others in proportion.
        :param theme: how it looks: ``standard``, ``large-print``, ``mono``, or the path of a theme in TOML.
        :param margins: in millimetres from 10 to 60: one for all, or those above, beside and below the text; else the theme's.
        :param binding: how much wider the margin is on the side where sheets are bound, in millimetres from 0 to 30.
        :param single_sided: whether sheets are printed on one side, so that all are bound on one side.
        :param contents: whether a handout has a table of contents: ``auto`` where it has nine pages or more and three sections.
        :param fonts: the paths of fonts (TTF, OTF, TTC) to take letters from before those that come with patra.
        :param beside: another edition of the material, of the same id in another language, to be set in a second column of a
            handout; its pictures are read from its own source's folder.
        :raises ModelError: where the material, or the one beside it, is not sound.
        :raises ValueError: where the one beside it has another id or is in the same language, or the paper is no handout.
        :raises ExportError: where something in it can't be printed, or the theme or a font has an error.
        :raises OSError: where the theme or a font can't be read.
        """
        one_of(kind, PdfKind, "kind")
        if beside is not None and kind != "handout":
            raise ValueError(f"an edition is set beside another in a handout alone; not in {kind!r}")
        self._require_sound()
        other = _other(self, beside, "beside")
        looks: dict[str, object] = {
            **{"sheet": sheet, "marks": marks, "theme": theme, "margins": margins, "binding": binding},
            **{"single_sided": single_sided, "contents": contents, "fonts": fonts},
        }
        asked = {"seed": seed, "questions": questions, "sets": sets}
        keywords = {**looks, **asked, "flip": flip, "back_offset": back_offset, "calibration": calibration, "creep": creep}
        set_beside = None if beside is None or other is None else (other, beside._media(None))
        data, count, pages, problems = _patra.pdf(self._core, self._path, self._media(media), kind, keywords, set_beside)
        warn(problems)
        if kind == "handout" and media is None and beside is None and looks == _AS_USUAL:
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
        questions: int | Literal["all"] = 6,
        sets: Sequence[str] = (),
        marks: bool = True,
        flip: Flip | None = None,
        back_offset: tuple[float, float] = (0.0, 0.0),
        calibration: bool = False,
        creep: float = 0.0,
        theme: PathLike = "standard",
        margins: float | tuple[float, float, float] | None = None,
        binding: float = 0.0,
        single_sided: bool = False,
        contents: Contents = "auto",
        fonts: Sequence[PathLike] = (),
        beside: Material | None = None,
    ) -> Pdf:
        """Writes a PDF; see :meth:`pdf`."""
        made = self.pdf(
            kind=kind,
            sheet=sheet,
            media=media,
            seed=seed,
            questions=questions,
            sets=sets,
            marks=marks,
            flip=flip,
            back_offset=back_offset,
            calibration=calibration,
            creep=creep,
            theme=theme,
            margins=margins,
            binding=binding,
            single_sided=single_sided,
            contents=contents,
            fonts=fonts,
            beside=beside,
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
            media,
            pages,
            translation,
            **{"deck": deck, "lock": lock, "earlier": earlier, "now": now, "format": format, "subdecks": subdecks},
            **{"preset": preset, "omit_retired": omit_retired, "reversed": reversed, "typed": typed, "speech": speech},
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
            media,
            pages,
            translation,
            **{"deck": deck, "lock": before, "earlier": earlier, "now": now, "format": format, "subdecks": subdecks},
            **{"preset": preset, "omit_retired": omit_retired, "reversed": reversed, "typed": typed, "speech": speech},
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
        keywords = {
            **{"lock": before, "deck": deck, "subdecks": subdecks, "omit_retired": omit_retired, "reversed": reversed},
            **{"typed": typed, "speech": speech, "translation": _other(self, translation)},
        }
        name, notes, decks, note_types, problems = _patra.plan(self._core, self._path, given, self._folder, keywords, path)
        warn(problems)
        return Plan(
            (PlannedNote(*note[:5], None if note[5] is None else _effect(*note[5])) for note in notes),
            name,
            tuple(PlannedDeck(*each[:4], tuple(each[4])) for each in decks),
            dict(note_types),
        )

    def _deck(
        self, media: Mapping[str, bytes] | None, pages: Mapping[str, int] | None, translation: Material | None, **keywords: Any
    ) -> Deck:
        given = None if media is None else self._media(media)
        keywords["translation"] = _other(self, translation)
        data, after, changes, problems = _patra.deck(
            self._core, self._path, self._pages(pages), given, self._folder, keywords
        )
        warn(problems)
        return Deck(data, after, tuple(Change(*each) for each in changes))

    def _pages(self, given: Mapping[str, int] | None) -> dict[str, int]:
        return dict(self._once("pages", self._handout_pages) if given is None else given)

    def _handout_pages(self) -> dict[str, int]:
        try:
            # Of what can't be printed as it is meant, the handout warns.
            return _patra.pdf(self._core, self._path, self._media(None), "handout", {})[2]
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
        **deck: Unpack[DeckKeywords],
    ) -> dict[str, bytes]:
        """Its sheets, by file name: a CSV file for each kind of thing, and ``datapackage.json``, which describes them.

        :param pages: the page of the handout on which what has the id begins, as :meth:`pdf` gives them in
            :attr:`Pdf.pages`. ``None`` lays the handout out to find them; with ``{}`` the sheets name no pages.
        :param byte_order_mark: whether the CSV files begin with one. Spreadsheets need it; pandas, polars and DuckDB skip
            it, and Python's ``csv`` does with the encoding ``utf-8-sig``.
        :param spreadsheet_safe: whether to put a ``'`` before the cells that a spreadsheet would alter or run. Without
            it cells are exact, and each cell that is in danger a :class:`PatraWarning`.
        :param deck: how the deck is made whose cards and changes the sheets tell of, as in :meth:`deck`.
        :raises ModelError: where the material is not sound; and with it nothing is made.
        :raises ExportError: where something in it can't stand in a sheet.
        """
        register = self._register(pages, byte_order_mark, spreadsheet_safe, deck)
        files, problems = _patra.sheets(self._core, self._path, register)
        warn(problems)
        return files

    def write_sheets(
        self,
        folder: PathLike,
        *,
        pages: Mapping[str, int] | None = None,
        byte_order_mark: bool = True,
        spreadsheet_safe: bool = False,
        **deck: Unpack[DeckKeywords],
    ) -> None:
        """Writes its sheets into a folder, which is made where there is none; see :meth:`sheets`."""
        files = self.sheets(pages=pages, byte_order_mark=byte_order_mark, spreadsheet_safe=spreadsheet_safe, **deck)
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            deliver(data, Path(folder, name))

    def tables(self, *, pages: Mapping[str, int] | None = None, **deck: Unpack[DeckKeywords]) -> dict[str, Sheet]:
        """Its sheets as tables in memory, by name, for pandas, polars, pyarrow, DuckDB and whatever else speaks Arrow; none of
        them is needed for it.

        :param pages: as in :meth:`sheets`.
        :param deck: as in :meth:`sheets`.
        :raises ModelError: where the material is not sound.
        :raises ExportError: where something in it can't stand in a sheet.
        """
        told = self._pages(pages)
        register = self._register(told, True, False, deck)
        material = cast("Material", self)
        made = _patra.tables(self._core, self._path, register)
        return {name: make_sheet(name, batch, material, {"pages": told, **deck}) for name, batch in made}

    def workbook(self, *, pages: Mapping[str, int] | None = None, **deck: Unpack[DeckKeywords]) -> bytes:
        """Its sheets as an XLSX workbook for people, a worksheet each.

        :param pages: as in :meth:`sheets`.
        :param deck: as in :meth:`sheets`.
        :raises ModelError: where the material is not sound.
        :raises ExportError: where something in it can't stand in a worksheet.
        """
        data, problems = _patra.workbook(self._core, self._path, self._register(pages, True, False, deck))
        warn(problems)
        return data

    def write_workbook(
        self, target: Target, *, pages: Mapping[str, int] | None = None, **deck: Unpack[DeckKeywords]
    ) -> None:
        """Writes its workbook; see :meth:`workbook`."""
        deliver(self.workbook(pages=pages, **deck), target)

    def _register(
        self, pages: Mapping[str, int] | None, byte_order_mark: bool, spreadsheet_safe: bool, deck: DeckKeywords
    ) -> _patra.Register:
        self._require_sound()
        unknown = deck.keys() - DeckKeywords.__annotations__.keys()
        if unknown:
            raise TypeError(f"a deck has no option {', '.join(sorted(unknown))}")
        keywords: dict[str, Any] = {**deck, "translation": _other(self, deck.get("translation"))}
        keywords |= {"byte_order_mark": byte_order_mark, "spreadsheet_safe": spreadsheet_safe}
        told = self._pages(pages)
        return _patra.register(self._core, self._path, self._folder, told, keywords)

    def moodle_xml(self, *, media: Mapping[str, bytes] | None = None, longest_match: int = 10) -> bytes:
        """A quiz in Moodle's XML, for Moodle 3.5 and later: a category for each section, and each question under the id of
        its item.

        :param media: the files of its figures by their names as written; else they are read from the source's folder.
        :param longest_match: the most lines in one matching question, at least 2; a longer list becomes several.
        :raises ModelError: where the material is not sound.
        :raises ExportError: where something in it can't be asked.
        """
        return self._quiz("moodle_xml", media, longest_match)

    def write_moodle_xml(
        self, target: Target, *, media: Mapping[str, bytes] | None = None, longest_match: int = 10
    ) -> None:
        """Writes a quiz in Moodle's XML; see :meth:`moodle_xml`."""
        deliver(self.moodle_xml(media=media, longest_match=longest_match), target)

    def gift(self, *, media: Mapping[str, bytes] | None = None, longest_match: int = 10) -> bytes:
        """A quiz in GIFT, as Moodle 3.8 and later reads it: a text without pictures; see :meth:`moodle_xml`."""
        return self._quiz("gift", media, longest_match)

    def write_gift(self, target: Target, *, media: Mapping[str, bytes] | None = None, longest_match: int = 10) -> None:
        """Writes a quiz in GIFT; see :meth:`gift`."""
        deliver(self.gift(media=media, longest_match=longest_match), target)

    def qti(self, *, media: Mapping[str, bytes] | None = None, longest_match: int = 10) -> bytes:
        """A quiz in QTI 2.1, as a content package in a zip file; see :meth:`moodle_xml`."""
        return self._quiz("qti", media, longest_match)

    def write_qti(self, target: Target, *, media: Mapping[str, bytes] | None = None, longest_match: int = 10) -> None:
        """Writes a quiz in QTI 2.1; see :meth:`qti`."""
        deliver(self.qti(media=media, longest_match=longest_match), target)

    def _quiz(self, form: str, media: Mapping[str, bytes] | None, longest_match: int) -> bytes:
        if longest_match < 2:
            raise ValueError(f"longest_match is a number from 2; not {longest_match!r}")
        self._require_sound()
        data, problems = _patra.quiz(self._core, self._path, self._media(media), form, longest_match)
        warn(problems)
        return data

    def _once(self, name: str, make: Any) -> Any:
        try:
            return self._cache[name]
        except KeyError:
            # Two threads may both make it; all get the one that came first.
            return self._cache.setdefault(name, make())

    def _require_sound(self) -> None:
        if any(each.is_error for each in self.check()):
            raise ModelError(diagnostics=self.check())


def _other(material: Outputs, edition: Material | None, name: str = "translation") -> _patra.Core | None:
    if edition is None:
        return None
    own = material._core
    if edition.id != own.id or edition.language == own.language:
        raise ValueError(f"{name} is an edition of {own.id} in a language other than {own.language}; not {edition!r}")
    edition._require_sound()
    return edition._core


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


def one_of(value: object, kind: object, name: str) -> None:
    if value not in get_args(kind):
        raise ValueError(f"{name} is one of {', '.join(get_args(kind))}; not {value!r}")


def warn(problems: tuple[Diagnostic, ...]) -> None:
    for problem in problems:
        warnings.warn(PatraWarning(problem), stacklevel=_level())


def _level() -> int:
    """How far up the code stands that called patra: a warning is about that."""
    level, frame = 2, sys._getframe(2)
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).startswith("patra."):
        level, frame = level + 1, frame.f_back
    return level
