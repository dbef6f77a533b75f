"""A visitor together with what they said, which the server reads for the kernels of their pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from myths.answer import StandingAnswer
from myths.store import Store, Visitor


@dataclass(frozen=True)
class KnownVisitor:
    """Whom a process is for, and what they said, as it stands; None if it reads that itself."""

    visitor: Visitor
    said: Sequence[StandingAnswer] | None

    @classmethod
    def of(cls, store: Store, token: str, but: Collection[str] = ()) -> KnownVisitor:
        """Find whose cookie that is. Raises RecoveryError when their visit has ended.

        With `but` (keys) what they said is as if these answers had not been given yet.
        """
        visitor = store.visitor(token)
        return cls(visitor, said_by(store, visitor, but))


def said_by(store: Store, visitor: Visitor, but: Collection[str] = ()) -> list[StandingAnswer]:
    """Read what somebody said, as it stands; `but` as in `Store.standing_answers`."""
    return store.standing_answers(visitor.participant, key=visitor.key, but=but)
