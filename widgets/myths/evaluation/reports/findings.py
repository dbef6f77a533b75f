"""What the report is about: every table it needs, made from one reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from myths.errors import ContentError
from myths.evaluation.coding import Coding, found
from myths.evaluation.data.audiences import audiences
from myths.evaluation.data.content_language import SpokenContent
from myths.evaluation.data.dropout import leaving
from myths.evaluation.data.pairs import paired
from myths.evaluation.data.paradata import by_module
from myths.evaluation.data.wordings import codebook_of, labels
from myths.evaluation.disclosure.people_steps import PeopleSteps
from myths.evaluation.disclosure.published import counted, published
from myths.evaluation.disclosure.published_row import PublishedRow
from myths.evaluation.disclosure.release_draft import ReleaseDraft, counted_pairs
from myths.evaluation.reports.single_questions import SingleQuestions
from myths.evaluation.stats.ranks import holm
from myths.evaluation.survey import Survey
from myths.evaluation.words import EvaluationWords, parts_of
from myths.store import opened
from myths.vocabulary import LATER, Phase

Step = Callable[[str], None]


@dataclass(frozen=True)
class Findings:
    """The tables of `myths.answers` and the others, and what the report says of itself.

    `rows` are all that is told of what people answered before and after, and `later_rows` of before
    and the follow-up, and `singles` of what was asked else; `pairs` and `said` are for what is told
    coarsely. `rooms` gives each workshop's code a name, since with its code one could join it, and
    `opened` the day; `audiences` tells how many workshops were for whom, in words; `withdraw_until`
    is the last day on which somebody may still withdraw. `apart` is how many took part and do not
    contribute. `times` is about all workshops together. `labels` are those of the numbers that
    could be chosen, by module, item and wording. `draft` says who counts in what is published; only
    those are among the complete `pairs`. `words` are those that the report is written with, and
    `content` has what today's content says in their language.
    """

    words: EvaluationWords
    content: SpokenContent
    k: int
    day: date
    rooms: Mapping[str, str]
    audiences: Mapping[str, int]
    opened: Mapping[str, date]
    withdraw_until: date
    people: pd.DataFrame
    apart: int
    said: pd.DataFrame
    book: pd.DataFrame
    pairs: pd.DataFrame
    rows: Sequence[PublishedRow]
    later_rows: Sequence[PublishedRow]
    singles: SingleQuestions
    leaving: pd.DataFrame
    times: pd.DataFrame
    labels: Mapping[tuple[str, str, str], Mapping[int, str]]
    coding: Coding | None
    coders: Sequence[str] | None
    draft: ReleaseDraft

    @property
    def steps(self) -> PeopleSteps:
        """The steps in which it tells how many people there were."""
        return PeopleSteps.beside([*self.singles.printed, *map(counted, self.rows)], k=self.k)

    @property
    def languages(self) -> list[str]:
        """List the languages of the people, first that of which most exact numbers are printed."""
        printed = [*self.singles.printed, *map(counted, self.rows)]
        most = Counter[str]()
        for each in printed:
            most[each.language] = max(most[each.language], each.people)
        spoken = self.people["language"].astype("str").unique()
        return sorted(spoken, key=lambda code: (-most[code], code))

    @property
    def tested(self) -> list[tuple[PublishedRow, float]]:
        """List the primary rows that have a test, each with its p corrected for them all (Holm)."""
        found = [(row, row.p) for row in self.rows if row.primary and row.p is not None]
        corrected = holm(np.array([p for _, p in found]))
        return [(row, float(p)) for (row, _), p in zip(found, corrected, strict=True)]

    def title(self, module: object) -> str:
        """Name a module for people."""
        return self.content.titles.get(str(module), str(module))

    def named(self, row: PublishedRow) -> PublishedRow:
        """Return a row with the name of its module in place of the question."""
        title = self.title(row.module)
        _, language = parts_of(title)[0]
        language = language or self.words.language
        return replace(row, question=title, language=language, meaning="", title="")


def read(
    survey: Survey,
    words: EvaluationWords,
    *,
    day: date,
    k: int,
    coding: str | Path | None,
    coders: Sequence[str] | None,
    private: bool,
    step: Step,
) -> Findings:
    """Read the database and compute the statistics; `step` is told what is done next.

    A `private` report counts everybody, whatever was published.

    CodingError if there is no folder `coding`.
    """
    step(words.progress.reading_answers)
    log = None if private else opened(survey.db).release_log()
    texts = found(coding, survey)
    people, said = survey.tables.participants, survey.tables.answers
    here = set(people["workshop"].astype("str"))
    rooms = sorted(
        (r for r in survey.tables.workshops if r.code in here), key=lambda r: r.opened_at
    )
    names = {
        room.code: words.report.people.workshop.format(n=number)
        for number, room in enumerate(rooms, 1)
    }
    held = Counter(room.audience for room in rooms)
    content, book = SpokenContent.read(words), _codebook(survey.tables.questions)
    book = book[book["wording"].isin(said["wording"].unique())].reset_index(drop=True)
    draft = ReleaseDraft(log, people, said, k=k)
    singles = SingleQuestions.read(said, book, draft)
    everybody, pairs, rows = {}, {}, {}
    for phase in LATER:
        step(words.progress[f"comparing_{phase}"])
        everybody[phase] = paired(survey, phase)
        pairs[phase] = counted_pairs(draft, everybody[phase], phase)
        rows[phase] = [
            replace(
                row,
                meaning=content.meaning(row.module, row.item, row.wording).rstrip("."),
                title=content.titles.get(row.module, row.module),
            )
            for row in published(
                pairs[phase], book, workshops=len(rooms), beside=singles.printed, k=k
            )
        ]
    step(words.progress.missing)
    return Findings(
        words=words,
        content=content,
        k=k,
        day=day,
        rooms=names,
        audiences={
            words.spoken(name, content.language): held[each]
            for each, name in audiences(words.language).items()
            if held[each]
        },
        opened={room.code: room.opening_date for room in rooms},
        withdraw_until=max((room.pooling_date for room in rooms), default=date.min),
        people=people,
        apart=sum(number for code, number in survey.tables.apart.items() if code in here),
        said=said,
        book=book,
        pairs=pairs[Phase.AFTER],
        rows=rows[Phase.AFTER],
        later_rows=rows[Phase.FOLLOWUP],
        singles=singles,
        leaving=leaving(everybody[Phase.AFTER], everybody[Phase.FOLLOWUP]),
        times=by_module(survey.tables.history),
        labels={
            (each["module"], each["item"], each["wording"]): labels(
                each["words"].get("options", {}), each["words"].get("ends")
            )
            for each in survey.tables.questions.to_dict("records")
        },
        coding=texts,
        coders=coders,
        draft=draft,
    )


def _codebook(questions: pd.DataFrame) -> pd.DataFrame:
    """Return the codebook of the questions, with today's if the content has no fault."""
    try:
        return codebook_of(questions, today=True)
    except ContentError:
        return codebook_of(questions)
