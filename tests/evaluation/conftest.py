from __future__ import annotations

from pathlib import Path

import pytest
from myths.store import Store, open_store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "workshop.sqlite"


@pytest.fixture
def store(file: Path) -> Store:
    return open_store(f"sqlite:///{file}", create=True)


@pytest.fixture
def person(store: Store) -> str:
    """The name of somebody who has joined a workshop."""
    workshop = store.open_workshop(code="REAL")
    return store.join(workshop.code, language="en", consent="agreed").participant
