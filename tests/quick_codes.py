"""For tests that need many people and nobody's secret: checking a code costs next to nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from myths.store import credentials


@pytest.fixture(scope="module", autouse=True)
def quick_codes() -> Iterator[None]:
    """Stretch codes as little as scrypt can, in this process alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "COST", 2)
        yield
