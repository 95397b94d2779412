"""Papers drawn anew: as they are, and with plain glyphs.

In patra's fonts a code stands for an akshara, and its glyph is made of other glyphs. Any other program would embed the font of
the script as it is and place its glyphs one by one. `with_plain_glyphs` makes such a file of a paper: it takes each code apart,
looks each of its glyphs up by its outline in the fonts that patra comes with, and embeds their files whole.

Readers draw small text from pictures of its glyphs, which poppler places by quarters of a pixel and pdfium by whole ones: each
glyph then stands a little elsewhere when it is drawn by itself. So codes and glyphs are drawn by their outlines here. Readers
do that for text that is stroked as well as filled; the stroke is transparent. And where two glyphs touch that are painted one
after the other, the ground shines through pixels that each of them fills in part. So the glyphs of an akshara are painted at
once: as text that is clipped to, with a rectangle that is filled behind it.
"""

import io
import math
import re
import struct
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conftest import REPOSITORY
from fontTools.ttLib import TTFont
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

FONTS = sorted((REPOSITORY / "crates" / "fonts" / "fonts").rglob("*.ttf"))

# A glyph that draws nothing and has a box, for readers of text.
SPECK = (((0, 0), (3, 0)), (1,), b"\1\1")

# Operators of text that no paper has. They are an error, so that nothing they do is lost.
UNKNOWN = {"Tc", "Tw", "Tz", "TL", "Tr", "Ts", "Td", "TD", "T*", "TJ", "'", '"'}


@dataclass(frozen=True)
class Glyph:
    """A glyph of a font that patra comes with."""

    file: Path
    name: str

    @property
    def number(self) -> int:
        return opened(self.file).getGlyphID(self.name)

    @cache
    def outline(self) -> tuple:
        return outline(opened(self.file), self.name)


@dataclass(frozen=True)
class Part:
    """A glyph within a code's: the upper four numbers of the matrix that it is drawn by, and its place, in font units."""

    glyph: Glyph
    slope: tuple[float, float, float, float]
    x: int
    y: int


@cache
def opened(file: Path) -> TTFont:
    return TTFont(file, lazy=True)


def outline(font: TTFont, name: str) -> tuple:
    """What a glyph draws: its points, where its contours end, and which of its points lie on the curve."""
    points, ends, flags = font["glyf"][name].getCoordinates(font["glyf"])
    return tuple(points), tuple(ends), bytes(flag & 1 for flag in flags)


def headers(font: TTFont) -> dict[str, bytes]:
    """How the data of each glyph that draws anything begin: with the number of its contours and its box."""
    return {name: glyph.data[:10] for name, glyph in font["glyf"].glyphs.items() if getattr(glyph, "data", b"")}


@cache
def plain_glyphs() -> dict[bytes, list[Glyph]]:
    """The glyphs of all fonts that patra comes with, by how their data begin."""
    found: dict[bytes, list[Glyph]] = {}
    for file in FONTS:
        for name, header in headers(opened(file)).items():
            found.setdefault(header, []).append(Glyph(file, name))
    return found


class Akshara:
    """An embedded font, whose codes are taken apart."""

    def __init__(self, font: DictionaryObject) -> None:
        descendant = font["/DescendantFonts"][0].get_object()
        start, self.widths = descendant["/W"]
        assert (start, font["/Encoding"], descendant["/CIDToGIDMap"]) == (0, "/Identity-H", "/Identity")
        self.font = TTFont(io.BytesIO(descendant["/FontDescriptor"]["/FontFile2"].get_data()), lazy=True)
        self.headers = headers(self.font)
        texts = re.findall(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", font["/ToUnicode"].get_data(), re.MULTILINE)
        self.texts = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in texts}
        self.known: dict[int, list[Part]] = {}

    def parts(self, code: int) -> list[Part]:
        """The plain glyphs that a code's is made of."""
        if code not in self.known:
            self.known[code] = list(self.taken_apart(self.font.getGlyphName(code)))
        return self.known[code]

    def taken_apart(self, name: str) -> Iterator[Part]:
        if name not in self.headers:
            return
        plain = self.plain(name)
        if plain:
            yield Part(plain, (1, 0, 0, 1), 0, 0)
            return
        glyph = self.font["glyf"][name]
        assert glyph.isComposite(), f"{name} is no glyph of any font"
        for part in glyph.components:
            if outline(self.font, part.glyphName) == SPECK:
                continue
            plain = self.plain(part.glyphName)
            assert plain, f"{part.glyphName} is no glyph of any font"
            (xx, xy), (yx, yy) = getattr(part, "transform", ((1, 0), (0, 1)))
            yield Part(plain, (xx, xy, yx, yy), part.x, part.y)

    def plain(self, name: str) -> Glyph | None:
        """The plain glyph that draws the same."""
        mine = outline(self.font, name)
        alike = plain_glyphs().get(self.headers[name], [])
        return next((glyph for glyph in alike if glyph.outline() == mine), None)

    def box(self, code: int) -> tuple[int, int, int, int]:
        """What a code draws lies in it: left, bottom, right and top in font units."""
        return struct.unpack(">4h", self.headers[self.font.getGlyphName(code)][2:])


@cache
def fonts(path: Path) -> dict[str, Akshara]:
    """The fonts of a paper by what its pages call them."""
    named = PdfReader(path).pages[0]["/Resources"]["/Font"]
    return {name: Akshara(font.get_object()) for name, font in named.items()}


@dataclass(frozen=True)
class Shown:
    """A code where a page shows it, in points."""

    font: Akshara
    called: str
    code: int
    size: float
    x: float
    y: float

    @property
    def width(self) -> float:
        return self.font.widths[self.code] * self.size / 1000

    def text(self, font: str, number: int, slope: tuple[float, ...] = (1, 0, 0, 1), x: float = 0, y: float = 0) -> str:
        """The operators that show a glyph of a font, moved by so many font units."""
        matrix = (*slope, self.x + x * self.size / 1000, self.y + y * self.size / 1000)
        return f"{font} {self.size:.6f} Tf {numbers(*matrix)} Tm <{number:04X}> Tj"


def numbers(*values: float) -> str:
    return " ".join(f"{value:.6f}" for value in values)


def as_it_is(shown: Shown) -> str:
    return f"q BT {shown.text(shown.called, shown.code)} ET Q"


def as_outline(text: str) -> str:
    return f"q /Unstroked gs 2 Tr BT {text} ET Q"


def with_outlines(path: Path) -> bytes:
    """A paper whose codes are drawn by their outlines."""
    return redrawn(path, lambda shown: as_outline(shown.text(shown.called, shown.code)))


def with_plain_glyphs(path: Path, shift: tuple[int, int] = (0, 0)) -> bytes:
    """A paper whose codes are drawn by plain glyphs; the last of several is shifted by so many font units."""

    files: set[Path] = set()

    def show(shown: Shown) -> str:
        parts = shown.font.parts(shown.code)
        files.update(part.glyph.file for part in parts)
        texts = []
        for i, part in enumerate(parts):
            dx, dy = shift if 0 < i == len(parts) - 1 else (0, 0)
            texts.append(shown.text(called(part.glyph.file), part.glyph.number, part.slope, part.x + dx, part.y + dy))
        if len(texts) == 1:
            return as_outline(texts[0])
        left, bottom, right, top = (edge * shown.size / 1000 for edge in shown.font.box(shown.code))
        room = shown.size / 5
        ground = (shown.x + left - room, shown.y + bottom - room, right - left + 2 * room, top - bottom + 2 * room)
        return f"q 7 Tr BT {' '.join(texts)} ET {numbers(*ground)} re f Q"

    return redrawn(path, show, files)


def called(file: Path) -> str:
    return f"/{file.stem}"


def redrawn(path: Path, show: Callable[[Shown], str], files: Collection[Path] = ()) -> bytes:
    """A paper in which each code that draws anything is shown by other operators, which may call for such font files."""
    writer = PdfWriter(clone_from=path)
    named = writer.pages[0]["/Resources"]["/Font"]
    unstroked = DictionaryObject({NameObject("/CA"): NumberObject(0)})
    for page in writer.pages:
        resources = page["/Resources"]
        assert resources["/Font"] == named and "/ExtGState" not in resources
        content = StreamObject()
        content.set_data("\n".join(operators(page["/Contents"], writer, fonts(path), show)).encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(content)
        resources[NameObject("/ExtGState")] = DictionaryObject({NameObject("/Unstroked"): unstroked})
    for form in forms(writer):
        assert form["/Resources"]["/Font"] == named
        form.set_data("\n".join(operators(form, writer, fonts(path), show)).encode("latin-1"))
        states = form["/Resources"].setdefault(NameObject("/ExtGState"), DictionaryObject())
        states[NameObject("/Unstroked")] = unstroked
    for file in files:
        named[NameObject(called(file))] = embedded(writer, file)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def forms(pdf: PdfReader | PdfWriter) -> list[StreamObject]:
    """What the pages draw that has words of its own: drawings with labels."""
    found: dict[int, StreamObject] = {}
    for page in pdf.pages:
        for drawn in page["/Resources"].get("/XObject", {}).values():
            drawn = drawn.get_object()
            if drawn["/Subtype"] == "/Form" and "/Font" in drawn["/Resources"]:
                found[id(drawn)] = drawn
    return list(found.values())


def operators(
    content: StreamObject, pdf: PdfWriter, named: dict[str, Akshara], show: Callable[[Shown], str]
) -> Iterator[str]:
    """The operators of a page or a drawing, with a text object of its own for each code that draws anything."""
    for part in read_content(content, pdf, named):
        if isinstance(part, str):
            yield part
        elif part.font.parts(part.code):
            yield show(part)


def read(page: PageObject, named: dict[str, Akshara]) -> Iterator[Shown | str]:
    """The codes that a page shows, and the operators by which it draws all else."""
    return read_content(page["/Contents"], page.pdf, named)


def read_content(content: StreamObject, pdf: PdfReader | PdfWriter, named: dict[str, Akshara]) -> Iterator[Shown | str]:
    name, size, x, y = "", 0.0, 0.0, 0.0
    for operands, operator in ContentStream(content, pdf, forced_encoding="bytes").operations:
        match operator.decode():
            case "BT" | "ET":
                x, y = math.nan, math.nan
            case "Tf":
                name, size = operands[0], float(operands[1])
            case "Tm":
                *slope, x, y = map(float, operands)
                assert slope == [1, 0, 0, 1]
            case "Tj":
                for high, low in zip(operands[0][::2], operands[0][1::2], strict=True):
                    shown = Shown(named[name], name, 256 * high + low, size, x, y)
                    yield shown
                    x += shown.width
            case "Tr" if operands == [0]:
                pass
            case other:
                assert other not in UNKNOWN, other
                written = io.BytesIO()
                for operand in operands:
                    operand.write_to_stream(written)
                    written.write(b" ")
                yield written.getvalue().decode("latin-1") + other


def embedded(writer: PdfWriter, file: Path) -> object:
    """A font file in a PDF file, its codes the numbers of its glyphs."""
    font, name = opened(file), NameObject(called(file))
    data = StreamObject()
    data.set_data(file.read_bytes())
    data[NameObject("/Length1")] = NumberObject(file.stat().st_size)
    box = (font["head"].xMin, font["head"].yMin, font["head"].xMax, font["head"].yMax)
    descriptor = {
        "/Type": NameObject("/FontDescriptor"),
        "/FontName": name,
        "/Flags": NumberObject(4),
        "/FontBBox": ArrayObject(map(NumberObject, box)),
        "/ItalicAngle": NumberObject(0),
        "/Ascent": NumberObject(font["hhea"].ascent),
        "/Descent": NumberObject(font["hhea"].descent),
        "/CapHeight": NumberObject(714),
        "/StemV": NumberObject(80),
        "/FontFile2": writer._add_object(data),
    }
    system = {"/Registry": TextStringObject("Adobe"), "/Ordering": TextStringObject("Identity"), "/Supplement": NumberObject(0)}
    descendant = {
        "/Type": NameObject("/Font"),
        "/Subtype": NameObject("/CIDFontType2"),
        "/BaseFont": name,
        "/CIDSystemInfo": dictionary(system),
        "/FontDescriptor": writer._add_object(dictionary(descriptor)),
        "/CIDToGIDMap": NameObject("/Identity"),
    }
    composite = {
        "/Type": NameObject("/Font"),
        "/Subtype": NameObject("/Type0"),
        "/BaseFont": name,
        "/Encoding": NameObject("/Identity-H"),
        "/DescendantFonts": ArrayObject([writer._add_object(dictionary(descendant))]),
    }
    return writer._add_object(dictionary(composite))


def dictionary(entries: dict) -> DictionaryObject:
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})
