"""What a trainer's file consists of: words at their places, paragraphs, cells."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from myths import catalog
from myths.errors import ContentError

_HEADING = re.compile(r"#+\s+(.*)")


@dataclass(frozen=True)
class FilePart:
    """A part of a file: its `place`, and its words as people read them.

    `mark` differs where anything that counts does, also what is no words, such as a picture.
    """

    place: str
    words: str
    mark: str = ""


def is_ordered(path: Path) -> bool:
    """Return whether the parts of a file follow each other, and are not found by their places."""
    return path.suffix != ".yml"


def parts(path: Path) -> list[FilePart] | None:
    """Return the parts of a file; None if it has none that can be told apart."""
    try:
        if path.suffix == ".yml":
            return [
                FilePart(place, words)
                for place, words in _values(catalog.read(path, path.parent).value)
            ]
        if path.suffix == ".md":
            return [*_paragraphs(path.read_text("utf-8-sig"))]
        if path.suffix == ".ipynb":
            return [*_cells(json.loads(path.read_text("utf-8"))["cells"])]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, ContentError):
        pass  # the check tells what is wrong with it
    return None


def _values(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the words of a YAML file with their places, such as `ratings.myth`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(inner, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list) and value and all(_id(each) for each in value):
        yield place, ", ".join(_id(each) for each in value)
        for each in value:
            inner = {key: told for key, told in each.items() if key != "id"}
            yield from _values(inner, f"{place}.{_id(each)}")
    elif isinstance(value, list):
        yield place, "\n".join(_line(each) for each in value)
    else:
        yield place, str(value or "")


def _id(value: Any) -> str:
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def _line(value: Any) -> str:
    """Return an entry of a list in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_line(inner)}" for key, inner in value.items())
    return ", ".join(map(_line, value)) if isinstance(value, list) else str(value or "")


def _paragraphs(text: str) -> Iterator[FilePart]:
    """Yield the paragraphs of a Markdown text, each below its heading."""
    heading = ""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if found := _HEADING.match(paragraph):
            heading = found[1].strip()
        yield FilePart(heading, paragraph.strip())


def _cells(cells: list[Any]) -> Iterator[FilePart]:
    """Yield the cells of a notebook: what is in them, and not what they showed."""
    for number, cell in enumerate(cells, start=1):
        words = "".join(cell["source"]).strip()
        tags = cell["metadata"].get("tags", [])
        pictures = cell.get("attachments", {})
        seen = json.dumps([cell["cell_type"], words, tags, pictures], sort_keys=True)
        told = [words, *(f"[{tag}]" for tag in tags), *(f"[{name}]" for name in pictures)]
        mark = hashlib.sha256(seen.encode()).hexdigest()
        yield FilePart(f"cell {number}", "\n".join(filter(None, told)), mark)
