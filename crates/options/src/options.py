"""The options of a build. This file is written from the declarations in ``crates/options``; a test checks that it is up to date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypedDict

from .files import PathLike


class BuildOptions(TypedDict, total=False):
    """Keywords of :func:`build_many`. An option that is absent or ``None`` has its default, or what a book's own file says."""
