"""What a room of simulated participants met."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from myths.rehearsal.client import Opened


@dataclass(frozen=True)
class Sent:
    """An answer that was sent: its key, what it said, and seconds until the store had it."""

    key: str
    value: int | None
    text: str | None
    seconds: float | None  # None: never acknowledged


@dataclass
class Outcome:
    """What a room met, all of it counted while it went on."""

    opened: list[Opened] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    reopened: int = 0
    joined: int = 0
    slept: int = 0
    dropped: int = 0
    returned: int = 0
    first: float = math.inf  # when the first page was there, and
    last: float = 0.0  # when the last answer was, by the clock of the process
