"""Any bytes in an address, a form, a cookie, a header or a message end in a refusal in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from myths.server.addresses import household
from myths.server.kernel_link import LinkError, _message

from tests.faults.room import Room
from tests.faults.test_fuzz_requests import KERNEL, ask
from tests.server.conftest import Visitor
from tests.server.wire import cookies

SECRET = re.compile(r'name="_xsrf" value="([^"]+)"')
FORMS = {
    "/": ("code", "agree", "next"),
    "/return": ("recovery", "alone", "next"),
    "/code": ("do", "next"),
    "/ask": ("do", "text", "key", "page", "step"),
    "/withdraw": ("do", "sure", "module", "item", "phase"),
    "/staff/": ("do", "title", "country", "audience", "days", "rehearsal", "key"),
    "/staff/ABSENT": ("do", "sure"),
    f"/voila/api/shutdown/{KERNEL}": ("x",),
}
WORDS = ("yes", "one", "json", "text", "open", "erase", "close", "enter", "risk", "before", "9")
ASKED = (
    *("/?w=", "/m/", "/m/risk?front=", "/withdraw?erased=", "/staff/", "/assets/0/", "/stock/0/"),
    *("/kernels/", f"/api/kernels/{KERNEL}/channels?session_id=", "/voila/api/shutdown/", "/x"),
)
HEADERS = (
    *("Cookie", "Origin", "Host", "X-Forwarded-For", "Accept-Encoding", "Content-Type", "Range"),
    *("If-None-Match", "X-Xsrftoken", "Sec-WebSocket-Key", "Sec-WebSocket-Extensions", "Upgrade"),
)
BYTES = some.binary(max_size=200) | some.text(max_size=60).map(
    lambda text: text.encode(errors="replace")
)
CALM = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def insider(room: Room) -> Iterator[Visitor]:
    """Somebody who has joined, and has the staff key."""
    with Visitor(room.server) as visitor:
        visitor.join()
        form = SECRET.search(visitor.get("/staff/").text)
        assert form
        entry = {"_xsrf": form[1], "do": "enter", "key": room.store.new_staff_key()}
        visitor.http.post("/staff/", data=entry)
        yield visitor


@pytest.fixture(autouse=True)
def calm_log(room: Room) -> Iterator[None]:
    """The log has no fault of the server's own afterwards."""
    told = len(room.log.read_text())
    yield
    assert "Traceback" not in room.log.read_text()[told:]


def check(answer: str, sent: bytes) -> None:
    """A refusal has words, unless what came was no HTTP at all."""
    status = re.match(r"HTTP/1\.1 (\d+)", answer)
    if not status:
        assert not answer, (sent, answer[:200])
        return
    assert int(status[1]) < 500, (sent, answer[:200])
    if int(status[1]) >= 400 and "\r\nContent-Type" in answer:
        body = answer.partition("\r\n\r\n")[2]
        assert "<h1" in body or body.strip(), (sent, answer[:200])


@CALM
@given(
    path=some.sampled_from(sorted(FORMS)),
    values=some.lists(BYTES | some.sampled_from(WORDS).map(str.encode), min_size=7, max_size=7),
)
def test_any_form(room: Room, insider: Visitor, path: str, values: list[bytes]):
    fields = [f"_xsrf={insider.secret}".encode()]
    for name, value in zip(FORMS[path], values, strict=False):
        fields.append(f"{name}={quote_from_bytes(value)}".encode())
    body = b"&".join(fields)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookies(insider)}\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    check(ask(room, head.encode() + body), body)


@CALM
@given(path=some.sampled_from(ASKED), value=BYTES, is_quoted=some.booleans())
def test_any_address(room: Room, insider: Visitor, path: str, value: bytes, is_quoted: bool):
    end = quote_from_bytes(value, safe="").encode() if is_quoted else value
    head = f" HTTP/1.1\r\nHost: x\r\nCookie: {cookies(insider)}\r\nConnection: close\r\n\r\n"
    sent = f"GET {path}".encode() + end + head.encode()
    check(ask(room, sent), sent)


@CALM
@given(name=some.sampled_from(HEADERS), value=BYTES, path=some.sampled_from(ASKED))
def test_any_header(room: Room, name: str, value: bytes, path: str):
    sent = b"GET %s HTTP/1.1\r\n%s: %s\r\nConnection: close\r\n\r\n"
    filled = sent % (path.encode(), name.encode(), value)
    check(ask(room, filled), filled)


@CALM
@given(
    name=some.sampled_from(["visit", "staff", "_xsrf", "x"]),
    value=BYTES,
    path=some.sampled_from(["/", "/m/risk", "/staff/", "/withdraw", f"/kernels/{KERNEL}"]),
)
def test_any_cookie(room: Room, name: str, value: bytes, path: str):
    crumb = name.encode() + b"=" + value.replace(b"\r", b"").replace(b"\n", b"")
    sent = b"GET %s HTTP/1.1\r\nHost: x\r\nCookie: %s\r\nConnection: close\r\n\r\n"
    filled = sent % (path.encode(), crumb)
    check(ask(room, filled), filled)


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner),
    max_leaves=12,
)
PARTS = ("header", "parent_header", "metadata", "content", "channel", "buffers", "msg_type")
MESSAGES = some.dictionaries(some.sampled_from(PARTS), JSON).map(json.dumps)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(raw=some.binary(max_size=300) | some.text(max_size=300) | MESSAGES)
def test_any_message_is_one_or_is_refused(raw: str | bytes):
    try:
        message = _message(raw)
    except LinkError:
        return
    assert message is None or message["header"]["msg_type"]


@settings(max_examples=500, deadline=None, derandomize=True)
@given(told=some.text(max_size=50) | some.from_regex(r"[\[\]0-9a-f:.%]{1,40}"))
def test_any_sender_has_a_household(told: str):
    assert isinstance(household(told), str)
