"""The stores of the room `store`: every test that asks for one runs on both databases."""

from tests.quick_codes import quick_codes  # noqa: F401  for all tests here
from tests.store.conftest import store, url, workshop  # noqa: F401  fixtures for who asks
