"""Each audience is asked about its own work, and meets a case of its own twice in a day."""

from __future__ import annotations

from pathlib import Path

import pytest
from myths import catalog
from myths.catalog import ModuleContent
from myths.module import Module
from myths.occasion import Occasion
from myths.session_request import SessionRequest
from myths.vocabulary import Audience, Kind

CONTENT = Path(__file__).parents[2] / "content"
CATALOG = catalog.load(CONTENT)
MODULES = CATALOG.series.modules
OWN = [each for each in Audience if each is not Audience.MIXED]
# Who decides in the case that everybody else reads.
DECIDES = {
    "risk": Audience.POLICE,
    "womens-services": Audience.WOMENS_SERVICES,
    "only-men": Audience.SOCIAL,
    "mediation": Audience.COURTS,
    "manipulation": Audience.POLICE,
    "funding": Audience.POLICY,
}


def written(module: ModuleContent) -> dict[str, str]:
    return {item.id: item.question for item in module.items if item.kind is Kind.TEXT}


@pytest.mark.parametrize("slug", MODULES)
@pytest.mark.parametrize("audience", OWN)
def test_an_audience_is_asked_about_its_own_work_and_all_else_is_the_same(slug: str, audience: str):
    own, others = CATALOG.module(slug, audience=audience), CATALOG.module(slug)
    changed = {name for name in own.prompts if own.prompts[name] != others.prompts[name]}
    assert changed == {"practice"}
    assert [item.id for item in own.items] == [item.id for item in others.items]
    asked, asked_others = written(own), written(others)
    assert {name for name in asked if asked[name] != asked_others[name]} == {"practice"}
    hashes = {item.id: item.wording for item in others.items}
    apart = [item.id for item in own.items if item.wording != hashes[item.id]]
    assert apart == ["practice"]  # so that answers to two questions are never pooled in silence


def test_no_two_audiences_are_asked_the_same():
    asked = [
        CATALOG.module(slug, audience=each).prompts["practice"] for slug in MODULES for each in OWN
    ]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("audience", OWN)
def test_an_audience_meets_a_case_of_its_own_twice_in_a_day(audience: str):
    of_their_own = [
        slug
        for slug in MODULES
        if CATALOG.module(slug, audience=audience).vignette.title
        != CATALOG.module(slug).vignette.title
    ]
    theirs = [slug for slug, who in DECIDES.items() if who == audience and slug not in of_their_own]
    assert len(of_their_own) + len(theirs) >= 2, (of_their_own, theirs)


def test_a_page_has_the_words_for_the_audience_of_its_workshop(monkeypatch: pytest.MonkeyPatch):
    request = SessionRequest(
        db="sqlite://", content=str(CONTENT), occasion=Occasion(audience="courts")
    )
    for name, value in request.environment().items():
        monkeypatch.setenv(name, value)
    assert Module("manipulation").vignette().title == "One page for the court"
    assert Module("mediation").vignette().title == "Before the hearing"
