"""Rich text: the words of a term, a cell or a paragraph.

A :class:`Text` is a ``str`` of its plain words, so that everything which takes a string takes a text; what the string
cannot say (what is strong, hidden, in another language) is in :attr:`Text.runs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, Union, cast
from unicodedata import category

from . import _patra

_set = object.__setattr__


def quoted(words: str) -> str:
    """The ``repr`` of a string, with joiners left as they are.

    Python writes ZWJ and ZWNJ as escapes, which tears the words of Indic scripts apart; as themselves they are just as
    good in a literal.
    """
    return repr(words).replace("\\u200d", "\u200d").replace("\\u200c", "\u200c") if "\\" not in words else repr(words)


class Node:
    """What the parts of a model have in common.

    The parts are frozen dataclasses in Python rather than classes of the native module: so they pickle, match, compare
    and hash by content, show their source in an editor and check under mypy with no stub to fall behind. A
    :class:`~patra.Material` keeps the native model and makes these parts only when they are asked for, so that who
    just reads and writes files never pays for them.
    """

    __slots__ = ()

    def replace(self: _N, **changes: Any) -> _N:
        """The same with some fields changed; like :func:`dataclasses.replace`, and takes what the constructor takes."""
        fields = {name: getattr(self, name) for name in _fields(type(self))}
        return type(self)(**{**fields, **changes})

    def __repr__(self) -> str:
        # It reads as the call that makes the part: what is at its default is left out, and so is the place.
        defaults = _defaults(type(self))
        said = ((name, getattr(self, name)) for name in _fields(type(self)) if name != "span")
        inner = ", ".join(
            f"{name}={quoted(value) if type(value) is str else repr(value)}"
            for name, value in said
            if name not in defaults or value != defaults[name]
        )
        return f"{type(self).__name__}({inner})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _remake, (type(self), *(getattr(self, name) for name in _fields(type(self))))

    def __copy__(self: _N) -> _N:
        return self

    def __deepcopy__(self: _N, memo: dict[int, Any]) -> _N:
        return self  # All that it holds is frozen too.


_N = TypeVar("_N", bound=Node)


def _fields(cls: type) -> tuple[str, ...]:
    return tuple(cast(Any, cls).__dataclass_fields__)


_known_defaults: dict[type, dict[str, object]] = {}


def _defaults(cls: type) -> dict[str, object]:
    if cls not in _known_defaults:
        parameters = signature(cls).parameters.values()
        _known_defaults[cls] = {each.name: each.default for each in parameters if each.default is not Parameter.empty}
    return _known_defaults[cls]


def _remake(cls: type[_N], *values: Any) -> _N:
    return cls(**dict(zip(_fields(cls), values)))


class Text(str):
    """Words, with what is strong, raised, hidden, linked or in another language among them.

    >>> Text(["एक ", Strong("पत्र")])
    Text(['एक ', Strong(text='पत्र')])
    >>> Text("पत्र") == "पत्र"
    True

    Plain runs that touch are joined and empty ones left out. A text compares equal to a string only where it is plain.
    """

    __slots__ = ("_runs",)
    _runs: tuple[Run, ...]

    def __new__(cls, words: Words = "") -> Text:
        if isinstance(words, Text):
            return words
        if isinstance(words, str):
            text = super().__new__(cls, words)
            _set(text, "_runs", (str(words),) if words else ())
            return text
        runs: list[Run] = []
        for run in (words,) if isinstance(words, RUNS) else words:
            if isinstance(run, Text):
                for inner in run.runs:
                    _push(runs, inner)
            else:
                _push(runs, run)
        text = super().__new__(cls, _plain(runs))
        _set(text, "_runs", tuple(runs))
        return text

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs, in reading order; a plain one is a ``str``."""
        return self._runs

    @property
    def is_plain(self) -> bool:
        """Whether the string is all there is to the text."""
        runs = self._runs
        return not runs or (len(runs) == 1 and type(runs[0]) is str)

    if not TYPE_CHECKING:  # A checker knows already that there is nothing to set.

        def __setattr__(self, name: str, value: object) -> None:
            raise AttributeError(f"a text is frozen: {name} can't be set")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Text):
            return self._runs == other._runs
        if isinstance(other, str):
            return self.is_plain and str.__eq__(self, other)
        return NotImplemented

    def __ne__(self, other: object) -> bool:
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    # Texts with one wording share a hash, whatever their runs: so a plain text finds the entry of its string.
    __hash__ = str.__hash__

    def __repr__(self) -> str:
        if self.is_plain:
            return quoted(str(self))
        return f"Text([{', '.join(quoted(run) if isinstance(run, str) else repr(run) for run in self._runs)}])"

    def __str__(self) -> str:
        return str.__str__(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Text, (str(self) if self.is_plain else list(self._runs),)

    def __copy__(self) -> Text:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Text:
        return self

    def _repr_html_(self) -> str:
        from .notebook import text_html

        return text_html(self)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Strong(Node):
    """Words of strong importance, as a rule in bold."""

    text: Text

    def __init__(self, text: Words) -> None:
        _set(self, "text", Text(text))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Emphasis(Node):
    """Words stressed, as a rule in italics."""

    text: Text

    def __init__(self, text: Words) -> None:
        _set(self, "text", Text(text))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Superscript(Node):
    """A superscript: an exponent, the ending of an ordinal. As a string, ``10^8``."""

    text: Text

    def __init__(self, text: Words) -> None:
        _set(self, "text", Text(text))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Subscript(Node):
    """A subscript: an index, a number of atoms. As a string, ``H_2O``."""

    text: Text

    def __init__(self, text: Words) -> None:
        _set(self, "text", Text(text))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Strikeout(Node):
    """Words struck out: said to be wrong or no longer so. As a string, ``~~never~~``."""

    text: Text

    def __init__(self, text: Words) -> None:
        _set(self, "text", Text(text))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Code(Node):
    """Code among words, kept to the letter. Lines of a program are a :class:`~patra.CodeBlock`."""

    text: str

    def __init__(self, text: str) -> None:
        _set(self, "text", plain(text, "text"))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class MathRun(Node):
    """A formula among words. One on a line of its own is a :class:`~patra.Math`."""

    tex: str
    """The formula in LaTeX, without delimiters."""

    def __init__(self, tex: str) -> None:
        _set(self, "tex", plain(tex, "tex"))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Link(Node):
    """Words that lead elsewhere."""

    text: Text
    target: str
    """A URL, or ``#`` and the id of something in the material."""

    def __init__(self, text: Words, target: str) -> None:
        _set(self, "text", Text(text))
        _set(self, "target", plain(target, "target"))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Gap(Node):
    """Words that a learner has to supply."""

    text: Text
    number: int | None
    """Gaps with one number are hidden together; from 1. ``None`` takes the next that is free in the sentence."""
    hint: str | None
    """A word of help shown in the gap."""

    def __init__(self, text: Words, number: int | None = None, hint: str | None = None) -> None:
        if number is not None and not 0 <= number <= 65535:
            raise ValueError(f"a gap's number is from 1 to 500, not {number}")
        _set(self, "text", Text(text))
        _set(self, "number", number)
        _set(self, "hint", hint)


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Tagged(Node):
    """Words in another language than those around them."""

    text: Text
    language: str
    """Their language, as a BCP 47 tag."""

    def __init__(self, text: Words, language: str) -> None:
        _set(self, "text", Text(text))
        _set(self, "language", _patra.language(language))


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Break(Node):
    """A line that ends here within its paragraph."""

    def __init__(self) -> None:
        pass


Run: TypeAlias = Union[
    str, Strong, Emphasis, Superscript, Subscript, Strikeout, Code, MathRun, Link, Gap, Tagged, Break
]
"""A stretch of text with one meaning; plain words are a ``str``."""

Words: TypeAlias = Union[str, Run, Iterable[Run]]
"""What stands for a text: a string, a run, or runs in reading order."""

RUNS = (str, Strong, Emphasis, Superscript, Subscript, Strikeout, Code, MathRun, Link, Gap, Tagged, Break)


def plain(value: object, name: str) -> str:
    """A plain string, or a ``TypeError`` that names the field."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is a str, not {type(value).__name__}")
    return str(value)


def _plain(runs: Sequence[Run], after: str = "") -> str:
    """The words alone, as the native model gives them: scripts and struck-out words keep a mark.

    ``after`` is the character that follows, if any.
    """
    out = []
    for at, run in enumerate(runs):
        if isinstance(run, str):
            out.append(str(run))
        elif isinstance(run, MathRun):
            out.append(run.tex)
        elif isinstance(run, Code):
            out.append(run.text)
        elif isinstance(run, Break):
            out.append("\n")
        else:
            following = _first(runs[at + 1 :]) or after
            before, behind, following = _marks(run, following)
            out.append(f"{before}{_plain(run.text.runs, following)}{behind}")
    return "".join(out)


def _first(runs: Sequence[Run]) -> str:
    return next((words[0] for run in runs if (words := _plain([run]))), "")


def _marks(run: Run, after: str) -> tuple[str, str, str]:
    """The marks around a run among plain words, and what follows the words in it."""
    if isinstance(run, Strikeout):
        return "~~", "~~", "~"
    if not isinstance(run, (Superscript, Subscript)):
        return "", "", after
    mark = "^" if isinstance(run, Superscript) else "_"
    words = str(run.text)
    bare = words[1:] if words[:1] in _SIGNS else words[:-1] if words[-1:] in _SIGNS else words
    if bare and all(map(_is_number, bare)):
        runs_on = bool(after) and _is_number(after)
    elif bare and all(map(_is_letter, bare)):
        runs_on = bool(after) and (_is_number(after) or _is_letter(after))
    else:
        return f"{mark}(", ")", ")"
    return mark, " " if runs_on else "", " " if runs_on else after


_SIGNS = ("+", "-", "−", "±")


def _is_number(character: str) -> bool:
    return category(character)[0] == "N"


def _is_letter(character: str) -> bool:
    return category(character)[0] in "LM"


def _push(runs: list[Run], run: Run) -> None:
    """Adds a run as the native model does: plain runs that touch become one, and what holds no words goes."""
    if isinstance(run, str):
        if not run:
            return
        if runs and isinstance(runs[-1], str):
            runs[-1] += run
        else:
            runs.append(str(run))
    elif isinstance(run, (Strong, Emphasis, Superscript, Subscript, Strikeout, Code, Tagged)):
        # A text without words can still hold a gap to fill.
        if run.text if isinstance(run, Code) else run.text.runs:
            runs.append(run)
    elif isinstance(run, MathRun):
        if run.tex:
            runs.append(run)
    elif isinstance(run, (Link, Gap, Break)):
        runs.append(run)
    else:
        raise TypeError(f"a text is made of strings and runs, not {type(run).__name__}")
