"""A small folder of content to break, and ways to break it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from myths import catalog

from tests.catalog import sample_content

TODAY = date(2026, 3, 1)
ADVISING = ("terms.", "word-list.")  # files without which all words are shown

Break = Callable[[str, str, str], Path]
Complain = Callable[..., list[str]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the sample that has no fault."""
    return sample_content.copy(tmp_path / "content")


@pytest.fixture
def edit(content: Path) -> Break:
    """Replace words in a file of the copy."""

    def edit(file: str, old: str, new: str) -> Path:
        path = content / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return path

    return edit


@pytest.fixture
def complaints(content: Path) -> Complain:
    """What `check` says about the copy."""

    def complaints(**options: object) -> list[str]:
        found = catalog.check(content, today=TODAY, **options)  # type: ignore[arg-type]
        first = catalog.check(content, today=TODAY, advice=False, **options)  # type: ignore[arg-type]
        assert [p for p in first if p.severity == "error"] == [
            p for p in found if p.severity == "error" and not Path(p.file).name.startswith(ADVISING)
        ]
        return [str(p) for p in found]

    return complaints
