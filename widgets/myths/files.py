"""Writing a file so that a crash leaves the old one or the new one, whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from myths.errors import CodingError


def read(path: Path) -> str:
    """Read a text; raises CodingError if it is no UTF-8 or cannot be read."""
    try:
        raw = path.read_bytes()
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = raw[: fault.start].count(b"\n") + 1
        raise CodingError(f"{path}:{line}: this is not UTF-8; save the file as UTF-8.") from fault
    except OSError as fault:
        raise CodingError(
            f"{path} cannot be read ({fault.strerror}); look at its place and its permissions."
        ) from fault


def write(path: Path, text: str) -> None:
    """Put `text` in the place of the file, on the disk before this returns; raises CodingError.

    Only the owner of the file may read it: it is about what people wrote.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        fresh = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        _settle(path.parent)
    except OSError as fault:
        raise CodingError(
            f"{path} could not be written ({fault.strerror}); "
            "mend that and do the last step again. What was saved before is untouched."
        ) from fault


def _settle(folder: Path) -> None:
    """Bring the new name to the disk too, where the system lets a folder be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
