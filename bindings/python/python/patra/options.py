"""The options of a build. This file is written from the declarations in ``crates/options``; a test checks that it is up to date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypedDict

from .files import PathLike


class BuildOptions(TypedDict, total=False):
    """Keywords of :func:`build_many`. An option that is absent or ``None`` has its default, or what a book's own file says."""

    only: Iterable[Literal["pdf", "anki", "sheets", "quiz"]] | None
    """Formats to make. material.json is always made as well. Default: pdf, anki and sheets."""

    papers: Iterable[Literal["handout", "worksheet", "answers", "cards", "test", "booklet"]] | None
    """Papers to make. Default: all but the test and the booklet."""

    bilingual: bool
    """Make bilingual.pdf as well: the handout with another edition in a second column. It is made for the first
    edition among the sources, with the next one beside it; it is an error if there is only one."""

    sheet: Literal["a4", "letter", "legal", "a5"] | None
    """Size of the paper. Default: a4."""

    theme: PathLike | None
    """Look of the papers: ``standard``, ``large-print`` (18 points and up), ``mono`` (black on white), or a file in
    TOML. Default: standard."""

    fonts: Sequence[PathLike] | None
    """Font to take letters from before those that come with patra: TTF, OTF or TTC. May be given several times."""

    margins: float | tuple[float, float, float] | None
    """Margins: one for all, or those above, beside and below the text (in millimetres, from 10 to 60). Default: the
    theme's."""

    binding: float | None
    """Extra margin on the side where sheets are bound or punched (in millimetres, from 0 to 30). Default: 0."""

    single_sided: bool
    """Sheets are printed on one side, so the room for binding is on the same side of all."""

    contents: Literal["auto", "always", "never"] | None
    """Whether the handout has a table of contents. Default: auto."""

    seed: int | None
    """Number of the worksheet to draw, with its key. Another number gives other questions. Default: 1."""

    questions: int | Literal["all"] | None
    """Most questions in one exercise of the worksheet, or ``all``. Default: 6."""

    sets: Iterable[Literal["A", "B", "C", "D", "E", "F"]] | None
    """Sets of the test to make, each with its questions and choices in another order, with one key."""

    flip: Literal["long-edge", "short-edge"] | None
    """Edge over which the printer turns a sheet of cards or of a booklet. Default: long-edge for cards, short-edge
    for a booklet."""

    creep: float | None
    """How far the pages of a booklet's innermost sheet move towards the fold, and those of the others in proportion.
    Meant for a thick booklet whose edge is trimmed (in millimetres, from 0 to 5). Default: 0."""

    back_offset: tuple[float, float] | None
    """How far to move the backs of cards to the right and down; negative numbers move them to the left and up (in
    millimetres, from -8 to 8). Default: 0,0."""

    calibration: bool
    """Begin the cards with a sheet that shows how far the printer moves the backs."""

    marks: bool
    """``False``: Leave out the short codes that connect a line on paper, a card and a row of a sheet."""

    subdecks: bool
    """Put the cards of each section into a subdeck. Without it, a section's tag finds its cards."""

    preset: bool
    """Add a preset of options. Anki imports it if 'Import any deck presets' is ticked."""

    reversed: bool
    """Ask both directions of a term on the two cards of one note. Without it, each direction is a note of its own.
    In a deck that learners already have, reviews stay with the old notes."""

    typed: bool
    """Ask learners to type answers that are a term or a name. In a deck that learners already have, reviews stay
    with the old notes."""

    speech: bool
    """Read cards aloud in the voice that the learner's device has for the language."""

    translation: bool
    """Show the words of another edition below each card. The first other edition among the sources is shown; it is
    an error if there is none."""

    format: Literal["current", "legacy"]
    """``'legacy'``: Write the larger form of a deck that every Anki since 2.0 reads."""

    omit_retired: bool
    """Leave out the notes that mark what is no longer asked. Meant for learners who begin now."""

    spreadsheet_safe: bool
    """Put a ' before each cell of a CSV file that a spreadsheet or a data-frame library would alter or run.
    datapackage.json records this; removing one ' from the start of a cell restores it. The workbook needs none."""

    byte_order_mark: bool
    """``False``: Write CSV files without a byte order mark, for programs that don't expect one. Excel and
    LibreOffice then garble every letter outside ASCII."""
