"""The locks of the folders that sources stand in, while many of them are built."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from . import _patra
from .errors import PatraError
from .files import deliver
from .material import Material

NAME = "patra.lock"


@dataclass(slots=True)
class _Kept:
    """The lock of a folder; ``None`` where it can't be read, and why."""

    path: Path
    native: _patra.Locks | None
    there: bool
    error: PatraError | OSError | None = None
    under_way: int = 0


class Locks:
    """Each lock is read when the first source of its folder comes, and kept when the last one is done or others come."""

    def __init__(self) -> None:
        self._kept: dict[Path, _Kept] = {}
        self._guard = threading.Lock()

    def expect(self, folder: Path | None) -> None:
        """Says that a source of the folder will be made."""
        if folder is None:
            return
        key = folder.resolve()
        with self._guard:
            if key not in self._kept:
                self._keep([each for each in self._kept.values() if not each.under_way])
                self._kept = {name: each for name, each in self._kept.items() if each.under_way}
                self._kept[key] = _read(folder / NAME)
            self._kept[key].under_way += 1

    def part(self, folder: Path, material: Material) -> tuple[str | None, bool]:
        """What the lock says of a material, and whether it says anything; ``None`` where the folder has no lock yet."""
        with self._guard:
            kept = self._kept[folder.resolve()]
        if kept.native is None:
            assert kept.error is not None
            raise kept.error
        part = kept.native.part(material._core)
        return (part or "") if kept.there else None, part is not None

    def settle(self, folder: Path | None, lock: str | None, material: Material | None) -> None:
        """Takes over what the deck of a material handed out, now that its files are written."""
        if folder is None:
            return
        with self._guard:
            kept = self._kept[folder.resolve()]
            kept.under_way -= 1
            if lock is not None and material is not None and kept.native is not None:
                kept.native.take(lock, material._core)

    def keep(self) -> None:
        """Writes the locks that changed."""
        with self._guard:
            self._keep(list(self._kept.values()))
            self._kept = {}

    @staticmethod
    def _keep(locks: list[_Kept]) -> None:
        for kept in locks:
            text = kept.native.text() if kept.native is not None else None
            if text is None:
                continue
            try:
                deliver(text.encode(), kept.path)
            except OSError:
                # A folder that can't be written has never had one.
                if kept.there:
                    raise


def _read(path: Path) -> _Kept:
    try:
        text = path.read_text("utf-8")
        if not text.strip():
            return _Kept(path, None, True, PatraError(f"{path} is empty: bring it back from patra.lock.bak, a backup or git"))
        return _Kept(path, _patra.Locks(text), True)
    except FileNotFoundError:
        return _Kept(path, _patra.Locks(""), False)
    except UnicodeDecodeError as error:
        return _Kept(path, None, True, PatraError(f"{path} is no lock: {error}"))
    except (PatraError, OSError) as error:
        return _Kept(path, None, True, error)
