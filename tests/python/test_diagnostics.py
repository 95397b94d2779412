"""Problems, told to programs: as JSON, and as SARIF, by the rules of its specification (OASIS SARIF 2.1.0)."""

import json
import os
import re
import subprocess
import unicodedata

import pytest
from conftest import program

PATRA = str(program())

SOURCE = """---
id: notes
title: नोट
language: hi
---

# नोट

क्षमा 😀 {{खुला

प्रश्न: क्या?

- [ ] एक
- [ ] दो

![चित्र](नहीं है.png)
"""


def check(folder, form, *more, env=None):
    ran = subprocess.run(
        [PATRA, "check", "नो ट.md", "--format", form, *more],
        cwd=folder,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", **(env or {})},
    )
    return ran, json.loads(ran.stdout)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "नो ट.md").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def test_json_tells_places_by_letters_and_by_bytes(folder):
    ran, found = check(folder, "json")
    assert ran.returncode == 1
    assert not ran.stderr
    assert [one["code"] for one in found if one["severity"] == "error"] == ["P0023"]
    gap = next(one for one in found if one["code"] == "P0023")
    assert gap["file"] == "नो ट.md" and gap["explain"] == "patra explain P0023"
    # `क्षमा` is two letters, the smile is one.
    assert (gap["start"]["line"], gap["start"]["column"]) == (9, 6)
    whole = SOURCE.encode()
    assert whole[gap["start"]["byte"] : gap["end"]["byte"]].decode().startswith("{{")
    assert set(gap) == {"file", "code", "severity", "message", "hint", "start", "end", "explain"}


def test_a_failure_is_in_the_document(folder):
    ran = subprocess.run([PATRA, "check", "none.md", "--format", "json"], cwd=folder, capture_output=True)
    (only,) = json.loads(ran.stdout)
    assert (ran.returncode, only["file"], only["code"], only["severity"]) == (3, None, None, "error")


def test_messages_are_in_the_language_of_the_environment(folder):
    _, english = check(folder, "json")
    _, hindi = check(folder, "json", env={"LC_ALL": "", "LC_MESSAGES": "hi_IN.UTF-8", "LANG": "en_US.UTF-8"})
    _, asked = check(folder, "json", "--lang", "hi")
    assert hindi == asked
    assert len(hindi) == len(english)
    for here, there in zip(english, hindi, strict=True):
        assert here["message"] != there["message"]
        assert any(unicodedata.name(letter, "").startswith("DEVANAGARI") for letter in there["message"])
        assert {**here, "message": "", "hint": ""} == {**there, "message": "", "hint": ""}


def test_sarif_is_well_formed(folder):
    ran, log = check(folder, "sarif")
    assert ran.returncode == 1
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "patra"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"P\d{4}", one) for one in ids)
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] and rule["defaultConfiguration"]["level"] in {"error", "warning"}
    assert run["columnKind"] == "utf16CodeUnits"
    assert all(invocation["executionSuccessful"] is True for invocation in run["invocations"])
    assert run["results"]
    lines = SOURCE.split("\n")
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning"} and result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        # A URI reference is ASCII, without spaces (RFC 3986).
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"])
        region = place.get("region")
        if region:
            assert 1 <= region["startLine"] <= region["endLine"] <= len(lines)
            assert region["startColumn"] >= 1 and region["byteLength"] >= 0
            if region["startLine"] == region["endLine"]:
                assert region["startColumn"] <= region["endColumn"]
    gap = next(one for one in run["results"] if one["ruleId"] == "P0023")["locations"][0]["physicalLocation"]["region"]
    # In UTF-16 `क्षमा ` is six units and the smile two.
    before = SOURCE.split("\n")[8].split("{{")[0]
    assert gap["startColumn"] == len(before.encode("utf-16-le")) // 2 + 1
