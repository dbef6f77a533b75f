"""A page is in the words of those whom its workshop is for."""

from __future__ import annotations

import html
from dataclasses import replace

from myths import catalog

from tests.server.conftest import Running, Visitor
from tests.server.wire import Wire

CATALOG = catalog.load()


def shown(server: Running, code: str) -> str:
    with Visitor(replace(server, code=code)) as visitor:
        visitor.join()
        wire = Wire(visitor, "manipulation")
        wire.shut_down()
    return html.unescape(wire.html)


def test_two_rooms_at_one_time_read_the_case_that_is_theirs(server: Running):
    courts = server.store.open_workshop(audience="courts").code
    for code, audience in ((server.code, "mixed"), (courts, "courts"), (server.code, "mixed")):
        module = CATALOG.module("manipulation", audience=audience)
        page = shown(server, code)
        assert module.vignette.title in page
        assert module.prompts["practice"] in page
