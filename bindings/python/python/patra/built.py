"""One source to all its files."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import _patra
from .errors import Diagnostic, PatraError
from .files import Delivery
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


@dataclass(slots=True)
class Stopping:
    """Whether the work is to end, and whether what is being made is waited for."""

    cancellation: _patra.Cancellation = field(default_factory=_patra.Cancellation)
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
    beside: tuple[Task, ...] = ()
    """Where the options ask for editions: the sources of the same material, this one among them, in their order."""

    @property
    def folder(self) -> Path | None:
        """The folder that the lock is kept in."""
        if self.lock is not None or self.text is not None:
            return None
        if self.material is not None:
            return self.material._folder
        return None if self.path is None else self.path.parent

    def read(self, settings: _patra.CallSettings) -> Material:
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
            return read_book(self.path, settings)
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


def make(
    task: Task, settings: _patra.CallSettings, out: Path | None, locks: Locks | None, now: int, stopping: Stopping
) -> Made:
    """Makes the files of a source, and writes them beside where they belong."""
    made = Made(Built(task.called), task.folder)
    try:
        material = made.material = task.read(settings)
        made.record = replace(made.record, id=material.id, language=material.language, diagnostics=material.check())
        folder = None if out is None else _folder(material, task, out)
        for name, data in _files(task, made, material, settings, _lock(task, material, locks, folder), now, stopping):
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


def _files(
    task: Task,
    made: Made,
    material: Material,
    settings: _patra.CallSettings,
    before: tuple[str | None, bytes | None],
    now: int,
    stopping: Stopping,
) -> list[tuple[str, bytes]]:
    """The files of a material, which the command's own function makes."""
    lock, earlier = before
    modified = None if lock is None and earlier is None else now
    editions: list[Path] | tuple[list[tuple[_patra.Core, str | None, Path | None]], int]
    if task.editions:
        editions = list(task.editions)
    else:
        named: list[tuple[_patra.Core, str | None, Path | None]] = []
        place = 0
        for each in task.beside or (task,):
            if each is task:
                place = len(named)
                named.append((material._core, material._path, material._folder))
                continue
            try:
                other = each.read(settings)
            except (PatraError, OSError):
                continue  # It is told of in its own record.
            named.append((other._core, other._path, other._folder))
        editions = named, place
    found = _patra.source_files(
        material._core, material._path, editions, settings, (lock, earlier, modified), stopping.cancellation
    )
    if found is None:
        raise Stopped
    files, items, pages, after, problems = found
    diagnostics = tuple(dict.fromkeys((*made.record.diagnostics, *problems)))
    made.record = replace(made.record, items=items, pages=pages, lock=after, diagnostics=diagnostics)
    return files


def with_editions(tasks: list[Task], settings: _patra.CallSettings) -> list[Task]:
    """The tasks, each with those whose sources are editions of the same material."""
    by_id: dict[str, list[Task]] = {}
    for task in tasks:
        if not task.editions:
            # What can't be read is told of in its own record.
            with contextlib.suppress(PatraError, OSError):
                by_id.setdefault(task.read(settings).id, []).append(task)
    for group in by_id.values():
        for task in group:
            task.beside = tuple(group)
    return tasks


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
