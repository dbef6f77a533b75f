"""What a page's notebook shows at which step of the studio's form, as its cells call it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from myths.catalog import MODULE_STEPS, RATED_STEPS, NotebookCall, NotebookCell, notebook_cells


@dataclass(frozen=True)
class ShownPiece:
    """What a cell shows: the cell's number, what it is, a few words of it, and at which step."""

    number: int
    kind: Literal["section", "question", "markdown", "code"]
    words: str
    step: str


def shown_pieces(path: Path, slug: str) -> list[ShownPiece]:
    """List what people see of the page `slug`; nothing if the notebook cannot be read."""
    pieces: list[ShownPiece] = []
    for cell in notebook_cells(path, slug):
        step = pieces[-1].step if pieces else ""
        pieces += _pieces(cell, step)
    return pieces


def _pieces(cell: NotebookCell, step: str) -> Iterator[ShownPiece]:
    first = cell.source.strip().split("\n")[0]
    if cell.kind == "markdown":
        yield ShownPiece(cell.number, "markdown", first.lstrip("# "), step)
    elif not cell.shown:
        yield ShownPiece(cell.number, "code", first, step)
    for call in cell.shown:
        if not isinstance(call, NotebookCall):
            continue
        said = str(call.args[0] if call.args else call.named.get("question", ""))
        if call.method == "ask":
            yield ShownPiece(cell.number, "question", said or first, step)
            continue
        begun = RATED_STEPS.get(said) if call.method == "rate" else MODULE_STEPS.get(call.method)
        step = str(begun or step)
        yield ShownPiece(cell.number, "section", first, step)
