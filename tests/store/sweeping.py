"""Wait until no trace is left of words that were taken away."""

from __future__ import annotations

from myths.store import Store

from tests.forkserver.kernels import wait_until
from tests.store.samples import age


def swept(store: Store) -> None:
    """Do what a server does every minute until it is done; others use the database server too."""
    age(store, days=1)  # nobody is answering
    wait_until(store.sweep, "no transaction sees the erased rows", seconds=60)
