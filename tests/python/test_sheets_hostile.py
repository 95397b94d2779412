"""Cells that spreadsheets and libraries alter: they come back from CSV and XLSX as they were, or are refused with their place."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

openpyxl = pytest.importorskip("openpyxl")

# Every hazard, in Hindi and in English, and what breaks formats.
CELLS = {
    "formula": "=1+1",
    "formula_hi": '=HYPERLINK("https://example.org";"क्लिक")',
    "plus": "+91 98765 43210",
    "minus": "-सूची",
    "at": "@SUM(A1)",
    "dde": "=cmd|' /C calc'!A0",
    "full_width": "＝1+1",
    "full_width_hi": "－१",
    "full_width_at": "＠क",
    "full_width_plus": "＋९१",
    "leading_zeros": "00123",
    "leading_zeros_hi": "००१२३",
    "exponent": "1E5",
    "exponent_sign": "12e-3",
    "date": "3/4",
    "date_hi": "5 मार्च",
    "date_iso": "2026-11-24",
    "ratio": "2:1",
    "ratio_hi": "२:१",
    "missing": "NA",
    "missing_null": "null",
    "truth": "TRUE",
    "truth_hi": "सही",
    "digits_hi": "१२३",
    "digits_bn": "২০",
    "long": "12345678901234567890",
    "long_hi": "१२३४५६७८९०१२३४५६७",
    "decimal": "1.10",
    "grouped": "1,00,000",
    "rupees": "₹500",
    "percent": "50%",
    "percent_hi": "५०%",
    "quote": '"',
    "quotes": '""क"" , "',
    "guard": "'=1",
    "guards": "''",
    "comma": "क, ख; ग\tघ",
    "lines": "एक\nदो\n\nतीन",
    "lines_crlf": "one\r\ntwo",
    "lines_end": "अंत\n",
    "lone_cr": "a\rb",
    "escape": "_x000D_ a",
    "escape_low": "_x0041_",
    "control": "a\x01b",
    "marks": "क्ष\u200dक \u00a0\ufeffक",
    "spaces": "  बाहर  ",
    "astral": "😀 𝄞",
    "right_to_left": "\u202eabc",
    "long_words": "क " * 16_000,
    "words": "क्षमा कीजिए",
}


def material(cells: list[str]) -> str:
    table = {"columns": [{"heading": "cell"}], "rows": [{"cells": [cell]} for cell in cells]}
    sections = [{"heading": "भाग", "blocks": [{"table": table}]}]
    return json.dumps({"patra": 1, "id": "hostile", "title": "कठिन", "language": "hi", "sections": sections})


@pytest.fixture(scope="module")
def built(patra: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The outputs for the cells: exact, and guarded."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.json").write_text(material(list(CELLS.values())), encoding="ascii")
    for name, switches in {"exact": [], "safe": ["--spreadsheet-safe"]}.items():
        ran = patra("build", "hostile.json", "--only", "sheets", "-o", name, *switches, cwd=folder)
        assert ran.returncode == 0, ran.stderr
    return {name: folder / name / "hostile" for name in ["exact", "safe"]}


def expected(built: dict[str, Path]) -> list[str]:
    """The cells as the material holds them, which is as they were written."""
    stored = json.loads((built["exact"] / "material.json").read_text(encoding="utf-8"))
    cells = [row["cells"][0] for row in stored["sections"][0]["blocks"][0]["table"]["rows"]]
    assert cells == list(CELLS.values())
    return cells


def csv_cells(data: bytes) -> list[str]:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return [row["text"] for row in rows if row["row_ordinal"] != "0"]


def xlsx_cells(path: Path) -> list[str]:
    sheet = openpyxl.load_workbook(path)["tables"]
    header = [cell.value for cell in sheet[1]]
    rows = [dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    cells = [row["पाठ"] for row in rows if row["पंक्ति"].value != 0]
    # A formula would be one here.
    assert {cell.data_type for cell in cells} == {"s"}
    return [cell.value for cell in cells]


def unescaped(cell: str) -> str:
    """Characters that XML has none of are written as `_x0001_` (ECMA-376, part 1, 22.9.2.19), and `_x` that
    is meant as `_x005F_x`, of which openpyxl reads the second alone."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), cell)


def convert(path: Path, out: Path, form: str, *options: str) -> Path:
    """A file as LibreOffice opens and saves it, in a profile of its own."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not here")
    profile = f"-env:UserInstallation=file://{out}/profile"
    command = [soffice, profile, "--headless", *options, "--convert-to", form, "--outdir", str(out), str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=180)
    made = out / f"{path.stem}.{form.split(':')[0]}"
    assert made.exists(), ran.stderr
    return made


def unguarded(cells: list[str]) -> list[str]:
    return [cell.removeprefix("'") for cell in cells]


def test_csv_gives_every_cell_back(built: dict[str, Path]) -> None:
    assert csv_cells((built["exact"] / "sheets" / "tables.csv").read_bytes()) == expected(built)


def test_every_hazard_is_told_and_guarded(built: dict[str, Path]) -> None:
    cells = csv_cells((built["safe"] / "sheets" / "tables.csv").read_bytes())
    assert unguarded(cells) == expected(built)
    package = json.loads((built["safe"] / "sheets" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["patra:guard"]["prefix"] == "'"
    guarded = {name for name, cell, exact in zip(CELLS, cells, expected(built), strict=True) if cell != exact}
    harmless = {"comma", "lines", "lines_crlf", "lines_end", "lone_cr", "escape", "escape_low", "control", "marks", "spaces"}
    harmless |= {"quote", "quotes", "astral", "right_to_left", "long_words", "words"}
    assert guarded == CELLS.keys() - harmless
    with (built["exact"] / "sheets" / "diagnostics.csv").open(encoding="utf-8-sig", newline="") as file:
        told = "".join(row["message"] + "\n" for row in csv.DictReader(file) if row["code"] == "P0080")
    rows = {name: number for number, name in enumerate(CELLS, start=3)}
    for name in guarded - {"guard", "guards"}:
        assert f"row {rows[name]} of `tables`, column `text`: " in told, name


def test_a_workbook_gives_every_cell_back(built: dict[str, Path]) -> None:
    got = xlsx_cells(built["exact"] / "workbook.xlsx")
    for name, exact, cell in zip(CELLS, expected(built), got, strict=True):
        assert exact in {cell, unescaped(cell)}, name


def test_libreoffice_keeps_every_cell_of_a_workbook(built: dict[str, Path], tmp_path: Path) -> None:
    got = xlsx_cells(convert(built["exact"] / "workbook.xlsx", tmp_path, "xlsx"))
    for name, exact, cell in zip(CELLS, expected(built), got, strict=True):
        # It knows one kind of line end.
        assert {cell, unescaped(cell)} & {exact, exact.replace("\r\n", "\n").replace("\r", "\n")}, name


def test_libreoffice_keeps_guarded_cells_of_csv(built: dict[str, Path], tmp_path: Path) -> None:
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    made = convert(built["safe"] / "sheets" / "tables.csv", tmp_path, form, "--infilter=CSV:44,34,76,1")
    for name, exact, cell in zip(CELLS, expected(built), unguarded(csv_cells(made.read_bytes())), strict=True):
        assert cell in {exact, exact.replace("\r\n", "\n").replace("\r", "\n")}, name
    # Unguarded, most are altered: the test would tell.
    out = tmp_path / "exact"
    out.mkdir()
    made = convert(built["exact"] / "sheets" / "tables.csv", out, form, "--infilter=CSV:44,34,76,1")
    altered = zip(expected(built), csv_cells(made.read_bytes()), strict=True)
    assert sum(exact != cell for exact, cell in altered) > 10


def test_half_of_a_surrogate_pair_is_reported_with_its_place(patra: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "half.json").write_text(material(["क\ud800"]), encoding="ascii")
    ran = patra("build", "half.json", cwd=tmp_path)
    assert ran.returncode == 1
    assert "P0012" in ran.stderr and "half.json:1:" in ran.stderr
    (tmp_path / "half.md").write_bytes("# क\n\nख \ud800\n".encode("utf-16", "surrogatepass"))
    ran = patra("build", "half.md", cwd=tmp_path)
    assert ran.returncode == 0
    assert "P0005" in ran.stderr and "half.md:3:3" in ran.stderr


def test_nul_is_left_out_and_told(patra: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "nul.json").write_text(material(["क\0ख"]), encoding="ascii")
    ran = patra("build", "nul.json", "--only", "sheets", cwd=tmp_path)
    if ran.returncode == 0:
        assert "P0004" in ran.stderr
    else:
        assert "NUL" in ran.stderr and "nul.json" in ran.stderr


def test_the_same_input_gives_the_same_bytes_in_every_form(patra: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "hostile.json").write_text(material(list(CELLS.values())), encoding="ascii")
    for name in ["first", "second"]:
        ran = patra("build", "hostile.json", "--only", "sheets,parquet", "-o", name, cwd=tmp_path)
        assert ran.returncode == 0, ran.stderr

    def files(name: str) -> dict[str, bytes]:
        folder = tmp_path / name
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert files("first") == files("second")
    assert {name.rsplit(".", 1)[1] for name in files("first")} == {"csv", "json", "parquet", "xlsx"}


def test_parquet_holds_what_csv_holds(built: dict[str, Path], patra: Callable[..., Run], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    polars = pytest.importorskip("polars")
    duckdb = pytest.importorskip("duckdb")
    pandas = pytest.importorskip("pandas")
    (tmp_path / "hostile.json").write_text(material(list(CELLS.values())), encoding="ascii")
    ran = patra("build", "hostile.json", "--only", "parquet", "-o", "out", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    path = tmp_path / "out" / "hostile" / "parquet" / "tables.parquet"
    table = parquet.read_table(path)
    assert table.column("text").to_pylist()[1:] == expected(built)
    assert table.schema.metadata[b"title.hi"].decode() == "तालिकाएँ"
    assert json.loads(table.schema.metadata[b"primary_key"]) == ["material_id", "language", "cell_id"]
    assert str(table.schema.field("row_ordinal").type) == "int64" and not table.schema.field("cell_id").nullable
    assert polars.read_parquet(path)["text"].to_list()[1:] == expected(built)
    assert [row[0] for row in duckdb.sql(f"SELECT text FROM '{path}'").fetchall()][1:] == expected(built)
    assert list(pandas.read_parquet(path)["text"])[1:] == expected(built)
    for sheet in path.parent.glob("*.parquet"):
        types = {field.name: str(field.type) for field in parquet.read_schema(sheet)}
        declared = json.loads((path.parent / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        (resource,) = (each for each in declared if each["path"] == sheet.name)
        names = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool", "date": "date32[day]"}
        assert types == {field["name"]: names[field["type"]] for field in resource["schema"]["fields"]}


def test_a_large_sheet_has_what_a_small_one_has(patra: Callable[..., Run], tmp_path: Path) -> None:
    cells = [f"{number:05}" for number in range(5_500)]
    (tmp_path / "large.json").write_text(material(cells), encoding="ascii")
    ran = patra("build", "large.json", "--only", "sheets", "-o", "out", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    path = tmp_path / "out" / "hostile" / "workbook.xlsx"
    assert xlsx_cells(path) == cells
    workbook = openpyxl.load_workbook(path)
    small, large = workbook["sections"], workbook["tables"]
    assert list(small.tables.values())[0].autoFilter.ref == "A1:I2" and not large.tables
    assert large.auto_filter.ref == f"A1:K{len(cells) + 2}"
    assert small.freeze_panes == large.freeze_panes == "A2"
    # All rows are of one section, and a large sheet leads to it from the first alone.
    assert large["D2"].hyperlink.location == workbook["ids"]["D2"].hyperlink.location == "'sections'!A2"
    assert large["D3"].hyperlink is None
    assert large["D2"].value == small["C2"].value
    assert large.column_dimensions["A"].hidden and large["K3"].number_format == "@"
