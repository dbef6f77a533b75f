"""An SQLite store's file: its address and its URI, whatever its name, and who may read it."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from sqlalchemy import URL

from myths.errors import StoreError


def sqlite_address(path: Path) -> str:
    """Return the address of the store in a file; a file's name may have any letters."""
    return URL.create("sqlite", database=str(path.expanduser().absolute())).render_as_string()


def file_uri(path: PurePath) -> str:
    """Return the URI by which SQLite opens a file; the server of a Windows share is in its path."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)


def is_there(path: Path) -> bool:
    """Return whether there is such a file, as far as this account may look."""
    try:
        return path.exists()
    except OSError:
        return False


def make_private(path: Path) -> None:
    """Make an empty file, and the folder around it, that only this account may read.

    What is there already stays as it is. Raises StoreError.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {path.parent} cannot be made ({error.strerror}): choose a place where "
            "this account may write, with --db or MYTHS_DB."
        ) from None
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        raise StoreError(
            f"{path} cannot be opened for writing ({error.strerror}): choose a place where this "
            "account may write, with --db or MYTHS_DB."
        ) from None
