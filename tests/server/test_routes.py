"""A workshop shows its own modules in its own order; in ten minutes, what these hold."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from myths import catalog

from tests.server.conftest import Running, Visitor, read
from tests.server.wire import Wire, key

CATALOG = catalog.load()
ERRORS = CATALOG.ui.errors


@contextmanager
def inside(server: Running, **route: Any) -> Iterator[Visitor]:
    """Somebody who has joined a workshop with that route."""
    code = server.store.open_workshop(**route).code
    with Visitor(replace(server, code=code)) as visitor:
        visitor.join()
        visitor.send("/code", do="kept")
        yield visitor


def listed(wire: Wire) -> list[str]:
    """The addresses of the parts that a page lists, in their order."""
    return re.findall(r'<a href="([^"]+)" data-part="', wire.page.text)


def kinds(wire: Wire) -> set[str]:
    """What there is to read on a page."""
    return set(re.findall(r"myths-block-([a-z]+)", wire.html)) | set(
        re.findall(r'class="myths myths-([a-z]+)', wire.html)
    )


def prompts(wire: Wire) -> list[str]:
    """What a page asks the room to talk about, and to write on its card."""
    talk = wire.html.partition("myths-discussion")[2].partition("myths-timer")[0]
    return [html.unescape(each) for each in re.findall(r"<(?:li|span)>([^<]*)<", talk)]


def steps(wire: Wire) -> list[str]:
    return re.findall(r'<section class="step" id="([^"]+)"', wire.page.text)


def places(wire: Wire) -> dict[str, Any]:
    """Where somebody has been, as a page's script is told."""
    found = re.search(r'id="places">(.*?)</script>', wire.page.text)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def headings(wire: Wire) -> set[str]:
    found = re.findall(r"(?s)<(?:h\d|summary)\b[^>]*>(.*?)</(?:h\d|summary)>", wire.html)
    return {html.unescape(re.sub(r"<[^>]*>", "", words)).strip() for words in found}


def of_the_page(wire: Wire) -> str:
    (title,) = re.findall(r"<title>(.*?)</title>", wire.page.text)
    return str(title)


def test_half_a_day_in_another_order_goes_from_part_to_part(server: Running):
    modules = ["mediation", "harm", "risk"]
    with inside(server, route="half-day", modules=modules, rehearsal=True) as visitor:
        walk = ["start", *modules, "closing"]
        for number, slug in enumerate(walk, start=1):
            wire = Wire(visitor, slug)
            assert listed(wire) == [f"/m/{part}" for part in walk]
            assert of_the_page(wire) == CATALOG.ui.page.tab_part.format(number=number, total=5)
            wire.shut_down()
        wire = Wire(visitor, "followup")
        asked = dict.fromkeys(each.split(".")[0] for each in wire.questions)
        assert [slug for slug in asked if slug in CATALOG.series.modules] == modules
        wire.shut_down()


def test_a_module_that_is_not_in_the_workshop_leads_on_kindly(server: Running):
    with inside(server, modules=["harm"]) as visitor:
        away = visitor.get("/m/risk")
        assert away.status_code == 404
        assert ERRORS.not_here_heading in read(away)
        assert 'href="/m/start"' in away.text
        Wire(visitor, "harm").shut_down()
        assert 'href="/m/harm#view"' in visitor.get("/m/risk").text
        nowhere = visitor.get("/m/nowhere")
        assert nowhere.status_code == 404
        assert ERRORS.not_found in read(nowhere)


def test_two_workshops_at_one_time_never_get_each_others_page(server: Running):
    routes: list[dict[str, Any]] = [
        {"modules": ["risk", "harm"]},
        {"modules": ["harm", "risk"]},
        {"modules": ["risk"], "short": True},
        {},
    ]
    shown = [("risk", "harm"), ("harm", "risk"), ("risk",), CATALOG.series.modules]
    for _ in range(2):  # the second time all are ready
        for route, modules in zip(routes, shown, strict=True):
            with inside(server, **route) as visitor:
                wire = Wire(visitor, "risk")
                assert listed(wire) == [f"/m/{part}" for part in ("start", *modules, "closing")]
                assert ("risk.myth.after" in wire.questions) is not route.get("short", False)
                wire.shut_down()


def test_in_ten_minutes_a_page_holds_what_ten_minutes_hold(server: Running):
    module = CATALOG.module("harm")
    with inside(server, route="ten-minutes", modules=["harm"], short=True) as visitor:
        wire = Wire(visitor, "harm")
        asked = [i.id for i in module.items if i.keyed or i.kind == "confidence"]
        assert list(wire.questions) == [f"harm.{item}.before" for item in asked]
        for question in wire.questions:
            assert wire.answer(question, {"key": key(), "value": 2})["state"] == "saved"
        assert {"core", "takeaway", "discussion"} <= kinds(wire)
        left_out = {"myth", "misleads", "facts", "box", "folded", "vignette", "recall"}
        assert not left_out & kinds(wire)
        assert prompts(wire) == [module.challenge, module.card]
        (talk,) = (state for state in wire.states.values() if "minutes" in state)
        assert talk["minutes"] == 4
        sections = CATALOG.ui.sections
        assert not {sections.recall, sections.change, sections.commit} & headings(wire)
        assert steps(wire) == ["view", "facts", "story"]
        wire.shut_down()
        visitor.send("/place", page="harm", step="story", last="1")
        for slug in ("start", "closing"):
            wire, page = Wire(visitor, slug), CATALOG.page(slug)
            assert wire.questions == {}
            assert places(wire)["harm"] == {
                "steps": ["view", "story"],
                "step": "story",
                "done": True,
            }
            kept = {page.section(name).heading for name in page.short}
            gone = {each.heading for name, each in page.sections.items() if name not in page.short}
            assert kept <= headings(wire)
            assert not gone & (headings(wire) - {CATALOG.page("start").section("support").heading})
            wire.shut_down()
        assert "essentials" in CATALOG.page("start").short  # agreed to before, as one joins


def test_a_change_while_it_runs_shows_at_the_next_page_and_keeps_the_answers(server: Running):
    with inside(server, modules=["risk", "harm"]) as visitor:
        wire = Wire(visitor, "harm")
        assert wire.answer("harm.myth.before", {"key": key(), "value": 2})["state"] == "saved"
        server.store.change_workshop(visitor.server.code, modules=["funding"])
        assert wire.answer("harm.fact.before", {"key": key(), "value": 4})["state"] == "saved"
        wire.shut_down()
        assert visitor.get("/m/harm").status_code == 404
        assert 'href="/m/start"' in visitor.get("/leave").text  # not the page that is no more
        wire = Wire(visitor, "start")
        assert listed(wire) == ["/m/start", "/m/funding", "/m/closing"]
        wire.shut_down()
        own = read(visitor.get("/withdraw"))
        assert CATALOG.module("harm").title in own


def test_a_module_that_the_content_has_no_more_is_skipped(server: Running):
    with inside(server, modules=["bees", "harm"]) as visitor:
        wire = Wire(visitor, "harm")
        assert listed(wire) == ["/m/start", "/m/harm", "/m/closing"]
        wire.shut_down()
        assert visitor.get("/m/bees").status_code == 404


@pytest.mark.parametrize("modules", [["harm", "risk"], ["risk", "harm"]])
def test_own_answers_stand_in_the_workshops_order(server: Running, modules: list[str]):
    with inside(server, modules=modules) as visitor:
        for slug in ("risk", "harm"):
            wire = Wire(visitor, slug)
            wire.answer(f"{slug}.myth.before", {"key": key(), "value": 2})
            wire.shut_down()
        own = visitor.get("/withdraw").text
        places = [own.index(f'href="/m/{slug}') for slug in modules]
        assert places == sorted(places)
