"""Quotes for a report: few, drawn by chance, and only from groups in which nobody stands out."""

from __future__ import annotations

from random import Random

import pandas as pd

from myths.errors import CodingError
from myths.evaluation.coding.personal_data import signs

K = 5  # people
_DTYPES = {
    "code": "category",
    "name": "string",
    "language": "category",
    "quote": "string",
    "look_first": "string",
}


def quotes(coded: pd.DataFrame, coders: int, *, n: int, k: int, seed: int) -> pd.DataFrame:
    """See `Coding.quotes`; `coded` is the table of codes and `coders` how many made it."""
    if k < K:
        raise CodingError(f"k={k} is too few people to hide among; use {K} or more.")
    coded = coded[coded["code"].notna()]
    text = ["participant", "module", "item", "phase"]
    agreed = coded.groupby([*text, "code"], observed=True)["coder"].transform("nunique") == coders
    coded = coded[agreed]
    group = coded.groupby(["workshop", "code", "language"], observed=True)["participant"]
    coded = coded[group.transform("nunique") >= k].drop_duplicates([*text, "code"])
    rows, heard = [], set()
    for code, found in coded.groupby("code", observed=True, sort=True):
        drawn = found.sort_values(text).to_dict("records")
        Random(f"{seed}/{code}").shuffle(drawn)  # noqa: S311 no secret
        taken = 0
        for row in drawn:
            if taken < n and row["participant"] not in heard:
                heard.add(row["participant"])
                taken += 1
                why = signs(row["text"], language=str(row["language"]))
                rows.append(row | {"quote": row["text"], "look_first": ", ".join(why) or None})
    return pd.DataFrame(rows, columns=list(_DTYPES)).astype(_DTYPES)
