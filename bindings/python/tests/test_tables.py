"""Sheets as tables in memory, and tables of sources."""

from __future__ import annotations

import copy
import csv
import datetime
import io
import json
import pathlib
import pickle
import subprocess
import sys
from typing import Any

import pytest

import patra
from patra import Material, Sheet

from conftest import make_everything
from test_many import SOURCE, tree
from test_notebook import Outline

REPOSITORY = pathlib.Path(__file__).parents[3]


@pytest.fixture(params=["everything", "course"])
def material(request: pytest.FixtureRequest) -> Material:
    """A material with every kind of thing, and the course."""
    if request.param == "everything":
        return make_everything()
    return patra.read(REPOSITORY / "materials" / "bpo.hi.md")


def from_csv(material: Material) -> dict[str, list[dict[str, Any]]]:
    """What is in the CSV files, with the types that the descriptor names."""
    files = material.sheets(pages={})
    read: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": float,
        "boolean": lambda cell: cell == "true",
        "date": datetime.date.fromisoformat,
    }
    sheets = {}
    for resource in json.loads(files["datapackage.json"])["resources"]:
        kinds = {field["name"]: read[field["type"]] for field in resource["schema"]["fields"]}
        rows = csv.DictReader(io.StringIO(files[resource["path"]].decode("utf-8-sig"), newline=""))
        sheets[resource["name"]] = [{name: kinds[name](cell) if cell else None for name, cell in row.items()} for row in rows]
    return sheets


@pytest.mark.filterwarnings("ignore::patra.PatraWarning")
def test_they_hold_what_the_csv_files_hold(material: Material) -> None:
    tables, expected = material.tables(pages={}), from_csv(material)
    assert list(tables) == list(expected)
    for name, sheet in tables.items():
        rows = [{column: None if cell == "" else cell for column, cell in row.items()} for row in sheet.rows()]
        assert rows == expected[name] and len(sheet) == len(rows) and sheet.name == name
        if rows:
            assert sheet.columns == tuple(rows[0]) and sheet.column(sheet.columns[0]) == (material.id,) * len(rows)


def test_pages_are_those_of_the_handout(material: Material) -> None:
    practice = material.tables()["practice"]
    pages = material.pdf(media={}).pages if material.id == "bpo" else {}
    assert material.id != "bpo" or set(practice.column("page")) == {
        item.page for item in material.practice(pages=pages)
    }
    assert set(material.tables(pages={})["practice"].column("page")) == {None}


def test_a_sheet_is_a_value(material: Material) -> None:
    sheet = material.tables(pages={})["practice"]
    again = pickle.loads(pickle.dumps(sheet))
    assert again == sheet and hash(again) == hash(sheet) and sheet != material.tables(pages={})["ids"] and sheet != 5
    assert copy.deepcopy(sheet) is sheet and copy.copy(sheet) is sheet and Sheet(material, "practice", pages={}) == sheet
    assert repr(sheet).startswith(f"<Sheet practice: {len(sheet)} rows of material_id, language, ")
    assert sheet.metadata["primary_key"] and sheet.metadata["title"]
    with pytest.raises(AttributeError, match="frozen"):
        sheet.name = "x"  # type: ignore[misc]
    with pytest.raises(KeyError):
        sheet.column("none")
    html = Outline(sheet._repr_html_())
    assert html.tags[0] == ("table", {"lang": "en"}) and ("tbody", {"lang": "hi"}) in html.tags
    assert "practice" in html.words and (len(sheet) <= 20 or f"… {len(sheet) - 20} more" in html.words)


def test_an_unsound_material_has_no_tables() -> None:
    with pytest.raises(patra.ModelError):
        Material("क", "hi", [patra.Section("ख", [patra.Definition("", "घ")])]).tables()


def test_every_library_takes_them(material: Material) -> None:
    pandas, polars, pyarrow, duckdb = map(pytest.importorskip, ("pandas", "polars", "pyarrow", "duckdb"))
    for name, sheet in material.tables(pages={}).items():
        expected = list(sheet.rows())
        table = pyarrow.table(sheet)
        assert table.to_pylist() == expected and table.schema.metadata[b"name"].decode() == name
        assert pyarrow.schema(sheet).equals(table.schema)
        assert polars.DataFrame(sheet).to_dicts() == expected
        frame = pandas.DataFrame.from_arrow(sheet)
        assert list(frame.columns) == list(sheet.columns) and len(frame) == len(sheet)
        if expected:
            assert frame["material_id"].tolist() == [material.id] * len(sheet)
        relation = duckdb.sql("select * from sheet")
        assert relation.columns == list(sheet.columns)
        assert relation.fetchall() == [tuple(row.values()) for row in expected]
        # Another form of the same is given where it is asked for.
        wide = pyarrow.schema([pyarrow.field(each.name, pyarrow.large_string() if each.type == pyarrow.string() else each.type) for each in table.schema])
        reader = pyarrow.RecordBatchReader.from_stream(sheet, schema=wide)
        assert reader.schema.field("material_id").type == pyarrow.large_string()


def test_none_of_the_libraries_is_needed() -> None:
    program = """if True:
        import sys
        for name in ("pandas", "polars", "pyarrow", "duckdb", "numpy"):
            sys.modules[name] = None
        import patra
        material = patra.loads("# एक\\n\\nशब्द\\n: अर्थ\\n", name="a.md")
        sheet = material.tables()["definitions"]
        print(len(sheet), type(sheet.__arrow_c_stream__()).__name__)
        """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["1", "PyCapsule"], done.stderr


ROWS: list[dict[str, Any]] = [{"path": None, "text": SOURCE.format(n=n), "name": f"t{n}.hi.md", "other": n} for n in range(5)]
ROWS[2]["text"] = "---\ntitle: जल\nupdated: नीला\n---\n\nपानी\n"
ROWS[3]["text"] = None


def as_tables() -> dict[str, Any]:
    pandas, polars, pyarrow, duckdb = map(pytest.importorskip, ("pandas", "polars", "pyarrow", "duckdb"))
    table = pyarrow.Table.from_pylist(ROWS)
    binary = table.set_column(1, "text", table["text"].cast(pyarrow.binary()))
    views = table.cast(
        pyarrow.schema([("path", pyarrow.null()), ("text", pyarrow.string_view()), ("name", pyarrow.large_string()), ("other", pyarrow.int64())])
    )
    batches = pyarrow.Table.from_batches(table.to_batches(max_chunksize=2)).to_reader()
    return {
        "pyarrow": table,
        "binary": binary,
        "views": views,
        "dictionary": table.set_column(2, "name", table["name"].dictionary_encode()),
        "batches": batches,
        "polars": polars.DataFrame(ROWS, schema_overrides={"path": polars.String}),
        "pandas": pandas.DataFrame(ROWS).astype({"path": "string", "text": "string", "name": "string"}),
        "duckdb": duckdb.from_arrow(table),
    }


@pytest.mark.parametrize(
    "library", ["pyarrow", "binary", "views", "dictionary", "batches", "polars", "pandas", "duckdb"]
)
def test_a_table_of_any_library_is_a_list_of_sources(library: str, tmp_path: pathlib.Path) -> None:
    table = as_tables()[library]
    expected = list(patra.build_many(ROWS, tmp_path / "rows", only=["sheets"], on_error="collect"))
    builds = patra.build_many(table, tmp_path / "table", only=["sheets"], on_error="collect", jobs=2)
    if library in ("pyarrow", "polars", "pandas", "duckdb"):
        assert len(builds) == 5
    rows = [{**each.row(), "folder": None} for each in builds]
    assert rows == [{**each.row(), "folder": None} for each in expected]
    assert [row["ok"] for row in rows] == [True, True, False, False, True]
    assert tree(tmp_path / "table") == tree(tmp_path / "rows")


def test_records_are_a_table_too() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    expected = [each.row() for each in patra.build_many(ROWS, None, only=["anki"], on_error="collect")]
    table = pyarrow.table(patra.build_many(ROWS, None, only=["anki"], on_error="collect"))
    assert table.to_pylist() == expected
    # What holds nothing has its type all the same, so that the tables of many workers fit together.
    assert pyarrow.table(patra.build_many([], None)).schema == table.schema
    assert pyarrow.types.is_string(table.schema.field("folder").type) and table.num_rows == 5


def test_a_table_that_tells_no_sources_is_refused() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    with pytest.raises(ValueError, match="neither a column `path` nor a column `text`"):
        patra.build_many(pyarrow.table({"name": ["a"]}), None)
    with pytest.raises(TypeError, match="`text` holds strings"):
        patra.build_many(pyarrow.table({"text": [1]}), None)
    with pytest.raises(TypeError, match="`path` holds strings"):
        patra.build_many(pyarrow.table({"path": [b"a"]}), None)

    def broken() -> Any:
        yield pyarrow.RecordBatch.from_pylist(ROWS[:1], schema=schema)
        raise RuntimeError("the disk is gone")

    schema = pyarrow.schema([("text", pyarrow.string()), ("name", pyarrow.string())])
    builds = patra.build_many(pyarrow.RecordBatchReader.from_batches(schema, broken()), None, only=[])
    with pytest.raises(ValueError, match="the disk is gone"):
        list(builds)
