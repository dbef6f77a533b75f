"""Quotes for a report: few, drawn by chance, and only from groups in which nobody stands out."""

from __future__ import annotations

import re
from random import Random

import pandas as pd

from myths.errors import CodingError
from myths.evaluation.coding.code_tables import TEXT
from myths.evaluation.coding.quote_check import Checked
from myths.evaluation.coding.texts import ids_of
from myths.personal_data import signs

K = 5  # people
_WITHIN = re.compile(r"(?<=[\w,;:] )(?!I\b)[^\W\d_]\w*")  # a word that begins no sentence
_DTYPES = {
    "code": "category",
    "name": "string",
    "language": "category",
    "quote": "string",
    "look_first": "string",
}


def quotes(
    settled: pd.DataFrame, checked: Checked, *, n: int, k: int, seed: int, approved: bool
) -> pd.DataFrame:
    """See `Coding.quotes`; `settled` is the table of that name, `checked` what was read of it."""
    if k < K:
        raise CodingError(f"k={k} is too few people to hide among; use {K} or more.")
    coded = settled[settled["code"].notna()]
    group = coded.groupby(["workshop", "code", "language"], observed=True)["participant"]
    coded = coded[group.transform("nunique") >= k]
    keys = zip(ids_of(coded), coded["answered_at"], strict=True)
    fit = [checked.get(key, not approved) for key in keys]
    coded = coded[pd.Series(fit, index=coded.index, dtype="bool")]
    rows, heard, said = [], set(), set()
    for code, found in coded.groupby("code", observed=True, sort=True):
        drawn = found.sort_values(TEXT).to_dict("records")
        Random(f"{seed}/{code}").shuffle(drawn)  # noqa: S311 no secret
        taken = 0
        for row in drawn:
            words = " ".join(row["text"].casefold().split())
            if taken < n and row["participant"] not in heard and words not in said:
                heard.add(row["participant"])
                said.add(words)
                taken += 1
                why = look_first(row["text"], language=str(row["language"]))
                told = {"quote": row["text"], "look_first": ", ".join(why) or None}
                rows.append(row | told)
    return pd.DataFrame(rows, columns=list(_DTYPES)).astype(_DTYPES)


def look_first(text: str, *, language: str) -> list[str]:
    """List why somebody should look at a quote before it is given away, as "name".

    This is stricter than what warns people as they type. Where only names and first words have
    capitals, every other capital counts as a name; in German it does not. In a script without
    capitals a name cannot be guessed, and that is said.
    """
    found = signs(text)
    if not language.startswith("de") and any(w[0].isupper() for w in _WITHIN.findall(text)):
        found.append("name")
    if any(c.isalpha() and not c.isupper() and not c.islower() for c in text):
        found.append("script without capitals")
    return list(dict.fromkeys(found))
