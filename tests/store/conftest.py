"""Every test that asks for `store` runs on SQLite, and in the soak run on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from myths.store import Joined, Store, Visitor, Workshop, open_store

from tests.quick_codes import quick_codes  # noqa: F401  for all tests here


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/workshop.sqlite"
    return str(request.getfixturevalue("database"))


@pytest.fixture
def store(url: str) -> Store:
    return open_store(url, create=True)


@pytest.fixture
def workshop(store: Store) -> Workshop:
    return store.open_workshop()


@pytest.fixture
def person(store: Store, workshop: Workshop) -> str:
    """The name of somebody who has joined."""
    return store.join(workshop.code, language="en", consent="agreed").participant


@pytest.fixture
def joined(store: Store, workshop) -> Joined:
    return store.join(workshop.code, language="en", consent="agreed")


@pytest.fixture
def visitor(store: Store, joined: Joined) -> Visitor:
    return store.visitor(joined.token)
