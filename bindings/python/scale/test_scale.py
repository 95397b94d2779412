"""The examples on local clusters of two workers: errors are rows, and the bytes are those of one machine."""

from __future__ import annotations

import os
import pathlib
import shutil
import sys
from typing import Any

import patra
import pytest

EXAMPLES = pathlib.Path(__file__).parents[1] / "examples"
# Workers import the examples too.
sys.path.insert(0, str(EXAMPLES))
os.environ["PYTHONPATH"] = os.pathsep.join([str(EXAMPLES), *filter(None, [os.environ.get("PYTHONPATH")])])

# What the engines warn of themselves is their own affair.
pytestmark = pytest.mark.filterwarnings("ignore")

COUNT = 40


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Sources: as texts, and as files, of which one is wrong and one is not there."""
    folder = tmp_path_factory.mktemp("sources")
    rows: list[dict[str, Any]] = []
    for n in range(COUNT):
        text = f"---\ntitle: पाठ {n}\nlanguage: hi\n---\n\n# एक\n\nशब्द {n} {{#word}}\n: अर्थ {n}\n\nQ: क्या {n}? {{#q}}\n\nA: हाँ {n}\n"
        if n == 7:
            text = text.replace("language", "colour")
        path = folder / f"s{n}.md"
        if n % 2:
            if n != 11:
                path.write_text(text, "utf-8")
            rows.append({"path": str(path), "text": None, "name": None})
        else:
            rows.append({"path": None, "text": text, "name": f"s{n}.hi.md"})
    return rows


@pytest.fixture(scope="module")
def expected(rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    out = tmp_path_factory.mktemp("here") / "out"
    found = [each.row() for each in patra.build_many(rows, out, on_error="collect", locks=False)]
    assert [n for n, row in enumerate(found) if not row["ok"]] == [7, 11] and found[11]["error"] == "FileNotFoundError"
    return found, tree(out)


def tree(folder: pathlib.Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def compare(found: list[dict[str, Any]], out: pathlib.Path, expected: tuple[list[dict[str, Any]], dict[str, bytes]]) -> None:
    def row(each: dict[str, Any]) -> dict[str, Any]:
        return {**each, "folder": each["folder"] and each["folder"].rsplit("/out/", 1)[1]}

    by_source = {each["source"]: row(each) for each in found}
    assert len(found) == COUNT and by_source == {each["source"]: row(each) for each in expected[0]}
    made = tree(out)
    assert sorted(made) == sorted(expected[1]) and [name for name in made if made[name] != expected[1][name]] == []


def test_ray_data(rows: list[dict[str, Any]], expected: Any, tmp_path: pathlib.Path) -> None:
    ray = pytest.importorskip("ray")
    import pyarrow
    import ray_data

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": os.environ["PYTHONPATH"]}})
    try:
        schema = pyarrow.schema([(name, pyarrow.string()) for name in ("path", "text", "name")])
        sources = ray.data.from_arrow(pyarrow.Table.from_pylist(rows, schema=schema)).repartition(4)
        compare(ray_data.build_all(sources, str(tmp_path / "out"), 2).take_all(), tmp_path / "out", expected)
    finally:
        ray.shutdown()


def test_dask(rows: list[dict[str, Any]], expected: Any, tmp_path: pathlib.Path) -> None:
    distributed = pytest.importorskip("distributed")
    import dask_bag

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with distributed.Client(cluster) as client:
            assert len(set(client.run(os.getpid).values()) - {os.getpid()}) == 2
            compare(dask_bag.build_all(rows, str(tmp_path / "out"), 8).compute(), tmp_path / "out", expected)


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_spark(rows: list[dict[str, Any]], expected: Any, tmp_path: pathlib.Path) -> None:
    sql = pytest.importorskip("pyspark.sql")
    import spark as example

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
    try:
        sources = session.createDataFrame([tuple(row.values()) for row in rows], "path string, text string, name string").repartition(4)
        found = [row.asDict() for row in example.build_all(sources, str(tmp_path / "out")).collect()]
        compare(found, tmp_path / "out", expected)
    finally:
        session.stop()
