"""Where sources come from and outputs go: paths, file objects, bytes."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, TypeAlias, Union

from . import _patra

PathLike: TypeAlias = Union[str, "os.PathLike[str]"]
"""A path, as ``str`` or as anything with ``__fspath__``."""

Target: TypeAlias = Union[PathLike, IO[bytes]]
"""Where an output goes: a path, or a file open for bytes."""

Input: TypeAlias = Union[PathLike, IO[bytes], IO[str]]
"""Where a source comes from: a path, or an open file."""

_numbers = itertools.count()


def load(source: Input) -> tuple[bytes | str, Path | None, str | None]:
    """The content of a source, its path where it has one, and its name for messages."""
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        return path.read_bytes(), path, str(path)
    if not hasattr(source, "read"):
        raise TypeError(f"a source is a path or an open file, not {type(source).__name__}")
    name = getattr(source, "name", None)  # A number for a file opened by its descriptor.
    if not isinstance(name, str):
        return source.read(), None, None
    # What comes from no file, as `<stdin>`, lies in no folder.
    return source.read(), None if name.startswith("<") and name.endswith(">") else Path(name), name


def books(path: Path) -> list[Path]:
    """The files of the books that a path names: of a folder the book in it, or its editions by name; none where it is no book."""
    if not path.is_dir():
        return [path] if _patra.is_book(path.name) else []
    found = (each for each in path.iterdir() if _patra.is_book(each.name) and not each.is_dir())
    return sorted(found, key=lambda each: os.fsencode(each.name))


def deliver(data: bytes, target: Target) -> None:
    """Writes an output. Under a path it appears whole or not at all, and what stood there before stays until then."""
    if not isinstance(target, (str, os.PathLike)):
        _write(data, target)
        return
    delivery = Delivery()
    try:
        delivery.prepare(data, Path(target), make_folder=False)
        delivery.commit()
    finally:
        delivery.discard()


class Delivery:
    """Files that lie ready beside the places they are meant for."""

    __slots__ = ("_ready", "_folders", "stale")

    def __init__(self) -> None:
        self._ready: list[tuple[Path, Path]] = []
        self._folders: list[Path] = []
        self.stale: list[Path] = []
        """Files of an earlier build, which go once the new ones are in place."""

    def prepare(self, data: bytes, path: Path, *, make_folder: bool = True) -> None:
        """Writes a file beside its final place."""
        if make_folder:
            self._make_folder(path.parent)
        # In the same folder, since a file can't be moved into place from another file system.
        passing = path.with_name(f".patra-{os.getpid()}-{next(_numbers)}.tmp")
        with _naming(path), open(passing, "xb") as file:
            self._ready.append((passing, path))
            file.write(data)

    def commit(self) -> None:
        """Gives every file its final name."""
        while self._ready:
            passing, path = self._ready[0]
            with _naming(path):
                os.replace(passing, path)
            del self._ready[0]
        for path in self.stale:
            path.unlink(missing_ok=True)
        self._folders.clear()

    def discard(self) -> None:
        """Leaves nothing of what has no final name yet."""
        while self._ready:
            self._ready.pop()[0].unlink(missing_ok=True)
        for folder in sorted(self._folders, reverse=True):
            # A folder that is in use by now stays.
            with contextlib.suppress(OSError):
                folder.rmdir()
        self._folders.clear()

    def _make_folder(self, folder: Path) -> None:
        missing = list(itertools.takewhile(lambda each: not each.exists(), (folder, *folder.parents)))
        for each in reversed(missing):
            try:
                each.mkdir()
                self._folders.append(each)
            except FileExistsError:
                # Another thread makes the files of another edition.
                if not each.is_dir():
                    raise


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # The passing name means nothing to the caller.
        error.filename, error.filename2 = str(path), None
        raise


def _write(data: bytes, file: IO[bytes] | Any) -> None:
    if not hasattr(file, "write"):
        raise TypeError(f"an output goes to a path or a file open for bytes, not {type(file).__name__}")
    if hasattr(file, "encoding"):
        raise TypeError("an output is bytes: open the file with mode 'wb'")
    rest = memoryview(data)
    while rest:
        written = file.write(rest)
        # Only an unbuffered file may take less than it was given.
        rest = rest[written if isinstance(written, int) else len(rest) :]
