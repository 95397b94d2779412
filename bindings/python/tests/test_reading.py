"""Sources: files, texts, bytes, open files; and where their problems are."""

from __future__ import annotations

import io
import pathlib
import pickle

import pytest

import patra
from patra import Definition, Material, SourceError

SOURCE = """\
---
title: जल
language: hi
---

# जल-चक्र

वाष्पन {#evaporation}
: पानी का भाप बनना

संघनन
: भाप का पानी बनना
"""


def test_a_path_a_text_bytes_and_a_file_give_one_material(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "जल.hi.md"
    path.write_text(SOURCE, "utf-8")
    material = patra.read(path)
    assert material.title == "जल" and material.id == "जल" and material.path == str(path)
    ids = [block.id for block in material.walk() if isinstance(block, Definition)]
    assert ids == ["evaporation", "संघनन"]
    assert patra.read(str(path)) == material
    assert patra.loads(SOURCE, "जल.hi.md") == material
    assert patra.loads(SOURCE.encode(), "जल.hi.md") == material
    assert patra.loads("\ufeff" + SOURCE, "जल.hi.md") == material
    assert patra.loads(("\ufeff" + SOURCE).encode(), "जल.hi.md") == material
    with open(path, "rb") as binary, open(path, encoding="utf-8") as text:
        assert patra.read(binary) == material and patra.read(text) == material
        assert patra.read(io.BytesIO(SOURCE.encode())).sections == material.sections


def test_the_ending_tells_the_kind(tmp_path: pathlib.Path) -> None:
    material = patra.loads(SOURCE, "जल.md")
    (tmp_path / "जल.JSON").write_text(material.to_json(), "utf-8")
    assert patra.read(tmp_path / "जल.JSON") == material
    (tmp_path / "जल.txt").write_text("जल-चक्र\nवाष्पन: पानी का भाप बनना।\n", "utf-8")
    assert patra.read(tmp_path / "जल.txt", strict=False).language == "hi"


def test_parts_know_where_they_stood() -> None:
    material = patra.loads(SOURCE)
    block = material.sections[0].blocks[0]
    assert isinstance(block, Definition) and block.span is not None
    start, end = block.span
    assert SOURCE.encode()[start:end].decode().startswith("वाष्पन {#evaporation}")
    # The place is no part of what it is.
    assert block.replace(span=None) == block and hash(block.replace(span=None)) == hash(block)


def test_problems_have_line_and_column(tmp_path: pathlib.Path) -> None:
    wrong = SOURCE.replace("संघनन\n", "संघनन {#evaporation}\n")
    path = tmp_path / "जल.md"
    path.write_text(wrong, "utf-8")
    with pytest.raises(SourceError) as caught:
        patra.read(path)
    assert (caught.value.code, caught.value.path) == ("P0030", str(path))
    assert caught.value.line == wrong.splitlines().index("संघनन {#evaporation}") + 1
    loose = patra.read(path, strict=False)
    assert loose.check() == caught.value.diagnostics == patra.check(path)
    with pytest.raises(patra.ModelError):
        loose.deck()
    # A change elsewhere keeps the places; so does the way to another process, as far as they were found in reading.
    assert [each.line for each in loose.replace(title="पानी").check()] == [each.line for each in loose.check()]
    assert pickle.loads(pickle.dumps(loose)).path == str(path)
    # Mended, it is sound.
    section = loose.sections[0]
    first, second = section.blocks
    mended = loose.replace(sections=[section.replace(blocks=[first, second.replace(id="condensation")])])
    assert not [each for each in mended.check() if each.is_error]
    assert "condensation.meaning" in {item.id for item in mended.practice()}


def test_bytes_that_are_no_utf8_are_told_by_their_place(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.md"
    for mark in (b"", "\ufeff".encode()):
        path.write_bytes(mark + "पहला\nक्षमा ".encode() + b"\xe0\xa4 x")
        told = next(each for each in patra.read(path).check() if each.code == "P0005")
        assert (told.line, told.column) == (2, 4) and "0xE0" in told.message and told.hint
        path.write_bytes(mark + "पहला\nक्षमा ".encode() + b"\xe0\xa4 x" * 20)
        with pytest.raises(SourceError) as caught:
            patra.read(path)
        assert (caught.value.code, caught.value.line, caught.value.column) == ("P0001", 2, 4)
        assert "0xE0" in str(caught.value) and caught.value.hint
        with pytest.raises(SourceError):
            patra.read(path, strict=False)


def test_a_source_with_nothing_in_it() -> None:
    for name in (None, "a.md", "a.txt", "a.json"):
        for text in ("", " \n", b""):
            with pytest.raises(SourceError) as caught:
                patra.loads(text, name)
            assert caught.value.code == "P0002"


def test_warnings_are_kept_with_the_material() -> None:
    material = patra.loads("# जल\n\nवाष्पन\n: पानी का भाप बनना\n")
    codes = [each.code for each in material.check()]
    assert "P0015" in codes and not any(each.is_error for each in material.check())
    assert pickle.loads(pickle.dumps(material)).check() == material.check()


def test_repeated_reading_is_the_same_and_hashes_so() -> None:
    assert {patra.loads(SOURCE, "a.md"), patra.loads(SOURCE, "a.md")} == {patra.loads(SOURCE, "a.md")}
    assert patra.loads(SOURCE, "a.md") != patra.loads(SOURCE, "b.md")
    other: object = 5
    assert Material.from_json(patra.loads(SOURCE).to_json()) == patra.loads(SOURCE) != other


def test_utf16_is_named(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes("# शीर्षक\n\nकुछ शब्द\n".encode("utf-16"))
    material = patra.read(path)
    assert material.title == "शीर्षक" and "UTF-16" in material.check()[0].message


def test_a_text_that_is_no_bytes_has_no_encoding_to_find_out() -> None:
    # As bytes, these would pass for UTF-16.
    assert patra.loads("\ufeffa\0b\0c\0d\0e\0f\0", name="a.md").title == patra.loads("abcdef", name="a.md").title


def test_the_course_comes_with_the_package() -> None:
    for language, name in (("hi", "bpo.hi.md"), ("en", "bpo.en.md")):
        course = patra.course(language)
        assert course == patra.read(pathlib.Path(__file__).parents[3] / "materials" / name)
        assert (course.language, course.path) == (language, name)
    assert patra.course() == patra.course("hi")
    with pytest.raises(ValueError, match="in hi and en; not in 'mr'"):
        patra.course("mr")
