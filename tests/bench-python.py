"""Times the Python package against the command, and two threads of it against one.

``bench-python.py PATRA [RUNS]``, where PATRA is the command built for release, run by an interpreter that has the package built
for release. Ends with 1 where a figure is missed: calls from Python may take 5 % longer than the command's own work, and two
threads have to be 1.8 times as fast as one on two processors.

On a machine that does other things at the same time, single runs tell little: what is compared is the best of many, taken in
turn.
"""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from typing import Any

import patra

REPEATED = 100
"""How many times the course stands in the one large source."""
SOURCES = 8
"""How many sources the threads share."""


def renamed(part: Any, mark: str) -> Any:
    """A part of the stored form with a mark added to every id, so that it can stand in one material more than once."""
    if isinstance(part, list):
        return [renamed(each, mark) for each in part]
    if not isinstance(part, dict):
        return part
    made = {key: renamed(value, mark) for key, value in part.items()}
    if isinstance(made.get("id"), str):
        made["id"] += mark
    if isinstance(made.get("target"), str) and made["target"].startswith("#"):
        made["target"] += mark
    return made


def large() -> patra.Material:
    """The course, again and again."""
    stored = patra.course("hi").to_dict()
    stored["sections"] = [section for n in range(REPEATED) for section in renamed(stored["sections"], f"-{n}")]
    stored.pop("practice", None)
    return patra.Material.from_dict(stored)


def best(runs: int, *works: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """The best time of each, taken in turn."""
    found = [float("inf")] * len(works)
    for _ in range(runs):
        for n, work in enumerate(works):
            begun = clock()
            work()
            found[n] = min(found[n], clock() - begun)
    return found


def overhead(command: str, folder: pathlib.Path, runs: int) -> float:
    source = folder / "large.md"
    source.write_text(large().to_markdown(), "utf-8")

    def build() -> None:
        # A lock would make the second build another one than the first.
        (folder / "patra.lock").unlink(missing_ok=True)
        subprocess.run([command, "build", str(source), "-o", str(folder / "command"), "--jobs", "1"], check=True, capture_output=True)

    def start() -> None:
        subprocess.run([command, "--version"], check=True, capture_output=True)

    def many() -> None:
        (folder / "patra.lock").unlink(missing_ok=True)
        list(patra.build_many(source, folder / "many", jobs=1))

    def calls() -> None:
        material, out = patra.read(source), folder / "calls"
        out.mkdir(exist_ok=True)
        for kind in ("handout", "worksheet", "answers", "cards"):
            material.write_pdf(out / f"{kind}.pdf", kind=kind)
        material.write_deck(out / "deck.apkg")
        material.write_sheets(out / "sheets")
        material.write_workbook(out / "workbook.xlsx")
        (out / "material.json").write_text(material.to_json(), "utf-8")

    whole, nothing, in_many, in_calls = best(runs, build, start, many, calls)
    library = whole - nothing
    print(f"the command, the course {REPEATED} times: {whole:.3f} s, of which {nothing * 1000:.0f} ms to start: {library:.3f} s of work")
    for name, took in (("build_many", in_many), ("its calls one by one", in_calls)):
        print(f"{name} from Python: {took:.3f} s, {took / library * 100 - 100:+.1f} %")
    return max(in_many, in_calls) / library - 1


def machine(runs: int) -> float:
    """How much more two processes get done than one: near 2 where nothing else runs on two processors, and no threads can do
    better."""

    def spin(processes: int) -> Callable[[], object]:
        command = [sys.executable, "-c", "x = 0\nfor i in range(3_000_000): x += i * i"]
        return lambda: [each.wait() for each in [subprocess.Popen(command) for _ in range(processes)]]

    one, two = best(2 * runs, spin(1), spin(2))
    return 2 * one / two


def speed_up(runs: int) -> float:
    text = patra.course("hi").to_markdown()
    rows: list[patra.SourceRow] = [{"text": text, "name": f"course-{n}.md"} for n in range(SOURCES)]

    def in_jobs(jobs: int) -> Callable[[], object]:
        return lambda: list(patra.build_many(rows, None, jobs=jobs))

    def in_threads(threads: int) -> Callable[[], object]:
        def share(part: list[patra.SourceRow]) -> None:
            for row in part:
                material = patra.loads(str(row["text"]), str(row["name"]))
                material.pdf(), material.deck(), material.sheets()

        def work() -> None:
            workers = [threading.Thread(target=share, args=(rows[n::threads],)) for n in range(threads)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()

        return work

    works = [in_jobs(1), in_jobs(2), in_threads(1), in_threads(2)]
    one_job, two_jobs, one, two = best(3 * runs, *works)
    print(f"{SOURCES} sources with build_many: {one_job:.3f} s in one thread, {two_jobs:.3f} s in two: {one_job / two_jobs:.2f} times")
    print(f"{SOURCES} sources in threads of one's own: {one:.3f} s in one, {two:.3f} s in two: {one / two:.2f} times")
    print(f"the machine gives two processes that share nothing {machine(runs):.2f} times the work of one")
    # On a busy machine the processors' time tells what threads cost each other: without other work twice its inverse.
    used = best(2 * runs, *works, clock=time.process_time)
    print(f"processors' time of two threads over one's: {used[1] / used[0]:.2f} with build_many, {used[3] / used[2]:.2f} without")
    return min(one_job / two_jobs, one / two)


def main() -> int:
    command, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as folder:
        slower = overhead(command, pathlib.Path(folder), runs)
    missed = slower > 0.05
    if (os.cpu_count() or 1) > 1:
        missed |= speed_up(runs) < 1.8
    if missed:
        print("a figure is missed; where the machine gives two processes less than twice one's work, it is too busy to tell", file=sys.stderr)
    return missed


if __name__ == "__main__":
    sys.exit(main())
