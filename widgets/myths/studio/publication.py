"""Publishing: what participants see is a checked copy of a trainer's files, and is changed at once.

Each publication is a folder of its own that never changes, and the newest one is served. It is
written under another name, checked there, and then renamed: that is the whole switch, so at any
moment there is the old one or the new one, and nothing in between.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from myths import catalog
from myths.catalog import ContentProblemsError, Problem
from myths.edition import (
    PublishedVersion,
    content_folder,
    is_installed,
    published_folder,
    shown,
)
from myths.errors import PublicationError
from myths.pages import SECONDS
from myths.studio.draft_changes import DraftChange
from myths.studio.draft_files import DraftFiles
from myths.studio.examination import examine
from myths.studio.publication_folder import PublicationFolder
from myths.studio.publication_summary import (
    PublicationSummary,
    differences,
    state_of,
    summarize,
)
from myths.studio.unpooled import UnpooledQuestion

_PUT_BACK = (
    "Files of what was published were changed or damaged ({files}). They are again as they were "
    "published. To change what participants see, change your own files and publish them."
)
_DAMAGED = (
    "What was published last is damaged ({folders}), so participants see what was published before "
    "it. Look at your own files, and publish them again."
)
_DRAFT = (
    "{count} in your files {verb} not published, so participants do not see {it}. Look and publish "
    "at /staff/publish on the trainers' pages, or with `myths publish`."
)
_RENEWED = (
    "What was published before cannot be used by this version of the program ({fault}). So your "
    "files were published as they are now."
)

Told = Callable[[int, int], object]  # how many pages were run, and of how many


class Publication:
    """A trainer's files, which are the draft, and what was published of them.

    Participants see what was published last. Whoever looks here sees at once what another program,
    such as a second server, has published.
    """

    def __init__(
        self, content: Path, notebooks: Path, folder: Path, *, seconds: float = SECONDS
    ) -> None:
        """Take the trainer's folders, and the `folder` for what is published.

        `notebooks` holds the participants' notebooks; each page may take so many `seconds`.
        """
        self.content, self.notebooks = content.resolve(), notebooks.resolve()
        self.published = PublicationFolder(folder.resolve(), (self.content, self.notebooks))
        self._seconds = seconds
        self._sound: tuple[str, list[Problem]] = "", []

    @classmethod
    def of(
        cls,
        content: Path,
        notebooks: Path,
        folder: Path | None = None,
        *,
        seconds: float = SECONDS,
    ) -> Publication | None:
        """Return the publication of a draft, with the `folder` where `published_folder` finds it.

        None for the files of an installed package, which are served as they are.
        """
        if is_installed(content) and is_installed(notebooks):
            return None
        folder = published_folder(content, notebooks, named=folder)
        return cls(content, notebooks, folder, seconds=seconds)

    @property
    def current(self) -> PublishedVersion | None:
        """What participants see; None before the first time. Raises PublicationError."""
        return self.published.newest

    @property
    def draft(self) -> DraftFiles:
        """The trainer's files. Raises ContentError if there is no content."""
        return DraftFiles(content_folder(self.content), self.notebooks)

    @property
    def served_content(self) -> Path:
        """The folder of the content that participants see; the draft's before the first time."""
        return current.content if (current := self.current) else self.content

    @property
    def served_notebooks(self) -> Path:
        """The folder of the notebooks that participants see; the draft's before the first time."""
        return current.notebooks if (current := self.current) else self.notebooks

    def changes(self) -> list[DraftChange]:
        """List what differs between what participants see and the draft."""
        return differences(self.current, self.draft)

    def unpooled(self) -> list[UnpooledQuestion]:
        """List the questions whose answers could no longer be pooled with those given so far."""
        return [*self.summary().unpooled]

    def summary(self) -> PublicationSummary:
        """Return what publishing the draft would change of what participants see."""
        return summarize(self.current, self.draft)

    @property
    def before(self) -> PublishedVersion | None:
        """What participants saw before; None if nothing was published before what they see."""
        served = self.current.number if self.current else 0
        return next((each for each in self.published.history() if each.number < served), None)

    def step_back(self) -> PublicationSummary | None:
        """Return what one step back would change; None if there is nothing to go back to."""
        before = self.before
        return summarize(self.current, DraftFiles.at(before.folder)) if before else None

    @property
    def remarks(self) -> list[Problem]:
        """What the last check that found no error had to say."""
        return self._sound[1]

    def check(self, *, told: Told = lambda _done, _of: None) -> list[Problem]:
        """List what is wrong with the draft, as `myths check` does: each page is run once.

        `told` is called with how many pages have run, and of how many.
        """
        with self.published.candidate(self.draft.named()) as (folder, _):
            return self._examined(DraftFiles.at(folder), run=True, told=told)

    def publish(
        self, *, mark: str = "", run: bool = True, told: Told = lambda _done, _of: None
    ) -> PublishedVersion:
        """Publish the draft, once its check has found no error.

        With the `mark` of a summary only if that still holds. `run` says whether pages are run, and
        `told` is as in `check`. Raises ContentError with all problems, or PublicationError; nothing
        is changed then.
        """

        def judge(copy: DraftFiles, summary: PublicationSummary) -> None:
            if self.current and not summary.changes:
                raise PublicationError(
                    "There is nothing to publish: participants see all that you have changed.",
                    reason="nothing",
                )
            problems = self._examined(copy, run=run, told=told)
            if errors := [each for each in problems if each.severity == "error"]:
                raise ContentProblemsError(errors)

        return self._put(self.draft, "publish", mark=mark, judge=judge)

    def back(self, *, mark: str = "") -> PublishedVersion:
        """Publish again what was published before; once more brings back what was there.

        The draft stays as it is. `mark` and errors are those of `publish`.
        """
        before = self.before
        if before is None:
            raise PublicationError(
                "There is no step back: nothing was published before this.", reason="no_step"
            )
        if errors := self._faults(before.content):
            raise ContentProblemsError(errors)
        return self._put(DraftFiles.at(before.folder), "back", mark=mark)

    def open(self) -> list[str]:
        """Have something that can be served; returns what whoever starts a server should know.

        Before the first time what is there is published if its words are in order, and so it is if
        what was published cannot be loaded by this version of the program. Raises ContentError, or
        PublicationError.
        """
        notes = []
        if put_back := self.published.put_back(self.draft.named()):
            notes.append(_PUT_BACK.format(files=", ".join(put_back)))
        if damaged := self.published.damaged():
            places = (shown(self.published.folder / str(number)) for number in damaged)
            notes.append(_DAMAGED.format(folders=", ".join(places)))
        faults = self._faults(self.current.content) if self.current else []
        if faults or not self.current:
            if errors := self._faults(self.content):
                raise ContentProblemsError(errors)
            try:
                self._put(self.draft, "start")
            except PublicationError as fault:
                if fault.reason != "meanwhile":  # by a server that starts beside this one
                    raise
        notes += [_RENEWED.format(fault=each) for each in faults[:1]]
        if count := len(self.changes()):
            words = ("1 change", "is", "it") if count == 1 else (f"{count} changes", "are", "them")
            notes.append(_DRAFT.format(count=words[0], verb=words[1], it=words[2]))
        return notes

    def _put(
        self,
        files: DraftFiles,
        how: str,
        *,
        mark: str = "",
        judge: Callable[[DraftFiles, PublicationSummary], None] = lambda _copy, _summary: None,
    ) -> PublishedVersion:
        """Copy files, have the copy judged, and publish it."""
        number = self.published.next
        with self.published.candidate(files.named()) as (folder, sums):
            summary = summarize(self.current, DraftFiles.at(folder))
            if mark and mark != summary.mark:
                raise PublicationError(
                    "What would be published is no longer what you have looked at, so nothing was: "
                    "look again, and publish then.",
                    reason="stale",
                )
            judge(DraftFiles.at(folder), summary)
            told = tuple((each.file, each.place, each.kind) for each in summary.changes)
            version = PublishedVersion(folder, number, datetime.now(UTC), how, ("", ""), told, sums)
            return self.published.add(folder, version)

    def _examined(self, copy: DraftFiles, *, run: bool, told: Told) -> list[Problem]:
        """List what is wrong with a copy of the draft, unless it is known that nothing is."""
        sums = state_of(copy)
        if self._sound[0] == sums:
            return self._sound[1]
        found = examine(copy.content, copy.notebooks, seconds=self._seconds, run=run, told=told)
        problems = [self.draft.told_of(each, copy) for each in found]
        problems += self.draft.left_out()
        if run and not any(each.severity == "error" for each in problems):
            self._sound = sums, problems
        return problems

    def _faults(self, content: Path) -> list[Problem]:
        """List what keeps content from being served."""
        found = catalog.faults(content)
        return [each.moved(shown(content), shown(self.content)) for each in found]
