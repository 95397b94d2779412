"""What type checkers say: of a user's program, and of the stubs."""

from __future__ import annotations

import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

import patra

HERE = pathlib.Path(__file__).parent

# What these have of Python's own classes is no part of the interface.
BUILT_IN: dict[type, type] = {
    **{kind: bytes for kind in (patra.Deck, patra.Pdf)},
    **{patra.Plan: tuple, patra.Text: str, patra.DeckKeywords: dict, patra.BuildOptions: dict},
    **{
        kind: Exception
        for kind in (patra.PatraError, patra.SourceError, patra.ModelError, patra.ExportError, patra.InternalError, patra.PatraWarning)
    },
}


def check(*arguments: str) -> None:
    # Away from the sources, so that it is the installed package that is checked.
    done = subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=HERE, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(autouse=True)
def mypy() -> None:
    pytest.importorskip("mypy")


def test_a_program_that_touches_all_passes_strictly(tmp_path: pathlib.Path) -> None:
    check("mypy", "--strict", f"--cache-dir={tmp_path}", str(HERE / "user_program.py"))


def test_a_wrong_program_does_not(tmp_path: pathlib.Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "import patra\n"
        "patra.Definition(5)\n"
        "patra.Material('x', 'hi').titel\n"
        "patra.Material('x', 'hi').pdf(kind='poster')\n"
        "patra.Definition('x').term = patra.Text('y')\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={tmp_path}", str(wrong)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, timeout=300)
    lines = {line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line}
    assert lines == {"2", "3", "4", "5"}, done.stdout


def test_pyright_reports_nothing(tmp_path: pathlib.Path) -> None:
    pyright = pathlib.Path(sys.prefix, "node_modules", ".bin", "pyright")
    if not pyright.exists():
        pytest.skip("pyright is not installed: just set-up gets it where npm is there")
    strict = "# pyright: strict\n"
    (tmp_path / "user_program.py").write_text(strict + (HERE / "user_program.py").read_text("utf-8"), "utf-8")
    (tmp_path / "wrong.py").write_text(strict + "import patra\npatra.course().titel\n")
    package = os.path.relpath(pathlib.Path(patra.__file__).parent, tmp_path)
    config = {"pythonVersion": "3.10", "include": [package, "user_program.py", "wrong.py"]}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(config))
    command = [str(pyright), "--project", str(tmp_path), "--pythonpath", sys.executable, "--outputjson"]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=300).stdout)
    found = {(pathlib.Path(each["file"]).name, each["range"]["start"]["line"]) for each in said["generalDiagnostics"]}
    # The wrong program shows that it looks.
    assert found == {("wrong.py", 2)} and said["summary"]["filesAnalyzed"] > 15, said


def test_the_user_program_names_all_of_the_interface() -> None:
    program = (HERE / "user_program.py").read_text("utf-8")
    names = {name for name in patra.__all__ if not re.search(rf"\bpatra\.{name}\b", program)}
    # What every class of the interface can do, by its own names.
    members = {
        f"{name}.{member}"
        for name in patra.__all__
        if isinstance(kind := getattr(patra, name), type)
        for member in dir(kind)
        if not member.startswith("_") and not hasattr(BUILT_IN.get(kind, object), member)
        if not re.search(rf"\b{member}\b", program)
    }
    assert (names, members) == (set(), set())


def test_the_stubs_tell_the_truth(tmp_path: pathlib.Path) -> None:
    config = tmp_path / "mypy.ini"
    config.write_text(f"[mypy]\ncache_dir = {tmp_path}\n")
    allowed = str(HERE / "stubtest-allowlist.txt")
    check("mypy.stubtest", "patra", "--mypy-config-file", str(config), "--allowlist", allowed)


def test_the_user_program_runs(tmp_path: pathlib.Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(HERE / "user_program.py"), str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert {each.name for each in tmp_path.iterdir()} >= {"handout.pdf", "deck.apkg", "sheets", "workbook.xlsx"}
