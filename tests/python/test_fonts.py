"""Fonts of one's own: with outlines of PostScript, and such as vary in weight, made here of the fonts that patra comes with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import REPOSITORY, Run, load, split_words, words
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._f_v_a_r import Axis
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib.instancer import instantiateVariableFont
from test_conformance import failures
from test_handout import READERS, with_pypdf
from test_pixels import by_pdfium, by_poppler, difference

SOURCE = REPOSITORY / "tests" / "languages" / "hi.md"
PAPERS = ["handout", "worksheet", "answers", "cards"]


def plain_font() -> TTFont:
    """A font that patra comes with, under another name."""
    font = TTFont(REPOSITORY / "crates" / "fonts" / "fonts" / "NotoSansDevanagari-Regular.ttf")
    for record in font["name"].names:
        record.string = record.toUnicode().replace("Noto", "Own")
    return font


def with_postscript_outlines() -> TTFont:
    font = plain_font()
    glyphs = font.getGlyphSet()
    outlines = {}
    for name in font.getGlyphOrder():
        pen = T2CharStringPen(glyphs[name].width, glyphs)
        glyphs[name].draw(pen)
        outlines[name] = pen.getCharString()
    for tag in {"glyf", "loca", "cvt ", "fpgm", "prep", "gasp"} & set(font.keys()):
        del font[tag]
    FontBuilder(font=font).setupCFF("OwnSansDevanagari-Regular", {}, outlines, {})
    font["maxp"].tableVersion = 0x00005000
    font.sfntVersion = "OTTO"
    return font


def varying_in_weight() -> TTFont:
    """A font whose letters are a sixth wider at a weight of 700 than at 400."""
    font = plain_font()
    axis = Axis()
    axis.axisTag, axis.minValue, axis.defaultValue, axis.maxValue = "wght", 400, 400, 700
    axis.axisNameID = font["name"].addName("Weight")
    font["fvar"] = newTable("fvar")
    font["fvar"].axes = [axis]
    font["gvar"] = newTable("gvar")
    font["gvar"].version, font["gvar"].reserved, font["gvar"].variations = 1, 0, {}
    for name in font.getGlyphOrder():
        points, _ = font["glyf"]._getCoordinatesAndControls(name, font["hmtx"].metrics)
        wider = TupleVariation({"wght": (0, 1, 1)}, [(round(x / 6), 0) for x, _ in points])
        font["gvar"].variations[name] = [wider]
    return font


def bold() -> TTFont:
    """The same at 700, as a font that doesn't vary."""
    font = instantiateVariableFont(varying_in_weight(), {"wght": 700})
    font["OS/2"].usWeightClass = 700
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x40 | 0x20
    font["head"].macStyle |= 1
    return font


MADE = {
    "none": [],
    "plain": [plain_font],
    "postscript": [with_postscript_outlines],
    "variable": [varying_in_weight],
    "two": [plain_font, bold],
}
KINDS = ["postscript", "variable"]


@pytest.fixture(scope="session")
def with_fonts(patra: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of the papers that are set in fonts of a kind."""
    folder = tmp_path_factory.mktemp("fonts")

    def build(kind: str) -> Path:
        if not (folder / kind).exists():
            given = []
            for make in MADE[kind]:
                given += ["--font", folder / f"{kind}-{make.__name__}.font"]
                make().save(given[-1])
            ran = patra("build", SOURCE, "--only", "pdf", *given, "-o", folder / kind)
            assert (ran.returncode, ran.stderr) == (0, "")
        return folder / kind / "water"

    return build


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__.removeprefix("with_"))
def test_every_word_comes_back(with_fonts: Callable[[str], Path], kind: str, reader: Callable[[Path], str]) -> None:
    folder = with_fonts(kind)
    found = set(split_words(reader(folder / "handout.pdf")))
    printed = [text for text in words(load(folder)) if not text.place.endswith(".terms.kind")]
    wanted = {word for text in printed for word in split_words(text.text)}
    assert len(wanted) > 60 and wanted - found == set()
    for paper in PAPERS[1:]:
        path = folder / f"{paper}.pdf"
        # In the order of the content, in which a word can't fall apart.
        assert set(split_words(reader(path))) == set(split_words(with_pypdf(path)))


@pytest.mark.parametrize("kind", KINDS)
def test_papers_conform(with_fonts: Callable[[str], Path], kind: str) -> None:
    assert [failure for paper in PAPERS for failure in failures(with_fonts(kind) / f"{paper}.pdf")] == []


# What it is compared with looks the same but for the rounding of outlines.
@pytest.mark.parametrize(("kind", "other"), [("postscript", "plain"), ("variable", "two")])
@pytest.mark.parametrize(("reader", "most"), [(by_poppler, 110), (by_pdfium, 60)], ids=["poppler", "pdfium"])
def test_a_font_looks_as_one_of_other_form(
    with_fonts: Callable[[str], Path], kind: str, other: str, reader: Callable[[bytes], list], most: int
) -> None:
    one, two = (reader((with_fonts(kind) / "handout.pdf").read_bytes()) for kind in (kind, other))
    assert difference(one, two) <= most


@pytest.mark.parametrize("kind", KINDS)
def test_bold_words_are_in_the_one_weight_of_a_font_or_in_its_own_bold(with_fonts: Callable[[str], Path], kind: str) -> None:
    # So they look otherwise than in patra's bold, and what varies otherwise than what doesn't.
    for other in ("none", "variable" if kind == "postscript" else "plain"):
        one, two = (by_pdfium((with_fonts(kind) / "handout.pdf").read_bytes()) for kind in (kind, other))
        assert len(one) != len(two) or difference(one, two) > 100
