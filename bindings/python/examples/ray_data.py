"""Builds a table of sources on Ray Data: each worker is a process, errors are rows.

    python ray_data.py sources.parquet /shared/out

The table has a column ``path``, or ``text`` and ``name``; it may have ``lock``, which is kept with the rows and comes back with
the results. ``/shared/out`` is a folder that all workers reach.
"""

from __future__ import annotations

import sys

import patra
import pyarrow
import ray


def build(batch: pyarrow.Table, out: str) -> pyarrow.Table:
    """A batch of sources to a batch of results."""
    return pyarrow.table(patra.build_many(batch, out, jobs=1, on_error="collect", locks=False))


def build_all(sources: ray.data.Dataset, out: str, workers: int) -> ray.data.Dataset:
    """Sources to results, with as many workers at a time."""
    return sources.map_batches(
        build, batch_format="pyarrow", batch_size=16, fn_kwargs={"out": out}, compute=ray.data.TaskPoolStrategy(workers)
    )


if __name__ == "__main__":
    results = build_all(ray.data.read_parquet(sys.argv[1]), sys.argv[2], workers=int(ray.cluster_resources()["CPU"]))
    results.write_parquet(f"{sys.argv[2]}/results")
