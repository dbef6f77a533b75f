"""The section on texts: how much was written, what about, how far coders agree, and quotes."""

from __future__ import annotations

from typing import Any

import pandas as pd

from myths.errors import CodingError
from myths.evaluation.coding import Coding
from myths.evaluation.figures import rows_of
from myths.evaluation.reporting.blocks import Block, Heading, Note, Paragraph
from myths.evaluation.reporting.findings import Findings
from myths.evaluation.reporting.wording import many, number, table, words

_WRITTEN = ("text", "commitment")


def texts(found: Findings) -> list[Block]:
    """Tell how much was written and, if it was coded, what about."""
    says = words()["texts"]
    heading = Heading(words()["headings"]["texts"])
    written = found.said[found.said["kind"].isin(_WRITTEN) & ~found.said["declined"].fillna(False)]
    if written["participant"].nunique() < found.k:
        return [heading, Paragraph(says["none"])]
    readable = written[written["reader"] == "evaluation"]
    authors = readable["participant"].nunique()
    first = says["count"].format(
        written=len(written),
        readable=number(len(readable), found.k) if authors >= found.k else "too few to tell",
    )
    return [heading, Paragraph(first), *_coded(found)]


def _coded(found: Findings) -> list[Block]:
    says = words()["texts"]
    if found.coding is None:
        return [Paragraph(says["uncoded"])]
    try:
        codes, agreement = found.coding.codes(), found.coding.agreement()
    except CodingError as fault:
        return [Paragraph(says["unfinished"].format(why=fault))]
    coders = found.coding.coders()
    given = codes[codes["code"].notna()]
    where = ["participant", "module", "item", "phase", "code"]
    agreed = given.groupby(where, observed=True)["coder"].nunique().reset_index(name="coders")
    agreed = agreed[agreed["coders"] == len(coders)]
    people = agreed.groupby("code", observed=True)["participant"].nunique()
    rows = [
        [row.name, number(int(people.get(row.Index, 0)), found.k), _alpha(row)]
        for row in rows_of(agreement)
    ]
    if not rows:
        return [Paragraph(says["uncoded"])]
    first = says["coded"].format(coders=many(len(coders), "person", "people"))
    notes = [
        f"“{name}”. {note}"
        for name, note in zip(agreement["name"], agreement["note"], strict=True)
        if note
    ]
    return [
        Paragraph(first),
        *table("codes", rows),
        *map(Paragraph, notes),
        *_quoted(found, found.coding),
    ]


def _quoted(found: Findings, coding: Coding) -> list[Block]:
    """Quote a few texts; those that seem to point to a person are left for a human to look at."""
    says = words()["texts"]
    drawn = coding.quotes(k=found.k)
    safe = drawn[drawn["look_first"].isna()]
    rows = [[row.name, f"“{row.quote}”", found.title(row.module)] for row in rows_of(safe)]
    left_out = [Paragraph(says["left_out"])] if len(safe) < len(drawn) else []
    heading = Heading(words()["headings"]["quotes"], 3)
    if not rows:
        return [heading, Paragraph(says["no_quotes"].format(k=found.k)), *left_out]
    return [heading, Note(says["read_first"]), *table("quotes", rows, k=found.k), *left_out]


def _alpha(row: Any) -> str:
    if pd.isna(row.alpha):
        return "not given"
    if pd.isna(row.alpha_low):
        return f"{row.alpha:.2f} (no interval)"
    return f"{row.alpha:.2f} ({row.alpha_low:.2f} to {row.alpha_high:.2f})"
