"""What an export holds: six tables, each column with its words, its labels and its short names.

All comes from one reading of the answers. Who withdraws while the export runs is left out: the
participants are read last, and an answer of nobody among them goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal

import pandas as pd

from myths.evaluation.audiences import audiences
from myths.evaluation.exporting.names import unique_names
from myths.evaluation.exporting.questions import Question, asked
from myths.evaluation.exporting.titles import COLUMNS, TABLES
from myths.evaluation.tables import Choice, Place, opened
from myths.evaluation.wordings import codebook
from myths.store import NUMERIC

Type = Literal["string", "integer", "number", "boolean", "datetime"]
CELL = ["module", "item", "phase"]
_WORDING = ["module", "item", "kind", "language", "wording"]
_SPSS = 64  # letters of a name
_STATA = 32 - 4  # pyreadstat names a set of labels by its column and a number
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # of the times that a zip file can hold


@dataclass(frozen=True, eq=False)
class Column:
    """A column: its title, the labels of its numbers, its names in SPSS and Stata.

    `labels` has every number that could be chosen, `kind` is that of a question (None for other
    columns), `declined` is true where a number is missing because the answer was "prefer not to
    say". `words` tells what the texts of a column of few fixed ones mean.
    """

    name: str
    type: Type
    title: str
    kind: str | None = None
    labels: Mapping[int, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    declined: pd.Series[bool] | None = None
    spss: str = ""
    stata: str = ""


@dataclass(frozen=True, eq=False)
class Table:
    """A table: the frame and what is to be said of its columns, in the same order."""

    name: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """What a row is."""
        return TABLES[self.name]

    def pieces(self, rows: int) -> Iterator[pd.DataFrame]:
        """Give the frame in pieces of at most `rows` rows; one without rows if it has none."""
        for start in range(0, max(len(self.frame), 1), rows):
            yield self.frame.iloc[start : start + rows]


@dataclass(frozen=True)
class Tables:
    """All tables of an export, by name."""

    answers: Table
    participants: Table
    wide: Table
    codebook: Table
    variables: Table
    values: Table

    def __iter__(self) -> Iterator[Table]:
        return iter((*self.data, self.codebook, self.variables, self.values))

    @property
    def data(self) -> tuple[Table, Table, Table]:
        """The tables of answers and people; the others tell what these mean."""
        return self.answers, self.participants, self.wide

    @cached_property
    def as_of(self) -> datetime:
        """The time of the newest row: what the files bear as their date."""
        newest = [
            self.answers.frame["answered_at"].max(),
            self.participants.frame["joined_at"].max(),
        ]
        times: list[datetime] = [time.to_pydatetime() for time in newest if not pd.isna(time)]
        return max([_EARLIEST, *times]).replace(microsecond=0)


def read(
    db: Place, workshop: list[str] | None, *, audience: Choice = None, rehearsal: bool
) -> Tables:
    """Read everything; raises StoreError and WorkshopError as `myths.answers` does."""
    store = opened(db)
    answers = store.answers(workshop=workshop, audience=audience, rehearsal=rehearsal)
    questions = asked(answers, store.questions())
    book = codebook(db, source="store")
    people = store.participants(workshop=workshop, audience=audience, rehearsal=rehearsal)
    answers = answers[answers["participant"].isin(people["participant"])].reset_index(drop=True)

    value = {"declined": answers["declined"].astype(bool)}
    data = (
        _table("answers", answers, {"value": value}),
        _table("participants", people),
        _wide(answers, people, questions),
    )
    return Tables(
        *data,
        _table("codebook", _counted(book, answers)),
        _table("variables", _variables(data)),
        _table("values", _values(data)),
    )


def _table(
    name: str, frame: pd.DataFrame, known: Mapping[str, Mapping[str, Any]] | None = None
) -> Table:
    """Describe a frame's columns; `known` has what is to be said of some of them."""
    known = dict(known or {})
    if "audience" in frame:
        known["audience"] = _audience()
    names = [str(column) for column in frame.columns]
    spss = unique_names(names, limit=_SPSS, dots=True)
    stata = unique_names(names, limit=_STATA, dots=False)
    columns = [
        replace(
            Column(each, _type(frame[each]), COLUMNS.get(each, each)),
            spss=spss[each],
            stata=stata[each],
            **known.get(each, {}),
        )
        for each in names
    ]
    return Table(name, frame, tuple(columns))


def _audience() -> dict[str, Any]:
    """Say what the audiences are."""
    words = audiences()
    told = "; ".join(f"{each} = {meaning}" for each, meaning in words.items())
    return {"title": f"{COLUMNS['audience']}: {told}", "words": words}


def _type(column: pd.Series[Any]) -> Type:
    if pd.api.types.is_bool_dtype(column.dtype):
        return "boolean"
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return "datetime"
    if pd.api.types.is_numeric_dtype(column.dtype):
        numbers = column.dropna()
        return "integer" if (numbers % 1 == 0).all() else "number"
    return "string"


def _wide(answers: pd.DataFrame, people: pd.DataFrame, questions: Mapping[str, Question]) -> Table:
    """Spread the answers as `myths.wide` does, with one column more: what was declined."""
    names = people["participant"].astype("str")
    columns: dict[str, Any] = {}
    known: dict[str, dict[str, Any]] = {}
    refused: dict[str, list[str]] = {}
    for cell, rows in answers.groupby(CELL, observed=True):
        name = ".".join(map(str, cell))
        by_name = rows.set_axis(rows["participant"].astype("str"))
        numeric = rows["kind"].isin(NUMERIC).any()
        columns[name] = by_name["value" if numeric else "text"].reindex(names).array
        declined = by_name["declined"].astype(bool)
        for person in declined.index[declined]:
            refused.setdefault(person, []).append(name)
        question = questions[name]
        known[name] = {"title": question.title, "kind": question.kind}
        if numeric:
            mask = declined.reindex(names, fill_value=False).reset_index(drop=True)
            known[name] |= {"labels": question.labels, "declined": mask}
    columns["declined"] = pd.array(
        [" ".join(refused[name]) if name in refused else None for name in names], dtype="string"
    )
    known["declined"] = {"title": COLUMNS["declined in wide"]}
    frame = pd.concat(
        [
            people[["workshop", "participant", "audience"]],
            pd.DataFrame(columns, index=people.index),
        ],
        axis=1,
    )
    return _table("wide", frame, known)


def _counted(book: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Add to the codebook how many answers of this export each wording has."""
    counts = answers[_WORDING].astype("str").value_counts()
    keys = pd.MultiIndex.from_frame(book[_WORDING].astype("str"))
    return book.assign(answers=counts.reindex(keys, fill_value=0).astype("Int64").array)


def _variables(tables: Iterable[Table]) -> pd.DataFrame:
    """One row for each column of the data, with its names in SPSS and Stata."""
    rows = [
        {
            "table": table.name,
            "column": column.name,
            "type": column.type,
            "kind": column.kind,
            "label": column.title,
            "spss": column.spss,
            "stata": column.stata,
        }
        for table in tables
        for column in table.columns
    ]
    return pd.DataFrame(rows).astype("string")


def _values(tables: Iterable[Table]) -> pd.DataFrame:
    """One row for each number that could be chosen in each column."""
    rows = [
        (table.name, column.name, value, label)
        for table in tables
        for column in table.columns
        for value, label in column.labels.items()
    ]
    frame = pd.DataFrame(rows, columns=["table", "column", "value", "label"])
    types = {"table": "string", "column": "string", "value": "Int64", "label": "string"}
    return frame.astype(types)


def plain_times(column: pd.Series[Any]) -> pd.DatetimeIndex:
    """UTC times without their zone, cut to the millisecond: for formats that know no more."""
    return pd.DatetimeIndex(column.dt.floor("ms").dt.tz_localize(None))
