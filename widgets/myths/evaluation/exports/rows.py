"""A table for pyreadstat, which takes a whole frame but goes through its rows only once.

It looks at the columns for their types and the widths of texts, asks for the number of rows, and
then takes one row after another. So what it gets is a frame of two sample rows that tells how many
rows there really are, and gives them from pieces.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from myths.evaluation.exports.contents import ExportTable

Piece = Mapping[str, list[Any]]  # {column: numbers (NaN where missing) or texts}

_CELLS = 60_000  # that are Python objects at the same time


def at_once(table: ExportTable) -> int:
    """Return how many rows of a table may be Python objects at the same time."""
    return max(1, _CELLS // len(table.columns))


class Rows(nw.DataFrame[Any]):
    """The rows of all pieces; `widths` has each column: bytes of a text, None for numbers.

    `tell` is called with the number of rows that were taken.
    """

    def __init__(
        self,
        widths: Mapping[str, int | None],
        rows: int,
        pieces: Callable[[], Iterable[Piece]],
        tell: Callable[[int], None],
    ) -> None:
        samples = {
            name: [math.nan, 0.0] if width is None else ["", "x" * width]
            for name, width in widths.items()
        }
        super().__init__(nw.from_native(pd.DataFrame(samples))._compliant_frame, level="full")
        self._rows = rows
        self._pieces = pieces
        self._tell = tell

    def __len__(self) -> int:
        return self._rows

    # what is not needed of the two methods is left out

    def __getitem__(self, name: str) -> Iterator[str]:  # type: ignore[override]
        """Yield the texts of a column, which Stata's longest texts are gathered from."""
        for piece in self._pieces():
            yield from piece[name]

    def iter_rows(self) -> Iterator[tuple[Any, ...]]:  # type: ignore[override]
        """Yield one row after another."""
        for piece in self._pieces():
            columns = [piece[name] for name in self.columns]
            yield from zip(*columns, strict=True)
            self._tell(len(columns[0]))
