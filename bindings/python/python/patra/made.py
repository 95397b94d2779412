"""What is made of a material: bytes that know more than themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

PdfKind: TypeAlias = Literal["handout", "worksheet", "answers", "cards"]
"""What a PDF is for: a ``handout`` holds all that the material says, to read; a ``worksheet`` exercises to write on, and no
answer anywhere in the file; ``answers`` are the key to the worksheet of the same seed; ``cards`` are printed on both sides and
cut out, eight a sheet."""

Flip: TypeAlias = Literal["long-edge", "short-edge"]
"""Over which edge a printer turns an upright sheet: as a page of a book is turned, or as one of a wall calendar."""

SheetSize: TypeAlias = Literal["a4", "letter"]
"""The size of a sheet of paper: 210 mm × 297 mm, or 8.5 in × 11 in."""

DeckFormat: TypeAlias = Literal["current", "legacy"]
"""The form of a deck: for Anki from 2.1.50, AnkiDroid from 2.17 and AnkiMobile from 2.0.88, or for any."""

ChangeKind: TypeAlias = Literal["new", "updated", "unchanged", "retired"]
"""What became of a note since the build before. A retired one is no longer asked, and is marked so with a tag."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a note."""

    item: str
    """The id of the item the note is for; of a sentence with gaps there is one note for all its gaps."""
    kind: ChangeKind
    """What became of it."""
    guid: str
    """The note's globally unique id in Anki."""


class Deck(bytes):
    """A deck of flashcards for Anki: the bytes of the package, a file that ends in ``.apkg``."""

    lock: str
    """The lock to keep for the next build."""
    changes: tuple[Change, ...]
    """What became of each note since the lock given, in the order of the source, retired ones last."""

    def __new__(cls, data: bytes, lock: str, changes: tuple[Change, ...]) -> Deck:
        deck = super().__new__(cls, data)
        deck.lock, deck.changes = lock, changes
        return deck

    def __repr__(self) -> str:
        return f"<Deck: {len(self)} bytes, {len(self.changes)} notes>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Deck, (bytes(self), self.lock, self.changes)


class Pdf(bytes):
    """A PDF: the bytes of the file."""

    page_count: int
    """How many pages it has."""
    pages: Mapping[str, int]
    """The page, from 1, on which what has the id begins."""

    def __new__(cls, data: bytes, page_count: int, pages: Mapping[str, int]) -> Pdf:
        pdf = super().__new__(cls, data)
        pdf.page_count, pdf.pages = page_count, MappingProxyType(dict(pages))
        return pdf

    def __repr__(self) -> str:
        return f"<Pdf: {len(self)} bytes, {self.page_count} pages>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Pdf, (bytes(self), self.page_count, dict(self.pages))
