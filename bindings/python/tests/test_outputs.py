"""What is made of a material, and where it goes."""

from __future__ import annotations

import csv
import io
import json
import os
import pathlib
import pickle
import sqlite3
import stat
import sys
import threading
import warnings
import zipfile
from typing import Any, Callable

import pypdf
import pytest

import patra
from patra import Definition, Figure, Material, PatraWarning, Region, Section

from conftest import PIXEL

WRITERS: dict[str, tuple[Callable[[Material], bytes], Callable[[Material, Any], object]]] = {
    "pdf": (lambda material: material.pdf(), lambda material, target: material.write_pdf(target)),
    "deck": (lambda material: material.deck(), lambda material, target: material.write_deck(target)),
    "workbook": (lambda material: material.workbook(), lambda material, target: material.write_workbook(target)),
    "moodle_xml": (lambda material: material.moodle_xml(), lambda material, target: material.write_moodle_xml(target)),
    "gift": (lambda material: material.gift(), lambda material, target: material.write_gift(target)),
    "qti": (lambda material: material.qti(), lambda material, target: material.write_qti(target)),
}


@pytest.fixture(params=WRITERS)
def writer(request: pytest.FixtureRequest) -> tuple[Callable[[Material], bytes], Callable[[Material, Any], object]]:
    return WRITERS[str(request.param)]


Writer = tuple[Callable[[Material], bytes], Callable[[Material, Any], object]]


def test_bytes_are_the_same_every_time_and_everywhere(course: Material, tmp_path: pathlib.Path, writer: Writer) -> None:
    make, write = writer
    expected = make(course)
    again = Material.from_json(course.to_json())
    assert len(expected) > 1000 and make(course) == expected and make(again) == expected
    write(course, tmp_path / "पत्ती")
    write(course, str(tmp_path / "str"))
    assert (tmp_path / "पत्ती").read_bytes() == (tmp_path / "str").read_bytes() == expected
    buffer = io.BytesIO()
    write(course, buffer)
    assert buffer.getvalue() == expected
    with open(tmp_path / "file", "wb") as file:
        write(course, file)
    with open(tmp_path / "raw", "wb", buffering=0) as raw:
        write(course, raw)
    assert (tmp_path / "file").read_bytes() == (tmp_path / "raw").read_bytes() == expected


def test_a_file_that_takes_little_at_a_time_gets_all(course: Material, writer: Writer) -> None:
    class Slow(io.RawIOBase):
        taken = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.taken += bytes(data[:999])
            return min(len(data), 999)

    make, write = writer
    slow = Slow()
    write(course, slow)
    assert slow.taken == make(course)


def test_a_text_file_and_a_number_are_no_targets(course: Material, tmp_path: pathlib.Path, writer: Writer) -> None:
    _, write = writer
    with open(tmp_path / "x", "w", encoding="utf-8") as file, pytest.raises(TypeError, match="wb"):
        write(course, file)
    with pytest.raises(TypeError, match="int"):
        write(course, 5)


def test_a_path_gets_the_whole_file_or_none(course: Material, tmp_path: pathlib.Path, writer: Writer) -> None:
    _, write = writer
    with pytest.raises(FileNotFoundError) as missing:
        write(course, tmp_path / "none" / "out")
    assert missing.value.filename == str(tmp_path / "none" / "out")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError) as folder:
        write(course, tmp_path / "folder")
    assert folder.value.filename == str(tmp_path / "folder")
    (tmp_path / "old").write_bytes(b"old")
    broken = Material("क", "hi", [Section("ख", [Definition("", "घ")])])
    with pytest.raises(patra.ModelError):
        write(broken, tmp_path / "old")
    assert (tmp_path / "old").read_bytes() == b"old"
    # Nothing passing is left behind.
    assert sorted(os.listdir(tmp_path)) == ["folder", "old"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_new_file_has_the_mode_that_open_gives(course: Material, tmp_path: pathlib.Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    course.write_deck(tmp_path / "deck")
    assert stat.S_IMODE((tmp_path / "deck").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


class TestPdf:
    def test_knows_its_pages(self, course: Material) -> None:
        pdf = course.pdf()
        assert pdf.startswith(b"%PDF-") and pdf.page_count == 1 and pdf.pages["bpo"] == 1
        assert repr(pdf).startswith("<Pdf: ") and pickle.loads(pickle.dumps(pdf)).pages == pdf.pages
        many = course.replace(sections=[course.sections[0].replace(heading=f"भाग {n}", id=f"s{n}", blocks=()) for n in range(99)])
        printed = many.pdf()
        assert printed.page_count > 1 and printed.pages["s98"] == printed.page_count
        rows = list(csv.DictReader(io.StringIO(many.sheets(pages=printed.pages)["sections.csv"].decode("utf-8-sig"))))
        assert [row["page"] for row in rows] == [str(printed.pages[f"s{n}"]) for n in range(99)]

    def test_options(self, course: Material) -> None:
        sheets: tuple[patra.SheetSize, ...] = ("a4", "letter", "legal", "a5")
        assert len({bytes(course.pdf(sheet=sheet)) for sheet in sheets}) == len(sheets)
        contents: tuple[patra.Contents, ...] = ("auto", "always", "never")
        assert len({bytes(course.pdf(contents=each)) for each in contents}) == 2, "so short a handout has none of itself"
        for changed in (course.pdf(theme="large-print"), course.pdf(margins=40), course.pdf(binding=20, single_sided=True)):
            assert changed != course.pdf()
        with pytest.raises(FileNotFoundError, match="large print"):
            course.pdf(theme="large print")
        with pytest.raises(ValueError, match="kind is one of handout"):
            course.pdf(kind="poster")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="sheet: expected one of a4, letter, legal, a5; not 'b5'"):
            course.pdf(sheet="b5")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="flip: expected one of long-edge, short-edge; not"):
            course.pdf(kind="cards", flip="left")  # type: ignore[arg-type]
        for seed in (-1, 2**64):
            with pytest.raises(ValueError, match="seed: expected a whole number"):
                course.pdf(kind="worksheet", seed=seed)
        for offset in ((9, 0), (0, float("nan"))):
            with pytest.raises(ValueError, match="back_offset: expected 2 numbers"):
                course.pdf(kind="cards", back_offset=offset)
        for margins in (9, float("nan"), (20, 20), (20, 20, 61)):
            with pytest.raises(ValueError, match="margins: expected one number or three of millimetres from 10 to 60"):
                course.pdf(margins=margins)  # type: ignore[arg-type]
        for binding in (-1, 31, float("nan")):
            with pytest.raises(ValueError, match="binding: expected a number of millimetres from 0 to 30"):
                course.pdf(binding=binding)
        for fonts in ("a.ttf", pathlib.Path("a.ttf")):
            with pytest.raises(TypeError, match="fonts is a list; not .*a.ttf"):
                course.pdf(fonts=fonts)  # type: ignore[arg-type]

    def test_another_edition_stands_beside(self, course: Material) -> None:
        other = course.replace(language="en", title="Outsourcing")
        both = course.pdf(beside=other)
        words = pypdf.PdfReader(io.BytesIO(both)).pages[0].extract_text()
        assert "Outsourcing" in words and words.count("कॉल सेंटर") >= 2
        assert both == course.write_pdf(io.BytesIO(), beside=other) != course.pdf()
        with pytest.raises(ValueError, match="beside is an edition of bpo in a language other than hi"):
            course.pdf(beside=course)
        with pytest.raises(ValueError, match="in a handout alone; not in 'cards'"):
            course.pdf(kind="cards", beside=other)
        with pytest.raises(patra.ModelError):
            course.pdf(beside=other.replace(sections=[Section("A", [Definition("", "b")])]))

    @pytest.mark.filterwarnings("ignore::patra.PatraWarning")
    def test_a_handout_of_other_looks_is_not_the_one_that_cards_name(self, course: Material) -> None:
        def pages(material: Material) -> list[str]:
            return [row["page"] for row in csv.DictReader(io.StringIO(material.sheets()["sections.csv"].decode("utf-8-sig")))]

        # The codes of a row's cells, below each other, are higher than what they hold.
        subjects = [patra.Subject(f"वस्तु {n}") for n in range(12)]
        aspects = [patra.Aspect(f"पहलू {n}", ["क"] * 12) for n in range(60)]
        table = patra.Comparison(subjects, aspects)
        sections = [patra.Section(f"भाग {n}", [table if n == 0 else patra.Paragraph("और।")]) for n in range(9)]
        many = course.replace(sections=sections)
        usual = pages(many.replace())
        for other in ({"marks": False}, {"theme": "large-print"}, {"sheet": "a5"}):
            changed = many.replace()
            changed.pdf(**other)  # type: ignore[arg-type]
            assert pages(changed) == usual, other

    def test_papers(self, course: Material, tmp_path: pathlib.Path) -> None:
        kinds: tuple[patra.PdfKind, ...] = ("handout", "worksheet", "answers", "cards")
        made = {kind: course.pdf(kind=kind, seed=7) for kind in kinds}
        assert len(set(made.values())) == 4 and all(pdf.startswith(b"%PDF-") for pdf in made.values())
        assert course.write_pdf(tmp_path / "cards.pdf", kind="cards") == made["cards"]
        assert course.pdf(kind="worksheet", seed=8) != made["worksheet"] == course.pdf(kind="worksheet", seed=7)
        assert course.pdf(kind="cards", flip="short-edge") != made["cards"] != course.pdf(kind="cards", marks=False)
        assert course.pdf(kind="cards", back_offset=(1, -0.5)) != made["cards"]
        assert course.pdf(kind="cards", calibration=True).page_count == made["cards"].page_count + 2
        # On a worksheet an id would give a term away.
        assert not made["worksheet"].pages and made["answers"].pages and made["cards"].pages["bpo.meaning"] == 1


class TestSheets:
    def test_hold_the_items_with_their_ids(self, course: Material, tmp_path: pathlib.Path) -> None:
        course.write_sheets(tmp_path / "a" / "b")
        assert {each.name for each in (tmp_path / "a" / "b").iterdir()} == set(course.sheets())
        rows = list(csv.DictReader(io.StringIO(course.sheets()["practice.csv"].decode("utf-8-sig"))))
        assert [row["practice_id"] for row in rows] == [item.id for item in course.practice()]
        package = json.loads(course.sheets()["datapackage.json"])
        assert {each["path"] for each in package["resources"]} == set(course.sheets()) - {"datapackage.json"}

    def test_options(self, course: Material) -> None:
        mark = "\ufeff".encode()
        assert all(data.startswith(mark) for name, data in course.sheets().items() if name.endswith(".csv"))
        plain = course.sheets(byte_order_mark=False)
        assert not any(data.startswith(mark) for data in plain.values())
        with pytest.raises(TypeError):
            course.sheets(True)  # type: ignore[call-arg, arg-type]

    def test_tell_of_the_deck_that_is_made(self, course: Material, tmp_path: pathlib.Path) -> None:
        lock = course.deck().lock
        first = course.sections[0]
        definition = first.blocks[0].replace(meaning="बाहर से काम कराना")
        edited = course.replace(sections=[first.replace(blocks=[definition, *first.blocks[1:]])])
        options: patra.DeckKeywords = {"lock": lock, "now": 2_000_000_000}
        changes = edited.tables(**options)["changes"]
        assert "updated" in changes.column("change") and len(edited.tables()["changes"]) == 0
        assert edited.sheets(**options)["changes.csv"] != edited.sheets()["changes.csv"]
        assert edited.workbook(**options) != edited.workbook()
        edited.write_sheets(tmp_path, **options)
        edited.write_workbook(tmp_path / "workbook.xlsx", **options)
        assert (tmp_path / "changes.csv").read_bytes() == edited.sheets(**options)["changes.csv"]
        assert pickle.loads(pickle.dumps(changes)) == changes
        with pytest.raises(TypeError, match="no option colour"):
            course.sheets(colour="red")  # type: ignore[call-arg]
        with pytest.raises(patra.ExportError, match="lock"):
            course.tables(lock="nonsense")

    def test_a_cell_in_danger_is_a_warning_at_the_caller(self) -> None:
        material = Material("क", "hi", [Section("ख", [Definition("=1+1", "दो")])])
        with pytest.warns(PatraWarning, match="=1") as caught:
            material.sheets()
        assert {each.filename for each in caught} == {__file__}
        warning = caught[0].message
        assert isinstance(warning, PatraWarning) and warning.diagnostic.code == "P0080"
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            safe = material.sheets(spreadsheet_safe=True)
        assert any(b"'=1+1" in data for data in safe.values())


class TestDeck:
    @staticmethod
    def notes(data: bytes) -> dict[str, tuple[str, int]]:
        """GUID to fields and modification time, of a package in the legacy form."""
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            collection = package.read("collection.anki2")
        database = sqlite3.connect(":memory:")
        database.deserialize(collection)
        return {guid: (fields, mod) for guid, fields, mod in database.execute("select guid, flds, mod from notes")}

    def test_only_what_changed_is_newer(self, course: Material, tmp_path: pathlib.Path) -> None:
        lock = tmp_path / "patra.lock"
        first = course.write_deck(tmp_path / "1", lock=lock, now=1000, format="legacy")
        assert lock.read_text("utf-8") == first.lock and {each.kind for each in first.changes} == {"new"}
        assert pickle.loads(pickle.dumps(first.changes)) == first.changes and isinstance(first.changes[0], patra.Change)
        section = course.sections[0]
        definition = section.blocks[0].replace(meaning="बाहर से काम कराना")
        edited = course.replace(sections=[section.replace(blocks=[definition, *section.blocks[1:]])])
        plan = {each.item: each.kind for each in edited.plan(lock)}
        assert plan["bpo.meaning"] == "updated" and plan["bpo.full-form"] == "unchanged"
        assert lock.read_text("utf-8") == first.lock
        second = edited.write_deck(tmp_path / "2", lock=lock, now=2000, format="legacy")
        assert {each.item: each.kind for each in second.changes} == plan
        before, after = self.notes(first), self.notes(second)
        assert before.keys() == after.keys()
        guids = {each.item: each.guid for each in second.changes}
        assert after[guids["bpo.meaning"]][1] == 2000 and "बाहर" in after[guids["bpo.meaning"]][0]
        assert after[guids["bpo.full-form"]] == before[guids["bpo.full-form"]]

    def test_a_plan_says_what_a_learner_would_lose(self, course: Material, tmp_path: pathlib.Path) -> None:
        lock, path = tmp_path / "patra.lock", tmp_path / "collection.anki2"
        deck = course.write_deck(tmp_path / "1", lock=lock, now=1000, format="legacy")
        with zipfile.ZipFile(io.BytesIO(deck)) as package:
            path.write_bytes(package.read("collection.anki2"))
        items = {each.item: each.guid for each in deck.changes}
        learner = sqlite3.connect(path)
        learner.execute("update notes set flds = 'मेरा' || flds, tags = ' कठिन ' || tags, mod = 1500 where guid = ?", [items["bpo.meaning"]])
        learner.execute("delete from notes where guid = ?", [items["bpo.full-form"]])
        learner.commit()
        before = path.read_bytes()
        section = course.sections[0]
        definition = section.blocks[0].replace(meaning="बाहर से काम कराना")
        edited = course.replace(sections=[section.replace(blocks=[definition, *section.blocks[1:]])])
        plan = edited.plan(lock, collection=path)
        assert path.read_bytes() == before and pickle.loads(pickle.dumps(plan)) == plan
        notes = {each.item: each for each in plan}
        meaning, full_form = notes["bpo.meaning"].effect, notes["bpo.full-form"].effect
        assert meaning and full_form
        assert (meaning.outcome, meaning.edits, meaning.lost_tags) == ("updated", "edited", ("कठिन",))
        assert (full_form.outcome, full_form.returns, full_form.new_cards) == ("new", True, (0,))
        others = [each.effect for each in plan if each.kind == "unchanged" and each.item != "bpo.full-form"]
        assert others and all(each and (each.outcome, each.edits) == ("unchanged", "none") for each in others)
        assert plan.deck == "BPO" and plan.decks[0].exists and set(plan.note_types.values()) == {"unchanged"}
        (tmp_path / "none").write_text("no collection")
        with pytest.raises(patra.ExportError, match="no collection"):
            course.plan(lock, collection=tmp_path / "none")
        with pytest.raises(FileNotFoundError):
            course.plan(lock, collection=tmp_path / "missing")

    def test_a_lost_lock_is_made_good_from_the_deck(self, course: Material, tmp_path: pathlib.Path) -> None:
        lock, target = tmp_path / "patra.lock", tmp_path / "deck.apkg"
        course.write_deck(target, lock=lock, now=1000)
        before = lock.read_text("utf-8")
        lock.unlink()
        with pytest.warns(PatraWarning, match="P0075"):
            deck = course.write_deck(target, lock=lock, now=2000)
        assert {each.kind for each in deck.changes} == {"unchanged"} and lock.read_text("utf-8") == before

    def test_subdecks_and_a_preset(self, course: Material) -> None:
        two = course.replace(sections=[*course.sections, Section("और", [Definition("एक", "दो")])])
        assert [each.name for each in two.plan(subdecks=True).decks] == ["BPO::01 परिचय", "BPO::02 और"]
        assert two.deck(subdecks=True) != two.deck() != two.deck(preset=True)

    def test_how_it_asks(self, course: Material, tmp_path: pathlib.Path) -> None:
        plain = self.notes(course.deck(format="legacy"))
        for name, others in (("reversed", True), ("typed", True), ("speech", False)):
            options: dict[str, Any] = {name: True}
            deck = course.deck(format="legacy", **options)
            notes = self.notes(deck)
            # What only adds to cards leaves learners their notes.
            assert (notes.keys() != plain.keys()) is others and notes != plain, name
            assert course.write_deck(tmp_path / "deck", format="legacy", **options) == deck
            assert [each.guid for each in course.plan(**options)] == [each.guid for each in deck.changes]
        types = {each.item: each.note_type for each in course.plan()}
        reversed_types = {each.item: each.note_type for each in course.plan(reversed=True)}
        typed_types = {each.item: each.note_type for each in course.plan(typed=True)}
        assert types != reversed_types != typed_types != types
        assert any("hi_IN" in fields for fields, _ in self.notes(course.deck(format="legacy", speech=True)).values())
        assert not any("hi_IN" in fields for fields, _ in plain.values())

    def test_another_edition_beside_it(self, course: Material, tmp_path: pathlib.Path) -> None:
        meaning = Definition("BPO", "having another firm do the work")
        english = Material("BPO", "en", [Section("Introduction", [meaning])], id="bpo")
        deck = course.deck(format="legacy", translation=english)
        plain, notes = self.notes(course.deck(format="legacy")), self.notes(deck)
        guids = {each.item: each.guid for each in deck.changes}
        assert notes.keys() == plain.keys()
        assert "having another firm" in notes[guids["bpo.meaning"]][0]
        assert "having another firm" not in plain[guids["bpo.meaning"]][0]
        # What the other edition doesn't have stays as it is.
        assert notes[guids["bpo.full-form"]] == plain[guids["bpo.full-form"]]
        assert course.write_deck(tmp_path / "deck", format="legacy", translation=english) == deck
        lock = tmp_path / "patra.lock"
        course.write_deck(tmp_path / "locked", lock=lock, now=1000)
        # What learners have was made without, which is warned of.
        with pytest.warns(PatraWarning, match="P0077"):
            plan = {each.item: each.kind for each in course.plan(lock, translation=english)}
        assert plan["bpo.meaning"] == "updated" and plan["bpo.full-form"] == "unchanged"

    def test_a_translation_is_a_sound_edition_in_another_language(self, course: Material) -> None:
        twice = [Section("One", [Definition("BPO", "one", id="a"), Definition("KPO", "two", id="a")])]
        for make in (course.deck, course.plan):
            for wrong in (course, course.replace(id="other", language="en")):
                with pytest.raises(ValueError, match="translation is an edition of bpo in a language other than hi"):
                    make(translation=wrong)
            with pytest.raises(patra.ModelError):
                make(translation=Material("BPO", "en", twice, id="bpo"))

    def test_a_lock_that_is_none_is_refused(self, course: Material, tmp_path: pathlib.Path) -> None:
        with pytest.raises(patra.ExportError, match="lock"):
            course.deck(lock="nonsense\n")
        with pytest.raises(FileNotFoundError):
            course.plan(tmp_path / "none.lock")
        with pytest.raises(ValueError, match="format"):
            course.deck(format="new")  # type: ignore[arg-type]

    def test_its_name_and_its_repr(self, course: Material) -> None:
        assert course.deck(deck="कोर्स::एक") != course.deck()
        assert repr(course.deck()).startswith("<Deck: ")
        again = pickle.loads(pickle.dumps(course.deck()))
        assert again == course.deck() and again.changes == course.deck().changes and type(bytes(again)) is bytes


class TestQuiz:
    def test_asks_the_items_of_every_kind(self, course: Material) -> None:
        asked = {item.id for item in course.practice(every_kind=True) if item.kind in ("choice", "pick", "true_false", "full_form")}
        text = course.gift().decode()
        assert asked and [id for id in asked if f"::{id}::" not in text] == []
        assert course.moodle_xml().startswith(b"<?xml") and course.qti().startswith(b"PK")

    def test_options(self, course: Material) -> None:
        entries = [patra.Entry(f"पद {n}", f"विवरण {n}") for n in range(7)]
        long = course.replace(sections=[Section("सूची", [patra.Terms(entries, kind="पद", id="list")])])
        for make in (long.moodle_xml, long.gift, long.qti):
            assert make(longest_match=3) != make(longest_match=10) == make()
            with pytest.raises(ValueError, match="from 2"):
                make(longest_match=1)
        pictured = course.replace(sections=[Section("ख", [patra.Question("ग?", "घ", details=[Figure("a.png", "एक")])])])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PatraWarning)
            assert pictured.moodle_xml(media={"a.png": PIXEL}) != pictured.moodle_xml()


class TestRegions:
    def test_are_asked_by_cards_that_cover_them(self) -> None:
        regions = [Region("ऊपर", (0, 0, 1, 0.25)), Region("नीचे", (0, 0.75, 1, 0.25), id="below")]
        material = Material("क", "hi", [Section("ख", [Figure("a.png", "परतें", regions=regions)])])
        assert [(item.id, item.kind, item.plain_answer) for item in material.practice()] == [
            ("ऊपर.region", "region", "ऊपर"),
            ("below.region", "region", "नीचे"),
        ]
        assert len(material.deck(media={"a.png": PIXEL}).changes) == 2
        assert Material.from_json(material.to_json()) == material
        assert patra.loads(material.to_markdown()) == material

    def test_lie_within_their_picture(self) -> None:
        with pytest.raises(ValueError, match="leaves its picture"):
            Material("क", "hi", [Section("ख", [Figure("a.png", "ग", regions=[Region("घ", (0.5, 0, 0.6, 1))])])])


class TestPictures:
    @staticmethod
    def with_picture(source: str) -> Material:
        details = [Figure(source, "एक बिंदु")]
        return Material("क", "hi", [Section("ख", [Definition("ग", "घ", details=details)])])

    def test_are_given(self) -> None:
        material = self.with_picture("a.png")
        with pytest.warns(PatraWarning, match="a.png") as caught:
            material.deck()
        assert {each.filename for each in caught} == {__file__}
        assert len(material.deck(media={"a.png": PIXEL})) > 0

    def test_are_read_from_the_folder_of_the_source_and_nowhere_else(self, tmp_path: pathlib.Path) -> None:
        folder = tmp_path / "course"
        (folder / "चित्र").mkdir(parents=True)
        (folder / "चित्र" / "a.png").write_bytes(PIXEL)
        (tmp_path / "secret.png").write_bytes(PIXEL)
        (folder / "link.png").symlink_to(tmp_path / "secret.png")

        def from_folder(source: str) -> Material:
            (folder / "course.json").write_text(self.with_picture(source).to_json(), "utf-8")
            return patra.read(folder / "course.json")

        assert from_folder("चित्र/a.png").deck() == self.with_picture("चित्र/a.png").deck(
            media={"चित्र/a.png": PIXEL}
        )
        for outside in ("../secret.png", "link.png", str(tmp_path / "secret.png"), "चित्र", "none.png"):
            with pytest.warns(PatraWarning):
                from_folder(outside).deck()


def test_threads_make_the_same_bytes(course: Material) -> None:
    expected = course.deck()
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(course.deck())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [expected] * 8
