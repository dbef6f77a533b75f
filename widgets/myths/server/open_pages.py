"""The pages that are open: each belongs to the visit that opened it, and ends with that visit."""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from myths.live import Hub
from myths.server.kernel_link import KernelLink, LinkError
from myths.server.open_page import Kernel, OpenPage, PageOwner
from myths.server.sleeping_kernel import SleepingKernel
from myths.store import Store
from myths.vocabulary import VoteState

log = logging.getLogger(__name__)

OVER = 4001  # why a socket is closed: the visit has ended (see kernel.js)
IDLE = 15  # seconds without a word of its page after which a kernel sleeps
_VOTE = 90  # seconds for which kernels stay awake that were woken for a vote
_LAST_WORDS = 3  # seconds in which the last answers of a page that is gone still arrive
_LEFT = 5  # pages that somebody left and whose last words may still arrive
_LINKS = 3  # pages, or tries of one to connect again, that may share a kernel


class OpenPages:
    """All of them, by the ids of their kernels."""

    def __init__(self, hub: Hub | None = None) -> None:
        """Begin with none; the `hub` tells pages where their rooms are."""
        self.hub = hub
        self._pages: dict[str, OpenPage] = {}
        self._leaving: dict[str, OpenPage] = {}  # whose last words may still arrive
        self._tasks: set[asyncio.Task[None]] = set()
        self._ahead = asyncio.Semaphore(os.cpu_count() or 1)

    def __contains__(self, kernel_id: str) -> bool:
        """Return whether such a page is open."""
        return kernel_id in self._pages

    def __len__(self) -> int:
        """Count the pages whose kernels have not ended."""
        return len(self._pages) + len(self._leaving)

    @property
    def files(self) -> int:
        """How many open files all of them may take."""
        every = (*self._pages.values(), *self._leaving.values())
        return sum(page.kernel.needs.files for page in every)

    @property
    def kernels(self) -> int:
        """How many kernels there are; one that sleeps is none."""
        every = (*self._pages.values(), *self._leaving.values())
        return sum(not page.is_asleep for page in every)

    def add(self, kernel_id: str, owner: PageOwner, kernel: Kernel) -> None:
        """Note whose page it is; its kernel may start a moment later."""
        self._pages[kernel_id] = OpenPage(owner, kernel)

    def belongs(self, kernel_id: str, visit: str) -> bool:
        """Return whether a page is open, and this visit's own."""
        return _is_of(self._pages.get(kernel_id), visit)

    def takes_from(self, kernel_id: str, visit: str) -> bool:
        """Return whether this visit may send to a page's kernel: also a moment after it ended."""
        return _is_of(self._any(kernel_id), visit)

    def is_heard(self, kernel_id: str) -> bool:
        """Return whether somebody is connected to a page's kernel."""
        page = self._pages.get(kernel_id)
        return page is not None and page.is_heard

    def link(self, kernel_id: str, session: str) -> KernelLink:
        """Return the way from a page to its kernel; a page that comes back names its session.

        Raises LinkError when the kernel is gone.
        """
        page = self._any(kernel_id)
        if page is None:
            raise LinkError("The kernel of this page is gone: load the page again.")
        if session not in page.links:
            while len(page.links) >= _LINKS:
                idle = (each for each, link in page.links.items() if not link.heard)
                page.links.pop(next(idle, next(iter(page.links)))).close()
            link = page.links[session] = page.kernel.link()
            if self.hub:
                link.on_close = self.hub.listen_to(
                    page.owner.workshop, lambda told: self._move(page, link, told)
                )
        return page.links[session]

    def connected(self) -> Counter[str]:
        """Count the people of each workshop who have a page open now, by its code."""
        people = {
            (page.owner.workshop, page.owner.participant)
            for page in self._pages.values()
            if page.is_heard
        }
        return Counter(workshop for workshop, _ in people)

    def end(
        self, chosen: Callable[[PageOwner], bool], *, at_once: bool = False, over: bool = True
    ) -> None:
        """End the pages whose owner is `chosen`: from now on nobody reaches their kernels.

        What they sent last is still saved, unless `at_once`. They are told that the visit is
        `over`.
        """
        ids = [each for each, page in self._pages.items() if chosen(page.owner)]
        self.end_pages(ids, at_once=at_once, over=over)

    def end_pages(
        self, kernel_ids: Iterable[str], *, at_once: bool = False, over: bool = False
    ) -> None:
        """End these pages; one that is still looked at is told when its kernel has gone.

        A page whose visit is `over` is told at once, and empties itself.
        """
        for kernel_id in kernel_ids:
            if (page := self._any(kernel_id)) is None:
                continue
            self._pages.pop(kernel_id, None)
            self._leaving[kernel_id] = page
            for link in page.links.values():
                link.silence()
                if over:
                    link.detach(code=OVER)
            if at_once:
                self.forget(kernel_id)
            self._begin(self._end(kernel_id, page, wait=0 if at_once else _LAST_WORDS))
            if not at_once:
                self._hurry(page.owner.participant)

    def forget(self, kernel_id: str) -> None:
        """Drop a page whose kernel is gone."""
        if page := self._pages.pop(kernel_id, None) or self._leaving.pop(kernel_id, None):
            page.cut()

    async def end_gone(self, store: Store) -> None:
        """End the pages of visits that were left or erased, by whatever program, or are over."""
        visits = {page.owner.visit for page in self._pages.values()}
        if visits:
            lasting = await asyncio.to_thread(store.lasting_visits, visits)
            self.end(lambda owner: owner.visit in visits - lasting, at_once=True)

    async def end_all(self) -> None:
        """End every kernel with the server, once what was sent to it is saved."""
        pages = [*self._pages.values(), *self._leaving.values()]
        links = [link for page in pages for link in page.links.values()]
        await _dealt_with(links, seconds=_LAST_WORDS)
        await asyncio.gather(*(page.kernel.end(now=True) for page in pages), return_exceptions=True)

    def end_large(self) -> None:
        """End pages whose kernels have grown too large; they start again, and answers are kept."""
        for kernel_id, page in list(self._pages.items()):
            if page.kernel.growth() > page.owner.most:
                log.warning("a page was ended: its kernel took more than %d bytes", page.owner.most)
                self.end_pages([kernel_id], at_once=True)

    def end_alone(self, seconds: float) -> None:
        """End the pages to which nobody has been connected for so long."""
        now = time.monotonic()
        for kernel_id, page in list(self._pages.items()):
            if page.is_heard:
                page.seen = now
            elif now - page.seen > seconds:
                self.end_pages([kernel_id], at_once=True)

    def rest(self) -> None:
        """Put the kernels to sleep that nobody used for some seconds."""
        now = time.monotonic()
        for page, kernel in self._idle():
            if now - kernel.used > IDLE and now > page.awake:
                kernel.sleep()

    def renew(self) -> None:
        """Have every kernel begin anew with what the store has: it may know what was erased.

        Those that are idle sleep. A page whose kernel cannot sleep now starts again.
        """
        self.make_room(len(self._pages))
        self.end_pages(
            [each for each, page in self._pages.items() if not page.is_asleep], at_once=True
        )

    def make_room(self, number: int) -> int:
        """Put so many kernels to sleep at once, those first that nobody used longest.

        Return how many there were.
        """
        longest = sorted(self._idle(), key=lambda each: each[1].used)[:number]
        for _, kernel in longest:
            kernel.sleep()
        return len(longest)

    def _idle(self) -> list[tuple[OpenPage, SleepingKernel]]:
        """List the pages with kernels that could sleep now."""
        return [
            (page, page.kernel)
            for page in self._pages.values()
            if isinstance(page.kernel, SleepingKernel) and page.kernel.is_idle
        ]

    def _any(self, kernel_id: str) -> OpenPage | None:
        return self._pages.get(kernel_id) or self._leaving.get(kernel_id)

    def _move(self, page: OpenPage, link: KernelLink, told: Mapping[str, Any]) -> None:
        """Pass on where the room is, or what else is said to all pages.

        If a vote has opened on this page, its kernel wakes ahead.
        """
        link.tell(told)
        if "vote" not in told:
            return
        opened = told["vote"]
        is_here = opened and opened["state"] == VoteState.OPEN and opened["page"] == page.owner.slug
        vote = (opened["phase"], *opened["items"]) if is_here else None
        if vote and vote != page.vote:
            page.awake = time.monotonic() + _VOTE
            self._begin(self._wake_ahead(page, link))
        elif vote is None:
            page.awake = 0
        page.vote = vote

    def _hurry(self, participant: str) -> None:
        """End those pages at once that somebody left first, or opening and leaving fills memory."""
        left = [
            each for each, page in self._leaving.items() if page.owner.participant == participant
        ]
        self.end_pages(left[:-_LEFT], at_once=True)

    async def _wake_ahead(self, page: OpenPage, link: KernelLink) -> None:
        async with self._ahead:
            kernel = page.kernel
            if isinstance(kernel, SleepingKernel) and kernel.is_asleep and link.token:
                kernel.wake(link.token)
                await kernel.wait_awake()

    async def _end(self, kernel_id: str, page: OpenPage, *, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            await _dealt_with(page.links.values(), seconds=wait)
            await page.kernel.end(now=not wait)
        except Exception:
            log.exception("a kernel did not end")
        finally:
            self.forget(kernel_id)

    def _begin(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _is_of(page: OpenPage | None, visit: str) -> bool:
    return page is not None and hmac.compare_digest(page.owner.visit, visit)


async def _dealt_with(links: Iterable[KernelLink], *, seconds: float) -> None:
    """Wait until kernels have dealt with what came over these links, but no longer than that."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.gather(*(link.wait_idle() for link in links))
