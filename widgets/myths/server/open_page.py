"""One page that somebody has open: whose it is, the kernel behind it, and the ways to that."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol

from myths.server.capacity import KernelNeeds
from myths.server.kernel_link import KernelLink
from myths.server.sleeping_kernel import SleepingKernel


class Kernel(Protocol):
    """What is behind a page."""

    needs: KernelNeeds

    def link(self) -> KernelLink:
        """Make another way from the page to it. Raises LinkError if it is gone."""

    def growth(self) -> int:
        """Return by how many bytes it has grown since it began."""

    async def end(self, *, now: bool) -> None:
        """End it."""


@dataclass(frozen=True)
class PageOwner:
    """Whose page it is, and which: the visit (see `Visitor`), participant, workshop, and slug.

    `most` is how many bytes its kernel may take beyond what it began with.
    """

    visit: str
    participant: str
    workshop: str
    slug: str
    most: int


@dataclass
class OpenPage:
    """A page that somebody has open, by the id of its kernel.

    `seen` is when somebody was last connected, and `vote` for which vote the kernel was woken, by
    its phase and items; until `awake` it does not sleep.
    """

    owner: PageOwner
    kernel: Kernel
    links: dict[str, KernelLink] = field(default_factory=dict)
    seen: float = field(default_factory=time.monotonic)
    vote: tuple[str, ...] | None = None
    awake: float = 0

    @property
    def is_asleep(self) -> bool:
        """Whether its kernel sleeps."""
        return isinstance(self.kernel, SleepingKernel) and self.kernel.is_asleep

    @property
    def is_heard(self) -> bool:
        """Whether somebody is connected."""
        return any(link.heard for link in self.links.values())

    def cut(self) -> None:
        """Close all links, and so send away everybody who is connected."""
        for link in [*self.links.values()]:
            link.close()
        self.links.clear()
