"""What the three other forms share: the blocks to show, and saving an answer in an SQLite file."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("BENCH_FOLDER", "."))


def blocks() -> list[dict[str, Any]]:
    """Read the form."""
    found: list[dict[str, Any]] = json.loads((FOLDER / "form.json").read_text(encoding="utf-8"))
    return found


def save(item: str, value: object) -> None:
    """Append an answer; it is on the disk when this returns."""
    with closing(sqlite3.connect(FOLDER / "answers.sqlite")) as store, store:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("CREATE TABLE IF NOT EXISTS answers (at REAL, item TEXT, value)")
        store.execute("INSERT INTO answers VALUES (?, ?, ?)", (time.time(), item, value))
