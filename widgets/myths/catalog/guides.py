"""Check a facilitator's guide: its headings in order, and every fact named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from myths.catalog.markdown import GUIDE, Html, MarkdownRefusedError, headings, render
from myths.catalog.problems import ContentProblemsError, Problem
from myths.catalog.source import Source, read_text

HEADINGS = (
    "Aim",
    "Materials",
    "Plan (45 minutes)",
    "Facts covered",
    "What to say",
    "Likely objections",
    "If someone needs support",
    "Without technology",
    "Accessibility",
    "Who it matters to most",
)


def read_guide(path: Path, root: Path) -> tuple[Source, Html]:
    """Read and render a guide; ContentProblemsError if it is missing or holds what is refused."""
    source = read_text(path, root)
    try:
        return source, render(source.text, allowed=GUIDE)
    except MarkdownRefusedError as refused:
        line = refused.offset + 1
        problem = Problem(source.file, line, "", refused.message, refused.remedy)
        raise ContentProblemsError([problem]) from None


def check_guide(path: Path, root: Path, *, facts: Iterable[str], language: str) -> list[Problem]:
    """List what is missing in a guide; ContentProblemsError if it cannot be rendered.

    In English the headings are exactly HEADINGS; in other languages as many of the same level.
    """
    source, _ = read_guide(path, root)
    return [
        *_headings(source, exact=language == "en"),
        *(
            source.problem((), f"the fact {fact!r} is not named", "name it under 'Facts covered'")
            for fact in facts
            if not re.search(rf"\b{re.escape(fact)}\b", source.text)
        ),
    ]


def _headings(source: Source, *, exact: bool) -> list[Problem]:
    found = [heading for heading in headings(source.text) if heading.level == 2]
    for position, expected in enumerate(HEADINGS):
        if position == len(found):
            message = f"the heading {expected!r} is missing"
            return [source.problem((), message, f"add '## {expected}' and its text")]
        if exact and found[position].words != expected:
            message = f"the heading {found[position].words!r} stands where {expected!r} belongs"
            remedy = "keep the ten headings in their order"
            return [Problem(source.file, found[position].line, "", message, remedy)]
    return [
        Problem(source.file, extra.line, "", f"an eleventh heading {extra.words!r}", "use '###'")
        for extra in found[len(HEADINGS) :][:1]
    ]
