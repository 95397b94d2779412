"""Files that a source includes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import patra

HANDOUT = "---\ntitle: वर्षा\nlanguage: hi\n---\n\n# शब्द\n\n{include=\"common/glossary.md\"}\n"
GLOSSARY = "ओस\n: रात की बूँदें।\n"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "glossary.md").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "rain.md").write_text(HANDOUT, encoding="utf-8")
    return tmp_path


def terms(material: patra.Material) -> list[str]:
    return [str(block.term) for block in material.walk() if isinstance(block, patra.Definition)]


def test_a_file_is_read_with_what_it_includes(course: Path) -> None:
    whole = patra.read(course / "rain.md")
    assert terms(whole) == ["ओस"]
    with open(course / "rain.md", encoding="utf-8") as file:
        assert patra.read(file) == whole
    assert patra.loads(HANDOUT, "rain.md", folder=course) == whole
    assert patra.loads(HANDOUT.encode(), "rain.md", folder=str(course)) == whole
    assert "include" not in whole.to_markdown()


@pytest.mark.parametrize("given", [HANDOUT, HANDOUT.encode(), io.StringIO(HANDOUT)])
def test_a_text_in_no_file_includes_nothing(given: str | bytes | io.StringIO) -> None:
    with pytest.raises(patra.SourceError) as raised:
        patra.read(given) if isinstance(given, io.StringIO) else patra.loads(given, "rain.md")
    (problem,) = raised.value.diagnostics
    assert (problem.code, problem.line, problem.column) == ("P0160", 8, 1)


def test_what_comes_from_standard_input_includes_nothing(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course)
    given = io.StringIO(HANDOUT)
    given.name = "<stdin>"
    assert [problem.code for problem in patra.check(given)][0] == "P0160"


def test_problems_name_the_file_that_they_stand_in(course: Path) -> None:
    (course / "common" / "glossary.md").write_text("\nओस {#१}\n: बूँदें।\n\n![](none.png)\n", encoding="utf-8")
    with pytest.raises(patra.SourceError) as raised:
        patra.read(course / "rain.md")
    problem = next(each for each in raised.value.diagnostics if each.is_error)
    assert (problem.path, problem.line, problem.column) == (str(course / "common" / "glossary.md"), 2, 4)
    material = patra.read(course / "rain.md", strict=False)
    assert {each.path for each in material.check()} == {str(course / "common" / "glossary.md")}


def test_an_id_that_is_written_twice_has_both_places(course: Path) -> None:
    (course / "common" / "glossary.md").write_text(GLOSSARY.replace("ओस", "ओस {#dew}"), encoding="utf-8")
    (course / "rain.md").write_text(HANDOUT + "\nशबनम {#dew}\n: बूँदें।\n", encoding="utf-8")
    (problem,) = patra.check(course / "rain.md")
    assert problem.code == "P0030" and "glossary.md:1:1" in problem.message


def test_what_was_included_has_no_place_in_the_source(course: Path) -> None:
    (section,) = patra.read(course / "rain.md").sections
    assert section.span is not None and section.blocks[0].span is None


def test_sheets_name_the_files_from_the_folder(course: Path) -> None:
    (course / "common" / "glossary.md").write_text(GLOSSARY + "\n> # शीर्षक\n", encoding="utf-8")
    sheets = course / "sheets"
    patra.read(course / "rain.md").write_sheets(sheets)
    assert any("common/glossary.md" in file.read_text("utf-8-sig") for file in sheets.glob("*.csv"))
    assert not any(str(course) in file.read_text("utf-8-sig") for file in sheets.glob("*.csv"))


def test_a_folder_passes_over_what_is_there_to_be_included(course: Path) -> None:
    (course / "_part.md").write_text("शब्द।\n", encoding="utf-8")
    built = list(patra.build_many(course, course / "out", only=["sheets"]))
    assert [Path(each.source).name for each in built] == ["rain.md"]
    assert all(each.ok for each in built)
