"""What a room of simulated participants is to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from myths.rehearsal.client import GuestError


@dataclass(frozen=True, kw_only=True)
class CrowdPlan:
    """What a room does: who comes how fast, opens which modules, and answers how often.

    `seconds` between two answers of one person; `duration` of the answering, over all modules;
    `ramp` seconds within which they arrive, 0: all open the first page at the same moment. Who is
    `restless` also puts the phone away, or drops out and mostly comes back.
    """

    url: str
    code: str
    people: int = 30
    modules: Sequence[str] = ("risk",)
    seconds: float = 4
    duration: float = 60
    ramp: float = 10
    seed: int = 7
    restless: bool = False

    def __post_init__(self) -> None:
        if self.seconds <= 0 or self.duration < 0 or self.ramp < 0:
            raise GuestError("Seconds, duration and ramp are spans of time: give them above 0.")
