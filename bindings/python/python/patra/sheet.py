"""Sheets as tables in memory."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, Union, cast, final

from . import _patra

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .material import Material
    from .outputs import DeckKeywords

Cell: TypeAlias = Union[str, int, float, bool, datetime.date, None]
"""A cell of a sheet."""


@final
class Sheet:
    """A sheet of data: rows of one kind of thing, with the ids by which it hangs together with the others.

    Whatever speaks the Arrow PyCapsule interface takes it without a copy: ``polars.DataFrame(sheet)``,
    ``pyarrow.table(sheet)``, ``pandas.DataFrame.from_arrow(sheet)``, a DuckDB query that names it.
    """

    __slots__ = ("_name", "_batch", "_material", "_made_with")
    _name: str
    _batch: _patra.Batch
    _material: Material
    _made_with: dict[str, Any]

    def __new__(
        cls, material: Material, name: str, *, pages: Mapping[str, int] | None = None, **deck: Unpack[DeckKeywords]
    ) -> Sheet:
        """The sheet of a material with this name; :meth:`Material.tables` gives all of them."""
        return material.tables(pages=pages, **deck)[name]

    @property
    def name(self) -> str:
        """Its name, that of its CSV file without the ending."""
        return self._name

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(self._batch.columns())

    @property
    def metadata(self) -> dict[str, str]:
        """What it is, in words: ``title``, ``title.en``, ``description``, ``primary_key`` and more."""
        return self._batch.metadata()

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells of a column.

        :raises KeyError: where there is no such column.
        """
        return tuple(cast("list[Cell]", self._batch.column(name)))

    def rows(self) -> Iterator[dict[str, Cell]]:
        """The rows, each by the names of its columns."""
        names = self.columns
        for cells in zip(*map(self.column, names)):
            yield dict(zip(names, cells))

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._batch)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as a stream of the Arrow C data interface."""
        return self._batch.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """The schema of the rows."""
        return self._batch.__arrow_c_schema__()

    def __repr__(self) -> str:
        return f"<Sheet {self._name}: {len(self)} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from .notebook import sheet_html

        return sheet_html(self, self._material.language)

    def __eq__(self, other: object) -> bool:
        return self._name == other._name and self._batch.same(other._batch) if isinstance(other, Sheet) else NotImplemented

    def __hash__(self) -> int:
        return hash((self._name, len(self), self._material))

    if not TYPE_CHECKING:  # A checker knows already that there is nothing to set.

        def __setattr__(self, name: str, value: object) -> None:
            raise AttributeError(f"a sheet is frozen: {name} can't be set")

    def __copy__(self) -> Sheet:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Sheet:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self._material, self._name, self._made_with)


def _again(material: Material, name: str, made_with: dict[str, Any]) -> Sheet:
    return Sheet(material, name, **made_with)


def make(name: str, batch: _patra.Batch, material: Material, made_with: dict[str, Any]) -> Sheet:
    """A sheet of its rows."""
    sheet = object.__new__(Sheet)
    values: tuple[object, ...] = (name, batch, material, made_with)
    for slot, value in zip(Sheet.__slots__, values):
        object.__setattr__(sheet, slot, value)
    return sheet
