"""Which cards a note has, by patra and by Anki: on templates and fields made at random.

Of odd templates (comments, `{{Deck}}` alone) Anki 24.11 still makes other cards; patra's own have none such.
"""

import json
import os
import random
import subprocess
from pathlib import Path

import pytest
from anki.collection import Collection
from conftest import example

NOTES = int(os.environ.get("PATRA_CARD_NOTES", "300"))
FIELDS = ["A", "B b", "ग"]
CONTENTS = ["", "", " ", "<br>", "<div></div>", "<DIV/> <br />\n", "क", "<b></b>", "&nbsp;", "0", "<img src=x>", "{{A}}", "\u00a0", "</div >", "<br class=x>"]
GAPS = ["", "क", "{{c1::क}}", "{{c2::क::ख}}", "{{c1::क {{c3::ख}}}}", "{{c0::क}}", "{{c501::क}}", "{{c10000::क}}", "{{c99999::क}}", "{{c4::क", "}}", "{{", "{{c5::}}", "{c1::क}}", "{{c1:क}}", "{{C6::क}}", "{{c1::\n}}", "{{c02::क}}"]
FILTERS = ["", "", "hint:", "type:", "tts hi_IN:", "text:", "cloze:", "type:cloze:", "furigana:", "unknown:", " hint: "]


class Author:
    """Writes templates and notes."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def front(self, depth: int = 0) -> str:
        return "".join(self.piece(depth) for _ in range(self.random.randint(1, 3)))

    def piece(self, depth: int) -> str:
        field = self.random.choice(FIELDS)
        match self.random.randrange(11):
            case 0:
                return self.random.choice(["words", " ", "<hr>", "}}", "{", "<!--", "-->", "&#123;"])
            case 1:
                return f"<!-- {{{{{field}}}}} -->"
            case 2 if depth < 3:
                return f"{{{{#{field}}}}}{self.front(depth + 1)}{{{{/{field}}}}}"
            case 3 if depth < 3:
                return f"{{{{^{field}}}}}{self.front(depth + 1)}{{{{/{field}}}}}"
            case 4 if depth < 3:
                return f"{{{{ # {field} }}}}{self.front(depth + 1)}{{{{ / {field} }}}}"
            case 5:
                return self.random.choice(["{{{%s}}}", "{{ %s }}", "{{\n%s}}"]) % field
            case 6:
                return self.random.choice(["{{Tags}}", "{{Deck}}", "{{Card}}", "{{#Tags}}x{{A}}{{/Tags}}", "{{CardFlag}}"])
            case _:
                return f"{{{{{self.random.choice(FILTERS)}{field}}}}}"

    def note(self, gaps: bool) -> dict:
        fronts = [self.front() for _ in range(1 if gaps else self.random.randint(1, 3))]
        contents = GAPS if gaps else CONTENTS
        fields = [[name, "".join(self.random.choices(contents, k=self.random.randint(1, 2)))] for name in FIELDS]
        if gaps and self.random.random() < 0.8:
            fronts[0] += "{{cloze:A}}"
        return {"fronts": fronts, "fields": fields, "gaps": gaps}


def by_anki(collection: Collection, notes: list[dict]) -> list[list[int] | None]:
    """The ordinals of the cards that Anki makes; none where it takes no such note type."""
    found: list[list[int] | None] = []
    for index, note in enumerate(notes):
        model = collection.models.new(f"model {index}")
        model["type"] = int(note["gaps"])
        for name, _ in note["fields"]:
            collection.models.add_field(model, collection.models.new_field(name))
        for ord, front in enumerate(note["fronts"]):
            template = collection.models.new_template(f"card {ord}")
            # Anki takes no note type for gaps whose back hides none.
            template["qfmt"], template["afmt"] = front, "{{cloze:A}}" if note["gaps"] else f"{ord}"
            collection.models.add_template(model, template)
        try:
            model_id = collection.models.add_dict(model).id
        except Exception:
            found.append(None)
            continue
        added = collection.new_note(collection.models.get(model_id))
        for (name, _), content in zip(note["fields"], [content for _, content in note["fields"]], strict=True):
            added[name] = content
        collection.add_note(added, collection.decks.id("Default"))
        # Of the gaps numbered above 500 Anki makes the same card once for each.
        found.append(sorted({card.ord for card in added.cards()}))
    return found


@pytest.mark.parametrize("gaps", [False, True], ids=["templates", "gaps"])
def test_cards_are_those_that_anki_makes(tmp_path: Path, gaps: bool) -> None:
    author = Author(7)
    notes = [author.note(gaps) for _ in range(NOTES)]
    # What genanki and genanki-rs give no card.
    notes += [
        {"fronts": [front], "fields": [["A", "क"], ["B b", ""], ["ग", ""]], "gaps": False}
        for front in ["{{hint:A}}", "{{type:A}}", "{{tts hi_IN:A}}", "{{#A}}{{hint:A}}{{/A}}"]
    ]
    lines = "".join(json.dumps(note) + "\n" for note in notes)
    ran = subprocess.run([example("cards")], input=lines, capture_output=True, encoding="utf-8", timeout=120, check=True)
    ours = [json.loads(line) for line in ran.stdout.splitlines()]
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        theirs = by_anki(collection, notes)
    finally:
        collection.close()
    assert len(ours) == len(theirs) == len(notes)
    judged = [(note, our, their) for note, our, their in zip(notes, ours, theirs, strict=True) if their is not None]
    assert len(judged) > NOTES / 4, len(judged)
    assert not [(note, our, their) for note, our, their in judged if our != their][:5]
