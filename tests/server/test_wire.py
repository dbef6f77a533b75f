"""Whatever a page sends over its WebSocket, only proper answers are kept and judged."""

from __future__ import annotations

import json
import re
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import myths
import pytest
import websocket
from myths import catalog
from myths.rehearsal.wire import shell_message

from tests.server.conftest import Running, Visitor
from tests.server.wire import PATIENCE, Wire, cookies, key

RATING, RECALL, TEXT = "risk.myth.before", "risk.recall.after", "risk.reason.before"
SAYS = catalog.load().ui.components.question.refused
EMPTY = {"value": None, "text": None, "declined": False, "reader": None}


@pytest.fixture(scope="module")
def wire(server: Running) -> Iterator[Wire]:
    visitor = Visitor(server)
    visitor.join(server.store.open_workshop(code="WIRING").code)
    wire = Wire(visitor, "risk")
    yield wire
    wire.close()


def kept(server: Running, question: str) -> list[Any]:
    """What the store holds as answers to a question, the oldest first."""
    query = """
        SELECT coalesce(text, value) FROM answers
        JOIN questions ON questions.id = question
        JOIN participants ON participants.id = participant
        JOIN workshops ON workshops.id = workshop
        WHERE code = 'WIRING' AND module || '.' || item || '.' || phase = ? ORDER BY seq
    """
    with closing(sqlite3.connect(server.file)) as store:
        return [said for (said,) in store.execute(query, [question])]


def rate(value: Any, **more: Any) -> dict[str, Any]:
    return {**EMPTY, "key": key(), "value": value, **more}


def write(text: Any, reader: Any = "evaluation", **more: Any) -> dict[str, Any]:
    return {**EMPTY, "key": key(), "text": text, "reader": reader, **more}


WRONG = [
    pytest.param(RATING, rate(9), "value", id="a value that is no option"),
    pytest.param(RATING, rate("3"), "value", id="a value in quotes"),
    pytest.param(RATING, rate(True), "value", id="a value that is a truth"),
    pytest.param(RATING, rate([3]), "value", id="a list of values"),
    pytest.param(RATING, rate({"3": 3}), "value", id="an object as value"),
    pytest.param(RATING, rate(3.0), "value", id="a value with a point"),
    pytest.param(RATING, rate(float("nan")), "value", id="not a number"),
    pytest.param(RATING, rate(float("inf")), "value", id="an endless value"),
    pytest.param(RATING, rate(3, declined=True), "value", id="declined and answered"),
    pytest.param(RATING, rate(3, declined="no"), "value", id="declined in words"),
    pytest.param(RATING, rate(None, text="x", reader="me"), "text", id="words to a rating"),
    pytest.param(RATING, rate(3, key=7), "key", id="a key that is a number"),
    pytest.param(RATING, rate(3, key="mine"), "key", id="a key that anybody can guess"),
    pytest.param(RATING, rate(3, key=key().upper()), "key", id="a key in capitals"),
    pytest.param(RATING, rate(3, participant="p1"), "shape", id="somebody else's name"),
    pytest.param(RATING, [3], "shape", id="a list as answer"),
    pytest.param(RATING, "3", "shape", id="a string as answer"),
    pytest.param(RATING, None, "shape", id="nothing as answer"),
    pytest.param(RECALL, rate(None, declined=True), "value", id="declining the recall"),
    pytest.param(TEXT, write("a" * 200_000), "long", id="two hundred thousand letters"),
    pytest.param(TEXT, write(["a"]), "text", id="a list of texts"),
    pytest.param(TEXT, write("words", reader="police"), "reader", id="an unknown reader"),
    pytest.param(TEXT, write("words", reader=["me"]), "reader", id="a list of readers"),
    pytest.param(TEXT, write("words", value=1), "value", id="a number with a text"),
]


@pytest.mark.parametrize(("question", "answer", "words"), WRONG)
def test_a_wrong_answer_is_refused_in_words_and_the_next_right_one_is_kept(
    wire: Wire, server: Running, question: str, answer: Any, words: str
):
    before = kept(server, question)
    refused = wire.answer(question, answer)
    assert refused["state"] == "refused"
    assert refused["message"] == SAYS[words].replace("{limit}", "2000")
    right = write("Right.") if question == TEXT else rate(2)
    assert wire.answer(question, right)["state"] == "saved"
    assert len(kept(server, question)) == len(before) + 1
    assert kept(server, question)[-1] == (right["text"] or right["value"])


def test_an_answer_that_is_sent_twice_is_kept_once(wire: Wire, server: Running):
    before = kept(server, RATING)
    twice = rate(5)
    assert wire.answer(RATING, twice | {"sent": 1}) == {
        "key": twice["key"], "sent": 1, "state": "saved", "message": "",
    }  # fmt: skip
    assert wire.answer(RATING, twice | {"sent": 2})["state"] == "saved"
    assert kept(server, RATING) == [*before, 5]


def test_the_key_of_one_answer_does_not_serve_for_another(wire: Wire, server: Running):
    first = rate(4)
    wire.answer(RATING, first)
    refused = wire.answer("risk.fact.before", rate(1, key=first["key"]))
    assert refused["state"] == "refused"
    assert kept(server, "risk.fact.before") == []


def test_nothing_else_that_a_page_sets_changes_what_is_kept(wire: Wire, server: Running):
    before = kept(server, RATING)
    lies = {
        "options": [{"value": 9, "label": "Nine"}],
        "statement": "Somebody wrote this.",
        "html": "Somebody wrote this.",
        "item": "harm.fact.after",
        "owner": "another",
        "known": {"value": 9},
        "receipt": {"key": key(), "state": "saved"},
        "words": {},
        "_esm": "alert(1)",
        "no_such_trait": 1,
    }
    for name, lie in lies.items():
        wire.set(wire.questions[RATING], **{name: lie})
    assert wire.answer(RATING, rate(9))["state"] == "refused"
    assert wire.answer(RATING, rate(1))["state"] == "saved"
    assert kept(server, RATING) == [*before, 1]
    table = myths.answers(db=server.db, workshop="WIRING")
    assert set(table.module) == {"risk"}
    book = myths.codebook(db=server.db)
    assert "Somebody wrote this." not in book.to_string()


def test_what_is_right_is_told_only_to_who_asks_for_it(wire: Wire):
    recall = wire.questions[RECALL]
    right = catalog.load().module("risk").item("recall").correct
    shown = re.findall(rf'type="radio" name="{RECALL}" value="(\d+)"([^>]*)>', wire.html)
    assert shown == [(str(number), "") for number in (1, 2, 3, 4)]  # nothing but the numbers
    told = json.dumps(wire.states)
    assert "correct" not in told
    assert "keyed" not in told
    assert '"right":' not in told
    heard = wire.set(recall, feedback={"value": 1, "right": True, "html": "<b>Well done</b>"})
    assert wire.answer(RECALL, rate(right % 4 + 1))["state"] == "saved"
    heard = wire.set(recall, first_answer=rate(right))
    assert "feedback" not in json.dumps(heard)
    heard = wire.set(recall, wish={"value": right, "sent": 1})
    verdicts = [message["content"].get("data", {}).get("state", {}) for message in heard]
    assert [each["feedback"]["right"] for each in verdicts if "feedback" in each] == [True]


def test_no_code_runs_for_a_visitor(wire: Wire):
    for kind in ("execute_request", "inspect_request", "complete_request", "history_request"):
        wire.send(kind, {"code": "import os; os._exit(1)", "silent": False})
    heard = wire.set(wire.questions[RATING], answer=rate(3))  # comes after all of the above
    assert {message["header"]["msg_type"] for message in heard} == {"comm_msg"}
    assert wire.answer(RATING, rate(3))["state"] == "saved"


def test_no_code_runs_in_a_kernel_of_jupyters_which_anybody_can_ask_for(wire: Wire, tmp_path: Path):
    page, made = wire.visitor.get("/m/risk?front=stock").text, tmp_path / "made"
    (kernel,) = re.findall(r'"kernelId": "([^"]+)"', page)
    post, secret = wire.visitor.http.post, wire.visitor.secret
    socket = websocket.create_connection(
        wire.address.replace("http", "ws", 1).replace(wire.kernel, kernel) + "?session_id=x",
        cookie=cookies(wire.visitor),
        timeout=PATIENCE,
    )
    for channel in ("shell", "control", "stdin", "iopub"):
        code = {"code": f"open({str(made)!r}, 'w').close()", "silent": False}
        text = json.dumps(shell_message("x", "execute_request", code) | {"channel": channel})
        socket.send(text)
        socket.send_binary(struct.pack("!2I", 1, 8) + text.encode())
        told = {"session": f"y {channel}", "messages": [text]}
        sent = post(f"/kernels/{kernel}/messages", json=told, headers={"X-XSRFToken": secret})
        assert sent.status_code == 200
    asked = shell_message("x", "kernel_info_request", {})  # comes after all of the above
    socket.send(json.dumps(asked))
    while json.loads(socket.recv())["parent_header"].get("msg_id") != asked["header"]["msg_id"]:
        pass
    assert not made.exists()
    socket.close()


def test_the_page_of_another_site_cannot_open_the_wire(wire: Wire):
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        websocket.create_connection(
            wire.address.replace("http", "ws", 1),
            cookie=cookies(wire.visitor),
            origin="http://elsewhere.example",
            timeout=30,
        )
