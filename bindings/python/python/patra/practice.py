"""What a learner is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, Union

from .model import Block, Choice
from .text import Text

Kind: TypeAlias = Literal[
    "meaning",
    "term",
    "full_form",
    "abbreviation",
    "pick",
    "enumerate",
    "member",
    "next",
    "compare_cell",
    "compare_row",
    "which",
    "true_false",
    "gap",
    "question",
    "choice",
    "region",
]
"""The kinds of question.

From a term to its ``meaning`` or back to the ``term``; what an abbreviation stands for (``full_form``) and back
(``abbreviation``); the term chosen among those of its list (``pick``); all things of a list (``enumerate``), one of them
between its neighbours (``member``), the one after another (``next``); a cell (``compare_cell``) or row (``compare_row``)
of a comparison, which subject a cell speaks of (``which``), whether it holds (``true_false``); a ``gap`` of a sentence;
the author's own ``question`` with an open answer or ``choice``.
"""


@dataclass(frozen=True, slots=True)
class Members:
    """The things of a list."""

    ordered: bool
    """Whether their order belongs to the answer."""
    terms: tuple[Text, ...]
    """The terms."""


@dataclass(frozen=True, slots=True)
class RowCell:
    """What holds of one subject of a comparison."""

    subject: Text
    """The subject."""
    cell: Text
    """What holds of it."""


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """The gaps of the prompt that have one number."""

    number: int
    """The number."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices, in the order to offer them."""

    choices: tuple[Choice, ...]
    """What is offered, with the right ones marked."""
    explanation: Text
    """Why the right ones are right; may be empty."""


Answer: TypeAlias = Union[Text, Members, tuple[RowCell, ...], GapAnswer, Choices]
"""An answer: words, the things of a list, a row of a comparison, a gap, or choices."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a learner is asked, with its answer.

    The same item is a card in the deck, a question on the worksheet and a row in the sheets, under the same id.
    """

    id: str
    """Its id, unique in the material: the id of what it is about, then its kind: ``call-centre.meaning``."""
    kind: Kind
    """What kind of question it is."""
    about: str
    """The id of what is asked about."""
    section: str
    """The id of the section it comes from."""
    context: tuple[Text, ...]
    """The headings it stands under, from the outermost."""
    page: int | None
    """The page of the handout on which it is to be found, from 1, where :meth:`Material.practice` was told the pages."""
    prompt: Text
    """The question, phrased in the material's language; for a gap the sentence, its gaps in it."""
    stem: tuple[Block, ...]
    """What else belongs to the question, shown below the prompt."""
    answer: Answer
    """The answer."""
    details: tuple[Block, ...]
    """What else belongs to the answer, shown after it."""
    hint: Text | None
    """What helps a learner who is stuck."""
    room: str | None
    """Room to write on paper, where the author asks for it: ``"lines=8"`` or ``"space=60mm"``."""
    lettering: str | None
    """The letter of the first choice, such as ``"(क)"``, where the author letters them."""
    marks: float | None
    """Marks that a test gives for it; ``None`` if the author gives none."""
    plain_answer: str
    """The answer in plain words, a line for each of its parts."""
    language: str
    """The language of the material, as a BCP 47 tag."""

    @property
    def code(self) -> str:
        """The short code by which lines on paper, cards and rows of the sheets are matched; most codes of a material are
        unique."""
        from . import _patra

        return _patra.code(self.id)

    def _repr_html_(self) -> str:
        from .notebook import item_html

        return item_html(self)
