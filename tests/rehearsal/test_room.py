"""Simulated participants at a real server: what they count is true, and what is lost is seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result
from myths.answer import Answer
from myths.cli import main
from myths.errors import MythsError
from myths.rehearsal import (
    CrowdPlan,
    Guest,
    GuestError,
    Outcome,
    RehearsalSummary,
    rehearse,
    room,
    summarize,
)
from myths.rehearsal.outcome import Sent
from myths.store import AskedQuestion, Store, open_store
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse

from tests.server.conftest import Running, serving
from tests.threads import apart, finish

KEYS = [f"{number:08d}-0000-4000-8000-000000000000" for number in range(4)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("rehearsal") / "workshop.sqlite") as running:
        yield running


def command(server: Running, *options: str, link: str = "") -> Result:
    arguments = ("--db", server.db, "--url", link or server.url("/"), *options)
    return apart(CliRunner().invoke, main, ["rehearse", *arguments])


def test_three_people_who_come_at_once_are_served_and_nothing_is_lost(
    server: Running, tmp_path: Path
):
    raw = tmp_path / "numbers.json"
    quick = ("--ramp", "0", "--seconds", "0.2", "--duration", "1.5", "--modules", "risk")
    result = command(server, "--people", "3", *quick, "--json", str(raw))
    assert result.exit_code == 0, result.output
    told = json.loads(raw.read_text())
    found = told["figures"]
    assert (found["joined"], found["pages"], found["lost"], found["doubled"]) == (3, 3, 0, 0)
    assert found["sent"] == found["acknowledged"] > 3
    assert 0 < found["acknowledged_p50"] <= found["acknowledged_p95"] < 60
    assert 0 < found["usable_first"] <= found["usable_median"] <= found["usable_last"]
    kept = server.store.answers(workshop=told["plan"]["code"], history=True, rehearsal=True)
    assert len(kept) == found["sent"]
    assert kept["rehearsal"].all()


def test_a_rehearsal_goes_through_the_modules_of_its_workshop(server: Running, tmp_path: Path):
    modules = ["harm", "risk"]
    code = server.store.open_workshop(rehearsal=True, modules=modules, short=True).code
    raw, quick = tmp_path / "numbers.json", ("--ramp", "0", "--seconds", "0.2", "--duration", "2")
    link = server.url(f"/?w={code}")
    result = command(server, "--people", "1", *quick, "--json", str(raw), link=link)
    assert result.exit_code == 0, result.output
    told = json.loads(raw.read_text())
    assert (told["plan"]["modules"], told["figures"]["pages"]) == (modules, 2)
    assert told["figures"]["lost"] == 0


def test_somebody_who_changes_every_answer_keeps_their_first_tries(server: Running):
    code = server.store.open_workshop(rehearsal=True).code
    quick = CrowdPlan(
        url=server.link, code=code, people=1, seconds=0.02, duration=4, modules=("risk",)
    )
    outcome = finish(rehearse(quick))
    found = summarize(quick, outcome, store=server.store)
    said = server.store.answers(workshop=code, history=True, rehearsal=True)
    assert {"before", "after"} <= {*said.query("kind == 'recall'")["phase"]}
    assert said.duplicated(["item", "phase"]).any()
    assert (found.lost, found.doubled, len(said)) == (0, 0, found.sent)


class Full:
    """A server that is full twice, then gives a page without widgets."""

    def __init__(self) -> None:
        self.codes = [503, 503, 200]

    async def fetch(self, request: HTTPRequest, *, raise_error: bool) -> HTTPResponse:
        assert not raise_error
        return HTTPResponse(request, self.codes.pop(0), buffer=BytesIO(b"<main></main>"))


def test_a_page_that_finds_the_server_full_is_loaded_again():
    server = Full()
    guest = Guest("http://room.example", cast("AsyncHTTPClient", server))
    guest.pause = (0, 0)
    with pytest.raises(GuestError, match="without its widgets"):
        finish(guest.open("risk"))
    assert server.codes == []


@dataclass
class Seen:
    """What one guest met who opened a page twice, was refused, and whose kernel then ended."""

    bytes: int = 0
    first: int = 0
    second: int = 0
    refused: str = ""
    reopened: int = 0
    kept: RehearsalSummary | None = None


@pytest.fixture(scope="module")
def seen(server: Running) -> Seen:
    seen, code = Seen(), server.store.open_workshop(rehearsal=True).code

    async def visit() -> None:
        async with room(server.link, 1) as (guest,):
            await guest.join(code)
            first = await guest.open("risk")
            seen.first, seen.bytes = first.requests, first.bytes
            seen.second = (await guest.open("risk")).requests
            try:
                await guest.answer("risk.myth.before", value=99)
            except GuestError as refused:
                seen.refused = str(refused)
            guest.patience = 0.5
            await guest._say_goodbye()  # the kernel ends while the page stays
            seconds = await guest.answer("risk.myth.before", key=KEYS[0], value=2)
            seen.reopened = guest.reopened
            sent = [Sent(KEYS[0], 2, None, seconds)]
            seen.kept = summarize(
                plan(code), Outcome(sent=sent, joined=1, last=1), store=server.store
            )

    finish(visit())
    return seen


def test_a_first_page_is_counted_with_its_files_and_a_second_one_without(seen: Seen):
    assert seen.first > seen.second == 2  # the page and its wire
    assert seen.bytes > 10_000


def test_a_refused_answer_is_a_failure_and_not_a_save(seen: Seen):
    assert "refused" in seen.refused


def test_a_page_whose_kernel_has_ended_is_opened_again_and_the_answer_kept_once(seen: Seen):
    assert seen.reopened == 1
    assert seen.kept
    assert (seen.kept.lost, seen.kept.doubled) == (0, 0)


def test_people_do_not_answer_in_a_real_workshop(server: Running):
    result = command(server, link=server.link)
    assert result.exit_code == 1
    assert "--rehearsal" in result.stderr
    assert server.store.participants(workshop=server.code).empty


def test_a_room_that_nobody_lets_in_fails_in_one_sentence(server: Running):
    nobody = CrowdPlan(url=server.link, code="NOSUCH", people=2, ramp=0)
    with pytest.raises(MythsError, match="NOSUCH"):
        finish(rehearse(nobody))


def test_a_server_that_is_not_there_is_told_in_one_sentence(server: Running):
    code = server.store.open_workshop(rehearsal=True).code
    result = command(server, "--people", "1", link=f"http://127.0.0.1:1/?w={code}")
    assert result.exit_code == 1
    assert "127.0.0.1:1" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def plan(code: str) -> CrowdPlan:
    return CrowdPlan(url="", code=code, people=1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'store.sqlite'}", create=True)


def look(store: Store, kept: list[Answer], sent: list[Sent]) -> RehearsalSummary:
    """Sum up a rehearsal whose answers `kept` are in the store."""
    code = store.open_workshop(rehearsal=True).code
    name = store.join(code, language="en", consent="").participant
    for number, given in enumerate(kept):
        item = AskedQuestion("risk", f"item{number}", "after", "rating", "en", "w", {})
        store.save(name, item, given)
    return summarize(plan(code), Outcome(sent=sent, joined=1, first=0, last=1), store=store)


def test_an_acknowledged_answer_that_the_store_has_not_is_lost(store: Store):
    sent = [Sent(KEYS[0], 1, None, 0.1), Sent(KEYS[1], 2, None, 0.1)]
    found = look(store, [Answer(KEYS[0], 1.0)], sent)
    assert (found.acknowledged, found.lost, found.fine) == (2, 1, False)


def test_an_answer_kept_with_another_value_is_lost(store: Store):
    assert look(store, [Answer(KEYS[0], 5.0)], [Sent(KEYS[0], 1, None, 0.1)]).lost == 1


def test_an_answer_that_nobody_sent_is_kept_twice(store: Store):
    kept = [Answer(KEYS[0], 1.0), Answer(KEYS[1], 1.0)]
    found = look(store, kept, [Sent(KEYS[0], 1, None, 0.1)])
    assert (found.lost, found.doubled, found.fine) == (0, 1, False)


def test_without_a_look_into_the_store_an_answer_without_receipt_is_lost():
    sent = [Sent(KEYS[0], 1, None, 0.1), Sent(KEYS[1], 1, None, None)]
    found = summarize(plan(""), Outcome(sent=sent, joined=1, first=0, last=1))
    assert (found.lost, found.doubled, found.fine) == (1, None, False)
