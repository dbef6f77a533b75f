"""Our own pages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from myths.rehearsal import Guest, http, room
from myths.store import open_store
from myths.vocabulary import page_path

from bench.form import SLUG

TITLE = "this program"
DATABASE = "BENCH_DB"  # the variable with the address of an empty database
PAGE = page_path(SLUG)
# All text boxes are there and alive; those of a later step are seen when somebody comes to it.
USABLE = """document.body?.dataset.ready !== undefined && count('textarea') > 0
  && document.querySelectorAll('textarea').length >= TEXTS"""


def db(folder: Path) -> str:
    """Return the store of a run: BENCH_DB if that is set, else a file."""
    return os.environ.get(DATABASE) or f"sqlite:///{folder / 'ours.sqlite'}"


def command(python: Path, port: int, folder: Path) -> list[str]:
    """Start the server."""
    places = ["--db", db(folder), "--published", str(folder / "published")]
    return [str(python), "-m", "myths", "serve", "--port", str(port), *places]


def prepare(folder: Path) -> str:
    """Open a workshop; its code is what visitors know."""
    return open_store(db(folder)).open_workshop(rehearsal=True).code


async def cookies(origin: str, known: str) -> dict[str, str]:
    """Join."""
    async with room(origin, 1) as (guest,):
        await guest.join(known)
        return dict(guest.cookies)


class Visitor:
    """A guest of a rehearsal, who finds the page's files without being told."""

    def __init__(self, origin: str, files: Sequence[str], known: str) -> None:  # noqa: ARG002
        self.known = known
        self.guest = Guest(origin, http())

    async def prepare(self) -> None:
        """Join."""
        await self.guest.join(self.known)

    async def visit(self) -> None:
        """Open the page until its widgets are there."""
        await self.guest.open(SLUG)

    async def leave(self) -> None:
        """Leave with the beacon."""
        await self.guest.close()
