"""One reading of a store: what every table, figure, report and export is made from.

All that it gives is of one moment, read in a single transaction. So nobody who joins, answers or
withdraws meanwhile is in one table and not in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from myths.errors import EvaluationError
from myths.store import Workshop, listed, opened

if TYPE_CHECKING:
    from myths.store import Snapshot

Address = str | PathLike[str] | None
Choice = str | Iterable[str] | None


class SurveyTables(NamedTuple):
    """What was read at once, each as the method of `Snapshot` with its name tells."""

    answers: pd.DataFrame
    history: pd.DataFrame
    participants: pd.DataFrame
    questions: pd.DataFrame
    workshops: list[Workshop]
    apart: dict[str, int]


@dataclass(frozen=True, eq=False)
class Survey:
    """A store, what of it somebody chose to look at, and what it held when it was first asked.

    `db` is the address of a database (postgresql://…), the path of an SQLite file, or None for
    $MYTHS_DB, else data/workshop.sqlite. The other fields are one value or several, or None for
    all; `rehearsal` is for rehearsal workshops, too. What is read raises StoreError if the database
    is missing, is no workshop's, or cannot be read, and WorkshopError (reason "unknown") for a
    workshop or an audience that none here has.
    """

    db: Address = None
    workshop: Choice = None
    audience: Choice = None
    module: Choice = None
    language: Choice = None
    wording: Choice = None
    rehearsal: bool = False

    def __post_init__(self) -> None:
        for field in fields(self)[1:-1]:  # listed, for a choice is looked at more than once
            object.__setattr__(self, field.name, listed(getattr(self, field.name)))

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Show the tables of the store, of one moment, to whoever needs few of them or no copy."""
        store = opened(self.db)
        rooms: dict[str, Any] = {"workshop": self.workshop, "audience": self.audience}
        with store.snapshot(**rooms, rehearsal=self.rehearsal) as tables:
            yield tables

    @cached_property
    def tables(self) -> SurveyTables:
        """The tables of the chosen workshops, read when they are first asked for."""
        with self.snapshot() as tables:
            return SurveyTables(
                tables.answers(),
                tables.history(),
                tables.participants(),
                tables.questions(),
                tables.workshops(),
                tables.apart(),
            )

    def select(self, table: pd.DataFrame, *names: str) -> pd.DataFrame:
        """Keep the rows of the chosen module, language and wording, or of what is named of these.

        Raises EvaluationError as `chosen` does.
        """
        names = names or ("module", "language", "wording")
        return chosen(table, **{name: getattr(self, name) for name in names})


def spoken(people: pd.DataFrame, workshops: Iterable[Workshop]) -> set[str]:
    """Return the languages of those workshops that these people joined."""
    here = set(people["workshop"].astype("str"))
    return {each.language for each in workshops if each.code in here}


def chosen(table: pd.DataFrame, **choices: Choice) -> pd.DataFrame:
    """Keep the rows that have one of the chosen values in each column; None keeps all.

    Raises EvaluationError for a value that no row of a table with rows has.
    """
    for name, choice in choices.items():
        wanted = listed(choice)
        if wanted is None:
            continue
        known = list(dict.fromkeys(table[name].astype("str")))
        for value in wanted:
            if known and value not in known:
                raise EvaluationError(
                    f"Nothing here has the {name} {value!r}: choose from {', '.join(known)}."
                )
        table = table[table[name].isin(wanted)].reset_index(drop=True)
    return table
