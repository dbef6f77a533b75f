"""The reports that these tests read: of the made-up workshops, with texts coded and without."""

from __future__ import annotations

from pathlib import Path

import myths
import pytest
from myths.evaluation.reports import Report
from myths.samples import make

from tests.evaluation.reports.reading import DAY


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("rehearsed") / "rehearsal.sqlite")


@pytest.fixture(scope="session")
def full(rehearsed: Path) -> Report:
    return myths.report(rehearsed, rehearsal=True, day=DAY)


@pytest.fixture(scope="session")
def coded(rehearsed: Path, tmp_path_factory: pytest.TempPathFactory) -> myths.Coding:
    """Two coders who differ now and then about what was learned."""
    folder = tmp_path_factory.mktemp("coded")
    coding = myths.Coding(folder, db=rehearsed, rehearsal=True, items=["learned"])
    coding.add("cooperation", name="Working together", definition="Speaks of working together.")
    for name in ("one", "two"):
        coder = coding.coder(name)
        for place, text in enumerate(sorted(coder.texts, key=lambda text: text.id)):
            if len(text.words) % 2 and (name == "one" or place % 9):
                coder.toggle(text.id, "cooperation")
            else:
                coder.none(text.id)
        coder.finish()
    found = coding.settled()
    coding.approve(found.loc[found["code"].notna(), "text"].unique())  # all of them are made up
    return coding


@pytest.fixture
def unfinished(rehearsed: Path, tmp_path: Path) -> myths.Coding:
    """One coder, who has not finished."""
    coding = myths.Coding(tmp_path / "coding", db=rehearsed, rehearsal=True, items=["risk.learned"])
    coding.add("doubt", name="Doubt", definition="Speaks of doubt.")
    coder = coding.coder("anna-somebody")
    for text in coder.texts:
        coder.toggle(text.id, "doubt")
    return coding


@pytest.fixture(scope="session")
def quoted(rehearsed: Path, coded: myths.Coding) -> Report:
    return myths.report(rehearsed, rehearsal=True, day=DAY, coding=coded.folder)
