"""The files of a coding: UTF-8 texts that people may edit, whole at any moment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from myths import files
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


def write(texts: Mapping[Path, str]) -> None:
    """Put texts in the places of files, on the disk before this returns; raises CodingError.

    Only the owner of the files may read them: they are about what people wrote.
    """
    contents = {path: text.encode() for path, text in texts.items()}
    files.write(contents, unwritten=_unwritten)


def _unwritten(path: Path, fault: OSError) -> CodingError:
    return CodingError(
        f"{path} could not be written ({fault.strerror}); "
        "mend that and do the last step again. What was saved before is untouched."
    )
