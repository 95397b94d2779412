"""A paper looks as if it were drawn with plain glyphs: at 150 dots per inch no pixel differs by more than antialiasing does."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy
import pypdfium2
import pytest
from conftest import Run, load
from plain_glyphs import as_it_is, fonts, forms, read_content, redrawn, with_outlines, with_plain_glyphs
from pypdf import PdfReader

DPI = 150

# Those whose papers are all compared: with reordered vowels, with vowels on both sides, and from right to left.
LANGUAGES = {"hi", "ta", "ur"}

# What the languages have not: formulas, whose fonts are others, and letters of several scripts in one word.
FORMULAS = """---
id: water
title: जल और H₂O
language: hi
---

# माप {#measures}

जल का घनत्व $\\rho = \\frac{m}{V}$ है, और *त्रिज्या* $\\sqrt{x^2 + y^2}$ से **मिलती** है। café, naïve, α-कण

$$
\\sum_{i=1}^{n} \\vec{F_i} = \\mathbf{0} \\quad \\text{कुल बल}
$$

घनत्व {#density}
: आयतन की *एक* इकाई का द्रव्यमान, $\\mathrm{kg/m^3}$ में।
"""

Images = list[numpy.ndarray]


def by_poppler(pdf: bytes, *options: str, fine: int = 1) -> Images:
    """A paper in shades of grey, each pixel in as many rows and columns as `fine` says."""
    command = ["pdftoppm", "-gray", "-r", str(DPI * fine), *options, "-"]
    ran = subprocess.run(command, input=pdf, check=True, capture_output=True)
    assert ran.stderr == b""
    images, rest = [], memoryview(ran.stdout)
    while rest:
        kind, size, depth, _ = bytes(rest[:100]).split(b"\n", 3)
        assert (kind, depth) == (b"P5", b"255")
        width, height = map(int, size.split())
        start = len(kind + size + depth) + 3
        images.append(numpy.frombuffer(rest[start:], numpy.uint8, width * height).reshape(height, width))
        rest = rest[start + width * height :]
    return images


def by_poppler_finely(pdf: bytes) -> Images:
    """The upper half of a paper's first page, each pixel the mean of sixteen."""
    (image,) = by_poppler(pdf, "-l", "1", "-x", "0", "-y", "0", "-W", "4960", "-H", "3508", fine=4)
    assert image.shape == (3508, 4960)
    return [image.reshape(877, 4, 1240, 4).mean(axis=(1, 3), dtype=numpy.float32)]


def by_pdfium(pdf: bytes) -> Images:
    """A paper in colours: in shades of grey pdfium draws letters that are one string otherwise than one by one."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=DPI / 72).to_numpy().copy() for page in document]


# By how much a pixel may differ, of 255. FreeType rounds the points of an outline, and the place of a glyph within another: to
# a 64th of a pixel in poppler, in pdfium to a 4096th of an em. Both draw a curve as lines, and how many may hang on that.
# Pdfium knows what part of a pixel is filled. Poppler looks at four by four points of it, and raises the share of those that
# are filled to a power of 1.5: an edge that moves by next to nothing may change a row of points and some of another, which is
# up to six of sixteen. Where a pixel is the mean of sixteen, it is as many of 256.
READERS = {by_poppler: 110, by_poppler_finely: 24, by_pdfium: 24}


def name(reader: Callable[[bytes], Images]) -> str:
    return reader.__name__.removeprefix("by_")


def difference(some: Images, others: Images) -> float:
    """The largest difference of a pixel."""
    differences = [numpy.abs(one.astype(numpy.float32) - other) for one, other in zip(some, others, strict=True)]
    return max(float(of_page.max()) for of_page in differences)


# A drawing whose words lie within it, one of them turned and made larger.
LABELS = """<svg xmlns="http://www.w3.org/2000/svg" width="420" height="160" viewBox="0 0 420 160">
<rect x="10" y="20" width="180" height="90" rx="12" fill="#dbe8f5" stroke="#1c4f7c"/>
<text x="100" y="70" font-size="20" text-anchor="middle" fill="#1c4f7c">वाष्पीकरण क्षेत्र</text>
<text transform="translate(330 130) rotate(-30) scale(1.4)" font-size="18" text-anchor="middle">संघनन, river</text>
</svg>"""

FIGURE = """---
id: water
title: जल चक्र
language: hi
---

# चित्र {#picture}

![जल चक्र का चित्र](cycle.svg)
"""


@pytest.fixture(scope="session")
def labelled(patra: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handout of a text with a drawing that has labels."""
    folder = tmp_path_factory.mktemp("labelled")
    (folder / "source.md").write_text(FIGURE, encoding="utf-8")
    (folder / "cycle.svg").write_text(LABELS, encoding="utf-8")
    ran = patra("build", folder / "source.md", "--only", "pdf", "--paper", "handout", "-o", folder / "out")
    assert (ran.returncode, ran.stderr) == (0, "")
    return folder / "out" / "water" / "handout.pdf"


@pytest.fixture(scope="session")
def formulas(patra: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handout of a text with formulas."""
    folder = tmp_path_factory.mktemp("formulas")
    (folder / "source.md").write_text(FORMULAS, encoding="utf-8")
    ran = patra("build", folder / "source.md", "--only", "pdf", "-o", folder / "out")
    assert ran.returncode == 0, ran.stderr
    return folder / "out" / "water" / "handout.pdf"


def compare(path: Path, aksharas: int) -> None:
    """Compares a paper of at least so many codes that are made of several glyphs with one of plain glyphs."""
    outlines, plain = with_outlines(path), with_plain_glyphs(path)
    made = [parts for font in fonts(path).values() for parts in font.known.values() if len(parts) > 1]
    assert len(made) >= aksharas
    differences = {name(reader): difference(reader(outlines), reader(plain)) for reader in READERS}
    assert {name(reader): differences[name(reader)] for reader, most in READERS.items() if differences[name(reader)] > most} == {}


def test_a_handout_of_a_language_looks_as_with_plain_glyphs(language_out: Path) -> None:
    compare(language_out / "handout.pdf", 0 if load(language_out)["language"] == "en" else 30)


@pytest.mark.parametrize("paper", ["worksheet", "answers", "cards"])
def test_a_paper_of_a_language_looks_as_with_plain_glyphs(language_out: Path, paper: str) -> None:
    if load(language_out)["language"] not in LANGUAGES:
        pytest.skip("papers are drawn alike, and those of some scripts take the others' time")
    compare(language_out / f"{paper}.pdf", 30)


@pytest.mark.parametrize("paper", ["handout", "worksheet", "answers"])
def test_a_paper_of_the_course_looks_as_with_plain_glyphs(edition: Path, paper: str) -> None:
    compare(edition / f"{paper}.pdf", 0 if edition.name == "en" else 200)


def test_words_in_a_drawing_look_as_with_plain_glyphs(labelled: Path) -> None:
    document = PdfReader(labelled)
    (form,) = forms(document)
    shown = [part for part in read_content(form, document, fonts(labelled)) if not isinstance(part, str)]
    assert "वाष्पीकरण" in "".join(part.font.texts[part.code] for part in shown)
    compare(labelled, 5)


def test_formulas_look_as_with_plain_glyphs(formulas: Path) -> None:
    compare(formulas, 10)


@pytest.mark.parametrize("shift", [(1, 0), (0, 1), (-1, 0), (0, -1)])
def test_a_glyph_out_of_place_is_found(formulas: Path, shift: tuple[int, int]) -> None:
    # By how many thousandths of an em: where a pixel is sampled four by four times, less is not told from rounding.
    for reader, units in ((by_poppler, 30), (by_poppler_finely, 7), (by_pdfium, 7)):
        shifted = with_plain_glyphs(formulas, (units * shift[0], units * shift[1]))
        assert difference(reader(with_outlines(formulas)), reader(shifted)) > READERS[reader] + 10, name(reader)


def test_a_page_that_is_only_taken_apart_is_the_same(language_out: Path) -> None:
    path = language_out / "handout.pdf"
    assert difference(by_pdfium(path.read_bytes()), by_pdfium(redrawn(path, as_it_is))) == 0
