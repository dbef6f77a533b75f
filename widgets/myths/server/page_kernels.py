"""Jupyter's kernels, for pages with widgets that our front end does not know, or without forks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psutil
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)

from myths.server.capacity import JUPYTERS
from myths.server.jupyter_link import JupyterLink
from myths.server.kernel_link import KernelLink, LinkError


class PageKernelManager(AsyncMappingKernelManager):
    """Jupyter's kernels; which pages they are for, `OpenPages` knows.

    A kernel that has died is not started again: its page is loaded anew, for it has to be.
    """

    def __init__(self, **traits: Any) -> None:
        """Begin without kernels (Jupyter's hook)."""
        super().__init__(**traits)  # type: ignore[no-untyped-call]
        self.on_died: Callable[[str], object] = lambda _: None
        self.on_removed: Callable[[str], object] = lambda _: None

    def process(self, kernel_id: str) -> Any:
        """Return the process of a kernel, None if there is none."""
        provisioner = self._server_kernel(kernel_id).provisioner if kernel_id in self else None
        return getattr(provisioner, "process", None)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel (Jupyter's hook; every end comes by here)."""
        self.on_removed(kernel_id)
        self._kernel_connections.pop(kernel_id, None)
        self._kernel_ports.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    def start_watching_activity(self, kernel_id: str) -> None:
        """Open no further connection: a page's links tell when it is alone (Jupyter's hook)."""
        self._server_kernel(kernel_id).execution_state = "idle"

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Clear away what a dead kernel leaves (Jupyter's hook)."""
        self.on_died(kernel_id)

    def _server_kernel(self, kernel_id: str) -> ServerKernelManager:
        kernel = self.get_kernel(kernel_id)
        assert isinstance(kernel, ServerKernelManager)  # noqa: S101  Jupyter's own type says less
        return kernel


class JupyterKernel:
    """One of Jupyter's kernels, as what is behind a page."""

    needs = JUPYTERS

    def __init__(self, manager: PageKernelManager, kernel_id: str) -> None:
        self._manager, self._id = manager, kernel_id
        self._first: tuple[psutil.Process, int] | None = None

    def link(self) -> KernelLink:
        """Make another way from the page to it. Raises LinkError if it is gone."""
        if self._id not in self._manager:
            raise LinkError("The kernel of this page is gone: load the page again.")
        return JupyterLink(self._manager.get_kernel(self._id))

    def growth(self) -> int:
        """Return by how many bytes it has grown since it was first asked."""
        try:
            if self._first is None:
                process = self._manager.process(self._id)
                if process is None:
                    return 0
                watched = psutil.Process(process.pid)
                self._first = watched, watched.memory_info().rss
            watched, first = self._first
            return int(watched.memory_info().rss) - first
        except psutil.Error:
            return 0

    async def end(self, *, now: bool) -> None:
        """End it."""
        if self._id in self._manager:
            await self._manager.shutdown_kernel(self._id, now=now)  # type: ignore[no-untyped-call]
