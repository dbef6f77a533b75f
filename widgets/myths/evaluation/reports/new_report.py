"""A report as it is made: everything is read at one moment, and nothing is published yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path

from myths.errors import EvaluationError
from myths.evaluation.disclosure.bands import K
from myths.evaluation.progress import listening
from myths.evaluation.reports.about import ReportAbout
from myths.evaluation.reports.findings import Step, read
from myths.evaluation.reports.outline import build
from myths.evaluation.reports.publication import Report
from myths.evaluation.survey import Address, Choice, Survey, spoken
from myths.evaluation.words import ENGLISH, words, words_for
from myths.store import listed


def report(
    db: Address = None,
    workshop: Choice = None,
    *,
    audience: Choice = None,
    rehearsal: bool = False,
    day: date | None = None,
    k: int = K,
    coding: str | Path | None = None,
    coders: Collection[str] | None = None,
    private: bool = False,
    language: str | None = None,
    about: str | Path | None = None,
    step: Step | None = None,
) -> Report:
    """Make the report on change: a page for who funds it, the results, and an appendix.

    Everything in it is of one moment. The same database and the same `day` give the same bytes.
    What was published before is remembered: who would be alone in the difference to an earlier
    report is not counted, and the report says so. It is published when it is saved; what a notebook
    shows is for whoever works in it.

    Parameters
    ----------
    db, workshop, audience, rehearsal
        As in `answers`.
    day : datetime.date, optional
        The date on the report; None is today (UTC).
    k : int
        Nothing is said about the answers of fewer people; 5 or more.
    coding : str or path, optional
        The folder of the coded texts, as in `Coding`; None takes the usual one if it is there.
    coders : collection of str, optional
        Of these blind coders only; None is all of them.
    private : bool
        For your own eyes only: it counts everybody, whatever was published, says on every page that
        it is not to be given away, and is not logged.
    language : str, optional
        The language of the report: "en", "de", or another in which the evaluation has words. None
        is that of the workshops if all of them have the same one, and else English. Which language
        it is in alters nothing of what it publishes.
    about : str or path, optional
        A YAML file with what stands in the title block: organisation, project, grant (the funder's
        number), contact, licence, and logo (a picture beside the file), all optional.
    step : callable, optional
        Called with words for what is done next.

    Returns
    -------
    Report
        Shown in a notebook; `save` writes it as a page and a document.

    Raises
    ------
    StoreError, WorkshopError
        As `answers` does.
    EvaluationError
        For a smaller `k`, for a language without words, for a title block with a fault, and if
        everything that it would say is too near to what was published.
    CodingError
        If there is no folder `coding` or one of its files has a fault.

    Examples
    --------
    >>> import myths
    >>> report = myths.report(myths.rehearsal_data(), "TRIAL1", rehearsal=True)
    >>> "summary" in report.figures
    True
    """
    if k < K:
        raise EvaluationError(f"k={k} is too few people to hide among; use {K} or more.")
    told = ReportAbout.read(about) if about is not None else ReportAbout()
    words(language or ENGLISH)  # a language without any is refused before all is read
    survey = Survey(db, workshop, audience, rehearsal=rehearsal)
    with listening(step, "reading_answers", language=language) as tell:
        tables = survey.tables
        says, unspoken = words_for(spoken(tables.participants, tables.workshops), language)
        found = read(
            survey,
            says,
            day=day or datetime.now(UTC).date(),
            k=k,
            coding=coding,
            coders=listed(coders),
            private=private,
            step=tell,
        )
        tell(says.progress.writing)
        text = build(found, told)
        found.draft.refuse()
        name = says.language_name(unspoken)
        remarks = (says.report.unspoken.format(language=name),) if unspoken else ()
        return Report(text, found.draft, db, remarks)
