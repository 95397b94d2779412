"""The parts of the model: making, comparing, changing, showing and pickling them."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import inspect
import pickle
import typing

import pytest

import patra
from patra import (
    Break,
    Code,
    Cloze,
    Definition,
    Emphasis,
    Gap,
    Link,
    Material,
    ModelError,
    Note,
    Paragraph,
    PatraError,
    Section,
    SourceError,
    Strong,
    Tagged,
    Terms,
    Text,
)
from patra import _patra

PARTS = [
    each
    for each in vars(patra).values()
    if inspect.isclass(each) and dataclasses.is_dataclass(each) and hasattr(each, "replace")
]


def test_everything_comes_back_from_the_native_model_as_it_went_in(everything: Material) -> None:
    again = everything.replace(sections=everything.sections, title=everything.title)
    assert again == everything
    assert again.sections == everything.sections
    # The first trip derives the ids that were not given; all else stays.
    first = everything.sections[0]
    assert [block.id for block in first.blocks if hasattr(block, "id")] == ["npk", "types", "soils"]
    table = first.sections[0].blocks[0]
    assert isinstance(table, patra.Table)
    assert [column.alignment for column in table.columns] == ["start", "end"]
    assert table.rows[0].cells == ("जून", "00120")
    cloze = everything.sections[1].blocks[2]
    assert isinstance(cloze, Cloze)
    assert cloze.text.runs[0] == Gap("केंचुआ", 1, "जीव")


def test_markdown_reads_back(course: Material) -> None:
    again = patra.loads(course.to_markdown())
    assert again == course
    assert again.to_markdown() == course.to_markdown()


def test_every_kind_of_block_and_run_was_tried(everything: Material) -> None:
    seen = {type(block) for block in everything.walk()}
    assert seen == set(typing.get_args(patra.Block))
    runs = repr(everything.sections)
    for run in typing.get_args(patra.Run):
        assert run is str or f"{run.__name__}(" in runs


def test_equality_sees_every_field(everything: Material) -> None:
    """A change anywhere makes another material, in Python and in the native model alike."""
    stored = everything.to_dict()
    # What may hold only some words or forms.
    names = ("language", "updated", "alignment", "kind", "style", "delimiter")

    def leaves(value: object, path: tuple[typing.Any, ...] = ()) -> typing.Iterator[tuple[typing.Any, ...]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from leaves(inner, (*path, key))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                yield from leaves(inner, (*path, number))
        elif isinstance(value, str) and path[-1] not in names:
            yield path

    paths = list(leaves(stored))
    assert len(paths) > 80
    for path in paths:
        changed = copy.deepcopy(stored)
        inner = changed
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] += "क"
        other = Material.from_dict(changed)
        assert other != everything, path
        if path[0] == "sections":
            assert other.sections != everything.sections, path


def test_parts_pickle_copy_hash_and_compare(everything: Material) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(everything.sections, protocol)) == everything.sections
        assert pickle.loads(pickle.dumps(everything, protocol)) == everything
    for block in everything.walk():
        assert copy.deepcopy(block) is block and copy.copy(block) is block
        same = pickle.loads(pickle.dumps(block))
        assert same == block and hash(same) == hash(block) and same is not block
    assert len({*everything.walk()}) == len({*everything.replace(sections=everything.sections).walk()})
    again = pickle.loads(pickle.dumps(everything))
    assert hash(again) == hash(everything) and copy.deepcopy(everything) is everything


def test_repr_makes_the_part_again_and_reads_in_hindi(everything: Material) -> None:
    for section in everything.sections:
        assert eval(repr(section), vars(patra)) == section
        assert "\\u" not in repr(section) and "मिट्टी" in repr(everything)
    # A zero-width joiner stays itself: escaped, it would tear the word.
    assert "क्\u200dष" in repr(Paragraph("क्\u200dष"))
    assert eval(repr(Paragraph("a\\u200d\u200d")), vars(patra)) == Paragraph("a\\u200d\u200d")
    assert repr(Definition("क", "ख")) == "Definition(term='क', meaning='ख')"


def test_parts_are_frozen_and_replaced(course: Material) -> None:
    definition = course.sections[0].blocks[0]
    assert isinstance(definition, Definition)
    with pytest.raises(AttributeError):
        definition.term = Text("x")  # type: ignore[misc]
    with pytest.raises(AttributeError, match="replace"):
        course.title = Text("x")  # type: ignore[misc]
    with pytest.raises(AttributeError):
        definition.term.anything = 1  # type: ignore[attr-defined]
    changed = definition.replace(meaning=["काम ", Strong("बाहर")])
    assert changed.meaning == Text(["काम ", Strong("बाहर")]) and changed.term == definition.term
    assert dataclasses.replace(definition, meaning=Text("क")) == definition.replace(meaning="क")
    with pytest.raises(TypeError):
        definition.replace(colour="red")
    with pytest.raises(TypeError, match="colour"):
        course.replace(colour="red")


def test_match_statement(course: Material) -> None:
    match course.sections[0].blocks[0]:
        case Definition(term="BPO", full_form=Text() as full):
            assert full == Text(Tagged("Business Process Outsourcing", "en"))
        case other:
            pytest.fail(repr(other))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_part_has_words_for_itself_and_takes_its_fields(part: type) -> None:
    assert part.__doc__ and not part.__doc__.startswith(part.__name__ + "(")
    names = {each.name for each in dataclasses.fields(part)}
    assert names == set(inspect.signature(part).parameters)


class TestText:
    def test_is_a_string_of_its_words(self) -> None:
        text = Text(["एक ", Strong(Emphasis("पत्र")), Break(), Code("x"), Link("y", "#z")])
        assert text == text and str(text) == "एक पत्र\nxy" and text.startswith("एक")
        assert type(str(text)) is str and len(text) == len("एक पत्र\nxy")

    def test_equals_a_string_only_where_it_is_plain(self) -> None:
        assert Text("क") == "क" and "क" == Text("क") and not Text("क") != "क"
        assert Text(Strong("क")) != "क" and "क" != Text(Strong("क")) and Text(Strong("क")) != Text("क")
        entries: dict[str, int] = {Text("क"): 1}
        assert entries["क"] == 1 and {"क": 1}[Text("क")] == 1
        assert "क" not in {Text(Strong("क")): 1}

    def test_joins_plain_runs_and_drops_empty_ones(self) -> None:
        text = Text(["क", "", "ि", Strong(""), Text("म"), Code("")])
        assert text.runs == ("किम",) and text.is_plain
        assert Text("").runs == () and Text([]) == "" and Text().is_plain
        assert Text(Strong([Gap("")])).runs != ()

    def test_refuses_what_is_no_run(self) -> None:
        for wrong in (5, [5], [Paragraph("x")], None):
            with pytest.raises(TypeError):
                Text(wrong)  # type: ignore[arg-type]

    def test_pickles_with_its_runs(self) -> None:
        for text in (Text("क"), Text(""), Text([Strong("क"), "ख"])):
            again = pickle.loads(pickle.dumps(text))
            assert again == text and again.runs == text.runs and type(again) is Text


class TestWrongParts:
    def test_types_are_told_by_field_and_place(self) -> None:
        with pytest.raises(TypeError, match=r"blocks is a list of blocks, not a str"):
            Section("क", "words")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"blocks\[1\].*not int"):
            Section("क", [Paragraph("x"), 5])  # type: ignore[list-item]
        with pytest.raises(TypeError, match=r"entries\[0\] is a Entry, not Paragraph"):
            Terms([Paragraph("x")])  # type: ignore[list-item]
        with pytest.raises(TypeError, match=r"sections\[0\]"):
            Material("क", "hi", [Paragraph("x")])  # type: ignore[list-item]
        with pytest.raises(TypeError, match="tags"):
            Material("क", "hi", tags="x")
        with pytest.raises(TypeError, match="subject is a str, not int"):
            Material("क", "hi", subject=5)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="kind is one of note, tip"):
            Note([], kind="loud")  # type: ignore[arg-type]

    def test_ids_languages_and_dates(self) -> None:
        assert Definition("क", id="CALL-Centre").id == "call-centre"
        for wrong in ("a b", "1e5", "../x", "-a"):
            with pytest.raises(ModelError):
                Definition("क", id=wrong)
        with pytest.raises(ModelError, match="हिन्दी"):
            Tagged("x", "हिन्दी")
        with pytest.raises(ModelError, match="language"):
            Material("क", "?")
        assert Material("क", "EN-in").language == "en-IN"
        assert Material("क", "hi", updated=datetime.date(2026, 2, 28)).updated == datetime.date(2026, 2, 28)
        with pytest.raises(ModelError, match="updated"):
            Material("क", "hi", updated="2026-02-30")
        with pytest.raises(TypeError, match="datetime"):
            Material("क", "hi", updated=datetime.datetime(2026, 2, 28))

    def test_a_lone_surrogate_is_no_text(self) -> None:
        with pytest.raises(ModelError, match="surrogate"):
            Material("क", "hi", [Section("ख", [Paragraph("\ud800")])])
        with pytest.raises(PatraError, match="surrogate"):
            Material.from_dict({"patra": 1, "title": "\ud800", "language": "hi", "sections": []})

    def test_nesting_without_end(self) -> None:
        text = Text("क")
        for _ in range(100):
            text = Text(Strong(text))
        with pytest.raises(ModelError, match="deeper"):
            Material(text, "hi")
        section = Section("क")
        for _ in range(100):
            section = Section("क", sections=[section])
        with pytest.raises(ModelError, match="deeper"):
            Material("क", "hi", [section])

    def test_numbers_out_of_range(self) -> None:
        with pytest.raises(ValueError):
            Gap("क", -1)
        with pytest.raises(ValueError):
            patra.List([], start=-1)


class TestStoredForm:
    def test_reads_back(self, everything: Material) -> None:
        stored = everything.to_dict()
        assert stored["patra"] == 2 and stored["authors"] == ["आशा", "रवि"]
        assert Material.from_dict(stored) == everything
        assert Material.from_json(everything.to_json()) == everything
        assert Material.from_json(everything.to_json().encode()) == everything
        assert Material.from_yaml(everything.to_yaml()) == everything
        assert "मिट्टी" in everything.to_json() and everything.to_json().endswith("}\n")

    def test_a_wrong_field_is_told_by_its_keys(self, everything: Material) -> None:
        stored = everything.to_dict()
        stored["sections"][0]["blocks"][1]["definition"]["colour"] = 1
        with pytest.raises(SourceError, match=r"sections\[0\]\.blocks\[1\]\.definition\.colour: unknown field") as caught:
            Material.from_dict(stored)
        assert caught.value.code == "P0012" and caught.value.line is None
        with pytest.raises(SourceError, match=r"title"):
            Material.from_dict({"patra": 1, "title": 5, "language": "hi", "sections": []})
        with pytest.raises(SourceError) as caught:
            Material.from_dict({"patra": 3, "title": "", "language": "hi", "sections": []})
        assert caught.value.code == "P0013"

    def test_a_wrong_field_is_told_by_its_line(self) -> None:
        stored = '{"patra": 1, "title": "क", "language": "hi",\n "sections": [{"heading": "क्षमा", "colour": 1}]}'
        with pytest.raises(SourceError) as caught:
            Material.from_json(stored)
        assert (caught.value.line, caught.value.column) == (2, 33)

    def test_bytes_that_are_no_utf8(self) -> None:
        with pytest.raises(SourceError) as caught:
            Material.from_json('{\n"क्षमा'.encode() + b"\xff")
        assert (caught.value.code, caught.value.line, caught.value.column) == ("P0001", 2, 4)


def test_the_kinds_of_items_are_those_of_the_native_model() -> None:
    assert typing.get_args(patra.Kind) == _patra.KINDS


def test_ids_are_derived_and_kept(course: Material) -> None:
    section = course.sections[0]
    assert section.id == "परिचय"
    renamed = course.replace(sections=[section.replace(heading="भूमिका"), *course.sections[1:]], title="Outsourcing")
    assert renamed.sections[0].id == "परिचय" and renamed.id == "bpo"
    assert course.sections[0].heading == "परिचय"


def test_practice(course: Material) -> None:
    items = {item.id: item for item in course.practice()}
    assert items["bpo.meaning"].plain_answer == "दूसरी कंपनी से काम कराना"
    assert items["bpo.meaning"].language == "hi" and items["bpo.meaning"].context == ("परिचय",)
    listed = items["प्रकार.all"].answer
    assert isinstance(listed, patra.Members) and listed.terms == ("कॉल सेंटर", "आउटबाउंड")
    assert pickle.loads(pickle.dumps(course.practice())) == course.practice()
    assert len({*course.practice()}) == len(items)
    assert course.practice() is course.practice()


def test_settings_say_what_is_asked(course: Material) -> None:
    settings = patra.PracticeSettings(kinds=["meaning"], of={"bpo": ["full_form"]}, skip=["आउटबाउंड.meaning"])
    asked = course.replace(practice_settings=settings)
    assert [item.id for item in asked.practice()] == ["bpo.full-form", "कॉल-सेंटर.meaning"]
    assert asked.practice_settings == settings and Material.from_json(asked.to_json()).practice_settings == settings
    assert eval(repr(settings), vars(patra)) == settings
    assert dict(settings.of) == {"bpo": frozenset(["full_form"])} and hash(settings) == hash(settings.replace())
    assert asked.replace(practice_settings=None) == course
    with pytest.raises(ValueError, match="riddle"):
        patra.PracticeSettings(kinds=["riddle"])  # type: ignore[list-item]
    with pytest.raises(ModelError, match="P9999"):
        course.replace(practice_settings=patra.PracticeSettings(allow=["P9999"]))


def test_advice_can_be_allowed() -> None:
    long = Material("क", "hi", [Section("ख", [Definition("ग", "शब्द " * 60, id="long")])])
    (advice,) = [each for each in long.advice() if "long" in each.message]
    assert not advice.is_error
    quiet = long.replace(practice_settings=patra.PracticeSettings(allow_for={"long": [advice.code]}))
    assert advice.code not in {each.code for each in quiet.advice()}


def test_items_of_every_kind_add_to_the_usual(everything: Material) -> None:
    usual, every = everything.practice(), everything.practice(every_kind=True)
    assert {item.id for item in usual} < {item.id for item in every}
    assert {item.kind for item in every} - {item.kind for item in usual} <= {"pick", "which", "true_false"}


def test_messages_of_its_own_come_first(course: Material) -> None:
    other = course.replace(messages={"question": "पूछो"})
    assert dict(other.messages) == {"question": "पूछो"} and other != course
    assert Material.from_json(other.to_json()) == other and dict(course.messages) == {}


def test_answers_have_their_forms(everything: Material) -> None:
    by_kind = {item.kind: item.answer for item in everything.practice()}
    row = by_kind["compare_row"]
    assert isinstance(row, tuple) and all(isinstance(cell, patra.RowCell) for cell in row)
    assert isinstance(by_kind["gap"], patra.GapAnswer) and isinstance(by_kind["meaning"], Text)
    choices = by_kind["choice"]
    assert isinstance(choices, patra.Choices) and sum(choice.correct for choice in choices.choices) == 1


def test_walk(everything: Material) -> None:
    names = [type(block).__name__ for block in everything.walk()]
    # A block comes before the blocks inside it, a section's blocks before its subsections.
    assert names[:6] == ["Paragraph", "Definition", "Paragraph", "Terms", "Quote", "Paragraph"]
    definition = everything.sections[0].blocks[1]
    assert isinstance(definition, Definition) and patra.children(definition) == definition.details
    assert [*patra.walk(definition)] == [definition, *definition.details] and patra.children(definition.details[0]) == ()
    assert names.index("Comparison") < names.index("Table") < names.index("Question")


def test_scripts_and_struck_words_have_a_mark_as_strings() -> None:
    inner = Text(["log", patra.Subscript("2")])
    said = Text(["10", patra.Superscript("8"), ", ", Strong(inner), "8, x", patra.Superscript("n+1"), patra.Strikeout("never")])
    assert str(said) == "10^8, log_2 8, x^(n+1)~~never~~"


def test_emphasis_is_not_strong() -> None:
    emphasis: object = Emphasis("क")
    assert emphasis != Strong("क") and emphasis == Emphasis("क")


def test_check_names_what_is_wrong() -> None:
    twice = Material("क", "hi", [Section("ख", [Definition("ग", "घ", id="same"), Definition("ङ", "च", id="same")])])
    (problem,) = [each for each in twice.check() if each.is_error]
    assert problem.code == "P0030" and "same" in problem.message and problem.line is None
    with pytest.raises(ModelError) as caught:
        twice.sheets()
    assert caught.value.code == "P0030" and caught.value.diagnostics == twice.check()


def test_an_item_has_the_code_that_stands_on_paper(course: Material) -> None:
    import csv
    import io

    rows = csv.DictReader(io.StringIO(course.sheets()["practice.csv"].decode("utf-8-sig")))
    assert {row["practice_id"]: row["code"] for row in rows} == {item.id: item.code for item in course.practice()}
