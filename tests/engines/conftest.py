"""A participant's phone in another engine than Chromium, before a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.browser.conftest import by
from tests.browser.way import Way, way
from tests.engines.engines import ENGINES
from tests.engines.outside import Outside, outside
from tests.engines.phone import Phone
from tests.server.conftest import Running, server

__all__ = ["server", "way"]


@pytest.fixture(params=[pytest.param(each, marks=pytest.mark.soak) for each in ENGINES])
def engine(request: pytest.FixtureRequest) -> str:
    """Which browser; `make test` needs neither."""
    name: str = request.param
    return name


@pytest.fixture
def room(server: Running, way: Way) -> Running:
    """A workshop for one test, whose people come by a way that can be cut."""
    return by(way, server.another_workshop())


@pytest.fixture
def world() -> Iterator[Outside]:
    with outside() as around:
        yield around


@pytest.fixture
def another(
    engine: str, room: Running, world: Outside, tmp_path: Path
) -> Iterator[Callable[[], Phone]]:
    """Takes a phone on which nobody has been yet."""
    with ExitStack() as phones:

        def take() -> Phone:
            folder = tmp_path / f"phone-{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            driver = phones.enter_context(ENGINES[engine](folder, world.port))
            return Phone(driver, room)

        yield take


@pytest.fixture
def phone(another: Callable[[], Phone]) -> Phone:
    return another()
