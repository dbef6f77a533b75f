"""What coders decided, as tables beside the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from myths.errors import CodingError
from myths.evaluation.coding.codebook import Codebook
from myths.evaluation.coding.coder_file import CodedText, CoderFile, Mark
from myths.vocabulary import SheetRole

TEXT = ["participant", "module", "item", "phase"]  # what a text is named by
_OF_ONE_CODER = ["coder", "role", "version", "start", "end", "passage", "memo"]

_DTYPES = {
    "coder": "category",
    "role": "category",
    "code": "category",
    "name": "string",
    "version": "Int64",
    "start": "Int64",
    "end": "Int64",
    "passage": "string",
    "memo": "string",
}


def versions(book: Codebook) -> pd.DataFrame:
    """See `Coding.codebook`."""
    rows = [
        {
            "code": code.id,
            "version": code.version,
            "changed": pd.Timestamp(code.changed),
            "name": code.name,
            "definition": code.definition,
            "include": "; ".join(code.include),
            "exclude": "; ".join(code.exclude),
        }
        for code in book.entries
    ]
    words = dict.fromkeys(["name", "definition", "include", "exclude"], "string")
    dtypes = {"code": "category", "version": "Int64", "changed": "datetime64[us]", **words}
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)


def codes(readable: pd.DataFrame, sheets: Sequence[CoderFile], book: Codebook) -> pd.DataFrame:
    """Join what was decided with the texts; see `Coding.codes` for the columns."""
    rows, places = [], []
    for sheet in sheets:
        for place, entry in standing(readable, sheet):
            words: str = readable["text"].iloc[place]
            for mark in entry.codes or (None,):
                rows.append(
                    {"coder": sheet.coder, "role": str(sheet.role), "memo": entry.memo or None}
                    | _row(mark, words, book, f"{sheet.path}: '{entry.text}'")
                )
                places.append(place)
    left = pd.DataFrame(rows, columns=list(_DTYPES)).astype(_DTYPES)
    right = readable.drop(columns="id").iloc[places].reset_index(drop=True)
    return pd.concat([left, right], axis="columns")


def settled(codes: pd.DataFrame) -> pd.DataFrame:
    """See `Coding.settled`; `codes` are those of the coders, and the agreed ones."""
    text = [codes[name] for name in TEXT]
    is_agreed = codes["role"] == SheetRole.AGREED
    codes = codes[is_agreed == is_agreed.groupby(text, observed=True).transform("any")]
    coders = codes.groupby(TEXT, observed=True)["coder"].transform("nunique")
    given = codes.groupby([*TEXT, "code"], observed=True)["coder"].transform("nunique")
    kept = codes[given == coders].drop_duplicates([*TEXT, "code"])
    settled = pd.MultiIndex.from_frame(kept[TEXT])
    first = codes.drop_duplicates(TEXT)
    without = first[~pd.MultiIndex.from_frame(first[TEXT]).isin(settled)]
    table = pd.concat([kept, without.assign(code=None, name=None).astype(codes.dtypes)])
    return table.drop(columns=_OF_ONE_CODER).sort_index().reset_index(drop=True)


def standing(readable: pd.DataFrame, sheet: CoderFile) -> Iterator[tuple[int, CodedText]]:
    """Yield the decisions that stand about texts as they are now, as `decided` does.

    On a trial sheet nothing needs to stand.
    """
    for place, entry in decided(readable, sheet):
        if entry.stands or sheet.role == SheetRole.TRIAL:
            yield place, entry


def decided(readable: pd.DataFrame, sheet: CoderFile) -> Iterator[tuple[int, CodedText]]:
    """Yield the decisions about texts as they are now, each with the row of its text."""
    for place, (name, answered_at) in enumerate(
        zip(readable["id"], readable["answered_at"], strict=True)
    ):
        entry = sheet.entries.get(name)
        if entry and entry.decided and entry.answered_at == answered_at:
            yield place, entry


def _row(mark: Mark | None, words: str, book: Codebook, where: str) -> dict[str, object]:
    if mark is None:
        return {}
    if mark.end is not None and mark.end > len(words):
        raise CodingError(
            f"{where} has a passage that ends at {mark.end}, and the text has {len(words)} "
            "characters; mend 'end' or take the line out."
        )
    passage = None if mark.start is None else words[mark.start : mark.end]
    name = next(
        code.name for code in book.entries if (code.id, code.version) == (mark.code, mark.version)
    )
    return mark.model_dump() | {"name": name, "passage": passage}
