"""What was published: where it is, and which of it is whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from myths.edition.folders import content_folder, is_installed, notebooks_folder

PUBLISHED_VARIABLE = "MYTHS_PUBLISHED"
PUBLICATION_RECORD = "publication.json"
PUBLISHED_CONTENT = "content"  # in the folder of a publication
PUBLISHED_NOTEBOOKS = "notebooks/participants"


@dataclass(frozen=True)
class PublishedVersion:
    """What was published at one time, in a folder of its own in which nothing changes.

    `number` counts from 1. `how` is "publish", "back" (one step) or "start" (of the first server).
    `sources` are the folders of content and notebooks that it is from, as seen from where all that
    was published is. `changes` are what differed from the one before: file, place, kind. `files`
    are the SHA-256 of each file by its name below `folder`.
    """

    folder: Path
    number: int
    at: datetime
    how: str
    sources: tuple[str, str]
    changes: tuple[tuple[str, str, str], ...]
    files: Mapping[str, str]

    @property
    def content(self) -> Path:
        """The folder of content."""
        return self.folder / PUBLISHED_CONTENT

    @property
    def notebooks(self) -> Path:
        """The folder of the participants' notebooks."""
        return self.folder / PUBLISHED_NOTEBOOKS

    def record(self) -> bytes:
        """Return what is noted beside the files."""
        told = {
            "at": self.at.isoformat(),
            "how": self.how,
            "sources": self.sources,
            "changes": self.changes,
            "files": dict(sorted(self.files.items())),
        }
        return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()

    def damaged(self) -> list[str]:
        """List the files that are not as they were published."""
        return [
            name for name, known in self.files.items() if file_digest(self.folder / name) != known
        ]


def published_folder(content: Path, notebooks: Path, *, named: Path | None = None) -> Path:
    """Return where what is published is kept: the folder named, or `published` beside the content.

    Named is what is passed, else $MYTHS_PUBLISHED. `notebooks` is the folder of the participants'
    notebooks; beside them it is if the content is that of an installed package.
    """
    variable = os.environ.get(PUBLISHED_VARIABLE)
    if named or variable:
        return (named or Path(str(variable))).resolve()
    beside = notebooks.parent if is_installed(content) else content
    return beside.resolve().parent / "published"


def published_content(named: Path | None = None) -> Path:
    """Return the content as participants see it: what was published of it, or all if nothing was.

    `named` is as in `content_folder`. Raises ContentError if it holds no content.
    """
    content = content_folder(named)
    version = _published_of(content)
    return version.content if version else content


def published_notebooks() -> Path:
    """Return the participants' notebooks as they see them, with the content that is nearest.

    Raises ContentError if there is no content.
    """
    version = _published_of(content_folder())
    return version.notebooks if version else notebooks_folder() / "participants"


def _published_of(content: Path) -> PublishedVersion | None:
    if is_installed(content):
        return None
    folder = published_folder(content, content)
    newest = next(whole(folder), None)
    own = newest is not None and (folder / newest.sources[0]).resolve() == content.resolve()
    return newest if own else None


def numbers(folder: Path) -> list[int]:
    """List the numbers of all that was published, the newest first; OSError if one may not look."""
    if not folder.is_dir():
        return []
    return sorted(int(each.name) for each in folder.iterdir() if each.name.isdecimal())[::-1]


def whole(folder: Path) -> Iterator[PublishedVersion]:
    """Yield what was published and is as it was then, the newest first."""
    for number in numbers(folder):
        version = read_version(folder, number)
        if version and not version.damaged():
            yield version


def read_version(folder: Path, number: int) -> PublishedVersion | None:
    """Return one of them as it is noted, None if the note cannot be read."""
    place = folder / str(number)
    try:
        told: Any = json.loads((place / PUBLICATION_RECORD).read_text("utf-8"))
        content, notebooks = told["sources"]
        return PublishedVersion(
            folder=place,
            number=number,
            at=datetime.fromisoformat(told["at"]),
            how=str(told["how"]),
            sources=(str(content), str(notebooks)),
            changes=tuple((str(file), str(at), str(kind)) for file, at, kind in told["changes"]),
            files={str(name): str(known) for name, known in told["files"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
