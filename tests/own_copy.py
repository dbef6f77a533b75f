"""A trainer's own copy of content and notebooks, and a server that shows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.conftest import ROOT, Running, serving


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the copy, and beside it the notebooks."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    return shutil.copytree(ROOT / "content", folder / "content")


@pytest.fixture(scope="module")
def editing(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server of that copy."""
    options = ("--content", str(kept), "--notebooks", str(kept.parent / "notebooks"))
    with serving(tmp_path_factory.mktemp("store") / "workshop.sqlite", *options) as running:
        yield running
