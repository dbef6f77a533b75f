"""What a fault cost: answers that were acknowledged against what is in the table, as one row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from tests.faults.room import Room
from tests.faults.writer import Writer

HEAD = """# Faults, and what they cost

Each fault is really done to a running server while people answer, about fifty times in a second
together, and behave as the page does: they keep an answer until the receipt comes, and send it
again with the same key. `make soak` does this many times at random moments, and writes this table.

The faults of several servers are done to 200 people, all others to three. "Lost" are answers that
were acknowledged and are not in the table; "doubled" are answers that are in it more than once.
Earlier versions of a text lose their words on purpose, but not their row.

| fault | times | answers acknowledged | lost | doubled |
|---|---:|---:|---:|---:|
"""
_ROW = re.compile(r"^\| (?P<fault>[^|]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    fault: str
    times: int
    acknowledged: int
    lost: int
    doubled: int

    def __str__(self) -> str:
        return "| " + " | ".join(map(str, astuple(self))) + " |"


def count(fault: str, times: int, writers: Sequence[Writer], room: Room) -> Row:
    """Compare what people were told with what the table has."""
    rows = room.rows()
    kept = {row["key"]: row for row in rows}
    lost = sum(
        _is_lost(writer, key, key == last, kept.get(key))
        for writer in writers
        for last in _last(writer).values()
        for key in writer.acknowledged
        if writer.said[key][0] == writer.said[last][0]
    )
    told = sum(len(writer.acknowledged) for writer in writers)
    texts = [row["text"] for row in rows if row["text"]]
    doubled = len(rows) - len(kept) + len(texts) - len(set(texts))
    return Row(fault, times, told, lost, doubled)


def _last(writer: Writer) -> dict[str, str]:
    """The last acknowledged answer to each question."""
    return {writer.said[key][0]: key for key in writer.acknowledged}


def _is_lost(writer: Writer, key: str, last: bool, row: dict[str, object] | None) -> bool:
    """Tell whether an answer is not there; earlier versions of a text lose their words on purpose.

    A last version must be whole.
    """
    question, said = writer.said[key]
    if row is None or row["who"] != writer.participant:
        return True
    if f"{row['module']}.{row['item']}.{row['phase']}" != question:
        return True
    found = row["value"] if row["text"] is None else row["text"]
    return found != said and (last or isinstance(said, int) or found is not None)


def write(rows: Sequence[Row], file: Path) -> None:
    """Put rows into the table at `file`, in place of earlier ones of the same faults."""
    before = file.read_text() if file.exists() else ""
    lines = {found["fault"]: found[0] for found in _ROW.finditer(before)}
    lines |= {row.fault: str(row) for row in rows}
    file.write_text(HEAD + "\n".join(lines.values()) + "\n")
