"""What the readers of sheets make of them: every sheet of both editions, with the types and keys that its descriptor declares."""

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run

duckdb = pytest.importorskip("duckdb")
pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")

BUSY = """---
id: busy
title: सब कुछ
language: hi
updated: 2026-11-24
---

# पहला **भाग**

शब्द {#word}
: पहला अर्थ

{kind="प्रकार"}
- **पहला** {#first}: एक बात
- **दूसरा** {#second}: 00123

| पहलू | लाभ {#gain} | हानि {#loss} |
|---|---|---|
| दिशा {#direction} | ऊपर | नीचे |

| एक |
|---|
| दो |

प्रश्न: क्यों? {#why}

- [x] हाँ
- [ ] नहीं

पानी {{बहता}} है। {#flow}
"""

# A table as rows of cells: the common ground of all readers. A cell is None, a str, an int, a float, a bool or a `YYYY-MM-DD`.
Cells = list[list[object]]


@pytest.fixture
def sheets(edition: Path) -> Path:
    return edition / "sheets"


def descriptor(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def fields(resource: dict) -> dict[str, str]:
    return {field["name"]: field["type"] for field in resource["schema"]["fields"]}


def declared(folder: Path, resource: dict) -> Cells:
    """The cells as the descriptor says they are to be read, by Python's own csv."""
    convert = {"string": str, "date": str, "integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__}
    types = fields(resource)
    with (folder / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert header == list(types)
    return [[convert[t](cell) if cell else None for t, cell in zip(types.values(), row, strict=True)] for row in rows]


def by_pandas(path: Path, types: dict[str, str]) -> Cells:
    dtypes = {"string": "string", "date": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
    frame = pandas.read_csv(
        path, dtype={name: dtypes[t] for name, t in types.items()}, keep_default_na=False, na_values=[""]
    )
    for name in (name for name, t in types.items() if t == "date"):
        days = pandas.to_datetime(frame[name], format="%Y-%m-%d")
        frame[name] = days.dt.strftime("%Y-%m-%d").astype("string")
    return [[None if cell is pandas.NA else cell for cell in row] for row in frame.astype(object).itertuples(index=False)]


def by_polars(path: Path, types: dict[str, str]) -> Cells:
    dtypes = {
        "string": polars.String,
        "date": polars.Date,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
    }
    frame = polars.read_csv(path, schema={name: dtypes[t] for name, t in types.items()})
    return [[cell.isoformat() if hasattr(cell, "isoformat") else cell for cell in row] for row in frame.rows()]


def by_duckdb(path: Path, types: dict[str, str]) -> Cells:
    dtypes = {"string": "VARCHAR", "date": "DATE", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}
    columns = {name: dtypes[t] for name, t in types.items()}
    rows = duckdb.read_csv(
        str(path), header=True, delimiter=",", quotechar='"', escapechar='"', columns=columns
    ).fetchall()
    return [[cell.isoformat() if hasattr(cell, "isoformat") else cell for cell in row] for row in rows]


def by_pyarrow(path: Path, types: dict[str, str]) -> Cells:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import csv as arrow_csv

    dtypes = {
        "string": pyarrow.string(),
        "date": pyarrow.date32(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    table = arrow_csv.read_csv(
        path,
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: dtypes[t] for name, t in types.items()}, strings_can_be_null=True, null_values=[""]
        ),
    )
    rows = [list(row.values()) for row in table.to_pylist()]
    return [[cell.isoformat() if hasattr(cell, "isoformat") else cell for cell in row] for row in rows]


READERS = [by_pandas, by_polars, by_duckdb, by_pyarrow]


Rows = dict[str, list[dict[str, object]]]
Read = Callable[[Path, dict[str, str]], Cells]


def rows_of(folder: Path, resource: dict, read: Read) -> list[dict[str, object]]:
    types = fields(resource)
    return [dict(zip(types, row, strict=True)) for row in read(folder / resource["path"], types)]


def faults(package: dict, rows: Rows) -> list[str]:
    """What is wrong with the keys of the sheets, as a reader sees them."""
    found = []
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        keys = [tuple(row[column] for column in schema["primaryKey"]) for row in rows[name]]
        if len(set(keys)) != len(keys):
            found.append(f"{name}: a key twice")
        for field in schema["fields"]:
            if field.get("constraints", {}).get("required") and any(row[field["name"]] is None for row in rows[name]):
                found.append(f"{name}: {field['name']} missing")
        for foreign in schema.get("foreignKeys", []):
            target = foreign["reference"]["resource"] or name
            known = {tuple(row[column] for column in foreign["reference"]["fields"]) for row in rows[target]}
            for row in rows[name]:
                key = tuple(row[column] for column in foreign["fields"])
                if None not in key and key not in known:
                    found.append(f"{name}: {foreign['fields'][-1]} leads nowhere")
    return sorted(set(found))


@pytest.mark.parametrize("read", READERS)
def test_readers_get_the_declared_cells(sheets: Path, read: Read) -> None:
    resources = descriptor(sheets)["resources"]
    assert sorted(path.stem for path in sheets.glob("*.csv")) == sorted(resource["name"] for resource in resources)
    for resource in resources:
        assert read(sheets / resource["path"], fields(resource)) == declared(sheets, resource), resource["name"]


@pytest.fixture
def busy(tmp_path: Path, patra: Callable[..., Run]) -> Path:
    """The sheets of a material whose every table has rows, which the course's have not."""
    for text in [BUSY, BUSY.replace("पहला अर्थ", "दूसरा अर्थ")]:
        (tmp_path / "busy.md").write_text(text, encoding="utf-8")
        ran = patra("build", "busy.md", "--only", "anki,sheets", cwd=tmp_path)
        assert ran.returncode == 0, ran.stderr
    return tmp_path / "patra-out" / "busy" / "sheets"


@pytest.mark.parametrize("read", READERS)
def test_keys_hold_in_every_table(sheets: Path, read: Read) -> None:
    package = descriptor(sheets)
    assert faults(package, {each["name"]: rows_of(sheets, each, read) for each in package["resources"]}) == []


@pytest.mark.parametrize("read", READERS)
def test_a_fault_planted_in_any_table_is_caught(busy: Path, tmp_path: Path, read: Read) -> None:
    package = descriptor(busy)
    rows = {each["name"]: rows_of(busy, each, read) for each in package["resources"]}
    assert faults(package, rows) == []
    for resource in package["resources"]:
        name, types = resource["name"], fields(resource)
        with (busy / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
            header, *lines = csv.reader(file, strict=True)
        assert lines, name

        def planted(lines: Cells) -> list[str]:
            with (tmp_path / resource["path"]).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([header, *lines])
            return faults(package, {**rows, name: rows_of(tmp_path, resource, read)})

        def with_cell(column: str, cell: str) -> Cells:
            at = header.index(column)
            return [[*lines[0][:at], cell, *lines[0][at + 1 :]], *lines[1:]]

        assert planted(lines) == []
        # A key twice.
        assert f"{name}: a key twice" in planted([*lines, lines[-1]])
        # A cell that may not be missing, and is.
        key = resource["schema"]["primaryKey"][-1]
        assert f"{name}: {key} missing" in planted(with_cell(key, ""))
        # A key of nothing.
        for foreign in resource["schema"].get("foreignKeys", []):
            column = foreign["fields"][-1]
            assert f"{name}: {column} leads nowhere" in planted(with_cell(column, "nowhere")), column
        # A cell of another type.
        column = next((column for column, kind in types.items() if kind != "string"), None)
        if column is not None:
            with pytest.raises(Exception, match="(?i)x1|invalid|could not|convert|pars"):
                planted(with_cell(column, "x1"))


def resource_of(folder: Path, name: str) -> dict:
    (resource,) = (resource for resource in descriptor(folder)["resources"] if resource["name"] == name)
    return resource


def test_frictionless_finds_nothing_and_a_fault_planted_in_any_table(busy: Path, sheets: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")

    def errors(folder: Path) -> list[tuple[str, str]]:
        # It takes only paths that are within the folder it is told to trust.
        package = frictionless.Package(descriptor(folder), basepath=str(folder))
        assert frictionless.Package.validate_descriptor(descriptor(folder), basepath=str(folder)).valid
        return [(task.name, error.type) for task in package.validate().tasks for error in task.errors]

    assert errors(sheets) == []
    assert errors(busy) == []
    folder = tmp_path / "planted"
    shutil.copytree(busy, folder)
    for resource in descriptor(busy)["resources"]:
        # The last row again, which may go over several lines.
        with (busy / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
            *_, last = csv.reader(file, strict=True)
        with (folder / resource["path"]).open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(last)
    found = errors(folder)
    for resource in descriptor(busy)["resources"]:
        # The size and the hash are declared too.
        assert (resource["name"], "primary-key") in found, resource["name"]
        assert {(resource["name"], "hash-count"), (resource["name"], "byte-count")} & set(found), resource["name"]


def test_the_descriptor_tells_of_the_files(sheets: Path) -> None:
    package = descriptor(sheets)
    for resource in package["resources"]:
        data = (sheets / resource["path"]).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}") == (resource["bytes"], resource["hash"])
        for field in resource["schema"]["fields"]:
            assert set(field["titles"]) == {"en", "hi"}
            assert field["title"] == field["titles"][package["languages"][0]]


def test_the_default_readers_get_every_row(sheets: Path) -> None:
    for resource in descriptor(sheets)["resources"]:
        path, count = sheets / resource["path"], len(declared(sheets, resource))
        assert list(pandas.read_csv(path).columns) == list(fields(resource))
        assert len(pandas.read_csv(path)) == count
        assert polars.read_csv(path).shape == (count, len(fields(resource)))
        assert len(duckdb.read_csv(str(path)).fetchall()) == count


def test_editions_share_ids_and_can_be_put_together(course_out: Path) -> None:
    hindi, english = course_out / "bpo" / "hi" / "sheets", course_out / "bpo" / "en" / "sheets"
    for resource in descriptor(hindi)["resources"]:
        both = polars.concat([polars.read_csv(folder / resource["path"], infer_schema=False) for folder in (hindi, english)])
        assert both.n_unique(resource["schema"]["primaryKey"]) == both.height, resource["name"]
    ids = [{str(row[2]) for row in declared(folder, resource_of(folder, "terms"))} for folder in (hindi, english)]
    assert ids[0] == ids[1] != set()


def test_the_cards_are_those_of_the_package(edition: Path, tmp_path: Path) -> None:
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        request = ImportAnkiPackageRequest(package_path=str(edition / "deck.apkg"), options=ImportAnkiPackageOptions())
        collection.import_anki_package(request)
        found = {
            (f"guid:{guid}", ord, collection.decks.name(deck))
            for guid, ord, deck in collection.db.all("select n.guid, c.ord, c.did from cards c join notes n on n.id = c.nid")
        }
    finally:
        collection.close()
    resource = resource_of(edition / "sheets", "cards")
    rows = [dict(zip(fields(resource), row, strict=True)) for row in declared(edition / "sheets", resource)]
    assert {(row["guid"], row["ordinal"], row["deck"]) for row in rows} == found
    assert len(rows) == len(found)
    practice = [row[2] for row in declared(edition / "sheets", resource_of(edition / "sheets", "practice"))]
    assert [row["practice_id"] for row in rows] == practice
