"""The stores of the room `store`; its tests, too, try both databases in the soak run."""

from __future__ import annotations

from tests.quick_codes import quick_codes  # noqa: F401  for all tests here
from tests.store.conftest import store, url, workshop  # noqa: F401  fixtures for who asks
