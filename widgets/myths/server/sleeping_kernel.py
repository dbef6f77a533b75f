"""The kernel of a page of ours: a process while somebody uses it, and otherwise nothing.

What a page says waits in one line until a process has it; which of them it is makes no difference,
for each is a fork of the page's template and finds in the store what was said before. Why nothing
is lost: docs/decisions/0035-kernels-asleep.md.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import socket
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from myths.errors import MythsError, RecoveryError
from myths.forkserver import ForkedProcess, ForkServerError
from myths.pages import ALL, ASK, DONE, INFO, comm_info, read_answer, said
from myths.server.capacity import OWN
from myths.server.direct_link import DirectLink
from myths.server.kernel_link import KernelBacklog, KernelLink, LinkError
from myths.server.known_visitor import KnownVisitor
from myths.server.page_message import PageMessage
from myths.server.page_origin import PageOrigin
from myths.server.page_wire import PageWire
from myths.server.rating_queue import RatingQueue

log = logging.getLogger(__name__)

_ASKED = f"{INFO}_request"
_PAUSES = (1, 2, 4)  # seconds between tries to wake; then the last one again and again
_FAULTS = 3  # forks that may fail until the page is loaded again
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class SleepingKernel:
    """One kernel in as many processes as it takes, one at a time.

    `on_end` is called when it cannot go on by itself, with whether the visit is over.
    """

    needs = OWN

    def __init__(self, origin: PageOrigin, *, on_end: Callable[[bool], object]) -> None:
        self._origin, self._on_end = origin, on_end
        self.backlog = KernelBacklog()
        self._links: dict[int, DirectLink] = {}
        self._numbers = itertools.count(ALL + 1)
        self._ratings = RatingQueue(self, origin, self._hand_over)
        self._line: deque[PageMessage] = deque()  # waits for a process
        self._given: deque[PageMessage] = deque()  # is what the process has to deal with
        self._process: ForkedProcess | None = None
        self._wire: asyncio.WriteTransport | None = None
        self._waking: asyncio.Task[None] | None = None
        self._asked: set[asyncio.Task[None]] = set()  # what processes ask of the store
        self._first = 0  # bytes that the process took at first
        self._is_over = False
        self.used = time.monotonic()  # when somebody last said something

    @property
    def is_asleep(self) -> bool:
        """Whether there is no process, and none on its way."""
        return self._wire is None and self._waking is None

    @property
    def is_awake(self) -> bool:
        """Whether there is a process."""
        return self._wire is not None

    @property
    def is_idle(self) -> bool:
        """Whether there is a process that could end now, and nothing would be missed."""
        is_busy = self._given or self._ratings.saving
        return self._wire is not None and not is_busy and self._origin.sleeps

    def link(self) -> KernelLink:
        """Make another way from the page to here."""
        return DirectLink(self)

    def growth(self) -> int:
        """Return by how many bytes the process has grown."""
        return _size(self._process) - self._first if self._process else 0

    async def start(self, person: KnownVisitor) -> Any:
        """Fork the first process; returns what it told as it began.

        Raises ForkServerError, or MythsError without room.
        """
        return await self._fork(person)

    def wake(self, token: str) -> None:
        """Begin to fork a process for the visit of this cookie, if there is none."""
        if self.is_asleep and not self._is_over:
            self._waking = asyncio.ensure_future(self._wake(token))

    async def wait_awake(self) -> None:
        """Wait until the process is there that is on its way."""
        if self._waking:
            await asyncio.wait([self._waking])

    def sleep(self) -> None:
        """End the process, which has nothing to do (see `is_idle`)."""
        self._let_go()

    async def end(self, *, now: bool) -> None:  # noqa: ARG002  what was sent had its time
        """End for good."""
        self._is_over = True
        if self._waking:
            self._waking.cancel()
        self._let_go()
        for each in (self._ratings, self._line, self._given):
            each.clear()
        self._origin.release()

    def join(self, link: DirectLink) -> int:
        """Take another link; returns its number."""
        number = next(self._numbers)
        self._links[number] = link
        return number

    def leave(self, number: int) -> None:
        """Forget a link."""
        self._links.pop(number, None)

    def take(self, link: DirectLink, message: dict[str, Any], *, size: int, token: str) -> None:
        """Take what a page says. Raises LinkError for what cannot be passed on."""
        kind = message["header"]["msg_type"]
        try:
            line = said(link.number, message)
        except (ValueError, RecursionError) as fault:
            raise LinkError("This is no message of a page.") from fault
        if kind == _ASKED and self._wire is None:
            link.deliver(read_answer(comm_info(link.number, message, self._origin.comms))[1])
            link.land(size)
            return
        if kind != _ASKED:
            self.used = time.monotonic()
        rating = self._origin.rating(message) if kind == "comm_msg" else None
        name = message["header"]["msg_id"]
        self._ratings.add(PageMessage(link, name, line, size, token, rating))

    def _hand_over(self, message: PageMessage) -> None:
        if self._is_over:
            return
        self._line.append(message)
        if self._wire:
            self._pass_on()
        else:
            self.wake(message.token)

    async def _wake(self, token: str) -> None:
        """Fork a process, again and again while the store is away or there is no room."""
        faults = 0
        try:
            for pause in itertools.chain(_PAUSES, itertools.repeat(_PAUSES[-1])):
                try:
                    await self._fork(await self._known(token))
                except RecoveryError:
                    self._on_end(True)
                except ForkServerError as fault:
                    log.warning("a kernel did not wake: %s", fault)
                    faults += 1
                    if faults < _FAULTS and self._origin.is_alive:
                        await asyncio.sleep(pause)
                        continue
                    self._on_end(False)
                except (MythsError, OSError) as fault:
                    log.warning("a kernel does not wake yet: %s", fault)
                    await asyncio.sleep(pause)
                    continue
                return
        finally:
            self._waking = None

    async def _known(self, token: str) -> KnownVisitor:
        """Read whom a process is for, and what they had said before the ratings in its line.

        With these it would see no change as it hears of them, and tell its page of none.
        """
        while True:
            unheard = self._unheard()
            person = await self._origin.person(token, unheard)
            if unheard == self._unheard():
                return person

    def _unheard(self) -> list[str]:
        """List the ratings that are or may be saved, and of which a process is still to hear."""
        saving = [self._ratings.saving] if self._ratings.saving else []
        return [each.rating.key for each in (*self._line, *saving) if each.rating]

    async def _fork(self, person: KnownVisitor) -> Any:
        ours, theirs = socket.socketpair()
        process = None
        try:
            with theirs:
                process = await self._origin.fork(person, theirs)
            loop = asyncio.get_running_loop()
            wire, _ = await loop.create_unix_connection(lambda: PageWire(self), sock=ours)
            if wire.is_closing():
                raise ForkServerError("The kernel ended while it began.")
        except BaseException:
            ours.close()
            if process:
                process.kill()
                process.close()
            raise
        self._process, self._wire = process, wire
        self._first, self.used = _size(process), time.monotonic()
        begun, process.begun = process.begun, None  # it is the visitor's, and not to stay here
        if self._is_over:
            self._let_go()
        else:
            self._pass_on()
        return begun

    def _pass_on(self) -> None:
        """Write what waits to the process."""
        assert self._wire  # noqa: S101  there is one
        while self._line:
            each = self._line.popleft()
            self._given.append(each)
            self._wire.write(each.line)

    def hear(self, wire: asyncio.BaseTransport, line: bytes) -> None:
        """Take a line from a process; what one that was let go still says is of no account."""
        if wire is not self._wire:
            return
        if line == DONE:
            done = self._given.popleft()
            done.link.land(done.size)
            return
        if line.startswith(ASK):
            task = asyncio.ensure_future(self._deal(line))
            self._asked.add(task)
            task.add_done_callback(self._asked.discard)
            return
        if self._given:  # it takes them one after the other
            self._given[0].link.time_reply(self._given[0].name, line)
        self.spread(line)

    def spread(self, line: bytes) -> None:
        """Deliver what a page is to hear to those of its links that it is for."""
        number, message = read_answer(line)
        heard = self._links.values() if number == ALL else filter(None, [self._links.get(number)])
        for link in list(heard):
            link.deliver(message)

    async def _deal(self, line: bytes) -> None:
        """Do what the process asks of the store; it waits, so nobody takes its place meanwhile."""
        wire = self._wire
        told = await self._origin.deal(line)
        if wire and wire is self._wire:
            wire.write(told)

    def lose(self, wire: asyncio.BaseTransport) -> None:
        """Note that a process has ended by itself; what it had to do is for another one.

        That is safe, for an answer is kept once by its key. Whatever two processes died over is
        given to no third one.
        """
        if wire is not self._wire:
            return
        self._let_go()
        if not self._origin.sleeps or any(each.is_again for each in self._given):
            log.warning("the kernel of a page has died")
            self._on_end(False)
            return
        for each in self._given:
            each.is_again = True
        self._line.extend(self._given)
        self._given.clear()
        if self._line:
            self.wake(self._line[-1].token)

    def _let_go(self) -> None:
        wire, process, self._wire, self._process = self._wire, self._process, None, None
        if wire:
            wire.abort()
        if process:
            process.kill()
            process.close()


def _size(process: ForkedProcess) -> int:
    """Return the bytes of memory that a process takes, shared ones too."""
    with suppress(OSError):
        pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
        return pages * _PAGE
    return 0
