"""Many sources at once."""

from __future__ import annotations

import json
import os
import pathlib
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
from typing import Any, Iterator

import pytest

import patra
from patra import Built, Builds, BuiltFile, Material

from test_command import run

SOURCE = "---\ntitle: पाठ {n}\nlanguage: hi\n---\n\n# एक\n\nशब्द {n}\n: अर्थ {n}\n"


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """A folder of six sources, the third of which is wrong, and a file that is no source."""
    folder = tmp_path / "course"
    folder.mkdir()
    for n in range(6):
        (folder / f"p{n}.hi.md").write_text(SOURCE.format(n=n), "utf-8")
    (folder / "p2.hi.md").write_text("---\ntitle: जल\nupdated: नीला\n---\n\nपानी\n", "utf-8")
    (folder / "notes.csv").write_text("", "utf-8")
    return folder


def tree(folder: pathlib.Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_they_are_as_the_command_makes_them(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (folder / "p2.hi.md").unlink()
    everything = ["pdf", "anki", "sheets", "quiz"]
    for options, more in (
        ([], {"only": everything}),
        (
            ["--seed", "7", "--no-marks", "--flip", "short-edge", "--back-offset", "1.5,-0.5", "--calibrate", "--subdecks"]
            + ["--preset", "--reversed", "--typed", "--speech", "--legacy", "--omit-retired", "--no-bom", "--spreadsheet-safe"],
            {
                **{"only": everything, "seed": 7, "marks": False, "flip": "short-edge", "back_offset": (1.5, -0.5)},
                **dict.fromkeys(("calibration", "subdecks", "preset", "reversed", "typed", "speech", "omit_retired"), True),
                **{"format": "legacy", "byte_order_mark": False, "spreadsheet_safe": True},
            },
        ),
        (["--paper", "cards"], {"only": ["pdf"], "papers": ["cards"]}),
    ):
        ours: dict[str, Any] = dict(more)
        lock = folder / "patra.lock"
        lock.unlink(missing_ok=True)
        command = tmp_path / f"command{len(options)}"
        done = run("build", str(folder), "-o", str(command), "--only", ",".join(ours["only"]), *options)
        assert done.returncode == 0, done.stderr
        locked = lock.read_text("utf-8") if lock.exists() else None
        lock.unlink(missing_ok=True)
        package = tmp_path / f"package{len(options)}"
        records = list(patra.build_many(folder, package, jobs=2, **ours))
        made, expected = tree(package), tree(command)
        assert sorted(made) == sorted(expected)
        assert [name for name in made if made[name] != expected[name]] == []
        assert (lock.read_text("utf-8") if lock.exists() else None) == locked
        assert [each.source for each in records] == [str(folder / f"p{n}.hi.md") for n in (0, 1, 3, 4, 5)]
    assert locked is None


def test_an_error_is_a_row(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    sources = [folder / "p1.hi.md", folder / "p2.hi.md", tmp_path / "none.md", folder / "p5.hi.md"]
    for jobs in (1, 3):
        records = list(patra.build_many(sources, tmp_path / f"out{jobs}", jobs=jobs, on_error="collect"))
        assert [each.ok for each in records] == [True, False, False, True]
        wrong, missing = records[1], records[2]
        assert isinstance(wrong.error, patra.SourceError) and isinstance(missing.error, FileNotFoundError)
        assert sorted(each.name for each in (tmp_path / f"out{jobs}").iterdir()) == ["p1", "p5"]
        rows = [each.row() for each in records]
        assert {tuple(row) for row in rows} == {tuple(rows[0])}
        assert (rows[1]["code"], rows[1]["line"], rows[1]["error"]) == ("P0010", 3, "SourceError")
        assert rows[2]["error"] == "FileNotFoundError" and "none.md" in str(rows[2]["message"])
        assert rows[0]["error"] is None and rows[0]["pages"] == 1 and rows[0]["id"] == "p1"
        json.dumps(rows)
        assert [pickle.loads(pickle.dumps(each)).row() for each in records] == rows
    assert len({records[0], records[3]}) == 2


def test_an_error_is_raised_and_what_came_before_it_stays(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    out = tmp_path / "out"
    taken: list[Built] = []
    with pytest.raises(patra.SourceError, match="p2.hi.md:3:1"):
        for each in patra.build_many(folder, out, jobs=4):
            taken.append(each)
    assert [each.id for each in taken] == ["p0", "p1"]
    assert sorted(each.name for each in out.iterdir()) == ["p0", "p1"]
    # The lock speaks of the decks that are there.
    lines = [line for line in (folder / "patra.lock").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert {line.split("\t")[0] for line in lines} == {"p0/hi", "p1/hi"}


def test_it_is_done_as_the_records_are_taken(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (folder / "p2.hi.md").unlink()
    given = 0

    def sources() -> Iterator[pathlib.Path]:
        nonlocal given
        for n in range(1000):
            given += 1
            yield folder / "p0.hi.md"

    told: list[tuple[int, int | None]] = []
    with patra.build_many(
        sources(), None, jobs=2, only=[], locks=False, progress=lambda *now: told.append(now)
    ) as builds:
        assert isinstance(builds, Builds) and iter(builds) is builds and given == 0
        with pytest.raises(TypeError, match="not known"):
            len(builds)
        assert builds
        for n, record in enumerate(builds, 1):
            assert record.folder is None and record.files[0].data
            if n == 5:
                break
    assert 5 <= given < 15 and told == [(n, None) for n in range(1, 6)]
    assert list(builds) == []
    told.clear()
    builds = patra.build_many([folder], None, only=[], progress=lambda *now: told.append(now))
    assert len(builds) == 5 == len(list(builds)) and told[-1] == (5, 5)


def test_what_progress_raises_ends_the_work(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    def stop(done: int, total: int | None) -> None:
        raise StopAsyncIteration(f"{done} of {total}")

    with pytest.raises(StopAsyncIteration, match="1 of 6"):
        list(patra.build_many(folder, tmp_path / "out", progress=stop, only=[]))
    assert tree(tmp_path / "out").keys() == {"p0/hi/material.json"}
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("patra")]


def test_records_that_nobody_takes_are_warned_of(folder: pathlib.Path) -> None:
    with pytest.warns(RuntimeWarning, match="never taken"):
        patra.build_many(folder, None)
    patra.build_many([], None)


def test_rows_and_materials_are_sources(course: Material, tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.md").write_text(SOURCE.format(n="a"), "utf-8")
    rows = [
        {"path": str(tmp_path / "a.md")},
        {"text": SOURCE.format(n="b"), "name": "b.hi.md"},
        {"text": SOURCE.format(n="c").encode(), "name": "c.md"},
        {"path": None, "text": None},
        course,
        str(tmp_path / "a.md"),
    ]
    records = list(patra.build_many(rows, tmp_path / "out", on_error="collect", jobs=2))
    assert [each.id for each in records] == ["a", "b", "c", None, "bpo", "a"]
    assert records[1].folder == str(tmp_path / "out" / "b" / "hi") and records[2].folder == str(tmp_path / "out" / "c")
    assert "neither a path nor a text" in str(records[3].error)
    assert isinstance(records[5].error, patra.ModelError) and "another source" in str(records[5].error)
    assert (tmp_path / "out" / "bpo" / "deck.apkg").read_bytes() == course.deck()
    for wrong in (5, [5], [{"text": 5}], [{"text": "", "name": 5}], [{"path": 5}]):
        with pytest.raises(TypeError):
            list(patra.build_many(wrong, None))  # type: ignore[arg-type]


def test_a_lock_may_be_kept_with_the_row(tmp_path: pathlib.Path) -> None:
    row = {"text": SOURCE.format(n=1), "name": "a.md"}
    (first,) = patra.build_many([row], None, only=["anki"])
    mended = {"text": SOURCE.format(n=1).replace(": अर्थ", ": दूसरा अर्थ"), "name": "a.md", "lock": first.lock}
    (second,) = patra.build_many([mended], None, only=["anki"], now=2_000_000_000)
    assert first.lock and second.lock and "2000000000" in second.lock
    assert second.lock.count("\t2000000000\t") == second.lock.count("a/hi\titem") == 2
    (again,) = patra.build_many([{**mended, "lock": second.lock}], None, only=["anki"], now=2_100_000_000)
    assert again.lock == second.lock
    (broken,) = patra.build_many([{**mended, "lock": "nonsense"}], None, on_error="collect")
    assert isinstance(broken.error, patra.ExportError) and broken.lock is None


def test_locks_are_kept_beside_the_sources(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (folder / "p2.hi.md").unlink()
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.md").write_text(SOURCE.format(n="x"), "utf-8")
    sources = [folder / "p0.hi.md", other / "x.md", folder / "p1.hi.md"]
    list(patra.build_many(iter(sources), tmp_path / "out", jobs=1, only=["anki"], now=1_900_000_000))
    lock = folder / "patra.lock"
    first = lock.read_text("utf-8")
    assert "p0/hi\tdeck" in first and "p1/hi\tdeck" in first and (other / "patra.lock").exists()
    (folder / "p0.hi.md").write_text(SOURCE.format(n=0).replace(": अर्थ", ": दूसरा"), "utf-8")
    list(patra.build_many(folder, tmp_path / "out", jobs=3, only=["anki"], now=2_000_000_000))
    assert lock.read_text("utf-8").count("\t2000000000\t") == 2 + 3 * 2  # what changed, and what is new
    # A lost lock is made good from the decks that are there.
    kept = lock.read_text("utf-8")
    lock.unlink()
    records = list(patra.build_many(folder, tmp_path / "out", only=["anki"], now=2_100_000_000))
    assert lock.read_text("utf-8") == kept and {each.code for each in records[0].diagnostics} == {"P0075"}
    before = lock.stat().st_mtime_ns
    list(patra.build_many(folder, tmp_path / "out", only=["anki"], locks=False))
    assert lock.stat().st_mtime_ns == before
    lock.write_text("nonsense\n", "utf-8")
    with pytest.raises(patra.ExportError, match="lock"):
        list(patra.build_many(folder, tmp_path / "out"))
    assert lock.read_text("utf-8") == "nonsense\n"


def test_sheets_of_an_earlier_build_go(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    source, sheets = folder / "p0.hi.md", tmp_path / "out" / "p0" / "hi" / "sheets"
    list(patra.build_many(source, tmp_path / "out"))
    package = json.loads((sheets / "datapackage.json").read_text("utf-8"))
    package["resources"] += [{"path": "gone.csv"}, {"path": "../own.csv"}, {}]
    (sheets / "datapackage.json").write_text(json.dumps(package), "utf-8")
    for name in (sheets / "gone.csv", sheets / "own.csv", sheets.parent / "own.csv"):
        name.write_text("", "utf-8")
    list(patra.build_many(source, tmp_path / "out"))
    # An entry that is none tells that it is not patra's.
    assert (sheets / "gone.csv").exists()
    package["resources"].pop()
    (sheets / "datapackage.json").write_text(json.dumps(package), "utf-8")
    list(patra.build_many(source, tmp_path / "out"))
    assert not (sheets / "gone.csv").exists() and (sheets / "own.csv").exists() and (sheets.parent / "own.csv").exists()


def test_what_is_in_the_way_is_told_and_nothing_is_left(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    out = tmp_path / "out"
    (out / "p0" / "hi" / "deck.apkg").mkdir(parents=True)
    (out / "p1").write_text("a file")
    records = list(patra.build_many(folder, out, on_error="collect", jobs=2))
    assert [type(each.error) for each in records[:2]] == [IsADirectoryError, NotADirectoryError] or all(
        isinstance(each.error, OSError) for each in records[:2]
    )
    assert [each.ok for each in records] == [False, False, False, True, True, True]
    assert not list(out.rglob(".patra-*"))


def test_options_that_are_none_are_refused_at_once(folder: pathlib.Path) -> None:
    wrong: list[dict[str, Any]] = [
        *({"jobs": 0}, {"on_error": "ignore"}, {"only": ["poster"]}, {"papers": ["poster"]}, {"seed": -1}),
        *({"flip": "sideways"}, {"back_offset": (9.0, 0.0)}, {"format": "new"}),
    ]
    for each in wrong:
        with pytest.raises(ValueError):
            patra.build_many(folder, None, **each)
    with pytest.raises(FileNotFoundError):
        patra.build_many(folder.parent / "none", None).__next__()
    (folder.parent / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="no source"):
        list(patra.build_many(folder.parent / "empty", None))
    (record,) = patra.build_many(folder.parent / "empty", None, on_error="collect")
    assert record.source == str(folder.parent / "empty") and isinstance(record.error, FileNotFoundError)


def test_a_record_tells_of_its_files(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    import hashlib

    (record,) = patra.build_many(folder / "p0.hi.md", tmp_path / "out", only=["sheets"])
    assert record.folder is not None
    for file in record.files:
        data = pathlib.Path(record.folder, file.name).read_bytes()
        assert isinstance(file, BuiltFile) and file.data is None
        assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert {file.name for file in record.files} == tree(pathlib.Path(record.folder)).keys()
    (other,) = patra.build_many(folder / "p0.hi.md", None, only=["sheets"])
    assert other.row()["sha256"] == record.row()["sha256"] and other.files[0].data is not None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_begins_anew(folder: pathlib.Path) -> None:
    (folder / "p2.hi.md").unlink()
    builds = patra.build_many(folder, None, jobs=2, locks=False)
    next(builds)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        said = b"0"
        try:
            next(builds)
        except RuntimeError as error:
            said = b"1" if "another process" in str(error) else b"0"
        builds.close()
        os.write(writing, said + str(len(list(patra.build_many(folder, None, jobs=2, locks=False)))).encode())
        os._exit(0)
    assert os.read(reading, 2) == b"15"
    assert os.waitpid(child, 0)[1] == 0
    assert len(list(builds)) == 4


def build_in_another_process(folder: str) -> list[dict[str, Any]]:
    return [each.row() for each in patra.build_many(folder, None, on_error="collect", locks=False)]


def test_a_spawned_process_gives_the_same(folder: pathlib.Path) -> None:
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(1) as pool:
        rows = pool.apply(build_in_another_process, (str(folder),))
    assert rows == build_in_another_process(str(folder))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_ends_it_and_leaves_nothing_half_written(folder: pathlib.Path, tmp_path: pathlib.Path) -> None:
    program = """
        import os, signal, sys, threading, time, patra
        sent = []
        def send():
            sent.append(time.perf_counter()); os.kill(os.getpid(), signal.SIGINT)
        def sources():
            for n in range(100_000):
                yield {"text": open(sys.argv[1], encoding="utf-8").read(), "name": f"n{n}.md"}
        taken = 0
        try:
            for each in patra.build_many(sources(), sys.argv[2], jobs=2):
                taken += 1
                if taken == 3:
                    threading.Timer(0.01, send).start()
        except KeyboardInterrupt:
            print((time.perf_counter() - sent[0]) * 1000, taken, flush=True)
        """
    command = [sys.executable, "-c", textwrap.dedent(program), str(folder / "p0.hi.md"), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    waited, taken = done.stdout.split()
    assert float(waited) < 100, done
    assert len(list((tmp_path / "out").iterdir())) == int(taken) and not list((tmp_path / "out").rglob(".patra-*"))


def test_threads_share_the_work(folder: pathlib.Path) -> None:
    """Two threads at work at one time, which they could not be if each held the interpreter."""
    running: set[int] = set()
    most = 0
    stop = threading.Event()

    def watch() -> None:
        nonlocal most
        while not stop.is_set():
            most = max(most, len([each for each in threading.enumerate() if each.name.startswith("patra")]))
            time.sleep(0.001)

    watcher = threading.Thread(target=watch)
    watcher.start()
    list(patra.build_many([folder / "p0.hi.md"] * 12, None, jobs=3, locks=False))
    stop.set()
    watcher.join()
    assert most == 3 and not running
