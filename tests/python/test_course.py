"""All that the course says is in its handouts, its decks and its sheets: by walking the model, not by a list."""

import csv
import html
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from conftest import BLOCKS, Words, folded, load, words

# Blocks of which a learner is asked nothing by themselves; where they belong to an answer they are in the deck.
NOT_ASKED = {"code", "figure", "list", "math", "note", "paragraph", "quote", "table"}


def missing(wanted: Iterable[Words], text: str) -> list[Words]:
    found = folded(text)
    return [words for words in wanted if folded(words.text) not in found]


def handout_text(path: Path) -> str:
    """The text of a handout in the order in which it was printed, without what stands on every page."""
    text = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, encoding="utf-8").stdout
    pages = [page.splitlines() for page in text.removesuffix("\f").split("\f")]
    assert len(pages) > 2
    on_pages = Counter(line for page in pages for line in set(map(without_numbers, page)))
    repeated = {line for line, count in on_pages.items() if count >= len(pages) - 1}
    lines = (line for page in pages for line in page if without_numbers(line) not in repeated)
    # The short code of what is asked about stands in the margin of its first line.
    return "\n".join(re.sub(r"(^|\s)[0-9A-Z]{5}\s*$", "", line) for line in lines)


def without_numbers(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def deck_text(path: Path, folder: Path) -> str:
    """The fields of all notes of a deck, as they are after importing it."""
    collection = Collection(str(folder / "collection.anki2"))
    try:
        collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        )
        notes = [collection.get_note(note) for note in collection.find_notes("")]
        fields = "\n".join(field for note in notes for field in note.fields)
    finally:
        collection.close()
    # A gap, as Anki writes it: {{c1::words::hint}}.
    fields = re.sub(r"\{\{c[\d,]+::(.*?)(?:::(.*?))?\}\}", r"\1", fields, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", fields))


def sheets_text(folder: Path) -> str:
    """All cells of all sheets."""
    sheets = sorted(folder.glob("*.csv"))
    assert sheets
    cells = []
    for sheet in sheets:
        with sheet.open(encoding="utf-8-sig", newline="") as lines:
            cells += [cell for row in csv.reader(lines) for cell in row]
    return "\n".join(cells)


def asked(model: dict, place: str = "") -> Iterator[Words]:
    """The words of all blocks that a learner is asked about, wherever they stand."""
    for field, value in model.items():
        here = f"{place}.{field}" if place else field
        if field in BLOCKS - NOT_ASKED:
            yield from (text for text in words(value, here) if not text.place.endswith(".comparison.corner"))
        elif isinstance(value, dict):
            yield from asked(value, here)
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                if isinstance(inner, dict):
                    yield from asked(inner, f"{here}[{index}]")


def test_the_walk_finds_what_the_course_is_made_of(edition: Path) -> None:
    places = [re.sub(r"\[\d+\]", "", text.place) for text in words(load(edition))]
    counts = Counter(place.rsplit("blocks.", 1)[-1] for place in places)
    assert counts["terms.entries.term"] == counts["terms.entries.description"] == 25
    assert counts["comparison.aspects.cells"] == 12
    assert counts["comparison.subjects.name"] == 2
    assert counts["definition.term"] >= 5
    assert counts["question.prompt"] >= 8
    assert counts["question.choices.text"] >= 20
    assert counts["cloze.text"] >= 10
    assert counts["paragraph.text"] >= 7


def test_all_is_in_the_handout(edition: Path) -> None:
    # The kind of thing that a list names is said in questions alone.
    wanted = (text for text in words(load(edition)) if not text.place.endswith(".terms.kind"))
    assert missing(wanted, handout_text(edition / "handout.pdf")) == []


def test_all_that_is_asked_is_in_the_deck(edition: Path, tmp_path: Path) -> None:
    wanted = list(asked(load(edition)))
    assert len(wanted) > 100
    assert missing(wanted, deck_text(edition / "deck.apkg", tmp_path)) == []


def test_all_is_in_the_sheets(edition: Path) -> None:
    assert missing(words(load(edition)), sheets_text(edition / "sheets")) == []


@pytest.mark.parametrize("kind", ["handout", "deck", "sheets"])
def test_what_is_not_there_is_missed(course_out: Path, tmp_path: Path, kind: str) -> None:
    """The tests above can fail: the English edition is not in the Hindi one's files."""
    hindi, english = course_out / "bpo/hi", load(course_out / "bpo/en")
    text = {
        "handout": lambda: handout_text(hindi / "handout.pdf"),
        "deck": lambda: deck_text(hindi / "deck.apkg", tmp_path),
        "sheets": lambda: sheets_text(hindi / "sheets"),
    }[kind]()
    wanted = list(asked(english))
    assert len(missing(wanted, text)) > len(wanted) * 0.9
