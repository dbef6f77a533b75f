"""What is still to be written: texts with a mark, which nobody is shown until they are words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from myths.catalog.problems import Problem
from myths.catalog.source import Source
from myths.catalog.tree import texts

TO_WRITE = "TO WRITE:"  # before each text that a trainer has to write, with what belongs there
_LONGEST = 90  # characters of it in a message
_REMEDY = "write it, and take the mark away"


def is_unwritten(value: Any) -> bool:
    """Return whether a text is still to be written in the value of a file, or of a part of it."""
    return any(TO_WRITE in text for _, text in texts(value))


def unwritten(source: Source) -> Iterator[Problem]:
    """Yield each text of a YAML file that is still to be written, with what belongs there."""
    for place, text in texts(source.value) if TO_WRITE in source.text else ():
        if TO_WRITE in text:
            name = ".".join(map(str, place))
            yield source.problem(place, f"{name} is still to be written{_hint(text)}", _REMEDY)


def unwritten_lines(source: Source) -> Iterator[Problem]:
    """Yield a warning for each line of a Markdown file that is still to be written."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        if TO_WRITE in line:
            told = source.warning((), f"this is still to be written{_hint(line)}", _REMEDY)
            yield replace(told, line=number)


def _hint(text: str) -> str:
    words = " ".join(text.partition(TO_WRITE)[2].split()).strip(" |")
    more = " …" if len(words) > _LONGEST else ""
    return f" ({words[:_LONGEST].strip()}{more})" if words else ""
