"""A step of a part that can be led, and what a room answers on it at one time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from myths.catalog import Html, Item


@dataclass(frozen=True)
class LedVote:
    """Questions that a room answers at one time, in a `phase`; those `beside` need no answer.

    With `own` it is a trainer's own question, which their notebook asks.
    """

    phase: str
    items: tuple[Item, ...]
    beside: tuple[Item, ...] = ()
    own: bool = False

    @property
    def questions(self) -> tuple[Item, ...]:
        """All of its questions."""
        return (*self.items, *self.beside)


@dataclass(frozen=True)
class LedStep:
    """A step of a part, with the votes on it and the `texts` that a room writes.

    Its `kind` is one of the steps that every page has; it is empty for a step that a trainer has
    put into the notebook. `facts` can be shown one by one.
    """

    slug: str
    title: str
    kind: str = ""
    votes: tuple[LedVote, ...] = ()
    texts: tuple[Item, ...] = ()
    facts: Mapping[str, Html] = field(default_factory=dict)

    @property
    def questions(self) -> tuple[Item, ...]:
        """All of its questions that a room votes on."""
        return tuple(item for vote in self.votes for item in vote.questions)
