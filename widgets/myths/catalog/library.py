"""Catalogs for a server, which asks for the same words all day while a trainer may change them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import RLock

from myths.catalog.linter import check_support
from myths.catalog.loader import Catalog, load
from myths.catalog.organiser import NAME
from myths.catalog.problems import Problem, gathering
from myths.edition import shown
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

    def __init__(self, folder: Path | None = None, *, under: Path | None = None) -> None:
        """Open the folder that `load` would take; copies are kept in `under`. Raises ContentError.

        The content is taken as it is: before that, `check` it.
        """
        self._source = load(folder).folder
        self._under = under
        self._lock = RLock()
        self._seen = self._stamp()
        self._served = KeptFiles(self._read(), under=under)
        self._faults: tuple[Problem, ...] = ()
        self._version = 1
        self._catalogs: dict[str, Catalog] = {}

    @property
    def served(self) -> KeptFiles:
        """The files that are served now; whoever keeps this keeps them."""
        self._look()
        return self._served

    @property
    def version(self) -> int:
        """A number that changes when what is served does."""
        self._look()
        return self._version

    @property
    def faults(self) -> tuple[Problem, ...]:
        """What keeps the newest files from being served; empty if all of them are."""
        self._look()
        return self._faults

    @property
    def organiser_file(self) -> str:
        """The file in which a trainer names who is responsible."""
        return shown(self._source / NAME)

    def support_warnings(self) -> list[Problem]:
        """List the support lines that participants do not see, for nobody has checked them."""
        return [each for each in check_support(self._source) if each.severity == "warning"]

    def load(self, *, language: str = "en") -> Catalog:
        """Return the content in one language, as it is served now. Raises ContentError."""
        with self._lock:
            folder = self.served.folder
            if language not in self._catalogs:
                self._catalogs[language] = load(folder, language=language)
            return self._catalogs[language]

    def _look(self) -> None:
        with self._lock:
            seen = self._stamp()
            if seen == self._seen:
                return
            self._seen = seen
            try:
                newest = self._read()
            except OSError:  # it is being written: the next look sees it
                self._seen = 0
                return
            if newest != self._served.files:
                self._advance(newest)
            else:
                self._faults = ()

    def _advance(self, newest: Files) -> None:
        """Take over all files, or else each part that can be served with the others as they were.

        Modules and pages come first, for the files that name them can be taken over after them.
        """
        whole, problems = self._tried(newest)
        if not problems:
            self._serve(whole, ())
            return
        served = self._served
        for part in sorted({*_parts(newest), *_parts(served.files)}, key=_rank):
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
        here, there = shown(self._source), shown(snapshot.folder)
        found = dict.fromkeys(_faults(snapshot.folder))
        return snapshot, tuple(
            replace(
                each,
                file=each.file.replace(there, here),
                message=each.message.replace(there, here),
                remedy=each.remedy.replace(there, here),
            )
            for each in found
        )

    def _stamp(self) -> int:
        """Return a number that changes when any file of the content does."""
        try:
            stats = [(str(path), path.stat()) for path in self._paths()]
        except OSError:
            return -1
        return hash(tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats))

    def _read(self) -> Files:
        return {
            path.relative_to(self._source).as_posix(): path.read_bytes() for path in self._paths()
        }

    def _paths(self) -> list[Path]:
        return sorted(path for path in self._source.rglob("*.*") if path.suffix in _KINDS)


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
