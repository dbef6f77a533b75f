"""The link of a page to a kernel that sleeps; all links of a page share its line."""

from __future__ import annotations

from typing import Any, Protocol

from myths.server.kernel_link import KernelBacklog, KernelLink


class LinkedKernel(Protocol):
    """What a link leads to."""

    backlog: KernelBacklog

    def join(self, link: DirectLink) -> int:
        """Take another link; returns its number."""

    def leave(self, number: int) -> None:
        """Forget a link."""

    def take(self, link: DirectLink, message: dict[str, Any], *, size: int, token: str) -> None:
        """Take what a page says. Raises LinkError for what cannot be passed on."""


class DirectLink(KernelLink):
    """The link of a page to a kernel that sleeps."""

    def __init__(self, kernel: LinkedKernel) -> None:
        super().__init__(kernel.backlog)
        self._kernel = kernel
        self.number = kernel.join(self)

    def close(self) -> None:
        """Release the kernel, and send away whoever hears."""
        super().close()
        self._kernel.leave(self.number)

    def _pass(self, message: dict[str, Any], size: int, token: str) -> None:
        self._kernel.take(self, message, size=size, token=token)
