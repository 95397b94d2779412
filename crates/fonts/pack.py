"""Packs the fonts for the program: every `.ttf` under `fonts` becomes a `.ttf.zst` in `packed`. Run by `just pack-fonts`."""

from pathlib import Path

import zstandard

# The strongest level: a face is unpacked as fast as at any other.
LEVEL = 22

here = Path(__file__).parent
packer = zstandard.ZstdCompressor(level=LEVEL)
for font in sorted((here / "fonts").rglob("*.ttf")):
    (here / "packed" / f"{font.name}.zst").write_bytes(packer.compress(font.read_bytes()))
