"""The words of a text in each language come back from its papers, in every reader that people use."""

import io
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import load, plain, split_words, words
from pdfminer.high_level import extract_text_to_fp
from test_handout import READERS, with_pdfium, with_pdfminer, with_poppler, with_pypdf

PAPERS = ["handout", "worksheet", "answers", "cards"]

def read_words(text: str) -> Counter[str]:
    return Counter(split_words(unicodedata.normalize("NFC", text)))


def name(reader: Callable[[Path], str]) -> str:
    return reader.__name__.removeprefix("with_")


@pytest.mark.parametrize("reader", READERS, ids=name)
def test_every_word_of_a_handout_comes_back(language_out: Path, reader: Callable[[Path], str]) -> None:
    material = load(language_out)
    found = read_words(reader(language_out / "handout.pdf"))
    # The kind of thing that a list names is said in questions alone.
    printed = [text for text in words(material) if not text.place.endswith(".terms.kind")]
    wanted = {word: text.place for text in printed for word in split_words(text.text)}
    assert len(wanted) > 60
    assert {word: place for word, place in wanted.items() if word not in found} == {}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("reader", READERS, ids=name)
def test_all_readers_read_the_same_words_as_often(
    language_out: Path, paper: str, reader: Callable[[Path], str]
) -> None:
    path = language_out / f"{paper}.pdf"
    # In the order of the content, in which a word can't fall apart.
    expected, found = read_words(with_pypdf(path)), read_words(reader(path))
    assert expected.total() > 30
    if load(language_out)["language"] == "ur" and reader is with_pdfium:
        # It puts digits before the Latin letters that they follow on a line from right to left.
        expected, found = by_kind(expected), by_kind(found)
    assert found == expected


def by_kind(words: Counter[str]) -> Counter[str]:
    """Words with their digits and their letters apart."""
    parts: Counter[str] = Counter()
    for word, count in words.items():
        for part in re.findall(r"[0-9]+|[^0-9]+", word):
            parts[part] += count
    return parts


def with_poppler_in_order(path: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, encoding="utf-8").stdout


def with_poppler_by_line(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, encoding="utf-8").stdout


def with_pdfminer_in_order(path: Path) -> str:
    text = io.StringIO()
    extract_text_to_fp(io.BytesIO(path.read_bytes()), text, laparams=None, output_type="text", codec="")
    return text.getvalue()


# Poppler takes narrow tables for columns of text unless it is asked for lines or for the order of the content.
BY_ROW = [reader for reader in READERS if reader is not with_poppler]
BY_ROW += [with_poppler_by_line, with_poppler_in_order, with_pdfminer_in_order]

# What knows of no direction sets the cells of a row from left to right, and begins a line where the next letter is to the left.
FROM_LEFT = [with_poppler_in_order, with_pdfminer]


def rows(material: dict) -> Iterator[list[str]]:
    """The rows of the tables of a text, with their heads."""
    for section in [material["sections"][0], *material["sections"][0]["sections"]]:
        for block in section["blocks"]:
            if comparison := block.get("comparison"):
                yield [comparison["corner"], *(plain(subject["name"]) for subject in comparison["subjects"])]
                for aspect in comparison["aspects"]:
                    yield [aspect["name"], *map(plain, aspect["cells"])]
            if table := block.get("table"):
                yield [plain(column["heading"]) for column in table["columns"]]
                yield from ([plain(cell) for cell in row["cells"]] for row in table["rows"])


@pytest.mark.parametrize("reader", BY_ROW, ids=name)
def test_a_table_is_read_row_by_row(language_out: Path, reader: Callable[[Path], str]) -> None:
    material = load(language_out)
    if material["language"] == "ur" and reader in FROM_LEFT:
        pytest.skip("what runs from right to left is to it in another order")
    wanted = [split_words(" ".join(row)) for row in rows(material)]
    assert len(wanted) == 5
    text = reader(language_out / "handout.pdf")
    if material["language"] == "ur" and reader is with_poppler_by_line:
        # It may turn round a row, but not part it.
        lines = [Counter(split_words(line)) for line in text.splitlines()]
        missing = [row for row in wanted if not any(Counter(row) <= line for line in lines)]
    else:
        found = f" {' '.join(split_words(text))} "
        missing = [row for row in wanted if f" {' '.join(row)} " not in found]
    assert missing == []
