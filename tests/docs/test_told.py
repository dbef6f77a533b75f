"""What a review found unsaid is told, where its reader looks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
TOLD = {
    "a widget keeps nothing": (
        "trainers/index.md",
        "It keeps nothing: for an answer use `module.ask`",
    ),
    "a question is left out": ("trainers/index.md", "to leave it out, take its cell out"),
    "a sheet for the wall": ("trainers/index.md", "one sheet for the wall"),
    "the first start": ("decisions/0028-changed-workshops.md", "the first start opens a workshop"),
    "a question without a before": ("evaluators/index.md", "None of them has a before"),
    "why it has none": ("decisions/0040-asked-once.md", "Why not at the start"),
    "needs": ("decisions/0041-left-to-the-place.md", "Questionnaire of needs"),
    "slides": ("decisions/0041-left-to-the-place.md", "Slides: none"),
    "sharing": ("decisions/0041-left-to-the-place.md", "Templates for sharing information: none"),
    "referrals": ("decisions/0041-left-to-the-place.md", "Map of referrals"),
    "an own limiter": ("decisions/0042-own-limiter-and-pieces.md", "the limiter stays"),
    "a million rows": ("decisions/0042-own-limiter-and-pieces.md", "the export reads in pieces"),
}


@pytest.mark.parametrize(("page", "words"), TOLD.values(), ids=TOLD)
def test_it_is_told(page: str, words: str):
    assert words in " ".join((DOCS / page).read_text("utf-8").split())
