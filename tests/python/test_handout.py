"""The words of the course come back from its handouts, in every reader that people use."""

import io
import json
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pypdf
import pypdfium2
import pytest
from conftest import REPOSITORY, load, split_words, words
from pdfminer.high_level import extract_text


def with_poppler(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, encoding="utf-8").stdout


def with_pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def with_mupdf(path: Path) -> str:
    with pymupdf.open(path) as document:
        return "\n".join(page.get_text() for page in document)


def with_pypdf(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def with_pdfminer(path: Path) -> str:
    return extract_text(io.BytesIO(path.read_bytes()))


PDFJS = Path(sys.prefix) / "node_modules" / "pdfjs-dist"


def with_pdfjs(path: Path) -> str:
    command = ["node", REPOSITORY / "tests" / "pdfjs.mjs", PDFJS, path]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    (text,) = json.loads(ran.stdout)
    return text


READERS = [with_poppler, with_pdfium, with_mupdf, with_pypdf, with_pdfminer]
if PDFJS.is_dir() and shutil.which("node"):
    READERS.append(with_pdfjs)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__.removeprefix("with_"))
def test_every_word_comes_back(edition: Path, reader: Callable[[Path], str]) -> None:
    # A reader gives letters in the forms and the order in which they are printed, so words are compared in NFC.
    found = set(split_words(unicodedata.normalize("NFC", reader(edition / "handout.pdf"))))
    # The kind of thing that a list names is said in questions alone.
    printed = (text for text in words(load(edition)) if not text.place.endswith(".terms.kind"))
    wanted = {word: text.place for text in printed for word in split_words(text.text)}
    assert len(wanted) > 300
    missing = {word: place for word, place in wanted.items() if word not in found}
    assert not missing


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__.removeprefix("with_"))
def test_every_word_of_both_editions_comes_back(bilingual: Path, reader: Callable[[Path], str]) -> None:
    found = set(split_words(unicodedata.normalize("NFC", reader(bilingual / "bilingual.pdf"))))
    for edition in ("hi", "en"):
        printed = (text for text in words(load(bilingual.parent / edition)) if not text.place.endswith(".terms.kind"))
        wanted = {word: text.place for text in printed for word in split_words(text.text)}
        assert len(wanted) > 300
        assert {word: place for word, place in wanted.items() if word not in found} == {}


def test_no_character_lacks_its_form(edition: Path) -> None:
    text = with_poppler(edition / "handout.pdf")
    strange = {c for c in text if c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn") or (c < " " and c not in "\n\f")}
    assert not strange


def test_fonts_are_embedded_and_subset(edition: Path) -> None:
    listing = subprocess.run(
        ["pdffonts", edition / "handout.pdf"], check=True, capture_output=True, encoding="utf-8"
    ).stdout.splitlines()
    fonts = [line.split() for line in listing[2:]]
    assert fonts
    for font in fonts:
        # emb, sub and uni stand before the two numbers of the object.
        embedded, subset, unicode = font[-5:-2]
        assert (embedded, subset, unicode) == ("yes", "yes", "yes"), font
    assert (edition / "handout.pdf").stat().st_size < 400_000
