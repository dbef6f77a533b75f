"""A small folder of content with a language that was just begun."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from myths.localization import Translations, begin_language

from tests.catalog import sample_content


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content with a German that has just been begun, which nobody changes."""
    folder = sample_content.copy(tmp_path_factory.mktemp("begun") / "content")
    begin_language(folder, "de")
    return folder


@pytest.fixture
def content(begun: Path, tmp_path: Path) -> Path:
    return shutil.copytree(begun, tmp_path / "content")


@pytest.fixture
def german(content: Path) -> Translations:
    return Translations(content, "de")
