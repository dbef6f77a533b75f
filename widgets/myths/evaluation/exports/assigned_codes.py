"""The codes of an export: who gave which code to which text, and what the codes mean.

Only texts that are in the export have codes in it, so whoever withdrew or took a text back has
none. Coders' memos are not there: they are notes among coders, and may name somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike

import pandas as pd

from myths.evaluation.coding import Coding, found
from myths.evaluation.exports.spool import Spool
from myths.evaluation.survey import Survey
from myths.evaluation.words import EvaluationWords

Folder = str | PathLike[str] | None

_CODES = [
    *("workshop", "participant", "module", "item", "phase"),
    *("coder", "role", "code", "version", "name", "start", "end", "passage"),
]


def coded(
    folder: Folder,
    survey: Survey,
    answers: Spool,
    coders: Sequence[str] | None,
    words: EvaluationWords,
) -> tuple[dict[str, pd.DataFrame], tuple[str, ...]]:
    """Return the tables `codes` and `definitions`, and what there is to know of them.

    There are none without a coding `folder` (None: the usual one of the database), and none until
    all blind coders have finished once. `coders`: of these only. Raises CodingError if a folder
    that was named is missing, or a file in it has a fault.
    """
    coding = found(folder, survey)
    if coding is None:
        return {}, ()
    if not coding.is_told():
        return {}, (words.export.notes.unfinished,)
    pieces = (piece[piece["text"].notna()] for piece in answers.pieces())
    texts = pd.concat([answers.head, *pieces], ignore_index=True).astype(answers.head.dtypes)
    told = len(coding.codes_of(texts).drop_duplicates(_CODES[1:5]))
    notes = () if told == len(texts) else (words.export.notes.later,)
    codes = coding.codes_of(texts, coders)[_CODES]
    return {"codes": codes, "definitions": _definitions(coding)}, notes


def _definitions(coding: Coding) -> pd.DataFrame:
    """Return the codebook with its days as texts, and nothing where there are no examples."""
    book = coding.codebook()
    book["changed"] = book["changed"].dt.strftime("%Y-%m-%d")
    return book.astype({"changed": "string"}).replace({"include": "", "exclude": ""}, pd.NA)
