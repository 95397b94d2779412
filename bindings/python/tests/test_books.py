"""Books: a folder with a ``patra.toml`` is one material."""

from __future__ import annotations

import pathlib
import pickle
from typing import Any

import pytest

import patra

from conftest import PIXEL
from test_command import run
from test_many import tree

FONTS = pathlib.Path(__file__).parents[3] / "crates" / "fonts" / "fonts"

OPTIONS = """
[papers]
paper = ["handout", "worksheet", "cards"]
sheet = "a5"
theme = "रूप.toml"
fonts = ["fonts/own.ttf"]
margins = 15
contents = "always"
seed = 7
flip = "short-edge"
back-offset = [1.5, -0.5]

[deck]
reversed = true

[sheets]
no-bom = true
"""


def write(folder: pathlib.Path, options: str = OPTIONS, tag: str = "", title: str = "ग्राहक सेवा") -> pathlib.Path:
    """A book of two files, the second in a folder of its own with its picture."""
    ending = f".{tag}" if tag else ""
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    (folder / "भाग").mkdir(exist_ok=True)
    files = f'"1{ending}.md", "भाग/2{ending}.md"'
    head = f'[book]\ntitle = "{title}"\nid = "service"\nlanguage = "{tag or "hi"}"\nfiles = [{files}]\n'
    (folder / f"patra{ending}.toml").write_text(head + options, "utf-8")
    (folder / f"1{ending}.md").write_text(
        f"# {title} 1\n\nलाभ {{#gain}}\n: जो बचता है। [आगे](भाग/2{ending}.md#loss)\n", "utf-8"
    )
    (folder / "भाग" / f"2{ending}.md").write_text(
        f"# {title} 2\n\nहानि {{#loss}}\n: जो जाता है।\n\n![एक चित्र](चित्र.png)\n", "utf-8"
    )
    (folder / "भाग" / "चित्र.png").write_bytes(PIXEL)
    (folder / "रूप.toml").write_text('[colours]\naccent = "#7a1f1f"\n', "utf-8")
    (folder / "fonts" / "own.ttf").write_bytes((FONTS / "NotoSansDevanagari-Bold.ttf").read_bytes())
    return folder


def test_a_folder_or_its_file_gives_one_material(tmp_path: pathlib.Path) -> None:
    folder = write(tmp_path / "book")
    material = patra.read(folder)
    assert (material.id, material.title, material.language) == ("service", "ग्राहक सेवा", "hi")
    assert [section.heading for section in material.sections] == ["ग्राहक सेवा 1", "ग्राहक सेवा 2"]
    assert patra.read(str(folder / "patra.toml")) == material and patra.check(folder) == ()
    assert material.path == str(folder / "patra.toml")
    exported = run("export", "--json", str(folder))
    assert exported.returncode == 0 and patra.Material.from_json(exported.stdout) == material
    # Its pictures are found from its folder.
    assert "चित्र.png" in "".join(material._core.pictures(material._folder))
    assert pickle.loads(pickle.dumps(material)) == material
    with open(folder / "patra.toml", "rb") as file, pytest.raises(ValueError, match="by its path"):
        patra.read(file)
    with pytest.raises(FileNotFoundError, match="patra.toml"):
        patra.read(tmp_path / "none" / "patra.toml")


def test_problems_name_their_file(tmp_path: pathlib.Path) -> None:
    folder = write(tmp_path / "book", '[papers]\nsheet = "a3"\nfonts = ["../own.ttf"]\n')
    (folder / "1.md").write_text("# पहला\n\nलाभ {#gain}\n: जो बचता है।\n\n[कहाँ](भाग/2.md#nowhere)\n", "utf-8")
    (folder / "भाग" / "2.md").write_text("# दूसरा\n\nहानि {#gain}\n: [कहाँ](../1.md#nowhere)\n", "utf-8")
    found = [(each.code, pathlib.Path(each.path or "").name, each.line) for each in patra.check(folder)]
    assert found == [
        ("P0150", "patra.toml", 7),
        ("P0151", "patra.toml", 8),
        ("P0154", "1.md", 6),
        ("P0154", "2.md", 3),
        ("P0030", "2.md", 3),
    ]
    with pytest.raises(patra.SourceError) as raised:
        patra.read(folder)
    assert len(raised.value.diagnostics) == 5 and raised.value.path == str(folder / "patra.toml")
    material = patra.read(folder, strict=False)
    assert material.check() == patra.check(folder)
    (twice,) = [each.message for each in material.check() if each.code == "P0030"]
    assert "1.md:3:1" in twice
    (folder / "patra.toml").write_text("[book\n", "utf-8")
    with pytest.raises(patra.SourceError, match="patra.toml:1"):
        patra.read(folder)


@pytest.mark.parametrize(
    ("options", "arguments", "more"),
    [
        (OPTIONS, [], {}),
        ("", [], {}),
        (
            OPTIONS,
            ["--only", "pdf,anki,quiz", "--paper", "handout,answers", "--seed", "1", "--flip", "long-edge"]
            + ["--back-offset", "0,0", "--typed", "--spreadsheet-safe"],
            {
                **{"only": ["pdf", "anki", "quiz"], "papers": ["answers", "handout"], "seed": 1, "flip": "long-edge"},
                **{"back_offset": (0.0, 0.0), "typed": True, "spreadsheet_safe": True},
            },
        ),
        (OPTIONS, ["--only", "sheets", "--no-marks", "--legacy"], {"only": ["sheets"], "marks": False, "format": "legacy"}),
    ],
)
def test_the_files_are_the_command_s(
    tmp_path: pathlib.Path, options: str, arguments: list[str], more: dict[str, Any]
) -> None:
    folder = write(tmp_path / "book", options)
    made = []
    for build in range(2):
        # The second build goes by the lock of the first; what changed is newer by the time of the build alone.
        done = run("build", str(folder), "-o", str(tmp_path / "command"), *arguments)
        assert done.returncode == 0, done.stderr
        lock = folder / "patra.lock"
        locked = lock.read_bytes() if lock.exists() else None
        if build == 0:
            lock.unlink(missing_ok=True)
        (record,) = patra.build_many(folder, tmp_path / "package", **more)
        assert record.ok and record.source == str(folder / "patra.toml") and record.folder == str(tmp_path / "package" / "service")
        assert (lock.read_bytes() if lock.exists() else None) == locked
        ours, expected = tree(tmp_path / "package"), tree(tmp_path / "command")
        assert sorted(ours) == sorted(expected)
        assert [name for name in ours if ours[name] != expected[name]] == []
        made.append(record)
    assert {"service/" + each.name for each in made[0].files} == set(ours)
    assert made[0].items == 4
    assert (made[0].pages is not None) == ("handout.pdf" in {each.name for each in made[0].files})


def test_editions_stand_in_one_folder(tmp_path: pathlib.Path) -> None:
    more = "[papers]\nbilingual = true\n[deck]\ntranslation = true\n"
    folder = write(tmp_path / "book", "", "en", "Service")
    write(folder, more, "hi")
    done = run("build", str(folder), "-o", str(tmp_path / "command"))
    assert done.returncode == 0, done.stderr
    (folder / "patra.lock").unlink()
    records = list(patra.build_many([folder], tmp_path / "package"))
    assert [each.language for each in records] == ["en", "hi"]
    ours, expected = tree(tmp_path / "package"), tree(tmp_path / "command")
    assert "service/en/bilingual.pdf" in expected and sorted(ours) == sorted(expected)
    assert [name for name in ours if ours[name] != expected[name]] == []
    # One of them alone finds the other beside it.
    (alone,) = patra.build_many({"path": folder / "patra.hi.toml"}, tmp_path / "alone")
    assert tree(tmp_path / "alone")["service/hi/deck.apkg"] == expected["service/hi/deck.apkg"] and alone.ok
    with pytest.raises(ValueError, match="patra.en.toml and patra.hi.toml"):
        patra.read(folder)
    (folder / "patra.en.toml").unlink()
    (lost,) = patra.build_many(folder, tmp_path / "lost", on_error="collect")
    assert isinstance(lost.error, patra.ExportError) and "no other edition of `service`" in str(lost.error)
    assert not (tmp_path / "lost").exists()


def test_what_is_wrong_with_a_book_is_in_its_record(tmp_path: pathlib.Path) -> None:
    folder = write(tmp_path / "book", '[papers]\ntheme = "none.toml"\n')
    (record,) = patra.build_many(folder, tmp_path / "out", on_error="collect")
    assert isinstance(record.error, patra.SourceError) and not (tmp_path / "out").exists()
    assert (record.row()["code"], record.row()["line"], record.row()["column"]) == ("P0151", 7, 9)
    # Without papers, deck and sheets there is nothing that its options are of.
    folder = write(tmp_path / "book")
    for only in ([], ["pdf"]):
        (record,) = patra.build_many(folder, None, only=only, papers=[])
        assert [each.name for each in record.files] == ["material.json"] and record.items
