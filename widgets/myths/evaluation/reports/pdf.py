"""The report as a tagged document: its blocks as JSON, read by a Typst template."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from myths import document
from myths.evaluation.progress import progress
from myths.evaluation.reports.blocks import Block, PictureBlock, ReportText
from myths.evaluation.words import SpokenText, words

_TEMPLATE = Path(__file__).with_name("report.typ")
_IN_ONE_COLUMN = 2  # plots; more of them would be too small to read
_FONT = re.compile(r'font-family="[^"]*"')


def render(text: ReportText) -> bytes:
    """Render the document; the same text gives the same bytes."""
    says = words(text.language).report
    with progress("document", language=text.language):
        content = {
            "title": text.title,
            "words": {"table": says.table, "figure": says.figure},
            "language": text.language,
            "private": says.private if text.private else "",
            "day": [text.day.year, text.day.month, text.day.day],
            "blocks": [_plain(block) for block in text.blocks],
        }
        return document.render(_TEMPLATE, content, day=text.day)


def _plain(block: Block) -> dict[str, Any]:
    kind = {"kind": block.kind}
    if not isinstance(block, PictureBlock):
        return kind | {name: _spoken(value) for name, value in vars(block).items()}
    figure = block.figure
    drawn = figure.wide_svg() if figure.parts > _IN_ONE_COLUMN else figure.svg()
    drawn = _FONT.sub('font-family="Libertinus Serif"', drawn)
    width, height = (float(size) for size in _size(drawn))
    return kind | {
        "title": figure.title,
        "svg": drawn,
        "width": width,
        "height": height,
        "alternative": figure.alternative,
        "how": figure.how_to_read,
    }


def _spoken(value: Any) -> Any:
    """Return the parts of each text that has some in another language."""
    if isinstance(value, SpokenText):
        return [{"words": words, "language": language} for words, language in value.parts]
    return [_spoken(each) for each in value] if isinstance(value, tuple) else value


def _size(svg: str) -> tuple[str, str]:
    found = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg)
    if found is None:
        raise AssertionError("vl-convert writes a viewBox")
    return found[1], found[2]
