"""Catalogs for a server, which asks for the same words all day while a trainer may change them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import RLock

from myths.catalog.linter import check_support
from myths.catalog.loader import Catalog, load
from myths.catalog.organiser import NAME
from myths.catalog.problems import Problem, gathering
from myths.catalog.recordings import Recording, recordings
from myths.edition import LOGOS, media_paths, shown
from myths.errors import ContentError
from myths.files import KeptFiles

log = logging.getLogger(__name__)

_KINDS = {".yml", ".md"}
_PARTED = ("modules", "pages")  # folders with a folder for each part

Files = Mapping[str, bytes]


class Library:
    """The content of a folder as it was last in order, in every language.

    A change is seen at the next question. What cannot be loaded is not taken over: its file, or the
    files of its module or page, stay as they were, `faults` says why, and so does the log.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        under: Path | None = None,
        published: Callable[[], Path] | None = None,
    ) -> None:
        """Open the folder that `load` would take; copies are kept in `under`. Raises ContentError.

        `published` tells which folder of what was published is to be served in its place. Nothing
        in such a folder changes, so it is read once; people are told the file's name in `folder`.

        The content is taken as it is: before that, `check` it.
        """
        here = load(published() if published else folder).folder
        self._folder = folder.resolve() if folder and published else here
        self._published = published
        self._under = under
        self._lock = RLock()
        self._seen = self._stamp(here)
        self._served = KeptFiles(_read(here), under=under)
        self._faults: tuple[Problem, ...] = ()
        self._version = 1
        self._catalogs: dict[str, Catalog] = {}
        self._recorded: tuple[int, tuple[Recording, ...]] = (0, ())

    @property
    def folder(self) -> Path:
        """The folder that a trainer writes in."""
        return self._folder

    @property
    def served(self) -> KeptFiles:
        """The files that are served now; whoever keeps this keeps them."""
        self._look()
        return self._served

    @property
    def version(self) -> int:
        """A number that changes when what is served does, or a recording beside it."""
        self._look()
        recorded = []
        with suppress(OSError):  # it is being written: the next look sees it
            for path in media_paths(self._folder):
                stat = path.stat()
                recorded.append((str(path), stat.st_mtime_ns, stat.st_size))
        return hash((self._version, *recorded)) if recorded else self._version

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """The recordings that are in order, in the trainer's folder: too large to be published."""
        version = self.version
        if self._recorded[0] != version:
            self._recorded = version, recordings(self._folder, self.load(language="").series)
        return self._recorded[1]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """What keeps the newest files from being served; empty if all of them are."""
        self._look()
        return self._faults

    @property
    def organiser_file(self) -> str:
        """The file in which a trainer names who is responsible."""
        return shown(self._folder / NAME)

    def support_warnings(self) -> list[Problem]:
        """List the support lines that participants do not see, for nobody has checked them."""
        there, here = self.served.folder, shown(self._folder)
        found = (each for each in check_support(there) if each.severity == "warning")
        return [each.moved(shown(there), here) for each in found]

    def load(self, *, language: str = "en") -> Catalog:
        """Return the content in one language, as it is served now. Raises ContentError."""
        with self._lock:
            folder = self.served.folder
            if language not in self._catalogs:
                self._catalogs[language] = load(folder, language=language)
            return self._catalogs[language]

    def _look(self) -> None:
        with self._lock:
            here = self._here()
            seen = self._stamp(here)
            if seen == self._seen:
                return
            self._seen = seen
            try:
                newest = _read(here)
            except OSError:  # it is being written: the next look sees it
                self._seen = 0
                return
            if newest != self._served.files:
                self._advance(newest)
            else:
                self._faults = ()

    def _advance(self, newest: Files) -> None:
        """Take over all files, or else each part that can be served with the others as they were.

        Modules and pages come first, for the files that name them can be taken over after them. Of
        what was published, which belongs together, all is taken over or nothing.
        """
        whole, problems = self._tried(newest)
        if not problems:
            self._serve(whole, ())
            return
        served = self._served
        parts = set() if self._published else {*_parts(newest), *_parts(served.files)}
        for part in sorted(parts, key=_rank):
            candidate = {
                **{name: raw for name, raw in served.files.items() if _part(name) != part},
                **{name: raw for name, raw in newest.items() if _part(name) == part},
            }
            if candidate != served.files:
                tried, faults = self._tried(candidate)
                served = served if faults else tried
        for problem in problems:
            if problem not in self._faults:
                log.error("This change is not served until it is mended: %s", problem)
        self._serve(served, problems)

    def _serve(self, snapshot: KeptFiles, faults: tuple[Problem, ...]) -> None:
        self._faults = faults
        if snapshot is not self._served:
            self._served, self._catalogs = snapshot, {}
            self._version += 1

    def _tried(self, files: Files) -> tuple[KeptFiles, tuple[Problem, ...]]:
        """Write the files, and list why they cannot be served."""
        snapshot = KeptFiles(files, under=self._under)
        here, there = shown(self._folder), shown(snapshot.folder)
        found = dict.fromkeys(_faults(snapshot.folder))
        return snapshot, tuple(each.moved(there, here) for each in found)

    def _here(self) -> Path:
        """Return the folder that is to be served now."""
        return self._published() if self._published else self._folder

    def _stamp(self, here: Path) -> int:
        """Return a number that changes when any file of the content does."""
        if self._published:
            return hash(here)
        try:
            stats = [(str(path), path.stat()) for path in _paths(here)]
        except OSError:
            return -1
        return hash(tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats))


def _read(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _paths(folder)}


def _paths(folder: Path) -> list[Path]:
    words = (path for path in folder.rglob("*.*") if path.suffix in _KINDS)
    return sorted([*words, *(path for name in LOGOS if (path := folder / name).is_file())])


def _faults(folder: Path) -> Iterator[Problem]:
    """Yield what keeps a page from being made of this content, in any language."""
    problems: list[Problem] = []
    try:
        with gathering(problems):
            for language in load(folder).series.languages:
                catalog = load(folder, language=language)
                with gathering(problems):
                    _ = catalog.routes  # with all words of the pages
                with gathering(problems):
                    _ = catalog.support
                with gathering(problems):
                    _ = catalog.organiser
                for slug in catalog.series.modules:
                    with gathering(problems):
                        catalog.module(slug)
                for slug in catalog.series.pages:
                    with gathering(problems):
                        catalog.page(slug)
    except ContentError as fault:
        problems.append(Problem(shown(folder), 1, "", str(fault), "put the file back"))
    yield from problems


def _part(name: str) -> str:
    """Return what a file is taken over with: its module or page, or nothing but itself."""
    first, *rest = name.split("/")
    return f"{first}/{rest[0]}" if first in _PARTED and rest else name


def _parts(files: Files) -> set[str]:
    return {_part(name) for name in files}


def _rank(part: str) -> tuple[bool, bool, str]:
    first = part.split("/", maxsplit=1)[0]
    return part == "series.yml", first not in _PARTED, part
