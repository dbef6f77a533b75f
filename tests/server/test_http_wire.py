"""Where WebSockets are forbidden a page saves and hears by requests, as safely, no more freely."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import websocket
from myths import catalog
from myths.rehearsal.wire import shell_message

from tests.forkserver.kernels import wait_until
from tests.server.conftest import Running, Visitor
from tests.server.http_socket import HttpSocket
from tests.server.wire import Wire, cookies, key

RATING, RECALL, TEXT = "risk.myth.before", "risk.recall.after", "risk.reason.before"
EMPTY = {"value": None, "text": None, "declined": False, "reader": None}
NO_REQUESTS: list[Any] = [
    [],
    None,
    "messages",
    {},
    {"session": 1},
    {"session": "x", "messages": "all"},
    {"session": "x", "messages": [{}]},
    {"session": "x", "after": "now"},
    {"session": "x", "after": float("inf")},
    {"session": "x", "messages": ["{}"]},
]


def over_http(visitor: Visitor) -> Wire:
    def connect(address: str, *, timeout: float, **_: object) -> HttpSocket:
        return HttpSocket(visitor, address, timeout=timeout)

    return Wire(visitor, "risk", connect=connect)  # type: ignore[arg-type]


@pytest.fixture
def wire(server: Running) -> Iterator[Wire]:
    visitor = Visitor(server)
    visitor.join()
    wire = over_http(visitor)
    yield wire
    wire.shut_down()
    visitor.http.close()


def rate(value: int) -> dict[str, Any]:
    return {**EMPTY, "key": key(), "value": value}


def socket_of(wire: Wire) -> HttpSocket:
    assert isinstance(wire._socket, HttpSocket)
    return wire._socket


def latest(wire: Wire) -> dict[Any, Any]:
    store = wire.visitor.server.store
    visitor = store.visitor(wire.visitor.token)
    return {
        ".".join(place): answer
        for place, answer in store.latest(visitor.participant, key=visitor.key).items()
    }


def versions(wire: Wire, question: str) -> int:
    store = wire.visitor.server.store
    visitor = store.visitor(wire.visitor.token)
    every = store.answer_versions(visitor.participant, key=visitor.key)
    return sum(f"{each.module}.{each.item}.{each.phase}" == question for each in every)


def test_every_widget_that_asks_is_served_by_requests(wire: Wire):
    right = catalog.load().module("risk").item("recall").correct
    text = {**EMPTY, "key": key(), "text": "By post. 🙂", "reader": "me"}
    assert wire.answer(RATING, rate(4))["state"] == "saved"
    assert wire.answer(TEXT, text)["state"] == "saved"
    recall = wire.questions[RECALL]
    assert wire.answer(RECALL, rate(right))["state"] == "saved"
    heard = wire.set(recall, first_answer=rate(right), wish={"value": right, "sent": 1})
    told = [message["content"].get("data", {}).get("state", {}) for message in heard]
    assert [each["feedback"]["right"] for each in told if "feedback" in each] == [True]
    kept = latest(wire)
    assert kept[RATING].value == 4
    assert kept[RECALL].value == kept["risk.recall.before"].value == right
    assert kept[TEXT].text == "By post. 🙂"


def test_what_was_lost_on_the_way_to_the_page_comes_again(wire: Wire):
    socket, answer = socket_of(wire), rate(2)
    data = {"method": "update", "state": {"answer": answer}, "buffer_paths": []}
    wire.send("comm_msg", {"comm_id": wire.questions[RATING], "data": data})
    lost = socket.ask(after=socket._after)
    again = socket.ask(after=socket._after)
    assert again[: len(lost)] == lost
    assert wire.answer(RATING, answer)["state"] == "saved"
    assert versions(wire, RATING) == 1


def test_a_page_may_change_between_its_two_ways(wire: Wire):
    assert wire.answer(RATING, rate(1))["state"] == "saved"
    ordinary = socket_of(wire)
    wire._socket = websocket.create_connection(
        f"{wire.address.replace('http', 'ws', 1)}?session_id={ordinary._session}",
        cookie=cookies(wire.visitor),
        timeout=30,
    )
    assert wire.answer(RATING, rate(5))["state"] == "saved"
    before, wire._socket = wire._socket, ordinary  # type: ignore[assignment]
    assert wire.answer(RATING, rate(2))["state"] == "saved"
    while before.recv():  # "" is the end
        pass
    assert latest(wire)[RATING].value == 2


def test_only_its_own_visit_reaches_a_kernel_by_requests(server: Running, wire: Wire):
    mine, path = socket_of(wire), socket_of(wire).path
    with Visitor(server) as stranger, Visitor(server) as other:
        other.join()
        for each in (stranger, other):
            theirs = HttpSocket(each, f"{wire.address}?session_id=x", timeout=30)
            for content in ({"session": mine._session, "after": 0}, {"session": "x", "after": 1}):
                assert theirs.post(content).status_code == 404
    content = {"session": mine._session, "messages": []}
    assert mine.post(content, **{"X-XSRFToken": "guessed"}).status_code == 403
    assert wire.visitor.http.post(path, json=content).status_code == 403


@pytest.mark.parametrize("content", NO_REQUESTS, ids=str)
def test_what_is_no_request_of_a_page_is_refused_and_the_page_goes_on(wire: Wire, content: Any):
    text = json.dumps(content)
    headers = {"X-XSRFToken": socket_of(wire)._secret}
    answer = wire.visitor.http.post(socket_of(wire).path, content=text, headers=headers)
    assert answer.status_code == 400
    assert wire.answer(RATING, rate(3))["state"] == "saved"


def test_what_a_page_has_no_business_to_send_is_ignored(wire: Wire):
    for kind in ("execute_request", "inspect_request", "shutdown_request"):
        code = {"code": "import os; os._exit(1)", "silent": False}
        socket_of(wire).send(json.dumps(shell_message("x", kind, code)))
    assert wire.answer(RATING, rate(3))["state"] == "saved"


def test_leaving_ends_the_way_by_requests_and_last_words_still_arrive(wire: Wire):
    socket = socket_of(wire)
    store, token = wire.visitor.server.store, wire.visitor.token
    visitor = store.visitor(token)
    wire.visitor.send("/leave")
    wire.visitor.token = token
    with pytest.raises(ConnectionResetError, match="404"):
        socket.ask(after=1)
    data = {"method": "update", "state": {"answer": rate(4)}, "buffer_paths": []}
    wire.send("comm_msg", {"comm_id": wire.questions[RATING], "data": data})

    def arrived() -> bool:
        latest = store.latest(visitor.participant, key=visitor.key)
        return tuple(RATING.split(".")) in latest

    wait_until(arrived, "the last words are saved")
    content = {"session": socket._session, "messages": []}
    wait_until(lambda: socket.post(content).status_code == 404, "the kernel ends")
