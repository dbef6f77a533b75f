"""The stores of the room `store`, both databases in the soak run."""

import pytest
from myths.store import Store, Workshop

from tests.live.group import Group
from tests.quick_codes import quick_codes  # noqa: F401  for all tests here
from tests.store.conftest import store, url, workshop  # noqa: F401  fixtures for who asks


@pytest.fixture
def group(url: str, store: Store, workshop: Workshop) -> Group:  # noqa: F811
    return Group(url, workshop)
