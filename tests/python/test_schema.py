"""The JSON Schema of the stored form says what patra takes, and docs/model.md says it in words."""

import copy
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import REPOSITORY, Run
from model_page import example, page

MODEL = REPOSITORY / "docs" / "model.md"

# Every kind of block and of run, and every field.
EVERYTHING: dict[str, Any] = {
    "patra": 1,
    "id": "everything",
    "title": ["सब ", {"strong": "कुछ"}],
    "language": "hi-IN",
    "subject": "विज्ञान",
    "authors": ["रमा"],
    "licence": "CC-BY-4.0",
    "source": "https://example.org/",
    "updated": "2024-02-29",
    "tags": ["no", "1.10"],
    "practice": {
        "kinds": ["meaning", "gap"],
        "of": {"soil": ["term"]},
        "skip": ["soil.term"],
        "allow": ["P0050"],
        "allow_for": {"soil": ["P0051"]},
    },
    "messages": {"hint": "संकेत"},
    "sections": [
        {"blocks": [{"paragraph": {"text": "शुरू"}}]},
        {
            "id": "blocks",
            "heading": "खंड",
            "blocks": [
                {"definition": {"id": "soil", "term": "मिट्टी", "full_form": "पूरा", "meaning": "परत", "details": [{"math": {"tex": "x^2"}}]}},
                {"terms": {"id": "kinds", "kind": "प्रकार", "ordered": True, "entries": [
                    {"id": "black", "term": "काली", "description": "नम", "details": [{"quote": {"blocks": []}}]}]}},
                {"comparison": {"id": "two", "corner": "पहलू", "subjects": [{"id": "p", "name": "क"}, {"name": "ख"}],
                                "aspects": [{"id": "r", "name": "दाम", "cells": ["1", "2"]}]}},
                {"table": {"columns": [{"heading": "", "alignment": "end"}], "rows": [{"cells": ["७"]}]}},
                {"verse": {"stanzas": [["पहली पंक्ति", ["दूसरी ", {"strong": "पंक्ति"}]], ["तीसरी"]]}},
                {"list": {"start": 3, "items": [{"text": "एक", "blocks": [{"paragraph": {"text": "और"}}]}]}},
                {"note": {"kind": "tip", "blocks": [{"code": {"language": "python", "text": "x = 1"}}]}},
                {"figure": {"source": "a.png", "alt": "चित्र", "caption": "नीचे",
                            "regions": [{"id": "leaf", "name": "पत्ती", "at": [0.25, 0, 0.5, 1]}]}},
                {"question": {"id": "q", "prompt": "क्या?", "answer": "यह", "hint": "सोचो",
                              "choices": [{"text": "यह", "correct": True}, {"text": "वह"}]}},
                {"question": {"prompt": "कब?", "details": [{"paragraph": {"text": "कल"}}]}},
                {"list": {"start": 3, "marker": {"style": "devanagari-consonants", "delimiter": "two-parens"}, "items": [{"text": "ग"}]}},
                {"question": {"prompt": "कौन?", "stem": [{"paragraph": {"text": "पढ़िए।"}}], "lettering": {"style": "upper-alpha"},
                              "choices": [{"text": "यह"}, {"text": "इनमें से कोई नहीं", "pinned": True}], "marks": 1.5}},
                {"question": {"prompt": "बनाइए।", "room": {"space": "60mm"}}},
                {"question": {"prompt": "लिखिए।", "room": {"lines": 8}}},
                {"cloze": {"id": "c", "text": ["यह ", {"gap": {"text": "शब्द", "number": 2, "hint": "ह"}}, " है।"]}},
                {"paragraph": {"text": [{"emphasis": "क"}, {"code": "x"}, {"link": {"text": "ल", "target": "#soil"}},
                                        {"math": "x"}, {"language": {"text": "word", "language": "en"}}, {"break": True}, "अंत"]}},
            ],
            "sections": [{"heading": "भीतर"}],
        },
    ],
}


@pytest.fixture(scope="module")
def schema(patra: Callable[..., Run]) -> dict[str, Any]:
    ran = patra("export", "--schema")
    assert ran.returncode == 0, ran.stderr
    schema = json.loads(ran.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


@pytest.fixture(scope="module")
def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema)


def spots(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """Every path into a stored form."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from spots(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from spots(inner, (*path, index))


def changed(value: Any, path: tuple, change: Callable[[Any, Any], None]) -> Any:
    value = copy.deepcopy(value)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    change(inner, path[-1])
    return value


def take(inner: Any, key: Any) -> None:
    del inner[key]


def put(new: Any) -> Callable[[Any, Any], None]:
    def change(inner: Any, key: Any) -> None:
        inner[key] = new

    return change


def extra(inner: Any, key: Any) -> None:
    if isinstance(inner[key], dict):
        inner[key]["colour"] = 1
    else:
        inner[key] = {"colour": 1}


def mutants(seed: int, count: int) -> Iterator[Any]:
    """Stored forms with one thing changed: taken away, added, or of another kind."""
    chance = random.Random(seed)
    paths = [path for path in spots(EVERYTHING) if path]
    wrong = [None, True, 0, 501, -1, 1.5, "", "a b", "hindi language", "2026-02-29", "P0050", [], {}, ["x"], {"bold": "x"}, [0, 0, 2, 1]]
    for _ in range(count):
        path = chance.choice(paths)
        change = chance.choice([take, extra, *(put(each) for each in wrong)])
        stored = changed(EVERYTHING, path, change)
        if not is_list_for_object(stored, path):
            yield stored


def is_list_for_object(stored: Any, path: tuple) -> bool:
    """Whether a list stands where an object stood. patra takes it for the fields in their order, which nothing writes and
    the schema rules out."""
    before, after = EVERYTHING, stored
    for key in path:
        before = before[key]
        if isinstance(after, dict) and key not in after or isinstance(after, list) and key >= len(after):
            return False
        after = after[key]
    return isinstance(before, dict) and isinstance(after, list)


# What the schema lets pass and patra refuses, by its code: what hangs on another field, or on what is in a text.
BEYOND_THE_SCHEMA = {
    "P0030",  # two things with one id
    "P0031",  # a term of white space in runs
    "P0033",  # cells that are not as many as columns
    "P0036",  # a question of white space in runs
    "P0038", "P0039",  # a sentence without a gap, an empty gap in runs
    "P0041",  # nesting
    "P0044",  # which section may lack a heading
    "P0046",  # a gap that splits a letter
    "P0059",  # messages
    "P0065",  # files
}


def refused(patra: Callable[..., Run], stored: Any, folder: Path) -> set[str]:
    """The codes of the errors for which patra refuses a stored form; none where it takes it."""
    path = folder / "stored.json"
    path.write_text(json.dumps(stored, ensure_ascii=False), "utf-8")
    ran = patra("export", "--json", path)
    assert ran.returncode in (0, 1), ran.stderr
    lines = ran.stderr.splitlines()
    codes = {line.split("[")[1].split("]")[0] for line in lines if line.startswith("error[")}
    assert bool(codes) == (ran.returncode == 1), ran.stderr
    return codes


def test_all_that_is_written_is_valid(
    patra: Callable[..., Run], validator: jsonschema.Draft202012Validator, course_out: Path, tmp_path: Path
) -> None:
    for edition in ["hi", "en"]:
        validator.validate(json.loads((course_out / "bpo" / edition / "material.json").read_text("utf-8")))
    validator.validate(EVERYTHING)
    assert not refused(patra, EVERYTHING, tmp_path)
    for path in sorted((REPOSITORY / "materials").glob("*.md")):
        validator.validate(json.loads(patra("export", "--json", path).stdout))


def test_every_field_and_kind_is_tried(schema: dict[str, Any]) -> None:
    tried = {step for path in spots(EVERYTHING) for step in path if isinstance(step, str)}
    known = {name for definition in [schema, *schema["$defs"].values()] for name in definition.get("properties", {})}
    assert known <= tried, known - tried


@pytest.mark.parametrize("seed", range(6))
def test_what_one_refuses_the_other_refuses(
    patra: Callable[..., Run], validator: jsonschema.Draft202012Validator, tmp_path: Path, seed: int
) -> None:
    for stored in mutants(seed, 60):
        codes = refused(patra, stored, tmp_path)
        valid = validator.is_valid(stored)
        told = json.dumps(stored, ensure_ascii=False)
        assert valid or codes, f"the schema alone refuses {told}: {jsonschema.exceptions.best_match(validator.iter_errors(stored))}"
        assert not valid or codes <= BEYOND_THE_SCHEMA, f"patra alone refuses, by {codes}, {told}"


def test_the_examples_of_the_page_are_valid(schema: dict[str, Any]) -> None:
    for name, definition in schema["$defs"].items():
        whole = {**definition, "$defs": schema["$defs"]}
        jsonschema.Draft202012Validator(whole).validate(example(definition, schema))
    jsonschema.Draft202012Validator(schema).validate(example(schema, schema))


def test_the_page_of_the_model_is_up_to_date(schema: dict[str, Any]) -> None:
    text = page(schema)
    if os.environ.get("PATRA_UPDATE"):
        MODEL.write_text(text, "utf-8")
    assert MODEL.read_text("utf-8") == text, "write it again: PATRA_UPDATE=1 just test-python -k model"
