"""The report as a thing: made from a database, shown in a notebook, saved as a page or document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from myths import files
from myths.errors import EvaluationError, StoreError
from myths.evaluation.disclosure.release_draft import ReleaseDraft
from myths.evaluation.figures.figure import Figure
from myths.evaluation.reports import html, markdown_files, pdf
from myths.evaluation.reports.blocks import PictureBlock, ReportText
from myths.evaluation.survey import Address
from myths.evaluation.words import words
from myths.store import opened

Kind = Literal["html", "pdf", "md"]
_KINDS: tuple[Kind, ...] = ("html", "pdf", "md")


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

    def appendix(self) -> bytes:
        """Return what is behind the results as a document of its own.

        Returns
        -------
        bytes
            PDF.

        Examples
        --------
        >>> report.appendix()[:4]
        b'%PDF'
        """
        return pdf.render(self.text, appendix=True)

    def save(
        self, path: str | Path = "report", *, kinds: Iterable[Kind] = ("html", "pdf")
    ) -> list[Path]:
        """Write `path`.html, `path`.pdf and `path`-appendix.pdf, and log what is published.

        An older report of that name is replaced, once all files of the new one are complete; only
        their owner may read them. A private report has "-private" in its name and is not logged.

        Parameters
        ----------
        path : str or path
            Where to write; an ending .html, .pdf or .md names the kind.
        kinds : iterable of {"html", "pdf", "md"}
            Which to write, if `path` has no such ending; "md" is Markdown, with its pictures.

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
        if (ending := target.suffix.removeprefix(".")) in _KINDS:
            kinds = [kind for kind in _KINDS if kind == ending]
            target = target.with_suffix("")
        name = f"{target.name}-private" if self.text.private else target.name
        contents = {
            target.with_name(file): content
            for kind in kinds
            for file, content in self._files(name, kind).items()
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

    def _files(self, name: str, kind: Kind) -> dict[str, bytes]:
        """Return the files of a kind."""
        if kind == "html":
            return {f"{name}.html": self.html().encode()}
        if kind == "md":
            return markdown_files.render(self.text, name)
        found = {f"{name}.pdf": self.pdf()}
        if self.text.appendix < len(self.text.blocks):
            found[f"{name}-appendix.pdf"] = self.appendix()
        return found

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
