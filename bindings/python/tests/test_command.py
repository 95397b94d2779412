"""The command that comes with the package, and that it makes what the package makes."""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys
from typing import Any, Callable

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


COURSE = pathlib.Path(__file__).parents[3] / "materials"


def sheets_of(course: patra.Material, english: patra.Material, **options: Any) -> dict[str, bytes]:
    if "translation" in options:
        options["translation"] = english
    csv = {f"sheets/{name}": data for name, data in course.sheets(**options).items()}
    for name in ("byte_order_mark", "spreadsheet_safe"):
        options.pop(name, None)
    # The tables in memory tell the same of the cards.
    cards = course.tables(**options)["cards"]
    assert csv["sheets/cards.csv"].count(b"\r\n") == len(cards) + 1
    return {**csv, "workbook.xlsx": course.workbook(**options)}


@pytest.mark.parametrize(
    ("arguments", "made"),
    [
        (
            ["--only", "pdf", "--seed", "7", "--no-marks", "--flip", "short-edge", "--back-offset", "1.5,-0.5", "--calibrate"],
            lambda course, english: {
                f"{kind}.pdf": course.pdf(
                    kind=kind, seed=7, marks=False, flip="short-edge", back_offset=(1.5, -0.5), calibration=True
                )
                for kind in ("handout", "worksheet", "answers", "cards")
            },
        ),
        (["--only", "pdf", "--paper", "worksheet", "--seed", "2"], lambda course, _: {"worksheet.pdf": course.pdf(kind="worksheet", seed=2)}),
        *(
            (["--only", "anki", f"--{name.replace('_', '-')}"], lambda course, _, name=name: {"deck.apkg": course.deck(**{name: True})})
            for name in ("subdecks", "preset", "reversed", "typed", "speech", "omit_retired")
        ),
        (["--only", "anki", "--legacy"], lambda course, _: {"deck.apkg": course.deck(format="legacy")}),
        (["--only", "anki", "--translation"], lambda course, english: {"deck.apkg": course.deck(translation=english)}),
        *(
            (["--only", "sheets", *arguments], lambda course, english, options=options: sheets_of(course, english, **options))
            for arguments, options in (
                ([], {}),
                (["--no-bom"], {"byte_order_mark": False}),
                (["--spreadsheet-safe"], {"spreadsheet_safe": True}),
                (["--subdecks", "--reversed", "--typed", "--speech"], dict.fromkeys(("subdecks", "reversed", "typed", "speech"), True)),
                (["--omit-retired", "--translation"], {"omit_retired": True, "translation": ...}),
            )
        ),
        (
            ["--only", "quiz"],
            lambda course, _: {
                "quiz/moodle.xml": course.moodle_xml(),
                "quiz/gift.txt": course.gift(),
                "quiz/qti.zip": course.qti(),
            },
        ),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_options_give_the_same_bytes_too(
    arguments: list[str], made: Callable[[patra.Material, patra.Material], dict[str, bytes]], tmp_path: pathlib.Path
) -> None:
    for name in ("bpo.hi.md", "bpo.en.md"):
        shutil.copy(COURSE / name, tmp_path / name)
    hindi, english = patra.read(tmp_path / "bpo.hi.md"), patra.read(tmp_path / "bpo.en.md")
    done = run("build", str(tmp_path / "bpo.hi.md"), str(tmp_path / "bpo.en.md"), "-o", str(tmp_path / "out"), *arguments)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "out" / "bpo" / "hi"
    expected = made(hindi, english)
    found = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    assert found == {*expected, "material.json"}
    assert [name for name, data in expected.items() if (folder / name).read_bytes() != data] == []


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
