"""Whether a row from elsewhere has the form that every row of ours has, before it comes in.

A file that was damaged or written by another program could hold anything, and SQLite keeps any
value in any column. What is looked at: types, lengths, ranges, and the fixed words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, String

from myths.errors import StoreError
from myths.store import live_states, places
from myths.store.column_types import LanguageList, Moment, SlugList
from myths.store.digests import Row
from myths.store.schema import metadata
from myths.vocabulary import (
    FEWEST,
    LANGUAGE,
    SLUG,
    Audience,
    InquiryState,
    Kind,
    Mode,
    Phase,
    Reader,
    Scope,
    StaffAct,
)

_LAST = 253_402_300_800_000_000  # microseconds: the year 10000
_WORDS = {
    "questions.phase": Phase.words(),
    "questions.kind": Kind.words(),
    "batches.phase": Phase.words(),
    "answers.reader": Reader.words(),
    "answers.mode": Mode.words(),
    "workshops.audience": Audience.words(),
    "inquiries.state": InquiryState.words(),
    "erasings.reason": ("withdrawn", "erased", "expired"),
    "roles.scope": (Scope.OWN.value, Scope.READ.value),
    "audit.act": StaffAct.words(),
}
_SHAPES: dict[str, Callable[[Column[Any], object], bool]] = {
    "participants.places": lambda _, value: places.fit(value),
    "live_states.state": lambda _, value: live_states.fit(value),
    "workshops.k": lambda _, value: _is_whole(value, least=FEWEST),
    **dict.fromkeys(("roles.name", "audit.role", "audit.about"), lambda *each: _is_line(*each)),
}


def check(table: str, row: Row, *, place: str) -> None:
    """Check a row that comes from `place`. Raises StoreError, without the row's words."""
    for column in metadata.tables[table].columns:
        if not _fits(column, row.get(column.name)):
            raise StoreError(
                f"{place} is damaged, or another program has written in it: {table}.{column.name} "
                "has a value that it cannot have. Nothing was changed: use another copy of it."
            )


def _fits(column: Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable) or isinstance(column.type, JSON)
    words = _WORDS.get(str(column))
    kind = next(each for each in _KINDS if isinstance(column.type, each))
    shaped = _SHAPES.get(str(column), _KINDS[kind])
    return shaped(column, value) and (words is None or value in words)


def _is_whole(value: object, *, least: int = 0, most: int = 2**63) -> bool:
    return isinstance(value, int) and least <= value < most


def _is_text(column: Column[Any], value: object) -> bool:
    longest = getattr(column.type, "length", None)
    return isinstance(value, str) and "\0" not in value and len(value) <= (longest or math.inf)


def _is_line(column: Column[Any], value: object) -> bool:
    return _is_text(column, value) and str(value).isprintable()


def _is_list(_column: Column[Any], value: object, *, of: str) -> bool:
    names = value.split(" ") if isinstance(value, str) and value else []
    fit = all(re.fullmatch(of, each) for each in names) and len(set(names)) == len(names)
    return isinstance(value, str) and fit


def _is_number(_column: Column[Any], value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


# by type, special ones first: what a value of it is as the database gives it
_KINDS: dict[type, Callable[[Column[Any], object], bool]] = {
    Moment: lambda _, value: _is_whole(value, most=_LAST),
    LanguageList: partial(_is_list, of=LANGUAGE),
    SlugList: partial(_is_list, of=SLUG),
    Boolean: lambda _, value: value in (True, False),
    Integer: lambda _, value: _is_whole(value),
    Float: _is_number,
    Date: lambda _, value: isinstance(value, date),
    LargeBinary: lambda _, value: isinstance(value, bytes | memoryview),
    JSON: lambda _, value: isinstance(value, dict | list),
    String: _is_text,
}
