"""What can go wrong, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Severity: TypeAlias = Literal["warning", "error"]
"""How bad a problem is: with an error no output is made."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem in a material or its source: what, where, and what to do about it."""

    code: str
    """Its stable code: ``P0030``."""
    severity: Severity
    """How bad it is."""
    message: str
    """What is wrong, naming the offender."""
    hint: str | None = None
    """What to do about it, where patra knows."""
    path: str | None = None
    """The file, or the name given to the text."""
    line: int | None = None
    """The line, from 1."""
    column: int | None = None
    """The column, from 1, in letters as a reader counts them: ``क्षमा`` has two."""
    end_line: int | None = None
    """The line in which the problem ends."""
    end_column: int | None = None
    """The column after its last letter."""

    @property
    def is_error(self) -> bool:
        """Whether no output is made because of it."""
        return self.severity == "error"

    def __str__(self) -> str:
        place = [str(each) for each in (self.path, self.line, self.column) if each is not None]
        head = ":".join(place) + ": " if place else ""
        tail = f" ({self.hint})" if self.hint else ""
        return f"{head}{self.severity}[{self.code}]: {self.message}{tail}"


class PatraError(ValueError):
    """Something is wrong with a material, its source or an output made of it.

    Trouble with files is an ``OSError`` as everywhere in Python, and a wrong type a ``TypeError``.
    """

    diagnostics: tuple[Diagnostic, ...]
    """Every problem found, in the order of the source, warnings among them."""

    def __init__(self, message: str = "", *, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self.diagnostics = tuple(diagnostics)
        errors = [each for each in self.diagnostics if each.is_error] or list(self.diagnostics)
        super().__init__(message or "\n".join(map(str, errors)))

    @property
    def code(self) -> str | None:
        """The code of the first problem."""
        return self._first.code if self._first else None

    @property
    def path(self) -> str | None:
        """The file of the first problem, or the name given to its text."""
        return self._first.path if self._first else None

    @property
    def line(self) -> int | None:
        """The line of the first problem, from 1."""
        return self._first.line if self._first else None

    @property
    def column(self) -> int | None:
        """The column of the first problem, from 1, in letters as a reader counts them."""
        return self._first.column if self._first else None

    @property
    def hint(self) -> str | None:
        """What to do about the first problem, where patra knows."""
        return self._first.hint if self._first else None

    @property
    def _first(self) -> Diagnostic | None:
        errors = (each for each in self.diagnostics if each.is_error)
        return next(errors, self.diagnostics[0] if self.diagnostics else None)

    def __reduce__(self) -> tuple[Any, ...]:
        # The message and the problems; by itself an exception would pickle its message alone.
        return _remake, (type(self), str(self), self.diagnostics)


def _remake(cls: type[PatraError], message: str, diagnostics: tuple[Diagnostic, ...]) -> PatraError:
    return cls(message, diagnostics=diagnostics)


class SourceError(PatraError):
    """A source, or a stored form, can't be read as a material."""


class ModelError(PatraError):
    """A material is not sound: two things have one id, a comparison lacks a cell, an id holds a space."""


class ExportError(PatraError):
    """An output can't be made of a material, though the material is sound."""


class InternalError(PatraError):
    """A fault in patra itself. Please report it, with the material that shows it."""


class PatraWarning(UserWarning):
    """Something could not be shown in an output as the author meant it."""

    diagnostic: Diagnostic
    """What, and where."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(str(diagnostic))

    def __reduce__(self) -> tuple[Any, ...]:
        return PatraWarning, (self.diagnostic,)
