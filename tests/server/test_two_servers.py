"""Two servers on one host: a browser sends both its cookies to each, and each knows its own."""

from __future__ import annotations

import httpx
from myths import catalog

from tests.server.conftest import Running, Visitor, read, serving

UI = catalog.load().ui


def test_who_is_in_at_two_servers_of_one_host_stays_in_at_both(server: Running, tmp_path):
    with serving(tmp_path / "other.sqlite") as other, httpx.Client(timeout=60) as browser:
        here, there = Visitor(server), Visitor(other)
        for each in (here, there):
            each.http.close()
            each.http = browser  # cookies know no ports
            browser.base_url = each.server.url("/")
            each.join()
        assert here.token != there.token
        for each in (here, there, here):
            assert UI.join.already in read(browser.get(each.server.url("/")))
        browser.base_url = other.url("/")
        there.send("/leave")
        assert UI.join.already in read(browser.get(server.url("/")))


def test_a_server_that_starts_again_knows_its_visitors(tmp_path):
    with serving(tmp_path / "workshop.sqlite") as running:
        visitor = Visitor(running)
        visitor.join()
        token, name = visitor.token, visitor.cookie()
    with serving(tmp_path / "workshop.sqlite") as running:  # at another port
        page = httpx.get(running.link, headers={"Cookie": f"{name}={token}"})
        assert UI.join.already in read(page)
    visitor.http.close()
