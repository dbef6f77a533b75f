"""A facilitator's guide: read in its sections, and checked: headings, facts, the plan's minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from myths.catalog.markdown import (
    GUIDE,
    Html,
    MarkdownRefusedError,
    headings,
    pieces,
    render,
    table_rows,
)
from myths.catalog.problems import ContentProblemsError, Problem
from myths.catalog.series import PlanEntry
from myths.catalog.source import Source, read_text


@dataclass(frozen=True)
class GuideContent:
    """A guide as HTML: `whole`, its `sections` by their headings, and what its plan says to do.

    Each section is the list of its paragraphs and entries. `doing` is by the acts of the plan.
    """

    whole: Html
    sections: Mapping[str, tuple[Html, ...]]
    doing: Mapping[str, Html]


def read_guide(path: Path, root: Path) -> tuple[Source, Html]:
    """Read and render a guide; ContentProblemsError if it is missing or holds what is refused."""
    source = read_text(path, root)
    try:
        return source, render(source.text, allowed=GUIDE)
    except MarkdownRefusedError as refused:
        line = refused.offset + 1
        problem = Problem(source.file, line, "", refused.message, refused.remedy)
        raise ContentProblemsError([problem]) from None


def guide_content(path: Path, root: Path, plan: Sequence[PlanEntry]) -> GuideContent:
    """Read a guide; ContentProblemsError as `read_guide`. `plan` is what its table is about."""
    source, whole = read_guide(path, root)
    sections = {
        words: tuple(render(each, allowed=GUIDE) for each in found)
        for words, found in _sections(source).items()
    }
    rows = [row for row in table_rows(source.text) if len(row) == 3]
    doing: dict[str, Html] = {
        each.act: render(row[2]) for each, row in zip(plan, rows, strict=False)
    }
    return GuideContent(whole, sections, doing)


def check_guide(
    path: Path,
    root: Path,
    *,
    facts: Iterable[str],
    expected: Sequence[str],
    plan: Sequence[PlanEntry] = (),
    told: Mapping[str, Iterable[int]],
) -> list[Problem]:
    """List what is missing in a guide; ContentProblemsError if it cannot be rendered.

    `told` are the numbers of the paragraphs and entries that module.yml names of its sections.
    """
    source, _ = read_guide(path, root)
    return [
        *_headings(source, expected),
        *_minutes(source, plan),
        *_numbers(source, told),
        *(
            source.problem((), f"the fact {fact!r} is not named", "name it under 'Facts covered'")
            for fact in facts
            if not re.search(rf"\b{re.escape(fact)}\b", source.text)
        ),
    ]


def _minutes(source: Source, plan: Sequence[PlanEntry]) -> list[Problem]:
    """Compare the plan's table with the minutes that the console goes by."""
    found = [row[0] for row in table_rows(source.text)]
    planned = [str(each.minutes) for each in plan]
    if not plan or found == planned:
        return []
    message = f"the plan has the minutes {', '.join(found) or 'none'}"
    remedy = f"series.yml has {', '.join(planned)}: write the same in both"
    return [source.problem((), message, remedy)]


def _numbers(source: Source, told: Mapping[str, Iterable[int]]) -> Iterator[Problem]:
    """Yield a problem for each section of which module.yml names more than there is."""
    sections = _sections(source)
    for words, numbers in told.items():
        there, most = len(sections.get(words, ())), max(numbers, default=0)
        if most > there:
            message = f"{words!r} has no paragraph or entry {most}, for there are {there}"
            remedy = "module.yml names it under 'guide': write the same in both"
            yield source.problem((), message, remedy)


def _sections(source: Source) -> dict[str, list[str]]:
    """Return the paragraphs and entries of each section, by its heading."""
    lines = source.text.splitlines()
    starts = [each for each in headings(source.text) if each.level == 2]
    ends = [*(each.line - 1 for each in starts[1:]), len(lines)]
    return {
        each.words: pieces("\n".join(lines[each.line : end]))
        for each, end in zip(starts, ends, strict=bool(starts))
    }


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
