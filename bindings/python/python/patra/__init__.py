"""Study material from one source: handouts, flashcards and sheets, in Hindi and the other languages of India.

>>> import patra
>>> course = patra.loads("# BPO\\n\\nBPO\\n: दूसरी कंपनी से काम कराना\\n", name="bpo.hi.md")
>>> [item.id for item in course.practice()]
['bpo.meaning', 'bpo.term']

Start at :func:`read` and :class:`Material`; what a material is made of is in :data:`Block`, and what a learner is asked
is an :class:`Item`.
"""

from ._patra import __version__
from .errors import (
    Diagnostic,
    ExportError,
    InternalError,
    ModelError,
    PatraError,
    PatraWarning,
    Severity,
    SourceError,
)
from .files import Input, PathLike, Target
from .made import Change, ChangeKind, Deck, DeckFormat, Pdf, PdfKind, SheetSize
from .material import Material, check, loads, read
from .model import (
    Alignment,
    Aspect,
    Block,
    Choice,
    Cloze,
    CodeBlock,
    Column,
    Comparison,
    Definition,
    Entry,
    Figure,
    List,
    ListItem,
    Math,
    Note,
    NoteKind,
    Paragraph,
    Question,
    Quote,
    Row,
    Section,
    Span,
    Subject,
    Table,
    Terms,
    children,
    walk,
)
from .practice import Answer, Choices, GapAnswer, Item, Kind, Members, RowCell
from .settings import PracticeSettings
from .text import Break, Code, Emphasis, Gap, Link, MathRun, Run, Strong, Tagged, Text, Words

__all__ = [
    "Alignment",
    "Answer",
    "Aspect",
    "Block",
    "Break",
    "Change",
    "ChangeKind",
    "Choice",
    "Choices",
    "Cloze",
    "Code",
    "CodeBlock",
    "Column",
    "Comparison",
    "Deck",
    "DeckFormat",
    "Definition",
    "Diagnostic",
    "Emphasis",
    "Entry",
    "ExportError",
    "Figure",
    "Gap",
    "GapAnswer",
    "Input",
    "InternalError",
    "Item",
    "Kind",
    "Link",
    "List",
    "ListItem",
    "Material",
    "Math",
    "MathRun",
    "Members",
    "ModelError",
    "Note",
    "NoteKind",
    "Paragraph",
    "PathLike",
    "PatraError",
    "PatraWarning",
    "Pdf",
    "PdfKind",
    "PracticeSettings",
    "Question",
    "Quote",
    "Row",
    "RowCell",
    "Run",
    "Section",
    "Severity",
    "SheetSize",
    "SourceError",
    "Span",
    "Strong",
    "Subject",
    "Table",
    "Tagged",
    "Target",
    "Terms",
    "Text",
    "Words",
    "__version__",
    "check",
    "children",
    "loads",
    "read",
    "walk",
]
