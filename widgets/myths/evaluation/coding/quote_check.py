"""Which quotes somebody has read, and whether they may be printed: quotes.json in the folder.

As the sheets do, it names texts and holds no words of the participants.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

import pandas as pd
from pydantic import TypeAdapter, ValidationError

from myths.errors import CodingError
from myths.evaluation.coding.text_file import read, write

Checked = Mapping[tuple[str, datetime], bool]  # a text as it was read: it may be printed, or not
_FILE = TypeAdapter(list[tuple[str, datetime, bool]])


def load(folder: Path) -> Checked:
    """Return what was checked; CodingError if the file cannot be read."""
    path = _place(folder)
    try:
        rows = _FILE.validate_json(read(path)) if path.exists() else []
    except ValidationError as fault:
        raise CodingError(
            f"{path} cannot be read: put back a copy, or delete it and look at the quotes again."
        ) from fault
    return {(text, answered_at): fit for text, answered_at, fit in rows}


def check(folder: Path, readable: pd.DataFrame, quotes: Collection[str], *, fit: bool) -> None:
    """Write down that texts with these words may be printed, or not."""
    absent = set(quotes) - set(readable["text"])
    if absent:
        raise CodingError(
            f"No text that can be quoted has the words “{min(absent)[:60]}”: take them from "
            "quotes() as they are."
        )
    found = readable[readable["text"].isin(list(quotes))]
    now = dict.fromkeys(zip(found["id"], found["answered_at"], strict=True), fit)
    write({_place(folder): written({**load(folder), **now})})


def kept(folder: Path, known: Mapping[str, object]) -> dict[Path, str]:
    """Return the file, if there is one, without texts that are not `known` as they were read."""
    left = {key: fit for key, fit in load(folder).items() if known.get(key[0]) == key[1]}
    return {_place(folder): written(left)} if _place(folder).exists() else {}


def written(checked: Checked) -> str:
    """Write what was checked as a text, a line for each quote."""
    rows = [_FILE.dump_json([(*key, checked[key])]).decode()[1:-1] for key in sorted(checked)]
    return "[" + ",\n".join(rows) + "]\n"


def _place(folder: Path) -> Path:
    return folder / "quotes.json"
