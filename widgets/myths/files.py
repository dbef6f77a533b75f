"""Writing files so that a crash leaves the old ones or the new ones, whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from myths.errors import MythsError

Unwritten = Callable[[Path, OSError], MythsError]


def write(contents: Mapping[Path, bytes], *, unwritten: Unwritten) -> None:
    """Put all files in their places once each is whole; raises `unwritten` of one that cannot be.

    Only their owner may read them. They are on the disk before this returns.
    """
    with ExitStack() as stack:
        parts = {}
        for path, content in contents.items():
            with _told(path, unwritten):
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
                parts[path] = Path(name)
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


def _name(part: Path, path: Path) -> None:
    part.replace(path)
    if os.name == "posix":  # Windows lets no folder be opened, and sees to the name by itself
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def _told(path: Path, unwritten: Unwritten) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise unwritten(path, fault) from fault
