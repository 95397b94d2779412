"""Writes decks of every note type, asked in every way and in both forms: `python every_deck.py FOLDER`."""

import json
import subprocess
import sys
from pathlib import Path

from conftest import REPOSITORY
from test_deck import EVERY_KIND, WAYS, png

folder = Path(sys.argv[1])
(folder / "media").mkdir(parents=True)
(folder / "media" / "a.png").write_bytes(png(1))
(folder / "material.json").write_text(json.dumps(EVERY_KIND), encoding="utf-8")
for way, options in WAYS.items():
    for form in ([], ["--legacy"]):
        deck = folder / f"{'-'.join([way, *(['legacy'] if form else [])])}.apkg"
        command = ["cargo", "run", "--quiet", "--package", "patra-anki", "--example", "deck", "--", folder / "material.json", deck]
        subprocess.run([*command, "--media", folder / "media", *options, *form], cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
