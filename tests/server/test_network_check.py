"""The page on which a phone tries out the network: it works for everybody and keeps nothing."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from myths import catalog
from myths.server.join_address import JoinAddress
from myths.store import Store, open_store
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from tests.server.conftest import Running, Visitor, command, launch, read, serving, stop
from tests.store.stores import held
from tests.threads import finish

UI = catalog.load().ui
WORDS, SETTINGS = UI.network, UI.workshop


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("network") / "workshop.sqlite", "--ip", "0.0.0.0") as it:  # noqa: S104
        yield it


@pytest.fixture
def phone(place: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{place.port}") as client:
        yield client


def test_a_phone_reads_what_works_and_nothing_is_kept(place: Running, phone: httpx.Client):
    before = held(place.store)
    page = phone.get("/test")
    assert page.status_code == 200
    assert WORDS.reached.format(address=f"127.0.0.1:{place.port}") in read(page)
    assert WORDS.script_off in read(page)  # until a script says otherwise
    sent = phone.post("/test")
    assert (sent.status_code, WORDS.saving in read(sent)) == (200, True)
    assert WORDS.partly in read(sent)
    assert not phone.cookies
    assert "set-cookie" not in {*page.headers, *sent.headers}
    assert held(place.store) == before


def test_a_database_that_takes_nothing_is_told(tmp_path: Path):
    with serving(tmp_path / "workshop.sqlite") as running, running.store.writing():
        answer = httpx.post(f"{running.url('/test')}", timeout=60)
    assert (answer.status_code, WORDS.saving_off in read(answer)) == (503, True)
    assert WORDS.broken in read(answer)


def test_the_live_line_says_what_it_hears_and_no_more(place: Running):
    address = f"ws://127.0.0.1:{place.port}/test/line"

    async def speak() -> None:
        line = await websocket_connect(address)
        await line.write_message("?" * 1000)
        assert await line.read_message() == "?" * 100
        line.close()
        with pytest.raises(HTTPClientError):  # from a page of another site
            await websocket_connect(HTTPRequest(address, headers={"Origin": "http://evil.example"}))

    finish(speak())


def test_whoever_sends_it_all_the_time_waits(tmp_path: Path):
    async def insist(url: str) -> list[int]:
        limits = httpx.Limits(max_connections=400)
        async with httpx.AsyncClient(limits=limits, timeout=2) as client:
            sent = [asyncio.ensure_future(client.post(url)) for _ in range(400)]
            done, waiting = await asyncio.wait(sent, timeout=20)
            for each in waiting:
                each.cancel()
            return [each.result().status_code for each in done if each.exception() is None]

    with serving(tmp_path / "workshop.sqlite") as running:
        codes = finish(insist(running.url("/test")))
    assert codes.count(200) < 300


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server on a computer that is in several networks."""
    db = tmp_path_factory.mktemp("several") / "workshop.sqlite"
    more = {"PYTHONPATH": str(Path(__file__).parent / "networks")}
    everywhere = command(db, "--ip", "0.0.0.0")  # noqa: S104
    running = launch(everywhere, f"sqlite:///{db}", db.with_suffix(".log"), more=more)
    yield running
    stop(running)


def test_a_trainer_chooses_the_address_and_it_is_kept(several: Running):
    wifi, vpn = (f"http://{ip}:{several.port}" for ip in ("10.77.0.2", "100.64.0.5"))
    with Visitor(several) as trainer:
        trainer.http.base_url = httpx.URL(f"http://127.0.0.1:{several.port}")
        trainer.send("/staff/", do="enter", key=several.store.new_staff_key())
        code = several.store.open_workshop().code
        offered = re.findall(r'name="address" value="([^"]+)"', trainer.get(f"/staff/{code}").text)
        assert set(offered) >= {wifi, vpn}
        assert offered.index(wifi) < offered.index(vpn) == len(offered) - 1
        for chosen in (vpn, wifi):
            trainer.send(f"/staff/{code}", do="address", address=chosen)
            page = trainer.get(f"/staff/{code}")
            assert f"{chosen}/?w={code}" in page.text
            assert f"{chosen}/test" in page.text
            assert f'value="{chosen}" checked' in page.text
            assert SETTINGS.test_hotspot in read(page)
            wall = trainer.http.post(
                f"/staff/{code}/projector",
                content=json.dumps({"seen": ""}),
                headers={"X-XSRFToken": trainer.secret, "Content-Type": "application/json"},
            )
            assert chosen.split("//")[1] in wall.json()["html"]
        trainer.send(f"/staff/{code}", do="address", address="http://evil.example")
        assert "evil" not in trainer.get(f"/staff/{code}").text
    assert several.store.join_address() == wifi


def test_an_address_that_is_gone_is_chosen_no_more(tmp_path: Path):
    store: Store = open_store(f"sqlite:///{tmp_path}/room.sqlite", create=True)
    store.keep_join_address("http://192.0.2.9:8866")
    assert JoinAddress(store, ip="127.0.0.1", port=8866).chosen == ""
    here = JoinAddress(store, ip="127.0.0.1", port=8866)
    here.choose("http://127.0.0.1:8866")
    assert JoinAddress(store, ip="127.0.0.1", port=8866).chosen == "http://127.0.0.1:8866"


def test_the_address_of_one_computer_is_not_merged_into_another(tmp_path: Path):
    one, other = (
        open_store(f"sqlite:///{tmp_path}/{name}.sqlite", create=True) for name in ("one", "other")
    )
    other.keep_join_address("http://10.0.0.7:8866")
    one.merge(other)
    assert one.join_address() == ""
