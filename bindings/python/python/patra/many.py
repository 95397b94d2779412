"""Many sources at once: all files of each, as the command ``patra build`` makes them."""

from __future__ import annotations

import os
import time
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, Union

from . import _patra
from .built import COLUMNS, Built, Made, Stopping, Task, make, with_editions
from .errors import ModelError, SourceError
from .files import PathLike, books
from .locks import Locks
from .material import Material
from .options import BuildOptions
from .outputs import one_of, warn

if TYPE_CHECKING:
    from typing_extensions import Unpack

Format: TypeAlias = Literal["pdf", "anki", "sheets", "quiz"]
"""What :func:`build_many` makes, beside ``material.json``: papers; a deck; sheets and a workbook; quizzes in three forms."""

OnError: TypeAlias = Literal["raise", "collect"]
"""What becomes of an error: it is raised, or told in the record of its source."""

Progress: TypeAlias = Callable[[int, Union[int, None]], object]
"""What is told how far work has come: how many are done, and of how many, where that is known."""

SourceRow: TypeAlias = Mapping[str, Union[str, bytes, os.PathLike[str], None]]
"""A source as a row: its ``path``, or its ``text`` with a ``name`` as for :func:`loads`; and its ``lock``, where one is kept
with the row."""



class ArrowStream(Protocol):
    """A table of whatever library: what can be taken over through the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as a stream of the Arrow C data interface."""
        ...


ManySources: TypeAlias = Union[PathLike, Material, ArrowStream, Iterable[Union[PathLike, Material, SourceRow]]]
"""Sources: paths of files and folders, materials, rows, or a table of rows in any library that speaks Arrow."""


def build_many(
    sources: ManySources,
    out: PathLike | None,
    *,
    jobs: int | None = None,
    on_error: OnError = "raise",
    progress: Progress | None = None,
    locks: bool = True,
    now: int | None = None,
    **options: Unpack[BuildOptions],
) -> Builds:
    """Makes the files of many sources, one record a source, in the order of the sources.

    Each source is written to ``out/<id>/``, editions to ``out/<id>/<language>/``, byte for byte as ``patra build`` does. The
    work is done while the records are taken, with little more than ``jobs`` sources in memory: take them all, in a ``for``,
    through ``tqdm`` or with ``list``. The files of a source appear when its record is given, all of them or none.

    A folder with a ``patra.toml`` is a book and one source, and each edition in it another. The options in that file hold as they do
    for the command: what is given here has the last word, and a switch is on where either turns it on.

    :param sources: paths, folders (of which the sources directly in them are taken, by name), materials, or rows, which are
        mappings with a ``path``, or with a ``text`` and its ``name``; a table with these columns, of pyarrow, polars, pandas,
        DuckDB or any other library that speaks Arrow, taken batch by batch. A single path stands for itself.
    :param out: the folder to write to. With ``None`` nothing is written, and the records hold what is in the files.
    :param jobs: how many threads work at a time; else as many as there are processors for this process. They are made for
        this call and end with it, and each works without the interpreter.
    :param on_error: ``raise`` ends at the first error, with the sources before it done; ``collect`` tells errors in the
        records. Warnings never end anything: they are in the records too.
    :param progress: is called after each source with how many are done and how many there are, or ``None`` where that isn't
        known. What it raises ends the work.
    :param locks: reads ``patra.lock`` beside each source, and keeps what the decks hand out there, as the command does. Turn
        it off where several processes share the sources of a folder, and keep :attr:`Built.lock` with the row instead.
    :param now: as in :meth:`Material.deck`; else the time at which the work begins, where a lock is known.
    :param options: what is made, and how: every option of ``patra build`` by the keywords of :class:`BuildOptions`, such as
        ``only=["pdf"], sheet="a5", margins=15``. With ``translation`` or ``bilingual`` all sources are read once before, to find
        the editions of each material among them.

    :raises TypeError, ValueError: where there is no such option, or it takes no such value.
    :raises SourceError, ModelError, ExportError, OSError: while the records are taken, unless they are collected.
    """
    one_of(on_error, OnError, "on_error")
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs is a number from 1; not {jobs!r}")
    settings, problems = _patra.call_settings(dict(options))
    warn(problems)
    return Builds(sources, None if out is None else Path(out), jobs or _processors(), on_error, progress, locks, now, settings)


class Builds(Iterator[Built]):
    """The records of :func:`build_many`, made as they are taken. ``len`` tells how many there will be, where that is known.

    Leaving the ``for`` early, :meth:`close` and ``with`` end the work; what was given so far stays.
    """

    def __init__(
        self,
        sources: ManySources,
        out: Path | None,
        jobs: int,
        on_error: OnError,
        progress: Progress | None,
        locks: bool,
        now: int | None,
        settings: _patra.CallSettings,
    ) -> None:
        self._total, tasks = _expand(sources)
        self._begun = False
        self._process = os.getpid()
        self._stopping = Stopping()
        work = _Work(tasks, self._total, out, settings, Locks() if locks else None, now, self._stopping)
        self._records = work.records(jobs, on_error, progress)

    def __iter__(self) -> Builds:
        return self

    def __next__(self) -> Built:
        if os.getpid() != self._process:
            raise RuntimeError("build_many was begun in another process, whose threads are not here: begin it anew")
        self._begun = True
        return next(self._records)

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        if self._total is None:
            raise TypeError("how many sources there are is not known")
        return self._total

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The records that are still to come as a table, a row each as :meth:`Built.row` has them: what pyarrow, polars, pandas
        and DuckDB take. All of them are made for it."""
        rows = [each.row() for each in self]
        columns = [(name, kind, [row[name] for row in rows]) for name, kind in COLUMNS.items()]
        return _patra.batch(columns).__arrow_c_stream__(requested_schema)

    def close(self) -> None:
        """Ends the work. What was given so far stays; of the rest nothing is left."""
        self._begun = True
        if os.getpid() == self._process:
            self._stopping.patiently = True
            self._records.close()

    def __enter__(self) -> Builds:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if not getattr(self, "_begun", True) and self._total != 0:
            warnings.warn("build_many made nothing: its records were never taken", RuntimeWarning, stacklevel=2)


@dataclass
class _Work:
    """What the records are made of. It knows nothing of the :class:`Builds` that gives them, so that the work ends as soon as
    nobody holds that any more."""

    tasks: Iterator[Task]
    total: int | None
    out: Path | None
    settings: _patra.CallSettings
    locks: Locks | None
    now: int | None
    stopping: Stopping
    seen: set[str] = field(default_factory=set[str])

    def records(self, jobs: int, on_error: OnError, progress: Progress | None) -> Generator[Built, None, None]:
        done = 0
        made = self._in_threads(jobs) if jobs > 1 else (each() for each in self._calls())
        try:
            for each in made:
                record = self._settle(each)
                if record.error is not None and on_error == "raise":
                    raise record.error
                done += 1
                if progress is not None:
                    progress(done, self.total)
                yield record
        except Exception:
            self.stopping.patiently = True
            raise
        finally:
            self.stopping.cancellation.cancel()
            made.close()
            if self.locks is not None:
                self.locks.keep()

    def _calls(self) -> Iterator[Callable[[], Made]]:
        now = int(time.time()) if self.now is None else self.now
        asks = self.settings.asks_for_editions
        for task in with_editions(list(self.tasks), self.settings) if asks else self.tasks:
            if self.locks is not None:
                self.locks.expect(task.folder)
            yield partial(make, task, self.settings, self.out, self.locks, now, self.stopping)

    def _in_threads(self, jobs: int) -> Generator[Made, None, None]:
        """What is made on threads, in the order of the sources."""
        pool = ThreadPoolExecutor(jobs, thread_name_prefix="patra")
        # A slow source must not leave the other threads idle, nor all that is ready in memory.
        waiting: deque[Future[Made]] = deque()
        try:
            for each in self._calls():
                waiting.append(pool.submit(each))
                while len(waiting) >= 2 * jobs or waiting and waiting[0].done():
                    yield _result(waiting[0])
                    waiting.popleft()
            while waiting:
                yield _result(waiting[0])
                waiting.popleft()
        finally:
            for future in waiting:
                future.add_done_callback(_discard)
            # Ctrl-C is not kept waiting for what is being made.
            pool.shutdown(wait=self.stopping.patiently or not waiting, cancel_futures=True)

    def _settle(self, made: Made) -> Built:
        """Gives the files of a source their names."""
        record, folder = made.record, made.record.folder
        if record.error is None and folder is not None:
            if folder in self.seen:
                made.discard()
                told = f"{record.source}: another source was written to {folder}: give one of them another id"
                record = made.failed(ModelError(told))
            else:
                self.seen.add(folder)
                try:
                    made.commit()
                except OSError as error:
                    made.discard()
                    record = made.failed(error)
        if self.locks is not None:
            self.locks.settle(made.folder, record.lock if record.error is None else None, made.material)
        return record


def _result(future: Future[Made]) -> Made:
    while True:
        try:
            # Where waiting for a lock is not ended by a signal, as on Windows, Ctrl-C is heard between two waits.
            return future.result(0.05)
        except NotYet:
            if future.done():
                return future.result()


def _discard(future: Future[Made]) -> None:
    if not future.cancelled() and future.exception() is None:
        future.result().discard()


def _expand(sources: ManySources) -> tuple[int | None, Iterator[Task]]:
    """The sources one by one, and how many there are where that can be told without taking them."""
    if isinstance(sources, (str, os.PathLike, Material, Mapping)):
        tasks = list(_tasks(sources))
        return len(tasks), iter(tasks)
    if hasattr(sources, "__arrow_c_stream__"):
        # A relation of DuckDB's runs one query at a time: the one that counts comes first.
        total = len(sources) if isinstance(sources, Sized) else None
        return total, map(_of_row, _patra.SourceRows(sources))
    if isinstance(sources, Sequence):
        tasks = [task for each in sources for task in _tasks(each)]
        return len(tasks), iter(tasks)
    if not isinstance(sources, Iterable):
        raise TypeError(f"sources are paths, materials or rows, not {type(sources).__name__}")
    return None, (task for each in sources for task in _tasks(each))


def _tasks(source: object) -> Iterator[Task]:
    if isinstance(source, Material):
        yield Task(source.path or source.id, material=source)
    elif isinstance(source, Mapping):
        yield _of_row(source)
    elif isinstance(source, (str, os.PathLike)):
        path = Path(source)
        try:
            of_book = tuple(books(path))
            found = of_book or (_patra.sources_in(path) if path.is_dir() else [path])
            editions = tuple(books(path.parent)) if of_book == (path,) else of_book
        except OSError as error:
            yield Task(str(path), error=error)
            return
        yield from (Task(str(each), path=each, editions=editions) for each in found)
    else:
        raise TypeError(f"a source is a path, a material or a row, not {type(source).__name__}")


def _of_row(row: Mapping[str, object]) -> Task:
    path, text, name, lock = (row.get(key) for key in ("path", "text", "name", "lock"))
    if path is not None and not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"path is a path, not {type(path).__name__}")
    if text is not None and not isinstance(text, (str, bytes)):
        raise TypeError(f"text is str or bytes, not {type(text).__name__}")
    for key, value in (("name", name), ("lock", lock)):
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{key} is str, not {type(value).__name__}")
    called = name if isinstance(name, str) else None if path is None else os.fspath(path)
    task = Task(
        called or "?",
        path=None if path is None or text is not None else Path(path),
        text=text,
        name=called,
        lock=lock if isinstance(lock, str) else None,
    )
    if task.path is not None:
        try:
            of_book = books(task.path)
            if len(of_book) == 1:
                task.path, task.editions = of_book[0], tuple(books(of_book[0].parent))
        except OSError as error:
            task.error = error
    if path is None and text is None:
        task.error = SourceError("the row has neither a path nor a text")
    return task


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
