"""Problems, exceptions, and what stops work in the middle."""

from __future__ import annotations

import copy
import os
import pathlib
import pickle
import signal
import subprocess
import sys
import textwrap

import pytest

import patra
from patra import Diagnostic, PatraError, PatraWarning, SourceError

JSON = '{"patra": 1, "title": "क", "language": "hi",\n "sections": [{"heading": "क्षमा", "colour": 1}]}'


def test_an_exception_tells_where(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "पाठ.json"
    path.write_text(JSON, "utf-8")
    with pytest.raises(SourceError) as caught:
        patra.read(path)
    error = caught.value
    assert (error.code, error.path, error.line, error.column) == ("P0012", str(path), 2, 33)
    assert str(error).startswith(f"{path}:2:33: error[P0012]: ") and "colour" in str(error)
    assert isinstance(error, ValueError) and len(error.diagnostics) == 1
    assert patra.check(path) == error.diagnostics


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: pathlib.Path) -> None:
    for action in (patra.read, patra.check):
        with pytest.raises(FileNotFoundError) as caught:
            action(tmp_path / "none.md")
        assert caught.value.filename == str(tmp_path / "none.md") and not isinstance(caught.value, PatraError)
        with pytest.raises(IsADirectoryError):
            action(tmp_path)
        with pytest.raises(TypeError):
            action(5)  # type: ignore[arg-type]


def test_exceptions_pickle_and_copy_with_all_they_know() -> None:
    with pytest.raises(SourceError) as caught:
        patra.loads(JSON, "a.json")
    for again in (pickle.loads(pickle.dumps(caught.value)), copy.deepcopy(caught.value)):
        assert type(again) is SourceError and again.diagnostics == caught.value.diagnostics
        assert str(again) == str(caught.value) and again.column == 33
    with pytest.raises(patra.ModelError) as plain:
        patra.Definition("क", id="a b")
    again = pickle.loads(pickle.dumps(plain.value))
    assert str(again) == str(plain.value) and again.code is None and again.hint is None
    warning = PatraWarning(caught.value.diagnostics[0])
    assert pickle.loads(pickle.dumps(warning)).diagnostic == warning.diagnostic


def test_a_diagnostic_reads_as_a_line() -> None:
    full = Diagnostic("P0030", "error", "two things have one id", "rename one", "a.md", 3, 5)
    assert str(full) == "a.md:3:5: error[P0030]: two things have one id (rename one)" and full.is_error
    assert str(Diagnostic("P0050", "warning", "long")) == "warning[P0050]: long"
    assert len({full, pickle.loads(pickle.dumps(full))}) == 1


def test_the_message_names_every_error_and_the_attributes_the_first() -> None:
    found = [
        Diagnostic("P0014", "warning", "no title", None, "a", 1, 1),
        Diagnostic("P0030", "error", "one", "hint", "a", 2, 1),
        Diagnostic("P0031", "error", "two", None, "a", 3, 1),
    ]
    error = PatraError(diagnostics=found)
    assert str(error).splitlines() == ["a:2:1: error[P0030]: one (hint)", "a:3:1: error[P0031]: two"]
    assert (error.code, error.line, error.hint, len(error.diagnostics)) == ("P0030", 2, "hint", 3)


def test_the_classes_stand_under_one() -> None:
    for each in (SourceError, patra.ModelError, patra.ExportError, patra.InternalError):
        assert issubclass(each, PatraError)
    assert issubclass(PatraError, ValueError) and issubclass(PatraWarning, UserWarning)


def run(program: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=60, encoding="utf-8"
    )


def test_a_panic_is_an_internal_error() -> None:
    from patra import _patra

    with pytest.raises(patra.InternalError, match=r"on purpose \(at .*\.rs:\d+:\d+\); please report it"):
        _patra.panic()
    # On another thread the work is not handed on; a panic is caught there too.
    done = run(
        """
        import threading, patra
        from patra import _patra
        def work():
            try:
                _patra.panic()
            except patra.InternalError as error:
                print("caught", error)
        thread = threading.Thread(target=work); thread.start(); thread.join()
        """
    )
    assert done.stdout.startswith("caught") and "on purpose" in done.stdout and done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_is_heard_within_a_tenth_of_a_second() -> None:
    done = run(
        """
        import os, signal, threading, time
        from patra import _patra
        sent = []
        def send():
            time.sleep(0.3); sent.append(time.perf_counter()); os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=send).start()
        try:
            _patra.wait(20_000)
        except KeyboardInterrupt:
            print((time.perf_counter() - sent[0]) * 1000, flush=True)
            os._exit(0)
        """
    )
    assert float(done.stdout) < 100, done


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_works_after_use(course: patra.Material) -> None:
    expected = course.deck()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(30)
        same = b"1" if course.deck() == expected and len(course.sheets()) > 3 else b"0"
        os.write(writing, same)
        os._exit(0)
    assert os.read(reading, 1) == b"1"
    assert os.waitpid(child, 0)[1] == 0


def test_importing_starts_no_thread() -> None:
    done = run("import patra, os; print(len(os.listdir('/proc/self/task')) if os.path.exists('/proc') else 1)")
    assert done.stdout.strip() == "1", done
