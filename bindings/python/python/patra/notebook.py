"""How materials, their parts and practice items look in a notebook.

Everything is plain HTML without scripts or styles of its own, so that a notebook's theme holds, and names its language,
so that the browser takes the right font and a screen reader the right voice.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, cast, get_args

from . import _patra
from .model import (
    Block,
    Choice,
    Cloze,
    CodeBlock,
    Comparison,
    Definition,
    Entry,
    Figure,
    List,
    ListItem,
    Math,
    Note,
    Paragraph,
    Part,
    Question,
    Quote,
    Section,
    Table,
    Terms,
    Verse,
)
from .practice import Choices, GapAnswer, Item, Members
from .text import Break, Code, Emphasis, Gap, Link, MathRun, Run, Strikeout, Strong, Subscript, Superscript, Tagged, Text

if TYPE_CHECKING:
    from .material import Material
    from .sheet import Cell, Sheet

SHOWN = 20
"""How many rows of a sheet are shown."""

_SAFE = ("http://", "https://", "mailto:")
"""The only targets that become links: a notebook may show a stranger's material, and a link may run a script."""


def language_attributes(language: str) -> str:
    """``lang`` and, where the lines run from the right, ``dir``."""
    return f'lang="{escape(language)}"' + (' dir="rtl"' if _patra.right_to_left(language) else "")


def material_html(material: Material) -> str:
    """A material: its title, and its sections with all that is in them."""
    facts = [material.subject, ", ".join(material.authors), material.updated and material.updated.isoformat()]
    line = " · ".join(escape(str(fact)) for fact in facts if fact)
    head = f"<h1>{text_html(material.title)}</h1>" + (f"<p>{line}</p>" if line else "")
    body = "".join(_section(section, 2) for section in material.sections)
    return f"<article {language_attributes(material.language)}>{head}{body}</article>"


def part_html(part: Part) -> str:
    """A section, a block, or a part of one."""
    if isinstance(part, Section):
        return _section(part, 2)
    if isinstance(part, Entry):
        return f"<dl>{_entry(part)}</dl>"
    if isinstance(part, ListItem):
        return f"<ul>{_item(part)}</ul>"
    if isinstance(part, Choice):
        return f"<ul>{_choice(part)}</ul>"
    return _block(cast(Block, part)) if isinstance(part, _BLOCKS) else f"<code>{escape(repr(part))}</code>"


def item_html(item: Item) -> str:
    """A practice item: where it stands, the question, and the answer behind a fold."""
    context = " › ".join(text_html(heading) for heading in item.context)
    number = item.answer.number if isinstance(item.answer, GapAnswer) else None
    prompt = "".join(_run(run, hide=number) for run in item.prompt.runs)
    hint = f"<p><em>{text_html(item.hint)}</em></p>" if item.hint is not None else ""
    offered = ""
    if isinstance(item.answer, Choices):
        labels = _labels(item.lettering, 1, len(item.answer.choices))
        offered = "".join(
            f"<li>☐ {label}{text_html(choice.text)}</li>"
            for label, choice in zip(labels, item.answer.choices, strict=True)
        )
        offered = f"<ul>{offered}</ul>"
    answer = _answer(item) + "".join(map(_block, item.details))
    return (
        f"<article {language_attributes(item.language)}><p><small>{context}</small></p>"
        f"<p><strong>{prompt}</strong></p>{_all(item.stem)}{offered}{hint}<details><summary>✓</summary>{answer}</details></article>"
    )


def _answer(item: Item) -> str:
    answer = item.answer
    if isinstance(answer, Text):
        return f"<p>{text_html(answer)}</p>"
    if isinstance(answer, Members):
        tag = "ol" if answer.ordered else "ul"
        return f"<{tag}>" + "".join(f"<li>{text_html(term)}</li>" for term in answer.terms) + f"</{tag}>"
    if isinstance(answer, GapAnswer):
        return f"<p>{escape(item.plain_answer)}</p>"
    if isinstance(answer, Choices):
        explanation = f"<p>{text_html(answer.explanation)}</p>" if answer.explanation else ""
        return _choices(answer.choices, item.lettering) + explanation
    rows = (f"<tr><th>{text_html(each.subject)}</th><td>{text_html(each.cell)}</td></tr>" for each in answer)
    return f"<table>{''.join(rows)}</table>"


def text_html(text: Text) -> str:
    """A text, its gaps filled in and underlined."""
    return "".join(_run(run) for run in text.runs)


def _run(run: Run, hide: int | None = None) -> str:
    if isinstance(run, str):
        return escape(run)
    if isinstance(run, Break):
        return "<br>"
    if isinstance(run, Code):
        return f"<code>{escape(run.text)}</code>"
    if isinstance(run, MathRun):
        return f"${escape(run.tex)}$"
    inner = "".join(_run(each, hide) for each in run.text.runs)
    if isinstance(run, Strong):
        return f"<strong>{inner}</strong>"
    if isinstance(run, Emphasis):
        return f"<em>{inner}</em>"
    if isinstance(run, Superscript):
        return f"<sup>{inner}</sup>"
    if isinstance(run, Subscript):
        return f"<sub>{inner}</sub>"
    if isinstance(run, Strikeout):
        return f"<s>{inner}</s>"
    if isinstance(run, Tagged):
        return f"<span {language_attributes(run.language)}>{inner}</span>"
    if isinstance(run, Gap):
        # A gap without a number hides by itself; which number it gets is told by the native model alone.
        hidden = hide is not None and run.number in (hide, None)
        return f"[{escape(run.hint or '…')}]" if hidden else f"<u>{inner}</u>"
    assert isinstance(run, Link)
    safe = run.target.lower().startswith(_SAFE)
    return f'<a href="{escape(run.target)}" rel="noreferrer">{inner}</a>' if safe else inner


def _section(section: Section, level: int) -> str:
    tag = f"h{min(level, 6)}"
    head = f"<{tag}>{text_html(section.heading)}</{tag}>" if section.heading else ""
    inner = "".join(_section(each, level + 1) for each in section.sections)
    return f"<section>{head}{_all(section.blocks)}{inner}</section>"


def _all(blocks: Iterable[Block]) -> str:
    return "".join(map(_block, blocks))


_BLOCKS = get_args(Block)


def _block(block: Block) -> str:
    if isinstance(block, Verse):
        return "".join(f"<p>{'<br>'.join(map(text_html, stanza))}</p>" for stanza in block.stanzas)
    if isinstance(block, (Paragraph, Cloze)):
        return f"<p>{text_html(block.text)}</p>"
    if isinstance(block, Definition):
        full = f" ({text_html(block.full_form)})" if block.full_form is not None else ""
        head = f"<dt><strong>{text_html(block.term)}</strong>{full}</dt>"
        return f"<dl>{head}<dd>{text_html(block.meaning)}{_all(block.details)}</dd></dl>"
    if isinstance(block, Terms):
        kind = f"<p><em>{text_html(block.kind)}</em></p>" if block.kind is not None else ""
        return f"{kind}<dl>{''.join(map(_entry, block.entries))}</dl>"
    if isinstance(block, Comparison):
        head = "".join(f'<th scope="col">{text_html(subject.name)}</th>' for subject in block.subjects)
        rows = "".join(
            f'<tr><th scope="row">{text_html(aspect.name)}</th>'
            + "".join(f"<td>{text_html(cell)}</td>" for cell in aspect.cells)
            + "</tr>"
            for aspect in block.aspects
        )
        return f"<table><thead><tr><th>{text_html(block.corner)}</th>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if isinstance(block, Table):
        head = "".join(f'<th scope="col">{text_html(column.heading)}</th>' for column in block.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{text_html(cell)}</td>" for cell in row.cells) + "</tr>" for row in block.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if isinstance(block, List):
        if block.start is None:
            return f"<ul>{''.join(map(_item, block.items))}</ul>"
        if block.marker is None:
            return f'<ol start="{block.start}">{"".join(map(_item, block.items))}</ol>'
        labels = _labels(block.marker, block.start, len(block.items))
        items = (_item(item, label) for label, item in zip(labels, block.items, strict=True))
        return f'<ol style="list-style-type:none">{"".join(items)}</ol>'
    if isinstance(block, (Note, Quote)):
        return f"<blockquote>{_all(block.blocks)}</blockquote>"
    if isinstance(block, CodeBlock):
        return f"<pre><code>{escape(block.text)}</code></pre>"
    if isinstance(block, Math):
        return f"<p>$${escape(block.tex)}$$</p>"
    if isinstance(block, Figure):
        # The picture itself is not read: its words stand for it.
        caption = text_html(block.caption) if block.caption is not None else ""
        return f"<figure><p>[{escape(block.alt or block.source)}]</p><figcaption>{caption}</figcaption></figure>"
    choices = _choices(block.choices, block.lettering) if block.choices else ""
    answer = f"<p>{text_html(block.answer)}</p>" if block.answer else ""
    return (
        f"<p><strong>{text_html(block.prompt)}</strong></p>{_all(block.stem)}"
        f"<details><summary>✓</summary>{choices}{answer}{_all(block.details)}</details>"
    )


def _entry(entry: Entry) -> str:
    details = _all(entry.details)
    return f"<dt><strong>{text_html(entry.term)}</strong></dt><dd>{text_html(entry.description)}{details}</dd>"


def _item(item: ListItem, label: str = "") -> str:
    return f"<li>{label}{text_html(item.text)}{_all(item.blocks)}</li>"


def _choice(choice: Choice, label: str = "") -> str:
    return f"<li>{'☑' if choice.correct else '☐'} {label}{text_html(choice.text)}</li>"


def _choices(choices: tuple[Choice, ...], lettering: str | None) -> str:
    labels = _labels(lettering, 1, len(choices))
    return "<ul>" + "".join(_choice(choice, label) for label, choice in zip(labels, choices, strict=True)) + "</ul>"


def _labels(marker: str | None, start: int, count: int) -> list[str]:
    """The labels of so many items, each with the space after it; empty without a marker."""
    if marker is None:
        return [""] * count
    return [f"{escape(_patra.label(marker, number))} " for number in range(start, start + count)]


def sheet_html(sheet: Sheet, language: str) -> str:
    """A sheet, its first rows."""
    names = sheet.columns
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = itertools.islice(sheet.rows(), SHOWN)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(row[name])}</td>' for name in names)}</tr>" for row in rows)
    left = len(sheet) - SHOWN
    rest = f'<tr><td colspan="{len(names)}">… {left} more</td></tr>' if left > 0 else ""
    # The names of sheets and columns are English.
    return (
        f'<table lang="en"><caption>{escape(sheet.name)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody {language_attributes(language)}>{body}</tbody>{rest and f'<tfoot>{rest}</tfoot>'}</table>"
    )


def _cell(cell: Cell) -> str:
    return "" if cell is None else escape(str(cell)).replace("\n", "<br>")
