"""The kernels of open pages: each belongs to the visit that opened it, and ends with that visit."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psutil
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)

from myths.live import Hub
from myths.server.kernel_link import KernelLink, LinkError
from myths.store import Store

log = logging.getLogger(__name__)

_LAST_WORDS = 3  # seconds in which the last answers of a page that is gone still arrive
OVER = 4001  # why a socket is closed: the visit has ended (see kernel.js)
_LINKS = 3  # pages, or tries of one to connect again, that may share a kernel


@dataclass(frozen=True)
class PageOwner:
    """Whose page a kernel is for: the visit (see `Visitor`), the participant and the workshop.

    `most` is how many bytes the kernel may take beyond what it began with.
    """

    visit: str
    participant: str
    workshop: str
    most: int


class PageKernelManager(AsyncMappingKernelManager):
    """Jupyter's kernels, with their owners and with the links of pages to them.

    A kernel that has died is not started again: its page is loaded anew, for it has to be.
    """

    def __init__(self, **traits: Any) -> None:
        """Begin without kernels (Jupyter's hook)."""
        super().__init__(**traits)  # type: ignore[no-untyped-call]
        self.hub: Hub | None = None  # what tells the pages where their rooms are
        self.owners: dict[str, PageOwner] = {}
        self._leaving: dict[str, PageOwner] = {}  # whose last words may still arrive
        self._links: dict[str, dict[str, KernelLink]] = {}
        self._sizes: dict[str, tuple[psutil.Process, int]] = {}  # and the bytes at first
        self._ending: set[asyncio.Task[None]] = set()

    def claim(self, kernel_id: str, owner: PageOwner) -> None:
        """Note whose kernel this is; it may start a moment later."""
        self.owners[kernel_id] = owner

    def belongs(self, kernel_id: str, visit: str) -> bool:
        """Return whether a kernel is there, and this visit's own."""
        return self._is_of(self.owners.get(kernel_id), visit) and kernel_id in self

    def begun(self, kernel_id: str) -> Any:
        """Return what a forked kernel told as it began, None if that was nothing."""
        provisioner = self._server_kernel(kernel_id).provisioner
        return getattr(getattr(provisioner, "process", None), "begun", None)

    def takes_from(self, kernel_id: str, visit: str) -> bool:
        """Return whether this visit may send to a kernel: also a moment after it ended."""
        owner = self.owners.get(kernel_id) or self._leaving.get(kernel_id)
        return self._is_of(owner, visit) and kernel_id in self

    def link(self, kernel_id: str, session: str) -> KernelLink:
        """Return the way from a page to its kernel; a page that comes back names its session.

        Raises LinkError when the kernel is gone.
        """
        if kernel_id not in self:
            raise LinkError("The kernel of this page is gone: load the page again.")
        links = self._links.setdefault(kernel_id, {})
        if session not in links:
            while len(links) >= _LINKS:
                idle = (each for each, link in links.items() if not link.heard)
                links.pop(next(idle, next(iter(links)))).close()
            links[session] = KernelLink(self.get_kernel(kernel_id))
            if self.hub and (owner := self.owners.get(kernel_id)):
                leave = self.hub.listen_to(owner.workshop, links[session].tell)
                links[session].on_close = leave
        return links[session]

    def connected(self) -> Counter[str]:
        """Count the people of each workshop who have a page open now, by its code."""
        people = {
            (owner.workshop, owner.participant)
            for kernel_id, owner in self.owners.items()
            if any(link.heard for link in self._links.get(kernel_id, {}).values())
        }
        return Counter(workshop for workshop, _ in people)

    def end(
        self, chosen: Callable[[PageOwner], bool], *, at_once: bool = False, over: bool = True
    ) -> None:
        """End the kernels whose owner is `chosen`: from now on nobody reaches them.

        What their pages sent last is still saved, unless `at_once`. Their pages are told that the
        visit is `over`.
        """
        self.end_kernels(
            [each for each, owner in self.owners.items() if chosen(owner)],
            at_once=at_once,
            over=over,
        )

    def end_kernels(
        self, kernels: Iterable[str], *, at_once: bool = False, over: bool = False
    ) -> None:
        """End these kernels; a page that is still open is told when its kernel has gone.

        A page whose visit is `over` is told at once, and empties itself.
        """
        for kernel_id in kernels:
            owner = self.owners.pop(kernel_id, None)
            if owner and not at_once:
                self._leaving[kernel_id] = owner
            for link in self._links.get(kernel_id, {}).values():
                link.silence()
                if over:
                    link.detach(code=OVER)
            if at_once:
                self._cut(kernel_id)
            task = asyncio.ensure_future(self._end(kernel_id, wait=0 if at_once else _LAST_WORDS))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def end_gone(self, store: Store) -> None:
        """End the kernels of visits that were left or erased, by whatever program, or are over."""
        visits = {owner.visit for owner in self.owners.values()}
        if visits:
            lasting = await asyncio.to_thread(store.lasting_visits, visits)
            self.end(lambda owner: owner.visit in visits - lasting, at_once=True)

    async def end_all(self) -> None:
        """End every kernel with the server, once what was sent to it is saved."""
        links = [link for linked in self._links.values() for link in linked.values()]
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS):
                await asyncio.gather(*(link.wait_idle() for link in links))
        ends = (self.shutdown_kernel(each, now=True) for each in self.list_kernel_ids())  # type: ignore[no-untyped-call]
        await asyncio.gather(*ends, return_exceptions=True)

    def end_large(self) -> None:
        """End the kernels that have grown too large; their pages start again, answers are kept."""
        for kernel_id, owner in list(self.owners.items()):
            with suppress(psutil.Error):
                process, first = self._sizes.get(kernel_id) or self._measured(kernel_id)
                if process.memory_info().rss - first > owner.most:
                    log.warning("a page was ended: its kernel took more than %d bytes", owner.most)
                    self.end_kernels([kernel_id], at_once=True)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel and let go of its pages (Jupyter's hook; every end comes by here)."""
        self.owners.pop(kernel_id, None)
        self._leaving.pop(kernel_id, None)
        self._sizes.pop(kernel_id, None)
        self._cut(kernel_id)
        self._kernel_connections.pop(kernel_id, None)
        self._kernel_ports.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    def start_watching_activity(self, kernel_id: str) -> None:
        """Open no further connection: links tell when a kernel was last used (Jupyter's hook)."""
        self._server_kernel(kernel_id).execution_state = "idle"
        with suppress(psutil.Error):
            self._measured(kernel_id)

    def notify_disconnect(self, kernel_id: str) -> None:
        """Count from now on how long nobody is connected to a kernel (Jupyter's hook)."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]
        if kernel_id in self:
            self._server_kernel(kernel_id).last_activity = datetime.now(UTC)

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Clear away what a dead kernel leaves (Jupyter's hook)."""
        log.warning("the kernel of a page has died")
        self.end_kernels([kernel_id], at_once=True)

    async def _end(self, kernel_id: str, *, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            if kernel_id in self:
                await self.shutdown_kernel(kernel_id, now=not wait)  # type: ignore[no-untyped-call]
        except Exception:
            log.exception("a kernel did not end")

    def _measured(self, kernel_id: str) -> tuple[psutil.Process, int]:
        """Note what a kernel takes at first. Raises psutil.Error while there is no process."""
        provisioner = self._server_kernel(kernel_id).provisioner if kernel_id in self else None
        pid = getattr(provisioner, "pid", None)
        if pid is None:
            raise psutil.NoSuchProcess(0)
        process = psutil.Process(pid)
        self._sizes[kernel_id] = process, process.memory_info().rss
        return self._sizes[kernel_id]

    def _is_of(self, owner: PageOwner | None, visit: str) -> bool:
        return owner is not None and hmac.compare_digest(owner.visit, visit)

    def _server_kernel(self, kernel_id: str) -> ServerKernelManager:
        kernel = self.get_kernel(kernel_id)
        assert isinstance(kernel, ServerKernelManager)  # noqa: S101  Jupyter's own type says less
        return kernel

    def _cut(self, kernel_id: str) -> None:
        for link in self._links.pop(kernel_id, {}).values():
            link.close()
