"""Where the coding of a database usually is."""

from __future__ import annotations

from os import fspath
from pathlib import Path

from sqlalchemy import make_url

from myths.evaluation.survey import Address

_USUAL = Path("data/coding")


def usual_folder(db: Address) -> Path:
    """Find the usual folder: beside the SQLite file, if there is one."""
    file: str | None = "" if db is None else fspath(db)
    if file and "://" in file:
        file = make_url(file).database if file.startswith("sqlite") else None
    if not file:
        return _USUAL
    return Path(file).expanduser().parent / "coding"
