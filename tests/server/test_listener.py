"""Whoever keeps the server waiting takes no place from others: connections have limits."""

from __future__ import annotations

import asyncio
import math
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager

import pytest
from myths.server import listener
from myths.server.addresses import household
from myths.server.capacity import connections_for, page_files
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from tests.forkserver.kernels import wait_until
from tests.server.conftest import Running, Visitor, command, launch, stop
from tests.server.wire import Wire, key
from tests.threads import finish

HALF = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
LIMITED = (
    "import resource, runpy; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256)); "
    "runpy.run_module('myths', run_name='__main__', alter_sys=True)"
)
SERVED = "HTTP/1.1 200"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux's limits and addresses")


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that may open 256 files."""
    db = tmp_path_factory.mktemp("narrow") / "workshop.sqlite"
    python, _, _, *options = command(db)
    running = launch([python, "-c", LIMITED, *options], f"sqlite:///{db}", db.with_suffix(".log"))
    yield running
    stop(running)


def works(server: Running) -> bool:
    """Whether somebody can join and answer."""
    with Visitor(server) as visitor:
        visitor.join()
        wire = Wire(visitor, "risk")
        rating = {"key": key(), "value": 2, "text": None, "declined": False, "reader": None}
        state = wire.answer("risk.myth.before", rating)["state"]
        wire.shut_down()
    return bool(state == "saved")


def test_requests_that_are_never_ended_keep_nobody_out_and_fill_no_log(narrow: Running):
    assert works(narrow)
    told = narrow.log.stat().st_size
    with ExitStack() as held:
        for number in range(400):
            line = held.enter_context(socket.create_connection(("127.0.0.1", narrow.port)))
            line.sendall(HALF + b"\r\nx" if number % 2 else HALF)
        assert works(narrow)
    assert narrow.log.stat().st_size - told < 2000, narrow.log.read_text()[told:]


def test_a_server_without_a_descriptor_left_says_so_and_goes_on_when_there_is_one(narrow: Running):
    import resource

    pid = narrow.process.pid
    told = len(narrow.log.read_text())
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (4, 256))
    try:
        with socket.create_connection(("127.0.0.1", narrow.port)):
            wait_until(
                lambda: "no connection can be let in" in narrow.log.read_text(), "it is told"
            )
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (256, 256))
    assert works(narrow)
    assert "Traceback" not in narrow.log.read_text()[told:]


class Hello(RequestHandler):
    async def get(self) -> None:
        await asyncio.sleep(float(self.get_query_argument("wait", "0")))
        self.finish("hello")

    post = get


@asynccontextmanager
async def listening(most: int = 100) -> AsyncIterator[int]:
    bound, port = bind_unused_port()
    door = listener.Listener(Application([("/", Hello)]), most=most)
    door.add_sockets([bound])
    try:
        yield port
    finally:
        door.stop()
        await door.close_all_connections()


class Line:
    """A connection from one of this computer's own addresses."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, port: int, sent: bytes, *, source: str = "127.0.0.1") -> Line:
        line = cls(*await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0)))
        line.writer.write(sent)
        await line.writer.drain()
        return line

    async def answer(self) -> str:
        """The first line of what comes; empty when the connection is ended."""
        try:
            async with asyncio.timeout(20):
                return (await self.reader.readline()).decode().rstrip()
        except ConnectionError:
            return ""


@pytest.mark.parametrize("sent", [b"", b"GET / HT", HALF, HALF + b"\r\nsome of the hundred bytes"])
def test_a_request_that_does_not_come_to_its_end_is_let_go(
    monkeypatch: pytest.MonkeyPatch, sent: bytes
):
    monkeypatch.setattr(listener, "_PATIENCE", 0.1)

    async def wait() -> str:
        async with listening() as port:
            return await (await Line.open(port, sent)).answer()

    assert finish(wait()) == ""


def test_an_answer_may_take_longer_than_a_request(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listener, "_PATIENCE", 0.1)

    async def wait() -> str:
        async with listening() as port:
            slow = WHOLE.replace(b"/ HTTP", b"/?wait=0.5 HTTP")
            return await (await Line.open(port, slow)).answer()

    assert finish(wait()).startswith(SERVED)


def test_who_has_most_connections_loses_the_one_that_waited_longest():
    async def crowd() -> None:
        async with listening(most=6) as port:
            asks = await Line.open(port, WHOLE.replace(b"/ HTTP", b"/?wait=1 HTTP"))
            other = await Line.open(port, HALF, source="127.0.0.2")
            held = [await Line.open(port, HALF) for _ in range(4)]
            newcomer = await Line.open(port, WHOLE, source="127.0.0.3")
            assert (await newcomer.answer()).startswith(SERVED)
            assert await held[0].answer() == ""  # not who waits for an answer, though longer
            assert (await asks.answer()).startswith(SERVED)
            for line in (other, *held[1:]):
                line.writer.write(b"\r\n" + b"x" * 100)
                assert (await line.answer()).startswith("HTTP/1.1")

    finish(crowd())


def post(length: int, *, sent: int, wait: float = 0) -> bytes:
    """A form, of which so much is there."""
    head = f"POST /?wait={wait} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
    return head.encode() + b"x" * sent


def test_what_is_being_sent_fills_no_memory_and_small_forms_come_through(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(listener, "_BODIES", 1000)

    async def crowd() -> None:
        async with listening() as port:
            asks = await Line.open(port, post(700, sent=700, wait=1))
            small = await Line.open(port, post(100, sent=50))
            assert (await (await Line.open(port, WHOLE)).answer()).startswith(SERVED)
            large = await Line.open(port, post(2000, sent=300))
            assert await large.answer() == ""
            small.writer.write(b"x" * 50)
            for line in (small, asks):  # it is whole, though the largest
                assert (await line.answer()).startswith(SERVED)
            for _ in range(3):  # what was answered is not counted any more
                again = await Line.open(port, post(900, sent=900))
                assert (await again.answer()).startswith(SERVED)

    finish(crowd())


def test_a_room_of_three_hundred_behind_one_address_is_let_in():
    async def room() -> set[str]:
        async with listening(most=connections_for(2**16)) as port:
            lines = [await Line.open(port, WHOLE) for _ in range(6 * 300)]
            return {await line.answer() for line in lines}

    (served,) = finish(room())
    assert served.startswith(SERVED)


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:4711", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"),
        ("[2001:db8:0:1:9::9]:4711", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unknown", "unknown"),
        ("a[b]", "a[b]"),
    ],
)
def test_people_of_one_household_are_known_by_their_network(address: str, whose: str):
    assert household(address) == whose


def test_few_files_are_enough_for_a_few_pages_and_connections():
    assert (page_files(256), connections_for(256)) == (96, 32)
    assert (page_files(math.inf), connections_for(math.inf)) == (math.inf, 2048)
