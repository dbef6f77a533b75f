"""The report as one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import jinja2

from myths.evaluation.figures import figure
from myths.evaluation.progress import progress
from myths.evaluation.reports.blocks import Block, ReportText
from myths.evaluation.words import words

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader([Path(__file__).parent, figure.TEMPLATES]),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def render(text: ReportText, *, whole: bool = True) -> str:
    """Render the page, or only its content for a place inside another page."""
    says = words(text.language)
    template = _TEMPLATES.get_template("report.html.j2" if whole else "blocks.html.j2")
    with progress("page", language=text.language):
        return template.render(
            text=text,
            numbered=_numbered(text.blocks),
            words=says.report,
            figure_words=says.figures,
        )


def _numbered(blocks: Sequence[Block]) -> list[tuple[str, str, Block]]:
    """Return each block its kind and an anchor that is the same each time."""
    numbers = count(1)
    return [(block.kind, f"b{next(numbers)}", block) for block in blocks]
