"""The notebooks of a folder: as they are now, and as they were when they were last in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from myths.catalog import Library, Problem
from myths.edition import notebook_slug, page_notebooks, shown
from myths.files import KeptFiles

RUNS = ".runs"  # in place of .ipynb: the file with the number of the cell that runs


@dataclass(frozen=True)
class NotebookVersion:
    """A notebook and the content at one time; `stamp` differs from that of any other version.

    `notebook` holds nothing if the file was not there. `name` is what people know the file by.
    """

    stamp: int
    path: Path
    name: str
    notebook: KeptFiles
    content: KeptFiles

    @property
    def copy(self) -> Path:
        """The notebook as it was then."""
        return self.notebook.folder / self.path.name

    @property
    def home(self) -> Path:
        """Where its cells run: beside the files they may read, or the copy if those are away."""
        return self.path.parent if self.path.parent.is_dir() else self.notebook.folder

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

    def __init__(
        self,
        folder: Path,
        library: Library,
        *,
        under: Path | None = None,
        published: Callable[[], Path] | None = None,
    ) -> None:
        """Read the notebooks in `folder`; copies are kept in `under`.

        `published` as in Library: the folder to read in place of `folder`, each file of it once.
        """
        self._folder, self._published = folder, published
        self._library, self._under = library, under
        self._newest: dict[str, NotebookVersion] = {}
        for slug in page_notebooks(self.served):
            self.newest(slug)
        self._good = {(slug, ""): version for slug, version in self._newest.items()}

    def newest(self, slug: str) -> NotebookVersion | None:
        """Return what is there now, or that it is gone; None if there never was a notebook."""
        known, here = self._newest.get(slug), self.served
        path = page_notebooks(here).get(slug) or (here / known.path.name if known else None)
        if path is None:
            return None
        try:
            stamp = self._stamp(path)
            if known and known.stamp == stamp:
                return known
            files = {path.name: path.read_bytes()}
        except OSError:
            stamp, files = hash((str(path), self._library.version, "gone")), {}
            if known and known.stamp == stamp:
                return known
        same = known is not None and known.path.name == path.name and known.notebook.files == files
        kept = known.notebook if known and same else KeptFiles(files, under=self._under)
        name = shown(self._folder / path.name)
        self._newest[slug] = NotebookVersion(stamp, path, name, kept, self._library.served)
        return self._newest[slug]

    @property
    def folder(self) -> Path:
        """The folder that a trainer writes in."""
        return self._folder

    @property
    def served(self) -> Path:
        """The folder that pages are made from now."""
        return self._published() if self._published else self._folder

    @property
    def slugs(self) -> list[str]:
        """The pages that have a notebook, or had one."""
        return [*self._newest]

    def misnamed(self, slugs: Collection[str]) -> list[Problem]:
        """List what is wrong with the names of the notebooks that are there now, as `misnamed`."""
        there, here = shown(self.served), shown(self._folder)
        return [each.moved(there, here) for each in misnamed(self.served, slugs)]

    def good(self, slug: str, language: str) -> NotebookVersion | None:
        """Return the version that was last in order in a language, or as the server started."""
        return self._good.get((slug, language)) or self._good.get((slug, ""))

    def judge(self, slug: str, language: str, version: NotebookVersion, *, good: bool) -> None:
        """Note whether a version is in order."""
        if good:
            self._good[slug, language] = version

    def _stamp(self, path: Path) -> int:
        """Return a number that changes when the file or the content does."""
        stat = None if self._published else path.stat()
        changed = (stat.st_mtime_ns, stat.st_size) if stat else ()
        return hash((str(path), self._library.version, *changed))


def misnamed(folder: Path, slugs: Collection[str]) -> list[Problem]:
    """List the pages without a notebook, and the notebooks that no page shows."""
    found = page_notebooks(folder)
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
        slug = notebook_slug(path)
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
