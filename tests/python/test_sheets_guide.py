"""What docs/sheets.md says: its programs run, and its tables are those that are made."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import REPOSITORY

GUIDE = (REPOSITORY / "docs" / "sheets.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"With (\w+):\n\n```(\w+)\n(.*?)```", GUIDE, re.DOTALL)
TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "date": "date"}

NOTES = """---
id: risky
title: जोखिम
language: hi
updated: 2026-11-24
---

# भाग

{cells}
"""
CELLS = ["=1+1", "'tis", "''", "NA", "00123", "१२", "TRUE", "3/4", "क्षमा", "a, b", "'=x"]


def rows_of(name: str, program: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[tuple]]:
    """Every table as the program of the guide loads it from `sheets` in a folder."""
    monkeypatch.chdir(folder)
    scope: dict = {}
    exec(compile(program, f"docs/sheets.md, with {name}", "exec"), scope)
    if name == "DuckDB":
        connection: duckdb.DuckDBPyConnection = scope["connection"]
        names = [row[0] for row in connection.sql("SHOW TABLES").fetchall()]
        return {name: connection.sql(f'SELECT * FROM "{name}"').fetchall() for name in names}
    if name == "polars":
        return {name: table.rows() for name, table in scope["tables"].items()}
    frames = {name: table.astype(object).where(table.notna(), None) for name, table in scope["tables"].items()}
    return {name: [tuple(row) for row in table.itertuples(index=False)] for name, table in frames.items()}


def plain(rows: dict[str, list[tuple]]) -> dict[str, list[list[str | None]]]:
    return {
        name: [[None if cell is None else str(cell).removesuffix(" 00:00:00") for cell in row] for row in table]
        for name, table in sorted(rows.items())
    }


def test_there_are_programs_for_all() -> None:
    assert [(name, language) for name, language, _ in PROGRAMS] == [
        ("pandas", "python"),
        ("polars", "python"),
        ("DuckDB", "python"),
        ("R", "r"),
    ]


@pytest.mark.parametrize(("name", "program"), [(name, program) for name, language, program in PROGRAMS if language == "python"])
def test_the_programs_load_what_was_written(
    name: str,
    program: str,
    patra: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paragraphs = "\n\n".join(cell.replace("'", "\\'").replace("=", "\\=") for cell in CELLS)
    (tmp_path / "risky.md").write_text(NOTES.format(cells=paragraphs), encoding="utf-8")
    loaded = {}
    for switch in ["--no-bom", "--spreadsheet-safe"]:
        out = tmp_path / switch
        ran = patra("build", "risky.md", "--only", "sheets", switch, "-o", out, cwd=tmp_path)
        assert ran.returncode == 0, ran.stderr
        loaded[switch] = plain(rows_of(name, program, out / "risky", monkeypatch))
    exact, safe = loaded["--no-bom"], loaded["--spreadsheet-safe"]
    columns = json.loads((tmp_path / "--no-bom" / "risky" / "sheets" / "datapackage.json").read_text("utf-8"))
    fields = next(each for each in columns["resources"] if each["name"] == "blocks")["schema"]["fields"]
    position = [field["name"] for field in fields].index("text")
    blocks = [row[position] for row in exact["blocks"]]
    assert blocks == CELLS
    assert exact["materials"][0][7] == "2026-11-24"
    assert exact == safe


def test_the_program_in_r_loads_what_was_written(edition: Path, tmp_path: Path) -> None:
    rscript = shutil.which("Rscript")
    wanted = "quit(status = !(requireNamespace('readr') && requireNamespace('jsonlite')))"
    if rscript is None or subprocess.run([rscript, "-e", wanted], capture_output=True).returncode != 0:
        pytest.skip("R with readr and jsonlite is not here")
    (program,) = (program for name, _, program in PROGRAMS if name == "R")
    check = "stopifnot(nrow(tables$practice) > 50, tables$answers$correct[[1]], is.numeric(tables$reading$letters_per_word))"
    ran = subprocess.run([rscript, "-e", program + check], cwd=edition, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_every_table_and_column_is_explained(edition: Path) -> None:
    package = json.loads((edition / "sheets" / "datapackage.json").read_text(encoding="utf-8"))
    parts = dict(re.findall(r"^### (\w+)\n\n(.*?)(?=^### |\Z)", GUIDE.split("## The tables")[1], re.DOTALL | re.MULTILINE))
    assert list(parts) == [resource["name"] for resource in package["resources"]]
    for resource in package["resources"]:
        told = parts[resource["name"]]
        assert resource["description"] in told, resource["name"]
        rows = re.findall(r"^\| `(\w+)`( \(key\))? \| ([\w ]+?)(, may be missing)? \| (.*) \|$", told, re.MULTILINE)
        fields = resource["schema"]["fields"]
        key = (resource["schema"]["primaryKey"][2:] or ["material_id"])[0]
        expected = [field for field in fields if resource["name"] == "materials" or field not in fields[:2]]
        assert [row[0] for row in rows] == [field["name"] for field in expected], resource["name"]
        for (name, is_key, kind, missing, description), field in zip(rows, expected, strict=True):
            assert bool(is_key) == (name == key), name
            assert kind == TYPES[field["type"]], name
            assert bool(missing) != bool(field.get("constraints")), name
            assert description.startswith(field["description"].replace("|", "\\|")), name
