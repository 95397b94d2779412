"""The way back from a spreadsheet: the sheets are opened and saved by LibreOffice, edited, and merged into the source."""

import csv
import datetime
import json
import os
import pty
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import EDITIONS, REPOSITORY, Run, program

# UTF-8 (76), quotes where needed, cells as shown, every sheet in a file of its own.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

PLAIN = "csv:Text - txt - csv (StarCalc):44,34,76"


def office(to: str, file: Path, out: Path, *more: str) -> Path:
    """What LibreOffice makes of a file, in a folder of its own."""
    out.mkdir()
    profile = out.parent / "profile"
    ran = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *more, "--convert-to", to, "--outdir", out, file],
        capture_output=True,
        encoding="utf-8",
        timeout=180,
    )
    assert ran.returncode == 0 and any(out.iterdir()), ran.stderr
    return out


class Course:
    """An edition of the course in a folder of its own, with its sheets."""

    def __init__(self, patra: Callable[..., Run], folder: Path, language: str) -> None:
        self.patra, self.folder = patra, folder
        self.source = folder / f"bpo.{language}.md"
        shutil.copy(REPOSITORY / "materials" / self.source.name, self.source)
        self.original = self.source.read_bytes()
        ran = patra("build", self.source, "-o", folder / "out", "--only", "sheets")
        assert ran.returncode == 0, ran.stderr
        self.sheets = folder / "out" / "bpo" / language
        self.workbook = self.sheets / "workbook.xlsx"

    def merge(self, sheets: Path, *more: str) -> Run:
        return self.patra("merge", sheets, self.source, *more)


@pytest.fixture(params=EDITIONS)
def course(request: pytest.FixtureRequest, patra: Callable[..., Run], tmp_path: Path) -> Course:
    return Course(patra, tmp_path, request.param)


def test_what_libreoffice_saved_untouched_changes_nothing(course: Course) -> None:
    saved = office("xlsx", course.workbook, course.folder / "xlsx") / "workbook.xlsx"
    assert saved.read_bytes() != course.workbook.read_bytes()
    files = office(CSV, course.workbook, course.folder / "csv")
    again = office(CSV, saved, course.folder / "again")
    assert (files / "workbook-terms.csv").is_file()
    for sheets in [course.workbook, course.sheets / "sheets", saved, files, again, files / "workbook-terms.csv"]:
        ran = course.merge(sheets)
        said = ran.stdout.splitlines()
        assert (ran.returncode, ran.stderr, said[-1]) == (0, "", f"{course.source}: no changes"), sheets
        # One file alone does not say what its cells held.
        assert len(said) == (2 if sheets.name == "workbook-terms.csv" else 1)
        assert course.source.read_bytes() == course.original


def edit(saved: Path, edits: list[tuple[str, str, str]]) -> None:
    """Replaces words of a workbook, each by the sheet, what stood there and what is to stand there."""
    workbook = openpyxl.load_workbook(saved)
    for sheet, was, now in edits:
        cells = [c for row in workbook[sheet].iter_rows(min_row=2) for c in row if isinstance(c.value, str) and was in c.value]
        assert len(cells) == 1, (sheet, was, [c.coordinate for c in cells])
        cells[0].value = cells[0].value.replace(was, now)
    workbook.save(saved)


FIVE = {
    "hi": [
        ("terms", "वही काम थोड़े पैसों में हो जाता है।", "वही काम कम पैसों में, और जल्दी हो जाता है।"),
        ("definitions", "कोई काम अपने कर्मचारियों के बजाय", "कोई काम अपने लोगों के बजाय"),
        ("sections", "मुख्य शब्द", "ज़रूरी शब्द"),
        ("blocks", "ये चार शब्द आगे बार-बार आएँगे।", "इन चार शब्दों को याद रखिए: “=1+1”, 00123।"),
        ("choices", "ग्राहकों से मिले ई-मेल छाँटना", "ग्राहकों की चिट्ठियाँ छाँटना"),
    ],
    "en": [
        ("terms", "The same work gets done for less money.", "The same work gets done for less, and sooner."),
        ("definitions", "Having a piece of work done by outsiders", "Having some of the work done by outsiders"),
        ("sections", "Key terms", "Words to know"),
        ("blocks", "These four terms will come up again and again.", "Keep these four in mind: “=1+1”, 00123."),
        ("choices", "Sorting the e-mails that customers have sent", "Sorting the letters that customers have sent"),
    ],
}


def five(course: Course) -> tuple[list[tuple[str, str, str]], bytes]:
    """Five edits, and the source with them made by hand."""
    edits = FIVE[course.source.name.split(".")[1]]
    wanted = course.original.decode()
    for _, was, now in edits:
        assert wanted.count(was) == 1, was
        wanted = wanted.replace(was, now)
    return edits, wanted.encode()


def test_five_edits_in_a_saved_workbook_are_five_changes(course: Course) -> None:
    saved = office("xlsx", course.workbook, course.folder / "xlsx") / "workbook.xlsx"
    edits, wanted = five(course)
    edit(saved, edits)
    ran = course.merge(saved, "--dry-run")
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    assert course.source.read_bytes() == course.original
    ran = course.merge(saved)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    assert ran.stdout.splitlines()[-1] == f"{course.source}: 5 changes"
    assert course.source.read_bytes() == wanted
    # Merged again, there is nothing left to change.
    assert course.merge(saved).stdout.splitlines()[-1] == f"{course.source}: no changes"


def test_five_edits_survive_libreoffice_on_their_way(course: Course) -> None:
    edits, wanted = five(course)
    edited = course.folder / "workbook.xlsx"
    shutil.copy(course.workbook, edited)
    edit(edited, edits)
    for name, sheets in [
        ("xlsx", office("xlsx", edited, course.folder / "xlsx") / "workbook.xlsx"),
        ("csv", office(CSV, edited, course.folder / "csv")),
    ]:
        course.source.write_bytes(course.original)
        ran = course.merge(sheets)
        assert (ran.returncode, ran.stderr) == (0, ""), (name, ran.stderr)
        assert ran.stdout.splitlines()[-1] == f"{course.source}: 5 changes"
        assert course.source.read_bytes() == wanted


HOSTILE = [
    "=1+1", "+91 98765", "-सूची", "@SUM(A1)", "＝1+1", "＋१", "－१", "＠a", "00123", "1E5", "1.10", "1,00,000", "12345678901234567890",
    "3/4", "5 मार्च", "2026-11-24", "2:1", "10:30", "50%", "₹500", "TRUE", "false", "सही", "गलत", "NA", "null", "NaN", "#N/A", "१२३", "१/२",
    "a\nb", "\"क\", \"ख\"", "'x", "''=1", "x;y", "a\tb", "_x000D_", "क्\u200dष", "العربية", "😀",
]  # fmt: skip


@pytest.fixture
def hostile(patra: Callable[..., Run], tmp_path: Path) -> Course:
    """A material whose cells are what spreadsheets alter."""
    course = Course.__new__(Course)
    course.patra, course.folder, course.source = patra, tmp_path, tmp_path / "h.md"
    model = {
        "patra": 1, "id": "h", "title": "खतरे", "language": "hi",
        "sections": [{"id": "s", "heading": "क", "blocks": [{"terms": {"id": "t", "kind": "मान", "entries": [
            {"id": f"v{i}", "term": f"मान {i}", "description": [part for line in cell.split("\n") for part in (line, {"break": True})][:-1]}
            for i, cell in enumerate(HOSTILE)
        ]}}]}],
    }  # fmt: skip
    (tmp_path / "h.json").write_text(json.dumps(model), encoding="utf-8")
    course.source.write_text(patra("export", "--markdown", tmp_path / "h.json").stdout, encoding="utf-8")
    course.original = course.source.read_bytes()
    ran = patra("build", course.source, "-o", tmp_path / "out", "--only", "sheets")
    assert ran.returncode == 0, ran.stderr
    course.sheets = tmp_path / "out" / "h"
    course.workbook = course.sheets / "workbook.xlsx"
    return course


def test_hostile_cells_come_back_through_libreoffice(hostile: Course) -> None:
    saved = office("xlsx", hostile.workbook, hostile.folder / "xlsx") / "workbook.xlsx"
    files = office(CSV, saved, hostile.folder / "csv")
    for sheets in [saved, files]:
        ran = hostile.merge(sheets)
        assert (ran.returncode, ran.stderr, ran.stdout) == (0, "", f"{hostile.source}: no changes\n"), sheets


@pytest.mark.parametrize("told", [True, False])
def test_csv_that_libreoffice_opened_unasked_is_refused_with_its_places(hostile: Course, told: bool) -> None:
    # Numbers, dates and formulas are made of what looks like them; letters are lost where it is not told that they are UTF-8.
    terms = hostile.sheets / "sheets" / "terms.csv"
    opened = office(PLAIN, terms, hostile.folder / "csv", *([f"--infilter={PLAIN[4:]}"] if told else [])) / "terms.csv"
    rows = list(csv.reader(opened.open(encoding="utf-8-sig", newline="")))
    column = rows[0].index("description")
    altered = {i: row[column] for i, (row, cell) in enumerate(zip(rows[1:], HOSTILE, strict=True)) if row[column] != cell}
    assert len(altered) > 8, altered
    ran = hostile.merge(opened, "--base", str(hostile.workbook))
    assert ran.returncode == 1 and hostile.source.read_bytes() == hostile.original
    for i, cell in enumerate(HOSTILE):
        place = f"row {i + 2} of `terms.csv`, column `description`"
        assert (place in ran.stderr) == (i in altered), (cell, altered.get(i), ran.stderr)


def test_what_becomes_no_text_in_a_workbook_is_refused(course: Course) -> None:
    saved = course.folder / "edited.xlsx"
    for value in [123, 0.5, True, "=1+1", datetime.date(2026, 3, 4)]:
        workbook = openpyxl.load_workbook(course.workbook)
        sheet = workbook["terms"]
        cell = sheet.cell(2, 11)
        was = cell.value
        cell.number_format = "General"
        cell.value = value
        workbook.save(saved)
        ran = course.merge(saved)
        assert ran.returncode == 1 and "P0100" in ran.stderr and "row 2 of `terms`" in ran.stderr, ran.stderr
        assert was[:20] in ran.stderr
        assert course.source.read_bytes() == course.original


def test_a_workbook_that_unpacks_without_end_is_refused(course: Course) -> None:
    bomb = course.folder / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/x.xml", "w") as entry:
        for _ in range(200):
            entry.write(bytes(1 << 20))
    ran = course.merge(bomb)
    assert ran.returncode == 3 and "it unpacks to more than" in ran.stderr


def test_rows_in_another_order_and_cells_far_away_are_no_changes(course: Course) -> None:
    workbook = openpyxl.load_workbook(course.workbook)
    sheet = workbook["terms"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    sheet.cell(1_048_576, 16_384).value = "x"
    workbook.save(course.folder / "sorted.xlsx")
    ran = course.merge(course.folder / "sorted.xlsx")
    assert (ran.returncode, ran.stderr, ran.stdout) == (0, "", f"{course.source}: no changes\n")


@pytest.mark.parametrize(("answer", "deleted"), [("y", True), ("n", False), ("", False)])
def test_a_person_at_a_terminal_is_asked_about_deleted_rows(course: Course, answer: str, deleted: bool) -> None:
    workbook = openpyxl.load_workbook(course.workbook)
    sheet = workbook["terms"]
    row = next(cell.row for cell in sheet["C"] if cell.value == "lower-cost")
    sheet.delete_rows(row)
    edited = course.folder / "edited.xlsx"
    workbook.save(edited)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [program(), "merge", edited, course.source], stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, encoding="utf-8"
    )
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    said, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0, said
    line = [line for line in course.original.split(b"\n") if b"{#lower-cost}" in line]
    assert len(line) == 1
    wanted = course.original.replace(line[0] + b"\n", b"") if deleted else course.original
    assert course.source.read_bytes() == wanted
    assert ("stays in the source" in said) == (not deleted)
