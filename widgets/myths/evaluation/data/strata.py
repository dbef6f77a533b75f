"""What is put together in one row of a table, and what must not be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from myths.errors import EvaluationError
from myths.evaluation.data.pairs import COMPLETE

Part = Literal["wording", "audience", "workshop", "modules"]
By = Part | Iterable[Part] | None

ROOMS_FROM = 3  # workshops whose means are enough for an interval
FLIPS_FROM = 6  # workshops whose signs, flipped, can be unlikely
CLUSTERS_FROM = 10  # workshops that are enough to resample
_ITEM = ["module", "item"]
_PARTS: tuple[Part, ...] = ("wording", "audience", "workshop", "modules")
_TOLD = 3  # items that an error names


@dataclass(frozen=True)
class Strata:
    """Rows of a table of pairs, each with the number of its stratum; one label row per stratum."""

    pairs: pd.DataFrame
    number: NDArray[Any]
    labels: pd.DataFrame


def strata(table: pd.DataFrame, by: By) -> Iterator[Strata]:
    """Split pairs by item and `by`, then by workshop where too few share a row for a test."""
    columns = keys(by)
    whole = _split(table, columns)
    yield whole
    if "workshop" not in columns:
        few = whole.labels["workshops"].between(2, FLIPS_FROM - 1).to_numpy()
        yield _split(table[few[whole.number]].reset_index(drop=True), [*columns, "workshop"])


_SPLIT = 'Give by="wording" for a row for each wording, choose one with language= or wording='


def check_wordings(table: pd.DataFrame, by: By, *, remedy: str = _SPLIT) -> None:
    """Raise EvaluationError if a row of the table would pool answers to different wordings."""
    columns = keys(by)
    if "wording" in columns:
        return
    worded = table[[*_ITEM, "language", *_PARTS]].drop_duplicates()
    rows = worded.groupby(columns, observed=True)["wording"].nunique()
    mixed = rows[rows > 1].reset_index()[_ITEM].drop_duplicates()
    if mixed.empty:
        return
    told = []
    for module, item in mixed.head(_TOLD).itertuples(index=False):
        those = worded[(worded["module"] == module) & (worded["item"] == item)]
        pairs = those[["language", "wording"]].drop_duplicates().itertuples(index=False)
        told.append(f"{module}.{item} ({', '.join(f'{one} {hash_}' for one, hash_ in pairs)})")
    more = f" and {len(mixed) - _TOLD} more" if len(mixed) > _TOLD else ""
    raise EvaluationError(
        f"Not everybody was asked in the same words: {'; '.join(told)}{more}. {remedy}, "
        "or, if you find that they ask the same, give pool_wordings=True."
    )


def keys(by: By) -> list[str]:
    """List the columns whose values make a row of their own; raises EvaluationError."""
    parts = [by] if isinstance(by, str) else list(by or ())
    for part in parts:
        if part not in _PARTS:
            raise EvaluationError(
                f"A table cannot be split by {part!r}: choose 'wording', 'audience', 'workshop', "
                "'modules' or several of these."
            )
    return [*_ITEM, *(part for part in _PARTS if part in parts)]


def _split(table: pd.DataFrame, columns: list[str]) -> Strata:
    number = table.groupby(columns, observed=True, sort=False).ngroup().to_numpy()
    _, first = np.unique(number, return_index=True)
    shared = ["module", "item", "kind", "keyed", "primary", "since", "phase", "minimum", "maximum"]
    labels = table[shared].iloc[first].reset_index(drop=True)
    for name in ("workshop", "audience", "language", "wording", "modules"):
        labels[name] = _label(table[name].astype("category"), number, first)
    complete = (table["status"] == COMPLETE).to_numpy()
    pair = table.loc[complete, ["workshop"]].assign(number=number[complete]).drop_duplicates()
    labels["workshops"] = np.bincount(pair["number"], minlength=len(labels))
    return Strata(table, number, labels)


def _label(column: pd.Series[Any], number: NDArray[Any], first: NDArray[Any]) -> list[str]:
    """Return each stratum its value, or "several"; `first` is the first row of each."""
    codes = column.cat.codes.to_numpy()
    alike = np.ones(len(first), dtype=bool)
    np.logical_and.at(alike, number, codes == codes[first][number])
    names = column.iloc[first].astype("str")
    return [name if same else "several" for name, same in zip(names, alike, strict=True)]
