"""What all tests share: the system's Chromium, started without any call to the outside."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from tests.postgres import database, postgres  # noqa: F401  fixtures for who asks


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, "The browser tests need Chromium: install your system's package `chromium`."
    return browser_type_launch_args | {
        "executable_path": found,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
