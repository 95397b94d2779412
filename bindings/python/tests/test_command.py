"""The command that comes with the package, and that it makes what the package makes."""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys

import pytest

import patra
from patra.__main__ import main

from conftest import PIXEL, make_everything


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "patra", *arguments], capture_output=True, text=True, encoding="utf-8", timeout=120
    )


@pytest.mark.filterwarnings("ignore::patra.PatraWarning")
def test_bytes_from_python_equal_those_of_the_command(tmp_path: pathlib.Path) -> None:
    source = tmp_path / "soil-course.json"
    source.write_text(make_everything().to_json(), "utf-8")
    (tmp_path / "चित्र").mkdir()
    (tmp_path / "चित्र" / "soil.png").write_bytes(PIXEL)
    done = run("build", str(source), "-o", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "out").iterdir()
    made = {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    material = patra.read(source)
    expected = {
        "handout.pdf": material.pdf(),
        "worksheet.pdf": material.pdf(kind="worksheet"),
        "answers.pdf": material.pdf(kind="answers"),
        "cards.pdf": material.pdf(kind="cards"),
        "deck.apkg": material.deck(),
        "workbook.xlsx": material.workbook(),
        "material.json": material.to_json().encode(),
        **{f"sheets/{name}": data for name, data in material.sheets().items()},
    }
    assert sorted(made) == sorted(expected)
    assert [name for name in made if made[name] != expected[name]] == []


def test_exit_codes_and_messages(tmp_path: pathlib.Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capfd.readouterr().out.split()[-1] == patra.__version__
    assert main(["--nonsense"]) == 2
    assert main(["check", str(tmp_path / "none.md")]) == 3
    (tmp_path / "wrong.md").write_text("---\ntitle: क\n", "utf-8")
    assert main(["check", str(tmp_path / "wrong.md")]) == 1
    assert "P0011" in capfd.readouterr().err
    assert [each.code for each in patra.check(tmp_path / "wrong.md") if each.is_error] == ["P0011"]


def test_the_script_is_installed() -> None:
    script = shutil.which("patra", path=str(pathlib.Path(sys.executable).parent))
    assert script is not None
    done = subprocess.run([script, "--version"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and done.stdout.split()[-1] == patra.__version__
