"""What type checkers say: of a user's program, and of the stubs."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).parent


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
