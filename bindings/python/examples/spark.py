"""Builds a table of sources on Spark: each worker is a process, errors are rows.

    spark-submit spark.py sources.parquet /shared/out

The table has a column ``path``, or ``text`` and ``name``; it may have ``lock``, which is kept with the rows and comes back with
the results. ``/shared/out`` is a folder that all workers reach.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial

import patra
import pyarrow
from pyspark.sql import DataFrame, SparkSession

SCHEMA = """source string, ok boolean, id string, language string, folder string, files long, size long, sha256 string,
    items long, pages long, lock string, warnings long, error string, code string, message string, hint string, line long,
    column long"""


def build(batches: Iterable[pyarrow.RecordBatch], out: str) -> Iterator[pyarrow.RecordBatch]:
    """Batches of sources to batches of results."""
    for batch in batches:
        yield from pyarrow.table(patra.build_many(batch, out, jobs=1, on_error="collect", locks=False)).to_batches()


def build_all(sources: DataFrame, out: str) -> DataFrame:
    """Sources to results."""
    return sources.mapInArrow(partial(build, out=out), SCHEMA)


if __name__ == "__main__":
    spark = SparkSession.builder.appName("patra").getOrCreate()
    build_all(spark.read.parquet(sys.argv[1]), sys.argv[2]).write.parquet(f"{sys.argv[2]}/results")
