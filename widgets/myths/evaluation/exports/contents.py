"""What an export holds: its tables, each column with its words, its labels and its short names.

All comes from one transaction, so whoever joins, answers or withdraws while the export is being
read is in all of its tables as before, or in none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import IO, Any, Literal

import numpy as np
import pandas as pd

from myths.evaluation.data.audiences import audiences
from myths.evaluation.data.wordings import codebook_of
from myths.evaluation.exports.assigned_codes import Folder, coded
from myths.evaluation.exports.questions import asked
from myths.evaluation.exports.short_names import unique_names
from myths.evaluation.exports.spool import WORDING, Spool, SpoolSummary, longest, summarize
from myths.evaluation.exports.wide import wide
from myths.evaluation.survey import Survey, spoken
from myths.evaluation.words import EvaluationWords, words_for

Type = Literal["string", "integer", "number", "boolean", "datetime"]
_SPSS = 64  # letters of a name
_STATA = 32 - 4  # pyreadstat names a set of labels by its column and a number
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # of the times that a zip file can hold


@dataclass(frozen=True, eq=False)
class ExportColumn:
    """A column: its title, the labels of its numbers, its names in SPSS and Stata.

    `labels` has every number that could be chosen, `kind` is that of a question (None for other
    columns). `declined` tells of each row of a piece whether its number is missing because the
    answer was "prefer not to say"; `words` tells what the texts of a column of few fixed ones mean;
    `negative` are the numbers below 0 that are answers. `longest`
    is how many bytes a text has at most.
    """

    name: str
    type: Type
    title: str
    kind: str | None = None
    labels: Mapping[int, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    declined: Callable[[pd.DataFrame], np.ndarray[Any, Any]] | None = None
    negative: frozenset[float] = frozenset()
    longest: int = 0
    spss: str = ""
    stata: str = ""


@dataclass(frozen=True, eq=False)
class ExportTable:
    """A table: its rows, and what is to be said of its columns, in the same order.

    `frame` has the columns with their types, and the rows unless there may be a million of them.
    """

    name: str
    frame: pd.DataFrame
    columns: tuple[ExportColumn, ...]
    rows: int
    whole: Callable[[], Iterable[pd.DataFrame]]
    title: str  # what a row is

    def pieces(self, rows: int) -> Iterator[pd.DataFrame]:
        """Yield the rows in pieces of at most so many; one without rows if there are none."""
        for piece in self.whole():
            for start in range(0, len(piece), rows):
                yield piece.iloc[start : start + rows]
        if not self.rows:
            yield self.frame


@dataclass(frozen=True)
class ExportTables:
    """All tables of an export, by name; `as_of`, the time of the newest row, dates the files.

    `texts` is how many answers have words here. `codes` and `definitions` are there if texts were
    coded; `notes` are what there is to know, and `words` those that explain it all.
    """

    answers: ExportTable
    participants: ExportTable
    wide: ExportTable
    codebook: ExportTable
    variables: ExportTable
    values: ExportTable
    as_of: datetime
    words: EvaluationWords
    texts: int
    codes: ExportTable | None = None
    definitions: ExportTable | None = None
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[ExportTable]:
        definitions = () if self.definitions is None else (self.definitions,)
        return iter((*self.data, self.codebook, *definitions, self.variables, self.values))

    @property
    def data(self) -> tuple[ExportTable, ...]:
        """The tables of answers, people and codes; the others tell what these mean."""
        codes = () if self.codes is None else (self.codes,)
        return self.answers, self.participants, self.wide, *codes


def read(
    survey: Survey,
    file: IO[bytes],
    *,
    coding: Folder = None,
    coders: Sequence[str] | None = None,
    language: str | None = None,
) -> ExportTables:
    """Read everything; the answers stay in the empty `file`, which the tables need from then on.

    Raises StoreError and WorkshopError as `myths.answers` does, CodingError as `coded` does, and
    EvaluationError for a language without words.
    """
    with survey.snapshot() as tables:
        people, questions = tables.participants(), tables.questions()
        words, unspoken = words_for(spoken(people, tables.workshops()), language)
        answers = Spool(tables.pieces(), file)
    found = summarize(answers)
    frames, notes = coded(coding, survey, answers, coders, words)
    if unspoken:
        name = words.language_name(unspoken)
        notes = (words.export.notes.unspoken.format(language=name), *notes)
    codes = {name: _table(name, frame, words) for name, frame in frames.items()}
    spread, known = wide(answers, people, asked(found.counts, questions, words), words)
    data = (
        _answers(answers, found, words),
        _table("participants", people, words),
        _table("wide", spread, words, known),
    )
    described = (*data, codes["codes"]) if codes else data
    title = words.export.tables["variables_with_codes" if codes else "variables"]
    return ExportTables(
        *data,
        _table("codebook", _counted(codebook_of(questions), found.counts), words),
        replace(_table("variables", _variables(described), words), title=title),
        _table("values", _values(described), words),
        _newest(found.newest, people["joined_at"].max()),
        words,
        found.texts,
        **codes,
        notes=notes,
    )


def _newest(*times: Any) -> datetime:
    there = [time.to_pydatetime() for time in times if not pd.isna(time)]
    newest: datetime = max([_EARLIEST, *there])
    return newest.replace(microsecond=0)


def _answers(spool: Spool, found: SpoolSummary, words: EvaluationWords) -> ExportTable:
    value: dict[str, Any] = {
        "type": "integer" if found.whole else "number",
        "declined": lambda piece: piece["declined"].to_numpy(dtype=bool),
        "negative": frozenset(found.negative),
    }
    known = {"value": value, "text": {"longest": found.longest}}
    table = _table("answers", spool.head, words, known)
    return replace(table, rows=found.rows, whole=spool.pieces)


def _table(
    name: str,
    frame: pd.DataFrame,
    words: EvaluationWords,
    known: Mapping[str, Mapping[str, Any]] | None = None,
) -> ExportTable:
    """Describe a frame's columns; `known` has what is to be said of some of them."""
    known = dict(known or {})
    if "audience" in frame:
        known["audience"] = named("audience", audiences(words.language), words)
    if "mode" in frame:
        known["mode"] = named("mode", words.export.modes.flat(), words)
    if "phase" in frame:  # its title tells what they mean
        known["phase"] = {"words": words.export.phases.flat()}
    names = [str(column) for column in frame.columns]
    spss = unique_names(names, limit=_SPSS, dots=True)
    stata = unique_names(names, limit=_STATA, dots=False)
    titles = words.export.columns.flat()
    columns = [
        replace(
            ExportColumn(each, _type(frame[each]), titles.get(each, each), **_extent(frame[each])),
            spss=spss[each],
            stata=stata[each],
            **known.get(each, {}),
        )
        for each in names
    ]
    return ExportTable(
        name, frame, tuple(columns), len(frame), lambda: [frame], words.export.tables[name]
    )


def named(column: str, meanings: Mapping[str, str], words: EvaluationWords) -> dict[str, Any]:
    """Return what the few fixed words of a column mean."""
    told = "; ".join(f"{each} = {meaning}" for each, meaning in meanings.items())
    return {"title": f"{words.export.columns[column]}: {told}", "words": meanings}


def _extent(column: pd.Series[Any]) -> dict[str, Any]:
    """Return how long the texts are, or which numbers are below 0."""
    kind = _type(column)
    if kind == "string":
        return {"longest": longest(column)}
    return {"negative": frozenset(column[column < 0])} if kind in ("integer", "number") else {}


def _type(column: pd.Series[Any]) -> Type:
    if pd.api.types.is_bool_dtype(column.dtype):
        return "boolean"
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return "datetime"
    if pd.api.types.is_numeric_dtype(column.dtype):
        numbers = column.dropna()
        return "integer" if (numbers % 1 == 0).all() else "number"
    return "string"


def _counted(book: pd.DataFrame, counts: Mapping[tuple[str, ...], int]) -> pd.DataFrame:
    """Add to the codebook how many answers of this export each wording has, in all phases."""
    columns = [each for each in WORDING if each != "phase"]
    answers: Counter[tuple[str, ...]] = Counter()
    for wording, number in counts.items():
        asked_so = dict(zip(WORDING, wording, strict=True))
        answers[tuple(asked_so[each] for each in columns)] += number
    keys = book[columns].astype("str").itertuples(index=False, name=None)
    return book.assign(answers=pd.array([answers[key] for key in keys], dtype="Int64"))


def _variables(tables: Iterable[ExportTable]) -> pd.DataFrame:
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


def _values(tables: Iterable[ExportTable]) -> pd.DataFrame:
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
