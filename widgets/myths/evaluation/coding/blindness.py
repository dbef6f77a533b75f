"""Blindness: which codes may be told, since all coders have finished with the text they are about.

Until every coder has finished once, nothing of the others is told, and nothing but the heads of
their sheets is read. From then on it goes text by text, so that new texts can be coded blind while
the codes of the earlier ones stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from myths.evaluation.coding import coder_file
from myths.evaluation.coding.codebook import Codebook
from myths.evaluation.coding.coder_file import CoderFile
from myths.vocabulary import SheetRole


def sheets(folder: Path) -> list[Path]:
    """List the coders' files of a folder."""
    return sorted(path for path in folder.glob("*.jsonl") if not path.name.startswith("."))


def working(folder: Path) -> list[str]:
    """Name the coders who have never finished, reading nothing but the heads of their sheets."""
    heads = [coder_file.head(path) for path in sheets(folder)]
    return [each.coder for each in heads if each.role == SheetRole.CODER and not each.finished]


def finished(folder: Path, book: Codebook) -> list[CoderFile]:
    """Return the blind coders' sheets, or none as long as one of them has never finished."""
    if working(folder):
        return []
    every = [coder_file.load(path, book) for path in sheets(folder)]
    return [each for each in every if each.role == SheetRole.CODER]


def is_told(coders: Sequence[CoderFile], text: str, language: str, answered_at: datetime) -> bool:
    """Return whether all blind coders who have this text in their part have finished with it."""
    having = [each for each in coders if each.has(text, language)]
    return bool(having) and all(each.stands(text, answered_at) for each in having)


def told(coders: Sequence[CoderFile], readable: pd.DataFrame) -> pd.DataFrame:
    """Keep the texts whose codes may be told."""
    places = zip(readable["id"], readable["language"], readable["answered_at"], strict=True)
    return _kept(readable, [is_told(coders, *place) for place in places])


def differ(coders: Sequence[CoderFile], text: str) -> bool:
    """Return whether coders gave other codes to a text that they have all finished with."""
    entries = [each.entries[text] for each in coders if text in each.entries]
    return len({frozenset(mark.code for mark in entry.codes) for entry in entries}) > 1


def part(readable: pd.DataFrame, sheet: CoderFile, coders: Sequence[CoderFile]) -> pd.DataFrame:
    """Keep the texts that a sheet is about: those of its part, or on which the coders differ."""
    if sheet.role == SheetRole.AGREED:
        readable = told(coders, readable)
        return _kept(readable, [differ(coders, text) for text in readable["id"]])
    places = zip(readable["id"], readable["language"], strict=True)
    return _kept(readable, [sheet.has(*place) for place in places])


def _kept(readable: pd.DataFrame, kept: list[bool]) -> pd.DataFrame:
    return readable[pd.Series(kept, index=readable.index, dtype="bool")].reset_index(drop=True)
