"""What the tests share."""

from __future__ import annotations

import pytest

import patra
from patra import (
    Aspect,
    Break,
    Choice,
    Cloze,
    Code,
    CodeBlock,
    Column,
    Comparison,
    Definition,
    Emphasis,
    Entry,
    Figure,
    Gap,
    Link,
    List,
    ListItem,
    Material,
    Math,
    MathRun,
    Note,
    Paragraph,
    Question,
    Quote,
    Row,
    Section,
    Strikeout,
    Strong,
    Subject,
    Subscript,
    Superscript,
    Table,
    Tagged,
    Terms,
    Text,
    Verse,
)


def make_everything() -> Material:
    """A material with every kind of block and run, every field of it set somewhere."""
    first = Section(
        "मिट्टी",
        [
            Paragraph(
                [
                    "मिट्टी ",
                    Strong(["धरती की ", Emphasis("ऊपरी")]),
                    " परत है।",
                    Break(),
                    Code("pH = 7"),
                    MathRun("x^2"),
                    Link("और पढ़ें", "https://example.org/मिट्टी"),
                    Tagged("soil", "en"),
                    " 10",
                    Superscript("-7"),
                    " से 10",
                    Superscript("-6"),
                    " N",
                    Subscript("2"),
                    Strikeout("कभी नहीं"),
                ]
            ),
            Definition(
                "NPK",
                "पौधों के तीन मुख्य पोषक तत्व",
                full_form=Tagged("Nitrogen Phosphorus Kalium", "en"),
                details=[Paragraph("खाद की बोरी पर लिखे रहते हैं।")],
                id="npk",
            ),
            Terms(
                [
                    Entry("दोमट", "जो पानी रोके भी और छोड़े भी", details=[Quote([Paragraph("सबसे उपजाऊ")])]),
                    Entry("बलुई", "जिसमें रेत अधिक हो", id="sandy"),
                ],
                kind="मिट्टी के प्रकार",
                ordered=True,
                id="types",
            ),
            Comparison(
                [Subject("दोमट मिट्टी"), Subject("बलुई मिट्टी", id="sand")],
                [Aspect("पानी", ["देर तक रहता है", "जल्दी रिसता है"]), Aspect("फसल", ["गेहूँ", "मूँगफली"], id="crop")],
                corner="पहलू",
                id="soils",
            ),
        ],
        [
            Section(
                "उप-विषय",
                [
                    Table([Column("माह"), Column("वर्षा", "end")], [Row(["जून", "00120"]), Row(["जुलाई", "280"])]),
                    List([ListItem("पहला", [List([ListItem("भीतर")])]), ListItem("दूसरा")], start=3, marker="(क)"),
                    Note([Paragraph("हाथ धोएँ।")], kind="warning"),
                    CodeBlock("print('मिट्टी')", language="python"),
                    Math(r"\frac{a}{b}"),
                    Figure("चित्र/soil.png", "तीन परतें", caption=Text(["परतें: ", Strong("तीन")])),
                    Verse([["काली मिट्टी, लाल मिट्टी,", ["सबकी ", Strong("अपनी"), " गंध।"]], ["भीगे तो महके।"]]),
                ],
                id="sub",
            )
        ],
        id="soil",
    )
    second = Section(
        "प्रश्न",
        [
            Question("मिट्टी की कौन-सी परत सबसे उपजाऊ है?", "ऊपरी", hint="जहाँ जड़ें होती हैं", details=[Paragraph("क्यों?")]),
            Question(
                "कौन-सी मिट्टी पानी रोकती है?",
                "उसके कण महीन होते हैं।",
                stem=[Paragraph("दो दिन बाद भी गीली।")],
                choices=[Choice("चिकनी", True), Choice("बलुई"), Choice("इनमें से कोई नहीं", pinned=True)],
                lettering="(अ) (ब)",
                room="lines=3",
                marks=1.5,
                id="which",
            ),
            Cloze([Gap("केंचुआ", 1, "जीव"), " मिट्टी को ", Gap("भुरभुरी"), " बनाता है।"], id="worm"),
        ],
    )
    return Material(
        ["मिट्टी: ", Emphasis("एक परिचय")],
        "hi",
        [first, second],
        id="soil-course",
        subject="कृषि",
        authors=["आशा", "रवि"],
        licence="CC-BY-4.0",
        source="https://example.org",
        updated="2026-03-01",
        tags=["मिट्टी", "कक्षा ६"],
    )


# A picture.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c63f8cfc0f01f00050001ff"
    "a1e2b4d50000000049454e44ae426082".replace(" ", "")
)


@pytest.fixture
def everything() -> Material:
    return make_everything()


@pytest.fixture
def course() -> Material:
    """A small course that warns of nothing."""
    definition = Definition("BPO", "दूसरी कंपनी से काम कराना", full_form=Tagged("Business Process Outsourcing", "en"))
    kinds = Terms([Entry("कॉल सेंटर", "ग्राहकों से फ़ोन पर बात करना"), Entry("आउटबाउंड", "ग्राहकों को फ़ोन करना")], kind="प्रकार")
    return patra.Material("BPO", "hi", [Section("परिचय", [definition, kinds])], id="bpo")
