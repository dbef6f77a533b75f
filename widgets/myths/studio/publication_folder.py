"""The folder with all that was published: a folder for each time, written whole and then named."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from myths import files
from myths.edition import (
    PUBLICATION_RECORD,
    PublishedVersion,
    numbers,
    read_version,
    shown,
    whole,
)
from myths.errors import MythsError, PublicationError
from myths.studio.draft_files import unread

KEPT = 10  # of what was published, with what is served
_NOTE = Path(__file__).with_name("published.md")
_UNFINISHED = ".unfinished-"
_OLD = 3600  # seconds after which nobody goes on with what is unfinished


class PublicationFolder:
    """All that was published of one draft; `sources` are the draft's folders."""

    def __init__(self, folder: Path, sources: Sequence[Path]) -> None:
        self.folder = folder
        self._sources = tuple(sources)
        self._seen: list[int] = []
        self._newest: PublishedVersion | None = None

    @property
    def newest(self) -> PublishedVersion | None:
        """The newest one that is whole, also if another program has just published it.

        Raises PublicationError if the folder is another draft's, or cannot be read.
        """
        try:
            found = self._numbers()
        except PublicationError:
            if self._newest is None:
                raise
            return self._newest
        if found and found != self._seen:
            newest = next(whole(self.folder), None)
            if newest and newest.sources != self.sources:
                others = (shown(self.folder / each) for each in newest.sources)
                raise PublicationError(
                    f"{shown(self.folder)} holds what was published of other folders "
                    f"({' and '.join(others)}): name a folder of its own with --published or in "
                    "MYTHS_PUBLISHED.",
                    reason="other",
                )
            self._newest, self._seen = newest or self._newest, found
        return self._newest

    @property
    def sources(self) -> tuple[str, str]:
        """The draft's folders as seen from here, so that all can be moved together."""
        content, notebooks = (_seen_from(self.folder, each) for each in self._sources)
        return content, notebooks

    @property
    def next(self) -> int:
        """The number that is next; who publishes at the same time has the same, and one gets it."""
        return max([0, *self._numbers()]) + 1

    def history(self) -> Iterator[PublishedVersion]:
        """Yield all that are whole, the newest first."""
        return whole(self.folder)

    def damaged(self) -> list[int]:
        """List the numbers of those that are newer than what is served, and not whole."""
        served = self.newest.number if self.newest else 0
        return [number for number in self._numbers() if number > served]

    @contextmanager
    def candidate(self, draft: Mapping[str, Path]) -> Iterator[tuple[Path, dict[str, str]]]:
        """Copy files to where they can be checked; gives the folder, and the SHA-256 of each.

        It goes with the block, unless it is added. Raises PublicationError.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.folder))
        except OSError as fault:
            raise unwritten(self.folder, fault) from fault
        try:
            yield folder, _copied(draft, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def add(self, candidate: Path, version: PublishedVersion) -> PublishedVersion:
        """Put a candidate in its place under its number, and forget the oldest.

        Raises PublicationError if somebody else has published that number meanwhile.
        """
        place = self.folder / str(version.number)
        made = replace(version, folder=place, sources=self.sources)
        files.write({candidate / PUBLICATION_RECORD: made.record()}, unwritten=unwritten)
        try:
            files.put_folder(candidate, place)
        except OSError as fault:
            if place.exists() and candidate.exists():
                raise PublicationError(
                    "Somebody else has published meanwhile, so nothing of yours was: look at what "
                    "is different now, and publish again.",
                    reason="meanwhile",
                ) from fault
            if candidate.exists():  # else it has its name, which may not be on the disk yet
                raise unwritten(place, fault) from fault
        for number in self._numbers()[KEPT:]:
            shutil.rmtree(self.folder / str(number), ignore_errors=True)
        with suppress(MythsError):
            files.write({self.folder / "README.md": _NOTE.read_bytes()}, unwritten=unwritten)
        return made

    def put_back(self, draft: Mapping[str, Path]) -> list[str]:
        """Put files of the newest one back that somebody changed, as far as there are copies.

        Returns their names. What was left unfinished long ago is removed.
        """
        for each in self.folder.glob(f"{_UNFINISHED}*"):
            with suppress(OSError):
                if time.time() - each.stat().st_mtime > _OLD:
                    shutil.rmtree(each, ignore_errors=True)
        last, *earlier = [*self._numbers(), 0]
        version = read_version(self.folder, last)
        lost = version.damaged() if version else []
        if version is None or not lost:
            return []
        places = [self.folder / str(number) for number in earlier]
        found: dict[str, bytes] = {}
        for name in lost:
            for copy in (draft.get(name), *(place / name for place in places)):
                with suppress(OSError):
                    content = copy.read_bytes() if copy else b""
                    if hashlib.sha256(content).hexdigest() == version.files[name]:
                        found[name] = content
        with suppress(MythsError):
            files.write(
                {version.folder / name: content for name, content in found.items()},
                unwritten=unwritten,
            )
        return [*found]

    def _numbers(self) -> list[int]:
        try:
            return numbers(self.folder)
        except OSError as fault:
            raise unwritten(self.folder, fault) from fault


def _copied(draft: Mapping[str, Path], folder: Path) -> dict[str, str]:
    """Copy files into a folder; returns the SHA-256 of each."""
    try:
        contents = {name: path.read_bytes() for name, path in draft.items()}
    except OSError as fault:
        raise unread(fault) from fault
    copies = {folder / name: content for name, content in contents.items()}
    files.write(copies, unwritten=unwritten)
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def unwritten(path: Path, fault: OSError) -> PublicationError:
    """Return that a place for what is published cannot be written, and what to do."""
    return PublicationError(
        f"{shown(path)} cannot be written ({fault.strerror}), and nothing was changed: make room, "
        "or name a folder where this account may write with --published or in MYTHS_PUBLISHED.",
        reason="unwritten",
    )


def _seen_from(folder: Path, source: Path) -> str:
    try:
        return Path(os.path.relpath(source, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return source.as_posix()
