"""One source to all its files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import _patra
from .errors import Diagnostic, PatraError
from .files import Delivery
from .made import DeckFormat, Flip
from .material import Material, loads, read, read_book

if TYPE_CHECKING:
    from .locks import Locks


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file that was made of a source."""

    name: str
    """Its name within the material's folder, with ``/`` between folders: ``sheets/terms.csv``."""
    size: int
    """Its length in bytes."""
    sha256: str
    """The SHA-256 of what is in it, in hexadecimal."""
    data: bytes | None = field(default=None, repr=False)
    """What is in it, where nothing was written."""


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one source of many."""

    source: str
    """The path of the source, or what it is called."""
    id: str | None = None
    """The material's id."""
    language: str | None = None
    """The material's language."""
    folder: str | None = None
    """The folder its files were written to."""
    files: tuple[BuiltFile, ...] = ()
    """Its files."""
    items: int | None = None
    """How many items a learner is asked."""
    pages: int | None = None
    """How many pages the handout has, where it was made."""
    lock: str | None = None
    """The lock of its deck, where one was made: its part of the folder's ``patra.lock``."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What was found in the source and by the exporters, warnings and errors."""
    error: PatraError | OSError | None = None
    """Why nothing was made of it."""

    @property
    def ok(self) -> bool:
        """Whether all of its files were made."""
        return self.error is None

    def row(self) -> dict[str, str | int | bool | None]:
        """The record as a row of a table, of plain values alone, with the same columns whether or not there was an error."""
        error = self.error
        first = error if isinstance(error, PatraError) else None
        digest = hashlib.sha256("".join(f"{file.name}\0{file.sha256}\n" for file in self.files).encode())
        cells = (
            self.source,
            self.ok,
            self.id,
            self.language,
            self.folder,
            len(self.files),
            sum(file.size for file in self.files),
            digest.hexdigest() if self.ok else None,
            self.items,
            self.pages,
            self.lock,
            sum(not each.is_error for each in self.diagnostics),
            type(error).__name__ if error is not None else None,
            first.code if first else None,
            str(error) if error is not None else None,
            first.hint if first else None,
            first.line if first else None,
            first.column if first else None,
        )
        return dict(zip(COLUMNS, cells))


COLUMNS = {
    "source": "string",
    "ok": "boolean",
    "id": "string",
    "language": "string",
    "folder": "string",
    "files": "integer",
    "size": "integer",
    "sha256": "string",
    "items": "integer",
    "pages": "integer",
    "lock": "string",
    "warnings": "integer",
    "error": "string",
    "code": "string",
    "message": "string",
    "hint": "string",
    "line": "integer",
    "column": "integer",
}
"""The columns of the records, with their types."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the files are made."""

    formats: frozenset[str]
    papers: frozenset[str]
    seed: int
    marks: bool
    flip: Flip | None
    back_offset: tuple[float, float]
    calibration: bool
    format: DeckFormat
    subdecks: bool
    preset: bool
    omit_retired: bool
    reversed: bool
    typed: bool
    speech: bool
    byte_order_mark: bool
    spreadsheet_safe: bool
    arguments: tuple[str, ...]
    """The same, where it is not as usual, as the command is told it: over these a book has options of its own."""


@dataclass(slots=True)
class Stopping:
    """Whether the work is to end, and whether what is being made is waited for."""

    now: bool = False
    patiently: bool = False


class Stopped(Exception):
    """The work ended before all was made."""


@dataclass(slots=True)
class Task:
    """A source to be built."""

    called: str
    path: Path | None = None
    text: str | bytes | None = None
    name: str | None = None
    material: Material | None = None
    lock: str | None = None
    error: PatraError | OSError | None = None
    editions: tuple[Path, ...] = ()
    """Where the path is that of a book: it, and those of its editions in their order."""

    @property
    def folder(self) -> Path | None:
        """The folder that the lock is kept in."""
        if self.lock is not None or self.text is not None:
            return None
        if self.material is not None:
            return self.material._folder
        return None if self.path is None else self.path.parent

    def read(self, options: Options) -> Material:
        """The material, sound."""
        if self.error is not None:
            raise self.error
        if self.material is not None:
            self.material._require_sound()
            return self.material
        if self.text is not None:
            return loads(self.text, self.name)
        assert self.path is not None
        if self.editions:
            return read_book(self.path, options.arguments)
        return read(self.path)


@dataclass(slots=True)
class Made:
    """What was made of a source, not yet under its final names."""

    record: Built
    folder: Path | None
    material: Material | None = None
    delivery: Delivery = field(default_factory=Delivery)

    def commit(self) -> None:
        self.delivery.commit()

    def discard(self) -> None:
        self.delivery.discard()

    def failed(self, error: PatraError | OSError) -> Built:
        found = error.diagnostics if isinstance(error, PatraError) else ()
        return replace(
            self.record,
            folder=None,
            files=(),
            items=None,
            pages=None,
            lock=None,
            diagnostics=tuple(dict.fromkeys((*self.record.diagnostics, *found))),
            error=error,
        )


def make(task: Task, options: Options, out: Path | None, locks: Locks | None, now: int, stopping: Stopping) -> Made:
    """Makes the files of a source, and writes them beside where they belong."""
    made = Made(Built(task.called), task.folder)
    try:
        material = made.material = task.read(options)
        made.record = replace(made.record, id=material.id, language=material.language, diagnostics=material.check())
        folder = None if out is None else _folder(material, task, out)
        written = _Files(material, options, made, task.editions)
        for name, data in written.all(_lock(task, material, locks, folder), now):
            if stopping.now:
                raise Stopped
            digest = hashlib.sha256(data).hexdigest()
            kept = None if folder is not None else data
            made.record = replace(made.record, files=(*made.record.files, BuiltFile(name, len(data), digest, kept)))
            if folder is not None:
                made.delivery.prepare(data, folder / name)
        if folder is not None:
            made.record = replace(made.record, folder=str(folder))
            names = {file.name for file in made.record.files}
            made.delivery.stale = [folder / name for name in _stale(folder) if name not in names and "sheets/datapackage.json" in names]
    except (PatraError, OSError) as error:
        made.discard()
        made.record = made.failed(error)
    except BaseException:
        made.discard()
        raise
    return made


@dataclass(slots=True)
class _Files:
    """The files of a material, one by one, in the order in which the command tells of them."""

    material: Material
    options: Options
    made: Made
    editions: tuple[Path, ...]

    def all(self, before: tuple[str | None, bytes | None], now: int) -> Iterator[tuple[str, bytes]]:
        material, options = self.material, self.options
        core, path = material._core, material._path
        lock, earlier = before
        modified = None if lock is None and earlier is None else now
        if self.editions and options.formats:
            yield from self._of_book(lock, earlier, modified)
            return
        pictures = core.pictures(material._folder)
        self.made.record = replace(self.made.record, items=core.count())
        pages: dict[str, int] = {}
        for kind in ("handout", "worksheet", "answers", "cards", "booklet"):
            wanted = "pdf" in options.formats and kind in options.papers
            # The deck and the sheets tell on which page of the handout a thing stands, whether or not it is wanted.
            if not wanted and not (kind == "handout" and options.formats & {"anki", "sheets"}):
                continue
            try:
                data, count, found, problems = _patra.pdf(
                    core, path, pictures, kind, "a4", options.seed, options.marks, options.flip, options.back_offset,
                    options.calibration,
                )  # fmt: skip
            except PatraError:
                if wanted:
                    raise
                continue
            if kind == "handout":
                pages = found
            if wanted:
                if kind == "handout":
                    self.made.record = replace(self.made.record, pages=count)
                self._note(problems)
                yield f"{kind}.pdf", data
        if "anki" in options.formats:
            data, after, _, problems = _patra.deck(
                core, path, pages, None, material._folder, lock, earlier, modified, None, options.subdecks, options.preset,
                options.format == "legacy", options.omit_retired, options.reversed, options.typed, options.speech, None,
            )  # fmt: skip
            self.made.record = replace(self.made.record, lock=after)
            self._note(problems)
            yield "deck.apkg", data
        if "sheets" in options.formats:
            deck = {
                **{"deck": None, "lock": lock, "earlier": earlier, "now": modified, "translation": None},
                **{"subdecks": options.subdecks, "omit_retired": options.omit_retired, "reversed": options.reversed},
                **{"typed": options.typed, "speech": options.speech},
            }
            register = _patra.register(
                core, path, material._folder, pages, options.byte_order_mark, options.spreadsheet_safe, deck
            )
            files, problems = _patra.sheets(core, path, register)
            self._note(problems)
            yield from ((f"sheets/{name}", data) for name, data in files.items())
            data, problems = _patra.workbook(core, path, register)
            self._note(problems)
            yield "workbook.xlsx", data
        if "quiz" in options.formats:
            for form, name in (("moodle_xml", "moodle.xml"), ("gift", "gift.txt"), ("qti", "qti.zip")):
                data, problems = _patra.quiz(core, path, pictures, form, 10)
                self._note(problems)
                yield f"quiz/{name}", data
        yield "material.json", core.to_json().encode()

    def _of_book(self, lock: str | None, earlier: bytes | None, now: int | None) -> list[tuple[str, bytes]]:
        """Those of a book, which the command's own function makes: it has options of its own."""
        core = self.material._core
        files, items, pages, after, problems = _patra.book_files(core, self.editions, lock, earlier, now)
        self.made.record = replace(self.made.record, items=items, pages=pages, lock=after)
        self._note(problems)
        return files

    def _note(self, problems: tuple[Diagnostic, ...]) -> None:
        found = dict.fromkeys((*self.made.record.diagnostics, *problems))
        self.made.record = replace(self.made.record, diagnostics=tuple(found))


def _folder(material: Material, task: Task, out: Path) -> Path:
    """``out/bpo``; of an edition, which is a file named after its language as ``bpo.hi.md``, ``out/bpo/hi``."""
    folder = out / material.id
    name = os.fspath(task.path) if task.path is not None else task.name or material.path or ""
    parts = name.replace("\\", "/").rsplit("/", 1)[-1].split(".")
    if len(parts) > 2:
        try:
            if _patra.language(parts[-2]) == material.language:
                return folder / material.language
        except PatraError:
            pass
    return folder


def _lock(task: Task, material: Material, locks: Locks | None, folder: Path | None) -> tuple[str | None, bytes | None]:
    """The lock of the build before, and its deck where the lock is lost."""
    if task.lock is not None:
        return task.lock, None
    if locks is None or task.folder is None:
        return None, None
    part, known = locks.part(task.folder, material)
    if known or folder is None:
        return part, None
    try:
        return part, (folder / "deck.apkg").read_bytes()
    except OSError:
        return part, None


def _stale(folder: Path) -> list[str]:
    """The sheets of an earlier build: whoever opens all of them would take those for current that are made no more.

    They are told by the descriptor which that build wrote, so that nothing goes that patra didn't make.
    """
    try:
        before = json.loads((folder / "sheets" / "datapackage.json").read_bytes())
        paths = [each["path"] for each in before["resources"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    own = (each for each in paths if isinstance(each, str) and each.endswith(".csv") and not set(each) & {"/", "\\"})
    return [f"sheets/{each}" for each in own]
