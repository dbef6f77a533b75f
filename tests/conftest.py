"""What all tests share: the system's Chromium, started without any call to the outside.

What was published from this checkout is out of their sight: they are about the files as they are.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.browser import ARGUMENTS, chromium
from tests.postgres import database, postgres  # noqa: F401  fixtures for who asks

UNPUBLISHED = Path(tempfile.mkdtemp(prefix="myths-unpublished-"))
os.environ["MYTHS_PUBLISHED"] = str(UNPUBLISHED)
NEAR = "workshop.test"  # this machine, by a name whose plain http browsers do not trust


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = chromium()
    assert found, "The browser tests need Chromium: install your system's package `chromium`."
    arguments = [*ARGUMENTS, f"--host-resolver-rules=MAP {NEAR} 127.0.0.1"]
    return browser_type_launch_args | {"executable_path": found, "args": arguments}


@pytest.fixture(scope="session", autouse=True)
def nothing_is_published_here() -> Iterator[None]:
    """A test that publishes names a folder of its own."""
    yield
    assert [path.name for path in UNPUBLISHED.iterdir()] == []
    UNPUBLISHED.rmdir()
