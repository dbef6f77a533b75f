"""What a trainer should know of a page that works: what it leaves out, and what phones dislike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from myths.catalog import Problem
from myths.edition import shown
from myths.pages.lost import lost
from myths.pages.trial import Trial

_LARGE = 2**20  # bytes of a picture that is sent to every phone
_WIDE = 5  # columns of a table that fit a phone
_VIEW = "application/vnd.jupyter.widget-view+json"
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^\s$][^$\n]*[\\^_][^$\n]*\$", re.DOTALL)
_LINKED = re.compile(r"!\[[^\]]*\]\(<?([^)\s>]+)")  # a picture in Markdown


def remarks(path: Path, trial: Trial | None = None) -> list[Problem]:
    """List the warnings about a notebook; about what its cells show, if it was tried."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [*_remarks(path, cells, trial)]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return []  # it is no notebook, as others have told


def _remarks(path: Path, cells: list[Any], trial: Trial | None) -> Iterator[Problem]:
    outputs = iter(trial.outputs or []) if trial else iter([])
    for number, cell in enumerate(cells, start=1):
        own = next(outputs, []) if cell["cell_type"] == "code" else []
        if "trainer" in cell["metadata"].get("tags", []):
            continue  # nobody else sees it
        if cell["cell_type"] == "markdown":
            source = "".join(cell["source"])
            found = [*_of_markdown(source, path.parent), *_of_attachments(cell)]
        else:
            found = [*_of_outputs(own)]
        for message, remedy in dict.fromkeys(found):
            yield Problem(shown(path), 1, "", message, remedy, "warning", number)
    if trial and trial.obstacle:
        message = f"the page runs anew at each visit, which takes long: {trial.obstacle}"
        remedy = "leave out what works in the background or holds a file"
        cell = trial.threads or None
        yield Problem(shown(path), 1, "", message.rstrip("."), remedy, "warning", cell)


def _of_markdown(source: str, folder: Path) -> Iterator[tuple[str, str]]:
    yield from _of_html(source)
    for address in _LINKED.findall(source):
        if address.startswith(("http:", "https:", "//")):
            yield _lost("a picture of another site", address)
        elif not address.startswith(("data:", "attachment:")):
            picture = folder / address
            if not picture.is_file():
                yield f"there is no picture {address!r} beside the notebook", "put it there"
            elif picture.stat().st_size > _LARGE:
                yield _large(picture.stat().st_size)
    if any(line.count("|") > _WIDE + 1 for line in source.splitlines() if "|" in line):
        yield _wide()
    if formula := _FORMULA.search(source):
        yield (
            f"a formula, which pages show as it is typed: {formula[0]:.40}",
            "write it in words, or put in a picture of it",
        )


def _of_attachments(cell: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in cell.get("attachments", {}).values():
        for data in each.values():
            if len(data) * 3 // 4 > _LARGE:
                yield _large(len(data) * 3 // 4)


def _of_outputs(outputs: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for output in outputs:
        data = output.get("data", {})
        if _VIEW in data or output["output_type"] == "error":
            continue
        picture = next((data[kind] for kind in _PICTURES if kind in data), "")
        if "text/html" in data:
            yield from _of_html(data["text/html"])
        elif picture:
            if len(picture) * 3 // 4 > _LARGE:
                yield _large(len(picture) * 3 // 4)
            if not data.get("text/plain") or data["text/plain"].startswith("<"):
                remedy = "give the chart a title, for people who cannot see it"
                yield "a picture without words", remedy
        elif set(data) == {"text/plain"} and len(outputs) == 1:
            remedy = "write what people are to read into a Markdown cell"
            yield "the cell shows plain text, which pages leave out", remedy


def _of_html(html: str) -> Iterator[tuple[str, str]]:
    for part in lost(html):
        yield _lost(part.what, part.address)
    if "<style" in html.replace("<style scoped", ""):
        yield "a style, which pages leave out", "remove it"
    rows = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    if any(len(re.findall("<t[dh][ >]", row)) > _WIDE for row in rows):
        yield _wide()


def _lost(what: str, address: str) -> tuple[str, str]:
    if address:
        picture = "picture" in what
        remedy = "put a copy of it beside the notebook" if picture else "the page names its address"
        return f"{what}, and pages load nothing from elsewhere: {address:.80}", remedy
    return f"{what}, which pages leave out", "show it in another way"


def _large(size: int) -> tuple[str, str]:
    message = f"a picture of {size / 2**20:.1f} MB, which is sent to every phone"
    return message, "make it smaller than 1 MB"


def _wide() -> tuple[str, str]:
    message = f"a table of more than {_WIDE} columns, which is wider than a phone"
    return message, "turn it on its side, or leave columns out"
