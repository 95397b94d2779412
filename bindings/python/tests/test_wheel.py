"""The wheel, in an environment where nothing else is."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
import zipfile

import pytest

import patra

PACKAGE = pathlib.Path(__file__).parents[1]


def run(*command: object, cwd: pathlib.Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_works_with_nothing_else_installed(tmp_path: pathlib.Path) -> None:
    maturin = pathlib.Path(sys.executable).with_name("maturin")
    if not maturin.exists():
        pytest.skip("maturin is not installed here")
    # Not for release, which would take minutes: what is packed is the same.
    run(maturin, "build", "--quiet", "--locked", "--out", tmp_path / "wheels", cwd=PACKAGE)
    (wheel,) = (tmp_path / "wheels").iterdir()
    assert re.match(rf"patra-{re.escape(patra.__version__)}-cp310-abi3-", wheel.name)
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        metadata = packed.read(f"patra-{patra.__version__}.dist-info/METADATA").decode()
    own = {name.removeprefix("patra/") for name in names if name.startswith("patra/")}
    assert {"py.typed", "_patra.pyi", "__init__.py"} <= own and not [name for name in own if "test" in name]
    assert names == {f"patra/{name}" for name in own} | {name for name in names if ".dist-info/" in name}
    readme = (PACKAGE / "README.md").read_text("utf-8")
    assert readme.strip() in metadata and "Requires-Dist" not in metadata

    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    scripts = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", "--no-index", wheel, cwd=tmp_path)
    installed = run(scripts / "python", "-m", "pip", "list", "--format", "freeze", cwd=tmp_path).split()
    assert {each.split("==")[0] for each in installed} - {"pip", "setuptools"} == {"patra"}
    for number, example in enumerate(re.findall(r"^```python\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)):
        (tmp_path / f"example{number}.py").write_text(example, "utf-8")
        assert "evaporation.meaning" in run(scripts / "python", "-X", "utf8", tmp_path / f"example{number}.py", cwd=tmp_path)
    assert (tmp_path / "handout.pdf").read_bytes().startswith(b"%PDF") and (tmp_path / "deck.apkg").exists()
    (tmp_path / "water.hi.md").write_text(patra.course().to_markdown(), "utf-8")
    run(scripts / "patra", "build", "water.hi.md", "-o", "printed", cwd=tmp_path)
    assert (tmp_path / "printed" / "bpo" / "hi" / "handout.pdf").exists()
