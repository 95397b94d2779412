"""Every paper is PDF/UA-1, for those who have it read to them, and PDF/A-2a, for those who keep it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import page
import pymupdf
import pypdf
import pytest
from conftest import REPOSITORY, Run

PROFILES = {"PDF/UA-1": "ua1", "PDF/A-2a": "2a"}


def failures(path: Path) -> list[str]:
    reports = {name: page.validate_pdf(path, profile=profile) for name, profile in PROFILES.items()}
    assert all(report.rules.total > 50 for report in reports.values())
    return [
        f"{path}: {name}: {failure.rule_id}: {failure.message}"
        for name, report in reports.items()
        for failure in report.failures
    ]


def test_every_paper_of_the_course_conforms(edition: Path) -> None:
    papers = sorted(edition.glob("*.pdf"))
    assert len(papers) >= 4
    assert [failure for path in papers for failure in failures(path)] == []


def test_every_paper_of_a_language_conforms(language_out: Path) -> None:
    papers = sorted(language_out.glob("*.pdf"))
    assert len(papers) >= 4
    assert [failure for path in papers for failure in failures(path)] == []


@pytest.mark.parametrize("flip", ["short-edge", "long-edge"])
def test_a_booklet_of_a_language_conforms(language_out: Path, patra, tmp_path: Path, flip: str) -> None:
    source = language_out.parents[1] / "source.md"
    asked = ["--only", "pdf", "--paper", "booklet", "--contents", "always", "--flip", flip, "--creep", "1"]
    ran = patra("build", source, *asked, "-o", tmp_path)
    assert ran.returncode == 0, ran.stderr
    (path,) = tmp_path.rglob("*.pdf")
    assert path.name == "booklet.pdf" and failures(path) == []


PAPERS = ["handout", "worksheet", "answers", "cards", "booklet"]


@pytest.fixture(scope="session")
def figures(patra: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The papers of a text with pictures of every kind, and formulas next to them."""
    out = tmp_path_factory.mktemp("figures")
    asked = ["--only", "pdf", "--paper", ",".join(PAPERS)]
    ran = patra("build", REPOSITORY / "tests" / "figures" / "figures.md", *asked, "-o", out)
    assert (ran.returncode, ran.stderr) == (0, "")
    return out / "figures"


@pytest.mark.parametrize("paper", PAPERS)
def test_papers_with_pictures_and_formulas_conform(figures: Path, paper: str) -> None:
    assert failures(figures / f"{paper}.pdf") == []


def test_pictures_of_every_kind_are_on_paper(figures: Path) -> None:
    found = set()
    for page in pypdf.PdfReader(figures / "handout.pdf").pages:
        for drawn in page["/Resources"].get("/XObject", {}).values():
            drawn = drawn.get_object()
            found.add((drawn["/Subtype"], drawn.get("/Filter"), drawn.get("/ColorSpace"), "/SMask" in drawn))
    flate, jpeg = "/FlateDecode", "/DCTDecode"
    assert found == {
        ("/Form", flate, None, False),
        ("/Image", flate, "/DeviceRGB", True),
        ("/Image", flate, "/DeviceGray", True),
        ("/Image", flate, "/DeviceGray", False),
        ("/Image", jpeg, "/DeviceRGB", False),
        ("/Image", jpeg, "/DeviceGray", False),
    }


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("press.jpg", "it is a JPEG file in CMYK, the colours of printing presses"),
        ("walk.gif", "it is neither a PNG, a JPEG nor an SVG file"),
        ("lake.webp", "it is neither a PNG, a JPEG nor an SVG file"),
    ],
)
def test_a_picture_that_paper_cannot_show_is_told_with_its_place(
    patra: Callable[..., Run], tmp_path: Path, name: str, why: str
) -> None:
    files = {
        "press.jpg": pymupdf.Pixmap(pymupdf.csCMYK, 8, 8, bytes(8 * 8 * 4), False).tobytes("jpeg"),
        "walk.gif": b"GIF89a\1\0\1\0\0\0\0;",
        "lake.webp": b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\7\x10\x11\x11\x88\x88\xfe\7\0",
    }
    (tmp_path / name).write_bytes(files[name])
    (tmp_path / "source.md").write_text(f"---\nid: water\ntitle: Lake\nlanguage: en\n---\n\n# Lake\n\n![A lake]({name})\n")
    ran = patra("build", "source.md", "--only", "pdf", "--paper", "handout", "-o", "out", cwd=tmp_path)
    assert ran.returncode == 0
    assert f"warning[P0061]: the picture `{name}` can't be shown: {why}\n --> source.md:9:1\n" in ran.stderr
    assert "= help: save it anew as a PNG file, an SVG file or a JPEG file in RGB" in ran.stderr
    path = tmp_path / "out" / "water" / "handout.pdf"
    assert failures(path) == [] and "A lake" in pypdf.PdfReader(path).pages[0].extract_text()


def test_two_editions_side_by_side_conform(bilingual: Path) -> None:
    assert failures(bilingual / "bilingual.pdf") == []


def test_a_file_that_says_nothing_of_itself_fails(edition: Path, tmp_path: Path) -> None:
    # The judge judges: without its metadata and its structure the same file conforms to neither.
    writer = pypdf.PdfWriter(clone_from=edition / "worksheet.pdf")
    for key in ("/Metadata", "/StructTreeRoot"):
        del writer.root_object[key]
    path = tmp_path / "bare.pdf"
    writer.write(path)
    assert all(name in " ".join(failures(path)) for name in PROFILES)


@pytest.mark.parametrize("paper", ["handout", "answers", "cards"])
def test_words_of_another_language_say_so(language_out: Path, paper: str) -> None:
    reader = pypdf.PdfReader(language_out / f"{paper}.pdf")
    home = reader.trailer["/Root"]["/Lang"]
    other = "hi" if home == "en" else "en"
    spans = [
        element
        for number in [*reader.xref[0], *reader.xref_objStm]
        if isinstance(element := reader.get_object(number), dict) and element.get("/S") == "/Span"
    ]
    assert {span["/Lang"] for span in spans} <= {other}
    assert spans or paper != "handout"


def test_words_of_a_link_are_its_own(language_out: Path) -> None:
    reader = pypdf.PdfReader(language_out / "handout.pdf")
    links = [
        element
        for number in [*reader.xref[0], *reader.xref_objStm]
        if isinstance(element := reader.get_object(number), dict) and element.get("/S") == "/Link"
    ]
    assert len(links) >= 2
    for link in links:
        kids = [kid.get_object() for kid in link["/K"]]
        # A marked content, and the annotation.
        assert any(isinstance(kid, int) for kid in kids)
        (reference,) = [kid for kid in kids if isinstance(kid, dict) and kid.get("/Type") == "/OBJR"]
        assert reference["/Obj"]["/Subtype"] == "/Link" and reference["/Obj"]["/Contents"]


def test_the_same_source_gives_the_same_bytes(language_out: Path, patra, tmp_path: Path) -> None:
    source = language_out.parents[1] / "source.md"
    ran = patra("build", source, "--only", "pdf", "-o", tmp_path)
    assert ran.returncode == 0
    for path in language_out.glob("*.pdf"):
        assert path.read_bytes() == (tmp_path / "water" / path.name).read_bytes(), path.name


def test_qpdf_finds_nothing_amiss(language_out: Path) -> None:
    for path in language_out.glob("*.pdf"):
        ran = subprocess.run(["qpdf", "--check", path], capture_output=True, encoding="utf-8")
        assert ran.returncode == 0, ran.stdout + ran.stderr
