"""A fault in a content file or notebook: where it is, what it is, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from myths.errors import ContentError


@dataclass(frozen=True)
class Problem:
    """One fault; `str()` is the sentence to show, with file, line and remedy.

    `id` is the dotted place inside the file (`facts.r1`), empty for the whole file.
    In a notebook `cell` counts all cells from 1 and `line` counts inside the cell.
    """

    file: str
    line: int
    id: str
    message: str
    remedy: str
    severity: Literal["error", "warning"] = "error"
    cell: int | None = None

    def __str__(self) -> str:
        """Return the sentence a person reads: place, message; remedy."""
        place = str(self.line) if self.cell is None else f" cell {self.cell}, line {self.line}"
        return f"{self.file}:{place}: {self.message}; {self.remedy}"

    def moved(self, there: str, here: str) -> Problem:
        """Return the problem as one of the files in `here`, of which `there` has copies."""
        return replace(
            self,
            file=self.file.replace(there, here),
            message=self.message.replace(there, here),
            remedy=self.remedy.replace(there, here),
        )


class ContentProblemsError(ContentError):
    """Raised with every problem found; its words are the first one and a count of the rest."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, at least one."""
        self.problems = tuple(problems)
        more = len(self.problems) - 1
        rest = f" (and {more} more: run `myths check` to see all)" if more else ""
        super().__init__(f"{self.problems[0]}{rest}")


@contextmanager
def gathering(problems: list[Problem]) -> Iterator[None]:
    """Append what the block raises to `problems`, so that the next block can still run."""
    try:
        yield
    except ContentProblemsError as found:
        problems.extend(found.problems)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return which known name was probably meant, or list them all."""
    known = list(known)
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"known here: {', '.join(known)}" if known else "nothing is expected here"
