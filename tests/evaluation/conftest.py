from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from myths.store import Store, open_store

from tests.evaluation.everything import Filled, fill
from tests.quick_codes import quick_codes  # noqa: F401  for all tests here


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)]
)
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    """One for all tests of a file: whatever each leaves behind, the next one begins with it."""
    folder = tmp_path_factory.mktemp("filled")
    if request.param == "sqlite":
        yield fill(f"sqlite:///{folder}/workshop.sqlite", folder / "coding")
        return
    name = request.module.__name__.rpartition(".")[2]
    with request.getfixturevalue("postgres").database(name) as address:
        yield fill(address, folder / "coding")


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
