"""The report's plain blocks: built once, rendered as a page and as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from myths.evaluation.figures import Figure


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3; level 1 is the report's title."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class Note:
    """A paragraph that must not be overlooked."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table of texts; the first cell of each row is its header, `how` tells how to read it."""

    caption: str
    how: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A figure with its words."""

    figure: Figure


Block = Heading | Paragraph | Note | Table | Picture


@dataclass(frozen=True)
class Text:
    """All that both renderings need: a title, when it was made, in which language, and blocks."""

    title: str
    day: date
    language: str
    blocks: Sequence[Block]
