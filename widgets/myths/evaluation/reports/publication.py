"""The report as a thing: made from a database, shown in a notebook, saved as a page or document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from myths import files
from myths.errors import EvaluationError, StoreError
from myths.evaluation.disclosure.bands import K
from myths.evaluation.disclosure.release_draft import ReleaseDraft
from myths.evaluation.figures.figure import Figure
from myths.evaluation.progress import listening
from myths.evaluation.reports import html, pdf
from myths.evaluation.reports.blocks import PictureBlock, ReportText
from myths.evaluation.reports.findings import Step, read
from myths.evaluation.reports.outline import build
from myths.evaluation.survey import Address, Choice, Survey, spoken
from myths.evaluation.words import ENGLISH, words, words_for
from myths.store import listed, opened

Kind = Literal["html", "pdf"]


@dataclass(frozen=True)
class Report:
    """A finished report; `text` is its blocks, rendered by `html` and `pdf`.

    `draft` is what it publishes of the store at `db`: saving the report or a figure logs that.
    `remarks` are for whoever makes it. The examples of its methods go on from that of `report`.
    """

    text: ReportText = field(repr=False)
    draft: ReleaseDraft | None = field(default=None, repr=False, compare=False)
    db: Address = field(default=None, repr=False)
    remarks: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Return its figures by name.

        Returns
        -------
        mapping of str to Figure
            A figure is shown in a notebook. To save one logs the whole report, as `save` does; one
            of a private report is not saved.

        Examples
        --------
        >>> report.figures["intervals"].name
        'intervals'
        """
        found = [block.figure for block in self.text.blocks if isinstance(block, PictureBlock)]
        return {figure.name: replace(figure, publishing=self._publishing) for figure in found}

    @property
    def notes(self) -> list[str]:
        """Return what whoever makes the report should know, and its readers need not.

        Returns
        -------
        list of str
            Why it is in English if the workshops were not; which questions do not count everybody,
            and because of which earlier release.

        Examples
        --------
        >>> report.notes
        []
        """
        held = self.draft.notes(words(self.text.language)) if self.draft else []
        return [*self.remarks, *held]

    def html(self) -> str:
        """Return the report as one page that needs nothing else: no script, no request anywhere.

        Returns
        -------
        str
            HTML.

        Examples
        --------
        >>> "<script" in report.html()
        False
        """
        return html.render(self.text)

    def pdf(self) -> bytes:
        """Return the report as a tagged document (PDF/UA-1), in its own fonts.

        Returns
        -------
        bytes
            PDF.

        Examples
        --------
        >>> report.pdf()[:4]
        b'%PDF'
        """
        return pdf.render(self.text)

    def save(
        self, path: str | Path = "report", *, kinds: Iterable[Kind] = ("html", "pdf")
    ) -> list[Path]:
        """Write `path`.html and `path`.pdf, or only one of them, and log what is published.

        An older report of that name is replaced, once all files of the new one are complete; only
        their owner may read them. A private report has "-private" in its name and is not logged.

        Parameters
        ----------
        path : str or path
            Where to write; an ending .html or .pdf names the kind.
        kinds : iterable of {"html", "pdf"}
            Which to write, if `path` has no such ending.

        Returns
        -------
        list of pathlib.Path
            The files.

        Raises
        ------
        EvaluationError
            If a file cannot be written, or another report was published while this one was made; no
            part of it is left.
        StoreError
            If the log of what is published cannot be written; then there is no report.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     [file.name for file in report.save(f"{folder}/change", kinds=["html"])]
        ['change.html']
        """
        target = Path(path).expanduser()
        if target.suffix in (".html", ".pdf"):
            kinds = [target.suffix.removeprefix(".")]  # type: ignore[list-item]
            target = target.with_suffix("")
        mark = "-private" if self.text.private else ""
        contents = {
            target.with_name(f"{target.name}{mark}.{kind}"): (
                self.html().encode() if kind == "html" else self.pdf()
            )
            for kind in kinds
        }
        written: list[Path] = []
        try:
            with nullcontext() if self.text.private else self._publishing():
                files.write(contents, unwritten=_unwritten)
                written = list(contents)
        except StoreError:
            for file in written:  # they were not logged after all
                file.unlink(missing_ok=True)
            raise
        return written

    @contextmanager
    def _publishing(self) -> Iterator[None]:
        """Log what this report publishes, if the block ends well. Raises EvaluationError."""
        if self.text.private:
            raise EvaluationError(
                "A figure of a private report is for your own eyes only, so it is not saved: take "
                "it from a report that is not private."
            )
        release = self.draft.release() if self.draft else None
        if self.draft is None or release is None:
            yield
            return
        with opened(self.db).releasing(release, rule=self.draft.check):
            yield
        self.draft.logged = True

    def _repr_html_(self) -> str:
        """Show the report in a notebook, in the notebook's own style."""
        return html.render(self.text, whole=False)


def _unwritten(file: Path, fault: OSError) -> EvaluationError:
    return EvaluationError(f"{file} cannot be written ({fault.strerror}): choose another place.")


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
    step: Step | None = None,
) -> Report:
    """Make the report on change: design, people, change, reliability, time, texts, limits, methods.

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
        For a smaller `k`, for a language without words, and if everything that it would say is too
        near to what was published.
    CodingError
        If there is no folder `coding` or one of its files has a fault.

    Examples
    --------
    >>> import myths
    >>> report = myths.report(myths.rehearsal_data(), "TRIAL1", rehearsal=True)
    >>> "intervals" in report.figures
    True
    """
    if k < K:
        raise EvaluationError(f"k={k} is too few people to hide among; use {K} or more.")
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
        text = build(found)
        found.draft.refuse()
        name = says.language_name(unspoken)
        remarks = (says.report.unspoken.format(language=name),) if unspoken else ()
        return Report(text, found.draft, db, remarks)
