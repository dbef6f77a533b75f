"""Trainers choose a route and the order of the modules by forms that need no script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from myths import catalog

from tests.server.conftest import Running, Visitor, read

CATALOG = catalog.load()
SERIES, STAFF = CATALOG.series, CATALOG.ui.staff


@pytest.fixture
def trainer(server: Running) -> Iterator[Visitor]:
    with Visitor(server) as someone:
        someone.send("/staff/", do="enter", key=server.store.new_staff_key())
        yield someone


def places(**places: int) -> dict[str, str]:
    return {f"place-{slug}": str(place) for slug, place in places.items()}


def chosen(page: str) -> dict[str, str]:
    """The places that a form shows as chosen, by module."""
    selects = re.findall(r'(?s)<select id="place-([a-z-]+)".*?</select>', page)
    texts = re.findall(r"(?s)<select id=\"place-.*?</select>", page)
    found = {
        slug: re.findall(r'value="(\d+)" selected', text)
        for slug, text in zip(selects, texts, strict=True)
    }
    return {slug: values[0] for slug, values in found.items() if values}


def title(slug: str) -> str:
    return CATALOG.module(slug).title


def test_how_many_have_joined_is_told_to_staff_only(server: Running, trainer: Visitor):
    room = server.another_workshop()
    with Visitor(room) as someone:
        someone.join()
        assert someone.get(f"/staff/{room.code}/joined").status_code == 403
    assert read(trainer.get(f"/staff/{room.code}/joined")) == STAFF.joined.of(1)
    assert trainer.get("/staff/NOSUCH/joined").status_code == 404


@pytest.mark.parametrize("route", SERIES.routes)
def test_a_route_says_how_long_it_takes_and_opens_with_its_modules(
    server: Running, trainer: Visitor, route: str
):
    words, way = CATALOG.routes[route], SERIES.routes[route]
    page = read(trainer.get("/staff/"))
    named = STAFF.route_modules.format(modules=", ".join(map(title, way.modules)))
    assert f"{words.name} {words.length} {named}" in page
    answer = trainer.send("/staff/", do="open", route=route)
    assert answer.status_code == 303, read(answer)
    made = server.store.workshops()[-1]
    assert (made.route, made.modules, made.short) == (route, way.modules, way.short)
    shown = read(trainer.get(answer.headers["Location"]))
    assert words.name in shown
    assert " ".join(map(title, way.modules)) in shown


def test_without_a_route_it_is_the_first_one(server: Running, trainer: Visitor):
    for sent in ({}, {"route": "no-such"}):
        trainer.send("/staff/", do="open", **sent)
        made = server.store.workshops()[-1]
        assert (made.route, made.modules) == ("full-day", SERIES.modules)


def test_a_trainer_takes_other_modules_in_another_order(server: Running, trainer: Visitor):
    order = places(harm=1, risk=3, funding=2)
    trainer.send("/staff/", do="open", route="half-day", **order)
    made = server.store.workshops()[-1]
    assert (made.route, made.modules) == ("half-day", ("harm", "funding", "risk"))


def test_two_modules_with_one_place_are_told_and_nothing_typed_is_lost(
    server: Running, trainer: Visitor
):
    before = server.store.workshops()
    order = places(harm=1, risk=2, funding=2)
    sent = {"title": "Monday", "audience": "courts", "k": "7", "route": "half-day", **order}
    answer = trainer.send("/staff/", do="open", **sent)
    assert answer.status_code == 400
    doubled = [slug for slug in SERIES.modules if slug in ("risk", "funding")]
    told = STAFF.same_place.format(place=2, modules=", ".join(map(title, doubled)))
    assert told in read(answer)
    assert server.store.workshops() == before
    assert chosen(answer.text) == {"harm": "1", "risk": "2", "funding": "2"}
    assert 'value="Monday"' in answer.text
    assert 'value="7"' in answer.text
    assert re.search(r'value="half-day" checked', answer.text)
    assert re.search(r'value="courts" selected', answer.text)
    assert answer.text.count('aria-invalid="true"') == 2


@pytest.mark.parametrize("wrong", ["0", "8", "-1", "1.5", "٣", "x", "99999999999"])
def test_what_is_no_place_is_none(server: Running, trainer: Visitor, wrong: str):
    sent = {"place-harm": wrong, "place-risk": "1"}
    assert trainer.send("/staff/", do="open", **sent).status_code == 303
    assert server.store.workshops()[-1].modules == ("risk",)


def test_the_modules_are_changed_on_the_workshops_page(server: Running, trainer: Visitor):
    code = server.store.open_workshop(modules=["harm", "risk"]).code
    page = trainer.get(f"/staff/{code}").text
    assert chosen(page) == {"harm": "1", "risk": "2"}
    answer = trainer.send(f"/staff/{code}", do="change", **places(funding=1, harm=2))
    assert answer.status_code == 303
    assert server.store.workshop(code).modules == ("funding", "harm")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, STAFF.none_chosen),
        (places(harm=3, risk=3), STAFF.same_place.partition("{")[0]),
    ],
)
def test_a_change_that_cannot_be_is_told_and_changes_nothing(
    server: Running, trainer: Visitor, sent: dict[str, str], told: str
):
    code = server.store.open_workshop(modules=["harm", "risk"]).code
    answer = trainer.send(f"/staff/{code}", do="change", **sent)
    assert answer.status_code == 400
    assert told.strip() in read(answer)
    assert len(chosen(answer.text)) == len(sent)
    assert server.store.workshop(code).modules == ("harm", "risk")


def test_a_module_that_is_not_in_the_content_any_more_is_told_to_the_trainer(
    server: Running, trainer: Visitor
):
    code = server.store.open_workshop(route="bees-only", modules=["bees", "harm"]).code
    page = read(trainer.get(f"/staff/{code}"))
    assert STAFF.gone_modules.format(modules="bees") in page
    assert "bees-only" in page
    assert "bees-only" in read(trainer.get("/staff/"))


def test_an_older_workshop_has_the_whole_series(server: Running, trainer: Visitor):
    code = server.store.open_workshop().code
    page = trainer.get(f"/staff/{code}")
    assert STAFF.whole_series in read(page)
    assert list(chosen(page.text)) == list(SERIES.modules)


def test_without_the_key_nobody_changes_the_modules(server: Running):
    code = server.store.open_workshop(modules=["harm"]).code
    with Visitor(server) as stranger:
        assert stranger.send(f"/staff/{code}", do="change", **places(risk=1)).status_code == 403
    assert server.store.workshop(code).modules == ("harm",)
