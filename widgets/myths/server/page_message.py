"""A message of a page on its way to the page's kernel."""

from __future__ import annotations

from dataclasses import dataclass

from myths.server.kernel_link import KernelLink
from myths.server.sent_rating import SentRating


@dataclass
class PageMessage:
    """A message: by which link it came, its id, its line, and its size as it was sent.

    `token` is the cookie of whoever sent it, and `rating` what it brings that the server saves
    itself, before a process hears of it; `is_again` once a process has died over it.
    """

    link: KernelLink
    name: str
    line: bytes
    size: int
    token: str
    rating: SentRating | None = None
    is_again: bool = False
