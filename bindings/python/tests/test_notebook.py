"""How things look in a notebook."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import patra
from patra import Definition, Link, Material, Paragraph, Section, Tagged, Text

VOID = {"br"}


class Outline(HTMLParser):
    """Sees that every element is closed in its turn, and collects words and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_material_shows_all_its_words_in_its_language(everything: Material) -> None:
    outline = Outline(everything._repr_html_())
    assert outline.tags[0] == ("article", {"lang": "hi"})
    assert ("span", {"lang": "en"}) in outline.tags
    for block in everything.walk():
        for text in (getattr(block, name, None) for name in ("term", "meaning", "prompt", "answer", "text", "caption")):
            if isinstance(text, Text):
                # A page raises and lowers words, and strikes them out, where a string has marks.
                marks = r"[\n^_~$]"
                assert re.sub(marks, "", str(text)) in re.sub(marks, "", outline.words), text
    assert {"sup", "sub", "s"} <= {tag for tag, _ in outline.tags}
    for words in ("जल्दी रिसता है", "00120", "तीन परतें", "चिकनी", "print('मिट्टी')"):
        assert words in outline.words


def test_every_part_and_item_is_well_formed(everything: Material) -> None:
    for block in everything.walk():
        Outline(block._repr_html_())
    for section in everything.sections:
        Outline(section._repr_html_())
    items = everything.practice(every_kind=True)
    assert {item.kind for item in items} >= {"gap", "choice", "enumerate", "compare_row"}
    for item in items:
        outline = Outline(item._repr_html_())
        assert outline.tags[0] == ("article", {"lang": "hi"})
        for line in item.plain_answer.split("\n"):
            assert line.split(": ")[-1] in outline.words, item
    choice = everything.sections[1].blocks[1]
    assert isinstance(choice, patra.Question)
    Outline(choice.choices[0]._repr_html_())


def test_a_gap_hides_its_own_words_only(everything: Material) -> None:
    gaps = [item for item in everything.practice() if item.kind == "gap"]
    question, _, _ = gaps[0]._repr_html_().partition("<details>")
    assert "केंचुआ" not in question and "[जीव]" in question and "मिट्टी को" in question


def test_urdu_runs_from_the_right() -> None:
    assert Material("سبق", "ur")._repr_html_().startswith('<article lang="ur" dir="rtl">')
    assert Material("पाठ", "ur-Deva")._repr_html_().startswith('<article lang="ur-Deva">')


def test_nothing_of_a_stranger_runs() -> None:
    evil = '<script>alert("x")</script>'
    link = Link(evil, "javascript:alert(1)")
    section = Section(evil, [Paragraph([evil, link]), Definition(evil, Tagged(evil, "en"), details=[])])
    material = Material(evil, "hi", [section], subject=evil, authors=[evil])
    shown = [material, section, *section.blocks, *material.practice()]
    for html in (each._repr_html_() for each in shown):
        tags = Outline(html).tags
        assert not [tag for tag, _ in tags if tag == "script"] and "javascript:" not in html
        assert not [attributes for _, attributes in tags if any(name.startswith("on") for name in attributes)]
    assert 'href="https://example.org/?a&amp;b"' in Text(Link("x", "https://example.org/?a&b"))._repr_html_()
