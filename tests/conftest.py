"""What all tests share: the system's Chromium, started without any call to the outside."""

from __future__ import annotations

from typing import Any

import pytest

from bench.browser import ARGUMENTS, chromium
from tests.postgres import database, postgres  # noqa: F401  fixtures for who asks

NEAR = "workshop.test"  # this machine, by a name whose plain http browsers do not trust


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = chromium()
    assert found, "The browser tests need Chromium: install your system's package `chromium`."
    arguments = [*ARGUMENTS, f"--host-resolver-rules=MAP {NEAR} 127.0.0.1"]
    return browser_type_launch_args | {"executable_path": found, "args": arguments}
