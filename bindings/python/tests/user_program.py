"""A user's program that touches all of the interface; it is type-checked strictly, and run."""

from __future__ import annotations

import datetime
import pathlib
import pickle
import sys

import patra


def build() -> patra.Material:
    aspects = [patra.Aspect("रंग", ["हरा", "पीला"], id="colour")]
    blocks: list[patra.Block] = [
        patra.Definition("PAN", "कर की पहचान", full_form=patra.Tagged("Permanent Account Number", "en"), id="pan"),
        patra.Terms([patra.Entry("एक", "पहला"), patra.Entry("दो", patra.Strong("दूसरा"))], kind="अंक", ordered=True),
        patra.Comparison([patra.Subject("कच्चा आम"), patra.Subject("पका आम")], aspects, corner="पहलू"),
        patra.Table([patra.Column("माह"), patra.Column("दिन", "end")], [patra.Row(["जून", "तीस"])]),
        patra.List([patra.ListItem("अ"), patra.ListItem(["आ ", patra.Emphasis("बड़ा")])], start=1),
        patra.Note([patra.Paragraph("ध्यान दें")], kind="tip"),
        patra.Quote([patra.Paragraph([patra.Code("x"), patra.Break(), patra.MathRun("x^2")])]),
        patra.CodeBlock("print()", language="python"),
        patra.Math("a^2"),
        patra.Question("दो और दो?", "चार", hint="गिनो"),
        patra.Question("पाँच से बड़ा?", choices=[patra.Choice("सात", True), patra.Choice("दो"), patra.Choice("एक")]),
        patra.Cloze([patra.Gap("सूरज", 1, "तारा"), " पूरब में उगता है।"]),
        patra.Paragraph(patra.Link("पढ़ें", "https://example.org")),
    ]
    settings = patra.PracticeSettings(kinds=["meaning", "term", "gap", "question", "choice"], skip=["एक.term"])
    return patra.Material(
        "नमूना",
        "hi",
        [patra.Section("पहला", blocks, id="first")],
        id="sample",
        subject="सामान्य",
        authors=["कोई"],
        licence="CC0-1.0",
        source="https://example.org",
        updated=datetime.date(2026, 1, 1),
        tags=["नमूना"],
        practice_settings=settings,
    )


def describe(block: patra.Block) -> str:
    match block:
        case patra.Definition(term=term, full_form=patra.Text() as full):
            return f"{term}: {full.upper()}"
        case patra.Terms(entries=entries, kind=kind):
            return f"{kind}: {', '.join(entry.term for entry in entries)}"
        case patra.Comparison(subjects=subjects, aspects=aspects):
            return " / ".join(subject.name for subject in subjects) + str(len(aspects))
        case _:
            return type(block).__name__


def answer(item: patra.Item) -> str:
    match item.answer:
        case patra.Text() as text:
            return text
        case patra.Members(terms=terms):
            return ", ".join(terms)
        case patra.GapAnswer(number=number):
            return str(number)
        case patra.Choices(choices=choices):
            return next(choice.text for choice in choices if choice.correct)
        case cells:
            return "; ".join(f"{each.subject}: {each.cell}" for each in cells)


def main(folder: pathlib.Path) -> None:
    material = build()
    for block in material.walk():
        print(describe(block))
    for item in material.practice():
        kind: patra.Kind = item.kind
        print(kind, item.id, item.prompt, "→", answer(item), item.plain_answer)
    problems: tuple[patra.Diagnostic, ...] = (*material.check(), *material.advice())
    for problem in problems:
        print(problem.code, problem.severity, problem.line or 0, problem.hint or "")

    renamed = material.replace(title=["नया ", patra.Strong("नमूना")])
    assert renamed != material and pickle.loads(pickle.dumps(renamed)) == renamed
    section = material.sections[0].replace(heading="बदला")
    assert patra.Material.from_dict(material.replace(sections=[section]).to_dict()).sections[0].heading == "बदला"
    assert patra.Material.from_json(material.to_json()) == material and len(list(patra.walk(section.blocks[5]))) == 2

    pdf: patra.Pdf = material.write_pdf(folder / "handout.pdf", kind="handout", sheet="a4")
    deck: patra.Deck = material.write_deck(str(folder / "deck.apkg"), lock=folder / "patra.lock", deck="नमूने::एक")
    material.write_sheets(folder / "sheets", pages=pdf.pages, spreadsheet_safe=True)
    with open(folder / "workbook.xlsx", "wb") as file:
        material.write_workbook(file, pages=pdf.pages)
    new: list[str] = [change.item for change in deck.changes if change.kind == "new"]
    assert len(new) == len(material.plan()) and pdf.page_count >= 1
    plan: patra.Plan = material.plan(folder / "patra.lock", deck="नमूने::एक")
    note: patra.PlannedNote
    for note in plan:
        effect: patra.Effect | None = note.effect
        assert note.kind == "unchanged" and effect is None and note.question
    placed: patra.PlannedDeck = plan.decks[0]
    assert placed.name == plan.deck and placed.exists is None and not plan.note_types
    first: bytes = material.sheets(spreadsheet_safe=True)["terms.csv"]
    assert first and material.deck(deck="क", now=1, format="legacy").startswith(b"PK")

    pan = patra.Definition("PAN", "a number", id="pan")
    other: patra.Material = patra.Material("Sample", "en", [patra.Section("First", [pan])], id="sample")
    bilingual: patra.Deck = material.deck(reversed=True, typed=True, speech=True, translation=other)
    written: patra.Deck = material.write_deck(folder / "2.apkg", reversed=True, typed=True, speech=True, translation=other)
    foreseen: patra.Plan = material.plan(reversed=True, typed=True, speech=True, translation=other)
    assert bilingual == written != material.deck(translation=None)
    assert [note.guid for note in foreseen] == [each.guid for each in written.changes]

    quizzes: tuple[bytes, bytes, bytes] = (material.moodle_xml(longest_match=5), material.gift(media={}), material.qti())
    material.write_moodle_xml(folder / "moodle.xml", longest_match=5)
    with open(folder / "gift.txt", "wb") as file:
        material.write_gift(file)
    material.write_qti(folder / "qti.zip", media={})
    assert all(quizzes) and material.practice()[0].code

    tables: dict[str, patra.Sheet] = material.tables(pages=pdf.pages)
    sheet: patra.Sheet = tables["practice"]
    cells: tuple[patra.Cell, ...] = sheet.column("prompt")
    print(sheet.name, sheet.columns, len(sheet), cells[0], next(sheet.rows())["kind"], sheet.metadata["title"])
    stream: patra.ArrowStream = sheet
    print(patra.Sheet(material, "ids") == tables["ids"], stream.__arrow_c_stream__() is not None)

    def show(done: int, total: int | None) -> None:
        print(f"{done} of {total or '?'}")

    progress: patra.Progress = show
    row: patra.SourceRow = {"text": material.to_markdown(), "name": "row.md", "path": None}
    sources: patra.ManySources = [material, row]
    table: patra.ManySources = stream if len(sys.argv) > 9 else folder
    print(table)
    wanted: list[patra.Format] = ["anki", "pdf"]
    errors: patra.OnError = "collect"
    builds: patra.Builds = patra.build_many(sources, folder / "many", jobs=2, on_error=errors, progress=progress, only=wanted)
    with builds:
        print(len(builds))
        built: patra.Built
        for built in builds:
            made: patra.BuiltFile
            for made in built.files:
                print(made.name, made.size, made.sha256, made.data is None)
            print(built.source, built.ok, built.id, built.language, built.folder, built.items, built.pages, built.error)
            columns: dict[str, str | int | bool | None] = built.row()
            print(columns["sha256"], built.lock is not None, len(built.diagnostics))

    try:
        patra.loads("", name="empty.md")
    except patra.SourceError as error:
        where: tuple[str | None, int | None, int | None] = (error.path, error.line, error.column)
        print(error.code, where, error.hint, len(error.diagnostics))
    print(patra.__version__)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
