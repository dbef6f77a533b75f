"""The answers that can stand in open data: closed ones, to questions of the content, worded alike.

They are the ratings of statements, how sure people were, the questions about the facts, and the
ratings of the pages around the modules; not what a trainer asked in words of their own, which may
name a place, and not what was rated looking back, which no report tells either.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from myths.errors import ContentError
from myths.evaluation.data.wordings import codebook_of
from myths.vocabulary import RATED, Kind, Phase

ITEM = ["module", "item"]
_ASKED = [*ITEM, "language", "wording"]
_TEXTS = [*_ASKED, "kind", "participant"]


def closed(said: pd.DataFrame, questions: pd.DataFrame, *, k: int) -> pd.DataFrame:
    """Return the answers with a value, where 1 is for a fact that was known and 0 for others.

    Of each question the wording counts that most answers have in its language, if k have it, and of
    each person the one that they met first. `paired` are those that a report compares with before;
    `column` is what the answer is called in a table of people.
    """
    book = _publishable(codebook_of(questions))
    rows = said[said["value"].notna() & (said["phase"] != Phase.RETROSPECTIVE)].astype(
        dict.fromkeys(_TEXTS, "str")
    )
    rows = rows[[*_TEXTS, "phase", "value"]].merge(book, on=_ASKED)
    sizes = rows.groupby(_ASKED)["participant"].nunique().reset_index()
    usual = sizes.sort_values(["participant", "wording"]).drop_duplicates(_ASKED[:-1], keep="last")
    rows = rows.merge(usual.loc[usual["participant"] >= k, _ASKED])
    rows["phase"] = pd.Categorical(rows["phase"].astype("str"), Phase.words(), ordered=True)
    rows = rows.sort_values("phase", kind="stable", ignore_index=True)
    met = rows.groupby(["participant", *ITEM])["wording"].transform("first")
    rows = rows[rows["wording"] == met].reset_index(drop=True)
    value, right = (rows[name].to_numpy(float, na_value=np.nan) for name in ("value", "correct"))
    rows["value"] = np.where(rows["kind"] == Kind.RECALL, value == right, value)
    rows["phase"] = rows["phase"].astype("str")
    rows["column"] = rows["module"] + "." + rows["item"] + "." + rows["phase"]
    return rows.drop(columns="correct")


def _publishable(book: pd.DataFrame) -> pd.DataFrame:
    """Return the wordings of questions that can be published, and what is right."""
    book = book.astype(dict.fromkeys([*_ASKED, "kind"], "str"))
    paired = book["keyed"].notna() | (book["kind"] == Kind.CONFIDENCE)
    listed = pd.MultiIndex.from_frame(book[ITEM]).isin(_of_content())
    fits = book["kind"].isin(RATED) & (paired | listed)
    fits |= (book["kind"] == Kind.RECALL) & book["correct"].notna()
    return book.assign(paired=paired).loc[fits, [*_ASKED, "correct", "paired"]]


def _of_content() -> list[tuple[str, str]]:
    """Name the items that today's content asks; none if it has a fault."""
    try:
        book = codebook_of(None, today=True)
    except ContentError:
        return []
    return [*book[ITEM].astype("str").drop_duplicates().itertuples(index=False, name=None)]
