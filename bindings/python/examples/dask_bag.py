"""Builds files on a Dask cluster: each worker is a process, errors are rows.

    python dask_bag.py /shared/out notes/*.md

``/shared/out`` and the files are in folders that all workers reach.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import dask.bag
import patra
from dask.distributed import Client


def build(sources: Iterable[Any], out: str) -> list[dict[str, Any]]:
    """Sources to results: paths, or rows with a text."""
    # Of one folder's sources some are built here and some elsewhere: no worker can keep its lock.
    return [record.row() for record in patra.build_many(list(sources), out, jobs=1, on_error="collect", locks=False)]


def build_all(sources: list[Any], out: str, partitions: int) -> dask.bag.Bag:
    """Sources to results, in as many parts."""
    return dask.bag.from_sequence(sources, npartitions=partitions).map_partitions(build, out)


if __name__ == "__main__":
    with Client(threads_per_worker=1) as client:
        workers = len(client.scheduler_info()["workers"])
        for row in build_all(sys.argv[2:], sys.argv[1], partitions=4 * workers).compute():
            print(row["source"], row["folder"] if row["ok"] else row["message"])
