"""What the author wants to have asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from . import _patra
from .practice import Kind
from .text import Node

_set = object.__setattr__


@dataclass(frozen=True, slots=True, init=False, repr=False)
class PracticeSettings(Node):
    """Which items are made of a material; without settings, those of the usual kinds.

    What is given as a mapping is kept as pairs in order, so that settings hash; ``dict(settings.of)`` makes it one again.
    """

    kinds: frozenset[Kind] | None
    """The kinds to make throughout the material."""
    of: tuple[tuple[str, frozenset[Kind]], ...]
    """The kinds to make of one thing and all that stands in it, by its id. The innermost setting holds; an empty set asks
    nothing."""
    skip: frozenset[str]
    """Items not to make, by their own ids."""
    allow: frozenset[str]
    """Advice that is not wanted, by its codes, throughout the material."""
    allow_for: tuple[tuple[str, frozenset[str]], ...]
    """Advice that is not wanted for one thing, by its id."""

    def __init__(
        self,
        *,
        kinds: Iterable[Kind] | None = None,
        of: Mapping[str, Iterable[Kind]] | None = None,
        skip: Iterable[str] = (),
        allow: Iterable[str] = (),
        allow_for: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        # Pairs serve as well as a mapping: they are what `replace` and a repr give back.
        _set(self, "kinds", None if kinds is None else _kinds(kinds))
        _set(self, "of", tuple(sorted((_patra.id(id), _kinds(each)) for id, each in dict(of or ()).items())))
        _set(self, "skip", frozenset(map(_patra.id, skip)))
        _set(self, "allow", frozenset(allow))
        _set(self, "allow_for", tuple(sorted((_patra.id(id), frozenset(each)) for id, each in dict(allow_for or ()).items())))


def _kinds(kinds: Iterable[Kind]) -> frozenset[Kind]:
    found = frozenset(kinds)
    unknown = found - frozenset(get_args(Kind))
    if unknown:
        raise ValueError(f"{', '.join(sorted(map(repr, unknown)))}: a kind is one of {', '.join(get_args(Kind))}")
    return found


def stored(settings: PracticeSettings) -> str:
    """The settings in the stored form."""
    form: dict[str, Any] = {
        "of": {id: sorted(kinds) for id, kinds in settings.of},
        "skip": sorted(settings.skip),
        "allow": sorted(settings.allow),
        "allow_for": {id: sorted(codes) for id, codes in settings.allow_for},
    }
    if settings.kinds is not None:
        form["kinds"] = sorted(settings.kinds)
    return json.dumps(form)


def restored(form: str) -> PracticeSettings:
    """The settings from the stored form."""
    return PracticeSettings(**json.loads(form))
