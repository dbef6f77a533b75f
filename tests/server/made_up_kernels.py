"""A page's kernel whose processes are made up: what it is told, and what comes of it."""

from __future__ import annotations

import asyncio
import json
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from myths.forkserver import ForkServerError
from myths.pages import ALL, DONE, KEPT, LineReader, lines
from myths.rehearsal.wire import shell_message
from myths.server.kernel_link import KernelLink
from myths.server.sleeping_kernel import SleepingKernel

from tests.threads import finish

COOKIE = "a cookie"


class Process:
    """What stands for a process: it tells back what it is told."""

    def __init__(self, wire: Any, *, pid: int = 1) -> None:
        self.pid, self.begun, self.said, self.killed = pid, {"own": "part"}, [], False
        self.kept: list[str] = []  # of these, what it need not have saved
        self._wire = wire.dup()
        self._task = asyncio.ensure_future(self._serve())
        self.held = asyncio.Event()
        self.held.set()

    async def _serve(self) -> None:
        self._wire.setblocking(False)
        reader, writer = await asyncio.open_unix_connection(sock=self._wire)
        self._writer, cut = writer, LineReader()
        while data := await reader.read(2**16):
            for line in cut.feed(data):
                await self.held.wait()
                link, message = lines.read_said(line.removeprefix(KEPT))
                word = message["content"]["data"]
                self.said.append(word)
                self.kept += [word] * line.startswith(KEPT)
                writer.write(lines.answer(ALL, "comm_msg", {"said": word, "by": link}))
                writer.write(DONE + b"\n")

    def die(self) -> None:
        self._task.cancel()
        self._writer.close()

    def kill(self) -> None:
        self.killed = True
        self._task.cancel()

    def close(self) -> None:
        assert self.killed


class Person(list[str]):
    """What stands for somebody together with what they said."""


class Rating(NamedTuple):
    """What stands for a rating."""

    word: str

    @property
    def key(self) -> str:
        return self.word

    def receipt(self, state: str) -> bytes:
        return lines.answer(ALL, "comm_msg", {"receipt": f"{self.word}: {state}"})


class Origin:
    """Where its processes come from; `faults` are raised one by one before there is one.

    Words that begin with "rating" are ratings: `kept` are those that were saved, `refusals` what is
    raised in place of saving, `visits` the cookies whose visits had to last for that, and `begun`
    what each process knew as it came to be. While `others` vote, no process is busy for a rating.
    """

    def __init__(self, *, sleeps: bool = True) -> None:
        self.sleeps, self.is_alive, self.is_released = sleeps, True, False
        self.comms = {"w1": "jupyter.widget"}
        self.processes: list[Process] = []
        self.tokens: list[str] = []
        self.faults: list[Exception] = []
        self.kept: list[str] = []
        self.visits: list[str] = []
        self.refusals: list[Exception] = []
        self.begun: list[list[str]] = []
        self.persons: list[weakref.ref[Person]] = []
        self.held = False
        self.others, self.saving, self.gate = asyncio.Event(), asyncio.Event(), asyncio.Event()
        for each in (self.others, self.saving):
            each.set()
        self.gate.set()

    async def person(self, token: str, but: Collection[str]) -> Any:
        self.tokens.append(token)
        if self.faults and not isinstance(self.faults[0], ForkServerError):
            raise self.faults.pop(0)
        await asyncio.sleep(0.01)
        person = Person(word for word in self.kept if word not in but)
        self.persons.append(weakref.ref(person))
        return person

    async def quiet(self) -> None:
        await self.others.wait()

    def rating(self, message: Mapping[str, Any]) -> Rating | None:
        word = message["content"]["data"]
        return Rating(word) if str(word).startswith("rating") else None

    async def keep(self, rating: Rating, token: str) -> bytes:
        self.visits.append(token)
        await self.saving.wait()
        await asyncio.sleep(0.01)
        if self.refusals:
            raise self.refusals.pop(0)
        self.kept.append(rating.word)
        return rating.receipt("saved")

    async def fork(self, person: Any, wire: Any) -> Any:
        await self.gate.wait()
        if self.faults:
            raise self.faults.pop(0)
        self.processes.append(Process(wire))
        self.begun.append([*(person or [])])
        if self.held:
            self.processes[-1].held.clear()
        return self.processes[-1]

    async def deal(self, line: bytes) -> bytes:
        await asyncio.sleep(0.01)
        return b"told " + line.removeprefix(b"ask ") + b"\n"

    def release(self) -> None:
        self.is_released = True

    @property
    def said(self) -> list[str]:
        """What all of its processes dealt with."""
        return [word for process in self.processes for word in process.said]


class Page:
    """A page with one kernel, and what it hears over its first link."""

    def __init__(self, origin: Origin) -> None:
        self.origin, self.ends = origin, list[bool]()
        self.kernel = SleepingKernel(origin, on_end=self.ends.append)  # type: ignore[arg-type]
        self.heard: list[dict[str, Any]] = []
        self.link = self.connect(self.heard)

    def connect(self, heard: list[dict[str, Any]]) -> KernelLink:
        link = self.kernel.link()
        link.attach(lambda raw: heard.append(json.loads(raw)), lambda _code: None, COOKIE)
        return link

    async def say(self, word: str, link: KernelLink | None = None) -> None:
        message = shell_message("x", "comm_msg", {"comm_id": "w1", "data": word})
        await (link or self.link).send(json.dumps(message), COOKIE)

    async def ask(self) -> list[str]:
        """Ask what widgets there are; returns what was heard by then."""
        await self.link.send(json.dumps(shell_message("x", "comm_info_request", {})), COOKIE)
        return [each["header"]["msg_type"] for each in self.heard]

    @property
    def words(self) -> list[str]:
        return [each["content"]["said"] for each in self.heard if "said" in each["content"]]

    @property
    def receipts(self) -> list[str]:
        return [each["content"]["receipt"] for each in self.heard if "receipt" in each["content"]]


@asynccontextmanager
async def page(*, sleeps: bool = True, started: bool = True) -> AsyncIterator[Page]:
    made = Page(Origin(sleeps=sleeps))
    if started:
        assert await made.kernel.start(None) == {"own": "part"}  # type: ignore[arg-type]
    yield made
    await made.kernel.end(now=True)
    assert made.origin.is_released
    assert all(process.killed for process in made.origin.processes)


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


def run(story: Callable[[], Awaitable[None]]) -> None:
    finish(story())  # type: ignore[arg-type]
