"""Decks, judged by Anki itself: they import, render, and may be imported again after every change.

The tests run with any Anki from 23.10, and with 2.1.54 but for what it lacks itself: up to 24.11 an updated note gets the time of the import, from 25.02 its own time.
`PATRA_SEQUENCES` sets how many random sequences of edits are tried, and `PATRA_FIRST_SEQUENCE` from which on.
"""

import html
import io
import json
import os
import random
import re
import sqlite3
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import zstandard
from anki import import_export_pb2
from anki.collection import Collection
from conftest import example

SEQUENCES = int(os.environ.get("PATRA_SEQUENCES", "20"))
FIRST = int(os.environ.get("PATRA_FIRST_SEQUENCE", "0"))
# Anki 2.1.54 knows no options of an import, writes nothing down until it is told to, and reads media in the legacy form only.
OLD = not hasattr(import_export_pb2, "ImportAnkiPackageOptions")
RETIRED = "patra::retired"


@dataclass
class Deck:
    """A package, and what patra said of each note in it."""

    path: Path
    changes: dict[str, str]

    def notes(self) -> dict[str, tuple[str, str, int]]:
        """Fields but the headings, tags and time by GUID, as they stand in the package."""
        with zipfile.ZipFile(self.path) as package:
            if "collection.anki21b" in package.namelist():
                data = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(package.read("collection.anki21b"))).read()
            else:
                data = package.read("collection.anki2")
        database = sqlite3.connect(":memory:")
        database.deserialize(data)
        return {guid: (said(fields), tags, mod) for guid, fields, tags, mod in database.execute("select guid, flds, tags, mod from notes")}


def said(fields: str) -> str:
    """The fields of a note without those of its headings, which arrive with its next change."""
    parts = fields.split("\x1f")
    # The third of the fifteen that all note types end with.
    parts[-13] = ""
    return "\x1f".join(parts)


Build = Callable[..., Deck]
Patra = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def writer() -> Path:
    """The example program that writes a deck and keeps its lock."""
    return example("deck")


@pytest.fixture
def build(writer: Path, tmp_path: Path) -> Build:
    """Builds the deck of a model, with the lock of the builds before it."""

    def run(
        model: dict, *, now: int | None = None, media: dict[str, bytes] | None = None, legacy: bool = False, more: Sequence[str] = ()
    ) -> Deck:
        folder = tmp_path / "media"
        folder.mkdir(exist_ok=True)
        for name, data in (media or {}).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(data)
        source = tmp_path / "material.json"
        source.write_text(json.dumps(model), encoding="utf-8")
        path = tmp_path / "deck.apkg"
        lock = [] if now is None else [tmp_path / "patra.lock", now]
        command = [writer, source, path, *lock, "--media", folder, *(["--legacy"] if legacy else []), *more]
        ran = subprocess.run([str(part) for part in command], capture_output=True, encoding="utf-8", timeout=60)
        assert ran.returncode == 0, ran.stderr
        lines = [line.split(" ") for line in ran.stdout.splitlines() if not line.startswith(("warning", "error"))]
        return Deck(path, {guid: kind for kind, _, guid in lines})

    return run


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """A learner's collection, empty."""
    collection = Collection(str(tmp_path / "collection.anki2"))
    yield collection
    collection.close()


def imported(collection: Collection, deck: Path, *, presets: bool = False) -> object:
    """Imports a package as a learner does who changes no option; Anki's log of it."""
    if OLD:
        return collection.import_anki_package(str(deck)).log
    options = import_export_pb2.ImportAnkiPackageOptions(merge_notetypes=False, with_scheduling=False)
    if presets:
        options.with_deck_configs = True
    request = import_export_pb2.ImportAnkiPackageRequest(package_path=str(deck), options=options)
    return collection.import_anki_package(request).log


FATES = ["new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype", "missing_deck", "empty_first_field"]


def take(collection: Collection, deck: Path) -> dict[str, int]:
    """Imports a package; how many notes met which fate."""
    log = imported(collection, deck)
    return {name: len(getattr(log, name)) for name in FATES if getattr(log, name)}


def tables(collection: Collection) -> dict[str, list]:
    """All rows of a collection, save its own times."""
    found = {}
    for (table,) in collection.db.all("select name from sqlite_master where type = 'table' and name not like 'sqlite_stat%'"):
        columns = [row[1] for row in collection.db.all(f"pragma table_info({table})")]
        if table == "col":
            columns = [column for column in columns if column not in ("mod", "usn", "scm", "ls")]
        if table == "config":
            # An import leaves to Check Database where the next new card goes.
            found[table] = sorted(collection.db.list("select key from config where key != 'nextPos'"))
            continue
        found[table] = sorted(collection.db.all(f"select {', '.join(columns)} from {table}"), key=repr)
    return found


def words(rendered: str) -> str:
    """What a learner reads of a side of a card."""
    rendered = re.sub(r"<(style|script).*?</\1>", "", rendered, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", rendered)).strip()


def sound(collection: Collection, spoken: bool = False) -> None:
    """Whether a collection is in order: every card shows something, and Anki's own checks find nothing to mend."""
    for card_id in collection.find_cards(""):
        card = collection.get_card(card_id)
        front, back = words(card.question()), words(card.answer())
        assert front, card.note().fields
        assert len(back) > len(front) or back != front, card.note().fields
        assert spoken or not card.question_av_tags() and not card.answer_av_tags(), card.note().fields
    before = tables(collection)
    message, fine = collection.fix_integrity()
    assert fine, message
    after = tables(collection)
    assert {name for name in before if before[name] != after[name]} == set()
    assert not collection.get_empty_cards().notes
    media = collection.media.check()
    assert not media.missing and not media.unused


def png(shade: int) -> bytes:
    """A picture, as far as a deck looks into it."""
    return b"\x89PNG\r\n\x1a\n" + bytes([shade]) * 40


def material(*blocks: dict, **more: object) -> dict:
    return {"patra": 1, "id": "test", "title": "परीक्षण", "language": "hi", "sections": [{"heading": "खंड", "blocks": list(blocks)}]} | more


EVERY_KIND = material(
    {"definition": {"id": "bpo", "term": "BPO", "full_form": "Business Process Outsourcing", "meaning": "काम सौंपना", "details": [
        {"figure": {"source": "a.png", "alt": "एक चित्र", "caption": "चित्र"}},
        {"table": {"columns": [{"heading": "क"}, {"heading": "ख"}], "rows": [{"cells": ["१", "२"]}]}},
    ]}},
    {"question": {"id": "gain", "prompt": "लाभ?", "answer": ["कम ", {"strong": "लागत"}, {"math": "a<b"}], "hint": "पैसा"}},
    {"question": {"id": "which", "prompt": "कौन-सा?", "choices": [{"text": "एक"}, {"text": "दो", "correct": True}], "answer": "क्योंकि"}},
    {"cloze": {"id": "city", "text": [{"gap": {"text": "दिल्ली", "hint": "नगर"}}, " भारत की ", {"gap": {"text": [{"math": "{x^{2}}"}]}}, " है।"]}},
    {"terms": {"id": "kinds", "kind": "प्रकार", "entries": [
        {"id": "k1", "term": "पहला", "description": "एक"}, {"id": "k2", "term": "दूसरा", "description": "दो"}]}},
    {"figure": {"source": "a.png", "alt": "हृदय", "regions": [
        {"id": "left", "name": "बायाँ <अलिंद>", "at": [0.1, 0.1, 0.3, 0.2]}, {"id": "right", "name": "दायाँ", "at": [0.5, 0.125, 0.3, 0.2]}]}},
    {"comparison": {"id": "two", "subjects": [{"name": "क"}, {"name": "ख"}], "aspects": [{"id": "aim", "name": "उद्देश्य", "cells": ["कखग", "घङच"]}]}},
    tags=["बीपीओ सेवा", "a::b"], source="https://example.org/?a=1&b=2", updated="2026-01-31",
)  # fmt: skip


def test_the_course_imports_and_renders(edition: Path, collection: Collection) -> None:
    fate = take(collection, edition / "deck.apkg")
    assert fate == {"new": collection.note_count()} and fate["new"] > 50
    before = tables(collection)
    assert take(collection, edition / "deck.apkg") == {"duplicate": fate["new"]}
    assert tables(collection) == before
    sound(collection)


WAYS = {"usual": [], "reversed": ["--reversed"], "typed": ["--typed"], "both": ["--reversed", "--typed"], "speech": ["--speech"]}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("legacy", [False, True], ids=["current", "legacy"])
def test_every_note_type_is_in_order(build: Build, collection: Collection, legacy: bool, way: str) -> None:
    deck = build(EVERY_KIND, media={"a.png": png(1)}, legacy=legacy, more=WAYS[way])
    fate = take(collection, deck.path)
    assert fate == {"new": len(deck.changes)}
    types = {"question", "gaps", "choice", "comparison", "picture", *({"both ways"} if "--reversed" in WAYS[way] else {}), *({"typed answer"} if way == "typed" else {})}
    names = {model.name.removeprefix("Patra: ") for model in collection.models.all_names_and_ids() if model.name.startswith("Patra")}
    assert names == types
    before = tables(collection)
    assert take(collection, deck.path) == {"duplicate": fate["new"]}
    assert tables(collection) == before
    sound(collection, spoken=way == "speech")
    # New cards come in the order of the source, the cards of a sentence together.
    order = collection.db.list("select n.flds from cards c join notes n on n.id = c.nid order by c.due, c.ord")
    assert [fields.split("\x1f")[0] for fields in dict.fromkeys(order)] == [fields.split("\x1f")[0] for fields, _, _ in deck.notes().values()]
    assert len(collection.media.check().unused) == 0
    assert collection.decks.id_for_name("परीक्षण")
    assert {"बीपीओ-सेवा", "a::b", "test::खंड"} <= set(collection.tags.all())


def test_both_directions_are_cards_of_one_note(build: Build, collection: Collection) -> None:
    usual = build(EVERY_KIND)
    both = build(EVERY_KIND, more=["--reversed"])
    # What has no other direction keeps the note it had.
    assert len(both.changes) < len(usual.changes) and len(set(both.changes) & set(usual.changes)) > 5
    take(collection, both.path)
    cards = [collection.get_card(card) for card in collection.find_cards("Id:bpo.meaning")]
    assert [card.ord for card in cards] == [0, 1]
    assert "काम सौंपना" in words(cards[0].answer()) and "काम सौंपना" in words(cards[1].question())
    assert "BPO" in words(cards[1].answer()) and "BPO" not in words(cards[1].question()).replace("Business Process Outsourcing", "")


def test_a_typed_answer_is_compared(build: Build, collection: Collection) -> None:
    take(collection, build(EVERY_KIND, more=["--typed"]).path)
    (card,) = (collection.get_card(card) for card in collection.find_cards("Id:bpo.full-form"))
    assert card.note()["Typed"] == "Business Process Outsourcing"
    assert "[[type:Typed]]" in card.question() and "[[type:Typed]]" in card.answer()
    assert collection.compare_answer("Business Process Outsourcing", "Business Process Outsourcing").count("typeGood") == 1


def test_cards_are_read_aloud_in_their_language(build: Build, collection: Collection) -> None:
    silent, spoken = build(EVERY_KIND), build(EVERY_KIND, more=["--speech"])
    assert silent.changes == spoken.changes
    take(collection, spoken.path)
    for card in map(collection.get_card, collection.find_cards("")):
        tags = [*card.question_av_tags(), *card.answer_av_tags()]
        assert tags and {tag.lang for tag in tags} == {"hi_IN"}, card.note().fields
        assert all(tag.field_text.strip() and "</" not in tag.field_text for tag in tags)
        assert "anki:tts" not in words(card.question())
    (card,) = (collection.get_card(card) for card in collection.find_cards("Id:bpo.full-form"))
    assert [tag.field_text for tag in card.answer_av_tags()] == ["Business Process Outsourcing"]


def test_another_edition_is_shown_beside(build: Build, collection: Collection, tmp_path: Path) -> None:
    english = deepcopy(EVERY_KIND) | {"language": "en"}
    blocks = english["sections"][0]["blocks"]
    blocks[0]["definition"]["meaning"] = "giving work to <others>"
    blocks[1]["question"]["prompt"] = "Gain?"
    blocks[3]["cloze"]["text"] = [{"gap": {"text": "Delhi"}}, " is the capital"]
    (tmp_path / "english.json").write_text(json.dumps(english), encoding="utf-8")
    deck = build(EVERY_KIND, more=["--translation", tmp_path / "english.json"])
    assert deck.changes == build(EVERY_KIND).changes
    take(collection, build(EVERY_KIND, more=["--translation", tmp_path / "english.json"]).path)
    (meaning,) = (collection.get_card(card) for card in collection.find_cards("Id:bpo.meaning"))
    assert "giving work to <others>" in words(meaning.answer()) and "giving work" not in words(meaning.question())
    assert '<div lang="en" dir="ltr">' in meaning.question()
    (gain,) = (collection.get_card(card) for card in collection.find_cards("Id:gain.question"))
    assert "Gain?" in words(gain.question())
    gaps = [collection.get_card(card) for card in collection.find_cards('"note:Patra: gaps"')]
    assert all("Delhi" not in words(card.question()) for card in gaps) and "Delhi is the capital" in words(gaps[0].answer())
    sound(collection)


def test_a_region_of_a_picture_is_covered(build: Build, collection: Collection) -> None:
    take(collection, build(EVERY_KIND, media={"a.png": png(1)}).path)
    (card,) = (collection.get_card(card) for card in collection.find_cards("Id:right.region"))
    assert "हृदय" in words(card.question()) and "दायाँ" not in words(card.question())
    assert "दायाँ" in words(card.answer())
    masks = re.findall(r'<span class="(mask[^"]*)" style="([^"]*)">', card.question())
    assert masks == [
        ("mask", "left: 10.00%; top: 10.00%; width: 30.00%; height: 20.00%;"),
        ("mask this", "left: 50.00%; top: 12.50%; width: 30.00%; height: 20.00%;"),
    ]
    assert 'class="occluded asked"' in card.question() and 'class="occluded told"' in card.answer()


def test_the_same_deck_is_the_same_bytes(build: Build) -> None:
    one = build(EVERY_KIND, media={"a.png": png(1)}).path.read_bytes()
    assert build(EVERY_KIND, media={"a.png": png(1)}).path.read_bytes() == one


def test_a_gap_is_hidden_and_a_formula_is_whole(build: Build, collection: Collection) -> None:
    take(collection, build(EVERY_KIND, media={"a.png": png(1)}).path)
    first, second = (collection.get_card(card) for card in sorted(collection.find_cards('"note:Patra: gaps"')))
    assert "[नगर] भारत की \\({x^{2} }\\) है।" in words(first.question())
    assert "दिल्ली भारत की [...] है।" in words(second.question())
    assert "दिल्ली भारत की \\({x^{2} }\\) है।" in words(second.answer())


def test_an_edit_updates_one_note_and_nothing_else(build: Build, collection: Collection) -> None:
    now = int(time.time())
    take(collection, build(EVERY_KIND, now=now - 100, media={"a.png": png(1)}).path)
    reviewed = answer(collection, 5)
    # The learner adds to another note.
    (other,) = collection.find_notes("Id:which.choice")
    note = collection.get_note(other)
    note["Explanation"] += " (मेरी टिप्पणी)"
    collection.update_note(note)
    count = collection.note_count(), collection.card_count()

    edited = deepcopy(EVERY_KIND)
    edited["sections"][0]["blocks"][0]["definition"]["meaning"] = "काम दूसरों को सौंपना"
    deck = build(edited, now=now)
    updated = [guid for guid, kind in deck.changes.items() if kind == "Updated"]
    # The meaning is asked in both directions.
    assert take(collection, deck.path) == {"updated": len(updated), "duplicate": len(deck.changes) - len(updated)}
    assert len(updated) == 2
    assert (collection.note_count(), collection.card_count()) == count
    (meaning,) = collection.find_notes("Id:bpo.meaning")
    assert collection.get_note(meaning)["Answer"] == "काम दूसरों को सौंपना"
    assert collection.get_note(other)["Explanation"] == "क्योंकि (मेरी टिप्पणी)"
    assert reviews(collection) == reviewed
    sound(collection)


def test_an_edit_of_an_answer_alone_updates_exactly_one_note(build: Build, collection: Collection) -> None:
    now = int(time.time())
    take(collection, build(EVERY_KIND, now=now - 100, media={"a.png": png(1)}).path)
    edited = deepcopy(EVERY_KIND)
    edited["sections"][0]["blocks"][1]["question"]["answer"] = "कम लागत और समय"
    deck = build(edited, now=now + 100)
    assert take(collection, deck.path) == {"updated": 1, "duplicate": len(deck.changes) - 1}


def test_a_changed_picture_arrives(build: Build, collection: Collection) -> None:
    now = int(time.time())
    take(collection, build(EVERY_KIND, now=now - 100, media={"a.png": png(1)}).path)
    fate = take(collection, build(EVERY_KIND, now=now + 100, media={"a.png": png(2)}).path)
    # The picture is on the back of one note, and each of its two regions is a note.
    assert fate["updated"] == 3
    (meaning,) = collection.find_notes("Id:bpo.meaning")
    (name,) = re.findall(r'src="([^"]+)"', collection.get_note(meaning)["Details"])
    assert (Path(collection.media.dir()) / name).read_bytes() == png(2)


MP3 = b"ID3\x04" + bytes(60)
OGG = b"OggS" + bytes(60)


@pytest.mark.parametrize("legacy", [False, True], ids=["current", "legacy"])
def test_sounds_are_played_where_they_are_named(build: Build, collection: Collection, legacy: bool) -> None:
    link = {"link": {"text": "BPO", "target": "ध्वनि/bpo.mp3"}}
    model = material(
        {"definition": {"id": "bpo", "term": [link], "meaning": "काम सौंपना", "details": [{"figure": {"source": "call.bin", "alt": "अभिवादन"}}]}},
        {"cloze": {"id": "gap", "text": ["सुनिए ", {"gap": {"text": [link], "hint": "::"}}]}},
    )  # fmt: skip
    take(collection, build(model, media={"ध्वनि/bpo.mp3": MP3, "call.bin": OGG}, legacy=legacy).path)
    (meaning,) = (collection.get_card(card) for card in collection.find_cards("Id:bpo.meaning"))
    (term,) = [tag.filename for tag in meaning.question_av_tags()]
    assert term.endswith(".mp3") and (Path(collection.media.dir()) / term).read_bytes() == MP3
    # What the front has played, Anki leaves out of the back.
    assert [tag.filename[-4:] for tag in meaning.answer_av_tags()] == [".ogg"]
    (gap,) = (collection.get_card(card) for card in collection.find_cards("Id:gap.gap-1"))
    assert not gap.question_av_tags() and [tag.filename for tag in gap.answer_av_tags()] == [term]
    media = collection.media.check()
    assert not media.missing and not media.unused
    assert not collection.get_empty_cards().notes


def test_memory_does_not_grow_with_the_media(writer: Path, tmp_path: Path) -> None:
    def peak(megabytes: int) -> int:
        folder = tmp_path / str(megabytes)
        folder.mkdir()
        sounds = [f"{n}.mp3" for n in range(megabytes // 8)]
        for name in sounds:
            (folder / name).write_bytes(MP3 + os.urandom(8 << 20))
        details = [{"figure": {"source": name, "alt": name}} for name in sounds]
        source = tmp_path / "material.json"
        source.write_text(json.dumps(material({"question": {"prompt": "क?", "answer": "क", "details": details}})), encoding="utf-8")
        process = subprocess.Popen([writer, source, tmp_path / "deck.apkg", "--media", folder], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        assert (tmp_path / "deck.apkg").stat().st_size > megabytes << 20
        return usage.ru_maxrss

    assert peak(32) < peak(8) + 4096


HOSTILE = [
    "<script>alert(1)</script>", "a < b > c & d &amp; \"e\" 'f'", "{{c1::x}}", "{{Question}} {{{", "}}", "std::vec::new()",
    "[sound:a.mp3]", "[latex]x[/latex] [$]y[/$]", "[anki:tts lang=hi_IN]क[/anki:tts]", r"\(x\) \[y\] \\", "C:\\", "::", ":", "}",
    "a\u0338b", "क्‍ष \u0958 é", "\u202eabc", "😀👩‍👩‍👧", "<!-- x", "&#123;", "=1+1", "\\", "{{c1::", "[[[", "<img src=x onerror=alert(1)>",
]  # fmt: skip


@pytest.mark.parametrize("legacy", [False, True], ids=["current", "legacy"])
def test_hostile_words_are_words(build: Build, collection: Collection, legacy: bool) -> None:
    blocks = []
    for n, text in enumerate(HOSTILE):
        blocks += [
            {"question": {"id": f"q{n}", "prompt": f"प्र {text}", "answer": text, "hint": text}},
            {"question": {"id": f"c{n}", "prompt": f"च {text}", "choices": [{"text": text, "correct": True}, {"text": "क"}], "answer": text}},
            {"cloze": {"id": f"g{n}", "text": [text, " ", {"gap": {"text": text, "hint": text}}, text, {"gap": {"text": "क"}}, text]}},
        ]
    deck = build(material(*blocks, title="{{c1::<b>}}::x", tags=HOSTILE, source="<i>::"), legacy=legacy)
    assert take(collection, deck.path) == {"new": len(blocks)}
    sound(collection)
    composed = [text.replace("\u0958", "\u0915\u093c").replace("é", "\u00e9") for text in HOSTILE]
    for n, text in enumerate(composed):
        (card,) = collection.find_cards(f"Id:q{n}.question")
        card = collection.get_card(card)
        assert f"प्र {text}" in words(card.question())
        assert re.sub("\n+", "\n", words(card.answer())).endswith(f"{text}\n<i>::"), (text, words(card.answer()))
        cards = [collection.get_card(card) for card in collection.find_cards(f"Id:g{n}.gap-*")]
        first, second = sorted(cards, key=lambda card: card.ord)
        assert f"{text} [{text}]{text}क{text}" in words(first.question()), text
        assert f"{text} {text}{text}[...]{text}" in words(second.question()), text
        assert f"{text} {text}{text}क{text}" in words(second.answer()), text


@pytest.mark.parametrize("legacy", [False, True], ids=["current", "legacy"])
def test_hostile_names_of_files_are_no_names_in_the_package(build: Build, collection: Collection, legacy: bool) -> None:
    # Two files of one name in two folders, one picture under two names, a name that Anki would have to mend.
    media = {"a/x.png": png(1), "b/x.png": png(2), "again.png": png(2), "क़ é [1]:?%20.png": png(3), "c.svg": b"<svg onload='x'/>"}
    details = [{"figure": {"source": name, "alt": "\"><script>x</script>{{c1::a}}\x1f"}} for name in media]
    take(collection, build(material({"question": {"id": "q", "prompt": "क?", "answer": "ख", "details": details}}), media=media, legacy=legacy).path)
    (note,) = (collection.get_note(note) for note in collection.find_notes("Id:q.question"))
    names = re.findall(r'src="([^"]*)"', note["Details"])
    assert len(names) == 5 and len(set(names)) == 4 and names[1] == names[2]
    assert all(re.fullmatch(r"patra-[0-9a-f]{24}\.(png|svg)", name) for name in names)
    for name, data in zip(names, media.values(), strict=True):
        assert (Path(collection.media.dir()) / name).read_bytes() == data
    sound(collection)


@pytest.mark.parametrize("name", ["../secret.png", "/etc/passwd", "a/../../secret.png", "च" * 100 + ".png", "no.png", "folder"])
def test_a_file_that_may_not_be_read_is_reported_in_its_place(
    patra: Callable[..., subprocess.CompletedProcess], tmp_path: Path, name: str
) -> None:
    course = tmp_path / "course"
    (course / "folder").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(png(1))
    (course / "notes.md").write_text(f"---\ntitle: क\nlanguage: hi\n---\n\nQ: क?\nA: ख\n\n![चित्र](<{name}>)\n\n[सुनिए](<{name}.mp3>)\n", encoding="utf-8")
    ran = patra("build", course / "notes.md", "-o", tmp_path / "out", "--only", "anki")
    # The picture shows its alternative text; a sound has nothing to show in its place. `/` begins no sound in the folder.
    sound = not name.startswith("/")
    assert ran.returncode == sound and ran.stderr.count("P0065") == sound, ran.stderr
    assert "P0061" in ran.stderr and "notes.md:9:1" in ran.stderr, ran.stderr
    assert (tmp_path / "out").exists() != sound


def test_a_huge_field_is_an_error(writer: Path, tmp_path: Path) -> None:
    source = tmp_path / "material.json"
    source.write_text(json.dumps(material({"question": {"id": "q", "prompt": "क?", "answer": "क " * 300_000}})), encoding="utf-8")
    ran = subprocess.run([writer, source, tmp_path / "deck.apkg"], capture_output=True, encoding="utf-8", timeout=60)
    assert ran.returncode != 0 and "P0070" not in ran.stdout and "1000000 at most" in ran.stderr
    assert not (tmp_path / "deck.apkg").exists()


def answer(collection: Collection, count: int) -> dict:
    """Reviews some cards; what was then known of every card that has been reviewed."""
    for _ in range(count):
        card = collection.sched.getCard()
        if card is None:
            break
        card.start_timer()
        collection.sched.answerCard(card, random.choice([1, 3, 4]))
    return reviews(collection)


def reviews(collection: Collection) -> dict:
    """For each card with reviews: its schedule, and its reviews."""
    rows = collection.db.all(
        "select n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, group_concat(r.id) from cards c "
        "join notes n on n.id = c.nid join (select * from revlog order by id) r on r.cid = c.id group by c.id"
    )
    return {(guid, ord): tuple(rest) for guid, ord, *rest in rows}


@dataclass
class Author:
    """An author who edits at random."""

    random: random.Random
    count: int = 0
    sections: list[list[dict]] = field(default_factory=lambda: [[], []])
    headings: list[str] = field(default_factory=lambda: ["खंड 0", "खंड 1"])
    thrown: list[dict] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=lambda: {"a.png": png(0)})

    def word(self) -> str:
        self.count += 1
        return f"शब्द{self.count}"

    def block(self) -> dict:
        name = f"x{self.count}"
        kinds = [
            {"definition": {"id": name, "term": self.word(), "meaning": self.word()}},
            {"definition": {"id": name, "term": self.word(), "meaning": self.word(), "details": [{"figure": {"source": "a.png", "alt": "चित्र"}}]}},
            {"question": {"id": name, "prompt": self.word(), "answer": self.word()}},
            {"question": {"id": name, "prompt": self.word(), "choices": [{"text": self.word(), "correct": True}, {"text": self.word()}]}},
            {"cloze": {"id": name, "text": [self.word(), self.gap(), " ", self.gap(), self.word()]}},
            {"cloze": {"id": name, "text": [self.gap()]}},
        ]
        return self.random.choice(kinds)

    def gap(self) -> dict:
        return {"gap": {"text": self.word()}}

    def model(self) -> dict:
        sections = [{"id": f"s{n}", "heading": self.headings[n], "blocks": blocks} for n, blocks in enumerate(self.sections)]
        return material(sections=sections, tags=self.tags)

    def edit(self) -> None:
        section = self.random.choice(self.sections)
        edits = [self.insert, self.insert, self.tag, self.restore, self.rename]
        if section:
            edits += [self.reword] * 4 + [self.delete, self.move, self.shuffle, self.picture, self.change_type]
        self.random.choice(edits)(section)

    def insert(self, section: list[dict]) -> None:
        section.insert(self.random.randint(0, len(section)), self.block())

    def tag(self, _: list[dict]) -> None:
        self.tags = self.random.sample(["क", "ख", "ग"], self.random.randint(0, 2))

    def restore(self, section: list[dict]) -> None:
        if self.thrown:
            section.append(self.thrown.pop(self.random.randrange(len(self.thrown))))

    def rename(self, _: list[dict]) -> None:
        self.headings[self.random.randrange(2)] = self.word()

    def delete(self, section: list[dict]) -> None:
        self.thrown.append(section.pop(self.random.randrange(len(section))))

    def move(self, section: list[dict]) -> None:
        block = section.pop(self.random.randrange(len(section)))
        self.random.choice(self.sections).append(block)

    def shuffle(self, section: list[dict]) -> None:
        self.random.shuffle(section)

    def picture(self, _: list[dict]) -> None:
        self.media["a.png"] = png(self.random.randrange(256))

    def change_type(self, section: list[dict]) -> None:
        ((kind, block),) = self.random.choice(section).items()
        if kind == "question" and "choices" in block:
            del block["choices"]
            block["answer"] = self.word()
        elif kind == "question":
            block["choices"] = [{"text": self.word(), "correct": True}, {"text": self.word()}]

    def reword(self, section: list[dict]) -> None:
        ((kind, block),) = self.random.choice(section).items()
        if kind == "definition":
            block[self.random.choice(["term", "meaning"])] = self.word()
        elif kind == "question":
            block[self.random.choice(["prompt", "answer"])] = self.word()
        else:
            text = block["text"]
            gaps = [n for n, run in enumerate(text) if isinstance(run, dict)]
            match self.random.randrange(4):
                case 0:
                    text.insert(self.random.randint(0, len(text)), self.gap())
                case 1 if len(gaps) > 1:
                    del text[self.random.choice(gaps)]
                case 2:
                    text[self.random.choice(gaps)] = self.gap()
                case _:
                    text.append(self.word())


def hidden(collection: Collection) -> dict[tuple[str, int], str]:
    """What each gap card hides."""
    found = {}
    for guid, fields, ord in collection.db.all(
        "select n.guid, n.flds, c.ord from cards c join notes n on n.id = c.nid where n.mid = 1513194882607"
    ):
        found[guid, ord] = " ".join(re.findall(rf"{{{{c{ord + 1}::(.*?)(?:::.*?)?}}}}", fields.split("\x1f")[0]))
    return found


def cards(collection: Collection) -> dict[str, set[int]]:
    """The ordinals of each note's cards."""
    found: dict[str, set[int]] = {}
    for guid, ord in collection.db.all("select n.guid, c.ord from cards c join notes n on n.id = c.nid"):
        found.setdefault(guid, set()).add(ord)
    return found


def planned(patra: Patra, collection: Collection, source: Path, *more: object) -> dict[str, dict]:
    """What patra foresees of each note, by its GUID, while Anki has the collection open."""
    if OLD:
        collection.save()
    ran = patra("plan", source, "--collection", collection.path, "--json", *more)
    assert ran.returncode == 0, ran.stderr
    (plan,) = json.loads(ran.stdout)
    return {note["guid"]: note for note in plan["notes"]}


def fate_of_each(collection: Collection, log: object) -> dict[str, str]:
    """What Anki did with each note, by its GUID."""
    guids = dict(collection.db.all("select id, guid from notes"))
    outcomes = {"new": "new", "updated": "updated", "duplicate": "unchanged"}
    return {guids[note.id.nid]: outcome for name, outcome in outcomes.items() for note in getattr(log, name)}


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEQUENCES))
def test_no_sequence_of_edits_costs_a_learner_anything(
    build: Build, patra: Patra, collection: Collection, tmp_path: Path, seed: int
) -> None:
    author = Author(random.Random(seed))
    random.seed(seed)
    for _ in range(8):
        author.edit()
    subdecks = ["--subdecks"] if seed % 3 == 0 else []
    # A clock of our own, in the past: six builds would else take a learner who waits between them.
    started = int(time.time())
    clock = started - 1_000_000
    mine: dict[str, str] = {}
    my_tags: dict[str, set[str]] = {}
    deleted: set[str] = set()
    handed_out: dict[str, tuple[str, str, int]] = {}
    imported_last: dict[str, tuple[str, str, int]] = {}
    known_reviews: dict = {}
    for step in range(7):
        clock += 10
        learner = random.Random(f"{seed} {step}")
        (tmp_path / "material.json").write_text(json.dumps(author.model()), encoding="utf-8")
        for name, data in author.media.items():
            (tmp_path / name).write_bytes(data)
        plan = planned(patra, collection, tmp_path / "material.json", *subdecks)
        had_cards = cards(collection)
        skipped = handed_out != imported_last
        deck = build(author.model(), now=clock, media=author.media, legacy=seed % 2 == 1 or OLD, more=subdecks)
        notes = deck.notes()
        new = [guid for guid in notes if guid not in handed_out]
        updated = [guid for guid in notes if guid in handed_out and notes[guid][:2] != handed_out[guid][:2]]
        # What patra says is what is in the package, and what Anki then does.
        told = {kind: sorted(guid for guid, k in deck.changes.items() if k == kind) for kind in ["New", "Updated"]}
        assert told["New"] == sorted(new)
        assert told["Updated"] == sorted(guid for guid in updated if RETIRED not in notes[guid][1])
        assert {guid: note["change"] for guid, note in plan.items()} == {guid: kind.lower() for guid, kind in deck.changes.items()}
        if 0 < step < 6 and learner.random() < 0.2:
            # Not every deck reaches the learner.
            handed_out = notes
            author.edit()
            continue
        hid = hidden(collection)
        log = imported(collection, deck.path)
        assert not log.conflicting and not log.first_field_match and not log.empty_first_field
        fates = fate_of_each(collection, log)
        assert fates == {guid: note["outcome"] for guid, note in plan.items()}
        missing = set(notes) - set(imported_last) | deleted
        assert {guid for guid, fate in fates.items() if fate == "new"} == missing
        changed = {guid for guid in set(notes) - missing if notes[guid][:2] != imported_last[guid][:2]}
        # What changed and changed back, while the learner took no deck, is newer and the same.
        newer = {guid for guid in set(notes) - missing if notes[guid] != imported_last[guid]}
        assert changed <= {guid for guid, fate in fates.items() if fate == "updated"} == newer
        # So are the cards: those added, and those left without anything to show.
        got_cards = cards(collection)
        added = {guid: sorted(got_cards[guid] - had_cards.get(guid, set())) for guid in got_cards}
        assert added == {guid: note["new_cards"] for guid, note in plan.items()}
        empty = {card for note in collection.get_empty_cards().notes for card in note.card_ids}
        ids = {(guid, ord): card for guid, ord, card in collection.db.all("select n.guid, c.ord, c.id from cards c join notes n on n.id = c.nid")}
        assert {ids[guid, ord] for guid, note in plan.items() for ord in note["empty_cards"]} <= empty
        # And what the learner loses, and what comes back.
        differ = {guid for guid in mine if mine[guid] != notes[guid][0]}
        edits = {kind: {guid for guid, note in plan.items() if note["edits"] == kind} for kind in ["edited", "unknown"]}
        assert edits["edited"] <= differ <= edits["edited"] | edits["unknown"]
        lost = {guid: set(note["lost_tags"]) for guid, note in plan.items() if note["lost_tags"]}
        mine_lost = {guid: tags for guid, tags in my_tags.items() if fates[guid] == "updated"}
        assert all(tags <= lost.get(guid, set()) for guid, tags in mine_lost.items())
        # Of a learner who took the last deck, all can be told.
        assert skipped or (not edits["unknown"] and lost == mine_lost)
        assert {guid for guid, note in plan.items() if note["returns"]} <= deleted
        assert not any(note["held_back"] for note in plan.values())
        # Nothing is doubled, and nothing that was handed out is gone.
        guids = collection.db.list("select guid from notes")
        assert len(guids) == len(set(guids)) and set(guids) == set(notes) >= set(imported_last)
        # Everything mended arrived; what the learner wrote into untouched notes stays.
        for guid, fields, tags in collection.db.all("select guid, flds, tags from notes"):
            if fates[guid] != "unchanged":
                mine.pop(guid, None)
                my_tags.pop(guid, None)
            assert said(fields) == mine.get(guid, notes[guid][0]), guid
            assert set(tags.split()) == set(notes[guid][1].split()) | my_tags.get(guid, set())
        assert reviews(collection) == known_reviews
        # Anki up to 24.11 gives to what it updates the time of the import.
        collection.db.execute("update notes set mod = ? where mod >= ?", clock + 1, started)
        # A card goes on asking for what it asked for, as long as that is asked for.
        hides = hidden(collection)
        for (guid, ord), word in hid.items():
            if guid not in deleted and word and any(word == other for (each, _), other in hides.items() if guid == each):
                assert hides[guid, ord] == word
        assert take(collection, deck.path) == ({"duplicate": len(notes)} if notes else {})
        assert sorted(collection.db.list("select guid from notes")) == sorted(guids)
        handed_out = imported_last = notes

        answer(collection, 4)
        for guid in learner.sample(sorted(guids), min(3, len(guids))):
            note = collection.get_note(collection.db.scalar("select id from notes where guid = ?", guid))
            if learner.random() < 0.6:
                note["Details"] += f"<br>मेरा {step}"
                mine[guid] = said("\x1f".join(note.fields))
            else:
                note.tags.append("कठिन")
                my_tags[guid] = {"कठिन"}
            collection.update_note(note)
            collection.db.execute("update notes set mod = ? where id = ?", clock + 2, note.id)
        deleted = set(learner.sample(sorted(guids), 1)) if len(guids) > 1 and learner.random() < 0.3 else set()
        for guid in deleted:
            collection.remove_notes([collection.db.scalar("select id from notes where guid = ?", guid)])
            mine.pop(guid, None)
            my_tags.pop(guid, None)
        known_reviews = reviews(collection)
        for _ in range(author.random.randint(1, 4)):
            author.edit()
    # Gaps that are gone leave cards that show nothing: Anki's own Empty Cards takes those, and no others.
    hides = hidden(collection)
    empty = {card for note in collection.get_empty_cards().notes for card in note.card_ids}
    gone = {card for guid, ord, card in collection.db.all("select n.guid, c.ord, c.id from cards c join notes n on n.id = c.nid")
            if hides.get((guid, ord)) == ""}  # fmt: skip
    assert empty == gone


SOURCE = """---
title: मिट्टी के प्रकार
language: hi
updated: 2026-01-05
---

# मिट्टी के प्रकार

- **जलोढ़ मिट्टी**: {alluvial}
- **काली मिट्टी**: नमी देर तक रखती है
- **लाल मिट्टी**: लोहे से रंग पाती है
"""


def test_an_edited_source_built_again_updates_its_notes_in_place(
    patra: Callable[..., subprocess.CompletedProcess], collection: Collection, tmp_path: Path
) -> None:
    source, deck = tmp_path / "mitti.md", tmp_path / "out" / "mitti" / "deck.apkg"

    def built(alluvial: str) -> Path:
        source.write_text(SOURCE.replace("{alluvial}", alluvial), encoding="utf-8")
        ran = patra("build", source, "-o", tmp_path / "out", "--only", "anki")
        assert ran.returncode == 0, ran.stderr
        return deck

    added = take(collection, built("नदियों की लाई हुई"))["new"]
    lock, reviewed = (tmp_path / "patra.lock").read_bytes(), answer(collection, 4)
    assert take(collection, built("नदियों की लाई हुई")) == {"duplicate": added}
    assert (tmp_path / "patra.lock").read_bytes() == lock
    # The description is asked both ways: two notes hold it.
    assert take(collection, built("नदियों की लाई और बिछाई हुई")) == {"updated": 2, "duplicate": added - 2}
    assert collection.note_count() == added
    assert reviews(collection) == reviewed
    (note,) = collection.find_notes("Id:जलोढ़-मिट्टी.meaning")
    assert collection.get_note(note)["Answer"] == "नदियों की लाई और बिछाई हुई"
