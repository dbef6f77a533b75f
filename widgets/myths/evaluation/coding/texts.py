"""The texts to be coded: those whose authors let the evaluation read them, and no others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from myths.evaluation.data.wordings import codebook_of
from myths.evaluation.survey import Survey
from myths.vocabulary import Reader


@dataclass(frozen=True)
class FreeText:
    """One text with the question it answers; `id` is participant/module/item/phase."""

    id: str
    module: str
    item: str
    language: str
    question: str
    words: str
    answered_at: datetime


def readable(table: pd.DataFrame, items: Collection[str] | None = None) -> pd.DataFrame:
    """Return the rows of `answers` that hold a text for the evaluation, with an `id` in front.

    `items`: only these, as "learned" (in any module) or "risk.learned".
    """
    table = table[table["text"].notna() & (table["reader"] == Reader.EVALUATION)]
    module, item = table["module"].astype("str"), table["item"].astype("str")
    if items is not None:
        table = table[item.isin(items) | (module + "." + item).isin(items)]
    return table.assign(id=ids_of(table))[["id", *table.columns]].reset_index(drop=True)


def ids_of(table: pd.DataFrame) -> pd.Series[Any]:
    """Return the id of each text in a table with the columns of `answers`."""
    ids = table["participant"].astype("str")
    for column in ("module", "item", "phase"):
        ids = ids + "/" + table[column].astype("str")
    return ids


def texts(survey: Survey, items: Collection[str] | None = None) -> Iterator[FreeText]:
    """Yield the texts of a survey, each with its question as it was asked."""
    asked = codebook_of(survey.tables.questions).set_index("wording")["question"].to_dict()
    for row in readable(survey.tables.answers, items).to_dict("records"):
        yield FreeText(
            row["id"],
            str(row["module"]),
            str(row["item"]),
            str(row["language"]),
            asked.get(row["wording"], ""),
            row["text"],
            row["answered_at"].to_pydatetime(),
        )
