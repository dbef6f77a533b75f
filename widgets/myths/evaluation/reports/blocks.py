"""The report's plain blocks: built once, rendered as a page and as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from myths.evaluation.figures.figure import Figure


@dataclass(frozen=True)
class HeadingBlock:
    """A heading of level 2 or 3; level 1 is the report's title."""

    kind: ClassVar = "heading"
    text: str
    level: int = 2


@dataclass(frozen=True)
class ParagraphBlock:
    """A paragraph of plain text."""

    kind: ClassVar = "paragraph"
    text: str


@dataclass(frozen=True)
class NoteBlock:
    """A paragraph that must not be overlooked."""

    kind: ClassVar = "note"
    text: str


@dataclass(frozen=True)
class TableBlock:
    """A table of texts; the first cell of each row is its header, `how` tells how to read it."""

    kind: ClassVar = "table"
    caption: str
    how: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PictureBlock:
    """A figure with its words."""

    kind: ClassVar = "picture"
    figure: Figure


Block = HeadingBlock | ParagraphBlock | NoteBlock | TableBlock | PictureBlock


@dataclass(frozen=True)
class ReportText:
    """All that both renderings need: a title, when it was made, in which language, and blocks.

    A `private` one says on each page that it is not to be given away.
    """

    title: str
    day: date
    language: str
    blocks: Sequence[Block]
    private: bool = False
