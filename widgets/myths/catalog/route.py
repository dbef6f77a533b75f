"""A route as a trainer reads it: its words in one language, joined with its modules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RouteContent:
    """A way through the series; `length` says how long it takes, `short` is for ten minutes."""

    slug: str
    name: str
    length: str
    modules: tuple[str, ...]
    short: bool
