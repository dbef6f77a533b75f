"""The report's plain blocks: built once, rendered as a page and as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from myths.evaluation.figures.figure import Figure
from myths.evaluation.reports.about import ReportAbout


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


@dataclass(frozen=True)
class PartBlock:
    """The beginning of the second or third part of the report, on a page of its own."""

    kind: ClassVar = "part"
    text: str


Block = PartBlock | HeadingBlock | ParagraphBlock | NoteBlock | TableBlock | PictureBlock


@dataclass(frozen=True)
class ReportText:
    """All that the renderings need: a title, when it was made, in which language, and blocks.

    The blocks are a page to begin with, then a part with the results and one with all the rest. A
    `private` one says on each page that it is not to be given away. `about` is who reports.
    """

    title: str
    day: date
    language: str
    blocks: Sequence[Block]
    private: bool = False
    about: ReportAbout = field(default_factory=ReportAbout)

    @property
    def appendix(self) -> int:
        """The place of the first block of the last part; that after all blocks without one."""
        parts = [at for at, block in enumerate(self.blocks) if isinstance(block, PartBlock)]
        return parts[-1] if len(parts) > 1 else len(self.blocks)
