"""The question behind each column of `wide`: its title and the labels of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

_CELL = ["module", "item", "phase"]
_WORDING = [*_CELL, "kind", "language", "wording"]


@dataclass(frozen=True)
class Question:
    """What was asked; `labels` has every number that could be chosen."""

    title: str
    kind: str
    labels: Mapping[int, str]


def asked(answers: pd.DataFrame, questions: pd.DataFrame) -> dict[str, Question]:
    """Give {column of `wide`: its question} for all that was answered.

    A column that pools several wordings or languages has the words most people saw, and its title
    says that there are others.
    """
    words = questions.astype(dict.fromkeys(_WORDING, "str")).set_index(_WORDING)["words"]
    counts = answers[_WORDING].astype("str").value_counts(sort=False).rename("n").reset_index()
    counts = counts.sort_values(["n", *_WORDING], ascending=[False, *[True] * len(_WORDING)])
    found = {}
    for key, rows in counts.groupby(_CELL, sort=False):
        cell = [str(part) for part in key]
        first: dict[str, Any] = words.loc[tuple(rows.iloc[0][_WORDING])]
        title = f"{cell[2]}: {first.get('question') or '.'.join(cell[:2])}"
        if len(rows) > 1:
            title += f" [{len(rows)} wordings: see the codebook]"
        kind = str(rows.iloc[0]["kind"])
        found[".".join(cell)] = Question(title, kind, _labels(first))
    return found


def _labels(words: Mapping[str, Any]) -> dict[int, str]:
    labels = {int(value): str(label) for value, label in words.get("options", {}).items()}
    values = sorted(labels)
    if words.get("ends") and values:
        labels[values[0]], labels[values[-1]] = words["ends"]
    return {value: labels[value] for value in values}
