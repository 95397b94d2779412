"""That ``build_many`` takes what ``patra build`` takes."""

from __future__ import annotations

import inspect
import pathlib
from typing import Any

import pytest

import patra
from patra import BuildOptions, _patra

from test_books import FONTS
from test_command import run
from test_many import tree

HINDI = "---\nid: soil\ntitle: मिट्टी\nlanguage: hi\n---\n\n# प्रकार\n\nजलोढ़ {#a}\n: नदियों की लाई हुई।\n\nकाली {#b}\n: नमी देर तक रखती है।\n"
ENGLISH = "---\nid: soil\ntitle: Soils\nlanguage: en\n---\n\n# Kinds\n\nalluvial {#a}\n: brought by rivers.\n\nblack {#b}\n: keeps its moisture.\n"

VALUES: dict[str, tuple[object, str | None]] = {
    "only": (["pdf", "anki", "sheets"], "pdf,anki,sheets"),
    "papers": (("handout", "cards", "booklet", "test"), "handout,cards,booklet,test"),
    "bilingual": (True, None),
    "sheet": ("legal", "legal"),
    "theme": ("{folder}/look.toml", "{folder}/look.toml"),
    "fonts": (["{folder}/own.ttf"], "{folder}/own.ttf"),
    "margins": ((25, 20.0, 15.5), "25,20,15.5"),
    "binding": (7.5, "7.5"),
    "single_sided": (True, None),
    "contents": ("always", "always"),
    "seed": (3, "3"),
    "questions": ("all", "all"),
    "sets": (("A", "C"), "A,C"),
    "flip": ("short-edge", "short-edge"),
    "creep": (1.25, "1.25"),
    "back_offset": ((-1.5, 2), "-1.5,2"),
    "calibration": (True, None),
    "marks": (False, None),
    "subdecks": (True, None),
    "preset": (True, None),
    "reversed": (True, None),
    "typed": (True, None),
    "speech": (True, None),
    "translation": (True, None),
    "format": ("legacy", None),
    "omit_retired": (True, None),
    "spreadsheet_safe": (True, None),
    "byte_order_mark": (False, None),
}
"""A value of each keyword that is not its default, and the same on the command line."""


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "soil"
    folder.mkdir()
    (folder / "soil.en.md").write_text(ENGLISH, "utf-8")
    (folder / "soil.hi.md").write_text(HINDI, "utf-8")
    (tmp_path / "look.toml").write_text('[colours]\naccent = "#123456"\n', "utf-8")
    (tmp_path / "own.ttf").write_bytes((FONTS / "NotoSansDevanagari-Bold.ttf").read_bytes())
    return folder


def assert_same(ours: pathlib.Path, command: pathlib.Path) -> None:
    made, expected = tree(ours), tree(command)
    assert sorted(made) == sorted(expected) and expected
    assert [name for name in made if made[name] != expected[name]] == []


def test_every_option_does_what_it_does_on_the_command_line(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    names = _patra.option_names()
    assert [keyword for _, keyword, _ in names] == list(VALUES) == list(BuildOptions.__annotations__)
    keywords: dict[str, Any] = {}
    arguments = []
    for name, keyword, _ in names:
        value, words = VALUES[keyword]
        fill = str(tmp_path)
        if isinstance(value, str):
            value = value.replace("{folder}", fill)
        elif keyword == "fonts":
            value = [tmp_path / "own.ttf"]
        keywords[keyword] = value
        arguments.append(f"--{name}" if words is None else f"--{name}={words.replace('{folder}', fill)}")
    done = run("build", str(folder), "-o", str(tmp_path / "command"), *arguments)
    assert done.returncode == 0, done.stderr
    (folder / "patra.lock").unlink()
    records = list(patra.build_many(folder, tmp_path / "ours", **keywords))
    assert [each.language for each in records] == ["en", "hi"]
    assert_same(tmp_path / "ours", tmp_path / "command")
    assert "soil/en/bilingual.pdf" in tree(tmp_path / "ours")


def test_each_output_has_the_options_of_its_table() -> None:
    methods = {
        "papers": (patra.Material.pdf, patra.Material.write_pdf),
        "deck": (patra.Material.deck, patra.Material.write_deck),
        "sheets": (patra.Material.sheets, patra.Material.write_sheets),
    }
    for _, keyword, table in _patra.option_names():
        # Which papers are made is a matter of many: a method makes one.
        if table is None or keyword in ("papers", "bilingual"):
            continue
        for method in methods[table]:
            assert keyword in inspect.signature(method).parameters, (method, keyword)
        assert f":param {keyword}:" in (methods[table][0].__doc__ or ""), keyword


def test_a_folder_is_the_same_sources(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (folder / "web.html").write_text("<html lang=hi><title>पानी</title><h1>पानी</h1><p>पानी एक द्रव है।</p></html>", "utf-8")
    (folder / "stored.yaml").write_text(patra.loads(ENGLISH).replace(id="stored").to_yaml(), "utf-8")
    (folder / "_part.md").write_text("# भाग\n", "utf-8")
    (folder / "table.csv").write_text("term,meaning\na,b\n", "utf-8")
    assert run("build", str(folder), "-o", str(tmp_path / "command")).returncode == 0
    (folder / "patra.lock").unlink(missing_ok=True)
    records = list(patra.build_many(folder, tmp_path / "ours"))
    assert [pathlib.Path(each.source).name for each in records] == ["soil.en.md", "soil.hi.md", "stored.yaml", "web.html"]
    assert_same(tmp_path / "ours", tmp_path / "command")


def test_editions_are_found_among_rows_and_materials(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    rows = [{"text": HINDI, "name": "soil.hi.md"}, {"text": "not: a\nsource", "name": "x.json"}, patra.loads(ENGLISH, "soil.en.md")]
    records = list(patra.build_many(iter(rows), None, only=["anki"], translation=True, on_error="collect"))
    assert [each.ok for each in records] == [True, False, True]
    (alone,) = patra.build_many(folder / "soil.hi.md", None, translation=True, on_error="collect")
    assert isinstance(alone.error, patra.ExportError) and "no other edition of `soil`" in str(alone.error)
    deck = patra.loads(HINDI).deck(translation=patra.loads(ENGLISH), pages={})
    other = patra.loads(HINDI).deck(pages={})
    assert deck != other


def test_options_are_refused_by_their_declaration(folder: pathlib.Path) -> None:
    wrong: list[dict[str, Any]] = [
        *({"creep": 5.5}, {"creep": float("nan")}, {"binding": -1}, {"margins": (20, 20)}, {"margins": 9}, {"sheet": "a3"}),
        *({"back_offset": (1.0, 2.0, 3.0)}, {"seed": 2**64}, {"seed": 1.5}, {"contents": "no"}, {"format": "old"}),
    ]
    for each in wrong:
        with pytest.raises(ValueError, match=next(iter(each))):
            patra.build_many(folder, None, **each)
    for each in ({"fonts": "own.ttf"}, {"colour": "red"}, {"only": "pdf"}, {"margins": "wide"}):
        with pytest.raises(TypeError):
            patra.build_many(folder, None, **each)
    with pytest.raises(FileNotFoundError, match="none.toml"):
        patra.build_many(folder, None, theme="none.toml")
    (narrow,) = patra.build_many(folder / "soil.hi.md", None, sheet="a5", margins=50, on_error="collect")
    assert isinstance(narrow.error, patra.ExportError) and "too short to read" in str(narrow.error)
