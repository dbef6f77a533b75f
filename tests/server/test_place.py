"""The step where somebody is comes with them to another device; nothing else can be put there."""

from __future__ import annotations

import json
import socket

import pytest
from myths.store import PagePlace

from tests.server.conftest import Running, Visitor, recovery_code
from tests.server.test_coming_back import place
from tests.server.wire import Wire


@pytest.fixture
def inside(visitor: Visitor) -> Visitor:
    visitor.join()
    return visitor


def come_to(visitor: Visitor, page: str, step: str, **more: str) -> int:
    return visitor.send("/place", page=page, step=step, **more).status_code


def places(visitor: Visitor) -> dict[str, PagePlace]:
    return dict(visitor.server.store.visitor(visitor.token).places)


def test_one_comes_back_to_the_step_on_another_device(inside: Visitor, server: Running):
    inside.send("/code", do="new")
    code = recovery_code(inside.get("/code"))
    answer = inside.send("/place", page="risk", step="facts")
    assert (answer.status_code, answer.content) == (204, b"")
    assert 'href="/m/risk#facts"' in inside.get("/").text
    assert 'href="/m/risk#facts"' in inside.get("/leave").text
    assert place(inside.send("/code", do="kept")) == "/m/risk#facts"
    with Visitor(server) as elsewhere:
        assert place(elsewhere.send("/return", recovery=code)) == "/m/risk#facts"
        assert come_to(elsewhere, "harm", "view") == 204
    assert 'href="/m/harm#view"' in inside.get("/").text


def test_opening_a_page_again_leads_to_the_step_where_one_was_on_it(inside: Visitor):
    come_to(inside, "risk", "write")
    Wire(inside, "harm").shut_down()
    assert 'href="/m/harm#view"' in inside.get("/").text
    Wire(inside, "risk").shut_down()
    assert 'href="/m/risk#write"' in inside.get("/").text


def test_who_opens_a_page_is_at_its_first_step_before_a_script_has_said_anything(inside: Visitor):
    wire = Wire(inside, "risk")
    wire.shut_down()
    first = {"risk": PagePlace(steps=["view"], step="view", done=False)}
    assert places(inside) == first
    assert f'id="places">{json.dumps(first)}</script>' in wire.page.text


def test_two_tabs_keep_each_others_pages_and_the_last_step_makes_one_done(inside: Visitor):
    for page, step in (("risk", "view"), ("harm", "view"), ("risk", "facts")):
        assert come_to(inside, page, step) == 204
    assert come_to(inside, "harm", "again", last="1") == 204
    assert come_to(inside, "harm", "view", last="") == 204
    assert places(inside) == {
        "risk": {"steps": ["view", "facts"], "step": "facts", "done": False},
        "harm": {"steps": ["view", "again"], "step": "view", "done": True},
    }


@pytest.mark.parametrize(
    ("page", "step"),
    [
        ("risk", ""),
        ("risk", "Facts"),
        ("risk", "a/b"),
        ("risk", "x" * 41),
        ("nowhere", "view"),
        ("", "view"),
        ("../risk", "view"),
    ],
)
def test_what_is_no_step_of_a_page_in_the_workshop_is_refused(inside: Visitor, page, step):
    assert come_to(inside, page, step) == 400
    assert places(inside) == {}


def test_a_page_that_the_workshop_does_not_have_is_no_place(server: Running, visitor: Visitor):
    visitor.join(server.store.open_workshop(modules=["harm"]).code)
    assert come_to(visitor, "risk", "view") == 400
    assert come_to(visitor, "harm", "view") == 204


def test_without_a_visit_nothing_is_kept(server: Running, visitor: Visitor):
    assert come_to(visitor, "risk", "view") == 403
    visitor.join()
    server.store.leave(visitor.token)  # on another device
    assert come_to(visitor, "risk", "view") == 403


def test_no_other_site_can_send_one_on(inside: Visitor):
    inside.get("/")
    assert inside.http.post("/place", data={"page": "risk", "step": "view"}).status_code == 403
    assert places(inside) == {}


def test_the_log_does_not_say_where_somebody_is(inside: Visitor, server: Running):
    come_to(inside, "risk", "rumpelstilz")
    come_to(inside, "rumpelstilz", "Rumpelstilz")
    assert places(inside)["risk"]["step"] == "rumpelstilz"
    assert "rumpelstilz" not in server.log.read_text().lower()


def test_of_steps_in_quick_succession_the_last_one_counts(inside: Visitor):
    steps = ["view", "facts", "check", "story", "write", "again"] * 3
    secret, address = inside.secret, (inside.http.base_url.host, inside.server.port)
    cookies = "; ".join(f"{each.name}={each.value}" for each in inside.http.cookies.jar)
    sockets = []
    for step in steps:
        body = f"_xsrf={secret}&page=risk&step={step}"
        request = (
            f"POST /place HTTP/1.1\r\nHost: {inside.http.base_url.netloc.decode()}\r\n"
            f"Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"
        )
        sockets.append(socket.create_connection(address, timeout=30))
        sockets[-1].sendall(request.encode())
    for each in sockets:
        assert each.recv(100).startswith(b"HTTP/1.1 204")
        each.close()
    assert places(inside)["risk"]["step"] == steps[-1]
