"""Starts the kernel of a page: of ours, in a fork for Voila's front end, or one that runs cells."""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from myths.pages import BEGIN, IPYKERNEL_OPTIONS, NotebookVersion, PreparedPage
from myths.server.capacity import KernelNeeds
from myths.server.context import ServerContext
from myths.server.known_visitor import KnownVisitor
from myths.server.metrics import timing_fork
from myths.server.open_page import Kernel, PageOwner
from myths.server.open_pages import OpenPages
from myths.server.page_kernels import JupyterKernel, PageKernelManager
from myths.server.page_origin import PageOrigin, session_request
from myths.server.sleeping_kernel import SleepingKernel
from myths.store import Visitor

_OURS = 64 * 2**20  # bytes that a page's kernel may grow by: it has nothing to compute
_OTHERS = 512 * 2**20  # a trainer's own widgets may


def needs_of(prepared: PreparedPage) -> KernelNeeds:
    """Return what the kernel of a page may come to need."""
    is_own = prepared.template is not None and not prepared.stock
    return (SleepingKernel if is_own else JupyterKernel).needs


class KernelStarts:
    """The ways in which a kernel starts; from then on it is an open page's."""

    def __init__(
        self, context: ServerContext, pages: OpenPages, manager: PageKernelManager
    ) -> None:
        self._context, self._pages, self._manager = context, pages, manager

    async def own(
        self, slug: str, prepared: PreparedPage, person: KnownVisitor
    ) -> tuple[str, dict[str, str]]:
        """Start a kernel of ours; returns its id, and the HTML of what is the visitor's own."""
        name, visitor, pages = str(uuid.uuid4()), person.visitor, self._pages
        origin = PageOrigin(
            self._context, pages, prepared, visitor.occasion, visitor.participant, name
        )
        kernel = SleepingKernel(
            origin, on_end=lambda over: pages.end_pages([name], at_once=True, over=over)
        )
        async with self._kept(name, slug, visitor, kernel, _OURS):
            own = await kernel.start(person)
        return name, own or {}

    async def stock(
        self, slug: str, prepared: PreparedPage, person: KnownVisitor
    ) -> tuple[str, dict[str, str]]:
        """Start ipykernel's in a fork; returns the same."""
        options = {"template": prepared.template, "begin": BEGIN}
        name = await self._start(slug, prepared.version, person, **options)
        return name, getattr(self._manager.process(name), "begun", None) or {}

    async def running(
        self, slug: str, version: NotebookVersion, visitor: Visitor, *, kernel_name: str
    ) -> str:
        """Start a kernel in which cells are to run; returns its id."""
        person = KnownVisitor(visitor, None)  # an environment is short where nothing is forked
        return await self._start(slug, version, person, kernel_name=kernel_name)

    async def _start(
        self, slug: str, version: NotebookVersion, person: KnownVisitor, **options: Any
    ) -> str:
        name, visitor = str(uuid.uuid4()), person.visitor
        request = session_request(self._context, version, person, visitor.occasion)
        kernel = JupyterKernel(self._manager, name)
        async with self._kept(name, slug, visitor, kernel, _OTHERS), self._context.capacity.turn:
            with timing_fork():
                await self._manager.start_kernel(
                    kernel_id=name,
                    env=os.environ | request.environment(),
                    cwd=str(version.home),
                    extra_arguments=list(IPYKERNEL_OPTIONS),
                    **options,
                )
        return name

    @asynccontextmanager
    async def _kept(
        self, name: str, slug: str, visitor: Visitor, kernel: Kernel, most: int
    ) -> AsyncIterator[None]:
        """Have a kernel belong to the visitor's visit while it starts, and from then on."""
        owner = PageOwner(visitor.visit, visitor.participant, visitor.workshop.code, slug, most)
        self._pages.add(name, owner, kernel)
        try:
            yield
        except BaseException:
            self._pages.end_pages([name], at_once=True)
            raise
        if name not in self._pages:  # they left while it started
            await kernel.end(now=True)
        self._context.capacity.settle(self._pages, name, visitor.participant)
