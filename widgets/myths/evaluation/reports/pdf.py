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


def render(text: ReportText, *, appendix: bool = False) -> bytes:
    """Render the document, or its appendix; the same text gives the same bytes."""
    says = words(text.language).report
    about, at = text.about, text.appendix
    blocks = text.blocks[at + 1 :] if appendix else text.blocks[:at]
    logo = about.picture
    with progress("document", language=text.language):
        content = {
            "title": says.parts.title.format(title=text.title) if appendix else text.title,
            "words": {"table": says.table, "figure": says.figure},
            "language": text.language,
            "private": says.private if text.private else "",
            "day": [text.day.year, text.day.month, text.day.day],
            "project": about.project,
            "lines": [[says.about[name], line] for name, line in about.lines.items()],
            "logo": {"bytes": list(logo), "alt": about.named} if logo else None,
            "blocks": [_plain(block) for block in blocks],
        }
        return document.with_row_headers(document.render(_TEMPLATE, content, day=text.day))


def _plain(block: Block) -> dict[str, Any]:
    kind = {"kind": block.kind}
    if not isinstance(block, PictureBlock):
        return kind | {name: _spoken(value) for name, value in vars(block).items()}
    figure = block.figure
    is_wide = figure.name == "summary" or figure.parts > _IN_ONE_COLUMN
    drawn = figure.wide_svg() if is_wide else figure.svg()
    drawn = _FONT.sub('font-family="Libertinus Serif"', drawn)
    width, height = (float(size) for size in _size(drawn))
    return kind | {
        "name": figure.name,
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
