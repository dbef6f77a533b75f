"""Text in which some words are in another language than the rest, and which knows that."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from string import Formatter
from typing import Self

import jinja2

_HTML = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
)


class SpokenText(str):
    """A text with its `parts`: the words of each, and their language, "" where it is the rest's.

    It is a plain text to whoever does not ask. A template that escapes marks the parts by itself.
    """

    __slots__ = ("parts",)
    parts: tuple[tuple[str, str], ...]

    def __new__(cls, *parts: tuple[str, str]) -> Self:
        """Make the text of its parts."""
        made = super().__new__(cls, "".join(words for words, _ in parts))
        made.parts = parts
        return made

    def __html__(self) -> str:
        """Return the text with each part in another language marked (the templates' hook)."""
        return _HTML.get_template("spoken_text.html.j2").render(parts=self.parts)


def parts_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of any text; a plain one is one part."""
    return text.parts if isinstance(text, SpokenText) else ((text, ""),)


def filled(template: str, **values: object) -> SpokenText:
    """Fill a template as `str.format` does; what is in another language stays marked."""
    parts: list[tuple[str, str]] = []
    for words, name, _, _ in Formatter().parse(template):
        parts.append((words, ""))
        if name is not None:
            value = values[name]
            parts += parts_of(value if isinstance(value, str) else str(value))
    return _made(parts)


def lines_of(text: str) -> list[SpokenText]:
    """Return the lines of a text, in which what is in another language stays marked."""
    lines: list[list[tuple[str, str]]] = [[]]
    for words, language in parts_of(text):
        first, *others = words.split("\n")
        lines[-1].append((first, language))
        lines += [[(other, language)] for other in others]
    return [_made(line) for line in lines]


def joined(separator: str, texts: Iterable[str]) -> SpokenText:
    """Join texts as `str.join` does; what is in another language stays marked."""
    parts: list[tuple[str, str]] = []
    for text in texts:
        parts += [(separator, "")] if parts and separator else []
        parts += parts_of(text)
    return _made(parts)


def _made(parts: Iterable[tuple[str, str]]) -> SpokenText:
    return SpokenText(*(part for part in parts if part[0]))
