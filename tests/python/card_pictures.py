"""Pictures of each note type's cards, as a phone shows them, light and dark: `python card_pictures.py [FOLDER]`.

They are taken by headless Chromium of cards that Anki rendered from a deck that patra wrote, and kept under docs/cards, in
few colours. Needs Debian's chromium, fonts for Devanagari and Nastaliq (fonts-noto-core), and Pillow.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from conftest import REPOSITORY
from PIL import Image, ImageChops

WIDTH = 360
# In device pixels of a phone's small screen: twice the size is not needed to see whether marks stand free.
HEIGHT = 640

HEART = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><rect width="320" height="200" fill="#f4efe6"/>
<path d="M20 160 Q80 60 160 120 T300 60" fill="none" stroke="#3a7ca5" stroke-width="10"/><circle cx="262" cy="44" r="26" fill="#f2b705"/>
<path d="M40 60 h70 v-20 h-70 z M50 60 v60 h50 v-60" fill="#a44" stroke="#622" stroke-width="3"/></svg>"""

MATERIAL = {
    "patra": 1, "id": "cards", "title": "बीपीओ: एक परिचय", "language": "hi", "updated": "2026-01-01", "source": "मुक्त पाठ्यक्रम, अध्याय २",
    "sections": [{"heading": "मूल बातें", "blocks": [
        {"definition": {"id": "bpo", "term": "BPO", "full_form": "Business Process Outsourcing",
                        "meaning": ["किसी ", {"strong": "दूसरी कंपनी"}, " से अपने काम का एक हिस्सा कराना।"],
                        "details": [{"note": {"kind": "note", "blocks": [{"paragraph": {"text": "जैसे ग्राहक सेवा, लेखा और भर्ती।"}}]}}]}},
        {"question": {"id": "gain", "prompt": "कंपनियाँ काम बाहर क्यों देती हैं?", "answer": "लागत घटाने के लिए।",
                      "hint": "हिसाब की सोचिए"}},
        {"question": {"id": "which", "prompt": "कौन-सा काम बैक ऑफ़िस का है?", "choices": [
            {"text": "ग्राहक से फ़ोन पर बात"}, {"text": "वेतन का हिसाब", "correct": True}, {"text": "बिक्री के लिए कॉल"}], "answer": "इसमें ग्राहक से बात नहीं होती।"}},
        {"cloze": {"id": "city", "text": ["आने वाली कॉल ", {"gap": {"text": "इनबाउंड", "hint": "भीतर"}}, " और जाने वाली ", {"gap": {"text": "आउटबाउंड"}}, " कहलाती है।"]}},
        {"comparison": {"id": "two", "subjects": [{"name": "इनबाउंड"}, {"name": "आउटबाउंड"}], "aspects": [
            {"id": "aim", "name": "उद्देश्य", "cells": ["सहायता", "बिक्री"]}]}},
        {"figure": {"source": "river.svg", "alt": "नदी के किनारे घर", "regions": [
            {"id": "sun", "name": "सूरज", "at": [0.73, 0.08, 0.18, 0.28]}, {"id": "house", "name": "घर", "at": [0.1, 0.18, 0.27, 0.44]}]}},
    ]}],
}  # fmt: skip
URDU = {
    "patra": 1, "id": "cards", "title": "بی پی او", "language": "ur", "updated": "2026-01-01",
    "sections": [{"heading": "بنیادی باتیں", "blocks": [
        {"definition": {"id": "bpo", "term": ["بی پی او ", {"language": {"text": "(BPO)", "language": "en"}}],
                        "meaning": "کسی دوسری کمپنی سے اپنے کام کا ایک حصہ کروانا۔"}}]}],
}  # fmt: skip

# The name of the picture, the deck it comes from, the card, and a script to run on it.
CARDS = [
    ("basic", MATERIAL, [], "Id:gain.question", ""),
    ("reversed", MATERIAL, ["--reversed"], "Id:bpo.meaning card:2", ""),
    ("typed", MATERIAL, ["--typed"], "Id:bpo.full-form", ""),
    ("gap", MATERIAL, [], "Id:city.gap-1 card:1", ""),
    ("choice", MATERIAL, [], "Id:which.choice", "document.querySelectorAll('.choices li')[0].click()"),
    ("comparison", MATERIAL, [], "Id:two.aim.row", ""),
    ("occlusion", MATERIAL, [], "Id:sun.region", ""),
    ("urdu", URDU, [], "Id:bpo.meaning", ""),
]


def page(rendered: str, typed: str, media: Path, script: str, dark: bool) -> str:
    """A side of a card as Anki's web view has it, with what Anki puts there for an answer to be typed."""
    night = " nightMode night_mode" if dark else ""
    rendered = re.sub(r"\[\[type:[^\]]*\]\]", lambda _: typed, rendered)
    return (
        f'<!doctype html><html class="{"night-mode" if dark else ""}"><meta charset="utf-8"><base href="{media.as_uri()}/">'
        f'<body class="card{night}">{rendered}<script>{script}</script></body></html>'
    )


def shoot(html: str, folder: Path, name: str) -> Image.Image:
    source, target = folder / f"{name}.html", folder / f"{name}.png"
    source.write_text(html, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", f"--window-size=500,{HEIGHT}"]
    # Chromium makes no window narrower than 500: the page is shown in a frame of a phone's width.
    frame = folder / f"{name}-frame.html"
    frame.write_text(f'<body style="margin:0"><iframe src="{source.name}" style="border:0" width="{WIDTH}" height="{HEIGHT}"></iframe>')
    subprocess.run([*command, f"--screenshot={target}", frame.as_uri()], check=True, capture_output=True, timeout=60)
    return Image.open(target).convert("RGB").crop((0, 0, WIDTH, HEIGHT))


def beside(pictures: list[Image.Image]) -> Image.Image:
    """The pictures in a row, cut below the last line that holds something."""

    def used(picture: Image.Image) -> int:
        ground = Image.new("RGB", picture.size, picture.getpixel((0, HEIGHT - 1)))
        box = ImageChops.difference(picture, ground).getbbox()
        return min(HEIGHT, (box[3] if box else 0) + 14)

    height = max(map(used, pictures))
    row = Image.new("RGB", (WIDTH * len(pictures), height))
    for index, picture in enumerate(pictures):
        row.paste(picture.crop((0, 0, WIDTH, height)), (index * WIDTH, 0))
    return row


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "docs" / "cards"
    target.mkdir(parents=True, exist_ok=True)
    for name, material, options, card, script in CARDS:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            (folder / "media").mkdir()
            (folder / "media" / "river.svg").write_text(HEART, encoding="utf-8")
            (folder / "material.json").write_text(json.dumps(material), encoding="utf-8")
            command = ["cargo", "run", "--quiet", "--package", "patra-anki", "--example", "deck", "--", folder / "material.json"]
            command += [folder / "deck.apkg", "--media", folder / "media", *options]
            subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
            collection = Collection(str(folder / "collection.anki2"))
            request = ImportAnkiPackageRequest(package_path=str(folder / "deck.apkg"), options=ImportAnkiPackageOptions())
            collection.import_anki_package(request)
            found = collection.get_card(min(collection.find_cards(card)))
            sides = [found.question(), found.answer()]
            words = found.note()["Typed"] if "Typed" in found.note() else ""
            typed = ['<center><input type="text" id="typeans"></center>', collection.compare_answer(words, words.replace("ss", "s", 1))]
            media = Path(collection.media.dir())
            shots = [
                shoot(page(side, typed[index], media, script if index == 0 else "", dark), folder, f"{index}{dark}")
                for dark in (False, True)
                for index, side in enumerate(sides)
            ]
            collection.close()
            picture = beside(shots).quantize(48, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
            path = target / f"{name}.png"
            picture.save(path, optimize=True)
            print(f"{path.name}: {path.stat().st_size} bytes")
            assert path.stat().st_size <= 30_000


if __name__ == "__main__":
    main()
