"""Check a facilitator's guide: its headings in order, and every fact named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from myths.catalog.markdown import GUIDE, Html, MarkdownRefusedError, headings, render
from myths.catalog.problems import ContentProblemsError, Problem
from myths.catalog.source import Source, read_text


def read_guide(path: Path, root: Path) -> tuple[Source, Html]:
    """Read and render a guide; ContentProblemsError if it is missing or holds what is refused."""
    source = read_text(path, root)
    try:
        return source, render(source.text, allowed=GUIDE)
    except MarkdownRefusedError as refused:
        line = refused.offset + 1
        problem = Problem(source.file, line, "", refused.message, refused.remedy)
        raise ContentProblemsError([problem]) from None


def check_guide(
    path: Path, root: Path, *, facts: Iterable[str], expected: Sequence[str]
) -> list[Problem]:
    """List what is missing in a guide; ContentProblemsError if it cannot be rendered."""
    source, _ = read_guide(path, root)
    return [
        *_headings(source, expected),
        *(
            source.problem((), f"the fact {fact!r} is not named", "name it under 'Facts covered'")
            for fact in facts
            if not re.search(rf"\b{re.escape(fact)}\b", source.text)
        ),
    ]


def _headings(source: Source, expected: Sequence[str]) -> list[Problem]:
    found = [heading for heading in headings(source.text) if heading.level == 2]
    for position, words in enumerate(expected):
        if position == len(found):
            message = f"the heading {words!r} is missing"
            return [source.problem((), message, f"add '## {words}' and its text")]
        if found[position].words != words:
            message = f"the heading {found[position].words!r} stands where {words!r} belongs"
            remedy = "keep the headings of ui/<language>.yml in their order"
            return [Problem(source.file, found[position].line, "", message, remedy)]
    return [
        Problem(source.file, extra.line, "", f"a heading too many, {extra.words!r}", "use '###'")
        for extra in found[len(expected) :][:1]
    ]
