"""Names and words that fit into the files of SPSS and Stata: shortened, and still unique."""

from __future__ import annotations

import re
from collections.abc import Iterable


def unique_names(names: Iterable[str], *, limit: int, dots: bool) -> dict[str, str]:
    """Return each name one of at most `limit` ASCII letters that no other has, capitals or not.

    `dots` says whether a name may hold dots (SPSS) or not (Stata). What stands after the last dot,
    the phase, is kept when a name is shortened: {"womens-services.myth.after":
    "womens_services.myth.after"}.
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        stem, _, end = name.rpartition(".")
        mark = "." if dots else "_"
        last = _allowed(f"{mark}{end}" if stem else end, dots=dots)
        first = _allowed(stem, dots=dots)
        if not (first or last)[0].isalpha():
            first = f"v_{first}"
        given[name] = _free(first, last, taken, limit=limit)
        taken.add(given[name].lower())
    return given


def _allowed(text: str, *, dots: bool) -> str:
    return re.sub(r"[^A-Za-z0-9_.]" if dots else r"[^A-Za-z0-9_]", "_", text)


def _free(first: str, last: str, taken: set[str], *, limit: int) -> str:
    number = 1
    while True:
        ending = (last if number == 1 else f"_{number}{last}")[-limit + 1 :]
        name = f"{first[: limit - len(ending)]}{ending}".rstrip("._")
        if name.lower() not in taken:
            return name
        number += 1


def shortened(text: str, limit: int, *, in_bytes: bool) -> str:
    """Return the text on one line; one longer than `limit` ends with "…"."""
    line = " ".join(text.split())
    if not in_bytes:
        return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
    if len(line.encode()) <= limit:
        return line
    return f"{first_bytes(line, limit - len('…'.encode())).rstrip()}…"


def first_bytes(text: str, limit: int) -> str:
    """Return as many whole characters as fit into `limit` bytes of UTF-8."""
    return text.encode()[:limit].decode(errors="ignore")
