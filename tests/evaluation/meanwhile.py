"""What others do between two statements of a reading, and how many readings there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

_DATA = re.compile(r"\bFROM (answers|participants|questions|workshops)\b")


@contextmanager
def meanwhile(act: Callable[[], Any], *, once: bool = False) -> Iterator[list[str]]:
    """Act right after each statement that reads data, or after the first; gives all of these."""
    statements: list[str] = []
    acting = False

    def heard(_conn: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal acting
        if acting or not _DATA.search(statement):
            return
        statements.append(statement)
        if not once or len(statements) == 1:
            acting = True
            act()
            acting = False

    event.listen(Engine, "after_cursor_execute", heard)
    try:
        yield statements
    finally:
        event.remove(Engine, "after_cursor_execute", heard)


@contextmanager
def readings() -> Iterator[set[int]]:
    """Give the numbers of the transactions that read data."""
    begun: dict[Connection, int] = {}
    found: set[int] = set()

    def begins(conn: Connection) -> None:
        begun[conn] = len(begun)

    def heard(conn: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if _DATA.search(statement):
            found.add(begun[conn])

    event.listen(Engine, "begin", begins)
    event.listen(Engine, "after_cursor_execute", heard)
    try:
        yield found
    finally:
        event.remove(Engine, "begin", begins)
        event.remove(Engine, "after_cursor_execute", heard)
