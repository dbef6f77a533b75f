"""A trainer fills a rehearsal with made-up people at a button, and no other workshop."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from myths import catalog

from tests.forkserver.kernels import wait_until
from tests.server.conftest import Running, Visitor, read, serving, start

WORDS = catalog.load().ui.rehearsal


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("crowd") / "workshop.sqlite") as running:
        yield running


@pytest.fixture
def trainer(place: Running) -> Iterator[Visitor]:
    """Somebody who has the key, and sends away at the end whom they let come."""
    with Visitor(place) as someone:
        someone.send("/staff/", do="enter", key=place.store.new_staff_key())
        yield someone
        someone.send(f"/staff/{place.code}/rehearsal", do="stop")


def crowds(server: Running) -> list[psutil.Process]:
    """The made-up crowds that a server has started."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    return [each for each in children if "rehearse" in each.cmdline()]


def fill(trainer: Visitor, code: str, people: str = "5", minutes: str = "2"):
    return trainer.send(f"/staff/{code}/rehearsal", do="fill", people=people, minutes=minutes)


def test_people_come_answer_and_go_when_they_are_sent_away(place: Running, trainer: Visitor):
    code = place.store.open_workshop(rehearsal=True, modules=["risk"]).code
    assert WORDS.body in read(trainer.get(f"/staff/{code}"))
    assert fill(trainer, code).status_code == 303
    page = read(trainer.get(f"/staff/{code}"))
    assert WORDS.runs.of(5) in page
    assert WORDS.body not in page
    store = place.store
    wait_until(
        lambda: not store.answers(workshop=code, rehearsal=True).empty, "they answer", seconds=100
    )
    assert place.store.answers(workshop=code).empty
    (crowd,) = crowds(place)
    assert place.store.address not in " ".join(crowd.cmdline())  # it may have a password in it
    other = place.store.open_workshop(rehearsal=True).code
    full = fill(trainer, other)
    assert (full.status_code, WORDS.full in read(full)) == (409, True)
    trainer.send(f"/staff/{code}/rehearsal", do="stop")
    wait_until(lambda: not crowds(place), "they are gone")
    assert WORDS.body in read(trainer.get(f"/staff/{code}"))


@pytest.mark.parametrize(
    ("people", "minutes"),
    [("4", "2"), ("61", "2"), ("", "2"), ("5", "0"), ("5", "121"), ("x", "1"), ("-5", "1")],
)
def test_numbers_that_do_not_fit_bring_nobody(place: Running, trainer: Visitor, people, minutes):
    code = place.store.open_workshop(rehearsal=True).code
    answer = fill(trainer, code, people, minutes)
    assert (answer.status_code, WORDS.unfit in read(answer)) == (400, True)
    assert f'value="{people}"' in answer.text
    assert crowds(place) == []


def test_nobody_made_up_comes_to_an_ordinary_workshop(place: Running, trainer: Visitor):
    code = place.store.open_workshop().code
    assert WORDS.heading not in read(trainer.get(f"/staff/{code}"))
    assert fill(trainer, code).status_code == 404
    assert trainer.send("/staff/NOSUCH/rehearsal", do="fill").status_code == 404
    with Visitor(place) as stranger:
        rehearsal = place.store.open_workshop(rehearsal=True).code
        for do in ("fill", "new", "stop"):
            told = {"do": do, "people": "5", "minutes": "1"}
            assert stranger.send(f"/staff/{rehearsal}/rehearsal", **told).status_code == 403
    assert crowds(place) == []


def test_a_workshop_is_rehearsed_with_the_same_settings(place: Running, trainer: Visitor):
    real = place.store.open_workshop(
        title="Courts", audience="courts", route="half-day", modules=["harm", "risk"], k=7
    )
    answer = trainer.send(f"/staff/{real.code}/rehearsal", do="new")
    made = place.store.workshop(answer.headers["Location"].rpartition("/")[2])
    assert made.rehearsal
    for name in ("title", "audience", "route", "modules", "short", "k", "zone", "country"):
        assert getattr(made, name) == getattr(real, name)
    assert WORDS.new_body not in read(trainer.get(answer.headers["Location"]))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_made_up_people_end_with_the_server(tmp_path: Path, how: signal.Signals):
    running = start(tmp_path / "workshop.sqlite")
    code = running.store.open_workshop(rehearsal=True).code
    with Visitor(running) as trainer:
        trainer.send("/staff/", do="enter", key=running.store.new_staff_key())
        assert fill(trainer, code).status_code == 303
    (crowd,) = crowds(running)
    os.kill(running.process.pid, how)
    running.process.wait(20)
    wait_until(lambda: not crowd.is_running(), "they ended")
