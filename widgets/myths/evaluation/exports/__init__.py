"""An export: one folder or zip with the tables in every format, their codebook and a manifest."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from tempfile import TemporaryFile

from myths.evaluation.exports.target import ExportError, place
from myths.evaluation.progress import listening
from myths.evaluation.survey import Address, Choice, Survey
from myths.store import listed

__all__ = ["FORMATS", "ExportError", "Exported", "export"]

FORMATS = ("csv", "parquet", "spss", "stata", "excel", "r")


@dataclass(frozen=True)
class Exported:
    """What was written: where, how many rows each table has, and what there is to know about it."""

    path: Path
    rows: dict[str, int]
    notes: tuple[str, ...]


def export(
    target: str | PathLike[str],
    db: Address = None,
    workshop: Choice = None,
    *,
    audience: Choice = None,
    coding: str | PathLike[str] | None = None,
    coders: Collection[str] | None = None,
    formats: Collection[str] = FORMATS,
    rehearsal: bool = False,
    force: bool = False,
    language: str | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Exported:
    """Write all tables to the folder `target`, or to one file if its name ends in .zip.

    Tables: answers, participants, wide (with a column more: what was declined), codebook, variables
    (the names in SPSS and Stata) and values (the labels of numbers). Codebook, read-me and manifest
    are always there. Once all blind coders have finished, there are also codes (who gave which code
    to which text, and what was agreed) and definitions (of the codes); memos stay with the coders.
    All is written or nothing.

    Parameters
    ----------
    target : str or path
        Where to write.
    db, workshop, audience, rehearsal
        As in `answers`.
    coding : str or path, optional
        The folder of the coded texts, as in `Coding`; None takes the usual one if it is there.
    coders : collection of str, optional
        Of these blind coders only; None is all of them. Trial sheets are in no export.
    formats : collection of str
        Some of csv, parquet, spss, stata, excel, r (a script that reads the CSV files, which come
        with it).
    force : bool
        Replace an earlier export.
    language : str, optional
        The language of what explains the answers: codebook, README, labels, the script's comments.
        None is that of the workshops if all of them have the same one and the evaluation has words
        in it, and else English. Files, columns and what is stored have the same names in each.
    progress : callable, optional
        Called with what is being written, the rows done, and the rows in all, where each format
        counts them once.

    Returns
    -------
    Exported
        Where it is (`path`), how many rows each table has (`rows`), and what there is to know
        (`notes`).

    Raises
    ------
    ExportError
        If the target is there, cannot be written, or a format is unknown.
    EvaluationError
        For a language without words.
    StoreError, WorkshopError
        As `answers` does.
    CodingError
        If `coding` is missing or a file of the coding has a fault.

    Notes
    -----
    Everything is of one moment: whoever withdraws meanwhile is in all tables or in none. Two
    exports of the same database differ in the manifest's date alone. The answers go through memory
    some thousand at a time, and wait in a nameless temporary file beside `target`. Held as a whole
    are only the people and `wide`; and where a text is longer than 2,045 bytes, the texts of its
    column while the Stata file is written.

    Examples
    --------
    >>> import myths, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     done = myths.export(
    ...         f"{folder}/out", myths.rehearsal_data(), formats=["csv"], rehearsal=True
    ...     )
    >>> done.rows["participants"] == done.rows["wide"]
    True
    """
    chosen = [each for each in FORMATS if each in formats or (each == "csv" and "r" in formats)]
    if not chosen or isinstance(formats, str) or set(formats) - set(FORMATS):
        raise ExportError(f"Choose one or more of these formats: {', '.join(FORMATS)}.")
    survey = Survey(db, workshop, audience, rehearsal=rehearsal)
    path = Path(target).expanduser()
    with (
        listening(progress, "reading_answers", language=language) as tell,
        place(path, force=force) as folder,
        TemporaryFile(dir=folder.parent) as file,
    ):
        # loaded here, for it takes a second that somebody who wants a table need not wait
        from myths.evaluation.exports import archive, contents

        found = contents.read(survey, file, coding=coding, coders=listed(coders), language=language)
        options = {
            "workshop": survey.workshop,
            "audience": survey.audience,
            "formats": chosen,
            "rehearsal": rehearsal,
            "language": found.words.language,
        }
        notes = archive.write(folder, found, options, tell)
    return Exported(path, {table.name: table.rows for table in found}, tuple(notes))
