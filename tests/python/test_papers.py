"""Worksheets, their keys and cards: as the readers that people use see them, and that no worksheet tells an answer."""

import csv
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pypdf
import pytest
from conftest import Run, folded, load, plain, split_words, words
from test_course import asked
from test_handout import READERS, with_mupdf, with_poppler
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, StreamObject, TextStringObject

PAPERS = ["worksheet", "answers", "cards"]
MM = 72 / 25.4
CARD = (90 * MM, 64 * MM)
CODE = re.compile(r"\b[B-DF-HJ-KM-NP-TV-XZ][B-DF-HJ-KM-NP-TV-XZ2-9]{4}\b")

# Everything that is asked has an answer that stands nowhere else.
SECRETS = """---
id: secrets
title: Rivers
language: en
tags: [tagged-secret]
---

# Part {#part}

Ganga {#ganga}
: secret-meaning of a river

Q: Why does it flood? {#flood}

A: because of secret-question reasons

Q: Who dams it? {#dam}

A: the secret-builder

| Aspect | Ganga {#ganga} | Kaveri {#kaveri} |
|---|---|---|
| Source {#source} | secret-ice | secret-hill |
| Mouth {#mouth} | secret-bay | secret-gulf |
"""

TAMIL = """---
id: water
title: நீர் சுழற்சி
language: ta
---

# நீர் எவ்வாறு சுழல்கிறது

ஆவியாதல் {#evaporation}
: வெப்பத்தால் நீர் ஆவியாக மாறுதல்.

{#kinds kind="மழையின் வகைகள்"}
- **தூறல்** {#drizzle}: நீண்ட நேரம் பெய்யும் மெல்லிய மழை.
- **ஆலங்கட்டி** {#hail}: வானிலிருந்து விழும் உறைந்த துளிகள்.

குளிர்ந்த காற்றில் {{மேகங்கள்}} உருவாகி {{மழை}} பெய்கிறது. {#fill-rain}
"""


def found_words(text: str) -> set[str]:
    return set(split_words(unicodedata.normalize("NFC", text)))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__.removeprefix("with_"))
def test_every_word_that_is_asked_comes_back_from_the_cards(edition: Path, reader: Callable[[Path], str]) -> None:
    found = found_words(reader(edition / "cards.pdf"))
    wanted = {word: text.place for text in asked(load(edition)) for word in split_words(text.text)}
    assert len(wanted) > 300
    assert {word: place for word, place in wanted.items() if word not in found} == {}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__.removeprefix("with_"))
def test_all_readers_read_the_same_words(edition: Path, paper: str, reader: Callable[[Path], str]) -> None:
    # In the order of the content, in which a word can't fall apart.
    document = pypdf.PdfReader(edition / f"{paper}.pdf")
    expected = found_words("\n".join(page.extract_text() for page in document.pages))
    assert len(expected) > 150
    assert found_words(reader(edition / f"{paper}.pdf")) == expected


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__.removeprefix("with_"))
def test_words_of_another_script_come_back(
    patra: Callable[..., Run], tmp_path: Path, reader: Callable[[Path], str]
) -> None:
    (tmp_path / "water.md").write_text(TAMIL, encoding="utf-8")
    assert patra("build", "water.md", "--only", "pdf", cwd=tmp_path).returncode == 0
    folder = tmp_path / "patra-out" / "water"
    wanted = {word for text in asked(load(folder)) for word in split_words(text.text)}
    assert len(wanted) > 15
    assert wanted - found_words(reader(folder / "cards.pdf")) == set()
    # What a list is called is said in questions on it alone, and its things are all in the matching.
    called = {word for text in words(load(folder)) if text.place.endswith(".kind") for word in split_words(text.text)}
    on_paper = found_words(reader(folder / "worksheet.pdf")) | found_words(reader(folder / "answers.pdf"))
    assert wanted - on_paper <= called


def test_the_key_has_what_the_worksheet_leaves_out(edition: Path) -> None:
    worksheet, key = (folded(with_mupdf(edition / f"{paper}.pdf")) for paper in ("worksheet", "answers"))
    hidden = 0
    for text in words(load(edition)):
        if text.place.endswith("cells[0]") or ".cells[" in text.place:
            if folded(text.text) in key and folded(text.text) not in worksheet:
                hidden += 1
    assert hidden >= 4


def numbered(path: Path) -> list[str]:
    """The numbers and headings of exercises, and the short codes, in the order of the page."""
    text = with_poppler_raw(path)
    return re.findall(r"^\d+\. .*$", "\n".join(bookmarks(path)), re.MULTILINE) + CODE.findall(text)


def with_poppler_raw(path: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, encoding="utf-8").stdout


def bookmarks(path: Path) -> list[str]:
    with pymupdf.open(path) as document:
        return [title for _, title, _ in document.get_toc()]


def test_a_worksheet_and_its_key_are_numbered_alike(edition: Path) -> None:
    worksheet, key = (numbered(edition / f"{paper}.pdf") for paper in ("worksheet", "answers"))
    assert len(worksheet) > 25
    assert worksheet == key


def test_the_same_seed_gives_the_same_sheet_and_names_itself(patra: Callable[..., Run], tmp_path: Path) -> None:
    def build(out: str, seed: int) -> tuple[bytes, bytes]:
        ran = patra("build", "--only", "pdf", "--paper", "worksheet,answers", "--seed", seed, "-o", out, cwd=tmp_path)
        assert ran.returncode == 0, ran.stderr
        worksheet, answers = ((tmp_path / out / "bpo" / "en" / f"{paper}.pdf") for paper in ("worksheet", "answers"))
        assert all(f"Sheet no. {seed}" in with_poppler(path) for path in (worksheet, answers))
        assert numbered(worksheet) == numbered(answers)
        return worksheet.read_bytes(), answers.read_bytes()

    assert build("a", 7) == build("b", 7)
    assert not set(build("c", 8)) & set(build("d", 9))


def everything(path: Path) -> Iterator[str]:
    """All that a file holds: every string, name and key of every object, every stream decompressed, and what the codes of
    its fonts stand for."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, (TextStringObject, NameObject)):
            yield str(value)
        elif isinstance(value, ByteStringObject):
            yield value.decode("latin-1")
            yield value.decode("utf-16-be", errors="replace")
        elif isinstance(value, ArrayObject):
            for inner in list(value):
                yield from walk(inner)
        elif isinstance(value, DictionaryObject):
            for key, inner in value.items():
                yield str(key)
                yield from walk(inner)
            if isinstance(value, StreamObject):
                data = value.get_data()
                yield data.decode("latin-1")
                yield data.decode("utf-8", errors="replace")
                # The texts of a ToUnicode map are in hexadecimal, each in UTF-16.
                texts = re.findall(rb"^<[0-9A-F]+> <([0-9A-F]+)>$", data, re.MULTILINE)
                yield "".join(bytes.fromhex(text.decode()).decode("utf-16-be", errors="replace") for text in texts)

    reader = pypdf.PdfReader(path)
    for number in [*reader.xref[0], *reader.xref_objStm]:
        yield from walk(reader.get_object(number))
    for read in READERS:
        yield read(path)
        yield re.sub(r"\s+", "", read(path))


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_worksheet_tells_no_answer_anywhere(patra: Callable[..., Run], tmp_path: Path, seed: int) -> None:
    (tmp_path / "secrets.md").write_text(SECRETS, encoding="utf-8")
    arguments = ("--only", "pdf", "--seed", seed, "--paper", "worksheet,answers")
    assert patra("build", "secrets.md", *arguments, cwd=tmp_path).returncode == 0
    folder = tmp_path / "patra-out" / "secrets"
    told = told_of(folder / "worksheet.pdf")
    # Of each row of the table one cell is left out, and the other is shown.
    assert len(told & {"secret-ice", "secret-hill"}) == len(told & {"secret-bay", "secret-gulf"}) == 1
    assert len(told) == 2, told
    # The key tells all of it: the walk finds what is there.
    assert told_of(folder / "answers.pdf") == SECRET


SECRET = set(re.findall(r"secret-[a-z]+|[a-z]+-secret", SECRETS))


def told_of(path: Path) -> set[str]:
    texts = list(everything(path))
    return {secret for secret in SECRET if any(secret in text for text in texts)}


def codes(path: Path, page: int) -> dict[str, tuple[float, float]]:
    """The short codes of a page with their right ends and base lines."""
    with pymupdf.open(path) as document:
        found = document[page].get_text("words")
    return {word: (x1, y1) for _, _, x1, y1, word, *_ in found if CODE.fullmatch(word)}


def test_lines_on_paper_are_found_in_the_sheets_by_their_codes(edition: Path) -> None:
    found = {}
    for sheet, key in (("ids", "id"), ("practice", "practice_id")):
        with (edition / "sheets" / f"{sheet}.csv").open(encoding="utf-8-sig", newline="") as lines:
            found[sheet] = {row["code"]: row[key] for row in csv.DictReader(lines)}
    assert len(found["practice"]) > 100 and not found["ids"].keys() & found["practice"].keys()
    # The back of a card has the code of what it asks about as well.
    on_cards = set(CODE.findall(with_poppler_raw(edition / "cards.pdf")))
    assert found["practice"].keys() <= on_cards <= found["ids"].keys() | found["practice"].keys()
    # Items are of every kind on a worksheet, and the sheets have those of the deck; sentences and tables have codes too.
    on_worksheet = set(CODE.findall(with_poppler_raw(edition / "worksheet.pdf")))
    assert len(on_worksheet & (found["ids"].keys() | found["practice"].keys())) > 15


@pytest.mark.parametrize("flip", ["long-edge", "short-edge"])
@pytest.mark.parametrize("offset", [(0.0, 0.0), (2.0, -1.5)])
def test_an_answer_stands_behind_its_question(
    patra: Callable[..., Run], tmp_path: Path, flip: str, offset: tuple[float, float]
) -> None:
    arguments = ("--only", "pdf", "--paper", "cards", "--flip", flip, "--back-offset", f"{offset[0]},{offset[1]}")
    assert patra("build", *arguments, cwd=tmp_path).returncode == 0
    path = tmp_path / "patra-out" / "bpo" / "hi" / "cards.pdf"
    with pymupdf.open(path) as document:
        pages, width, height = len(document), document[0].rect.width, document[0].rect.height
    left, top = (width - 2 * CARD[0]) / 2, (height - 4 * CARD[1]) / 2

    def slot(place: tuple[float, float], moved: tuple[float, float]) -> tuple[int, int]:
        return int((place[1] - moved[1] * MM - top) // CARD[1]), int((place[0] - moved[0] * MM - left) // CARD[0])

    assert pages > 20 and pages % 2 == 0
    for page in range(0, pages, 2):
        front, back = codes(path, page), codes(path, page + 1)
        assert front and front.keys() <= back.keys()
        for code, place in front.items():
            row, column = slot(place, (0, 0))
            mirrored = (row, 1 - column) if flip == "long-edge" else (3 - row, column)
            assert slot(back[code], offset) == mirrored, code
            # Within its card it stands where it stands on the front, but for the offset.
            dx = (back[code][0] - offset[0] * MM) - place[0] - (mirrored[1] - column) * CARD[0]
            dy = (back[code][1] - offset[1] * MM) - place[1] - (mirrored[0] - row) * CARD[1]
            assert abs(dx) < 0.2 and abs(dy) < 0.2, code


def test_nothing_on_a_card_stands_on_another(edition: Path) -> None:
    with pymupdf.open(edition / "cards.pdf") as document:
        for page in document:
            top = (page.rect.height - 4 * CARD[1]) / 2
            for line in [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", [])]:
                x0, _, x1, _ = line["bbox"]
                column = int((x0 - (page.rect.width - 2 * CARD[0]) / 2) // CARD[0])
                edge = (page.rect.width - 2 * CARD[0]) / 2 + column * CARD[0]
                if line["bbox"][3] < top + 4 * CARD[1]:
                    assert x0 >= edge + 3 * MM and x1 <= edge + CARD[0] - 3 * MM, line


def test_files_are_sound(edition: Path) -> None:
    for paper in PAPERS:
        path = edition / f"{paper}.pdf"
        with pymupdf.open(path) as document:
            assert not document.is_repaired
            assert document.get_toc()
            title = plain(load(edition)["title"])
            assert document.metadata["title"].startswith(f"{title} – ")
        root = pypdf.PdfReader(path).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == load(edition)["language"]
