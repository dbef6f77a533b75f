"""The stores of the room `store`; its own tests try both databases, and these only in the soak."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quick_codes import quick_codes  # noqa: F401  for all tests here
from tests.store.conftest import store, workshop  # noqa: F401  fixtures for who asks


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/workshop.sqlite"
    return str(request.getfixturevalue("database"))
