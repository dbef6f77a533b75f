"""Writing files so that a crash leaves the old ones or the new ones, whole; and keeping copies."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from myths.errors import MythsError

Unwritten = Callable[[Path, OSError], MythsError]


def write(
    contents: Mapping[Path, bytes], *, unwritten: Unwritten, like: Path | None = None
) -> None:
    """Put all files in their places once each is whole; raises `unwritten` of one that cannot be.

    Only their owner may read them, or whoever may read the file `like`. They are on the disk before
    this returns.
    """
    with ExitStack() as stack:
        parts = {}
        for path, content in contents.items():
            with _told(path, unwritten):
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
                parts[path] = Path(name)
                if like:
                    parts[path].chmod(stat.S_IMODE(like.stat().st_mode))
                stack.callback(parts[path].unlink, missing_ok=True)
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
        for path, part in parts.items():
            with _told(path, unwritten):
                _name(part, path)


def put(part: Path, path: Path) -> None:
    """Put a whole file under its name, also on the disk; a file of that name is replaced."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    _name(part, path)


def put_folder(part: Path, folder: Path) -> None:
    """Put a folder under its name at once; OSError if there is one with something in it."""
    part.rename(folder)
    _sync(folder.parent)


class KeptFiles:
    """Files as they were at one time, in a folder of their own until nobody needs them.

    `files` are found by their names below the folder. The folder is made in `under`, only its owner
    may read it, and it goes with the object, or as the program ends.
    """

    def __init__(self, files: Mapping[str, bytes], *, under: Path | None = None) -> None:
        self.files = files
        self.folder = Path(tempfile.mkdtemp(prefix="myths-", dir=under)).resolve()
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _name(part: Path, path: Path) -> None:
    part.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """See that the names in a folder are on the disk, too."""
    if os.name == "posix":  # Windows lets no folder be opened, and sees to the names by itself
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _told(path: Path, unwritten: Unwritten) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise unwritten(path, fault) from fault
