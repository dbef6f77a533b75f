"""Whatever is asked of the server's addresses: a short answer, no fault of its own, no secret."""

from __future__ import annotations

import contextlib
import random
import re
import socket
import sys

import pytest
from myths import catalog

from tests.faults.room import Room
from tests.forkserver.kernels import memory, wait_until
from tests.server.conftest import ROOT, Visitor, read

METHODS = (
    "GET",
    "POST",
    "HEAD",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "X",
    "get",
)
KERNEL = "01234567-89ab-4cde-8f01-23456789abcd"
PLACES = (
    *("/", "/return", "/leave", "/withdraw", "/healthz", "/m/risk", "/m/", "/m/absent", "/assets/"),
    *(f"/kernels/{KERNEL}", f"/api/kernels/{KERNEL}/channels", f"/voila/api/shutdown/{KERNEL}"),
    *("/left", "/code", "/voila/", "/voila/static/main.js", "/api/kernels", "/tree", "/files/x"),
    *("/assets/0/page.js", "/assets/0/absent.js", "/static/x", "/login", "/logout", "/metrics"),
)
STEPS = (
    *("..", "%2e%2e", "..%2f", "%2e%2e%2f", "....//", "..\\", "..%5c", "%c0%ae%c0%ae", "..;", "."),
    *("//elsewhere.example", "@elsewhere.example", "%00", "%0d%0aSet-Cookie:%20x=1", "%ff", "%"),
    *("etc/passwd", "proc/self/environ", "01_risk.ipynb", "app.py", "workshop.sqlite", "~root"),
    *("<script>alert(1)</script>", "'\"><img src=x>", "${7*7}", "{{7*7}}", "é", "🙂", "a" * 9000),
)
HEADERS = (
    *("Host: elsewhere.example", "Host:", "Host: a\r\nHost: b", "X-Forwarded-For: 1.2.3.4"),
    *("X-Forwarded-Host: elsewhere.example", "Origin: null", "Accept-Encoding: " + "gzip," * 500),
    *("Content-Length: -1", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: x"),
    *("Transfer-Encoding: chunked", "Transfer-Encoding: chunked, chunked", "Expect: 100-continue"),
    *("Cookie: visit=%00; visit=\"; _xsrf=", "Cookie: " + "a=b; " * 3000, "Cookie: visit=é"),
    *("Cookie: _xsrf=2|x|y|9999999999999", "Range: bytes=0-0,-1", "If-None-Match: *", "Upgrade: x"),
    *("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x", ": empty", "no colon"),
    *("Content-Type: multipart/form-data; boundary=", "Content-Type: application/json", "X: \0"),
    *("Content-Encoding: gzip", "Authorization: token x", "Accept-Language: ../../etc"),
    "X: " + "y" * 70_000,
)  # fmt: skip
SAYS = catalog.load().ui
SECRETS = re.compile(
    r"root:|Traceback|site-packages|/widgets/|\.py\b|sqlite|import myths|nbformat|cookie_secret"
)


def ask(room: Room, request: bytes, *, seconds: float = 20) -> str:
    """Send bytes as they are; return what comes back, empty if the server hung up."""
    with socket.create_connection(("127.0.0.1", room.port), timeout=seconds) as line:
        answer = b""
        with contextlib.suppress(ConnectionError):
            line.sendall(request)
            with contextlib.suppress(OSError):  # it hung up already
                line.shutdown(socket.SHUT_WR)
            while part := line.recv(65536):
                answer += part
    return answer.decode("utf-8", "replace")


def made_up(chance: random.Random, cookies: list[str], visit: str) -> bytes:
    place = chance.choice(PLACES)
    for _ in range(chance.randint(0, 3)):
        place += chance.choice(["/", "", "?w=", "?token=", "#", ";"]) + chance.choice(STEPS)
    headers = [chance.choice(HEADERS) for _ in range(chance.randint(0, 2))]
    headers += ["Host: localhost"] * (chance.random() < 0.9) + [f"Cookie: {chance.choice(cookies)}"]
    body = chance.choice(["", "", "code=x&agree=yes", "\0" * 500, "x" * 5000, "sure=yes"])
    version = chance.choice(["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9", ""])
    length = [f"Content-Length: {len(body)}"] if body else []
    lines = [f"{chance.choice(METHODS)} {place} {version}", *headers]
    request = "\r\n".join([*lines, *length, "Connection: close", "", body])
    return request.replace("visit=", f"{visit}=").encode()


def contents(room: Room) -> list[tuple[object, ...]]:
    """All rows that requests without a form's secret could have changed."""
    with room.store.reading() as conn:
        return [
            tuple(row)
            for name in ("workshops", "participants", "answers", "erased", "sessions")
            for row in conn.exec_driver_sql(f"SELECT * FROM {name}")  # noqa: S608  fixed names
        ]


def test_requests_made_up_at_random(room: Room, visitor: Visitor, number: int):
    chance = random.Random("requests")  # noqa: S311  the same each time
    visitor.get("/m/risk")  # the page that they opened last stays the same
    wait_until(lambda: room.store.visitor(visitor.token).page == "risk", "it is noted")
    told, before = len(room.log.read_text()), contents(room)
    cookies = ["visit=nobody", "", f"visit={visitor.token}"]
    faults = []
    for _ in range(number):
        request = made_up(chance, cookies, visitor.cookie())
        answer = ask(room, request)
        status = re.match(r"HTTP/1\.[01] (\d+)", answer)
        if (answer and not status) or (status and int(status[1]) >= 500):
            faults.append((request[:300], answer[:200]))
        elif "/m/risk" not in request.decode() and (secret := SECRETS.search(answer)):
            faults.append((request[:300], secret[0].encode()))
        assert "set-cookie: x=1" not in answer.lower()
    assert not faults, faults[:5]
    assert contents(room) == before
    assert visitor.get("/m/risk").status_code == 200
    log = room.log.read_text()[told:]
    assert "Traceback" not in log
    assert "127.0.0.1" not in log


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("before", ["/m/", "/assets/", "/assets/0/", "/voila/", "/"])
def test_no_file_is_reached_by_a_crooked_way(room: Room, before: str, step: str):
    for times in (1, 6):
        way = before + (step + "/") * times + "etc/passwd"
        answer = ask(room, f"GET {way} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert re.match(r"HTTP/1\.1 (302|400|404|414|431)", answer) or not answer, answer[:100]
        assert not SECRETS.search(answer)


def test_a_form_that_is_too_large_is_not_taken_in(room: Room, visitor: Visitor):
    before = memory(room.server.process.pid, "Rss") if sys.platform == "linux" else 0
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
    for size in (300_000, 90_000_000):
        answer = ask(room, head % size + b"x" * size)
        assert not answer or re.match(r"HTTP/1\.1 (400|413)", answer), answer[:100]
    chunks = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = ask(room, chunks + b"40000\r\n" + b"x" * 0x40000 + b"\r\n" + b"10\r\n" + b"x" * 16)
    assert not answer or re.match(r"HTTP/1\.1 (400|413)", answer), answer[:100]
    if sys.platform == "linux":
        assert memory(room.server.process.pid, "Rss") - before < 30
    assert visitor.get("/").status_code == 200


def test_what_is_typed_comes_back_as_text_alone(room: Room):
    visitor = Visitor(room.server)
    for typed in ("<script>alert(1)</script>", "\"><img src=x onerror='x'>", "\u202eevil\u202c"):
        for page in (visitor.join(typed), visitor.send("/return", recovery=typed)):
            assert page.status_code in (400, 429)
            assert "<script>alert" not in page.text
            assert "<img src=x" not in page.text
            assert "onerror='" not in page.text
            assert read(page)
    page = visitor.get("/?w=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page.text


def test_a_log_line_cannot_be_made_up(room: Room):
    told = len(room.log.read_text())
    for end in ("%0a", "\x0b", "%0d%0a", "\x85"):
        way = f"/m/x{end}ERROR:root:made-up"
        ask(room, f"GET {way} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert not re.search("^ERROR:root:made-up", room.log.read_text()[told:], re.MULTILINE)


def test_the_notebooks_cannot_be_downloaded(room: Room, visitor: Visitor):
    for notebook in (ROOT / "notebooks/participants").glob("*.ipynb"):
        for place in ("/files/", "/voila/files/", "/voila/render/", "/api/contents/", "/m/", "/"):
            assert visitor.get(place + notebook.name).status_code == 404


@pytest.mark.parametrize("place", ["/m/risk", "/", "/healthz", f"/kernels/{KERNEL}"])
def test_a_method_that_there_is_not_is_refused_in_words(visitor: Visitor, place: str):
    page = visitor.http.request("PUT", place, data={"_xsrf": "x"})
    assert page.status_code in (403, 405)
    odd = visitor.http.request("BREW", place)
    assert odd.status_code == 405
    assert SAYS.errors.broken in read(odd)


def test_neither_address_nor_browser_is_kept(room: Room):
    visitor = Visitor(room.server)
    visitor.http.headers["User-Agent"] = "PeculiarBrowser/7"
    visitor.join()
    assert visitor.get("/m/risk").status_code == 200
    assert visitor.get("/m/absent").status_code == 404
    for file in (room.log, *room.server.file.parent.glob("workshop.sqlite*")):
        kept = file.read_bytes()
        assert b"PeculiarBrowser" not in kept
        assert b"127.0.0.1" not in kept
