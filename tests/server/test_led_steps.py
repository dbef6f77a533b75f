"""What a trainer leads is what the phones have: the same steps, and on each the same questions."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from myths import catalog
from myths.console import plan
from myths.vocabulary import SeriesPage

from tests.adapted import adapted, cut
from tests.server.conftest import Running, Visitor, serving
from tests.server.test_routes import inside

CATALOG = catalog.load()
Steps = list[tuple[str, str, set[str]]]  # each with its title, and what is voted on


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = adapted(tmp_path_factory.mktemp("adapted"))
    cut(copy / "participants" / "06_harm.ipynb")
    return copy


@pytest.fixture(scope="module")
def adapting(notebooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    db = tmp_path_factory.mktemp("store") / "workshop.sqlite"
    with serving(db, "--notebooks", str(notebooks)) as running:
        yield running


ASKED = re.compile(r'myths-(?:rating|choice|recall) myths-question" data-myths-item="([^"]+)"')
ALONE = {  # what the last page asks is for the evaluation, and nobody votes on it
    f"closing.{item.id}.after" for item in CATALOG.page("closing").items if item.kind == "rating"
}


def on_page(visitor: Visitor, slug: str) -> Steps:
    """Read the steps of a page, and what is asked on each beside what people write."""
    found = re.split('<section class="step" id="', visitor.get(f"/m/{slug}").text)[1:]
    steps = []
    for each in found:
        named = re.match(r'([^"]+)" data-title="([^"]*)"', each)
        assert named
        steps.append((named[1], html.unescape(named[2]), {*ASKED.findall(each)} - ALONE))
    return steps


def led(part: plan.LedPart) -> Steps:
    return [
        (
            step.slug or "page",
            step.title,
            {
                f"{part.slug}.{item.id}.{vote.phase}"
                for vote in step.votes
                for item in vote.questions
            },
        )
        for step in part.steps
    ]


@pytest.mark.parametrize(
    "settings",
    [
        {"modules": ["risk", "harm"]},
        {"modules": ["risk", "harm"], "route": "ten-minutes", "short": True},
    ],
    ids=["whole", "short"],
)
def test_the_steps_of_a_trainers_notebook_are_led_as_phones_have_them(
    adapting: Running, notebooks: Path, settings: dict[str, Any]
):
    with inside(adapting, **settings) as visitor:
        workshop = adapting.store.workshop(visitor.server.code)
        parts = plan.parts(CATALOG, workshop, notebooks / "participants")
        assert [part.slug for part in parts] == ["start", "risk", "harm", "closing"]
        for part in parts:
            assert on_page(visitor, part.slug) == led(part)
        own = [step for part in parts for step in part.steps if not step.kind]
        assert [step.title for step in own][1:] == ["In our town", "One more", "A word before"]


def test_the_steps_of_every_part_of_the_series_are_led_as_phones_have_them(server: Running):
    with inside(server) as visitor:
        parts = plan.parts(CATALOG, server.store.workshop(visitor.server.code))
        for part in parts:
            assert on_page(visitor, part.slug) == led(part)
        assert {part.slug for part in parts} == {
            *CATALOG.series.modules,
            SeriesPage.START,
            SeriesPage.CLOSING,
        }
