"""Pages prepared before their visitors come: a notebook that has run, and what it shows as HTML.

A page is prepared when it is first asked for, and the next one of the series beside it, so what is
kept ready follows the room. A kernel for a visitor is a fork of the process where the notebook ran:
nobody waits for cells to run, and nobody's kernel has ever seen another visitor. A change of the
notebook or of the content is seen at the next visit.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from myths.catalog import Library
from myths.forkserver import ForkProvisioner, ForkServerError, Template
from myths.pages import entry_points
from myths.session import SessionRequest

log = logging.getLogger(__name__)

KERNEL, XSRF = (f"mark{secrets.token_hex(8)}" for _ in range(2))  # filled in for each visitor
_MOST = 24  # pages that are kept ready; a process of about 20 MB each

Outputs = Sequence[Sequence[dict[str, Any]]]
Render = Callable[["PageKey", Outputs], Awaitable[str]]


@dataclass(frozen=True)
class PageKey:
    """Which page: pages differ by their words and by the workshop's support lines.

    `stock` is for Voila's own front end, which shows widgets that ours does not know.
    """

    notebook: Path
    language: str
    country: str
    stock: bool = False


@dataclass(frozen=True)
class PreparedPage:
    """A page without its visitor; `template` is None for one whose cells must run at each visit."""

    version: int
    template: Template | None
    stock: bool
    html: str = ""

    @property
    def usable(self) -> bool:
        """Return whether visitors can have it, as far as its process is concerned."""
        return self.template is None or self.template.alive

    def filled(self, *, kernel: str, xsrf: str) -> tuple[str, str]:
        """Return the page for one visitor in two parts; only the second needs the kernel."""
        head, kernel_mark, rest = self.html.replace(XSRF, xsrf).partition(KERNEL)
        return head, (kernel_mark + rest).replace(KERNEL, kernel)


class PagePool:
    """The pages that are ready, the least recently wanted ones dropped."""

    def __init__(self, provisioner: ForkProvisioner, library: Library, *, db: str) -> None:
        self._provisioner, self._library, self._db = provisioner, library, db
        self._ready: OrderedDict[PageKey, asyncio.Task[PreparedPage]] = OrderedDict()

    async def get(self, key: PageKey, render: Render) -> PreparedPage:
        """Return the page, prepared now if it is not ready or out of date."""
        version = hash((key.notebook.stat().st_mtime_ns, self._library.version))
        task = self._ready.pop(key, None)
        if task and task.done() and not _current(task, version):
            _drop(task)
            task = None
        self._ready[key] = task or asyncio.create_task(self._prepare(key, version, render))
        while len(self._ready) > _MOST:
            _drop(self._ready.popitem(last=False)[1])
        return await asyncio.shield(self._ready[key])

    async def _prepare(self, key: PageKey, version: int, render: Render) -> PreparedPage:
        if not self._provisioner.available:
            return PreparedPage(version, None, key.stock)
        try:
            template = await self._run(key)
            if template.result["foreign"] and not key.stock:
                template.close()
                key = replace(key, stock=True)
                template = await self._run(key)
        except ForkServerError as fault:
            log.warning("%s runs at each visit: %s", key.notebook.name, fault)
            return PreparedPage(version, None, key.stock)
        html = await render(key, template.result["outputs"])
        return PreparedPage(version, template, key.stock, html)

    async def _run(self, key: PageKey) -> Template:
        request = SessionRequest(
            db=self._db,
            content=str(self._library.folder),
            language=key.language,
            country=key.country,
        )
        return await self._provisioner.fork_server.prepare(
            entry_points.RUN,
            notebook=str(key.notebook),
            stock=key.stock,
            env=os.environ | request.environment(),
            cwd=str(Path.cwd()),
            stdout=1,
            stderr=2,
        )


def _current(task: asyncio.Task[PreparedPage], version: int) -> bool:
    if task.cancelled() or task.exception():
        return False
    page = task.result()
    return page.version == version and page.usable


def _drop(task: asyncio.Task[PreparedPage]) -> None:
    """End the process of a page; kernels that were forked from it go on."""

    def close(done: asyncio.Task[PreparedPage]) -> None:
        if not done.cancelled() and not done.exception() and (template := done.result().template):
            template.close()

    task.add_done_callback(close)
