"""The words of a text in each language come back from its papers, in every reader that people use."""

import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import load, plain, split_words, words
from test_handout import READERS, with_mupdf, with_pdfium, with_pypdf

PAPERS = ["handout", "worksheet", "answers", "cards"]

# Pdfium skips a mark that stands by itself, as those of Urdu do so that the other readers find them, and MuPDF reads words
# that are alone on a line of a card from the left: how many of the words come back at least.
URDU = {"pdfium": 0.97, "mupdf": 0.98}


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
    missing = {word: place for word, place in wanted.items() if word not in found}
    if material["language"] == "ur":
        lost = 1 - URDU["pdfium"] if reader is with_pdfium else 0
        assert len(missing) <= lost * len(wanted), missing
    else:
        assert missing == {}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("reader", READERS, ids=name)
def test_all_readers_read_the_same_words_as_often(
    language_out: Path, paper: str, reader: Callable[[Path], str]
) -> None:
    path = language_out / f"{paper}.pdf"
    # In the order of the content, in which a word can't fall apart.
    expected, found = read_words(with_pypdf(path)), read_words(reader(path))
    assert expected.total() > 30
    if load(language_out)["language"] != "ur":
        assert found == expected
        return
    # Numbers and short codes among what runs from right to left are turned round and parted by readers, each in its own way.
    written = Counter({word: count for word, count in expected.items() if any(c.isalpha() and c > "\u0600" for c in word)})
    assert written.total() > 30
    missing = written - found
    assert missing.total() <= (1 - URDU.get(name(reader), 1.0)) * written.total(), missing


def poppler_raw(path: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, encoding="utf-8").stdout


@pytest.mark.parametrize("reader", [poppler_raw, with_pdfium, with_mupdf, with_pypdf], ids=name)
def test_a_table_is_read_row_by_row(language_out: Path, reader: Callable[[Path], str]) -> None:
    material = load(language_out)
    if material["language"] == "ur":
        pytest.skip("readers turn what runs from right to left round, each in its own way")
    text = " ".join(split_words(unicodedata.normalize("NFC", reader(language_out / "handout.pdf"))))
    rows = []
    for section in [material["sections"][0], *material["sections"][0]["sections"]]:
        for block in section["blocks"]:
            for aspect in block.get("comparison", {}).get("aspects", []):
                rows.append([aspect["name"], *aspect["cells"]])
    assert len(rows) == 2
    for row in rows:
        assert " ".join(split_words(" ".join(plain(cell) for cell in row))) in text
