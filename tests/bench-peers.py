"""Times a handout against Typst's of the same content, whole processes, and compares memory and the sizes of the files.

``bench-peers.py PATRA [SOURCE [RUNS]]``, where PATRA is the command built for release, run by an interpreter that has the
``typst`` package; without a source, the course. The source is repeated once, ten and a hundred times with its headings and
terms numbered, so that little repeats but what a long text repeats; patra alone also makes it a thousand times.

On a machine that does other things at the same time, single runs tell little: what is compared is the best of many, taken in
turn, and the shorter they are the more. RUNS is how many of those of a hundred times.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time
from typing import Any

import pypdf

ROOT = pathlib.Path(__file__).resolve().parent.parent
FONTS = ROOT / "crates" / "fonts" / "fonts"
TIMES = (1, 10, 100)
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)"


def numbered(part: Any, number: int) -> Any:
    """A part of the stored form as its copy of that number: with ids, headings and terms of its own."""
    if isinstance(part, list):
        return [numbered(each, number) for each in part]
    if not isinstance(part, dict):
        return part
    made = {key: numbered(value, number) for key, value in part.items()}
    if isinstance(made.get("id"), str):
        made["id"] += f"-{number}"
    if isinstance(made.get("target"), str) and made["target"].startswith("#"):
        made["target"] += f"-{number}"
    for key in ("heading", "term"):
        if isinstance(made.get(key), str):
            made[key] = f"{number}. {made[key]}" if key == "heading" else f"{made[key]} {number}"
    return made


def repeated(stored: dict[str, Any], times: int) -> dict[str, Any]:
    """The material with its sections a number of times."""
    # Only the first section of a material may be without a heading.
    headed = [{"heading": stored["title"], **section} for section in stored["sections"]]
    sections = [section for number in range(1, times + 1) for section in numbered(headed, number)]
    return {**stored, "sections": sections}


def escaped(text: str) -> str:
    """Words that mean nothing else to Typst."""
    return re.sub(r"([\\#$*_`<>@\[\]=/~'\"-])", r"\\\1", text)


def run(text: Any) -> str:
    """A text of the stored form, a string or a list of runs, as Typst's markup."""
    if isinstance(text, str):
        return escaped(text)
    if isinstance(text, list):
        return "".join(map(run, text))
    (kind, inner), *_ = text.items()
    if kind == "strong":
        return f"#strong[{run(inner)}]"
    if kind == "emphasis":
        return f"#emph[{run(inner)}]"
    if isinstance(inner, dict):
        return run(inner.get("text", ""))
    return run(inner)


def block(kind: str, value: dict[str, Any]) -> str:
    """A block of the stored form as Typst's markup, of about the look that patra gives it."""
    if kind == "paragraph":
        return run(value["text"])
    if kind == "definition":
        full = f" ({run(value['full_form'])})" if "full_form" in value else ""
        return f"*{run(value['term'])}*{full}: {run(value['meaning'])}\n\n" + blocks(value.get("details", []))
    if kind == "terms":
        return "\n\n".join(f"- *{run(each['term'])}*: {run(each['description'])}" for each in value["entries"])
    if kind == "comparison":
        subjects = [run(each["name"]) for each in value["subjects"]]
        rows = [[f"*{run(each['name'])}*", *map(run, each["cells"])] for each in value["aspects"]]
        return table([run(value.get("heading", "")), *subjects], rows)
    if kind == "table":
        return table([run(each) for each in value["header"]], [[run(each) for each in row] for row in value["rows"]])
    if kind == "list":
        mark = "+" if value.get("ordered") else "-"
        return "\n\n".join(f"{mark} {blocks(each['blocks'])}" for each in value["items"])
    # Whatever else a course holds stands as its words, so that none is missing.
    return "\n\n".join(run(text) for text in words(value))


def words(part: Any) -> list[str]:
    """Every text in a part of the stored form, but for ids."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, list):
        return [text for each in part for text in words(each)]
    if isinstance(part, dict):
        return [text for key, each in part.items() if key not in ("id", "source", "kind", "language") for text in words(each)]
    return []


def table(header: list[str], rows: list[list[str]]) -> str:
    cells = [f"[{cell}]" for row in rows for cell in row]
    head = "".join(f"[*{cell}*], " for cell in header)
    return f"#table(columns: {len(header)}, table.header({head}), {', '.join(cells)})"


def blocks(all_blocks: list[dict[str, Any]]) -> str:
    return "\n\n".join(block(kind, value) for each in all_blocks for kind, value in each.items())


def sections(all_sections: list[dict[str, Any]], level: int) -> str:
    out = []
    for each in all_sections:
        if "heading" in each:
            out.append(f"{'=' * level} {run(each['heading'])}")
        out.append(blocks(each.get("blocks", [])))
        out.append(sections(each.get("sections", []), level + 1))
    return "\n\n".join(out)


def typst(stored: dict[str, Any]) -> str:
    """The material as a document of Typst's, tagged as Typst does by default, in the same faces and on the same sheet."""
    families = '("Noto Sans", "Noto Sans Devanagari", "Noto Sans Tamil", "Noto Sans Bengali")'
    return (
        f"#set document(title: [{run(stored['title'])}])\n"
        f"#set page(paper: \"a4\", margin: (x: 62pt, top: 66pt, bottom: 62pt), numbering: \"1 / 1\")\n"
        f"#set text(font: {families}, size: 10.5pt, lang: \"{stored['language'].split('-')[0]}\")\n"
        f"#text(size: 22pt)[*{run(stored['title'])}*]\n\n" + sections(stored["sections"], 1) + "\n"
    )


def measured(command: list[str]) -> tuple[float, int]:
    """The time of a command in seconds, and its peak memory in MB."""
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begun
    if status != 0:
        raise SystemExit(f"{command} ended with {status}")
    return seconds, usage.ru_maxrss // 1024


def best(commands: list[list[str]], runs: int) -> list[tuple[float, int]]:
    """The best time of each command and its peak memory, the commands run in turn."""
    found = [(float("inf"), 0)] * len(commands)
    for _ in range(runs):
        for n, command in enumerate(commands):
            seconds, peak = measured(command)
            found[n] = (min(found[n][0], seconds), max(found[n][1], peak))
    return found


def main() -> None:
    patra, *rest = sys.argv[1:]
    runs = int(rest[1]) if len(rest) > 1 else 7
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        source = rest[0] if rest else str(ROOT / "materials" / "bpo.hi.md")
        stored = json.loads(subprocess.run([patra, "export", "--json", source], check=True, capture_output=True, text=True).stdout)
        hundred: list[str] = []
        print(f"{'times':>6} {'pages':>6} {'patra':>9} {'Typst':>9} {'ratio':>6} {'MB':>5} {'Typst':>6} {'bytes':>10} {'Typst':>10}")
        for times in (*TIMES, 1000):
            big = repeated(stored, times)
            (folder / f"{times}.json").write_text(json.dumps(big, ensure_ascii=False), "utf-8")
            (folder / f"{times}.md").write_text(
                subprocess.run([patra, "export", "--markdown", str(folder / f"{times}.json")], check=True, capture_output=True, text=True).stdout, "utf-8"
            )
            out = folder / f"out-{times}"
            ours = [patra, "build", str(folder / f"{times}.md"), "--only", "pdf", "--paper", "handout", "-o", str(out)]
            if times == 1000:
                (seconds, peak), (before, _) = best([ours, hundred], max(2, runs // 2))
                made = next(out.rglob("handout.pdf"))
                print(f"{times:>6} {pages(made):>6} {seconds:>8.3f}s {'':>9} {seconds / before:>5.1f}h {peak:>5} {'':>6} {made.stat().st_size:>10}")
                continue
            (folder / f"{times}.typ").write_text(typst(big), "utf-8")
            theirs = [sys.executable, "-c", TYPST, str(folder / f"{times}.typ"), str(folder / f"{times}.pdf"), str(FONTS)]
            (seconds, peak), (other, other_peak) = best([ours, theirs], runs * {1: 6, 10: 2}.get(times, 1))
            hundred = ours
            made = next(out.rglob("handout.pdf"))
            size, other_size = made.stat().st_size, (folder / f"{times}.pdf").stat().st_size
            print(
                f"{times:>6} {pages(made):>6} {seconds:>8.3f}s {other:>8.3f}s {other / seconds:>6.1f} {peak:>5} {other_peak:>6} {size:>10} {other_size:>10}",
                flush=True,
            )


def pages(file: pathlib.Path) -> int:
    """How many pages a file has."""
    return len(pypdf.PdfReader(file).pages)


if __name__ == "__main__":
    main()
