"""Quizzes, read back by programs that are not ours: pygiftparser, moodle-xml-parser, onyx2moodle, and pyslet, which holds every
element of QTI to what may stand in it."""

import csv
import io
import logging
import warnings
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pytest
from conftest import EDITIONS, Run, folded, load
from moodle_xml_parser.parser import parse_file
from onyx2moodle.parser import AssessmentItem, parse_item

# What its modules say of their own patterns is no concern of the tests.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pygiftparser import parser as gift_parser
    from pygiftparser.utils import transformSpecials
    from pyslet.qtiv2 import xml as qti_xml

SHORT = {"term", "full-form", "abbreviation", "member", "next"}
ESSAY = {"meaning", "all", "cell", "row", "question"}
CONTENT = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
TEST = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


@dataclass(frozen=True)
class Asked:
    """What is asked, as the sheets have it."""

    kind: str
    answer: str


@dataclass
class Quiz:
    """The quiz of a material in each format, and what it has to ask."""

    folder: Path
    asked: dict[str, Asked]

    @property
    def moodle(self) -> Path:
        return self.folder / "quiz" / "moodle.xml"

    def gift(self) -> list:
        with (self.folder / "quiz" / "gift.txt").open(encoding="utf-8", newline="") as file:
            return gift_parser.parseFile(file)

    def package(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(self.folder / "quiz" / "qti.zip")

    def items(self, folder: Path) -> dict[str, AssessmentItem]:
        """The items of the package, by the ids in their labels."""
        with self.package() as package:
            package.extractall(folder)
        items = [parse_item(path) for path in sorted((folder / "items").iterdir())]
        return {ElementTree.fromstring(item.raw_xml).attrib["label"]: item for item in items}


def quiz_of(folder: Path) -> Quiz:
    with (folder / "sheets" / "practice.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return Quiz(folder, {row["practice_id"]: Asked(row["kind"], row["answer"]) for row in rows})


@pytest.fixture(scope="module")
def quizzes(patra: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("quizzes")
    ran = patra("build", "-o", out, "--only", "quiz,sheets")
    assert (ran.returncode, ran.stderr) == (0, "")
    return out


@pytest.fixture(params=EDITIONS)
def quiz(request: pytest.FixtureRequest, quizzes: Path) -> Quiz:
    return quiz_of(quizzes / "bpo" / request.param)


def plain(html: str) -> str:
    """The words of HTML."""
    return lxml.html.fromstring(f"<div>{html}</div>").text_content() if html else ""


def questions(quiz: Quiz) -> list[ElementTree.Element]:
    found = ElementTree.parse(quiz.moodle).getroot().findall("question")
    return [question for question in found if question.get("type") != "category"]


def test_no_quiz_is_made_unless_asked_for(course_out: Path) -> None:
    assert not list(course_out.rglob("quiz"))


def test_every_item_has_its_id_in_every_format(quiz: Quiz, tmp_path: Path) -> None:
    moodle = [question.findtext("idnumber") for question in questions(quiz)]
    assert len(moodle) == len(set(moodle))
    assert set(quiz.asked) < set(moodle)
    # The sheets have the usual kinds only, and no question to match.
    more = {str(id).rsplit(".", 1)[1] for id in set(moodle) - set(quiz.asked)}
    assert more == {"pick", "which", "true-false", "match"}
    gift = quiz.gift()
    assert [question.title for question in gift] == moodle
    assert all(question.full.startswith(f"// [id:{question.title}] [tag:") for question in gift)
    assert quiz.items(tmp_path).keys() == set(moodle)


def test_moodle_has_every_answer(quiz: Quiz) -> None:
    kinds = Counter(question.get("type") for question in questions(quiz))
    assert set(kinds) == {"essay", "shortanswer", "multichoice", "truefalse", "cloze", "matching"}
    for question in questions(quiz):
        id = question.findtext("idnumber", "")
        asked = quiz.asked.get(id)
        if asked and asked.kind in SHORT:
            assert question.get("type") == "shortanswer"
            answers = [(a.get("fraction"), a.findtext("text")) for a in question.findall("answer")]
            assert answers == [("100", asked.answer)], id
        if asked and asked.kind in ESSAY:
            assert question.get("type") == "essay"
            for part in ("generalfeedback", "graderinfo"):
                told = folded(plain(question.findtext(f"{part}/text", "")))
                # A row names its subjects with a colon.
                assert all(folded(words) in told for line in asked.answer.split("\n") for words in line.split(": ")), id


def test_moodle_choices_and_gaps_are_read_by_a_parser(quiz: Quiz) -> None:
    read = parse_file(str(quiz.moodle))
    ids: dict[str, list[str]] = {}
    for question in questions(quiz):
        ids.setdefault(question.get("type", ""), []).append(question.findtext("idnumber", ""))
    assert [len(read["multichoice"]), len(read["cloze"])] == [len(ids["multichoice"]), len(ids["cloze"])]
    for id, choice in zip(ids["multichoice"], read["multichoice"], strict=True):
        right = [option for option in choice.options if option.score_fraction > 0]
        assert choice.single == (len(right) == 1)
        assert round(sum(option.score_fraction for option in right), 3) == 100
        if id in quiz.asked:
            # Choices are in the order of a seed, here and in QTI.
            assert sorted(plain(option.answer) for option in right) == sorted(quiz.asked[id].answer.split("\n")), id
    for id, cloze in zip(ids["cloze"], read["cloze"], strict=True):
        assert {gap.sub_type for gap in cloze.gaps} == {"SHORTANSWER"}
        assert [option.answer for gap in cloze.gaps for option in gap.options] == quiz.asked[id].answer.split("\n"), id


def test_gift_is_read_by_a_parser(quiz: Quiz) -> None:
    types = {"true-false": "TrueFalseSet", "match": "MatchingSet", "pick": "SelectSet", "which": "ShortSet"}
    types |= dict.fromkeys(SHORT, "ShortSet") | dict.fromkeys(ESSAY, "Essay")
    gift = quiz.gift()
    # The parser reads the path of a category only as far as its ASCII letters go.
    assert {question.cat for question in gift if question.cat} != {"$course$"}
    for question in gift:
        assert question.valid and question.markup == "html", question.full
        asked, name = quiz.asked.get(question.title), type(question.answers).__name__
        kind = asked.kind if asked else question.title.rsplit(".", 1)[1]
        if kind in types:
            assert name == types[kind], question.full
        if asked and name == "ShortSet":
            (answer,) = question.answers.answers
            assert transformSpecials(answer.answer) == asked.answer.replace("\n", ", ")
            # A sentence goes on after its gap.
            assert bool(question.tail) == (asked.kind == "gap")
        if asked and name == "Essay":
            markup, feedback = question.generalFeedback.split("]", 1) if "]" in question.generalFeedback else ("", "")
            told = folded(plain(transformSpecials(feedback or question.generalFeedback)))
            assert all(folded(words) in told for line in asked.answer.split("\n") for words in line.split(": ")), markup


def test_terms_are_matched_with_their_meanings(quiz: Quiz, tmp_path: Path) -> None:
    model = load(quiz.folder)
    lists = {}

    def walk(sections: list[dict]) -> None:
        for section in sections:
            lists.update({block["terms"]["id"]: block["terms"] for block in section.get("blocks", []) if "terms" in block})
            walk(section.get("sections", []))

    walk(model["sections"])
    terms = {id: [entry["term"] for entry in entries["entries"]] for id, entries in lists.items()}
    matches = {question.title: question for question in quiz.gift() if question.title.endswith(".match")}
    assert len(matches) > 2
    items = quiz.items(tmp_path)
    for id, question in matches.items():
        pairs = [(answer.question, answer.answer.strip()) for answer in question.answers.answers]
        assert [term for _, term in pairs] == terms[id.removesuffix(".match")]
        (interaction,) = items[id].interactions
        sides = {choice.identifier: plain(choice.html) for choice in interaction.match_sources + interaction.match_targets}
        (response,) = items[id].response_decls.values()
        matched = [tuple(sides[name] for name in value.split(" ")) for value in response.correct_values]
        assert [term for _, term in matched] == [term for _, term in pairs]
        assert [folded(meaning) for meaning, _ in matched] == [
            folded(plain(transformSpecials(meaning))) for meaning, _ in pairs
        ]
        assert set(response.mapping.values()) == {1.0} and interaction.max_choices == len(pairs)


def test_qti_says_what_is_right(quiz: Quiz, tmp_path: Path) -> None:
    for id, item in quiz.items(tmp_path).items():
        kinds = [interaction.kind for interaction in item.interactions]
        correct = [value for response in item.response_decls.values() for value in response.correct_values]
        asked = quiz.asked.get(id)
        kind = asked.kind if asked else id.rsplit(".", 1)[1]
        if kind in ("pick", "choice", "true-false"):
            assert kinds == ["choice"]
            chosen = [plain(choice.html) for choice in item.interactions[0].choices if choice.identifier in correct]
            assert len(chosen) == len(correct) > 0
            assert not asked or sorted(chosen) == sorted(asked.answer.split("\n"))
        elif asked and (kind in SHORT or kind == "gap"):
            assert set(kinds) == {"textEntry"}
            assert correct == asked.answer.split("\n")
            assert [r.mapping for r in item.response_decls.values()] == [{value: 1.0} for value in correct]
        elif kind in ESSAY:
            assert (kinds, correct) == (["extendedText"], [])


def refusal(document: bytes, caplog: pytest.LogCaptureFixture) -> str:
    """What pyslet has against a document of QTI; nothing where it is sound."""
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        try:
            qti_xml.QTIDocument().read(src=io.BytesIO(document))
        except Exception as error:  # pyslet has many, without a base of their own.
            return repr(error)
    return "; ".join(record.getMessage() for record in caplog.records)


def test_qti_is_valid(quiz: Quiz, caplog: pytest.LogCaptureFixture) -> None:
    with quiz.package() as package:
        documents = {name: package.read(name) for name in package.namelist() if name != "imsmanifest.xml"}
    assert "assessment.xml" in documents
    for name, document in documents.items():
        assert refusal(document, caplog) == "", name
    # And it would say so if it weren't.
    essay = next(document for name, document in documents.items() if name.endswith(".all.xml"))
    for right, wrong in [
        (b"<itemBody>", b"<itemBody><bogus/>"),
        (b"<prompt>", b"<prompt><p>x</p>"),
        (b'cardinality="single"', b'cardinality="many"'),
    ]:
        assert right in essay
        assert refusal(essay.replace(right, wrong), caplog) != ""


def test_the_package_holds_what_its_manifest_says(quiz: Quiz) -> None:
    with quiz.package() as package:
        names = package.namelist()
        manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))
        test = ElementTree.fromstring(package.read("assessment.xml"))
    assert names[0] == "imsmanifest.xml"
    resources = manifest.findall(f".//{CONTENT}resource")
    assert sorted(file.attrib["href"] for file in manifest.iter(f"{CONTENT}file")) == sorted(names[1:])
    identifiers = {resource.attrib["identifier"] for resource in resources}
    assert len(identifiers) == len(resources)
    assert {d.attrib["identifierref"] for d in manifest.iter(f"{CONTENT}dependency")} < identifiers
    references = [reference.attrib["href"] for reference in test.iter(f"{TEST}assessmentItemRef")]
    assert sorted(references) == sorted(name for name in names if name.startswith("items/"))
    assert all(name.isascii() for name in names)


# Signs that mean something to one of the formats, without those that mean something to the source, and without the braces,
# which pygiftparser takes for the end of an answer even where they are escaped.
SIGNS = "a ~ b = c # d : e / f ; && g % h"
HOSTILE = f"""---
id: hostile
title: "{SIGNS}"
language: hi
---

# {SIGNS}

क {SIGNS} {{#ka}}
: ख {SIGNS} है

प्रश्न: ग {SIGNS}? {{#ga}}
- [x] घ {SIGNS}
- [ ] ङ {SIGNS}
- [x] च "{SIGNS}"

एक {{{{गैप ~ = # : / " &}}}} है। {{#gap}}

प्रश्न: कौन-सा कोष्ठक? {{#braces}}
- [x] {{x}} और }}
- [ ] {{1:SHORTANSWER:=y}}
"""


def test_signs_of_a_format_are_words(patra: Callable[..., Run], tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    ran = patra("build", tmp_path / "hostile.md", "-o", tmp_path / "out", "--only", "quiz,sheets")
    assert ran.returncode == 0, ran.stderr
    # The term holds `&&`, which Moodle's reader of GIFT keeps for itself.
    assert ran.stderr.count("P0090") == 1, ran.stderr
    quiz = quiz_of(tmp_path / "out" / "hostile")
    choices = [f"घ {SIGNS}", f"ङ {SIGNS}", f'च "{SIGNS}"']
    braces = ["{x} और }", "{1:SHORTANSWER:=y}"]
    gap = 'गैप ~ = # : / " &'

    read = parse_file(str(quiz.moodle))
    offered = [sorted(plain(option.answer) for option in choice.options) for choice in read["multichoice"]]
    assert offered == [sorted(choices), sorted(braces)]
    (short,) = (q for q in questions(quiz) if q.findtext("idnumber") == "ka.term")
    assert short.findtext("answer/text") == f"क {SIGNS}"

    gift = {question.title: question for question in quiz.gift()}
    assert sorted(plain(transformSpecials(a.answer)) for a in gift["ga.choice"].answers.answers) == sorted(choices)
    assert transformSpecials(gift["gap.gap-1"].answers.answers[0].answer) == gap
    assert plain(transformSpecials(gift["ga.choice"].text)) == f"ग {SIGNS}?"
    assert type(gift["ka.term"].answers).__name__ == "Essay"

    items = quiz.items(tmp_path / "items")
    for id, words in [("ga.choice", choices), ("braces.choice", braces)]:
        assert sorted(plain(choice.html) for choice in items[id].interactions[0].choices) == sorted(words)
    assert items["gap.gap-1"].response_decls["RESPONSE"].correct_values == [gap]
    with quiz.package() as package:
        for name in package.namelist():
            assert name == "imsmanifest.xml" or refusal(package.read(name), caplog) == "", name
