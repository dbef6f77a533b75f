"""The notebooks of a folder: as they are now, and as they were when they were last in order."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from myths.catalog import Library, Problem
from myths.edition import shown
from myths.files import KeptFiles
from myths.vocabulary import SLUG

RUNS = ".runs"  # in place of .ipynb: the file with the number of the cell that runs
_NAME = re.compile(rf"\d\d_({SLUG})\.ipynb")


@dataclass(frozen=True)
class NotebookVersion:
    """A notebook and the content at one time; `stamp` differs from that of any other version.

    `notebook` holds nothing if the file was not there.
    """

    stamp: int
    path: Path
    notebook: KeptFiles
    content: KeptFiles

    @property
    def copy(self) -> Path:
        """The notebook as it was then."""
        return self.notebook.folder / self.path.name

    @property
    def cell(self) -> int | None:
        """The number of the cell that ran last, from 1; None before the first one."""
        try:
            return int(self.copy.with_suffix(RUNS).read_text())
        except (OSError, ValueError):
            return None


class NotebookVersions:
    """What there is of each page's notebook: the newest version, and the last one in order.

    Pages are named by their slugs. As the server starts, every notebook is taken to be in order.
    """

    def __init__(self, folder: Path, library: Library, *, under: Path | None = None) -> None:
        self.folder = folder
        self._library, self._under = library, under
        self._newest: dict[str, NotebookVersion] = {}
        for slug in notebooks(folder):
            self.newest(slug)
        self._good = {(slug, ""): version for slug, version in self._newest.items()}
        self._judged = dict(self._newest)

    def newest(self, slug: str) -> NotebookVersion | None:
        """Return what is there now, or that it is gone; None if there never was a notebook."""
        known = self._newest.get(slug)
        path = notebooks(self.folder).get(slug) or (known.path if known else None)
        if path is None:
            return None
        try:
            stat = path.stat()
            mark = (str(path), stat.st_mtime_ns, stat.st_size, self._library.version)
            if known and known.stamp == hash(mark):
                return known
            files = {path.name: path.read_bytes()}
        except OSError:
            mark, files = (str(path), 0, 0, self._library.version), {}
        if known is None or known.stamp != hash(mark):
            same = known is not None and known.path == path and known.notebook.files == files
            kept = known.notebook if known and same else KeptFiles(files, under=self._under)
            known = NotebookVersion(hash(mark), path, kept, self._library.served)
            self._newest[slug] = known
        return known

    @property
    def slugs(self) -> list[str]:
        """The pages that have a notebook, or had one."""
        return [*self._newest]

    def unknown(self, version: NotebookVersion) -> bool:
        """Return whether nobody knows yet if this notebook is in order."""
        return all(version.notebook is not known.notebook for known in self._judged.values())

    def good(self, slug: str, language: str) -> NotebookVersion | None:
        """Return the version that was last in order in a language, or as the server started."""
        return self._good.get((slug, language)) or self._good.get((slug, ""))

    def judge(self, slug: str, language: str, version: NotebookVersion, *, good: bool) -> None:
        """Note whether a version is in order."""
        self._judged[slug] = version
        if good:
            self._good[slug, language] = version


def notebooks(folder: Path) -> dict[str, Path]:
    """Find the notebooks of pages by their slugs; of two with one slug the first counts."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ipynb")):
        if named := _NAME.fullmatch(path.name):
            found.setdefault(named[1], path)
    return found


def misnamed(folder: Path, slugs: Collection[str]) -> list[Problem]:
    """List the pages without a notebook, and the notebooks that no page shows."""
    found = notebooks(folder)
    strays = [path for path in sorted(folder.glob("*.ipynb")) if path not in found.values()]
    strays += [path for slug, path in found.items() if slug not in slugs]
    problems = []
    for number, slug in enumerate(slugs):
        if slug not in found:
            close = [path.name for path in strays if _letters(slug) in _letters(path.stem)]
            close = close or [path.name for path in strays]
            there = f" (there is {', '.join(close)})" if close else ""
            message = f"the page {slug!r} has no notebook{there}"
            remedy = f"name it {number:02}_{slug}.ipynb, with any number of two digits"
            problems.append(Problem(shown(folder), 1, "", message, remedy))
    missing = any(slug not in found for slug in slugs)
    for path in strays:
        slug = (_NAME.fullmatch(path.name) or ["", ""])[1]
        if slug in found and slug in slugs:
            message = f"a second notebook for the page {slug!r}, after {found[slug].name}"
            problems.append(Problem(shown(path), 1, "", message, "remove one of them"))
        elif not missing:
            message = "no page of the series has this name, so nobody sees this notebook"
            remedy = "rename it, or leave it as a copy for yourself"
            problems.append(Problem(shown(path), 1, "", message, remedy, "warning"))
    return problems


def _letters(name: str) -> str:
    return re.sub("[^a-z]", "", name.lower())
