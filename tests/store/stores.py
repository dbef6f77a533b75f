"""Filled stores to back up and merge, and all that a store says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from myths.errors import StoreError
from myths.store import Joined, Store, database, digests, open_store, restore
from sqlalchemy import Connection

from tests.store.samples import FOREIGN_WORDS, asked, given, written


def new(folder: Path, name: str = "room.sqlite") -> Store:
    return open_store(f"sqlite:///{folder / name}", create=True)


@contextmanager
def at_version(version: str, url: str) -> Iterator[Connection]:
    """Bring a database to a version, and give the connection that did."""
    config = Config()
    folder = Path(database.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    with database._connectable(url, create=True).writing() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, version)
        yield conn


def join(store: Store, code: str) -> Joined:
    return store.join(code, language="en", consent="agreed")


def fill(store: Store, *, code: str | None = None, people: int = 3) -> list[Joined]:
    """Open a workshop in which people say all that can be said."""
    workshop = store.open_workshop(
        code=code, title="Łódź", audience="police", route="half-day", modules=["harm", "risk"]
    )
    joined = [join(store, workshop.code) for _ in range(people)]
    for number, each in enumerate(joined):
        store.save(each.participant, asked(), given(1.5 + number))
        store.save(each.participant, asked(), given(declined=True))
        store.save(each.participant, asked("fact", language="de"), given(2))
        words = FOREIGN_WORDS[number % len(FOREIGN_WORDS)]
        store.save(each.participant, written(), given(text=words, reader="evaluation"))
        store.save(each.participant, written("diary"), given(text=words, reader="me"))
    return joined


def refused(act, *args, **options) -> str:
    with pytest.raises(StoreError) as caught:
        act(*args, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def held(store: Store, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    """What every table holds."""
    with store.reading() as conn:
        return digests.sums(conn, but=("myths_backup", *but))


def said(store: Store) -> set[tuple]:
    """What everybody says now."""
    columns = ["workshop", "participant", "module", "item", "phase", "value", "text", "declined"]
    columns.append("audience")
    table = store.answers()[columns].astype("object").fillna("-")
    return set(table.itertuples(index=False, name=None))


if __name__ == "__main__":
    act, url, path = sys.argv[1:]
    print("begun", flush=True)  # noqa: T201  who started it waits for this
    if act == "backup":
        open_store(url).backup(Path(path))
    elif act == "restore":
        restore(Path(path), url, replace=True)
    elif act == "merge":
        open_store(url).merge(open_store(f"sqlite:///{path}"))
    elif act == "serve":
        with open_store(url).serving():
            print("ready", flush=True)  # noqa: T201  so does who waits for a server
            sys.stdin.read()
