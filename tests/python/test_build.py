"""The command itself: the same bytes each time, and nothing written for wrong input."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run, load

NOTES = """---
id: notes
title: छोटे नोट
language: hi
---

# लाभ और हानि

लाभ {#gain}
: जो बचता है।
"""


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_bytes_each_time(patra: Callable[..., Run], course_out: Path, tmp_path: Path, jobs: int) -> None:
    # In another folder, time zone, locale and time: none of them may show.
    ran = patra("build", "-o", tmp_path / "again", "--jobs", jobs, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert len(digests(course_out)) > 10
    assert digests(tmp_path / "again") == digests(course_out)


def test_a_time_zone_and_a_locale_change_nothing(
    patra: Callable[..., Run], course_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"TZ": "Asia/Kolkata", "LC_ALL": "hi_IN.UTF-8", "HOME": str(tmp_path), "SOURCE_DATE_EPOCH": "0"}.items():
        monkeypatch.setenv(name, value)
    assert patra("build", "-o", tmp_path / "again").returncode == 0
    assert digests(tmp_path / "again") == digests(course_out)


def test_many_materials_at_any_number_of_jobs(patra: Callable[..., Run], tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for number in range(12):
        source = NOTES.replace("id: notes", f"id: notes-{number}").replace("छोटे नोट", f"छोटे नोट {number}")
        (sources / f"{number}.md").write_text(source, encoding="utf-8")
    runs = [patra("build", sources, "-o", f"out-{jobs}", "--jobs", jobs, cwd=tmp_path) for jobs in (1, 5)]
    assert [run.returncode for run in runs] == [0, 0]
    assert digests(tmp_path / "out-1") == digests(tmp_path / "out-5")
    assert runs[0].stdout.replace("out-1", "out-5") == runs[1].stdout
    assert runs[0].stdout.count("handout.pdf") == 12


def test_the_editions_share_every_id(course_out: Path) -> None:
    def ids(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [value["id"]] if "id" in value else []
            return own + [id for inner in value.values() for id in ids(inner)]
        return [id for inner in value for id in ids(inner)] if isinstance(value, list) else []

    hindi, english = (ids(load(course_out / "bpo" / language)) for language in ("hi", "en"))
    assert hindi == english
    assert len(hindi) > 50


@pytest.mark.parametrize(
    ("content", "code", "place", "message"),
    [
        (None, 3, "notes.md", "no such file"),
        ("शब्द ".encode() + b"\xff" * 20, 1, "notes.md:1:4", "P0001"),
        (b"", 1, "notes.md:1:1", "P0002"),
        ("---\ntitle: [क\n---\n".encode(), 1, "notes.md:", "P0010"),
        ("---\ntitle: क\n".encode(), 1, "notes.md:1:1", "P0011"),
        (f"{NOTES}\nहानि {{#gain}}\n: जो जाता है।\n".encode(), 1, "notes.md:12:", "P0030"),
        (f"{NOTES}\n| पहलू | क | ख |\n|---|---|---|\n| ग | घ |\n".encode(), 1, "notes.md:14:", "P0021"),
    ],
    ids=["missing", "not UTF-8", "empty", "front matter", "no end", "two ids", "ragged"],
)
def test_wrong_input(
    patra: Callable[..., Run], tmp_path: Path, content: bytes | None, code: int, place: str, message: str
) -> None:
    if content is not None:
        (tmp_path / "notes.md").write_bytes(content)
    before = digests(tmp_path)
    ran = patra("build", "notes.md", cwd=tmp_path)
    assert ran.returncode == code
    assert place in ran.stderr
    assert message in ran.stderr
    assert ran.stdout == ""
    assert digests(tmp_path) == before
    assert not (tmp_path / "patra-out").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(patra: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(NOTES, encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    ran = patra("build", "notes.md", "-o", out, cwd=tmp_path)
    assert ran.returncode == 3
    assert "permission denied" in ran.stderr
    assert list(out.iterdir()) == []
