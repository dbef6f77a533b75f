"""Facts stick better than myths, each case has an ending, and a programme can be questioned."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from myths import catalog
from myths.vocabulary import Audience

CATALOG = catalog.load(Path(__file__).parents[2] / "content")
MODULES = CATALOG.series.modules


def words(html: str) -> list[str]:
    return catalog.plain(html).split()


def points(html: str) -> list[str]:
    return [
        catalog.plain(point).strip() for point in re.findall(r"<li>(.*?)</li>", html, re.DOTALL)
    ]


@pytest.mark.parametrize("slug", MODULES)
def test_the_myth_takes_less_room_than_the_fact(slug: str):
    module = CATALOG.module(slug)
    assert len(words(module.myth)) < len(words(module.core))


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("slug", MODULES)
def test_each_case_fits_a_reading_aloud_and_has_an_ending(slug: str, audience: Audience):
    case = CATALOG.module(slug, audience=audience).vignette
    assert 110 <= len(words(case.text)) <= 190
    assert 60 <= len(words(case.next)) <= 120


def test_no_two_cases_are_told_under_one_name():
    titles = {CATALOG.module(slug).vignette.title for slug in MODULES}
    assert len(titles) == len(MODULES)


@pytest.mark.parametrize("slug", MODULES)
def test_the_belief_is_answered_in_two_sentences(slug: str):
    challenge = CATALOG.module(slug).prompts["challenge"]
    assert '"' in challenge
    assert "in two sentences" in challenge


@pytest.mark.parametrize("slug", MODULES)
def test_each_module_leaves_one_card_and_questions_to_ask_a_programme(slug: str):
    module = CATALOG.module(slug)
    assert module.card.endswith("?")
    assert 1 <= len(points(module.boxes["ask"].text)) <= 2


def test_the_ten_questions_of_the_closing_are_those_of_the_modules():
    asked = [point for slug in MODULES for point in points(CATALOG.module(slug).boxes["ask"].text)]
    ten = points(CATALOG.page("closing").sections["questions"].text)
    assert len(ten) == 10
    assert sorted(ten) == sorted(asked)


def test_risk_names_the_signs_that_mean_act_today():
    signs = catalog.plain(CATALOG.module("risk").boxes["signs"].text)
    for sign in ("throat", "weapon", "follows", "controls", "leaving", "kill"):
        assert sign in signs


def test_each_source_can_be_opened():
    sources = CATALOG.page("closing").sections["sources"].text
    entries = re.findall(r"<li>(.*?)</li>", sources, re.DOTALL)
    assert len(entries) >= 9
    assert all('href="https://' in entry for entry in entries)


def test_the_question_whether_it_works_has_sources_and_no_promise():
    works = CATALOG.page("closing").sections["works"].text
    sources = catalog.plain(CATALOG.page("closing").sections["sources"].text)
    for name in ("Wilson", "Vigurs", "Westmarland"):
        assert name in catalog.plain(works)
        assert name in sources
    assert "could not show" in " ".join(words(works))
