"""A small folder of content with a language that was just begun."""

from __future__ import annotations

from pathlib import Path

import pytest
from myths.localization import Translations, begin_language

from tests.catalog import sample_content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = sample_content.copy(tmp_path / "content")
    begin_language(folder, "de")
    return folder


@pytest.fixture
def german(content: Path) -> Translations:
    return Translations(content, "de")
