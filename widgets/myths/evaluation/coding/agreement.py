"""How far coders agree: Krippendorff's alpha for each code, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from myths.evaluation.coding.alpha import Judged, alpha, alpha_interval
from myths.evaluation.coding.code_tables import standing
from myths.evaluation.coding.codebook import Codebook
from myths.evaluation.coding.coder_file import CoderFile

_DTYPES = {
    "code": "category",
    "name": "string",
    "texts": "Int64",
    "all": "Int64",
    "some": "Int64",
    "none": "Int64",
    "alpha": "Float64",
    "alpha_low": "Float64",
    "alpha_high": "Float64",
    "note": "string",
}
_TEXT_DTYPES = {
    "code": "category",
    "name": "string",
    "module": "category",
    "item": "category",
    "phase": "category",
    "language": "category",
    "text": "string",
}


def agreement(readable: pd.DataFrame, sheets: Sequence[CoderFile], book: Codebook) -> pd.DataFrame:
    """See `Coding.agreement`."""
    rows = []
    for code in book.current.values():
        judged = _judged(readable, sheets, book, code.id)
        pairable = judged[:, (~np.isnan(judged)).sum(axis=0) >= 2]
        share = np.nanmean(pairable, axis=0) if pairable.size else np.array([])
        value, why = alpha(judged)
        bounds, why_none = (None, "") if value is None else alpha_interval(judged)
        low, high = bounds or (None, None)
        rows.append(
            {
                "code": code.id,
                "name": code.name,
                "texts": pairable.shape[1],
                "all": int((share == 1).sum()),
                "some": int(((share > 0) & (share < 1)).sum()),
                "none": int((share == 0).sum()),
                "alpha": value,
                "alpha_low": low,
                "alpha_high": high,
                "note": " ".join(
                    filter(None, [why, why_none, _versions(readable, sheets, code.id)])
                ),
            }
        )
    return pd.DataFrame(rows, columns=list(_DTYPES)).astype(_DTYPES).set_index("code")


def disagreements(
    readable: pd.DataFrame, sheets: Sequence[CoderFile], book: Codebook
) -> pd.DataFrame:
    """See `Coding.disagreements`."""
    memos = [{place: entry.memo for place, entry in standing(readable, s)} for s in sheets]
    rows = []
    for code in book.current.values():
        judged = _judged(readable, sheets, book, code.id)
        for place in range(judged.shape[1]):
            said = judged[:, place]
            if len(set(said[~np.isnan(said)])) < 2:
                continue
            text = readable.iloc[place]
            row: dict[str, object] = {"code": code.id, "name": code.name}
            row |= {key: text[key] for key in ("module", "item", "phase", "language", "text")}
            for sheet, given, memo in zip(sheets, said, memos, strict=True):
                row[sheet.coder] = None if np.isnan(given) else bool(given)
                row[f"memo of {sheet.coder}"] = memo.get(place) or None
            rows.append(row)
    names = [sheet.coder for sheet in sheets]
    dtypes = _TEXT_DTYPES | dict.fromkeys(names, "boolean")
    dtypes |= {f"memo of {name}": "string" for name in names}
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


def _judged(
    readable: pd.DataFrame, sheets: Sequence[CoderFile], book: Codebook, code: str
) -> Judged:
    """Presence of a code, coders x texts: NaN where it was not decided, or not a code yet."""
    judged = np.full((len(sheets), len(readable)), np.nan)
    for row, sheet in enumerate(sheets):
        for place, entry in standing(readable, sheet):
            given = any(mark.code == code for mark in entry.codes)
            if given or entry.edition >= book.since(code):
                judged[row, place] = given
    return judged


def _versions(readable: pd.DataFrame, sheets: Sequence[CoderFile], code: str) -> str:
    used = {
        mark.version
        for sheet in sheets
        for _, entry in standing(readable, sheet)
        for mark in entry.codes
        if mark.code == code
    }
    listed = " and ".join(map(str, sorted(used)))
    return f"Given under versions {listed} of its definition." if len(used) > 1 else ""
