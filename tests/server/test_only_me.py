"""A text for "only me" on the real server: its author reads it, and neither thief nor trainer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.conftest import Running, Visitor, read, recovery_code, serving
from tests.server.wire import Wire, key
from tests.store.traces import traces

REASON = "risk.reason.before"
MINE = "Rumpelstilzchen ist mein Name"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server of its own, so that its files hold what is said here alone."""
    with serving(tmp_path_factory.mktemp("only-me") / "workshop.sqlite") as running:
        yield running


@pytest.fixture
def visitor(room: Running) -> Iterator[Visitor]:
    with Visitor(room) as someone:
        yield someone


def write(wire: Wire, text: str | None, reader: str | None) -> str:
    """Give a text as a page does; returns what became of it."""
    answer = {"key": key(), "value": None, "text": text, "declined": False, "reader": reader}
    return str(wire.answer(REASON, answer)["state"])


def shown(wire: Wire) -> str | None:
    """What the page shows as the visitor's text."""
    text: str | None = wire.states[wire.questions[REASON]]["known"]["text"]
    return text


def environments(pid: int) -> bytes:
    """What another program of this account could read of a process and its children."""
    process = Path(f"/proc/{pid}")
    children = process.glob("task/*/children")
    below = [int(child) for found in children for child in found.read_text().split()]
    own = [(process / name).read_bytes() for name in ("environ", "cmdline")]
    return b"".join([*own, *map(environments, below)])


def test_it_is_shown_to_its_author_in_another_browser_and_is_in_no_file(
    room: Running, visitor: Visitor
):
    code = recovery_code(visitor.join())
    wire = Wire(visitor, "risk")
    assert write(wire, MINE, "me") == "saved"
    key = room.store.visitor(visitor.token).key.hex()
    if Path("/proc/self/environ").exists():
        assert b"PATH=" in environments(room.process.pid)
        assert key.encode() not in environments(room.process.pid)
    wire.close()
    other = Visitor(room)
    other.send("/return", recovery=code)
    again = Wire(other, "risk")
    assert shown(again) == MINE
    again.close()
    cookies = visitor.token, other.token
    secrets = ("Rumpelstilzchen", code, *cookies, key)
    assert traces(room.db, *secrets) == 0
    log = room.log.read_text()
    assert not [secret for secret in secrets if secret in log]
    assert room.store.answers()["text"].isna().all()


def test_a_text_that_is_taken_back_is_in_no_file_any_more(room: Running, visitor: Visitor):
    visitor.join()
    wire = Wire(visitor, "risk")
    assert write(wire, MINE, "evaluation") == "saved"
    assert traces(room.db, "Rumpelstilzchen") > 0
    assert write(wire, MINE, "me") == "saved"
    assert traces(room.db, "Rumpelstilzchen") == 0
    wire.close()
    assert MINE in read(visitor.get("/withdraw"))
