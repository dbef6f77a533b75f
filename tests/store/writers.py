"""Writers for processes of their own: run as a program, it saves until it is killed."""

from __future__ import annotations

import sys
import uuid

from myths.store import SaveReceipt, open_store

from tests.store.samples import asked, given


def save_all(url: str, person: str, keys: list[str]) -> list[SaveReceipt]:
    """Save an answer for each key, each to a question that nobody has answered before."""
    store = open_store(url)
    return [
        store.save(person, asked(f"i{number}"), given(number, key=key))
        for number, key in enumerate(keys)
    ]


def make(url: str) -> str:
    """Make the store, or find it made."""
    return open_store(url, create=True).place


if __name__ == "__main__":
    url, person = sys.argv[1:]
    store = open_store(url)
    while True:
        saved = store.save(person, asked(), given(3, key=str(uuid.uuid4())))
        print(saved.key, flush=True)  # noqa: T201  this is its receipt
