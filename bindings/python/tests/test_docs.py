"""The examples of the documentation, run."""

from __future__ import annotations

import doctest
import inspect
import pathlib
import re

import pytest

import patra

PACKAGE = pathlib.Path(__file__).parent.parent
PAGES = [PACKAGE / "README.md", PACKAGE.parent.parent / "docs" / "python.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run(
    page: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = page.read_text("utf-8")
    names: dict[str, object] = {}
    examples = list(re.finditer(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
    assert examples
    for example in examples:
        line = text[: example.start(1)].count("\n")
        exec(compile("\n" * line + example[1], str(page), "exec"), names)
    assert capsys.readouterr().out


@pytest.mark.parametrize("module", ["patra", "patra.text", "patra.material"])
def test_doc_strings_run(module: str) -> None:
    names = {name: getattr(patra, name) for name in patra.__all__}
    found = doctest.testmod(__import__(module, fromlist=["_"]), extraglobs=names)
    assert found.attempted > 0 and found.failed == 0


def test_every_public_name_is_documented_and_tested() -> None:
    tests = "".join(path.read_text("utf-8") for path in pathlib.Path(__file__).parent.glob("*.py"))
    for name in patra.__all__:
        value = getattr(patra, name)
        if isinstance(value, type):
            assert (value.__doc__ or "").strip(), name
            for member, each in vars(value).items():
                if not member.startswith("_") and callable(getattr(each, "__func__", each)):
                    assert (getattr(each, "__doc__", "") or "").strip(), f"{name}.{member}"
        # An alias is seen by the type checkers alone.
        if isinstance(value, type) or inspect.isfunction(value):
            assert re.search(rf"\b{name}\b", tests), f"no test names {name}"
