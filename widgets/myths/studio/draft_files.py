"""The files that are published: a draft's, those of a copy that is checked, and those that were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from myths.catalog import Problem
from myths.edition import LOGOS, PUBLISHED_CONTENT, PUBLISHED_NOTEBOOKS, shown
from myths.errors import PublicationError

_LARGEST = 50 * 2**20  # bytes of a file beside the notebooks: no page needs a larger one
_WORDS = (".yml", ".md")
_LEFT_OUT = ("data", "__pycache__")


@dataclass(frozen=True)
class DraftFiles:
    """Content and participants' notebooks in one state: of a draft, a copy, or a publication."""

    content: Path
    notebooks: Path

    @classmethod
    def at(cls, folder: Path) -> DraftFiles:
        """Return those that were copied into a folder."""
        return cls(folder / PUBLISHED_CONTENT, folder / PUBLISHED_NOTEBOOKS)

    def named(self) -> dict[str, Path]:
        """Return the files by the names that they have in a publication.

        These are the words, and all that lies with the notebooks, for a cell may read it. Raises
        PublicationError if one cannot be read.
        """
        words = (path for path in self.content.rglob("*") if _is_words(path))
        try:
            found = {f"{PUBLISHED_CONTENT}/{name}": path for name, path in _in(self.content, words)}
            for name, path in _in(self.notebooks, self.notebooks.rglob("*")):
                if path.stat().st_size <= _LARGEST:
                    found[f"{PUBLISHED_NOTEBOOKS}/{name}"] = path
        except OSError as fault:
            raise unread(fault) from fault
        return dict(sorted(found.items()))

    def left_out(self) -> Iterator[Problem]:
        """Yield a warning for each file beside the notebooks that is too large."""
        for _, path in _in(self.notebooks, self.notebooks.rglob("*")):
            if path.stat().st_size > _LARGEST:
                message = f"the file is larger than {_LARGEST // 2**20} MB, so it is not published"
                remedy = "no page needs it: put it elsewhere, and let cells name it from there"
                yield Problem(shown(path), 1, "", message, remedy, "warning")

    def told_of(self, problem: Problem, copy: DraftFiles) -> Problem:
        """Return a problem of a copy as one of these files."""
        told = problem.moved(shown(copy.notebooks), shown(self.notebooks))
        return told.moved(shown(copy.content), shown(self.content))


def unread(fault: OSError) -> PublicationError:
    """Return that a file cannot be read, and what to do."""
    return PublicationError(
        f"{shown(Path(fault.filename or '.'))} cannot be read ({fault.strerror}), and nothing was "
        "changed: see that it is there, and try again.",
        reason="unread",
    )


def _is_words(path: Path) -> bool:
    return path.suffix in _WORDS or path.name in ("LICENSE", *LOGOS)


def _in(folder: Path, paths: Iterator[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the files with their names in the folder, and nothing that is hidden or an editor's."""
    for path in paths:
        parts = path.relative_to(folder).parts
        if not any(part.startswith(".") or part in _LEFT_OUT for part in parts) and path.is_file():
            yield "/".join(parts), path
