"""Look for words where a thief would: in the bytes of the files that a database keeps."""

from __future__ import annotations

from pathlib import Path

from myths.store import open_store
from sqlalchemy import make_url


def traces(url: str, *words: str) -> int:
    """Count how often the words stand in the files, in any of the ways to write them down.

    SQLite: the file, its log and its index of the log. PostgreSQL: the files of the tables.
    """
    forms = {form for word in words for form in (word, word.replace("-", ""))}
    needles = {form.encode(code) for form in forms for code in ("utf-8", "utf-16-le")}
    needles |= {form.encode().hex().encode() for form in forms}
    return sum(_read(file).count(needle) for file in _files(url) for needle in needles)


def _read(file: Path) -> bytes:
    """Return what a file holds: nothing, if the database has put another one in its place."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def _files(url: str) -> list[Path]:
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        found = [file, *file.parent.glob(f"{file.name}-*")]
        assert file.stat().st_size > 0
        return found
    with open_store(url).outside() as conn:
        conn.exec_driver_sql("CHECKPOINT")
        number = conn.exec_driver_sql(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
    folder = Path(str(make_url(url).query["host"])) / "data/base" / str(number)
    found = [file for file in folder.iterdir() if file.is_file()]
    assert found
    return found
