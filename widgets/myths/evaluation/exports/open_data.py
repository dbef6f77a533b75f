"""Open data: rows of people that can be given to everybody; who is in it, and that it is logged."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from contextlib import nullcontext
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path

import pandas as pd

from myths.errors import EvaluationError, StoreError
from myths.evaluation.disclosure.bands import K
from myths.evaluation.exports import Exported
from myths.evaluation.exports.open_files import OpenFiles
from myths.evaluation.exports.open_rows import open_rows
from myths.evaluation.exports.target import ExportError, place
from myths.evaluation.progress import listening
from myths.evaluation.survey import Address, Choice, Survey, SurveyTables, spoken
from myths.evaluation.words import EvaluationWords, words_for
from myths.store import OPEN_DATA, ReleaseLog, Workshop, opened

_UNINFORMED = (
    "Rows of people are published only if these people read so before they joined: have it on the "
    "start page, and for those who read it say --informed (informed=True in Python)."
)


def open_data(
    target: str | PathLike[str],
    db: Address = None,
    workshop: Choice = None,
    *,
    audience: Choice = None,
    k: int = K,
    informed: bool = False,
    rehearsal: bool = False,
    force: bool = False,
    language: str | None = None,
) -> Exported:
    """Write rows of people for everybody to the folder `target`, or a file if it ends in .zip.

    A row has what somebody chose (ratings, how sure they were, if they knew a fact), and nothing by
    which others could find it without knowing answers: no texts, names, codes or dates; rooms of
    fewer than `k` are one group, and what fewer than `k` people have in common is left out. What is
    promised and what is not stands in its README.

    Parameters
    ----------
    target : str or path
        Where to write.
    db, workshop, audience
        As in `answers`.
    k : int
        The fewest people who are alike in all that others may know; 5 or more. A workshop that was
        opened with a larger one has its own.
    informed : bool
        Whether people had read, before they joined, that such rows would be published. The start
        page does not say so by itself; without it only made-up answers are taken.
    rehearsal : bool
        Of rehearsals, to try it out; made-up and real answers are never in one file.
    force : bool
        Replace an earlier export of that name.
    language : str, optional
        The language of README and codebook, as in `export`.

    Returns
    -------
    Exported
        Where it is (`path`), how many `people` are in it (`rows`), and what whoever makes it should
        know (`notes`): what was measured, and who was left out.

    Raises
    ------
    ExportError
        If the target is there or cannot be written, if nothing can be published, or if people
        were not `informed`.
    EvaluationError
        For a smaller `k`, a language without words, or if something else was published meanwhile.
    StoreError, WorkshopError
        As `answers` does.

    Notes
    -----
    Whoever publishes rows twice, once with somebody and once without, has published this person.
    So the store remembers whose rows were published, and a workshop is in one release only: a later
    one is about other workshops. Reports that are made later take the rows into account.

    Examples
    --------
    >>> import myths, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     done = myths.open_data(f"{folder}/data.zip", myths.rehearsal_data(), rehearsal=True)
    >>> done.rows["people"] > 50
    True
    """
    if k < K:
        raise EvaluationError(f"k={k} is too few people to hide among; use {K} or more.")
    survey = Survey(db, workshop, audience, rehearsal=rehearsal)
    with listening(None, "reading_answers", language=language):
        tables, store = survey.tables, opened(db)
        words, unspoken = words_for(spoken(tables.participants, tables.workshops), language)
        made_up = _made_up(tables.participants)
        if not (made_up or informed):
            raise ExportError(_UNINFORMED)
        log = ReleaseLog() if made_up else store.release_log()
        people, rooms, notes = _publishable(tables, log, words, made_up=made_up)
        k = max([k, *(room.k for room in rooms.values())])
        rows = open_rows(people, tables.answers, tables.questions, rooms, log, k=k)
        years = people["joined_at"].dt.year
        files = OpenFiles(
            rows,
            tables.questions,
            words,
            k=k,
            years=(int(years.min()), int(years.max())),
            made_up=made_up,
        )
        release = None if made_up else rows.draft.release()

    def rule(now: ReleaseLog) -> None:
        rows.draft.check(now)
        if _told(people, now):
            raise EvaluationError("These people's rows were published meanwhile: use that release.")

    path, written = Path(target).expanduser(), False
    try:
        with store.releasing(release, rule=rule) if release else nullcontext():
            with place(path, force=force) as folder:
                files.write(folder)
            written = True
    except StoreError:
        if written:  # it was not logged after all
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    if unspoken:
        notes.append(words.export.notes.unspoken.format(language=words.language_name(unspoken)))
    return Exported(path, {"people": len(rows.known)}, (*files.measured(len(people)), *notes))


def _made_up(people: pd.DataFrame) -> bool:
    """Return whether all are made up. Raises ExportError if some are."""
    if people["rehearsal"].nunique() > 1:
        raise ExportError(
            "Made-up and real answers are never published together: choose with --workshop, or "
            "leave out --rehearsal (workshop=… and rehearsal=… in Python)."
        )
    return bool(people["rehearsal"].any())


def _publishable(
    tables: SurveyTables, log: ReleaseLog, words: EvaluationWords, *, made_up: bool
) -> tuple[pd.DataFrame, dict[str, Workshop], list[str]]:
    """Return who can be published, their workshops by code, and what was left out."""
    people = tables.participants.assign(rehearsal=False)  # also made-up people hide each other
    here = set(people["workshop"].astype("str"))
    rooms = {room.code: room for room in tables.workshops if room.code in here}
    says, notes = words.open_data.notes, []
    told = {room.code for room in rooms.values() if _told(_of(people, [room.code]), log)}
    early = {room.code for room in rooms.values() if room.pooled_at > datetime.now(UTC)}
    for code in sorted(told):
        notes.append(says.again.format(workshop=code))
    for code in sorted(early - told if not made_up else []):
        day = words.day(rooms[code].pooling_date)
        notes.append(says.early.format(workshop=code, day=day))
    out = told if made_up else told | early
    left = {code: room for code, room in rooms.items() if code not in out}
    if not left:
        reasons = " ".join(notes) or "Nobody has joined a workshop here."
        raise ExportError(f"There is nobody whose rows can be published. {reasons}")
    return _of(people, left), left, notes


def _of(people: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    found: pd.DataFrame = people[people["workshop"].isin([*codes])].reset_index(drop=True)
    return found


def _told(people: pd.DataFrame, log: ReleaseLog) -> bool:
    """Return whether rows of some of these people were published."""
    known = {mark for release in log.releases for mark in release.rows.get(OPEN_DATA, ())}
    names = people["participant"].astype("str")
    return any(not known.isdisjoint(log.marks(name, "")) for name in names)
