"""A room without a database: who says what, who looks when, played from a list of events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from myths.live import Shares, suppression
from myths.store import Batch, GroupAnswer

OPTIONS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Event:
    """Somebody says `value` (None: "prefer not to say"), clears, is erased; or somebody looks."""

    kind: str
    person: int = 0
    key: str = ""
    value: int | None = None


LOOK = Event("look")


@dataclass
class Room:
    k: int = 5
    said: dict[int, GroupAnswer] = field(default_factory=dict)
    batches: list[Batch] = field(default_factory=list)
    looks: list[Shares] = field(default_factory=list)

    def play(self, event: Event) -> None:
        if event.kind == "say":
            declined = event.value is None
            said = GroupAnswer(event.person, event.key, event.value, None, declined, None)
            self.said[event.person] = said
        elif event.kind == "look":
            new = suppression.next_counts(list(self.said.values()), self.batches, self.k)
            self.batches += [new] if new else []
            self.looks.append(suppression.shares(self.batches, options=OPTIONS))
        else:
            self.said.pop(event.person, None)
        if event.kind == "erase":
            self.batches = [
                replace(batch, members=_without(batch.members, event.person))
                for batch in self.batches
            ]


def looks(events: Sequence[Event], *, k: int = 5) -> list[Shares]:
    """Give everything that is ever shown."""
    room = Room(k=k)
    for event in events:
        room.play(event)
    return room.looks


def _without(members: dict[int, str], person: int) -> dict[int, str]:
    return {other: key for other, key in members.items() if other != person}
