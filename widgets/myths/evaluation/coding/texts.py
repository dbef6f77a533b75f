"""The texts to be coded: those whose authors let the evaluation read them, and no others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from myths.evaluation.data.tables import Address, Choice, Workshops, answers
from myths.evaluation.data.wordings import codebook
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


def readable(
    db: Address = None,
    workshop: Workshops = None,
    *,
    audience: Choice = None,
    rehearsal: bool = False,
    items: Collection[str] | None = None,
) -> pd.DataFrame:
    """Return the rows of `answers` that hold a text for the evaluation, with an `id` in front.

    `items`: only these, as "learned" (in any module) or "risk.learned". Options and errors
    otherwise as in `answers`.
    """
    return among(answers(db, workshop, audience=audience, rehearsal=rehearsal), items)


def among(table: pd.DataFrame, items: Collection[str] | None = None) -> pd.DataFrame:
    """Return those of some rows of `answers` that hold such a text; see `readable`."""
    table = table[table["text"].notna() & (table["reader"] == Reader.EVALUATION)]
    module, item = table["module"].astype("str"), table["item"].astype("str")
    if items is not None:
        table = table[item.isin(items) | (module + "." + item).isin(items)]
    ids = table["participant"].astype("str")
    for column in ("module", "item", "phase"):
        ids = ids + "/" + table[column].astype("str")
    return table.assign(id=ids)[["id", *table.columns]].reset_index(drop=True)


def texts(table: pd.DataFrame, db: Address = None) -> Iterable[FreeText]:
    """Turn the rows of `readable` into texts, each with its question as it was asked."""
    asked = codebook(db, source="store").set_index("wording")["question"].to_dict()
    for row in table.to_dict("records"):
        yield FreeText(
            row["id"],
            str(row["module"]),
            str(row["item"]),
            str(row["language"]),
            asked.get(row["wording"], ""),
            row["text"],
            row["answered_at"].to_pydatetime(),
        )
