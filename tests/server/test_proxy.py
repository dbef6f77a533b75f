"""Behind a proxy with https: cookies go over https only, and links lead to the proxy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
import pytest
import websocket
from click.testing import CliRunner
from myths import catalog
from myths.cli import main

from tests.server.conftest import Running, Visitor, serving
from tests.server.guesser import Guesser
from tests.server.test_staff import enter, opened
from tests.server.wire import cookies

HOST = "workshop.example.org"
ERRORS = catalog.load().ui.errors


class Proxy(httpx.BaseTransport):
    """Ends https for a browser and passes its requests on, with the address they came from."""

    def __init__(self, to: Running, address: str) -> None:
        self._to, self._address = to, address
        self._plain = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._to.port)
        passed = httpx.Request(request.method, url, headers=request.headers, stream=request.stream)
        told = [*filter(None, [request.headers.get("X-Forwarded-For")]), self._address]
        passed.headers["X-Forwarded-For"] = ", ".join(told)
        return self._plain.handle_request(passed)

    def close(self) -> None:
        self._plain.close()


def visitor_of(server: Running, address: str = "203.0.113.7") -> Visitor:
    visitor = Visitor(server)
    visitor.http.close()
    proxy = Proxy(server, address)
    visitor.http = httpx.Client(base_url=f"https://{HOST}/", transport=proxy, timeout=60)
    return visitor


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    db = tmp_path_factory.mktemp("proxied") / "workshop.sqlite"
    with serving(db, "--behind", f"https://{HOST}/") as running:
        (port,) = {
            each.laddr.port
            for each in psutil.Process(running.process.pid).net_connections("tcp")
            if each.status == psutil.CONN_LISTEN
        }
        yield replace(running, link=f"http://127.0.0.1:{port}/?w={running.code}")


def secure(answer: httpx.Response) -> dict[str, bool]:
    given = answer.headers.get_list("Set-Cookie")
    return {each.partition("=")[0]: "; secure" in each.lower() for each in given}


def test_the_links_that_are_printed_lead_to_the_proxy(proxied: Running):
    assert f"https://{HOST}/?w={proxied.code}\n" in proxied.told
    assert f"https://{HOST}/staff/ " in proxied.told


def test_every_cookie_goes_over_https_only(proxied: Running):
    visitor = visitor_of(proxied)
    assert secure(visitor.get("/")) == {visitor.cookie("xsrf"): True}
    said = {"code": proxied.code, "agree": "yes", "contributes": "yes"}
    assert secure(visitor.send("/", **said))[visitor.cookie()]
    assert secure(enter(visitor, proxied.store.new_staff_key()))[visitor.cookie("staff")]
    visitor.http.close()


def test_the_square_for_the_phones_leads_to_the_proxy(proxied: Running):
    visitor = visitor_of(proxied)
    enter(visitor, proxied.store.new_staff_key())
    address = opened(visitor)
    assert f"https://{HOST}/?w={address.rpartition('/')[2]}" in visitor.get(address).text
    visitor.http.close()


def test_a_page_finds_its_kernel(proxied: Running):
    visitor = visitor_of(proxied)
    visitor.join()
    told = re.search(r'id="kernel">(.*?)</script>', visitor.get("/m/risk").text)
    assert told
    kernel = json.loads(told[1])["id"]
    wire = websocket.create_connection(
        f"ws://127.0.0.1:{proxied.port}/api/kernels/{kernel}/channels",
        host=HOST,
        cookie=cookies(visitor),
        origin=f"https://{HOST}",
        timeout=30,
    )
    assert wire.connected
    wire.close()
    visitor.http.close()


def test_who_guesses_keeps_nobody_behind_another_address_waiting(proxied: Running):
    with (
        visitor_of(proxied) as visitor,
        visitor_of(proxied, "203.0.113.8") as other,
        Guesser(visitor, "/", code="ABSENT", agree="yes") as guesser,
    ):
        assert guesser.insist(["203.0.113.7"])
        assert other.join().status_code == 200


def test_behind_a_proxy_nobody_can_claim_another_address(proxied: Running):
    claimed = [f"198.51.100.{number}, 203.0.113.99" for number in range(200)]
    with (
        visitor_of(proxied) as visitor,
        Guesser(visitor, "/", code="ABSENT", agree="yes") as guesser,
    ):
        assert guesser.insist(claimed)


def test_without_a_proxy_nobody_can_claim_another_address(tmp_path: Path):
    claimed = [f"203.0.113.{number}" for number in range(200)]
    with (
        serving(tmp_path / "workshop.sqlite") as server,
        Visitor(server) as visitor,
        Guesser(visitor, "/", code="ABSENT", agree="yes") as guesser,
    ):
        assert guesser.insist(claimed)


@pytest.mark.parametrize(
    ("option", "address", "remedy"),
    [
        ("--behind", "workshop.example.org", "begin it with https://"),
        ("--behind", "https://", "begin it with https://"),
        ("--behind", "https://example.org/workshop", "a site of their own"),
        ("--exit-url", "wikipedia.org", "begin it with https://"),
    ],
)
def test_an_address_that_will_not_do_is_told(option: str, address: str, remedy: str):
    result = CliRunner().invoke(main, ["serve", option, address])
    assert result.exit_code == 1
    assert remedy in result.stderr
