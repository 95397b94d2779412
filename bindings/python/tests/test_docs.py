"""The examples of the documentation, run."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import pathlib
import re
from xml.etree import ElementTree

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
    for library in re.findall(r"^import (pandas|polars|pyarrow|duckdb)$", text, re.MULTILINE):
        pytest.importorskip(library)
    names: dict[str, object] = {}
    examples = list(re.finditer(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
    assert examples
    for example in examples:
        line = text[: example.start(1)].count("\n")
        exec(compile("\n" * line + example[1], str(page), "exec"), names)
    assert capsys.readouterr().out


def test_the_notebook_runs(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cells one after the other; what each ends with shows well in a notebook."""
    pytest.importorskip("polars")
    monkeypatch.chdir(tmp_path)
    notebook = json.loads((PACKAGE / "examples" / "vocabulary.ipynb").read_text("utf-8"))
    names: dict[str, object] = {}
    shown = []
    for cell in notebook["cells"]:
        assert not cell.get("outputs"), "outputs are not kept, since they would fall behind"
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "notebook", "exec"), names)
            if last is not None:
                shown.append(eval(compile(ast.Expression(last.value), "notebook", "eval"), names))
    section, kinds, (read, different), growth, bars, deck, item, plan = shown
    assert isinstance(section, patra.Section) and isinstance(item, patra.Item) and "lang=" in item._repr_html_()
    assert read > different > 100 and kinds.height > 3
    for plot in (growth, bars):
        ElementTree.fromstring(plot._repr_svg_())
    assert "बीपीओ" in bars._repr_svg_()
    assert pathlib.Path("bpo-vocabulary.apkg").read_bytes() == deck
    assert set(plan) == {"unchanged"} and plan["unchanged"] == len(deck.changes)


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
