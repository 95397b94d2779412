"""The native part: the model in Rust, its readers and its exporters. Its names are no part of the interface."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, final

from .errors import Diagnostic
from .made import ChangeKind, Edits, Outcome, Schema
from .model import Section
from .practice import Item
from .text import Text

__all__ = [
    "Batch",
    "CallSettings",
    "Cancellation",
    "KINDS",
    "Core",
    "Locks",
    "Look",
    "Register",
    "SourceRows",
    "__version__",
    "batch",
    "call_settings",
    "code",
    "command",
    "deck",
    "editions",
    "id",
    "is_book",
    "language",
    "look",
    "option_names",
    "panic",
    "pdf",
    "plan",
    "quiz",
    "register",
    "right_to_left",
    "sheets",
    "source_files",
    "sources_in",
    "tables",
    "theme_names",
    "wait",
    "workbook",
]

__version__: str
KINDS: tuple[str, ...]

def id(text: str, /) -> str: ...
def command(arguments: Sequence[str], /) -> int: ...
def editions() -> list[tuple[str, str]]: ...
def panic() -> None: ...
def wait(milliseconds: int, /) -> None: ...
def code(id: str, /) -> str: ...
def language(tag: str, /) -> str: ...
def right_to_left(tag: str, /) -> bool: ...

def register(
    core: Core,
    path: str | None,
    folder: Path | None,
    pages: Mapping[str, int],
    byte_order_mark: bool,
    spreadsheet_safe: bool,
    deck: Mapping[str, Any],
    /,
) -> Register: ...
def sheets(
    core: Core, path: str | None, register: Register, /
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]: ...
def workbook(core: Core, path: str | None, register: Register, /) -> tuple[bytes, tuple[Diagnostic, ...]]: ...
def tables(core: Core, path: str | None, register: Register, /) -> list[tuple[str, Batch]]: ...
def batch(columns: Sequence[tuple[str, str, list[Any]]], /) -> Batch: ...
@final
class CallSettings:
    @property
    def asks_for_editions(self) -> bool: ...

def call_settings(keywords: Mapping[str, Any], /) -> tuple[CallSettings, tuple[Diagnostic, ...]]: ...
def option_names() -> list[tuple[str, str]]: ...
@final
class Cancellation:
    def __new__(cls) -> Cancellation: ...
    def cancel(self) -> None: ...
    @property
    def cancelled(self) -> bool: ...

def source_files(
    core: Core,
    path: str | None,
    editions: Sequence[Path] | tuple[Sequence[tuple[Core, str | None, Path | None]], int],
    settings: CallSettings,
    earlier: tuple[str | None, bytes | None, int | None],
    cancellation: Cancellation,
    /,
) -> tuple[list[tuple[str, bytes]], int, int | None, str | None, tuple[Diagnostic, ...]] | None: ...
def sources_in(folder: Path, /) -> list[Path]: ...
def is_book(name: str, /) -> bool: ...
def quiz(
    core: Core, path: str | None, media: Mapping[str, bytes], form: str, longest_match: int, /
) -> tuple[bytes, tuple[Diagnostic, ...]]: ...
def pdf(
    core: Core,
    path: str | None,
    media: Mapping[str, bytes],
    kind: str,
    sheet: str,
    seed: int,
    marks: bool,
    flip: str | None,
    back_offset: tuple[float, float],
    calibration: bool,
    look: Look | None = None,
    creep: float = 0.0,
    beside: tuple[Core, Mapping[str, bytes]] | None = None,
    /,
) -> tuple[bytes, int, dict[str, int], tuple[Diagnostic, ...]]: ...
@final
class Look: ...

def look(
    theme: tuple[str, bytes | None],
    margins: tuple[float, float, float] | None,
    binding: float,
    single_sided: bool,
    contents: str,
    fonts: Sequence[tuple[str, bytes]],
    /,
) -> tuple[Look, tuple[Diagnostic, ...]]: ...
def theme_names() -> list[str]: ...
def deck(
    core: Core,
    path: str | None,
    pages: Mapping[str, int],
    media: Mapping[str, bytes] | None,
    folder: Path | None,
    lock: str | None,
    earlier: bytes | None,
    now: int | None,
    deck: str | None,
    subdecks: bool,
    preset: bool,
    legacy: bool,
    omit_retired: bool,
    reversed: bool,
    typed: bool,
    speech: bool,
    translation: Core | None,
    /,
) -> tuple[bytes, str, list[tuple[str, ChangeKind, str]], tuple[Diagnostic, ...]]: ...
def plan(
    core: Core,
    path: str | None,
    media: Mapping[str, bytes] | None,
    folder: Path | None,
    lock: str | None,
    deck: str | None,
    subdecks: bool,
    omit_retired: bool,
    reversed: bool,
    typed: bool,
    speech: bool,
    translation: Core | None,
    collection: Path | None,
    /,
) -> tuple[
    str,
    list[
        tuple[
            str,
            ChangeKind,
            str,
            str,
            str,
            tuple[Outcome, Edits, list[str], bool, bool, list[int], list[int]] | None,
        ]
    ],
    list[tuple[str, int, int | None, bool | None, list[tuple[str, int]]]],
    list[tuple[str, Schema]],
    tuple[Diagnostic, ...],
]: ...
@final
class Batch:
    def columns(self) -> list[str]: ...
    def metadata(self) -> dict[str, str]: ...
    def column(self, name: str, /) -> list[Any]: ...
    def same(self, other: Batch, /) -> bool: ...
    def __len__(self) -> int: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
@final
class SourceRows:
    def __new__(cls, table: object, /) -> SourceRows: ...
    def __iter__(self) -> SourceRows: ...
    def __next__(self) -> dict[str, str | bytes | None]: ...
@final
class Register: ...
@final
class Locks:
    def __new__(cls, text: str, /) -> Locks: ...
    def part(self, core: Core, /) -> str | None: ...
    def take(self, text: str, core: Core, /) -> None: ...
    def text(self) -> str | None: ...
@final
class Core:
    @staticmethod
    def new(fields: Mapping[str, Any], /) -> Core: ...
    @staticmethod
    def from_json(
        stored: str | bytes, path: str | None, by_key: bool, /
    ) -> tuple[Core | None, tuple[Diagnostic, ...]]: ...
    @staticmethod
    def from_yaml(stored: str | bytes, path: str | None, /) -> tuple[Core | None, tuple[Diagnostic, ...]]: ...
    @staticmethod
    def read(text: str | bytes, path: str | None, folder: Path | None, /) -> tuple[Core | None, tuple[Diagnostic, ...]]: ...
    @staticmethod
    def read_book(path: Path, settings: CallSettings | None, /) -> tuple[Core | None, tuple[Diagnostic, ...]]: ...
    def changed(self, fields: Mapping[str, Any], /) -> Core: ...
    @property
    def id(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def authors(self) -> tuple[str, ...]: ...
    @property
    def licence(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def updated(self) -> str | None: ...
    @property
    def tags(self) -> tuple[str, ...]: ...
    def title(self) -> Text: ...
    def sections(self) -> tuple[Section, ...]: ...
    def to_json(self) -> str: ...
    def to_yaml(self) -> str: ...
    def to_markdown(self) -> str: ...
    def problems(self, path: str | None, /) -> tuple[Diagnostic, ...]: ...
    def advice(self, path: str | None, /) -> tuple[Diagnostic, ...]: ...
    def count(self) -> int: ...
    def practice(self, every_kind: bool, pages: Mapping[str, int], /) -> tuple[Item, ...]: ...
    @property
    def practice_settings(self) -> str: ...
    @property
    def messages(self) -> dict[str, str]: ...
    def pictures(self, folder: Path | None, /) -> dict[str, bytes]: ...
    def same(self, other: Core, /) -> bool: ...
