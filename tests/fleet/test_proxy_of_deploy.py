"""The proxy that `deploy/` sets up: https, one server for each browser, another when it must be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from myths import catalog

from tests.fleet.conftest import Site, site, trust
from tests.forkserver.kernels import wait_until
from tests.haproxy import balancing
from tests.server.conftest import Visitor, read
from tests.server.machine import free_port
from tests.server.wire import Wire, key

UI = catalog.load().ui
COOKIE = "server"


def sticky(visitor: Visitor) -> str:
    return visitor.http.cookies.get(COOKIE) or ""


def spread(here: Site) -> dict[str, Visitor]:
    """A visitor at each server, by the proxy's cookie; whoever comes next goes where fewer are."""
    room, found = here.room(), {}
    for _ in range(20):
        visitor = Visitor(room)
        visitor.join()
        if sticky(visitor) in found:
            visitor.http.close()
        found.setdefault(sticky(visitor), visitor)
        if len(found) == len(here.machines):
            return found
    raise AssertionError(found)


def test_a_browser_keeps_to_its_server(here: Site):
    visitors = spread(here)
    for cookie, visitor in visitors.items():
        page = Wire(visitor, "risk")
        rating = {"key": key(), "value": 2, "text": None, "declined": False, "reader": None}
        assert page.answer("risk.myth.before", rating)["state"] == "saved"
        assert visitor.get(f"/kernels/{page.kernel}").status_code == 204
        assert sticky(visitor) == cookie
        page.close()
        visitor.http.close()


def test_the_proxys_cookie_ends_with_the_browser_and_is_for_no_script(here: Site):
    answer = httpx.get(f"{here.proxy.address}/")
    (given,) = (
        each for each in answer.headers.get_list("Set-Cookie") if each.startswith(f"{COOKIE}=")
    )
    parts = {part.strip().lower() for part in given.split(";")[1:]}
    assert {"httponly", "secure", "samesite=lax"} <= parts
    assert not any(part.startswith(("expires", "max-age")) for part in parts)


def test_plain_http_leads_to_https(here: Site):
    answer = httpx.get(f"http://127.0.0.1:{here.proxy.plain}/?w=ABC", headers={"Host": "localhost"})
    assert answer.status_code == 308
    assert answer.headers["Location"] == "https://localhost/?w=ABC"
    lasting = httpx.get(f"{here.proxy.address}/").headers["Strict-Transport-Security"]
    assert lasting == "max-age=31536000"


def test_nothing_is_written_of_who_came_and_what_they_read(here: Site):
    with Visitor(here.room()) as visitor:
        visitor.join()
        visitor.get("/m/risk")
    for trace in ("/m/risk", "GET", "127.0.0.1:"):
        assert trace not in here.proxy.log


def test_nobody_can_claim_another_address(tmp_path: Path):
    """Wrong codes are counted by the address that a server is told: it is the proxy's word."""
    with HTTPServer(("127.0.0.1", 0), _Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ports = [server.server_port] * 2
        with balancing(tmp_path, free_port(), ports) as proxy, proxy.client() as browser:
            claimed = {"X-Forwarded-For": "198.51.100.7"}
            assert browser.get("/", headers=claimed).text == "127.0.0.1"
        server.shutdown()


class _Echo(BaseHTTPRequestHandler):
    """Answers with the addresses that it is told."""

    def do_GET(self) -> None:
        told = ", ".join(self.headers.get_all("X-Forwarded-For", [])).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def small(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """Two servers with room for one page each, and time to end."""
    options = ("--most-pages", "1", "--drain", "6")
    with site(tmp_path_factory.mktemp("small"), *options) as running:
        trust(running, monkeypatch)
        yield running


@pytest.mark.soak
def test_who_comes_to_a_full_server_gets_a_page_of_the_next_and_then_reads_that_all_is_full(
    small: Site,
):
    room = small.room()
    pages = []
    with Visitor(room) as one, Visitor(room) as two, Visitor(room) as three:
        for visitor in (one, two):
            visitor.join()
            pages.append(Wire(visitor, "risk"))
        assert sticky(one) != sticky(two)
        three.join()
        refused = three.get("/m/risk")
        assert refused.status_code == 503
        assert UI.errors.full in read(refused)
        for page in pages:
            page.close()


@pytest.mark.soak
def test_a_server_that_ends_is_left_by_the_proxy_and_nobody_reads_a_fault(small: Site):
    with Visitor(small.room()) as visitor:
        visitor.join()
        before = sticky(visitor)
        ending = small.machines[int(before.removeprefix("w")) - 1]
        ending.ask_to_end()
        answers = []

        def has_moved() -> bool:
            answers.append(visitor.get("/m/risk").status_code)
            return sticky(visitor) != before

        wait_until(has_moved, "the proxy leads elsewhere", seconds=20)
        assert set(answers) == {200}
        assert ending.process.wait(60) == 0


@pytest.mark.soak
def test_without_any_server_there_is_a_page_that_tries_again(small: Site):
    for machine in small.machines:
        machine.kill()
    with small.proxy.client() as browser:

        def is_told() -> bool:
            return browser.get("/").status_code == 503

        wait_until(is_told, "the proxy knows")
        answer = browser.get("/")
    assert "One moment" in answer.text
    assert 'http-equiv="refresh"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
