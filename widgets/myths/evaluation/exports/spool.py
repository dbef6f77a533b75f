"""The answers of an export, read from the database once and kept in a file for as long as it takes.

So every format shows the same state, nobody who answers meanwhile waits for a format, and a million
answers need the memory of some thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types

from myths.store import CELL

WORDING = [*CELL, "kind", "language", "wording"]


class Spool:
    """Answers in a file; `head` has their columns and types, and no rows."""

    def __init__(self, pieces: Iterator[pd.DataFrame], file: IO[bytes]) -> None:
        """Write the pieces, of which the first has no rows, into an empty file."""
        self._file = file
        self.head = next(pieces)
        schema = arrow_schema(self.head)
        with pa.ipc.new_file(file, schema) as sink:
            for piece in pieces:
                rows = pa.Table.from_pandas(piece, schema=schema, preserve_index=False)
                sink.write(rows.combine_chunks())  # so that they come back as one piece

    def pieces(self) -> Iterator[pd.DataFrame]:
        """Yield the answers, some thousand at a time."""
        with pa.ipc.open_file(self._file) as source:
            for number in range(source.num_record_batches):
                yield source.get_batch(number).to_pandas()


@dataclass
class SpoolSummary:
    """What has to be known of all answers before the first of them is written."""

    rows: int = 0
    newest: pd.Timestamp | None = None
    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)  # of each WORDING
    texts: int = 0  # answers whose words are here
    longest: int = 0  # bytes of a text
    whole: bool = True  # no number has a fraction
    negative: set[float] = field(default_factory=set)  # numbers below 0


def summarize(spool: Spool) -> SpoolSummary:
    """Look at all answers once."""
    found = SpoolSummary()
    for piece in spool.pieces():
        if piece.empty:
            continue
        newest = piece["answered_at"].max()
        found.rows += len(piece)
        found.newest = newest if found.newest is None else max(found.newest, newest)
        counts: dict[Any, int] = piece.groupby(WORDING, observed=True).size().to_dict()
        found.counts.update(counts)
        found.texts += int(piece["text"].notna().sum())
        found.longest = max(found.longest, longest(piece["text"]))
        values = piece["value"].dropna()
        found.whole = found.whole and bool((values % 1 == 0).all())
        found.negative.update(values[values < 0])
    return found


def longest(texts: pd.Series[str]) -> int:
    """Return the bytes of the longest text, or of the longest category."""
    if isinstance(texts.dtype, pd.CategoricalDtype):
        texts = texts.cat.categories.to_series()
    return max((len(text.encode()) for text in texts.dropna()), default=0)


def arrow_schema(frame: pd.DataFrame) -> pa.Schema:
    """Return Arrow's types of all columns; categories are texts also where there are none yet."""
    schema = pa.Schema.from_pandas(frame, preserve_index=False)
    for number, column in enumerate(schema):
        if pa.types.is_dictionary(column.type) and pa.types.is_null(column.type.value_type):
            words = pa.dictionary(column.type.index_type, pa.large_string())
            schema = schema.set(number, column.with_type(words))
    return schema
