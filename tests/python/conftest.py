"""What the tests share: the command, and the course built by it."""

import json
import os
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
EDITIONS = ["hi", "en"]

Run = subprocess.CompletedProcess[str]


def program() -> Path:
    """The command under test: `PATRA_BIN`, or what `cargo build` made."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target"))
    return Path(os.environ.get("PATRA_BIN", target / "debug" / "patra"))


def example(name: str) -> Path:
    """An example program of one of the crates, as the tests in Rust have built it already."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target"))
    built = target / "debug" / "examples" / name
    assert built.exists(), f"{built} is missing: run `cargo test --workspace --no-run`"
    return built


@pytest.fixture(scope="session")
def patra() -> Callable[..., Run]:
    """Runs the command: `patra("build", path, "-o", out, cwd=folder)`."""

    def run(*arguments: object, cwd: Path | None = None) -> Run:
        return subprocess.run(
            [program(), *map(str, arguments)], cwd=cwd, capture_output=True, encoding="utf-8", timeout=120
        )

    return run


@pytest.fixture(scope="session")
def course_out(patra: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the course that comes with patra was built: `bpo/hi` and `bpo/en` are in it."""
    out = tmp_path_factory.mktemp("course")
    ran = patra("build", "-o", out)
    assert (ran.returncode, ran.stderr) == (0, "")
    return out


@pytest.fixture(scope="session", params=EDITIONS)
def edition(request: pytest.FixtureRequest, course_out: Path) -> Path:
    """The folder of each edition of the course in turn."""
    return course_out / "bpo" / request.param


@pytest.fixture(scope="session", params=EDITIONS)
def bilingual(request: pytest.FixtureRequest, patra: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the course's papers with its other edition beside it, each edition in turn being the first."""
    out = tmp_path_factory.mktemp("bilingual")
    first = request.param
    sources = [REPOSITORY / "materials" / f"bpo.{edition}.md" for edition in (first, *(set(EDITIONS) - {first}))]
    ran = patra("build", *sources, "--bilingual", "--only", "pdf", "--paper", "handout", "-o", out)
    assert (ran.returncode, ran.stderr) == (0, "")
    return out / "bpo" / first


LANGUAGES = sorted(path.stem for path in (REPOSITORY / "tests" / "languages").glob("*.md"))


@pytest.fixture(scope="session", params=LANGUAGES)
def language_out(
    request: pytest.FixtureRequest, patra: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of the papers of a text in each language in turn, built from `source.md` two folders above."""
    folder = tmp_path_factory.mktemp(request.param)
    text = (REPOSITORY / "tests" / "languages" / f"{request.param}.md").read_text(encoding="utf-8")
    (folder / "source.md").write_text(text, encoding="utf-8")
    ran = patra("build", folder / "source.md", "--only", "pdf", "-o", folder / "out")
    assert ran.returncode == 0, ran.stderr
    return folder / "out" / "water"


@dataclass(frozen=True)
class Words:
    """Words of a material, and where in it they stand: `sections[0].blocks[2].terms.entries[0].term`."""

    place: str
    text: str


def load(folder: Path) -> dict:
    """The model that the files in a folder were made from."""
    return json.loads((folder / "material.json").read_text(encoding="utf-8"))


def plain(text: str | list) -> str:
    """The words of a text in the stored form, without marks of any kind."""
    if isinstance(text, str):
        return text
    words = []
    for run in text:
        if isinstance(run, str):
            words.append(run)
            continue
        ((kind, inner),) = run.items()
        if kind == "break":
            words.append("\n")
        elif kind in ("link", "gap", "language"):
            words.append(plain(inner["text"]))
        else:
            words.append(plain(inner))
    return "".join(words)


# What the walk finds no words in: names, numbers, what is said of the material as a whole, and where a figure's file is.
NO_WORDS = {
    "alignment", "authors", "correct", "id", "language", "lettering", "licence", "marker", "marks", "messages", "ordered", "patra",
    "pinned", "practice", "room", "source", "start", "subject", "tags", "target", "updated",
}  # fmt: skip
# What holds words: a string, or a list of runs.
TEXTS = {
    "alt", "answer", "caption", "corner", "description", "full_form", "heading", "hint", "kind", "meaning", "name", "prompt",
    "term", "tex", "text", "title",
}  # fmt: skip
# What holds a list of such.
LISTS_OF_TEXTS = {"cells"}
# What holds a list of objects.
LISTS = {
    "aspects", "blocks", "choices", "columns", "details", "entries", "items", "rows", "sections", "stem", "subjects",
}  # fmt: skip
# The kinds of block, each under the key of its name.
BLOCKS = {
    "cloze", "code", "comparison", "definition", "figure", "list", "math", "note", "paragraph", "question", "quote", "table",
    "terms", "verse",
}  # fmt: skip


def words(model: dict, place: str = "") -> Iterator[Words]:
    """Every text of a model, or of a part of it, by walking it. A text with gaps comes in parts: what is between the gaps,
    and what is in them. A field that the walk doesn't know is an error, so that none is passed over."""
    for field, value in model.items():
        here = f"{place}.{field}" if place else field
        if field in NO_WORDS or (field == "kind" and place.endswith(".note")):
            continue
        if field in TEXTS:
            yield from (Words(here, part) for part in parts(value) if part)
        elif field == "stanzas":
            lines = [line for stanza in value for line in stanza]
            for index, inner in enumerate(lines):
                yield from (Words(f"{here}[{index}]", part) for part in parts(inner) if part)
        elif field in LISTS_OF_TEXTS:
            for index, inner in enumerate(value):
                yield from (Words(f"{here}[{index}]", part) for part in parts(inner) if part)
        elif field in LISTS:
            for index, inner in enumerate(value):
                yield from words(inner, f"{here}[{index}]")
        elif field in BLOCKS:
            yield from words(value, here)
        else:
            raise AssertionError(f"a field that the walk doesn't know: {here}")


def parts(text: str | list) -> list[str]:
    """The words of a text, parted where a gap begins and where it ends."""
    if isinstance(text, str):
        return [text]
    found = [""]
    for run in text:
        if isinstance(run, dict) and "gap" in run:
            found += [plain(run["gap"]["text"]), ""]
        else:
            found[-1] += plain([run])
    return found


def folded(text: str) -> str:
    """A text as it is compared: NFC, without white space (lines are broken anywhere) and without invisible joiners."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if not c.isspace() and c not in "\u200b\u200c\u200d\u00ad\ufeff")


def split_words(text: str) -> list[str]:
    """The words of a text, in NFC, without the punctuation around them."""
    found = []
    word = ""
    for c in unicodedata.normalize("NFC", text) + " ":
        if unicodedata.category(c)[0] in "LMN" or c in "\u200c\u200d":
            word += c
        elif word:
            found.append(word)
            word = ""
    return found
