"""Programs of the system that tests start; some stand where only root looks."""

from __future__ import annotations

import shutil

import pytest


def system_program(name: str, title: str) -> str:
    """Return where a program is; without it the tests that need it fail."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if not found:
        pytest.fail(
            f"These tests need {title}: install your system's package `{name}`.", pytrace=False
        )
    return found
