"""For what a page is made: all that makes one workshop's pages differ from another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from myths.vocabulary import Audience


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What a page is made for; two people with the same occasion see the same words.

    `country` says which support lines are shown, `audience` whose work is asked about. `modules`
    are the slugs of the workshop's modules in the trainer's order; without any it is the whole
    series. `short` leaves only what ten minutes hold.
    """

    language: str = "en"
    country: str = "eu"
    audience: str = Audience.MIXED
    modules: tuple[str, ...] = ()
    short: bool = False

    @classmethod
    def of(cls, told: dict[str, Any]) -> Occasion:
        """Return an occasion that came as JSON."""
        return cls(**told | {"modules": tuple(told["modules"])})
