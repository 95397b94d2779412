"""Decks that Anki itself and genanki wrote come back: their questions, answers and gaps, in the decks they lie in."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import genanki
import pytest
from anki.collection import Collection, ExportAnkiPackageOptions
from conftest import Run
from test_deck import png

PICTURE = "नक्शा 1.png"


@dataclass(frozen=True)
class Given:
    """A note, and what becomes of it."""

    kind: str
    fields: list[str]
    deck: str
    tags: list[str]
    found: list[tuple[str, ...]]


# The texts of what is found are written as Anki writes them.
NOTES = [
    Given("Basic", ["Capital of France", "Paris"], "Earth::Europe", ["city"], [("definition", "Capital of France", "Paris")]),
    Given(
        "Basic",
        ["नदी कहाँ से निकलती है?", "<div>एक <b>स्रोत</b> से,</div><div>जैसे <i>हिमनद</i> &amp; झील &lt;1&gt;</div>"],
        "Earth",
        ["जल", "leech"],
        [("question", "नदी कहाँ से निकलती है?", "एक <b>स्रोत</b> से,<br>जैसे <i>हिमनद</i> & झील <1>")],
    ),
    Given(
        "Basic",
        [f'<img src="{PICTURE}">', 'A map of <a href="https://example.org/x">France</a>'],
        "Earth::Europe",
        ["city", "map::old"],
        [
            ("figure", "media/नक्शा-1.png"),
            ("question", "नक्शा 1", 'A map of <a href="https://example.org/x">France</a>'),
        ],
    ),
    Given(
        "Basic",
        ["Rivers", "<ol><li>Rhine</li><li>Elbe, <u>too</u></li></ol><table><tr><th>a</th></tr><tr><td>1</td></tr></table>"],
        "Earth::Europe::Water",
        [],
        [("definition", "Rivers", ""), ("list", "Rhine", "Elbe, too"), ("table", "a", "1")],
    ),
    Given(
        "Basic",
        ["Area of a circle", "\\(\\pi r^2\\) [sound:gone.mp3]"],
        "Numbers",
        [],
        [("definition", "Area of a circle", "\\(\\pi r^2\\) gone.mp3")],
    ),
    Given("Basic (and reversed card)", ["पहाड़", "mountain"], "Words::हिन्दी", [], [("definition", "पहाड़", "mountain")]),
    Given(
        "Basic (optional reversed card)",
        ["कुत्ता", "dog", "y"],
        "Words::हिन्दी",
        [],
        [("definition", "कुत्ता", "dog"), ("paragraph", "Add Reverse: y")],
    ),
    Given("Basic (type in the answer)", ["2 + 2", "4"], "Numbers", [], [("definition", "2 + 2", "4")]),
    Given(
        "Cloze",
        ["{{c2::दिल्ली::शहर}} {{c1::भारत}} की <b>{{c2::राजधानी}}</b> है।", ""],
        "Earth::Asia",
        ["city"],
        [("cloze", "{{c2::दिल्ली::शहर}} {{c1::भारत}} की <b>{{c2::राजधानी}}</b> है।")],
    ),
    Given(
        "Cloze",
        ["Two\nand {{c1::\\(2 + \\frac{1}{2}\\)}}&nbsp;halves", "Really"],
        "Numbers",
        [],
        [("cloze", "Two and {{c1::\\(2 + \\frac{1}{2}\\)}} halves"), ("paragraph", "Back Extra: Really")],
    ),
]


def by_anki(folder: Path, legacy: bool = False) -> Path:
    path = folder / "deck.apkg"
    collection = Collection(str(folder / "collection.anki2"))
    collection.media.write_data(PICTURE, png(1))
    for given in NOTES:
        note = collection.new_note(collection.models.by_name(given.kind))
        note.fields, note.tags = list(given.fields), list(given.tags)
        collection.add_note(note, collection.decks.id(given.deck))
    exported(collection, path, legacy)
    collection.close()
    return path


def exported(collection: Collection, path: Path, legacy: bool) -> None:
    options = ExportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy)
    collection.export_anki_package(out_path=str(path), options=options, limit=None)


def by_anki_for_old_ankis(folder: Path) -> Path:
    return by_anki(folder, legacy=True)


MODELS = {
    "Basic": genanki.BASIC_MODEL,
    "Basic (and reversed card)": genanki.BASIC_AND_REVERSED_CARD_MODEL,
    "Basic (optional reversed card)": genanki.BASIC_OPTIONAL_REVERSED_CARD_MODEL,
    "Basic (type in the answer)": genanki.BASIC_TYPE_IN_THE_ANSWER_MODEL,
    "Cloze": genanki.CLOZE_MODEL,
}


def by_genanki(folder: Path) -> Path:
    path = folder / "deck.apkg"
    (folder / PICTURE).write_bytes(png(1))
    decks: dict[str, genanki.Deck] = {}
    for given in NOTES:
        deck = decks.setdefault(given.deck, genanki.Deck(1_700_000_000 + len(decks), given.deck))
        deck.add_note(genanki.Note(model=MODELS[given.kind], fields=given.fields, tags=given.tags))
    genanki.Package(list(decks.values()), media_files=[folder / PICTURE]).write_to_file(path)
    return path


WRITERS = [by_anki, by_anki_for_old_ankis, by_genanki]


def imported(patra: Callable[..., Run], deck: Path) -> dict:
    """The model of the source that a deck becomes."""
    source = deck.with_name("out") / "notes.md"
    source.parent.mkdir(exist_ok=True)
    ran = patra("import", deck, "-o", source, "--force")
    assert ran.returncode == 0, ran.stderr
    assert [line for line in ran.stderr.splitlines() if line.startswith(("error", "warning["))] == [
        "warning[P0126]: the file `gone.mp3` is named by a note and is not in the package"
    ]
    ran = patra("export", "--json", source)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


MARKS = {"strong": "<b>{}</b>", "emphasis": "<i>{}</i>"}


def written(text: str | list) -> str:
    """A text as Anki writes it."""
    if isinstance(text, str):
        return text
    out = ""
    for run in text:
        if isinstance(run, str):
            out += run
            continue
        ((kind, inner),) = run.items()
        match kind:
            case "break":
                out += "<br>"
            case "math":
                out += f"\\({inner}\\)"
            case "gap":
                hint = f"::{inner['hint']}" if "hint" in inner else ""
                out += f"{{{{c{inner['number']}::{written(inner['text'])}{hint}}}}}"
            case "link":
                out += f'<a href="{inner["target"]}">{written(inner["text"])}</a>'
            case _:
                out += MARKS[kind].format(written(inner))
    return out


def found(blocks: list[dict]) -> Iterator[tuple[str, ...]]:
    """What blocks say, each with its kind first."""
    for block in blocks:
        ((kind, inner),) = block.items()
        match kind:
            case "definition":
                yield kind, written(inner["term"]), written(inner["meaning"])
            case "question":
                yield kind, written(inner["prompt"]), written(inner["answer"])
            case "figure":
                yield kind, inner["source"]
            case "list":
                yield kind, *(written(item["text"]) for item in inner["items"])
            case "table":
                cells = [cell for row in inner["rows"] for cell in row["cells"]]
                yield kind, *(written(column["heading"]) for column in inner["columns"]), *map(written, cells)
            case _:
                yield kind, written(inner["text"])
        yield from found(inner.get("details", []))


def sections(model: dict, path: str = "") -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """What each section says, by the headings that lead to it."""
    for section in model.get("sections", []):
        here = f"{path}::{written(section['heading'])}".removeprefix("::")
        yield here, list(found(section.get("blocks", [])))
        yield from sections(section, here)


def ids(model: dict) -> list[str]:
    return re.findall(r'"id": "(note-[^"]*)"', json.dumps(model))


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.__name__)
def test_notes_come_back_in_their_decks(patra: Callable[..., Run], tmp_path: Path, writer: Callable[[Path], Path]) -> None:
    model = imported(patra, writer(tmp_path))
    expected: dict[str, list[tuple[str, ...]]] = {}
    for given in NOTES:
        expected.setdefault(given.deck, []).extend(given.found)
    assert {path: blocks for path, blocks in sections(model) if blocks} == expected
    assert set(model["tags"]) == {tag for given in NOTES for tag in given.tags} - {"leech"}
    assert (tmp_path / "out" / "media" / "नक्शा-1.png").read_bytes() == png(1)
    assert len(set(ids(model))) == len(NOTES)


def test_a_note_keeps_its_id_in_every_form_and_when_it_is_mended(patra: Callable[..., Run], tmp_path: Path) -> None:
    first = ids(imported(patra, by_anki(tmp_path)))
    collection = Collection(str(tmp_path / "collection.anki2"))
    for note in map(collection.get_note, collection.find_notes("")):
        note.fields[0] = f"{note.fields[0]} mended"
        collection.update_note(note)
    for legacy in (False, True):
        exported(collection, tmp_path / "deck.apkg", legacy)
        model = imported(patra, tmp_path / "deck.apkg")
        assert (ids(model), json.dumps(model).count("mended")) == (first, len(NOTES))
    collection.close()
