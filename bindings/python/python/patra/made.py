"""What is made of a material: bytes that know more than themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

PdfKind: TypeAlias = Literal["handout", "worksheet", "answers", "test", "test-key", "cards", "booklet"]
"""What a PDF is for: a ``handout`` holds all that the material says, to read; a ``worksheet`` exercises to write on, and no
answer anywhere in the file; ``answers`` are the key to the worksheet of the same seed; ``cards`` are printed on both sides and
cut out, eight a sheet; a ``booklet`` is the handout, two pages a side of a sheet, to fold and staple."""

Flip: TypeAlias = Literal["long-edge", "short-edge"]
"""Over which edge a printer turns an upright sheet: as a page of a book is turned, or as one of a wall calendar."""

SheetSize: TypeAlias = Literal["a4", "letter", "legal", "a5"]
"""The size of a sheet of paper: 210 mm × 297 mm, 8.5 in × 11 in, 8.5 in × 14 in, or 148 mm × 210 mm."""

Contents: TypeAlias = Literal["auto", "always", "never"]
"""Whether a handout has a table of contents; ``auto`` where it is long."""

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


Outcome: TypeAlias = Literal["new", "updated", "unchanged", "conflicting"]
"""What Anki does with a note: adds it, replaces the learner's, leaves that as it is since it is as new or newer, or takes
nothing since the learner's is of another note type."""

Edits: TypeAlias = Literal["none", "edited", "unknown"]
"""Whether a learner has changed a note's fields; ``unknown`` where they differ and it can't be told who did it."""

Schema: TypeAlias = Literal["new", "updated", "unchanged", "copied", "copied_before"]
"""What becomes of a note type. One that the learner gave other fields or templates is ``copied``: its notes conflict."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What importing a note will do in a learner's collection."""

    outcome: Outcome
    """What Anki will say that it did."""
    edits: Edits
    """Whether the learner has changed its fields: what they wrote is lost where it is updated, and stays else."""
    lost_tags: tuple[str, ...]
    """The learner's own tags that the update takes away."""
    returns: bool
    """Whether it comes back, though the learner most likely deleted it."""
    held_back: bool
    """Whether what changed in it does not arrive, because the learner's note is as new or newer, or conflicts."""
    new_cards: tuple[int, ...]
    """The ordinals, from 0, of the cards that are added."""
    empty_cards: tuple[int, ...]
    """The ordinals, from 0, of the learner's cards that will show nothing."""


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """What becomes of a note."""

    item: str
    """The id of the item the note is for; of a sentence with gaps there is one note for all its gaps."""
    kind: ChangeKind
    """What became of it since the build that the lock is of."""
    guid: str
    """The note's globally unique id in Anki."""
    note_type: str
    """The name of its note type in the lock."""
    question: str
    """What it asks, shortened."""
    effect: Effect | None
    """What importing it will do in the learner's collection; ``None`` without one, and where it is left out."""


@dataclass(frozen=True, slots=True)
class PlannedDeck:
    """A deck that cards are handed out in."""

    name: str
    """Its name, with ``::`` between levels."""
    notes: int
    """How many notes have their cards in it."""
    new_cards: int | None
    """How many cards it gains; ``None`` without a collection."""
    exists: bool | None
    """Whether the learner has it; ``None`` without a collection."""
    elsewhere: tuple[tuple[str, int], ...]
    """Decks of other names that hold cards of these notes, and how many; they stay there."""


class Plan(tuple[PlannedNote, ...]):
    """What importing a deck will do: what becomes of each note, in the order of the source, retired ones last."""

    deck: str
    """The deck's name."""
    decks: tuple[PlannedDeck, ...]
    """The decks that cards are handed out in."""
    note_types: Mapping[str, Schema]
    """What becomes of the note types; empty without a collection."""

    def __new__(
        cls,
        notes: Iterable[PlannedNote],
        deck: str,
        decks: tuple[PlannedDeck, ...],
        note_types: Mapping[str, Schema],
    ) -> Plan:
        plan = super().__new__(cls, notes)
        plan.deck, plan.decks, plan.note_types = deck, decks, MappingProxyType(dict(note_types))
        return plan

    def __repr__(self) -> str:
        return f"<Plan of {self.deck!r}: {len(self)} notes>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Plan, (tuple(self), self.deck, self.decks, dict(self.note_types))


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
