"""The report as Markdown, for who must edit it: pandoc makes a Word file of it."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import yaml

from myths.evaluation.progress import progress
from myths.evaluation.reports.blocks import PictureBlock, ReportText
from myths.evaluation.words import words

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$^@])|^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)
_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=False,  # noqa: S701 no page: what Markdown would read as a sign is escaped below
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)


def render(text: ReportText, name: str) -> dict[str, bytes]:
    """Render `name`.md and its pictures beside it; the same text gives the same bytes."""
    says = words(text.language)
    with progress("page", language=text.language):
        pictures = {
            f"{name}-{block.figure.name}.png": block.figure.png()
            for block in text.blocks
            if isinstance(block, PictureBlock)
        }
        template = _TEMPLATES.get_template("report.md.j2")
        page = template.render(
            text=text, name=name, head=_head(text), words=says.report, how=says.figures.how_to_read
        )
    return {f"{name}.md": page.encode(), **pictures}


def _head(text: ReportText) -> str:
    """Return what pandoc takes title, author, date and language from."""
    about = text.about
    told = {
        "title": text.title,
        "subtitle": about.project,
        "author": about.organisation,
        "date": text.day.isoformat(),
        "lang": text.language,
        "rights": about.licence,
    }
    return yaml.safe_dump({k: v for k, v in told.items() if v}, allow_unicode=True, sort_keys=False)


def _plain(words: str) -> str:
    """Escape what Markdown would read as a sign, in one line."""
    return _SPECIAL.sub(_escaped, " ".join(words.split()))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


_TEMPLATES.filters["plain"] = _plain
