"""A trainer's own copy of the content and the notebooks: written whole, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from uuid import uuid4

from myths.edition.folders import own_folder
from myths.edition.media import media_paths
from myths.edition.record import record_files
from myths.errors import MythsError

_WORDS = {".yml", ".md"}


def copy_edition(folder: Path) -> Path:
    """Write a copy into the new or empty `folder`, and return the folder's whole name.

    Beside the files stands what tells an update which of them the trainer has changed. Raises
    MythsError if the folder holds something or cannot be written; nothing of it is left then.
    """
    files = edition_files()
    try:
        folder = folder.resolve()
        _check_free(folder)
        unfinished = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}")
        try:
            _write(unfinished, {**files, **record_files(files)})
            if folder.exists():
                folder.rmdir()  # it is empty, or else this fails
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as fault:
        raise MythsError(
            f"{folder} cannot be made ({fault.strerror}), and nothing is left of it: see that "
            "there is room, or choose a folder in a place where you may write."
        ) from fault
    return folder


def edition_files() -> dict[str, bytes]:
    """Read what the edition consists of, by the names that the copies get. Raises MythsError."""
    own = own_folder()
    try:
        paths = [*edition_paths(own), *media_paths(own / "content")]
        files = {path.relative_to(own).as_posix(): path.read_bytes() for path in paths}
        files["README.md"] = Path(__file__).with_name("README.md").read_bytes()
    except OSError as fault:
        raise MythsError(
            f"{fault.filename} cannot be read ({fault.strerror}): install myths again."
        ) from fault
    if "content/series.yml" not in files:
        raise MythsError(f"There is no content in {own}: install myths again.")
    return files


def edition_paths(folder: Path) -> Iterator[Path]:
    """Yield the words and notebooks in a folder, and nothing that somebody's work leaves there."""
    words = (each for each in (folder / "content").rglob("*") if each.suffix in _WORDS)
    notebooks = (folder / "notebooks").glob("*/*.ipynb")
    start = folder / "START_HERE.md"
    for path in sorted([folder / "content" / "LICENSE", *words, start, *notebooks]):
        parts = path.relative_to(folder).parts
        if not any(part == "data" or part.startswith(".") for part in parts):
            yield path


def _check_free(folder: Path) -> None:
    if folder.is_dir():
        names = (path.name for path in folder.iterdir())
        held = sorted(names, key=lambda name: (name.startswith("."), name))
        if held:
            more = f" and {len(held) - 1} more" if len(held) > 1 else ""
            raise MythsError(
                f"{folder} is not empty ({held[0]}{more}), so nothing was written: "
                "name a folder that is new or empty."
            )
        if folder == Path.cwd():
            raise MythsError(
                "This is the folder that you are in: go one up with `cd ..` and call "
                f"`myths init {folder.name}` there."
            )
    elif folder.exists():
        raise MythsError(f"{folder} is a file, and it stays: name a folder that is new or empty.")
    elif not folder.parent.is_dir():
        raise MythsError(f"There is no folder {folder.parent}: make it first, or correct the name.")


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
