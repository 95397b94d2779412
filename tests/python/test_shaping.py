"""The glyphs of a word stand where HarfBuzz puts them, whichever codes they were gathered in."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import uharfbuzz
from plain_glyphs import Glyph, Shown, fonts, opened, read
from pypdf import PdfReader

# A contour: its points with how they lie on it, in font units from the left end of its word.
Contour = tuple[tuple[int, int, int], ...]


def words(path: Path) -> Iterator[list[Shown]]:
    """The codes of each word of a paper, in the order of the text."""
    named = fonts(path)
    for page in PdfReader(path).pages:
        word: list[Shown] = []
        for shown in read(page, named):
            if isinstance(shown, str):
                continue
            if word and not joined(word[-1], shown):
                yield word
                word = []
            word.append(shown)
            if text(shown).endswith(" "):
                yield word
                word = []
        if word:
            yield word


def joined(one: Shown, next: Shown) -> bool:
    """Whether a code begins where another ends: at its right, or at its left in what runs from right to left."""
    same = one.called == next.called and one.y == next.y and abs(one.size - next.size) < 0.002
    return same and (abs(one.x + one.width - next.x) < 0.03 or abs(next.x + next.width - one.x) < 0.03)


def text(shown: Shown) -> str:
    return shown.font.texts.get(shown.code, "")


def takes_room(shown: Shown) -> bool:
    return shown.font.widths[shown.code] > 2


def contours(glyph: Glyph, x: float, y: float) -> Iterator[Contour]:
    points, ends, flags = glyph.outline()
    start = 0
    for end in ends:
        yield tuple((round(px + x), round(py + y), flags[start + i]) for i, (px, py) in enumerate(points[start : end + 1]))
        start = end + 1


def drawn(word: list[Shown]) -> Counter[Contour]:
    """What a word draws, upright where patra slopes it."""
    left = min(shown.x for shown in word if takes_room(shown) and not text(shown).endswith("\u200f "))
    found: Counter[Contour] = Counter()
    before = left
    for shown in word:
        # A letter that takes no room is placed a hair's breadth left of the one before it, by which readers tell their order.
        aside = not takes_room(shown) and 0 < before - shown.x < 0.1
        before = before if aside else shown.x
        for part in shown.font.parts(shown.code):
            x = (before - left) / shown.size * 1000 + part.x - part.y * part.slope[2]
            found.update(contours(part.glyph, x, part.y))
    return found


@cache
def harfbuzz(file: Path) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))))


def shaped(letters: str, file: Path, language: str) -> Counter[Contour]:
    """What HarfBuzz draws."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(letters)
    buffer.guess_segment_properties()
    buffer.language = language
    uharfbuzz.shape(harfbuzz(file), buffer)
    found: Counter[Contour] = Counter()
    pen = 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyph = Glyph(file, opened(file).getGlyphName(info.codepoint))
        found.update(contours(glyph, pen + position.x_offset, position.y_offset))
        pen += position.x_advance
    return found


def scripts(letters: str) -> set[str]:
    """The scripts of a word's letters, by the first words of their names."""
    return {unicodedata.name(letter).split()[0] for letter in letters if letter.isalpha()}


def misplaced(path: Path) -> tuple[int, set[str]]:
    """How many words of a paper were compared, and those that HarfBuzz draws otherwise."""
    language = "".join(PdfReader(path).trailer["/Root"]["/Lang"])
    compared, wrong = 0, set()
    for word in words(path):
        letters = "".join(map(text, word)).replace("\u200f", "").strip()
        files = Counter(part.glyph.file for shown in word for part in shown.font.parts(shown.code))
        # Words of several scripts are shaped part by part; numbers in what runs from right to left have another direction.
        if not files or len(scripts(letters)) != 1:
            continue
        compared += 1
        # A full stop may be the same in several fonts.
        if all(drawn(word) != shaped(letters, file, language) for file, _ in files.most_common()):
            wrong.add(letters)
    return compared, wrong


def test_glyphs_of_a_language_stand_where_harfbuzz_puts_them(language_out: Path) -> None:
    compared, wrong = misplaced(language_out / "handout.pdf")
    assert compared > 100 and wrong == set()


def test_glyphs_of_the_course_stand_where_harfbuzz_puts_them(edition: Path) -> None:
    compared, wrong = misplaced(edition / "handout.pdf")
    assert compared > 1500 and wrong == set()
