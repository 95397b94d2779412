"""Where sources come from and outputs go: paths, file objects, bytes."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import IO, Any, TypeAlias, Union

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
    return source.read(), Path(name) if isinstance(name, str) else None, name if isinstance(name, str) else None


def deliver(data: bytes, target: Target) -> None:
    """Writes an output. Under a path it appears whole or not at all, and what stood there before stays until then."""
    if not isinstance(target, (str, os.PathLike)):
        _write(data, target)
        return
    path = Path(target)
    # In the same folder, since a file can't be moved into place from another file system.
    passing = path.with_name(f".patra-{os.getpid()}-{next(_numbers)}.part")
    try:
        with open(passing, "xb") as file:
            file.write(data)
        os.replace(passing, path)
    except OSError as error:
        # The passing name means nothing to the caller.
        error.filename, error.filename2 = str(path), None
        raise
    finally:
        passing.unlink(missing_ok=True)


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
