"""A user's program that touches all of the interface; it is type-checked strictly, and run."""

from __future__ import annotations

import datetime
import pathlib
import pickle
import sys
import warnings
import zipfile

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


def outline(block: patra.Block) -> str:
    """Every part of a block, by all that it knows."""
    place: patra.Span | None = block.span
    inner: tuple[patra.Block, ...] = patra.children(block)
    said: str
    match block:
        case patra.Definition():
            said = f"{block.id} {block.term} {block.full_form} {block.meaning} {len(block.details)}"
        case patra.Terms():
            said = f"{block.id} {block.kind} {block.ordered}" + "".join(
                f"{entry.id} {entry.term} {entry.description} {len(entry.details)} {entry.span}" for entry in block.entries
            )
        case patra.Comparison():
            said = f"{block.id} {block.corner}" + "".join(f"{each.id} {each.name} {each.span}" for each in block.subjects)
            said += "".join(f"{each.id} {each.name} {each.cells} {each.span}" for each in block.aspects)
        case patra.Table():
            alignments: list[patra.Alignment] = [column.alignment for column in block.columns]
            said = f"{alignments} {[column.heading for column in block.columns]} {[(row.cells, row.span) for row in block.rows]}"
        case patra.List():
            said = f"{block.start} {block.marker} {[(item.text, len(item.blocks), item.span) for item in block.items]}"
        case patra.Note():
            kind: patra.NoteKind = block.kind
            said = f"{kind} {len(block.blocks)}"
        case patra.Quote():
            said = f"{len(block.blocks)}"
        case patra.CodeBlock():
            said = f"{block.language} {block.text}"
        case patra.Math():
            said = block.tex
        case patra.Figure():
            said = f"{block.source} {block.alt} {block.caption} {[(each.id, each.name, each.at) for each in block.regions]}"
        case patra.Question():
            said = f"{block.id} {block.prompt} {len(block.stem)} {block.answer} {block.hint} {len(block.details)}"
            said += f"{block.lettering} {block.room} {block.marks}"
            said += "".join(f"{choice.text} {choice.correct} {choice.pinned} {choice.span}" for choice in block.choices)
        case patra.Verse():
            said = "\n\n".join("\n".join(stanza) for stanza in block.stanzas)
        case patra.Cloze() | patra.Paragraph():
            said = "".join(word(run) for run in block.text.runs) + str(block.text.is_plain)
    return f"{said} {place} {len(inner)}"


def word(run: patra.Run) -> str:
    match run:
        case patra.Strong(text=text) | patra.Emphasis(text=text) | patra.Strikeout(text=text):
            return text.upper()
        case patra.Superscript(text=text) | patra.Subscript(text=text):
            return str(text)
        case patra.Tagged():
            return f"{run.text} ({run.language})"
        case patra.Link():
            return f"{run.text} <{run.target}>"
        case patra.Gap():
            return f"{run.text} {run.number} {run.hint}"
        case patra.Code():
            return run.text
        case patra.MathRun():
            return run.tex
        case patra.Break():
            return "\n"
        case _:
            return run


def explain(item: patra.Item) -> str:
    answer: patra.Answer = item.answer
    if isinstance(answer, patra.Choices):
        return f"{answer.choices} {answer.explanation}"
    if isinstance(answer, patra.Members):
        return f"{answer.ordered} {answer.terms}"
    cells: list[patra.RowCell] = list(answer) if isinstance(answer, tuple) else []
    context = " > ".join(item.context)
    return f"{context} {cells} {item.about} {item.section} {item.page} {item.hint} {len(item.details)} {item.language} {item.code}"


def examine(folder: pathlib.Path) -> None:
    """What is there besides."""
    course: patra.Material = patra.course("en")
    picture = patra.Figure("a.png", "two halves", regions=[patra.Region("left", (0, 0, 0.5, 1))], caption="halves")
    words: patra.Words = ["new ", patra.Emphasis("words")]
    settings = patra.PracticeSettings(of={"pan": ["meaning"]}, allow=["P0050"], allow_for={"pan": ["P0051"]})
    material = course.replace(
        sections=[*course.sections, patra.Section(words, [picture])],
        practice_settings=settings,
        messages={"ask-full-form": "What is { $term } short for?"},
    )
    for block in material.walk():
        print(outline(block))
    for item in material.practice(every_kind=True, pages={"bpo": 1}):
        print(explain(item))
    known = material.practice_settings
    print(known.kinds, known.of, known.skip, known.allow, known.allow_for, dict(material.messages), material.path)
    facts = (material.subject, material.authors, material.licence, material.source, material.updated, material.tags)
    print(facts, material.to_markdown()[:10], material.sections[0].sections, material.sections[0].span)

    path: patra.PathLike = folder / "course.json"
    pathlib.Path(path).write_text(course.to_json(), "utf-8")
    origin: patra.Input = path
    again: patra.Material = patra.read(origin, strict=False)
    flaws: tuple[patra.Diagnostic, ...] = patra.check(origin)
    assert again == course and flaws == course.check()

    kind: patra.PdfKind = "cards"
    size: patra.SheetSize = "letter"
    flip: patra.Flip = "short-edge"
    contents: patra.Contents = "never"
    target: patra.Target = folder / "cards.pdf"
    course.write_pdf(target, kind=kind, sheet=size, flip=flip, back_offset=(1, 2), calibration=True, marks=False, seed=3, contents=contents)
    form: patra.DeckFormat = "legacy"
    deck = course.write_deck(folder / "learner.apkg", format=form, lock=folder / "learner.lock", now=1)
    change: patra.Change = deck.changes[0]
    became: patra.ChangeKind = change.kind
    with zipfile.ZipFile(folder / "learner.apkg") as package:
        (folder / "collection.anki2").write_bytes(package.read("collection.anki2"))
    plan = course.plan(folder / "learner.lock", collection=folder / "collection.anki2", subdecks=False, omit_retired=False)
    schemas: list[patra.Schema] = list(plan.note_types.values())
    for note in plan:
        if note.effect is not None:
            outcome: patra.Outcome = note.effect.outcome
            edits: patra.Edits = note.effect.edits
            print(outcome, edits, note.effect.lost_tags, note.effect.returns, note.effect.held_back)
            print(note.effect.new_cards, note.effect.empty_cards, note.note_type)
    for planned in plan.decks:
        print(planned.name, planned.notes, planned.new_cards, planned.elsewhere, planned.exists)
    print(became, change.item, change.guid, schemas)

    builds = patra.build_many([course], None, only=[])
    builds.close()

    wrong = patra.Material("x", "en", [patra.Section("", [patra.Definition("", "y")])])
    try:
        wrong.pdf()
    except (patra.ModelError, patra.ExportError, patra.InternalError) as error:
        base: patra.PatraError = error
        first: patra.Diagnostic = base.diagnostics[0]
        severity: patra.Severity = first.severity
        print(severity, first.message, first.end_line, first.end_column, first.is_error, first.path, first.column)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        patra.Material("x", "en", [patra.Section("y", [patra.Definition("=1", "z")])]).sheets(byte_order_mark=False)
    for each in caught:
        if isinstance(each.message, patra.PatraWarning):
            print(each.message.diagnostic.code)


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
    assert patra.Material.from_yaml(material.to_yaml()) == patra.Material.from_json(material.to_json()) == material and len(list(patra.walk(section.blocks[5]))) == 2

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
    asked: patra.DeckKeywords = {"lock": deck.lock, "reversed": True}
    print(len(material.tables(**asked)["cards"]), len(material.workbook(speech=True)))
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
    looks: patra.BuildOptions = {"only": wanted, "sheet": "a5", "margins": 15, "marks": False}
    builds: patra.Builds = patra.build_many(sources, folder / "many", jobs=2, on_error=errors, progress=progress, **looks)
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
    examine(pathlib.Path(sys.argv[1]))
