"""Plans of imports, held against what Anki then does; and what a deck has beside its notes. For Anki from 23.10."""

import json
import os
import subprocess
import time
from copy import deepcopy
from pathlib import Path

import pytest
from anki import import_export_pb2
from anki.collection import Collection
from test_deck import EVERY_KIND, Build, Patra, build, cards, collection, fate_of_each, imported, material, png, take, writer

__all__ = ["build", "collection", "writer"]  # fixtures

NOW = int(time.time())


def plan(patra: Patra, path: str | Path, source: Path, *more: object) -> dict:
    ran = patra("plan", source, "--collection", path, "--json", *more)
    assert ran.returncode == 0, ran.stderr
    (found,) = json.loads(ran.stdout)
    return found


def outcomes(found: dict) -> dict[str, str]:
    return {note["guid"]: note["outcome"] for note in found["notes"]}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Where the builds of the other fixture put the source, with its picture beside it."""
    (tmp_path / "a.png").write_bytes(png(1))
    return tmp_path / "material.json"


def edited() -> dict:
    model = deepcopy(EVERY_KIND)
    model["sections"][0]["blocks"][0]["definition"]["meaning"] = "काम दूसरों को सौंपना"
    del model["sections"][0]["blocks"][1]
    model["sections"][0]["blocks"].append({"question": {"id": "new", "prompt": "नया?", "answer": "हाँ"}})
    return model


def test_a_note_type_with_a_field_of_the_learners_own(build: Build, patra: Patra, collection: Collection, source: Path) -> None:
    media = {"a.png": png(1)}
    take(collection, build(EVERY_KIND, now=NOW - 100, media=media).path)
    model = collection.models.by_name("Patra: question")
    assert model
    collection.models.add_field(model, collection.models.new_field("मेरा"))
    collection.models.update_dict(model)
    source.write_text(json.dumps(edited()), encoding="utf-8")
    for schema in ["copied", "copied_before"]:
        found = plan(patra, collection.path, source)
        assert {each["note_type"]: each["schema"] for each in found["note_types"]}["basic"] == schema
        log = imported(collection, build(edited(), now=NOW + 100, media=media).path)
        fates = fate_of_each(collection, log)
        foretold = outcomes(found)
        assert {guid: fate for guid, fate in foretold.items() if fate != "conflicting"} == fates
        assert len(log.conflicting) == len(foretold) - len(fates) > 0
        assert all(note["held_back"] for note in found["notes"] if note["outcome"] == "conflicting")
    assert {each.name for each in collection.models.all_names_and_ids()} >= {"Patra: question", "Patra: question+"}


def test_newer_templates_are_foretold(build: Build, patra: Patra, collection: Collection, source: Path) -> None:
    take(collection, build(EVERY_KIND, now=NOW, media={"a.png": png(1)}).path)
    basic = collection.models.by_name("Patra: question")
    assert basic
    # An import of an older patra's, as far as Anki can tell.
    collection.db.execute("update notetypes set mtime_secs = mtime_secs - 1 where id = ?", basic["id"])
    schemas = {each["note_type"]: each["schema"] for each in plan(patra, collection.path, source)["note_types"]}
    assert schemas.pop("basic") == "updated" and set(schemas.values()) == {"unchanged"}


def test_a_collection_of_schema_11_is_read(build: Build, patra: Patra, collection: Collection, source: Path) -> None:
    take(collection, build(EVERY_KIND, now=NOW - 100, media={"a.png": png(1)}).path)
    (other,) = collection.find_notes("Id:which.choice")
    note = collection.get_note(other)
    note["Explanation"] += " मेरा"
    collection.update_note(note)
    source.write_text(json.dumps(edited()), encoding="utf-8")
    before = plan(patra, collection.path, source)
    collection.close(downgrade=True)
    bytes_before = Path(collection.path).read_bytes()
    assert plan(patra, collection.path, source) == before
    assert Path(collection.path).read_bytes() == bytes_before
    assert {note["edits"] for note in before["notes"]} == {"none", "edited"}
    collection.reopen()


def test_a_plan_tells_a_person(build: Build, patra: Patra, collection: Collection, source: Path, tmp_path: Path) -> None:
    take(collection, build(EVERY_KIND, now=NOW - 100, media={"a.png": png(1)}).path)
    (meaning,) = collection.find_notes("Id:bpo.meaning")
    note = collection.get_note(meaning)
    note["Details"] += "मेरा"
    note.tags.append("कठिन")
    collection.update_note(note)
    collection.remove_notes(collection.find_notes("Id:which.choice"))
    collection.set_deck(collection.find_cards("Id:gain.question"), collection.decks.id("मेरे"))
    source.write_text(json.dumps(edited()), encoding="utf-8")
    time.sleep(1.1)  # The learner's edit must be older than what is built now.
    ran = patra("plan", source, "-c", collection.path)
    assert ran.returncode == 0, ran.stderr
    told = ran.stdout.partition("In the collection:")[2]
    for line in [
        "1 lose what the learner wrote into them\n      bpo.meaning: ",
        "1 lose tags of the learner's own\n      bpo.meaning: ",
        "(कठिन)",
        "come back, though the learner seems to have deleted them\n      which.choice: ",
        "1 card of `परीक्षण` stay in `मेरे`",
    ]:
        assert line in told, told
    (tmp_path / "none.anki2").write_bytes(b"PK\x03\x04")
    for path in [tmp_path / "none.anki2", tmp_path / "missing", tmp_path]:
        ran = patra("plan", source, "-c", path)
        assert ran.returncode == 3 and str(path) in ran.stderr and not ran.stdout


def test_one_edit_among_twenty_thousand_notes(build: Build, patra: Patra, collection: Collection, source: Path) -> None:
    blocks = [{"question": {"id": f"q{n}", "prompt": f"प्रश्न {n}?", "answer": f"उत्तर {n}"}} for n in range(20_000)]
    assert take(collection, build(material(*blocks), now=NOW - 100).path) == {"new": 20_000}
    blocks[12_345]["question"]["answer"] = "सुधरा हुआ"
    source.write_text(json.dumps(material(*blocks)), encoding="utf-8")
    foretold = list(outcomes(plan(patra, collection.path, source)).values())
    assert (foretold.count("updated"), foretold.count("unchanged")) == (1, 19_999)
    assert take(collection, build(material(*blocks), now=NOW + 100).path) == {"updated": 1, "duplicate": 19_999}
    assert collection.note_count() == collection.card_count() == 20_000


def sections(*parts: tuple[str, str, list[str]], **more: object) -> dict:
    """A model of sections, each with its id, its heading and the ids of its questions."""
    made = [
        {"id": id, "heading": heading, "blocks": [{"question": {"id": q, "prompt": f"{q}?", "answer": q}} for q in questions]}
        for id, heading, questions in parts
    ]
    return material(sections=made, **more)


def decks(collection: Collection) -> dict[str, list[str]]:
    """The questions of each deck, in the order in which they are asked."""
    found: dict[str, list[str]] = {}
    for deck, fields in collection.db.all("select c.did, n.flds from cards c join notes n on n.id = c.nid order by c.due, c.id"):
        found.setdefault(collection.decks.name(deck), []).append(fields.split("?")[0])
    return found


def test_subdecks_scatter_no_cards(build: Build, patra: Patra, collection: Collection, source: Path) -> None:
    on = ["--subdecks"]
    first = sections(("s1", "पहला", ["a", "b"]), ("s2", "दूसरा::२", ["c"]))
    take(collection, build(first, now=NOW - 300, more=on).path)
    assert decks(collection) == {"परीक्षण::01 पहला": ["a", "b"], "परीक्षण::02 दूसरा: :२": ["c"]}
    # Renamed, reordered, with a new one before and a question moved: only new cards come into new places.
    second = sections(("s0", "नया", ["d"]), ("s2", "बदला", ["c", "b", "e"]), ("s1", "पहला", ["a", "f"]))
    source.write_text(json.dumps(second), encoding="utf-8")
    found = plan(patra, collection.path, source, *on)
    assert {deck["name"]: (deck["exists"], deck["new_cards"], deck["elsewhere"]) for deck in found["decks"]} == {
        "परीक्षण::01 पहला": (True, 1, []),
        "परीक्षण::02 दूसरा: :२": (True, 1, [{"deck": "परीक्षण::01 पहला", "cards": 1}]),
        "परीक्षण::03 नया": (False, 1, []),
    }
    take(collection, build(second, now=NOW - 200, more=on).path)
    assert {deck: sorted(asked) for deck, asked in decks(collection).items()} == {
        "परीक्षण::01 पहला": ["a", "b", "f"],
        "परीक्षण::02 दूसरा: :२": ["c", "e"],
        "परीक्षण::03 नया": ["d"],
    }
    # The tag of a section finds its cards wherever they stand.
    assert len(collection.find_notes("tag:test::s2")) == 3


def test_new_cards_come_in_the_order_of_the_source(build: Build, collection: Collection) -> None:
    model = sections(("s1", "पहला", ["z", "b"]), ("s2", "दूसरा", ["a", "y"]))
    take(collection, build(model, now=NOW).path)
    assert decks(collection) == {"परीक्षण": ["z", "b", "a", "y"]}


def test_the_deck_says_what_the_material_is(build: Build, collection: Collection) -> None:
    model = material(
        {"question": {"id": "q", "prompt": "क?", "answer": "ख"}},
        title="क <b>", authors=["अ", "ब"], subject="विषय", licence="CC-BY-4.0", source="https://example.org/?a=1&b=2",
    )  # fmt: skip
    take(collection, build(model).path)
    deck = collection.decks.by_name("क <b>")
    assert deck and not deck.get("md")
    assert deck["desc"] == (
        "<b>क &lt;b&gt;</b><br>विषय<br>अ, ब"
        '<br><a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a><br>CC-BY-4.0'
    )


def test_a_preset_is_taken_where_the_learner_wants_it(build: Build, collection: Collection) -> None:
    model = sections(("s1", "पहला", ["a"]), ("s2", "दूसरा", ["b"]))
    deck = build(model, now=NOW, more=["--preset", "--subdecks"]).path
    take(collection, deck)
    names = ["परीक्षण", "परीक्षण::01 पहला", "परीक्षण::02 दूसरा"]
    if "with_deck_configs" not in import_export_pb2.ImportAnkiPackageOptions.DESCRIPTOR.fields_by_name:
        pytest.skip("Anki has asked about presets since 23.12")

    def configs() -> list[dict]:
        return [collection.decks.config_dict_for_deck_id(collection.decks.id_for_name(name)) for name in names]

    assert {config["id"] for config in configs()} == {1}
    imported(collection, deck, presets=True)
    assert len({config["id"] for config in configs()}) == 1 and configs()[0]["name"] == "परीक्षण"
    config = configs()[0]
    assert (config["new"]["perDay"], config["rev"]["perDay"]) == (10, 9999)
    assert config["new"]["bury"] and config["rev"]["bury"] and config["new"]["order"] == 1
    assert len(collection.decks.all_config()) == 2
    fine = collection.fix_integrity()
    assert fine[1], fine[0]


def test_the_number_of_a_gap_is_not_given_out_twice(build: Build, collection: Collection) -> None:
    def cloze(*words: str) -> dict:
        return material({"cloze": {"id": "c", "text": [part for word in words for part in (" ", {"gap": {"text": word}})]}})

    for step, (words, numbers) in enumerate([(["क", "ख"], {0, 1}), (["क"], {0}), (["क", "ग"], {0, 2}), (["ग", "ख", "क"], {0, 1, 2})]):
        # Up to 24.11 Anki gives a note that it updates the time of the import: what comes next has to be newer than that.
        take(collection, build(cloze(*words), now=int(time.time()) + 100 * (step + 1)).path)
        (fields,) = collection.db.list("select flds from notes")
        assert {int(part[0]) - 1 for part in fields.split("\x1f")[0].split("{{c")[1:]} == numbers
        assert set(cards(collection).popitem()[1]) >= numbers


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    bare = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    environment = os.environ | who | bare
    return subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60)


@pytest.mark.parametrize("union", [True, False], ids=["union", "conflict"])
def test_the_locks_of_two_branches_merge(patra: Patra, tmp_path: Path, union: bool) -> None:
    source, lock = tmp_path / "notes.md", tmp_path / "patra.lock"
    head = "---\nid: notes\ntitle: नोट\nlanguage: hi\n---\n\n# एक\n\n"
    question = "प्रश्न: {0}? {{#{0}}}\n\nउत्तर: {1}।\n\n"

    def built(*questions: tuple[str, str]) -> dict[str, str]:
        source.write_text(head + "".join(question.format(*each) for each in questions), encoding="utf-8")
        ran = patra("build", source, "-o", tmp_path / ".git" / "out", "--only", "anki")
        assert ran.returncode == 0, ran.stderr
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "x")
        return {line.split("\t")[2]: line for line in lock.read_text("utf-8").splitlines() if "\titem\t" in line}

    git(tmp_path, "init", "-qb", "main")
    if union:
        (tmp_path / ".gitattributes").write_text("patra.lock merge=union\n")
    built(("m", "क"), ("z", "ख"))
    git(tmp_path, "checkout", "-qb", "other")
    theirs = built(("m", "क"), ("n1", "एक"), ("n2", "दो"), ("z", "ख"))
    git(tmp_path, "checkout", "-q", "main")
    # Both add beside the same line, and one mends what the other left.
    ours = built(("m", "ककक"), ("o1", "तीन"), ("z", "ख"))
    git(tmp_path, "merge", "other")
    assert ("<<<<<<<" in lock.read_text("utf-8")) == (not union)
    merged = built(("m", "ककक"), ("n1", "एक"), ("n2", "दो"), ("o1", "तीन"), ("z", "ख"))
    assert "<<<<<<<" not in lock.read_text("utf-8")
    expected = ours | {id: line for id, line in theirs.items() if id.startswith("n")}
    assert merged == expected and list(merged) == sorted(merged)
